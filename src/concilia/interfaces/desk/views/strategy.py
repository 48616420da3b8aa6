"""The strategy of collections: in force, as a draft, in words and as its sheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from concilia.dunning.actions import (
    drop_strategy_draft,
    publish_strategy,
    write_strategy_draft,
)
from concilia.dunning.actions.strategies import WHY_MAX, may_write_strategy
from concilia.dunning.core.strategy.comparing import Change, differences
from concilia.dunning.core.strategy.sheet import TEXT_MAX, Fault, read_strategy
from concilia.dunning.core.strategy.terms import Strategy
from concilia.dunning.models import StrategyVersion
from concilia.dunning.queries.run_pages import tried
from concilia.dunning.queries.strategies import strategy_in_force
from concilia.interfaces.components.rights import LOG_READERS, WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.inputs import words_in
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.run_words import WHOM, tone_words, way_icon, way_words

VERSIONS_SHOWN = 50


@require_GET
@desk_page(allow=LOG_READERS)
def strategy(request: DeskRequest) -> HttpResponse:
    """What is in force, the draft beside it, and what would change."""
    seat = request.seat
    in_force, sheet = strategy_in_force(entity=seat.entity)
    versions = list(
        StrategyVersion.objects.filter(entity=seat.entity)
        .select_related("written_by__user", "published_by__user")
        .order_by("-version")[:VERSIONS_SHOWN]
    )
    draft = next((row for row in versions if row.state == StrategyVersion.State.DRAFT), None)
    read = read_strategy(draft.sheet) if draft else None
    drafted = read.strategy if read else None
    may_write = may_write_strategy(seat.membership)
    trial = None
    if in_force.experiment:
        trial = tried(entity=seat.entity, version=in_force.version, at=timezone.now())
    context = {
        "trial": trial,
        "in_force": in_force,
        "rules": [(rule, [str(WHOM[who]) for who in rule.who]) for rule in in_force.rules],
        "plans": _plans(in_force),
        "draft": draft,
        "faults": [fault_words(fault) for fault in read.faults] if read else [],
        "changes": [
            (each.where, each.line, each.change is Change.ADDED)
            for each in (differences(in_force, drafted) if drafted else ())
        ],
        "sheet": draft.sheet if draft else sheet,
        "versions": [row for row in versions if row is not draft],
        "may_write": may_write,
        "may_publish": bool(
            draft and drafted and may_write and draft.written_by_id != seat.membership.pk
        ),
        "is_own": bool(draft and draft.written_by_id == seat.membership.pk),
    }
    return render(request, "desk/runs/strategy.html", context)


@require_POST
@desk_page(allow=WORKERS)
def strategy_act(request: DeskRequest) -> HttpResponse:
    """Write a draft, put it in force, or throw it away."""
    sent, by, at = request.POST, request.seat.membership, timezone.now()
    try:
        match sent.get("act"):
            case "publish":
                publish_strategy(seen_sha256=words_in(sent, "sha256", most=64), by=by, at=at)
                messages.success(request, gettext("In force. The next run follows it."))
            case "drop":
                drop_strategy_draft(by=by, at=at)
                messages.success(request, gettext("The draft is gone."))
            case _:
                sheet = words_in(sent, "sheet", most=TEXT_MAX + 1)
                why = words_in(sent, "why", most=WHY_MAX)
                write_strategy_draft(sheet=sheet, why=why, by=by, at=at)
                messages.success(request, gettext("Kept as a draft."))
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
    return redirect("desk:strategy")


def fault_words(fault: Fault) -> str:
    """What must be put right, in the reader's language."""
    return gettext(fault.sentence).format(**fault.values)


def _plans(found: Strategy) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "steps": [
                {
                    "day": step.day,
                    "tone": step.tone.value,
                    "words": tone_words(step.tone),
                    "ways": [(way_icon(way), way_words(way)) for way in step.ways],
                    "offer": step.offer,
                    "wished": step.wished,
                }
                for step in steps
            ],
        }
        for name, steps in found.plans.items()
    ]
