"""What waits for a person: cases, steps, signatures; and for all clerks: arrivals and payments."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.db import connection

from concilia.cases.actions import clock_of
from concilia.cases.core.holding import InView
from concilia.cases.core.worth import Work, worth_of
from concilia.cases.queries.office import view_of
from concilia.claims.core.work import WITH_OTHERS
from concilia.identity.models import Entity, Membership, Role
from concilia.kernel.deadlines import SlaClock, Unit
from concilia.kernel.numbers import BASIS_POINTS
from concilia.reporting.queries.todo_sql import (
    ARRIVALS,
    CLAIMS,
    COUNT,
    HOLDERS,
    MATCHES,
    SEATS,
    SIGNERS,
    STEPS,
)

SHARED_MAX: Final = 5
OWN_MAX: Final = 40
OTHERS_MAX: Final = 12
WEEK_DAYS: Final = 6
DAY_SECONDS: Final = 24 * 60 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """
    One line of the list: the verb is the act. Amounts in minor units, None where none is known.

    :param kind: `claim`, `step`, `seat`, `arrival`, `match` or `advice`; `pk` is that row's key,
        for the last two that of the bank entry
    :param verb: merge, qualify, check, decide, repair, tell, collect, answer, find, read, sign,
        confirm, assign, compare; for what is with others: customer, third, colleague, signature,
        erp, legal
    :param said: words of a person or a stranger, in `language`; else `reason` says what it is about
    :param who: who holds the ball
    :param owner: whose it is, where they left it to this person
    :param rested_until: when it came back, if that was since yesterday
    """

    kind: str
    pk: int
    verb: str
    customer: str
    currency: str
    minor: int | None
    due_at: datetime | None
    opened_at: datetime
    claim_id: int | None = None
    number: str = ""
    reason: str = ""
    invoice: str = ""
    said: str = ""
    language: str = ""
    evidence: str = ""
    explanation: Sequence[Mapping[str, Any]] = ()
    paused_at: datetime | None = None
    who: str = ""
    department: str = ""
    level: int = 0
    is_partly: bool = False
    owner: str = ""
    rested_until: datetime | None = None
    rested_why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Todo:
    """
    A person's work in order: what ends today (or is late), this week, later, and with others.

    `left_inbox`, `left_bank` and `left_advised` are what waits there besides the lines given here;
    `total` counts the lines of the first three groups, also those beyond what fits.
    """

    today: Sequence[Task] = ()
    week: Sequence[Task] = ()
    later: Sequence[Task] = ()
    others: Sequence[Task] = ()
    total: int = 0
    others_total: int = 0
    left_inbox: int = 0
    left_bank: int = 0
    left_advised: int = 0

    @property
    def hidden(self) -> int:
        """How many of the person's own tasks do not fit."""
        return self.total - len(self.today) - len(self.week) - len(self.later)


STEP_VERBS: Final = {
    "question": "answer",
    "evidence": "find",
    "read": "read",
    "qualify": "qualify",
    "approval": "sign",
    "notify": "tell",
}
CLAIM_VERBS: Final = {
    "RECEIVED": "qualify",
    "QUALIFYING": "qualify",
    "DUPLICATE": "merge",
    "DECISION_PROPOSED": "decide",
    "APPROVED": "tell",
    "PARTIALLY_APPROVED": "tell",
    "DENIED": "tell",
    "POSTING_FAILED": "repair",
    "POSTED": "tell",
    "ACCEPTED": "collect",
    "COLLECT_BACK": "collect",
    "REPAID": "tell",
}
OTHERS_VERBS: Final = {
    "WAITING_CUSTOMER": "customer",
    "WAITING_THIRD_PARTY": "third",
    "WAITING_INTERNAL": "colleague",
    "IN_APPROVAL": "signature",
    "POSTING": "erp",
    "CUSTOMER_NOTIFIED": "customer",
    "ESCALATED_LEGAL": "legal",
}
MATCH_VERBS: Final = {"PROPOSED": "confirm", "OPEN": "assign", "ADVISED": "compare"}
ARRIVAL_VERBS: Final = {"twin": "merge", "question": "answer", "payment_reply": "answer"}


@dataclass
class _Asking:
    member: Membership
    at: datetime
    entity: Entity = field(init=False)
    today: date = field(init=False)

    def __post_init__(self) -> None:
        self.entity = self.member.entity
        self.today = self.at.astimezone(ZoneInfo(self.entity.timezone)).date()

    @cached_property
    def in_view(self) -> InView:
        """Whose cases are theirs today."""
        return view_of(member=self.member, at=self.at)

    @cached_property
    def clock(self) -> SlaClock:
        """The working clock of the entity."""
        return clock_of(self.entity)

    @property
    def is_clerk(self) -> bool:
        """Who works the inbox and the bank."""
        return self.member.role in {Role.CLERK, Role.ADMIN}

    def rows(self, sql: str, **more: int | list[int]) -> list[dict[str, Any]]:
        parameters: dict[str, Any] = {
            "entity": self.entity.pk,
            "currency": self.entity.currency,
            "member": self.member.pk,
            "owners": sorted(self.in_view.owners),
            "principals": sorted(self.in_view.standing_in_for),
            "uncovered": sorted(self.in_view.uncovered),
            "departments": sorted(self.in_view.departments),
            "is_clerk": self.is_clerk,
            "at": self.at,
            "today": self.today,
            "states": list(WITH_OTHERS),
            "shared": SHARED_MAX,
        }
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters | more)
            names = [column.name for column in cursor.description or ()]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def count_todo(*, member: Membership, at: datetime) -> int:
    """How many lines wait for this person, as their list counts them: one statement."""
    return int(_Asking(member, at).rows(COUNT)[0]["total"])


def todo_of(*, member: Membership, at: datetime) -> Todo:
    """
    A person's list: at most ten statements, however much there is.

    Cases rest while they are snoozed. In each group what is worth most comes first
    (`cases.core.worth`), in the entity's currency before others, which are not comparable.
    """
    asking = _Asking(member, at)
    own, totals = _own(asking)
    claims = asking.rows(CLAIMS, is_others=False, limit=OWN_MAX)
    totals += _total(claims)
    own += [_claim(row) for row in claims]
    shared, left = _shared(asking) if asking.is_clerk else ([], (0, 0, 0))
    groups: dict[str, list[Task]] = {"today": [], "week": [], "later": []}
    for task in [*own, *shared]:
        groups[_group(task, asking)].append(task)
    others = asking.rows(CLAIMS, is_others=True, limit=OTHERS_MAX + len(own))
    listed = {task.claim_id for task in own}
    ordered = {name: _in_order(tasks, asking) for name, tasks in groups.items()}
    return Todo(
        **ordered,
        others=_with_holders([row for row in others if row["pk"] not in listed], asking),
        total=totals + len(shared),
        others_total=_total(others) - sum(row["pk"] in listed for row in others),
        left_inbox=left[0],
        left_bank=left[1],
        left_advised=left[2],
    )


def _own(asking: _Asking) -> tuple[list[Task], int]:
    steps = asking.rows(STEPS, limit=OWN_MAX)
    seats = asking.rows(SEATS, limit=OWN_MAX)
    tasks = [
        Task(kind="step", verb=STEP_VERBS.get(row.pop("step"), "answer"), **_less(row))
        for row in steps
        if row
    ]
    tasks += [Task(kind="seat", verb="sign", **_less(row)) for row in seats]
    return tasks, _total(steps) + _total(seats)


def _shared(asking: _Asking) -> tuple[list[Task], tuple[int, int, int]]:
    """What waits for all clerks: the oldest of inbox and bank, due on the next working day."""
    arrivals = asking.rows(ARRIVALS, limit=SHARED_MAX)
    payments = asking.rows(MATCHES, limit=SHARED_MAX)
    advices = [row for row in payments if row["state"] == "ADVISED"]
    matches = [row for row in payments if row["state"] != "ADVISED"]
    inbox, bank, advised = (_total(rows) - len(rows) for rows in (arrivals, matches, advices))
    tasks = [
        Task(
            kind="arrival",
            verb=ARRIVAL_VERBS.get(row.pop("outcome"), "check"),
            **_next_day(row, asking),
        )
        for row in arrivals
    ]
    tasks += [
        Task(
            kind="advice" if row["state"] == "ADVISED" else "match",
            verb=MATCH_VERBS[row.pop("state")],
            **_next_day(row, asking),
        )
        for row in payments
    ]
    return tasks, (inbox, bank, advised)


def _claim(row: dict[str, Any]) -> Task:
    verb = "merge" if row["twin"] else CLAIM_VERBS.get(row["state"])
    judged = row["valid_minor"]
    return Task(
        kind="claim",
        pk=row["pk"],
        claim_id=row["pk"],
        verb=verb or ("check" if judged is None else "decide"),
        customer=row["customer"],
        currency=row["currency"],
        minor=row["minor"],
        due_at=row["due_at"],
        opened_at=row["opened_at"],
        number=row["number"],
        reason=row["reason"],
        invoice=row["invoice"] or "",
        paused_at=row["paused_at"],
        is_partly=judged is not None and 0 < judged < row["minor"],
        owner=row["owner"] or "",
        rested_until=row["rested_until"],
        rested_why=row["rested_why"] if row["rested_until"] else "",
    )


def _with_holders(rows: list[dict[str, Any]], asking: _Asking) -> list[Task]:
    rows = rows[:OTHERS_MAX]
    keys = [row["pk"] for row in rows]
    holders = {row["claim_id"]: row for row in asking.rows(HOLDERS, claims=keys)} if keys else {}
    signers = {row["claim_id"]: row for row in asking.rows(SIGNERS, claims=keys)} if keys else {}
    tasks = []
    for row in rows:
        verb = OTHERS_VERBS[row["state"]]
        task = replace(_claim(row), verb=verb)
        if verb == "signature" and (signer := signers.get(row["pk"])):
            task = replace(
                task,
                who=signer["who"] or "",
                level=signer["level"],
                due_at=signer["due_at"] or task.due_at,
            )
        elif holder := holders.get(row["pk"]):
            task = replace(
                task,
                who=holder["who"] or "",
                department=holder["department"] or row["department"],
                said=holder["question"],
                evidence=holder["evidence"],
                due_at=holder["due_at"] or task.due_at,
            )
        tasks.append(task)
    return tasks


def _less(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "total"}


def _next_day(row: dict[str, Any], asking: _Asking) -> dict[str, Any]:
    less = _less(row)
    if "explanation" in less:
        less["explanation"] = tuple(_decoded(less["explanation"]))
    return less | {"due_at": asking.clock.deadline(row["opened_at"], 1, Unit.BUSINESS_DAYS).due}


def _decoded(parts: object) -> Iterator[Mapping[str, Any]]:
    found = json.loads(parts) if isinstance(parts, str) else parts
    yield from found if isinstance(found, list) else ()


def _total(rows: Sequence[Mapping[str, Any]]) -> int:
    return int(rows[0]["total"]) if rows else 0


def _group(task: Task, asking: _Asking) -> str:
    if task.due_at is None:
        return "later"
    day = task.due_at.astimezone(ZoneInfo(asking.entity.timezone)).date()
    if day <= asking.today:
        return "today"
    return "week" if day <= asking.today + timedelta(days=WEEK_DAYS) else "later"


def _in_order(tasks: Sequence[Task], asking: _Asking) -> list[Task]:
    def key(task: Task) -> tuple[bool, int, datetime, int]:
        score = _score(task, asking.at)
        foreign = task.currency != asking.entity.currency
        return foreign, -score, task.due_at or asking.at, task.pk

    return sorted(tasks, key=key)


def _score(task: Task, at: datetime) -> int:
    """Every amount counts in full: what similar cases brought is not known before they end."""
    due = task.due_at or at + timedelta(days=WEEK_DAYS)
    whole = max((due - task.opened_at).total_seconds(), DAY_SECONDS)
    used = max((at - task.opened_at).total_seconds(), 0)
    work = Work(
        reference=f"{task.kind}:{task.pk}",
        amount_minor=max(task.minor or 0, 0),
        chance_bp=BASIS_POINTS,
        cost_minor=0,
        used_percent=int(used * 100 // whole),
        due_at=due,
    )
    return worth_of(work).score_minor
