"""Notes of calls are factual: no blame, and health only in the protected field (domain.md E9)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from concilia.correspondence.core.figures import Language

# Judgements on a person. Not the list of letters: a note may say that a debt is overdue.
_JUDGING: Final[Mapping[Language, tuple[str, ...]]] = {
    Language.EN: (
        "deadbeat", "liar", "lying", "lies again", "lazy", "stupid", "idiot", "crook", "cheat",
        "shameless", "rude", "aggressive", "drunk", "bad faith", "excuses", "unreliable",
    ),
    Language.IT: (
        "moros", "bugiard", "furb", "pigr", "stupid", "idiot", "imbrogli", "truffator", "maleducat",
        "aggressiv", "ubriac", "malafede", "mala fede", "solite scuse", "inaffidabil",
    ),
    Language.FR: (
        "mauvais payeur", "menteu", "menteus", "paresseu", "stupide", "idiot", "escroc", "malpoli",
        "agressi", "ivre", "mauvaise foi", "excuses bidon", "prétexte",
    ),
    Language.ES: (
        "moros", "mentiros", "estúpid", "idiot", "estafador", "maleducad", "agresiv",
        "borrach", "mala fe", "excusas",
    ),
    Language.DE: (
        "säumig", "lügner", "lügt", "stinkfaul", "dumm", "idiot", "betrüger", "unverschämt",
        "aggressiv", "betrunken", "böswillig", "ausrede", "unzuverlässig",
    ),
}  # fmt: skip
_HEALTH: Final[Mapping[Language, tuple[str, ...]]] = {
    Language.EN: (
        "cancer", "illness", "is ill", "disease", "in hospital", "hospitalis", "hospitaliz",
        "surgery", "depress", "diagnosed",
        "disability", "pregnan", "had a stroke", "dementia", "addict", "therapy",
        "chemo", "sick leave",
    ),
    Language.IT: (
        "cancro", "tumore", "malatti", "malat", "in ospedale", "ricoverat", "operazione chirurgica",
        "depress", "disabil", "invalidità", "incinta", "ictus", "demenza", "tossicodipend",
        "terapia", "chemio",
    ),
    Language.FR: (
        "cancer", "tumeur", "maladie", "malade", "à l’hôpital", "à l'hôpital", "hospitalis",
        "dépress", "handicap", "invalidité", "est enceinte", "un avc", "démence", "addict",
        "thérapie", "chimio",
    ),
    Language.ES: (
        "cáncer", "tumor", "enfermedad", "enferm", "hospitalizad", "en el hospital",
        "depresi",
        "discapac", "invalidez", "embaraz", "ictus", "demencia", "adicc", "terapia", "quimio",
    ),
    Language.DE: (
        "krebs", "tumor", "ist krank", "krankheit", "erkrank", "krankgeschrieben", "im krankenhaus",
        "depress", "behindert", "schwanger", "schlaganfall", "demenz", "süchtig",
        "therapie", "chemo",
    ),
}  # fmt: skip


def _pattern(stems: Mapping[Language, tuple[str, ...]]) -> re.Pattern[str]:
    """All languages at once: a clerk in Parma writes down what was said in Lyon."""
    found = sorted({stem for each in stems.values() for stem in each}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, found))})\w*", re.IGNORECASE)


_JUDGES: Final = _pattern(_JUDGING)
_TELLS_OF_HEALTH: Final = _pattern(_HEALTH)


@dataclass(frozen=True, slots=True)
class NoteLint:
    """The words of a note that do not belong there, as they stand in it, each once."""

    judging: tuple[str, ...]
    health: tuple[str, ...]

    @property
    def is_clean(self) -> bool:
        """Whether it may be kept as it is."""
        return not self.judging and not self.health


def lint_note(text: str) -> NoteLint:
    """Look for judgements and for health in a note; linear in its length."""
    return NoteLint(_each(_JUDGES, text), _each(_TELLS_OF_HEALTH, text))


def _each(pattern: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word.lower() for word in pattern.findall(text)))
