from __future__ import annotations

import pytest
import typst

from concilia.documents.core.parsed import Source
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.pdf import PdfParser
from concilia.plugins.parsers.pdf.geometry import PageWord, compose


def parse(markup):
    return PdfParser().parse(Source(typst.compile(markup.encode()), "x.pdf", "pdf"))


def rows(table):
    return [[cell.text for cell in row] for row in table.rows]


class TestText:
    def test_is_in_reading_order_with_its_pages(self):
        parsed = parse("Hello *world* #pagebreak() Zweite Seite: 12 € però")
        assert parsed.text.split() == ["Hello", "world", "Zweite", "Seite:", "12", "€", "però"]
        assert [page.number for page in parsed.pages] == [1, 2]
        assert parsed.page_of(parsed.text.index("Zweite")) == 2

    def test_every_word_has_its_box_on_the_page(self):
        parsed = parse("#set page(width: 200pt, height: 100pt, margin: 10pt)\nClaim DN-77")
        (first, second) = parsed.words
        assert parsed.text[first.start : first.end] == "Claim"
        assert 9 < first.box[0] < first.box[2] < second.box[0] < 200
        assert 0 < first.box[1] < first.box[3] < 100


class TestTables:
    def test_columns_are_parted_by_white_space(self):
        parsed = parse(
            "#table(columns: (3cm, 3cm, 4cm, 3cm), stroke: none,"
            "[Invoice], [Gross], [Reason], [Net],"
            "[INV-1], [1,220.00], [two cartons are missing], [1,098.00],"
            "[INV-2], [10.00], [], [10.00])"
        )
        (table,) = parsed.tables
        assert rows(table)[0] == ["Invoice", "Gross", "Reason", "Net"]
        assert rows(table)[1][:2] == ["INV-1", "1,220.00"]
        assert rows(table)[-1] == ["INV-2", "10.00", "", "10.00"]

    def test_a_letterhead_right_above_is_none_of_the_table(self):
        parsed = parse(
            "#set par(spacing: 6pt)\nSodirest SAS, Mérignac #h(1fr) Bordereau n. 0077120\n\n"
            "Bénéficiaire : Fromagerie #h(1fr) Mode : virement SEPA\n\n"
            "#table(columns: 5, stroke: none, inset: 4pt,"
            "[Pièce], [Montant facture], [Escompte], [Motif de retenue], [Réglé],"
            "[F-188], [1 845,30], [27,68], [], [1 817,62],"
            "[F-203], [922,00], [13,83], [3 colis abîmés, réserve sur BL], [846,67],"
            "[Total], [2 767,30], [41,51], [], [2 664,29])"
        )
        grid = rows(parsed.tables[-1])
        assert grid[0] == ["Pièce", "Montant facture", "Escompte", "Motif de retenue", "Réglé"]
        assert grid[2] == ["F-203", "922,00", "13,83", "3 colis abîmés, réserve sur BL", "846,67"]

    def test_two_tables_below_each_other_have_columns_of_their_own(self):
        parsed = parse(
            "#table(columns: (5cm, 5cm, 3cm), stroke: none, inset: 3pt,"
            "[Invoice], [Date], [Amount], [BST-20331], [09/28/2026], [4,312.00],"
            "[BST-20347], [10/02/2026], [1,960.00])\nAdjustments\n"
            "#table(columns: (3cm, 9cm, 3cm), stroke: none, inset: 3pt,"
            "[Reference], [Explanation], [Amount],"
            "[VC-7712], [Advertising co-op, October circular, per program], [-600.00],"
            "[VC-7713], [Catalogue page], [-100.00])"
        )
        heads = [rows(table)[0] for table in parsed.tables]
        assert ["Invoice", "Date", "Amount"] in heads
        assert ["Reference", "Explanation", "Amount"] in heads

    def test_a_lone_paragraph_is_no_table(self):
        assert parse("Nothing but words in one long line of a letter.").tables == ()


class TestDamage:
    def test_a_broken_file_is_refused(self):
        with pytest.raises(ParserFailed, match="damaged PDF"):
            PdfParser().parse(Source(b"%PDF-1.7 nothing", "x.pdf", "pdf"))

    def test_a_picture_only_page_is_named(self):
        parsed = parse("#rect(width: 5cm, height: 5cm, fill: black)")
        assert "no text" in parsed.warnings[0]


class TestGeometry:
    def test_words_at_one_height_are_one_line(self):
        words = [
            PageWord("b", 60, 10, 70, 20),
            PageWord("a", 0, 11, 8, 21),
            PageWord("c", 0, 40, 8, 50),
        ]
        composed = compose([(words, 100, 100)])
        assert composed.text.split("\n")[:3] == ["a\tb", "", "c"]
