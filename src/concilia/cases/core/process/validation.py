"""What is wrong with a definition that can be read: what would lose a case, or its signatures."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import pairwise
from typing import Final

from concilia.cases.core.process.graph import (
    INSIDE,
    asks_no_signature,
    longest,
    places,
    signs,
)
from concilia.cases.core.process.model import (
    APPROVED,
    BY_ITSELF,
    END,
    FAIL,
    LATE,
    MAY_RUN_OUT,
    NEXT,
    PASSES_MAX,
    SIGNED_FIRST,
    STEPS_MAX,
    Definition,
    Group,
    Holder,
    Join,
    Kind,
    Step,
    Way,
    WhoKind,
)
from concilia.cases.core.process.problems import Problem
from concilia.cases.core.process.reading import Reading, read_process

BRANCHES_MIN: Final = 2
SIGNING_OUTCOMES: Final = frozenset({APPROVED, "rejected", "returned"})


def validate(definition: Definition, lines: Mapping[str, int] | None = None) -> list[Problem]:
    """
    Everything that is wrong with a definition; nothing wrong is an empty list.

    A valid definition never loses a case: the engine's properties are proven for valid ones.

    :param lines: where each step stands in its text, so that problems can say it
    """
    found = [problem for rule in RULES for problem in rule(definition)]
    known = lines or {}
    return [
        Problem(
            code=problem.code,
            line=known.get(problem.step, known.get("", 0)),
            step=problem.step,
            values=problem.values,
        )
        for problem in found
    ]


def prove(text: str) -> tuple[Reading, list[Problem]]:
    """Read a text, and say all that must be put right before it may be published."""
    reading = read_process(text)
    found = list(reading.problems)
    if reading.definition is not None:
        found += validate(reading.definition, reading.lines) or unready(reading.definition)
    return reading, found


def unready(definition: Definition) -> list[Problem]:
    """
    What is sound, but what the actions do not carry out: the limits asked twice, or in a branch,
    and a road to the signatures that is not known when they are asked for.

    Publishing asks this, so that no process promises a signature nobody is asked for.
    """
    found = [step for step in definition.steps if step.is_matrix]
    problems = [_problem("approval_again", step.id) for step in found[1:]]
    for node in definition.nodes:
        if isinstance(node, Group):
            matrix = (step for step in node.steps if step.is_matrix)
            problems += [_problem("matrix_in_group", step.id) for step in matrix]
    return problems + [_problem("route_open", name) for name in _undecided(definition)]


def _undecided(definition: Definition) -> Iterator[str]:
    """
    Steps between a proposal and what carries it out from which several ways lead on.

    Everybody who must approve is told when it is put to signature; so the road must be known.
    """
    is_asking = False
    for node in definition.nodes:
        steps = list(node.steps) if isinstance(node, Group) else [node]
        if any(step.kind is Kind.PROPOSE for step in steps):
            is_asking = True
        elif any(step.kind in SIGNED_FIRST for step in steps):
            is_asking = False
        elif is_asking:
            yield from (
                step.id for step in steps if step.kind is not Kind.APPROVAL and len(step.ways) > 1
            )


def _problem(code: str, step: str = "", **values: str) -> Problem:
    return Problem(code=code, step=step, values=values)


def _whole(definition: Definition) -> Iterator[Problem]:
    if not definition.nodes:
        yield _problem("steps_missing")
    if not definition.reasons:
        yield _problem("reasons_missing")
    if (steps := longest(definition)) > STEPS_MAX:
        yield _problem("path_too_long", steps=str(steps), most=str(STEPS_MAX))


def _ways(definition: Definition) -> Iterator[Problem]:
    known = {node.id for node in definition.nodes} | {END}
    for n, node in enumerate(definition.nodes):
        steps = list(node.steps) if isinstance(node, Group) else [node]
        for step in steps:
            if not step.ways:
                yield _problem("dead_end", step.id)
            for way in step.ways:
                inside = known | INSIDE if isinstance(node, Group) else known
                yield from _way(definition, way, step.id, inside, n)
            yield from _usual(definition, step, n)
        if isinstance(node, Group):
            for way in node.ways:
                yield from _way(definition, way, node.id, known, n)


def _way(
    definition: Definition, way: Way, step: str, known: set[str] | frozenset[str], n: int
) -> Iterator[Problem]:
    if way.target not in known:
        yield _problem("leads_nowhere", step, outcome=way.outcome, target=way.target)
    elif way.target not in {END, *INSIDE} and definition.index(way.target) <= n:
        if not way.at_most:
            yield _problem("loop_without_bound", step, outcome=way.outcome, target=way.target)
        elif way.at_most > PASSES_MAX:
            yield _problem("loop_too_often", step, outcome=way.outcome, most=str(PASSES_MAX))
    elif way.at_most:
        yield _problem("bound_without_loop", step, outcome=way.outcome, target=way.target)


def _usual(definition: Definition, step: Step, n: int) -> Iterator[Problem]:
    """The first way leads forward: a skipped step goes it, and a used-up loop leaves it."""
    if not step.ways:
        return
    target = step.ways[0].target
    index = {node.id: at for at, node in enumerate(definition.nodes)}
    if target == FAIL or index.get(target, n + 1) <= n:
        yield _problem("first_way_back", step.id, outcome=step.ways[0].outcome)


def _groups(definition: Definition) -> Iterator[Problem]:
    for group in definition.nodes:
        if not isinstance(group, Group):
            continue
        if len(group.branches) < BRANCHES_MIN or not all(group.branches):
            yield _problem("join_without_branches", group.id)
        if group.met is None:
            yield _problem("dead_end", group.id)
        elif group.met.at_most:
            yield _problem("first_way_back", group.id, outcome="met")
        if group.failed is None and _may_fail(group):
            yield _problem("failure_leads_nowhere", group.id)
        if group.join is Join.SOME and not (0 < group.needed <= len(group.branches) == group.of):
            yield _problem("join_count", group.id, branches=str(len(group.branches)))


def _may_fail(group: Group) -> bool:
    return any(way.target == FAIL for step in group.steps for way in step.ways)


def _people(definition: Definition) -> Iterator[Problem]:
    for step in definition.steps:
        if step.who is None:
            yield _problem("owner_missing", step.id)
        elif step.who.kind is WhoKind.SYSTEM and step.kind not in BY_ITSELF:
            yield _problem("needs_a_person", step.id)
        elif step.who.kind is WhoKind.MATRIX and step.kind is not Kind.APPROVAL:
            yield _problem("matrix_only_signs", step.id)


def _clocks(definition: Definition) -> Iterator[Problem]:
    for step in definition.steps:
        outside = step.clock is not Holder.US
        if step.kind in {Kind.ASK_CUSTOMER, Kind.ASK_THIRD} and not outside:
            yield _problem("asked_without_clock", step.id)
        elif outside and step.kind not in MAY_RUN_OUT:
            yield _problem("clock_of_others", step.id)
        elif step.within is None and outside:
            yield _problem("waits_without_clock", step.id)
        elif step.within is None and not _waits_for_nobody(step):
            yield _problem("deadline_missing", step.id)


def _waits_for_nobody(step: Step) -> bool:
    is_ours = step.who is not None and step.who.kind is WhoKind.SYSTEM
    return is_ours or step.kind is Kind.INFORM


def _signatures(definition: Definition) -> Iterator[Problem]:
    for step in definition.steps:
        if step.kind is Kind.APPROVAL:
            yield from _approval(step)
        elif step.way(LATE) and step.kind not in MAY_RUN_OUT:
            yield _problem("late_ends_work", step.id)
    for node in definition.nodes:
        if isinstance(node, Group):
            yield from _group_signs(node)
    unsigned = {name for name, signed in places(definition) if not signed}
    for node in definition.nodes:
        if node.id in unsigned:
            steps = node.steps if isinstance(node, Group) else iter((node,))
            yield from (
                _problem("not_signed_before", step.id)
                for step in steps
                if step.kind in SIGNED_FIRST
            )


def _informs(definition: Definition) -> Iterator[Problem]:
    """Who is told answers nothing: one way, and no clock of others."""
    for step in definition.steps:
        if step.kind is Kind.INFORM and len(step.ways) > 1:
            yield _problem("inform_answers", step.id)


def _approval(step: Step) -> Iterator[Problem]:
    if step.way(LATE):
        yield _problem("approval_by_time", step.id)
    if step.is_matrix and step.skip is not None and not asks_no_signature(step.skip):
        yield _problem("approval_skipped", step.id)
    if step.who is not None and step.who.kind is WhoKind.OWNER:
        yield _problem("approval_by_owner", step.id)
    if step.ways and step.ways[0].outcome != APPROVED:
        yield _problem("approved_first", step.id)
    for way in step.ways:
        if way.outcome not in {*SIGNING_OUTCOMES, LATE}:
            yield _problem("approval_outcome", step.id, outcome=way.outcome)


def _group_signs(group: Group) -> Iterator[Problem]:
    """A group that asks for signatures must not end well without them."""
    signing = [[step for step in one if step.kind is Kind.APPROVAL] for one in group.branches]
    is_passable = group.join is not Join.ALL and any(signing) and not all(signing)
    if is_passable or (any(step.is_matrix for step in group.steps) and not signs(group)):
        yield _problem("join_skips_approval", group.id)
    for branch in signing:
        yield from (_problem("approvals_in_branch", step.id) for step in branch[1:])
    for step in group.steps:
        if step.kind is Kind.PROPOSE:
            yield _problem("propose_in_group", step.id)
        for way in step.ways:
            is_signed = way.outcome == APPROVED
            if step.kind is Kind.APPROVAL and way.target == NEXT and not is_signed:
                yield _problem("refused_goes_on", step.id, outcome=way.outcome)


def _reached(definition: Definition) -> Iterator[Problem]:
    reached = {name for name, _ in places(definition)}
    for node in definition.nodes:
        if node.id not in reached:
            yield _problem("unreachable", node.id)
        elif isinstance(node, Group):
            for branch in node.branches:
                yield from _branch_reached(branch)


def _branch_reached(branch: tuple[Step, ...]) -> Iterator[Problem]:
    for before, step in pairwise(branch):
        if all(way.target != NEXT for way in before.ways):
            yield _problem("unreachable", step.id)


RULES: Final[tuple[Callable[[Definition], Iterator[Problem]], ...]] = (
    _whole,
    _ways,
    _groups,
    _people,
    _clocks,
    _signatures,
    _informs,
    _reached,
)
