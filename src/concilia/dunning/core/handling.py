"""A reason's protocol as the desk works by it: what stops, until when, what is done next (§3.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from concilia.dunning.core.motives import Source
from concilia.dunning.core.protocol_terms import Dunning
from concilia.dunning.core.protocols import PROTOCOLS
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.non_payment import NON_PAYMENT_REASONS, UNKNOWN, from_bank_return

DISTRESS: Final = "NR-10"
SHORT_OF_CASH: Final = "NR-09"
ALREADY_PAID: Final = "NR-08"
# What is said so is a claim: the disputed part is not chased, the rest is.
CONTESTS: Final = frozenset({"NR-01", "NR-11", "NR-18"})
SURE: Final = 10_000  # basis points


class DunningState(StrEnum):
    """What a reason does to the chase."""

    REMINDER_ONLY = "reminder_only"
    PART_SUSPENDED = "part_suspended"
    HOLD = "hold"
    GOES_ON = "goes_on"
    STOP = "stop"


class Offer(StrEnum):
    """What may be offered."""

    LINK = "link"
    UNDISPUTED_PART = "undisputed_part"
    NEW_DATE = "new_date"
    OTHER_METHOD = "other_method"
    GOODWILL = "goodwill"
    PROMISE = "promise"
    SHORT_PLAN = "short_plan"
    PLAN = "plan"
    SETTLEMENT = "settlement"
    FEE_WAIVER = "fee_waiver"
    ADVICE = "advice"
    ESTATE_PLAN = "estate_plan"
    NETTING = "netting"
    BUDGET_BILLING = "budget_billing"


class NextAct(StrEnum):
    """What somebody does next."""

    ASK_WHY = "ask_why"
    OPEN_CLAIM = "open_claim"
    RESEND_INVOICE = "resend_invoice"
    AGREE_DATE = "agree_date"
    FIX_METHOD = "fix_method"
    FIX_OURS = "fix_ours"
    GET_APPROVAL = "get_approval"
    REMIND_KINDLY = "remind_kindly"
    FIND_MONEY = "find_money"
    TAKE_PROMISE = "take_promise"
    OFFER_PLAN = "offer_plan"
    NAME_AGENT = "name_agent"
    FIND_HEIRS = "find_heirs"
    FILE_PROOF = "file_proof"
    ESCALATE = "escalate"
    TRACE = "trace"
    CHECK_CONTRACT = "check_contract"
    NET_OFF = "net_off"
    EXPLAIN_BILL = "explain_bill"
    FIND_PARTY = "find_party"
    ASK_PAYER = "ask_payer"


@dataclass(frozen=True, slots=True)
class Handling:
    """
    What follows from a reason.

    :param hold_days: how long nothing is chased; None with HOLD: until another reason takes over
    :param holds_working_days: whether those are working days
    :param act_days: working days within which the next act is done
    """

    code: str
    state: DunningState
    act: NextAct
    offers: tuple[Offer, ...]
    act_days: int
    hold_days: int | None = None
    holds_working_days: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """A protocol in days: `hold_until_date` is the last day on which nothing is chased."""

    stops: bool
    holds: bool
    hold_until_date: date | None
    next_date: date


_O, _N = Offer, NextAct
# What is done first of a protocol's acts, and what a clerk may offer, in the words of the desk.
_ROWS: Final = (
    ("NR-00", _N.ASK_WHY, (_O.LINK,)),
    ("NR-01", _N.OPEN_CLAIM, (_O.UNDISPUTED_PART,)),
    ("NR-02", _N.RESEND_INVOICE, (_O.NEW_DATE,)),
    ("NR-03", _N.AGREE_DATE, (_O.NEW_DATE,)),
    ("NR-04", _N.FIX_METHOD, (_O.OTHER_METHOD,)),
    ("NR-05", _N.FIX_OURS, (_O.GOODWILL,)),
    ("NR-06", _N.GET_APPROVAL, (_O.PROMISE,)),
    ("NR-07", _N.REMIND_KINDLY, (_O.LINK, _O.OTHER_METHOD)),
    ("NR-08", _N.FIND_MONEY, ()),
    ("NR-09", _N.TAKE_PROMISE, (_O.PROMISE, _O.SHORT_PLAN)),
    ("NR-10", _N.OFFER_PLAN, (_O.PLAN, _O.SETTLEMENT, _O.FEE_WAIVER, _O.ADVICE)),
    ("NR-11", _N.OPEN_CLAIM, (_O.UNDISPUTED_PART,)),
    ("NR-12", _N.NAME_AGENT, (_O.PLAN, _O.SETTLEMENT, _O.FEE_WAIVER, _O.ADVICE)),
    ("NR-13", _N.FIND_HEIRS, (_O.ESTATE_PLAN,)),
    ("NR-14", _N.FILE_PROOF, ()),
    ("NR-15", _N.ESCALATE, (_O.SETTLEMENT,)),
    ("NR-16", _N.TRACE, (_O.LINK,)),
    ("NR-17", _N.CHECK_CONTRACT, ()),
    ("NR-18", _N.NET_OFF, (_O.NETTING,)),
    ("NR-19", _N.EXPLAIN_BILL, (_O.PLAN, _O.BUDGET_BILLING)),
    ("NR-20", _N.FIND_PARTY, ()),
    ("NR-21", _N.ASK_PAYER, ()),
)
_STATES: Final[Mapping[Dunning, DunningState]] = {
    Dunning.REMINDER_ONLY: DunningState.REMINDER_ONLY,
    Dunning.SOFT: DunningState.REMINDER_ONLY,
    Dunning.FIRST_LEVEL: DunningState.REMINDER_ONLY,
    Dunning.PART_SUSPENDED: DunningState.PART_SUSPENDED,
    Dunning.SUSPENDED: DunningState.HOLD,
    Dunning.HOLD: DunningState.HOLD,
    Dunning.HOLD_UNTIL_AGREED: DunningState.HOLD,
    Dunning.HOLD_WHILE_KEPT: DunningState.HOLD,
    Dunning.ESCALATE: DunningState.GOES_ON,
    Dunning.IN_WRITING: DunningState.GOES_ON,
    Dunning.STOP: DunningState.STOP,
}


def _handling(code: str, act: NextAct, offers: tuple[Offer, ...]) -> Handling:
    protocol = PROTOCOLS[code]
    act_days = NON_PAYMENT_REASONS[code].next_action_business_days
    # Until somebody took a promise or plan; its cents are out by themselves from then on.
    waits = protocol.dunning is Dunning.HOLD_WHILE_KEPT
    return Handling(
        code=code,
        state=_STATES[protocol.dunning],
        act=act,
        offers=offers,
        act_days=act_days,
        hold_days=act_days if waits else protocol.hold_days,
        holds_working_days=waits or protocol.hold_in_business_days,
    )


HANDLING: Final[Mapping[str, Handling]] = MappingProxyType(
    {code: _handling(code, act, offers) for code, act, offers in _ROWS}
)


def course_of(code: str, on: date, calendar: BusinessCalendar) -> Course:
    """
    Return a reason's protocol in days, counted from the day it was said.

    :raises KeyError: if there is no such reason
    """
    handling = HANDLING[code]
    until = None
    if handling.hold_days is not None and handling.holds_working_days:
        until = calendar.add_business_days(on, handling.hold_days)
    elif handling.hold_days is not None:
        until = on + timedelta(days=handling.hold_days)
    return Course(
        stops=handling.state is DunningState.STOP,
        holds=handling.state is DunningState.HOLD,
        hold_until_date=until,
        next_date=calendar.add_business_days(on, handling.act_days),
    )


def outranks_model(code: str, source: Source) -> bool:
    """Whether an entry beats what the model says, whenever that spoke (R-3.2)."""
    if source is Source.MODEL:
        return False
    return source is not Source.BANK_CODE or code != UNKNOWN


@dataclass(frozen=True, slots=True)
class BankWord:
    """What a bank's return code says: a reason, and those it may be where a person has to ask."""

    code: str
    candidates: tuple[str, ...] = ()


def word_of_bank(return_code: str, *, was_short_before: bool = False) -> BankWord | None:
    """
    Return what a returned debit says of its payer (the table of §3.1); None where it says nothing.

    :param was_short_before: whether the account lacked funds before, within a year
    """
    found = from_bank_return(return_code)
    if not found:
        return None
    if len(found) > 1:
        return BankWord(UNKNOWN, found)
    if found[0] == SHORT_OF_CASH and was_short_before:
        return BankWord(DISTRESS)
    return BankWord(found[0])
