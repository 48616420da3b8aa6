"""How many parts a short message takes: seven bits a letter or sixteen (GSM 03.38)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_BASIC: Final = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_TWO_PLACES: Final = frozenset("^{}\\[~]|€\f")
_ALONE: Final = {True: 160, False: 70}
_JOINED: Final = {True: 153, False: 67}
# Typography that a phone's seven bits do not have, and what says the same there.
_PLAIN: Final = str.maketrans(
    {
        "’": "'",
        "\u2018": "'", "“": '"', "”": '"', "«": '"', "»": '"', "–": "-", "—": "-", "−": "-",
        "…": "...", "º": "",
        "\u00a0": " ", "\u202f": " ",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Segments:
    """How long a short message is: places taken, parts sent and paid, and whether seven bits do."""

    places: int
    parts: int
    is_gsm: bool


def plain_signs(text: str) -> str:
    """Return a text with plain quotation marks, dashes and spaces, as phones write them."""
    return text.translate(_PLAIN)


def segments_of(text: str) -> Segments:
    """
    Count a short message as carriers do.

    One letter outside the alphabet of seven bits makes all of it sixteen. A letter of two places is
    never cut in half between parts.
    """
    is_gsm = all(char in _BASIC or char in _TWO_PLACES for char in text)
    places = [_places(char, is_gsm=is_gsm) for char in text]
    total = sum(places)
    if total <= _ALONE[is_gsm]:
        return Segments(total, 1, is_gsm)
    parts, filled = 1, 0
    for place in places:
        if filled + place > _JOINED[is_gsm]:
            parts, filled = parts + 1, 0
        filled += place
    return Segments(total, parts, is_gsm)


def _places(char: str, *, is_gsm: bool) -> int:
    if is_gsm:
        return 2 if char in _TWO_PLACES else 1
    return 2 if ord(char) > 0xFFFF else 1  # noqa: PLR2004 - beyond the basic plane: two units
