"""The desk's sum, what a person may split, amounts as typed, and the words marked in a text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.cash.core.drafts import (
    Difference,
    Draft,
    draft_of,
    split_of,
    sum_of,
    with_deduction,
    without_difference,
)
from concilia.cash.core.marks import mark
from concilia.cash.core.questions import AboutPayment, question_about, question_keys
from concilia.cash.core.splits import (
    DifferenceKind,
    PersonsLine,
    PersonsSplit,
    Received,
    Refusal,
    SplitRefused,
    Terms,
    check_line,
)
from concilia.cash.core.typed import amount_typed
from concilia.kernel.money import Money
from concilia.matching.policy import Policy

DAY = date(2026, 11, 19)
OPEN = {1: 618_000, 2: 541_250, 3: 387_000, 9: -14_880}
amounts = st.integers(0, 10**9)


def difference(kind: DifferenceKind, item: int, amount: int, reason: str = "") -> Difference:
    return Difference(kind=kind, item_id=item, amount_minor=amount, reason=reason)


LINDNER = Draft(
    customer_id=7,
    taken=(1, 2, 3),
    differences=(
        difference(DifferenceKind.DISCOUNT, 2, 10_825),
        difference(DifferenceKind.DISCOUNT, 3, 7_740),
        difference(DifferenceKind.DEDUCTION, 1, 12_360, "FI-02"),
        difference(DifferenceKind.SMALL, 1, 50),
    ),
)


class TestSum:
    def test_items_less_differences_less_payment_is_what_is_left(self):
        told = sum_of(LINDNER, OPEN, 1_515_275)

        assert told.items_minor == 1_546_250
        assert told.differences_minor == 30_975
        assert told.left_minor == 0

    def test_differences_of_items_that_are_not_taken_do_not_count(self):
        told = sum_of(Draft(customer_id=7, differences=LINDNER.differences), OPEN, 0)

        assert told.differences_minor == 0

    def test_money_on_account_explains_what_is_too_much(self):
        assert (
            sum_of(Draft(customer_id=7, taken=(2,), on_account_minor=50), OPEN, 541_300).left_minor
            == 0
        )

    def test_an_item_counts_once_and_an_unknown_one_never(self):
        assert sum_of(Draft(customer_id=7, taken=(2, 2, 88)), OPEN, 0).items_minor == 541_250


class TestSplit:
    def test_what_is_no_difference_is_money(self):
        lines = {line.item_id: line for line in split_of(LINDNER, OPEN).lines}

        assert lines[1].applied_minor == 618_000 - 12_360 - 50
        assert (lines[1].deduction_minor, lines[1].deduction_reason) == (12_360, "FI-02")
        assert (lines[1].writeoff_minor, lines[1].writeoff_reason) == (50, "FI-05")
        assert lines[2].discount_minor == 10_825

    @given(
        taken=st.sets(st.sampled_from([1, 2, 3, 9])),
        kinds=st.lists(
            st.tuples(
                st.sampled_from([DifferenceKind.DISCOUNT, DifferenceKind.LATER]),
                st.sampled_from([1, 2, 3]),
                amounts,
            ),
            max_size=5,
        ),
        paid=amounts,
        on_account=amounts,
    )
    def test_a_sum_of_zero_spends_exactly_the_payment(self, taken, kinds, paid, on_account):
        draft = Draft(
            customer_id=7,
            taken=tuple(taken),
            differences=tuple(difference(*one) for one in kinds),
            on_account_minor=on_account,
        )
        left = sum_of(draft, OPEN, paid).left_minor

        applied = split_of(draft, OPEN).applied_minor

        assert applied + on_account - paid == left

    def test_a_draft_of_a_split_makes_the_split_again(self):
        split = split_of(LINDNER, OPEN)

        assert split_of(draft_of(split, 0, OPEN), OPEN) == split

    def test_a_part_payment_leaves_the_rest_open(self):
        split = PersonsSplit(customer_id=7, lines=(PersonsLine(item_id=2, applied_minor=1_250),))

        draft = draft_of(split, 0, OPEN)

        assert draft.differences == (difference(DifferenceKind.LATER, 2, 540_000),)
        assert split_of(draft, OPEN) == split

    def test_two_reasons_on_one_item_are_refused(self):
        draft = Draft(
            customer_id=7,
            taken=(1,),
            differences=(
                difference(DifferenceKind.DEDUCTION, 1, 1, "NC-01"),
                difference(DifferenceKind.DEDUCTION, 1, 2, "NC-08"),
            ),
        )

        with pytest.raises(SplitRefused) as refused:
            split_of(draft, OPEN)

        assert refused.value.why is Refusal.TWO_REASONS

    def test_a_deduction_goes_on_the_largest_item_and_away_again(self):
        draft = with_deduction(Draft(customer_id=7, taken=(2, 3)), OPEN, 500)

        assert draft.differences == (difference(DifferenceKind.DEDUCTION, 2, 500),)
        assert without_difference(draft, 0).differences == ()
        assert without_difference(draft, 5) == draft
        assert with_deduction(Draft(customer_id=7), OPEN, 500).differences == ()


class TestCheckLine:
    terms = Terms(
        number="FT-1",
        open_minor=122_000,
        original_minor=122_000,
        discount_bp=200,
        discount_until=DAY,
        vat_minor=22_000,
    )
    received = Received(value_date=DAY, charges_minor=2_500)

    def check(self, terms: Terms | None = None, received: Received | None = None, **fields: object):
        line = PersonsLine(item_id=1, **fields)
        return check_line(line, terms or self.terms, received or self.received, Policy())

    @pytest.mark.parametrize(
        "fields",
        [
            {"applied_minor": 122_000},
            {"applied_minor": 1},
            {"applied_minor": 119_560, "discount_minor": 2_440},
            {"applied_minor": 119_559, "discount_minor": 2_441},
            {"applied_minor": 100_000, "writeoff_minor": 22_000, "writeoff_reason": "FI-07"},
            {"applied_minor": 102_000, "writeoff_minor": 20_000, "writeoff_reason": "FI-06"},
            {"applied_minor": 118_000, "writeoff_minor": 4_000, "writeoff_reason": "FI-06"},
            {"applied_minor": 119_500, "writeoff_minor": 2_500, "writeoff_reason": "FI-03"},
            {"applied_minor": 119_560, "writeoff_minor": 2_440, "writeoff_reason": "FI-04"},
            {"applied_minor": 122_100, "writeoff_minor": -100},
            {"applied_minor": 0, "deduction_minor": 122_000, "deduction_reason": "NC-01"},
        ],
    )
    def test_what_our_rules_allow(self, fields):
        self.check(**fields)

    @pytest.mark.parametrize(
        ("fields", "why"),
        [
            ({"applied_minor": 122_001}, Refusal.NOT_OPEN),
            ({"applied_minor": 0}, Refusal.NOT_OPEN),
            ({"applied_minor": 119_558, "discount_minor": 2_442}, Refusal.DISCOUNT_HIGH),
            ({"applied_minor": 1, "deduction_minor": -1, "discount_minor": 0}, Refusal.NEGATIVE),
            ({"applied_minor": 1, "writeoff_minor": 101}, Refusal.BEYOND),
            (
                {"applied_minor": 1, "writeoff_minor": 5, "writeoff_reason": "NC-01"},
                Refusal.NO_KIND,
            ),
            ({"applied_minor": 1, "deduction_minor": 5}, Refusal.NO_REASON),
            (
                {"applied_minor": -1_000, "deduction_minor": 2_000, "deduction_reason": "NC-01"},
                Refusal.TOO_LARGE,
            ),
        ],
    )
    def test_what_they_do_not(self, fields, why):
        with pytest.raises(SplitRefused) as refused:
            self.check(**fields)

        assert refused.value.why is why
        assert refused.value.number == "FT-1"

    def test_a_discount_ends(self):
        late = Received(value_date=DAY + timedelta(days=1))
        with pytest.raises(SplitRefused) as refused:
            self.check(received=late, applied_minor=119_560, discount_minor=2_440)

        assert refused.value.why is Refusal.DISCOUNT_LATE

    def test_a_credit_is_used_up_and_nothing_else(self):
        credit = Terms(number="NC-1", open_minor=-5_000, original_minor=-5_000)
        self.check(credit, applied_minor=-5_000)
        with pytest.raises(SplitRefused) as refused:
            self.check(credit, applied_minor=-4_000, writeoff_minor=-1_000)
        assert refused.value.why is Refusal.CREDIT
        with pytest.raises(SplitRefused):
            self.check(credit, applied_minor=1)


class TestAmountTyped:
    @pytest.mark.parametrize(
        ("text", "currency", "minor"),
        [
            ("1284.00", "EUR", 128_400),
            ("1.284,00", "EUR", 128_400),
            ("1,284.00", "EUR", 128_400),
            ("1\u202f284,00", "EUR", 128_400),
            ("1'284.5", "CHF", 128_450),
            ("1.284", "EUR", 128_400),
            ("1284", "EUR", 128_400),
            ("0,5", "EUR", 50),
            (".5", "EUR", 50),
            ("\u2212148.80", "EUR", -14_880),
            ("1,284", "JPY", 1_284),
            ("1.234", "KWD", 1_234),
        ],
    )
    def test_reads_what_people_type(self, text, currency, minor):
        assert amount_typed(text, currency) == minor

    @pytest.mark.parametrize("text", ["", "abc", "1.2.x", "--5", "٣", "1e5", "9" * 30, ","])
    def test_guesses_nothing(self, text):
        assert amount_typed(text, "EUR") is None

    @given(st.integers(-(10**15), 10**15), st.sampled_from(["EUR", "JPY", "KWD"]))
    def test_reads_back_what_was_written(self, minor, currency):
        assert amount_typed(Money(minor, currency).to_decimal_string(), currency) == minor


class TestMark:
    numbers = (("FT-2026/03201", DAY), ("FT-2026/03208", DAY))

    def test_numbers_discounts_and_reasons_are_told_apart(self):
        marked = mark("RE 3201 U 3208 ABZGL 2% SKONTO", self.numbers, {})

        kinds = {piece.text: piece.kind for piece in marked.pieces if piece.kind}
        assert kinds == {"3201": "number", "3208": "number", "SKONTO": "discount"}
        assert marked.named == {0, 1}

    @given(st.text(max_size=80))
    def test_the_pieces_make_the_text_again(self, text):
        marked = mark(text, self.numbers, {})

        assert "".join(piece.text for piece in marked.pieces) == text

    def test_letters_that_grow_in_capitals_do_not_shift_the_marks(self):
        marked = mark("Straße ﬁx ½ RE 03201 fehlmenge", self.numbers, {})

        assert [piece.text for piece in marked.pieces if piece.kind == "number"] == ["03201"]

    def test_nothing_says_nothing(self):
        assert mark("", self.numbers, {}).pieces == ()


class TestQuestion:
    about = AboutPayment(
        paid=Money(1_486_165, "EUR"),
        on=date(2026, 11, 18),
        text="RE 3201\n3208",
        name="Jens Albers",
        author="Giulia Ferri",
        creditor="Molino Aurora",
    )

    @pytest.mark.parametrize(
        ("language", "amount"),
        [
            ("en", "14,861.65"),
            ("it", "14.861,65"),
            ("fr", "14\u202f861,65"),
            ("es", "14.861,65"),
            ("de", "14.861,65"),
            ("xx", "14,861.65"),
        ],
    )
    def test_is_written_in_the_customers_language(self, language, amount):
        question = question_about(self.about, language)

        assert amount in question.subject
        assert "RE 3201 3208" in question.body
        assert question.body.endswith("Giulia Ferri\nMolino Aurora")

    @pytest.mark.parametrize("language", ["en", "it", "fr", "es", "de"])
    def test_never_says_that_anything_is_owed(self, language):
        body = question_about(self.about, language).body.lower()

        for word in ("debt", "overdue", "debito", "scadut", "dette", "retard", "deuda", "schuld"):
            assert word not in body

    def test_a_payment_has_its_own_keys(self):
        assert len(set(question_keys(7) + question_keys(77))) == 18
