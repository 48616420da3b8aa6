from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.claims.core.linking import (
    ClaimedEvent,
    Clue,
    Likeness,
    Link,
    PaidTwice,
    Traits,
    clues_between,
    find_twins,
    link_for,
    require_paid_once,
    score_of,
    twin_of,
)

ON = date(2026, 11, 10)
DEBIT_NOTE = ClaimedEvent(
    reference="CLM-0418",
    group="FRISCHMARKT",
    currency="EUR",
    amount_minor=71_640,
    reasons=frozenset({"NC-01", "NC-05"}),
    on=ON,
    invoices=frozenset({"FT-2026/03187"}),
)
SHORT_PAYMENT = ClaimedEvent(
    reference="CLM-0420",
    group="FRISCHMARKT",
    currency="EUR",
    amount_minor=71_640,
    reasons=frozenset({"FI-16"}),
    on=ON + timedelta(days=2),
    invoices=frozenset({"2026 03187"}),
)


class TestScore:
    @pytest.mark.parametrize(
        ("clues", "score", "link"),
        [
            ({Clue.INVOICE_NUMBER}, "0.90", Link.ACCEPT),
            ({Clue.DELIVERY_NUMBER}, "0.85", Link.PROPOSE),
            ({Clue.DELIVERY_NUMBER, Clue.AMOUNT}, "0.895", Link.PROPOSE),
            ({Clue.DELIVERY_NUMBER, Clue.ARTICLE}, "0.91", Link.ACCEPT),
            ({Clue.ORDER_NUMBER}, "0.70", Link.PROPOSE),
            ({Clue.ARTICLE, Clue.AMOUNT, Clue.DATE}, "0.622", Link.PROPOSE),
            ({Clue.AMOUNT, Clue.DATE}, "0.37", Link.LEAVE),
            (set(), "0", Link.LEAVE),
        ],
    )
    def test_combines_doubts(self, clues, score, link):
        found = score_of(clues, is_same_customer=True)

        assert found == Decimal(score)
        assert link_for(found) is link

    def test_another_customers_record_is_never_proposed(self):
        assert score_of(set(Clue), is_same_customer=False) == Decimal("0.30")

    @given(st.sets(st.sampled_from(Clue)), st.sampled_from(Clue))
    def test_a_further_clue_never_lowers_it(self, clues, more):
        less = score_of(clues, is_same_customer=True)

        assert 0 <= less <= score_of(clues | {more}, is_same_customer=True) < 1


class TestClues:
    def test_finds_what_two_papers_share_however_it_is_typed(self):
        claim = Traits(
            "EUR",
            invoices=frozenset({"FT 2026-03187"}),
            orders=frozenset({"4500198777"}),
            amounts_minor=frozenset({25_920, 71_640}),
            articles=frozenset({("PEN", Decimal(12))}),
            on=ON,
        )
        record = Traits(
            "EUR",
            invoices=frozenset({"FT-2026/03187"}),
            orders=frozenset({"4500198842"}),
            amounts_minor=frozenset({71_640}),
            articles=frozenset({("PEN", Decimal("12.0"))}),
            on=ON - timedelta(days=29),
        )

        assert clues_between(claim, record) == {
            Clue.INVOICE_NUMBER, Clue.AMOUNT, Clue.ARTICLE, Clue.DATE,
        }  # fmt: skip

    def test_equal_amounts_in_two_currencies_are_not_equal(self):
        one, two = (Traits(code, amounts_minor=frozenset({100})) for code in ("EUR", "GBP"))

        assert clues_between(one, two) == frozenset()

    def test_empty_references_share_nothing(self):
        empty = Traits("EUR", invoices=frozenset({"", " - "}))

        assert clues_between(empty, empty) == frozenset()


class TestTwins:
    def test_the_debit_note_and_the_short_payment_are_one_event(self):
        twin = twin_of(DEBIT_NOTE, SHORT_PAYMENT)

        assert twin is not None
        assert twin.reference == "CLM-0420"
        assert twin.why == (
            Likeness.SAME_INVOICE,
            Likeness.SAME_AMOUNT,
            Likeness.REASONS_FIT,
            Likeness.DATES_NEAR,
        )
        assert twin.score_bp == 9_370

    @pytest.mark.parametrize(
        "changes",
        [
            {"group": "OTHER"},
            {"currency": "GBP"},
            {"invoices": frozenset({"FT-2026/03188"})},
            {"amount_minor": 71_741},
            {"on": ON + timedelta(days=31)},
            {"reasons": frozenset({"NC-08"})},
        ],
        ids=["group", "currency", "reference", "amount", "date", "reason"],
    )
    def test_every_part_of_the_key_counts(self, changes):
        assert twin_of(DEBIT_NOTE, replace(SHORT_PAYMENT, **changes)) is None

    def test_reasons_of_one_family_can_name_one_event(self):
        assert twin_of(DEBIT_NOTE, replace(SHORT_PAYMENT, reasons=frozenset({"NC-02"})))

    def test_the_same_amount_once_with_and_once_without_vat(self):
        gross = replace(SHORT_PAYMENT, amount_minor=87_401, vat_bps=frozenset({2_200}))
        twin = twin_of(DEBIT_NOTE, gross)

        assert twin is not None
        assert Likeness.SAME_AMOUNT_BUT_VAT in twin.why

    @given(st.integers(-200_000, 200_000), st.integers(-40, 40))
    def test_likeness_is_mutual(self, minor, days):
        other = replace(SHORT_PAYMENT, amount_minor=minor, on=ON + timedelta(days=days))

        assert bool(twin_of(DEBIT_NOTE, other)) == bool(twin_of(other, DEBIT_NOTE))

    def test_finds_the_likeliest_first_and_not_itself(self):
        by_order = replace(
            SHORT_PAYMENT, reference="CLM-0421", invoices=frozenset(), orders=frozenset({"O-1"})
        )
        claim = replace(DEBIT_NOTE, orders=frozenset({"O-1"}))

        twins = find_twins(claim, [by_order, claim, SHORT_PAYMENT])
        assert [twin.reference for twin in twins] == ["CLM-0420", "CLM-0421"]


class TestPaidOnce:
    def test_approving_both_is_refused_by_name(self):
        with pytest.raises(PaidTwice, match="CLM-0420 already granted this"):
            require_paid_once(DEBIT_NOTE, [SHORT_PAYMENT])

    def test_what_a_person_kept_apart_may_be_approved(self):
        require_paid_once(DEBIT_NOTE, [SHORT_PAYMENT], kept_apart=frozenset({"CLM-0420"}))
