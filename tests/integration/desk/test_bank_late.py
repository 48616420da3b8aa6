"""What payers say after the money: on the list, side by side in the payment, taken over or not."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.world.bank_day import a_bank_day
from tests.world.bank_page import do, item_of, page, state_of
from tests.world.builders import NOON, a_customer, a_member, an_entity, an_invoice
from tests.world.jobs import run_jobs
from tests.world.kept import fresh, kept
from tests.world.remittances import a_remittance

from concilia.cash.actions import PersonsSplit, post_split
from concilia.cash.models import Match, RemittanceJoin
from concilia.receivables.models import OpenItem

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


built_day = kept(a_bank_day)


@pytest.fixture
def day(db, built_day):
    return fresh(built_day)


@pytest.fixture
def clerk(client, day):
    client.force_login(day.clerk.user, backend=BACKEND)
    return client


@pytest.fixture
def told(day):
    """640.00 put on account of Sestri; their list says that it was for an invoice."""
    entry = day.entry("NESSUNA")
    split = PersonsSplit(customer_id=day.customers["sestri"].pk)
    post_split(bank_entry_id=entry.pk, split=split, member=day.clerk, at=NOON)
    invoice = day.invoices["sestri2"]
    line = (invoice, "640.00", "580.00", "<b>merce</b> mancante")
    a_remittance(day.customers["sestri"], "640.00", line)
    run_jobs(at=NOON)
    return entry


class TestSeen:
    def test_the_desk_says_of_how_many_payments(self, clerk, told):
        assert "The payer says otherwise: 1" in clerk.get("/bank/").text

    def test_they_have_a_list_of_their_own(self, clerk, told):
        text = clerk.get("/bank/?statement=all&show=advised").text

        assert f"line-{told.pk}" in text
        assert "The payer says otherwise" in text

    def test_the_payment_shows_both_answers(self, clerk, told):
        text = clerk.get(page(told)).text

        assert "As posted" in text
        assert "As the payer says" in text
        assert "FT-2026/02981" in text
        assert "Rest on account" in text

    def test_what_strangers_write_is_escaped(self, clerk, told):
        assert "<b>merce</b>" not in clerk.get(page(told)).text


class TestDone:
    def test_taken_over_it_is_posted_anew(self, clerk, day, told):
        answer = do(clerk, told, "accept")

        assert answer.status_code == 302
        match = Match.objects.get(bank_entry=told, state="POSTED")
        assert (match.rule, match.decided_by) == ("M3", day.clerk.user)
        assert OpenItem.objects.get(kind="deduction").open_minor == 58_000

    def test_kept_it_wants_a_reason(self, clerk, told):
        assert do(clerk, told, "dismiss", {"reason": ""}).status_code == 422

        do(clerk, told, "dismiss", {"reason": "telefonata"})

        assert state_of(told) == "POSTED"
        assert "The payer says otherwise: 1" not in clerk.get("/bank/").text

    def test_taken_over_twice_is_refused_in_a_sentence(self, clerk, told):
        do(clerk, told, "accept")

        answer = do(clerk, told, "accept")

        assert "This is no proposal any more" in answer.text

    def test_a_list_is_taken_off_and_joined_again(self, clerk, told):
        key = RemittanceJoin.objects.get().remittance_id
        do(clerk, told, "part", {"remittance": key})
        assert "May be about this" in clerk.get(page(told)).text

        do(clerk, told, "join", {"remittance": key})
        run_jobs(at=NOON)

        assert "As the payer says" in clerk.get(page(told)).text


class TestAside:
    def test_money_of_nobody_is_set_aside_and_undone(self, clerk, day):
        entry = day.entry("NESSUNA")

        do(clerk, entry, "aside", {"label": "Tax refund"})

        assert "Set aside as: Tax refund." in clerk.get(page(entry)).text
        do(clerk, entry, "undo")
        assert state_of(entry) == "OPEN"

    def test_it_wants_words(self, clerk, day):
        answer = do(clerk, day.entry("NESSUNA"), "aside", {"label": " "})

        assert (answer.status_code, "Say what the money is for" in answer.text) == (422, True)


class TestOthers:
    ACTS = ("accept", "dismiss", "join", "part", "aside")

    def test_an_auditor_reads_and_changes_nothing(self, client, day, told):
        client.force_login(day.auditor.user, backend=BACKEND)
        assert "As the payer says" in client.get(page(told)).text
        for act in self.ACTS:
            assert do(client, told, act).status_code == 403, act

    def test_another_entitys_payments_are_not_there(self, client, told):
        client.force_login(a_member(an_entity("other")).user, backend=BACKEND)
        for act in self.ACTS:
            assert do(client, told, act).status_code == 404, act

    def test_a_get_changes_nothing(self, clerk, told):
        for act in self.ACTS:
            assert clerk.get(reverse(f"desk:bank-{act}", args=[told.pk])).status_code == 405


def test_another_entitys_remittance_cannot_be_joined(clerk, day):
    other = an_entity("other")
    stranger = a_customer(other)
    invoice = an_invoice(stranger, [("A", "1", "640.00", 0)])
    remittance = a_remittance(stranger, "640.00", (invoice, "640.00"))

    answer = clerk.post(
        reverse("desk:bank-join", args=[day.entry("NESSUNA").pk]),
        {"remittance": remittance.pk},
        follow=True,
    )

    assert "There is no such remittance." in answer.text
    assert not RemittanceJoin.objects.exists()
    assert item_of(day, "sestri2").open_minor == 122_000
