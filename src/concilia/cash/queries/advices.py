"""What payers say about payments: remittances as matching reads them, and which are still free."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from concilia.cash.models import Remittance, RemittanceJoin
from concilia.identity.models import Entity
from concilia.kernel.currencies import exponent_of
from concilia.kernel.references import normalise_reference
from concilia.matching import records
from concilia.receivables.models import BankEntry

SEPARATOR: Final = ", "  # between the keys of several remittances of one payment


@dataclass(frozen=True, slots=True)
class Advised:
    """
    The remittances that matter to some payments.

    :param said: as matching reads them
    :param customers: whom they are from, as far as that is known
    :param keys: the documents they name, as `number_key` has them
    :param names: who the joined ones are from, by payment
    :param by_person: the payments to which a person joined one
    """

    said: list[records.Remittance]
    customers: set[int]
    keys: set[str]
    names: dict[int, str]
    by_person: frozenset[int]


def free_remittances(*, entity_id: int) -> QuerySet[Remittance]:
    """Remittances that are about no payment yet."""
    joins = RemittanceJoin.objects.filter(remittance=OuterRef("pk"))
    return Remittance.objects.filter(~Exists(joins), entity=entity_id)


def joins_of(entries: Iterable[BankEntry]) -> dict[int, list[RemittanceJoin]]:
    """What was joined to some payments, in the order it came; one query."""
    found: dict[int, list[RemittanceJoin]] = {}
    rows = RemittanceJoin.objects.filter(bank_entry__any_of=[entry.pk for entry in entries])
    for row in rows.select_related("remittance__document").order_by("remittance_id"):
        found.setdefault(row.bank_entry_id, []).append(row)
    return found


def advised(entity: Entity, entries: Sequence[BankEntry]) -> Advised:
    """
    Read what is joined to these payments; to the others what is free and has their total.

    Two queries.
    """
    joined = joins_of(entries)
    totals = {entry.amount_minor for entry in entries if entry.pk not in joined}
    free = list(
        free_remittances(entity_id=entity.pk).filter(total_minor__any_of=totals).order_by("pk")
        if totals
        else ()
    )
    rows = [*free, *(one.remittance for several in joined.values() for one in several)]
    said = [_whole(row) for row in free]
    said += [_joined(entry, joined[entry.pk]) for entry in entries if entry.pk in joined]
    return Advised(
        said=said,
        customers={row.customer_id for row in rows if row.customer_id},
        keys=set().union(*(document_keys(row) for row in rows)) if rows else set(),
        names={key: name_in(several) for key, several in joined.items()},
        by_person=frozenset(
            key for key, several in joined.items() if any(one.joined_by_id for one in several)
        ),
    )


def document_keys(row: Remittance) -> set[str]:
    """The documents a remittance names, as `number_key` has them."""
    keys = {normalise_reference(str(line.get("number") or "")) for line in row.lines}
    return keys - {""}


def keys_of(remittance_id: str | None) -> list[int]:
    """The keys of the remittances an answer of matching rests on."""
    parts = (remittance_id or "").split(SEPARATOR)
    return [int(part) for part in parts if part.isdecimal()]


def name_in(joins: Sequence[RemittanceJoin]) -> str:
    """Who the remittances of a payment are from."""
    named = (one.remittance.payer_name for one in joins)
    return next(filter(None, named), f"Remittance {joins[0].remittance_id}")


def lines_of(join: RemittanceJoin) -> list[dict[str, Any]]:
    """The lines of a remittance that are about this payment."""
    lines: list[dict[str, Any]] = join.remittance.lines
    return [lines[place] for place in join.lines if place < len(lines)] if join.lines else lines


def _whole(row: Remittance) -> records.Remittance:
    return records.Remittance(
        remittance_id=str(row.pk),
        payer_name=row.payer_name,
        payer_iban="",
        dated_on=row.payment_date,
        currency=row.currency,
        total_minor=row.total_minor,
        lines=tuple(line_of(line, row.currency) for line in row.lines),
    )


def _joined(entry: BankEntry, joins: Sequence[RemittanceJoin]) -> records.Remittance:
    """
    All that was joined to a payment as one remittance of its amount, whenever it was dated.

    It is from the very account that paid, so that nobody has to know the payer.
    """
    return records.Remittance(
        remittance_id=SEPARATOR.join(str(one.remittance_id) for one in joins),
        payer_name=name_in(joins),
        payer_iban=entry.payer_iban,
        dated_on=None,
        currency=entry.currency,
        total_minor=entry.amount_minor,
        lines=tuple(
            line_of(line, one.remittance.currency) for one in joins for line in lines_of(one)
        ),
    )


def line_of(line: Mapping[str, object], currency: str) -> records.RemittanceLine:
    """A line of a remittance as matching reads it; words where an amount should be say nothing."""

    def minor(name: str) -> int | None:
        value = line.get(name)
        if value in (None, ""):
            return None
        try:
            return int(Decimal(str(value)).scaleb(exponent_of(currency)).to_integral_value())
        except (InvalidOperation, OverflowError):
            return None

    return records.RemittanceLine(
        number=str(line.get("number") or ""),
        gross_minor=minor("gross"),
        discount_minor=minor("discount") or 0,
        deduction_minor=minor("deduction") or 0,
        reason_text=str(line.get("reason_text") or ""),
        net_minor=minor("net"),
    )
