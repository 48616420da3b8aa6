"""Handing a debt over: put together, asked for, signed by another, recalled, closed (§3.10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop as _

from concilia.cases.queries.office import today_of
from concilia.customers.models import Customer
from concilia.documents.models import Document
from concilia.dunning.actions.contact_terms import locked_customer
from concilia.dunning.actions.motives import NOTE_MAX, require_collector
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.core.placement.gate import Missing, missing
from concilia.dunning.core.placement.pack import pack
from concilia.dunning.core.placement.terms import MADE, PaperKind, Route
from concilia.dunning.core.placement.timetables import HANDED, due_dates, timetable_of
from concilia.dunning.models import (
    Partner,
    Placement,
    PlacementItem,
    PlacementPaper,
    PlacementStep,
)
from concilia.dunning.queries.dunnable import dunnable_items
from concilia.dunning.queries.placements import (
    court_of,
    facts_of,
    mandate_of,
    may_sign,
    papers_of,
)
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.blobs import store_blob
from concilia.identity.models import Entity, Membership, Role
from concilia.identity.queries import actor_of
from concilia.receivables.models import OpenItem

State = Placement.State
WHY_MAX: Final = 200
PAPER_BYTES_MAX: Final = 20_000_000
UPLOADED_BY: Final = "upload"


class NotReady(CollectionRefused):
    """A hand-over lacks something; `lacking` names every condition."""

    def __init__(self, lacking: Sequence[Missing]) -> None:
        super().__init__(_("This cannot be handed over yet: {count} conditions are missing."),
                         count=len(lacking))  # fmt: skip
        self.lacking = tuple(lacking)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlacement:
    """
    A hand-over to put together.

    :param items: which open items; none: all that may be asked for in the currency
    """

    customer_id: int
    route: str
    currency: str
    items: Sequence[int] = ()
    partner_id: int | None = None
    is_urgent: bool = False
    note: str = ""


@transaction.atomic(durable=True)
def add_partner(*, name: str, email: str, by: Membership, at: datetime) -> Partner:
    """
    Write down an agency or a lawyer.

    :raises CollectionRefused: without a name, or for one that is there
    """
    require_collector(by)
    wanted = name.strip()[:160]
    if not wanted:
        raise CollectionRefused(_("Say its name."))
    if Partner.objects.filter(entity=by.entity, name=wanted).exists():
        raise CollectionRefused(_("One of this name is there."))
    row = Partner.objects.create(entity=by.entity, name=wanted, email=email.strip()[:254])
    act = Act("partner.added", "partner", row.pk, {"name": row.name})
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[act])
    return row


@transaction.atomic(durable=True)
def draft_placement(*, new: NewPlacement, by: Membership, at: datetime) -> Placement:
    """
    Put a hand-over together: nothing leaves the chase before it is signed.

    :raises CollectionRefused: if there is nothing to hand over, or something is not the customer's
    """
    require_collector(by)
    customer = locked_customer(new.customer_id, by)
    if new.route not in Route.__members__:
        raise CollectionRefused(_("Choose one of the list."))
    row = Placement(
        entity=customer.entity,
        customer=customer,
        number=_next_number(customer.entity),
        route=new.route,
        country=court_of(customer.country),
        partner=_partner(new.partner_id, by),
        currency=new.currency,
        is_urgent=new.is_urgent,
        note=new.note.strip()[:NOTE_MAX],
        made_by=by,
        made_at=at,
    )
    today = today_of(customer.entity, at)
    found = dunnable_items(entity=customer.entity, customers=[customer.pk], today=today)
    mine = [each for each in found if each.currency == new.currency and each.dunnable > 0]
    if set(new.items) - {each.id for each in mine}:
        raise CollectionRefused(_("An item is not open, or not this customer's."))
    chosen = [each for each in mine if not new.items or each.id in set(new.items)]
    if not chosen:
        raise CollectionRefused(_("There is nothing to hand over."))
    row.amount_minor = sum(each.dunnable for each in chosen)
    row.save()
    PlacementItem.objects.bulk_create(
        PlacementItem(placement=row, item_id=each.id, amount_minor=each.dunnable) for each in chosen
    )
    _log(row, "placement.drafted", by, at)
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementTerms:
    """
    What is said of a hand-over while it is put together.

    :param delivered: the day on which the formal notice is proven to have arrived
    :param until: the last day of the time it gave
    :param is_urgent: the limitation comes close, and that is known
    """

    delivered: date | None = None
    until: date | None = None
    is_urgent: bool = False
    partner_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPaper:
    """
    A paper for the evidence: one that is stored, or a file with its name.

    :param item_id: the open item it belongs to; None: to all
    """

    kind: str
    document_id: int | None = None
    item_id: int | None = None
    upload: tuple[str, bytes] | None = None


@transaction.atomic(durable=True)
def say_terms(
    *, placement_id: int, terms: PlacementTerms, by: Membership, at: datetime
) -> Placement:
    """
    Say when the formal notice arrived and how long it gave, who collects, and whether time presses.

    :raises CollectionRefused: once it was asked for, or if its time ends before it arrived
    """
    require_collector(by)
    row = _locked(placement_id, by, State.DRAFT)
    if terms.delivered and terms.until and terms.until < terms.delivered:
        raise CollectionRefused(_("Its time ends after it arrived."))
    row.notice_delivered_date, row.notice_until_date = terms.delivered, terms.until
    row.is_urgent, row.partner = terms.is_urgent, _partner(terms.partner_id, by)
    row.save()
    _log(row, "placement.changed", by, at)
    return row


@transaction.atomic(durable=True)
def lay_paper(*, placement_id: int, new: NewPaper, by: Membership, at: datetime) -> PlacementPaper:
    """
    Lay a paper into the evidence.

    :raises CollectionRefused: for another customer's paper, an empty or too large file, or a kind
        that the program makes itself
    """
    require_collector(by)
    row = _locked(placement_id, by, State.DRAFT)
    if new.kind not in PaperKind.__members__ or PaperKind(new.kind) in MADE:
        raise CollectionRefused(_("Choose one of the list."))
    if new.item_id is not None and not row.items.filter(item=new.item_id).exists():
        raise CollectionRefused(_("An item is not open, or not this customer's."))
    document = _stored(row, new.upload, at) if new.upload else _document(row, new.document_id)
    paper, _made = PlacementPaper.objects.get_or_create(
        placement=row, kind=new.kind, document=document, defaults={"item_id": new.item_id}
    )
    act = Act("placement.paper_laid", "placement", row.pk, {"name": document.filename[:80]})
    audit.log(entity_id=row.entity_id, actor=actor_of(by), at=at, acts=[act])
    return paper


@transaction.atomic(durable=True)
def ask_to_place(*, placement_id: int, by: Membership, at: datetime) -> Placement:
    """
    Put a hand-over to signature: the evidence is packed and stands from now on.

    :raises NotReady: with every condition of the gate that is missing, but the signature
    """
    require_collector(by)
    row = _locked(placement_id, by, State.DRAFT)
    _require_ready(row, at)
    row.state, row.asked_by, row.asked_at = State.ASKED, by, at
    row.amount_minor = sum(line.amount_minor for line in row.items.all())
    about, _lines = mandate_of(row)
    papers = papers_of(row=row, today=today_of(row.entity, at))
    row.pack = store_blob(content=pack(papers, about), at=at)
    row.save()
    _log(row, "placement.asked", by, at)
    return row


@transaction.atomic(durable=True)
def sign_placement(*, placement_id: int, by: Membership, at: datetime) -> Placement:
    """
    Sign a hand-over: its items leave the chase, and its dates are set.

    :raises NotReady: if a condition is no longer met
    :raises CollectionRefused: if the person asked for it, or their authority does not cover it
    """
    row = _locked(placement_id, by, State.ASKED)
    if by.role not in {Role.APPROVER, Role.ADMIN} or not may_sign(
        row=row, member=by, today=today_of(row.entity, at)
    ):
        raise CollectionRefused(_("Somebody else signs this, with the authority for it."))
    _require_ready(row, at)
    row.state, row.signed_by, row.signed_at = State.PLACED, by, at
    row.save()
    row.items.update(is_live=True)
    _write_steps(row, today_of(row.entity, at))
    _log(row, "placement.signed", by, at)
    return row


@transaction.atomic(durable=True)
def send_back_placement(*, placement_id: int, why: str, by: Membership, at: datetime) -> Placement:
    """
    Send a hand-over back to who put it together, unsigned.

    :raises CollectionRefused: without a reason, or if it does not wait for a signature
    """
    require_collector(by)
    row = _locked(placement_id, by, State.ASKED)
    row.note = _why(why)
    row.state, row.asked_by, row.asked_at, row.pack = State.DRAFT, None, None, None
    row.save()
    _log(row, "placement.sent_back", by, at, row.note)
    return row


@transaction.atomic(durable=True)
def end_placement(
    *, placement_id: int, is_recall: bool, why: str, by: Membership, at: datetime
) -> Placement:
    """
    Recall a hand-over, or close it: what is open of its items may be chased again.

    :raises CollectionRefused: without a reason, or if it is over
    """
    require_collector(by)
    allowed = (State.DRAFT, State.ASKED, State.PLACED) if is_recall else (State.PLACED,)
    row = _locked(placement_id, by, *allowed)
    row.state = State.RECALLED if is_recall else State.CLOSED
    row.ended_by, row.ended_at, row.ended_why = by, at, _why(why)
    row.save()
    row.items.update(is_live=False)
    _log(row, f"placement.{row.state.lower()}", by, at, row.ended_why)
    return row


@transaction.atomic(durable=True)
def finish_step(
    *, placement_id: int, key: str, on: date, by: Membership, at: datetime
) -> PlacementStep:
    """
    Say on which day a step was done; what counts from it gets its date.

    :raises CollectionRefused: for a day to come, or a step that was done or has no date yet
    """
    require_collector(by)
    row = _locked(placement_id, by, State.PLACED)
    today = today_of(row.entity, at)
    step = row.steps.filter(key=key).first()
    if step is None or step.due_date is None:
        raise CollectionRefused(_("Something comes before this."))
    if step.done_date is not None:
        raise CollectionRefused(_("This was done before."))
    if on > today:
        raise CollectionRefused(_("Choose a day that has come."))
    step.done_date, step.done_by = on, by
    step.save(update_fields=["done_date", "done_by"])
    _date_steps(row)
    act = Act("placement.step_done", "placement", row.pk, {"name": key, "to": on.isoformat()})
    audit.log(entity_id=row.entity_id, actor=actor_of(by), at=at, acts=[act])
    return step


def _require_ready(row: Placement, at: datetime) -> None:
    """Look at the gate with customer and items locked: nobody promises or disputes meanwhile."""
    list(Customer.objects.select_for_update(no_key=True).filter(pk=row.customer_id))
    keys = row.items.values("item")
    list(OpenItem.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    facts = facts_of(row=row, today=today_of(row.entity, at), is_approved=True)
    lacking = missing(facts)
    if lacking:
        raise NotReady(lacking)


def _write_steps(row: Placement, today: date) -> None:
    table = timetable_of(Route(row.route), row.country)
    dates = due_dates(table, {HANDED: today})
    PlacementStep.objects.bulk_create(
        PlacementStep(placement=row, n=n, key=step.key, due_date=dates[step.key])
        for n, step in enumerate(table.steps, start=1)
    )


def _date_steps(row: Placement) -> None:
    """Steps that are not done get the date that follows from those that are."""
    steps = list(row.steps.order_by("n"))
    assert row.signed_at is not None, "what is placed was signed"
    events = {step.key: step.done_date for step in steps if step.done_date is not None}
    events[HANDED] = today_of(row.entity, row.signed_at)
    dates = due_dates(timetable_of(Route(row.route), row.country), events)
    for step in steps:
        if step.done_date is None:
            step.due_date = dates[step.key]
    PlacementStep.objects.bulk_update(steps, ["due_date"])


def _partner(partner_id: int | None, by: Membership) -> Partner | None:
    if partner_id is None:
        return None
    found = Partner.objects.filter(pk=partner_id, entity=by.entity_id, is_active=True).first()
    if found is None:
        raise CollectionRefused(_("Choose one of the list."))
    return found


def _document(row: Placement, document_id: int | None) -> Document:
    mine = Document.objects.filter(entity=row.entity_id, customer=row.customer_id)
    found = mine.filter(pk=document_id).first() if document_id is not None else None
    if found is None:
        raise CollectionRefused(_("There is no such paper of this customer."))
    return found


def _stored(row: Placement, upload: tuple[str, bytes], at: datetime) -> Document:
    name, content = upload
    if not content or len(content) > PAPER_BYTES_MAX:
        raise CollectionRefused(_("The file is empty or larger than 20 MB."))
    blob = store_blob(content=content, at=at)
    found, _made = Document.objects.get_or_create(
        entity=row.entity,
        blob=blob,
        parent=None,
        defaults={
            "filename": name.replace("\x00", "")[:255] or UPLOADED_BY,
            "customer": row.customer,
            "received_at": at,
        },
    )
    if found.customer_id not in {None, row.customer_id}:
        raise CollectionRefused(_("There is no such paper of this customer."))
    return found


def _why(text: str) -> str:
    if not text.strip():
        raise CollectionRefused(_("Say why."))
    return text.strip()[:WHY_MAX]


def _next_number(entity: Entity) -> int:
    list(Entity.objects.select_for_update(no_key=True).filter(pk=entity.pk))
    last = Placement.objects.filter(entity=entity).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _log(row: Placement, name: str, by: Membership, at: datetime, why: str = "") -> None:
    data = {"name": row.name, "currency": row.currency, "amount": row.amount_minor}
    act = Act(name, "customer", row.customer_id, data, why)
    audit.log(entity_id=row.entity_id, actor=actor_of(by), at=at, acts=[act])


def _locked(placement_id: int, by: Membership, *states: str) -> Placement:
    row = (
        Placement.objects.select_for_update(of=("self",), no_key=True)
        .select_related("entity", "customer__entity", "partner")
        .filter(pk=placement_id, entity=by.entity_id)
        .first()
    )
    if row is None:
        raise CollectionRefused(_("There is no such hand-over."))
    if row.state not in states:
        raise CollectionRefused(_("This hand-over has gone on meanwhile."))
    return row
