"""The texts of collections in words: their names, the ways, and what lints say."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concilia.dunning.core.texts import Key, Way
from concilia.dunning.core.texts.lints import Finding, Rule

Word = str | Promise

KEYS: Final[Mapping[Key, Word]] = {
    Key.COURTESY: _("Courtesy before the due date"),
    Key.REMINDER: _("Friendly reminder"),
    Key.QUESTION: _("Question: what keeps you?"),
    Key.FIRM: _("Firm: how things stand"),
    Key.FORMAL_NOTICE: _("Formal notice"),
    Key.LAST_CALL: _("Last call before handing over"),
    Key.HANDED_OVER: _("Handed over"),
    Key.THANKS: _("Thanks for a payment"),
    Key.PROMISE_NOTED: _("Promise noted"),
    Key.PROMISE_DUE_SOON: _("Promise falls due soon"),
    Key.PROMISE_BROKEN: _("Promise not kept"),
    Key.PLAN_OFFERED: _("Instalments offered"),
    Key.PLAN_AGREED: _("Instalments agreed"),
    Key.PLAN_ROW_DUE_SOON: _("Instalment falls due soon"),
    Key.PLAN_ROW_LATE: _("Instalment is late"),
    Key.PLAN_COMPLETED: _("Plan completed"),
    Key.SETTLEMENT_OFFERED: _("Settlement offered"),
    Key.DISPUTE_RECEIVED: _("Dispute received"),
    Key.INVOICE_COPY: _("Copy of an invoice"),
    Key.CONDOLENCE: _("Condolences to the estate"),
    Key.VULNERABLE: _("Calm letter to somebody vulnerable"),
    Key.DATE_MOVED: _("Due date moved"),
    Key.PAID_TWICE: _("Paid too much"),
}
WAYS: Final[Mapping[Way, tuple[Word, str]]] = {
    Way.EMAIL: (_("E-mail"), "mail"),
    Way.SMS: (_("Short message"), "message-circle"),
    Way.WHATSAPP: (_("WhatsApp"), "message-circle"),
    Way.LETTER: (_("Letter"), "file-text"),
    Way.CALL: (_("Call guide"), "phone"),
    Way.PORTAL: (_("Customers' page"), "world"),
}
RULES: Final[Mapping[Rule, Word]] = {
    Rule.UNREADABLE: _("This cannot be read: {word}."),
    Rule.RELATION: _("The first sentence names what binds you and the customer, and no money yet."),
    Rule.FACTS: _("It must say {word}."),
    Rule.QUESTION: _("One open question comes before anything is asked for."),
    Rule.OPTIONS: _("It offers a choice: {word}."),
    Rule.BLAME: _("“{word}” blames the customer."),
    Rule.CLOSING: _("The last paragraph says thanks."),
    Rule.NOTE: _("The guide ends with a note that holds facts only."),
    Rule.DEBT_WORD: _("“{word}” has no place before the due date."),
    Rule.INTEREST: _("“{word}”: interest and costs have no place in this text."),
    Rule.THREAT: _("“{word}” threatens; this text only asks."),
    Rule.CAPITALS: _("“{word}” shouts: no words in capitals."),
    Rule.INTENDED: _(
        "“{word}”: only what is really intended, in a paragraph that may be left out."
    ),
    Rule.THIRD_PARTY: _("“{word}”: nobody else is told, and nobody is threatened with it."),
    Rule.SHAME: _("“{word}” shames."),
    Rule.FEAR: _("“{word}” frightens."),
    Rule.LINK: _("It must have {word}."),
    Rule.BOTH_AMOUNTS: _("What is asked for stands beside what is disputed: {word}."),
    Rule.NO_AMOUNT: _("{word}: a short message names no amount; it may be read by others."),
    Rule.SUBJECT: _("The subject is missing."),
}
UNREADABLE: Final[Mapping[str, Word]] = {
    "stray_brace": _("a brace without its other half"),
    "empty": _("it is empty"),
    "too_long": _("it is too long"),
    "block_not_alone": _("it needs a paragraph of its own"),
}


def finding_said(finding: Finding) -> str:
    """What a lint found, in a sentence."""
    word = str(UNREADABLE.get(finding.word, finding.word))
    return str(RULES[finding.rule]).replace("{word}", word)
