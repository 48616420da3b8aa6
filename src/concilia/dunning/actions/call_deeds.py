"""What the program does during a call: find who it is, take a promise, write down a reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.queries.calendars import clock_of
from concilia.cases.queries.office import today_of
from concilia.correspondence.actions import Outgoing, mark_reach, queue_message
from concilia.correspondence.core.figures import Language
from concilia.correspondence.core.policy import Purpose
from concilia.correspondence.models import Message
from concilia.correspondence.queries.texting import sends_texts
from concilia.customers.models import Contact, Customer
from concilia.dunning.actions.motives import NewMotive, keep_motive, recorded
from concilia.dunning.actions.promises import NewPromise, keep_promise, promised
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.actions.short_messages import ShortDraft, queue_short_message
from concilia.dunning.actions.voices import customers_voice
from concilia.dunning.core.calls.dates import choices_of
from concilia.dunning.core.calls.identity import TRIES_MAX, TRIES_OF_DAY_MAX
from concilia.dunning.core.calls.shipped import REASON_OF_KEY
from concilia.dunning.core.calls.speaking import language_of
from concilia.dunning.core.calls.terms import Deed
from concilia.dunning.core.contact.terms import Channel
from concilia.dunning.core.motives import Source
from concilia.dunning.core.short_words import short_text
from concilia.dunning.models import Call, CallBack, Promise
from concilia.dunning.queries.accounts import place_of_account, with_way_out
from concilia.dunning.queries.calls import owed_by, tries_of_day, who_proves
from concilia.dunning.queries.plan_drafts import NewPlan, draft_plan, policy_of
from concilia.foundation.audit import Act

DISPUTE: Final = "NR-11"
ONE_DAY: Final = 1
LEAST_ROWS: Final = 2


@dataclass(slots=True)
class Doing:
    """
    A deed as it is done: the call, what was keyed in, and what comes of it.

    :param acts: for the log; `keeps`: for later turns
    """

    call: Call
    kept: Mapping[str, str]
    at: datetime
    acts: list[Act] = field(default_factory=list)
    keeps: dict[str, str] = field(default_factory=dict)

    @property
    def customer(self) -> Customer:
        """Who has shown who they are."""
        assert self.call.identified_at is not None, "nobody has shown who they are"
        assert self.call.customer is not None, "who was identified is somebody"
        return self.call.customer

    def note(self, what: str, **values: str | int) -> None:
        """Keep for the customer's page that this was done."""
        self.call.did = [*self.call.did, {"what": what, **values}]


def do(deed: Deed, doing: Doing) -> str:
    """Do it inside the caller's transaction, and return what it came to (`terms.OUTCOMES`)."""
    return DEEDS[deed](doing)


def _identify(doing: Doing) -> str:
    """While it was tried too often nothing is compared: waiting is all that helps."""
    call = doing.call
    number, code = doing.kept.get("number", ""), doing.kept.get("code", "")
    doing.keeps |= {"number": "", "code": ""}  # what proves who somebody is, is not kept
    if tries_of_day(call=call, at=doing.at) >= TRIES_OF_DAY_MAX:
        return "too_often"
    call.tries += 1
    found = who_proves(call=call, number=number, code=code, at=doing.at)
    if found is not None:
        call.customer, call.identified_at = found, doing.at
        call.language = language_of(call.language, found.language)
        doing.note("identified")
        return "ok"
    return "too_often" if call.tries >= TRIES_MAX else "wrong"


def _send_link(doing: Doing) -> str:
    """The link to their page, where they see what is open and every way to settle it."""
    call, customer = doing.call, doing.customer
    language = language_of(call.language, customer.language)
    words = short_text("pay", language, company=customer.entity.name, link=place_of_account())
    ways = (
        (_pay_by_text, _pay_by_mail) if sends_texts(entity_id=call.entity_id) else (_pay_by_mail,)
    )
    for way in ways:
        message = way(doing, words, language)
        if message is not None and message.state != Message.State.WITHHELD:
            doing.note("link_sent", message=message.pk)
            return "sent"
        if message is not None:
            doing.note("link_withheld", rule=message.withheld_why)
    return "not_sent"


def _pay_by_text(doing: Doing, words: str, language: Language) -> Message | None:
    call, customer = doing.call, doing.customer
    if not call.number:
        return None
    draft = ShortDraft(
        key=f"call:{call.pk}:pay:{call.serial}",
        channel=Channel.SMS,
        number=call.number,
        body=f"{words} {short_text('no_more', language)}",
        language=language.value,
        requested_on=today_of(customer.entity, doing.at),
        template="pay_as_asked",
    )
    return queue_short_message(customer=customer, draft=draft, at=doing.at)


def _pay_by_mail(doing: Doing, words: str, language: Language) -> Message | None:
    """To whose number it is, else to the first who can be written to."""
    customer = doing.customer
    people = [doing.call.contact, *Contact.objects.filter(customer=customer).order_by("pk")]
    contact = next(
        (one for one in people if one and one.email and one.customer_id == customer.pk), None
    )
    if contact is None:
        return None
    outgoing = Outgoing(
        key=f"call:{doing.call.pk}:pay-mail:{doing.call.serial}",
        purpose=Purpose.ACKNOWLEDGE,
        to=contact.email,
        subject=customer.entity.name,
        body=with_way_out(words, customer=customer, language=language),
        language=language.value,
        author=None,
        template="pay_as_asked",
    )
    return queue_message(entity=customer.entity, customer=customer, outgoing=outgoing, at=doing.at)


def _offer_dates(doing: Doing) -> str:
    customer = doing.customer
    owed = [row for row in owed_by(customer=customer, at=doing.at) if row.dunnable > 0]
    days = choices_of(
        today_of(customer.entity, doing.at),
        clock_of(customer.entity).calendar,
        is_business=bool(customer.vat_number),
    )
    if not owed or not days:
        return "none"
    doing.keeps |= {f"day{key}": day.isoformat() for key, day in enumerate(days, start=1)}
    doing.keeps |= {"promised": str(owed[0].dunnable), "currency": owed[0].currency}
    return "dates"


def _promise(doing: Doing) -> str:
    """What was said back to them is what is written down: this amount, this day, their word."""
    kept, voice = doing.kept, customers_voice(doing.customer)
    day = kept.get(f"day{kept.get('date', '')}", "")
    if not day:
        return "refused"
    new = NewPromise(
        customer_id=doing.customer.pk,
        currency=kept["currency"],
        due_date=date.fromisoformat(day),
        amount_minor=int(kept["promised"]),
        channel=Promise.Channel.CALL,
    )
    try:
        with transaction.atomic():
            row = keep_promise(new=new, by=voice, at=doing.at)
    except CollectionRefused as refusal:
        doing.note("promise_refused", why=str(refusal)[:200])
        return "refused"
    doing.acts.append(promised(row))
    doing.note("promised", promise=row.pk)
    return "kept"


def _say_why(doing: Doing) -> str:
    code = REASON_OF_KEY[doing.kept["why"]]
    new = NewMotive(customer_id=doing.customer.pk, code=code, source=Source.CUSTOMER)
    row = keep_motive(new=new, by=customers_voice(doing.customer), at=doing.at)
    doing.acts.append(recorded(row))
    doing.note("said_why", code=code)
    if code != DISPUTE:
        return "noted"
    _want(doing, CallBack.Why.DISPUTE)
    return "disputed"


def _offer_plan(doing: Doing) -> str:
    """
    A machine agrees on no instalments: their page shows which are within policy, and there they
    agree, having read them. Whom no link reaches, or whose debt is beyond policy, a person calls.
    """
    if _is_within_policy(doing.customer, doing.at) and _send_link(doing) == "sent":
        return "sent"
    _want(doing, CallBack.Why.PLAN)
    return "asked"


def _is_within_policy(customer: Customer, at: datetime) -> bool:
    """Whether there is a plan that they could agree on by themselves: the shortest, tomorrow."""
    owed = next((row for row in owed_by(customer=customer, at=at) if row.dunnable > 0), None)
    if owed is None:
        return False
    policy, today = policy_of(customer.entity), today_of(customer.entity, at)
    new = NewPlan(
        customer_id=customer.pk,
        currency=owed.currency,
        first_date=today + timedelta(days=ONE_DAY),
        count=LEAST_ROWS,
        model=policy.model,
        rate_percent=policy.rate_percent,
    )
    try:
        draft = draft_plan(customer=customer, new=new, today=today)
    except CollectionRefused:
        return False
    return not draft.breaches


def _call_back(doing: Doing) -> str:
    if doing.call.customer_id is not None or doing.call.number:
        _want(doing, CallBack.Why.PERSON)
    return "asked"


def _opt_out(doing: Doing) -> str:
    mark_reach(
        entity_id=doing.call.entity_id,
        channel=Channel.IVR,
        number=doing.call.number,
        at=doing.at,
        what="opted_out",
    )
    doing.note("opted_out")
    return "done"


def _wrong_person(doing: Doing) -> str:
    """Nobody calls that number by machine again before somebody has looked whose it is."""
    mark_reach(
        entity_id=doing.call.entity_id,
        channel=Channel.IVR,
        number=doing.call.number,
        at=doing.at,
        what="dead",
        why=_("Somebody else answers at this number."),
    )
    _want(doing, CallBack.Why.WRONG_PERSON)
    return "noted"


def _want(doing: Doing, why: CallBack.Why) -> None:
    """Put a task on the list, once for each reason of a call."""
    call = doing.call
    entity = call.entity
    due = clock_of(entity).calendar.add_business_days(today_of(entity, doing.at), ONE_DAY)
    CallBack.objects.get_or_create(
        entity=entity,
        call=call,
        why=why,
        defaults={
            "customer": call.customer,
            "number": call.number,
            "wanted_at": doing.at,
            "due_date": due,
        },
    )
    doing.note("call_back", why=why.value)


DEEDS: Final[Mapping[Deed, Callable[[Doing], str]]] = {
    Deed.IDENTIFY: _identify,
    Deed.SEND_LINK: _send_link,
    Deed.OFFER_DATES: _offer_dates,
    Deed.PROMISE: _promise,
    Deed.OFFER_PLAN: _offer_plan,
    Deed.SAY_WHY: _say_why,
    Deed.CALL_BACK: _call_back,
    Deed.OPT_OUT: _opt_out,
    Deed.WRONG_PERSON: _wrong_person,
}
