"""
What every text of collections must and must not do (domain.md §3.3, §3.4), by its own words.

Values are no part of it: a customer may be called what they like. Both forms of address count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from concilia.correspondence.core.figures import Language
from concilia.correspondence.core.words_of_blame import blame_in
from concilia.dunning.core.motives import Tone
from concilia.dunning.core.texts import lint_words
from concilia.dunning.core.texts.keys import ASKS_WITH_ITEMS, SHORT, TONE_OF_KEY, Form, Key, Way
from concilia.dunning.core.texts.lint_words import Words, found
from concilia.dunning.core.texts.wording import (
    Wording,
    WordingInvalid,
    compiled,
    fields_in,
    spoken_to,
    without_fields,
)


class Rule(StrEnum):
    """What is looked at; the names of domain.md where it has one."""

    UNREADABLE = "UNREADABLE"
    RELATION = "E1"
    FACTS = "E2"
    QUESTION = "E3"
    OPTIONS = "E4"
    BLAME = "E5"
    CLOSING = "E6"
    NOTE = "E9"
    DEBT_WORD = "T0"
    INTEREST = "T1"
    THREAT = "T2"
    CAPITALS = "T3"
    INTENDED = "T4"
    THIRD_PARTY = "T5"
    SHAME = "SHAME"
    FEAR = "FEAR"
    LINK = "LINK"
    BOTH_AMOUNTS = "BOTH_AMOUNTS"
    NO_AMOUNT = "NO_AMOUNT"
    SUBJECT = "SUBJECT"


@dataclass(frozen=True, slots=True)
class Finding:
    """
    What is wrong, and where.

    :param where: the paragraph, 1 for the first; 0 for the subject or the whole text
    :param word: the word or the field it is about
    """

    rule: Rule
    where: int = 0
    word: str = ""


@dataclass(frozen=True, slots=True)
class _Look:
    """A text as one form of address reads it, without the signs of what may be missing."""

    key: Key
    way: Way
    language: Language
    subject: str
    paragraphs: tuple[str, ...]
    optional: frozenset[int]

    @property
    def whole(self) -> str:
        return "\n\n".join(self.paragraphs)

    @property
    def fields(self) -> tuple[str, ...]:
        return fields_in(self.whole)


# What a text is about must be said in it. Beside these, texts that ask for money show the items.
_SAYS: Final[Mapping[Key, tuple[str, ...]]] = MappingProxyType(
    {
        Key.COURTESY: ("items",),
        **dict.fromkeys(ASKS_WITH_ITEMS, ("items",)),
        Key.HANDED_OVER: ("items", "next_holder"),
        Key.LAST_CALL: ("items", "deadline", "next_holder"),
        Key.FORMAL_NOTICE: ("items", "asked", "deadline", "statute"),
        Key.THANKS: ("amount", "day"),
        Key.PROMISE_NOTED: ("amount", "day"),
        Key.PROMISE_DUE_SOON: ("amount", "day"),
        Key.PROMISE_BROKEN: ("amount", "day"),
        Key.PLAN_OFFERED: ("amount", "rows", "until"),
        Key.PLAN_AGREED: ("amount", "rows"),
        Key.PLAN_ROW_DUE_SOON: ("amount", "day"),
        Key.PLAN_ROW_LATE: ("amount", "day"),
        Key.PLAN_COMPLETED: ("amount", "day"),
        Key.SETTLEMENT_OFFERED: ("open", "offer", "waived", "until"),
        Key.DISPUTE_RECEIVED: ("claim", "disputed", "asked", "until"),
        Key.INVOICE_COPY: ("invoice", "account_link"),
        Key.CONDOLENCE: ("customer",),
        Key.VULNERABLE: ("holder", "until"),
        Key.DATE_MOVED: ("amount", "new_day"),
        Key.PAID_TWICE: ("amount",),
    }
)
_ASKS_WHY_FIRST: Final = frozenset(
    {Key.REMINDER, Key.QUESTION, Key.FIRM, Key.PROMISE_BROKEN, Key.PLAN_ROW_LATE}
)
# Nothing to choose: they thank, close, console, or another has taken over.
_WITHOUT_OPTIONS: Final = frozenset(
    {Key.THANKS, Key.PLAN_COMPLETED, Key.CONDOLENCE, Key.HANDED_OVER, Key.PAID_TWICE}
)
_WITHOUT_LINK: Final = frozenset({Key.THANKS, Key.PLAN_COMPLETED})
_FAMILY_IS_NAMED: Final = frozenset({Key.CONDOLENCE, Key.VULNERABLE})
_AMOUNTS: Final = frozenset(
    {"items", "rows", "asked", "disputed", "open", "amount", "interest", "compensation", "offer",
     "waived"}
)  # fmt: skip
_ASKING: Final = ("{options}", "{pay_link}", "{account_link}")
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s")


def lint(key: Key, way: Way, language: Language, wording: Wording) -> tuple[Finding, ...]:
    """
    Return what is wrong with a text, each once; nothing: it may be used.

    A text that cannot be read has that one finding.
    """
    try:
        for form in Form:
            compiled(wording, form)
    except WordingInvalid as invalid:
        return (Finding(Rule.UNREADABLE, invalid.where, invalid.word or invalid.problem),)
    findings: dict[Finding, None] = {}
    for form in Form:
        look = _look(key, way, language, wording, form)
        findings |= dict.fromkeys(_findings(look))
    return tuple(findings)


def _look(key: Key, way: Way, language: Language, wording: Wording, form: Form) -> _Look:
    said = tuple(spoken_to(part, form) for part in wording.paragraphs)
    return _Look(
        key=key,
        way=way,
        language=language,
        subject=spoken_to(wording.subject, form),
        paragraphs=tuple(part.removeprefix("?").strip() for part in said),
        optional=frozenset(place for place, part in enumerate(said) if part.startswith("?")),
    )


def _findings(look: _Look) -> Iterator[Finding]:
    if look.way is Way.CALL:
        yield from _guide(look)
    else:
        yield from _relation(look)
        yield from _question(look)
    if look.way in SHORT:
        yield from _short(look)
    elif look.way is not Way.CALL:
        yield from _in_writing(look)
    yield from _words(look)


def _relation(look: _Look) -> Iterator[Finding]:
    """E1: the first sentence names what binds us, and no money."""
    first = _SENTENCE.split(look.paragraphs[0], maxsplit=1)[0]
    bare = without_fields(first)
    if not found(lint_words.RELATION, bare, look.language):
        yield Finding(Rule.RELATION, 1)
    for word in (
        *found(lint_words.DEBT, bare, look.language),
        *found(lint_words.MONEY, bare, look.language),
        *(f"{{{name}}}" for name in fields_in(first) if name in _AMOUNTS | {"invoices"}),
    ):
        # A short message is one sentence, and may say in it what can be done.
        if look.way not in SHORT:
            yield Finding(Rule.RELATION, 1, word)


def _question(look: _Look) -> Iterator[Finding]:
    """E3: one open question, before anything is asked for."""
    if look.key not in _ASKS_WHY_FIRST:
        return
    before = look.whole
    for sign in _ASKING:
        before = before.split(sign, maxsplit=1)[0]
    if before.count("?") != 1:
        yield Finding(Rule.QUESTION)


def _short(look: _Look) -> Iterator[Finding]:
    """A forwarded message tells nobody how much; the link does, to who may see it."""
    for name in look.fields:
        if name in _AMOUNTS:
            yield Finding(Rule.NO_AMOUNT, 1, f"{{{name}}}")
    if look.key not in _WITHOUT_LINK and "account_link" not in look.fields:
        yield Finding(Rule.LINK, 0, "{account_link}")


def _in_writing(look: _Look) -> Iterator[Finding]:
    if not look.subject.strip():
        yield Finding(Rule.SUBJECT)
    for name in _SAYS[look.key]:
        if name not in look.fields:
            yield Finding(Rule.FACTS, 0, f"{{{name}}}")
    if look.key not in _WITHOUT_OPTIONS and not {"options", "motives"} & set(look.fields):
        yield Finding(Rule.OPTIONS, 0, "{options}")
    if not found(lint_words.THANKS, look.paragraphs[-1], look.language):
        yield Finding(Rule.CLOSING, len(look.paragraphs))
    yield from _both_amounts(look)
    yield from _intended(look)


def _both_amounts(look: _Look) -> Iterator[Finding]:
    """What is asked for never stands without what is disputed (R-3.31); `{items}` shows both."""
    if "asked" in look.fields and not {"items", "disputed"} & set(look.fields):
        yield Finding(Rule.BOTH_AMOUNTS, 0, "{disputed}")


def _intended(look: _Look) -> Iterator[Finding]:
    """T4: what follows is said only where somebody means to do it."""
    if look.key is not Key.FORMAL_NOTICE:
        return
    for place, text in enumerate(look.paragraphs):
        if "next_holder" in fields_in(text) and place not in look.optional:
            yield Finding(Rule.INTENDED, place + 1, "{next_holder}")


def _guide(look: _Look) -> Iterator[Finding]:
    """A call: the relation, then the question, then the facts; a factual note at the end."""
    before, _, after = look.whole.partition("?")
    if not after or _AMOUNTS & set(fields_in(before)):
        yield Finding(Rule.QUESTION)
    if not found(lint_words.RELATION, without_fields(before), look.language):
        yield Finding(Rule.RELATION)
    if not found(lint_words.FACTS, look.paragraphs[-1], look.language):
        yield Finding(Rule.NOTE, len(look.paragraphs))
    yield from _both_amounts(look)


def _words(look: _Look) -> Iterator[Finding]:
    tone = TONE_OF_KEY.get(look.key)
    for where, text in enumerate((look.subject, *look.paragraphs)):
        bare = without_fields(text)
        for rule, words in _forbidden(look, tone):
            for word in found(words, bare, look.language):
                yield Finding(rule, where, word)
        for word in blame_in(bare, look.language):
            yield Finding(Rule.BLAME, where, word)
        for word in lint_words.CAPITALS.findall(bare):
            if word not in lint_words.CAPITALS_MEANT:
                yield Finding(Rule.CAPITALS, where, word)


def _forbidden(look: _Look, tone: Tone | None) -> list[tuple[Rule, Words]]:
    """The kinds of words a text must not have: lower tones may say less."""
    kinds = [(Rule.FEAR, lint_words.FEAR), (Rule.SHAME, lint_words.SHAME)]
    if look.key not in _FAMILY_IS_NAMED:
        kinds.append((Rule.THIRD_PARTY, lint_words.THIRD_PARTY))
    if look.way is Way.CALL:  # what colleagues read, not what is said
        return kinds
    if tone is Tone.COURTESY:
        kinds.append((Rule.DEBT_WORD, lint_words.DEBT))
    if tone is not None and tone <= Tone.REMINDER:
        kinds.append((Rule.INTEREST, lint_words.INTEREST))
    if tone is None or tone <= Tone.QUESTION:
        kinds.append((Rule.THREAT, lint_words.THREATS))
    if tone is Tone.FORMAL_NOTICE:
        kinds.append((Rule.INTENDED, lint_words.THREATS))
    return kinds
