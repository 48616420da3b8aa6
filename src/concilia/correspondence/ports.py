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
    :param way_out: the address at which its recipient's program may refuse further ones by itself
        (RFC 8058); empty: nowhere
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
    way_out: str = ""


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
    :param state_url: where a carrier that tells what became of it may post that; empty: it is asked
    """

    recipient: str
    body: str
    state_url: str = ""


class Fate(StrEnum):
    """What a carrier knows of a message it took."""

    ON_ITS_WAY = "on-its-way"
    ARRIVED = "arrived"
    LOST = "lost"


class SetUpGateway(Protocol):
    """What an administrator sets up to reach people by: its fields, and whether it lets us in."""

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
        Ask whether it lets us in.

        :raises DeliveryFailed: if it cannot be reached, or does not
        """
        ...


@runtime_checkable
class TextGateway(SetUpGateway, Protocol):
    """One way to send short messages."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """
    What a carrier posts to one of our addresses, as it came.

    :param url: the whole public address, as the carrier knows it
    :param fields: of a form; empty for other bodies
    :param headers: by their names in small letters
    """

    url: str
    headers: Mapping[str, str]
    fields: Mapping[str, str]
    body: bytes = b""


class NotUnderstood(Exception):
    """What a carrier posted makes no sense to us; the message is one sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextReport:
    """
    What a carrier tells of a short message: one that came (`body`), or one of ours (`fate`).

    :param reference: the carrier's own
    :param other: the number of the person: who wrote, or to whom we did
    :param code: the carrier's, of what went wrong
    :param dead: nobody can be reached at that number
    """

    reference: str
    other: str
    body: str = ""
    is_incoming: bool = False
    fate: Fate = Fate.ON_ITS_WAY
    is_read: bool = False
    code: str = ""
    error: str = ""
    dead: bool = False


@runtime_checkable
class AnsweringGateway(Protocol):
    """A way to send short messages whose carrier tells us what becomes of them and who answers."""

    def is_genuine(self, received: Received) -> bool:
        """Whether it comes from the carrier: signed with what only both of us know."""
        ...

    def reports_of(self, received: Received) -> Sequence[TextReport]:
        """
        What it says.

        :raises NotUnderstood: if it makes no sense
        """
        ...


class CallState(StrEnum):
    """What became of a call, as far as the carrier knows."""

    RINGING = "RINGING"
    ANSWERED = "ANSWERED"
    OVER = "OVER"
    BUSY = "BUSY"
    NO_ANSWER = "NO_ANSWER"
    FAILED = "FAILED"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboundCall:
    """
    A call about to be made.

    :param number: in international form, `+39…`
    :param turn_url: where the carrier asks what to say; `state_url`: where it tells how it went
    """

    number: str
    turn_url: str
    state_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallReport:
    """
    What a carrier tells of a call.

    :param reference: the carrier's own
    :param digits: what was pressed since it was asked for
    :param is_machine: no person took it, but a machine; None where that is not known
    :param was_taken: whom it was put through to took it
    """

    reference: str
    caller: str
    called: str
    state: CallState
    digits: str = ""
    is_machine: bool | None = None
    was_taken: bool = False
    seconds: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """
    What is said next, and what then.

    :param next_url: where what was pressed is sent; empty: the call ends after the words
    :param digits: how many keys at most are waited for; 0: none
    :param hand_to: the number of a person who takes over; `next_url` is asked when they do not
    """

    says: Sequence[str]
    language: str
    next_url: str = ""
    digits: int = 0
    hand_to: str = ""


@runtime_checkable
class VoiceGateway(SetUpGateway, Protocol):
    """One way to make and take calls."""

    def call(self, call: OutboundCall) -> str:
        """
        Have a number called and return the carrier's reference.

        :raises DeliveryFailed: if the carrier does not
        """
        ...

    def is_genuine(self, received: Received) -> bool:
        """Whether it comes from the carrier: signed with what only both of us know."""
        ...

    def report_of(self, received: Received) -> CallReport:
        """
        What it says.

        :raises NotUnderstood: if it makes no sense
        """
        ...

    def answer(self, turn: Turn) -> tuple[bytes, str]:
        """What the carrier is told to do, with its content type."""
        ...


VOICES: Registry[VoiceGateway] = Registry("concilia.voices")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatMessage:
    """
    A message of a messaging service about to leave.

    :param number: in international form, `+39…`
    :param template: the name under which the service knows and has approved its words; outside the
        24 hours after somebody wrote to us nothing else is let through
    :param values: what stands in the places of the template, in their order
    """

    number: str
    body: str = ""
    template: str = ""
    language: str = "en"
    values: Sequence[str] = ()


@runtime_checkable
class ChatGateway(SetUpGateway, AnsweringGateway, Protocol):
    """One messaging service."""

    def send(self, message: ChatMessage) -> str:
        """
        Hand one message over and return the service's reference.

        :raises DeliveryFailed: if it did not take it
        """
        ...

    def answer_challenge(self, asked: Mapping[str, str]) -> str | None:
        """What proves to the service that an address is ours; None to whoever else asks."""
        ...


CHATS: Registry[ChatGateway] = Registry("concilia.chats")
