"""Words that blame or threaten, by language: no letter of ours uses them (domain.md §3.4 E5)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from concilia.correspondence.core.figures import Language

# Word stems; they match from the start of a word, so that every ending is found.
_STEMS: Final[Mapping[Language, tuple[str, ...]]] = {
    Language.EN: (
        "deadbeat", "delinquen", "defaulter", "debt", "overdue", "your fault", "you failed",
        "your failure", "negligen", "unjustified", "illegitimate", "fraud", "excuse", "threat",
        "at last warning", "bad faith",
    ),
    Language.IT: (
        "moros", "inadempi", "insolven", "debitor", "debito", "colpa vostra", "vostra colpa",
        "negligen", "ingiustificat", "pretestuos", "frod", "scuse", "malafede", "mala fede",
        "ultimo avviso",
    ),
    Language.FR: (
        "mauvais payeur", "débiteur", "défaillan", "votre faute", "négligen", "injustifié", "fraud",
        "mauvaise foi", "prétexte", "dernier avertissement", "impayé",
    ),
    Language.ES: (
        "moros", "deudor", "incumplidor", "incumplimiento", "culpa", "negligen", "injustificad",
        "fraude", "mala fe", "pretexto", "último aviso",
    ),
    Language.DE: (
        "säumig", "schuldner", "schuld", "versäumnis", "zahlungsunwillig", "nachlässig",
        "unberechtigt", "ungerechtfertigt", "betrug", "ausrede", "böswillig", "mahnung",
        "letzte warnung",
    ),
}  # fmt: skip
_PATTERNS: Final[Mapping[Language, re.Pattern[str]]] = {
    language: re.compile(rf"\b(?:{'|'.join(map(re.escape, stems))})\w*", re.IGNORECASE)
    for language, stems in _STEMS.items()
}


def blame_in(text: str, language: Language | str) -> tuple[str, ...]:
    """Return the words of a text that blame or threaten, as they stand in it, each once."""
    found = _PATTERNS[Language(language)].findall(text)
    return tuple(dict.fromkeys(word.lower() for word in found))
