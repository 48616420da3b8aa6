"""Tables are read as the `csv` module reads them, whatever is in the file, and faster."""

from __future__ import annotations

import csv
from io import StringIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concilia.interfaces.cli import tables
from concilia.interfaces.cli.tables import Table, TableUnreadable

HEADER = "a,b,c\n"
LINES = st.lists(
    st.one_of(
        st.just("1,2,3"),
        st.just('4,"5, or\n6",7'),
        st.text(alphabet='x1é",; \0', max_size=12),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def small_blocks():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tables, "BLOCK_BYTES", 16)
        yield


def leaves_a_quote_open(text: str) -> bool:
    """Whether the file ends inside quotes: then one more line is still of the last row."""
    rows = len(list(csv.reader(StringIO(text, newline=""))))
    return len(list(csv.reader(StringIO(text.rstrip("\n") + "\n0\n", newline="")))) == rows


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES, end=st.sampled_from(["\n", "\r\n", "\r"]), is_ended=st.booleans())
def test_reads_what_the_csv_module_reads(small_blocks, tmp_path, lines, end, is_ended):
    path = tmp_path / "table.csv"
    text = HEADER.replace("\n", end) + end.join(lines) + (end if is_ended else "")
    path.write_bytes(text.encode())
    reader = csv.reader(StringIO(text, newline=""))
    assert next(reader) == ["a", "b", "c"]
    expected = [(row, reader.line_num) for row in reader if row]

    read = [pair for chunk in Table(path, ["a", "b", "c"]).chunks() for pair in chunk.numbered()]

    assert [list(row) for row, _ in read] == [row for row, _ in expected]
    # Where a quote that is never closed ends is a matter of taste.
    if "\r" not in text and not leaves_a_quote_open(text):
        assert [line for _, line in read] == [line for _, line in expected]


def test_columns_are_taken_by_name_with_and_without_quotes(small_blocks, tmp_path):
    path = tmp_path / "table.csv"
    path.write_bytes('\ufeffc;b;a\r\n3;2;1\r\n6;5;4\r\n9;8\r\n12;11;10\r\n15;"14";13\r\n'.encode())

    read = [row for chunk in Table(path, ["a", "x", "c"], ["x"]).chunks() for row in chunk.rows]

    assert [list(row) for row in read] == [
        ["1", "", "3"],
        ["4", "", "6"],
        ["9", "8"],
        ["10", "", "12"],
        ["13", "", "15"],
    ]


@pytest.mark.parametrize("content", ["", "\n", "a,b\n1,2\n", '"a","b"\n1,2\n'])
def test_a_header_without_a_column_is_refused(tmp_path, content):
    path = tmp_path / "table.csv"
    path.write_text(content)

    with pytest.raises(TableUnreadable, match="the header has no column"):
        list(Table(path, ["a", "c"]).chunks())


@pytest.mark.parametrize("quote", ["", '"'])
def test_a_cell_of_a_million_characters_is_no_table(tmp_path, quote):
    path = tmp_path / "table.csv"
    path.write_text(f"a,b\n1,{quote}{'x' * 1_000_001}{quote}\n")

    with pytest.raises(TableUnreadable, match="is not a CSV file"):
        list(Table(path, ["a", "b"]).chunks())
