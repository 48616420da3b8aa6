"""Instalments on a customer's own page: asked for within a minute, in force where policy allows."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_http_methods

from concilia.dunning.actions.plans import accept_plan, ask_for_plan
from concilia.dunning.actions.self_service import request_plan_row
from concilia.dunning.actions.voices import customers_voice
from concilia.dunning.core.instalments import Model
from concilia.dunning.core.plan_policy import PlanPolicy
from concilia.dunning.core.self_service import PLAN_PARTS_MAX, plan_days
from concilia.dunning.models import Plan
from concilia.dunning.queries.account_home import home_of
from concilia.dunning.queries.plan_drafts import NewPlan, policy_of
from concilia.dunning.queries.plans import plans_of
from concilia.interfaces.components.refusals import REFUSALS, words_of
from concilia.interfaces.portal.account_access import Visit, account_page
from concilia.interfaces.portal.account_shown import PayPanel, panels_of
from concilia.interfaces.portal.account_views import page_context
from concilia.interfaces.portal.inputs import InputRefused, day_in, keys_in

LIVE: Final = (Plan.State.PROPOSED, Plan.State.ACTIVE, Plan.State.AT_RISK)
ONE: Final = 1


@dataclass(frozen=True, slots=True)
class Parts:
    """One way to split: how many rows, and how much a row is (the first may be a cent more)."""

    count: int
    minor: int
    currency: str


@require_http_methods(["GET", "HEAD", "POST"])
@account_page
def plan(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Ask for instalments; what lies within the company's policy is in force at once."""
    account = visit.account
    policy = policy_of(account.entity)
    home = home_of(customer=account.customer, entity=account.entity, at=visit.at)
    panel = _panel(request, panels_of(home))
    problem = ""
    if request.method == "POST" and panel is not None:
        try:
            _ask(request, visit, panel, policy)
            return _to(visit, "/plan")
        except REFUSALS as refusal:
            problem = words_of(refusal)
    plans = plans_of(customer=account.customer, today=home.today)
    context = page_context(visit) | {
        "plans": [one for one in plans if one.plan.state in LIVE],
        "panel": panel,
        "parts": _parts(panel, policy) if panel else [],
        "days": plan_days(home.today, first_days=policy.first_days),
        "problem": problem,
        "sent": request.POST,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "portal/account/plan.html", context, status=status)


@require_http_methods(["POST"])
@account_page
def accept(request: HttpRequest, visit: Visit, plan_id: int) -> HttpResponse:
    """Say yes to a plan that was offered."""
    account = visit.account
    voice = customers_voice(account.customer, account.contact)
    try:
        accept_plan(
            plan_id=plan_id,
            customer_id=account.customer.pk,
            entity_id=account.entity.pk,
            actor=voice.actor,
            at=visit.at,
        )
    except REFUSALS as refusal:
        return _refused(request, visit, words_of(refusal))
    return _to(visit, "/plan")


@require_http_methods(["POST"])
@account_page
def pay_row(request: HttpRequest, visit: Visit, plan_id: int) -> HttpResponse:
    """Make the reference to pay the next row of a plan under."""
    try:
        made = request_plan_row(account=visit.account, plan_id=plan_id, at=visit.at)
    except REFUSALS as refusal:
        return _refused(request, visit, words_of(refusal))
    return _to(visit, f"/pay/{made.reference}")


def _panel(request: HttpRequest, panels: list[PayPanel]) -> PayPanel | None:
    able = [one for one in panels if one.sums.dunnable]
    asked = (request.POST or request.GET).get("currency", "")
    return next((one for one in able if one.sums.currency == asked), next(iter(able), None))


def _ask(request: HttpRequest, visit: Visit, panel: PayPanel, policy: PlanPolicy) -> None:
    counts = keys_in(request.POST, "count")
    if not counts or not ONE < counts[0] <= PLAN_PARTS_MAX:
        raise InputRefused(_("Choose in how many parts."))
    account = visit.account
    new = NewPlan(
        customer_id=account.customer.pk,
        currency=panel.sums.currency,
        first_date=day_in(request.POST.get("day", "")),
        count=counts[0],
        model=policy.model if policy.model is not Model.EQUAL else Model.EQUAL,
        rate_percent=policy.rate_percent,
    )
    voice = customers_voice(account.customer, account.contact)
    ask_for_plan(new=new, entity_id=account.entity.pk, actor=voice.actor, at=visit.at)


def _parts(panel: PayPanel, policy: PlanPolicy) -> list[Parts]:
    """The splits that lie within policy; at least two and three, for a person to look at."""
    most = max(3, min(policy.parts_max, PLAN_PARTS_MAX))
    sums = panel.sums
    return [Parts(n, -(-sums.dunnable // n), sums.currency) for n in range(2, most + 1)]


def _refused(request: HttpRequest, visit: Visit, problem: str) -> HttpResponse:
    context = page_context(visit) | {"problem": problem}
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(request, "portal/account/refused.html", context, status=status)


def _to(visit: Visit, place: str) -> HttpResponse:
    return HttpResponseRedirect(visit.root + place, status=HTTPStatus.SEE_OTHER)
