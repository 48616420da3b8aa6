"""
Words and phrases: text folded to plain letters, cut into tokens, searched for thousands of phrases.

A phrase is written as people would note it down: `short deliver*` (a word may begin so), `#` (a
number), `manca .. collo` (up to five words between), `(we|i) deducted`, `(our)? price`, `pallets?`
(a letter may be missing), `sell ?out` (one word or two).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, NamedTuple

TOKEN: Final = re.compile(r"[a-z0-9]+")
DAY_DOT: Final = re.compile(
    r"\b\d{1,2}\.\s(?:jan|j\u00e4n|feb|m\u00e4r|mar|apr|ma[ijy]|jun|jul|aug|sep|o[kc]t|nov|de[zc]|gen|mag|giu|lug|ago|"
    r"set|ott|dic|fev|f\u00e9v|avr|jui|ao[u\u00fb]|ene|abr)",
    re.IGNORECASE,
)
SENTENCE_END: Final = re.compile(
    r"[!?;]|\.(?=\s+[A-Z\u00c0-\u00dd]|\s*$)|\n\s*\n|\n\s*[-*\u2022]|:\s*\n"
)
ABBREVIATION: Final = re.compile(
    r"\b(?:n|nr|no|num|art|ft|fatt|inv|ref|rif|re|ca|ns|vs|z\.?b|st|dr|sig|mr|mrs|ms|fra|fact|d\.?d\.?t"
    r"|p\.?o|e\.?g|i\.?e|etc|pos|abs|bzw|inkl|exkl|zzgl|ggf|mwst|all|pag|tel|spett|s\.?l|p|c|s|a)\.$",
    re.IGNORECASE,
)
DIGITS: Final = frozenset("0123456789")
GAP: Final = r"(?:[a-z0-9]+ ){0,5}?"
MARK: Final = re.compile(r"\)\?|[()|]|[^\s()|]+")
REMEMBERED_MAX: Final = 50_000
FOLLOWING_MAX: Final = 200  # words remembered behind each
ANY: Final = "*"
DOUBTFUL: Final = re.compile(r"(\w)\?")
TOUCHING: Final = re.compile(r"(?<=[\w*)?])\(")
CLOSING: Final = frozenset({"|", ")", ")?"})
WEIGHT: Final = re.compile(r"(-?\d+(?:\.\d+)?)(?: (en|it|fr|es|de))?")
TRAILING_GAP: Final = re.compile(r"(?:\s*\.\.)+\s*$")
GERMAN: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class _Folding(dict[int, str]):
    """One plain lower-case letter for every character, so that offsets stay what they are."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = unicodedata.normalize("NFKD", char)[:1].lower()[:1] or char
        plain = {"\u00df": "s", "\u0153": "o", "\u00e6": "a", "\u2019": "'", "\u00b4": "'"}.get(
            char
        )
        self[code] = plain or (" " if base.isspace() and char != "\n" else base)
        return self[code]


_FOLDING: Final = _Folding()


def fold(text: str) -> str:
    """Return the text in lower case without accents, character by character (same length)."""
    folded = text.translate(_FOLDING)
    assert len(folded) == len(text)
    return folded


def lower(text: str) -> str:
    """Return the text in small letters, of the same length."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(char.lower()[:1] for char in text)


class Token(NamedTuple):
    """A word or number: its folded letters, its place, and the sentence it stands in."""

    text: str
    start: int
    end: int
    sentence: int


def tokenize(text: str, folded: str | None = None) -> list[Token]:
    """Return the words and numbers of a text with their sentences counted from 0."""
    folded = fold(text) if folded is None else folded
    ends = [
        found.start()
        for found in SENTENCE_END.finditer(text)
        if found[0] != "." or not _goes_on(text, found.end())
    ]
    tokens: list[Token] = []
    add, made = tokens.append, tuple.__new__  # half the time of `Token(...)`, and there are many
    sentence, after = 0, [*ends, len(text)]
    until = after[0]
    for found in TOKEN.finditer(folded):
        start, end = found.span()
        while until < start:
            sentence += 1
            until = after[sentence]
        add(made(Token, (found[0], start, end, sentence)))
    return tokens


def _goes_on(text: str, end: int) -> bool:
    """Whether the dot that ends here belongs to an abbreviation or to a day of the month."""
    if text[max(0, end - 2)].isdecimal():
        return DAY_DOT.match(text, _word_start(text, end - 1)) is not None
    return ABBREVIATION.search(text, max(0, end - 8), end) is not None


def _word_start(text: str, end: int) -> int:
    start = end
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    return start


@dataclass(slots=True)
class Phrase:
    """
    A phrase and the pattern it becomes when its first words are met for the first time.

    Patterns match the tokens joined by blanks, each followed by one; `|` ends a sentence.
    """

    label: str
    weight: float
    source: str
    pattern: re.Pattern[str] | None = None
    openings: frozenset[tuple[str, ...]] | None = None
    needed: tuple[frozenset[str], ...] | None = None

    def may_stand_in(self, words: frozenset[str]) -> bool:
        """Whether a text of these words has those without which the phrase is in none."""
        if self.needed is None:
            self.needed = tuple(_Reader(self.source).needed())
        return not any(map(words.isdisjoint, self.needed))

    def match(self, joined: str, at: int) -> re.Match[str] | None:
        """Match at the start of a token."""
        if self.pattern is None:
            self.pattern = re.compile(_Reader(self.source).pattern())
        return self.pattern.match(joined, at)

    def following(self, word: str) -> set[tuple[str, str]]:
        """Return what two words must follow this first one: forms, of which `*` is anything."""
        if self.openings is None:
            self.openings = frozenset(_Reader(self.source).openings(3))
        found = {(*rest, ANY, ANY)[:2] for first, *rest in self.openings if _is_form(word, first)}
        # Behind what may be written together, or hold others, nothing is certain.
        return {(second, ANY if second == ANY else third) for second, third in found}


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a text: characters [start, end), sentence counted from 0."""

    label: str
    weight: float
    start: int
    end: int
    sentence: int
    phrase: str


class Joined:
    """
    Tokens as patterns are matched with: joined by blanks, a `|` between sentences.

    `texts` are the words, two empty ones behind them; `words` are those phrases are looked up by: a
    `#` for all numbers.
    """

    def __init__(self, tokens: Sequence[Token]) -> None:
        pieces: list[str] = []
        self.tokens = tokens
        self.texts = [*(word for word, _, _, _ in tokens), "", ""]
        self.words = ["#" if word[0] in DIGITS else word for word in self.texts[:-2]]
        self.starts: list[int] = []
        length = 0
        sentence = 0
        for word, _, _, stands_in in tokens:
            if stands_in != sentence:
                sentence = stands_in
                pieces.append("|")
                length += 2
            self.starts.append(length)
            pieces.append(word)
            length += len(word) + 1
        self.text = " ".join(pieces) + " "
        self._vocabulary = frozenset(self.texts)
        self._possible: dict[int, bool] = {}

    def may_have(self, phrase: Phrase) -> bool:
        """Whether all words are there without which the phrase is nowhere; remembered."""
        known = self._possible.get(id(phrase))
        if known is None:
            known = self._possible[id(phrase)] = phrase.may_stand_in(self._vocabulary)
        return known


@dataclass(slots=True)
class _First:
    """The phrases a word may begin, each with forms of the two words that must follow."""

    phrases: tuple[tuple[str, str, Phrase], ...]
    numbers: bool  # whether the first of these is ever a certain number
    remembered: dict[str, tuple[Phrase, ...]] = field(default_factory=dict)

    def followed_by(self, word: str, then: str) -> tuple[Phrase, ...]:
        """
        Return those that may go on with a word, remembered: texts are made of the same words.

        :param then: the word behind it, of which counts whether both are numbers, as in tables
        """
        if word[:1].isdigit():
            word = word if self.numbers else "##" if then[:1].isdigit() else "#"
        known = self.remembered.get(word)
        if known is None:
            going_on = (
                each
                for form, after, each in self.phrases
                if _is_form(word[:1] if word == "##" else word, form)
                and (word != "##" or _may_be_number(after))
            )
            known = tuple({id(each): each for each in going_on}.values())
            if len(self.remembered) < FOLLOWING_MAX:
                self.remembered[word] = known
        return known


@dataclass(slots=True)
class Matcher:
    """
    Finds all phrases in one pass: they are filed under their first word, or its beginning.

    Several languages may share one matcher; a text is searched for all of them.
    """

    words: dict[str, list[Phrase]] = field(default_factory=dict)
    beginnings: dict[str, list[Phrase]] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()
    open_numbers: bool = False  # whether a beginning is that of a number
    certain_numbers: bool = False  # whether a first word is a certain number, or begins one
    remembered: dict[str, _First | None] = field(default_factory=dict)

    def add(self, label: str, weight: float, text: str) -> None:
        """File a phrase in the spellings it stands for."""
        for spelling in _spellings(text):
            phrase = Phrase(label, weight, spelling)
            for (head,) in _Reader(spelling).openings(1):
                if head.endswith("*"):
                    self.beginnings.setdefault(head[:-1], []).append(phrase)
                else:
                    self.words.setdefault(head, []).append(phrase)

    def finish(self) -> Matcher:
        """Note what beginnings look like; call once after the last `add`."""
        self.open_numbers = any(head[:1].isdigit() for head in self.beginnings)
        self.certain_numbers = self.open_numbers or any(head[0].isdigit() for head in self.words)
        self.lengths = tuple(sorted({len(head) for head in self.beginnings}))
        return self

    def find(self, text: Joined) -> list[Hit]:
        """Return every phrase found, in text order; overlapping ones all count."""
        joined, starts, tokens = text.text, text.starts, text.tokens
        hits = []
        for index, first in self._begun(text):
            token = tokens[index]
            for phrase in first.followed_by(*text.texts[index + 1 : index + 3]):
                if not text.may_have(phrase):
                    continue
                found = phrase.match(joined, starts[index])
                if found and joined[found.end() - 1 : found.end()] == " ":
                    last = bisect_left(starts, found.end()) - 1
                    end = tokens[last].end
                    hits.append(
                        Hit(
                            phrase.label,
                            phrase.weight,
                            token.start,
                            end,
                            token.sentence,
                            phrase.source,
                        )
                    )
        return hits

    def _begun(self, text: Joined) -> list[tuple[int, _First]]:
        """Return the places of words that may begin a phrase, with these phrases."""
        known, filed, words = self.remembered, self._filed, text.words
        if self.certain_numbers:
            words = [
                said if word == "#" and (self.open_numbers or said in self.words) else word
                for word, said in zip(words, text.texts, strict=False)
            ]
        found = [known[word] if word in known else filed(word) for word in words]
        return [(index, first) for index, first in enumerate(found) if first is not None]

    def _filed(self, word: str) -> _First | None:
        """Return the phrases a word may begin; None if there are none."""
        if word[0].isdigit() and word not in self.words and not self.open_numbers:
            word = "#"
        if word in self.remembered:
            return self.remembered[word]
        found = [*self.words.get(word, ())]
        if word[0].isdigit():
            found += self.words.get("#", ())
        for length in self.lengths:
            if length <= len(word):
                found += self.beginnings.get(word[:length], ())
        going_on = tuple((*forms, each) for each in found for forms in each.following(word))
        numbers = any(form[0].isdigit() for form, _, _ in going_on)
        known = _First(going_on, numbers) if found else None
        if len(self.remembered) < REMEMBERED_MAX:
            self.remembered[word] = known
        return known


class _Reader:
    """Reads the small language of phrases: words, groups, gaps, and `~` where a blank may be."""

    def __init__(self, source: str) -> None:
        self.marks = MARK.findall(TOUCHING.sub(" ~ (", source.replace(" ?", " ~ ")))
        self.position = 0

    def pattern(self) -> str:
        """Return the pattern that matches the phrase in joined tokens."""
        self.position = 0
        return self._sequence()

    def openings(self, most: int) -> set[tuple[str, ...]]:
        """
        Return the first words, at most so many, that a text with the phrase may start with.

        Where words may be written together, or others stand between, one is `*`: any will do. So
        will any behind an opening of fewer words.
        """
        self.position = 0
        return self._openings(most)

    def needed(self) -> list[frozenset[str]]:
        """Return sets of words: a text with the phrase has at least one of each."""
        self.position = 0
        return self._needed()

    def _needed(self) -> list[frozenset[str]]:
        found: list[frozenset[str]] = []
        joined = False
        while self._open():
            mark = self.marks[self.position]
            self.position += 1
            words = self._needed_of(mark)
            before, joined = joined, self._joins()
            if words and not (before or joined):
                found.append(words)
        return found

    def _needed_of(self, mark: str) -> frozenset[str]:
        """Return words of which one must be there for a word or a group; none where in doubt."""
        if mark != "(":
            plain = [each for each in _pieces(mark) if each[-1] not in {ANY, "#"}]
            return frozenset(plain[-1:]) if mark != ".." else frozenset()
        choices = [self._needed()]
        while self.marks[self.position] == "|":
            self.position += 1
            choices.append(self._needed())
        closing = self.marks[self.position]
        self.position += 1
        if closing == ")?" or not all(choices):
            return frozenset()
        return frozenset[str]().union(*(each[-1] for each in choices))

    def _open(self) -> bool:
        return self.position < len(self.marks) and self.marks[self.position] not in CLOSING

    def _joins(self) -> bool:
        """Say whether what was just read may be written together with what follows."""
        joins = self.position < len(self.marks) and self.marks[self.position] == "~"
        self.position += joins
        return joins

    def _sequence(self) -> str:
        pattern = ""
        while self._open():
            mark = self.marks[self.position]
            self.position += 1
            if mark == "..":
                pattern += GAP
                continue
            body, optional = self._group() if mark == "(" else (_word_pattern(mark), False)
            body += " ?" if self._joins() else " "
            pattern += f"(?:{body})?" if optional else body
        return pattern.removesuffix(GAP)  # what may follow the last word does not matter

    def _group(self) -> tuple[str, bool]:
        choices = [self._sequence().removesuffix(" ")]
        while self.marks[self.position] == "|":
            self.position += 1
            choices.append(self._sequence().removesuffix(" "))
        closing = self.marks[self.position]
        self.position += 1
        return f"(?:{'|'.join(choices)})", closing == ")?"

    def _openings(self, most: int) -> set[tuple[str, ...]]:
        found: set[tuple[str, ...]] = {()}
        while self._open():
            mark = self.marks[self.position]
            self.position += 1
            inner, optional = self._openings_of(mark, most)
            if self._joins():
                inner = {_opened(each)[:most] for each in inner}
            longer = {(each + more)[:most] for each in found for more in inner}
            found = longer | found if optional else longer
        return found

    def _openings_of(self, mark: str, most: int) -> tuple[set[tuple[str, ...]], bool]:
        """Return those of a word, a gap or a group, and whether it may be left out."""
        if mark == "..":
            return {(ANY,)}, False
        if mark != "(":
            return {tuple(_pieces(mark)[:most])}, False
        found = self._openings(most)
        while self.marks[self.position] == "|":
            self.position += 1
            found |= self._openings(most)
        closing = self.marks[self.position]
        self.position += 1
        return found, closing == ")?"


def _opened(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return words of which the last may go on with what follows, or stand by itself."""
    return (*words[:-1], words[-1].rstrip("*") + "*", ANY) if words else words


def _may_be_number(form: str) -> bool:
    return form in {ANY, "#", "#*"} or form[0].isdigit()


def _is_form(word: str, form: str) -> bool:
    """Whether a word is of a form: `deliver*`, `#`, or the word itself."""
    if form[-1] == "*":
        return word.startswith(form[:-1])
    return word == form or (form == "#" and word[:1].isdigit())


def _word_pattern(mark: str) -> str:
    return " ".join(
        r"\d\w*" if piece == "#" else piece[:-1] + r"\w*" if piece.endswith("*") else piece
        for piece in _pieces(mark)
    )


def _spellings(text: str) -> set[str]:
    """Return a phrase in plain letters, once for each way of writing it."""
    variants = [text.lower()]
    while any(DOUBTFUL.search(each) for each in variants):
        variants = [
            variant
            for each in variants
            for variant in {DOUBTFUL.sub(r"\1", each, 1), DOUBTFUL.sub("", each, 1)}
        ]
    # German umlauts are also typed as two letters.
    return {fold(each) for one in variants for each in (one, one.translate(GERMAN))}


def _pieces(word: str) -> list[str]:
    """Cut a word as a text is cut: `l'avoir` is two words, `d.d.t.` three, `end-of-month` three."""
    if word == "#":
        return [word]
    star = "*" if word.endswith("*") else ""
    pieces = TOKEN.findall(word)
    return [*pieces[:-1], pieces[-1] + star] if pieces else []


def lexicon(entries: dict[str, str]) -> Iterator[tuple[str, float, str, str | None]]:
    """
    Yield (label, weight, phrase, language) of a lexicon; language None belongs to all.

    A lexicon maps labels to lines like `3: short deliver*; items missing` or `3 en: ...`: a weight,
    perhaps a language, then phrases.
    """
    for label, block in entries.items():
        weight = 1.0
        language: str | None = None
        for line in block.strip().splitlines():
            head, colon, rest = line.strip().partition(":")
            mark = WEIGHT.fullmatch(head) if colon else None
            if mark:
                weight, language = float(mark[1]), mark[2]
            for each in (rest if mark else line).split(";"):
                if phrase := TRAILING_GAP.sub("", each).strip():
                    yield label, weight, phrase, language
