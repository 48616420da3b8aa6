from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.kernel.currencies import UnknownCurrency
from concilia.ledger.core.accounts import CLASS_OF, ITEM_ROLES, AccountRole
from concilia.ledger.core.entries import (
    Entry,
    EntryKind,
    EntryRefused,
    Line,
    Unbalanced,
    balances,
    reverse,
)

amounts = st.integers(1, 10**12)
plain_roles = st.sampled_from(sorted(set(AccountRole) - ITEM_ROLES))


def entry(*lines: Line, currency: str = "EUR") -> Entry:
    return Entry(kind=EntryKind.WRITE_OFF, currency=currency, lines=lines)


@st.composite
def balanced_entries(draw) -> Entry:
    debits = [
        Line(role=draw(plain_roles), debit_minor=minor)
        for minor in draw(st.lists(amounts, min_size=1, max_size=5))
    ]
    total = sum(line.debit_minor for line in debits)
    closing = Line(
        role=AccountRole.AR, credit_minor=total, item_id=draw(st.integers(1, 9)), customer_id=1
    )
    return entry(*debits, closing, currency=draw(st.sampled_from(["EUR", "GBP"])))


class TestLine:
    @pytest.mark.parametrize(("debit", "credit"), [(0, 0), (5, 5), (-5, 0), (0, -5)])
    def test_is_a_positive_debit_or_a_positive_credit(self, debit, credit):
        with pytest.raises(EntryRefused):
            Line(role=AccountRole.BANK, debit_minor=debit, credit_minor=credit)

    @pytest.mark.parametrize("role", sorted(ITEM_ROLES))
    def test_names_its_open_item_where_the_role_has_items(self, role):
        with pytest.raises(EntryRefused):
            Line(role=role, debit_minor=1, customer_id=1)

    def test_names_no_open_item_elsewhere(self):
        with pytest.raises(EntryRefused):
            Line(role=AccountRole.BANK, debit_minor=1, item_id=1)

    def test_names_the_customer_of_a_receivable(self):
        with pytest.raises(EntryRefused):
            Line(role=AccountRole.AR, debit_minor=1, item_id=1)


class TestEntry:
    @given(debit=amounts, credit=amounts)
    def test_balances_or_is_refused(self, debit, credit):
        lines = (
            Line(role=AccountRole.BANK, debit_minor=debit),
            Line(role=AccountRole.SUSPENSE, credit_minor=credit),
        )
        if debit == credit:
            assert entry(*lines).total_minor == debit
        else:
            with pytest.raises(Unbalanced):
                entry(*lines)

    def test_has_two_sides(self):
        with pytest.raises(EntryRefused):
            entry()

    def test_knows_its_currency(self):
        with pytest.raises(UnknownCurrency):
            entry(
                Line(role=AccountRole.BANK, debit_minor=1),
                Line(role=AccountRole.SUSPENSE, credit_minor=1),
                currency="EURO",
            )

    def test_only_a_reversal_takes_back_another_entry(self):
        lines = (
            Line(role=AccountRole.BANK, debit_minor=1),
            Line(role=AccountRole.SUSPENSE, credit_minor=1),
        )
        with pytest.raises(EntryRefused):
            Entry(kind=EntryKind.WRITE_OFF, currency="EUR", lines=lines, reverses_id=7)
        with pytest.raises(EntryRefused):
            Entry(kind=EntryKind.REVERSAL, currency="EUR", lines=lines)


class TestReverse:
    @given(booked=st.lists(balanced_entries(), min_size=1, max_size=6), data=st.data())
    def test_restores_every_balance(self, booked, data):
        taken_back = data.draw(st.sampled_from(booked))
        without = list(booked)
        without.remove(taken_back)

        assert balances([*booked, reverse(taken_back, entry_id=1)]) == balances(without)

    @given(booked=balanced_entries())
    def test_is_not_reversed_itself(self, booked):
        with pytest.raises(EntryRefused):
            reverse(reverse(booked, entry_id=1), entry_id=2)


class TestBalances:
    @given(booked=st.lists(balanced_entries(), max_size=6))
    def test_sum_to_zero_in_each_currency(self, booked):
        for currency in ("EUR", "GBP"):
            assert (
                sum(amount for key, amount in balances(booked).items() if key[0] == currency) == 0
            )

    @given(booked=st.lists(balanced_entries(), max_size=6))
    def test_of_the_items_make_the_control_account(self, booked):
        sums = balances(booked)
        items = sum(
            amount for (_, role, item), amount in sums.items() if role is AccountRole.AR and item
        )
        assert items == sum(each.net(AccountRole.AR) for each in booked)


def test_every_role_has_a_class():
    assert set(CLASS_OF) == set(AccountRole)
