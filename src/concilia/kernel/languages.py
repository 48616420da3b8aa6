"""The five languages in which everything a person reads exists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LANGUAGES: Final = ("en", "it", "fr", "es", "de")


@dataclass(frozen=True, slots=True)
class Names:
    """One name in the five languages, in the order of `LANGUAGES`."""

    en: str
    it: str
    fr: str
    es: str
    de: str

    def in_language(self, language: str) -> str:
        """Return the name in `it` or `it-IT`; English where we do not speak the language."""
        short = language[:2].lower()
        name: str = getattr(self, short) if short in LANGUAGES else self.en
        return name
