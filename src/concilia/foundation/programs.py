"""
Programs of the system on a stranger's bytes: bytes in, bytes out, and nothing else.

Each call is a process of its own. It gives up network, files and further programs, and then turns
into the program (`confinement.confine_program`). The decisions page `recognising-text` says why.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

from concilia.foundation.confinement import confine_program

BOOT: Final = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[2]); "
    "from concilia.foundation.programs import become; become()"
)
NOT_CONFINED: Final = 97
CHUNK: Final = 1 << 16


class ProgramFailed(Exception):
    """The program gave no answer; the message is one sentence for a person."""


@dataclass(frozen=True, slots=True)
class ProgramLimits:
    """What one call may use."""

    wall_seconds: float = 20.0
    cpu_seconds: int = 15
    memory_bytes: int = 1 << 30
    output_bytes: int = 8 << 20


def run_confined(
    command: Sequence[str],
    given: bytes,
    *,
    readable: Sequence[str] = (),
    environment: dict[str, str] | None = None,
    limits: ProgramLimits | None = None,
) -> bytes:
    """
    Return what a program writes for what it is given.

    :param command: the program's whole path, and its arguments: nothing a stranger wrote
    :param readable: folders it may read beside the system's libraries
    :raises ProgramFailed: if it fails, takes or says too much, or cannot be confined here
    """
    limits = limits or ProgramLimits()
    settings = json.dumps({**asdict(limits), "command": [*command], "readable": [*readable]})
    paths = json.dumps([path for path in sys.path if path])
    # Our own interpreter with our own code; nothing of the stranger's is on its line.
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-B", "-c", BOOT, settings, paths],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8", **(environment or {})},
        cwd="/",
        close_fds=True,
    ) as process:
        try:
            said = _talk(process, given, limits)
            status = process.wait(timeout=limits.wall_seconds)
        except subprocess.TimeoutExpired:
            raise ProgramFailed(f"took longer than {limits.wall_seconds:.0f} seconds") from None
        finally:
            process.kill()
    if status == NOT_CONFINED:
        raise ProgramFailed("programs cannot be confined on this system, so none is started")
    if status != 0:
        raise ProgramFailed("the program failed")
    return said


def become() -> None:
    """Give up everything and turn into the program. Only `run_confined` starts this."""
    settings = json.loads(sys.argv[1])
    command = settings["command"]
    readable = [command[0], *settings["readable"]]
    if not confine_program(settings["memory_bytes"], settings["cpu_seconds"], readable):
        os._exit(NOT_CONFINED)
    os.execv(command[0], command)  # noqa: S606 - the whole point, and no shell


def _talk(process: subprocess.Popen[bytes], given: bytes, limits: ProgramLimits) -> bytes:
    """Write what is given while reading what is said: a full pipe must not hold up either side."""
    assert process.stdin is not None
    assert process.stdout is not None
    deadline = time.monotonic() + limits.wall_seconds
    writing, reading = process.stdin.fileno(), process.stdout.fileno()
    os.set_blocking(writing, False)
    poll = select.poll()
    poll.register(reading, select.POLLIN)
    poll.register(writing, select.POLLOUT)
    rest = memoryview(given)
    said = bytearray()
    while True:
        events = dict(poll.poll(max(0, int((deadline - time.monotonic()) * 1000))))
        if not events:
            raise subprocess.TimeoutExpired("program", limits.wall_seconds)
        if writing in events:
            rest = _written(writing, rest)
            if not rest:
                poll.unregister(writing)
                process.stdin.close()
        if reading in events:
            chunk = os.read(reading, CHUNK)
            if not chunk:
                return bytes(said)
            said += chunk
            if len(said) > limits.output_bytes:
                raise ProgramFailed(f"says more than {limits.output_bytes >> 20} MB")


def _written(descriptor: int, rest: memoryview) -> memoryview:
    """Return what is left to write; nothing where the program has stopped listening."""
    with contextlib.suppress(BlockingIOError):
        try:
            return rest[os.write(descriptor, rest[:CHUNK]) :]
        except BrokenPipeError:
            return rest[:0]
    return rest
