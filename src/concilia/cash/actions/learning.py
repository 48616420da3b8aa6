"""
What a posting teaches, and its reversal takes back, in the same transaction (decision 51).

Each is a constant number of statements, whether one payment is decided or two hundred.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final

from django.db import connection

from concilia.cash.core.aliases import IBAN, NAME, alias_name
from concilia.cash.models import Allocation, HabitVerdict, Match
from concilia.cash.queries.candidates import payer_name_of
from concilia.cash.queries.item_columns import id_of_item
from concilia.customers.models import Customer
from concilia.matching.habits import digest_of

HABIT_RULE: Final = "M12"
# In one order for everybody: two clerks who confirm at once wait, and never deadlock.
TAUGHT: Final = """
INSERT INTO customers_payeralias AS known
       (entity_id, customer_id, kind, value, hits, is_stated, seen_at)
SELECT %s, taught.customer, taught.kind, taught.value, taught.hits, false, %s
  FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::int[])
       AS taught(customer, kind, value, hits)
 ORDER BY taught.kind, taught.value, taught.customer
    ON CONFLICT (entity_id, kind, value, customer_id)
    DO UPDATE SET hits = known.hits + excluded.hits, seen_at = excluded.seen_at
"""
WEAKENED: Final = """
UPDATE customers_payeralias SET hits = greatest(hits - 1, 0)
 WHERE id IN (
       SELECT known.id FROM customers_payeralias known
         JOIN unnest(%s::bigint[], %s::text[], %s::text[]) AS wrong(customer, kind, value)
           ON known.customer_id = wrong.customer AND known.kind = wrong.kind
          AND known.value = wrong.value
        WHERE known.entity_id = %s
        ORDER BY known.kind, known.value, known.customer_id
          FOR NO KEY UPDATE OF known)
"""
FORGOTTEN: Final = """
DELETE FROM customers_payeralias known
 USING unnest(%s::bigint[], %s::text[], %s::text[]) AS wrong(customer, kind, value)
 WHERE known.entity_id = %s AND known.customer_id = wrong.customer
   AND known.kind = wrong.kind AND known.value = wrong.value
   AND known.hits = 0 AND NOT known.is_stated AND known.written_by_id IS NULL
"""

Taught = tuple[int, str, str]


def learn(*, matches: Sequence[Match], at: datetime) -> None:
    """Learn from what people decided: who pays from where, and which habit was right."""
    assert connection.in_atomic_block, "what is learned stands or falls with the posting"
    if not matches:
        return
    rows = _rows_of(matches)
    payers = _payers(matches, rows)
    counted = Counter(one for match in matches for one in _aliases(match, payers))
    if counted:
        entity_id, hits = matches[0].entity_id, list(counted.values())
        with connection.cursor() as cursor:
            cursor.execute(TAUGHT, [entity_id, at, *_columns(counted), hits])
    _judge(
        [
            _verdict(match, payers[match.pk].pk, kind, at, agreed=said == digest)
            for match in matches
            if match.pk in payers and match.habits
            for digest in [_digest(rows.get(match.pk, ()))]
            for kind, said in match.habits.items()
        ]
    )


def unlearn(*, match: Match, at: datetime) -> None:
    """
    Take back what a posting taught that was wrong.

    A person's decision is no evidence any more. A habit that posted by itself has evidence against.
    """
    assert connection.in_atomic_block, "what is learned stands or falls with the posting"
    rows = _rows_of([match])
    payers = _payers([match], rows)
    taught = sorted(set(_aliases(match, payers)))
    if taught:
        with connection.cursor() as cursor:
            cursor.execute(WEAKENED, [*_columns(taught), match.entity_id])
            cursor.execute(FORGOTTEN, [*_columns(taught), match.entity_id])
    if match.decided_by_id is not None:
        HabitVerdict.objects.filter(bank_entry=match.bank_entry_id).delete()
    elif match.rule == HABIT_RULE and match.pk in payers:
        digest = _digest(rows.get(match.pk, ()))
        customer = payers[match.pk].pk
        wrong = [kind for kind, said in match.habits.items() if said == digest]
        _judge([_verdict(match, customer, kind, at, agreed=False) for kind in wrong])


def _rows_of(matches: Sequence[Match]) -> dict[int, list[Allocation]]:
    rows: dict[int, list[Allocation]] = {}
    found = Allocation.objects.filter(match__in=matches).select_related("item").order_by("pk")
    for row in found:
        rows.setdefault(row.match_id, []).append(row)
    return rows


def _payers(
    matches: Sequence[Match], rows: Mapping[int, Sequence[Allocation]]
) -> dict[int, Customer]:
    """Who paid, by match; where nobody is named, whose the first item is."""
    keys = {
        match.pk: match.customer_id or next((r.item.customer_id for r in rows.get(match.pk, ())), 0)
        for match in matches
    }
    found = Customer.objects.in_bulk(set(keys.values()) - {0})
    return {pk: found[key] for pk, key in keys.items() if key in found}


def _aliases(match: Match, payers: Mapping[int, Customer]) -> list[Taught]:
    payer = payers.get(match.pk)
    if payer is None:
        return []
    iban, name = match.bank_entry.payer_iban, alias_name(payer_name_of(match.bank_entry))
    taught = [(payer.pk, IBAN, iban)] if iban else []
    if name and name != alias_name(payer.name):
        taught.append((payer.pk, NAME, name))
    return taught


def _columns(taught: Iterable[Taught]) -> tuple[list[int], list[str], list[str]]:
    customers, kinds, values = zip(*taught, strict=True)
    return list(customers), list(kinds), list(values)


def _digest(rows: Sequence[Allocation]) -> str:
    return digest_of(
        (
            id_of_item(row.item_id),
            row.applied_minor,
            row.discount_minor,
            row.writeoff_minor,
            row.writeoff_reason if row.writeoff_minor else "",
            row.deduction_minor,
            row.deduction_reason if row.deduction_minor else "",
        )
        for row in rows
    )


def _verdict(
    match: Match, customer_id: int, kind: str, at: datetime, *, agreed: bool
) -> HabitVerdict:
    return HabitVerdict(
        entity_id=match.entity_id,
        bank_entry_id=match.bank_entry_id,
        customer_id=customer_id,
        kind=kind,
        agreed=agreed,
        judged_at=at,
    )


def _judge(verdicts: Sequence[HabitVerdict]) -> None:
    """One verdict for each payment and habit: the last word counts."""
    HabitVerdict.objects.bulk_create(
        verdicts,
        update_conflicts=True,
        unique_fields=["bank_entry", "kind"],
        update_fields=["customer", "agreed", "judged_at"],
    )
