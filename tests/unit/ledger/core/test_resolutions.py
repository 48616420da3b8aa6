"""The entries of domain.md §7.2, row by row, and what must hold for every one of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.kernel.money import Money
from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.entries import Entry, EntryRefused, balances, reverse
from concilia.ledger.core.resolutions import credits as giving
from concilia.ledger.core.resolutions import debts, payments, writeoffs
from concilia.ledger.core.resolutions.items import Item, opened
from concilia.ledger.core.vat import VatShare, split_gross

AR, AR_DEDUCTION = AccountRole.AR, AccountRole.AR_DEDUCTION


def invoice(open_minor: int = 122000, item_id: int = 1, **changes) -> Item:
    return Item(item_id=item_id, customer_id=9, currency="EUR", open_minor=open_minor, **changes)


def deduction(open_minor: int = 12200, item_id: int = 2) -> Item:
    return invoice(open_minor, item_id, role=AR_DEDUCTION)


def on_account(open_minor: int = 0, item_id: int = 3) -> Item:
    return invoice(open_minor, item_id, role=AccountRole.UNAPPLIED_CASH)


def at_22(gross_minor: int) -> tuple[VatShare, ...]:
    return (split_gross(Money(gross_minor, "EUR"), 2200),)


def cash(minor: int) -> payments.Cash:
    return payments.Cash(amount_minor=minor, currency="EUR")


def note(
    item: Item, gross_minor: int, room_minor: int | None = None, **changes
) -> giving.CreditNote:
    room = gross_minor if room_minor is None else room_minor
    return giving.CreditNote(item=item, shares=at_22(gross_minor), room_minor=room, **changes)


def nets(entry: Entry) -> dict[str, int]:
    """Debit minus credit by role: what an accountant would read."""
    return {str(role): entry.net(role) for role in {line.role for line in entry.lines}}


class TestPayments:
    def test_a1_a_short_payment_opens_a_deduction(self):
        entry = payments.payment_applied(
            cash=cash(109800),
            applications=[
                payments.Application(
                    item=invoice(),
                    applied_minor=109800,
                    deduction=deduction(0),
                    deducted_minor=12200,
                )
            ],
        )

        assert nets(entry) == {"BANK": 109800, "AR_DEDUCTION": 12200, "AR": -122000}
        assert entry.net_of_item(1) == -122000
        assert entry.net_of_item(2) == 12200

    def test_a11_a_repaid_item_is_a_payment(self):
        entry = payments.payment_applied(
            cash=cash(12200),
            applications=[payments.Application(item=invoice(12200), applied_minor=12200)],
        )
        assert nets(entry) == {"BANK": 12200, "AR": -12200}

    def test_a14_an_earned_discount_takes_its_vat_with_it(self):
        shares = (split_gross(Money(4840, "EUR"), 2100),)
        entry = payments.payment_applied(
            cash=cash(237160),
            applications=[
                payments.Application(
                    item=invoice(242000),
                    applied_minor=237160,
                    differences=payments.earned_discount(shares),
                )
            ],
        )
        assert nets(entry) == {"BANK": 237160, "CASH_DISCOUNT": 4000, "VAT_OUT": 840, "AR": -242000}

    @pytest.mark.parametrize(
        ("differences", "role"),
        [
            (payments.withheld(2000), "WHT_RECEIVABLE"),
            (payments.exchange_difference(2000), "FX_LOSS"),
            (payments.bank_charge(2000), "BANK_CHARGES"),
            (payments.small_difference(2000), "SMALL_DIFF"),
        ],
    )
    def test_a15_a16_a_difference_closes_what_cash_does_not(self, differences, role):
        entry = payments.payment_applied(
            cash=cash(120000),
            applications=[
                payments.Application(item=invoice(), applied_minor=120000, differences=differences)
            ],
        )
        assert nets(entry) == {"BANK": 120000, role: 2000, "AR": -122000}

    def test_a15_split_vat_is_paid_to_the_state(self):
        entry = payments.payment_applied(
            cash=cash(100000),
            applications=[
                payments.Application(
                    item=invoice(),
                    applied_minor=100000,
                    differences=payments.split_vat(at_22(122000)),
                )
            ],
        )
        assert nets(entry) == {"BANK": 100000, "VAT_OUT": 22000, "AR": -122000}

    def test_an_exchange_gain_is_a_credit(self):
        entry = payments.payment_applied(
            cash=cash(122100),
            applications=[
                payments.Application(
                    item=invoice(),
                    applied_minor=122100,
                    differences=payments.exchange_difference(-100),
                )
            ],
        )
        assert nets(entry) == {"BANK": 122100, "FX_GAIN": -100, "AR": -122000}

    def test_an_overpayment_goes_on_account(self):
        entry = payments.payment_applied(
            cash=cash(130000),
            applications=[payments.Application(item=invoice(), applied_minor=122000)],
            on_account=on_account(),
        )
        assert nets(entry) == {"BANK": 130000, "AR": -122000, "UNAPPLIED_CASH": -8000}

    def test_a_payment_may_net_a_credit_note(self):
        entry = payments.payment_applied(
            cash=cash(112000),
            applications=[
                payments.Application(item=invoice(), applied_minor=122000),
                payments.Application(item=invoice(-10000, 5), applied_minor=-10000),
            ],
        )
        assert entry.net_of_item(5) == 10000

    def test_cash_on_account_is_used_later(self):
        source = payments.Cash(
            amount_minor=8000,
            currency="EUR",
            role=AccountRole.UNAPPLIED_CASH,
            item=on_account(-8000),
        )
        entry = payments.payment_applied(
            cash=source, applications=[payments.Application(item=invoice(), applied_minor=8000)]
        )
        assert nets(entry) == {"UNAPPLIED_CASH": 8000, "AR": -8000}

    def test_nothing_crosses_zero(self):
        with pytest.raises(EntryRefused, match="12199"):
            payments.payment_applied(
                cash=cash(12200),
                applications=[payments.Application(item=invoice(12199), applied_minor=12200)],
            )

    def test_no_more_is_applied_than_was_paid(self):
        with pytest.raises(EntryRefused):
            payments.payment_applied(
                cash=cash(100),
                applications=[payments.Application(item=invoice(), applied_minor=101)],
            )

    def test_a_rest_needs_its_item(self):
        with pytest.raises(EntryRefused):
            payments.payment_applied(
                cash=cash(102),
                applications=[payments.Application(item=invoice(), applied_minor=101)],
            )

    def test_currencies_do_not_mix(self):
        pounds = Item(item_id=1, customer_id=9, currency="GBP", open_minor=100)
        with pytest.raises(EntryRefused, match="EUR, GBP"):
            payments.payment_applied(
                cash=cash(100), applications=[payments.Application(item=pounds, applied_minor=100)]
            )

    def test_an_item_is_paid_once_per_payment(self):
        twice = payments.Application(item=invoice(100), applied_minor=100)
        with pytest.raises(EntryRefused):
            payments.payment_applied(cash=cash(200), applications=[twice, twice])

    def test_unknown_money_waits_in_suspense(self):
        assert nets(payments.cash_received(cash=cash(500))) == {"BANK": 500, "SUSPENSE": -500}
        known = payments.cash_received(cash=cash(500), on_account=on_account())
        assert nets(known) == {"BANK": 500, "UNAPPLIED_CASH": -500}

    def test_a_credit_note_is_set_off_against_an_invoice(self):
        entry = payments.set_off(owed=invoice(-500, 5), owing=invoice(800), amount_minor=500)
        assert (entry.net_of_item(5), entry.net_of_item(1)) == (500, -500)

    @given(
        open_minors=st.lists(st.integers(1, 10**9), min_size=1, max_size=6),
        rest=st.integers(0, 10**6),
        data=st.data(),
    )
    def test_applied_and_unapplied_make_the_payment(self, open_minors, rest, data):
        applications = []
        for number, open_minor in enumerate(open_minors, start=10):
            applied = data.draw(st.integers(1, open_minor))
            kept = data.draw(st.integers(0, open_minor - applied))
            applications.append(
                payments.Application(
                    item=invoice(open_minor, number),
                    applied_minor=applied,
                    deduction=deduction(0, number + 100) if kept else None,
                    deducted_minor=kept,
                )
            )
        paid = sum(each.applied_minor for each in applications) + rest
        entry = payments.payment_applied(
            cash=cash(paid), applications=applications, on_account=on_account()
        )

        applied = sum(each.applied_minor for each in applications)
        assert applied - entry.net_of_item(3) == paid
        for each in applications:
            left = each.item.open_minor + entry.net_of_item(each.item.item_id)
            assert 0 <= left < each.item.open_minor


class TestCredits:
    @pytest.mark.parametrize("role", ["PRICE_ALLOWANCE", "SALES_RETURNS"])
    def test_a2_a_credit_note_clears_the_deduction(self, role):
        entry = giving.credit_note(note(deduction(), 12200, role=AccountRole(role)))
        assert nets(entry) == {role: 10000, "VAT_OUT": 2200, "AR_DEDUCTION": -12200}
        assert {line.vat_bp for line in entry.lines} == {2200, None}

    def test_a3_returned_goods_go_back_on_stock(self):
        entry = giving.stock_returned(currency="EUR", cost_minor=7000)
        assert nets(entry) == {"INVENTORY": 7000, "COGS": -7000}

    def test_a4_a_promotion_uses_its_accrual(self):
        entry = giving.promotion_credit_note(note(deduction(), 12200), accrual_open_minor=10000)
        assert nets(entry) == {"TRADE_ACCRUAL": 10000, "VAT_OUT": 2200, "AR_DEDUCTION": -12200}

    def test_a4_what_exceeds_the_accrual_is_an_expense(self):
        entry = giving.promotion_credit_note(note(deduction(), 12200), accrual_open_minor=6000)
        assert entry.net(AccountRole.TRADE_ACCRUAL) == 6000
        assert entry.net(AccountRole.TRADE_SPEND_EXPENSE) == 4000

    def test_a9_the_carrier_pays_without_vat(self):
        entry = giving.carrier_held_liable(currency="EUR", amount_minor=10000)
        assert nets(entry) == {"CARRIER_CLAIM_REC": 10000, "SALES_RETURNS": -10000}

    def test_a12_a_part_is_credited_and_the_rest_collected_back(self):
        credit, back = giving.partly_approved(
            note(deduction(), 6100), denied_minor=6100, receivable=invoice(0, 4)
        )
        assert nets(credit) == {"PRICE_ALLOWANCE": 5000, "VAT_OUT": 1100, "AR_DEDUCTION": -6100}
        assert nets(back) == {"AR": 6100, "AR_DEDUCTION": -6100}

    @given(total=st.integers(2, 10**9), data=st.data())
    def test_a12_the_parts_always_make_the_whole(self, total, data):
        approved = data.draw(st.integers(1, total - 1))
        item = deduction(total)
        entries = giving.partly_approved(
            note(item, approved), denied_minor=total - approved, receivable=invoice(0, 4)
        )
        assert sum(entry.net_of_item(2) for entry in entries) == -total

    def test_a12_parts_that_do_not_make_the_whole_are_refused(self):
        with pytest.raises(EntryRefused):
            giving.partly_approved(
                note(deduction(), 6100), denied_minor=6099, receivable=invoice(0, 4)
            )

    def test_a13_a_rebill_takes_the_whole_invoice_back(self):
        credit, anew = giving.rebilled(
            note(invoice(), 122000, role=AccountRole.REVENUE),
            item=invoice(0, 6),
            shares=at_22(115900),
        )
        assert credit.net_of_item(1) == -122000
        assert nets(anew) == {"AR": 115900, "REVENUE": -95000, "VAT_OUT": -20900}
        with pytest.raises(EntryRefused):
            giving.rebilled(note(invoice(), 100, 122000), item=invoice(0, 6), shares=at_22(100))

    @given(open_minor=st.integers(1, 10**9), excess=st.integers(1, 10**6))
    def test_no_credit_above_what_is_open(self, open_minor, excess):
        with pytest.raises(EntryRefused):
            giving.credit_note(note(invoice(open_minor), open_minor + excess))

    def test_what_was_already_paid_is_credited_on_account(self):
        entry = giving.credit_note(note(invoice(2200), 12200, on_account=on_account()))
        assert (entry.net_of_item(1), entry.net_of_item(3)) == (-2200, -10000)

    def test_no_credit_above_what_earlier_credits_left(self):
        with pytest.raises(EntryRefused, match="12199"):
            note(deduction(), 12200, room_minor=12199)


class TestWriteOffs:
    @pytest.mark.parametrize(
        ("ground", "role"),
        [
            (writeoffs.WriteOffGround.SMALL, "SMALL_DIFF"),
            (writeoffs.WriteOffGround.UNECONOMIC, "BAD_DEBT_EXP"),
            (writeoffs.WriteOffGround.GOODWILL, "TRADE_SPEND_EXPENSE"),
        ],
    )
    def test_a6_a7_a_write_off_leaves_the_vat_alone(self, ground, role):
        entry = writeoffs.written_off(deduction(), amount_minor=12200, ground=ground)
        assert nets(entry) == {role: 12200, "AR_DEDUCTION": -12200}
        assert writeoffs.vat_forgone(at_22(12200)) == 2200

    def test_a5_a_service_is_netted_against_the_payable(self):
        entry = writeoffs.offset_against_payable(deduction(), amount_minor=12200)
        assert nets(entry) == {"AP": 12200, "AR_DEDUCTION": -12200}

    def test_a8_a_penalty_is_accepted_in_full(self):
        entry = writeoffs.penalty_accepted(deduction(), amount_minor=12200)
        assert nets(entry) == {"PENALTIES_EXP": 12200, "AR_DEDUCTION": -12200}

    def test_a10_a_denied_deduction_is_owed_again(self):
        entry = writeoffs.collected_back(deduction(), amount_minor=12200, receivable=invoice(0, 4))
        assert nets(entry) == {"AR": 12200, "AR_DEDUCTION": -12200}

    def test_a10_it_stays_with_its_customer(self):
        other = Item(item_id=4, customer_id=8, currency="EUR")
        with pytest.raises(EntryRefused):
            writeoffs.collected_back(deduction(), amount_minor=1, receivable=other)

    def test_what_we_owe_is_not_written_off(self):
        with pytest.raises(EntryRefused):
            writeoffs.written_off(
                invoice(-500), amount_minor=-500, ground=writeoffs.WriteOffGround.SMALL
            )


class TestDebts:
    def test_a17_interest_and_compensation_are_outside_vat(self):
        entry = debts.interest_invoiced(invoice(0), interest_minor=21956, compensation_minor=4000)
        assert nets(entry) == {
            "AR": 25956,
            "LATE_INTEREST_INC": -21956,
            "RECOVERY_COMP_INC": -4000,
        }

    def test_a18_a_settlement_waives_the_rest(self):
        entry = debts.settled(
            invoice(100000), paid_minor=70000, waived_minor=30000, provided_minor=20000
        )
        assert nets(entry) == {
            "BANK": 70000,
            "ECL_ALLOWANCE": 20000,
            "BAD_DEBT_EXP": 10000,
            "AR": -100000,
        }

    def test_a19_the_allowance_moves_both_ways(self):
        up = debts.allowance_adjusted(currency="EUR", change_minor=500)
        down = debts.allowance_adjusted(currency="EUR", change_minor=-500)
        assert nets(up) == {"BAD_DEBT_EXP": 500, "ECL_ALLOWANCE": -500}
        assert nets(down) == {"BAD_DEBT_EXP": -500, "ECL_ALLOWANCE": 500}

    def test_a20_a_provided_debt_uses_its_allowance(self):
        entry = debts.debt_written_off(invoice(12200), amount_minor=12200, provided_minor=12200)
        assert nets(entry) == {"ECL_ALLOWANCE": 12200, "AR": -12200}

    def test_a20_vat_relief_is_taken_only_when_said(self):
        entry = debts.debt_written_off(
            invoice(12200), amount_minor=12200, provided_minor=8000, relief_vat_minor=2200
        )
        assert nets(entry) == {
            "ECL_ALLOWANCE": 8000,
            "BAD_DEBT_EXP": 2000,
            "VAT_OUT": 2200,
            "AR": -12200,
        }

    def test_a21_a_recovery_gives_relief_back(self):
        entry = debts.recovered(currency="EUR", amount_minor=12200, relief_vat_minor=2200)
        assert nets(entry) == {"BANK": 12200, "BAD_DEBT_EXP": -10000, "VAT_OUT": -2200}

    def test_a22_an_agency_sets_off_its_fee(self):
        statement = debts.AgencyStatement(
            collected_minor=100000, fee_minor=15000, fee_vat_minor=3300, remitted_minor=81700
        )
        entry = debts.remitted_by_agency(invoice(100000), statement=statement)
        assert nets(entry) == {
            "BANK": 81700,
            "AGENCY_FEES_EXP": 15000,
            "VAT_IN": 3300,
            "AR": -100000,
        }

    def test_a22_a_statement_that_does_not_add_up_is_refused(self):
        with pytest.raises(EntryRefused):
            debts.AgencyStatement(
                collected_minor=100000, fee_minor=15000, fee_vat_minor=3300, remitted_minor=81701
            )

    def test_an_accrual_is_released_as_it_was_made(self):
        made = debts.accrued(currency="EUR", amount_minor=500)
        released = debts.accrual_released(currency="EUR", amount_minor=500)
        assert balances([made, released]) == {}


class TestEveryResolution:
    ENTRIES = (
        opened(invoice(0), amount_minor=122000),
        giving.credit_note(note(deduction(), 12200)),
        giving.promotion_credit_note(note(deduction(), 12200), accrual_open_minor=5),
        giving.carrier_held_liable(currency="EUR", amount_minor=10000),
        *giving.partly_approved(
            note(deduction(), 6100), denied_minor=6100, receivable=invoice(0, 4)
        ),
        writeoffs.offset_against_payable(deduction(), amount_minor=12200),
        writeoffs.penalty_accepted(deduction(), amount_minor=12200),
        debts.settled(invoice(100000), paid_minor=70000, waived_minor=30000),
        debts.waived(invoice(30000), waived_minor=30000, provided_minor=1000),
        debts.recovered(currency="EUR", amount_minor=12200, relief_vat_minor=2200),
    )

    @pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry.kind))
    def test_is_taken_back_without_a_trace(self, entry):
        assert balances([entry, reverse(entry, entry_id=1)]) == {}

    def test_a_credit_note_opens_negative_and_an_invoice_positive(self):
        assert opened(invoice(0), amount_minor=500).net_of_item(1) == 500
        assert opened(invoice(0), amount_minor=-500).net_of_item(1) == -500
