"""
Plan the route of approval: whose signatures an act needs (domain.md §8).

Up to L2 one signature of somebody other than the requester; from L3 two, of two people, the second
with authority over the whole amount; at L6 two of the board.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from concilia.cases.core.authority import (
    FIRST_PERSON,
    FOUR_EYES_FROM,
    Act,
    Amount,
    AuthorityMatrix,
    Level,
)
from concilia.cases.core.eligibility import choices
from concilia.cases.core.people import Refusal, Request, RouteRefused
from concilia.cases.core.routes import Company, Route, RouteState, Seat


@dataclass(frozen=True, slots=True)
class Asking:
    """
    A step of a company's own process that asks for approval.

    `place` names it, `asked_of` says whom it asks as its process writes it (`department LOG`),
    `people` who they are today.
    """

    place: str
    people: frozenset[int]
    asked_of: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """Own steps that ask together, and how many must approve; none: the limits sign here."""

    asking: tuple[Asking, ...] = ()
    needed: int = 1
    place: str = ""


BY_LIMITS: Final = Stage()


def plan_route(
    request: Request,
    company: Company,
    *,
    version: int = 1,
    stages: Sequence[Stage] = (BY_LIMITS,),
) -> Route:
    """
    Plan the signatures a request needs and who is expected to give them.

    A request of the rule engine within its own limits needs none, except that it never denies.

    :param stages: what the company's own process asks, in order; the limits sign once, last if it
        does not say where
    :raises RouteRefused: if the currency is not the matrix's, no level may, or nobody is free
    """
    _require_currency(request, company.matrix)
    if _is_automatic(request, company.matrix):
        return Route(
            request, company.matrix.version, version, Level.L0, (), state=RouteState.APPROVED
        )
    needed = request.needed_level(company.matrix)
    if needed is None:
        raise RouteRefused(Refusal.NO_LIMIT, f"no level may sign {request.act} of this amount")
    levels = levels_for(request, needed)
    told = stages if any(not stage.asking for stage in stages) else (*stages, BY_LIMITS)
    try:
        seats = _seats(told, levels, request, company, own_first=False)
    except RouteRefused:
        # Whom an own step asks may be the very person the limits would have chosen.
        seats = _seats(told, levels, request, company, own_first=True)
    return Route(request, company.matrix.version, version, needed, seats)


def _seats(
    stages: Sequence[Stage],
    levels: Sequence[Level],
    request: Request,
    company: Company,
    *,
    own_first: bool,
) -> tuple[Seat, ...]:
    """Fill the hardest seats first, then number them in the order in which they are asked."""
    matrix: list[Seat] = []
    own: dict[tuple[int, int], Seat] = {}

    def by_limits() -> None:
        # The last seat carries the authority and is the hardest to fill: it chooses first.
        for n in reversed(range(1, len(levels) + 1)):
            matrix.insert(0, fill_seat(n, levels, request, company, (*matrix, *own.values())))

    def by_own_steps() -> None:
        for s, stage in enumerate(stages):
            for a, asking in enumerate(stage.asking):
                taken = (*matrix, *own.values())
                own[s, a] = fill_own(asking, stage, request, company, taken)

    for fill in (by_own_steps, by_limits) if own_first else (by_limits, by_own_steps):
        fill()
    if len(stages) == 1:
        return tuple(replace(seat, place=stages[0].place) for seat in matrix)
    return _numbered(stages, matrix, own)


def _numbered(
    stages: Sequence[Stage], matrix: Sequence[Seat], own: Mapping[tuple[int, int], Seat]
) -> tuple[Seat, ...]:
    turns: list[list[Seat]] = []
    for s, stage in enumerate(stages):
        if stage.asking:
            turns.append([own[s, a] for a in range(len(stage.asking))])
        else:
            turns += [[replace(seat, place=stage.place)] for seat in matrix]
    told = [(turn, seat) for turn, seats in enumerate(turns, start=1) for seat in seats]
    return tuple(replace(seat, n=n, turn=turn) for n, (turn, seat) in enumerate(told, start=1))


def fill_own(
    asking: Asking, stage: Stage, request: Request, company: Company, taken: Sequence[Seat]
) -> Seat:
    """
    Fill a seat of a company's own step with somebody of those it asks.

    :raises RouteRefused: if none of them is free
    """
    seat = Seat(
        0, Level.L0, expected=0, needed=stage.needed, asked=asking.people, place=asking.place
    )
    for person, principal in choices(seat, request, company, taken):
        return replace(seat, expected=person.id, expected_for=principal.id if principal else None)
    raise RouteRefused(
        Refusal.NOBODY,
        f"nobody of those whom the step {asking.place} asks is free to approve this",
    )


def revise(route: Route, request: Request, company: Company) -> Route:
    """
    Plan anew after amount, reason, customer or evidence changed: no earlier signature counts.

    The old route is kept as `invalidate` gives it.
    """
    return plan_route(request, company, version=route.version + 1)


def escalate(route: Route, company: Company) -> Route:
    """
    Hand a seat that took too long to somebody else, of a higher level where there is one.

    The route stays open: time never signs.
    :raises RouteRefused: if the route has ended, or nobody else is free
    """
    seat = route.current
    if seat is None:
        raise RouteRefused(Refusal.ROUTE_ENDED, f"this route is {route.state.lower()} already")
    expected = company.person(seat.expected)
    if seat.asked is not None:
        raise RouteRefused(Refusal.NOBODY, "only those whom this step asks may approve it")
    others = [other for other in route.seats if other.n != seat.n]
    above = Level(min(Level.L6, expected.level + 1))
    for level in dict.fromkeys((above, seat.level)):
        able = choices(replace(seat, level=level), route.request, company, others)
        found = next((signers for signers in able if signers[0].id != seat.expected), None)
        if found:
            person, principal = found
            changed = replace(
                seat, expected=person.id, expected_for=principal.id if principal else None
            )
            seats = (changed if other.n == seat.n else other for other in route.seats)
            return replace(route, seats=tuple(seats))
    raise RouteRefused(Refusal.NOBODY, "nobody else is free to sign this")


def still_covers(route: Route, amount: Amount, matrix: AuthorityMatrix) -> bool:
    """
    Say whether a route planned earlier still suffices now that `amount` is asked for.

    Other claims of the customer may have been approved meanwhile and raised their 30-day total.
    """
    level = matrix.lowest_level(route.request.act, amount)
    return level is not None and level <= route.needed


def _require_currency(request: Request, matrix: AuthorityMatrix) -> None:
    for _, amount in request.asked:
        if amount.currency != matrix.currency:
            raise RouteRefused(
                Refusal.OTHER_CURRENCY,
                f"limits are in {matrix.currency}; convert {amount.currency} first",
            )


def _is_automatic(request: Request, matrix: AuthorityMatrix) -> bool:
    return (
        request.requester is None
        and all(act is not Act.DENY_CLAIM for act, _ in request.asked)
        and not request.needs_four_eyes_anyway
        and request.is_within(matrix, Level.L0)
    )


def levels_for(request: Request, needed: Level) -> tuple[Level, ...]:
    """One up to L2; from L3 one of the level below and one of the level; at L6 two."""
    if needed is Level.L6:
        return (Level.L6, Level.L6)
    if needed >= FOUR_EYES_FROM or request.needs_four_eyes_anyway:
        return (Level(max(FIRST_PERSON, needed - 1)), needed)
    return (needed,)


def signatures_of(request: Request, matrix: AuthorityMatrix) -> int:
    """How many signatures the limits want; none where rules may do it, or nobody may."""
    if _is_automatic(request, matrix):
        return 0
    needed = request.needed_level(matrix)
    return 0 if needed is None else len(levels_for(request, needed))


def signatures_for(needed: Level) -> int:
    """How many people sign what needs this level."""
    return 1 if needed < FOUR_EYES_FROM else 2


def fill_seat(
    n: int, levels: Sequence[Level], request: Request, company: Company, taken: Sequence[Seat]
) -> Seat:
    """
    Fill the seat of the n-th of these levels, from 1, with the most suitable who is free.

    :raises RouteRefused: if nobody is
    """
    is_first_of_two = n < len(levels)
    department = request.owner_department if is_first_of_two or len(levels) == 1 else ""
    seat = Seat(n, levels[n - 1], expected=0, department=department)
    for person, principal in choices(seat, request, company, taken):
        sole = len(levels) == 1 or all(_is_seller(other, company) for other in taken)
        if request.is_commercial and person.is_account_seller and (sole and n == 1):
            continue
        return replace(seat, expected=person.id, expected_for=principal.id if principal else None)
    raise RouteRefused(
        Refusal.NOBODY,
        f"nobody of level {seat.level.name} or above is free to sign this: "
        "requesters, those away and those with conflicting duties do not count",
    )


def _is_seller(seat: Seat, company: Company) -> bool:
    person = company.people.get(seat.expected)
    return person is not None and person.is_account_seller
