"""Invariants of what could be offered or charged, tried on the debts that are really here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from concilia.dunning.core.instalments import PlanTerms, plan
from concilia.dunning.core.interest import InterestRefused, LateItem, late_interest
from concilia.dunning.core.interest_rates import RateMissing
from concilia.dunning.core.interest_regimes import Kind, RegimeUnknown, regime_for
from concilia.dunning.core.promises import Promise, Receipt, evaluate_promise
from concilia.identity.models import Entity
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.money import Money, total
from concilia.receivables.models import BankEntry, OpenItem
from concilia.reporting.core.cofees import Band, FeeModel, Result, fee

SAMPLE = 300
ROWS = (3, 6, 12)
WINDOW = timedelta(days=30)
STEPS = 40


def plans_add_up() -> tuple[int, int]:
    """INV-15: every debt here, in 3, 6 and 12 instalments, is paid to the cent and no further."""
    looked_at = broken = 0
    for item in _debts():
        for count in ROWS:
            looked_at += 1
            principal = Money(item.open_minor, item.currency)
            made = plan(PlanTerms(principal=principal, count=count, first_due=item.due_date))
            paid = total((row.principal for row in made.rows), item.currency)
            broken += paid != principal or made.rows[-1].balance.minor != 0
    return looked_at, broken


def promises_hold() -> tuple[int, int]:
    """INV-16: a promise counts no more than the cash that came in its window."""
    looked_at = broken = 0
    entries = BankEntry.objects.filter(is_return=False).select_related("entity")
    for entry in entries.order_by("pk")[:SAMPLE]:
        looked_at += 1
        amount = Money(entry.amount_minor, entry.currency)
        promise = Promise(amount=amount, due=entry.value_date, made_on=entry.value_date - WINDOW)
        receipts = [Receipt(entry.value_date, amount)]
        verdict = evaluate_promise(
            promise, receipts, entry.value_date + WINDOW, BusinessCalendar(entry.entity.country)
        )
        broken += verdict.paid > amount
    return looked_at, broken


def interest_is_monotone() -> tuple[int, int]:
    """INV-20: later and larger never costs less, and days add up, on every debt here."""
    looked_at = broken = 0
    countries = dict(Entity.objects.values_list("pk", "country"))
    for item in _debts():
        costs = _costs(item, countries[item.entity_id])
        if costs is None:
            continue
        looked_at += 1
        shorter, longer, larger = costs
        broken += longer < shorter or larger < longer
    return looked_at, broken


def fees_never_fall() -> tuple[int, int]:
    """INV-26: recovering more of what is past due here never lowers a marginal fee."""
    looked_at = broken = 0
    for entity in Entity.objects.all():
        items = [item for item in _debts() if item.entity_id == entity.pk]
        placed = sum(item.open_minor for item in items)
        if not placed:
            continue
        model = FeeModel(
            fixed_per_account=Money(150, entity.currency),
            target=Money(placed, entity.currency),
            bands=tuple(
                Band(Decimal(start), Decimal(rate))
                for start, rate in ((0, 4), (80, 7), (100, 11), (120, 13))
            ),
        )
        fees = list(_fees(model, placed, len(items), entity.currency))
        looked_at += len(fees)
        broken += sum(one > other for one, other in pairwise(fees))
    return looked_at, broken


def _debts() -> Iterator[OpenItem]:
    rows = OpenItem.objects.filter(open_minor__gt=0, kind="invoice").order_by("due_date", "pk")
    return iter(rows[:SAMPLE])


def _costs(item: OpenItem, country: str) -> tuple[int, int, int] | None:
    def cost(minor: int, until: date) -> int:
        late = LateItem(principal=Money(minor, item.currency), due=item.due_date, until=until)
        regime = regime_for(country, Kind.B2B)
        return late_interest(late, regime, provisional=True).interest.minor

    try:
        near, far = item.due_date + WINDOW, item.due_date + 2 * WINDOW
        return (
            cost(item.open_minor, near),
            cost(item.open_minor, far),
            cost(item.open_minor * 2, far),
        )
    except (InterestRefused, RateMissing, RegimeUnknown):
        return None


def _fees(model: FeeModel, placed: int, accounts: int, currency: str) -> Iterator[int]:
    for step in range(STEPS + 1):
        recovered = Money(placed * step * 3 // (STEPS * 2), currency)
        result = Result(accounts=accounts, recovered=recovered, returned=Money(0, currency))
        yield fee(model, result).total.minor
