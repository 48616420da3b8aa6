"""What people do with payments, what our own limits refuse, and what is taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db.models import Sum
from tests.world.bank_day import a_loaded_statement, offer_discount, paid
from tests.world.builders import (
    NOON,
    TODAY,
    a_customer,
    a_member,
    an_entity,
    an_iban,
    an_invoice,
    an_open_item,
)
from tests.world.jobs import jobs_waiting

from concilia.cash.actions import (
    ItemsChanged,
    PaymentQuestion,
    PersonsLine,
    PersonsSplit,
    PostingRefused,
    ask_about_payment,
    match_entry,
    post_match,
    post_proposals,
    post_split,
    reverse_match,
    settle_return,
)
from concilia.cash.models import Match
from concilia.correspondence.models import Message
from concilia.customers.models import PayerAlias, PayerGroup
from concilia.ledger.models import JournalLine
from concilia.receivables.models import BankEntry, OpenItem
from concilia.reporting.queries.invariants import check_invariants

pytestmark = pytest.mark.django_db
IBAN = "DE89370400440532013000"


def balance(account: str) -> int:
    """Debit minus credit of an account role, over everything."""
    sums = JournalLine.objects.filter(account=account).aggregate(
        d=Sum("debit_minor"), c=Sum("credit_minor")
    )
    return (sums["d"] or 0) - (sums["c"] or 0)


def all_holds() -> bool:
    broken = [name for name, finding in check_invariants().items() if not finding.holds]
    assert broken == []
    return True


class World:
    """A customer that owes 1,000.00, and a payment of 1,000.00 nobody can place."""

    def __init__(self) -> None:
        self.entity = an_entity()
        self.customer = a_customer(self.entity)
        self.member = a_member(self.entity)
        self.invoice = an_invoice(self.customer, [("A", "10", "100.00", 0)])
        self.item = OpenItem.objects.get(invoice=self.invoice)
        a_loaded_statement(self.entity, paid(100_000, "NESSUNA CAUSALE", payer_name="?"))
        self.entry = BankEntry.objects.get()

    def line(self, applied: int, **changes: object) -> PersonsLine:
        return PersonsLine(item_id=self.item.pk, applied_minor=applied, **changes)

    def split(self, *lines: PersonsLine, customer_id: int | None = None) -> Match:
        return post_split(
            bank_entry_id=self.entry.pk,
            split=PersonsSplit(customer_id=customer_id or self.customer.pk, lines=lines),
            member=self.member,
            at=NOON,
        )

    def pay(self, amount: int, text: str, name: str = "ST-2", **changes: object) -> BankEntry:
        fields = {"key": f"{name}-{amount}"} | changes
        a_loaded_statement(self.entity, paid(amount, text, **fields), name=name)
        return BankEntry.objects.latest("pk")


@pytest.fixture
def world() -> World:
    return World()


class TestOwnSplit:
    def test_who_confirms_teaches_the_iban(self, world):
        entry = world.pay(50_000, "?", payer_iban=IBAN, payer_name="SOMEBODY")

        post_split(
            bank_entry_id=entry.pk,
            split=PersonsSplit(customer_id=world.customer.pk, lines=[world.line(50_000)]),
            member=world.member,
            at=NOON,
        )

        alias = PayerAlias.objects.get(value=IBAN)
        assert (alias.customer, alias.hits, alias.is_stated) == (world.customer, 1, False)

    def test_the_customer_of_the_items_is_the_customer(self, world):
        match = post_split(
            bank_entry_id=world.entry.pk,
            split=PersonsSplit(customer_id=None, lines=[world.line(100_000)]),
            member=world.member,
            at=NOON,
        )

        assert match.customer == world.customer

    def test_every_difference_has_its_account(self, world):
        invoice = an_invoice(world.customer, [("A", "1", "1000.00", 2200)])
        item = OpenItem.objects.get(invoice=invoice)
        entry = world.pay(100_000 + 100_000, "?")
        post_split(
            bank_entry_id=entry.pk,
            split=PersonsSplit(
                customer_id=world.customer.pk,
                lines=[
                    PersonsLine(
                        item_id=item.pk,
                        applied_minor=100_000,
                        writeoff_minor=22_000,
                        writeoff_reason="FI-07",
                    ),
                    world.line(99_990, writeoff_minor=10),
                ],
            ),
            member=world.member,
            at=NOON,
        )

        assert balance("VAT_OUT") == 22_000
        assert balance("SMALL_DIFF") == 10
        assert OpenItem.objects.get(kind="on_account").open_minor == -10
        assert all_holds()

    @pytest.mark.parametrize(
        ("reason", "amount", "account"),
        [
            ("FI-03", 1_500, "BANK_CHARGES"),
            ("FI-04", 2_000, "FX_LOSS"),
            ("FI-05", 100, "SMALL_DIFF"),
            ("FI-06", 20_000, "WHT_RECEIVABLE"),
            ("FI-06", 4_000, "WHT_RECEIVABLE"),
        ],
    )
    def test_what_may_be_written_off_and_where_it_goes(self, world, reason, amount, account):
        entry = world.pay(100_000 - amount, "?")

        post_split(
            bank_entry_id=entry.pk,
            split=PersonsSplit(
                customer_id=world.customer.pk,
                lines=[world.line(100_000 - amount, writeoff_minor=amount, writeoff_reason=reason)],
            ),
            member=world.member,
            at=NOON,
        )

        assert balance(account) == amount
        assert all_holds()

    def test_a_gain_is_a_gain(self, world):
        entry = world.pay(100_050, "?")

        post_split(
            bank_entry_id=entry.pk,
            split=PersonsSplit(
                customer_id=world.customer.pk,
                lines=[world.line(100_050, writeoff_minor=-50, writeoff_reason="FI-05")],
            ),
            member=world.member,
            at=NOON,
        )

        assert balance("SMALL_DIFF") == -50
        assert all_holds()

    def test_a_credit_note_and_money_on_account_are_used_up(self, world):
        credit = an_open_item(world.customer, -5_000)
        world.split()
        account = OpenItem.objects.get(kind="on_account")
        assert account.open_minor == -100_000
        entry = world.pay(1_000, "?")
        other = an_open_item(world.customer, 106_000)

        post_split(
            bank_entry_id=entry.pk,
            split=PersonsSplit(
                customer_id=world.customer.pk,
                lines=[
                    PersonsLine(item_id=other.pk, applied_minor=106_000),
                    PersonsLine(item_id=credit.pk, applied_minor=-5_000),
                    PersonsLine(item_id=account.pk, applied_minor=-100_000),
                ],
            ),
            member=world.member,
            at=NOON,
        )

        assert balance("UNAPPLIED_CASH") == 0
        assert set(
            OpenItem.objects.filter(pk__in=[other.pk, credit.pk, account.pk]).values_list(
                "open_minor", flat=True
            )
        ) == {0}
        assert all_holds()

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"applied": 100_001}, "more than was paid"),
            ({"applied": 0}, "or nothing"),
            ({"applied": -5}, "open, or nothing"),
            ({"applied": 90_000, "deduction_minor": 10_000}, "say why"),
            ({"applied": 90_000, "deduction_minor": -1, "deduction_reason": "NC-01"}, "negative"),
            ({"applied": 99_899, "writeoff_minor": 101}, "too much to write off"),
            ({"applied": 98_000, "writeoff_minor": 2_000, "writeoff_reason": "FI-03"}, "too much"),
            ({"applied": 97_000, "writeoff_minor": 3_000, "writeoff_reason": "FI-04"}, "too much"),
            ({"applied": 85_000, "writeoff_minor": 15_000, "writeoff_reason": "FI-06"}, "too much"),
            ({"applied": 99_000, "writeoff_minor": 1_000, "writeoff_reason": "XX"}, "say what"),
            ({"applied": 98_000, "discount_minor": 2_000}, "no cash discount"),
        ],
    )
    def test_what_is_beyond_our_rules_is_refused_and_changes_nothing(self, world, changes, says):
        fields = dict(changes)

        with pytest.raises(PostingRefused, match=says):
            world.split(world.line(fields.pop("applied"), **fields))

        world.item.refresh_from_db()
        assert world.item.open_minor == 100_000
        assert Match.objects.get().state == "OPEN"

    def test_a_discount_is_what_was_agreed_and_in_time(self, world):
        offer_discount(world.invoice, 200, -1)
        with pytest.raises(PostingRefused, match="too late"):
            world.split(world.line(98_000, discount_minor=2_000))
        offer_discount(world.invoice, 200, 1)
        with pytest.raises(PostingRefused, match="more than its cash discount"):
            world.split(world.line(97_900, discount_minor=2_100))

        world.split(world.line(98_000, discount_minor=2_000))

        assert balance("CASH_DISCOUNT") == 2_000

    def test_customers_who_do_not_pay_together_are_not_paid_together(self, world):
        other = an_open_item(a_customer(world.entity, "Somebody Else"), 50_000)

        with pytest.raises(PostingRefused, match="do not pay together"):
            world.split(world.line(50_000), PersonsLine(item_id=other.pk, applied_minor=50_000))

    def test_customers_of_one_payer_group_are(self, world):
        group = PayerGroup.objects.create(entity=world.entity, code="G", name="G")
        partner = a_customer(world.entity, "Partner", payer_group=group)
        world.customer.payer_group = group
        world.customer.save()
        other = an_open_item(partner, 50_000)

        world.split(world.line(50_000), PersonsLine(item_id=other.pk, applied_minor=50_000))

        assert all_holds()

    def test_another_entitys_payment_item_or_customer_is_not_there(self, world):
        stranger = an_entity("other")
        theirs = a_customer(stranger)
        item = an_open_item(theirs, 1_000)
        with pytest.raises(BankEntry.DoesNotExist):
            post_split(
                bank_entry_id=world.entry.pk,
                split=PersonsSplit(customer_id=None),
                member=a_member(stranger),
                at=NOON,
            )
        with pytest.raises(PostingRefused, match="not ours"):
            world.split(PersonsLine(item_id=item.pk, applied_minor=1_000))
        with pytest.raises(PostingRefused, match="no such customer"):
            world.split(customer_id=theirs.pk)

    def test_the_same_payment_is_posted_once(self, world):
        world.split(world.line(100_000))

        with pytest.raises(PostingRefused, match="posted"):
            world.split(world.line(100_000))

    def test_an_item_named_twice_is_refused(self, world):
        with pytest.raises(PostingRefused, match="twice"):
            world.split(world.line(50_000), world.line(50_000))


class TestProposals:
    def two_proposals(self, world):
        for name, amount in (("ST-2", 20_000), ("ST-3", 30_000)):
            customer = a_customer(world.entity, f"Laden {amount}")
            iban = f"DE8937040044053201{amount // 10}"
            an_iban(customer, iban)
            an_open_item(customer, amount)
            an_open_item(customer, amount)
            world.pay(amount, "ZAHLUNG", name=name, payer_iban=iban)
        return list(Match.objects.filter(state="PROPOSED").order_by("pk"))

    def test_several_are_confirmed_at_once(self, world):
        proposals = self.two_proposals(world)

        done = post_proposals(
            match_ids=[match.pk for match in proposals], member=world.member, at=NOON
        )

        assert (len(done.posted), done.changed) == (2, ())
        assert balance("SUSPENSE") == -100_000
        assert all_holds()

    def test_what_has_changed_stays_and_is_told(self, world):
        first, second = self.two_proposals(world)
        post_match(match_id=first.pk, member=world.member, at=NOON)

        done = post_proposals(match_ids=[first.pk, second.pk], member=world.member, at=NOON)

        assert [match.pk for match in done.posted] == [second.pk]
        assert done.changed == (first.bank_entry_id,)

    def test_a_proposal_whose_item_is_gone_is_refused_and_can_be_asked_again(self, world):
        first, _ = self.two_proposals(world)
        item = first.allocations.get().item
        entry = world.pay(20_000, "?", name="ST-9")
        post_split(
            bank_entry_id=entry.pk,
            split=PersonsSplit(
                customer_id=item.customer_id,
                lines=[PersonsLine(item_id=item.pk, applied_minor=20_000)],
            ),
            member=world.member,
            at=NOON,
        )
        with pytest.raises(ItemsChanged):
            post_match(match_id=first.pk, member=world.member, at=NOON)

        again = match_entry(bank_entry_id=first.bank_entry_id, at=NOON)

        assert again.state == "POSTED"
        assert again.allocations.get().item_id != item.pk
        assert all_holds()


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


class TestAsking:
    def question(self, world, **changes: object) -> PaymentQuestion:
        contact = world.customer.contacts.get()
        question = PaymentQuestion(
            customer_id=world.customer.pk,
            to=contact.email,
            subject="Ihre Zahlung",
            text="Wofür ist sie?",
        )
        return replace(question, **changes)

    def ask(self, world, **changes: object) -> Message:
        return ask_about_payment(
            bank_entry_id=world.entry.pk,
            question=self.question(world, **changes),
            member=world.member,
            at=NOON,
        )

    def test_the_question_leaves_by_the_contact_policy(self, world):
        message = self.ask(world)

        assert message.state == "QUEUED"
        assert message.author == world.member.user
        assert message.language == "de"
        assert message.allowed_by

    def test_an_address_that_is_not_theirs_is_held_back_visibly(self, world):
        message = self.ask(world, to="somebody@nowhere.example")

        assert (message.state, message.withheld_why) == ("WITHHELD", "address_unknown")

    @pytest.mark.parametrize(
        ("changes", "says"),
        [
            ({"text": " "}, "needs words"),
            ({"to": ""}, "address"),
            ({"customer_id": 0}, "customer first"),
        ],
    )
    def test_what_is_missing_is_said(self, world, changes, says):
        with pytest.raises(PostingRefused, match=says):
            self.ask(world, **changes)

    def test_nobody_is_asked_for_ever(self, world):
        for _ in range(9):
            self.ask(world)

        with pytest.raises(PostingRefused, match="often enough"):
            self.ask(world)


class TestDates:
    def test_a_discount_of_grace_days_counts_as_our_rules_say(self, world):
        world.entity.settings = {"matching": {"discount_grace_days": 2, "unknown": 1}}
        world.entity.save()
        world.member.refresh_from_db()
        offer_discount(world.invoice, 200, -2)

        world.split(world.line(98_000, discount_minor=2_000))

        assert balance("CASH_DISCOUNT") == 2_000
        assert world.entry.value_date - timedelta(days=2) < TODAY
