"""Letting a queued message leave through its channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings

from concilia.cases.queries.links import with_addresses
from concilia.correspondence.actions import (
    let_go,
    record_bounce,
    record_failed,
    record_handed_over,
    record_sent,
    take_in_hand,
)
from concilia.correspondence.models import Message
from concilia.correspondence.ports import (
    CHANNELS,
    Channel,
    ChatMessage,
    DeliveryFailed,
    Fate,
    GatewayInvalid,
    OutboundMessage,
    ShortMessage,
    TextReport,
)
from concilia.correspondence.queries.lines import chat_of_entity, deliveries_to_ask, reach_of
from concilia.correspondence.queries.texting import gateway_of
from concilia.dunning.actions import check_leaving, hear_reports, lose_message
from concilia.dunning.queries.accounts import way_out_of, with_account_address
from concilia.dunning.queries.surveys import with_survey
from concilia.foundation.locks import alone
from concilia.foundation.plugins import UnknownPlugin

ASKED_FOR: Final = timedelta(days=3)
NOBODY_KNOWS: Final = "Nobody knows whether the carrier took it; it is not sent twice."
ANSWERED_WITHIN: Final = timedelta(hours=24)


def send_message(*, message_id: int, at: datetime) -> None:
    """
    This will hand a queued message to its channel once, and keep how that went.

    A worker killed between the mail server's receipt and ours sends it again, by the same
    Message-ID.
    """
    with alone(f"message:{message_id}") as is_ours:
        message = Message.objects.get(pk=message_id) if is_ours else None
        if message is None or message.state != Message.State.QUEUED:
            return
        if not check_leaving(message_id=message_id, at=at):
            return
        if message.channel in CARRIED:
            _carry(message, at)
            return
        try:
            _send(CHANNELS[message.channel](), message, at)
        except UnknownPlugin:
            error = f"There is no channel “{message.channel}” here any more."
            record_failed(message_id=message_id, error=error, permanent=True, at=at)
        except DeliveryFailed as failure:
            _keep_failure(message, failure, at)
        else:
            record_sent(message_id=message_id, at=at)


def ask_message_fates(*, at: datetime) -> None:
    """This will ask carriers that tell nothing by themselves what became of short messages."""
    with alone("message-fates") as is_ours:
        for row in deliveries_to_ask(since=at - ASKED_FOR) if is_ours else ():
            try:
                fate, why = gateway_of(entity_id=row.entity_id).fate_of(row.reference)
            except (DeliveryFailed, GatewayInvalid):
                continue
            if fate is Fate.ON_ITS_WAY:
                continue
            report = TextReport(
                reference=row.reference, other="", fate=fate, error=why, dead=fate is Fate.LOST
            )
            hear_reports(entity=row.entity, channel="sms", reports=[report], at=at)


def give_up_sending(*, message_id: int, error: str, at: datetime) -> None:
    """This will show a message as failed after every attempt ended in an error of the program."""
    record_failed(message_id=message_id, error=error, permanent=True, at=at)


def _carry(message: Message, at: datetime) -> None:
    """
    By the gateway of the company: a short message, or one of a messaging service.

    One whose worker was killed while the carrier was asked is not sent again.
    """
    if not take_in_hand(message_id=message.pk, at=at):
        record_failed(message_id=message.pk, error=NOBODY_KNOWS, permanent=True, at=at)
        return
    body = with_account_address(message=message, body=message.body, at=at)
    try:
        reference = CARRIED[message.channel](message, body)
    except GatewayInvalid as error:
        let_go(message_id=message.pk)
        record_failed(message_id=message.pk, error=str(error), permanent=False, at=at)
    except DeliveryFailed as failure:
        let_go(message_id=message.pk)
        record_failed(message_id=message.pk, error=str(failure), permanent=failure.permanent, at=at)
        if failure.bad_address:
            lose_message(message_id=message.pk, why=str(failure), at=at)
    else:
        record_handed_over(message_id=message.pk, reference=reference, at=at)


def _text(message: Message, body: str) -> str:
    return gateway_of(entity_id=message.entity_id).send(
        ShortMessage(
            recipient=message.recipient,
            body=body,
            state_url=f"{settings.BASE_URL}/texts/{message.entity.code}",
        )
    )


def _chat(message: Message, body: str) -> str:
    """Whoever wrote within the day is answered in words, everybody else by a template."""
    known = reach_of(entity_id=message.entity_id, number=message.recipient).get("WHATSAPP")
    wrote_at = known.wrote_at if known else None
    is_open = wrote_at is not None and message.written_at - wrote_at < ANSWERED_WITHIN
    return chat_of_entity(entity_id=message.entity_id).send(
        ChatMessage(
            number=message.recipient,
            body=body,
            template="" if is_open else message.template,
            language=message.language,
            values=() if is_open else (body,),
        )
    )


CARRIED: Final[Mapping[str, Callable[[Message, str], str]]] = {"sms": _text, "whatsapp": _chat}


def _send(channel: Channel, message: Message, at: datetime) -> None:
    if len(message.body) > channel.body_chars_max:
        size = f"{len(message.body)} characters"
        raise DeliveryFailed(f"This is too long for {channel.label}: {size}.", permanent=True)
    channel.send(_outbound(message, at))


def _keep_failure(message: Message, failure: DeliveryFailed, at: datetime) -> None:
    record_failed(message_id=message.pk, error=str(failure), permanent=failure.permanent, at=at)
    if failure.bad_address:
        record_bounce(message_id=message.pk, error=str(failure), at=at)


def _outbound(message: Message, at: datetime) -> OutboundMessage:
    body = with_addresses(message_id=message.pk, body=message.body)
    return OutboundMessage(
        message_id=message.message_id,
        recipient=message.recipient,
        subject=message.subject,
        body=with_survey(
            message_id=message.pk, body=with_account_address(message=message, body=body, at=at)
        ),
        language=message.language,
        sender=message.sender,
        sender_name=message.sender_name,
        in_reply_to=message.in_reply_to,
        is_automatic=message.author_id is None,
        way_out=way_out_of(message=message, at=at),
    )
