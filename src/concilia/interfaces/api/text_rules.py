"""Rules about texts: written, previewed, changed, ended; proposed ones accepted or refused."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from concilia.cash.actions import accept_rule, change_rule, end_rule, restore_rule, write_rule
from concilia.cash.core.rules import LABEL_MAX, TEXT_MAX, RuleDraft
from concilia.cash.models import TextRule
from concilia.cash.queries.rules import Earlier, preview, rules
from concilia.customers.models import Customer
from concilia.identity.models import Membership
from concilia.interfaces.api.access import Scope, caller, today_of
from concilia.interfaces.api.paging import ListFilter, Page, listed
from concilia.interfaces.api.shapes import TEXT, EntryOut
from concilia.interfaces.components.rights import WORKERS

router = Router(tags=["bank"])
READ = Scope("bank:read")
WRITE = Scope("bank:write", *WORKERS)


class RuleIn(Schema):
    """
    The words a text contains, from this payer or from all, and what they mean.

    `customer` pays (`customer`), `label` says what the money is for (`elsewhere`), `customer` kept
    something for `reason` (`reason`). At most one of `payer_iban` and `payer_name` is needed.
    """

    meaning: Literal["customer", "elsewhere", "reason"]
    text: str = Field(pattern=TEXT, max_length=TEXT_MAX)
    payer_iban: str = Field("", pattern=TEXT, max_length=40)
    payer_name: str = Field("", pattern=TEXT, max_length=160)
    customer: str | None = Field(None, pattern=TEXT, max_length=40)
    label: str = Field("", pattern=TEXT, max_length=LABEL_MAX)
    reason: str = Field("", pattern=TEXT, max_length=5)


class RuleFilter(ListFilter):
    """Which versions; without a state, all of them."""

    state: str | None = Field(None, pattern="^(PROPOSED|ACTIVE|ENDED|DISMISSED)$")


class RuleOut(Schema):
    """One version of a rule; `number` is the same in all of them."""

    id: int
    number: int
    version: int
    state: str
    meaning: str
    words: str
    payer_iban: str
    payer_name: str
    customer: str | None
    label: str
    reason: str
    decisions: int
    written_by: str | None
    written_at: datetime
    ended_by: str | None
    ended_at: datetime | None

    @classmethod
    def of(cls, row: TextRule) -> RuleOut:
        """A version as JSON; needs the customer and both people."""
        return cls(
            id=row.pk,
            number=row.number or row.pk,
            version=row.version,
            state=row.state,
            meaning=row.meaning,
            words=row.words,
            payer_iban=row.payer_iban,
            payer_name=row.payer_name,
            customer=row.customer.number if row.customer else None,
            label=row.label,
            reason=row.reason,
            decisions=row.decisions,
            written_by=row.written_by.email if row.written_by else None,
            written_at=row.written_at,
            ended_by=row.ended_by.email if row.ended_by else None,
            ended_at=row.ended_at,
        )


class EarlierOut(Schema):
    entry: EntryOut
    otherwise: bool

    @classmethod
    def of(cls, one: Earlier) -> EarlierOut:
        """An earlier payment as JSON."""
        return cls(entry=EntryOut.of(one.entry), otherwise=one.is_otherwise)


class PreviewOut(Schema):
    """How many payments of the last 400 days, how many of them decided otherwise, and a few."""

    matched: int
    otherwise: int
    shown: list[EarlierOut]


@router.get("", response=Page[RuleOut], auth=READ)
def list_rules(request: HttpRequest, asked: Query[RuleFilter]) -> dict[str, Any]:
    """Rules about texts, every version of its own, the newest first."""
    rows = rules(entity_id=caller(request).entity_id)
    rows = rows.filter(state=asked.state) if asked.state else rows
    return listed(rows, RuleOut.of, order="pk", asked=asked)


@router.post("", response={201: RuleOut}, auth=WRITE)
def add_rule(request: HttpRequest, body: RuleIn) -> Status[RuleOut]:
    """Keep a rule; it holds from the next payment that is matched."""
    member = caller(request)
    row = write_rule(draft=_draft(member, body), member=member, at=timezone.now())
    return Status(201, _out(member, row))


@router.post("/preview", response=PreviewOut, auth=READ)
def preview_rule(request: HttpRequest, body: RuleIn) -> PreviewOut:
    """What a rule would have matched; nothing is kept."""
    member = caller(request)
    seen = preview(entity=member.entity, draft=_draft(member, body), as_of=today_of(request))
    return PreviewOut(
        matched=seen.matched,
        otherwise=seen.otherwise,
        shown=[EarlierOut.of(one) for one in seen.shown],
    )


@router.post("/{rule_id}/change", response=RuleOut, auth=WRITE)
def next_version(request: HttpRequest, rule_id: int, body: RuleIn) -> RuleOut:
    """Put another version in the place of a rule."""
    member = caller(request)
    draft = _draft(member, body)
    row = change_rule(rule_id=rule_id, draft=draft, member=member, at=timezone.now())
    return _out(member, row)


@router.post("/{rule_id}/accept", response=RuleOut, auth=WRITE)
def accept(request: HttpRequest, rule_id: int) -> RuleOut:
    """Put a proposed rule in force."""
    member = caller(request)
    return _out(member, accept_rule(rule_id=rule_id, member=member, at=timezone.now()))


@router.post("/{rule_id}/end", response=RuleOut, auth=WRITE)
def end(request: HttpRequest, rule_id: int) -> RuleOut:
    """Take a rule out of force, or refuse a proposed one."""
    member = caller(request)
    return _out(member, end_rule(rule_id=rule_id, member=member, at=timezone.now()))


@router.post("/{rule_id}/restore", response=RuleOut, auth=WRITE)
def restore(request: HttpRequest, rule_id: int) -> RuleOut:
    """Put an ended version in force again, as a new one."""
    member = caller(request)
    return _out(member, restore_rule(rule_id=rule_id, member=member, at=timezone.now()))


def _draft(member: Membership, body: RuleIn) -> RuleDraft:
    fields = body.model_dump(exclude={"customer"})
    customer = (
        Customer.objects.get(entity_id=member.entity_id, number=body.customer)
        if body.customer
        else None
    )
    return RuleDraft(**fields, customer_id=customer.pk if customer else None)


def _out(member: Membership, row: TextRule) -> RuleOut:
    return RuleOut.of(rules(entity_id=member.entity_id).get(pk=row.pk))
