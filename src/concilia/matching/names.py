"""Company names as banks print them: legal forms, accents, order of words and abbreviations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from concilia.matching.scanning import plain

_FORMS: Final = (
    "SRL SRLS SPA SAPA SAS SNC SS SCARL SCRL SCPA SOC SOCIETA COOP COOPERATIVA ARL UNIPERSONALE "
    "SARL EURL SASU SA SCI SCOP GIE ETS STE SOCIETE CIE SL SLU SLL SLNE SAU SC SCOOP CB "
    "GMBH MBH AG KG KGAA OHG UG GBR EK EV EG SE CO COMPANY LTD LIMITED PLC LLP LLC INC CORP "
    "CORPORATION BV NV BVBA SPRL AB AS ASA OY OYJ APS SRO ZOO SP LDA KFT DOO"
)
_FILLERS: Final = "E ET AND UND Y DI DE DEL DELLA DES DU LA LE LES IL THE DER DIE DAS EL"
_LEGAL_FORMS: Final = frozenset(_FORMS.split())
_NOISE: Final = frozenset(_FILLERS.split())
_ABBREVIATIONS: Final = {
    "FLLI": "FRATELLI",
    "GEBR": "GEBRUEDER",
    "BROS": "BROTHERS",
    "HNOS": "HERMANOS",
    "DITTA": "",
    "SIG": "",
    "SPETT": "",
    "FA": "",
    "FIRMA": "",
    "ETABLISSEMENTS": "",
    "ETAB": "",
    "INTL": "INTERNATIONAL",
    "INT": "INTERNATIONAL",
    "IND": "INDUSTRIE",
    "COMM": "COMMERCIALE",
}
_UMLAUTS: Final = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "AE", "Ö": "OE", "Ü": "UE", "ß": "ss"}
)
_DOTTED: Final = re.compile(r"\b((?:[A-Z]\.){2,}[A-Z]?)(?=\W|$)")
_WORD: Final = re.compile(r"[A-Z0-9]+")
_SLASHED: Final = re.compile(r"\bF\.?\s?LLI\b|\b([CS])/([OA])\b")

COMMON_MAX: Final = 400  # a word in more names than this tells nothing
NEAR_MAX: Final = 200  # names that are compared letter by letter
SHORTENED_MIN: Final = 3
ROUGHLY: Final = 50  # names less alike than this, letter by letter, are not looked at
LEAD_MIN: Final = 4  # points by which the best name must beat the next


def spellings_of(name: str) -> set[tuple[str, ...]]:
    """Return the telling words of a name, with umlauts as banks write them: KRUEGER or KRUGER."""
    found = {words_of(name)}
    if not name.isascii():
        found.add(words_of(plain(name.replace("ß", "ss"))))
    return found


def letters_of(name: str) -> str:
    """Return the letters and digits of a name in their order, its legal form among them."""
    return "".join(_WORD.findall(plain(name)))


def words_of(name: str) -> tuple[str, ...]:
    """Return the telling words of a name, sorted: `S.r.l. Rossi & F.lli` is FRATELLI ROSSI."""
    return _words(name)


@lru_cache(maxsize=65_536)
def _words(name: str) -> tuple[str, ...]:
    if not name.isascii():
        name = name.translate(_UMLAUTS)
    text = plain(name).replace("'", " ")
    if "/" in text or "LLI" in text:
        text = _SLASHED.sub("FRATELLI", text)
    if "." in text:
        text = _DOTTED.sub(lambda found: found[0].replace(".", ""), text)
    words = [_ABBREVIATIONS.get(word, word) for word in _WORD.findall(text)]
    telling = [w for w in words if w and w not in _LEGAL_FORMS and w not in _NOISE]
    return tuple(sorted(telling or [word for word in words if word]))


def likeness(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    """
    Return how alike two names are, 0 to 100, words shortened to their beginnings counted as whole.

    Both are as `words_of` gives them.
    """
    if not one or not other:
        return 0
    if one == other:
        return 100
    shorter, longer = sorted((one, other), key=len)
    rest = list(longer)
    matched: list[str] = []
    for word in shorter:
        whole = _whole_word(word, rest)
        if whole:
            rest.remove(whole)
        matched.append(whole or word)
    return int(fuzz.ratio(" ".join(sorted(matched)), " ".join(longer)))


def _whole_word(word: str, words: Iterable[str]) -> str | None:
    """The word this one is, or is the beginning of; None if there is none."""
    choices = [other for other in words if other == word]
    choices = choices or [
        other
        for other in words
        if len(min(word, other, key=len)) >= SHORTENED_MIN
        and (other.startswith(word) or word.startswith(other))
    ]
    return choices[0] if choices else None


class NameIndex:
    """Names by their words, so that an unknown payer is compared with a few names, not with all."""

    def __init__(self, names: Iterable[tuple[str, str]]) -> None:
        """:param names: pairs of what the name stands for and the name"""
        self._by_words: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._by_word: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        self._by_start: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for meaning, name in names:
            for words in spellings_of(name):
                self._add(words, meaning)

    def _add(self, words: tuple[str, ...], meaning: str) -> None:
        if not words:
            return
        if words not in self._by_words:
            for word in words:
                self._by_word[word].append(words)
                self._by_start[word[:SHORTENED_MIN]].append(words)
        self._by_words[words].add(meaning)

    def exactly(self, name: str) -> set[str]:
        """Return whoever has this very name, whatever its legal form and order of words."""
        return set(self._by_words.get(words_of(name), ()))

    def alike(self, name: str, least: int) -> set[str]:
        """Return whoever has the most similar name, if it is similar enough and stands out."""
        words = words_of(name)
        scores: dict[tuple[str, ...], int] = {}
        near = sorted(self._near(words))
        roughly = process.extract(
            " ".join(words),
            [" ".join(other) for other in near],
            scorer=fuzz.ratio,
            score_cutoff=ROUGHLY,
            limit=None,
        )
        for _, _, place in roughly:
            other = near[place]
            score = likeness(words, other)
            if score >= least - LEAD_MIN:
                scores[other] = score
        if not scores:
            return set()
        best = max(scores.values())
        if best < least:
            return set()
        leading = [other for other, score in scores.items() if score > best - LEAD_MIN]
        return set().union(*(self._by_words[other] for other in leading))

    def _near(self, words: tuple[str, ...]) -> set[tuple[str, ...]]:
        """Names that share a word, the rarest words first, as long as they are few."""
        near: set[tuple[str, ...]] = set()
        sharing = [self._by_word[word] for word in words if word in self._by_word]
        for names in sorted(sharing, key=len):
            if len(names) > COMMON_MAX or (near and len(near) + len(names) > NEAR_MAX):
                break
            near.update(names)
        if not near:
            for word in words:
                starting = self._by_start.get(word[:SHORTENED_MIN], [])
                near.update(starting if len(starting) <= COMMON_MAX else ())
        return near
