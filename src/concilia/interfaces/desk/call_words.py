"""Calls and numbers in words: what became of a call, what was done in it, who is to be called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from concilia.correspondence.models import Reach
from concilia.correspondence.queries.lines import is_on
from concilia.customers.models import Contact, Customer
from concilia.dunning.core.contact.terms import Channel
from concilia.dunning.core.contact.wording_names import CHANNEL_NAMES
from concilia.dunning.core.ways import Weighed
from concilia.dunning.models import Call, CallBack
from concilia.dunning.queries.calls import BACKS_SHOWN, call_backs, calls_of, number_of
from concilia.dunning.queries.ways import DEAD, NO_ADDRESS, NOT_SET_UP, best_way

Word = str | Promise
STATES: Final[Mapping[str, tuple[Word, str]]] = {
    Call.State.WITHHELD: (_("held back"), "wait"),
    Call.State.WAITING: (_("waits"), "open"),
    Call.State.RINGING: (_("rings"), "open"),
    Call.State.ANSWERED: (_("speaking"), "open"),
    Call.State.OVER: (_("spoken"), "good"),
    Call.State.MACHINE: (_("a machine answered"), "wait"),
    Call.State.BUSY: (_("busy"), "wait"),
    Call.State.NO_ANSWER: (_("no answer"), "wait"),
    Call.State.FAILED: (_("not connected"), "bad"),
}
DID: Final[Mapping[str, Word]] = {
    "identified": _("showed who they are"),
    "link_sent": _("asked for a message to pay"),
    "link_withheld": _("a message to pay was held back"),
    "promised": _("promised"),
    "promise_refused": _("wanted to promise more than the rules allow"),
    "said_why": _("said why it is not paid"),
    "call_back": _("is to be called back"),
    "opted_out": _("wants no more automatic calls"),
}
WHYS: Final[Mapping[str, Word]] = {
    CallBack.Why.PERSON: _("Wants to speak with a person"),
    CallBack.Why.PLAN: _("Wants to pay in instalments"),
    CallBack.Why.DISPUTE: _("Contests something: open a claim"),
    CallBack.Why.WRONG_PERSON: _("Somebody else answers: put the number right"),
}
OWN_RULES: Final[Mapping[str, Word]] = {
    DEAD: _("nobody can be reached at this number"),
    NO_ADDRESS: _("no number or address"),
    NOT_SET_UP: _("not set up"),
    "NO-CLOCK.time_zone": _("nobody knows the time where they are"),
}


def calls_context(customer: Customer, *, may_work: bool) -> dict[str, Any]:
    """What `desk/customer/calls.html` shows."""
    entity = customer.entity
    has_voice = is_on(entity_id=entity.pk, way="voice")
    contacts = list(customer.contacts.select_related("customer__entity").order_by("name"))
    numbers = {row.pk: number_of(row) for row in contacts}
    known = Reach.objects.filter(entity=entity, number__in=[n for n in numbers.values() if n])
    return {
        "calls": [(row, *STATES[row.state], _did(row), rule_words(row)) for row in
                  calls_of(customer=customer)],
        "call_backs": [
            (row, WHYS[row.why])
            for row in call_backs(entity_id=entity.pk, customer_id=customer.pk)[:BACKS_SHOWN]
        ],
        "callable": [row for row in contacts if numbers[row.pk]] if has_voice and may_work else [],
        "reaches": [_reach(row) for row in known.order_by("number", "channel")
                    if row.dead_at or row.opted_out_at or row.agreed_at],
        "ways_by_worth": _ways(customer, contacts[0]) if contacts else [],
        "own_currency": entity.currency,
    }  # fmt: skip


def _reach(row: Reach) -> tuple[Reach, str, str]:
    return row, channel_name(row.channel), gettext(row.dead_why) if row.dead_why else ""


def channel_name(channel: str) -> str:
    """A channel as the pages name it."""
    names = CHANNEL_NAMES[Channel(channel)]
    languages = ("en", "it", "fr", "es", "de")
    spoken = (get_language() or "en")[:2]
    return names[languages.index(spoken) if spoken in languages else 0]


def rule_words(call: Call) -> Word:
    """The rule that held a call back, by its name; our own in words."""
    return OWN_RULES.get(call.withheld_why, call.withheld_why)


def _did(call: Call) -> list[Word]:
    return [DID[one["what"]] for one in call.did if one.get("what") in DID]


def _ways(customer: Customer, contact: Contact) -> list[dict[str, Any]]:
    """Every way with its arithmetic, the best first, then those a rule refuses."""
    choice = best_way(customer=customer, contact=contact, at=timezone.now())
    best = choice.best
    rows = [_way(one, is_best=best is not None and one is best) for one in choice.ranked]
    refused = [
        {"name": channel_name(one.channel), "why": OWN_RULES.get(one.refused, one.refused)}
        for one in choice.refused
    ]
    return [*rows, *refused]


def _way(one: Weighed, *, is_best: bool) -> dict[str, Any]:
    return {
        "name": channel_name(one.option.channel),
        "is_best": is_best,
        "tried": one.option.tried,
        "paid": one.option.paid,
        "percent": one.probability_bp / 100,
        "cost_minor": one.option.cost_minor,
        "worth_minor": one.worth_minor,
    }
