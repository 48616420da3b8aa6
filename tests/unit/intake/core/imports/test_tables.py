from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concilia.intake.core.imports.tables import (
    CELL_CHARACTERS_MAX,
    COLUMNS_MAX,
    Dialect,
    TableUnreadable,
    dialect_of,
    read_rows,
)

TEXT = "Debitor;Name;Betrag\n10001;Müller & Söhne;1.190,00\n10002;Maier;7,50\n"


def rows(content: bytes) -> list[list[str]]:
    return [row for _, row in read_rows(io.BytesIO(content), dialect_of(content))]


class TestReading:
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"])
    def test_any_encoding(self, encoding):
        assert rows(TEXT.encode(encoding))[1] == ["10001", "Müller & Söhne", "1.190,00"]

    @pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
    def test_any_delimiter(self, delimiter):
        text = f"a{delimiter}b{delimiter}c\n1{delimiter}2{delimiter}3\n"

        assert rows(text.encode()) == [["a", "b", "c"], ["1", "2", "3"]]

    def test_a_comma_for_cents_is_no_delimiter(self):
        assert dialect_of(b"a;b\n1,5;2,5\n3,5;4,5\n").delimiter == ";"

    def test_says_what_excel_says_first(self):
        assert rows(b"sep=|\na|b\n1|2\n") == [["a", "b"], ["1", "2"]]

    def test_bytes_of_windows_in_the_middle_of_utf_8(self):
        content = b"a;b\n" * 5 + "Müller;1\n".encode() + "Jäger;2\n".encode("cp1252")

        found = [row for _, row in read_rows(io.BytesIO(content), Dialect("utf-8", ";"))]

        assert [row[0] for row in found[-2:]] == ["Müller", "Jäger"]

    def test_numbers_rows_as_a_spreadsheet_does(self):
        content = b'Titel\n\na;b\n"x\ny";1\n\n;;\nz;2\n'

        found = [number for number, _ in read_rows(io.BytesIO(content), Dialect("utf-8", ";"))]

        assert found == [1, 3, 4, 7]

    def test_a_quote_that_never_closes_is_named(self):
        content = b'a;b\n1;"' + b"x" * (CELL_CHARACTERS_MAX + 10)

        with pytest.raises(TableUnreadable) as caught:
            rows(content)
        assert (caught.value.key, caught.value.args_of_key) == ("broken_row", {"row": 2})

    def test_a_row_without_end_is_refused(self):
        with pytest.raises(TableUnreadable) as caught:
            rows(b";" * (COLUMNS_MAX + 1))
        assert caught.value.key == "too_many_columns"

    def test_zero_bytes_are_passed_over(self):
        assert rows(b"a;b\n1\0;2\n" + b"3;4\n" * 200)[1] == ["1", "2"]

    @given(st.binary(max_size=300))
    def test_never_fails_in_another_way(self, content):
        try:
            rows(content)
        except TableUnreadable:
            return
