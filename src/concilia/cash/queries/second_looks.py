"""What the engine cannot know from open items alone: what was paid before, and how often."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from django.db.models import Q, Sum

from concilia.cash.models import RETURNED, Allocation, Match, Remittance
from concilia.cash.queries.candidates import keys_in
from concilia.identity.models import Entity
from concilia.kernel.money import Money
from concilia.matching import records
from concilia.matching.explanations import Explanation, Part, part
from concilia.matching.policy import Policy
from concilia.matching.reasons import SMALL_DIFFERENCE
from concilia.receivables.models import BankEntry

RETURN_DAYS: Final = 400
NAMING_KEY_MIN: Final = 5


def second_looks(
    *,
    entity: Entity,
    entries: Sequence[BankEntry],
    answers: Sequence[records.Match],
    policy: Policy,
) -> list[records.Match]:
    """
    The engine's answers in the light of what was posted before, in a constant number of queries.

    A payment that names what another one has settled is probably a second one; money taken back
    belongs to an earlier payment; small differences are tolerated once a month, not every time.
    Explanations name payments and advices by what people know them by.
    """
    looked = _paid_before(entity, entries, answers)
    looked = _taken_back(entity, entries, looked)
    looked = _within_the_month(entries, looked, policy)
    return _named(entries, looked)


def _paid_before(
    entity: Entity, entries: Sequence[BankEntry], answers: Sequence[records.Match]
) -> list[records.Match]:
    unplaced = {
        entry.pk: {key for key in keys_in(entry) if len(key) >= NAMING_KEY_MIN}
        for entry, answer in zip(entries, answers, strict=True)
        if not (answer.allocations or answer.duplicate_of or entry.is_return)
    }
    keys = set().union(*unplaced.values()) if unplaced else set()
    if not keys:
        return list(answers)
    settled: dict[str, list[Allocation]] = {}
    rows = Allocation.objects.filter(
        item__entity=entity,
        item__number_key__in=keys,
        item__open_minor=0,
        match__state=Match.State.POSTED,
    ).select_related("item", "match__bank_entry")
    for row in rows.order_by("pk"):
        settled.setdefault(row.item.number_key, []).append(row)
    return [
        _as_second(entry, answer, [one for key in sorted(found) for one in settled.get(key, [])])
        if (found := unplaced.get(entry.pk))
        else answer
        for entry, answer in zip(entries, answers, strict=True)
    ]


def _as_second(
    entry: BankEntry, answer: records.Match, rows: Sequence[Allocation]
) -> records.Match:
    """The answer that this was paid before, if the same payer says so about something settled."""
    for row in rows:
        first = row.match.bank_entry
        same_payer = bool(entry.payer_iban) and entry.payer_iban == first.payer_iban
        same_name = entry.payer_name.casefold() == first.payer_name.casefold()
        if first.pk != entry.pk and first.currency == entry.currency and (same_payer or same_name):
            told = part("duplicate", documents=row.item.document_number, payment=str(first.pk))
            return answer._replace(
                customer_id=answer.customer_id or str(row.item.customer_id),
                explanation=Explanation((told,)),
                duplicate_of=str(first.pk),
            )
    return answer


def _taken_back(
    entity: Entity, entries: Sequence[BankEntry], answers: Sequence[records.Match]
) -> list[records.Match]:
    returns = [entry for entry in entries if entry.is_return]
    if not returns:
        return list(answers)
    origins = origins_of(entity_id=entity.pk, returns=returns)
    looked = []
    for entry, answer in zip(entries, answers, strict=True):
        found = origins.get(entry.pk, [])
        if entry.is_return and len(found) == 1:
            told = part("taken_back_of", payment=str(found[0].pk))
            looked.append(answer._replace(explanation=Explanation((told,))))
        elif entry.is_return:
            looked.append(answer._replace(explanation=Explanation((part("taken_back"),))))
        else:
            looked.append(answer)
    return looked


def origins_of(*, entity_id: int, returns: Sequence[BankEntry]) -> dict[int, list[BankEntry]]:
    """
    The earlier payments each returned amount may belong to, the likeliest first; one query.

    One that has the same end-to-end reference is the only one. Else it has the amount and the payer
    of the return; a payment that went back once does not go back again.
    """
    wanted = Q(pk__in=[])
    for entry in returns:
        since = entry.booking_date - timedelta(days=RETURN_DAYS)
        span = Q(booking_date__gte=since, booking_date__lte=entry.booking_date)
        if entry.end_to_end_id:
            wanted |= span & Q(end_to_end_id=entry.end_to_end_id)
        wanted |= span & Q(amount_minor=entry.amount_minor)
    earlier = list(
        BankEntry.objects.filter(wanted, entity=entity_id, is_return=False)
        .exclude(pk__in=Match.objects.filter(rule=RETURNED, state="POSTED").values("bank_entry"))
        .order_by("-booking_date", "-pk")[:500]
    )
    return {entry.pk: _origins(entry, earlier) for entry in returns}


def _origins(entry: BankEntry, earlier: Sequence[BankEntry]) -> list[BankEntry]:
    same_currency = [one for one in earlier if one.currency == entry.currency]
    named = [
        one
        for one in same_currency
        if entry.end_to_end_id and one.end_to_end_id == entry.end_to_end_id
    ]
    if named:
        return named
    return [
        one
        for one in same_currency
        if one.amount_minor == entry.amount_minor and _is_same_payer(entry, one)
    ]


def _is_same_payer(entry: BankEntry, one: BankEntry) -> bool:
    if entry.payer_iban and one.payer_iban:
        return entry.payer_iban == one.payer_iban
    return not entry.payer_name or entry.payer_name.casefold() == one.payer_name.casefold()


def _within_the_month(
    entries: Sequence[BankEntry], answers: Sequence[records.Match], policy: Policy
) -> list[records.Match]:
    """Anti-salami (domain.md §6.5.5): what was tolerated earlier this month counts too."""
    tolerant = [
        (entry, answer)
        for entry, answer in zip(entries, answers, strict=True)
        if answer.status is records.Status.POSTED and small_differences(answer)
    ]
    if not tolerant:
        return list(answers)
    spent = tolerated(
        customers={int(answer.customer_id or 0) for _, answer in tolerant},
        months={entry.booking_date.replace(day=1) for entry, _ in tolerant},
    )
    looked = []
    for entry, answer in zip(entries, answers, strict=True):
        now = small_differences(answer) if answer.status is records.Status.POSTED else 0
        key = (int(answer.customer_id or 0), entry.booking_date.replace(day=1))
        if now and spent.get(key, 0) + now > policy.small_difference_month_minor:
            parts = (*answer.explanation.parts, part("review"))
            looked.append(
                answer._replace(
                    status=records.Status.PROPOSED,
                    explanation=Explanation(parts),
                    confidence_bp=min(answer.confidence_bp, 8_500),
                )
            )
            continue
        spent[key] = spent.get(key, 0) + now
        looked.append(answer)
    return looked


def small_differences(answer: records.Match) -> int:
    """What an answer writes off as small differences, in minor units."""
    return sum(
        abs(one.writeoff_minor)
        for one in answer.allocations
        if one.writeoff_reason == SMALL_DIFFERENCE
    )


def tolerated(*, customers: set[int], months: set[date]) -> dict[tuple[int, date], int]:
    """Small differences posted before, by customer and month (its first day); one query."""
    if not customers or not months:
        return {}
    rows = (
        Allocation.objects.filter(
            item__customer__in=customers,
            writeoff_reason=SMALL_DIFFERENCE,
            match__state=Match.State.POSTED,
            match__bank_entry__booking_date__gte=min(months),
        )
        .values_list("item__customer", "match__bank_entry__booking_date")
        .annotate(total=Sum("writeoff_minor"))
    )
    sums: dict[tuple[int, date], int] = {}
    for customer, booked, total in rows:
        key = (customer, booked.replace(day=1))
        sums[key] = sums.get(key, 0) + abs(total)
    return sums


def _named(entries: Sequence[BankEntry], answers: Sequence[records.Match]) -> list[records.Match]:
    """Explanations with the day and amount of a payment, the day of an advice, for its number."""
    if not any(map(_names_one, answers)):
        return list(answers)
    payments = {str(entry.pk): entry for entry in entries}
    parts = [one for answer in answers for one in answer.explanation.parts]
    missing = {p.arguments["payment"] for p in parts if "payment" in p.arguments} - set(payments)
    for row in BankEntry.objects.filter(pk__in=_numbers(missing)) if missing else ():
        payments[str(row.pk)] = row
    advised = [answer for answer in answers if answer.remittance_id]
    numbers = {number for answer in advised for number in _references(answer)}
    rows = Remittance.objects.filter(pk__in=_numbers(numbers)) if numbers else ()
    days = {str(row.pk): _day(row.payment_date or row.received_at.date()) for row in rows}
    labels = {key: _label(row) for key, row in payments.items()}
    own = {key: _day(row.value_date) for key, row in payments.items()}
    return [
        answer._replace(
            explanation=Explanation(
                tuple(
                    _relabel(p, labels, days if answer.remittance_id else own)
                    for p in answer.explanation.parts
                )
            ),
        )
        if _names_one(answer)
        else answer
        for answer in answers
    ]


def _names_one(answer: records.Match) -> bool:
    """Whether an explanation speaks of a payment or an advice by its number."""
    return any(
        "payment" in told.arguments or told.key.startswith("remittance")
        for told in answer.explanation.parts
    )


def _references(answer: records.Match) -> list[str]:
    return [
        number
        for told in answer.explanation.parts
        if told.key.startswith("remittance")
        for number in told.arguments.get("reference", "").split(", ")
    ]


def _relabel(told: Part, labels: Mapping[str, str], days: Mapping[str, str]) -> Part:
    arguments = dict(told.arguments)
    if "payment" in arguments:
        arguments["payment"] = labels.get(arguments["payment"], arguments["payment"])
    if told.key.startswith("remittance"):
        numbers = arguments.get("reference", "").split(", ")
        arguments["reference"] = ", ".join(days.get(number, number) for number in numbers)
    return Part(told.key, arguments)


def _numbers(texts: set[str]) -> list[int]:
    return sorted(int(text) for text in texts if text.isdecimal())


def _label(entry: BankEntry) -> str:
    return f"{Money(entry.amount_minor, entry.currency)} ({_day(entry.booking_date)})"


def _day(day: date) -> str:
    """A day that reads the same in all five languages."""
    return day.isoformat()
