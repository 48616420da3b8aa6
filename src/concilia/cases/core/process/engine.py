"""
The engine: a definition, a state and an event give the next state and what must be done.

It is total over valid definitions: an event either fits, or is refused and changes nothing. A case
that has not ended has an open step. Nothing is posted or told that was not signed, and time signs
nothing (`docs/decisions/0080-processes-as-data.md`; the properties stand in the tests).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from concilia.cases.core.process.conditions import Facts
from concilia.cases.core.process.graph import places
from concilia.cases.core.process.model import (
    LATE,
    MAY_RUN_OUT,
    Definition,
    Group,
    Holder,
    Kind,
    OnTimeOut,
    Step,
)
from concilia.cases.core.process.running import Run
from concilia.cases.core.process.state import (
    CANCELLED,
    SKIPPED,
    WAIVED,
    ActDone,
    Closed,
    CustomerAnswered,
    Do,
    Effect,
    Ended,
    Event,
    EventRefused,
    EvidenceArrived,
    FactsChanged,
    OpenStep,
    Reopened,
    Returned,
    State,
    StepDone,
    TimedOut,
    Withdrawn,
)

Decided = tuple[State, tuple[Effect, ...]]
LATE_EFFECTS: Final[Mapping[OnTimeOut, Do]] = MappingProxyType(
    {
        OnTimeOut.REMIND: Do.REMIND,
        OnTimeOut.ESCALATE: Do.ESCALATE,
        OnTimeOut.DELEGATE: Do.DELEGATE,
    }
)
# What a person's later act does not pass over.
NEVER_WAIVED: Final = frozenset({Kind.APPROVAL, Kind.POST})


def start(definition: Definition, facts: Facts, at: datetime) -> Decided:
    """Begin a case by a valid definition."""
    first = definition.nodes[0].id
    run = Run(definition, State(node=first, facts=facts), at)
    run.enter(first)
    return run.state, run.told(None)


def advance(definition: Definition, state: State, event: Event, at: datetime) -> Decided:
    """
    Bring a case on by one event.

    :raises EventRefused: if the event does not fit where the case stands; nothing changed
    """
    if state.ended is not None and not isinstance(event, Reopened):
        raise EventRefused("case_ended")
    run = Run(definition, state, at)
    _HANDLERS[type(event)](run, event)
    return run.state, run.told(holder_of(definition, state))


def holder_of(definition: Definition, state: State) -> Holder | None:
    """Who has the ball: we, as soon as one open step is ours; None where the case has ended."""
    holders = [definition.step(one.step).clock for one in state.open]
    return Holder.US if Holder.US in holders else next(iter(holders), None)


def stays_when_late(step: Step) -> Do | None:
    """
    What is done each time the time of a step runs out; None where the case may go on without it.

    For the first kind `TimedOut` changes how often the step is late, and nothing else: who looks at
    100,000 cases in a night need not read their states for it.
    """
    may_go_on = step.kind in MAY_RUN_OUT and step.way(LATE)
    return None if may_go_on else LATE_EFFECTS[step.on_time_out]


def _step_done(run: Run, event: StepDone) -> None:
    run.finish(_open_step(run, event.step), event.outcome)


def _open_step(run: Run, name: str) -> Step:
    step = next((step for step in run.open_steps() if step.id == name), None)
    if step is None:
        raise EventRefused("step_not_open", name)
    return step


def _act_done(run: Run, event: ActDone) -> None:
    step = _open_of(run, event.kind) or _ahead(run, event.kind)
    if step is None:
        return
    # What a signature said is said, never guessed.
    usual = "" if event.kind is Kind.APPROVAL else step.ways[0].outcome
    run.finish(step, event.outcome or usual)


def _open_of(run: Run, kind: Kind) -> Step | None:
    return next((step for step in run.open_steps() if step.kind is kind), None)


def _ahead(run: Run, kind: Kind) -> Step | None:
    """Go to the next step of this kind ahead without what lies before; None if there is none."""
    here = run.definition.index(run.state.node)
    ahead = run.definition.nodes[here + 1 :]
    target = next((n for n, node in enumerate(ahead) if _has(node, kind)), None)
    if target is None:
        return None
    name = ahead[target].id
    own = list(_steps(run.node))
    passed = [step for node in ahead[:target] for step in _steps(node)]
    signed = _signed_after(run, passed)
    is_safe = (name, signed) in places(run.definition)
    if not is_safe or any(_blocks(run, step) for step in (*own, *passed)):
        raise EventRefused("not_yet", name)
    run.close_all(WAIVED)
    for step in passed:
        run.keep(step.id, SKIPPED if run.is_skipped(step) else WAIVED)
    run.change(signed=signed, agreed=run.state.agreed and signed)
    run.enter(name)
    return _open_of(run, kind)


def _signed_after(run: Run, passed: Sequence[Step]) -> bool:
    signed = run.state.signed and not isinstance(run.node, Group)
    for step in passed:
        signed = step.is_matrix or (signed and step.kind is not Kind.PROPOSE)
    return signed


def _has(node: Step | Group, kind: Kind) -> bool:
    return any(step.kind is kind for step in _steps(node))


def _steps(node: Step | Group) -> Iterator[Step]:
    return node.steps if isinstance(node, Group) else iter((node,))


def _blocks(run: Run, step: Step) -> bool:
    return step.kind in NEVER_WAIVED and not run.is_skipped(step)


def _evidence_arrived(run: Run, event: EvidenceArrived) -> None:
    run.change(papers=run.state.papers | {event.code})
    for step in list(run.open_steps()):
        is_open = any(one.step == step.id for one in run.state.open)
        if is_open and step.kind is Kind.EVIDENCE and step.code == event.code:
            run.finish(step, step.ways[0].outcome)
    if _awaits_signing(run):
        _propose_again(run)


def _timed_out(run: Run, event: TimedOut) -> None:
    step = _open_step(run, event.step)
    later = [
        OpenStep(one.step, one.at, one.late + 1) if one.step == step.id else one
        for one in run.state.open
    ]
    run.state = run.state.with_open(tuple(later))
    run.effects.append(Effect(LATE_EFFECTS[step.on_time_out], step.id))
    if stays_when_late(step) is None:
        _go_on_without(run, step)


def _go_on_without(run: Run, step: Step) -> None:
    """Go the way that time opens; where it leads back once too often, the reminder is all."""
    state, effects = run.state, list(run.effects)
    try:
        run.finish(step, LATE)
    except EventRefused:
        run.state, run.effects = state, effects


def _returned(run: Run, event: Returned) -> None:
    if not event.to:
        if _awaits_signing(run):
            _propose_again(run)
        return
    try:
        target = run.definition.index(event.to)
    except KeyError:
        raise EventRefused("step_unknown", event.to) from None
    is_back = target <= run.definition.index(run.state.node)
    if not is_back or (event.to, False) not in places(run.definition):
        raise EventRefused("not_before", event.to)
    run.unsign()
    run.move(event.to, CANCELLED)


def _customer_answered(run: Run, _event: CustomerAnswered) -> None:
    for step in list(run.open_steps()):
        is_open = any(one.step == step.id for one in run.state.open)
        if is_open and step.kind is Kind.ASK_CUSTOMER:
            run.finish(step, step.ways[0].outcome)


def _reopened(run: Run, _event: Reopened) -> None:
    """Judged anew, from the first test on; what was asked before the test is known."""
    reached = places(run.definition)
    judging = (
        node.id
        for node in run.definition.nodes
        if isinstance(node, Step) and node.kind is Kind.VERDICT and (node.id, False) in reached
    )
    run.close_all(CANCELLED)
    run.unsign()
    run.change(ended=None, loops=(), papers=frozenset())
    run.enter(next(judging, run.definition.nodes[0].id))


def _withdrawn(run: Run, _event: Withdrawn) -> None:
    run.end(Ended.WITHDRAWN)


def _closed(run: Run, _event: Closed) -> None:
    run.close_all(WAIVED)
    run.end(Ended.CLOSED)


def _facts_changed(run: Run, event: FactsChanged) -> None:
    before = run.state.facts
    run.change(facts=event.facts)
    if _awaits_signing(run):
        if _is_other_content(before, event.facts, is_signed=run.state.signed):
            _propose_again(run)
        else:
            _review(run)
    elif (back := _needed_again(run, before)) is not None:
        run.move(back, CANCELLED)
    else:
        _review(run)


def _review(run: Run) -> None:
    """What is open under the new facts: steps they make superfluous are passed over."""
    node = run.node
    if isinstance(node, Group):
        run.review_branches(node)
    elif run.is_skipped(node):
        run.close(node.id, SKIPPED)
        if node.is_matrix:
            run.change(signed=True)
        run.enter(node.ways[0].target)


def _awaits_signing(run: Run) -> bool:
    """Whether something was put to signature, or was signed, and is not carried out yet."""
    if run.state.ended is not None or run.state.carried_out:
        return False
    return run.state.signed or run.state.agreed or _open_of(run, Kind.APPROVAL) is not None


def _is_other_content(before: Facts, now: Facts, *, is_signed: bool) -> bool:
    """Whether signatures would be for something else than was asked (domain.md §8.2)."""
    same = replace(
        before, signatures=now.signatures, segment=now.segment, qualified=now.qualified,
        money=now.money,
    )  # fmt: skip
    more = is_signed and (now.signatures is None or now.signatures > (before.signatures or 0))
    return same != now or (more and now.signatures != before.signatures)


def _propose_again(run: Run) -> None:
    """Back to the last proposal before here; where there is none, to the beginning."""
    reached = places(run.definition)
    here = run.definition.index(run.state.node)
    proposals = [
        node.id
        for node in run.definition.nodes[: here + 1]
        if isinstance(node, Step) and node.kind is Kind.PROPOSE and (node.id, False) in reached
    ]
    run.close_all(CANCELLED)
    run.unsign()
    run.enter(proposals[-1] if proposals else run.definition.nodes[0].id)


def _needed_again(run: Run, before: Facts) -> str | None:
    """The first place behind us with a paper that was superfluous and is needed now."""
    if run.state.signed:
        return None
    reached = places(run.definition)
    for node in run.definition.nodes[: run.definition.index(run.state.node)]:
        if (node.id, False) in reached and any(_turned(run, s, before) for s in _steps(node)):
            return node.id
    return None


def _turned(run: Run, step: Step, before: Facts) -> bool:
    return (
        step.kind is Kind.EVIDENCE
        and step.skip is not None
        and step.skip.holds(before) is True
        and step.skip.holds(run.state.facts) is False
    )


_HANDLERS: Final[Mapping[type, Callable[..., None]]] = MappingProxyType(
    {
        StepDone: _step_done,
        ActDone: _act_done,
        EvidenceArrived: _evidence_arrived,
        TimedOut: _timed_out,
        Returned: _returned,
        CustomerAnswered: _customer_answered,
        Reopened: _reopened,
        Withdrawn: _withdrawn,
        Closed: _closed,
        FactsChanged: _facts_changed,
    }
)
