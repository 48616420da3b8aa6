"""Postings taken back by a person, and money taken back by the bank."""

from __future__ import annotations

import pytest
from tests.world.builders import NOON, TODAY, an_iban, an_open_item
from tests.world.jobs import jobs_waiting
from tests.world.payer import IBAN, World, all_holds, balance

from concilia.cash.actions import (
    PersonsLine,
    PersonsSplit,
    PostingRefused,
    post_split,
    reverse_match,
    settle_return,
)
from concilia.cash.models import Match
from concilia.receivables.models import BankEntry, OpenItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


class TestReversal:
    def test_a_reason_is_asked_for(self, world):
        match = world.split(world.line(100_000))

        with pytest.raises(PostingRefused, match="why"):
            reverse_match(match_id=match.pk, reason="  ", member=world.member, at=NOON)

    def test_it_can_be_posted_otherwise_with_the_same_value_date(self, world):
        match = world.split(world.line(100_000))
        reverse_match(match_id=match.pk, reason="wrong", member=world.member, at=NOON)

        second = world.split(world.line(60_000))

        assert second.entry.posting_date == match.entry.posting_date == world.entry.value_date
        assert second.version == 4
        assert all_holds()

    def test_not_after_its_deduction_was_decided(self, world):
        match = world.split(world.line(90_000, deduction_minor=10_000, deduction_reason="NC-01"))
        deduction = OpenItem.objects.get(kind="deduction")
        entry = world.pay(10_000, "?")
        post_split(
            bank_entry_id=entry.pk,
            split=PersonsSplit(
                customer_id=world.customer.pk,
                lines=[PersonsLine(item_id=deduction.pk, applied_minor=10_000)],
            ),
            member=world.member,
            at=NOON,
        )

        with pytest.raises(PostingRefused, match="decided since"):
            reverse_match(match_id=match.pk, reason="wrong", member=world.member, at=NOON)

    def test_not_after_the_money_on_account_was_used(self, world):
        match = world.split()
        account = OpenItem.objects.get(kind="on_account")
        entry = world.pay(1, "?")
        post_split(
            bank_entry_id=entry.pk,
            split=PersonsSplit(
                customer_id=world.customer.pk,
                lines=[
                    world.line(100_000),
                    PersonsLine(item_id=account.pk, applied_minor=-99_999),
                ],
            ),
            member=world.member,
            at=NOON,
        )

        with pytest.raises(PostingRefused, match="on account was used"):
            reverse_match(match_id=match.pk, reason="wrong", member=world.member, at=NOON)

    def test_the_claim_of_its_deduction_is_told(self, world):
        match = world.split(world.line(90_000, deduction_minor=10_000, deduction_reason="NC-01"))

        reverse_match(match_id=match.pk, reason="wrong", member=world.member, at=NOON)

        assert [name for name, _ in jobs_waiting()].count("concilia.react") >= 3
        assert OpenItem.objects.get(kind="deduction").open_minor == 0


class TestTwice:
    def test_a_second_payment_of_the_same_invoice_is_seen_on_another_statement(self, world):
        an_iban(world.customer, IBAN)
        world.pay(100_000, world.invoice.number, payer_iban=IBAN, payer_name="FRISCHMARKT")
        second = world.pay(
            100_000, world.invoice.number, name="ST-3", payer_iban=IBAN, payer_name="FRISCHMARKT"
        )

        match = Match.objects.get(bank_entry=second)

        assert match.state == "PROPOSED"
        assert match.explanation["duplicate_of"]
        told = match.explanation["parts"][0]
        assert told["key"] == "duplicate"
        assert told["arguments"]["payment"] == f"1000.00 EUR ({TODAY.isoformat()})"
        assert match.on_account_minor == 100_000


class TestReturns:
    def a_return(self, world, amount: int = 100_000, **changes: object) -> BankEntry:
        fields = {"payer_iban": IBAN, "payer_name": "FRISCHMARKT", "return_reason": "AC04"}
        return world.pay(amount, "UNPAID", name="ST-R", is_return=True, **fields | changes)

    def a_payment(self, world, amount: int = 100_000, **changes: object) -> BankEntry:
        an_iban(world.customer, IBAN)
        fields = {"payer_iban": IBAN, "payer_name": "FRISCHMARKT"}
        return world.pay(amount, world.invoice.number, name="ST-P", **fields | changes)

    def settle(self, world, back: BankEntry, payment: BankEntry) -> Match:
        return settle_return(
            bank_entry_id=back.pk, paid_entry_id=payment.pk, member=world.member, at=NOON
        )

    def test_it_is_never_posted_by_itself_and_names_its_payment(self, world):
        self.a_payment(world)
        back = self.a_return(world)

        match = Match.objects.get(bank_entry=back)

        assert match.state == "OPEN"
        assert match.explanation["parts"][0]["key"] == "taken_back_of"
        assert balance("SUSPENSE") == -100_000 + 100_000

    def test_settling_it_opens_the_items_again_with_their_dates(self, world):
        payment = self.a_payment(world)
        due = world.item.due_date
        back = self.a_return(world, value_date=TODAY, booking_date=TODAY)

        settled = self.settle(world, back, payment)

        world.item.refresh_from_db()
        assert (world.item.open_minor, world.item.due_date) == (100_000, due)
        assert settled.state == "POSTED"
        assert balance("SUSPENSE") == -100_000  # the payment nobody could place, and nothing else
        assert balance("BANK") == 100_000
        assert not Match.objects.filter(
            bank_entry__in=[payment, back], state__in=["OPEN", "PROPOSED"]
        ).exists()
        assert all_holds()

    def test_what_the_bank_took_beyond_is_bank_charges(self, world):
        payment = self.a_payment(world)
        back = self.a_return(world, 100_450)

        self.settle(world, back, payment)

        assert balance("BANK_CHARGES") == 450
        assert balance("SUSPENSE") == -100_000
        assert all_holds()

    def test_a_payment_that_was_never_posted_goes_back_too(self, world):
        back = self.a_return(world, payer_iban="", payer_name="?")

        self.settle(world, back, world.entry)

        assert balance("SUSPENSE") == 0
        assert all_holds()

    def test_it_finds_its_payment_by_the_end_to_end_reference(self, world):
        payment = self.a_payment(world, end_to_end_id="E2E-77")
        back = self.a_return(world, end_to_end_id="E2E-77", payer_iban="", payer_name="OTHER")

        match = Match.objects.get(bank_entry=back)

        assert payment.end_to_end_id == "E2E-77"
        assert match.explanation["parts"][0]["key"] == "taken_back_of"

    @pytest.mark.parametrize("amount", [99_999, 101_501])
    def test_another_amount_is_another_payment(self, world, amount):
        payment = self.a_payment(world)
        back = self.a_return(world, amount)

        with pytest.raises(PostingRefused, match="another amount"):
            self.settle(world, back, payment)

    def test_twice_is_refused(self, world):
        payment = self.a_payment(world)
        back = self.a_return(world)
        self.settle(world, back, payment)

        with pytest.raises(PostingRefused, match="settled already"):
            self.settle(world, back, payment)

    def test_a_return_is_not_split_and_a_returned_payment_not_reversed(self, world):
        payment = self.a_payment(world)
        back = self.a_return(world)
        with pytest.raises(PostingRefused, match="took this back"):
            post_split(
                bank_entry_id=back.pk,
                split=PersonsSplit(customer_id=world.customer.pk),
                member=world.member,
                at=NOON,
            )
        settled = self.settle(world, back, payment)

        with pytest.raises(PostingRefused, match="took this money back"):
            reverse_match(match_id=settled.pk, reason="x", member=world.member, at=NOON)

    def test_two_payments_alike_are_for_a_person_to_tell_apart(self, world):
        an_open_item(world.customer, 100_000)
        self.a_payment(world)
        world.pay(100_000, "?", name="ST-P2", payer_iban=IBAN, payer_name="FRISCHMARKT")
        back = self.a_return(world)

        match = Match.objects.get(bank_entry=back)

        assert match.explanation["parts"][0]["key"] == "taken_back"
