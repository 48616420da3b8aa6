"""What a paid settlement gives up: signed, written off, and taken back if the money goes back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.queries.office import today_of
from concilia.claims.queries.settlement import as_item
from concilia.dunning.actions.motives import require_collector
from concilia.dunning.actions.plans import locked_customer, locked_plan
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.models import Plan, Settlement, Waiver, WaiverSignature
from concilia.dunning.queries.waivers import require_signer, rest_of, round_of, signers_of
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.ledger.actions import Booking, PostingOrder, book_entries, request_posting
from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.core.entries import Entry, EntryKind, Line, reverse
from concilia.ledger.core.resolutions.debts import waived
from concilia.ledger.models import JournalEntry, Posting
from concilia.ledger.ports import (
    DocumentType,
    PostingRequest,
    external_ref,
    idempotency_key,
    posting_lines,
)
from concilia.receivables.models import OpenItem

GIVEN_UP: Final = "WAIVER"
TAKEN_BACK: Final = "WAIVER_BACK"


@transaction.atomic(durable=True)
def sign_waiver(*, plan_id: int, by: Membership, at: datetime) -> Settlement:
    """
    Sign that what a paid settlement gives up is written off; booked with the last signature (A18).

    From the level on that needs four eyes two people sign (SoD-7), none of them who negotiated it.

    :raises CollectionRefused: before it is paid, when it was done before, or as `require_signer`
    :raises NoRate: where the entity has no rate for the currency
    """
    require_collector(by)
    plan = Plan.objects.filter(pk=plan_id, entity=by.entity_id).first()
    if plan is None:
        raise CollectionRefused(_("There is no such plan."))
    locked_customer(plan.customer_id, by.entity_id)
    row = locked_plan(plan_id, by.entity_id)
    found = Settlement.objects.filter(plan=row).first()
    if found is None or row.state != Plan.State.COMPLETED:
        raise CollectionRefused(_("Nothing is given up before a settlement is paid."))
    if found.booked_at is not None:
        raise CollectionRefused(_("This was done before."))
    row.settlement = found
    keys = row.items.values("item")
    list(OpenItem.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))
    rest = rest_of(row)
    total = sum(minor for _item, minor in rest)
    authority = require_signer(plan=row, minor=total, by=by, at=at)
    has_other = bool(signers_of(found))
    WaiverSignature.objects.create(
        settlement=found, round=round_of(found), signed_by=by.user, signed_at=at
    )
    acts = [_told(row, "settlement.signed", total)]
    if has_other or not authority.needs_two:
        _book(row, found, rest, at)
        found.booked_at, found.booked_by = at, by.user
        found.save(update_fields=["booked_at", "booked_by"])
        acts.append(_told(row, "settlement.booked", total))
    audit.log(entity_id=row.entity_id, actor=actor_of(by), at=at, acts=acts)
    return found


def take_back_waivers(*, plans: Sequence[Plan], at: datetime) -> list[Act]:
    """
    Reverse what was written off for settlements that are no longer paid, inside the caller's
    transaction; return the log.

    The debt is whole again, and what was signed counts for nothing.
    """
    acts = []
    settlements = Settlement.objects.filter(plan__in=plans, booked_at__isnull=False)
    for found in settlements.select_related("plan__customer__entity").order_by("plan"):
        total = 0
        mine = Waiver.objects.select_for_update(of=("self",)).filter(
            settlement=found, taken_back=None
        )
        for waiver in mine.select_related("entry", "item").order_by("item"):
            total += waiver.amount_minor
            entry = reverse(_entry_of(waiver), entry_id=waiver.entry_id)
            booked, _posting = _written(
                found.plan, waiver.item, entry, TAKEN_BACK, waiver.round, at
            )
            waiver.taken_back = booked
            waiver.save(update_fields=["taken_back"])
        found.booked_at = found.booked_by = None
        found.save(update_fields=["booked_at", "booked_by"])
        acts.append(_told(found.plan, "settlement.taken_back", total))
    return acts


def _book(
    plan: Plan, found: Settlement, rest: Sequence[tuple[OpenItem, int]], at: datetime
) -> None:
    turn = round_of(found)
    for item, minor in rest:
        entry = waived(as_item(item), waived_minor=minor)
        booked, posting = _written(plan, item, entry, GIVEN_UP, turn, at)
        Waiver.objects.create(
            settlement=found,
            item=item,
            round=turn,
            amount_minor=minor,
            entry=booked,
            posting=posting,
        )


def _written(
    plan: Plan, item: OpenItem, entry: Entry, act: str, turn: int, at: datetime
) -> tuple[JournalEntry, Posting]:
    """An entry about one item of a settlement, and its job for the ERP."""
    entity, today = plan.customer.entity, today_of(plan.customer.entity, at)
    name = f"settlement:{plan.pk}:{act.lower()}:{item.pk}:{turn}"
    booking = Booking(
        key=name, entry=entry, posting_date=today, text=f"{act} {item.document_number}"[:200]
    )
    [booked] = book_entries(entity_id=entity.pk, bookings=[booking], at=at)
    order = PostingOrder(
        entity_id=entity.pk,
        customer_id=plan.customer_id,
        connector=entity.erp,
        request=_request(plan, item, entry, (act, turn), today),
    )
    return booked, request_posting(order=order, entry=booked, at=at)


def _request(
    plan: Plan, item: OpenItem, entry: Entry, act: tuple[str, int], today: date
) -> PostingRequest:
    customer = plan.customer
    key = idempotency_key(
        tenant=customer.entity.code,
        company=customer.entity.code,
        resolution=f"settlement:{plan.pk}",
        action=f"{act[0]}:{item.pk}",
        version=act[1],
    )
    text = f"{act[0]} {item.document_number}"
    return PostingRequest(
        posting_id=str(uuid5(NAMESPACE_URL, key)),
        idempotency_key=key,
        external_ref=external_ref(key),
        company=customer.entity.code,
        document_type=DocumentType.JOURNAL,
        document_date=today,
        posting_date=today,
        currency=plan.currency,
        lines=posting_lines(
            entry, partner=customer.number, ref_item=item.document_number or None, text=text
        ),
        partner=customer.number,
        text=text,
        references=(item.document_number,) if item.document_number else (),
    )


def _entry_of(waiver: Waiver) -> Entry:
    lines = tuple(
        Line(
            role=AccountRole(line.account),
            debit_minor=line.debit_minor,
            credit_minor=line.credit_minor,
            item_id=line.item_id,
            customer_id=line.customer_id,
            vat_bp=line.vat_bp,
        )
        for line in waiver.entry.lines.order_by("pk")
    )
    return Entry(kind=EntryKind(waiver.entry.kind), currency=waiver.entry.currency, lines=lines)


def _told(row: Plan, name: str, minor: int) -> Act:
    data = {
        "plan": row.pk,
        "currency": row.currency,
        "amount": row.principal_minor,
        "waived": minor,
    }
    return Act(name, "customer", row.customer_id, data)
