"""Where a country's envelopes have their window, its paper, and its name of registered post."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class LetterFormat:
    """
    A sheet and its address field, in millimetres from the upper left corner.

    :param folds: marks at the left edge for folding and punching
    """

    paper: str
    left: int
    top: int
    width: int
    height: int
    folds: tuple[float, ...] = ()
    registered: str = ""


_DIN: Final = LetterFormat("a4", 20, 45, 85, 45, (105.0, 148.5, 210.0), "Einschreiben")
FORMATS: Final[Mapping[str, LetterFormat]] = {
    "DE": _DIN,  # DIN 5008, form B
    "AT": _DIN,
    "CH": LetterFormat("a4", 118, 45, 82, 45, registered="Einschreiben / Recommandé"),
    "IT": LetterFormat("a4", 105, 45, 90, 40, registered="Raccomandata A/R"),
    "FR": LetterFormat("a4", 105, 45, 90, 40, registered="Lettre recommandée avec AR"),
    "ES": LetterFormat("a4", 105, 45, 90, 40, registered="Burofax / certificado con acuse"),
    "GB": LetterFormat("a4", 20, 45, 90, 38, registered="Signed For"),
    "US": LetterFormat("us-letter", 22, 48, 95, 30, registered="Certified Mail"),
}
USUAL: Final = LetterFormat("a4", 20, 45, 85, 45)
_SAME: Final = {"UK": "GB"}


def format_of(country: str) -> LetterFormat:
    """Return how letters to a country look; a window on the left where we do not know better."""
    return FORMATS.get(_SAME.get(country, country), USUAL)
