"""What waits for one's signature, what is alike signed together, to whom one leaves it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from concilia.cases.core.authority import Act
from concilia.cases.models import ApprovalBatch, ApprovalBatchItem, ApprovalOverride
from concilia.claims.actions.bulk_signing import drop_batch, lay_together, sign_together
from concilia.claims.actions.overriding import override_approval
from concilia.claims.queries.signatures import (
    Group,
    Waiting,
    alike_groups,
    is_for_less,
    waiting_for,
)
from concilia.identity.actions import SIGN, Leaving, leave_signature, take_signature_back
from concilia.identity.models import Delegation, Membership, Role
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.claim_shapes import detail_of
from concilia.interfaces.api.claims import claim_of
from concilia.interfaces.api.paging import ListFilter, Page, listed
from concilia.interfaces.api.shapes import TEXT, ClaimDetail, Reason, decimal
from concilia.interfaces.components.rights import ADMINS, SIGNERS
from concilia.kernel.money import Money

router = Router(tags=["signatures"])
delegations = Router(tags=["signatures"])
overrides = Router(tags=["signatures"])
claims = Router(tags=["claims"])
READ = Scope("claims:read", *SIGNERS)
WAITING_MAX: Final = 1000
DO = Scope(SIGN, *SIGNERS)
CHECK = Scope("audit:read", Role.AUDITOR, *SIGNERS)


class WaitingOut(Schema):
    """
    A signature that waits for the caller. `stands_in_for`: who left it to them.

    `alike` is the kind it is of: those of one kind can be laid together. Amounts are in company
    currency, as the limits are.
    """

    seat: int
    claim: str
    customer: str
    act: str
    amount: str
    currency: str
    requested_by: str
    due_at: datetime | None
    stands_in_for: str
    alike: str

    @classmethod
    def of(cls, row: Waiting) -> WaitingOut:
        """A signature that waits as JSON."""
        asked = row.seat.request
        return cls(
            seat=row.seat.pk,
            claim=row.claim.case.number,
            customer=row.claim.customer.number,
            act=asked.act,
            amount=_text(asked.amount_minor, asked.currency),
            currency=asked.currency,
            requested_by=asked.requested_by.user.email,
            due_at=row.seat.due_at,
            stands_in_for=row.stands_in_for,
            alike=row.alike.key,
        )


class KindOut(Schema):
    """Signatures of one kind: how many, how many of them would be judged one by one."""

    alike: str
    count: int
    sample: int
    total: str
    currency: str

    @classmethod
    def of(cls, group: Group) -> KindOut:
        """A kind as JSON."""
        return cls(
            alike=group.alike.key,
            count=len(group.rows),
            sample=group.sample,
            total=_text(group.total_minor, group.currency),
            currency=group.currency,
        )


class KindIn(Schema):
    """A kind, as `GET /signatures/alike` names it."""

    alike: str = Field(pattern=TEXT, max_length=80)


class ItemOut(Schema):
    """
    A signature of a batch. `judged` is right, wrong or empty; what is judged is signed, sent back
    or refused with `POST /claims/{claim}/signatures`. `left_out` says why it was not signed.
    """

    seat: int
    claim: str
    amount: str
    currency: str
    judged: str
    left_out: str

    @classmethod
    def of(cls, item: ApprovalBatchItem) -> ItemOut:
        """A signature of a batch as JSON; needs its seat and request."""
        seat, asked = item.seat, item.seat.request
        is_right = seat.outcome == "APPROVE" and not is_for_less(seat)
        return cls(
            seat=seat.pk,
            claim=asked.case.number,
            amount=_text(asked.amount_minor, asked.currency),
            currency=asked.currency,
            judged="" if not seat.outcome else "right" if is_right else "wrong",
            left_out=item.left_out,
        )


class BatchOut(Schema):
    """`state` is OPEN, SIGNED, STOPPED (one of the sample was wrong) or DROPPED."""

    id: int
    alike: str
    state: str
    made_at: datetime
    ended_at: datetime | None
    sample: list[ItemOut]
    rest: list[ItemOut]

    @classmethod
    def of(cls, batch: ApprovalBatch) -> BatchOut:
        """A batch with its signatures as JSON."""
        items = list(batch.items.select_related("seat__request__case").order_by("pk"))
        return cls(
            id=batch.pk,
            alike=batch.alike,
            state=batch.state,
            made_at=batch.made_at,
            ended_at=batch.ended_at,
            sample=[ItemOut.of(item) for item in items if item.is_sample],
            rest=[ItemOut.of(item) for item in items if not item.is_sample],
        )


class BatchHead(Schema):
    """A batch without its signatures."""

    id: int
    alike: str
    state: str
    made_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, batch: ApprovalBatch) -> BatchHead:
        """A batch as a line of a list."""
        return cls(
            id=batch.pk,
            alike=batch.alike,
            state=batch.state,
            made_at=batch.made_at,
            ended_at=batch.ended_at,
        )


class DelegationIn(Schema):
    """
    To whom a signature is left, by e-mail address; both days included, 60 at most.

    `when_late`: only once half of a signature's time has passed. No `acts` is all of them, no
    `limit` all that one may sign oneself, in company currency.
    """

    delegate: str = Field(pattern=TEXT, max_length=254)
    starts_on: date
    ends_on: date
    reason: str = Field(pattern=TEXT, max_length=200)
    when_late: bool = False
    acts: list[Act] = Field(default=[], max_length=len(Act))
    limit: str | None = Field(None, pattern=TEXT, max_length=30)


class DelegationOut(Schema):
    """A signature left to somebody."""

    id: int
    member: str
    delegate: str
    starts_on: date
    ends_on: date
    reason: str
    when_late: bool
    acts: list[str]
    limit: str | None
    currency: str
    given_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, row: Delegation) -> DelegationOut:
        """A delegation as JSON; needs its entity and both people."""
        return cls(
            id=row.pk,
            member=row.member.user.email,
            delegate=row.delegate.user.email,
            starts_on=row.starts_date,
            ends_on=row.ends_date,
            reason=row.reason,
            when_late=row.way == Delegation.Way.WHEN_LATE,
            acts=list(row.acts),
            limit=decimal(row.limit_minor, row.entity.currency),
            currency=row.entity.currency,
            given_at=row.given_at,
            ended_at=row.ended_at,
        )


class OverrideOut(Schema):
    """A decision carried out past its signatures; `second` is null while a second must join."""

    claim: str
    reason: str
    first: str
    first_at: datetime
    second: str | None
    second_at: datetime | None

    @classmethod
    def of(cls, row: ApprovalOverride) -> OverrideOut:
        """An override as JSON; needs its request and both people."""
        return cls(
            claim=row.request.case.number,
            reason=row.reason,
            first=row.first_by.user.email,
            first_at=row.first_at,
            second=row.second_by.user.email if row.second_by else None,
            second_at=row.second_at,
        )


@router.get("", response=list[WaitingOut], auth=READ)
def waiting(request: HttpRequest) -> list[WaitingOut]:
    """What waits for the caller, the most urgent first, also what was left to them."""
    rows = waiting_for(member=caller(request), at=timezone.now(), most=WAITING_MAX)
    return [WaitingOut.of(row) for row in rows]


@router.get("/alike", response=list[KindOut], auth=READ)
def alike(request: HttpRequest) -> list[KindOut]:
    """What of it is alike and enough to be signed together, the largest group first."""
    groups = alike_groups(waiting_for(member=caller(request), at=timezone.now()))
    return [KindOut.of(group) for group in groups if group.may_batch]


@router.get("/batches", response=Page[BatchHead], auth=READ)
def batches(request: HttpRequest, asked: Query[ListFilter]) -> dict[str, object]:
    """The caller's batches, the newest first."""
    rows = ApprovalBatch.objects.filter(member=caller(request), entity=caller(request).entity_id)
    return listed(rows, BatchHead.of, order="made_at", asked=asked)


@router.post("/batches", response={201: BatchOut}, auth=DO)
def lay(request: HttpRequest, body: KindIn) -> Status[BatchOut]:
    """Lay what is alike together and draw the sample; done again, what came since is added."""
    batch = lay_together(alike=body.alike, member=caller(request), at=timezone.now())
    return Status(201, BatchOut.of(batch))


@router.get("/batches/{batch_id}", response=BatchOut, auth=READ)
def batch(request: HttpRequest, batch_id: int) -> BatchOut:
    """A batch: its sample with what was judged, and the rest."""
    return BatchOut.of(_batch(caller(request), batch_id))


@router.post("/batches/{batch_id}/sign", response=BatchOut, auth=DO)
def sign_rest(request: HttpRequest, batch_id: int) -> BatchOut:
    """Sign the rest once the whole sample was judged right; one wrong stops it."""
    member = caller(request)
    sign_together(batch_id=batch_id, member=member, at=timezone.now())
    return BatchOut.of(_batch(member, batch_id))


@router.post("/batches/{batch_id}/drop", response=BatchOut, auth=DO)
def drop(request: HttpRequest, batch_id: int) -> BatchOut:
    """Take a batch apart; what was judged stays judged, and the lot stays the same for a month."""
    member = caller(request)
    drop_batch(batch_id=batch_id, member=member, at=timezone.now())
    return BatchOut.of(_batch(member, batch_id))


@delegations.get("", response=Page[DelegationOut], auth=READ)
def list_delegations(request: HttpRequest, asked: Query[ListFilter]) -> dict[str, object]:
    """Signatures the caller left to others and others to them; all of them for administrators."""
    member = caller(request)
    rows = Delegation.objects.filter(entity=member.entity_id).select_related(
        "entity", "member__user", "delegate__user"
    )
    if member.role not in ADMINS:
        rows = rows.filter(member=member) | rows.filter(delegate=member)
    return listed(rows, DelegationOut.of, order="given_at", asked=asked)


@delegations.post("", response={201: DelegationOut}, auth=DO)
def leave(request: HttpRequest, body: DelegationIn) -> Status[DelegationOut]:
    """Leave one's signature to a colleague; they sign within the lower of both authorities."""
    member = caller(request)
    delegate = Membership.objects.filter(
        entity=member.entity_id, user__email=body.delegate.strip().lower()
    ).first()
    currency = member.entity.currency
    leaving = Leaving(
        delegate_id=delegate.pk if delegate else 0,
        starts=body.starts_on,
        ends=body.ends_on,
        reason=body.reason,
        way=Delegation.Way.WHEN_LATE if body.when_late else Delegation.Way.MANUAL,
        acts=tuple(act.value for act in dict.fromkeys(body.acts)),
        limit_minor=None if body.limit is None else Money.parse(body.limit, currency).minor,
    )
    row = leave_signature(leaving=leaving, member=member, at=timezone.now())
    return Status(201, DelegationOut.of(row))


@delegations.post("/{delegation_id}/end", response=DelegationOut, auth=DO)
def end(request: HttpRequest, delegation_id: int) -> DelegationOut:
    """Take one's signature back; what was signed under it stays signed."""
    row = take_signature_back(
        delegation_id=delegation_id, member=caller(request), at=timezone.now()
    )
    return DelegationOut.of(row)


@claims.post("/{number}/override", response=ClaimDetail, auth=DO)
def override(request: HttpRequest, number: str, body: Reason) -> ClaimDetail:
    """Ask, or join a second of level 5, to carry a decision out past its signatures."""
    member = caller(request)
    claim = claim_of(member, number)
    override_approval(claim_id=claim.pk, reason=body.reason, member=member, at=timezone.now())
    return detail_of(claim_of(member, number))


@overrides.get("", response=Page[OverrideOut], auth=CHECK)
def list_overrides(request: HttpRequest, asked: Query[ListFilter]) -> dict[str, object]:
    """What was carried out past the rules, and what was asked to be, the newest first."""
    rows = ApprovalOverride.objects.filter(entity=caller(request).entity_id).select_related(
        "request__case", "first_by__user", "second_by__user"
    )
    return listed(rows, OverrideOut.of, order="first_at", asked=asked)


def _batch(member: Membership, batch_id: int) -> ApprovalBatch:
    return ApprovalBatch.objects.get(pk=batch_id, member=member, entity=member.entity_id)


def _text(minor: int, currency: str) -> str:
    return Money(minor, currency).to_decimal_string()
