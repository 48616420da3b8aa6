"""What a payer says after the money was posted: proposed beside it, taken over or dismissed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.world.bank_day import a_loaded_statement, paid
from tests.world.builders import (
    NOON,
    a_customer,
    a_member,
    an_entity,
    an_iban,
    an_invoice,
)
from tests.world.jobs import run_jobs
from tests.world.remittances import a_remittance

from concilia.cash.actions import (
    PersonsJoin,
    PersonsLine,
    PersonsSplit,
    PostingRefused,
    accept_reallocation,
    dismiss_reallocation,
    join_remittance,
    part_remittance,
    post_split,
    reconsider_payment,
    reverse_match,
)
from concilia.cash.models import Match, RemittanceJoin
from concilia.claims.models import Claim, ClaimDeduction
from concilia.customers.models import PayerAlias
from concilia.foundation.models import AuditEntry
from concilia.ledger.models import JournalEntry
from concilia.receivables.models import OpenItem
from concilia.reporting.queries.invariants import check_invariants

pytestmark = pytest.mark.django_db
IBAN = "DE89370400440532013000"
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def world():
    return a_world()


def a_world(code: str = "aurora"):
    entity = an_entity(code)
    customer = a_customer(entity)
    an_iban(customer, IBAN)
    prices = ("1220.00", "500.00", "498.00", "1098.00")
    invoices = [an_invoice(customer, [("A", "1", price, 0)]) for price in prices]
    return entity, customer, invoices


def item(invoice) -> OpenItem:
    return OpenItem.objects.get(invoice=invoice, kind="invoice")


def posted_to(entity, invoices, amount=None, **split) -> Match:
    """A payment that a person posted to these invoices, whole."""
    items = [item(invoice) for invoice in invoices]
    amount = amount or sum(one.open_minor for one in items)
    a_loaded_statement(entity, paid(amount, "ZAHLUNG", payer_iban="", payer_name="?"))
    entry = Match.objects.latest("pk").bank_entry
    lines = [PersonsLine(item_id=one.pk, applied_minor=one.open_minor) for one in items]
    customer = invoices[0].customer_id if invoices else split.pop("customer")
    told = PersonsSplit(customer_id=customer, lines=lines, **split)
    return post_split(bank_entry_id=entry.pk, split=told, member=a_member(entity), at=NOON)


def late(customer, total, *lines):
    remittance = a_remittance(customer, total, *lines)
    run_jobs(at=NOON)
    return remittance


def advised() -> Match:
    return Match.objects.get(state="ADVISED")


def balances() -> dict[int, int]:
    return dict(OpenItem.objects.exclude(open_minor=0).values_list("pk", "open_minor"))


def all_holds() -> bool:
    return all(finding.holds for finding in check_invariants().values())


class TestProposal:
    def test_what_the_payer_says_otherwise_stands_beside_the_posting(self, world):
        entity, customer, invoices = world
        posted = posted_to(entity, invoices[3:], amount=159_800)

        late(customer, "1598.00", (invoices[3], "1098.00"), (invoices[1], "500.00"))

        proposal = advised()
        assert proposal.bank_entry == posted.bank_entry
        assert sorted(proposal.allocations.values_list("applied_minor", flat=True)) == [
            50_000,
            109_800,
        ]
        posted.refresh_from_db()
        assert (posted.state, proposal.entry) == ("POSTED", None)
        assert RemittanceJoin.objects.get().bank_entry == posted.bank_entry
        assert all_holds()

    def test_what_says_the_same_is_joined_and_proposes_nothing(self, world):
        entity, customer, invoices = world
        posted = posted_to(entity, invoices[:2])

        late(customer, "1720.00", (invoices[0], "1220.00"), (invoices[1], "500.00"))

        assert RemittanceJoin.objects.get().bank_entry == posted.bank_entry
        assert not Match.objects.filter(state="ADVISED").exists()

    def test_money_on_account_is_told_what_it_was_for(self, world):
        entity, customer, invoices = world
        posted_to(entity, [], amount=50_000, customer=customer.pk)

        late(customer, "500.00", (invoices[1], "500.00"))

        assert advised().allocations.get().item == item(invoices[1])

    def test_of_two_payments_of_one_sum_a_person_chooses(self, world):
        entity, customer, invoices = world
        for name in ("A", "B"):
            a_loaded_statement(entity, paid(50_000, name, payer_iban="", payer_name="?"), name=name)
            entry = Match.objects.latest("pk").bank_entry
            split = PersonsSplit(customer_id=customer.pk)
            post_split(bank_entry_id=entry.pk, split=split, member=a_member(entity), at=NOON)

        remittance = late(customer, "500.00", (invoices[1], "500.00"))

        assert not RemittanceJoin.objects.exists()
        said = PersonsJoin(remittance_id=remittance.pk, bank_entry_id=entry.pk)
        join_remittance(said=said, member=a_member(entity), at=NOON)
        run_jobs(at=NOON)
        assert advised().bank_entry == entry

    def test_it_is_proposed_once_however_often_it_is_looked_at(self, world):
        entity, customer, invoices = world
        posted = posted_to(entity, invoices[3:], amount=159_800)
        late(customer, "1598.00", (invoices[3], "1098.00"), (invoices[1], "500.00"))
        first = advised()

        again = reconsider_payment(bank_entry_id=posted.bank_entry_id, at=NOON)

        assert advised() == again
        first.refresh_from_db()
        assert first.state == "REPLACED"


class TestAcceptance:
    def test_reversal_and_new_posting_on_the_same_value_date(self, world):
        entity, customer, invoices = world
        posted = posted_to(entity, invoices[3:], amount=159_800)
        late(customer, "1598.00", (invoices[3], "1098.00"), (invoices[1], "500.00"))

        match = accept_reallocation(match_id=advised().pk, member=a_member(entity), at=NOON)

        posted.refresh_from_db()
        assert (posted.state, match.state) == ("REVERSED", "POSTED")
        reversal = JournalEntry.objects.get(reverses=posted.entry)
        assert reversal.posting_date == match.entry.posting_date == match.bank_entry.value_date
        assert item(invoices[1]).open_minor == 0
        assert OpenItem.objects.get(kind="on_account").open_minor == 0
        assert all_holds()

    def test_what_is_taken_over_teaches_and_what_it_replaces_does_no_more(self, world):
        entity, customer, invoices = world
        iban, split = "AT611904300234573201", PersonsSplit(customer_id=customer.pk)
        a_loaded_statement(entity, paid(50_000, "ZAHLUNG", payer_iban=iban, payer_name="?"))
        entry = Match.objects.latest("pk").bank_entry
        post_split(bank_entry_id=entry.pk, split=split, member=a_member(entity), at=NOON)
        learned = PayerAlias.objects.filter(value=iban)
        assert [row.hits for row in learned] == [1]
        late(customer, "500.00", (invoices[1], "500.00"))

        accept_reallocation(match_id=advised().pk, member=a_member(entity), at=LATER)

        assert [(row.hits, row.seen_at) for row in learned.all()] == [(1, LATER)]

    def test_it_can_be_undone_like_any_posting(self, world):
        entity, customer, invoices = world
        before = balances()
        posted_to(entity, invoices[3:], amount=159_800)
        late(customer, "1598.00", (invoices[3], "1098.00"), (invoices[1], "500.00"))
        match = accept_reallocation(match_id=advised().pk, member=a_member(entity), at=NOON)

        reverse_match(match_id=match.pk, reason="doch nicht", member=a_member(entity), at=NOON)

        assert balances() == before
        assert all_holds()

    def test_money_on_account_that_was_used_since_refuses_it(self, world):
        entity, customer, invoices = world
        posted = posted_to(entity, [], amount=50_000, customer=customer.pk)
        late(customer, "500.00", (invoices[1], "500.00"))
        a_loaded_statement(entity, paid(72_000, "REST", payer_name="?"), name="ST-2")
        entry = Match.objects.latest("pk").bank_entry
        lines = [
            PersonsLine(item_id=item(invoices[0]).pk, applied_minor=122_000),
            PersonsLine(item_id=posted.on_account_item_id, applied_minor=-50_000),
        ]
        split = PersonsSplit(customer_id=customer.pk, lines=lines)
        post_split(bank_entry_id=entry.pk, split=split, member=a_member(entity), at=NOON)

        with pytest.raises(PostingRefused, match="on account was used"):
            accept_reallocation(match_id=advised().pk, member=a_member(entity), at=NOON)

        posted.refresh_from_db()
        assert posted.state == "POSTED"

    def test_another_creditor_cannot_reach_it(self, world):
        entity, customer, invoices = world
        posted_to(entity, invoices[3:], amount=159_800)
        late(customer, "1598.00", (invoices[3], "1098.00"), (invoices[1], "500.00"))
        stranger = a_member(an_entity("other"), "Eve")

        with pytest.raises(Match.DoesNotExist):
            accept_reallocation(match_id=advised().pk, member=stranger, at=NOON)


class TestDismissal:
    def test_it_wants_a_reason_and_stays_dismissed(self, world):
        entity, customer, invoices = world
        posted_to(entity, invoices[3:], amount=159_800)
        late(customer, "1598.00", (invoices[3], "1098.00"), (invoices[1], "500.00"))
        proposal, member = advised(), a_member(entity)
        with pytest.raises(PostingRefused, match="Say why"):
            dismiss_reallocation(match_id=proposal.pk, reason=" ", member=member, at=NOON)

        dismiss_reallocation(match_id=proposal.pk, reason="telefonisch", member=member, at=NOON)

        assert not Match.objects.filter(state="ADVISED").exists()
        assert AuditEntry.objects.filter(
            act="payment.advice_dismissed", reason="telefonisch"
        ).exists()
        with pytest.raises(PostingRefused, match="no proposal any more"):
            accept_reallocation(match_id=proposal.pk, member=member, at=NOON)

    def test_a_posting_taken_back_leaves_nothing_to_say_otherwise(self, world):
        entity, customer, invoices = world
        posted = posted_to(entity, invoices[3:], amount=159_800)
        late(customer, "1598.00", (invoices[3], "1098.00"), (invoices[1], "500.00"))

        reverse_match(match_id=posted.pk, reason="falsch", member=a_member(entity), at=NOON)

        assert not Match.objects.filter(state="ADVISED").exists()

    def test_a_remittance_taken_off_is_free_again(self, world):
        entity, customer, invoices = world
        posted = posted_to(entity, invoices[3:], amount=159_800)
        remittance = late(customer, "1598.00", (invoices[3], "1098.00"), (invoices[1], "500.00"))
        said = PersonsJoin(remittance_id=remittance.pk, bank_entry_id=posted.bank_entry_id)

        part_remittance(said=said, member=a_member(entity), at=NOON)

        assert not remittance.joins.exists()
        assert not Match.objects.filter(state="ADVISED").exists()


class TestClaims:
    def short(self, world) -> Claim:
        """1,098.00 for an invoice of 1,220.00, posted as a deduction nobody can explain."""
        entity, _customer, invoices = world
        a_loaded_statement(entity, paid(109_800, "ZAHLUNG", payer_name="?"))
        entry = Match.objects.latest("pk").bank_entry
        line = PersonsLine(
            item_id=item(invoices[0]).pk,
            applied_minor=109_800,
            deduction_minor=12_200,
            deduction_reason="FI-16",
        )
        split = PersonsSplit(customer_id=invoices[0].customer_id, lines=[line])
        post_split(bank_entry_id=entry.pk, split=split, member=a_member(entity), at=NOON)
        run_jobs(at=NOON)
        return Claim.objects.get()

    def test_the_claim_goes_over_to_the_new_deduction_with_its_reason(self, world):
        entity, customer, invoices = world
        claim = self.short(world)
        late(customer, "1098.00", (invoices[0], "1098.00", "122.00", "manca 1 collo"))

        accept_reallocation(match_id=advised().pk, member=a_member(entity), at=NOON)
        run_jobs(at=NOON)

        claim.refresh_from_db()
        assert Claim.objects.get() == claim
        assert (claim.reason, claim.claimed_minor) == ("NC-01", 12_200)
        held = ClaimDeduction.objects.get().item
        assert (held.open_minor, held.document_number[-3:]) == (12_200, "-D2")
        assert all_holds()

    def test_what_is_claimed_follows_the_money(self, world):
        entity, customer, invoices = world
        claim = self.short(world)
        late(
            customer,
            "1098.00",
            (invoices[0], "598.00", "622.00", "manca 1 collo"),
            (invoices[1], "500.00"),
        )

        accept_reallocation(match_id=advised().pk, member=a_member(entity), at=NOON)
        run_jobs(at=NOON)

        claim.refresh_from_db()
        assert claim.claimed_minor == claim.lines.get().claimed_minor == 62_200
        assert all_holds()

    def test_a_claim_about_nothing_any_more_ends(self, world):
        entity, customer, invoices = world
        claim = self.short(world)
        late(customer, "1098.00", (invoices[3], "1098.00"))

        accept_reallocation(match_id=advised().pk, member=a_member(entity), at=NOON)
        run_jobs(at=NOON)

        claim.refresh_from_db()
        assert claim.state == "WITHDRAWN"
        assert all_holds()

    def test_a_deduction_that_was_decided_refuses_it_in_a_sentence(self, world):
        entity, customer, invoices = world
        self.short(world)
        late(customer, "1098.00", (invoices[3], "1098.00"))
        a_loaded_statement(entity, paid(12_200, "NACHZAHLUNG", payer_name="?"), name="ST-2")
        entry = Match.objects.latest("pk").bank_entry
        held = OpenItem.objects.get(kind="deduction")
        split = PersonsSplit(
            customer_id=customer.pk, lines=[PersonsLine(item_id=held.pk, applied_minor=12_200)]
        )
        post_split(bank_entry_id=entry.pk, split=split, member=a_member(entity), at=NOON)

        with pytest.raises(PostingRefused, match="A deduction of this payment was decided"):
            accept_reallocation(match_id=advised().pk, member=a_member(entity), at=NOON)

        assert all_holds()


class TestSeveral:
    def test_one_remittance_for_two_payments(self, world):
        entity, customer, invoices = world
        for name, amount in (("A", 122_000), ("B", 99_800)):
            entry = paid(amount, "ZAHLUNG", payer_iban=IBAN, payer_name="FRISCHMARKT")
            a_loaded_statement(entity, entry, name=name, match=False)

        late(
            customer,
            "2218.00",
            (invoices[0], "1220.00"),
            (invoices[1], "500.00"),
            (invoices[2], "498.00"),
        )

        posted = Match.objects.filter(state="POSTED").order_by("bank_entry")
        assert list(posted.values_list("applied_minor", flat=True)) == [122_000, 99_800]
        assert posted.last().rule == "M3"
        assert sorted(RemittanceJoin.objects.values_list("lines", flat=True)) == [[0], [1, 2]]
        assert all_holds()

    def test_the_second_payment_completes_it_on_its_statement(self, world):
        entity, customer, invoices = world
        entry = paid(60_000, "ZAHLUNG", payer_iban=IBAN, payer_name="FRISCHMARKT")
        a_loaded_statement(entity, entry, name="A")
        late(
            customer,
            "1158.00",
            (invoices[0], "600.00"),
            (invoices[1], "500.00"),
            (invoices[2], "58.00"),
        )
        assert not RemittanceJoin.objects.exists()

        entry = paid(55_800, "ZAHLUNG", payer_iban=IBAN, payer_name="FRISCHMARKT")
        a_loaded_statement(entity, entry, name="B", match=False)
        run_jobs(at=NOON)

        assert RemittanceJoin.objects.count() == 2

    def test_two_remittances_for_one_payment(self, world):
        entity, customer, invoices = world
        entry = paid(171_800, "ZAHLUNG", payer_iban=IBAN, payer_name="FRISCHMARKT")
        a_loaded_statement(entity, entry)

        late(customer, "1220.00", (invoices[0], "1220.00"))
        late(customer, "498.00", (invoices[2], "498.00"))

        match = Match.objects.get(state="POSTED")
        assert (match.rule, match.allocations.count()) == ("M3", 2)
        assert RemittanceJoin.objects.filter(bank_entry=match.bank_entry).count() == 2

    @given(cut=st.lists(st.integers(1, 60_000), min_size=1, max_size=4, unique=True))
    @settings(
        max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    def test_whatever_is_joined_adds_up_to_the_cent(self, db, cut):
        entity, customer, invoices = a_world(f"e{OpenItem.objects.count()}")
        amounts = [*cut, 131_071]
        for n, amount in enumerate(amounts):
            entry = paid(amount, f"ZAHLUNG {n}", payer_iban=IBAN, payer_name="FRISCHMARKT")
            a_loaded_statement(entity, entry, name=f"S{n}", match=False)
        lines = [(invoices[0], f"{amount / 100:.2f}") for amount in amounts]

        remittance = late(customer, f"{sum(amounts) / 100:.2f}", *lines)

        joins = remittance.joins.select_related("bank_entry")
        total = sum(join.bank_entry.amount_minor for join in joins)
        assert total in {0, remittance.total_minor}
        assert all_holds()


def test_a_remittance_is_never_about_two_whole_payments(world):
    entity, customer, invoices = world
    remittance = a_remittance(customer, "500.00", (invoices[1], "500.00"))
    member = a_member(entity)
    entries = []
    for name in ("A", "B"):
        a_loaded_statement(entity, paid(60_000, name, payer_name="?"), name=name)
        entries.append(Match.objects.latest("pk").bank_entry_id)
    said = [PersonsJoin(remittance_id=remittance.pk, bank_entry_id=key) for key in entries]
    join_remittance(said=said[0], member=member, at=NOON)

    with pytest.raises(PostingRefused, match="another payment already"):
        join_remittance(said=said[1], member=member, at=NOON)
