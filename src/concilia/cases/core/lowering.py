"""
Approve for less: a signer grants a part of what is asked, and the route is planned anew around it.

What those before signed for more stands for the less. What is not granted is refused, and nobody
before has seen that: whoever carries the whole signs from here on, the one who lowers or another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from concilia.cases.core.approvals import seat_in_turn, sign
from concilia.cases.core.authority import Act, Level
from concilia.cases.core.people import Person, Refusal, Request, RouteRefused
from concilia.cases.core.planning import BY_LIMITS, Stage, fill_own, fill_seat, levels_for
from concilia.cases.core.routes import Company, Route, Seat, Signature, SignOutcome, turns_of

Turn = tuple[Seat, ...]


def lower(
    route: Route,
    request: Request,
    signature: Signature,
    company: Company,
    stages: Sequence[Stage] = (BY_LIMITS,),
) -> Route:
    """
    Apply a signature that grants less than is asked, and return the next version of the route.

    :param request: what would be granted and refused now, of the same requester
    :param stages: what the company's own process asks now, in order
    :raises RouteRefused: if the amount is not less, there are no words, a step of the company's own
        asks here, it is not this seat's turn, or this person may not sign here
    """
    seat = _seat(route, signature)
    _require_less(route, request, signature)
    needed = request.needed_level(company.matrix)
    if needed is None:
        raise RouteRefused(Refusal.NO_LIMIT, "no level may sign for what would be refused")
    work = _Lowering(route, request, seat, _signers(signature, company), needed, company)
    seats, place = _numbered(work.turns(stages), seat)
    planned = replace(route, request=request, version=route.version + 1, needed=needed, seats=seats)
    granted = replace(
        signature, seat=place, content=request.content, amount_minor=request.amount.minor
    )
    return sign(planned, granted, company)


def _seat(route: Route, signature: Signature) -> Seat:
    seat = seat_in_turn(route, signature)
    own = {other.place for other in route.seats if other.asked is not None}
    if seat.asked is not None or seat.place in own:
        raise RouteRefused(
            Refusal.LIMITS_LOWER, "only those whom the limits ask grant less: send it back"
        )
    return seat


def _require_less(route: Route, request: Request, signature: Signature) -> None:
    assert signature.outcome is SignOutcome.APPROVE, "less is granted by approving"
    assert request.requester == route.request.requester, "whoever asked still asks"
    asked, granted = route.request.amount.minor, request.amount.minor
    if Act.DENY_CLAIM in {route.request.act, request.act}:
        raise RouteRefused(Refusal.AMOUNT_WRONG, "a refusal is signed as it stands, or sent back")
    if not 0 < granted < asked:
        raise RouteRefused(
            Refusal.AMOUNT_WRONG, f"{granted} is not between 1 and the {asked} asked for"
        )
    if not signature.comment.strip():
        raise RouteRefused(Refusal.WORDS_NEEDED, "say why less is granted")


def _signers(signature: Signature, company: Company) -> tuple[Person, ...]:
    """Who signs, and for whom."""
    numbers = (signature.person, signature.on_behalf_of)
    return tuple(company.person(number) for number in numbers if number is not None)


@dataclass(frozen=True, slots=True)
class _Lowering:
    """One signature for less; seats keep their numbers until all are placed, new ones have none."""

    route: Route
    request: Request
    seat: Seat
    signers: tuple[Person, ...]
    needed: Level
    company: Company

    def turns(self, stages: Sequence[Stage]) -> list[Turn]:
        """Who has signed, this seat, whom the limits want from here on, and the own steps behind"""
        return self._with_own(self._with_limits(), stages)

    @property
    def _carries(self) -> bool:
        """Whether whoever lowers may sign for the whole: what is granted and what is refused."""
        return all(
            one.level >= self.needed and self.request.is_within(self.company.matrix, one.level)
            for one in self.signers
        )

    def _missing(self) -> tuple[Level, ...]:
        """The levels that must still sign after this signature; the last carries the whole."""
        *others, last = levels_for(self.request, self.needed)
        before = [one for one in self.route.seats if one.asked is None and one.is_signed]
        given = [person.level for person in self.company.signers(before)]
        if not self._carries:
            given.append(min(one.level for one in self.signers))
        left = [level for level in others if all(had < level for had in given)]
        return (*left, *(() if self._carries else (last,)))

    def _with_limits(self) -> list[Turn]:
        """The turns with those whom the limits still want in the place of those they wanted."""
        wanted = [one for one in self.route.seats if one.asked is None]
        still_open = [one for one in wanted if not one.is_signed and one.n != self.seat.n]
        missing = self._missing()
        if len(wanted) > len(levels_for(self.route.request, self.route.needed)):
            # Somebody was asked to sign, too: nobody who was asked by hand is let off.
            missing, still_open = _beyond(missing, still_open), []
        gone = {one.n for one in still_open}
        level = max(self.seat.level, self.needed) if self._carries else self.seat.level
        seat = replace(self.seat, level=level)
        kept = [seat if one.n == seat.n else one for one in self.route.seats if one.n not in gone]
        fresh: list[Seat] = []
        levels = levels_for(self.request, self.needed)
        for each in missing:
            n = levels.index(each) + 1
            made = fill_seat(n, levels, self.request, self.company, [*self._taken(kept), *fresh])
            fresh.append(replace(made, n=0, place=seat.place))
        turns = turns_of(kept)
        here = next(n for n, turn in enumerate(turns) if any(one.n == seat.n for one in turn))
        turns[here + 1 : here + 1] = [(one,) for one in fresh]
        return turns

    def _with_own(self, turns: Sequence[Turn], stages: Sequence[Stage]) -> list[Turn]:
        """What the company's own process asks behind the limits, for what is granted now."""
        places = {asking.place: n for n, stage in enumerate(stages) for asking in stage.asking}
        limits = next((n for n, stage in enumerate(stages) if not stage.asking), len(stages))
        last = max(n for n, turn in enumerate(turns) if any(one.asked is None for one in turn))
        front = [turn for turn in turns[: last + 1] if _is_asked(turn, places)]
        behind = {
            places[turn[0].place]: turn for turn in turns[last + 1 :] if turn[0].place in places
        }
        known = {one.place for one in self.route.seats}
        for n, stage in enumerate(stages):
            if n > limits and not any(asking.place in known for asking in stage.asking):
                everybody = [one for turn in (*front, *behind.values()) for one in turn]
                behind[n] = self._own(stage, everybody)
        return [*front, *(behind[n] for n in sorted(behind))]

    def _own(self, stage: Stage, others: Sequence[Seat]) -> Turn:
        made: list[Seat] = []
        for asking in stage.asking:
            taken = [*self._taken(others), *made]
            made.append(fill_own(asking, stage, self.request, self.company, taken))
        return tuple(made)

    def _taken(self, seats: Iterable[Seat]) -> Iterator[Seat]:
        """The seats with whoever has signed or signs now, who are not asked once more."""
        for one in seats:
            if one.n == self.seat.n:
                principal = self.signers[1].id if len(self.signers) > 1 else None
                yield replace(one, expected=self.signers[0].id, expected_for=principal)
            elif one.signed_by is not None:
                yield replace(one, expected=one.signed_by, expected_for=one.signed_for)
            else:
                yield one


def _beyond(missing: Sequence[Level], still_open: Sequence[Seat]) -> tuple[Level, ...]:
    """The levels that nobody who is asked anyway would give."""
    left = list(missing)
    for one in sorted(still_open, key=lambda each: each.level):
        covered = next((level for level in reversed(left) if one.level >= level), None)
        if covered is not None:
            left.remove(covered)
    return tuple(left)


def _is_asked(turn: Turn, places: Mapping[str, int]) -> bool:
    """Somebody has signed here, the limits ask, or the process still does."""
    return any(one.is_signed or one.asked is None or one.place in places for one in turn)


def _numbered(turns: Sequence[Turn], seat: Seat) -> tuple[tuple[Seat, ...], int]:
    """The seats in order with their new numbers, and the number of one of them."""
    told = [(turn, one) for turn, seats in enumerate(turns, start=1) for one in seats]
    numbers = {one.n: n for n, (_turn, one) in enumerate(told, start=1)}
    seats = (replace(one, n=n, turn=turn) for n, (turn, one) in enumerate(told, start=1))
    return tuple(seats), numbers[seat.n]
