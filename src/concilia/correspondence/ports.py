"""What a way to reach a customer must do for us, and the values that cross the border."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Protocol, Self, runtime_checkable

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


class GatewayInvalid(ValueError):
    """A gateway cannot work with these settings; the message says which and why."""


@dataclass(frozen=True, slots=True)
class GatewaySetting:
    """One value a gateway wants from the person who sets it up."""

    name: str
    label: str
    required: bool = True
    secret: bool = False
    default: str = ""
    help_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortMessage:
    """
    A short message about to leave.

    :param recipient: a mobile number in international form, `+39…`
    """

    recipient: str
    body: str


class Fate(StrEnum):
    """What a carrier knows of a message it took."""

    ON_ITS_WAY = "on-its-way"
    ARRIVED = "arrived"
    LOST = "lost"


@runtime_checkable
class TextGateway(Protocol):
    """One way to send short messages."""

    name: ClassVar[str]
    label: ClassVar[str]
    settings: ClassVar[Sequence[GatewaySetting]]

    @classmethod
    def configured(cls, values: Mapping[str, object]) -> Self:
        """
        The gateway with these settings.

        :raises GatewayInvalid: if it cannot work with them
        """
        ...

    def check(self) -> None:
        """
        Log in and out again.

        :raises DeliveryFailed: if the gateway cannot be reached, or does not let us in
        """
        ...

    def send(self, message: ShortMessage) -> str:
        """
        Hand one message over and return the carrier's reference.

        :raises DeliveryFailed: if the carrier did not take it
        """
        ...

    def fate_of(self, reference: str) -> tuple[Fate, str]:
        """
        What became of a message, and where it is lost why, in a sentence.

        :raises DeliveryFailed: if the gateway cannot be asked
        """
        ...


GATEWAYS: Registry[TextGateway] = Registry("concilia.gateways")
