"""Collections in words: what to do next, who said why, what the chase does meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from concilia.dunning.core.handling import HANDLING, DunningState, NextAct, Offer
from concilia.dunning.models import Motive
from concilia.interfaces.components.formats import base_language
from concilia.interfaces.components.templatetags.concilia import day
from concilia.kernel.non_payment import NON_PAYMENT_REASONS, non_payment_name

Word = str | Promise

VIEWS: Final[Mapping[str, Word]] = {
    "": _("All"),
    "broken": _("Promises not kept"),
    "due": _("Promises due"),
    "answer": _("Answers to confirm"),
    "act": _("To be done"),
    "owes": _("To ask for"),
}
ACTS: Final[Mapping[NextAct, Word]] = {
    NextAct.ASK_WHY: _("Ask what stopped the payment"),
    NextAct.OPEN_CLAIM: _("Open a claim for the disputed part"),
    NextAct.RESEND_INVOICE: _("Send the invoice again, with proof"),
    NextAct.AGREE_DATE: _("Check the contract and agree on a day"),
    NextAct.FIX_METHOD: _("Put the mandate or account right"),
    NextAct.FIX_OURS: _("Put our mistake right; no fee, no interest"),
    NextAct.GET_APPROVAL: _("Supply what is missing, get the day of the pay run"),
    NextAct.REMIND_KINDLY: _("Remind kindly, with a link"),
    NextAct.FIND_MONEY: _("Look for the money in the bank"),
    NextAct.TAKE_PROMISE: _("Listen, and take a promise or a short plan"),
    NextAct.OFFER_PLAN: _("Look at what they can afford, offer a plan"),
    NextAct.NAME_AGENT: _("Give them one person to talk to"),
    NextAct.FIND_HEIRS: _("Write to the estate, find heirs or notary"),
    NextAct.FILE_PROOF: _("File the proof of claim"),
    NextAct.ESCALATE: _("Go on by facts: credit hold, formal notice"),
    NextAct.TRACE: _("Find a way to reach them, write a letter"),
    NextAct.CHECK_CONTRACT: _("Check whether the contract is theirs"),
    NextAct.NET_OFF: _("Net off with what they claim"),
    NextAct.EXPLAIN_BILL: _("Explain the bill, check the meter"),
    NextAct.FIND_PARTY: _("Find who owes it"),
    NextAct.ASK_PAYER: _("Ask the one who pays for them"),
}
STATES: Final[Mapping[DunningState, Word]] = {
    DunningState.REMINDER_ONLY: _("only friendly reminders"),
    DunningState.PART_SUSPENDED: _("the disputed part is not asked for"),
    DunningState.HOLD: _("nothing is asked for meanwhile"),
    DunningState.GOES_ON: _("goes on"),
    DunningState.STOP: _("everything stops"),
}
OFFERS: Final[Mapping[Offer, Word]] = {
    Offer.LINK: _("payment link"),
    Offer.UNDISPUTED_PART: _("paying the undisputed part"),
    Offer.NEW_DATE: _("another day"),
    Offer.OTHER_METHOD: _("another way to pay"),
    Offer.GOODWILL: _("goodwill"),
    Offer.PROMISE: _("a promise"),
    Offer.SHORT_PLAN: _("up to three instalments"),
    Offer.PLAN: _("an instalment plan"),
    Offer.SETTLEMENT: _("a settlement"),
    Offer.FEE_WAIVER: _("no fees"),
    Offer.ADVICE: _("debt advice"),
    Offer.ESTATE_PLAN: _("a plan for the estate"),
    Offer.NETTING: _("netting"),
    Offer.BUDGET_BILLING: _("even monthly bills"),
}
SOURCES: Final[Mapping[str, Word]] = {
    "agent": _("noted by a person"),
    "customer": _("said by the customer"),
    "bank_code": _("by the bank's code"),
    "model": _("supposed, from what was read"),
}
CHANNELS: Final[Mapping[str, Word]] = {
    "phone": _("on the phone"),
    "mail": _("by e-mail"),
    "letter": _("by letter"),
    "meeting": _("in person"),
    "program": _("by a program"),
}
METHODS: Final[Mapping[str, Word]] = {
    "TRANSFER": _("bank transfer"),
    "INSTANT": _("instant transfer"),
    "CARD": _("card"),
    "DIRECT_DEBIT": _("direct debit"),
}


def motive_words(code: str) -> str:
    """A reason for not paying in the reader's language."""
    return non_payment_name(code, base_language(get_language()))


def motive_choices() -> list[tuple[str, str]]:
    """All reasons, as a form offers them."""
    return [(code, motive_words(code)) for code in NON_PAYMENT_REASONS]


def act_words(code: str) -> str:
    """What is to be done next about a reason."""
    return str(ACTS[HANDLING[code].act])


def offer_words(code: str) -> str:
    """What may be offered, in one line."""
    return ", ".join(str(OFFERS[offer]) for offer in HANDLING[code].offers)


def state_words(motive: Motive) -> str:
    """What the chase does, and until when where there is a day."""
    if motive.hold_until_date:
        return gettext("nothing is asked for until %(day)s") % {"day": day(motive.hold_until_date)}
    return str(STATES[HANDLING[motive.code].state])


def source_words(motive: Motive) -> str:
    """Who said it; of a bank's code, what it may mean where a person has to ask."""
    said = str(SOURCES[motive.source])
    if motive.source == Motive.Source.BANK_CODE:
        said = f"{said} {motive.note}"
    if motive.candidates:
        either = " / ".join(motive_words(code) for code in motive.candidates)
        said += gettext(": %(either)s, ask which") % {"either": either}
    return said
