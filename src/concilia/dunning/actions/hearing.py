"""What carriers tell of short messages: who answers what, and what became of ours (§3.5, §4.5)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from typing import Final

from django.db import transaction

from concilia.cases.queries.calendars import clock_of
from concilia.cases.queries.office import today_of
from concilia.correspondence.actions import keep_fate, mark_reach
from concilia.correspondence.core.numbers import NUMBER
from concilia.correspondence.models import Message
from concilia.correspondence.ports import TextReport
from concilia.correspondence.queries.lines import reach_of
from concilia.customers.models import Contact, Customer
from concilia.dunning.actions.motives import NewMotive, keep_motive, recorded
from concilia.dunning.actions.promises import NewPromise, keep_promise, promised
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.actions.short_messages import ShortDraft, confirm_opt_out
from concilia.dunning.actions.switching import switch_way
from concilia.dunning.actions.voices import customers_voice
from concilia.dunning.core.calls.speaking import language_of
from concilia.dunning.core.contact.terms import Channel
from concilia.dunning.core.courses import ALREADY_PAID
from concilia.dunning.core.motives import Source
from concilia.dunning.core.short_words import Answer, Meaning, meaning_of, short_text
from concilia.dunning.models import CallBack, Promise
from concilia.dunning.queries.calls import contacts_with
from concilia.foundation import audit
from concilia.foundation.audit import SYSTEM, Act, Actor
from concilia.identity.models import Entity
from concilia.intake.actions import Incoming, keep_arrival
from concilia.intake.models import Arrival

CHANNEL_OF: Final = {"sms": Channel.SMS, "whatsapp": Channel.WHATSAPP}
ARRIVES_BY: Final = {"sms": Arrival.Channel.TEXT, "whatsapp": Arrival.Channel.CHAT}
# What is understood without a person and answered with a word.
REPLIES: Final = {Meaning.STOP: "stopped", Meaning.PAID: "paid", Meaning.HELP: "help"}


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that came: from whom, as far as the number says, and what it means."""

    entity: Entity
    channel: str
    report: TextReport
    contact: Contact | None
    answer: Answer

    @property
    def customer(self) -> Customer | None:
        """Whose number it is; None where several customers have it, or none."""
        return self.contact.customer if self.contact else None


@transaction.atomic(durable=True)
def hear_reports(
    *, entity: Entity, channel: str, reports: Sequence[TextReport], at: datetime
) -> None:
    """
    Take what a carrier tells: STOP counts at once, a lost message goes another way.

    What was told before changes nothing; what is not plain goes to the inbox, read as any answer.

    :param channel: of `Message`: `sms` or `whatsapp`
    """
    for report in reports:
        if report.is_incoming:
            _hear(_heard(entity, channel, report, at), at)
            continue
        lost = keep_fate(entity_id=entity.pk, report=report, at=at)
        if lost is not None:
            switch_way(message=lost.message, why=lost.error, is_dead=report.dead, at=at)


def _heard(entity: Entity, channel: str, report: TextReport, at: datetime) -> Heard:
    people = contacts_with(entity=entity, number=report.other)
    whose = {one.customer_id for one in people}
    contact = people[0] if len(whose) == 1 else None
    today = today_of(entity, at)
    answer = meaning_of(report.body, today, month_first=entity.country == "US")
    return Heard(entity, channel, report, contact, answer)


def _hear(heard: Heard, at: datetime) -> None:
    entity, report = heard.entity, heard.report
    key = f"{heard.channel}:{report.reference}"[:120]
    if Message.objects.filter(entity=entity, message_id=_message_id(heard)).exists():
        return
    channel, number = CHANNEL_OF[heard.channel], report.other
    if NUMBER.fullmatch(number):
        mark_reach(entity_id=entity.pk, channel=channel, number=number, at=at, what="wrote")
    meaning = heard.answer.meaning
    if meaning is Meaning.STOP:
        _stop(heard, channel, at)
    elif meaning is Meaning.START:
        mark_reach(entity_id=entity.pk, channel=channel, number=number, at=at, what="agreed")
    is_plain = meaning in {Meaning.STOP, Meaning.START} or _act(heard, at)
    if is_plain and len(report.body.split()) == 1:
        _keep(heard, key, at)
    else:  # whoever says more than a word is read by people, too
        _to_inbox(heard, at)


def _stop(heard: Heard, channel: Channel, at: datetime) -> None:
    """At once, by the number alone; said back once."""
    number = heard.report.other
    known = reach_of(entity_id=heard.entity.pk, number=number).get(channel)
    was_out = known is not None and known.opted_out_at is not None
    mark_reach(entity_id=heard.entity.pk, channel=channel, number=number, at=at, what="opted_out")
    if was_out:
        return
    _reply(heard, channel, "stopped", at)
    data = {"channel": channel.value, "number": number}
    subject = ("customer", heard.customer.pk) if heard.customer else ("entity", heard.entity.pk)
    act = Act("reach.opted_out", *subject, data)
    audit.log(entity_id=heard.entity.pk, actor=SYSTEM, at=at, acts=[act])


def _act(heard: Heard, at: datetime) -> bool:
    """Do what is plain; False leaves it to people."""
    customer, meaning = heard.customer, heard.answer.meaning
    if customer is None or meaning is Meaning.OTHER:
        return False
    act: Act | None
    if meaning is Meaning.PAID:
        act = _paid(customer, at)
    elif meaning is Meaning.HELP:
        act = _wants_person(heard, customer, at)
    else:
        act = _promises(heard, customer, at)
    if act is None:
        return False
    if meaning in REPLIES:
        _reply(heard, CHANNEL_OF[heard.channel], REPLIES[meaning], at)
    actor = Actor("customer", customer.name, customer.pk)
    audit.log(entity_id=heard.entity.pk, actor=actor, at=at, acts=[act])
    return True


def _paid(customer: Customer, at: datetime) -> Act:
    new = NewMotive(customer_id=customer.pk, code=ALREADY_PAID, source=Source.CUSTOMER)
    return recorded(keep_motive(new=new, by=customers_voice(customer), at=at))


def _wants_person(heard: Heard, customer: Customer, at: datetime) -> Act:
    entity = heard.entity
    due = clock_of(entity).calendar.add_business_days(today_of(entity, at), 1)
    row = CallBack.objects.create(
        entity=entity,
        customer=customer,
        number=heard.report.other[:40],
        why=CallBack.Why.PERSON,
        wanted_at=at,
        due_date=due,
    )
    return Act("call.wanted", "customer", customer.pk, {"call_back": row.pk})


def _promises(heard: Heard, customer: Customer, at: datetime) -> Act | None:
    """A day alone promises all that is due; what the rules refuse is for people."""
    assert heard.answer.day is not None, "a day was named"
    new = NewPromise(
        customer_id=customer.pk,
        currency=customer.currency,
        due_date=heard.answer.day,
        channel=Promise.Channel.CALL,
        note=heard.report.body[:200],
    )
    try:
        with transaction.atomic():
            return promised(keep_promise(new=new, by=customers_voice(customer), at=at))
    except CollectionRefused:
        return None


def _reply(heard: Heard, channel: Channel, key: str, at: datetime) -> None:
    customer = heard.customer
    if customer is None or not NUMBER.fullmatch(heard.report.other):
        return
    spoken = (heard.contact.language if heard.contact else "", customer.language)
    language = language_of(*spoken)
    draft = ShortDraft(
        key=f"{heard.channel}:re:{heard.report.reference}"[:120],
        channel=channel,
        number=heard.report.other,
        body=short_text(key, language, company=heard.entity.name),
        language=language.value,
        template=f"short_{key}",
        in_reply_to=_message_id(heard),
    )
    confirm_opt_out(customer=customer, draft=draft, at=at)


def _keep(heard: Heard, key: str, at: datetime) -> None:
    """What was understood is shown in the conversation, and waits for nobody."""
    Message.objects.get_or_create(entity=heard.entity, key=key, defaults=_fields(heard, at))


def _to_inbox(heard: Heard, at: datetime) -> None:
    """As a mail of whoever has the number, so that it is read, and answered, like any other."""
    incoming = Incoming(
        channel=ARRIVES_BY[heard.channel],
        filename=f"{heard.channel}-{heard.report.other.removeprefix('+')}.eml",
        content=_as_mail(heard),
        source=heard.report.other[:255],
    )
    arrival = keep_arrival(entity_id=heard.entity.pk, incoming=incoming, at=at)
    Message.objects.get_or_create(
        entity=heard.entity, key=f"arrival:{arrival.pk}", defaults=_fields(heard, at)
    )


def _fields(heard: Heard, at: datetime) -> dict[str, object]:
    return {
        "customer": heard.customer,
        "lane": Message.Lane.IN,
        "channel": heard.channel,
        "state": Message.State.RECEIVED,
        "sender": heard.report.other[:254],
        "sender_name": (heard.contact.name if heard.contact else "")[:160],
        "body": heard.report.body,
        "language": heard.customer.language if heard.customer else "",
        "message_id": _message_id(heard),
        "written_at": at,
        "sent_at": at,
    }


def _message_id(heard: Heard) -> str:
    plain = "".join(each for each in heard.report.reference if each.isalnum() or each in "._-=")
    return f"<{plain}@{heard.channel}.invalid>"[:255]


def _as_mail(heard: Heard) -> bytes:
    number, contact = heard.report.other, heard.contact
    mail = EmailMessage(policy=SMTP)
    mail["From"] = (contact.email if contact else "") or f"{number.removeprefix('+')}@sms.invalid"
    mail["To"] = heard.entity.email or "us@sms.invalid"
    whose = f" – {contact.customer.number} {contact.customer.name}" if contact else ""
    mail["Subject"] = f"{heard.channel.upper()} {number}{whose}".replace("\r", "").replace("\n", "")
    mail["Message-ID"] = _message_id(heard)
    mail.set_content(heard.report.body or "–")
    return mail.as_bytes()
