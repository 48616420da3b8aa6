"""Columns of a ledger that several processes look at: nothing is lost or taken for another."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from concilia.matching.book import PackedItems, Register
from concilia.matching.columns import Coded, are_different, digest, digests, numbered
from concilia.matching.gathering import Columns, PackedColumns
from concilia.matching.numbering import compact

WORDS = st.text(st.sampled_from("AB0 1-/é\0"), max_size=12)
ROWS = st.lists(
    st.tuples(
        st.text("IX19", min_size=1, max_size=3),
        st.sampled_from(["K1", "K2", "Köln", "K\n3"]),
        st.text("RE-2026/é\n", max_size=9),
        st.text("0123 4-ab", max_size=10),
        st.integers(-(10**17), 10**17),
    ),
    max_size=12,
)


@given(st.lists(WORDS, max_size=30))
@example(["x" * 100, "y", "x" * 100])
@example([""])
def test_texts_are_kept_once_and_read_back(texts):
    column = Coded.of_text("\n".join(texts).encode(), len(texts))

    assert list(column) == texts
    assert [column[row] for row in range(len(texts))] == texts
    assert column.texts == list(dict.fromkeys(texts))


@given(st.lists(WORDS, min_size=1, max_size=30))
def test_texts_count_as_different_only_if_they_are(texts):
    assert are_different("\n".join(texts).encode()) == (len(set(texts)) == len(texts))


@given(st.lists(st.text("AB01 -/.", max_size=12), min_size=1, max_size=30))
def test_the_digest_is_of_letters_and_digits_alone(texts):
    found = digests("\n".join(texts).encode()).tolist()

    assert found == [digest("".join(filter(str.isalnum, text))) for text in texts]


def test_lines_that_are_longer_than_a_piece_have_a_digest_too():
    long = "A1" * 100_000
    assert digests(f"B2\n{long}\nB2".encode()).tolist() == [
        digest("B2"),
        digest(long),
        digest("B2"),
    ]


@given(st.lists(st.integers(0, 9), max_size=30))
def test_numbers_are_given_as_they_come(numbers):
    old, new = numbered(np.array(numbers, dtype=np.int64), 10)

    assert old.tolist() == list(dict.fromkeys(numbers))
    assert old[new].tolist() == numbers


@given(ROWS, st.integers(1, 5))
def test_packed_columns_say_what_lists_say(rows, size):
    plain, packed = Columns(), PackedColumns()
    for start in range(0, len(rows), size):
        ids, customers, numbers, orders, amounts = zip(*rows[start : start + size], strict=True)
        none = [""] * len(ids)
        days = [None] * len(ids)
        texts = [ids, customers, ["invoice"] * len(ids), numbers, orders, none]
        money = [np.array(amounts), amounts, [0] * len(ids), [200] * len(ids)]
        for columns in (plain, packed):
            columns.add([*texts, days, days, ["EUR"] * len(ids), *money, days, none])

    items, others = plain.items(), packed.items()
    assert isinstance(others, PackedItems)
    assert plain.are_unique() == packed.are_unique()
    one, other = Register(items), Register(others)
    assert [one.rows_by_order(compact(row[3])) for row in rows] == [
        other.rows_by_order(compact(row[3])) for row in rows
    ]
    assert items.rows() == others.rows()
    assert len(items) == len(others) == len(rows)


def test_what_is_packed_has_no_other_columns():
    with pytest.raises(AttributeError):
        _ = PackedColumns().items().colour
