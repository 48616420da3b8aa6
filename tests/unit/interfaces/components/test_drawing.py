"""Strangers' files as a viewer shows them, opened and drawn in the sandbox."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from tests.world.inbox import a_pdf, an_eml

from concilia.interfaces.components.originals import File, NotDrawn, draw_original, open_original


def a_file(content: bytes, filename: str, file_format: str = "") -> File:
    return File(
        sha256=str(hash((content, filename))),
        filename=filename,
        format=file_format,
        read=lambda: content,
    )


def a_picture(kind: str, size=(40, 30)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, kind)
    return out.getvalue()


@pytest.fixture
def drawn() -> Iterator[type]:
    def draw(file: File, **options) -> Image.Image:
        return Image.open(io.BytesIO(draw_original(file, **{"number": 1, "width": 720} | options)))

    return draw


class TestOpen:
    def test_a_pdf_is_pages_with_the_place_of_every_word(self):
        opened = open_original(a_file(a_pdf(["Belastung BA-4471", "EUR 291,60"]), "a.pdf", "pdf"))
        assert [page["number"] for page in opened.pages] == [1]
        start = opened.text.index("BA-4471")
        word = next(each for each in opened.words if each[0] == start)
        assert word[2] == 1
        assert all(0 <= share <= 1 for share in word[3:])

    def test_a_mail_tells_what_is_said_now(self):
        body = (
            "Es fehlen 12 Kartons.\n\nAm 3. November 2026 schrieb Crediti:\n> alt\n> noch alter\n"
        )
        opened = open_original(a_file(an_eml("a@b.example", "Fehlmenge", body), "a.eml", "eml"))
        said = "".join(opened.text[start:end] for start, end in opened.live)
        assert "12 Kartons" in said
        assert "alt" not in said
        assert opened.metadata["subject"] == "Fehlmenge"

    def test_a_table_keeps_its_cells(self):
        opened = open_original(a_file(b"Invoice;Paid\nFT-1;10,00\nFT-2;5,00\n", "a.csv", "csv"))
        assert [cell[0] for cell in opened.tables[0]["rows"][1]] == ["FT-1", "10,00"]

    def test_a_picture_is_one_page(self):
        opened = open_original(a_file(a_picture("JPEG"), "a.jpg", "jpg"))
        assert [page["number"] for page in opened.pages] == [1]

    def test_the_format_is_found_where_nobody_has_said_it(self):
        assert open_original(a_file(a_picture("PNG"), "photo")).format == "png"

    @pytest.mark.parametrize("file_format", ["yaml", "json", "txt"])
    def test_what_has_no_parser_is_shown_as_text(self, file_format):
        assert "plain" in open_original(a_file(b"plain words", "a.bin", file_format)).text

    @pytest.mark.parametrize(
        ("content", "filename", "file_format"),
        [
            (b"%PDF-1.4 broken", "a.pdf", "pdf"),
            (b"\x00\x01\x02" * 50, "a.bin", ""),
            (b"", "a.eml", "eml"),
            (b"\x89PNG\r\n\x1a\nbroken", "a.png", "png"),
            (b"PK\x03\x04broken", "a.xlsx", "xlsx"),
        ],
    )
    def test_what_cannot_be_shown_says_so_in_a_sentence(self, content, filename, file_format):
        opened = open_original(a_file(content, filename, file_format))
        assert opened.error
        assert not opened.pages


class TestDraw:
    def test_a_page_is_drawn_anew_as_webp(self, drawn):
        image = drawn(a_file(a_pdf(["Hello"]), "a.pdf", "pdf"))
        assert (image.format, image.width) == ("WEBP", 720)

    def test_a_small_picture_stays_small(self, drawn):
        assert drawn(a_file(a_picture("TIFF"), "a.tiff", "tiff")).size == (40, 30)

    @pytest.mark.parametrize("number", [0, 2, 999])
    def test_there_is_no_page_beyond_the_last(self, number):
        with pytest.raises(NotDrawn):
            draw_original(a_file(a_pdf(["Hello"]), "a.pdf", "pdf"), number=number, width=720)

    def test_what_is_no_picture_is_not_drawn(self):
        with pytest.raises(NotDrawn):
            draw_original(a_file(b"words", "a.txt", "txt"), number=1, width=720)

    def test_a_page_of_a_kilometre_costs_no_more_pixels(self, drawn):
        long = a_pdf(["Hello"]).replace(b"[0 0 595 842]", b"[0 0 200 14000]")
        image = drawn(a_file(long, "long.pdf", "pdf"), width=1440)
        assert image.width * image.height <= 6_100_000
