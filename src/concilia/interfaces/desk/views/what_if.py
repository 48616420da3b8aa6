"""What if: a draft or other limits tried on past cases, watched, read, opened and taken along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from concilia.cases.actions import Tried, WhatIfRefused, ask_what_if, cancel_what_if
from concilia.cases.models import WhatIf, WhatIfCase
from concilia.cases.queries.processes import processes_of
from concilia.cases.queries.whatif import LEVELS, RowShown, limits_shown
from concilia.identity.models import Role
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.bank_forms import KEY_MAX
from concilia.interfaces.desk.exports import csv_response
from concilia.interfaces.desk.limit_words import scope_said
from concilia.interfaces.desk.process_words import process_title
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.what_if_words import (
    days_words,
    holder_words,
    lines_of,
    loads_of,
    signing_of,
)
from concilia.kernel.money import Money

LATEST: Final = 20
ROWS_MAX: Final = 50
MONTHS: Final = (1, 3, 6, 12)
DAYS_A_MONTH: Final = 30
ANY: Final = "*"
MAY: Final = (Role.ADMIN, Role.APPROVER)
ACTS: Final[Mapping[str, str | Promise]] = {
    "APPROVE_CLAIM": gettext_lazy("Accept a claim"),
    "DENY_CLAIM": gettext_lazy("Refuse a claim"),
    "WRITE_OFF": gettext_lazy("Write off"),
    "GOODWILL": gettext_lazy("Goodwill"),
}
CHANGED: Final[Mapping[str, tuple[str | Promise, Q]]] = {
    "late": (gettext_lazy("late otherwise than then"), ~Q(late_before=F("late_after"))),
    "later": (gettext_lazy("late as tried"), Q(late_before=False, late_after=True)),
    "slower": (gettext_lazy("takes longer"), Q(minutes_after__gt=F("minutes_before"))),
    "faster": (gettext_lazy("takes less long"), Q(minutes_after__lt=F("minutes_before"))),
    "level": (gettext_lazy("another level signs"), ~Q(level_before=F("level_after"))),
}
HEAD: Final = (
    "case", "customer", "reason", "amount", "currency", "late_then", "late_as_tried",
    "working_days_then", "working_days_as_tried", "steps_then", "steps_as_tried", "level_then",
    "level_as_tried",
)  # fmt: skip


@require_GET
@desk_page()
def what_ifs(request: DeskRequest) -> HttpResponse:
    """The form, and what was tried before."""
    return _form(request, "")


@require_POST
@desk_page(allow=MAY)
def ask(request: DeskRequest) -> HttpResponse:
    """Have it tried; the page that is opened watches it."""
    try:
        tried = _tried(request)
        row = ask_what_if(tried=tried, member=request.seat.membership, at=timezone.now())
    except WhatIfRefused as refused:
        return _form(request, words_of(refused))
    except ValueError as problem:
        return _form(request, str(problem))
    return redirect("desk:what-if", row.pk)


@require_POST
@desk_page(allow=MAY)
def cancel(request: DeskRequest, what_if_id: int) -> HttpResponse:
    """Stop it; what it has found stays."""
    row = _find(request, what_if_id)
    cancel_what_if(what_if_id=row.pk, member=request.seat.membership, at=timezone.now())
    return redirect("desk:what-if", row.pk)


@require_GET
@desk_page()
def what_if(request: DeskRequest, what_if_id: int) -> HttpResponse:
    """How far it is, what would have been, and the cases behind each figure."""
    row = _find(request, what_if_id)
    rows, chosen = _chosen(row, request.GET)
    pages = Paginator(rows.select_related("case__customer").order_by("pk"), ROWS_MAX)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "tried": row,
        "lines": lines_of(row),
        "loads": loads_of(row),
        "signing": signing_of(row),
        "page": page,
        "rows": [
            (one, days_words(one.minutes_before), days_words(one.minutes_after)) for one in page
        ],
        "chosen": chosen,
        "changed": [(name, words) for name, (words, _q) in CHANGED.items()],
        "query": _kept(request.GET),
        "has_limits": bool(row.limits),
        "may_act": request.seat.may(*MAY),
    }
    is_part = bool(request.headers.get("HX-Request"))
    template = "desk/process/what_if_part.html" if is_part else "desk/process/what_if_one.html"
    return render(request, template, context)


@require_GET
@desk_page()
def export(request: DeskRequest, what_if_id: int) -> HttpResponseBase:
    """Every case of it as one table, or those that are chosen."""
    row = _find(request, what_if_id)
    rows, _chosen_words = _chosen(row, request.GET)
    return csv_response(f"what-if-{row.pk}.csv", HEAD, _lines(rows))


def _lines(rows: QuerySet[WhatIfCase]) -> Iterator[tuple[object, ...]]:
    cases = rows.select_related("case__customer").order_by("pk")
    for one in cases.iterator(chunk_size=2_000):
        yield (
            one.case.number,
            one.case.customer.name,
            one.case.process_state["facts"]["reason"] if one.case.process_state else "",
            Money(one.amount_minor, one.currency).to_decimal_string(),
            one.currency,
            int(one.late_before),
            int(one.late_after),
            f"{one.minutes_before / 540:.2f}",
            f"{one.minutes_after / 540:.2f}",
            one.steps_before,
            one.steps_after,
            one.level_before,
            one.level_after,
        )


def _chosen(row: WhatIf, asked: QueryDict) -> tuple[QuerySet[WhatIfCase], str]:
    """The cases behind a figure, and what they have in common."""
    rows = row.cases.all()
    changed = asked.get("changed", "")
    if changed in CHANGED:
        words, condition = CHANGED[changed]
        return rows.filter(condition), str(words)
    if holder := asked.get("holder", ""):
        is_in = Q(holders_before__contains=[holder]) | Q(holders_after__contains=[holder])
        return rows.filter(is_in), holder_words(holder)
    level = asked.get("level", "")
    if level.isdecimal() and len(level) == 1:
        words = gettext("Level %(n)s") % {"n": level}
        return rows.filter(Q(level_before=level) | Q(level_after=level)), words
    return rows, ""


def _kept(asked: QueryDict) -> str:
    kept = asked.copy()
    kept.pop("page", None)
    return kept.urlencode()


def _form(request: DeskRequest, problem: str) -> HttpResponse:
    entity = request.seat.entity
    drafts = [
        (one.key, process_title(one.definition), one.draft.version)
        for one in processes_of(entity)
        if one.draft
    ]
    rows = WhatIf.objects.filter(entity=entity).select_related("asked_by__user")
    typed = request.POST
    context = {
        "drafts": drafts,
        "key": typed.get("key", request.GET.get("key", "")),
        "months": MONTHS,
        "chosen_months": _months(typed),
        "levels": list(LEVELS),
        "limits": [
            (
                row.name,
                _named(row),
                [(n, typed.get(f"{row.name}-{n}", row.cells[n])) for n in LEVELS],
            )
            for row in limits_shown(entity)
        ],
        "problem": problem,
        "earlier": rows.order_by("-asked_at", "-pk")[:LATEST],
        "may_act": request.seat.may(*MAY),
        "currency": entity.currency,
    }
    return render(request, "desk/process/what_if.html", context, status=422 if problem else 200)


def _named(row: RowShown) -> str:
    """A row in words: its act, and what it is narrowed to."""
    words = str(ACTS[row.row.act.value])
    return words if row.row.is_general else f"{words} · {scope_said(row.row)}"


def _tried(request: DeskRequest) -> Tried:
    entity, form = request.seat.entity, request.POST
    key = form.get("key", "")
    draft = next((one.draft for one in processes_of(entity) if one.key == key and one.draft), None)
    if key and draft is None:
        raise WhatIfRefused("There is no draft of this process.")
    until = timezone.localdate()
    return Tried(
        since=until - timedelta(days=DAYS_A_MONTH * _months(form)),
        until=until,
        key=key,
        version=draft.version if draft else 0,
        text=draft.text if draft else "",
        limits=_limits(request),
    )


def _months(form: QueryDict) -> int:
    said = form.get("months", "")
    return int(said) if said in set(map(str, MONTHS)) else 3


def _limits(request: DeskRequest) -> dict[str, dict[str, int | None]]:
    """Rows whose limits were typed otherwise than they are."""
    entity, form = request.seat.entity, request.POST
    wanted: dict[str, dict[str, int | None]] = {}
    for row in limits_shown(entity):
        names = {level: f"{row.name}-{level}" for level in LEVELS}
        if not any(name in form for name in names.values()):
            continue
        texts = {level: form.get(name, "").strip() for level, name in names.items()}
        if all(texts[level] == row.cells[level] for level in LEVELS):
            continue
        cells = {str(level): _cell(text, entity.currency) for level, text in texts.items() if text}
        wanted[row.name] = cells
    return wanted


def _cell(text: str, currency: str) -> int | None:
    if text == ANY:
        return None
    try:
        minor = Money.parse(text, currency).minor
    except ValueError:
        told = gettext("“%(text)s” is no amount.")
        raise ValueError(told % {"text": text[:20]}) from None
    if minor < 0:
        raise ValueError(gettext("“%(text)s” is no amount.") % {"text": text[:20]})
    return minor


def _find(request: DeskRequest, what_if_id: int) -> WhatIf:
    rows: Any = WhatIf.objects.filter(entity=request.seat.entity)
    found: WhatIf | None = rows.filter(pk=what_if_id).first() if what_if_id <= KEY_MAX else None
    if found is None:
        raise Http404
    return found
