"""Which texts there are, for which ways, and how firm each is (domain.md §3.3)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from concilia.dunning.core.motives import Tone


class Way(StrEnum):
    """How words reach somebody."""

    EMAIL = "email"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    LETTER = "letter"
    CALL = "call"
    PORTAL = "portal"


class Form(StrEnum):
    """Whom the words address: a company's people, or a person who buys for themselves."""

    COMPANY = "company"
    CONSUMER = "consumer"


class Key(StrEnum):
    """The texts there are. The value is stored with each message."""

    COURTESY = "courtesy"
    REMINDER = "reminder"
    QUESTION = "question"
    FIRM = "firm"
    FORMAL_NOTICE = "formal_notice"
    LAST_CALL = "last_call"
    HANDED_OVER = "handed_over"
    THANKS = "thanks"
    PROMISE_NOTED = "promise_noted"
    PROMISE_DUE_SOON = "promise_due_soon"
    PROMISE_BROKEN = "promise_broken"
    PLAN_OFFERED = "plan_offered"
    PLAN_AGREED = "plan_agreed"
    PLAN_ROW_DUE_SOON = "plan_row_due_soon"
    PLAN_ROW_LATE = "plan_row_late"
    PLAN_COMPLETED = "plan_completed"
    SETTLEMENT_OFFERED = "settlement_offered"
    DISPUTE_RECEIVED = "dispute_received"
    INVOICE_COPY = "invoice_copy"
    CONDOLENCE = "condolence"
    VULNERABLE = "vulnerable"
    DATE_MOVED = "date_moved"
    PAID_TWICE = "paid_twice"


class Option(StrEnum):
    """What somebody may choose to do (domain.md E4)."""

    PAY = "PAY"
    DATE = "DATE"
    PLAN = "PLAN"
    WRONG = "WRONG"
    ALREADY_PAID = "ALREADY_PAID"
    TALK = "TALK"


KEY_OF_TONE: Final[Mapping[Tone, Key]] = MappingProxyType(
    {
        Tone.COURTESY: Key.COURTESY,
        Tone.REMINDER: Key.REMINDER,
        Tone.QUESTION: Key.QUESTION,
        Tone.FIRM: Key.FIRM,
        Tone.FORMAL_NOTICE: Key.FORMAL_NOTICE,
        Tone.LAST_CALL: Key.LAST_CALL,
        Tone.LEGAL: Key.HANDED_OVER,
    }
)
TONE_OF_KEY: Final[Mapping[Key, Tone]] = MappingProxyType(
    {key: tone for tone, key in KEY_OF_TONE.items()}
)
# The ladder's texts, and others that ask for money: they show it item by item.
OF_LADDER: Final = frozenset(TONE_OF_KEY)
ASKS_WITH_ITEMS: Final = frozenset(
    {Key.REMINDER, Key.QUESTION, Key.FIRM, Key.FORMAL_NOTICE, Key.LAST_CALL}
)

IN_WRITING: Final = (Way.EMAIL, Way.LETTER, Way.PORTAL)
SHORT: Final = frozenset({Way.SMS, Way.WHATSAPP})
# What is grave or legal comes on paper or by mail, never as a short message.
_ONLY_IN_WRITING: Final = frozenset(
    {Key.FORMAL_NOTICE, Key.HANDED_OVER, Key.CONDOLENCE, Key.SETTLEMENT_OFFERED}
)
WITH_GUIDE: Final = frozenset(
    {
        Key.REMINDER,
        Key.QUESTION,
        Key.FIRM,
        Key.LAST_CALL,
        Key.PROMISE_BROKEN,
        Key.PLAN_ROW_LATE,
    }
)
OPTIONS_OF: Final[Mapping[Key, tuple[Option, ...]]] = MappingProxyType(
    {
        Key.COURTESY: (Option.PAY, Option.WRONG, Option.TALK),
        Key.REMINDER: (Option.PAY, Option.ALREADY_PAID, Option.DATE, Option.WRONG),
        Key.QUESTION: (Option.PAY, Option.DATE, Option.PLAN, Option.TALK),
    }
)
USUAL_OPTIONS: Final = (Option.PAY, Option.DATE, Option.PLAN, Option.WRONG, Option.TALK)


def ways_of(key: Key) -> tuple[Way, ...]:
    """Return the ways for which a text is written, in the order of `Way`."""
    ways = set(IN_WRITING)
    if key not in _ONLY_IN_WRITING:
        ways |= SHORT
    if key in WITH_GUIDE:
        ways.add(Way.CALL)
    return tuple(way for way in Way if way in ways)
