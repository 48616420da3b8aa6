"""What EDIFACT messages share: numbers by their qualifiers, parties, days, amounts, notes."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from concilia.documents.core.stated import Span, StatedAmount, StatedCode, StatedReference
from concilia.plugins.parsers.edi.edifact.words import FUNCTIONS, UNUSUAL
from concilia.plugins.parsers.edi.papers import Draft, currency_of
from concilia.plugins.parsers.edi.transcript import Line
from concilia.plugins.parsers.edi.values import day

# Element 1153 to the kinds of the contract; all others are ours to keep, not to link.
KINDS: Final = {
    **dict.fromkeys(("IV", "OI"), "invoice"),
    **dict.fromkeys(("ON", "VN", "CO"), "order"),
    **dict.fromkeys(("AAK", "AAU", "DQ", "AAJ", "BM", "PK", "SRN"), "delivery"),
    **dict.fromkeys(("IT", "ADE"), "customer"),
    "DL": "claim",
    "PD": "promotion",
    "ALQ": "return",
}
# Element 1001, as numbers of documents in DOC segments.
CREDIT_NOTES: Final = frozenset(
    {"81", "83", "261", "262", "308", "381", "396", "420", "458", "532"}
)
DEBIT_NOTES: Final = frozenset({"80", "84", "383", "456", "457", "527"})
DOCUMENT_KINDS: Final = {
    **dict.fromkeys(("105", "220"), "order"),
    **dict.fromkeys(("270", "351"), "delivery"),
}
ASSIGNED_BY_SELLER: Final = "91"
CUSTOMERS: Final = frozenset({"BY", "IV", "PR", "MS"})
PAYERS: Final = ("PR", "BY", "IV", "OY", "MS")
PAYEES: Final = ("PE", "RE", "BE", "SE", "SU", "MR")

Amounts = dict[str, tuple[Decimal, Span]]


def read_heading(line: Line, draft: Draft) -> None:
    """Take what stands in the heading of every message."""
    if line.tag == "BGM":
        _begin(line, draft)
    elif line.tag == "RFF":
        draft.refer(KINDS.get(line.at(1, 1)), line.at(1, 2), line.place(1, 2))
    elif line.tag == "NAD":
        _party(line, draft)
    elif line.tag == "DTM":
        _day(line, draft)
    elif line.tag == "CUX":
        draft.currency = draft.currency or currency_of(line.at(1, 2))
    elif line.tag == "FTX":
        note(line, draft)
    elif line.tag == "AJT" and (found := code(line)) is not None:
        draft.codes.append(found)


def reference(line: Line) -> StatedReference | None:
    """Return the number of an RFF segment, None if it is of no kind the contract knows."""
    kind, value = KINDS.get(line.at(1, 1)), line.at(1, 2)
    return StatedReference(kind, value, line.place(1, 2)) if kind and value else None


def code(line: Line) -> StatedCode | None:
    """Return an adjustment reason (element 4465)."""
    value = line.at(1)
    return StatedCode("uncl4465", value, line.place(1)) if value else None


def note(line: Line, draft: Draft) -> None:
    """Note what an FTX segment says to people; declarations for programs are none."""
    if line.segment.components(4) and line.at(1) not in {"DOC", "REG", "AGM"}:
        draft.note(line.place(4, 0))


def said(line: Line) -> str:
    """Return the free text of an FTX segment."""
    return " ".join(line.segment.components(4))


def take_amount(line: Line, amounts: Amounts, draft: Draft) -> None:
    """Note the amount of an MOA segment by its qualifier; the first one counts."""
    value = line.number(1, 2)
    if value is not None:
        amounts.setdefault(line.at(1, 1), (value, line.place(1, 2)))
        draft.currency = draft.currency or currency_of(line.at(1, 3))


def first_amount(amounts: Amounts, qualifiers: Iterable[str]) -> StatedAmount | None:
    """Return the amount of the first qualifier that came."""
    for qualifier in qualifiers:
        if qualifier in amounts:
            return StatedAmount(*amounts[qualifier])
    return None


def _begin(line: Line, draft: Draft) -> None:
    draft.say("number", line.at(2, 1))
    if line.at(3) in UNUSUAL:
        draft.warnings.append(f"the sender says about this message: {FUNCTIONS[line.at(3)]}")


def _party(line: Line, draft: Draft) -> None:
    role = line.at(1)
    name = " ".join(line.segment.components(4) or line.segment.components(3))
    if role in PAYERS:
        draft.say("payer_name", name)
    if role in PAYEES:
        draft.say("payee_name", name)
    if role in CUSTOMERS and line.at(2, 3) == ASSIGNED_BY_SELLER:
        draft.refer("customer", line.at(2, 1), line.place(2, 1))


def _day(line: Line, draft: Draft) -> None:
    found = day(line.at(1, 2))
    if line.at(1, 1) == "137":
        draft.say("date", found)
    elif line.at(1, 1) in {"138", "140", "203", "209"}:
        draft.say("payment_date", found)
