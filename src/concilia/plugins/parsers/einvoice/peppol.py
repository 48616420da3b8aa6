"""
UBL ApplicationResponse: the Peppol Invoice Response and the Message Level Response.

R-2.3: `UQ`, `CA` and `RE` contest with a clarification code, `PD` says that a payment is coming;
`AB`, `IP` and `AP` only report how far the invoice got.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from concilia.plugins.parsers.einvoice.nodes import (
    Node,
    any_words,
    day,
    every,
    first,
    words,
)
from concilia.plugins.parsers.einvoice.notices import Notice, Said, Why
from concilia.plugins.parsers.einvoice.ubl import read_party

STATUSES: Final = {
    "AB": "message acknowledged",
    "IP": "in process",
    "UQ": "under query",
    "CA": "conditionally accepted",
    "RE": "rejected",
    "AP": "accepted",
    "PD": "paid",
}
CONTESTING: Final = frozenset({"UQ", "CA", "RE"})
REASONS: Final = {
    "NON": "no issue",
    "REF": "references incorrect",
    "LEG": "legal information incorrect",
    "REC": "receiver unknown",
    "QUA": "item quality insufficient",
    "DEL": "delivery issues",
    "PRI": "prices incorrect",
    "QTY": "quantity incorrect",
    "ITM": "items incorrect",
    "PAY": "payment terms incorrect",
    "UNR": "not recognised",
    "FIN": "finance incorrect",
    "PPD": "partially paid",
    "OTH": "other",
}
ACTIONS: Final = {
    "NOA": "no action required",
    "PIN": "provide information",
    "NIN": "issue a new invoice",
    "CNF": "credit in full",
    "CNP": "credit partially",
    "CNA": "credit the amount",
    "OTH": "other",
}
ALREADY_PAID: Final = "NR-08"
DATA_MISSING: Final = "NC-27"
INVOICES: Final = frozenset({"380", "381", "383", "384", "389", "326", "393", "396", "751"})
MESSAGE_LEVEL: Final = (":mlr:", ":mls:")


def read_response(root: Node) -> Notice:
    """Return what the receiver, or a machine before them, says about our invoice."""
    profile = f"{words(root, 'CustomizationID') or ''} {words(root, 'ProfileID') or ''}"
    responses = every(root, "DocumentResponse")
    worst = _worst(responses)
    code = (words(worst, "Response", "ResponseCode") or "").upper()
    is_machine = any(mark in profile for mark in MESSAGE_LEVEL)
    whys = tuple(_whys(worst))
    return Notice(
        kind=_kind(code, worst, is_machine=is_machine),
        title="Message Level Response" if is_machine else "Invoice Response",
        status=Said("Status", code or "?", _named(STATUSES, code)),
        head=(*_head(root), *_unnamed(responses, is_machine=is_machine)),
        documents=tuple(_documents(responses, is_machine=is_machine)),
        whys=whys,
        notes=tuple(_notes(root, worst)),
        remarks=tuple(_remarks(worst)),
        reason=DATA_MISSING if is_machine and code == "RE" else None,
        motive=_motive(code, whys),
        date=day(words(root, "IssueDate")),
    )


def _worst(responses: list[Node]) -> Node | None:
    """Of several answers in one message, the one that contests."""
    for response in responses:
        if (words(response, "Response", "ResponseCode") or "").upper() in CONTESTING:
            return response
    return responses[0] if responses else None


def _kind(code: str, response: Node | None, *, is_machine: bool) -> str:
    if code == "PD":
        return "payment_reply"
    if code not in CONTESTING:
        return "other"
    about = words(response, "DocumentReference", "DocumentTypeCode")
    return "claim" if not is_machine or about in {None, *INVOICES} else "other"


def _motive(code: str, whys: tuple[Why, ...]) -> str | None:
    """Paid is paid; that a part is paid says nothing of the rest."""
    return ALREADY_PAID if code == "PD" and all(why.code != "PPD" for why in whys) else None


def _named(names: dict[str, str], code: str) -> str:
    return f"({names[code]})" if code in names else ""


def _head(root: Node) -> Iterator[Said]:
    for label, name in (("Message", "ID"), ("Date", "IssueDate")):
        if value := words(root, name):
            yield Said(label, value)
    for label, name in (("From", "SenderParty"), ("To", "ReceiverParty")):
        party = read_party(first(root, name))
        value = party.name or words(root, name, "EndpointID")
        if value:
            yield Said(label, value)


def _unnamed(responses: list[Node], *, is_machine: bool) -> Iterator[Said]:
    """Yield what is answered and is no invoice's number: machines name envelopes."""
    for response in responses:
        for node in every(response, "DocumentReference"):
            value = words(node, "ID")
            if value and not _is_invoice(node, is_machine=is_machine):
                yield Said("Document", value)


def _is_invoice(node: Node, *, is_machine: bool) -> bool:
    code = words(node, "DocumentTypeCode")
    return code in INVOICES or (code is None and not is_machine)


def _documents(responses: list[Node], *, is_machine: bool) -> Iterator[tuple[str, Said]]:
    for response in responses:
        for node in every(response, "DocumentReference"):
            value = words(node, "ID")
            if value and _is_invoice(node, is_machine=is_machine):
                date = day(words(node, "IssueDate"))
                yield "invoice", Said("Invoice", value, f"of {date}" if date else "")


def _whys(response: Node | None) -> Iterator[Why]:
    answers = [*every(response, "Response"), *every(response, "LineResponse", "Response")]
    for status in (node for answer in answers for node in every(answer, "Status")):
        found = first(status, "StatusReasonCode")
        code = (words(found) or "").upper()
        said = tuple(_said(status))
        if _is_action(found) or not code:
            yield Why(None, None, None, said)
        elif code in REASONS:
            scheme = None if code == "NON" else "peppol-reason"
            yield Why(scheme, code, REASONS[code], said)
        else:
            yield Why(None, code, None, said)


def _is_action(found: Node | None) -> bool:
    """Whether a code says what to do, not why: `OTH` is in both lists, the others are not."""
    if found is None or found.get("listID") == "OPStatusAction":
        return found is not None
    code = (words(found) or "").upper()
    return code in ACTIONS and code not in REASONS


def _remarks(response: Node | None) -> Iterator[str]:
    """Yield what the sender asks for, and from when the answer counts."""
    for status in every(response, "Response", "Status"):
        found = first(status, "StatusReasonCode")
        code = (words(found) or "").upper()
        if _is_action(found) and code:
            yield f"Action: {code} {_named(ACTIONS, code)}"
    if effective := words(response, "Response", "EffectiveDate"):
        yield f"Effective: {effective}"


def _said(status: Node) -> Iterator[str]:
    if reason := words(status, "StatusReason"):
        yield reason
    for node in every(status, "Condition"):
        parts = (words(node, "AttributeID"), words(node, "Description"))
        if any(parts):
            yield ": ".join(each for each in parts if each)


def _notes(root: Node, response: Node | None) -> Iterator[str]:
    answers = [*every(response, "Response"), *every(response, "LineResponse", "Response")]
    for answer in answers:
        for node in every(answer, "Description"):
            if said := words(node):
                yield said
    for node in every(root, "Note"):
        if said := any_words(node, ()):
            yield said
