"""
Calls and short messages by the REST API and webhooks of Twilio, which other carriers speak as well.

`POST …/Calls.json` and `…/Messages.json`; what the carrier posts to us is signed (`signing`), what
it is told to do in a call is its XML (`markup`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Self

from concilia.correspondence.ports import (
    CallReport,
    CallState,
    Fate,
    GatewaySetting,
    NotUnderstood,
    OutboundCall,
    Received,
    ShortMessage,
    TextReport,
    Turn,
)
from concilia.plugins.gateways.twilio.markup import CONTENT_TYPE, markup
from concilia.plugins.gateways.twilio.rest import DEAD_NUMBER, SETTINGS, Account
from concilia.plugins.gateways.twilio.signing import is_signed

RINGS_SECONDS: Final = 30
DIGITS_MAX: Final = 40
BODY_MAX: Final = 1600
CALL_STATES: Final[Mapping[str, CallState]] = {
    "queued": CallState.RINGING,
    "initiated": CallState.RINGING,
    "ringing": CallState.RINGING,
    "in-progress": CallState.ANSWERED,
    "completed": CallState.OVER,
    "busy": CallState.BUSY,
    "no-answer": CallState.NO_ANSWER,
    "canceled": CallState.NO_ANSWER,
    "failed": CallState.FAILED,
}
FATES: Final[Mapping[str, Fate]] = {
    "delivered": Fate.ARRIVED,
    "read": Fate.ARRIVED,
    "undelivered": Fate.LOST,
    "failed": Fate.LOST,
}
NO_PERSON: Final = frozenset(
    {"machine_start", "machine_end_beep", "machine_end_silence", "machine_end_other", "fax"}
)


@dataclass(frozen=True, slots=True)
class _OfAccount:
    account: Account

    name: ClassVar[str] = "twilio"
    label: ClassVar[str] = "Twilio"
    settings: ClassVar[Sequence[GatewaySetting]] = SETTINGS

    @classmethod
    def configured(cls, values: Mapping[str, object]) -> Self:
        """
        The gateway with these settings.

        :raises GatewayInvalid: if one is missing or none
        """
        return cls(Account.configured(values))

    def check(self) -> None:
        """
        Look the account up.

        :raises DeliveryFailed: if the carrier cannot be reached, or does not let us in
        """
        self.account.get(".json")

    def is_genuine(self, received: Received) -> bool:
        """Whether the carrier posted it."""
        return is_signed(self.account.token, received)


@dataclass(frozen=True, slots=True)
class TwilioVoice(_OfAccount):
    """Calls by an account."""

    def call(self, call: OutboundCall) -> str:
        """
        Have a number called; whether a machine takes it is known before anything is said.

        :raises DeliveryFailed: if the carrier does not
        """
        made = self.account.post(
            "/Calls.json",
            {
                "To": call.number,
                "From": self.account.number,
                "Url": call.turn_url,
                "Method": "POST",
                "StatusCallback": call.state_url,
                "StatusCallbackMethod": "POST",
                "MachineDetection": "Enable",
                "Timeout": str(RINGS_SECONDS),
            },
        )
        return str(made.get("sid", ""))

    def report_of(self, received: Received) -> CallReport:
        """
        What is told of a call.

        :raises NotUnderstood: if it makes no sense
        """
        fields = received.fields
        state = CALL_STATES.get(fields.get("CallStatus", ""))
        if state is None or not fields.get("CallSid"):
            raise NotUnderstood("This is no call.")
        taken_by = fields.get("AnsweredBy", "")
        return CallReport(
            reference=fields["CallSid"][:64],
            caller=fields.get("From", "")[:40],
            called=fields.get("To", "")[:40],
            state=state,
            digits=fields.get("Digits", "")[:DIGITS_MAX],
            is_machine=taken_by in NO_PERSON if taken_by else None,
            was_taken=fields.get("DialCallStatus") in {"completed", "answered"},
            seconds=_whole(fields.get("CallDuration", "")),
        )

    def answer(self, turn: Turn) -> tuple[bytes, str]:
        """A turn as the carrier reads it."""
        return markup(turn), CONTENT_TYPE


@dataclass(frozen=True, slots=True)
class TwilioTexts(_OfAccount):
    """Short messages by an account; who answers them is told to us."""

    def send(self, message: ShortMessage) -> str:
        """
        Hand one message over; the carrier parts what is long.

        :raises DeliveryFailed: if the carrier did not take it
        """
        fields = {
            "To": message.recipient,
            "From": self.account.number,
            "Body": message.body[:BODY_MAX],
        }
        if message.state_url:
            fields["StatusCallback"] = message.state_url
        return str(self.account.post("/Messages.json", fields).get("sid", ""))

    def fate_of(self, reference: str) -> tuple[Fate, str]:
        """
        What became of a message.

        :raises DeliveryFailed: if the carrier cannot be asked
        """
        found = self.account.get(f"/Messages/{reference}.json")
        fate = FATES.get(str(found.get("status")), Fate.ON_ITS_WAY)
        return fate, _why(str(found.get("error_code") or "")) if fate is Fate.LOST else ""

    def reports_of(self, received: Received) -> Sequence[TextReport]:
        """
        A message that came, or what became of one of ours.

        :raises NotUnderstood: if it makes no sense
        """
        fields = received.fields
        reference = fields.get("MessageSid") or fields.get("SmsSid") or ""
        state = fields.get("MessageStatus") or fields.get("SmsStatus") or ""
        if not reference or not (state or "Body" in fields):
            raise NotUnderstood("This is no short message.")
        if "Body" in fields and state in {"", "received", "receiving"}:
            return [
                TextReport(
                    reference=reference[:64],
                    other=fields.get("From", "")[:40],
                    body=fields["Body"][:BODY_MAX],
                    is_incoming=True,
                )
            ]
        fate, code = FATES.get(state, Fate.ON_ITS_WAY), fields.get("ErrorCode", "")[:20]
        return [
            TextReport(
                reference=reference[:64],
                other=fields.get("To", "")[:40],
                fate=fate,
                is_read=state == "read",
                code=code,
                error=_why(code) if fate is Fate.LOST else "",
                dead=fate is Fate.LOST and code.isdecimal() and int(code) in DEAD_NUMBER,
            )
        ]


def _why(code: str) -> str:
    if code.isdecimal() and int(code) in DEAD_NUMBER:
        return "The carrier cannot deliver it to this number."
    return f"The carrier did not deliver it (code {code or 'unknown'})."


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < len("1000000") else 0
