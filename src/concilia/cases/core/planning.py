"""
Plan the route of approval: whose signatures an act needs (domain.md §8).

Up to L2 one signature of somebody other than the requester; from L3 two, of two people, the second
with authority over the whole amount; at L6 two of the board.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

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


def plan_route(request: Request, company: Company, *, version: int = 1) -> Route:
    """
    Plan the signatures a request needs and who is expected to give them.

    A request of the rule engine within its own limits needs none, except that it never denies.
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
    seats: list[Seat] = []
    levels = _levels(request, needed)
    # The last seat carries the authority and is the hardest to fill: it chooses first.
    for n in reversed(range(1, len(levels) + 1)):
        seats.insert(0, _fill(n, levels, request, company, seats))
    return Route(request, company.matrix.version, version, needed, tuple(seats))


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


def _levels(request: Request, needed: Level) -> tuple[Level, ...]:
    """One signature up to L2; from L3 one of the level below and one of the level; at L6 two."""
    if needed is Level.L6:
        return (Level.L6, Level.L6)
    if needed >= FOUR_EYES_FROM or request.needs_four_eyes_anyway:
        return (Level(max(FIRST_PERSON, needed - 1)), needed)
    return (needed,)


def _fill(
    n: int, levels: Sequence[Level], request: Request, company: Company, taken: Sequence[Seat]
) -> Seat:
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
    return company.people[seat.expected].is_account_seller
