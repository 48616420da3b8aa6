"""One document prepared for reading: what is said now, its words, numbers, dates and lines."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Final

from concilia.documents.core.amounts import Amount, find_amounts, find_currency
from concilia.documents.core.boxes import without_unticked
from concilia.documents.core.dates import FoundDate, find_dates
from concilia.documents.core.labelled_cells import labelled_amounts
from concilia.documents.core.language import detect_language
from concilia.documents.core.lexicon.amount_words import SUM_LINE, SUM_WORD
from concilia.documents.core.lexicon.labels import TAX_NUMBER
from concilia.documents.core.lexicon.threads import SALUTATION
from concilia.documents.core.parsed import ParsedDocument
from concilia.documents.core.references import Reference, find_references
from concilia.documents.core.scoring import (
    Scored,
    reason_matcher,
    refined,
    score,
    shared_matcher,
)
from concilia.documents.core.tables import LineTable, read_tables
from concilia.documents.core.text_tables import find_text_tables
from concilia.documents.core.thread import Thread, split
from concilia.documents.core.told import NOTHING, Told
from concilia.documents.core.unlabelled import find_unlabelled
from concilia.documents.core.words import Hit, Joined, Matcher, Token, fold, lower, tokenize

MAIL_FORMATS: Final = frozenset({"eml", "msg", "tnef"})
PROSE_CHARS_MAX: Final = 40_000  # beyond, a document is a list, and its beginning says what it is
SUBJECT_BOOST: Final = 1.25
TITLE_LINES: Final = 12
COLUMNS_APART: Final = re.compile(r"\t| {3,}")
TITLE_SHARE_MIN: Final = 0.34


@dataclass(frozen=True)
class Context:
    """
    A parsed document and everything the judgements share. All offsets count `parsed.text`.

    `written_on` is the day relative dates count from; `by_line` whether the text is a letter in
    lines (mail) or a layout; `told` what people said of the like.
    """

    parsed: ParsedDocument
    written_on: dt.date | None = None
    told: Told = NOTHING

    @cached_property
    def is_mail(self) -> bool:
        """Whether it is a message with headers."""
        return self.parsed.format in MAIL_FORMATS

    @cached_property
    def body_start(self) -> int:
        """Where the body begins: a mail's text starts with its subject."""
        return self.parsed.text.find("\n\n") + 2 if self.is_mail else 0

    @cached_property
    def thread(self) -> Thread:
        """What is said now and what is quoted; layouts are all live."""
        if self.is_mail or self.parsed.format in {"txt", "html"}:
            return split(self.parsed.text, self.body_start)
        return Thread(((0, len(self.parsed.text)),))

    @cached_property
    def live(self) -> str:
        """The text with everything that is not said now blanked out, offsets unchanged."""
        text = self.parsed.text[:PROSE_CHARS_MAX]
        pieces, position = [], 0
        for start, end in self.thread.live:
            pieces.append(re.sub(r"[^\n]", " ", text[position:start]))
            pieces.append(text[start:end])
            position = end
        pieces.append(re.sub(r"[^\n]", " ", text[position:]))
        return without_unticked("".join(pieces)[: len(text)])

    @cached_property
    def folded(self) -> str:
        """The live text in plain letters, offsets unchanged."""
        return fold(self.live)

    @cached_property
    def quoted(self) -> str:
        """What is not said now, in order: older mails, signature, disclaimer."""
        text = self.parsed.text[:PROSE_CHARS_MAX]
        pieces, position = [], 0
        for start, end in self.thread.live:
            pieces.append(text[position:start])
            position = end
        return "\n".join([*pieces, text[position:]])

    @cached_property
    def signed(self) -> str:
        """What stands below the closing of a letter, all else blanked out, offsets unchanged."""
        text = self.parsed.text[:PROSE_CHARS_MAX]
        pieces, position = [], 0
        for start, end in self.thread.signed:
            pieces += [re.sub(r"[^\n]", " ", text[position:start]), text[start:end]]
            position = end
        return "".join(pieces)

    @cached_property
    def language(self) -> str | None:
        """The language of what people wrote."""
        return detect_language(self.live) or detect_language(self.parsed.text)

    @cached_property
    def tokens(self) -> list[Token]:
        """The words of the live text."""
        return tokenize(self.live, self.folded)

    @cached_property
    def joined(self) -> Joined:
        """The words of the live text, ready to be searched for phrases."""
        return Joined(self.tokens)

    @cached_property
    def boosts(self) -> dict[int, float]:
        """Which sentences count more: a mail's subject."""
        first, last = self.thread.subject or (0, self.body_start)
        subject = {token.sentence for token in self.tokens if first <= token.start < last}
        return dict.fromkeys(subject, SUBJECT_BOOST)

    @cached_property
    def is_letter(self) -> bool:
        """Whether somebody writes to somebody: a mail, a text, or a layout with a salutation."""
        if self.is_mail:
            return True
        if self.parsed.format in {"txt", "html"}:
            return not any({"document", "paid"} <= set(each.roles.values()) for each in self.tables)
        return self.has_salutation and len(self.tables) == 0

    @cached_property
    def has_salutation(self) -> bool:
        """Whether somebody is greeted."""
        return bool(SALUTATION.search(self.folded))

    @cached_property
    def reasons(self) -> list[Scored]:
        """Claim reasons the words speak for; the lines of totals and taxes have no say."""
        words = self.live if self.is_mail else without_sum_lines(self.live)
        words = TAX_NUMBER.sub(_blank, words)
        for table in self.tables:
            start, end = table.header
            words = words[:start] + " " * (end - start) + words[end:]
        said = self.joined if words == self.live else Joined(tokenize(words))
        return refined(score(said, reason_matcher(self.language), boosts=self.boosts))

    @cached_property
    def motives(self) -> list[Scored]:
        """Motives of non-payment the words speak for."""
        return score(self.joined, self._book("motives", "MOTIVES"), boosts=self.boosts)

    @cached_property
    def wishes(self) -> dict[str, Scored]:
        """What the message wants, by label."""
        matcher = self._book("messages", "MESSAGES")
        return {each.label: each for each in score(self.joined, matcher, boosts=self.boosts)}

    @cached_property
    def reply_signs(self) -> dict[str, Scored]:
        """Signs that it answers a reminder, or promises to pay."""
        matcher = self._book("motives", "ABOUT_A_REMINDER")
        return {each.label: each for each in score(self.joined, matcher)}

    @cached_property
    def titles(self) -> dict[str, Scored]:
        """What the document calls itself: phrases that fill their line near the top."""
        found = self._titles(self._book("titles", "TITLES"))
        if found or self.is_mail:
            return found
        # A layout has few words to know its language by, and may be in none of ours.
        return self._titles(shared_matcher("titles", "TITLES", None))

    def _titles(self, matcher: Matcher) -> dict[str, Scored]:
        top, words = self._top
        found = {}
        for each in score(words, matcher):
            hits = tuple(hit for hit in each.hits if _fills_its_line(top, hit.start, hit.end))
            if each.label == "credit_note":
                hits = tuple(hit for hit in hits if not self._is_asked_for(hit))
            if hits:
                best = max(hit.weight for hit in hits)
                found[each.label] = Scored(each.label, best, hits)
        return found

    @cached_property
    def references(self) -> list[Reference]:
        """The numbers of papers in the live text, those of letters also without a word for them."""
        named = find_references(self.live)
        if not self.is_letter:
            return named
        return sorted([*named, *find_unlabelled(self.live, named)], key=lambda each: each.start)

    @cached_property
    def amounts(self) -> list[Amount]:
        """The amounts in the live text."""
        found = find_amounts(self.live, self.folded)
        taken = {each.end for each in found}
        bare = [each for each in labelled_amounts(self.parsed.tables) if each.end not in taken]
        return sorted([*found, *bare], key=lambda each: each.start) if bare else found

    @cached_property
    def dates(self) -> list[FoundDate]:
        """The dates in the live text."""
        return find_dates(self.live, self.written_on, self.folded)

    @cached_property
    def currency(self) -> str | None:
        """The currency named most often."""
        return find_currency(self.live)

    @cached_property
    def tables(self) -> list[LineTable]:
        """The tables whose columns are understood."""
        live = [
            table
            for table in self.parsed.tables
            if any(self.thread.covers(cell.start) for row in table.rows[:2] for cell in row)
        ]
        if not live and (self.is_mail or self.parsed.format == "txt"):
            live = find_text_tables(self.live, self.body_start)
        return read_tables(live, self.told.columns)

    def _book(self, module: str, name: str) -> Matcher:
        """Return a book's phrases in the document's language."""
        return shared_matcher(module, name, self.language)

    def _is_asked_for(self, title: Hit) -> bool:
        """Whether a wish names it: who asks for a credit note at the end of a page sends none."""
        wished = [hit for each in self.wishes.values() for hit in each.hits]
        return any(hit.start < title.start and title.end <= hit.end for hit in wished)

    @cached_property
    def _top(self) -> tuple[str, Joined]:
        """Where titles stand, and its words."""
        lines = [line for line in self.live.split("\n") if line.strip()]
        ends = [len(self.live), *(table.header[0] for table in self.tables)]
        if len(lines) > TITLE_LINES:
            ends.append(self.live.find(lines[TITLE_LINES]))
        top = self.live[: min(ends)]
        tokens = self.tokens[: bisect_left(self.tokens, len(top), key=attrgetter("start"))]
        if tokens and tokens[-1].end > len(top):  # it ends within a word
            tokens = tokenize(top, self.folded[: len(top)])
        return top, Joined(tokens)


def _fills_its_line(text: str, start: int, end: int) -> bool:
    """A title stands alone on its line, at most with a number, or begins it in capitals."""
    begin = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    line = text[begin : stop if stop >= 0 else len(text)]
    cells = [str(cell) for cell in COLUMNS_APART.split(line) if text[start:end] in cell]
    cell = cells[0] if cells else line
    letters = sum(map(str.isalpha, cell))
    inside = sum(map(str.isalpha, text[start:end]))
    return inside >= TITLE_SHARE_MIN * max(letters, 1)


def without_sum_lines(text: str) -> str:
    """Return a text with its lines of totals and taxes blanked out, offsets unchanged."""
    pieces, place = [], 0
    for found in SUM_WORD.finditer(lower(text)):
        start = text.rfind("\n", 0, found.start()) + 1
        end = text.find("\n", found.end())
        end = end if end >= 0 else len(text)
        if start >= place and SUM_LINE.fullmatch(text, start, end):
            pieces += [text[place:start], " " * (end - start)]
            place = end
    return "".join([*pieces, text[place:]])


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
