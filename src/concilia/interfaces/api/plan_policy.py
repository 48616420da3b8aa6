"""What customers may agree on alone in plans: read, and set by administrators."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema
from pydantic import ConfigDict

from concilia.dunning import actions
from concilia.dunning.core.plan_policy import PlanPolicy
from concilia.dunning.queries.plan_drafts import policy_of
from concilia.identity.models import Role
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.shapes import TEXT

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


class PlanPolicyIn(Schema):
    """What is to change, each as text; an empty text goes back to the default."""

    model_config = ConfigDict(extra="forbid")

    who: str | None = Field(None, pattern=TEXT, max_length=20)
    parts_max: str | None = Field(None, pattern=TEXT, max_length=20)
    months_max: str | None = Field(None, pattern=TEXT, max_length=20)
    amount_min: str | None = Field(None, pattern=TEXT, max_length=20)
    amount_max: str | None = Field(None, pattern=TEXT, max_length=20)
    part_min: str | None = Field(None, pattern=TEXT, max_length=20)
    first_bp: str | None = Field(None, pattern=TEXT, max_length=20)
    first_days: str | None = Field(None, pattern=TEXT, max_length=20)
    model: str | None = Field(None, pattern=TEXT, max_length=20)
    rate_percent: str | None = Field(None, pattern=TEXT, max_length=20)
    new_date_days: str | None = Field(None, pattern=TEXT, max_length=20)
    new_dates: str | None = Field(None, pattern=TEXT, max_length=20)
    grace_days: str | None = Field(None, pattern=TEXT, max_length=20)
    late_rows_max: str | None = Field(None, pattern=TEXT, max_length=20)
    very_late_days: str | None = Field(None, pattern=TEXT, max_length=20)
    very_late_bp: str | None = Field(None, pattern=TEXT, max_length=20)


@router.get("", response=PlanPolicyOut, auth=READ)
def show_plan_policy(request: HttpRequest) -> PlanPolicyOut:
    """What customers may agree on alone, and when a plan has failed."""
    return PlanPolicyOut.of(policy_of(caller(request).entity))


@router.patch("", response=PlanPolicyOut, auth=WRITE)
def change_plan_policy(request: HttpRequest, body: PlanPolicyIn) -> PlanPolicyOut:
    """Set some of it, each as text; an empty text goes back to the default."""
    sent = body.model_dump(exclude_unset=True)
    wanted = {name: str(text or "") for name, text in sent.items()}
    policy = actions.change_plan_policy(wanted=wanted, by=caller(request), at=timezone.now())
    return PlanPolicyOut.of(policy)
