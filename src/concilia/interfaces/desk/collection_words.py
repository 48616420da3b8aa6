"""Collections in words: what to do next, who said why, what the chase does meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from concilia.dunning.core.courses import RESTS
from concilia.dunning.core.protocol_terms import Dunning, Offer
from concilia.dunning.core.protocols import PROTOCOLS
from concilia.dunning.models import Motive
from concilia.dunning.queries.plan_work import PlanTask
from concilia.interfaces.components.formats import base_language
from concilia.interfaces.components.templatetags.concilia import day
from concilia.kernel.non_payment import NON_PAYMENT_REASONS, non_payment_name

Word = str | Promise

VIEWS: Final[Mapping[str, Word]] = {
    "": _("All"),
    "broken": _("Promises not kept"),
    "plan": _("Instalment plans"),
    "due": _("Promises due"),
    "answer": _("Answers to confirm"),
    "act": _("To be done"),
    "owes": _("To ask for"),
}
# The next act of each protocol, as one says it.
ACTS: Final[Mapping[str, Word]] = {
    "NR-00": _("Ask what stopped the payment"),
    "NR-01": _("Open a claim for the disputed part"),
    "NR-11": _("Open a claim for the disputed part"),
    "NR-02": _("Send the invoice again, with proof"),
    "NR-03": _("Check the contract and agree on a day"),
    "NR-04": _("Put the mandate or account right"),
    "NR-05": _("Put our mistake right; no fee, no interest"),
    "NR-06": _("Supply what is missing, get the day of the pay run"),
    "NR-07": _("Remind kindly, with a link"),
    "NR-08": _("Look for the money in the bank"),
    "NR-09": _("Listen, and take a promise or a short plan"),
    "NR-10": _("Look at what they can afford, offer a plan"),
    "NR-12": _("Give them one person to talk to"),
    "NR-13": _("Write to the estate, find heirs or notary"),
    "NR-14": _("File the proof of claim"),
    "NR-15": _("Go on by facts: credit hold, formal notice"),
    "NR-16": _("Find a way to reach them, write a letter"),
    "NR-17": _("Check whether the contract is theirs"),
    "NR-18": _("Net off with what they claim"),
    "NR-19": _("Explain the bill, check the meter"),
    "NR-20": _("Find who owes it"),
    "NR-21": _("Ask the one who pays for them"),
}
STATES: Final[Mapping[Dunning, Word]] = {
    **dict.fromkeys(
        (Dunning.REMINDER_ONLY, Dunning.SOFT, Dunning.FIRST_LEVEL), _("only friendly reminders")
    ),
    **dict.fromkeys(sorted(RESTS), _("nothing is asked for meanwhile")),
    Dunning.PART_SUSPENDED: _("the disputed part is not asked for"),
    Dunning.ESCALATE: _("goes on"),
    Dunning.IN_WRITING: _("goes on"),
    Dunning.STOP: _("everything stops"),
}
OFFERS: Final[Mapping[Offer, Word]] = {
    Offer.PAY_LINK: _("payment link"),
    Offer.PAY_UNDISPUTED: _("paying the undisputed part"),
    Offer.NEW_DATE: _("another day"),
    Offer.OTHER_METHOD: _("another way to pay"),
    Offer.RETRY_DIRECT_DEBIT: _("the direct debit once more"),
    Offer.ACTIVATE_DIRECT_DEBIT: _("direct debit"),
    Offer.GOODWILL: _("goodwill"),
    Offer.PROMISE: _("a promise"),
    Offer.PROMISE_AT_PAY_RUN: _("a promise for their pay run"),
    Offer.SHORT_PLAN: _("up to three instalments"),
    Offer.PLAN: _("an instalment plan"),
    Offer.SETTLEMENT: _("a settlement"),
    Offer.SETTLEMENT_BY_LEGAL: _("a settlement, by the legal department"),
    Offer.FEE_WAIVER: _("no fees"),
    Offer.DEBT_ADVICE: _("debt advice"),
    Offer.ESTATE_PLAN: _("a plan for the estate"),
    Offer.NET_SETTLEMENT: _("netting"),
    Offer.BUDGET_BILLING: _("even monthly bills"),
}
SOURCES: Final[Mapping[str, Word]] = {
    "agent": _("noted by a person"),
    "customer": _("said by the customer"),
    "bank_code": _("by the bank's code"),
    "model": _("supposed, from what was read"),
}
PLAN_WHY: Final[Mapping[str, Word]] = {
    "asked": _("a plan waits for your yes or no"),
    "failed": _("a plan was not kept"),
    "risk": _("a row of a plan is late"),
    "returned": _("a debit came back while a plan runs"),
    "soon": _("a row is due, and the one before was late"),
    "waive": _("a settlement was paid: write off the rest"),
}
CHANNELS: Final[Mapping[str, Word]] = {
    "portal": _("on their page"),
    "phone": _("on the phone"),
    "mail": _("by e-mail"),
    "letter": _("by letter"),
    "meeting": _("in person"),
    "program": _("by a program"),
    "call": _("by themselves, by telephone"),
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


def plan_task_words(task: PlanTask) -> str:
    """Why somebody looks at a plan now."""
    return str(PLAN_WHY[task.why])


def act_words(code: str) -> str:
    """What is to be done next about a reason."""
    return str(ACTS[code])


def offer_words(code: str) -> str:
    """What may be offered, in one line."""
    return ", ".join(
        str(words) for offer, words in OFFERS.items() if offer in PROTOCOLS[code].offers
    )


def state_words(motive: Motive, today: date) -> str:
    """What the chase does, and until when where there is a day."""
    if motive.hold_until_date and motive.hold_until_date < today:
        return gettext("rested until %(day)s") % {"day": day(motive.hold_until_date)}
    if motive.hold_until_date:
        return gettext("nothing is asked for until %(day)s") % {"day": day(motive.hold_until_date)}
    return str(STATES[PROTOCOLS[motive.code].dunning])


def source_words(motive: Motive) -> str:
    """Who said it; of a bank's code, what it may mean where a person has to ask."""
    said = str(SOURCES[motive.source])
    if motive.source == Motive.Source.BANK_CODE:
        said = f"{said} {motive.note}"
    if motive.candidates:
        either = " / ".join(motive_words(code) for code in motive.candidates)
        said += gettext(": %(either)s, ask which") % {"either": either}
    return said
