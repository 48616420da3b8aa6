"""Runs of collections in words: tones, ways, and why somebody hears nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from concilia.dunning.core.contact.terms import Outcome
from concilia.dunning.queries.run_pages import Group
from concilia.interfaces.desk.collection_words import motive_words
from concilia.kernel.non_payment import NON_PAYMENT_REASONS

Word = str | Promise

TONES: Final[tuple[Word, ...]] = (
    _("Courtesy"),
    _("Friendly reminder"),
    _("Question"),
    _("Firm"),
    _("Formal notice"),
    _("Last call"),
    _("Hand-over"),
)
WAYS: Final[Mapping[str, tuple[Word, str]]] = {
    "email": (_("E-mail"), "mail"),
    "sms": (_("SMS"), "message"),
    "whatsapp": (_("WhatsApp"), "message-circle"),
    "letter": (_("Letter, by a person"), "file-text"),
    "call": (_("Call, by a person"), "phone"),
}
# Whom a rule of a strategy is about.
WHOM: Final[Mapping[str, Word]] = {
    "consumer": _("Consumers"),
    "micro": _("Very small companies"),
    "business": _("Companies"),
    "key": _("Key accounts"),
    "public": _("Public bodies"),
    "intercompany": _("Companies of our group"),
}
# Why somebody hears nothing, and what comes then.
WHY_NOT: Final[Mapping[str, tuple[Word, Word]]] = {
    "disputed": (_("A claim is open"), _("after the answer and 5 working days")),
    "promised": (_("Promised"), _("once the promise is judged")),
    "planned": (_("In an instalment plan"), _("while the plan is kept")),
    "placed": (_("With an agency or a court"), _("when it comes back from there")),
    "held": (_("Money or a credit is there, not assigned"), _("once it is assigned")),
    "stopped": (_("Everything stops"), _("until a person lifts it")),
    "resting": (_("Their reason gives them time"), _("when the time is over")),
    "little": (_("Too little"), _("with the next invoice")),
    "they_acted": (_("They wrote, paid or claimed"), _("after a pause; no firmer than before")),
    "not_yet": (_("The next step is not due yet"), _("on its day")),
    "rested": (_("Asked lately"), _("the next step comes by itself")),
    "reason_first": (_("Nobody knows why they do not pay"), _("a person asks first")),
    "plan_over": (_("The plan is at its end"), _("a person decides")),
    "policy": (_("Law or their wish"), _("when the rule allows")),
    "no_address": (_("No address that works"), _("once there is one")),
    "opted_out": (_("They want no such messages"), _("by another way")),
    "not_set_up": (_("This way is not set up"), _("once it is, or by another")),
    "dead_number": (_("Nobody can be reached at this number"), _("once another is known")),
    "plan_broken": (_("Their plan was not kept"), _("a person speaks with them first")),
    "due": (_("It fell due before the note left"), _("the reminder comes by itself")),
    "under_way": (_("Another run is under way"), _("with the next run")),
    "nobody_knows_where": (_("Nobody knows their time zone"), _("once it is known")),
    "other_currency": (_("Asked today in another currency"), _("with the next run")),
    "paid": (_("Paid meanwhile"), ""),
    "text": (_("A word of the text is missing"), _("once it is known")),
    "person": (_("Taken out"), ""),
    "bounced": (_("Mail came back"), ""),
    "address_wrong": (_("No address that works"), ""),
    "own_address": (_("No address that works"), ""),
    "no_reply_address": (_("No address that works"), ""),
}
OUTCOMES: Final[Mapping[str, Word]] = {
    Outcome.CONVERSATION: _("We spoke"),
    Outcome.MESSAGE_LEFT: _("Left a message"),
    Outcome.NO_ANSWER: _("No answer"),
    Outcome.NOT_CONNECTED: _("Number does not work"),
}
POSTED: Final[Mapping[str, Word]] = {Outcome.SENT: _("Posted")}
# The sentences of a sheet that cannot be read (`core.strategy.sheet`).
SHEET_SENTENCES: Final = (
    gettext_noop("This is too long for a strategy."),
    gettext_noop("Line {line}: “{text}” cannot be read."),
    gettext_noop("Line {line} contains a sign one cannot see."),
    gettext_noop("Line {line}: “{text}” is there already."),
    gettext_noop("Line {line}: “{text}” is not a word it can have here."),
    gettext_noop("Line {line}: the number must lie between {least} and {most}."),
    gettext_noop("There is no plan “{text}”."),
    gettext_noop("There is no rule: nobody would hear from you."),
    gettext_noop("The plan “{text}” has no step."),
    gettext_noop(
        "Plan “{text}”: each step comes on a later day than the one before, and no tone is more"
        " than one above the one before."
    ),
    gettext_noop(
        "Plan “{text}”: a courtesy note is its first step, T0 with the text courtesy, by email, sms"
        " or whatsapp; it alone goes before the due date."
    ),
    gettext_noop("Line {line}: there is no text “{text}” for each of these ways."),
    gettext_noop("The last rule must be for everybody, so that nobody is forgotten."),
    gettext_noop("The strategy has no name."),
)


def tone_words(tone: int) -> str:
    """A tone in the reader's language."""
    return str(TONES[tone])


def way_words(way: str) -> str:
    """How it goes."""
    return str(WAYS[way][0])


def way_icon(way: str) -> str:
    """The icon of a way."""
    return WAYS[way][1]


def why_words(why: str) -> str:
    """Why somebody hears nothing; a reason nobody gave words to shows as it is kept."""
    return str(WHY_NOT[why][0]) if why in WHY_NOT else why.replace("_", " ")


def then_words(why: str) -> str:
    """What comes then."""
    return str(WHY_NOT[why][1]) if why in WHY_NOT else ""


def detail_words(why: str, detail: str) -> str:
    """The rule or the reason behind it."""
    return motive_words(detail) if detail in NON_PAYMENT_REASONS else detail


def because_words(group: Group) -> str:
    """How late those of a group are, or how soon it falls due."""
    if group.days_most <= 0:
        return ngettext("due within %(n)s day", "due within %(n)s days", -group.days_least) % {
            "n": -group.days_least
        }
    if group.days_least == group.days_most:
        return ngettext("%(n)s day late", "%(n)s days late", group.days_most) % {
            "n": group.days_most
        }
    return gettext("%(least)s to %(most)s days late") % {
        "least": group.days_least,
        "most": group.days_most,
    }
