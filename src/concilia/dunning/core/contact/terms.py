"""The words of the contact policy: channels, persons, what stops a contact (domain.md §4.5)."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Channel(StrEnum):
    """The way a contact goes."""

    CALL = "CALL"
    SMS = "SMS"
    EMAIL = "EMAIL"
    WHATSAPP = "WHATSAPP"
    LETTER = "LETTER"
    VISIT = "VISIT"
    IVR = "IVR"
    PUSH = "PUSH"
    SOCIAL = "SOCIAL"


ALL_CHANNELS: Final = frozenset(Channel)
# A written message to a device; each can be answered with "no more of these".
ELECTRONIC: Final = frozenset({Channel.EMAIL, Channel.SMS, Channel.WHATSAPP, Channel.PUSH})


class DebtorType(StrEnum):
    """Who owes."""

    CONSUMER = "CONSUMER"
    SOLE_TRADER = "SOLE_TRADER"
    COMPANY = "COMPANY"


class Actor(StrEnum):
    """Who contacts: whom the money is owed to, or somebody who collects for others."""

    CREDITOR = "CREDITOR"
    AGENCY = "AGENCY"


class Strength(StrEnum):
    """What a policy rests on; a company may replace only rows of strength COMPANY."""

    LAW = "LAW"
    CODE = "CODE"
    COMPANY = "COMPANY"


class Purpose(StrEnum):
    """
    Why we contact.

    COLLECT asks for money. LEGAL_NOTICE is a notice that the law requires. SERVICE is about
    something they asked or did: an answer, a receipt, thanks, the outcome of a dispute.
    """

    COLLECT = "COLLECT"
    LEGAL_NOTICE = "LEGAL_NOTICE"
    SERVICE = "SERVICE"


class Recipient(StrEnum):
    """Whom the contact reaches."""

    DEBTOR = "DEBTOR"
    SPOUSE = "SPOUSE"
    GUARDIAN = "GUARDIAN"
    EXECUTOR = "EXECUTOR"
    ADMINISTRATOR = "ADMINISTRATOR"
    LAWYER = "LAWYER"
    ADVISER = "ADVISER"
    RELATIVE = "RELATIVE"
    NEIGHBOUR = "NEIGHBOUR"
    COLLEAGUE = "COLLEAGUE"
    EMPLOYER = "EMPLOYER"
    OTHER = "OTHER"


# Those who stand in for the debtor. Nobody else may hear of the debt.
MAY_HEAR: Final = frozenset(
    {Recipient.DEBTOR, Recipient.GUARDIAN, Recipient.EXECUTOR, Recipient.ADMINISTRATOR}
    | {Recipient.LAWYER, Recipient.ADVISER}
)


class Content(StrEnum):
    """What the message holds, as far as rules ask."""

    AMOUNT = "AMOUNT"
    DEBT_DETAILS = "DEBT_DETAILS"
    DISPUTED_AMOUNT = "DISPUTED_AMOUNT"
    OPT_OUT_NOTICE = "OPT_OUT_NOTICE"
    STATUTORY_INFORMATION = "STATUTORY_INFORMATION"


TELLS_OF_DEBT: Final = frozenset({Content.AMOUNT, Content.DEBT_DETAILS, Content.DISPUTED_AMOUNT})


class Flag(StrEnum):
    """A fact about the debtor that stops contacts until it is lifted."""

    DECEASED = "DECEASED"
    INSOLVENT = "INSOLVENT"
    REPRESENTED = "REPRESENTED"
    DEBT_ADVISER = "DEBT_ADVISER"
    BREATHING_SPACE = "BREATHING_SPACE"
    CEASE = "CEASE"
    COMPLAINT = "COMPLAINT"
    VULNERABLE = "VULNERABLE"
    FRAUD = "FRAUD"
    WRONG_PERSON = "WRONG_PERSON"


class Disputed(StrEnum):
    """How much of a debt is disputed."""

    NONE = "NONE"
    PART = "PART"
    WHOLE = "WHOLE"


class Direction(StrEnum):
    """Who began a past contact: we did, or they."""

    OUT = "OUT"
    IN = "IN"


class Outcome(StrEnum):
    """What became of a past contact."""

    CONVERSATION = "CONVERSATION"
    MESSAGE_LEFT = "MESSAGE_LEFT"
    NO_ANSWER = "NO_ANSWER"
    SENT = "SENT"
    NOT_CONNECTED = "NOT_CONNECTED"


class Per(StrEnum):
    """Over what a limit counts."""

    DEBT_PERSON = "DEBT_PERSON"  # contacts with this person about this debt
    PERSON = "PERSON"  # contacts with this person, whatever the debt
    DEBTOR = "DEBTOR"  # contacts with anybody at the debtor


class Ban(StrEnum):
    """Whether something is allowed, forbidden, or allowed under a condition."""

    ALLOW = "ALLOW"
    FORBID = "FORBID"
    IF_CONSENTED = "IF_CONSENTED"  # a recorded voice they agreed to
    IF_PROVIDED = "IF_PROVIDED"  # a workplace address they gave themselves
    DISPUTED_PART = "DISPUTED_PART"  # only what is disputed may not be asked for


class ContentLimit(StrEnum):
    """What a message may not say."""

    NO_AMOUNT = "NO_AMOUNT"  # no details of the debt, unless they agreed to have them so
    LIMITED_CONTENT = "LIMITED_CONTENT"  # a message left on a machine says nothing of a debt


class Verdict(StrEnum):
    """The answer of one rule."""

    ALLOW = "ALLOW"
    DENY = "DENY"
