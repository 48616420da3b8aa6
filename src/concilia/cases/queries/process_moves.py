"""What would become of running cases on another version: seen before it is done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet

from concilia.cases.core.process.codec import from_data
from concilia.cases.core.process.migrating import Moves, Signatures, Stays, Why, migrate
from concilia.cases.core.process.model import Definition, Step
from concilia.cases.models import Case, ProcessDefinition
from concilia.cases.queries.processes import definition_of
from concilia.identity.models import Entity


@dataclass(frozen=True, slots=True)
class StepChange:
    """A step that stays open: who has it and how long, then and now; None where it is not."""

    step: Step
    was: Step | None


@dataclass(slots=True, kw_only=True)
class Crowd:
    """Cases that stand alike and fare alike; `numbers` are some of theirs."""

    at: tuple[Step, ...]
    lands: tuple[StepChange, ...] = ()
    why: Why | None = None
    gone: str = ""
    signatures: Signatures = Signatures.NONE
    n: int = 0
    numbers: list[str] = field(default_factory=list)


NUMBERS_SHOWN = 5


def running_on(row: ProcessDefinition) -> QuerySet[Case]:
    """Cases under way on a version."""
    return Case.objects.filter(process=row, closed_at=None, process_state__isnull=False)


def versions_with_cases(entity: Entity, key: str) -> Sequence[tuple[ProcessDefinition, int]]:
    """Versions of a process, other than the one in force, on which cases are under way."""
    rows = ProcessDefinition.objects.filter(entity=entity, key=key).exclude(
        state__in=[ProcessDefinition.State.DRAFT, ProcessDefinition.State.PUBLISHED]
    )
    counted = [(row, running_on(row).count()) for row in rows.order_by("version", "pk")]
    return [(row, n) for row, n in counted if n]


def preview(
    *,
    source: ProcessDefinition,
    target: ProcessDefinition,
    choices: Mapping[str, str],
    at: datetime,
) -> list[Crowd]:
    """Every running case, those that fare alike together; the largest crowd first."""
    old, new = definition_of(source.text), definition_of(target.text)
    crowds: dict[tuple[object, ...], Crowd] = {}
    rows = running_on(source).order_by("pk").values_list("number", "process_state")
    for number, data in rows.iterator(chunk_size=2_000):
        assert data is not None, "only cases with a state"
        state = from_data(data)
        found = migrate(old, new, state, at, choices)
        stands = tuple(one.step for one in state.open)
        key = (stands, *_fare(found))
        if key not in crowds:
            crowds[key] = _crowd(old, new, stands, found)
        crowds[key].n += 1
        if len(crowds[key].numbers) < NUMBERS_SHOWN:
            crowds[key].numbers.append(number)
    return sorted(crowds.values(), key=lambda crowd: -crowd.n)


def _fare(found: Moves | Stays) -> tuple[object, ...]:
    if isinstance(found, Stays):
        return found.why, found.step
    return tuple(one.step for one in found.state.open), found.signatures


def _crowd(old: Definition, new: Definition, stands: Sequence[str], found: Moves | Stays) -> Crowd:
    at = tuple(old.step(name) for name in stands)
    if isinstance(found, Stays):
        return Crowd(at=at, why=found.why, gone=found.step)
    lands = tuple(
        StepChange(new.step(one.step), old.step(one.step) if one.step in found.kept else None)
        for one in found.state.open
    )
    return Crowd(at=at, lands=lands, signatures=found.signatures)
