"""
What words of the five languages mean alike: `manca`, `fehlt` and `short` are all `missing`.

The concepts stand in `concepts.txt`, one a line, with their forms in each language:

    missing | en: missing, short | it: manc*, in meno | fr: manqu* | es: falt* | de: fehl*, *manko

A form has up to three words. `manc*` is the beginning of a word; German also has `*schaden` and
`*schaden*`, the end or any part of a compound, for words that nothing else is known about. Of forms
that overlap the longest counts. German forms keep their umlauts: texts have `ü`, `ue` and `u`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Final

from concilia.documents.core.words import TOKEN, Token, fold
from concilia.kernel.languages import LANGUAGES

FILE: Final = "concepts.txt"
REMEMBERED_MAX: Final = 50_000
FOLLOWING_MAX: Final = 200  # words remembered behind each
# `fold` makes one letter of each; people without such keys type two.
TYPED: Final = {"ä": ("a", "ae"), "ö": ("o", "oe"), "ü": ("u", "ue"), "ß": ("s", "ss")}

Forms = Mapping[str, tuple[str, ...]]  # forms by language


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words of a form after its first one, the last letters of each perhaps open (`*`)."""

    rest: tuple[str, ...]
    concept: str

    def may_go_on_with(self, word: str) -> bool:
        """Whether a word may be the second one."""
        return _is_form(word, self.rest[0])

    def follows(self, tokens: Sequence[Token], first: int) -> bool:
        """Whether the rest stands behind the first word, in the same sentence."""
        last = first + len(self.rest)
        if last >= len(tokens):
            return False
        for place, form in enumerate(self.rest, first + 1):
            if not _is_form(tokens[place].text, form):
                return False
        return tokens[last].sentence == tokens[first].sentence


def _is_form(word: str, form: str) -> bool:
    return word == form or (form[-1] == "*" and word.startswith(form[:-1]))


@dataclass(frozen=True, slots=True)
class Known:
    """What a word means by itself, and the phrases it may begin."""

    concepts: tuple[str, ...]
    phrases: tuple[Phrase, ...]
    remembered: dict[str, tuple[Phrase, ...]] = field(default_factory=dict, compare=False)

    def followed_by(self, word: str) -> tuple[Phrase, ...]:
        """Return the phrases that may go on with a word, remembered as the words are."""
        found = self.remembered.get(word)
        if found is None:
            found = tuple(each for each in self.phrases if each.may_go_on_with(word))
            if len(self.remembered) < FOLLOWING_MAX:
                self.remembered[word] = found
        return found


NOTHING: Final = Known((), ())


@dataclass(slots=True)
class Index:
    """The forms of a language, or of all, filed by how a word is compared with them."""

    words: dict[str, list[str]] = field(default_factory=dict)
    beginnings: dict[str, list[str]] = field(default_factory=dict)
    endings: dict[str, list[str]] = field(default_factory=dict)
    middles: dict[str, list[str]] = field(default_factory=dict)
    phrases: dict[str, list[Phrase]] = field(default_factory=dict)
    open_phrases: dict[str, list[Phrase]] = field(default_factory=dict)
    compounds: re.Pattern[str] | None = None
    numbers: bool = False  # whether any form has digits alone, or begins or ends with some
    remembered: dict[str, Known] = field(default_factory=dict)

    def add(self, concept: str, form: str) -> None:
        """File a form in the spellings it stands for."""
        for first, *rest in spellings(form):
            if rest:
                self._add_phrase(first, Phrase(tuple(rest), concept))
                continue
            shelf, key = self._shelf(first)
            concepts = shelf.setdefault(key, [])
            if concept not in concepts:
                concepts.append(concept)

    def finish(self) -> Index:
        """Compile the parts of compounds; call once after the last `add`."""
        shelves = (self.words, self.beginnings, self.middles, self.phrases, self.open_phrases)
        self.numbers = any(
            form.isdecimal() or not form for shelf in (*shelves, self.endings) for form in shelf
        )
        parts = [re.escape(part) for part in self.middles]
        parts += [re.escape(part) + r"\Z" for part in self.endings]
        if parts:
            self.compounds = re.compile(f"(?=({'|'.join(sorted(parts, key=len, reverse=True))}))")
        return self

    def known(self, word: str) -> Known:
        """Return what is known of a word, remembered: texts are made of the same words."""
        if word.isdecimal() and not self.numbers:
            return NOTHING
        found = self.remembered.get(word)
        if found is None:
            found = Known(self._meaning(word), tuple(self._begun_by(word)))
            if len(self.remembered) < REMEMBERED_MAX:
                self.remembered[word] = found
        return found

    def _shelf(self, form: str) -> tuple[dict[str, list[str]], str]:
        if form.startswith("*"):
            return (self.middles if form.endswith("*") else self.endings), form.strip("*")
        if form.endswith("*"):
            return self.beginnings, form[:-1]
        return self.words, form

    def _add_phrase(self, first: str, phrase: Phrase) -> None:
        shelf = self.open_phrases if first.endswith("*") else self.phrases
        shelf.setdefault(first.rstrip("*"), []).append(phrase)

    def _meaning(self, word: str) -> tuple[str, ...]:
        concepts = self.words.get(word)
        length = len(word)
        while concepts is None and length:
            concepts = self.beginnings.get(word[:length])
            length -= 1
        return tuple(concepts or self._of_a_part(word))

    def _of_a_part(self, word: str) -> list[str]:
        if self.compounds is None:
            return []
        parts = [found[1] for found in self.compounds.finditer(word)]
        part = max(parts, key=len, default="")
        if part in self.endings and word.endswith(part):
            return self.endings[part]
        return self.middles.get(part, [])

    def _begun_by(self, word: str) -> Iterator[Phrase]:
        yield from self.phrases.get(word, ())
        if self.open_phrases:
            for length in range(len(word), 0, -1):
                yield from self.open_phrases.get(word[:length], ())


def concepts_in(tokens: Sequence[Token], language: str) -> list[tuple[str, int, int]]:
    """
    Return the concepts of a text with the first and the last token of each, in text order.

    :param language: one of the five; anything else means that it is not known, so all are used
    """
    index = index_of(language if language in LANGUAGES else None)
    known = [index.known(token.text) for token in tokens]
    found: list[tuple[str, int, int]] = []
    taken = bytearray(len(tokens))
    for concept, first, last in _phrases_in(tokens, known):
        # A phrase of two concepts is found twice at the same place.
        if any(taken[first : last + 1]) and (found[-1][1], found[-1][2]) != (first, last):
            continue
        found.append((concept, first, last))
        taken[first : last + 1] = b"\x01" * (last + 1 - first)
    for place, word in enumerate(known):
        if not taken[place]:
            found.extend((concept, place, place) for concept in word.concepts)
    return sorted(found, key=lambda each: each[1])


def _phrases_in(tokens: Sequence[Token], known: Sequence[Known]) -> Iterator[tuple[str, int, int]]:
    """Yield all phrases, those of most words first."""
    found = [
        (len(phrase.rest), place, phrase)
        for place, word in enumerate(known[:-1])
        if word.phrases
        for phrase in word.followed_by(tokens[place + 1].text)
        if phrase.follows(tokens, place)
    ]
    found.sort(key=lambda each: (-each[0], each[1]))
    seen = set()
    for more, place, phrase in found:
        if (phrase.concept, place, more) not in seen:
            seen.add((phrase.concept, place, more))
            yield phrase.concept, place, place + more


@cache
def concepts() -> Mapping[str, Forms]:
    """
    Return the forms of each concept by language, as the file has them.

    Confined processes, which may open no file, ask for them before they are confined.
    """
    text = files(__package__).joinpath(FILE).read_text(encoding="utf-8")
    return dict(
        _concept(line) for line in text.splitlines() if line.strip() and not line.startswith("#")
    )


@cache
def index_of(language: str | None) -> Index:
    """
    Return the index of a language, of all for None, made when it is first asked for.
    """
    index = Index()
    for concept, forms in concepts().items():
        for name, each in forms.items():
            if language in {None, name}:
                for form in each:
                    index.add(concept, form)
    return index.finish()


def _concept(line: str) -> tuple[str, Forms]:
    name, *languages = (part.strip() for part in line.split("|"))
    forms = {}
    for each in languages:
        language, _, listed = each.partition(":")
        forms[language] = tuple(form.strip() for form in listed.split(",") if form.strip())
    return name, forms


def spellings(form: str) -> Iterator[tuple[str, ...]]:
    """Yield the words of a form as they stand in folded texts, once for each way of typing it."""
    for letters in product(*(TYPED.get(char, (char,)) for char in form.lower())):
        yield tuple(_words(fold("".join(letters))))


def _words(form: str) -> Iterator[str]:
    """Cut a form as a text is cut: `n/c` is two words."""
    for word in form.split():
        pieces = TOKEN.findall(word)
        for place, piece in enumerate(pieces):
            before = "*" if place == 0 and word.startswith("*") else ""
            after = "*" if place == len(pieces) - 1 and word.endswith("*") else ""
            yield before + piece + after
