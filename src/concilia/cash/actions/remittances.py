from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction

from concilia.cash.models import Remittance
from concilia.customers.models import Customer
from concilia.documents.models import Document
from concilia.foundation import audit
from concilia.foundation.audit import SYSTEM, Act
from concilia.foundation.jobs import defer
from concilia.kernel.money import Money


@transaction.atomic(durable=True)
def register_remittance(
    *, document_id: int, customer_id: int | None, at: datetime
) -> Remittance | None:
    """
    Keep what a payer says a payment settles; the payments it may be about are looked at anew.

    :return: None if the document names no total
    """
    document = Document.objects.select_related("entity").get(pk=document_id)
    values: dict[str, Any] = document.values
    currency = values.get("currency") or document.entity.currency
    if not values.get("total_amount"):
        return None
    remittance, is_new = Remittance.objects.get_or_create(
        document=document,
        defaults={
            "entity": document.entity,
            "customer": Customer.objects.filter(pk=customer_id or 0).first(),
            "payer_name": (values.get("payer_name") or "")[:160],
            "currency": currency,
            "total_minor": Money.parse(values["total_amount"], currency).minor,
            "payment_date": _date(values.get("payment_date")),
            "lines": _lines(values.get("lines") or []),
            "received_at": at,
        },
    )
    if not is_new:
        return remittance
    key = remittance.pk
    defer("concilia.place_remittance", once=f"remittance:{key}", remittance_id=key)
    act = Act("remittance.registered", "document", document.pk, {"total": remittance.total_minor})
    audit.log(entity_id=document.entity_id, actor=SYSTEM, at=at, acts=[act])
    return remittance


def _lines(lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One line for each document: where several reasons took something off, their sum."""
    kept: list[dict[str, Any]] = []
    for line in map(_line, lines):
        last = kept[-1] if kept else None
        if last and last["number"] == line["number"] != "" and _only_deducts(line):
            cut = Decimal(last["deduction"] or 0) + Decimal(line["deduction"])
            told = dict.fromkeys(filter(None, (last["reason_text"], line["reason_text"])))
            last |= {"deduction": f"{cut:f}", "reason_text": " · ".join(told)}
        else:
            kept.append(line)
    return kept


def _only_deducts(line: dict[str, Any]) -> bool:
    amounts = (line["gross"], line["net"], line["discount"])
    return bool(line["deduction"]) and not any(amounts)


def _line(line: dict[str, Any]) -> dict[str, Any]:
    """A line of a reading (docs/reference/reading.md) as matching wants it."""
    return {
        "number": line.get("document") or "",
        "gross": line.get("invoiced"),
        "discount": line.get("discount"),
        "deduction": line.get("deducted"),
        "reason_text": line.get("reason_text") or "",
        "net": line.get("paid"),
    }


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
