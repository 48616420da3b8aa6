"""Handing a file to another program exactly once, whenever either of us is killed."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from concilia.ledger.ports import PostingFailed

SAFE_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
TRIAL: Final = "concilia-trial"


def require_safe_name(external_ref: str) -> str:
    """
    This will be the reference, if it can be a file name anywhere.

    :raises PostingFailed: permanent, if it holds anything but letters, digits, `-` and `_`
    """
    if not SAFE_NAME.fullmatch(external_ref):
        raise PostingFailed(
            f"{external_ref[:80]!r} cannot be a file name", permanent=True, code="name"
        )
    return external_ref


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """
    Files that appear in `out` once, even if somebody has taken them away since.

    A file is written to `memory` under the name it waits with, linked to the name it is remembered
    by, and then renamed into `out`. The rename makes it visible and removes the waiting name in one
    step, so what is found later is never ambiguous: remembered and waiting means not yet handed
    over, remembered alone means handed over.
    """

    out: Path
    memory: Path

    def prepare(self) -> None:
        """This will make the two folders."""
        self.out.mkdir(exist_ok=True)
        self.memory.mkdir(exist_ok=True)

    def was_handed_over(self, name: str) -> bool:
        """This will say whether a file of that name went out, whatever became of it."""
        return (self.memory / name).exists() and not self._waiting(name).exists()

    def remembered(self, name: str) -> bytes | None:
        """This will be the content a file of that name went out with, or will go out with."""
        try:
            return (self.memory / name).read_bytes()
        except FileNotFoundError:
            return None

    def hand_over(self, name: str, content: bytes) -> None:
        """This will put the file into `out`, unless it was there already, with whatever content."""
        remembered, waiting = self.memory / name, self._waiting(name)
        if not remembered.exists():
            self._write(waiting, content)
            os.link(waiting, remembered)
            _sync_folder(self.memory)
        if waiting.exists():
            waiting.rename(self.out / name)
            _sync_folder(self.out)
            _sync_folder(self.memory)

    def try_out(self) -> None:
        """
        This will do what `hand_over` does with a file of no importance, and remove it.

        :raises OSError: if the disk does not let us
        """
        remembered, waiting = self.memory / TRIAL, self._waiting(TRIAL)
        self._write(waiting, b"")
        try:
            remembered.unlink(missing_ok=True)
            os.link(waiting, remembered)
            waiting.rename(self.out / f".{TRIAL}")
        finally:
            for path in (remembered, waiting, self.out / f".{TRIAL}"):
                path.unlink(missing_ok=True)

    def _waiting(self, name: str) -> Path:
        return self.memory / f".{name}.waiting"

    def _write(self, path: Path, content: bytes) -> None:
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    """Make a new name survive a power cut, too."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
