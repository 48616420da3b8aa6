"""
Calls to addresses that others chose: nothing of our own network answers them by accident.

An administrator of one creditor writes an address down, a process inside our network calls it. So
the name is resolved once, every address it stands for is looked at, and the connection goes to the
one that was looked at: a name that means something else a moment later (DNS rebinding) gains
nothing. No redirect is followed, no proxy is asked, no more of an answer is read than was wanted.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Event, Timer
from typing import Final
from urllib.parse import SplitResult, urlsplit

from django.utils.translation import gettext_noop as _

from concilia.foundation.refusals import Refused

URL_LENGTH_MAX: Final = 500
STEP_SECONDS: Final = 5.0  # to connect, and for each answer of the network
WHOLE_SECONDS: Final = 15.0  # for a call from its first to its last byte
TRANSLATED: Final = ipaddress.ip_network("64:ff9b::/96")
LATE: Final = _("It did not answer in time.")
_TOO_LONG: Final = _("It answered with more than anybody asked for.")
PORTS: Final = {"https": 443, "http": 80}

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class AddressRefused(Refused):
    """An address is none that we call."""


class NotAnswered(Exception):
    """Nobody took the call; the message says why, without what was sent."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody answered: the status, as much of the body as was asked for, `Retry-After`."""

    status: int
    body: bytes = b""
    retry_after: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """
    How long a call may take, in seconds, and how many bytes of its answer are read.

    `answer` is the longest silence once connected, `whole` the longest call.
    """

    connect: float = STEP_SECONDS
    answer: float = STEP_SECONDS
    whole: float = WHOLE_SECONDS
    bytes_max: int = 0


def require_address(url: str, *, may_be_plain: bool = False) -> SplitResult:
    """
    This will look at an address as written, before anything is resolved.

    :param may_be_plain: http is let through to other machines, too: `ask` looks where they are
    :raises AddressRefused: unless it is https, or http to this machine, with nothing secret in it
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise AddressRefused(_("This is no address of the web.")) from error
    is_plain = url.isascii() and url.isprintable() and " " not in url
    if len(url) > URL_LENGTH_MAX or not is_plain or port == 0:
        raise AddressRefused(_("This is no address of the web."))
    if parts.scheme not in PORTS or not parts.hostname:
        raise AddressRefused(_("An address begins with https:// and names a server."))
    if parts.username is not None or parts.password is not None or parts.fragment:
        raise AddressRefused(_("An address holds no password and no #."))
    if parts.scheme == "http" and not may_be_plain and not _is_this_machine(parts.hostname):
        raise AddressRefused(_("Without encryption it could be read on its way: use https."))
    return parts


def post(url: str, body: bytes, headers: Mapping[str, str], *, networks: Sequence[Network]) -> int:
    """
    This will post `body` to an address and return the status of the answer, whatever it is.

    :param networks: addresses outside the public internet that may be called all the same
    :raises AddressRefused: if the address, or what its name stands for, may not be called
    :raises NotAnswered: if nobody answered in time, or not with HTTP
    """
    require_address(url)
    return ask(url, body, headers, networks=networks).status


def ask(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    networks: Sequence[Network],
    patience: Patience = Patience(),
    method: str = "POST",
) -> Answer:
    """
    This will post `body` to an address and return what is answered, whatever its status.

    :param method: GET only asks for what is there, and sends no body
    :param networks: addresses outside the public internet that may be called all the same; only
        inside them a call goes without encryption
    :raises AddressRefused: if the address, or what its name stands for, may not be called
    :raises NotAnswered: if nobody answered in time, not with HTTP, or with too much
    """
    parts = require_address(url, may_be_plain=True)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    target = _allowed(_addresses_of(host, port), networks, is_plain=parts.scheme == "http")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    is_over = Event()
    try:
        with closing(_connection(parts, port, str(target), patience.connect)) as connection:
            connection.connect()
            connection.sock.settimeout(patience.answer)
            with _ending(connection, patience.whole, is_over):
                connection.request(method, path, body or None, dict(headers))
                answer = _read(connection.getresponse(), patience.bytes_max)
    except ssl.SSLCertVerificationError as error:
        raise NotAnswered(f"The certificate is not valid: {error.verify_message}.") from error
    except (OSError, HTTPException, ValueError) as error:
        raise NotAnswered(LATE if is_over.is_set() else _why(error)) from error
    if is_over.is_set():
        raise NotAnswered(LATE)
    return answer


def _read(response: HTTPResponse, most: int) -> Answer:
    """The answer, if it is no longer than `most`; of `most` 0 nothing but the status is read."""
    body = response.read(most + 1) if most else b""
    if len(body) > most:
        raise NotAnswered(_TOO_LONG)
    return Answer(response.status, body, response.headers.get("Retry-After", ""))


class _Secure(HTTPSConnection):
    """TLS to the address that was looked at, under the name that was asked for."""

    def __init__(self, host: str, port: int, target: str, seconds: float) -> None:
        context = ssl.create_default_context()
        super().__init__(host, port, timeout=seconds, context=context)
        self._target, self._tls = target, context

    def connect(self) -> None:
        """This will open the connection."""
        plain = socket.create_connection((self._target, self.port), self.timeout)
        try:
            self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)
        except BaseException:
            plain.close()
            raise


class _Plain(HTTPConnection):
    """Without TLS, for this machine and networks of our own."""

    def __init__(self, host: str, port: int, target: str, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds)
        self._target = target

    def connect(self) -> None:
        """This will open the connection."""
        self.sock = socket.create_connection((self._target, self.port), self.timeout)


def _connection(parts: SplitResult, port: int, target: str, seconds: float) -> HTTPConnection:
    kind = _Plain if parts.scheme == "http" else _Secure
    return kind(parts.hostname or "", port, target, seconds)


@contextmanager
def _ending(connection: HTTPConnection, seconds: float, is_over: Event) -> Iterator[None]:
    """Who answers a byte at a time is hung up on all the same."""
    line = connection.sock  # the connection forgets it once the answer has begun

    def hang_up() -> None:
        is_over.set()
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _addresses_of(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise NotAnswered(_("There is no server of that name.")) from error
    return [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]


def _allowed(
    addresses: Sequence[Address], networks: Sequence[Network], *, is_plain: bool
) -> Address:
    """The first address; all of them must be allowed, or a name could smuggle one in."""
    for address in addresses:
        if any(address in network for network in networks):
            continue
        if not _is_public(address):
            raise AddressRefused(
                _("That server is inside a private network, which may not be called from here.")
            )
        if is_plain:
            raise AddressRefused(_("Without encryption it could be read on its way: use https."))
    return addresses[0]


def _is_public(address: Address) -> bool:
    inner = _inner(address) if isinstance(address, ipaddress.IPv6Address) else None
    if inner is not None:
        return _is_public(inner)
    return address.is_global and not address.is_multicast


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The address of the old internet that one of the new internet stands for, if it does."""
    if address in TRANSLATED:
        return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
    return address.ipv4_mapped or address.sixtofour


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return LATE
    if isinstance(error, ConnectionRefusedError):
        return _("Nobody listens there.")
    return f"The connection broke ({type(error).__name__})."
