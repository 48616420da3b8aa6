"""What a choice would do, before anybody signs: amounts, letter, whose signatures, which limit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from concilia.cases.core.authority import FIRST_PERSON, Act, Amount, Level
from concilia.cases.core.people import Person, Request, RouteRefused
from concilia.cases.core.planning import Stage, plan_route, signatures_of
from concilia.cases.core.routes import Company, Seat
from concilia.cases.queries.approvers import stages_for
from concilia.cases.queries.processes import standing_of
from concilia.claims.core.decisions import Choice, Outcome
from concilia.claims.models import Claim
from concilia.claims.queries.authority import Asked, NoRate, company_for, request_for
from concilia.identity.models import Membership


@dataclass(frozen=True, slots=True)
class PlannedSeat:
    """
    A signature a decision would need: of whom, and up to which amount they may sign.

    `asked_of`: whom a step of the company's own asks, as its process writes it; empty for those the
    limits want. Seats of one `turn` are asked together, `needed` of them must approve.
    """

    person: Person
    stands_in_for: Person | None
    level: Level
    limit_minor: int | None
    is_unlimited: bool
    asked_of: str = ""
    turn: int = 0
    needed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRoute:
    """
    The way a decision would take.

    `limit_minor` is up to where the last signer may go in 30 days, None without a limit;
    `beyond` who would have to sign too above it. `passes_minor`: the limit of the level below that
    the customer's total passes; `fewer_minor`: up to which amount fewer would sign, None where that
    is nothing. `refusal` says why nobody may sign.
    """

    seats: Sequence[PlannedSeat] = ()
    amount: Amount | None = None
    limit_minor: int | None = None
    beyond: str = ""
    passes_minor: int | None = None
    fewer_minor: int | None = None
    refusal: RouteRefused | NoRate | None = None

    @property
    def left_minor(self) -> int | None:
        """How much more the customer may get in these 30 days without one more signature."""
        if self.limit_minor is None or self.amount is None:
            return None
        return max(0, self.limit_minor - self.amount.total_minor)


def planned_route(*, claim: Claim, asked: Asked, at: datetime) -> PlannedRoute:
    """Plan the signatures a decision would need; nothing is written. Fifteen statements at most."""
    company = company_for(claim, at)
    try:
        request = request_for(claim=claim, asked=asked, at=at)
        stages = stages_planned(claim, request, company)
        route = plan_route(request, company, stages=stages)
    except (RouteRefused, NoRate) as refusal:
        return PlannedRoute(refusal=refusal)
    words = {asking.place: asking.asked_of for stage in stages for asking in stage.asking}
    seats = [_seat(company, request.act, seat, words) for seat in route.seats]
    passes, fewer = _below(request, company, route.needed)
    limit = company.matrix.limit(request.act, route.needed)
    limit_minor = limit.minor if limit else None
    return PlannedRoute(
        seats=seats,
        amount=request.amount,
        limit_minor=limit_minor,
        beyond=_beyond(request, company, limit_minor),
        passes_minor=passes,
        fewer_minor=fewer,
    )


def stages_planned(claim: Claim, request: Request, company: Company) -> tuple[Stage, ...]:
    """What the case's process asks besides the limits, as it would be once this is proposed."""
    standing = standing_of(claim.case)
    facts = None
    if standing is not None:
        needed = signatures_of(request, company.matrix)
        facts = replace(standing.state.facts, signatures=needed, money=None)
    assert request.requester is not None, "people propose"
    return stages_for(case=claim.case, facts=facts, requester=request.requester)


def _below(request: Request, company: Company, needed: Level) -> tuple[int | None, int | None]:
    """The limit of the level below the one that signs, and what is left of it this month."""
    if needed <= FIRST_PERSON:
        return None, None
    limit = company.matrix.limit(request.act, Level(needed - 1))
    if limit is None or limit.minor is None or request.amount.total_minor <= limit.minor:
        return None, None
    left = limit.minor - request.amount.rolling_minor
    return limit.minor, left if left > 0 else None


def asked_for(*, claim: Claim, granted_minor: int, choice: Choice, member: Membership) -> Asked:
    """What a choice would ask those who may sign for."""
    denied = claim.claimed_minor - granted_minor
    outcome = outcome_of(
        approved_minor=granted_minor, denied_minor=denied, refused=choice is Choice.REFUSE
    )
    return Asked(
        outcome=outcome, approved_minor=granted_minor, denied_minor=denied, requester=member.pk
    )


def outcome_of(*, approved_minor: int, denied_minor: int, refused: bool) -> Outcome:
    """How a decision of these amounts would end."""
    if denied_minor == 0 and not refused:
        return Outcome.APPROVED
    return Outcome.PARTLY if approved_minor else Outcome.DENIED


def _seat(company: Company, act: Act, seat: Seat, words: Mapping[str, str]) -> PlannedSeat:
    person = company.people[seat.expected]
    principal = company.people[seat.expected_for] if seat.expected_for is not None else None
    level = person.level
    limit = company.matrix.limit(act, level) if seat.asked is None else None
    return PlannedSeat(
        person=person,
        stands_in_for=principal,
        level=level,
        limit_minor=limit.minor if limit else None,
        is_unlimited=bool(limit and limit.minor is None),
        asked_of="" if seat.asked is None else words[seat.place],
        turn=seat.turn,
        needed=seat.needed,
    )


def _beyond(request: Request, company: Company, limit_minor: int | None) -> str:
    """Who signs too, once the limit is passed by a cent; empty where there is none or nobody."""
    if limit_minor is None:
        return ""
    asked = request.amount
    above = replace(asked, rolling_minor=max(0, limit_minor + 1 - asked.minor))
    try:
        route = plan_route(replace(request, amount=above, also=()), company)
    except RouteRefused:
        return ""
    return company.people[route.seats[-1].expected].name if route.seats else ""
