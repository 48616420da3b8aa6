"""Who changed a customer's data, who settled with them, and a bank account that is new."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.world.builders import NOON, a_customer, an_entity, an_invoice
from tests.world.claims import a_claim, a_payment, a_team, books_hold, pod, propose, sign

from concilia.cases.core.people import Refusal, RouteRefused
from concilia.cases.models import ApprovalSeat
from concilia.cash.actions import add_alias
from concilia.claims.actions import write_to_customer
from concilia.claims.actions.bulk_signing import lay_together, sign_together
from concilia.claims.core.decisions import Choice
from concilia.claims.models import Decision
from concilia.claims.queries.letters import own_words
from concilia.claims.queries.separation import apart_from
from concilia.claims.queries.signatures import alike_groups, waiting_for
from concilia.customers.models import PayerAlias
from concilia.foundation.blobs import store_blob
from concilia.intake.models import ImportFile, ImportRun

pytestmark = pytest.mark.django_db
IBAN = "DE89370400440532013000"
DAY = timedelta(days=1)


@pytest.fixture
def world():
    entity = an_entity()
    return entity, a_customer(entity), a_team(entity)


def paid(world, customer=None):
    """A claim about an invoice that was paid in full: what is granted goes back to them."""
    _, known, team = world
    invoice = an_invoice(customer or known, [("PEN-500", "40", "10.00", 0)])
    a_payment(team["giulia"], invoice)
    claim = a_claim(team["giulia"], invoice, "NC-23", [("PEN-500", "20")])
    return claim, propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="Agreed")


def unpaid(world):
    _, customer, team = world
    claim = a_claim(
        team["giulia"],
        an_invoice(customer, [("PEN-500", "40", "10.00", 0)]),
        "NC-23",
        [("PEN-500", "20")],
    )
    return claim, propose(claim, team["giulia"], Choice.ACCEPT_ALL, reason="Agreed")


def code_of(decision, member, **more):
    with pytest.raises(RouteRefused) as refused:
        sign(decision, member, **more)
    return refused.value.code


class TestWhoChangesCustomers:
    def test_does_not_sign_what_goes_back_to_them(self, world):
        _, customer, team = world
        add_alias(
            customer_id=customer.pk, kind="name", value="Frischmarkt West", member=team["marta"],
            at=NOON,
        )  # fmt: skip

        _claim, decision = paid(world)

        assert decision.approval.seats.get().expected == team["davide"]
        assert code_of(decision, team["marta"]) is Refusal.EDITS_MASTER
        sign(decision, team["davide"])
        books_hold(world[0])

    def test_signs_what_is_taken_off_an_open_invoice(self, world):
        _, customer, team = world
        add_alias(
            customer_id=customer.pk, kind="name", value="Frischmarkt West", member=team["marta"],
            at=NOON,
        )  # fmt: skip

        _claim, decision = unpaid(world)

        sign(decision, team["marta"])

    def test_a_month_later_they_may(self, world):
        _, customer, team = world
        add_alias(
            customer_id=customer.pk, kind="name", value="Frischmarkt West", member=team["marta"],
            at=NOON - timedelta(days=31),
        )  # fmt: skip

        _claim, decision = paid(world)

        sign(decision, team["marta"])

    def test_who_imported_customers_changed_all_of_them(self, world):
        entity, _, team = world
        run = ImportRun.objects.create(
            entity=entity, started_by=team["marta"].user, state="SAVED", started_at=NOON
        )
        claim, decision = paid(world)
        assert apart_from(claim, NOON).maintainers == frozenset()
        a_saved_file(run)

        assert apart_from(claim, NOON).maintainers == {team["marta"].pk}
        assert code_of(decision, team["marta"]) is Refusal.EDITS_MASTER


def a_saved_file(run):
    blob = store_blob(content=b"number,name\n", at=NOON)
    return ImportFile.objects.create(
        run=run, blob=blob, filename="customers.csv", dataset="customers", state="SAVED"
    )


class TestWhoNegotiated:
    def write(self, claim, member):
        words = own_words(
            claim=claim, member=member, body="What if we met half way?", to="", subject="Your claim"
        )
        write_to_customer(claim_id=claim.pk, outgoing=words, member=member, at=NOON)

    def test_does_not_sign_what_is_beyond_the_proven(self, world):
        _, _customer, team = world
        claim, decision = unpaid(world)
        self.write(claim, team["marta"])

        assert code_of(decision, team["marta"]) is Refusal.NEGOTIATED
        sign(decision, team["davide"])

    def test_signs_what_the_rules_found_valid(self, world):
        _, customer, team = world
        claim = a_claim(team["giulia"], an_invoice(customer))
        pod(claim, team["marco"])
        decision = propose(claim, team["giulia"])
        self.write(claim, team["marta"])

        sign(decision, team["marta"])


class TestANewBankAccount:
    @pytest.fixture
    def late(self, world):
        """An account somebody wrote down an hour ago, and a claim about what was paid."""
        _, customer, team = world
        an_hour_ago = NOON - timedelta(hours=1)
        add_alias(
            customer_id=customer.pk, kind="iban", value=IBAN, member=team["giulia"], at=an_hour_ago
        )
        return paid(world)

    def test_two_sign_not_within_a_day_and_after_a_call(self, world, late):
        entity, _, team = world
        claim, decision = late
        assert decision.approval.seats.count() == 2

        first = decision.approval.seats.get(n=1)
        assert first.level == 1
        sign(decision, team["marta"])
        assert code_of(decision, team["davide"], comment="Called") is Refusal.HELD
        late_code = code_of(decision, team["davide"], at=NOON + DAY)
        assert late_code is Refusal.CALL_BACK
        sign(decision, team["davide"], comment="Spoke to Jens Albers", at=NOON + DAY)

        claim.refresh_from_db()
        assert claim.state == "POSTING"
        books_hold(entity)

    def test_that_came_after_the_proposal_counts_at_the_signature(self, world):
        _, customer, team = world
        _claim, decision = paid(world)
        assert decision.approval.seats.count() == 1
        add_alias(customer_id=customer.pk, kind="iban", value=IBAN, member=team["giulia"], at=NOON)

        code = code_of(decision, team["marta"], comment="Called", at=NOON + DAY)

        assert code is Refusal.FOUR_EYES

    def test_does_not_hold_what_is_taken_off_an_open_invoice(self, world):
        _, customer, team = world
        add_alias(customer_id=customer.pk, kind="iban", value=IBAN, member=team["giulia"], at=NOON)

        _claim, decision = unpaid(world)

        assert decision.approval.seats.count() == 1
        sign(decision, team["marta"])

    def test_one_that_came_with_the_customer_is_not_new(self, world):
        _, customer, team = world
        PayerAlias.objects.create(
            entity=customer.entity, customer=customer, kind="iban", value=IBAN, is_stated=True
        )

        _claim, decision = paid(world)

        sign(decision, team["marta"])

    def test_is_left_out_where_many_are_signed_together(self, world):
        entity, _, team = world
        customers = [a_customer(entity, f"Cliente {n}") for n in range(7)]
        for customer in customers:
            paid(world, customer)
        marta = team["marta"]
        (group,) = alike_groups(waiting_for(member=marta, at=NOON))
        batch = lay_together(alike=group.alike.key, member=marta, at=NOON)
        for item in batch.items.filter(is_sample=True):
            sign(Decision.objects.get(approval=item.seat.request_id), marta)
        left = batch.items.filter(is_sample=False).order_by("pk")[0]
        customer = left.seat.request.case.customer
        add_alias(customer_id=customer.pk, kind="iban", value=IBAN, member=team["giulia"], at=NOON)

        done = sign_together(batch_id=batch.pk, member=marta, at=NOON)

        assert done.signed == batch.items.filter(is_sample=False).count() - 1
        assert [why for _number, why in done.left_out] == [Refusal.FOUR_EYES.value]
        assert ApprovalSeat.objects.get(pk=left.seat_id).signed_by is None


def test_who_signs_reads_that_a_bank_account_is_new(world, client):
    _, customer, team = world
    paid(world)
    claim, decision = paid(world)
    now = timezone.now()
    add_alias(customer_id=customer.pk, kind="iban", value=IBAN, member=team["giulia"], at=now)
    client.force_login(team["marta"].user)

    page = " ".join(client.get(f"/claims/{claim.pk}/").content.decode().split())
    assert "A bank account of this customer is new. Two sign by the limits" in page

    seat = decision.approval.seats.get(is_open=True)
    body = {"seat": seat.pk, "outcome": "APPROVE", "comment": "Called Jens"}
    refused = client.post(f"/claims/{claim.pk}/sign/", body)
    assert refused.status_code == 409
    assert "Two must sign this by the limits now" in refused.content.decode()
