"""Letters of word processors: words, tables and what is not said."""

from __future__ import annotations

import pytest
from tests.world.office import docx, grid, odf, odf_table, paragraph, zipped

from concilia.documents.core.formats import detect
from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.documents.ports import ParserFailed, parser_for


def read(content: bytes, expected: str) -> ParsedDocument:
    found = detect(content, "file")
    assert found == expected
    parser = parser_for(expected)
    assert parser is not None
    return parser.parse(Source(content, "file", expected))


def rows(parsed: ParsedDocument) -> list[list[str]]:
    for row in parsed.tables[0].rows:
        assert all(parsed.text[cell.start : cell.end] == cell.text for cell in row)
    return [[cell.text for cell in row] for row in parsed.tables[0].rows]


class TestDocx:
    def test_headers_paragraphs_tables_and_footers_in_their_order(self):
        body = paragraph("Fattura ", "12") + grid(["Articolo", "Prezzo"], ["PEN", "1,50"])
        parsed = read(
            docx(body, header1=paragraph("Aurora S.p.A."), footer1=paragraph("P. IVA 1")), "docx"
        )

        assert parsed.text.split("\n") == [
            *("Aurora S.p.A.", "Fattura 12", "Articolo\tPrezzo", "PEN\t1,50", "", "P. IVA 1", ""),
        ]
        assert rows(parsed) == [["Articolo", "Prezzo"], ["PEN", "1,50"]]

    def test_what_was_struck_out_is_not_said(self):
        struck = (
            "<w:p><w:del><w:r><w:delText>old</w:delText></w:r></w:del><w:r><w:t>new</w:t></w:r>"
        )

        assert read(docx(f"{struck}</w:p>"), "docx").text == "new\n"

    @pytest.mark.parametrize(
        ("content", "said"),
        [
            (zipped(word__document_xml="<a>"), "no whole XML"),
            (zipped(word__document_xml='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "DTD"),
            (zipped(word__other_xml="<a/>"), "is missing"),
            (docx("<w:p/>")[:60], "not a whole zip archive"),
        ],
        ids=["cut off XML", "entities", "no document in it", "cut off"],
    )
    def test_damaged_and_hostile_ones_are_refused(self, content, said):
        parser = parser_for("docx")
        assert parser is not None

        with pytest.raises(ParserFailed, match=said):
            parser.parse(Source(content, "x.docx", "docx"))

    def test_one_that_unpacks_to_a_giant_is_refused(self):
        content = zipped_giant()
        parser = parser_for("docx")
        assert parser is not None

        with pytest.raises(ParserFailed, match="too large"):
            parser.parse(Source(content, "x.docx", "docx"))


class TestOpenDocument:
    def test_a_letter(self):
        body = "<text:h>Reclamo</text:h><text:p>Fattura<text:s text:c='2'/>12<text:tab/>x</text:p>"
        parsed = read(odf("text", body + odf_table(["a", "b"], ["1", "2"])), "odt")

        assert parsed.text.startswith("Reclamo\nFattura  12\tx\n")
        assert rows(parsed) == [["a", "b"], ["1", "2"]]

    def test_a_sheet(self):
        parsed = read(odf("spreadsheet", odf_table(["Invoice", "Paid"], ["INV-1", "2"])), "ods")

        assert (parsed.format, parsed.tables[0].name) == ("ods", "Sheet")
        assert rows(parsed) == [["Invoice", "Paid"], ["INV-1", "2"]]

    def test_a_number_is_the_one_stored_not_the_one_shown(self):
        cells = (
            '<table:table-cell office:value-type="currency" office:value="1234.5"><text:p>1.235 €'
            '</text:p></table:table-cell><table:table-cell office:value-type="date" '
            'office:date-value="2026-11-26"><text:p>26. Nov</text:p></table:table-cell>'
        )
        body = f"<table:table><table:table-row>{cells}</table:table-row></table:table>"

        assert rows(read(odf("spreadsheet", body), "ods")) == [["1234.5", "2026-11-26"]]


class TestRtf:
    @pytest.mark.parametrize(
        ("content", "text"),
        [
            (rb"{\rtf1\ansi\ansicpg1252 Gr\'f6\'dfe {\b fett}\par next}", "Größe fett\nnext\n"),
            (rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}{\f1\fcharset238 X;}}\f1 \'9a\f0 }", "š\n"),
            (rb"{\rtf1{\*\unknown hidden}{\info{\title T}}seen\emdash\u8364?}", "seen—€\n"),
            (rb"{\rtf1 \u-10179?\u-8704?\uc0\u233 t\'e9}", "😀été\n".replace("été", "été")),
            (rb"{\rtf1 a\cell b\cell\row c\bin4 }{}{d}", "a\tb\ncd\n"),
            (rb"{\rtf1 {\pict 89504e47}text \{x\}\~y", "text {x} y\n"),
        ],
    )
    def test_says_what_it_says(self, content, text):
        assert read(content, "rtf").text == text

    def test_an_endless_nest_of_braces_is_read_or_refused(self):
        assert read(b"{\\rtf1 " + b"{" * 20_000 + b"x", "rtf").text == "x\n"


def zipped_giant() -> bytes:
    return zipped_compressed("word/document.xml", b"<a>" + b" " * (61 << 20) + b"</a>")


def zipped_compressed(name: str, content: bytes) -> bytes:
    import io
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return out.getvalue()
