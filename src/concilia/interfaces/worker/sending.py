"""Letting a queued message leave through its channel."""

from __future__ import annotations

from datetime import datetime

from concilia.cases.queries.links import with_addresses
from concilia.correspondence.actions import record_bounce, record_failed, record_sent
from concilia.correspondence.models import Message
from concilia.correspondence.ports import CHANNELS, Channel, DeliveryFailed, OutboundMessage
from concilia.dunning.actions import check_leaving
from concilia.dunning.queries.accounts import with_account_address
from concilia.dunning.queries.surveys import with_survey
from concilia.foundation.locks import alone
from concilia.foundation.plugins import UnknownPlugin


def send_message(*, message_id: int, at: datetime) -> None:
    """
    This will hand a queued message to its channel once, and keep how that went.

    A worker killed between the carrier's receipt and ours sends it again, by the same Message-ID.
    """
    with alone(f"message:{message_id}") as is_ours:
        message = Message.objects.get(pk=message_id) if is_ours else None
        if message is None or message.state != Message.State.QUEUED:
            return
        if not check_leaving(message_id=message_id, at=at):
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


def give_up_sending(*, message_id: int, error: str, at: datetime) -> None:
    """This will show a message as failed after every attempt ended in an error of the program."""
    record_failed(message_id=message_id, error=error, permanent=True, at=at)


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
    )
