"""Plans as they stand: their rows, what was paid of them, what they cost to end today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from concilia.customers.models import Customer
from concilia.dunning.core.instalments import Model, PlanTerms
from concilia.dunning.core.instalments import Plan as Rows
from concilia.dunning.core.instalments import PlanRow as CoreRow
from concilia.dunning.core.plan_progress import (
    PlanState,
    RowState,
    accelerated_amount,
    pay_off_amount,
)
from concilia.dunning.models import Plan, PlanItem, PlanRow, Settlement
from concilia.kernel.money import Money

SHOWN_MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanShown:
    """A plan with its rows and items, and what ends it on a day."""

    plan: Plan
    rows: Sequence[PlanRow]
    items: Sequence[PlanItem]
    pay_off: Money
    accelerated: Money
    settlement: Settlement | None = None

    @property
    def paid_minor(self) -> int:
        """What was paid to it, interest included."""
        return sum(row.paid_minor for row in self.rows)

    @property
    def open_minor(self) -> int:
        """What is still to be paid, interest of rows to come included."""
        return sum(row.open_minor for row in self.rows)

    @property
    def next_row(self) -> PlanRow | None:
        """The oldest row of which something is open."""
        return next((row for row in self.rows if row.open_minor), None)


@dataclass(frozen=True, slots=True)
class MissedRows:
    """The rows of a plan whose day is over and that lack money, the oldest first."""

    shown: PlanShown
    rows: Sequence[PlanRow]

    @property
    def currency(self) -> str:
        """That of the plan."""
        return self.shown.plan.currency

    @property
    def open_minor(self) -> int:
        """What of them is to be paid now."""
        return sum(row.open_minor for row in self.rows)


def plans_of(*, customer: Customer, today: date) -> list[PlanShown]:
    """The plans of a customer, the newest first: three statements."""
    found = Plan.objects.filter(customer=customer).select_related(
        "proposed_by", "agreed_by", "ended_by", "document", "settlement"
    )
    whole = found.prefetch_related(
        Prefetch("rows", PlanRow.objects.order_by("n")),
        Prefetch("items", PlanItem.objects.select_related("item").order_by("pk")),
    )
    return [plan_shown(row, today) for row in whole.order_by("-proposed_at", "-pk")[:SHOWN_MOST]]


def oldest_missed(*, customer: Customer, today: date) -> MissedRows | None:
    """What a running instalment plan lacks today; of several plans the one that lacks longest."""
    running = {Plan.State.ACTIVE, Plan.State.AT_RISK}
    found = [
        MissedRows(one, [row for row in one.rows if row.open_minor and row.collect_date < today])
        for one in plans_of(customer=customer, today=today)
        if one.plan.kind == Plan.Kind.INSTALMENTS and one.plan.state in running
    ]
    lacking = [one for one in found if one.rows]
    return min(lacking, key=lambda one: one.rows[0].due_date, default=None)


def plan_shown(plan: Plan, today: date) -> PlanShown:
    """One plan, as `plans_of`; its rows and items are read where they are not yet."""
    rows = sorted(plan.rows.all(), key=lambda row: row.n)
    state = state_of_plan(plan, rows)
    return PlanShown(
        plan=plan,
        rows=rows,
        items=list(plan.items.all()),
        pay_off=pay_off_amount(state, today),
        accelerated=accelerated_amount(state, today),
        settlement=plan.settlement if plan.kind == Plan.Kind.SETTLEMENT else None,
    )


def rows_of_plan(plan: Plan, rows: Sequence[PlanRow]) -> Rows:
    """A plan as the core knows it, its rows as agreed; `rows` by their number."""
    down = Money(plan.down_payment_minor, plan.currency) if plan.down_payment_minor else None
    terms = PlanTerms(
        principal=Money(plan.principal_minor, plan.currency),
        count=plan.count,
        first_due=plan.first_date,
        model=Model(plan.model),
        rate=plan.rate_percent,
        down_payment=down,
        start=plan.start_date,
    )
    left, core = plan.principal_minor, []
    for row in rows:
        left -= row.principal_minor
        core.append(
            CoreRow(
                row.n,
                row.due_date,
                row.collect_date,
                row.days,
                Money(row.principal_minor, plan.currency),
                Money(row.interest_minor, plan.currency),
                Money(left, plan.currency),
            )
        )
    return Rows(terms, tuple(core))


def state_of_plan(plan: Plan, rows: Sequence[PlanRow]) -> PlanState:
    """A plan as the core knows it, with what was paid as it is kept."""
    whole = rows_of_plan(plan, rows)

    def money(minor: int) -> Money:
        return Money(minor, plan.currency)

    states = [
        RowState(
            CoreRow(
                core.n, core.due, core.collect_on, core.days, core.principal,
                money(row.interest_now_minor), core.balance,
            ),
            money(row.principal_paid_minor),
            money(row.interest_paid_minor),
            row.settled_date,
        )
        for core, row in zip(whole.rows, rows, strict=True)
    ]  # fmt: skip
    return PlanState(whole, tuple(states))
