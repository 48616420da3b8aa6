"""
Sign a route of approval. A route ends only by people's signatures: no time-out, no reminder and no
absence ever approves anything (domain.md §8.2, §8.3).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from concilia.cases.core.authority import FIRST_PERSON, FOUR_EYES_FROM, Act, Level
from concilia.cases.core.eligibility import require_eligible, require_may_sign
from concilia.cases.core.people import Person, Refusal, RouteRefused
from concilia.cases.core.planning import escalate, plan_route, revise, still_covers
from concilia.cases.core.routes import (
    Company,
    Route,
    RouteState,
    Seat,
    Signature,
    SignOutcome,
    is_failed,
    is_met,
    turns_of,
)

FOUR_EYES: Final = 2

__all__ = [
    "Company",
    "Route",
    "RouteState",
    "Seat",
    "SignOutcome",
    "Signature",
    "escalate",
    "invalidate",
    "plan_route",
    "revise",
    "sign",
    "still_covers",
]


def sign(route: Route, signature: Signature, company: Company) -> Route:
    """
    Apply one signature and return the route after it.

    :raises RouteRefused: if the route has ended, it is not this seat's turn, the content changed,
        or this person may not sign here
    """
    seat = seat_in_turn(route, signature)
    signer = company.person(signature.person)
    principal = None
    if signature.on_behalf_of is not None:
        principal = company.person(signature.on_behalf_of)
    require_may_sign(route, seat, (signer, principal), company)
    _require_words(signature)
    return _APPLY[signature.outcome](route, seat, signature, company)


def invalidate(route: Route) -> Route:
    """Void a route whose content changed; its signatures stay as history."""
    return replace(route, state=RouteState.INVALIDATED)


def seat_in_turn(route: Route, signature: Signature) -> Seat:
    """
    The seat a signature is for.

    :raises RouteRefused: if the route has ended, its content changed or it is another seat's turn
    """
    if route.state is not RouteState.OPEN:
        raise RouteRefused(Refusal.ROUTE_ENDED, f"this route is {route.state.lower()} already")
    if signature.content != route.request.content:
        raise RouteRefused(
            Refusal.CONTENT_CHANGED, "the claim changed since you opened it: look at it again"
        )
    seat = next((one for one in route.open_seats if one.n == signature.seat), None)
    if seat is None:
        raise RouteRefused(Refusal.NOT_YOUR_TURN, "somebody else signs before this seat")
    return seat


def _require_words(signature: Signature) -> None:
    wordless = signature.outcome in {SignOutcome.APPROVE, SignOutcome.DELEGATE, SignOutcome.ADD}
    if not wordless and not signature.comment.strip():
        raise RouteRefused(Refusal.WORDS_NEEDED, "say why, or what you ask")


def _approve(route: Route, seat: Seat, signature: Signature, company: Company) -> Route:
    most = route.approved_minor
    amount = most if signature.amount_minor is None else signature.amount_minor
    if not 0 < amount <= most and amount != most:
        raise RouteRefused(
            Refusal.AMOUNT_WRONG, f"{amount} is not between 1 and the {most} asked for"
        )
    if amount != most and route.request.act is Act.DENY_CLAIM:
        raise RouteRefused(Refusal.AMOUNT_WRONG, "a refusal is signed as it stands, or sent back")
    signed = replace(
        seat,
        outcome=SignOutcome.APPROVE,
        signed_by=signature.person,
        signed_for=signature.on_behalf_of,
        signed_at=signature.at,
        approved_minor=amount,
        comment=signature.comment.strip(),
    )
    after = _with(route, signed)
    return after if after.open_seats else _concluded(after, signed, company)


def _concluded(route: Route, last: Seat, company: Company) -> Route:
    """
    All have signed. What the request needs is looked at once more, with today's amounts and limits.

    The customer's 30-day total may have grown since the route was planned: then one pair of eyes
    may no longer do, and what none of the signers had the authority for does not pass. A bank
    account may have come that is new.
    """
    _require_known_account(route, last)
    needed = route.request.needed_level(company.matrix)
    if needed is None or needed > max(route.needed, FOUR_EYES_FROM - 1):
        raise RouteRefused(
            Refusal.LIMIT_TOO_LOW,
            "the total of 30 days has grown and needs more signatures: propose it again",
        )
    covered = any(
        route.request.is_within(company.matrix, person.level)
        for person in company.signers(route.seats)
    )
    if not covered:
        raise RouteRefused(Refusal.LIMIT_TOO_LOW, "none of those who signed may sign for so much")
    return replace(route, state=RouteState.APPROVED)


def _require_known_account(route: Route, last: Seat) -> None:
    """A new bank account: two people, a day of waiting, and a call back to whom we knew before."""
    request = route.request
    by_limits = [seat for seat in route.seats if seat.asked is None and seat.is_signed]
    if request.needs_four_eyes_anyway and len(by_limits) < FOUR_EYES:
        raise RouteRefused(
            Refusal.FOUR_EYES, "this needs two who sign by the limits now: propose it again"
        )
    if not request.is_new_iban:
        return
    assert last.signed_at is not None, "a seat that signed says when"
    if request.held_until is not None and last.signed_at < request.held_until:
        raise RouteRefused(
            Refusal.HELD,
            f"a bank account of this customer is new: nothing goes out before "
            f"{request.held_until:%Y-%m-%d %H:%M} UTC",
        )
    if not last.comment:
        raise RouteRefused(
            Refusal.CALL_BACK,
            "a bank account of this customer is new: call them at a number known before, and say "
            "whom you spoke to",
        )


def _reject(route: Route, seat: Seat, signature: Signature, _company: Company) -> Route:
    """One refusal ends the route; of several asked together, as many as leave too few."""
    ended = _ended(route, seat, signature, RouteState.REJECTED)
    turn = next(seats for seats in turns_of(ended.seats) if any(one.n == seat.n for one in seats))
    return ended if is_failed(turn) else replace(ended, state=RouteState.OPEN, comment="")


def _return(route: Route, seat: Seat, signature: Signature, _company: Company) -> Route:
    return _ended(route, seat, signature, RouteState.RETURNED)


def _ended(route: Route, seat: Seat, signature: Signature, state: RouteState) -> Route:
    said = replace(
        seat,
        outcome=signature.outcome,
        signed_by=signature.person,
        signed_for=signature.on_behalf_of,
        signed_at=signature.at,
        comment=signature.comment.strip(),
    )
    return replace(_with(route, said), state=state, comment=said.comment)


def _ask(route: Route, seat: Seat, signature: Signature, _company: Company) -> Route:
    return _with(route, replace(seat, comment=signature.comment.strip()))


def _delegate(route: Route, seat: Seat, signature: Signature, company: Company) -> Route:
    if seat.is_delegated:
        raise RouteRefused(Refusal.NO_CHAIN, "this signature was handed over once; not again")
    person = _named(signature, company)
    _require_newcomer(route, seat, person, company)
    asked = None if seat.asked is None else seat.asked | {person.id}
    return _with(
        route,
        replace(seat, expected=person.id, expected_for=None, is_delegated=True, asked=asked),
    )


def _add(route: Route, seat: Seat, signature: Signature, company: Company) -> Route:
    """One more signature after this one, of any level: it adds eyes, not authority."""
    person = _named(signature, company)
    turn = next(seats for seats in turns_of(route.seats) if seat in seats)
    last = max(one.n for one in turn)
    extra = Seat(
        last + 1,
        Level(max(FIRST_PERSON, min(seat.level, person.level))),
        person.id,
        turn=seat.turn and seat.turn + 1,
        place=seat.place,
    )
    _require_newcomer(route, extra, person, company)
    before = [other for other in route.seats if other.n <= last]
    after = [
        replace(other, n=other.n + 1, turn=other.turn and other.turn + 1)
        for other in route.seats
        if other.n > last
    ]
    return replace(route, seats=(*before, extra, *after))


def _named(signature: Signature, company: Company) -> Person:
    if signature.to is None:
        raise RouteRefused(Refusal.UNKNOWN_PERSON, "say who shall sign")
    return company.person(signature.to)


def _require_newcomer(route: Route, seat: Seat, person: Person, company: Company) -> None:
    require_eligible((person, None), replace(seat, asked=None), route.request, company)
    asked_no_more = {
        other.n
        for turn in turns_of(route.seats)
        for other in turn
        if is_met(turn) and not other.is_signed
    }
    if any(person.id in one.people() for one in route.seats if one.n not in asked_no_more):
        raise RouteRefused(Refusal.SIGNED_ALREADY, f"{person.name} is on this route already")


def _with(route: Route, seat: Seat) -> Route:
    return replace(
        route, seats=tuple(seat if other.n == seat.n else other for other in route.seats)
    )


_APPLY: Final[Mapping[SignOutcome, Callable[[Route, Seat, Signature, Company], Route]]] = {
    SignOutcome.APPROVE: _approve,
    SignOutcome.REJECT: _reject,
    SignOutcome.RETURN: _return,
    SignOutcome.ASK: _ask,
    SignOutcome.DELEGATE: _delegate,
    SignOutcome.ADD: _add,
}
