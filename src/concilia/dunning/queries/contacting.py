"""The contact policy asked for one customer, with all that is known of them (domain.md §4.5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from concilia.cases.queries.office import today_of
from concilia.correspondence.models import Reach
from concilia.customers.models import Customer
from concilia.dunning.core.contact.cases import (
    Debt,
    Debtor,
    PlannedContact,
    TimeZoneMissing,
    zones_of,
)
from concilia.dunning.core.contact.deciding import Decision, RuleBook
from concilia.dunning.core.contact.packs import law_of
from concilia.dunning.core.contact.terms import (
    Channel,
    DebtorType,
    Disputed,
)
from concilia.dunning.core.contact.wishes import NO_WISHES, Wishes, flags_of
from concilia.dunning.queries.contacted import NO_CALL, past_contacts
from concilia.dunning.queries.dunnable import dunnable_items
from concilia.dunning.queries.story import motives_in_force
from concilia.dunning.queries.wishes import wishes_of
from concilia.kernel.holidays import CalendarUnknown, country_code

NO_CLOCK: Final = "NO-CLOCK.time_zone"  # nobody knows where the debtor's clock stands
LOOKS_BACK: Final = timedelta(days=40)


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    Whether a contact may be made now.

    :param rule: the first rule against it; `why`: its sentence in the language asked for
    :param earliest: when it would be allowed, if waiting helps
    """

    allowed: bool
    rule: str = ""
    why: str = ""
    earliest: datetime | None = None


def may_contact(
    *,
    customer: Customer,
    number: str,
    planned: PlannedContact,
    language: str = "en",
    but_not: int | None = None,
) -> Verdict:
    """
    Ask every rule about one contact: what they said, where they are, all contacts of late.

    :param number: the telephone number it goes to
    :param planned: without debts; they are looked up
    :param but_not: a call that is no past contact, for it is the one that is asked about
    """
    wishes = wishes_of([customer.pk]).get(customer.pk, NO_WISHES)
    try:
        zones = _zones(customer, wishes)
    except (TimeZoneMissing, CalendarUnknown) as trouble:
        return Verdict(allowed=False, rule=NO_CLOCK, why=str(trouble))
    debtor = _debtor(customer, number, zones, wishes)
    planned = _with_debts(planned, customer)
    since = planned.at - LOOKS_BACK
    past = past_contacts(customers=[customer.pk], since=since, but_not=but_not or NO_CALL)
    return _said(
        RuleBook(law_of(country_code(customer.country))).decide(
            planned, debtor, past.get(customer.pk, ())
        ),
        language,
    )


def _zones(customer: Customer, wishes: Wishes) -> tuple[ZoneInfo, ...]:
    """Whoever is in our own country is taken to live by our clock where it has several."""
    if wishes.zone:
        return (ZoneInfo(wishes.zone),)
    try:
        return zones_of(customer.country)
    except TimeZoneMissing:
        if customer.country == customer.entity.country:
            return (ZoneInfo(customer.entity.timezone),)
        raise


def _debtor(customer: Customer, number: str, zones: tuple[ZoneInfo, ...], wishes: Wishes) -> Debtor:
    """What they said by this number, and what is written down of them at the desk: the stricter."""
    known = {row.channel: row for row in Reach.objects.filter(
        entity=customer.entity_id, number=number
    )}  # fmt: skip
    agreed = {Channel(name) for name, row in known.items() if row.agreed_at or row.wrote_at}
    rows = motives_in_force(customers=[customer.pk])[customer.pk]
    whole = [row for row in rows if row.item_id is None]
    stopped = frozenset(Channel(name) for name, row in known.items() if row.opted_out_at)
    detailed = frozenset(Channel(name) for name, row in known.items() if row.agreed_at)
    return Debtor(
        type=DebtorType.COMPANY if customer.vat_number else DebtorType.CONSUMER,
        zones=zones,
        countries=frozenset({country_code(customer.country)}),
        opted_out=stopped | wishes.opted_out,
        consents=frozenset(agreed) | wishes.consents,
        details_agreed=detailed | wishes.details_agreed,
        recorded_agreed=bool("IVR" in known and known["IVR"].agreed_at),
        flags=flags_of(wishes, [(row.code, row.said_date, row.hold_until_date) for row in whole]),
    )


def _with_debts(planned: PlannedContact, customer: Customer) -> PlannedContact:
    today = today_of(customer.entity, planned.at)
    rows = dunnable_items(entity=customer.entity, customers=[customer.pk], today=today)
    debts = tuple(
        Debt(
            row.document_number,
            Disputed.PART if row.disputed else Disputed.NONE,
            row.due_date,
        )
        for row in rows
        if row.dunnable > 0
    )
    names = dict.fromkeys(debt.id for debt in debts)
    unique = tuple(next(debt for debt in debts if debt.id == name) for name in names)
    return PlannedContact(
        channel=planned.channel,
        at=planned.at,
        purpose=planned.purpose,
        debts=unique,
        content=planned.content,
        prerecorded=planned.prerecorded,
        voicemail=planned.voicemail,
        requested_on=planned.requested_on,
    )


def _said(decision: Decision, language: str) -> Verdict:
    if decision.allowed:
        return Verdict(allowed=True)
    against = decision.refusals[0]
    return Verdict(
        allowed=False,
        rule=against.rule.id,
        why=against.why(language),
        earliest=decision.earliest,
    )
