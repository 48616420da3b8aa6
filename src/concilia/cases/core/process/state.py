"""Where a case stands in its process, what can happen to it, and what must be done about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from concilia.cases.core.process.conditions import Facts
from concilia.cases.core.process.model import Holder, Kind

# How a step ended that nobody answered.
SKIPPED: Final = "skipped"  # its condition said so
WAIVED: Final = "waived"  # people went on without it
CANCELLED: Final = "cancelled"  # the case went elsewhere meanwhile
INFORMED: Final = "informed"  # somebody was told; nobody waits for them
UNANSWERED: Final = frozenset({SKIPPED, WAIVED, CANCELLED})
# A case that goes to and fro for ever keeps its newest steps.
PASSED_MAX: Final = 200


class EventRefused(ValueError):
    """An event that does not fit where the case stands; nothing changes. `code` says why."""

    def __init__(self, code: str, step: str = "") -> None:
        super().__init__(f"{code} {step}".strip())
        self.code = code
        self.step = step


class Ended(StrEnum):
    """How a case left its process."""

    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Result(StrEnum):
    """How a branch stands."""

    RUNNING = "running"
    MET = "met"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class OpenStep:
    """A step somebody has to do: since when, and how often its time has run out."""

    step: str
    at: datetime
    late: int = 0


@dataclass(frozen=True, slots=True)
class Passed:
    """A step that is over: its outcome, or `skipped`, `waived`, `cancelled`."""

    step: str
    outcome: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Branch:
    """How far a branch of the group at hand has come."""

    at: int
    result: Result = Result.RUNNING


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """
    Where a case stands. Either a step is open, or it has ended.

    `node`: the step or group of the main road. `loops`: how often each way back was gone.
    `signed`: what is to be posted has the signatures of the limits. `agreed`: somebody has approved
    what is proposed, whoever must still. `carried_out`: and it was posted or told.
    `papers`: kinds of evidence that arrived.
    """

    node: str
    facts: Facts
    open: tuple[OpenStep, ...] = ()
    branches: tuple[Branch, ...] = ()
    passed: tuple[Passed, ...] = ()
    loops: tuple[tuple[str, int], ...] = ()
    signed: bool = False
    agreed: bool = False
    carried_out: bool = False
    papers: frozenset[str] = frozenset()
    ended: Ended | None = None

    def with_open(self, steps: tuple[OpenStep, ...]) -> State:
        """The same with other open steps; what a night does to 100,000 cases, and so by hand."""
        return State(
            node=self.node,
            facts=self.facts,
            open=steps,
            branches=self.branches,
            passed=self.passed,
            loops=self.loops,
            signed=self.signed,
            agreed=self.agreed,
            carried_out=self.carried_out,
            papers=self.papers,
            ended=self.ended,
        )

    def has_moved(self, before: State) -> bool:
        """Whether anything but the open steps is other than it was."""
        return self is not before and self.with_open(before.open) != before


@dataclass(frozen=True, slots=True)
class StepDone:
    """Somebody did an open step, with this outcome."""

    step: str
    outcome: str


@dataclass(frozen=True, slots=True)
class ActDone:
    """
    Something of this kind was done to the case, whether or not the process had come so far.

    What still was open before it is waived; nothing of the kind ahead, nothing happens.
    `outcome`: empty for the usual one.
    """

    kind: Kind
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceArrived:
    """A paper of this kind came."""

    code: str


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The time of an open step ran out."""

    step: str


@dataclass(frozen=True, slots=True)
class Returned:
    """People sent the case back to an earlier step; empty: from signing to the proposal."""

    to: str = ""


@dataclass(frozen=True, slots=True)
class CustomerAnswered:
    """The customer answered, in words or with papers."""


@dataclass(frozen=True, slots=True)
class Reopened:
    """The case is judged anew: an appeal, a reopening, a duplicate that was none."""


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The claim was taken back, or merged away."""


@dataclass(frozen=True, slots=True)
class Closed:
    """People closed the case: what was settled stays settled, what was open is waived."""


@dataclass(frozen=True, slots=True)
class FactsChanged:
    """More is known of the case, or something else."""

    facts: Facts


Event = (
    StepDone
    | ActDone
    | EvidenceArrived
    | TimedOut
    | Returned
    | CustomerAnswered
    | Reopened
    | Withdrawn
    | Closed
    | FactsChanged
)


class Do(StrEnum):
    """What an effect asks for."""

    OPEN = "open"
    CLOSE = "close"
    STOP_CLOCK = "stop-clock"
    START_CLOCK = "start-clock"
    ASK = "ask"
    REMIND = "remind"
    ESCALATE = "escalate"
    DELEGATE = "delegate"
    REQUEST_APPROVAL = "request-approval"
    INFORM = "inform"
    VOID_APPROVAL = "void-approval"
    POST = "post"
    NOTIFY = "notify"
    RUN = "run"
    CLOSE_CASE = "close-case"


@dataclass(frozen=True, slots=True)
class Effect:
    """
    One thing to be done about a step, or about the case.

    `outcome`: with CLOSE how the step ended, with CLOSE_CASE how the case did. `holder`: with
    STOP_CLOCK who has the ball.
    """

    do: Do
    step: str = ""
    outcome: str = ""
    holder: Holder | None = field(default=None)
