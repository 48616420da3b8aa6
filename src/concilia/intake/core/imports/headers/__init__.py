"""What columns are called in the five languages, and how alike a header and such a name are."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import Final

from rapidfuzz import fuzz

from concilia.intake.core.imports.headers import de, en, es, fr, it
from concilia.intake.core.imports.words import fold

TERMS: Final[Mapping[str, Mapping[str, str]]] = {
    "en": en.TERMS,
    "it": it.TERMS,
    "fr": fr.TERMS,
    "es": es.TERMS,
    "de": de.TERMS,
}
SAME, SAME_WORDS, SHORTENED, FUZZY_MIN, EXTRA = 97, 95, 93, 86, 12
SHORTEST_PREFIX: Final = 2
_NUMBER_WORDS: Final = frozenset(
    ("n", "nr", "no", "num", "nro", "numero", "number", "nummer", "nb", "nbr")
)
_CODE_WORDS: Final = frozenset(("code", "cod", "codice", "codigo", "kode", "id"))
_STOP: Final = frozenset(
    (
        *(
            "of",
            "the",
            "in",
            "per",
            "pro",
            "di",
            "del",
            "della",
            "dell",
            "il",
            "lo",
            "la",
            "l",
            "d",
        ),
        *("de", "le", "les", "du", "des", "der", "die", "das", "den", "el", "los"),
    )
)
_COMPOUND: Final = re.compile(r"([a-z]{3,}?)s?(nummer|nr|datum|betrag|menge|preis|tage|satz)")
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "ae", "Ö": "oe", "Ü": "ue"})


@lru_cache(maxsize=20_000)
def words_of(header: str) -> tuple[str, ...]:
    """Return what a header says: folded, compounds cut, all words for “number” made one."""
    plain = (
        _CAMEL.sub(" ", header.translate(_UMLAUTS)).replace("%", " percent ").replace("#", " no ")
    )
    out: list[str] = []
    for token in fold(plain).split():
        if token in _NUMBER_WORDS:
            out.append("number")
        elif token in _CODE_WORDS:
            out.append("code")
        elif cut := _COMPOUND.fullmatch(token):
            out += [cut[1], "number" if cut[2] in {"nummer", "nr"} else cut[2]]
        elif token not in _STOP:
            out.append(token)
    return tuple(out)


@cache
def names_of(term: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return every name of a term with its language, as words."""
    return tuple(
        (language, words)
        for language, terms in TERMS.items()
        for name in terms.get(term, "").split("|")
        if (words := words_of(name))
    )


@cache
def known_headers() -> frozenset[tuple[str, ...]]:
    """Return all names of all terms: what makes a row look like a header."""
    ours = (words_of(term.rpartition(".")[2]) for term in en.TERMS)
    return frozenset(ours) | {words for term in en.TERMS for _, words in names_of(term)}


@lru_cache(maxsize=20_000)
def likeness(header: str, term: str) -> tuple[int, str]:
    """Return how alike a header and a term are, in percent, and in which language."""
    words = words_of(header)
    best, language = 0, ""
    for spoken, name in names_of(term):
        score = _alike(words, name)
        if score > best:
            best, language = score, spoken
    return best, language


def _alike(words: tuple[str, ...], name: tuple[str, ...]) -> int:
    if not words or words == name:
        return SAME if words else 0
    if sorted(words) == sorted(name) or "".join(words) == "".join(name):
        return SAME_WORDS
    if len(words) == len(name) and all(map(_shortens, words, name)):
        return SHORTENED
    extra = len(words) - len(name)
    if 0 < extra <= 2 and set(name) <= set(words):  # noqa: PLR2004 - a word or two more
        return SAME - EXTRA * extra
    ratio = int(fuzz.ratio(" ".join(words), " ".join(name)))
    return ratio - 8 if ratio >= FUZZY_MIN else 0


def _shortens(word: str, full: str) -> bool:
    """`scad` for `scadenza`; a number is never short for another."""
    return word == full or (
        len(word) >= SHORTEST_PREFIX and full.startswith(word) and not word.isdigit()
    )
