"""A route of approval as data: the seats to sign, who is expected, what each has signed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from concilia.cases.core.authority import AuthorityMatrix, Level
from concilia.cases.core.people import Absence, Person, Refusal, Request, RouteRefused


class RouteState(StrEnum):
    """Where a route stands."""

    OPEN = "OPEN"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"
    RETURNED = "RETURNED"
    INVALIDATED = "INVALIDATED"


class SignOutcome(StrEnum):
    """What a signer may do with their seat."""

    APPROVE = "APPROVE"
    REJECT = "REJECT"
    RETURN = "RETURN"
    ASK = "ASK"
    DELEGATE = "DELEGATE"
    ADD = "ADD"


@dataclass(frozen=True, slots=True)
class Seat:
    """
    One signature the route needs, of at least this level.

    `expected` is who should sign, `expected_for` whose signature it would be if they are away.
    A signed seat keeps who did what (APPROVE, REJECT, RETURN), for whom, when, up to which amount.

    Seats of one `turn` are asked together, and `needed` of them must approve; 0 is a turn of its
    own. `asked` are the only people a company's own step asks (None: whom the limits let), `place`
    that step. At `half_at` half of its time has passed.
    """

    n: int
    level: Level
    expected: int
    expected_for: int | None = None
    department: str = ""
    is_delegated: bool = False
    outcome: SignOutcome | None = None
    signed_by: int | None = None
    signed_for: int | None = None
    signed_at: datetime | None = None
    approved_minor: int | None = None
    comment: str = ""
    turn: int = 0
    needed: int = 1
    asked: frozenset[int] | None = None
    place: str = ""
    half_at: datetime | None = None

    @property
    def is_signed(self) -> bool:
        """Somebody has signed here."""
        return self.signed_by is not None

    def people(self) -> frozenset[int]:
        """Everybody this seat stands for: who signed or should, and for whom."""
        named = (
            (self.signed_by, self.signed_for)
            if self.is_signed
            else (self.expected, self.expected_for)
        )
        return frozenset(person for person in named if person is not None)


@dataclass(frozen=True, slots=True)
class Route:
    """A request, the level it needs, its seats in order, and how far the signing has come."""

    request: Request
    matrix_version: str
    version: int
    needed: Level
    seats: tuple[Seat, ...]
    state: RouteState = RouteState.OPEN
    comment: str = ""

    @property
    def open_seats(self) -> tuple[Seat, ...]:
        """The seats whose turn it is: one, or several that are asked together."""
        if self.state is not RouteState.OPEN:
            return ()
        for seats in turns_of(self.seats):
            if not is_met(seats):
                return tuple(seat for seat in seats if not seat.is_signed)
        return ()

    @property
    def current(self) -> Seat | None:
        """The first seat whose turn it is; None once the route has ended."""
        return next(iter(self.open_seats), None)

    @property
    def approved_minor(self) -> int:
        """What all signers agreed to so far: nobody can approve more than those before."""
        amounts = [seat.approved_minor for seat in self.seats if seat.approved_minor is not None]
        return min([self.request.amount.minor, *amounts])


def turns_of(seats: Iterable[Seat]) -> list[tuple[Seat, ...]]:
    """The seats by turn, in the order in which they are asked."""
    found: dict[object, list[Seat]] = {}
    for seat in sorted(seats, key=lambda one: one.n):
        found.setdefault(seat.turn or ("own", seat.n), []).append(seat)
    return [tuple(turn) for turn in found.values()]


def is_met(turn: Sequence[Seat]) -> bool:
    """Whether as many of a turn have approved as must; the others are not asked any more."""
    approved = sum(seat.outcome is SignOutcome.APPROVE for seat in turn)
    return approved >= min(len(turn), turn[0].needed)


def is_failed(turn: Sequence[Seat]) -> bool:
    """Whether so many of a turn have refused that it cannot be met any more."""
    refused = sum(seat.outcome is SignOutcome.REJECT for seat in turn)
    return refused > len(turn) - min(len(turn), turn[0].needed)


@dataclass(frozen=True, slots=True)
class Company:
    """Who could sign on a day: members, absences, limits; `at` where the hour counts too."""

    people: Mapping[int, Person]
    absences: tuple[Absence, ...]
    matrix: AuthorityMatrix
    on: date
    at: datetime | None = None

    @classmethod
    def of(
        cls,
        people: Iterable[Person],
        absences: Iterable[Absence],
        matrix: AuthorityMatrix,
        on: date,
        at: datetime | None = None,
    ) -> Company:
        """Index people by their id."""
        return cls({person.id: person for person in people}, tuple(absences), matrix, on, at)

    def is_half_over(self, seat: Seat) -> bool:
        """Whether half of the time of a signature has passed."""
        return self.at is not None and seat.half_at is not None and self.at >= seat.half_at

    def signers(self, seats: Iterable[Seat]) -> list[Person]:
        """Return who really approved at these seats, as far as they are still members."""
        refused = {SignOutcome.REJECT, SignOutcome.RETURN}
        approved = (seat for seat in seats if seat.outcome not in refused)
        signed = (seat.signed_by for seat in approved if seat.signed_by is not None)
        return [self.people[number] for number in signed if number in self.people]

    def person(self, number: int) -> Person:
        """
        Return a member.

        :raises RouteRefused: if there is no such member
        """
        if number not in self.people:
            raise RouteRefused(Refusal.UNKNOWN_PERSON, f"there is no member {number}")
        return self.people[number]


@dataclass(frozen=True, slots=True)
class Signature:
    """
    What a person does at a seat, having seen `content` of this version.

    `amount_minor` may lower the amount (None keeps it); `on_behalf_of` names whom they stand in
    for; `to` is who shall sign instead (DELEGATE) or too (ADD).
    """

    seat: int
    person: int
    outcome: SignOutcome
    at: datetime
    content: str
    comment: str = ""
    amount_minor: int | None = None
    on_behalf_of: int | None = None
    to: int | None = None
