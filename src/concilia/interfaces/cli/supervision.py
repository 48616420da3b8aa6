"""A few programs that run and end together."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from concilia.foundation.processes import dies_with_parent

LOOK_SECONDS = 0.2
STOP_SECONDS_MAX = 45.0
HEALTHY_SECONDS = 30.0
DEATHS_IN_A_ROW_MAX = 5


@dataclass(kw_only=True)
class Program:
    """A command that is kept running."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    deaths: int = field(default=0)

    def start(self) -> None:
        """This will start it; the kernel ends it when we are killed."""
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches us alone; we pass it on in order
            preexec_fn=dies_with_parent(signal.SIGTERM),  # noqa: PLW1509 - we have one thread
        )

    def has_ended(self) -> bool:
        """This will say whether it is not running (any more)."""
        return self.process is None or self.process.poll() is not None

    def note_death(self) -> None:
        """This will count an early death; one that had run well for a while starts from zero."""
        lived = time.monotonic() - self.started
        self.deaths = 1 if lived > HEALTHY_SECONDS else self.deaths + 1


class Supervisor:
    """Starts programs, starts again what dies, and stops all of them on SIGTERM or SIGINT."""

    def __init__(self, programs: Sequence[Program]) -> None:
        self.programs = programs
        self.asked_to_stop = False

    def run(self) -> int:
        """
        This will return 0 after a signal, 1 when a program dies again and again.

        Whatever the end, no program is left running.
        """
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._note_request)
        try:
            for program in self.programs:
                program.start()
            while not self.asked_to_stop:
                if not all(self._revive(program) for program in self.programs):
                    return 1
                time.sleep(LOOK_SECONDS)
        finally:
            self._stop_all()
        return 0

    def _revive(self, program: Program) -> bool:
        if not program.has_ended() or self.asked_to_stop:
            return True
        program.note_death()
        if program.deaths >= DEATHS_IN_A_ROW_MAX:
            print(f"concilia: {program.name} ends again and again; giving up.", file=sys.stderr)
            return False
        print(f"concilia: {program.name} ended and is started again.", file=sys.stderr)
        time.sleep(min(0.25 * 2**program.deaths, 5.0))
        if not self.asked_to_stop:
            program.start()
        return True

    def _stop_all(self) -> None:
        running = [p.process for p in self.programs if p.process and p.process.poll() is None]
        for process in running:
            process.send_signal(signal.SIGTERM)
        patience = time.monotonic() + STOP_SECONDS_MAX
        for process in running:
            try:
                process.wait(max(patience - time.monotonic(), 0.1))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _note_request(self, *_: object) -> None:
        self.asked_to_stop = True
