"""Notices that leave: what is due to a member as one mail or short message, and its delivery."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from concilia.cases.actions.deliveries import (
    NewDelivery,
    forget_old_deliveries,
    record_arrival,
    record_delivery,
    record_delivery_failed,
    write_delivery,
)
from concilia.cases.models import ActionLink, Notice, NoticeDelivery
from concilia.cases.queries.deliveries import Due, deliveries_due, due_notices, texts_under_way
from concilia.cases.queries.links import is_to_sign
from concilia.claims.models import Claim
from concilia.correspondence.actions import record_gateway_trouble
from concilia.correspondence.ports import (
    CHANNELS,
    DeliveryFailed,
    Fate,
    GatewayInvalid,
    OutboundMessage,
    ShortMessage,
)
from concilia.correspondence.queries.texting import gateway_of, sends_texts
from concilia.foundation.locks import alone
from concilia.interfaces.components.formats import base_language, format_full_date
from concilia.interfaces.components.notice_words import sentence_of
from concilia.interfaces.worker.notice_links import link_for, message_id_of, place_of, with_tokens

ONE: Final = 1
SMS: Final = NoticeDelivery.Channel.SMS
ASKED_FOR: Final = timedelta(days=3)


def write_notices(*, at: datetime) -> None:
    """This will put what is due to each member into one message by each channel."""
    texting: dict[int, bool] = {}
    for due in due_notices(at=at):
        entity_id = due.person.entity_id
        if due.channel == SMS and not texting.setdefault(
            entity_id, sends_texts(entity_id=entity_id)
        ):
            continue
        write_delivery(
            member=due.person,
            channel=due.channel,
            notices=[notice.pk for notice in due.notices],
            write=partial(_message, due, at),
            at=at,
        )


def send_notices(*, at: datetime) -> None:
    """
    This will hand what waits to its carrier, once, and keep how that went.

    A worker killed between the carrier's receipt and ours sends a mail again, by its Message-ID.
    """
    for key in deliveries_due(at=at):
        with alone(f"notice-delivery:{key}") as is_ours:
            row = NoticeDelivery.objects.select_related("entity").get(pk=key) if is_ours else None
            if row is not None and row.state == NoticeDelivery.State.QUEUED:
                _send(row, at)


def deliver_notices(*, at: datetime) -> None:
    """This will write what is due, and send what waits."""
    write_notices(at=at)
    send_notices(at=at)


def forget_old_notices(*, at: datetime) -> None:
    """This will forget messages to members that are long over."""
    forget_old_deliveries(at=at)


def ask_fates(*, at: datetime) -> None:
    """This will ask carriers what became of the short messages they took lately."""
    with alone("notice-fates") as is_ours:
        for row in texts_under_way(since=at - ASKED_FOR) if is_ours else ():
            try:
                fate, why = gateway_of(entity_id=row.entity_id).fate_of(row.reference)
            except (DeliveryFailed, GatewayInvalid) as trouble:
                record_gateway_trouble(entity_id=row.entity_id, error=str(trouble))
                continue
            if fate is not Fate.ON_ITS_WAY:
                arrived = fate is Fate.ARRIVED
                record_arrival(delivery_id=row.pk, arrived=arrived, error=why, at=at)


def _send(row: NoticeDelivery, at: datetime) -> None:
    try:
        reference = _sent_text(row) if row.channel == SMS else _sent_mail(row)
    except DeliveryFailed as failure:
        record_delivery_failed(
            delivery_id=row.pk, error=str(failure), permanent=failure.permanent, at=at
        )
    else:
        record_delivery(delivery_id=row.pk, reference=reference, at=at)


def _sent_mail(row: NoticeDelivery) -> str:
    return CHANNELS["email"]().send(_outbound(row))


def _sent_text(row: NoticeDelivery) -> str:
    try:
        gateway = gateway_of(entity_id=row.entity_id)
        reference = gateway.send(ShortMessage(recipient=row.recipient, body=row.body))
    except GatewayInvalid as error:
        record_gateway_trouble(entity_id=row.entity_id, error=str(error))
        raise DeliveryFailed(str(error), permanent=False) from error
    except DeliveryFailed as failure:
        if not failure.permanent:
            record_gateway_trouble(entity_id=row.entity_id, error=str(failure))
        raise
    record_gateway_trouble(entity_id=row.entity_id, error="")
    return reference


def _outbound(row: NoticeDelivery) -> OutboundMessage:
    return OutboundMessage(
        message_id=message_id_of(row),
        recipient=row.recipient,
        subject=row.subject,
        body=with_tokens(row),
        language=row.language,
        sender=row.entity.email,
        sender_name=f"Concilia · {row.entity.name}",
        is_automatic=True,
    )


def _message(due: Due, at: datetime) -> NewDelivery:
    user, entity = due.person.user, due.person.entity
    with translation.override(user.language), timezone.override(ZoneInfo(entity.timezone)):
        sentences = [sentence_of(notice) for notice in due.notices]
        subject = _subject(sentences)
        body = subject if due.channel == SMS else _letter(due, sentences, at)
    return NewDelivery(
        recipient=due.address,
        subject="" if due.channel == SMS else subject,
        body=body,
        language=user.language,
    )


def _subject(sentences: Sequence[str]) -> str:
    """The only thing there is to say, or the first and how many more."""
    more = len(sentences) - ONE
    if not more:
        return sentences[0]
    others = ngettext("and %(n)s more", "and %(n)s more", more) % {"n": more}
    return f"{sentences[0]} {others}"


def _letter(due: Due, sentences: Sequence[str], at: datetime) -> str:
    claims = _claims(due.notices)
    links: dict[int, ActionLink] = {}
    lines = [_("Hello %(name)s,") % {"name": due.person.user.name}, ""]
    for notice, sentence in zip(due.notices, sentences, strict=True):
        lines.append(f"• {sentence}")
        link = link_for(notice, due.person, at)
        if link is not None and link.pk not in links:
            links[link.pk] = link
            lines += [f"  {_invitation(link)}", f"  {place_of(link)}"]
        if notice.case_id in claims:
            lines.append(f"  {settings.BASE_URL}/claims/{claims[notice.case_id]}/")
    lines += _about_links(list(links.values()))
    own = f"{settings.BASE_URL}/notices/"
    lines += ["", _("What you hear of, and how, you choose here: %(where)s") % {"where": own}]
    return "\n".join(lines)


def _invitation(link: ActionLink) -> str:
    if is_to_sign(link):
        return _("Look at it and decide here, without logging in:")
    return _("Answer here, from the phone too, without logging in:")


def _about_links(links: Sequence[ActionLink]) -> list[str]:
    """For how long links are good, and whether a reply does as well: it must be clear to what."""
    if not links:
        return []
    until = min(timezone.localtime(link.expires_at) for link in links)
    day = format_full_date(until.date(), base_language(get_language() or "en"))
    said = ngettext(
        "The link is for you alone and works once, until %(until)s.",
        "The links are for you alone and work once each, until %(until)s.",
        len(links),
    )
    lines = ["", said % {"until": day}]
    if len(links) == ONE and not is_to_sign(links[0]):
        lines.append(_("You can also answer by replying to this e-mail."))
    return lines


def _claims(notices: Sequence[Notice]) -> dict[int | None, int]:
    cases = {notice.case_id for notice in notices if notice.case_id}
    return dict(Claim.objects.filter(case__in=cases).values_list("case", "pk"))
