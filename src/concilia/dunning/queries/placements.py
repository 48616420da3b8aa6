"""Hand-overs: what the gate asks, what the evidence holds, and which dates come."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import QuerySet, Sum

from concilia.cases.core.authority import Act, Amount, Level
from concilia.cases.core.limits import Subject
from concilia.cases.queries.limits import table_for
from concilia.claims.queries.authority import in_company_currency
from concilia.correspondence.models import Message
from concilia.dunning.core.interest import InterestRefused, LateItem, late_interest
from concilia.dunning.core.interest_rates import RateMissing
from concilia.dunning.core.interest_regimes import Kind, regime_for
from concilia.dunning.core.motives import Asked, are_exhausted
from concilia.dunning.core.placement.gate import Facts, ItemFacts
from concilia.dunning.core.placement.mandate import MandateLine
from concilia.dunning.core.placement.pack import Paper
from concilia.dunning.core.placement.terms import MADE, PaperKind, Route
from concilia.dunning.models import (
    ContactMade,
    Placement,
    PlacementItem,
    PlacementPaper,
    PlacementStep,
)
from concilia.dunning.queries.dunnable import DunnableItem, dunnable_items
from concilia.dunning.queries.story import motives_in_force
from concilia.foundation.blobs import read_blob
from concilia.identity.models import Entity, Membership
from concilia.kernel.currencies import EXPONENTS
from concilia.kernel.money import Money

ROLLING: Final = timedelta(days=30)
MESSAGES_MOST: Final = 500
COURTS: Final = frozenset({"IT", "ES", "FR", "DE", "UK"})


def court_of(country: str) -> str:
    """Whose timetable and evidence count; where we know none, the European order's."""
    code = {"GB": "UK"}.get(country, country)
    return code if code in COURTS else "EU"


def facts_of(*, row: Placement, today: date, is_approved: bool = False) -> Facts:
    """What the gate looks at, as things are now: six statements."""
    lines = list(row.items.select_related("item"))
    found = items_by_id(row, today)
    items = [_item(line, found.get(line.item_id)) for line in lines]
    keys = {line.item_id for line in lines}
    motives = motives_in_force(customers=[row.customer_id])[row.customer_id]
    papers = list(row.papers.all())
    return Facts(
        route=Route(row.route),
        country=row.country,
        today=today,
        items=items,
        reasons=[each.code for each in motives if each.item_id is None or each.item_id in keys],
        unit=10 ** EXPONENTS.get(row.currency, 2),
        is_business=bool(row.customer.vat_number),
        exhausted=_exhausted(row, today),
        is_urgent=row.is_urgent,
        has_partner=row.partner_id is not None,
        notice_delivered=row.notice_delivered_date,
        notice_until=row.notice_until_date,
        papers={PaperKind(each.kind) for each in papers} | MADE | _deliveries(lines),
        without_invoice=_without_invoice(lines, papers),
        is_approved=is_approved,
    )


def items_by_id(row: Placement, today: date) -> dict[int, DunnableItem]:
    """The open items of the customer by their key."""
    rows = dunnable_items(entity=row.entity, customers=[row.customer_id], today=today)
    return {each.id: each for each in rows}


def _item(line: PlacementItem, now: DunnableItem | None) -> ItemFacts:
    """What is placed already may be asked for by nobody else, and counts as free here."""
    free = 0 if now is None else now.dunnable + (now.placed if line.is_live else 0)
    return ItemFacts(
        number=line.item.document_number,
        asked=line.amount_minor,
        dunnable=free,
        disputed=_disputed_of(line, now),
        due=line.item.due_date,
    )


def _disputed_of(line: PlacementItem, now: DunnableItem | None) -> int:
    """Of the amount handed over, what is disputed; the rest of an item may be."""
    if now is None:
        return 0
    return max(0, line.amount_minor - (now.open - now.disputed)) if now.disputed else 0


def _exhausted(row: Placement, today: date) -> bool:
    tried = ContactMade.objects.filter(customer=row.customer_id, direction="OUT").exclude(
        outcome="NOT_CONNECTED"
    )
    asked = [Asked(at.date(), channel) for at, channel in tried.values_list("at", "channel")]
    return bool(asked) and are_exhausted(asked, today)


def _deliveries(lines: Sequence[PlacementItem]) -> set[PaperKind]:
    """Proofs of delivery that are stored with the deliveries themselves."""
    keys = [line.item_id for line in lines]
    rows = PlacementItem.objects.filter(
        item__in=keys, item__invoice__delivery__pod_blob__isnull=False
    )
    return {PaperKind.DELIVERY} if rows.exists() else set()


def _without_invoice(lines: Sequence[PlacementItem], papers: Sequence[PlacementPaper]) -> list[str]:
    """Items whose invoice is missing; where there is one item, any invoice is its."""
    laid = {each.item_id for each in papers if each.kind == PaperKind.INVOICE}
    if laid and len(lines) == 1:
        return []
    return [line.item.document_number for line in lines if line.item_id not in laid]


def papers_of(*, row: Placement, today: date) -> list[Paper]:
    """Every paper of the evidence with its bytes, proven against their digests."""
    laid = row.papers.select_related("document", "item").order_by("kind", "pk")
    found = [
        Paper(
            PaperKind(each.kind),
            each.document.filename,
            read_blob(sha256=each.document.blob_id),
            each.item.document_number if each.item else "",
            f"document {each.document_id}",
        )
        for each in laid
    ]
    lines = list(
        row.items.select_related("item__invoice__delivery").order_by("item__due_date", "pk")
    )
    found += _proofs(lines)
    found.append(Paper(PaperKind.STATEMENT, "statement.csv", _statement(row, lines, today)))
    found.append(Paper(PaperKind.INTEREST, "interest.csv", _interest(row, lines, today)))
    found.append(Paper(PaperKind.CORRESPONDENCE, "correspondence.txt", _correspondence(row)))
    return found


def _proofs(lines: Sequence[PlacementItem]) -> list[Paper]:
    found = []
    for line in lines:
        invoice = line.item.invoice
        delivery = invoice.delivery if invoice else None
        if delivery is not None and delivery.pod_blob_id:
            found.append(
                Paper(
                    PaperKind.DELIVERY,
                    f"{delivery.number}.pdf",
                    read_blob(sha256=delivery.pod_blob_id),
                    line.item.document_number,
                    f"delivery {delivery.number}",
                )
            )
    return found


def _statement(row: Placement, lines: Sequence[PlacementItem], today: date) -> bytes:
    now = items_by_id(row, today)
    head = ["document", "issued", "due", "currency", "original", "open", "handed_over"]
    rows = [
        [
            line.item.document_number,
            line.item.issue_date.isoformat(),
            line.item.due_date.isoformat(),
            row.currency,
            _decimal(line.item.original_minor, row.currency),
            _decimal(now[line.item_id].open if line.item_id in now else 0, row.currency),
            _decimal(line.amount_minor, row.currency),
        ]
        for line in lines
    ]
    total = _decimal(sum(line.amount_minor for line in lines), row.currency)
    return _table([head, *rows, ["total", "", today.isoformat(), row.currency, "", "", total]])


def _interest(row: Placement, lines: Sequence[PlacementItem], today: date) -> bytes:
    """By item and rate; where the law or a rate is missing, a line says which."""
    head = ["document", "from", "until", "days", "principal", "rate", "interest", "law"]
    out: list[list[str]] = [head]
    kind = Kind.B2B if row.customer.vat_number else Kind.B2C
    for line in lines:
        number = line.item.document_number
        try:
            regime = regime_for(row.entity.country, kind)
            late = LateItem(
                principal=Money(line.amount_minor, row.currency),
                due=line.item.due_date,
                until=today,
                notice=row.notice_delivered_date,
            )
            found = late_interest(late, regime)
        except (InterestRefused, RateMissing, LookupError) as refused:
            out.append([number, "", "", "", "", "", "", str(refused)])
            continue
        shares = found.by_segment()
        for segment, share in zip(found.segments, shares, strict=True):
            out.append(
                [
                    number,
                    segment.period.start.isoformat(),
                    segment.period.last.isoformat(),
                    str(segment.days),
                    _decimal(segment.principal.minor, row.currency),
                    str(segment.rate),
                    _decimal(share.minor, row.currency),
                    found.regime.id,
                ]
            )
    return _table(out)


def _correspondence(row: Placement) -> bytes:
    """What was written to and by the customer; notes of colleagues never leave."""
    rows = Message.objects.filter(
        customer=row.customer_id,
        lane__in=[Message.Lane.IN, Message.Lane.OUT],
        redacted_at=None,
    ).exclude(state__in=["WITHHELD", "FAILED"])
    newest = list(rows.order_by("-written_at", "-pk")[:MESSAGES_MOST])
    parts = [
        f"{one.written_at:%Y-%m-%d %H:%M} UTC  {one.lane}  {one.channel}  {one.recipient}\n"
        f"{one.subject}\n\n{one.body}\n"
        for one in reversed(newest)
    ]
    return ("\n----\n".join(parts) or "-\n").encode()


def _decimal(minor: int, currency: str) -> str:
    return str(Money(minor, currency).to_decimal())


def _table(rows: Sequence[Sequence[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def mandate_of(row: Placement) -> tuple[dict[str, Any], list[MandateLine]]:
    """What an agency is told: minimum data of the debtor, and the items."""
    lines = row.items.select_related("item").order_by("item__due_date", "pk")
    customer = row.customer
    about = {
        "mandate": row.name,
        "creditor": row.entity.name,
        "customer": customer.number,
        "name": customer.legal_name or customer.name,
        "country": customer.country,
        "language": customer.language,
        "vat_number": customer.vat_number,
        "currency": row.currency,
        "amount": _decimal(row.amount_minor, row.currency),
        "evidence_sha256": row.pack_id or "",
    }
    return about, [
        MandateLine(
            line.item.document_number,
            line.item.issue_date,
            line.item.due_date,
            Money(line.amount_minor, row.currency),
        )
        for line in lines
    ]


def level_needed(*, row: Placement, today: date) -> Level | None:
    """The lowest level that may sign, of all handed over for the customer in 30 days (§8.1)."""
    before = (
        Placement.objects.filter(
            customer=row.customer_id, signed_at__date__gt=today - ROLLING, state="PLACED"
        )
        .exclude(pk=row.pk)
        .values("currency")
        .annotate(minor=Sum("amount_minor"))
    )
    rolling = sum(
        in_company_currency(row.entity, each["minor"], each["currency"]) for each in before
    )
    asked = in_company_currency(row.entity, row.amount_minor, row.currency)
    matrix = table_for(row.entity).matrix_for(Subject(country=row.customer.country))
    return matrix.lowest_level(Act.START_LEGAL, Amount(asked, rolling, row.entity.currency))


def may_sign(*, row: Placement, member: Membership, today: date) -> bool:
    """Whether a person's authority covers it, and they are not who asked."""
    level = level_needed(row=row, today=today)
    return level is not None and member.level >= level and row.asked_by_id != member.pk


def placements_of(*, entity: Entity, state: str = "") -> QuerySet[Placement]:
    """The hand-overs of an entity, the newest first."""
    rows = Placement.objects.filter(entity=entity).select_related("customer", "partner")
    rows = rows.filter(state=state) if state else rows
    return rows.order_by("-number")


def steps_due(*, entity: Entity, until: date) -> QuerySet[PlacementStep]:
    """Dated tasks of running hand-overs that are due by a day, the earliest first."""
    rows = PlacementStep.objects.filter(
        placement__entity=entity, placement__state="PLACED", done_date=None, due_date__lte=until
    )
    return rows.select_related("placement__customer").order_by("due_date", "pk")
