"""Facts about cases that others react to."""

from __future__ import annotations

from dataclasses import dataclass

from concilia.foundation.events import Event


@dataclass(frozen=True, slots=True)
class ThirdPartyWanted(Event):
    """The process of a case has come to a step that asks a carrier, an agent or an insurer."""

    step_id: int


@dataclass(frozen=True, slots=True)
class TimeWentOn(Event):
    """Time ran out on a step, and the process of the case went on without it."""

    case_id: int
