"""Read a planned contact with debtor and history (docs/reference/contact-policy.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from concilia.dunning.core.contact.cases import (
    Debt,
    Debtor,
    PastContact,
    PlannedContact,
    Raised,
    TimeZoneMissing,
    zones_of,
)
from concilia.dunning.core.contact.fields import Fields, Unreadable, listed
from concilia.dunning.core.contact.terms import (
    Actor,
    Channel,
    Content,
    DebtorType,
    Direction,
    Disputed,
    Flag,
    Outcome,
    Purpose,
    Recipient,
)

# How people also say who owes.
_KINDS: Final[Mapping[str, str]] = {"B2C": DebtorType.CONSUMER, "B2B": DebtorType.COMPANY}
HISTORY_MAX: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class ContactFile:
    """A planned contact, the debtor it is for, and what went before."""

    contact: PlannedContact
    debtor: Debtor
    history: tuple[PastContact, ...]


def read_contact(
    data: object, *, debtor_type: DebtorType | None = None, countries: tuple[str, ...] = ()
) -> ContactFile:
    """
    Read a contact; what the file does not say of the debtor is as given here.

    :param debtor_type: of a pack's name; None: a consumer, who is protected most
    :param countries: of the packs
    :raises Unreadable: with one sentence
    """
    fields = Fields(data, "the contact")
    said = fields.take("debtor")
    debtor = _debtor(Fields({} if said is None else said, "debtor"), debtor_type, countries)
    zone = debtor.zones[0]
    rows = listed(fields.take("history"))
    if len(rows) > HISTORY_MAX:
        raise Unreadable(f"the history has {len(rows)} entries, more than {HISTORY_MAX}")
    history = tuple(_past(Fields(row, f"history[{index}]"), zone) for index, row in enumerate(rows))
    contact = _contact(fields, zone)
    fields.close()
    wished = contact.requested_on
    if wished is not None and wished > contact.at.astimezone(zone).date():
        raise Unreadable(f"the contact was requested on {wished}, after its own day")
    return ContactFile(contact, debtor, history)


def _contact(fields: Fields, zone: tzinfo) -> PlannedContact:
    channel = _channel(fields, "the contact")
    return PlannedContact(
        channel=channel,
        at=fields.moment("at", zone),
        purpose=fields.word("purpose", Purpose) or Purpose.COLLECT,
        actor=fields.word("actor", Actor) or Actor.CREDITOR,
        recipient=fields.word("recipient", Recipient) or Recipient.DEBTOR,
        person=fields.text("person"),
        debts=_debts(fields),
        content=fields.words("content", Content) or frozenset(),
        prerecorded=fields.truth("prerecorded", usual=channel is Channel.IVR),
        voicemail=fields.truth("voicemail"),
        at_work=fields.truth("at_work"),
        address_provided=fields.truth("address_provided"),
        requested_on=fields.day("requested_on"),
    )


def _debtor(fields: Fields, debtor_type: DebtorType | None, countries: tuple[str, ...]) -> Debtor:
    said = fields.countries("country")
    found = Debtor(
        type=_type(fields, debtor_type),
        zones=_zones(fields.zones("time_zone"), said or countries),
        countries=frozenset(said or countries),
        opted_out=fields.words("opted_out", Channel) or frozenset(),
        consents=fields.words("consents", Channel) or frozenset(),
        details_agreed=fields.words("details_agreed", Channel) or frozenset(),
        recorded_agreed=fields.truth("recorded_agreed"),
        workplace_forbidden=fields.truth("workplace_forbidden"),
        flags=_flags(fields),
        windows=fields.week("windows"),
        informed=fields.truth("informed"),
    )
    fields.close()
    return found


def _type(fields: Fields, usual: DebtorType | None) -> DebtorType:
    value = fields.take("type")
    if value is None:
        return usual or DebtorType.CONSUMER
    spelt = _KINDS.get(value.upper(), value) if isinstance(value, str) else value
    said = fields.as_word("type", spelt, DebtorType)
    if usual is not None and said is not usual:
        raise Unreadable(f"the pack is for a {usual} and the debtor is a {said}")
    return said


def _zones(said: tuple[ZoneInfo, ...], countries: tuple[str, ...]) -> tuple[ZoneInfo, ...]:
    if said:
        return said
    if not countries:
        raise Unreadable(
            "the debtor's time zone is missing, and no country to take it from: say"
            ' "time_zone": "Europe/Rome"'
        )
    try:
        return tuple(zone for country in countries for zone in zones_of(country))
    except TimeZoneMissing as problem:
        raise Unreadable(str(problem)) from None


def _channel(fields: Fields, where: str) -> Channel:
    found = fields.word("channel", Channel)
    if found is None:
        raise Unreadable(f"{where} says no channel: it is one of {', '.join(Channel)}")
    return found


def _debts(fields: Fields) -> tuple[Debt, ...]:
    found = tuple(
        Debt(fields.as_text("debts", each))
        if isinstance(each, str)
        else _debt(Fields(each, f"debts[{index}]"))
        for index, each in enumerate(listed(fields.take("debts")))
    )
    names = [debt.id for debt in found]
    if len(set(names)) < len(names):
        raise Unreadable("the contact names a debt twice")
    return found


def _debt(fields: Fields) -> Debt:
    found = Debt(
        fields.needed("id"),
        fields.word("disputed", Disputed) or Disputed.NONE,
        fields.day("due"),
    )
    fields.close()
    return found


def _flags(fields: Fields) -> dict[Flag, Raised]:
    found: dict[Flag, Raised] = {}
    for index, each in enumerate(listed(fields.take("flags"))):
        if isinstance(each, str):
            flag, raised = fields.as_word("flags", each, Flag), Raised()
        else:
            flag, raised = _raised(Fields(each, f"debtor.flags[{index}]"))
        if flag in found:
            raise Unreadable(f"the debtor has the flag {flag} twice")
        found[flag] = raised
    return found


def _raised(fields: Fields) -> tuple[Flag, Raised]:
    flag = fields.as_word("flag", fields.needed("flag"), Flag)
    raised = Raised(fields.day("since"), fields.day("until"))
    fields.close()
    return flag, raised


def _past(fields: Fields, zone: tzinfo) -> PastContact:
    found = PastContact(
        at=fields.moment("at", zone),
        channel=_channel(fields, "an entry of the history"),
        direction=fields.word("direction", Direction) or Direction.OUT,
        outcome=fields.word("outcome", Outcome) or Outcome.SENT,
        person=fields.text("person"),
        debts=frozenset(fields.texts("debts")),
    )
    fields.close()
    return found
