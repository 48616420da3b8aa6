"""CSV, XLSX, HTML, text, zip: what stands where, whatever the file is called."""

from __future__ import annotations

import datetime as dt
import io
import zipfile

import openpyxl
import pytest

from concilia.documents.core.parsed import Source
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.csv import CsvParser
from concilia.plugins.parsers.html import HtmlParser
from concilia.plugins.parsers.text import TextParser
from concilia.plugins.parsers.xlsx import XlsxParser
from concilia.plugins.parsers.zip import ARCHIVE_BYTES_MAX, ZipParser


def rows(parsed, number=0):
    return [[cell.text for cell in row] for row in parsed.tables[number].rows]


class TestCsv:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_any_delimiter(self, delimiter):
        content = f"Rechnung{delimiter}Betrag\nRE-1{delimiter}12\n".encode()
        assert rows(CsvParser().parse(Source(content, "x", "csv"))) == [
            ["Rechnung", "Betrag"],
            ["RE-1", "12"],
        ]

    def test_decimal_commas_are_no_delimiters(self):
        content = b"Fattura;Importo\nFT-1;1.220,50\nFT-2;10,00\n"
        assert rows(CsvParser().parse(Source(content, "x", "csv")))[1] == ["FT-1", "1.220,50"]

    def test_quotes_may_hold_delimiters_and_lines(self):
        content = b'a;b\n"x;\ny";2\n'
        assert rows(CsvParser().parse(Source(content, "x", "csv")))[1] == ["x; y", "2"]

    def test_excel_says_its_delimiter_first(self):
        assert rows(CsvParser().parse(Source(b"sep=|\na|b;c\n", "x", "csv"))) == [["a", "b;c"]]

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
    def test_any_encoding(self, encoding):
        parsed = CsvParser().parse(Source("Größe;€\n1;2\n".encode(encoding), "x", "csv"))
        assert rows(parsed)[0] == ["Größe", "€"]


class TestXlsx:
    def test_numbers_are_the_digits_excel_shows(self):
        book = openpyxl.Workbook()
        book.active.append([0.1 + 0.2, 1220.0, 1098.3, True, dt.date(2026, 11, 20), None, " x  y "])
        out = io.BytesIO()
        book.save(out)
        assert rows(XlsxParser().parse(Source(out.getvalue(), "x", "xlsx"))) == [
            ["0.3", "1220", "1098.3", "1", "2026-11-20", "", "x y"]
        ]

    def test_hidden_sheets_say_nothing(self):
        book = openpyxl.Workbook()
        book.active.append(["seen"])
        book.create_sheet("secret").append(["unseen"])
        book["secret"].sheet_state = "hidden"
        out = io.BytesIO()
        book.save(out)
        parsed = XlsxParser().parse(Source(out.getvalue(), "x", "xlsx"))
        assert "unseen" not in parsed.text

    def test_a_broken_workbook_is_refused(self):
        with pytest.raises(ParserFailed, match="damaged"):
            XlsxParser().parse(Source(b"PK\x03\x04 xl/ nothing", "x", "xlsx"))

    def test_a_sheet_with_a_cell_at_the_end_of_the_world_is_skipped(self):
        book = openpyxl.Workbook()
        book.active.title = "Far"
        book.active["A1"], book.active["XFD1048576"] = "INV-1", 1
        book.create_sheet("Near").append(["INV-2", 12.5])
        out = io.BytesIO()
        book.save(out)

        parsed = XlsxParser().parse(Source(out.getvalue(), "x", "xlsx"))

        assert parsed.warnings == ("sheet 'Far' is too large and was skipped",)
        assert rows(parsed) == [["INV-2", "12.5"]]


class TestHtml:
    def test_cells_stand_in_the_text(self):
        html = b"<p>Pagamento</p><table><tr><th>Fattura<th>Netto<tr><td>FT-1<td>12,00</table>"
        parsed = HtmlParser().parse(Source(html, "x.html", "html"))
        assert rows(parsed) == [["Fattura", "Netto"], ["FT-1", "12,00"]]
        cell = parsed.tables[0].rows[1][1]
        assert parsed.text[cell.start : cell.end] == "12,00"

    def test_letters_in_layout_tables_keep_their_lines(self):
        html = b"<table><tr><td><p>Hello</p><p>two cartons<br>are missing</p></td></tr></table>"
        text = HtmlParser().parse(Source(html, "x.html", "html")).text
        assert [line for line in text.split("\n") if line] == [
            "Hello",
            "two cartons",
            "are missing",
        ]

    def test_scripts_and_styles_are_not_words(self):
        html = b"<script>alert('x')</script><style>p{}</style><p>words</p>"
        assert HtmlParser().parse(Source(html, "x.html", "html")).text.strip() == "words"


def test_text_is_decoded_and_tidied():
    parsed = TextParser().parse(Source("e\u0300 vero\r\nsì\u200b".encode(), "x.txt", "txt"))
    assert parsed.text == "è vero\nsì"


class TestZip:
    def archive(self, files, compression=zipfile.ZIP_DEFLATED):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", compression) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        return ZipParser().parse(Source(out.getvalue(), "x.zip", "zip"))

    def test_files_are_attachments_without_their_paths(self):
        parsed = self.archive({"../../etc/passwd": "a", "sub\\two.txt": "b", "dir/": ""})
        assert [each.filename for each in parsed.attachments] == ["passwd", "two.txt"]

    def test_a_bomb_is_left_packed(self):
        parsed = self.archive({"bomb": b"\0" * (ARCHIVE_BYTES_MAX + 1), "claim.txt": "words"})
        assert [each.filename for each in parsed.attachments] == ["claim.txt"]
        assert "too large" in parsed.warnings[0]

    def test_hundreds_of_files_are_counted_not_read(self):
        parsed = self.archive({f"{number}.txt": "x" for number in range(205)})
        assert len(parsed.attachments) == 200
        assert "205 files" in parsed.warnings[0]

    def test_a_broken_archive_is_refused(self):
        with pytest.raises(ParserFailed, match="damaged zip"):
            ZipParser().parse(Source(b"PK\x03\x04", "x.zip", "zip"))
