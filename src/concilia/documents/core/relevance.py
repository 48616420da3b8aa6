"""
Which of the numbers in a document belong to its claim.

Not those of items the writer says are paid, nor the rest of a reminder's list (interfaces.md).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from typing import Final

from concilia.documents.core.context import Context
from concilia.documents.core.lexicon.beside_numbers import YOUR_NOTE, YOURS
from concilia.documents.core.lexicon.labels import (
    CONSIGNMENT,
    DENIED,
    INSTEAD,
    INSURER,
    LAWYERS,
    OFFSET,
    ORDERED_BEFORE,
    OUR_REF,
    OWN,
    OWN_PAPER,
    PAYMENT_REFERENCE,
    SETTLED,
    SETTLED_IN_BRACKETS,
)
from concilia.documents.core.own_number import with_own_number
from concilia.documents.core.places import Places
from concilia.documents.core.references import GROUPED, Reference, alike, find_references
from concilia.documents.core.scoring import Scored
from concilia.documents.core.series import with_series
from concilia.documents.core.words import fold

PAID: Final = "NR-08"
FOCUS_MIN: Final = 3.0
OWN_CHARS: Final = 40
LISTED: Final = re.compile(r"\s*(?:,|;|&|\+|/|and|und|et|e|y)\s*")
DEBIT_PREFIX: Final = re.compile(r"\b(?:DN|ND|RA|BA|BB|NC)\s?$")
SETTLED_ALREADY: Final = "FI-08"
SETTLED_CHARS: Final = 25
CLAUSE_CHARS: Final = 300
CLAUSE: Final = re.compile(
    r"[.;!?](?:\s|$)|\n|[,:]\s(?:but|however|except|only|aber|jedoch|nur|ma|pero|salvo|mais|sauf|solo|seul\w*)\b|,\s(?:die|la|the|el|il)\s(?=[a-z]{0,5}[-/]?\d)"
)
OWN_TOP_CHARS: Final = 900
OFFSET_CHARS: Final = 110
OWN_PAPER_CHARS: Final = 90
CONTESTED_ALONE: Final = frozenset({"delivery", "order", "return"})
DENIED_CHARS: Final = 24
MARKS: Final = re.compile(r"[\W_]")
TAIL_MIN: Final = 3
OFFSETTING: Final = frozenset({"claim", "payment_reply", "debit_note", "remittance_advice"})
OWN_NUMBERED: Final = frozenset({"debit_note", "promotion_invoice"})
LETTERS: Final = frozenset(
    {"credit_note", "other", "order", "receiving_advice", "invoice", "proof_of_delivery"}
)
LISTING_GOODS: Final = frozenset({"order", "delivery_note", "receiving_advice"})
SETTLED_KINDS: Final = frozenset({"claim", "payment_reply", "credit_request", "debit_note"})


def relevant_references(context: Context, kind: str) -> list[Reference]:
    """Return the references that are what the document is about, in order."""
    listed = Places(places_in_tables(context, rows=kind == "remittance_advice"))
    references = [
        _own(each, context, kind)
        for each in context.references
        if each.start not in listed
        and not _is_of_a_payment(each, context)
        and not _is_of_a_lawyer(each, context)
    ]
    if kind == "proof_of_delivery":
        references = _without_carriers(references, context)
    references = with_own_number(_with_own_prefix(references, context, kind), context, kind)
    references = _once(_listed_own(references, context))
    if kind not in SETTLED_KINDS and not (context.is_letter and kind in LETTERS):
        return references
    starts = [token.start for token in context.tokens]
    sentence_of = {
        reference: context.tokens[max(0, bisect_right(starts, reference.start) - 1)].sentence
        for reference in references
        if context.tokens
    }
    focus = _sentences(context.reasons, FOCUS_MIN) | _sentences(
        [each for each in context.motives if each.label != PAID], FOCUS_MIN
    )
    focus |= _sentences([each for label, each in context.wishes.items() if label == "claim"], 3.0)
    focus |= _sentences(
        [each for label, each in context.reply_signs.items() if label == "promise"], 3.0
    )
    paid = _sentences([each for each in context.motives if each.label == PAID], FOCUS_MIN)
    reminded = _sentences(
        [each for label, each in context.reply_signs.items() if label == "reminder"], 2.0
    )
    beside = (paid | reminded) - focus
    settled = Places(_settled(context))
    kept = [
        each
        for each in references
        if each.kind != "invoice"
        or (
            sentence_of.get(each, -1) not in beside
            and each.start not in settled
            and not _is_denied(each, context)
        )
    ]
    left = {each.kind for each in kept}
    if listed or "invoice" in left:
        return kept
    if kind != "payment_reply" and left & CONTESTED_ALONE:
        return [each for each in references if each.labelled or each in kept]
    return references


def meant(picked: list[Reference], context: Context, kind: str) -> list[Reference]:
    """
    Return what is said in the end: numbers as printed, none settled, the paper's own among them.

    :param picked: what the picker chose
    """
    found = [
        each
        for each in (with_series(each, context.live) for each in picked)
        if (each.labelled or not GROUPED.fullmatch(each.value))
        and not _is_of_a_lawyer(each, context)
        and not (kind in LISTING_GOODS and each.kind == "invoice" and not each.labelled)
    ]
    if kind == "proof_of_delivery":
        found = _without_carriers(found, context)
    found = _without_settled(_printed_once(_once(found)), context, kind)
    return with_own_number(found, context, kind)


def signed_customers(context: Context, found: list[Reference]) -> list[Reference]:
    """Return the writer's number in our books from below the closing, where none stands above."""
    if not context.signed.strip() or any(each.kind == "customer" for each in found):
        return []
    signed = find_references(context.signed)
    return [each for each in signed if each.kind == "customer" and each.labelled]


def _printed_once(references: list[Reference]) -> list[Reference]:
    """Of `EF-33091` and `EF33091`, which is how a bank prints it, the first way is kept."""
    first: dict[str, Reference] = {}
    for each in sorted(references, key=lambda each: not each.labelled):
        first.setdefault(MARKS.sub("", each.value), each)
    return [each for each in references if first[MARKS.sub("", each.value)].value == each.value]


def _without_settled(references: list[Reference], context: Context, kind: str) -> list[Reference]:
    """A number that is called settled is so everywhere, in the subject too, if another is left."""
    if kind not in SETTLED_KINDS or not context.is_letter:
        return references
    clauses = Places(_settled(context))
    named = [each for each in (*context.references, *references) if each.kind == "invoice"]
    settled = {each.value for each in named if each.start in clauses or _is_denied(each, context)}
    left = [each for each in references if each.kind != "invoice" or each.value not in settled]
    return left if any(each.kind == "invoice" for each in left) else references


def places_in_tables(context: Context, *, rows: bool) -> list[tuple[int, int]]:
    """Return the places of the documents in tables, or of their whole rows: those are lines."""
    cells = [
        (line.cells if rows else {"document": line.cells["document"]}).values()
        for table in context.tables
        for line in table.lines
        if "document" in line.cells
    ]
    return [(min(c.start for c in row), max(c.end for c in row)) for row in map(list, cells)]


def _own(reference: Reference, context: Context, kind: str) -> Reference:
    """
    An invoice of the sender's own is their claim: the one a promotion invoice is, one set off.
    """
    if reference.kind == "claim" and not reference.labelled and _is_yours(reference, context):
        return replace(reference, kind="invoice")
    if reference.kind == "claim" and _is_of_an_order(reference, context):
        return replace(reference, kind="order")
    if reference.kind != "invoice":
        return reference
    titles = context.titles.get("invoice") or context.titles.get("promotion_invoice")
    is_this = kind == "promotion_invoice" and (
        context.is_letter
        or (titles and any(0 <= reference.start - hit.start < OWN_CHARS for hit in titles.hits))
    )
    set_off = kind in OFFSETTING and (
        _is_set_off(reference, context) or _is_own_paper(reference, context)
    )
    if is_this or set_off:
        return replace(reference, kind="claim")
    return reference


def _listed_own(references: list[Reference], context: Context) -> list[Reference]:
    """What follows in the same list is the sender's own as well: `our invoices T-11, T-14`."""
    done: list[Reference] = []
    for each in references:
        before = done[-1] if done else None
        if before is not None and before.kind == "claim" and each.kind == "invoice":
            between = context.live[before.end : each.start]
            if LISTED.fullmatch(fold(between)) and alike(before.value, each.value):
                each = replace(each, kind="claim")  # noqa: PLW2901 - the same one, renamed
        done.append(each)
    return done


def _once(references: list[Reference]) -> list[Reference]:
    """A number is of one kind: the sender's own claim first, then what a word said it is."""
    claims = {each.value for each in references if each.kind == "claim"}
    labelled = {each.value for each in references if each.labelled}
    kept = [
        each
        for each in references
        if (each.kind == "claim" or each.value not in claims)
        and (each.labelled or each.kind != "invoice" or each.value not in labelled)
    ]
    values = {each.value for each in kept}
    return [each for each in kept if not _is_tail(each, values)]


def _is_tail(reference: Reference, values: set[str]) -> bool:
    """Whether a number is the end of another, as people shorten them: `0918` of `2026-0918`."""
    short = reference.value
    return len(short) >= TAIL_MIN and any(
        long.endswith(short) and len(long) > len(short) and not long[-len(short) - 1].isalnum()
        for long in values
    )


def _is_set_off(reference: Reference, context: Context) -> bool:
    """Whether the sender says it is their own invoice, and sets it off against ours."""
    before = context.folded[max(0, reference.start - OWN_CHARS) : reference.start]
    around = context.folded[max(0, reference.start - OFFSET_CHARS) : reference.end + OFFSET_CHARS]
    return bool(OWN.search(before)) and bool(OFFSET.search(around))


def _is_yours(reference: Reference, context: Context) -> bool:
    """`Your note ND-26-0091` is our paper, although it looks like one of theirs."""
    before = context.folded[max(0, reference.start - DENIED_CHARS) : reference.start]
    return bool(YOURS.search(before) or YOUR_NOTE.search(before))


def _is_of_an_order(reference: Reference, context: Context) -> bool:
    """`We ordered 10 tyres (our ref RC-884)`: what they call their own is the order."""
    before = context.folded[max(0, reference.start - OWN_PAPER_CHARS) : reference.start]
    said = OUR_REF.search(before)
    return said is not None and ORDERED_BEFORE.search(before[: said.start()]) is not None


def _is_of_a_carrier(reference: Reference, context: Context) -> bool:
    """Whether it is the number of a consignment, which the carrier gave."""
    if reference.kind != "delivery":
        return False
    before = context.folded[max(0, reference.start - OWN_CHARS) : reference.start]
    return bool(CONSIGNMENT.search(before))


def _without_carriers(references: list[Reference], context: Context) -> list[Reference]:
    """On a proof of delivery the goods' own papers count, if there are any."""
    left = [each for each in references if not _is_of_a_carrier(each, context)]
    return left if any(each.kind == "delivery" for each in left) else references


def _is_of_a_lawyer(reference: Reference, context: Context) -> bool:
    """`Unser Zeichen 1182/26` of a law firm is the number of its file."""
    if reference.kind != "claim":
        return False
    before = context.folded[max(0, reference.start - OWN_CHARS) : reference.start]
    return bool(OUR_REF.search(before) and LAWYERS.search(context.folded))


def _is_own_paper(reference: Reference, context: Context) -> bool:
    """Whether it is the number of a calculation, charge or statement of the sender's."""
    if reference.labelled:
        return False
    before = context.folded[max(0, reference.start - OWN_PAPER_CHARS) : reference.start]
    return bool(OWN_PAPER.search(before))


def _is_of_a_payment(reference: Reference, context: Context) -> bool:
    """Whether it is the reference of a transfer or of an insurer, which is no claim on us."""
    if reference.kind != "claim" and reference.labelled:
        return False
    before = context.folded[max(0, reference.start - OFFSET_CHARS) : reference.start]
    return bool(PAYMENT_REFERENCE.search(before) or INSURER.search(before))


def _with_own_prefix(references: list[Reference], context: Context, kind: str) -> list[Reference]:
    """A debit's own number may look like that of a delivery or a return: `DN 4471`."""
    if kind not in OWN_NUMBERED or any(each.kind == "claim" for each in references):
        return references
    top = context.live[:OWN_TOP_CHARS]
    first_line = len(top) - len(top.lstrip()) + len(top.strip().partition("\n")[0])
    for each in references:
        titled = each.start < first_line and not context.is_mail
        if each.kind in {"delivery", "return"} and (
            titled or DEBIT_PREFIX.search(top[: each.start])
        ):
            return [replace(one, kind="claim") if one is each else one for one in references]
    return references


def _is_denied(reference: Reference, context: Context) -> bool:
    """Whether words right beside it say that it is settled, or not the one that is meant."""
    after = context.folded[reference.end : reference.end + OWN_CHARS]
    if SETTLED_IN_BRACKETS.match(after):
        return True
    before = context.folded[max(0, reference.start - DENIED_CHARS) : reference.start]
    return bool(DENIED.search(before) and INSTEAD.match(after))


def _settled(context: Context) -> list[tuple[int, int]]:
    """Return the clauses that say of what they name that it is paid or as it should be."""
    folded = context.folded
    contested = [each for each in context.reasons if each.label != SETTLED_ALREADY]
    hits = [hit for each in contested for hit in each.hits if hit.weight >= FOCUS_MIN]
    clauses = []
    for found in SETTLED.finditer(folded):
        near = max(0, found.start() - CLAUSE_CHARS)
        begin = max([near, *(end.end() for end in CLAUSE.finditer(folded, near, found.start()))])
        opened = folded.rfind("(", begin, found.start())
        if opened >= 0 and ")" not in folded[opened : found.start()]:
            begin = opened
        stop = CLAUSE.search(folded, found.end(), found.end() + CLAUSE_CHARS)
        reach = stop.start() if stop else min(len(folded), found.end() + CLAUSE_CHARS)
        end = min(reach, found.end() + SETTLED_CHARS)
        said = (found.start(), found.end())
        if not any(
            begin <= hit.start < reach and not (said[0] <= hit.start < said[1]) for hit in hits
        ):
            clauses.append((begin, end))
    return clauses


def _sentences(scored: list[Scored], weight: float) -> set[int]:
    return {hit.sentence for each in scored for hit in each.hits if hit.weight >= weight}
