"""Which process speaks for a reason, what came with the program, and what stands where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from django.db.models import Count

from concilia.cases.core.process.codec import from_data
from concilia.cases.core.process.model import Definition
from concilia.cases.core.process.reading import read_process
from concilia.cases.core.process.state import State
from concilia.cases.models import Case, ProcessDefinition, ProcessReason, ProcessText, Step
from concilia.identity.models import Entity
from concilia.kernel.hashing import sha256_of

FOLDER: Final = Path(__file__).parents[1] / "processes"
Status = ProcessDefinition.State


@dataclass(frozen=True, slots=True)
class Shipped:
    """A process that came with the program: its text, its digest, and what it says."""

    text: str
    sha256: str
    definition: Definition


@cache
def shipped() -> Mapping[str, Shipped]:
    """What came with the program, by key. Read once."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt"))]
    read = [Shipped(text, digest_of(text), definition_of(text)) for text in texts]
    return MappingProxyType({one.definition.key: one for one in read})


@cache
def _shipped_for() -> Mapping[str, Shipped]:
    return MappingProxyType(
        {reason: one for one in shipped().values() for reason in one.definition.reasons}
    )


def shipped_for(reason: str) -> Shipped:
    """What came with the program for a reason; every reason has one."""
    return _shipped_for()[reason]


def digest_of(text: str) -> str:
    """The digest by which a text is known; the same words have the same."""
    return sha256_of(text)


@lru_cache(maxsize=512)
def definition_of(text: str) -> Definition:
    """What a text that was published says. Reading it twice costs nothing."""
    reading = read_process(text)
    assert reading.definition is not None, f"kept unread: {reading.problems}"
    return reading.definition


def published_for(*, entity_id: int, reason: str) -> ProcessDefinition | None:
    """The entity's own process for a reason; None where the program's own speaks. One query."""
    row = (
        ProcessReason.objects.filter(entity_id=entity_id, reason=reason)
        .select_related("process")
        .first()
    )
    return row.process if row else None


def definition_for(*, entity_id: int, reason: str) -> Definition:
    """What a case of this reason would follow if it began now."""
    row = published_for(entity_id=entity_id, reason=reason)
    return definition_of(row.text) if row else shipped_for(reason).definition


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a case stands in its process; `version` 0 is the program's own."""

    definition: Definition
    state: State
    version: int


def standing_of(case: Case) -> Standing | None:
    """Where a case stands; None for one older than processes."""
    if case.process is None or case.process_state is None:
        return None
    return Standing(
        definition_of(case.process.text), from_data(case.process_state), case.process.version
    )


def outcomes_of(step: Step) -> tuple[str, ...]:
    """The outcomes whoever answers an open step chooses among; none where there is no choice."""
    standing = standing_of(step.case) if step.place and step.state == Step.State.OPEN else None
    if standing is None:
        return ()
    asked = (one for one in standing.definition.steps if one.id == step.place)
    return next((one.choices for one in asked), ())


def chosen_for(step: Step) -> str:
    """The outcome a step of a process ended with last; empty where it did not end."""
    standing = standing_of(step.case) if step.place else None
    passed = standing.state.passed if standing else ()
    return next((one.outcome for one in reversed(passed) if one.step == step.place), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessInUse:
    """
    A process of an entity, for the list.

    `published` is None where the program's own text is in force; `open_cases` counts the cases
    under way on each version, by number, 0 being the program's own. `reasons`: those it speaks for
    now, less those of which another process of the entity does.
    """

    key: str
    definition: Definition
    published: ProcessDefinition | None
    draft: ProcessDefinition | None
    open_cases: Mapping[int, int]
    reasons: Sequence[str]

    @property
    def cases(self) -> int:
        """Cases under way, on whichever version."""
        return sum(self.open_cases.values())


def processes_of(entity: Entity) -> list[ProcessInUse]:
    """Every process of an entity, its own and the program's, in order of their reasons."""
    rows = list(ProcessDefinition.objects.filter(entity=entity).order_by("version"))
    published = {row.key: row for row in rows if row.state == Status.PUBLISHED}
    drafts = {row.key: row for row in rows if row.state == Status.DRAFT}
    counts = _open_cases(rows)
    keys = [*shipped(), *(key for key in {**published, **drafts} if key not in shipped())]
    spoken = dict(ProcessReason.objects.filter(entity=entity).values_list("reason", "process__key"))
    found = [_in_use(key, published, drafts, counts, spoken) for key in keys]
    return sorted(found, key=lambda one: (_order(one.reasons), one.key))


def process_of(entity: Entity, key: str) -> ProcessInUse | None:
    """One process of an entity; None if it has none of this name."""
    return next((one for one in processes_of(entity) if one.key == key), None)


def text_in_force(found: ProcessInUse) -> str:
    """The text cases that begin now follow; empty while there is only a draft."""
    if found.published is not None:
        return found.published.text
    own = shipped().get(found.key)
    return own.text if own else ""


def text_of_version(entity: Entity, key: str, version: int) -> str:
    """The text of a version, 0 being the program's own; empty if there is none."""
    if version == 0:
        own = shipped().get(key)
        return own.text if own else ""
    row = ProcessDefinition.objects.filter(entity=entity, key=key, version=version).first()
    return row.text if row else ""


def texts_beside(draft: ProcessDefinition) -> tuple[bool, bool]:
    """Whether a draft has a text to go back to, and one to go forward to. One query."""
    around = ProcessText.objects.filter(draft=draft, n__in=(draft.text_n - 1, draft.text_n + 1))
    found = set(around.values_list("n", flat=True))
    return draft.text_n - 1 in found, draft.text_n + 1 in found


def versions_of(entity: Entity, key: str) -> Sequence[ProcessDefinition]:
    """What was ever written of a process by the entity, newest first, with who did."""
    rows = ProcessDefinition.objects.filter(entity=entity, key=key).exclude(state=Status.SHIPPED)
    people = rows.select_related("written_by__user", "published_by__user")
    return list(people.order_by("-version"))


def _in_use(
    key: str,
    published: Mapping[str, ProcessDefinition],
    drafts: Mapping[str, ProcessDefinition],
    counts: Mapping[str, Mapping[int, int]],
    spoken: Mapping[str, str],
) -> ProcessInUse:
    row, draft = published.get(key), drafts.get(key)
    if row is not None:
        definition = definition_of(row.text)
    elif key in shipped():
        definition = shipped()[key].definition
    else:
        assert draft is not None, "a process of our own has a text"
        definition = read_process(draft.text).definition or Definition(
            key=key, reasons=(), nodes=()
        )
    return ProcessInUse(
        key=key,
        definition=definition,
        published=row,
        draft=draft,
        open_cases=counts.get(key, {}),
        reasons=[one for one in definition.reasons if spoken.get(one, key) == key],
    )


def _open_cases(rows: Sequence[ProcessDefinition]) -> dict[str, dict[int, int]]:
    open_cases = Case.objects.filter(process__in=rows, closed_at=None).order_by()
    by_row = dict(open_cases.values_list("process").annotate(n=Count("pk")))
    counts: dict[str, dict[int, int]] = {}
    for row in rows:
        if row.pk in by_row:
            of_key = counts.setdefault(row.key, {})
            of_key[row.version] = of_key.get(row.version, 0) + by_row[row.pk]
    return counts


def _order(reasons: Sequence[str]) -> tuple[int, str]:
    first = min(reasons, default="ZZ")
    return ("CO", "NC", "FI", "ZZ").index(first[:2]), first
