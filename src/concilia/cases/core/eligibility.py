"""Who may sign a seat, and who would be the most suitable (domain.md §8.3, §8.4, INV-17)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

from concilia.cases.core.authority import AuthorityMatrix
from concilia.cases.core.people import (
    Person,
    Refusal,
    Request,
    RouteRefused,
    absence_of,
    delegations_to,
    require_delegation,
    require_no_conflict,
)
from concilia.cases.core.routes import Company, Route, Seat, SignOutcome, is_met, turns_of

FINANCE: Final = frozenset({"CRD", "ACC", "TRE"})
Signers = tuple[Person, Person | None]


def require_may_sign(route: Route, seat: Seat, signers: Signers, company: Company) -> None:
    """
    Check a person, and whom they stand in for, against a seat at this moment (INV-17).

    :param signers: the real person, and the principal if they sign for somebody
    :raises RouteRefused: with one sentence why not
    """
    others = [other for other in route.seats if other.n != seat.n and other.is_signed]
    require_eligible(signers, seat, route.request, company)
    person, principal = signers
    for one in (person, principal):
        if one and any(one.id in other.people() for other in others):
            raise RouteRefused(
                Refusal.SIGNED_ALREADY, f"{one.name} has signed here already; once counts once"
            )
    if route.request.is_commercial and _is_last(route, seat):
        _require_not_only_sellers(person, others, company)


def _is_last(route: Route, seat: Seat) -> bool:
    """Whether nobody need sign any more once this seat has approved."""
    signed = replace(seat, outcome=SignOutcome.APPROVE)
    seats = [signed if other.n == seat.n else other for other in route.seats]
    return all(map(is_met, turns_of(seats)))


def _require_not_only_sellers(person: Person, others: Sequence[Seat], company: Company) -> None:
    """SoD-5 looks at those who really signed, not at whom they stood in for."""
    if all(one.is_account_seller for one in (person, *company.signers(others))):
        raise RouteRefused(
            Refusal.SELLS_ACCOUNT,
            f"{person.name} sells to this customer and may not be the only one to sign",
        )


def choices(seat: Seat, request: Request, company: Company, taken: Sequence[Seat]) -> list[Signers]:
    """List everybody who could sign a seat, the most suitable first, and for whom they would."""
    busy = {number for other in taken for number in other.people()}
    found: list[Signers] = []
    for person in sorted(company.people.values(), key=_suitability(seat, request)):
        signers = _standing(person, company)
        if signers is None or any(one and one.id in busy for one in signers):
            continue
        try:
            require_eligible(signers, seat, request, company)
        except RouteRefused:
            continue
        found.append(signers)
    return found


def _suitability(seat: Seat, request: Request) -> Callable[[Person], tuple[object, ...]]:
    """
    Those without a stake first, then the lowest sufficient level; among equals the owner's
    department for a first or only seat, finance for the second.
    """

    def key(person: Person) -> tuple[object, ...]:
        owns = request.owner_department in person.departments
        finance = bool(FINANCE & person.departments)
        close = (not owns, not finance) if seat.department else (not finance, not owns)
        sells = request.is_commercial and person.is_account_seller
        return (sells, person.level, *close, person.id)

    return key


def _standing(person: Person, company: Company) -> Signers | None:
    """The person, or their delegate for them if they are away; None if nobody stands in."""
    absence = absence_of(person.id, company.absences, company.on)
    if absence is None:
        return person, None
    if absence.delegate is None or absence.delegate not in company.people:
        return None
    return company.people[absence.delegate], person


def require_eligible(signers: Signers, seat: Seat, request: Request, company: Company) -> None:
    """
    Check duties, authority, presence and delegation of who would sign a seat.

    :raises RouteRefused: with one sentence why not
    """
    person, principal = signers
    require_no_conflict(person, request)
    _require_not_for_requester(person, request, company)
    _require_asked(principal or person, seat)
    _require_authority(person, seat, request, company.matrix)
    if principal is None:
        if absence_of(person.id, company.absences, company.on):
            raise RouteRefused(Refusal.ABSENT, f"{person.name} is away and cannot sign")
        return
    if principal.id == request.requester:
        raise RouteRefused(
            Refusal.FOR_REQUESTER,
            f"{person.name} stands in for {principal.name}, who asked for this",
        )
    require_no_conflict(principal, request)
    _require_authority(principal, seat, request, company.matrix)
    absence = require_delegation(
        person,
        principal,
        request,
        company.absences,
        company.on,
        is_half_over=company.is_half_over(seat),
    )
    if absence.limit_minor is not None and request.amount.total_minor > absence.limit_minor:
        raise RouteRefused(
            Refusal.LIMIT_TOO_LOW, f"{principal.name} left {person.name} a lower limit than this"
        )


def _require_asked(person: Person, seat: Seat) -> None:
    if seat.asked is not None and person.id not in seat.asked:
        raise RouteRefused(
            Refusal.NOT_ASKED, f"{person.name} is not among those whom this step asks"
        )


def _require_not_for_requester(person: Person, request: Request, company: Company) -> None:
    """Whoever stands in for the requester today cannot judge what they asked for (INV-17)."""
    if request.requester is None:
        return
    left = delegations_to(person.id, company.absences, company.on, is_half_over=False)
    if any(item.person == request.requester for item in left):
        raise RouteRefused(
            Refusal.FOR_REQUESTER, f"{person.name} stands in for the one who asked for this"
        )


def _require_authority(
    person: Person, seat: Seat, request: Request, matrix: AuthorityMatrix
) -> None:
    if person.level < seat.level:
        raise RouteRefused(
            Refusal.LEVEL_TOO_LOW,
            f"{person.name} has level {person.level.name}, this needs {seat.level.name}",
        )
    needed = request.needed_level(matrix)
    # The first of two seats lies a level below; only a seat at the needed level carries the amount.
    carries = needed is not None and seat.level >= needed
    if carries and not request.is_within(matrix, person.level):
        raise RouteRefused(
            Refusal.LIMIT_TOO_LOW, f"this is more than {person.name} may sign for in 30 days"
        )
