"""How plans stand: set-based, for those whose money moved, and for all as days go by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final

from django.db import transaction

from concilia.cases.queries.calendars import clock_of
from concilia.cases.queries.office import today_of
from concilia.cash.models import Allocation
from concilia.dunning.actions.waivers import take_back_waivers
from concilia.dunning.core.plan_judging import late_rows, state_by_money
from concilia.dunning.core.plan_policy import BP, PlanPolicy
from concilia.dunning.core.plan_progress import DefaultRules
from concilia.dunning.core.plan_progress import PlanState as Progress
from concilia.dunning.core.plans import IN_FORCE, JUDGED, PlanState, after_judging
from concilia.dunning.events import PlanBroken, PlanCompleted
from concilia.dunning.models import Plan, PlanItem, PlanRow
from concilia.dunning.queries.plan_drafts import policy_of
from concilia.dunning.queries.plan_money import PlanMoney, money_of_plans, progress_of
from concilia.foundation import audit
from concilia.foundation.audit import SYSTEM, Act
from concilia.foundation.events import record
from concilia.foundation.rows import update_rows
from concilia.identity.models import Entity
from concilia.kernel.calendars import BusinessCalendar

ROW_FIELDS: Final = (
    "interest_now_minor", "principal_paid_minor", "interest_paid_minor", "settled_date", "was_late",
)  # fmt: skip
DONE: Final = PlanState.COMPLETED.value
BROKEN: Final = frozenset({PlanState.AT_RISK, PlanState.DEFAULTED})


@transaction.atomic(durable=True)
def judge_plans(*, entity: Entity, at: datetime) -> int:
    """
    Bring the running plans of an entity to where today and the money put them.

    The number of statements does not depend on how many there are.

    :return: how many changed their state
    """
    running = Plan.objects.filter(entity=entity, state__in=IN_FORCE)
    return _judge(entity, list(running.values_list("pk", flat=True)), at)


@transaction.atomic(durable=True)
def judge_plans_of_payments(*, entity_id: int, match_ids: Sequence[int], at: datetime) -> int:
    """
    Bring the plans to date that payments are about, posted or taken back.

    :return: how many changed their state
    """
    plans = PlanItem.objects.filter(
        plan__state__in=JUDGED,
        item__in=Allocation.objects.filter(match__in=match_ids).values("item"),
    ).values_list("plan", flat=True)
    found = set(plans.distinct())
    return _judge(Entity.objects.get(pk=entity_id), found, at) if found else 0


def _judge(entity: Entity, keys: Collection[int], at: datetime) -> int:
    plans = {
        row.pk: row
        for row in Plan.objects.select_for_update(no_key=True)
        .filter(pk__in=keys, state__in=JUDGED)
        .order_by("pk")
    }
    if not plans:
        return 0
    rows, items = _by_plan(PlanRow, plans), _by_plan(PlanItem, plans)
    rules, calendar = _rules(policy_of(entity)), clock_of(entity).calendar
    judging = _Judging(today_of(entity, at), calendar, rules)
    money = money_of_plans(plans)
    wanted: dict[int, PlanState] = {}
    changed_rows: list[PlanRow] = []
    for key, plan in plans.items():
        wanted[key], changed = judging.of(plan, rows[key], money[key])
        changed_rows += changed
    acts = _apply(plans, wanted, _elsewhere(plans, items), at)
    unpaid = [plans[act.data["plan"]] for act in acts if act.data["from_state"] == DONE]
    update_rows(changed_rows, ROW_FIELDS)
    update_rows(_items_changed(plans, items, money), ["paid_minor", "is_open"])
    update_rows([plans[act.data["plan"]] for act in acts], ["state", "judged_at"])
    record(*_events(acts))
    back = take_back_waivers(plans=unpaid, at=at) if unpaid else []
    audit.log(entity_id=entity.pk, actor=SYSTEM, at=at, acts=[*acts, *back])
    return len(acts)


class _Judging:
    """One day's eyes on plans."""

    def __init__(self, today: date, calendar: BusinessCalendar, rules: DefaultRules) -> None:
        self.today, self.calendar, self.rules = today, calendar, rules

    def of(
        self, plan: Plan, rows: Sequence[PlanRow], money: PlanMoney
    ) -> tuple[PlanState, list[PlanRow]]:
        """The state money and days say, and the rows of which something changed."""
        state = progress_of(plan, rows, money)
        wanted = state_by_money(
            state,
            self.today,
            self.calendar,
            self.rules,
            is_new_date=plan.kind != Plan.Kind.INSTALMENTS,
            is_settlement=plan.kind == Plan.Kind.SETTLEMENT,
        )
        return wanted, self._rows_changed(state, rows)

    def _rows_changed(self, state: Progress, rows: Sequence[PlanRow]) -> list[PlanRow]:
        late = late_rows(state, self.today, self.calendar, self.rules)
        changed = []
        for row, now, is_late in zip(rows, state.rows, late, strict=True):
            values = (
                now.row.interest.minor, now.principal_paid.minor, now.interest_paid.minor,
                now.settled_on, is_late,
            )  # fmt: skip
            if values != tuple(getattr(row, name) for name in ROW_FIELDS):
                for name, value in zip(ROW_FIELDS, values, strict=True):
                    setattr(row, name, value)
                changed.append(row)
        return changed


def _by_plan(model: type[Any], plans: Collection[int]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    order = ("plan", "n") if model is PlanRow else ("plan", "pk")
    for row in model.objects.filter(plan__in=plans).order_by(*order):
        found[row.plan_id].append(row)
    return found


def _elsewhere(plans: dict[int, Plan], items: dict[int, list[PlanItem]]) -> set[int]:
    """Plans that are over and whose items are another's now: they do not run again."""
    over = {key for key, plan in plans.items() if not plan.is_open}
    mine = {item.item_id: key for key in over for item in items[key]}
    taken = PlanItem.objects.filter(item__in=mine, is_open=True).values_list("item", flat=True)
    return {mine[item] for item in taken}


def _apply(
    plans: dict[int, Plan], wanted: dict[int, PlanState], elsewhere: set[int], at: datetime
) -> list[Act]:
    acts = []
    for key, plan in plans.items():
        before = PlanState(plan.state)
        goal = wanted[key]
        if key in elsewhere and goal.value in IN_FORCE:
            goal = PlanState.DEFAULTED
        after = after_judging(before, goal)
        if after is before:
            continue
        plan.state, plan.judged_at = Plan.State(after.value), at
        acts.append(Act("plan.judged", "customer", plan.customer_id, _told(plan, before)))
    return acts


def _told(plan: Plan, before: PlanState) -> dict[str, Any]:
    return {
        "plan": plan.pk,
        "from_state": before.value,
        "state": plan.state,
        "currency": plan.currency,
        "amount": plan.principal_minor,
    }


def _events(acts: Sequence[Act]) -> list[PlanCompleted | PlanBroken]:
    found: list[PlanCompleted | PlanBroken] = []
    for act in acts:
        state = PlanState(act.data["state"])
        if state is PlanState.COMPLETED:
            found.append(PlanCompleted(act.data["plan"]))
        elif state in BROKEN:
            found.append(PlanBroken(act.data["plan"], state.value))
    return found


def _items_changed(
    plans: dict[int, Plan], items: dict[int, list[PlanItem]], money: dict[int, PlanMoney]
) -> list[PlanItem]:
    changed = []
    for key, plan in plans.items():
        for item in items[key]:
            paid = min(money[key].items[item.item_id].paid, item.amount_minor)
            values = paid, plan.is_open
            if values != (item.paid_minor, item.is_open):
                item.paid_minor, item.is_open = values
                changed.append(item)
    return changed


def _rules(policy: PlanPolicy) -> DefaultRules:
    return DefaultRules(
        grace_days=policy.grace_days,
        late_rows_max=policy.late_rows_max,
        very_late_days=policy.very_late_days,
        very_late_share=Fraction(policy.very_late_bp, BP),
    )
