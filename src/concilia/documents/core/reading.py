"""
What a document says, in the terms of the contract `concilia read` (interfaces.md).

`read_document` judges one parsed document; `combine.py` joins a message with its parts. Pure: no
file, no clock, no network. Every value is a proposal with its place (domain.md R-2.20).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from concilia.documents.core.amounts import money
from concilia.documents.core.articles import articles_of
from concilia.documents.core.claimed import claimed_amount, refused_amount
from concilia.documents.core.context import Context
from concilia.documents.core.doubt import ACCEPTED, needs_review
from concilia.documents.core.judging import Judgement, judge
from concilia.documents.core.kinds import (
    CLAIMING,
    MACHINES,
    SETTLING,
    Kind,
    decide_kind,
    kind_scores,
)
from concilia.documents.core.line_reading import (
    kind_of_tables,
    lines_of_reason,
    reasons_of_lines,
    settle_lines,
)
from concilia.documents.core.loose import loose_numbers
from concilia.documents.core.parsed import ParsedDocument
from concilia.documents.core.picking.picker import picker
from concilia.documents.core.readings import KINDS, Evidence, Reading
from concilia.documents.core.relevance import meant, relevant_references, signed_customers
from concilia.documents.core.replies import find_motive, find_promise, implied_promise
from concilia.documents.core.scoring import Choice, Scored
from concilia.documents.core.signals import Signals
from concilia.documents.core.stated import StatedPaper
from concilia.documents.core.stated_reading import (
    claimed_of,
    language_of,
    lines_of,
    places_of,
    reasons_of,
    settled,
)
from concilia.documents.core.statements import statement_lines, statement_total
from concilia.documents.core.told import NOTHING, Told
from concilia.documents.core.told_values import amount_told, with_told_references
from concilia.documents.core.totals import Found, cut_beside, document_total, paid_beside
from concilia.documents.core.trust import Seen
from concilia.documents.core.words import Hit
from concilia.kernel.non_payment import UNKNOWN

EVEN: Final = 0.6  # below, another kind is about as likely
STATED: Final = 0.99  # a structured message says itself what it is
REASON_SHOWN: Final = 0.2  # below, the reason is left open
REASON_LIKELY: Final = 0.5
SPOKEN_MIN: Final = 1.5
UNCUT: Final = frozenset({"FI-01", "FI-13", "FI-14"})
ALTERNATIVES: Final = 3
CLAIM_POSSIBLE: Final = 0.01  # below, nobody needs to know which reason it would have
CONTESTING: Final = frozenset({"NR-01", "NR-11", "NR-18"})
DELAYING: Final = frozenset(
    {None, *(f"NR-0{number}" for number in (0, 2, 3, 4, 5, 6, 7, 9)), "NR-10"}
)
PROMISING: Final = frozenset({"claim", "other", "remittance_advice", "order"})
UNSURE_STRICT: Final = frozenset({"payment_reply", "bank_statement"})
CLAIMED_ANYWAY: Final = CLAIMING | {"bank_statement", "remittance_advice"}
FILING: Final = frozenset({"claim", "customer"})  # whose it is, and what it answers
NUMBER_CHARS: Final = 12
NUMBER_BEFORE: Final = re.compile(r"(?:\d+[.,])+\Z")
NUMBER_AFTER: Final = re.compile(r"(?:[.,]\d+)+")


def read_document(
    parsed: ParsedDocument,
    *,
    source: str,
    sha256: str,
    written_on: dt.date | None = None,
    told: Told = NOTHING,
    signals: Signals | None = None,
) -> Reading:
    """
    Return what one document says by itself, without its parts.

    :param written_on: the day it was written, for relative dates; a mail's own date wins
    :param told: what people of the company said of the like
    :param signals: takes what is kept for learning
    """
    context = Context(parsed, _mail_date(parsed) or written_on, told)
    if parsed.stated is not None:
        return _stated(context, parsed.stated, source, sha256)
    if parsed.statement is not None:
        return _statement(context, source, sha256)
    scores = kind_scores(context)
    judged = judge(context, scores)
    kind = _told_kind(context, decide_kind(context, scores, judged.kinds, judged.by_words), scores)
    if signals is not None:
        signals.note(context, judged)
    reading = Reading(
        source=source,
        sha256=sha256,
        format=parsed.format,
        language=context.language,
        kind=kind.name,
        kind_confidence=kind.confidence,
        currency=context.currency,
        evidence=_kind_evidence(context, kind),
        warnings=parsed.warnings,
    )
    if kind.name in MACHINES:
        return replace(reading, currency=None, needs_review=kind.confidence < ACCEPTED)
    reading = _with_values(reading, context, judged, signals)
    reading = _with_answers(reading, context, judged)
    reading = replace(reading, seen=_seen(context, judged, reading))
    return replace(reading, needs_review=needs_review(reading))


def _seen(context: Context, judged: Judgement, reading: Reading) -> Seen:
    """Note what speaks for and against the reading as a whole."""
    kept = {value for values in reading.references.values() for value in values}
    named = {each.value: each.labelled for each in reversed(context.references)}
    told = context.told.motive is not None
    heard = next((each.label for each in context.reasons), None)
    return replace(
        reading.seen,
        kind_disputed=bool(judged.by_words) and judged.by_words[0].label != reading.kind,
        reason_disputed=heard is not None and heard != reading.reason,
        reason_unheard=heard is None,
        motive=1.0 if told else max((each.confidence for each in judged.motives), default=0.0),
        unlabelled=sum(not labelled for value, labelled in named.items() if value in kept),
        dropped=sum(value not in kept for value in named),
        loose=loose_numbers(context),
        amounts=len({each.value for each in context.amounts}),
        words=len(context.tokens),
    )


def _with_values(
    reading: Reading, context: Context, judged: Judgement, signals: Signals | None
) -> Reading:
    """Find the numbers, lines, articles and amounts."""
    reading = _with_references(reading, context)
    likely = judged.kinds if reading.kind_confidence < ACCEPTED else ()
    reading = _with_lines(reading, context, kind_of_tables(reading.kind, likely), signals)
    reading = replace(reading, articles=articles_of(context, reading.kind))
    return _with_amounts(reading, context, judged)


def _with_answers(reading: Reading, context: Context, judged: Judgement) -> Reading:
    """Say why, and what is promised, where the kind of document says such things."""
    if reading.kind in CLAIMING or reading.kind == "remittance_advice":
        reading = _with_reason(reading, context, judged)
    if not reading.alternatives:
        reading = _with_reasons_if_claimed(reading, judged)
    if reading.kind == "payment_reply":
        reading = _with_reply(reading, context, judged)
    elif context.is_letter and reading.kind in PROMISING:
        reading = _with_promise(reading, context)
    if reading.claimed_amount is None and reading.total_amount is None and not reading.lines:
        named = context.amounts or reading.kind in CLAIMED_ANYWAY
        reading = replace(reading, currency=reading.currency if named else None)
    return reading


def _told_kind(context: Context, kind: Kind, scores: Mapping[str, Scored]) -> Kind:
    """A person's word on the like stands over the judgement, not over what a machine marked."""
    told = context.told.kind
    if told is None or kind.name in MACHINES:
        return kind
    return Kind(told.label, told.confidence, scores.get(told.label))


def _mail_date(parsed: ParsedDocument) -> dt.date | None:
    written = parsed.metadata.get("date")
    return dt.date.fromisoformat(written) if written else None


def _statement(context: Context, source: str, sha256: str) -> Reading:
    statement = context.parsed.statement
    assert statement is not None
    return Reading(
        source=source,
        sha256=sha256,
        format=context.parsed.format,
        kind="bank_statement",
        kind_confidence=0.99,
        currency=next(
            (account.currency for account in statement.accounts if account.currency), None
        )
        or next(
            (entry.currency for account in statement.accounts for entry in account.entries), None
        ),
        total_amount=statement_total(statement),
        lines=statement_lines(statement),
        warnings=context.parsed.warnings,
    )


def _stated(context: Context, paper: StatedPaper, source: str, sha256: str) -> Reading:
    """A structured message says what it is; only what its codes leave open is read from words."""
    paper = settled(paper, context)
    lines = lines_of(paper, context)
    claimed = claimed_of(paper)
    reasons: list[Choice] = []
    if paper.kind in CLAIMING or paper.kind == "remittance_advice":
        reasons = reasons_of(paper, context, claimed=claimed is not None)
    values: dict[str, list[str]] = {kind: [] for kind in KINDS}
    for reference in paper.references:
        if reference.value not in values[reference.kind]:
            values[reference.kind].append(reference.value)
    reading = Reading(
        source=source,
        sha256=sha256,
        format=context.parsed.format,
        language=language_of(paper, context),
        kind=paper.kind,
        kind_confidence=STATED,
        reason=reasons[0].label if reasons else None,
        reason_confidence=reasons[0].confidence if reasons else None,
        alternatives=tuple(reasons[1 : ALTERNATIVES + 1]),
        non_payment_reason=paper.motive if paper.kind == "payment_reply" else None,
        references={kind: tuple(each) for kind, each in values.items()},
        claimed_amount=money(claimed, paper.currency) if claimed is not None else None,
        currency=paper.currency,
        total_amount=money(paper.total.value, paper.currency) if paper.total else None,
        lines=lines,
        evidence=tuple(spot(context, name, *place) for name, place in places_of(paper)),
        warnings=context.parsed.warnings,
    )
    return replace(reading, needs_review=needs_review(reading))


def _kind_evidence(context: Context, kind: Kind) -> tuple[Evidence, ...]:
    if kind.evidence is None or not kind.evidence.hits:
        return ()
    hits = sorted(kind.evidence.hits, key=lambda hit: -hit.weight)[:2]
    return tuple(_words(context, "kind", hit) for hit in hits)


def _words(context: Context, name: str, hit: Hit) -> Evidence:
    """Return the words that spoke; where they begin or end inside a number, with all of it."""
    begun = NUMBER_BEFORE.search(context.parsed.text, max(0, hit.start - NUMBER_CHARS), hit.start)
    ended = NUMBER_AFTER.match(context.parsed.text, hit.end, hit.end + NUMBER_CHARS)
    at_digit = context.parsed.text[hit.start : hit.start + 1].isdigit()
    to_digit = context.parsed.text[hit.end - 1 : hit.end].isdigit()
    start = begun.start() if begun and at_digit else hit.start
    return spot(context, name, start, ended.end() if ended and to_digit else hit.end)


def spot(context: Context, name: str, start: int, end: int) -> Evidence:
    """Return the evidence for a field at a place of the document's text."""
    text = context.parsed.text[start:end]
    return Evidence(name, text, None, context.parsed.page_of(start), start, end)


def _with_references(reading: Reading, context: Context) -> Reading:
    picked = picker().numbers(context, reading.kind, relevant_references(context, reading.kind))
    found = meant(picked.references, context, reading.kind)
    if reading.kind == "bank_statement":
        found = []  # what moved on an account of ours is no claim
    elif reading.kind == "other" and reading.kind_confidence >= ACCEPTED:
        found = [each for each in found if each.kind in FILING]  # it has no live claim
    else:
        found += signed_customers(context, found)
    values: dict[str, list[str]] = {kind: [] for kind in KINDS}
    evidence = []
    for reference in found:
        if reference.value not in values[reference.kind]:
            values[reference.kind].append(reference.value)
            name = f"references.{reference.kind}"
            evidence.append(spot(context, name, reference.start, reference.end))
    told = with_told_references(context, values)
    evidence.extend(spot(context, *place) for place in told)
    return replace(
        reading,
        references={kind: tuple(each) for kind, each in values.items()},
        evidence=(*reading.evidence, *evidence),
        seen=replace(reading.seen, numbers_sure=picked.sure, numbers_disputed=picked.disputed),
    )


def _with_lines(reading: Reading, context: Context, kind: str, signals: Signals | None) -> Reading:
    """Read the tables; the documents a remittance cut are its references."""
    settled = settle_lines(context, kind)
    if signals is not None:
        signals.codes = list(settled.codes)
    if not settled.lines:
        return reading
    evidence = tuple(
        spot(context, f"lines.{index}.{name}", cell.start, cell.end)
        for index, cells in enumerate(settled.cells)
        for name, cell in cells.items()
    )
    references = dict(reading.references)
    listed = {line.document for line in settled.lines}
    references["customer"] = tuple(v for v in references["customer"] if v not in listed)
    if reading.kind == "remittance_advice":
        references["invoice"] = ()
    if reading.kind in SETTLING and reading.kind != "payment_reply":
        for kind_of_paper, named in settled.papers.items():
            known = references[kind_of_paper]
            references[kind_of_paper] = tuple(dict.fromkeys((*known, *named)))
    return replace(
        reading,
        lines=settled.lines,
        references=references,
        currency=reading.currency or settled.currency,
        seen=replace(reading.seen, lines_sure=settled.sure),
        evidence=(*reading.evidence, *evidence),
    )


def _claimed_by_rules(reading: Reading, context: Context, total: Found | None) -> Found | None:
    """What words, tables and arithmetic make the claim; of a document hardly understood as well."""
    claimed = claimed_amount(context, reading.kind, reading.lines, total)
    claims = reading.kind in CLAIMING or reading.kind == "remittance_advice"
    unsure = not claims and reading.kind_confidence < ACCEPTED
    if unsure and context.is_letter:
        claimed = refused_amount(context, strict=reading.kind in UNSURE_STRICT)
    doubtful = reading.kind == "remittance_advice" and reading.kind_confidence < ACCEPTED
    if doubtful and context.is_letter and claimed is None:
        claimed = refused_amount(context, strict=False, beside=total)
        if claimed is None and reading.kind_confidence < EVEN:
            claimed = refused_amount(context, strict=False)
    return claimed


def _with_amounts(reading: Reading, context: Context, judged: Judgement) -> Reading:
    """Find what is claimed and what the document itself adds up to."""
    evidence = list(reading.evidence)
    currency = reading.currency
    total = document_total(context, reading.kind, reading.lines)
    total = amount_told(context, "total_amount") or total
    claimed = _claimed_by_rules(reading, context, total)
    seen = reading.seen
    if reading.kind != "payment_reply":  # its motive has a say (`_with_reply`)
        why = judged.reasons[0].label if judged.reasons and reading.kind in CLAIMING else ""
        picked = picker().claimed(context, reading.kind, claimed, why)
        claimed = picked.claimed
        seen = replace(seen, claim_sure=picked.sure, sum_disputed=picked.disputed)
    claimed = amount_told(context, "claimed_amount") or claimed
    if reading.kind == "remittance_advice":
        if claimed is None and _is_cut_in_words(reading, context, judged):
            claimed, total = _reckoned(context, total)
        total = total or paid_beside(context, claimed)
    if claimed is not None and claimed.start is not None:
        evidence.append(spot(context, "claimed_amount", claimed.start, claimed.end))
    if total is not None and total.start is not None:
        evidence.append(spot(context, "total_amount", total.start, total.end))
    references = reading.references
    sure = reading.kind == "remittance_advice" and reading.kind_confidence >= ACCEPTED
    if sure and claimed is None and not reading.lines:
        references = {**references, "invoice": ()}  # all paid: nothing is contested
    for each in (claimed, total):
        currency = (each.currency if each is not None else None) or currency
    return replace(
        reading,
        references=references,
        currency=currency,
        claimed_amount=money(claimed.value, currency) if claimed is not None else None,
        total_amount=money(total.value, currency) if total is not None else None,
        evidence=tuple(evidence),
        seen=seen,
    )


def _with_reason(reading: Reading, context: Context, judged: Judgement) -> Reading:
    choices: Sequence[Choice] = judged.reasons
    if reading.kind == "remittance_advice":
        choices = reasons_of_lines(reading.lines) or judged.reasons
        if reading.claimed_amount is None:
            choices = _spoken_of(context, judged)
            if not choices:
                return reading
    if context.told.reason is not None:
        told = context.told.reason
        choices = [told, *(choice for choice in choices if choice.label != told.label)]
    shown = [choice for choice in choices if choice.confidence >= REASON_SHOWN]
    best = shown[0] if shown else None
    others = [choice for choice in choices if best is None or choice.label != best.label]
    hits = next(
        (each.hits for each in context.reasons if best is not None and each.label == best.label), ()
    )
    evidence = tuple(_words(context, "reason", hit) for hit in hits[:2])
    return replace(
        reading,
        lines=lines_of_reason(reading.lines, reading.kind, best.label if best else None),
        reason=best.label if best else None,
        reason_confidence=best.confidence if best else None,
        alternatives=tuple(others[:ALTERNATIVES]),
        evidence=(*reading.evidence, *evidence),
    )


def _reckoned(context: Context, total: Found | None) -> tuple[Found | None, Found | None]:
    """Return what arithmetic says was cut from an advice in prose, and what was paid then."""
    cut = cut_beside(context)
    return cut, (paid_beside(context, cut) if cut is not None else None) or total


def _is_cut_in_words(reading: Reading, context: Context, judged: Judgement) -> bool:
    """Whether an advice in prose says why it was cut; a discount and a part are no cuts."""
    spoken = _spoken_of(context, judged)
    return bool(spoken) and spoken[0].label not in UNCUT and not reading.lines


def _spoken_of(context: Context, judged: Judgement) -> list[Choice]:
    """Why an advice was cut of which no cut was found: what classifier and phrases both say."""
    named = {each.label for each in context.reasons if each.score >= SPOKEN_MIN}
    likely = [each for each in judged.reasons[:1] if each.confidence >= REASON_LIKELY]
    return [each for each in likely if each.label in named]


def _with_reasons_if_claimed(reading: Reading, judged: Judgement) -> Reading:
    """What may be a claim after all has no reason, but says which it would have."""
    claims = sum(each.confidence for each in judged.kinds if each.label in CLAIMING)
    if claims < CLAIM_POSSIBLE:
        return reading
    likeliest = judged.reasons[:ALTERNATIVES]
    choices = (Choice(each.label, claims * each.confidence) for each in likeliest)
    return replace(reading, alternatives=tuple(choices))


def _with_promise(reading: Reading, context: Context) -> Reading:
    """Who contests one thing may promise to pay another."""
    promise, place = find_promise(context)
    if promise is None or promise.date is None or place is None:
        return reading
    evidence = (*reading.evidence, spot(context, "promise", *place))
    return replace(reading, promise=promise, evidence=evidence)


def _with_reply(reading: Reading, context: Context, judged: Judgement) -> Reading:
    promise, place = find_promise(context)
    motive, hits = find_motive(context, judged, has_promise=promise is not None)
    if promise is None and motive in DELAYING:
        promise, place = implied_promise(context)
        motive = motive or (UNKNOWN if promise else None)
    if context.told.motive is not None and context.told.motive.label != motive:
        motive, hits = context.told.motive.label, ()
    evidence = [_words(context, "non_payment_reason", hit) for hit in hits[:2]]
    if promise is not None and place is not None:
        evidence.append(spot(context, "promise", *place))
    refused = refused_amount(context) if motive in CONTESTING else None
    picked = picker().claimed(context, reading.kind, refused, motive or "")
    refused = picked.claimed
    reading = replace(reading, seen=replace(reading.seen, claim_sure=picked.sure))
    if refused is not None and refused.start is not None:
        evidence.append(spot(context, "claimed_amount", refused.start, refused.end))
        amount = money(refused.value, refused.currency or reading.currency)
        reading = replace(reading, claimed_amount=amount)
    return replace(
        reading,
        non_payment_reason=motive,
        promise=promise,
        evidence=(*reading.evidence, *evidence),
    )
