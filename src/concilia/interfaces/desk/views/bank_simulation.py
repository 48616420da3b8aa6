"""Other tolerances tried on past statements: asked for, watched, and opened into payments."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from concilia.cash.actions import Asked, SimulationRefused, ask_simulation, cancel_simulation
from concilia.cash.core.simulating import TRIED, Kind, Tolerances, Verdict
from concilia.cash.core.thresholds import THRESHOLDS, ThresholdUnreadable, value_of
from concilia.cash.core.thresholds import Kind as Written
from concilia.cash.models import SimulatedAnswer, Simulation
from concilia.cash.queries.candidates import policy_of
from concilia.interfaces.components.formats import base_language, money_text
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk import bank_words
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.bank_forms import KEY_MAX
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.threshold_words import NAMES, unit_of, value_words
from concilia.interfaces.desk.views.bank import UNREADABLE, may_act
from concilia.matching.policy import Policy

LATEST: Final = 20
ROWS_MAX: Final = 50
SPAN: Final = timedelta(days=90)
KINDS: Final[Mapping[str, str | Promise]] = {
    Kind.MORE: _("posted in addition"),
    Kind.LESS: _("left to a person"),
    Kind.ANEW: _("posted otherwise"),
}
VERDICTS: Final[Mapping[str, str | Promise]] = {
    Verdict.RIGHT: _("as people decided"),
    Verdict.WRONG: _("otherwise than people decided"),
    Verdict.UNKNOWN: _("not decided yet"),
}


@require_GET
@desk_page()
def simulations(request: DeskRequest) -> HttpResponse:
    """The form, with our tolerances as they are, and what was tried before."""
    return _form(request, {}, ())


@require_POST
@desk_page(allow=WORKERS)
def ask(request: DeskRequest) -> HttpResponse:
    """Have the tolerances that were changed tried on the days that were chosen."""
    policy = policy_of(request.seat.entity)
    try:
        asked = Asked(
            since=_day(request.POST.get("since")),
            until=_day(request.POST.get("until")),
            tolerances=_tolerances(request.POST, policy, request.seat.entity.currency),
        )
        simulation = ask_simulation(asked=asked, member=request.seat.membership, at=timezone.now())
    except SimulationRefused as refused:
        return _form(request, request.POST.dict(), (words_of(refused),))
    except ValueError as problem:
        return _form(request, request.POST.dict(), (str(problem),))
    return redirect("desk:bank-simulation", simulation.pk)


@require_POST
@desk_page(allow=WORKERS)
def cancel(request: DeskRequest, simulation_id: int) -> HttpResponse:
    """Stop it; what it has found stays."""
    simulation = _simulation(request, simulation_id)
    cancel_simulation(
        simulation_id=simulation.pk, member=request.seat.membership, at=timezone.now()
    )
    return redirect("desk:bank-simulation", simulation.pk)


@require_GET
@desk_page()
def simulation(request: DeskRequest, simulation_id: int) -> HttpResponse:
    """How far it is, what would have been otherwise, and the payments behind each number."""
    found = _simulation(request, simulation_id)
    kind, verdict = request.GET.get("kind", ""), request.GET.get("verdict", "")
    rows = SimulatedAnswer.objects.filter(simulation=found)
    rows = rows.filter(kind=kind) if kind in KINDS else rows
    rows = rows.filter(verdict=verdict) if verdict in VERDICTS else rows
    pages = Paginator(rows.select_related("bank_entry", "customer").order_by("pk"), ROWS_MAX)
    page = pages.get_page(request.GET.get("page"))
    language = base_language(request.user.language)
    context = {
        "simulation": found,
        "figures": found.figures or {"payments": 0},
        "changed": _changed(request, found),
        "before_words": _money(found.figures.get("writeoff_before", {}), language),
        "now_words": _money(found.figures.get("writeoff", {}), language),
        "page": page,
        "rows": [
            (row, KINDS.get(row.kind, ""), VERDICTS[row.verdict], bank_words.RULES.get(row.rule))
            for row in page
        ],
        "kind": kind,
        "verdict": verdict,
        "may_act": may_act(request.seat),
    }
    is_part = bool(request.headers.get("HX-Request"))
    template = "desk/bank/simulated.html" if is_part else "desk/bank/simulation.html"
    return render(request, template, context)


def _form(
    request: DeskRequest, typed: Mapping[str, Any], problems: tuple[str, ...]
) -> HttpResponse:
    entity = request.seat.entity
    policy, today = policy_of(entity), timezone.localdate()
    language = base_language(request.user.language)
    fields = [
        {
            "name": name,
            "words": NAMES[name][0],
            "unit": unit_of(name, entity.currency),
            "is_switch": THRESHOLDS[name].kind is Written.SWITCH,
            "now": value_words(name, getattr(policy, name), entity.currency, language),
            "value": typed.get(name, ""),
        }
        for name in TRIED
    ]
    rows = Simulation.objects.filter(entity=entity).select_related("asked_by")
    context = {
        "fields": fields,
        "since": typed.get("since") or (today - SPAN).isoformat(),
        "until": typed.get("until") or today.isoformat(),
        "problems": problems,
        "earlier": rows.order_by("-asked_at", "-pk")[:LATEST],
        "may_act": may_act(request.seat),
    }
    status = UNREADABLE if problems else 200
    return render(request, "desk/bank/simulations.html", context, status=status)


def _simulation(request: DeskRequest, simulation_id: int) -> Simulation:
    rows = Simulation.objects.filter(entity=request.seat.entity)
    found = rows.filter(pk=simulation_id).first() if simulation_id <= KEY_MAX else None
    if found is None:
        raise Http404
    return found


def _day(text: str | None) -> date:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        raise ValueError(gettext("Choose both days.")) from None


def _tolerances(form: QueryDict, policy: Policy, currency: str) -> Tolerances:
    """What was typed and is another value than ours; an empty field leaves ours."""
    values: dict[str, Any] = {}
    for name in TRIED:
        text = form.get(name, "").strip()
        if text:
            value = _value(name, text, currency)
            if value != getattr(policy, name):
                values[name] = value
    return Tolerances(**values)


def _value(name: str, text: str, currency: str) -> object:
    try:
        return value_of(THRESHOLDS[name], text, currency)
    except ThresholdUnreadable:
        told = gettext("“%(text)s” cannot be tried: %(name)s.")
        raise ValueError(told % {"text": text[:20], "name": NAMES[name][0]}) from None


def _changed(request: DeskRequest, found: Simulation) -> list[tuple[str | Promise, str, str]]:
    entity, language = request.seat.entity, base_language(request.user.language)
    policy = policy_of(entity)
    return [
        (
            NAMES[name][0],
            value_words(name, getattr(policy, name), entity.currency, language),
            value_words(name, value, entity.currency, language),
        )
        for name, value in found.tolerances.items()
        if name in NAMES
    ]


def _money(sums: Mapping[str, int], language: str) -> str:
    return " · ".join(money_text(minor, code, language) for code, minor in sorted(sums.items()))
