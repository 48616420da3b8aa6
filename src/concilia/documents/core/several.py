"""
A message that contests several things: which of its words are a claim of their own.

What is claimed is one event on one document (domain.md §2.1): two invoices short by the same
mishap are one claim with two lines, a short delivery and a wrong price on another invoice are two.
Only what is clearly separate is taken apart: parts that name a document and a reason of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise
from typing import Final

from concilia.documents.core.claimed import claimed_amount
from concilia.documents.core.context import Context
from concilia.documents.core.judging import judge
from concilia.documents.core.kinds import kind_scores
from concilia.documents.core.line_reading import ReadLine
from concilia.documents.core.readings import KINDS
from concilia.documents.core.references import Reference
from concilia.documents.core.relevance import relevant_references
from concilia.documents.core.scoring import Choice
from concilia.kernel.reason_groups import are_one_event
from concilia.kernel.references import normalise_reference

TAKEN_APART: Final = frozenset({"claim", "credit_request"})
DOCUMENTS: Final = frozenset({"invoice", "delivery"})
REASON_MIN: Final = 0.5  # less sure of a part's reason, it is not clearly a claim of its own
PARTS_MAX: Final = 12
WORDS_BETWEEN_MIN: Final = 3
JOINT: Final = re.compile(
    r"[,;]|\b(?:and|while|but|e|ed|mentre|et|tandis|alors|y|mientras|pero|und|sowie|aber)\b",
    re.IGNORECASE,
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """
    One claim of a message: its reason, numbers and amount, each read inside `spans` only.

    `places` are (field, start, end) in the document's text, named like those of a reading.
    `lines` are the numbers of its lines in a table, from 0; their reasons have no confidence.
    """

    reason: str
    confidence: float | None
    alternatives: tuple[Choice, ...] = ()
    references: dict[str, tuple[str, ...]] = field(default_factory=dict)
    amount: Decimal | None = None
    currency: str | None = None
    places: tuple[tuple[str, int, int], ...] = ()
    spans: tuple[Span, ...] = ()
    lines: tuple[int, ...] = ()


def parts_of(context: Context, kind: str, claimed: Decimal | None) -> tuple[Part, ...]:
    """
    Return the separate claims of a message, the first one first; none where it is one claim.

    :param claimed: what the message as a whole claims, None if it does not say
    :return: at least two parts that share no number, no words and no amount, and together claim
        no more than the message
    """
    if kind not in TAKEN_APART or not context.is_letter or context.told.reason is not None:
        return ()
    groups = _groups(context)
    if not 1 < len(groups) <= PARTS_MAX:
        return ()
    parts = [_part(context, kind, spans) for spans in groups]
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return ()
    told = _of_one_event(known)
    if len(told) < len(groups) or not _adds_up(told, claimed):
        return ()
    return tuple(told)


def parts_of_lines(
    lines: Sequence[ReadLine], kind: str, claimed: Decimal | None, currency: str | None
) -> tuple[Part, ...]:
    """
    Return the separate claims of a table: its lines by document and reason.

    :return: none unless every line says which document, why and how much, and they add up
    """
    if kind not in TAKEN_APART or claimed is None:
        return ()
    if not all(line.document and line.reason and line.deducted for line in lines):
        return ()
    groups: list[list[int]] = []
    for n, line in enumerate(lines):
        same = [group for group in groups if any(_is_same(lines[k], line) for k in group)]
        groups = [group for group in groups if group not in same]
        groups.append([*(k for group in same for k in group), n])
    sums = [sum((Decimal(lines[n].deducted or 0) for n in group), Decimal(0)) for group in groups]
    if not 1 < len(groups) <= PARTS_MAX or sum(sums) > claimed:
        return ()
    return tuple(
        Part(
            reason=lines[group[0]].reason or "",
            confidence=None,
            references={"invoice": tuple(dict.fromkeys(lines[n].document or "" for n in group))},
            amount=added,
            currency=currency,
            lines=tuple(sorted(group)),
        )
        for group, added in sorted(zip(groups, sums, strict=True))
    )


def _is_same(one: ReadLine, two: ReadLine) -> bool:
    """Whether two lines are one claim: the same document, or reasons of one event."""
    numbers = {normalise_reference(line.document or "") for line in (one, two)}
    return len(numbers) == 1 or are_one_event(one.reason or "", two.reason or "")


def _groups(context: Context) -> list[tuple[Span, ...]]:
    """The words about each document: from where it is named to where another one is."""
    begin = context.body_start
    found = [each for each in context.references if each.kind in DOCUMENTS and each.start >= begin]
    spans: dict[str, list[Span]] = {}
    current = ""
    for start, end in _clauses(context, found):
        names = {normalise_reference(each.value) for each in found if start <= each.start < end}
        if names:
            current = _joined(spans, names)
        if current:
            spans[current].append((start, end))
    return [tuple(sorted(each)) for each in spans.values()]


def _joined(spans: dict[str, list[Span]], names: set[str]) -> str:
    """The group of these numbers; groups that a clause names together become one."""
    keys = [key for key in spans if names & set(key.split("\0"))]
    merged = [span for key in keys for span in spans.pop(key)]
    joined = "\0".join(sorted({*names, *(name for key in keys for name in key.split("\0"))}))
    spans[joined] = merged
    return joined


def _clauses(context: Context, found: Sequence[Reference]) -> Iterator[Span]:
    """The sentences of the body, each cut where it turns to another document."""
    tokens = [token for token in context.tokens if token.start >= context.body_start]
    starts = [
        token.start
        for before, token in pairwise([None, *tokens])
        if token and (before is None or before.sentence != token.sentence)
    ]
    for start, end in pairwise([*starts, len(context.live)]):
        inside = [each for each in found if start <= each.start < end]
        cuts = [cut for one, two in pairwise(inside) if (cut := _cut(context.live, one, two))]
        yield from pairwise([start, *cuts, end])


def _cut(text: str, one: Reference, two: Reference) -> int | None:
    """Where a sentence turns from one document to the next; None where it names them together."""
    between = text[one.end : two.start]
    joints = list(JOINT.finditer(between))
    if not joints or len(between[: joints[-1].start()].split()) < WORDS_BETWEEN_MIN:
        return None
    return one.end + joints[-1].start()


def _part(context: Context, kind: str, spans: Sequence[Span]) -> Part | None:
    """What the words in these places claim by themselves; None if they give no reason."""
    own = _only(context, spans)
    choices = [each for each in judge(own, kind_scores(own)).reasons if each.label]
    if not choices or choices[0].confidence < REASON_MIN:
        return None
    best = choices[0]
    found = relevant_references(own, kind)
    values: dict[str, list[str]] = {name: [] for name in KINDS}
    places = []
    for each in found:
        if each.value not in values[each.kind]:
            values[each.kind].append(each.value)
            places.append((f"references.{each.kind}", each.start, each.end))
    hits = next((each.hits for each in own.reasons if each.label == best.label), ())
    places += [("reason", hit.start, hit.end) for hit in hits[:2]]
    amount = claimed_amount(own, kind, (), None)
    if amount is not None and amount.start is not None:
        places.append(("claimed_amount", amount.start, amount.end))
    return Part(
        reason=best.label,
        confidence=best.confidence,
        alternatives=tuple(choices[1:4]),
        references={name: tuple(each) for name, each in values.items()},
        amount=amount.value if amount else None,
        currency=(amount.currency if amount else None) or context.currency,
        places=tuple(places),
        spans=tuple(spans),
    )


def _only(context: Context, spans: Iterable[Span]) -> Context:
    """The document with everything else blanked out, so that places stay what they are."""
    text = context.live
    pieces, position = [], 0
    for start, end in sorted(spans):
        pieces += [re.sub(r"[^\n]", " ", text[position:start]), text[start:end]]
        position = end
    blanked = "".join([*pieces, re.sub(r"[^\n]", " ", text[position:])])
    own = Context(
        replace(context.parsed, text=blanked, tables=()), context.written_on, context.told
    )
    # A line or two do not say in which language they are: the whole message does.
    own.__dict__["language"] = context.language
    own.__dict__["live"] = blanked
    own.__dict__["is_letter"] = True
    return own


def _of_one_event(parts: Sequence[Part]) -> list[Part]:
    """The parts whose reason or numbers no other part shares."""
    return [
        part
        for n, part in enumerate(parts)
        if not any(
            are_one_event(part.reason, other.reason) or _share(part, other)
            for k, other in enumerate(parts)
            if k != n
        )
    ]


def _share(one: Part, two: Part) -> bool:
    return bool(_numbers(one) & _numbers(two))


def _numbers(part: Part) -> set[str]:
    return {normalise_reference(text) for each in part.references.values() for text in each}


def _adds_up(parts: Sequence[Part], claimed: Decimal | None) -> bool:
    """
    Whether the parts claim no more than the message: what it names for one part is not its sum.

    A part without an amount may be anything: then nobody can say, and a person reads it whole.
    """
    amounts = [part.amount for part in parts if part.amount is not None]
    if len({part.currency for part in parts if part.amount is not None}) > 1:
        return False
    if claimed is None or claimed in amounts:
        return True
    return len(amounts) == len(parts) and sum(amounts) <= claimed
