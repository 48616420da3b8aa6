"""What waits for the person a token acts as, and finding things by what one knows of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from concilia.cases.actions import read_mention
from concilia.cases.models import Mention
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.shapes import TEXT, decimal
from concilia.reporting.queries.customers import find_customers
from concilia.reporting.queries.home import (
    Contested,
    Mentioned,
    contested_now,
    done_since,
    mentions_of,
    morning_before,
)
from concilia.reporting.queries.search import (
    MOST,
    Found,
    find_amount,
    find_claims,
    find_items,
    find_payments,
)
from concilia.reporting.queries.todo import Task, todo_of

router = Router(tags=["work"])
READ = Scope("claims:read")


class TaskOut(Schema):
    """One thing to do: `verb` says what, `kind` and `id` where."""

    kind: str
    id: int
    verb: str
    claim: str
    customer: str
    reason: str
    amount: str | None
    currency: str
    due_at: datetime | None

    @classmethod
    def of(cls, task: Task) -> TaskOut:
        """A task as JSON."""
        return cls(
            kind=task.kind,
            id=task.pk,
            verb=task.verb,
            claim=task.number,
            customer=task.customer,
            reason=task.reason,
            amount=decimal(task.minor, task.currency),
            currency=task.currency,
            due_at=task.due_at,
        )


class MentionOut(Schema):
    id: int
    claim: str
    by: str
    text: str
    written_at: datetime

    @classmethod
    def of(cls, found: Mentioned) -> MentionOut:
        """A mention as JSON."""
        return cls(
            id=found.mention_id,
            claim=found.case_number,
            by=found.who,
            text=found.text,
            written_at=found.written_at,
        )


class ContestedOut(Schema):
    """Open claims of one currency: `claimed = valid + not_valid + being_checked`."""

    currency: str
    claims: int
    claimed: str
    valid: str
    not_valid: str
    being_checked: str
    may_be_late: int

    @classmethod
    def of(cls, found: Contested) -> ContestedOut:
        """What is contested, as JSON."""
        code = found.currency
        return cls(
            currency=code,
            claims=found.claims,
            claimed=decimal(found.claimed_minor, code) or "",
            valid=decimal(found.valid_minor, code) or "",
            not_valid=decimal(found.not_valid_minor, code) or "",
            being_checked=decimal(found.checked_minor, code) or "",
            may_be_late=found.may_be_late,
        )


class DoneOut(Schema):
    since: datetime
    payments: int
    untouched: int
    documents: int
    claims: int
    short_payments: int
    posted: int


class TodoOut(Schema):
    """The lists hold what fits on a page of the desk; the numbers say how much there is."""

    today: list[TaskOut]
    week: list[TaskOut]
    later: list[TaskOut]
    with_others: list[TaskOut]
    total: int
    with_others_total: int
    left_in_inbox: int
    left_in_bank: int
    left_in_advices: int
    mentions: list[MentionOut]
    contested: list[ContestedOut]
    done: DoneOut


class SearchFilter(Schema):
    q: str = Field(pattern=TEXT, max_length=100)


class FoundOut(Schema):
    """`kind` is `claim`, `customer`, `item` or `payment`."""

    kind: str
    id: int
    name: str
    customer: str
    amount: str | None
    currency: str
    day: date | None


@router.get("/todo", response=TodoOut, auth=READ)
def get_todo(request: HttpRequest) -> TodoOut:
    """What waits for the person, in the order worth taking, and how the day stands."""
    member, at = caller(request), timezone.now()
    entity = member.entity
    todo = todo_of(member=member, at=at)
    since = morning_before(at, ZoneInfo(entity.timezone))
    done = done_since(entity_id=entity.pk, since=since)
    contested = contested_now(entity_id=entity.pk, currency=entity.currency, at=at)
    return TodoOut(
        today=[TaskOut.of(task) for task in todo.today],
        week=[TaskOut.of(task) for task in todo.week],
        later=[TaskOut.of(task) for task in todo.later],
        with_others=[TaskOut.of(task) for task in todo.others],
        total=todo.total,
        with_others_total=todo.others_total,
        left_in_inbox=todo.left_inbox,
        left_in_bank=todo.left_bank,
        left_in_advices=todo.left_advised,
        mentions=[MentionOut.of(found) for found in mentions_of(member=member)],
        contested=[ContestedOut.of(found) for found in contested],
        done=DoneOut(
            since=since,
            payments=done.payments,
            untouched=done.untouched,
            documents=done.documents,
            claims=done.claims,
            short_payments=done.short_payments,
            posted=done.posted,
        ),
    )


@router.post("/mentions/{mention_id}/read", response={204: None}, auth=Scope("claims:write"))
def take_off(request: HttpRequest, mention_id: int) -> Status[None]:
    """Take a mention of the person off their list."""
    member = caller(request)
    mention = Mention.objects.get(pk=mention_id, member=member)
    read_mention(mention_id=mention.pk, member=member, at=timezone.now())
    return Status(204, None)


@router.get("/search", response=list[FoundOut], auth=READ)
def search(request: HttpRequest, asked: Query[SearchFilter]) -> list[FoundOut]:
    """
    Find claims, customers, open items and payments by number, name, reference or amount.

    A few of each kind; what the token has no scope to read is not searched.
    """
    member, typed = caller(request), " ".join(asked.q.split())
    own, scopes = member.entity, request.auth.scopes  # type: ignore[attr-defined]
    found: list[FoundOut] = []
    if typed:
        claims = find_claims(entity_id=own.pk, text=typed, currency=own.currency)
        found += _shown("claim", claims)
    if typed and "customers:read" in scopes:
        found += _customers(own.pk, typed)
        items = find_items(entity_id=own.pk, text=typed)
        amounts = find_amount(entity_id=own.pk, text=typed, currency=own.currency)
        found += _shown("item", dict.fromkeys([*items, *amounts]))
    if typed and "bank:read" in scopes:
        found += _shown("payment", find_payments(entity_id=own.pk, text=typed))
    return found


def _customers(entity_id: int, typed: str) -> list[FoundOut]:
    return [
        FoundOut(
            kind="customer",
            id=row.pk,
            name=row.number,
            customer=row.name,
            amount=None,
            currency=row.currency,
            day=None,
        )
        for row in find_customers(entity_id=entity_id, text=typed, most=MOST)
    ]


def _shown(kind: str, found: Iterable[Found]) -> list[FoundOut]:
    return [
        FoundOut(
            kind=kind,
            id=each.pk,
            name=each.name,
            customer=each.customer,
            amount=decimal(each.minor, each.currency),
            currency=each.currency,
            day=each.day,
        )
        for each in found
    ]
