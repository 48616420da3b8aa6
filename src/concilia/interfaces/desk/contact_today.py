"""What may be said to a customer today, in words: each way, yes or not now, and which rule."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from concilia.customers.models import Customer
from concilia.dunning.core.contact.terms import Channel, Flag, Strength
from concilia.dunning.core.contact.today import (
    OWN_FLAGS,
    WAYS,
    Known,
    WayToday,
    ways_today,
    zones_known,
)
from concilia.dunning.models import ContactTerms
from concilia.dunning.queries.contacts import known_of
from concilia.interfaces.components.formats import base_language
from concilia.interfaces.components.templatetags.concilia import weekday

Word = str | Promise

# What somebody may prefer to be written to by.
WRITTEN: Final = (Channel.EMAIL, Channel.SMS, Channel.WHATSAPP, Channel.LETTER)
WAY_WORDS: Final[Mapping[Channel, tuple[str, Word]]] = {
    Channel.CALL: ("phone", _("Call")),
    Channel.EMAIL: ("mail", _("E-mail")),
    Channel.SMS: ("message", _("SMS")),
    Channel.WHATSAPP: ("message-circle", _("WhatsApp")),
    Channel.LETTER: ("file-text", _("Letter")),
    Channel.VISIT: ("users", _("Visit")),
}
STRENGTH_WORDS: Final[Mapping[str, Word]] = {
    Strength.LAW: _("Law"),
    Strength.CODE: _("Code of conduct"),
    Strength.COMPANY: _("House rule"),
}
FLAG_WORDS: Final[Mapping[Flag, Word]] = {
    Flag.REPRESENTED: _("A lawyer speaks for them"),
    Flag.DEBT_ADVISER: _("A debt adviser helps them"),
    Flag.BREATHING_SPACE: _("Breathing space"),
    Flag.CEASE: _("They asked for no contact"),
    Flag.COMPLAINT: _("A complaint is open"),
}


def contact_context(customer: Customer, at: datetime) -> dict[str, Any]:
    """What `desk/customer/contact_today.html` shows, and the sheet beside it."""
    known = known_of(entity=customer.entity, customers=[customer], at=at)[customer.pk]
    zones = zones_known(known)
    terms = ContactTerms.objects.filter(customer=customer).first()
    agreed = terms.consents if terms else ()  # what was said by a number stays with that number
    return {
        "ways": [_line(way, zones[0] if zones else None) for way in ways_today(known, at)],
        "clocks": [f"{at.astimezone(zone):%H:%M}" for zone in zones],
        "contacts_made": _made(known),
        "contact_terms": terms,
        "contact_channels": [
            (
                way.value,
                words,
                way in known.opted_out,
                way.value in agreed,
                way in known.details_agreed,
            )
            for way, (_icon, words) in WAY_WORDS.items()
        ],
        "contact_written": [channel.value for channel in WRITTEN],
        "contact_flags": [
            (flag.value, FLAG_WORDS[flag], flag in known.flags, _until(terms, flag))
            for flag in OWN_FLAGS
        ],
    }


def rule_words(way: WayToday) -> str:
    """Whose rule it is, by its name; a missing address or clock has none."""
    if not way.strength:
        return ""
    return f"{STRENGTH_WORDS[way.strength]} · {way.rule}"


def earliest_words(way: WayToday, zone: ZoneInfo | None) -> str:
    """From when it may be done, by the debtor's clock; empty if now, or if no waiting helps."""
    if way.allowed or way.earliest is None or zone is None:
        return ""
    there = way.earliest.astimezone(zone)
    moment = f"{weekday(there.date())} {there:%H:%M}"
    return gettext("from %(moment)s, their time") % {"moment": moment}


def _line(way: WayToday, zone: ZoneInfo | None) -> dict[str, Any]:
    icon, words = WAY_WORDS[way.channel]
    return {
        "icon": icon,
        "words": words,
        "way": way,
        "why": way.why(base_language(get_language())),
        "rule": rule_words(way),
        "from": earliest_words(way, zone),
    }


def _made(known: Known) -> str:
    """How many contacts of the last weeks the policy counts."""
    count = len(known.past)
    if not count:
        return gettext("No contact is on record in the last 100 days.")
    return ngettext(
        "%(count)s contact in the last 100 days counts.",
        "%(count)s contacts in the last 100 days count.",
        count,
    ) % {"count": count}


def _until(terms: ContactTerms | None, flag: Flag) -> str:
    """The last day of a flag as a date field wants it."""
    days = (terms.flags if terms else {}).get(flag.value, {})
    return days.get("until") or ""


assert tuple(WAY_WORDS) == WAYS, "one line for each way, in the same order"
