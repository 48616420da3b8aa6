"""A plan ended by a person: cancelled, or called in as a whole."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.queries.office import today_of
from concilia.dunning.actions.motives import require_collector
from concilia.dunning.actions.plans import locked_customer, locked_plan
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.core.plans import PLAN_MACHINE, PlanAction, PlanState
from concilia.dunning.models import Plan
from concilia.dunning.queries.plans import plan_shown
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership, Role
from concilia.identity.queries import actor_of

WHY_MAX: Final = 200
NOTICED_MAX: Final = timedelta(days=90)
MAY_CALL_IN: Final = frozenset({Role.APPROVER, Role.ADMIN})


@transaction.atomic(durable=True)
def cancel_plan(*, plan_id: int, why: str, by: Membership, at: datetime) -> Plan:
    """
    End a plan: what is open of its items may be asked for again.

    A proposal is declined so; a person does it, and says why.

    :raises CollectionRefused: if it is over, or nobody says why
    """
    require_collector(by)
    row = _ended(plan_id, why, PlanAction.CANCEL, by, at)
    row.save(update_fields=["state", "judged_at", "ended_by", "ended_why"])
    _release(row)
    _log(row, "plan.cancelled", by, at)
    return row


@transaction.atomic(durable=True)
def accelerate_plan(
    *, plan_id: int, why: str, noticed_date: date, by: Membership, at: datetime
) -> Plan:
    """
    Call in all of a plan that was not kept, after a notice (domain.md R-3.25).

    Never by a rule. What is asked for then is unpaid principal and interest accrued until today;
    interest of rows to come is not.

    :param noticed_date: the day on which they were told so, in writing
    :raises CollectionRefused: for a plan that is not in default, without a notice of the 90 days
        before today, without a reason, or for a clerk
    """
    require_collector(by)
    if by.role not in MAY_CALL_IN:
        raise CollectionRefused(_("An approver calls a plan in."))
    row = _ended(plan_id, why, PlanAction.ACCELERATE, by, at)
    today = today_of(row.customer.entity, at)
    if not max(row.start_date, today - NOTICED_MAX) <= noticed_date < today:
        raise CollectionRefused(_("Say on which day before today they were told so in writing."))
    row.noticed_date = noticed_date
    row.accelerated_minor = plan_shown(row, today).accelerated.minor
    row.save(
        update_fields=[
            "state", "judged_at", "ended_by", "ended_why", "noticed_date", "accelerated_minor",
        ]
    )  # fmt: skip
    _release(row)
    _log(row, "plan.accelerated", by, at)
    return row


def _ended(plan_id: int, why: str, act: PlanAction, by: Membership, at: datetime) -> Plan:
    if not why.strip():
        raise CollectionRefused(_("Say why it ends."))
    plan = Plan.objects.filter(pk=plan_id, entity=by.entity_id).first()
    if plan is None:
        raise CollectionRefused(_("There is no such plan."))
    locked_customer(plan.customer_id, by.entity_id)
    row = locked_plan(plan_id, by.entity_id)
    state = PlanState(row.state)
    if not PLAN_MACHINE.allows(state, act):
        calls_in = act is PlanAction.ACCELERATE
        raise CollectionRefused(
            _("Only a plan that was not kept can be called in.")
            if calls_in
            else _("This plan is over.")
        )
    row.state = Plan.State(PLAN_MACHINE.after(state, act).value)
    row.judged_at, row.ended_by, row.ended_why = at, by.user, why.strip()[:WHY_MAX]
    return row


def _release(row: Plan) -> None:
    row.items.update(is_open=False)


def _log(row: Plan, name: str, by: Membership, at: datetime) -> None:
    data = {"plan": row.pk, "currency": row.currency, "amount": row.principal_minor}
    if row.accelerated_minor is not None:
        data["asked"] = row.accelerated_minor
    act = Act(name, "customer", row.customer_id, data, row.ended_why)
    audit.log(entity_id=row.entity_id, actor=actor_of(by), at=at, acts=[act])
