"""One event's work on a case: entering and leaving steps, branches and groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from concilia.cases.core.process.graph import signs
from concilia.cases.core.process.model import (
    APPROVED,
    END,
    FAIL,
    NEXT,
    SIGNED_FIRST,
    Definition,
    Group,
    Holder,
    Kind,
    Node,
    Step,
    Way,
)
from concilia.cases.core.process.state import (
    CANCELLED,
    INFORMED,
    PASSED_MAX,
    SKIPPED,
    UNANSWERED,
    Branch,
    Do,
    Effect,
    Ended,
    EventRefused,
    OpenStep,
    Passed,
    Result,
    State,
)

# What the opening of a step asks for besides showing it to somebody.
ON_OPENING: Final[Mapping[Kind, Do]] = MappingProxyType(
    {
        Kind.APPROVAL: Do.REQUEST_APPROVAL,
        Kind.POST: Do.POST,
        Kind.NOTIFY: Do.NOTIFY,
        Kind.AUTOMATIC: Do.RUN,
        Kind.VERDICT: Do.RUN,
        Kind.ASK_CUSTOMER: Do.ASK,
        Kind.ASK_THIRD: Do.ASK,
    }
)


class Run:
    """Changes a state step by step and keeps what must be done; begun anew for each event."""

    def __init__(self, definition: Definition, state: State, at: datetime) -> None:
        self.definition = definition
        self.state = state
        self.at = at
        self.effects: list[Effect] = []

    def told(self, held: Holder | None) -> tuple[Effect, ...]:
        """What must be done, with the clock's stopping and starting since `held` had the ball."""
        holders = [self.definition.step(one.step).clock for one in self.state.open]
        now = Holder.US if Holder.US in holders or not holders else holders[0]
        before = held or Holder.US
        if now is before:
            return tuple(self.effects)
        stops = now is not Holder.US
        clock = Effect(Do.STOP_CLOCK, holder=now) if stops else Effect(Do.START_CLOCK)
        return (*self.effects, clock)

    def change(self, **values: object) -> None:
        """Put other values into the state."""
        self.state = replace(self.state, **values)  # type: ignore[arg-type]

    @property
    def node(self) -> Node:
        """The step or group of the main road at hand."""
        return self.definition.nodes[self.definition.index(self.state.node)]

    # Going along the main road

    def enter(self, target: str) -> None:
        """Go to a step, a group or the end; what its condition skips is passed over, forward."""
        while target != END:
            self.change(node=target, branches=())
            node = self.node
            ahead = self.enter_group(node) if isinstance(node, Group) else self.enter_step(node)
            if ahead is None:
                return
            target = ahead
        self.end(Ended.CLOSED)

    def enter_step(self, step: Step) -> str | None:
        """Open a step of the main road; where it is skipped, say where it leads instead."""
        if step.kind is Kind.PROPOSE:
            self.unsign()
        if not self.is_passed(step):
            self.open(step)
            return None
        self.pass_over(step)
        return step.ways[0].target

    def enter_group(self, group: Group) -> str | None:
        """Open the first step of each branch; where nothing is left to do, say where it leads."""
        self.change(branches=tuple(Branch(0) for _ in group.branches))
        for n in range(len(group.branches)):
            self.go_on_in(group, n, 0)
        return self.outcome_of(group, may_fail=True)

    def end(self, how: Ended) -> None:
        """End the case; what is still open is cancelled."""
        self.close_all(CANCELLED)
        self.change(ended=how, branches=())
        self.effects.append(Effect(Do.CLOSE_CASE, outcome=how))

    def move(self, target: str, outcome: str) -> None:
        """Leave whatever is open and go elsewhere."""
        self.close_all(outcome)
        self.enter(target)

    # Steps

    def is_passed(self, step: Step) -> bool:
        """Whether nobody waits at a step: it is skipped, or only tells somebody."""
        return step.kind is Kind.INFORM or self.is_skipped(step)

    def pass_over(self, step: Step) -> None:
        """Leave a step behind that nobody waits at, and tell whom it tells."""
        if self.is_skipped(step):
            self.keep(step.id, SKIPPED)
            if step.is_matrix:
                self.change(signed=True)
            return
        self.keep(step.id, INFORMED)
        self.effects.append(Effect(Do.INFORM, step.id))

    def open(self, step: Step) -> None:
        """Put a step to whoever does it."""
        assert step.kind not in SIGNED_FIRST or self.state.signed, f"{step.id} is not signed"
        self.change(open=(*self.state.open, OpenStep(step.id, self.at)))
        self.effects.append(Effect(Do.OPEN, step.id))
        if more := ON_OPENING.get(step.kind):
            self.effects.append(Effect(more, step.id))

    def close(self, step_id: str, outcome: str) -> None:
        """Take an open step from whoever has it, and remember how it ended."""
        self.change(open=tuple(one for one in self.state.open if one.step != step_id))
        self.keep(step_id, outcome)
        self.effects.append(Effect(Do.CLOSE, step_id, outcome))
        if outcome in UNANSWERED and self.definition.step(step_id).kind is Kind.APPROVAL:
            self.effects.append(Effect(Do.VOID_APPROVAL, step_id))

    def close_all(self, outcome: str) -> None:
        """Close what is open, with signatures that were asked for."""
        for one in self.state.open:
            self.close(one.step, outcome)

    def keep(self, step_id: str, outcome: str) -> None:
        """Remember how a step ended."""
        passed = (*self.state.passed, Passed(step_id, outcome, self.at))
        self.change(passed=passed[-PASSED_MAX:])

    def finish(self, step: Step, outcome: str) -> None:
        """
        End an open step with one of its outcomes and go where that leads.

        :raises EventRefused: if it has no such outcome, or its way back is used up
        """
        way = step.way(outcome)
        if way is None:
            raise EventRefused("outcome_unknown", step.id)
        self.count(step.id, way)
        self.close(step.id, outcome)
        if step.kind in SIGNED_FIRST:
            self.change(carried_out=True)
        node = self.node
        if isinstance(node, Group):
            self.finish_in(node, step, way)
            return
        if step.kind is Kind.APPROVAL:
            self.sign(step, outcome)
        self.enter(way.target)

    def count(self, owner: str, way: Way) -> None:
        """Count a way back; refuse it when its bound is used up."""
        if not way.at_most:
            return
        name = f"{owner} {way.outcome}"
        gone = dict(self.state.loops)
        if gone.get(name, 0) >= way.at_most:
            raise EventRefused("loop_used_up", owner)
        gone[name] = gone.get(name, 0) + 1
        self.change(loops=tuple(sorted(gone.items())))

    def sign(self, step: Step, outcome: str) -> None:
        """Keep what the signatures said; only those the limits name sign for the money."""
        if outcome == APPROVED:
            self.change(signed=self.state.signed or step.is_matrix, agreed=True)
        else:
            self.unsign()

    def unsign(self) -> None:
        """Nothing is signed any more."""
        self.change(signed=False, agreed=False, carried_out=False)

    def is_skipped(self, step: Step) -> bool:
        """Whether its condition surely holds, or its paper is at hand."""
        if step.skip is not None and step.skip.holds(self.state.facts) is True:
            return True
        missing = self.state.facts.missing or frozenset()
        return (
            step.kind is Kind.EVIDENCE
            and step.code in self.state.papers
            and step.code not in missing
        )

    # Branches

    def finish_in(self, group: Group, step: Step, way: Way) -> None:
        """Go on after a step of a branch."""
        if way.target not in {NEXT, FAIL}:
            self.unsign()
            self.move(way.target, CANCELLED)
            return
        n = self.branch_of(group, step)
        branch = self.state.branches[n]
        if step.kind is Kind.APPROVAL and way.outcome == APPROVED:
            self.change(agreed=True)
        if way.target == FAIL:
            self.put(n, Branch(branch.at, Result.FAILED))
        else:
            self.go_on_in(group, n, branch.at + 1, result=Result.MET)
        self.settle(group)

    def go_on_in(self, group: Group, n: int, at: int, *, result: Result = Result.SKIPPED) -> None:
        """Open the next step of a branch that is not skipped, or end the branch with `result`."""
        branch = group.branches[n]
        while at < len(branch) and self.is_passed(branch[at]):
            if self.is_skipped(branch[at]):
                self.keep(branch[at].id, SKIPPED)
            else:
                self.pass_over(branch[at])
            at += 1
        if at == len(branch):
            self.put(n, Branch(at, result))
            return
        self.put(n, Branch(at))
        self.open(branch[at])

    def branch_of(self, group: Group, step: Step) -> int:
        """The branch a step stands in."""
        return next(n for n, branch in enumerate(group.branches) if step in branch)

    def put(self, n: int, branch: Branch) -> None:
        """Keep how a branch stands."""
        branches = list(self.state.branches)
        branches[n] = branch
        self.change(branches=tuple(branches))

    def settle(self, group: Group, *, may_fail: bool = True) -> None:
        """Leave a group whose outcome is certain."""
        target = self.outcome_of(group, may_fail=may_fail)
        if target is not None:
            self.enter(target)

    def outcome_of(self, group: Group, *, may_fail: bool) -> str | None:
        """
        Where a group leads, now that enough branches ended; None while that is open.

        :raises EventRefused: if it leads back once too often, and `may_fail` is False
        """
        results = [branch.result for branch in self.state.branches]
        met = results.count(Result.MET)
        running = results.count(Result.RUNNING)
        wanted = group.wanted(len(results) - results.count(Result.SKIPPED))
        assert group.met is not None, "a valid group leads on"
        if met >= wanted:
            self.close_all(CANCELLED)
            if signs(group):
                self.change(signed=True)
            return group.met.target
        if met + running >= wanted:
            return None
        assert group.failed is not None, "a group that may fail leads on"
        if may_fail:
            self.count(group.id, group.failed)
        self.close_all(CANCELLED)
        self.unsign()
        return group.failed.target

    def review_branches(self, group: Group) -> None:
        """After facts changed: what is needed no more closes, what is needed again opens."""
        for n in range(len(group.branches)):
            branch = self.state.branches[n]
            if branch.result is Result.SKIPPED:
                if not all(map(self.is_skipped, group.branches[n])):
                    self.go_on_in(group, n, 0)
            elif branch.result is Result.RUNNING:
                step = group.branches[n][branch.at]
                if self.is_skipped(step):
                    self.close(step.id, SKIPPED)
                    self.go_on_in(group, n, branch.at + 1)
        self.settle(group, may_fail=False)

    def open_steps(self) -> Iterator[Step]:
        """The steps somebody has to do now."""
        return (self.definition.step(one.step) for one in self.state.open)
