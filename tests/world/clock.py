"""A clock that tests set: the program, its pages and its jobs all read it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest


class Clock:
    """It runs from the moment it was set to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
        self.set(at)
        monkeypatch.setattr("django.utils.timezone.now", self.now)

    def set(self, at: datetime) -> None:
        """Let it be this moment."""
        self._at, self._since = at, time.monotonic()

    def now(self) -> datetime:
        """What it shows."""
        return self._at.astimezone(UTC) + timedelta(seconds=time.monotonic() - self._since)
