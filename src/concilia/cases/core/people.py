"""People who may sign, their absences, the duties that exclude one another (§8.3, §8.4)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from concilia.cases.core.authority import Act, Amount, AuthorityMatrix, Level

DELEGATION_DAYS_MAX: Final = 60
MANUAL_ENTRY_LIMIT_MINOR: Final = 100_000


class Duty(StrEnum):
    """What else a person does that some signatures exclude."""

    APPLIES_CASH = "APPLIES_CASH"
    EDITS_BANK_MASTER = "EDITS_BANK_MASTER"
    EDITS_CUSTOMER_MASTER = "EDITS_CUSTOMER_MASTER"
    SETS_POLICY = "SETS_POLICY"


@dataclass(frozen=True, slots=True)
class Person:
    """A member of the company: authority level, departments, other duties, whether they sell."""

    id: int
    name: str
    level: Level
    departments: frozenset[str] = frozenset()
    duties: frozenset[Duty] = frozenset()
    is_account_seller: bool = False


@dataclass(frozen=True, slots=True)
class Absence:
    """
    From `starts_on` to `ends_on`, both included, `delegate` may sign for `person` (§8.4).

    At most 60 days; `limit_minor` may lower what the delegate may sign for, `acts` what about
    (empty is everything). `is_away`: the person cannot sign themselves. `after_half`: only where
    half of a signature's time has passed.
    """

    person: int
    delegate: int | None
    starts_on: date
    ends_on: date
    limit_minor: int | None = None
    acts: frozenset[Act] = frozenset()
    is_away: bool = True
    after_half: bool = False

    def covers(self, on: date) -> bool:
        """It counts on that day."""
        return self.starts_on <= on <= self.ends_on

    def is_about(self, request: Request) -> bool:
        """Whether all that is asked was left to the delegate."""
        return not self.acts or all(act in self.acts for act, _ in request.asked)

    @property
    def is_too_long(self) -> bool:
        """The absence lasts too long to be delegated."""
        return (self.ends_on - self.starts_on).days >= DELEGATION_DAYS_MAX


@dataclass(frozen=True, slots=True)
class Request:
    """
    What is put to signature. `requester` is None for the rule engine.

    `also` holds further acts of the same decision: what is not granted of a claim is denied.
    `content` is a digest of amount, reason, customer and evidence: signatures count for it only.
    `is_commercial` is true for trade claims, in which the seller of the account has a stake.

    `negotiators` settled it with the customer, `maintainers` changed the customer's data of late.
    `held_until`: a new bank account waits so long before anything goes out for it.
    """

    act: Act
    amount: Amount
    requester: int | None
    content: str
    also: tuple[tuple[Act, Amount], ...] = ()
    owner_department: str = ""
    is_commercial: bool = False
    is_refund: bool = False
    is_new_iban: bool = False
    is_manual_entry: bool = False
    negotiators: frozenset[int] = frozenset()
    maintainers: frozenset[int] = frozenset()
    held_until: datetime | None = None

    @property
    def asked(self) -> tuple[tuple[Act, Amount], ...]:
        """Everything this request asks for."""
        return ((self.act, self.amount), *self.also)

    def needed_level(self, matrix: AuthorityMatrix) -> Level | None:
        """The lowest level of a person with authority over all that is asked, None without one."""
        levels = [matrix.lowest_level(act, amount) for act, amount in self.asked]
        known = [level for level in levels if level is not None]
        return max(known) if len(known) == len(levels) else None

    def is_within(self, matrix: AuthorityMatrix, level: Level) -> bool:
        """A level's authority covers all that is asked."""
        return all(matrix.may(act, level, amount) for act, amount in self.asked)

    @property
    def needs_four_eyes_anyway(self) -> bool:
        """Two signatures whatever the level (SoD-7): a new bank account, a larger manual entry."""
        large = self.is_manual_entry and self.amount.minor > MANUAL_ENTRY_LIMIT_MINOR
        return self.is_new_iban or large


class Refusal(StrEnum):
    """Why somebody may not sign, or a route cannot be planned; for translations."""

    IS_REQUESTER = "IS_REQUESTER"
    FOR_REQUESTER = "FOR_REQUESTER"
    APPLIES_CASH = "APPLIES_CASH"
    EDITS_MASTER = "EDITS_MASTER"
    NEGOTIATED = "NEGOTIATED"
    SELLS_ACCOUNT = "SELLS_ACCOUNT"
    SETS_POLICY = "SETS_POLICY"
    SIGNED_ALREADY = "SIGNED_ALREADY"
    LEVEL_TOO_LOW = "LEVEL_TOO_LOW"
    LIMIT_TOO_LOW = "LIMIT_TOO_LOW"
    ABSENT = "ABSENT"
    NO_DELEGATION = "NO_DELEGATION"
    NO_CHAIN = "NO_CHAIN"
    NOBODY = "NOBODY"
    NO_LIMIT = "NO_LIMIT"
    OTHER_CURRENCY = "OTHER_CURRENCY"
    ROUTE_ENDED = "ROUTE_ENDED"
    NOT_ASKED = "NOT_ASKED"
    STEP_BEFORE = "STEP_BEFORE"
    NOT_YOUR_TURN = "NOT_YOUR_TURN"
    CONTENT_CHANGED = "CONTENT_CHANGED"
    WORDS_NEEDED = "WORDS_NEEDED"
    AMOUNT_WRONG = "AMOUNT_WRONG"
    LIMITS_LOWER = "LIMITS_LOWER"
    FOUR_EYES = "FOUR_EYES"
    HELD = "HELD"
    CALL_BACK = "CALL_BACK"
    UNKNOWN_PERSON = "UNKNOWN_PERSON"


class RouteRefused(Exception):
    """Nobody may sign so: `code` for translations, one English sentence as text."""

    def __init__(self, code: Refusal, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code


_REDUCES_WHAT_IS_OWED: Final = frozenset(Act) - {Act.DENY_CLAIM, Act.START_LEGAL}
_EXCLUDES: Final[Mapping[Duty, tuple[Refusal, str]]] = {
    Duty.APPLIES_CASH: (
        Refusal.APPLIES_CASH,
        "applies cash and may not sign credits or write-offs",
    ),
    Duty.EDITS_BANK_MASTER: (
        Refusal.APPLIES_CASH,
        "edits bank data and may not sign credits or write-offs",
    ),
    Duty.EDITS_CUSTOMER_MASTER: (
        Refusal.EDITS_MASTER,
        "edits customer data and may not sign refunds",
    ),
    Duty.SETS_POLICY: (Refusal.SETS_POLICY, "sets the limits and may not sign"),
}


def require_no_conflict(person: Person, request: Request) -> None:
    """
    Check that a person's duties leave them free to sign (SoD-1 to SoD-4, SoD-6).

    :raises RouteRefused: with the conflict
    """
    if person.id == request.requester:
        raise RouteRefused(
            Refusal.IS_REQUESTER, f"{person.name} asked for this and may not sign it"
        )
    if person.id in request.negotiators:
        raise RouteRefused(Refusal.NEGOTIATED, f"{person.name} negotiated this and may not sign it")
    duties = set(person.duties)
    if person.id in request.maintainers:
        duties.add(Duty.EDITS_CUSTOMER_MASTER)
    for duty in sorted(duties):
        if _is_excluded(duty, request):
            code, words = _EXCLUDES[duty]
            raise RouteRefused(code, f"{person.name} {words}")


def _is_excluded(duty: Duty, request: Request) -> bool:
    if duty is Duty.SETS_POLICY:
        return True
    if duty is Duty.EDITS_CUSTOMER_MASTER:
        return request.is_refund or request.is_new_iban
    return any(act in _REDUCES_WHAT_IS_OWED for act, _ in request.asked)


def absence_of(person: int, absences: Iterable[Absence], on: date) -> Absence | None:
    """Return the absence that covers a day, None if the person is there."""
    away = (item for item in absences if item.person == person and item.covers(on))
    return next((item for item in away if item.is_away), None)


def delegations_to(
    delegate: int, absences: Iterable[Absence], on: date, *, is_half_over: bool
) -> Iterator[Absence]:
    """What others have left to somebody on a day, for a signature of which half the time is over"""
    for item in absences:
        if item.delegate == delegate and item.covers(on) and (is_half_over or not item.after_half):
            yield item


def require_delegation(
    delegate: Person,
    principal: Person,
    request: Request,
    absences: Iterable[Absence],
    on: date,
    *,
    is_half_over: bool = False,
) -> Absence:
    """
    Return the delegation by which one person signs for another on a day.

    :raises RouteRefused: if there is none, it is too long, or the delegate is away themselves: what
        was handed to somebody is not handed on (§8.4)
    """
    known = list(absences)
    left = delegations_to(delegate.id, known, on, is_half_over=is_half_over)
    absence = next(
        (item for item in left if item.person == principal.id and item.is_about(request)), None
    )
    if absence is None:
        raise RouteRefused(
            Refusal.NO_DELEGATION,
            f"{principal.name} has not left their signature to {delegate.name}",
        )
    if absence.is_too_long:
        raise RouteRefused(
            Refusal.NO_DELEGATION,
            f"{principal.name} is away for more than {DELEGATION_DAYS_MAX} days: "
            "appoint somebody instead",
        )
    if absence_of(delegate.id, known, on) is not None:
        raise RouteRefused(
            Refusal.NO_CHAIN, f"{delegate.name} is away too, and a signature is not handed on"
        )
    return absence
