"""A signer grants less than was proposed: every cent finds its place, the route is planned anew."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from concilia.cases.actions import tell_owner
from concilia.cases.actions.lowering import Less, Lowered, sign_for_less, try_less
from concilia.cases.core.people import Request
from concilia.cases.core.planning import Stage, signatures_of
from concilia.cases.core.routes import Company
from concilia.cases.models import ApprovalRequest, ApprovalSeat
from concilia.claims.actions.deciding import digest_of, lines_to_decide
from concilia.claims.actions.opening import ClaimRefused
from concilia.claims.actions.process import follow_signatures, stages_ahead
from concilia.claims.core.decisions import Outcome
from concilia.claims.models import Claim, Decision
from concilia.claims.queries.authority import Asked, company_for, request_for
from concilia.claims.queries.letters import Letter, letter_for
from concilia.claims.queries.outlook import stages_planned
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.kernel.money import Money


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """
    What a signer grants instead of what was proposed: minor units by line number, and why.

    :param letter: what the customer reads; None drafts it anew where one was to be sent
    """

    lines: Mapping[int, int]
    words: str = ""
    letter: Letter | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantingOutlook:
    """What granting less would do: the decision as it would be kept, and the route after it."""

    decision: Decision
    lowered: Lowered
    company: Company


@dataclass(frozen=True, slots=True, kw_only=True)
class AtSeat:
    """A decision at a seat of its route; `asked` is what was put to signature."""

    claim: Claim
    decision: Decision
    seat: ApprovalSeat
    asked: Request


def outlook_for_less(
    *, here: AtSeat, granted: Granted, member: Membership, at: datetime
) -> GrantingOutlook:
    """
    What granting less from a seat would do; nothing is written.

    :raises ClaimRefused: if a line is missing, gets more than was proposed, or nothing is less
    :raises RouteRefused: if this member may not grant less here
    """
    prepared = _prepare(here, granted, at, stages_planned)
    lowered = try_less(less=prepared.less, member=member, company=prepared.company, at=at)
    return GrantingOutlook(decision=prepared.decision, lowered=lowered, company=prepared.company)


def grant_less(
    *, here: AtSeat, granted: Granted, member: Membership, at: datetime
) -> tuple[AtSeat, list[Act]]:
    """
    Grant less from a seat, inside the caller's transaction, with rows locked as for a signature.

    :return: the next version of the decision at the seat that has just signed, and the log
    :raises ClaimRefused: if a line is missing, gets more than was proposed, or nothing is less
    :raises RouteRefused: if this member may not grant less here
    """
    assert connection.in_atomic_block, "less is granted with the signature that grants it"
    claim, old = here.claim, here.decision
    prepared = _prepare(here, granted, at, _stages_now)
    signed = sign_for_less(less=prepared.less, member=member, company=prepared.company, at=at)
    old.state = Decision.State.RETURNED
    old.save(update_fields=["state"])
    fresh = prepared.decision
    fresh.approval = signed.request
    fresh.save()
    follow_signatures(claim=claim, needed=prepared.signatures, at=at)
    _tell(claim, old, fresh, signed, member, at)
    data = {
        "from": old.approved_minor,
        "to": fresh.approved_minor,
        "denied": fresh.denied_minor,
        "currency": claim.currency,
        "version": fresh.version,
        "for": signed.signed_for.user.name if signed.signed_for else "",
    }
    act = Act("decision.lowered", "case", claim.case_id, data, granted.words.strip())
    asked = prepared.less.granted
    return AtSeat(claim=claim, decision=fresh, seat=signed, asked=asked), [act]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    decision: Decision
    less: Less
    company: Company
    signatures: int


Ahead = Callable[[Claim, Request, Company], Sequence[Stage]]


def _stages_now(claim: Claim, request: Request, company: Company) -> Sequence[Stage]:
    """What the process asks, read with its row locked."""
    assert request.requester is not None, "people propose"
    needed = signatures_of(request, company.matrix)
    return stages_ahead(claim=claim, needed=needed, requester=request.requester)


def _prepare(here: AtSeat, granted: Granted, at: datetime, ahead: Ahead) -> _Prepared:
    claim, decision, seat = here.claim, here.decision, here.seat
    row = seat.request
    fresh = _next_decision(claim, decision, granted, at)
    lowered = _request(claim, fresh, row, at)
    company = company_for(claim, at, limits=row.matrix_version)
    needed = signatures_of(lowered, company.matrix)
    stages = ahead(claim, lowered, company)
    less = Less(
        seat=seat, asked=here.asked, granted=lowered, words=granted.words.strip(), stages=stages
    )
    return _Prepared(decision=fresh, less=less, company=company, signatures=needed)


def _next_decision(claim: Claim, old: Decision, granted: Granted, at: datetime) -> Decision:
    lines = [_line(line, granted.lines, claim.currency) for line in old.lines]
    unknown = set(granted.lines) - {line["n"] for line in old.lines}
    if unknown:
        raise ClaimRefused(_("This claim has no line {n}."), n=min(unknown))
    approved = sum(line["approved_minor"] for line in lines)
    letter = _letter(claim, old, granted, lines, at)
    return Decision(
        claim=claim,
        version=old.version + 1,
        outcome=Outcome.PARTLY,
        state=Decision.State.IN_APPROVAL,
        currency=old.currency,
        approved_minor=approved,
        denied_minor=sum(line["denied_minor"] for line in lines),
        lines=lines,
        resolution=old.resolution,
        reason=old.reason,
        denial_ground=old.denial_ground,
        letter_to=letter.to.strip()[:254],
        letter_language=letter.language,
        letter_subject=letter.subject.strip()[:400],
        letter_body=letter.body,
        proposed_by=old.proposed_by,
        proposed_at=at,
    )


def _line(line: Mapping[str, Any], granted: Mapping[int, int], currency: str) -> dict[str, Any]:
    n = line["n"]
    if n not in granted:
        raise ClaimRefused(_("Say for every line how much is granted."))
    amount = granted[n]
    if not 0 <= amount <= line["approved_minor"]:
        raise ClaimRefused(
            _("Line {n} may get between nothing and the {most} that were proposed."),
            n=n,
            most=Money(line["approved_minor"], currency),
        )
    return {**line, "approved_minor": amount, "denied_minor": line["claimed_minor"] - amount}


def _letter(
    claim: Claim,
    old: Decision,
    granted: Granted,
    lines: Sequence[Mapping[str, Any]],
    at: datetime,
) -> Letter:
    """What the customer reads says what is granted now, or nothing is sent as before."""
    if granted.letter is not None:
        return granted.letter
    if not old.letter_body:
        return Letter()
    approved = {line["n"]: line["approved_minor"] for line in lines}
    drafted = letter_for(
        claim, lines_to_decide(claim=claim), approved, old.reason, old.proposed_by, at
    )
    return replace(drafted, to=old.letter_to or drafted.to)


def _request(claim: Claim, fresh: Decision, row: ApprovalRequest, at: datetime) -> Request:
    """With the rate of the day it was asked, whatever it is today."""
    asked = Asked(
        outcome=Outcome.PARTLY,
        approved_minor=fresh.approved_minor,
        denied_minor=fresh.denied_minor,
        requester=fresh.proposed_by_id,
        content=digest_of(claim=claim, decision=fresh),
        rate=row.rate,
    )
    return request_for(claim=claim, asked=asked, at=at)


def _tell(
    claim: Claim,
    old: Decision,
    fresh: Decision,
    signed: ApprovalSeat,
    member: Membership,
    at: datetime,
) -> None:
    """The owner learns that less is granted, and why."""
    owner = claim.case.owner
    language = owner.user.language if owner else claim.entity.language
    with translation.override(language):
        words = gettext("%(name)s grants %(granted)s instead of %(proposed)s: %(why)s") % {
            "name": member.user.name,
            "granted": Money(fresh.approved_minor, claim.currency),
            "proposed": Money(old.approved_minor, claim.currency),
            "why": signed.comment,
        }
    tell_owner(case=claim.case, text=words, language=language, at=at)
