"""Pictures of text through the whole reader, with the recogniser installed here and with others."""

from __future__ import annotations

import io
from email.message import EmailMessage

import numpy as np
import pytest
from PIL import Image
from tests.world.scans import page, saved

from concilia.documents.core.parsed import RECOGNISED, Picture, SeenPage
from concilia.documents.ports import RecognitionFailed, TextRecogniser, ready_recogniser
from concilia.documents.queries.reader import Reader

UNREAD = "a picture: no text is read from it"
WORDS = (
    "Contestazione fattura INV-2026-00417",
    "Mancano 12 cartoni, chiediamo nota di credito di 259,20 EUR.",
)


class Clerk:
    """A recogniser that reads the same letter in every picture, and keeps what it was shown."""

    def __init__(self, words: tuple[str, ...] = WORDS) -> None:
        self.words = words
        self.shown: list[Picture] = []

    def is_ready(self) -> bool:
        return True

    def recognise(self, picture: Picture) -> SeenPage:
        self.shown.append(picture)
        words = []
        for row, line in enumerate(self.words):
            x = 50.0
            for word in line.split():
                words.append((word, x, 50.0 + 14 * row, x + 5 * len(word), 60.0 + 14 * row))
                x += 5 * len(word) + 3
        return SeenPage(595, 842, tuple(words))


class Blind(Clerk):
    def recognise(self, picture: Picture) -> SeenPage:
        raise RecognitionFailed("text recognition: took longer than 20 seconds")


@pytest.fixture
def clerk():
    return Clerk()


@pytest.fixture
def reader(clerk):
    with Reader(recogniser=clerk) as reader:
        yield reader


class TestAnyRecogniser:
    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "GIF", "PDF"])
    def test_its_words_are_the_documents_and_a_person_looks(self, reader, clerk, kind):
        answer = reader.read_with_contents(saved(page(), kind), "scan")
        reading = answer["reading"]

        assert isinstance(clerk, TextRecogniser)
        assert answer["texts"][0]["text"].split("\n")[0] == WORDS[0]
        assert reading["references"]["invoice"] == ["INV-2026-00417"]
        assert reading["claimed_amount"] == "259.20"
        assert reading["warnings"] == [RECOGNISED]
        assert reading["needs_review"] is True
        assert reading["evidence"][0]["page"] == 1
        assert len(clerk.shown) == 1

    def test_what_a_mail_takes_from_a_scan_is_as_unsure(self, reader):
        mail = EmailMessage()
        mail["From"], mail["Subject"] = "a@customer.example", "Reclamo"
        mail.set_content("Buongiorno, vedi allegato.\n")
        mail.add_attachment(
            saved(page(), "PDF"), maintype="application", subtype="pdf", filename="s"
        )

        reading = reader.read(mail.as_bytes(), "mail.eml")

        assert (reading["kind"], reading["claimed_amount"]) == ("claim", "259.20")
        assert RECOGNISED in reading["warnings"]
        assert reading["needs_review"] is True

    def test_signs_too_small_for_text_are_not_shown_to_it(self, reader, clerk):
        reading = reader.read(saved(Image.new("L", (120, 40), 255)), "logo.png")

        assert reading["warnings"] == [UNREAD]
        assert clerk.shown == []

    def test_a_crooked_page_is_laid_straight_first(self, reader, clerk):
        reader.read(saved(page().rotate(3, fillcolor=255)), "crooked.png")

        shown = clerk.shown[0]
        rows = np.frombuffer(shown.pixels, np.uint8).reshape(shown.height, shown.width)
        ink = (rows < 128).sum(axis=1)
        assert (np.diff(ink.astype(float)) ** 2).sum() > 20 * (ink.mean() ** 2)

    @pytest.mark.parametrize("content", [saved(page())[:2000], b"\x89PNG\r\n\x1a\n" + b"x" * 99])
    def test_a_damaged_picture_stays_unread(self, reader, content):
        assert reader.read(content, "x.png")["warnings"] == [UNREAD]

    def test_one_that_fails_leaves_the_picture_unread(self):
        with Reader(recogniser=Blind()) as reader:
            assert reader.read(saved(page()), "x.png")["warnings"] == [UNREAD]

    def test_more_pages_than_the_limit_are_not_recognised(self, reader, clerk):
        sheet = page().resize((400, 560))
        pages = [sheet] * 12
        out = io.BytesIO()
        sheet.save(out, "TIFF", save_all=True, append_images=pages)
        reader.read(out.getvalue(), "many.tiff")

        assert len(clerk.shown) == 10


@pytest.mark.skipif(ready_recogniser() is None, reason="no text recogniser is installed")
class TestInstalled:
    @pytest.mark.parametrize("turn", [0, 90, 180, 3])
    def test_a_letter_however_it_lies(self, turn):
        image = page().rotate(turn, expand=turn != 3, fillcolor=255)
        with Reader() as reader:
            answer = reader.read_with_contents(saved(image, "JPEG"), "photo.jpg")
        reading = answer["reading"]

        assert (reading["kind"], reading["reason"]) == ("claim", "NC-01")
        assert reading["references"]["invoice"] == ["FT-2026-0012"]
        assert reading["claimed_amount"] == "259.20"
        assert "PEN-500\t12\t21,60" in answer["texts"][0]["text"]

    def test_noise_does_not_hide_the_words(self):
        grey = np.asarray(page(), dtype=np.int16)
        noise = np.random.default_rng(7).normal(0, 25, grey.shape)
        image = Image.fromarray(np.clip(grey + noise, 0, 255).astype(np.uint8))
        with Reader() as reader:
            reading = reader.read(saved(image), "noisy.png")

        assert reading["references"]["invoice"] == ["FT-2026-0012"]
        assert reading["claimed_amount"] == "259.20"
