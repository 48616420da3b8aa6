"""What a way to reach a customer must do for us, and the values that cross the border."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol, runtime_checkable

from concilia.foundation.plugins import Registry


class DeliveryFailed(Exception):
    """
    The message did not go out; the text is one sentence for a person.

    :param permanent: trying the same again cannot help
    :param bad_address: the carrier says that nobody can be reached at the recipient's address
    """

    def __init__(self, message: str, *, permanent: bool, bad_address: bool = False) -> None:
        super().__init__(message)
        self.permanent = permanent
        self.bad_address = bad_address


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundMessage:
    """
    All a channel may know. Channels never see a model, so they cannot misuse one.

    :param message_id: names the message for ever, `<…@…>`; the same one again is the same message,
        and a carrier that can tell delivers it once
    :param in_reply_to: the `message_id` of what it answers; empty for a first word
    :param sender: the address answers come back to; empty for the installation's own
    :param is_automatic: no person wrote it, so no machine shall answer it (RFC 3834)
    """

    message_id: str
    recipient: str
    subject: str
    body: str
    language: str = "en"
    sender: str = ""
    sender_name: str = ""
    in_reply_to: str = ""
    is_automatic: bool = False


@runtime_checkable
class Channel(Protocol):
    """One way to reach a customer."""

    name: ClassVar[str]
    label: ClassVar[str]
    body_chars_max: ClassVar[int]

    def send(self, message: OutboundMessage) -> str:
        """
        Hand the message to the carrier and return the carrier's reference.

        :raises DeliveryFailed: if the carrier did not take it
        """
        ...


CHANNELS: Registry[Channel] = Registry("concilia.channels")
