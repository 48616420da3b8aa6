"""A process as a route one can read at a glance: four phases, steps, branches, ways back."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from string import ascii_lowercase
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concilia.cases.core.process.graph import longest
from concilia.cases.core.process.model import (
    END,
    FAIL,
    NEXT,
    Definition,
    Group,
    Holder,
    Kind,
    Node,
    Step,
    Way,
    WhoKind,
)
from concilia.interfaces.desk.process_words import (
    CLOCKS,
    LATE,
    join_words,
    only_if,
    outcome_words,
    step_instruction,
    step_title,
    who_words,
    within_short,
    within_words,
)

Word = str | Promise
PHASES: Final[Sequence[Word]] = (
    _("Understand"),
    _("Prove"),
    _("Decide"),
    pgettext_lazy("phase", "Settle"),
)
PHASE_OF: Final[Mapping[Kind, int]] = {
    Kind.QUALIFY: 0,
    Kind.VERDICT: 0,
    Kind.EVIDENCE: 1,
    Kind.ASK_CUSTOMER: 1,
    Kind.ASK_THIRD: 1,
    Kind.PROPOSE: 2,
    Kind.APPROVAL: 2,
    Kind.POST: 3,
    Kind.NOTIFY: 3,
    Kind.ROOT_CAUSE: 3,
}
OUTCOME_ICONS: Final[Mapping[str, str]] = {
    "returned": "arrow-back-up",
    "rejected": "x",
    "failed": "x",
    "late": "hourglass",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StepShown:
    """One card of the route."""

    id: str
    no: str
    title: str
    icon: str
    who: str
    within: str
    cond: str
    is_changed: bool
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemShown:
    """A step, branches that run together (`label` says how), or a way back (`back`)."""

    step: StepShown | None = None
    id: str = ""
    label: str = ""
    problem: str = ""
    branches: Sequence[StepShown] = ()
    back: str = ""


@dataclass(slots=True)
class PhaseShown:
    """A column of the route."""

    title: str
    items: list[ItemShown] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class WayShown:
    """An outcome of a step and where it leads."""

    icon: str
    outcome: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspected:
    """A step in full."""

    no: str
    title: str
    instruction: str
    who: str
    within: str
    clock: str
    cond: str
    late: str
    fields: Sequence[str]
    ways: Sequence[WayShown]
    is_approval: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteShown:
    """The whole route; `steps` is the most a case meets."""

    phases: Sequence[PhaseShown]
    steps: int


def numbers_of(definition: Definition) -> dict[str, str]:
    """The number of each step, `5a` in a branch, and of each group."""
    numbers: dict[str, str] = {}
    for n, node in enumerate(definition.nodes, start=1):
        numbers[node.id] = str(n)
        if isinstance(node, Group):
            for letter, step in zip(_letters(), node.steps, strict=False):
                numbers[step.id] = f"{n}{letter}"
    return numbers


def _letters() -> list[str]:
    pairs = [first + second for first in ascii_lowercase for second in ascii_lowercase]
    return [*ascii_lowercase, *pairs]


def route_of(
    definition: Definition, *, changed: Collection[str] = (), wrong: Mapping[str, str] | None = None
) -> RouteShown:
    """
    The route as it is drawn.

    :param changed: steps that differ from the version in force
    :param wrong: steps and groups with something to put right, and what
    """
    numbers = numbers_of(definition)
    phases = [PhaseShown(str(title)) for title in PHASES]
    at = 0
    for node in definition.nodes:
        at = max(at, _phase(node, at))
        phases[at].items.append(_item(node, numbers, changed, wrong or {}))
        phases[at].items += _back(definition, node, numbers)
    return RouteShown(phases=[phase for phase in phases if phase.items], steps=longest(definition))


def _phase(node: Node, at: int) -> int:
    steps = list(node.steps) if isinstance(node, Group) else [node]
    return max((PHASE_OF.get(step.kind, at) for step in steps), default=at)


def _item(
    node: Node, numbers: Mapping[str, str], changed: Collection[str], wrong: Mapping[str, str]
) -> ItemShown:
    if isinstance(node, Step):
        return ItemShown(step=_step(node, numbers, changed, wrong))
    return ItemShown(
        id=node.id,
        label=join_words(node),
        problem=wrong.get(node.id, ""),
        branches=[_step(step, numbers, changed, wrong) for step in node.steps],
    )


def _step(
    step: Step, numbers: Mapping[str, str], changed: Collection[str], wrong: Mapping[str, str]
) -> StepShown:
    return StepShown(
        id=step.id,
        no=numbers[step.id],
        title=step_title(step),
        icon=icon_of(step),
        who=who_words(step.who),
        within=within_short(step.within),
        cond=only_if(step),
        is_changed=step.id in changed,
        problem=wrong.get(step.id, ""),
    )


def icon_of(step: Step) -> str:
    """By itself, a signature, others hold the ball, or a person."""
    if step.kind is Kind.APPROVAL:
        return "signature"
    if step.clock is not Holder.US:
        return "hourglass"
    is_alone = step.who is not None and step.who.kind is WhoKind.SYSTEM
    return "bolt" if is_alone else "user"


def _back(definition: Definition, node: Node, numbers: Mapping[str, str]) -> list[ItemShown]:
    steps: Sequence[Step | Group] = [node, *node.steps] if isinstance(node, Group) else [node]
    ways = [way for step in steps for way in step.ways if way.at_most]
    return [ItemShown(back=f"{outcome_words(w.outcome)} → {_where(w, numbers)}") for w in ways]


def _where(way: Way, numbers: Mapping[str, str]) -> str:
    fixed = {
        END: gettext("end"),
        NEXT: gettext("the next of its branch"),
        FAIL: gettext("its branch fails"),
    }
    if way.target in fixed:
        return fixed[way.target]
    step = gettext("step %(n)s") % {"n": numbers.get(way.target, "?")}
    if not way.at_most:
        return step
    return gettext("%(step)s, at most %(n)s times") % {"step": step, "n": way.at_most}


def inspect(definition: Definition, step_id: str) -> Inspected | None:
    """A step in full; the first signature, else the first step, where none has this name."""
    steps = list(definition.steps)
    fallback = [step for step in steps if step.kind is Kind.APPROVAL] or steps
    step = next((one for one in steps if one.id == step_id), fallback[0] if fallback else None)
    if step is None:
        return None
    numbers = numbers_of(definition)
    return Inspected(
        no=numbers[step.id],
        title=step_title(step),
        instruction=step_instruction(step),
        who=who_words(step.who),
        within=within_words(step.within) or gettext("no limit"),
        clock=str(CLOCKS[step.clock]),
        cond=only_if(step) or gettext("always"),
        late=str(LATE[step.on_time_out]),
        fields=step.fields,
        ways=[
            WayShown(
                icon=OUTCOME_ICONS.get(way.outcome, "check"),
                outcome=outcome_words(way.outcome),
                target=_where(way, numbers),
            )
            for way in step.ways
        ],
        is_approval=step.kind is Kind.APPROVAL,
    )
