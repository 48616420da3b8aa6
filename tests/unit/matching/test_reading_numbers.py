"""How document numbers are found in what payers write (domain.md §6.3 M4)."""

from __future__ import annotations

from datetime import date

import pytest

from concilia.matching.mentions import FAIR, STRONG, OrderIndex, find_hints, find_mentions
from concilia.matching.numbering import NumberForm, NumberIndex, take_apart
from concilia.matching.scanning import scan

ISSUED = date(2026, 2, 1)
OURS = [
    "FT2026/001234",
    "FT2026/001235",
    "FT2026/001236",
    "FT2026/001240",
    "NC2026/000077",
    "FT2025/009912",
]


@pytest.fixture(scope="module")
def index() -> NumberIndex:
    return NumberIndex(
        (number, date(2025, 12, 1) if "2025" in number else ISSUED) for number in OURS
    )


def named(text: str, index: NumberIndex, least: int = 1) -> set[str]:
    mentions = find_mentions(scan(text), index).items
    return {OURS[p] for m in mentions if m.strength >= least for p in m.options}


class TestTakeApart:
    @pytest.mark.parametrize(
        ("number", "form"),
        [
            ("FT2026/001234", ("FT2026001234", "FT", "2026001234", "1234", 2026)),
            ("RE-26-000123", ("RE26000123", "RE", "26000123", "123", 2026)),
            ("1234/2026", ("12342026", "", "12342026", "1234", 2026)),
            ("INV-0001234", ("INV0001234", "INV", "1234", "1234", 0)),
            ("2026001234", ("2026001234", "", "2026001234", "1234", 2026)),
            ("15/PA", ("15PA", "", "15", "15", 0)),
            ("", ("", "", "", "", 0)),
        ],
    )
    def test_knows_prefix_year_and_serial(self, number, form):
        assert take_apart(number, ISSUED) == NumberForm(*form)


class TestFindMentions:
    @pytest.mark.parametrize(
        "text",
        [
            "FT2026/001234",
            "saldo ft 2026/1234",
            "2026 001234",
            "FATTURA 1234/2026",
            "FATTURA N. 1234 DEL 01.02.2026",
            "fatt.1234/26",
            "SALDOFATTURA001234DEL01022026",
            "FT2O26/OO1234",
            "Rif. FT 26-1234 grazie",
            "FT20260\u00301234".replace("\u0030", "0"),
        ],
    )
    def test_reads_all_ways_of_writing_one_number(self, index, text):
        assert "FT2026/001234" in named(text, index, FAIR)
        assert len(named(text, index, STRONG) - {"FT2026/001234"}) == 0

    @pytest.mark.parametrize(
        "text",
        [
            "FT 1234/35/36",
            "FATTURE 1234-1236",
            "fatture da 1234 a 1236",
            "Rechnungen 1234 bis 1236",
            "FACT 1234, 1235, 1236",
            "FT2026/001234 FT2026/001235 + FT2026/001236",
            "FT 1234-36",
        ],
    )
    def test_reads_lists_and_ranges(self, index, text):
        assert set(OURS[:3]) <= named(text, index)

    def test_splits_numbers_written_without_a_gap(self, index):
        assert named("FT20260012342026001240", index) >= {OURS[0], OURS[3]}

    @pytest.mark.parametrize(
        "text",
        [
            "ORD 2026001234",
            "Bestellung 1234",
            "DDT 1235",
            "CLIENTE 1236",
            "IBAN IT60X1234000000",
        ],
    )
    def test_orders_and_customer_numbers_are_no_invoices(self, index, text):
        assert not named(text, index, FAIR)

    def test_a_date_is_at_most_a_weak_hint(self):
        index = NumberIndex([("31012026", None), ("2026/1202", ISSUED)])

        assert not [m for m in find_mentions(scan("31012026"), index).items if m.strength >= FAIR]
        assert not find_mentions(scan("DEL 12/02/2026"), index).items

    def test_an_amount_is_no_number(self, index):
        assert not named("EUR 1.234,00 ; 1235,50", index, FAIR)

    def test_the_year_tells_numbers_apart(self):
        index = NumberIndex([("FT2025/1234", date(2025, 5, 1)), ("FT2026/1234", ISSUED)])

        by_year = find_mentions(scan("FT 1234/2025"), index).items
        without = find_mentions(scan("FT 1234"), index).items

        assert [m.options for m in by_year] == [(0,)]
        assert [m.options for m in without] == [(0, 1)]

    def test_says_which_numbers_look_like_ours_and_are_not_open(self, index):
        assert find_mentions(scan("FT2026/009999"), index).unknown

    @pytest.mark.parametrize("text", ["", "    ", "///---", "\x00\x01", "0", "٣٤", "FT", "1" * 400])
    def test_any_text_is_readable(self, index, text):
        assert not named(text, index, STRONG)


class TestFindHints:
    def test_a_number_cut_at_the_end_of_the_text(self, index):
        text = "PAGAMENTO FATTURE FT2026/001234 20260"[:35].ljust(35)
        cut = scan("PAGAMENTO FT2025/009912 20260012"[:27].ljust(27))

        assert find_hints(cut, index, [0]) == [0]
        assert scan(text).is_cut

    @pytest.mark.parametrize("text", ["FT2026001243", "FT2026001233", "FT20260012345"])
    def test_a_mistyped_number(self, index, text):
        assert 0 in find_hints(scan(text), index, [0])

    def test_a_number_that_is_right_is_not_mistyped(self, index):
        assert find_hints(scan("FT2026/001235"), index, [0]) == []


class TestOrderIndex:
    def test_finds_items_by_order_and_delivery(self):
        index = OrderIndex([(0, "45-00012345", ""), (1, "", "8001234")])

        assert index.find(scan("ORD. 4500012345")) == {"4500012345": (0,)}
        assert index.find(scan("DDT 8001234")) == {"8001234": (1,)}


class TestNumberIndex:
    @pytest.mark.parametrize("others", [0, 100])
    def test_a_number_without_digits_is_found_among_few_and_many(self, others):
        numbers = ["FT2026/001234", "ABCDE", *(f"RE-{n:06d}" for n in range(1, others))]
        index = NumberIndex((number, ISSUED) for number in numbers)

        assert index.positions("") == [1]
        assert index.positions("1234")[0] == 0

    def test_digits_in_groups_are_found_by_each_and_by_all(self):
        index = NumberIndex([("1234/PA/77", None), ("FT2026/001234", ISSUED)])

        assert index.positions("1234") == [0, 1]
        assert index.positions("123477") == [0]
        assert index.positions("2026001234") == [1]
