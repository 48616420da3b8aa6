"""What X12 messages share: numbers by their qualifiers, parties, days, notes."""

from __future__ import annotations

from typing import Final

from concilia.documents.core.stated import StatedCode, StatedReference
from concilia.plugins.parsers.edi.papers import Draft, currency_of
from concilia.plugins.parsers.edi.transcript import Line
from concilia.plugins.parsers.edi.values import day

# Element 128 to the kinds of the contract; all others are ours to keep, not to link.
KINDS: Final = {
    **dict.fromkeys(("IV", "IK", "OI", "IN"), "invoice"),
    **dict.fromkeys(("PO", "CO", "VN", "OQ"), "order"),
    **dict.fromkeys(("BM", "PK", "DJ", "DO", "MA", "SI", "MB"), "delivery"),
    **dict.fromkeys(("CM", "DB"), "claim"),
    **dict.fromkeys(("11", "AJ", "12", "14"), "customer"),
    "PD": "promotion",
    "RZ": "return",
}
ASSIGNED_BY_SELLER: Final = "91"
CUSTOMERS: Final = frozenset({"BY", "BT", "PR", "SO", "ST", "II"})
PAYERS: Final = ("PR", "BT", "BY", "II")
PAYEES: Final = ("PE", "RI", "SE", "SU", "VN")
CANCELLED: Final = frozenset({"01", "03"})
REPEATED: Final = frozenset({"07", "22"})


def read_reference(line: Line, draft: Draft) -> None:
    """Take a number of a REF or N9 segment."""
    draft.refer(KINDS.get(line.at(1)), line.at(2), line.place(2))


def reference(line: Line, element: int = 1) -> StatedReference | None:
    """Return the number of a segment whose qualifier and number stand beside each other."""
    kind, value = KINDS.get(line.at(element)), line.at(element + 1)
    return StatedReference(kind, value, line.place(element + 1)) if kind and value else None


def code(line: Line, element: int) -> StatedCode | None:
    """Return an adjustment reason (element 426)."""
    value = line.at(element)
    return StatedCode("x12-426", value, line.place(element)) if value else None


def read_heading(line: Line, draft: Draft) -> None:
    """Take what stands in the heading of every message."""
    if line.tag == "CUR":
        draft.currency = draft.currency or currency_of(line.at(2))
    elif line.tag in {"REF", "N9"}:
        read_reference(line, draft)
    elif line.tag == "N1":
        _read_party(line, draft)
    elif line.tag in {"NTE", "MTX"}:
        note(line, 2, draft)
    elif line.tag == "MSG":
        note(line, 1, draft)


def note(line: Line, element: int, draft: Draft) -> None:
    """Note the free text of an element."""
    if line.at(element):
        draft.note(line.place(element))


def _read_party(line: Line, draft: Draft) -> None:
    role, name = line.at(1), line.at(2)
    if role in PAYERS:
        draft.say("payer_name", name)
    if role in PAYEES:
        draft.say("payee_name", name)
    if role in CUSTOMERS and line.at(3) == ASSIGNED_BY_SELLER:
        draft.refer("customer", line.at(4), line.place(4))


def read_date(line: Line, element: int, draft: Draft, name: str = "date") -> None:
    """Keep a day as a property."""
    draft.say(name, day(line.at(element)))


def check_purpose(purpose: str, draft: Draft) -> None:
    """Warn where a message takes back or repeats another one."""
    if purpose in CANCELLED:
        draft.warnings.append("cancels an earlier message")
    elif purpose in REPEATED:
        draft.warnings.append("a copy of an earlier message")
