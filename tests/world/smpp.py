"""An SMS centre that speaks SMPP 3.4, packet by packet, written after the specification."""

from __future__ import annotations

import itertools
import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

BIND, SUBMIT, DELIVER, QUERY, UNBIND, ENQUIRE = 0x09, 0x04, 0x05, 0x03, 0x06, 0x15
ANSWER = 0x80000000
OK, BIND_FAILED, BAD_ADDRESS, QUEUE_FULL, UNKNOWN_ID = 0x00, 0x0D, 0x0B, 0x14, 0x67
STATES = {"on-its-way": 1, "arrived": 2, "lost": 5}
# The basic table of GSM 03.38, and the part of its extension that people write.
BASIC = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENDED = {0x65: "€", 0x28: "{", 0x29: "}", 0x3C: "[", 0x3E: "]", 0x2F: "\\", 0x3D: "~", 0x40: "|"}


@dataclass
class Centre:
    """What the centre took, and how it shall behave."""

    port: int = 0
    password: str = "s3cret"
    taken: list[tuple[str, str, str]] = field(default_factory=list)
    refuses: dict[str, int] = field(default_factory=dict)
    trouble: int = 0
    fate: str = "arrived"
    sends_receipts: bool = False
    ids: dict[str, str] = field(default_factory=dict)
    _parts: dict[tuple[str, int], dict[int, str]] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def answer(self, command: int, body: bytes) -> tuple[int, bytes]:
        """The status and body that answer a packet."""
        if command == BIND:
            _system_id, rest = c_string(body)
            password, _rest = c_string(rest)
            return (OK if password == self.password else BIND_FAILED), b"centre\0"
        if command == SUBMIT:
            return self._submit(body)
        if command == QUERY:
            name, _rest = c_string(body)
            if name not in self.ids:
                return UNKNOWN_ID, b""
            return OK, name.encode() + b"\0\0" + bytes([STATES[self.fate], 0])
        return OK, b""

    def _submit(self, body: bytes) -> tuple[int, bytes]:
        _service, rest = c_string(body)
        sender, rest = c_string(rest[2:])
        recipient, rest = c_string(rest[2:])
        esm_class = rest[0]
        _schedule, rest = c_string(rest[3:])
        _validity, rest = c_string(rest)
        coding, length = rest[2], rest[4]
        text = rest[5 : 5 + length]
        if self.trouble or recipient in self.refuses:
            return self.trouble or self.refuses[recipient], b""
        number = f"m{next(self._numbers)}"
        self.ids[number] = recipient
        header = b""
        if esm_class & 0x40:
            header, text = text[: text[0] + 1], text[text[0] + 1 :]
        said = text.decode("utf-16-be") if coding == 8 else unpacked(text)
        if header:
            parts = self._parts.setdefault((recipient, header[3]), {})
            parts[header[5]] = said
            if len(parts) < header[4]:
                return OK, number.encode() + b"\0"
            said = "".join(parts[n] for n in sorted(parts))
        self.taken.append((sender, recipient, said))
        return OK, number.encode() + b"\0"


def c_string(data: bytes) -> tuple[str, bytes]:
    """A text that ends with a zero, and what follows it."""
    text, _zero, rest = data.partition(b"\0")
    return text.decode("ascii"), rest


def unpacked(data: bytes) -> str:
    """A text in the default alphabet of mobile networks, one byte for each character."""
    codes = iter(data)
    return "".join(EXTENDED[next(codes)] if code == 0x1B else BASIC[code] for code in codes)


class _Handler(socketserver.StreamRequestHandler):
    server: _Server

    def handle(self) -> None:
        while head := self.rfile.read(16):
            length, command, _status, sequence = struct.unpack(">LLLL", head)
            body = self.rfile.read(length - 16)
            status, answer = self.server.centre.answer(command, body)
            if command == SUBMIT and self.server.centre.sends_receipts:
                # A receipt may come before the answer it speaks of.
                self._send(DELIVER, OK, 7, b"\0" * 17)
                self._send(ENQUIRE, OK, 8, b"")
            if command not in {DELIVER | ANSWER, ENQUIRE | ANSWER}:
                self._send(command | ANSWER, status, sequence, answer)

    def _send(self, command: int, status: int, sequence: int, body: bytes) -> None:
        self.wfile.write(struct.pack(">LLLL", 16 + len(body), command, status, sequence) + body)


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, centre: Centre) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.centre = centre


@contextmanager
def running() -> Iterator[Centre]:
    """A centre that listens on a port of its own."""
    centre = Centre()
    server = _Server(centre)
    centre.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield centre
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
