"""What payers say about a payment, as the desk shows it: their lists, two answers compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from concilia.cash.core.splits import DifferenceKind
from concilia.cash.models import Allocation, Remittance
from concilia.cash.queries.advices import lines_of
from concilia.cash.queries.otherwise import Otherwise, advices_on_desk
from concilia.cash.queries.payment import PaymentTable
from concilia.interfaces.components.formats import base_language, money_text
from concilia.interfaces.desk import bank_words
from concilia.interfaces.desk.access import DeskRequest
from concilia.kernel.reasons import reason_name


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAdvice:
    """A remittance with its lines; `part` says that only some of them are about this payment."""

    row: Remittance
    lines: Sequence[dict[str, Any]]
    is_joined: bool = False
    is_part: bool = False

    @property
    def href(self) -> str:
        """The page of its paper; empty where there is none."""
        paper = self.row.document_id
        return reverse("desk:document", args=[paper]) if paper else ""


def told_by_payer(request: DeskRequest, table: PaymentTable) -> dict[str, Any]:
    """What the payment's page shows of what its payer says."""
    told = advices_on_desk(entity=request.seat.entity, table=table)
    shown = [
        ShownAdvice(
            row=one.remittance, lines=lines_of(one), is_joined=True, is_part=bool(one.lines)
        )
        for one in told.joined
    ]
    shown += [ShownAdvice(row=row, lines=row.lines) for row in told.near]
    return {
        "advices": shown,
        "otherwise": told.otherwise,
        "compared": _compared(told.otherwise, base_language(request.user.language)),
        "labels": bank_words.LABELS,
    }


@dataclass(frozen=True, slots=True)
class Cell:
    """What one answer does to an item: the money, and the differences in words."""

    row: Allocation
    differences: Sequence[str]


def _compared(
    otherwise: Otherwise | None, language: str
) -> list[tuple[Any, Cell | None, Cell | None]]:
    if otherwise is None:
        return []
    return [(one, _cell(one.posted, language), _cell(one.said, language)) for one in otherwise.rows]


def _cell(row: Allocation | None, language: str) -> Cell | None:
    if row is None:
        return None
    parts = (
        (row.discount_minor, str(bank_words.KINDS[DifferenceKind.DISCOUNT])),
        (row.writeoff_minor, reason_name(row.writeoff_reason, language)),
        (row.deduction_minor, reason_name(row.deduction_reason, language)),
    )
    return Cell(
        row,
        [f"{money_text(minor, row.currency, language)} {words}" for minor, words in parts if minor],
    )
