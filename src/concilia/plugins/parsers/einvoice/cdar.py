"""
French life-cycle statuses: UN/CEFACT Cross Domain Acknowledgement and Response (CDAR).

R-2.4: *Refusée*, *En litige*, *Suspendue* and *Approuvée partiellement* contest, with a motive;
*Rejetée* is a platform's refusal of the file itself (NC-27); *Paiement transmis* says that the
payment is on its way; everything else only reports how far the invoice got.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from concilia.documents.core.french_motives import MOTIVES
from concilia.plugins.parsers.einvoice.nodes import (
    Node,
    any_words,
    currency_code,
    day,
    every,
    first,
    number,
    words,
)
from concilia.plugins.parsers.einvoice.notices import Notice, Said, Why

STATUSES: Final = {
    "200": "Déposée",
    "201": "Émise par la plateforme",
    "202": "Reçue par la plateforme",
    "203": "Mise à disposition",
    "204": "Prise en charge",
    "205": "Approuvée",
    "206": "Approuvée partiellement",
    "207": "En litige",
    "208": "Suspendue",
    "209": "Complétée",
    "210": "Refusée",
    "211": "Paiement transmis",
    "212": "Encaissée",
    "213": "Rejetée",
}
CONTESTING: Final = frozenset({"206", "207", "208", "210"})
REJECTED: Final = frozenset({"213", "501"})
PAYMENT_SENT: Final = "211"
AMOUNTS: Final = {
    "MAP": "Montant HT approuvé",
    "MAPTTC": "Montant TTC approuvé",
    "MNA": "Montant HT non approuvé",
    "MNATTC": "Montant TTC non approuvé",
    "MEN": "Montant encaissé",
    "MPA": "Montant payé",
    "RAP": "Reste à payer",
    "ESC": "Escompte",
    "RAB": "Rabais",
    "REM": "Remise",
}
# What is contested, with tax where the message has it so.
CLAIMED: Final = ("MNATTC", "MNA")
PAID: Final = ("MPA", "MEN")
ALREADY_PAID: Final = "NR-08"
DATA_MISSING: Final = "NC-27"


def read_cdar(root: Node) -> Notice:
    """Return the status of one invoice, or of several; what contests leads."""
    document = first(root, "ExchangedDocument")
    references = [
        node
        for acknowledgement in every(root, "AcknowledgementDocument")
        for node in every(acknowledgement, "ReferenceReferencedDocument")
    ]
    leading = _leading(references)
    code = words(leading, "ProcessConditionCode") or ""
    name = words(leading, "ProcessCondition") or STATUSES.get(code, "")
    amounts, currency = _amounts(leading)
    return Notice(
        kind=_kind(code),
        title="Statut de facture",
        status=Said("Statut", code or "?", f"({name})" if name else ""),
        head=tuple(_head(document)),
        documents=tuple(_documents(references)),
        whys=tuple(_whys(leading)),
        amounts=tuple((AMOUNTS.get(each, each), value) for each, value in amounts.items()),
        currency=currency,
        claimed=_label(CLAIMED, amounts) if code in CONTESTING else None,
        total=_label(PAID, amounts),
        notes=tuple(_texts(document, "IncludedNote", "Content")),
        remarks=tuple(_remarks(leading)),
        reason=DATA_MISSING if code in REJECTED else None,
        motive=_motive(code, amounts),
        date=_day(first(document, "IssueDateTime")),
        metadata={"status": code} if code else {},
    )


def _leading(references: list[Node]) -> Node | None:
    for node in references:
        if words(node, "ProcessConditionCode") in CONTESTING | REJECTED:
            return node
    return references[0] if references else None


def _kind(code: str) -> str:
    if code in CONTESTING or code in REJECTED:
        return "claim"
    return "payment_reply" if code == PAYMENT_SENT else "other"


def _motive(code: str, amounts: dict[str, Decimal]) -> str | None:
    """Paid, unless a rest stays open."""
    return ALREADY_PAID if code == PAYMENT_SENT and not amounts.get("RAP") else None


def _label(kinds: tuple[str, ...], amounts: dict[str, Decimal]) -> str | None:
    return next((AMOUNTS[kind] for kind in kinds if kind in amounts), None)


def _head(document: Node | None) -> Iterator[Said]:
    if value := words(document, "ID"):
        yield Said("Message", value)
    if date := _day(first(document, "IssueDateTime")):
        yield Said("Date", date)
    for label, name in (("Émetteur", "IssuerTradeParty"), ("Destinataire", "RecipientTradeParty")):
        for node in every(document, name):
            value = any_words(node, ("Name",), ("GlobalID",))
            role = words(node, "RoleCode")
            if value:
                yield Said(label, value, f"({role})" if role else "")


def _documents(references: list[Node]) -> Iterator[tuple[str, Said]]:
    for node in references:
        if value := words(node, "IssuerAssignedID"):
            date = _day(first(node, "FormattedIssueDateTime"))
            yield "invoice", Said("Facture", value, f"du {date}" if date else "")


def _whys(node: Node | None) -> Iterator[Why]:
    for status in every(node, "SpecifiedDocumentStatus"):
        code = words(status, "ReasonCode")
        notes = [*_texts(status, "Reason"), *_texts(status, "IncludedNote", "Content")]
        motive = MOTIVES.get((code or "").upper())
        name = motive.name if motive is not None else None
        yield Why("fr-motive" if motive is not None else None, code, name, tuple(notes))


def _remarks(node: Node | None) -> Iterator[str]:
    for status in every(node, "SpecifiedDocumentStatus"):
        if action := any_words(status, ("RequestedAction",), ("RequestedActionCode",)):
            yield f"Action: {action}"


def _amounts(node: Node | None) -> tuple[dict[str, Decimal], str | None]:
    """The amounts of a status, those of several rates of tax added up."""
    found: dict[str, Decimal] = {}
    currency = None
    for each in every(node, "SpecifiedDocumentStatus", "SpecifiedDocumentCharacteristic"):
        kind, value = words(each, "TypeCode"), number(each, "ValueAmount")
        if kind and value is not None:
            found[kind] = found.get(kind, Decimal(0)) + value
            stated = (amount.get("currencyID") for amount in every(each, "ValueAmount"))
            currency = currency or currency_code(*stated)
    return found, currency or ("EUR" if found else None)


def _texts(node: Node | None, *names: str) -> list[str]:
    return [said for each in every(node, *names) if (said := words(each))]


def _day(node: Node | None) -> str | None:
    return day(any_words(node, ("DateTimeString",), ("DateTime",), ()))
