"""What a process consists of: steps, groups of branches, and where each outcome leads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

from concilia.cases.core.process.conditions import Condition
from concilia.kernel.deadlines import Unit

END: Final = "end"  # where a route is over
NEXT: Final = "next"  # inside a branch: its next step, or its end
FAIL: Final = "fail"  # inside a branch: it ended badly, the others may still do
RESERVED: Final = frozenset({END, NEXT, FAIL})
STEPS_MAX: Final = 24  # on the longest road; a company's usual dispute has 12 (domain.md §8.2)
PASSES_MAX: Final = 20


class Kind(StrEnum):
    """What a step asks for."""

    QUALIFY = "qualify"
    EVIDENCE = "evidence"
    VERDICT = "verdict"
    PROPOSE = "propose"
    APPROVAL = "approval"
    INFORM = "inform"
    POST = "post"
    NOTIFY = "notify"
    ASK_CUSTOMER = "ask-customer"
    ASK_THIRD = "ask-third"
    AUTOMATIC = "automatic"
    FORM = "form"
    ROOT_CAUSE = "root-cause"


# What a machine may do alone; who signs, the matrix of limits says.
BY_ITSELF: Final = frozenset({Kind.VERDICT, Kind.POST, Kind.NOTIFY, Kind.AUTOMATIC})
# Where time may pass over a step: what others owe us. Nothing else ends by time.
MAY_RUN_OUT: Final = frozenset({Kind.EVIDENCE, Kind.ASK_CUSTOMER, Kind.ASK_THIRD})
# What must have been signed before.
SIGNED_FIRST: Final = frozenset({Kind.POST, Kind.NOTIFY})
AUTOMATIC_ACTS: Final = ("fetch-pod", "compute-validity", "ask-by-mail")
APPROVED: Final = "approved"
LATE: Final = "late"


class Holder(StrEnum):
    """Who has the ball; our clock stands still with the customer and with third parties."""

    US = "us"
    CUSTOMER = "customer"
    THIRD = "third"


class OnTimeOut(StrEnum):
    """What happens when a step takes too long. Approving by itself is not among the choices."""

    REMIND = "remind"
    ESCALATE = "escalate"
    DELEGATE = "delegate"


class WhoKind(StrEnum):
    """How the person who does a step is found."""

    SYSTEM = "system"
    MATRIX = "matrix"
    OWNER = "owner"
    ACCOUNT = "account-owner"
    DEPARTMENT = "department"
    LEAST_LOADED = "least-loaded"
    ROLE = "role"
    PERSON = "person"
    MANAGER = "manager-of"
    OWNER_DEPARTMENT = "owner-department"


NAMED: Final = frozenset(
    {WhoKind.DEPARTMENT, WhoKind.LEAST_LOADED, WhoKind.ROLE, WhoKind.PERSON, WhoKind.MANAGER}
)
# Whose manager may be asked: the case's owner, who sells to the customer, who proposed.
MANAGED: Final = frozenset({"owner", "account-owner", "proposer"})


@dataclass(frozen=True, slots=True)
class Who:
    """
    Who does a step.

    `name`: the department (`LOG`), the role, the address of a person, whose manager (`owner`);
    empty for the others.
    """

    kind: WhoKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class Within:
    """The time a step has: working days or hours in the calendar of the team that holds it."""

    n: int
    unit: Unit = Unit.BUSINESS_DAYS


@dataclass(frozen=True, slots=True)
class Way:
    """
    An outcome and where it leads: a step, a group, `end`; inside a branch also `next`, `fail`.

    `at_most`: how often a way back may be gone; 0 where it leads forward.
    """

    outcome: str
    target: str
    at_most: int = 0


Words = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """
    One thing somebody does. The first way is the usual one, which a skipped step also goes.

    `code`: of evidence the paper (`POD`), of an automatic act its name. `fields`: what a form asks.
    `titles`, `instructions`: language to words; where there are none, the kind's own words serve.
    """

    id: str
    kind: Kind
    code: str = ""
    who: Who | None = None
    within: Within | None = None
    clock: Holder = Holder.US
    on_time_out: OnTimeOut = OnTimeOut.REMIND
    skip: Condition | None = None
    fields: tuple[str, ...] = ()
    ways: tuple[Way, ...] = ()
    titles: Words = field(default_factory=dict)
    instructions: Words = field(default_factory=dict)

    @property
    def is_matrix(self) -> bool:
        """Whether the limits say who signs here; without such a step nothing is posted or told."""
        return (
            self.kind is Kind.APPROVAL
            and self.who is not None
            and (self.who.kind is WhoKind.MATRIX)
        )

    @property
    def choices(self) -> tuple[str, ...]:
        """
        The outcomes whoever answers a form chooses among; none where every answer leads on alike.

        What happens when time runs out is no answer.
        """
        answers = tuple(way.outcome for way in self.ways if way.outcome != LATE)
        return answers if self.kind is Kind.FORM and len(answers) > 1 else ()

    def way(self, outcome: str) -> Way | None:
        """The way an outcome goes; None if it has none here."""
        return next((way for way in self.ways if way.outcome == outcome), None)


class Join(StrEnum):
    """When branches that run together are over."""

    ALL = "all"
    ANY = "any"
    SOME = "some"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """
    Branches that run together, each a few steps in order, and how they come together.

    `needed`: how many must end well where `join` is SOME. `met`, `failed`: where it goes then.
    """

    id: str
    branches: tuple[tuple[Step, ...], ...] = ()
    join: Join = Join.ALL
    needed: int = 0
    of: int = 0
    met: Way | None = None
    failed: Way | None = None

    @property
    def steps(self) -> Iterator[Step]:
        """All steps of all branches, in order."""
        return (step for branch in self.branches for step in branch)

    @property
    def ways(self) -> tuple[Way, ...]:
        """Where the group may lead once it is over."""
        return tuple(way for way in (self.met, self.failed) if way)

    def wanted(self, active: int) -> int:
        """How many of `active` branches must end well; those that were skipped are not asked."""
        if self.join is Join.ALL:
            return active
        return min(active, 1 if self.join is Join.ANY else self.needed)


Node = Step | Group


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A process: which reasons it speaks for, and its steps and groups in order."""

    key: str
    reasons: tuple[str, ...]
    nodes: tuple[Node, ...]
    titles: Words = field(default_factory=dict)

    @property
    def steps(self) -> Iterator[Step]:
        """Every step, those of branches too, in order."""
        for node in self.nodes:
            if isinstance(node, Group):
                yield from node.steps
            else:
                yield node

    def index(self, node_id: str) -> int:
        """
        Where a step or group of the main road stands.

        :raises KeyError: if none has this name
        """
        for n, node in enumerate(self.nodes):
            if node.id == node_id:
                return n
        raise KeyError(node_id)

    def node_of(self, step_id: str) -> int:
        """
        Where on the main road a step stands: its own place, or that of its group.

        :raises KeyError: if there is no such step
        """
        for n, node in enumerate(self.nodes):
            if node.id == step_id:
                return n
            if isinstance(node, Group) and any(step.id == step_id for step in node.steps):
                return n
        raise KeyError(step_id)

    def step(self, step_id: str) -> Step:
        """
        The step with this name.

        :raises KeyError: if there is none
        """
        return self._named[step_id]

    @cached_property
    def _named(self) -> dict[str, Step]:
        return {step.id: step for step in self.steps}
