"""
The far side of `concilia.foundation.sandbox`: a process that serves one document after another.

It speaks frames over two pipes: one byte for the kind, eight for the length, then the bytes. What
goes back is JSON only, so a child that a document has taken over can at most lie, never run code.
"""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import struct
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any, BinaryIO, Final

from concilia.foundation.confinement import confine
from concilia.foundation.memory import keep_what_is_loaded

HEAD: Final = struct.Struct(">cQ")
READY: Final = b"!"
CALL: Final = b"C"
PAYLOAD: Final = b"P"
RESULT: Final = b"R"
ITEM: Final = b"I"
END: Final = b"Z"
NOTE: Final = b"N"
FAILED: Final = b"E"
EXHAUSTED: Final = b"M"
TOO_LONG: Final = b"L"

_replies: list[BinaryIO] = []


def note(text: str) -> None:
    """
    Tell the near side what is being worked on, so that a crash can be laid at the right door.

    Outside of a sandbox this does nothing.
    """
    for stream in _replies:
        _send(stream, NOTE, text.encode())


def serve() -> None:
    """Serve calls until the near side closes its pipe. Only `sandbox.Sandbox` starts this."""
    settings = json.loads(sys.argv[1])
    calls = os.fdopen(0, "rb", buffering=1 << 16, closefd=False)
    replies = os.fdopen(os.dup(1), "wb", buffering=1 << 16)
    # Whatever a library prints must not be taken for an answer.
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    for name in settings["preload"]:
        import_module(name)
    keep_what_is_loaded()
    layers = confine(settings["memory_bytes"])
    _send(replies, READY, json.dumps(layers).encode())
    _replies.append(replies)
    with contextlib.suppress(BrokenPipeError):
        while _serve_one(calls, replies, settings):
            pass


def _serve_one(calls: BinaryIO, replies: BinaryIO, settings: dict[str, Any]) -> bool:
    call = _receive(calls)
    payload = _receive(calls)
    if call is None or payload is None:
        return False
    _start_clocks(settings["cpu_seconds"], settings["wall_seconds"])
    try:
        for kind, body in _answers(json.loads(call), payload):
            if len(body) > settings["output_bytes"]:
                _send(replies, TOO_LONG, b"")
                return True
            _send(replies, kind, body)
    except MemoryError:
        _send(replies, EXHAUSTED, b"")
        return False
    except RecursionError:
        _send(replies, FAILED, _failure("nested too deeply", permanent=True))
    except Exception as error:  # noqa: BLE001 - whatever a parser throws is this document's error
        text = f"{type(error).__name__}: {error}"
        _send(replies, FAILED, _failure(text, permanent=getattr(error, "permanent", True)))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return True


def _answers(call: dict[str, Any], payload: bytes) -> Iterator[tuple[bytes, bytes]]:
    module, _, name = call["function"].partition(":")
    function: Callable[..., Any] = getattr(import_module(module), name)
    answer = function(payload, **call["args"])
    if isinstance(answer, Iterator):
        for item in answer:
            yield ITEM, _json(item)
        yield END, b""
    else:
        yield RESULT, _json(answer)


def _start_clocks(cpu_seconds: int, wall_seconds: float) -> None:
    """The near side kills what is late; these clocks hold when the near side is no more."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    spent = int(used.ru_utime + used.ru_stime) + 1
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + cpu_seconds, hard))
    signal.setitimer(signal.ITIMER_REAL, wall_seconds + 1)


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def _failure(message: str, *, permanent: bool) -> bytes:
    return _json({"message": message[:500], "permanent": permanent})


def _receive(stream: BinaryIO) -> bytes | None:
    head = stream.read(HEAD.size)
    if len(head) < HEAD.size:
        return None
    _, length = HEAD.unpack(head)
    body = stream.read(length)
    return body if len(body) == length else None


def _send(stream: BinaryIO, kind: bytes, body: bytes) -> None:
    stream.write(HEAD.pack(kind, len(body)))
    stream.write(body)
    stream.flush()
