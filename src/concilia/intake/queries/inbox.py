"""The inbox as a list: what arrived, what of it waits for a person, and why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q, QuerySet

from concilia.documents.models import Document
from concilia.intake.core.reading import (
    amount_in,
    doubts_in,
    references_in,
    unknown_references,
)
from concilia.intake.models import Arrival
from concilia.intake.queries.numbers import without_letters
from concilia.kernel.references import normalise_reference
from concilia.receivables.models import Delivery, Invoice, Order

State = Arrival.State
# What is being read belongs to the people who wait for it, though it does not wait for them.
VIEWS: Final[Mapping[str, tuple[str, ...]]] = {
    "look": (State.WAITING, State.RECEIVED),
    "all": (),
    "failed": (State.FAILED,),
    "nothing": (State.NOTHING_TO_DO,),
}
ORDERS: Final[Mapping[str, tuple[str, ...]]] = {
    "new": ("-received_at", "-pk"),
    "old": ("received_at", "pk"),
    "amount": ("-document__claimed_minor", "-received_at", "-pk"),
}
COUNT_MAX: Final = 1000
READING_MARKED: Final = 40
NAMELESS: Final = ("unknown_customer", "foreign_number")
TEXT_FIELDS: Final = (
    "message__subject",
    "message__sender",
    "message__sender_name",
    "filename",
    "document__customer__name",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the inbox is asked for. Empty words do not narrow it."""

    view: str = "look"
    channel: str = ""
    kind: str = ""
    text: str = ""
    order: str = "new"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivalRow:
    """
    One line of the inbox. `doubts` counts the values a person should look at.

    `amount_minor` is what is contested, else the document's own total; `names` are the sender's own
    numbers for their claim, by which a twin is found.
    """

    pk: int
    channel: str
    state: str
    outcome: str
    error: str
    received_at: datetime
    seen: int
    sender: str
    subject: str
    language: str
    document_id: int | None
    kind: str
    amount_minor: int | None
    currency: str
    doubts: int
    names: tuple[str, ...]
    is_sure: bool


def arrivals(*, entity_id: int, wanted: Wanted) -> QuerySet[Arrival]:
    """The arrivals asked for, in the order asked for, with what a line of the list needs."""
    rows = Arrival.objects.filter(entity_id=entity_id)
    states = VIEWS.get(wanted.view, VIEWS["look"])
    if states:
        rows = rows.filter(state__in=states)
    if wanted.channel:
        rows = rows.filter(channel=wanted.channel)
    if wanted.kind:
        rows = rows.filter(document__kind=wanted.kind)
    if wanted.text:
        rows = rows.filter(_about(wanted.text))
    order = ORDERS.get(wanted.order, ORDERS["new"])
    related = rows.select_related("document__customer", "message", "uploaded_by")
    return related.defer("message__body").order_by(*order)


def rows_of(*, entity_id: int, arrivals: Sequence[Arrival]) -> list[ArrivalRow]:
    """Lines for these arrivals; their numbers are looked up with six queries for all of them."""
    documents = [arrival.document for arrival in arrivals if arrival.document]
    known = known_numbers(entity_id=entity_id, readings=[each.values for each in documents])
    shortened = _shortened(entity_id, documents, known)
    return [_row(arrival, known, shortened) for arrival in arrivals]


def count_views(*, entity_id: int) -> dict[str, int]:
    """
    How many arrivals stand in each view that asks something of a person, up to `COUNT_MAX`.

    One query for each view; everything is not counted: it only grows.
    """
    rows = Arrival.objects.filter(entity_id=entity_id).order_by()
    return {
        view: rows.filter(state__in=states)[:COUNT_MAX].count()
        for view, states in VIEWS.items()
        if states
    }


def being_read(*, entity_id: int, since: datetime) -> str:
    """What the worker is reading, as a mark: another mark means that something was read."""
    rows = Arrival.objects.filter(
        entity=entity_id, state=State.RECEIVED, received_at__gte=since
    ).order_by("-pk")
    return ",".join(str(pk) for pk in rows.values_list("pk", flat=True)[:READING_MARKED])


def count_waiting(*, entity_id: int) -> int:
    """How many arrivals wait for a person."""
    return Arrival.objects.filter(entity_id=entity_id, state=State.WAITING).count()


def neighbours(
    *, entity_id: int, wanted: Wanted, arrival: Arrival
) -> tuple[int | None, int | None]:
    """
    The arrivals before and after this one in the list, by their ids; None at its ends.

    In a list ordered by amount they follow the newest first.
    """
    rows = arrivals(entity_id=entity_id, wanted=wanted).select_related(None)
    at, pk = arrival.received_at, arrival.pk
    older = Q(received_at__lt=at) | Q(received_at=at, pk__lt=pk)
    newer = Q(received_at__gt=at) | Q(received_at=at, pk__gt=pk)
    newest = rows.filter(older).order_by("-received_at", "-pk").values_list("pk", flat=True).first()
    oldest = rows.filter(newer).order_by("received_at", "pk").values_list("pk", flat=True).first()
    return (newest, oldest) if wanted.order == "old" else (oldest, newest)


def known_numbers(*, entity_id: int, readings: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """The bare numbers, among those the readings name, that a record of ours has."""
    wanted: dict[str, set[str]] = {}
    for values in readings:
        for name, texts in references_in(values).items():
            wanted.setdefault(name, set()).update(map(normalise_reference, texts))
    invoices = _keys(Invoice.objects.filter(entity_id=entity_id), wanted.get("invoice", ()))
    deliveries = _keys(Delivery.objects.filter(entity_id=entity_id), wanted.get("delivery", ()))
    numbers = sorted(wanted.get("order", set()) - {""})
    orders = Order.objects.filter(entity_id=entity_id).filter(
        Q(number_key__in=numbers) | Q(customer_order_key__in=numbers)
    )
    pairs = orders.values_list("number_key", "customer_order_key") if numbers else ()
    return frozenset({*invoices, *deliveries, *(key for pair in pairs for key in pair if key)})


def _shortened(
    entity_id: int, documents: Sequence[Document], known: frozenset[str]
) -> frozenset[tuple[int, str]]:
    """(customer, bare number) of what customers print without its letters."""
    wanted: dict[str, set[tuple[int, str]]] = {}
    for document in documents:
        if document.customer_id:
            for name, texts in references_in(document.values).items():
                keys = set(map(normalise_reference, texts)) - known
                wanted.setdefault(name, set()).update((document.customer_id, key) for key in keys)
    invoices = Invoice.objects.filter(entity_id=entity_id)
    deliveries = Delivery.objects.filter(entity_id=entity_id)
    orders = Order.objects.filter(entity_id=entity_id)
    both = ["number_key", "customer_order_key"]
    return frozenset(
        {
            *without_letters(invoices, ["number_key"], wanted.get("invoice", set())),
            *without_letters(deliveries, ["number_key"], wanted.get("delivery", set())),
            *without_letters(orders, both, wanted.get("order", set())),
        }
    )


def _keys(rows: QuerySet[Invoice] | QuerySet[Delivery], numbers: Collection[str]) -> Iterable[str]:
    keys = sorted(set(numbers) - {""})
    return rows.filter(number_key__in=keys).values_list("number_key", flat=True) if keys else ()


def _about(text: str) -> Q:
    said = Q(pk__in=[])
    for field in TEXT_FIELDS:
        said |= Q(**{f"{field}__icontains": text})
    return said


def _row(
    arrival: Arrival, known: frozenset[str], shortened: frozenset[tuple[int, str]]
) -> ArrivalRow:
    document, message = arrival.document, arrival.message
    if document:
        known |= {key for customer_id, key in shortened if customer_id == document.customer_id}
    values: Mapping[str, Any] = document.values if document else {}
    doubts = len(doubts_in(values)) + len(unknown_references(values, known)) if document else 0
    doubts += arrival.outcome in NAMELESS
    references = values.get("references") or {}
    return ArrivalRow(
        pk=arrival.pk,
        channel=arrival.channel,
        state=arrival.state,
        outcome=arrival.outcome,
        error=arrival.error,
        received_at=arrival.received_at,
        seen=arrival.seen,
        sender=_sender(arrival),
        subject=(message.subject if message else "") or arrival.filename,
        language=document.language if document else "",
        document_id=document.pk if document else None,
        kind=document.kind if document else "",
        amount_minor=_amount(document),
        currency=document.currency if document else "",
        doubts=doubts,
        names=tuple(str(name) for name in references.get("claim") or ()),
        is_sure=bool(document) and not doubts and arrival.state == State.WAITING,
    )


def _sender(arrival: Arrival) -> str:
    if arrival.document and arrival.document.customer:
        return arrival.document.customer.name
    if arrival.message:
        return arrival.message.sender_name or arrival.message.sender
    return arrival.uploaded_by.name if arrival.uploaded_by else arrival.source


def _amount(document: Document | None) -> int | None:
    if document is None:
        return None
    if document.claimed_minor is not None:
        return document.claimed_minor
    return amount_in(document.values, "total_amount", document.currency)
