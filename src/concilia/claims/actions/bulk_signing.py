"""Sign many like decisions together, after a sample drawn by lot was judged one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_noop as _

from concilia.cases.actions import tell_owner
from concilia.cases.actions.approvals import sign_seats, tell_signers
from concilia.cases.core.approvals import sign
from concilia.cases.core.authority import Act as CaseAct
from concilia.cases.core.people import Refusal, Request, RouteRefused
from concilia.cases.core.routes import Route, RouteState, Signature, SignOutcome
from concilia.cases.core.sampling import BATCH_MAX, draw, sample_size
from concilia.cases.models import ApprovalBatch, ApprovalBatchItem, ApprovalRequest
from concilia.cases.queries.approvers import Members, members_to_ask, principal_of, route_of
from concilia.cases.queries.company import House, house_on
from concilia.claims.actions.deciding import carry_out, digest_with
from concilia.claims.actions.moves import lock_claim, move
from concilia.claims.actions.opening import ClaimRefused
from concilia.claims.actions.process import follow_signature
from concilia.claims.core.decisions import Outcome
from concilia.claims.core.states import ClaimAction
from concilia.claims.models import Claim, Decision
from concilia.claims.queries.authority import (
    Asked,
    Decided,
    act_of_row,
    decided_before,
    matter_of,
    request_from,
)
from concilia.claims.queries.separation import Apart, apart_from_many
from concilia.claims.queries.signatures import alike_groups, judged_of, waiting_for
from concilia.customers.models import Customer
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.jobs import defer
from concilia.foundation.refusals import Refused
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of

State = ApprovalBatch.State
SALT: Final = "concilia.claims.bulk_signing"
FOLLOW: Final = "concilia.follow_batch"
RESTS_AFTER_STOP: Final = timedelta(hours=12)
SAME_LOT_FOR: Final = timedelta(days=30)


class BatchRefused(Refused):
    """These cannot be signed together; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedTogether:
    """How many were signed, and which were left out for what reason."""

    batch: ApprovalBatch
    signed: int
    left_out: Sequence[tuple[str, str]]


@transaction.atomic(durable=True)
def lay_together(*, alike: str, member: Membership, at: datetime) -> ApprovalBatch:
    """
    Lay what is alike together and draw the sample; done again, what came since is added.

    The lot falls by a seed of the installation's secret, the person, the kind and the day: nobody
    draws until the sample suits them.

    :raises BatchRefused: if there are too few, or one of these was found wrong half a day ago
    """
    stopped = ApprovalBatch.objects.filter(
        member=member, alike=alike, state=State.STOPPED, ended_at__gt=at - RESTS_AFTER_STOP
    )
    if stopped.exists():
        raise BatchRefused(_("One of these was wrong today: sign the others one by one."))
    rows = waiting_for(member=member, at=at, most=BATCH_MAX)
    group = next((one for one in alike_groups(rows) if one.alike.key == alike), None)
    found = ApprovalBatch.objects.select_for_update(no_key=True).filter(
        member=member, alike=alike, state=State.OPEN
    )
    batch = found.first()
    if group is None or (batch is None and not group.may_batch):
        raise BatchRefused(_("Too few are alike: sign them one by one."))
    if batch is None:
        seed = _seed(member, alike, at)
        batch = ApprovalBatch.objects.create(
            entity=member.entity, member=member, alike=alike, seed=seed, made_at=at
        )
    _fill(batch, {row.seat.pk: row.seat.request.content_sha256 for row in group.rows})
    data = {"alike": alike, "seed": batch.seed, "count": batch.items.count()}
    data["sample"] = batch.items.filter(is_sample=True).count()
    acts = [Act("signatures.laid_together", "batch", batch.pk, data)]
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=acts)
    return batch


def _seed(member: Membership, alike: str, at: datetime) -> str:
    """The lot of the day; who dropped such a batch gets no other lot for a month."""
    dropped = ApprovalBatch.objects.filter(
        member=member, alike=alike, state=State.DROPPED, ended_at__gt=at - SAME_LOT_FOR
    )
    last = dropped.order_by("-ended_at").first()
    if last is not None:
        return last.seed
    return salted_hmac(SALT, f"{member.pk}:{alike}:{at.date()}", algorithm="sha256").hexdigest()


@transaction.atomic(durable=True)
def drop_batch(*, batch_id: int, member: Membership, at: datetime) -> ApprovalBatch:
    """
    Take a batch apart: what was judged stays judged, the rest is signed one by one.

    One in the sample that was wrong ends it as wrong, as if the rest had been signed.

    :raises BatchRefused: if it was signed, stopped or dropped already
    """
    batch = _locked(batch_id, member)
    if judged_of(batch).wrong:
        return _stop(batch, member, at).batch
    batch.state, batch.ended_at = State.DROPPED, at
    batch.save(update_fields=["state", "ended_at"])
    acts = [Act("signatures.dropped", "batch", batch.pk, {"alike": batch.alike})]
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=acts)
    return batch


def _locked(batch_id: int, member: Membership) -> ApprovalBatch:
    batch = ApprovalBatch.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=batch_id, member=member, entity=member.entity_id
    )
    if batch.state != State.OPEN:
        raise BatchRefused(_("These were signed, stopped or taken apart already."))
    return batch


def _fill(batch: ApprovalBatch, wanted: Mapping[int, str]) -> None:
    """What was judged stays; of the rest and what waits now the sample is drawn."""
    judged_before = set(
        batch.items.filter(is_sample=True, seat__signed_by=batch.member).values_list(
            "seat", flat=True
        )
    )
    batch.items.exclude(seat__in=judged_before).delete()
    keys = judged_before | set(wanted)
    sample = draw(batch.seed, keys, sample_size(len(keys)))
    ApprovalBatchItem.objects.bulk_create(
        ApprovalBatchItem(batch=batch, seat_id=key, content_sha256=content, is_sample=key in sample)
        for key, content in wanted.items()
        if key not in judged_before
    )


@transaction.atomic(durable=True)
def sign_together(*, batch_id: int, member: Membership, at: datetime) -> SignedTogether:
    """
    Sign the rest of a batch whose sample was judged right.

    Every rule holds for each as if signed alone: limits on the customer's growing total of 30 days,
    separation of duties, content unchanged since it was laid together. What does not pass is left
    out with its reason. The postings follow by a job; a signature is there or not, never half.

    :raises BatchRefused: if the sample is not judged, or one in it was wrong: then the batch ends
    """
    batch = _locked(batch_id, member)
    told = judged_of(batch)
    if told.wrong:
        return _stop(batch, member, at)
    if not told.lets_the_rest:
        raise BatchRefused(_("Judge the sample first: {n} are left."), n=told.left)
    work = _Work(batch, member, at)
    signed, left_out = work.sign()
    batch.state, batch.ended_at = State.SIGNED, at
    batch.save(update_fields=["state", "ended_at"])
    defer(FOLLOW, batch_id=batch.pk)
    data = {"alike": batch.alike, "seed": batch.seed, "signed": signed, "left_out": len(left_out)}
    acts = [*work.acts, Act("signatures.given_together", "batch", batch.pk, data)]
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=acts)
    return SignedTogether(batch=batch, signed=signed, left_out=left_out)


def _stop(batch: ApprovalBatch, member: Membership, at: datetime) -> SignedTogether:
    """One in the sample was wrong: nothing is signed together."""
    batch.state, batch.ended_at = State.STOPPED, at
    batch.save(update_fields=["state", "ended_at"])
    acts = [Act("signatures.stopped", "batch", batch.pk, {"alike": batch.alike})]
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=acts)
    return SignedTogether(batch=batch, signed=0, left_out=())


class _Work:
    """One batch being signed: everything is read in a few statements and written in a few."""

    def __init__(self, batch: ApprovalBatch, member: Membership, at: datetime) -> None:
        self.batch, self.member, self.at = batch, member, at
        self.acts: list[Act] = []
        self.house: House = house_on(entity=member.entity, at=at)
        self.members: Members = members_to_ask(member.entity_id)

    def sign(self) -> tuple[int, list[tuple[str, str]]]:
        """Sign what passes; returns how many, and what was left out with its reason."""
        items = {
            item.seat.request.case_id: item
            for item in self.batch.items.filter(is_sample=False).select_related(
                "seat__request__case"
            )
        }
        claims = self._claims(list(items))
        before = decided_before(
            entity=self.member.entity,
            customers={claim.customer_id for claim in claims},
            at=self.at,
        )
        apart = apart_from_many(claims, self.at)
        done: list[tuple[ApprovalRequest, Route, Route]] = []
        left_out: list[tuple[str, str]] = []
        for claim, decision, row in self._rows(claims):
            item = items[claim.case_id]
            try:
                known = (before[claim.customer_id], apart[claim.pk])
                request = self._request(claim, decision, row, *known)
                done.append((row, *self._signed(claim, row, item, request)))
            except (RouteRefused, Refused) as refusal:
                code = refusal.code if isinstance(refusal, RouteRefused) else str(refusal)
                item.left_out = code[:300]
                left_out.append((claim.case.number, item.left_out))
                continue
            if done[-1][2].state is RouteState.APPROVED:
                # What the next claim of this customer is measured with has grown.
                before[claim.customer_id].append(_decided(claim, request))
            self._log(claim, decision, done[-1][2])
        signed = {row.case_id for row, _before, _after in done}
        for case, item in items.items():
            if case not in signed and not item.left_out:
                # Taken back or decided meanwhile: nobody is asked any more.
                item.left_out = Refusal.CONTENT_CHANGED.value
                left_out.append((item.seat.request.case.number, item.left_out))
        sign_seats(done, at=self.at)
        ApprovalBatchItem.objects.bulk_update(
            [item for item in items.values() if item.left_out], ["left_out"], batch_size=500
        )
        return len(done), left_out

    def _claims(self, cases: Sequence[int]) -> list[Claim]:
        """The claims with their rows locked, like one signature alone would: claims, customers."""
        locked = Claim.objects.select_for_update(of=("self",), no_key=True)
        claims = list(
            locked.filter(case__in=cases)
            .select_related("case__entity", "customer", "entity")
            .prefetch_related("case__documents")
            .order_by("pk")
        )
        customers = {claim.customer_id for claim in claims}
        list(
            Customer.objects.select_for_update(no_key=True).filter(pk__in=customers).order_by("pk")
        )
        return claims

    def _rows(self, claims: Sequence[Claim]) -> Iterator[tuple[Claim, Decision, ApprovalRequest]]:
        rows = {
            row.pk: row
            for row in ApprovalRequest.objects.select_for_update(no_key=True, of=("self",))
            .filter(case__in=[claim.case_id for claim in claims], state=RouteState.OPEN)
            .select_related("case__customer", "case__entity")
            .prefetch_related("seats")
            .order_by("pk")
        }
        found = Decision.objects.filter(approval__in=rows)
        decisions = {decision.claim_id: decision for decision in found}
        for claim in claims:
            decision = decisions.get(claim.pk)
            if decision is not None and decision.approval_id is not None:
                yield claim, decision, rows[decision.approval_id]

    def _request(
        self,
        claim: Claim,
        decision: Decision,
        row: ApprovalRequest,
        before: Sequence[Decided],
        apart: Apart,
    ) -> Request:
        papers = sorted(
            (paper.pk, paper.document_id, paper.evidence) for paper in claim.case.documents.all()
        )
        content = digest_with(
            claim=claim,
            decision=decision,
            papers=[[document, evidence] for _, document, evidence in papers],
        )
        asked = Asked(
            outcome=Outcome(decision.outcome),
            approved_minor=decision.approved_minor,
            denied_minor=decision.denied_minor,
            requester=decision.proposed_by_id,
            content=content,
            rate=row.rate,
        )
        act = act_of_row(row)
        return request_from(claim=claim, asked=asked, act=act, before=before, apart=apart)

    def _signed(
        self, claim: Claim, row: ApprovalRequest, item: ApprovalBatchItem, request: Request
    ) -> tuple[Route, Route]:
        """The route before and after one signature, by the rules that hold for one alone."""
        company = self.house.about(matter_of(claim, limits=row.matrix_version))
        seat = next((one for one in row.seats.all() if one.pk == item.seat_id), None)
        if seat is None or not seat.is_open or row.content_sha256 != item.content_sha256:
            raise BatchRefused(_("It changed since it was laid together."))
        route = route_of(row, request, self.members)
        signature = Signature(
            seat=seat.n,
            person=self.member.pk,
            outcome=SignOutcome.APPROVE,
            at=self.at,
            content=row.content_sha256,
            on_behalf_of=principal_of(seat, self.member, company, request),
        )
        from_here = replace(route, request=request)
        return from_here, sign(from_here, signature, company)

    def _log(self, claim: Claim, decision: Decision, after: Route) -> None:
        signed = next(seat for seat in reversed(after.seats) if seat.signed_by == self.member.pk)
        principal = self.house_name(signed.signed_for)
        data = {
            "outcome": SignOutcome.APPROVE.value,
            "version": decision.version,
            "for": principal,
            "batch": self.batch.pk,
        }
        self.acts.append(Act("decision.signed", "case", claim.case_id, data))

    def house_name(self, number: int | None) -> str:
        """The name of a member; empty for nobody."""
        return next((one.name for one in self.house.people if one.id == number), "")


def _decided(claim: Claim, request: Request) -> Decided:
    told = {CaseAct.DENY_CLAIM: 0} | {act: amount.minor for act, amount in request.asked}
    granted = sum(minor for act, minor in told.items() if act is not CaseAct.DENY_CLAIM)
    return Decided(claim.pk, granted, told[CaseAct.DENY_CLAIM])


@transaction.atomic(durable=True)
def follow_signed(*, request_id: int, at: datetime) -> bool:
    """
    Carry out what was signed together: tell the process, and decide a claim that is signed through.

    Safe to ask twice. What cannot be carried out any more goes back to its owner with the reason.

    :return: whether there was something to do
    """
    row = ApprovalRequest.objects.select_related("case").get(pk=request_id)
    claim = lock_claim(claim_id=Claim.objects.get(case=row.case_id).pk)
    decision = claim.decisions.select_for_update(of=("self",), no_key=True).get(approval=row)
    if decision.state != Decision.State.IN_APPROVAL:
        return False
    for seat in row.seats.filter(outcome=SignOutcome.APPROVE).order_by("n"):
        follow_signature(claim=claim, seat=seat, at=at)
    if row.state != RouteState.APPROVED:
        tell_signers(row, at=at)
        return False
    try:
        with transaction.atomic():
            acts = carry_out(claim=claim, decision=decision, at=at)
    except (ClaimRefused, Refused) as refusal:
        claim, decision = lock_claim(claim_id=claim.pk), Decision.objects.get(pk=decision.pk)
        decision.state = Decision.State.RETURNED
        decision.save(update_fields=["state"])
        acts = [move(claim=claim, action=ClaimAction.RETURN, at=at)]
        tell_owner(case=claim.case, text=str(refusal), language=claim.entity.language, at=at)
    audit.log(entity_id=claim.entity_id, actor=audit.SYSTEM, at=at, acts=acts)
    return True
