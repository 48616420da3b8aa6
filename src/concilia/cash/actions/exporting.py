"""Payments for the ERP: what is posted here is posted there, once, and so is what is taken back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cash.models import NOT_APPLIED, Match
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Entity, Membership, Role
from concilia.identity.queries import actor_of
from concilia.ledger.actions import PostingOrder, request_posting
from concilia.ledger.core.accounts import AccountRole
from concilia.ledger.models import JournalEntry, JournalLine, Posting
from concilia.ledger.ports import (
    DocumentType,
    PostingLine,
    PostingRequest,
    external_ref,
    idempotency_key,
)

SETTING: Final = "post_payments"
PREFIX: Final = "PA"
CHUNK: Final = 200


class ExportRefused(Refused):
    """Whether payments go to the ERP cannot be set so; the message says why."""


@transaction.atomic(durable=True)
def change_payment_export(*, is_wanted: bool, by: Membership, at: datetime) -> Entity:
    """
    Hand posted payments over to the ERP, or no more; it holds from the next one that is posted.

    :raises ExportRefused: if the caller is no administrator, or no ERP is connected
    """
    if by.role != Role.ADMIN:
        raise ExportRefused(_("Only an administrator changes this."))
    entity = Entity.objects.select_for_update(no_key=True).get(pk=by.entity_id)
    before = goes_to_erp(entity)
    if is_wanted and not entity.erp:
        raise ExportRefused(_("Choose a connector to the ERP first."))
    if before == is_wanted:
        return entity
    entity.settings = entity.settings | {SETTING: is_wanted}
    entity.save(update_fields=["settings"])
    data = {SETTING: {"before": before, "after": is_wanted}}
    act = Act("payment_export.changed", "entity", entity.pk, data)
    audit.log(entity_id=entity.pk, actor=actor_of(by), at=at, acts=[act])
    return entity


def goes_to_erp(entity: Entity) -> bool:
    """Whether this company wants its posted payments in the ERP."""
    return bool(entity.settings.get(SETTING))


def order_payments(*, match_ids: Sequence[int], at: datetime) -> int:
    """
    Put posted payments to the ERP where the company wants that (`post_payments`), each once.

    Some hundreds in one transaction; can be stopped anywhere and started again.

    :return: how many were ordered
    """
    chunks = (match_ids[start : start + CHUNK] for start in range(0, len(match_ids), CHUNK))
    return sum(_order(match_ids=chunk, at=at) for chunk in chunks)


@transaction.atomic(durable=True)
def _order(*, match_ids: Sequence[int], at: datetime) -> int:
    matches = list(
        Match.objects.select_for_update(of=("self",), no_key=True)
        .select_related("entity", "customer", "bank_entry")
        .filter(pk__in=match_ids, state=Match.State.POSTED, customer__isnull=False)
        .exclude(rule__in=NOT_APPLIED)
        .order_by("pk")
    )
    wanted = {match.entry_id or 0: match for match in matches if _is_wanted(match.entity)}
    ordered = _ordered(wanted)
    fresh = {key: match for key, match in wanted.items() if key not in ordered}
    lines = _lines(fresh)
    for entry in JournalEntry.objects.filter(pk__in=fresh).order_by("pk"):
        _request(fresh[entry.pk], entry, lines[entry.pk], "apply", at)
    return len(fresh)


@transaction.atomic(durable=True)
def order_reversals(*, bank_entry_id: int, at: datetime) -> int:
    """
    Put the reversals of a payment's postings to the ERP, of those that were put there.

    :return: how many were ordered
    """
    rows = Match.objects.select_related("entity", "customer", "bank_entry").filter(
        bank_entry=bank_entry_id, state=Match.State.REVERSED, customer__isnull=False
    )
    matches = {match.entry_id or 0: match for match in rows}
    ordered = _ordered(matches)
    reversals = JournalEntry.objects.filter(reverses__in=ordered).order_by("pk")
    done = _ordered(entry.pk for entry in reversals)
    fresh = {entry.pk: entry for entry in reversals if entry.pk not in done}
    lines = _lines(fresh)
    for entry in fresh.values():
        assert entry.reverses_id is not None, "only reversals were read"
        _request(matches[entry.reverses_id], entry, lines[entry.pk], "reverse", at)
    return len(fresh)


def _is_wanted(entity: Entity) -> bool:
    return bool(entity.erp) and goes_to_erp(entity)


def _ordered(entries: Iterable[int | None]) -> set[int]:
    rows = Posting.objects.filter(entry__in=[key for key in entries if key])
    return set(rows.values_list("entry", flat=True))


def _lines(entries: Iterable[int | None]) -> dict[int, list[JournalLine]]:
    found: dict[int, list[JournalLine]] = {}
    rows = JournalLine.objects.filter(entry__in=[key for key in entries if key])
    for row in rows.select_related("item", "customer").order_by("pk"):
        found.setdefault(row.entry_id, []).append(row)
    return found


def _request(
    match: Match, entry: JournalEntry, lines: Sequence[JournalLine], action: str, at: datetime
) -> Posting:
    customer = match.customer
    assert customer is not None, "a payment is posted for somebody"
    key = idempotency_key(
        tenant=match.entity.code,
        company=match.entity.code,
        resolution=f"match:{match.pk}",
        action=action,
        version=match.version,
    )
    documents = [row.item.document_number for row in lines if row.item]
    request = PostingRequest(
        posting_id=str(uuid5(NAMESPACE_URL, key)),
        idempotency_key=key,
        external_ref=external_ref(key, prefix=PREFIX),
        company=match.entity.code,
        document_type=DocumentType.JOURNAL,
        document_date=match.bank_entry.value_date,
        posting_date=entry.posting_date,
        value_date=match.bank_entry.value_date,
        currency=entry.currency,
        lines=tuple(_line(row, match) for row in lines),
        partner=customer.number,
        text=f"{match.rule} {match.bank_entry.payer_name}".strip(),
        references=tuple(dict.fromkeys(documents)),
    )
    order = PostingOrder(
        entity_id=match.entity_id,
        customer_id=customer.pk,
        connector=match.entity.erp,
        request=request,
    )
    return request_posting(order=order, entry=entry, at=at)


def _line(row: JournalLine, match: Match) -> PostingLine:
    return PostingLine(
        role=AccountRole(row.account),
        debit_minor=row.debit_minor,
        credit_minor=row.credit_minor,
        text=match.bank_entry.text[:80],
        partner=row.customer.number if row.customer else None,
        vat_bp=row.vat_bp,
        assignment=match.bank_entry.entry_key[:60],
        ref_item=row.item.document_number if row.item else None,
    )
