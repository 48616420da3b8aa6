"""Scans and photos of papers."""

from __future__ import annotations

import io

import pypdfium2 as pdfium
import typst
from PIL import Image

LETTER = b"""#set text(lang: "it")
= Contestazione fattura FT-2026-0012

Mancano 12 cartoni nella consegna, chiediamo nota di credito di 259,20 EUR.

#table(columns: 3, [Articolo], [Quantita], [Prezzo], [PEN-500], [12], [21,60])
"""


def page(source: bytes = LETTER) -> Image.Image:
    """A page as a scanner sees it."""
    drawn = pdfium.PdfDocument(typst.compile(source))[0].render(scale=200 / 72, grayscale=True)
    return drawn.to_pil().convert("L")


def saved(image: Image.Image, file_format: str = "PNG") -> bytes:
    """The picture as a file; `PDF` is a scanner's PDF, without any text."""
    out = io.BytesIO()
    image.save(out, file_format, resolution=200)
    return out.getvalue()
