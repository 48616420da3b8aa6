"""What customers may agree on alone in plans: read, and set by administrators."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from concilia.dunning import actions
from concilia.dunning.core.plan_policy import PlanPolicy
from concilia.dunning.queries.plan_drafts import policy_of
from concilia.identity.models import Role
from concilia.interfaces.api.access import Scope, caller

router = Router(tags=["collections"])
READ = Scope("collections:read")
WRITE = Scope("settings:write", Role.ADMIN)


class PlanPolicyOut(Schema):
    """
    Amounts in whole units of the plan's currency, shares in basis points, days as they say.

    How many rows for how much a rule may agree on is in the table of limits (`INSTALMENT_PLAN`,
    L0).
    """

    who: str
    parts_max: int
    months_max: int
    amount_min: int
    amount_max: int
    part_min: int
    first_bp: int
    first_days: int
    model: str
    rate_percent: str
    new_date_days: int
    new_dates: int
    grace_days: int
    late_rows_max: int
    very_late_days: int
    very_late_bp: int

    @classmethod
    def of(cls, policy: PlanPolicy) -> PlanPolicyOut:
        """The policy as JSON."""
        values = {name: getattr(policy, name) for name in cls.model_fields}
        return cls(**values | {"rate_percent": str(policy.rate_percent)})


@router.get("", response=PlanPolicyOut, auth=READ)
def show_plan_policy(request: HttpRequest) -> PlanPolicyOut:
    """What customers may agree on alone, and when a plan has failed."""
    return PlanPolicyOut.of(policy_of(caller(request).entity))


@router.patch("", response=PlanPolicyOut, auth=WRITE)
def change_plan_policy(request: HttpRequest, body: dict[str, str]) -> PlanPolicyOut:
    """Set some of it, each as text; an empty text goes back to the default."""
    policy = actions.change_plan_policy(wanted=body, by=caller(request), at=timezone.now())
    return PlanPolicyOut.of(policy)
