"""What was agreed with customers and is not paid, as matching asks for it (domain.md R-6.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Final

from django.db.models import Exists, OuterRef

from concilia.dunning.core.plan_progress import PlanState
from concilia.dunning.core.plans import IN_FORCE
from concilia.dunning.models import Plan, PlanItem, PlanRow
from concilia.dunning.queries.plan_money import PlanMoney, money_of_plans, progress_of
from concilia.matching.records import AgreedPlan, AgreedRow, Asked

# Who did not keep a plan and pays a row after all pays the plan: nobody called it in.
PAYABLE: Final = (*IN_FORCE, Plan.State.DEFAULTED.value)


def agreed_with(
    customers: Collection[int], id_of_item: Callable[[int], str]
) -> Sequence[AgreedPlan]:
    """
    The plans of these customers of which something is to be paid, as money and days leave them now.

    One statement where there are none, else four, however many.

    :param id_of_item: how matching calls the item with this key
    """
    elsewhere = PlanItem.objects.filter(
        item__in=PlanItem.objects.filter(plan=OuterRef(OuterRef("pk"))).values("item"), is_open=True
    ).exclude(plan=OuterRef("pk"))
    found = Plan.objects.filter(customer__any_of=list(customers), state__in=PAYABLE)
    plans = {row.pk: row for row in found.exclude(Exists(elsewhere)).order_by("pk")}
    if not plans:
        return []
    rows: dict[int, list[PlanRow]] = defaultdict(list)
    for row in PlanRow.objects.filter(plan__any_of=list(plans)).order_by("plan", "n"):
        rows[row.plan_id].append(row)
    items: dict[int, list[PlanItem]] = defaultdict(list)
    parts = PlanItem.objects.filter(plan__any_of=list(plans)).select_related("item")
    for item in parts.order_by("plan", "item__due_date", "item"):
        items[item.plan_id].append(item)
    money = money_of_plans(plans)
    return [
        _agreed(
            plan,
            progress_of(plan, rows[key], money[key]),
            tuple(_parts(plan, items[key], money[key], id_of_item)),
            tuple(item.item.document_number for item in items[key] if item.item.document_number),
        )
        for key, plan in plans.items()
    ]


def _agreed(
    plan: Plan, progress: PlanState, parts: tuple[Asked, ...], documents: tuple[str, ...]
) -> AgreedPlan:
    return AgreedPlan(
        plan_id=str(plan.pk),
        customer_id=str(plan.customer_id),
        currency=plan.currency,
        principal_minor=plan.principal_minor,
        rows=tuple(
            AgreedRow(
                n=state.row.n,
                due_on=state.row.due,
                principal_minor=state.principal_open.minor,
                interest_minor=state.interest_open.minor,
                whole_minor=state.row.payment.minor,
            )
            for state in progress.rows
            if state.open.minor
        ),
        parts=parts,
        documents=documents,
        is_settlement=plan.kind == Plan.Kind.SETTLEMENT,
    )


def _parts(
    plan: Plan, items: Sequence[PlanItem], money: PlanMoney, id_of_item: Callable[[int], str]
) -> Iterator[Asked]:
    """Yield what of each item the rows may still pay; of a settlement, any of all it is about."""
    for item in items:
        most = item.amount_minor
        if plan.kind == Plan.Kind.SETTLEMENT:
            most += item.waived_minor
        left = most - money.items[item.item_id].paid
        if left > 0:
            yield Asked(id_of_item(item.item_id), left)
