"""Home: what waits for the person, in the order worth taking, and how the day stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from concilia.cases.actions import read_mention, see_notices
from concilia.cases.queries.notices import unseen_of
from concilia.cases.queries.office import today_of
from concilia.dunning.queries.calls import call_backs
from concilia.dunning.queries.work import next_customers
from concilia.interfaces.components.figures import Part
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk.access import DeskRequest, Seat, desk_page
from concilia.interfaces.desk.addresses import address
from concilia.interfaces.desk.finding import SOURCES
from concilia.interfaces.desk.first_steps import first_steps
from concilia.interfaces.desk.inputs import key_in
from concilia.interfaces.desk.navigation import count_with
from concilia.interfaces.desk.notices_shown import notices_panel
from concilia.interfaces.desk.palette import search_with
from concilia.interfaces.desk.todo_words import Line, line_of
from concilia.reporting.queries.home import (
    Contested,
    Done,
    Mentioned,
    contested_now,
    done_since,
    mentions_of,
    mine_now,
    morning_before,
    running_imports,
)
from concilia.reporting.queries.team import standing_in_for
from concilia.reporting.queries.todo import Task, Todo, count_todo, todo_of

NOON: Final = 12
EVENING: Final = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A part of the list with its heading."""

    key: str
    heading: str | Promise
    lines: Sequence[Line]
    count: int
    note: str | Promise = ""

    @property
    def currency(self) -> str:
        """The currency of all amounts, where they share one: then the heading names it."""
        found = {line.task.currency for line in self.lines if line.task.minor is not None}
        return found.pop() if len(found) == 1 else ""


@dataclass(frozen=True, slots=True)
class ContestedPanel:
    """What is contested in one currency, in three slices that add up to it."""

    contested: Contested
    parts: Sequence[Part]


@require_GET
@desk_page()
def home(request: DeskRequest) -> HttpResponse:
    """The person's list and the day."""
    at, seat = timezone.now(), request.seat
    todo = todo_of(member=seat.membership, at=at)
    request.counted["home"] = todo.total
    since = morning_before(at, ZoneInfo(seat.entity.timezone))
    context = {
        "now": at,
        "greeting": _greeting(timezone.localtime(at)),
        "first_name": seat.user.name.split(maxsplit=1)[0] if seat.user.name else "",
        "todo": todo,
        "groups": (groups := _groups(todo, at)),
        "late": sum(1 for task in todo.today if _is_late(task, at)),
        "steps": () if groups else first_steps(seat),
        "contested": [_panel(each) for each in _contested(seat, at)],
        "done": _done(done_since(entity_id=seat.entity.pk, since=since)),
        "collections": _collections(seat, at),
        "running": running_imports(entity_id=seat.entity.pk),
        "mentions": _mentions(seat),
        "mine": _mine(seat, at),
        "standing_in": standing_in_for(member=seat.membership, at=at),
        "may_work": seat.may(*WORKERS),
        **notices_panel(seat),
        "links": {
            "inbox": address("inbox"),
            "bank": address("bank"),
            "advised": address("bank", statement="all", show="advised"),
            "claims": address("claims"),
            "open_claim": address("claim-new"),
            "dashboard": address("dashboard"),
            "imports": address("imports"),
        },
        "hints": _hints(),
    }
    return render(request, "desk/home.html", context)


@require_POST
@desk_page()
def mention_read(request: DeskRequest, mention_id: int) -> HttpResponse:
    """Take a mention off the list."""
    read_mention(mention_id=mention_id, member=request.seat.membership, at=timezone.now())
    if request.headers.get("HX-Request"):
        context = {"mentions": _mentions(request.seat)}
        return render(request, "desk/home_mentions.html", context)
    return redirect("desk:home")


@require_POST
@desk_page()
def notices_seen(request: DeskRequest) -> HttpResponse:
    """Take a notice off the list, or all of them."""
    key, member = key_in(request.POST, "notice"), request.seat.membership
    ids = [key] if key else list(unseen_of(member).values_list("pk", flat=True))
    see_notices(member=member, ids=ids, at=timezone.now())
    if request.headers.get("HX-Request"):
        return render(request, "desk/home_notices.html", notices_panel(request.seat))
    return redirect("desk:home")


def _mine(seat: Seat, at: datetime) -> list[tuple[str, int, str, str]]:
    """Word, count, tone, and where the rows are; what is none is left out."""
    found, own = mine_now(member=seat.membership, at=at), str(seat.membership.pk)
    claims = [
        (gettext("late"), found.late, "bad", {"view": "open", "due": "past", "owner": own}),
        (gettext("end today"), found.today, "warn", {"view": "open", "due": "today", "owner": own}),
        (gettext("to sign"), found.sign, "", {"view": "sign"}),
        (gettext("asked of me"), found.asked, "", {"view": "asked"}),
        (gettext("with others"), found.others, "", {"view": "waiting"}),
        (gettext("resting"), found.resting, "", {"view": "resting", "owner": own}),
        (gettext("watched"), found.watched, "", {"view": "watched"}),
    ]
    return [
        (word, count, tone, address("claims", **query))
        for word, count, tone, query in claims
        if count
    ]


def _collections(seat: Seat, at: datetime) -> list[tuple[str, int, str]]:
    """What waits in collections: word, count, where the rows are; what is none is left out."""
    today = today_of(seat.entity, at)
    # What only owes is no task of today; the rest costs a comparison of dates.
    counts = next_customers(entity=seat.entity, today=today, per_page=1, at_once=0).counts
    backs = call_backs(entity_id=seat.entity.pk, until=at).count()
    found = [
        (
            gettext("promises not kept"),
            counts.get("broken", 0),
            address("collections", show="broken"),
        ),
        (gettext("promises due"), counts.get("due", 0), address("collections", show="due")),
        (
            gettext("answers to confirm"),
            counts.get("answer", 0),
            address("collections", show="answer"),
        ),
        (gettext("steps to be done"), counts.get("act", 0), address("collections", show="act")),
        (gettext("to call back"), backs, address("collections")),
    ]
    return [line for line in found if line[1]]


def _mentions(seat: Seat) -> list[tuple[Mentioned, str]]:
    """Each with the address of the case it was written in."""
    return [
        (found, address("claim", found.claim_id) if found.claim_id else "")
        for found in mentions_of(member=seat.membership)
    ]


def _greeting(now: datetime) -> str:
    if now.hour < NOON:
        return gettext("Good morning")
    return gettext("Good afternoon") if now.hour < EVENING else gettext("Good evening")


def _is_late(task: Task, at: datetime) -> bool:
    return task.due_at is not None and task.due_at < at and task.paused_at is None


def _groups(todo: Todo, at: datetime) -> list[Group]:
    late = [task for task in todo.today if _is_late(task, at)]
    today = [task for task in todo.today if not _is_late(task, at)]
    groups = [
        _group("late", _("Late"), late),
        _group("today", _("Ends today"), today),
        _group("week", _("This week"), todo.week),
        _group("later", _("Later"), todo.later),
        _group(
            "others",
            _("With others"),
            todo.others,
            count=todo.others_total,
            note=_("the clock stops while the customer or the carrier holds the ball"),
        ),
    ]
    return [group for group in groups if group.lines]


def _group(
    key: str,
    heading: str | Promise,
    tasks: Sequence[Task],
    *,
    count: int | None = None,
    note: str | Promise = "",
) -> Group:
    lines = [line_of(task) for task in tasks]
    return Group(
        key=key,
        heading=heading,
        lines=lines,
        count=len(lines) if count is None else count,
        note=note,
    )


def _contested(seat: Seat, at: datetime) -> list[Contested]:
    found = contested_now(entity_id=seat.entity.pk, currency=seat.entity.currency, at=at)
    nothing = Contested(
        currency=seat.entity.currency,
        claims=0,
        claimed_minor=0,
        valid_minor=0,
        not_valid_minor=0,
        may_be_late=0,
    )
    return found or [nothing]


def _panel(contested: Contested) -> ContestedPanel:
    parts = [
        Part("good", contested.valid_minor, _("Valid, to credit")),
        Part("bad", contested.not_valid_minor, _("Not valid, to collect")),
        Part("open", contested.checked_minor, _("Being checked")),
    ]
    return ContestedPanel(contested, parts)


def _done(done: Done) -> list[tuple[str, str, str]]:
    """Name, figure and where its rows are."""
    untouched = gettext("%(part)s of %(all)s") % {"part": done.untouched, "all": done.payments}
    return [
        (gettext("Payments posted untouched"), untouched, address("bank")),
        (gettext("Documents read"), str(done.documents), address("inbox", view="all")),
        (gettext("Claims opened"), str(done.claims), address("claims")),
        (gettext("of them from short payments"), str(done.short_payments), address("claims")),
        (gettext("Documents posted to the ERP"), str(done.posted), address("audit")),
    ]


def _hints() -> list[dict[str, object]]:
    return [
        {"keys": ["J", "K"], "does": gettext("move")},
        {"keys": ["↵"], "does": gettext("open")},
        {"keys": ["S"], "does": gettext("let it rest")},
        {"keys": ["W"], "does": gettext("hand over")},
        {"keys": ["?"], "does": gettext("all keys")},
    ]


count_with("home", lambda seat: count_todo(member=seat.membership, at=timezone.now()))
for _name, _heading, _source in SOURCES:
    search_with(_name, _heading, _source)
