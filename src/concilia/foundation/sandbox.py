"""
Work on strangers' bytes in processes that may do nothing but think.

A `Sandbox` keeps warm child processes without network, files or programs (`confinement.py`) and
hands them one payload after another. A child that crashes, hangs, eats memory or talks too much is
killed and replaced; only the payload it was working on is lost, with one clear sentence.
"""

from __future__ import annotations

import json
import os
import queue
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from types import TracebackType
from typing import Any, Final

from concilia.foundation import sandboxed
from concilia.foundation.threads import ONE_THREAD

BOOT: Final = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[2]); "
    "from concilia.foundation import sandboxed; sandboxed.serve()"
)
START_SECONDS: Final = 60.0
CHUNK: Final = 1 << 20
MEBIBYTE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """
    What one payload may cost. Sizes in bytes.

    Processor time is what ends a loop, so that a document is not given up because the machine is
    busy with others. The clock on the wall is for a child that does nothing at all: it must leave
    room for a machine on which each process gets a small share of a core.
    """

    cpu_seconds: int = 8
    wall_seconds: float = 90.0
    memory_bytes: int = 900 * MEBIBYTE
    input_bytes: int = 256 * MEBIBYTE
    output_bytes: int = 64 * MEBIBYTE
    calls_per_child: int = 2000


class SandboxFailed(Exception):
    """
    The payload could not be worked on; the message is one sentence for a person.

    `kind` is `input`, `time`, `memory`, `output`, `crash` or `failed` (the function itself
    refused), and `noted` the last thing the function said it was working on.
    """

    def __init__(self, message: str, *, kind: str, permanent: bool = True, noted: str = "") -> None:
        super().__init__(message)
        self.kind = kind
        self.permanent = permanent
        self.noted = noted


class Sandbox:
    """
    A pool of confined children. Safe to use from many threads; each call takes one child.

    Children start at the first call and stay warm until `close`.
    """

    def __init__(
        self, workers: int = 1, limits: Limits | None = None, preload: tuple[str, ...] = ()
    ) -> None:
        self.limits = limits or Limits()
        self.preload = preload
        self._free: queue.LifoQueue[_Child | None] = queue.LifoQueue()
        self._lock = threading.Lock()
        self._closed = False
        for _ in range(workers):
            self._free.put(None)

    def run(
        self, function: str, payload: bytes, args: Mapping[str, object] | None = None
    ) -> dict[str, Any]:
        """
        Call `package.module:function` with the payload in a confined child and return its answer.

        :param args: keyword arguments, JSON only
        :return: the JSON object the function returned; a child's word, to be checked like any input
        :raises SandboxFailed: with the reason in one sentence
        """
        answers = list(self.stream(function, payload, args))
        return answers[-1] if answers else {}

    def stream(
        self, function: str, payload: bytes, args: Mapping[str, object] | None = None
    ) -> Iterator[dict[str, Any]]:
        """
        Call like `run`, for a function that yields many values: each is handed over as it comes.

        :raises SandboxFailed: with the reason in one sentence
        """
        if len(payload) > self.limits.input_bytes:
            size = self.limits.input_bytes // MEBIBYTE
            raise SandboxFailed(f"larger than the {size} MB that are read", kind="input")
        child = self._take()
        healthy = False
        try:
            if child is None or not child.usable:
                if child is not None:
                    child.kill()
                child = _Child(self.limits, self.preload)
            yield from child.call(function, payload, dict(args or {}))
            healthy = True
        except SandboxFailed as failure:
            healthy = failure.kind == "failed"
            raise
        finally:
            if child is not None and not healthy:
                child.kill()
                child = None
            self._give_back(child)

    def warm(self) -> tuple[str, ...]:
        """Start one child now; returns the layers that confine it (`confinement.confine`)."""
        child = self._take()
        try:
            if child is None:
                child = _Child(self.limits, self.preload)
            return child.layers
        finally:
            self._give_back(child)

    def close(self) -> None:
        """End all children. Calls that are running end with `crash`."""
        with self._lock:
            self._closed = True
        while True:
            try:
                child = self._free.get_nowait()
            except queue.Empty:
                return
            if child is not None:
                child.kill()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _take(self) -> _Child | None:
        if self._closed:
            raise SandboxFailed("the reader has been shut down", kind="crash", permanent=False)
        return self._free.get()

    def _give_back(self, child: _Child | None) -> None:
        with self._lock:
            if self._closed and child is not None:
                child.kill()
                child = None
            self._free.put(child)


class _Child:
    """One confined process and the two pipes to it."""

    def __init__(self, limits: Limits, preload: tuple[str, ...]) -> None:
        self.limits = limits
        self.calls_left = limits.calls_per_child
        self.noted = ""
        settings = json.dumps({**asdict(limits), "preload": preload})
        paths = json.dumps([path for path in sys.path if path])
        # The child is our own interpreter with our own code; nothing of the payload is on its line.
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", "-B", "-c", BOOT, settings, paths],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8", **ONE_THREAD},
            cwd="/",
            close_fds=True,
        )
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.calls = self.process.stdin.fileno()
        self.answers = self.process.stdout.fileno()
        os.set_blocking(self.calls, False)
        kind, body = self._receive(time.monotonic() + START_SECONDS)
        if kind != sandboxed.READY:
            self.kill()
            raise SandboxFailed("the reading process did not start", kind="crash", permanent=False)
        self.layers: tuple[str, ...] = tuple(str(layer) for layer in json.loads(body))

    @property
    def usable(self) -> bool:
        return self.calls_left > 0 and self.process.poll() is None

    def call(
        self, function: str, payload: bytes, args: dict[str, object]
    ) -> Iterator[dict[str, Any]]:
        """Send one call and yield its answers; the clock runs while the child is waited for."""
        self.calls_left -= 1
        self.noted = ""
        patience = self.limits.wall_seconds
        started = time.monotonic()
        self._write(json.dumps({"function": function, "args": args}).encode(), started + patience)
        self._write(payload, started + patience)
        patience -= time.monotonic() - started
        while True:
            asked = time.monotonic()
            kind, body = self._receive(asked + patience)
            patience -= time.monotonic() - asked
            if kind == sandboxed.NOTE:
                self.noted = body.decode("utf-8", "replace")
            elif kind == sandboxed.END:
                return
            elif kind in {sandboxed.RESULT, sandboxed.ITEM}:
                yield _decoded(body)
                if kind == sandboxed.RESULT:
                    return
            else:
                raise self._failure(kind, body)

    def kill(self) -> None:
        """End the process at once and reap it."""
        self.process.kill()
        for stream in (self.process.stdin, self.process.stdout):
            if stream is not None:
                stream.close()
        self.process.wait()

    def _failure(self, kind: bytes, body: bytes) -> SandboxFailed:
        if kind == sandboxed.EXHAUSTED:
            return self._failed("memory")
        if kind == sandboxed.TOO_LONG:
            return self._failed("output")
        if kind == sandboxed.FAILED:
            told = _decoded(body)
            message, permanent = str(told.get("message", "")), bool(told.get("permanent", True))
            return SandboxFailed(message, kind="failed", permanent=permanent, noted=self.noted)
        return self._failed("crash")

    def _failed(self, kind: str) -> SandboxFailed:
        limits = self.limits
        message = {
            "time": f"took longer than {limits.wall_seconds:.0f} seconds to read",
            "processor": f"needs more than {limits.cpu_seconds} s of processor time to read",
            "memory": f"needs more than {limits.memory_bytes // MEBIBYTE} MB of memory to read",
            "output": f"says more than {limits.output_bytes // MEBIBYTE} MB",
            "crash": "made the reading process crash",
        }[kind]
        told = "time" if kind == "processor" else kind
        return SandboxFailed(message, kind=told, noted=self.noted)

    def _write(self, body: bytes, deadline: float) -> None:
        poll = select.poll()
        poll.register(self.calls, select.POLLOUT)
        view = memoryview(sandboxed.HEAD.pack(sandboxed.CALL, len(body)) + body)
        while view:
            if not poll.poll(_milliseconds(deadline)):
                raise self._failed("time")
            try:
                view = view[os.write(self.calls, view[:CHUNK]) :]
            except BlockingIOError:
                continue
            except BrokenPipeError:
                raise self._failed("crash") from None

    def _receive(self, deadline: float) -> tuple[bytes, bytes]:
        kind, length = sandboxed.HEAD.unpack(self._read(sandboxed.HEAD.size, deadline))
        if length > self.limits.output_bytes:
            raise self._failed("output")
        return kind, self._read(length, deadline)

    def _read(self, length: int, deadline: float) -> bytes:
        poll = select.poll()
        poll.register(self.answers, select.POLLIN)
        chunks = []
        while length:
            if not poll.poll(_milliseconds(deadline)):
                raise self._failed("time")
            chunk = os.read(self.answers, min(length, CHUNK))
            if not chunk:
                raise self._end_of_child()
            chunks.append(chunk)
            length -= len(chunk)
        return b"".join(chunks)

    def _end_of_child(self) -> SandboxFailed:
        """The pipe closed: a clock of the child's own, or a crash."""
        return self._failed(ENDED_BY.get(-self.process.wait(), "crash"))


ENDED_BY: Final[dict[int, str]] = {signal.SIGALRM: "time", signal.SIGXCPU: "processor"}


def _milliseconds(deadline: float) -> int:
    return max(0, int((deadline - time.monotonic()) * 1000))


def _decoded(body: bytes) -> dict[str, Any]:
    try:
        value = json.loads(body)
    except ValueError:
        value = None
    if not isinstance(value, dict):
        raise SandboxFailed("the reading process gave no sensible answer", kind="crash")
    return value
