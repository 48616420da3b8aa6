"""A working day, built once for each module that looks at it."""

from __future__ import annotations

import pytest
from django.utils import timezone
from tests.world.builders import NOON
from tests.world.day import Day, a_day
from tests.world.kept import fresh, kept


def a_day_at_noon() -> Day:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: NOON)
        return a_day()


built_day = kept(a_day_at_noon)


@pytest.fixture
def day(monkeypatch, built_day) -> Day:
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    return fresh(built_day)
