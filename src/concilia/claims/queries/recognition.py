"""The open cases something that arrived may belong to, and what ties it to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Q

from concilia.cases.models import CaseMessage, Step
from concilia.claims.core.arriving import Arrived, Course, Doubt, Pointed, Settled, Sign, settle
from concilia.claims.core.states import ClaimState
from concilia.claims.models import Claim
from concilia.claims.queries.evidence_codes import (
    CORRESPONDENCE,
    MAILS,
    PHOTOS,
    codes_of,
    is_sure_of,
)
from concilia.claims.queries.links import (
    Links,
    are_related,
    find_customer_of_sender,
    find_links,
)
from concilia.correspondence.models import Message
from concilia.customers.models import Customer
from concilia.documents.models import Document
from concilia.intake.core.reading import CLAIM_KINDS
from concilia.intake.models import Arrival
from concilia.receivables.models import Delivery, Invoice, Order

CASE_NUMBER: Final = re.compile(r"\bCLM-\d{4,9}\b")
UNDECIDED: Final = (
    ClaimState.RECEIVED,
    ClaimState.QUALIFYING,
    ClaimState.INVESTIGATING,
    ClaimState.WAITING_CUSTOMER,
    ClaimState.WAITING_INTERNAL,
    ClaimState.WAITING_THIRD_PARTY,
    ClaimState.DECISION_PROPOSED,
)
OPEN_STATES: Final = (*UNDECIDED, ClaimState.IN_APPROVAL)
CANDIDATES_MAX: Final = 20
CONFIRMED: Final = "confirmed"  # a person said that the reading is right as it is
# Outcomes of arrivals that wait although open claims are known they may belong to.
PROPOSED: Final = frozenset({"evidence_proposed", "taken_back"})
NOTHING_PROVED: Final = frozenset({CORRESPONDENCE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An open claim something belongs to, perhaps: by which sign, and whether it waits for it."""

    claim: Claim
    sign: Sign
    number: str
    waits: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """
    What an arrival is to our open cases.

    :param codes: the kinds of evidence in it (domain.md §2.4), the telling ones first
    :param candidates: the claims it may belong to, the likeliest first
    """

    course: Course
    doubt: Doubt | None = None
    codes: tuple[str, ...] = ()
    candidates: Sequence[Candidate] = ()


@dataclass(slots=True)
class _Found:
    """What was found of one claim so far."""

    claim: Claim
    signs: dict[Sign, str] = field(default_factory=dict)


def recognise(*, arrival: Arrival) -> Recognised:
    """
    Find the open claims an arrival belongs to, within its entity. At most eighteen queries.

    Signs are the thread it answers, our case number in its subject or file name, the sender's own
    number of a claim, and the delivery, invoice or order it names.
    """
    document = arrival.document
    if document is None:
        return Recognised(course=Course.LEAVE)
    mail = arrival.message
    links = find_links(
        entity_id=arrival.entity_id,
        values=document.values,
        sender=mail.sender if mail else "",
        customer=document.customer if "customer" in _corrected(document) else None,
    )
    codes = codes_of([document, *document.parts.order_by("n")])
    found = _found(arrival, links)
    pointed = _pointed(arrival, document, list(found.values()), frozenset(codes))
    settled = settle(_arrived(arrival, document, codes, links), pointed)
    return _answer(settled, found, codes)


def case_numbers_in(text: str) -> list[str]:
    """Our case numbers in a line of text, each once."""
    return list(dict.fromkeys(CASE_NUMBER.findall(text.upper())))


def _answer(settled: Settled, found: Mapping[int, _Found], codes: Sequence[str]) -> Recognised:
    candidates = [
        Candidate(
            claim=found[each.claim].claim,
            sign=each.best_sign[0],
            number=each.best_sign[1],
            waits=each.waits,
        )
        for each in settled.candidates
    ]
    return Recognised(
        course=settled.course, doubt=settled.doubt, codes=tuple(codes), candidates=candidates
    )


def _arrived(arrival: Arrival, document: Document, codes: Sequence[str], links: Links) -> Arrived:
    return Arrived(
        is_paper=bool(set(codes) - NOTHING_PROVED),
        is_claim=document.kind in CLAIM_KINDS,
        is_sure=arrival.outcome == CONFIRMED or _is_sure(document, codes),
        has_foreign=bool(links.foreign),
        has_records=bool(links.named or links.shortened),
    )


def _is_sure(document: Document, codes: Sequence[str]) -> bool:
    is_mail = document.format in MAILS
    if "kind" in _corrected(document):
        return True
    if is_mail and document.kind in {"other", ""}:
        return False  # its pictures may be no more than the logo of a signature
    return is_sure_of(document) or (not is_mail and codes[0] == PHOTOS)


def _corrected(document: Document) -> Sequence[str]:
    return document.values.get("corrected") or ()


def _found(arrival: Arrival, links: Links) -> dict[int, _Found]:
    """Every open claim something points to, with its signs; by the claim's key."""
    found: dict[int, _Found] = {}
    _by_thread(arrival, found)
    _by_records(arrival, links, found)
    return found


def _by_thread(arrival: Arrival, found: dict[int, _Found]) -> None:
    mail = arrival.message
    answered = _cases_answered(mail) if mail else []
    told = case_numbers_in(mail.subject if mail else arrival.filename)
    for claim in _open(arrival.entity_id, Q(case__in=answered) | Q(case__number__in=told)):
        if claim.case_id in answered:
            _note(found, claim, Sign.THREAD, "")
        if claim.case.number in told:
            _note(found, claim, Sign.CASE, claim.case.number)


def _cases_answered(mail: Message) -> list[int]:
    if not mail.in_reply_to:
        return []
    ours = CaseMessage.objects.filter(
        message__entity_id=mail.entity_id,
        message__lane=Message.Lane.OUT,
        message__message_id__in=ids_in(mail.in_reply_to),
    )
    return list(ours.values_list("case", flat=True)[:CANDIDATES_MAX])


def ids_in(text: str) -> list[str]:
    """In-Reply-To may name several messages; the reader may have left the brackets away."""
    bare = [part.strip("<>") for part in text.split()]
    return [*(f"<{part}>" for part in bare), *bare]


def _by_records(arrival: Arrival, links: Links, found: dict[int, _Found]) -> None:
    rows = list({(type(row), row.pk): row for row in _named(links)}.values())
    invoices = {row.pk: row for row in rows if isinstance(row, Invoice)}
    orders = {row.pk: row for row in rows if isinstance(row, Order)}
    deliveries = {row.pk: row for row in rows if isinstance(row, Delivery)}
    document = arrival.document
    references = (document.values.get("references") or {}) if document else {}
    numbers = [str(text)[:80] for text in references.get("claim") or ()]
    wanted = (
        Q(invoice__in=invoices)
        | Q(lines__invoice__in=invoices)
        | Q(delivery__in=deliveries)
        | Q(invoice__delivery__in=deliveries)
        | Q(order__in=orders)
        | Q(invoice__order__in=orders)
    )
    if numbers and links.customer:
        wanted |= Q(their_reference__in=[*numbers, ", ".join(numbers)[:80]])
    for claim in _open(arrival.entity_id, wanted):
        said = {text for text in claim.their_reference.split(", ") if text}
        own = next((text for text in numbers if text in said), "")
        if own and links.customer and are_related(links.customer, claim.customer):
            _note(found, claim, Sign.CLAIM, own)
        _note_row(found, claim, Sign.DELIVERY, _delivery_in(claim, deliveries))
        _note_row(found, claim, Sign.INVOICE, _invoice_in(claim, invoices))
        _note_row(found, claim, Sign.ORDER, _order_in(claim, orders))


def _named(links: Links) -> Iterable[Invoice | Order | Delivery]:
    return [*links.named, *links.shortened.values()]


def _invoice_in(claim: Claim, rows: Mapping[int, Invoice]) -> Invoice | None:
    keys = [claim.invoice_id, *(line.invoice_id for line in claim.lines.all())]
    return next((rows[key] for key in keys if key is not None and key in rows), None)


def _delivery_in(claim: Claim, rows: Mapping[int, Delivery]) -> Delivery | None:
    keys = [claim.delivery_id, claim.invoice.delivery_id if claim.invoice else None]
    return next((rows[key] for key in keys if key is not None and key in rows), None)


def _order_in(claim: Claim, rows: Mapping[int, Order]) -> Order | None:
    keys = [claim.order_id, claim.invoice.order_id if claim.invoice else None]
    return next((rows[key] for key in keys if key is not None and key in rows), None)


def _note_row(
    found: dict[int, _Found], claim: Claim, sign: Sign, row: Invoice | Order | Delivery | None
) -> None:
    if row is not None:
        _note(found, claim, sign, row.number)


def _note(found: dict[int, _Found], claim: Claim, sign: Sign, number: str) -> None:
    found.setdefault(claim.pk, _Found(claim)).signs.setdefault(sign, number)


def _open(entity_id: int, wanted: Q) -> list[Claim]:
    keys = Claim.objects.filter(wanted, entity_id=entity_id, state__in=OPEN_STATES)
    chosen = keys.order_by("-pk").values_list("pk", flat=True).distinct()[:CANDIDATES_MAX]
    rows = Claim.objects.filter(pk__in=list(chosen))
    return list(
        rows.select_related("entity", "case", "customer", "invoice__delivery", "delivery")
        .prefetch_related("lines")
        .order_by("-pk")
    )


def _pointed(
    arrival: Arrival, document: Document, found: Sequence[_Found], codes: frozenset[str]
) -> list[Pointed]:
    if not found:
        return []
    cases = [each.claim.case_id for each in found]
    waiting = set(
        Step.objects.filter(
            case__in=cases, state=Step.State.OPEN, evidence__in=codes - NOTHING_PROVED
        ).values_list("case", flat=True)
    )
    writer = _Writer(arrival, cases)
    return [
        Pointed(
            claim=each.claim.pk,
            signs=tuple(each.signs.items()),
            waits=each.claim.case_id in waiting,
            is_from_them=writer.is_known_to(each.claim),
            is_signing=each.claim.state == ClaimState.IN_APPROVAL,
            same_amount=_same_amount(document, each.claim),
        )
        for each in found
    ]


def _same_amount(document: Document, claim: Claim) -> bool:
    if document.claimed_minor is None:
        return True
    is_same = document.claimed_minor == claim.claimed_minor
    return is_same and document.currency in {"", claim.currency}


class _Writer:
    """Who wrote a mail, and to which cases they are no stranger. A file that is no mail is ours."""

    def __init__(self, arrival: Arrival, cases: Sequence[int]) -> None:
        self.sender = arrival.message.sender.lower().strip() if arrival.message else ""
        self.is_mail = arrival.message is not None
        self.customer: Customer | None = None
        self.asked: set[int] = set()
        if self.is_mail and self.sender:
            self.customer = find_customer_of_sender(entity_id=arrival.entity_id, sender=self.sender)
            sent = CaseMessage.objects.filter(
                case__in=cases,
                message__lane=Message.Lane.OUT,
                message__state=Message.State.SENT,
                message__recipient__iexact=self.sender,
            )
            self.asked = set(sent.values_list("case", flat=True))

    def is_known_to(self, claim: Claim) -> bool:
        if not self.is_mail:
            return True
        if self.customer and are_related(self.customer, claim.customer):
            return True
        return claim.case_id in self.asked or self.sender in carriers_of(claim)


def carriers_of(claim: Claim) -> set[str]:
    """The addresses of the carrier of a claim's delivery, as the entity's partners have them."""
    delivery = claim.delivery or (claim.invoice.delivery if claim.invoice else None)
    if delivery is None or not delivery.carrier:
        return set()
    partners: list[dict[str, Any]] = claim.entity.settings.get("partners", [])
    return {
        str(partner.get("email", "")).lower().strip()
        for partner in partners
        if str(partner.get("name", "")).casefold() == delivery.carrier.casefold()
    } - {""}
