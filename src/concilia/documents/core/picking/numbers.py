"""
Which numbers of a text are papers, of which kind, and meant by what it says.

The rules (`references.py`, `unlabelled.py`, `relevance.py`) propose; every other number of the text
is a candidate as well. Each is judged by what stands around it, how it looks, and what the rules
made of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from concilia.documents.core.classifier.features import Features
from concilia.documents.core.context import Context
from concilia.documents.core.loose import LETTERED
from concilia.documents.core.picking.surroundings import Signs, Surroundings
from concilia.documents.core.places import Places, Span
from concilia.documents.core.references import Reference, alike, find_references, masked
from concilia.documents.core.relevance import places_in_tables
from concilia.documents.core.unlabelled import NUMBER

CANDIDATES_MAX: Final = 24  # a text with more numbers is a list, which rules read
DIGITS_MIN: Final = 2
DIGITS_SHOWN: Final = 12
COUNTED_MAX: Final = 6
SHORT_RUN: Final = 4
GROUP_AFTER: Final = re.compile(r" \d{3,7}(?![\w]|[.,/:-]\d)(?:[-/]\d+)?")
SERIES_BEFORE: Final = re.compile(r"(?<![\w])([A-Z]{1,4}) $")
SERIES_CHARS: Final = 5
# `7002 9914 36`, `0078 119 402`: three groups and more, as one reads them aloud.
GROUPS: Final = re.compile(r"(?<![\w.,/+-])\d{1,5}(?: \d{1,5}){2,5}(?![\w]|[.,/:-]\d)")
GROUPS_DIGITS_MIN: Final = 5
LETTERED_DIGITS_MIN: Final = 3
DIGITS: Final = re.compile(r"\d+")
LETTERS: Final = re.compile(r"[A-Za-z]+")
YEAR: Final = re.compile(r"(?<!\d)(?:20)?2[4-7](?!\d)")
STRONG: Final = 2.0
CLEAR: Final = 1.5
ELSEWHERE: Final = 0.8
TELLING: Final = ("zb:", "za:", "lb:", "la:", "a0:", "a1:", "b0:")
KEPT, DROPPED, NEW = "kept", "dropped", "new"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number at characters [start, end): what the rules made of it, and its signs."""

    value: str
    start: int
    end: int
    status: str
    rule: Reference | None
    features: Features


def number_candidates(context: Context, kind: str, named: Sequence[Reference]) -> list[Candidate]:
    """
    Return all numbers of the live text, outside of tables, that may be papers, in order.

    :param kind: what the document is
    :param named: what the rules take for what it is about
    :return: nothing where the text is a list of numbers
    """
    spans = _spans(context, kind, named)
    if len(spans) > CANDIDATES_MAX:
        return []
    around = Surroundings(context)
    text = context.live
    older = _said_before(context)
    beside = {span: around.signs(*span) for span in sorted(spans)}
    return [
        Candidate(
            text[slice(*span)],
            *span,
            *spans[span],
            Features(
                beside[span]
                | _own_signs(context, kind, spans, span)
                | _quoted_signs(older, text[slice(*span)])
                | _said_elsewhere(beside, span, text),
                {},
            ),
        )
        for span in beside
    ]


def _said_elsewhere(beside: Mapping[Span, Signs], span: Span, text: str) -> Signs:
    """
    What stands around the same number where it is named again: an invoice in the subject is paid
    if the text says so.
    """
    value = text[slice(*span)]
    return {
        f"e:{name}": weight * ELSEWHERE
        for other, signs in beside.items()
        if other != span and text[slice(*other)] == value
        for name, weight in signs.items()
        if name.startswith(TELLING)
    }


def _said_before(context: Context) -> dict[str, str] | None:
    """Return the papers that older mails below name, by number, with their kinds; None if none."""
    quoted = context.quoted
    if not any(map(str.isdigit, quoted)):
        return None
    return {each.value: each.kind for each in reversed(find_references(quoted))}


def _quoted_signs(older: dict[str, str] | None, value: str) -> Signs:
    """Whether the mail that is answered named the number, and as what."""
    if older is None:
        return {}
    said = older.get(value)
    return {f"q:{said}": CLEAR, "quoted": 1.0} if said else {"not quoted": 1.0}


def _spans(
    context: Context, kind: str, named: Sequence[Reference]
) -> dict[Span, tuple[str, Reference | None]]:
    listed = Places(places_in_tables(context, rows=kind == "remittance_advice"))
    spans: dict[Span, tuple[str, Reference | None]] = {}
    for status, references in ((DROPPED, context.references), (KEPT, named)):
        for each in references:
            if each.start not in listed:
                spans[each.start, each.end] = (status, each)
    if len(spans) <= CANDIDATES_MAX:
        _add_others(spans, context, listed)
    return spans


def _add_others(
    spans: dict[Span, tuple[str, Reference | None]], context: Context, listed: Places
) -> None:
    """Add the numbers the rules made nothing of, up to more than are judged."""
    known = [(each.start, each.end) for each in context.amounts]
    taken = Places([*known, *((each.start, each.end) for each in context.dates)])
    for span in _numbers(masked(context.live)):
        if span in spans or span[0] in listed or taken.holds(*span):
            continue
        if sum(map(str.isdigit, context.live[slice(*span)])) >= DIGITS_MIN:
            spans[span] = (NEW, None)
        if len(spans) > CANDIDATES_MAX:
            break


def _numbers(text: str) -> list[Span]:
    """Where numbers stand; also with the groups of digits after, or the letters before them."""
    found: list[Span] = [
        match.span()
        for match in GROUPS.finditer(text)
        if sum(map(str.isdigit, match[0])) >= GROUPS_DIGITS_MIN
    ][:CANDIDATES_MAX]
    found += [
        match.span()
        for match in LETTERED.finditer(text)
        if sum(map(str.isdigit, match[0])) >= LETTERED_DIGITS_MIN
    ][:CANDIDATES_MAX]
    for match in NUMBER.finditer(text):
        start, end = match.span()
        found.append((start, end))
        series = SERIES_BEFORE.search(text, max(0, start - SERIES_CHARS), start)
        begins = [start, series.start(1)] if series else [start]
        found += [(begin, end) for begin in begins[1:]]
        if group := GROUP_AFTER.match(text, end):
            found += [(begin, group.end()) for begin in begins]
        if len(found) > CANDIDATES_MAX * 2:
            break
    return found


def _own_signs(
    context: Context, kind: str, spans: dict[Span, tuple[str, Reference | None]], span: Span
) -> Signs:
    """How a number looks, what the rules made of it, and of the others."""
    status, rule = spans[span]
    said = rule.kind if rule else "-"
    signs: Signs = {
        f"r:{status}:{said}": STRONG,
        f"k:{kind}": 1.0,
        f"k:{kind}:{status}:{said}": 1.5,
        f"n:{min(len(spans), COUNTED_MAX)}": 1.0,
    }
    if rule is not None:
        signs[f"r:{status}:{said}:{'word' if rule.labelled else 'shape'}"] = STRONG
    if span[0] < context.body_start:
        signs[f"subject:{said}"] = 1.0
    if context.is_letter:
        signs["letter"] = 1.0
    if not context.live[context.live.rfind("\n", 0, span[0]) + 1 : span[0]].strip():
        signs["begins its line"] = 1.0
    return signs | _looks(context.live[slice(*span)]) | _beside(spans, span, context.live)


def _looks(value: str) -> Signs:
    """Return the shape of a number: its letters, digits and marks."""
    digits = sum(char.isdigit() for char in value)
    signs: Signs = {
        "sh:" + DIGITS.sub(_run, value): 1.0,
        "sg:" + LETTERS.sub("A", DIGITS.sub("9", value)): 1.0,
        f"digits:{min(digits, DIGITS_SHOWN)}": 1.0,
    }
    if value.isdigit():
        signs[f"only digits:{min(digits, DIGITS_SHOWN)}"] = 1.0
    if prefix := LETTERS.match(value):
        signs["prefix:" + prefix[0].lower()] = 1.0
    if YEAR.search(value):
        signs["year"] = 1.0
    return signs


def _run(found: re.Match[str]) -> str:
    length = len(found[0])
    return "9" * length if length < SHORT_RUN else f"9{length}"


def _beside(spans: dict[Span, tuple[str, Reference | None]], span: Span, text: str) -> Signs:
    """What the other numbers of the text say of this one."""
    value, (status, _) = text[slice(*span)], spans[span]
    signs: Signs = {}
    others = [(at, *said) for at, said in spans.items() if at != span]
    named = [(state, each) for _, state, each in others if each is not None]
    for state, each in named:
        if alike(each.value, value):
            signs[f"like:{each.kind}:{state}"] = 1.0
        if each.value == value:
            signs["again"] = 1.0
    places = sorted(spans)
    signs["first" if places[0] == span else "not first"] = 1.0
    signs["last" if places[-1] == span else "not last"] = 1.0
    if status != KEPT and not any(state == KEPT for state, _ in named):
        signs["none is named"] = 1.0
    if status != KEPT and any(state == KEPT and each.kind == "invoice" for state, each in named):
        signs["an invoice is named"] = 1.0
    if any(at[0] <= span[0] and span[1] <= at[1] for at, _, _ in others):
        signs["inside another"] = 1.0
    if any(span[0] <= at[0] and at[1] <= span[1] for at, _, _ in others):
        signs["around another"] = 1.0
    return signs
