"""Read a company's contact policies from JSON (docs/reference/contact-policy.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from concilia.dunning.core.contact.fields import Fields, Unreadable, Word, listed
from concilia.dunning.core.contact.policy import Cap, ContactPolicy, PolicyRefused
from concilia.dunning.core.contact.terms import (
    ALL_CHANNELS,
    Actor,
    Ban,
    Channel,
    Content,
    ContentLimit,
    DebtorType,
    Flag,
    Per,
    Strength,
)

DAYS_MAX: Final = 3_650
TIMES_MAX: Final = 10_000
POLICIES_MAX: Final = 500

# Which bans a key may speak of.
_BANS: Final[Mapping[str, frozenset[Ban]]] = {
    "prerecorded": frozenset({Ban.ALLOW, Ban.FORBID, Ban.IF_CONSENTED}),
    "third_party_disclosure": frozenset({Ban.ALLOW, Ban.FORBID}),
    "workplace": frozenset({Ban.ALLOW, Ban.FORBID, Ban.IF_PROVIDED}),
    "disputed": frozenset({Ban.ALLOW, Ban.FORBID, Ban.DISPUTED_PART}),
    "holidays": frozenset({Ban.ALLOW, Ban.FORBID}),
}


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """What a file says: the packs it builds on, and its own policies."""

    packs: tuple[str, ...]
    policies: tuple[ContactPolicy, ...]


def read_policies(data: object) -> PolicyFile:
    """
    Read one policy, a list of them, or `{"packs": [...], "policies": [...]}`.

    :raises Unreadable: with one sentence
    """
    packs: tuple[str, ...] = ()
    rows = listed(data)
    if isinstance(data, Mapping) and {"packs", "policies"} & set(data):
        fields = Fields(data, "the policy file")
        packs, rows = fields.texts("packs"), listed(fields.take("policies"))
        fields.close()
    if len(rows) > POLICIES_MAX:
        raise Unreadable(f"there are {len(rows)} policies, more than the {POLICIES_MAX} we read")
    if not rows and not packs:
        raise Unreadable("the policy file says nothing: it holds no policy and names no pack")
    read = (_policy(Fields(row, f"policy[{index}]")) for index, row in enumerate(rows))
    return PolicyFile(packs, tuple(read))


def _policy(fields: Fields) -> ContactPolicy:
    country = fields.text("jurisdiction")
    jurisdiction = fields.as_country("jurisdiction", country) if country else None
    calendar = fields.text("calendar")
    no_holidays = _ban(fields, "holidays") is Ban.FORBID
    try:
        policy = ContactPolicy(
            id=fields.needed("id"),
            source=fields.text("source") or "the company's own policy",
            strength=fields.word("strength", Strength) or Strength.COMPANY,
            checked_on=fields.day("checked_on"),
            valid_from=fields.day("valid_from"),
            valid_to=fields.day("valid_to"),
            jurisdiction=jurisdiction,
            debtor_types=_some(fields.words("debtor_type", DebtorType), DebtorType),
            actors=_some(fields.words("actor", Actor), Actor),
            channels=fields.words("channel", Channel) or ALL_CHANNELS,
            windows=fields.week("windows"),
            no_holidays=no_holidays,
            calendar=fields.as_country("calendar", calendar) if calendar else jurisdiction,
            days_off=_days_off(fields),
            max_attempts=_caps(fields, "max_attempts"),
            max_conversations=_caps(fields, "max_conversations"),
            cool_off_days=fields.number("cool_off_after_conversation_days", 1, DAYS_MAX),
            consent_required=fields.truth("consent_required"),
            opt_out_required=fields.truth("opt_out_required"),
            content_limits=tuple(sorted(fields.words("content_limits", ContentLimit) or ())),
            prerecorded=_ban(fields, "prerecorded"),
            third_parties=_ban(fields, "third_party_disclosure"),
            workplace=_ban(fields, "workplace"),
            disputed=_ban(fields, "disputed"),
            stops=_stops(fields),
            min_days_past_due=fields.number("min_days_past_due", 0, DAYS_MAX),
            first_channels=fields.words("first_contact_channel", Channel),
            first_content=fields.words("first_contact_content", Content) or frozenset(),
            forbidden=fields.truth("forbidden"),
            on_request=fields.truth("on_request"),
            replaces=fields.texts("replaces"),
        )
    except PolicyRefused as problem:
        raise Unreadable(str(problem)) from None
    fields.close()
    return policy


def _some(found: frozenset[Word] | None, words: type[Word]) -> frozenset[Word]:
    return found or frozenset(words)


def _ban(fields: Fields, name: str) -> Ban:
    found = fields.word(name, Ban) or Ban.ALLOW
    if found not in _BANS[name]:
        raise fields.wrong(name, str(found), f"word of {', '.join(sorted(_BANS[name]))}")
    return found


def _caps(fields: Fields, name: str) -> tuple[Cap, ...]:
    return tuple(_cap(each) for each in fields.objects(name))


def _cap(fields: Fields) -> Cap:
    n, days = fields.number("n", 0, TIMES_MAX), fields.number("days", 1, DAYS_MAX)
    per = fields.word("per", Per) or Per.PERSON
    fields.close()
    if n is None or days is None:
        raise Unreadable('a limit needs n and days: {"n": 7, "days": 7}')
    return Cap(n, days, per)


def _days_off(fields: Fields) -> dict[date, str]:
    found = fields.take("days_off")
    named = (
        found.items() if isinstance(found, Mapping) else ((day, "day off") for day in listed(found))
    )
    return {fields.as_day("days_off", day): str(name) for day, name in named}


def _stops(fields: Fields) -> dict[Flag, int | None]:
    found = fields.take("stops")
    if not isinstance(found, Mapping):
        return {fields.as_word("stops", each, Flag): None for each in listed(found)}
    days = Fields(found, "stops")
    return {fields.as_word("stops", name, Flag): days.number(name, 1, DAYS_MAX) for name in found}
