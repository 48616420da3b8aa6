"""Short messages by SMPP 3.4, which nearly every SMS provider speaks."""

from __future__ import annotations

import logging
import socket
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Self

from smpplib import consts, gsm
from smpplib.client import Client
from smpplib.exceptions import ConnectionError as GatewayGone
from smpplib.exceptions import PDUError

from concilia.correspondence.ports import (
    DeliveryFailed,
    Fate,
    GatewayInvalid,
    GatewaySetting,
    ShortMessage,
)

TIMEOUT_SECONDS: Final = 10
PORT_MAX: Final = 65_535
SENDER_MAX: Final = 11
BODY_MAX: Final = 600
BASIC_PLANE_MAX: Final = 0xFFFF
GSM_LETTERS_SURE: Final = 80  # as many fit into one part even if each takes two places
EXTENDED: Final = frozenset("^{}\\[~]|€")
# The library writes whole packets to its log, the password with them.
logging.getLogger("concilia.smpp").setLevel(logging.CRITICAL)

NO_SUCH_NUMBER: Final = frozenset({consts.SMPP_ESME_RINVDSTADR, consts.SMPP_ESME_RINVDSTTON})
REFUSED_FOR_GOOD: Final = NO_SUCH_NUMBER | {
    consts.SMPP_ESME_RINVMSGLEN,
    consts.SMPP_ESME_RINVSRCADR,
    consts.SMPP_ESME_RSUBMITFAIL,
}
NOT_LET_IN: Final = frozenset(
    {consts.SMPP_ESME_RBINDFAIL, consts.SMPP_ESME_RINVPASWD, consts.SMPP_ESME_RINVSYSID}
)
DELIVERED: Final = 2
LOST: Final[Mapping[int, str]] = {
    3: "It was not delivered in time.",
    4: "The carrier deleted it.",
    5: "The carrier cannot deliver it to this number.",
    8: "The carrier refused it.",
}


@dataclass(frozen=True, slots=True)
class SmppGateway:
    """One log-in for each message: a few a day do not need a standing line."""

    host: str
    port: int
    system_id: str
    password: str
    sender: str
    is_encrypted: bool

    name: ClassVar[str] = "smpp"
    label: ClassVar[str] = "SMPP 3.4"
    settings: ClassVar[Sequence[GatewaySetting]] = (
        GatewaySetting("host", "Server"),
        GatewaySetting("port", "Port", default="2775"),
        GatewaySetting("tls", "Encryption (TLS)", default="yes", help_text="yes or no"),
        GatewaySetting("system_id", "System ID"),
        GatewaySetting("password", "Password", secret=True),
        GatewaySetting(
            "sender",
            "Sender",
            help_text="At most 11 letters and digits, or a number with its country.",
        ),
    )

    @classmethod
    def configured(cls, values: Mapping[str, object]) -> Self:
        """
        The gateway with these settings.

        :raises GatewayInvalid: if one is missing or none
        """
        given = {one.name: str(values.get(one.name) or one.default).strip() for one in cls.settings}
        missing = next((one for one in cls.settings if not given[one.name]), None)
        if missing is not None:
            raise GatewayInvalid(f"{missing.label} is missing.")
        port, tls, sender = given["port"], given["tls"].lower(), given["sender"]
        if not (port.isascii() and port.isdecimal() and 0 < int(port) <= PORT_MAX):
            raise GatewayInvalid("The port is a number up to 65535.")
        if tls not in {"yes", "no"}:
            raise GatewayInvalid("Encryption is yes or no.")
        is_number = sender.startswith("+") and sender[1:].isdecimal()
        if not is_number and not (sender.isascii() and len(sender) <= SENDER_MAX):
            raise GatewayInvalid("The sender has at most 11 letters and digits, or is a number.")
        return cls(
            given["host"], int(port), given["system_id"], given["password"], sender, tls == "yes"
        )

    def check(self) -> None:
        """
        Log in and out again.

        :raises DeliveryFailed: if the gateway cannot be reached, or does not let us in
        """
        with self._line():
            pass

    def send(self, message: ShortMessage) -> str:
        """
        Hand one message over, in parts where it is long; returns the carrier's reference.

        :raises DeliveryFailed: if the carrier did not take it
        """
        parts, coding, esm_class = _parts(message.body)
        with self._line() as line:
            answers = [
                _asked(
                    line,
                    line.send_message(
                        **self._from(),
                        dest_addr_ton=consts.SMPP_TON_INTL,
                        dest_addr_npi=consts.SMPP_NPI_ISDN,
                        destination_addr=message.recipient.removeprefix("+"),
                        short_message=part,
                        data_coding=coding,
                        esm_class=esm_class,
                        registered_delivery=True,
                    ),
                )
                for part in parts
            ]
        # The last part arrives last: what becomes of it, becomes of the message.
        return _text(answers[-1].message_id)

    def fate_of(self, reference: str) -> tuple[Fate, str]:
        """
        What became of a message, and where it is lost why.

        :raises DeliveryFailed: if the gateway cannot be asked
        """
        with self._line() as line:
            answer = _asked(line, line.query_message(message_id=reference, **self._from()))
        state = int(answer.message_state or 0)
        if state == DELIVERED:
            return Fate.ARRIVED, ""
        return (Fate.LOST, LOST[state]) if state in LOST else (Fate.ON_ITS_WAY, "")

    def _from(self) -> dict[str, Any]:
        is_number = self.sender.startswith("+")
        return {
            "source_addr_ton": consts.SMPP_TON_INTL if is_number else consts.SMPP_TON_ALNUM,
            "source_addr_npi": consts.SMPP_NPI_ISDN if is_number else consts.SMPP_NPI_UNK,
            "source_addr": self.sender.removeprefix("+"),
        }

    @contextmanager
    def _line(self) -> Iterator[Client]:
        """A line on which we are logged in; whatever goes wrong on it is said in a sentence."""
        line = self._client()
        try:
            line.connect()
            line.bind_transceiver(system_id=self.system_id, password=self.password)
            yield line
            line.unbind()
        except PDUError as error:
            raise _refusal(error) from error
        except (GatewayGone, OSError, ValueError) as error:
            raise DeliveryFailed(
                f"The SMS gateway {self.host}:{self.port} does not answer.", permanent=False
            ) from error
        finally:
            line.disconnect()

    def _client(self) -> Client:
        context = ssl.create_default_context() if self.is_encrypted else None
        client = _NamedClient(
            self.host,
            self.port,
            timeout=TIMEOUT_SECONDS,
            logger_name="concilia.smpp",
            ssl_context=context,
            allow_unknown_opt_params=True,
        )
        client.set_message_received_handler(_acknowledge)
        return client


def _acknowledge(**_pdu: object) -> None:
    """Receipts are only acknowledged: what became of a message is asked for."""


class _NamedClient(Client):  # type: ignore[misc]  # the library has no types
    """The library's client asks for a certificate without saying whose; ours says it."""

    def _create_socket(self) -> Any:  # noqa: ANN401 - the library's own
        raw = socket.create_connection((self.host, self.port), self.timeout)
        if self._ssl_context is None:
            return raw
        return self._ssl_context.wrap_socket(raw, server_hostname=self.host)

    def connect(self) -> None:
        """Connect by whatever addresses the name has; the library knows IPv4 alone."""
        self._socket = self._create_socket()
        self.state = consts.SMPP_CLIENT_STATE_OPEN


def _parts(body: str) -> tuple[Sequence[bytes], int, int]:
    """
    A text in one part or several, with its coding.

    The library would part a long text of the default alphabet within a character of its extension,
    has a wrong one in its table, and would part what takes two units in UCS-2.
    """
    plain = "".join(letter if ord(letter) <= BASIC_PLANE_MAX else "?" for letter in body[:BODY_MAX])
    is_awkward = "`" in plain or (
        len(plain) > GSM_LETTERS_SURE and any(letter in EXTENDED for letter in plain)
    )
    coding = consts.SMPP_ENCODING_ISO10646 if is_awkward else consts.SMPP_ENCODING_DEFAULT
    parts: tuple[Sequence[bytes], int, int] = gsm.make_parts(plain, coding)
    return parts


def _asked(line: Client, question: Any) -> Any:  # noqa: ANN401 - packets of the library
    """The answer to a question; receipts that come between are acknowledged."""
    while True:
        answer = line.read_pdu()
        if answer.sequence == question.sequence and answer.command.endswith("_resp"):
            if answer.is_error():
                raise PDUError(answer.command, int(answer.status))
            return answer
        if answer.command == "deliver_sm":
            line._message_received(answer)  # noqa: SLF001 - as `read_once` does
        elif answer.command == "enquire_link":
            line._enquire_link_received(answer)  # noqa: SLF001


def _refusal(error: PDUError) -> DeliveryFailed:
    status = error.args[1] if len(error.args) > 1 else None
    said = consts.DESCRIPTIONS.get(status, "no reason given")
    if status in NOT_LET_IN:
        return DeliveryFailed(f"The SMS gateway does not let us in: {said}.", permanent=False)
    return DeliveryFailed(
        f"The SMS gateway refused it: {said}.",
        permanent=status in REFUSED_FOR_GOOD,
        bad_address=status in NO_SUCH_NUMBER,
    )


def _text(value: object) -> str:
    return value.decode("ascii", "replace") if isinstance(value, bytes) else str(value or "")
