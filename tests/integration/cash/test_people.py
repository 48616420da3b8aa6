"""What people do with payments, and what our own limits refuse."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.world.bank_day import offer_discount
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
from tests.world.payer import IBAN, World, all_holds, balance

from concilia.cash.actions import (
    ItemsChanged,
    PersonsLine,
    PersonsSplit,
    PostingRefused,
    match_entry,
    post_match,
    post_proposals,
    post_split,
)
from concilia.cash.models import Match
from concilia.customers.models import PayerAlias, PayerGroup
from concilia.receivables.models import BankEntry, OpenItem

pytestmark = pytest.mark.django_db


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


class TestDates:
    def test_a_discount_of_grace_days_counts_as_our_rules_say(self, world):
        world.entity.settings = {"matching": {"discount_grace_days": 2, "unknown": 1}}
        world.entity.save()
        world.member.refresh_from_db()
        offer_discount(world.invoice, 200, -2)

        world.split(world.line(98_000, discount_minor=2_000))

        assert balance("CASH_DISCOUNT") == 2_000
        assert world.entry.value_date - timedelta(days=2) < TODAY
