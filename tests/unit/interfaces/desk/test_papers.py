"""A paper laid out for the viewer: marks where values were read, history folded away."""

from __future__ import annotations

import pytest

from concilia.documents.models import Document
from concilia.interfaces.components.originals import Opened
from concilia.interfaces.desk.papers import Mark, lay_out

TEXT = "Betreff\n\nRechnung FT-1 fehlt.\n\n> alt\n"


def a_mark(text, start=None, end=None, **changes):
    fields = {"ref": "r", "label": "Invoice", "text": text, "start": start, "end": end}
    return Mark(**fields | changes)


def document(file_format="eml"):
    return Document(pk=1, filename="a", format=file_format, language="de")


class TestMail:
    def test_what_is_said_stands_and_what_is_quoted_is_folded(self):
        live = (TEXT.index("Rechnung"), TEXT.index("\n\n> alt"))
        paper = lay_out(document(), Opened(text=TEXT, live=(live,), format="eml"), [])
        assert [(block.is_quoted, block.lines) for block in paper.blocks] == [(False, 1), (True, 1)]

    def test_without_a_live_part_everything_is_said(self):
        paper = lay_out(document(), Opened(text=TEXT, format="eml"), [])
        assert [block.is_quoted for block in paper.blocks] == [False]

    def test_the_subject_is_not_said_twice(self):
        paper = lay_out(document(), Opened(text=TEXT, format="eml"), [])
        assert "Betreff" not in "".join(chunk.text for chunk in paper.blocks[0].chunks)


class TestMarks:
    @pytest.mark.parametrize(
        "mark",
        [
            a_mark("FT-1", 18, 22),
            a_mark("FT-1", 0, 4),  # the text says something else there: it is looked for
            a_mark("FT-1"),
            a_mark("ft-1", 900, 904),
        ],
    )
    def test_a_value_is_marked_where_it_stands(self, mark):
        paper = lay_out(document("txt"), Opened(text=TEXT, format="txt"), [mark])
        chunks = [chunk for block in paper.blocks for chunk in block.chunks]
        assert [chunk.text for chunk in chunks if chunk.mark] == ["FT-1"]
        assert "".join(chunk.text for chunk in chunks) == TEXT.rstrip()

    def test_a_value_that_is_nowhere_is_not_marked(self):
        paper = lay_out(document("txt"), Opened(text=TEXT, format="txt"), [a_mark("BA-9")])
        assert not paper.blocks[0].is_marked

    def test_of_marks_that_overlap_the_shorter_stays(self):
        marks = [a_mark("FT-1 fehlt", 18, 28), a_mark("fehlt", 23, 28)]
        paper = lay_out(document("txt"), Opened(text=TEXT, format="txt"), marks)
        assert [chunk.text for chunk in paper.blocks[0].chunks if chunk.mark] == ["fehlt"]

    def test_a_value_over_two_lines_of_a_page_has_two_boxes(self):
        words = ((0, 4, 1, 0.1, 0.1, 0.2, 0.02), (5, 9, 1, 0.1, 0.2, 0.2, 0.02))
        pages = ({"number": 1, "start": 0, "end": 9, "ratio": 0.7},)
        opened = Opened(text="FT-1 nach", pages=pages, words=words, format="pdf")
        boxes = lay_out(document("pdf"), opened, [a_mark("FT-1 nach", 0, 9)]).pages[0].boxes
        assert [(box.left, box.width) for box in boxes] == [("9.70%", "20.60%")] * 2

    def test_a_cell_of_a_table_is_marked(self):
        rows = [[["Invoice", 0, 7]], [["FT-1", 8, 12]]]
        tables = ({"name": "", "page": None, "rows": rows, "more": 0},)
        opened = Opened(text="Invoice\nFT-1\n", tables=tables, format="csv")
        grid = lay_out(document("csv"), opened, [a_mark("FT-1", 8, 12)]).grids[0]
        assert grid.rows[0][0].mark is not None
        assert grid.head[0].mark is None


class TestRest:
    def test_a_file_without_a_word_says_so(self):
        assert lay_out(document("txt"), Opened(text=" \n", format="txt"), []).error

    def test_amounts_and_days_of_a_statement_are_written_out(self):
        entry = {
            "date": "2026-11-19",
            "name": "X",
            "iban": "",
            "text": "",
            "amount": "-1234.5",
            "currency": "EUR",
        }
        account = {"account": "IT60", "owner": "", "currency": "EUR", "more": 0, "entries": [entry]}
        shown = lay_out(document("camt.053"), Opened(entries=(account,), format="camt.053"), [])
        assert shown.statements[0]["entries"][0]["amount"] == "\u22121,234.50"
