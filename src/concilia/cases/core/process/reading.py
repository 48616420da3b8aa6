"""Read a process from its text. What cannot be read is named with its line; nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from concilia.cases.core.process.conditions import ConditionRefused, read_condition
from concilia.cases.core.process.model import (
    AUTOMATIC_ACTS,
    MANAGED,
    NAMED,
    RESERVED,
    Definition,
    Group,
    Holder,
    Join,
    Kind,
    Node,
    OnTimeOut,
    Step,
    Way,
    Who,
    WhoKind,
    Within,
)
from concilia.cases.core.process.problems import Problem
from concilia.kernel.deadlines import Unit
from concilia.kernel.languages import LANGUAGES
from concilia.kernel.reason_words import Department, Evidence
from concilia.kernel.reasons import REASONS

TEXT_MAX: Final = 60_000
LINES_MAX: Final = 1500
STEPS_TOLD_MAX: Final = 60
TITLE_MAX: Final = 120
INSTRUCTION_MAX: Final = 500
WITHIN_MAX: Final = 250
PROBLEMS_MAX: Final = 50
ROLES: Final = frozenset({"clerk", "resolver", "approver", "admin"})
UNITS: Final[Mapping[str, Unit]] = MappingProxyType(
    {
        "working day": Unit.BUSINESS_DAYS,
        "working days": Unit.BUSINESS_DAYS,
        "day": Unit.CALENDAR_DAYS,
        "days": Unit.CALENDAR_DAYS,
        "hour": Unit.HOURS,
        "hours": Unit.HOURS,
    }
)
_NAME: Final = r"[a-z][a-z0-9-]{0,39}"
# What is written in a text of strangers would break lines, or run from right to left.
_UNSEEN: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Reading:
    """
    A process as read. `definition` is None while anything cannot be read; `problems` say what.

    `lines`: where each step, group and `process` itself stands, counted from 1.
    """

    definition: Definition | None
    problems: tuple[Problem, ...]
    lines: Mapping[str, int]


class _Wrong(Exception):
    """This line cannot be read."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def read_process(text: str) -> Reading:
    """Read a definition; see `docs/reference/processes.md` for how it is written."""
    lines = text.splitlines()
    if len(text) > TEXT_MAX or len(lines) > LINES_MAX:
        return Reading(None, (Problem(code="text_too_long"),), {})
    reader = _Reader()
    for n, line in enumerate(lines, start=1):
        told = line.strip()
        if told and not told.startswith("#"):
            reader.read(n, told)
    return reader.finish()


@dataclass(slots=True)
class _Reader:
    """Collects what the lines say. A step takes lines until the next step, group or join."""

    key: str = ""
    reasons: tuple[str, ...] = ()
    titles: dict[str, str] = field(default_factory=dict)
    nodes: list[Node] = field(default_factory=list)
    group: Group | None = None
    step: Step | None = None
    joined: bool = False
    lines: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def read(self, n: int, line: str) -> None:
        try:
            self.dispatch(n, line)
        except _Wrong as wrong:
            self.tell(wrong.code, n, **wrong.values)

    def tell(self, code: str, n: int, **values: str) -> None:
        if len(self.problems) < PROBLEMS_MAX:
            step = self.step.id if self.step else self.group.id if self.group else ""
            self.problems.append(Problem(code=code, line=n, step=step, values=values))

    def dispatch(self, n: int, line: str) -> None:
        if _UNSEEN.search(line):
            raise _Wrong("unseen_sign")
        for pattern, handler in _LINES:
            if match := pattern.fullmatch(line):
                handler(self, n, *match.groups())
                return
        raise _Wrong("line_unknown", text=line[:60])

    def finish(self) -> Reading:
        self.close_step()
        if self.group is not None and not self.joined:
            self.tell("join_missing", self.lines.get(self.group.id, 0), name=self.group.id)
        self.close_group()
        if not self.key:
            self.tell("process_missing", 1)
        if not self.nodes and self.key:
            self.tell("steps_missing", self.lines.get("", 1))
        if self.problems:
            return Reading(None, tuple(self.problems), self.lines)
        definition = Definition(
            key=self.key, reasons=self.reasons, nodes=tuple(self.nodes), titles=self.titles
        )
        return Reading(definition, (), self.lines)

    # What stands on a line of its own

    def process(self, n: int, key: str) -> None:
        if self.key:
            raise _Wrong("twice", what="process")
        self.key = key
        self.lines[""] = n

    def speaks_for(self, _n: int, codes: str) -> None:
        wanted = tuple(code.strip() for code in codes.split(","))
        for code in wanted:
            if code not in REASONS:
                raise _Wrong("reason_unknown", name=code[:20])
        if self.reasons or len(set(wanted)) < len(wanted):
            raise _Wrong("twice", what="for")
        self.reasons = wanted

    def title(self, _n: int, language: str, words: str) -> None:
        if self.step is None and (self.nodes or self.group):
            raise _Wrong("outside_step", what="title")
        titles = _with_words(
            self.titles if self.step is None else self.step.titles, language, words, TITLE_MAX
        )
        if self.step is None:
            self.titles = titles
        else:
            self.step = replace(self.step, titles=titles)

    def instruction(self, _n: int, language: str, words: str) -> None:
        step = self.in_step("how")
        told = _with_words(step.instructions, language, words, INSTRUCTION_MAX)
        self.step = replace(step, instructions=told)

    def new_step(self, n: int, name: str, kind: str, code: str | None) -> None:
        self.close_step()
        if self.joined:
            self.close_group()
        # Even one that cannot be read takes the lines that follow: they are not to blame.
        self.step, self.seen = Step(id=name, kind=Kind.FORM), set()
        self.take_name(name, n)
        if kind not in set(Kind):
            raise _Wrong("kind_unknown", name=kind[:20])
        self.step = Step(id=name, kind=Kind(kind), code=_code(Kind(kind), code or ""))
        if self.group is not None and not self.group.branches:
            self.group = replace(self.group, branches=((),))
            raise _Wrong("branch_missing", name=self.group.id)
        # The lines of outcomes are kept beside those of steps, under both names.
        if sum(" " not in known for known in self.lines if known) > STEPS_TOLD_MAX:
            raise _Wrong("too_many_steps")

    def together(self, n: int, name: str) -> None:
        self.close_step()
        if self.group is not None and not self.joined:
            raise _Wrong("join_missing", name=self.group.id)
        self.close_group()
        self.take_name(name, n)
        self.group, self.joined = Group(id=name), False

    def branch(self, _n: int) -> None:
        self.close_step()
        if self.group is None or self.joined:
            raise _Wrong("branch_outside")
        self.group = replace(self.group, branches=(*self.group.branches, ()))

    def join(self, _n: int, how: str, needed: str | None, of: str | None) -> None:
        self.close_step()
        if self.group is None or self.joined:
            raise _Wrong("join_outside")
        self.joined = True
        if needed:
            self.group = replace(self.group, join=Join.SOME, needed=int(needed), of=int(of or 0))
        else:
            self.group = replace(self.group, join=Join(how))

    # What belongs to a step

    def who(self, _n: int, kind: str, name: str | None) -> None:
        step = self.once("who")
        if kind not in set(WhoKind):
            raise _Wrong("who_unknown", name=kind[:20])
        self.step = replace(step, who=_who(WhoKind(kind), name or ""))

    def within(self, _n: int, count: str, unit: str) -> None:
        step = self.once("within")
        if not 1 <= int(count) <= WITHIN_MAX:
            raise _Wrong("within_range", most=str(WITHIN_MAX))
        self.step = replace(step, within=Within(int(count), UNITS[unit]))

    def clock(self, _n: int, holder: str) -> None:
        step = self.once("clock")
        if holder not in set(Holder):
            raise _Wrong("clock_unknown", name=holder[:20])
        self.step = replace(step, clock=Holder(holder))

    def late(self, _n: int, then: str) -> None:
        step = self.once("if late")
        if then not in set(OnTimeOut):
            raise _Wrong("late_unknown", name=then[:20])
        self.step = replace(step, on_time_out=OnTimeOut(then))

    def skip(self, _n: int, condition: str) -> None:
        step = self.once("skip if")
        try:
            self.step = replace(step, skip=read_condition(condition))
        except ConditionRefused as refused:
            raise _Wrong(refused.code, name=refused.part[:40]) from refused

    def fields(self, _n: int, names: str) -> None:
        step = self.once("ask for")
        asked = tuple(name.strip() for name in names.split(","))
        if step.kind is not Kind.FORM:
            raise _Wrong("fields_outside_form")
        if not all(0 < len(name) <= 40 for name in asked):  # noqa: PLR2004
            raise _Wrong("field_without_name")
        self.step = replace(step, fields=asked)

    def way(self, n: int, outcome: str, target: str, times: str | None) -> None:
        way = Way(outcome, target, int(times or 0))
        if self.joined and self.group is not None:
            self.group_way(way)
            return
        step = self.in_step(outcome)
        if step.way(outcome):
            raise _Wrong("twice", what=outcome)
        self.step = replace(step, ways=(*step.ways, way))
        self.lines[f"{step.id} {outcome}"] = n

    def group_way(self, way: Way) -> None:
        assert self.group is not None
        if way.outcome not in {"met", "failed"}:
            raise _Wrong("join_way_unknown", name=way.outcome)
        if way.outcome == "met":
            if self.group.met:
                raise _Wrong("twice", what="met")
            self.group = replace(self.group, met=way)
        else:
            if self.group.failed:
                raise _Wrong("twice", what="failed")
            self.group = replace(self.group, failed=way)

    # How lines come together

    def in_step(self, what: str) -> Step:
        if self.step is None:
            raise _Wrong("outside_step", what=what)
        return self.step

    def once(self, what: str) -> Step:
        step = self.in_step(what)
        if what in self.seen:
            raise _Wrong("twice", what=what)
        self.seen.add(what)
        return step

    def take_name(self, name: str, n: int) -> None:
        if name in RESERVED:
            raise _Wrong("name_reserved", name=name)
        if name in self.lines:
            raise _Wrong("name_twice", name=name, first=str(self.lines[name]))
        self.lines[name] = n

    def close_step(self) -> None:
        step, self.step = self.step, None
        if step is None:
            return
        if self.group is None:
            self.nodes.append(step)
            return
        *before, last = self.group.branches
        self.group = replace(self.group, branches=(*before, (*last, step)))

    def close_group(self) -> None:
        if self.group is not None:
            self.nodes.append(self.group)
        self.group, self.joined = None, False


def _with_words(known: Mapping[str, str], language: str, words: str, most: int) -> dict[str, str]:
    if language not in LANGUAGES:
        raise _Wrong("language_unknown", name=language)
    if language in known:
        raise _Wrong("twice", what=language)
    if len(words) > most:
        raise _Wrong("words_too_long", most=str(most))
    return {**known, language: words}


def _code(kind: Kind, code: str) -> str:
    known = {Kind.EVIDENCE: set(map(str, Evidence)), Kind.AUTOMATIC: set(AUTOMATIC_ACTS)}
    if kind not in known:
        if code:
            raise _Wrong("code_superfluous", name=code[:20])
        return ""
    if code not in known[kind]:
        raise _Wrong(f"{kind}_unknown", name=code[:20])
    return code


def _who(kind: WhoKind, name: str) -> Who:
    if kind in NAMED and not name:
        raise _Wrong("who_needs_name", name=kind)
    if kind not in NAMED and name:
        raise _Wrong("code_superfluous", name=name[:20])
    if kind in {WhoKind.DEPARTMENT, WhoKind.LEAST_LOADED} and name not in set(Department):
        raise _Wrong("department_unknown", name=name[:20])
    if kind is WhoKind.ROLE and name not in ROLES:
        raise _Wrong("role_unknown", name=name[:20])
    if kind is WhoKind.MANAGER and name not in MANAGED:
        raise _Wrong("manager_unknown", name=name[:20])
    if kind is WhoKind.PERSON and "@" not in name:
        raise _Wrong("person_needs_address", name=name[:40])
    return Who(kind, name)


_LINES: Final[tuple[tuple[re.Pattern[str], Callable[..., None]], ...]] = tuple(
    (re.compile(pattern), handler)
    for pattern, handler in (
        (rf"process ({_NAME})", _Reader.process),
        (r"for (.+)", _Reader.speaks_for),
        (r"title ([a-z]{2}): (.+)", _Reader.title),
        (r"how ([a-z]{2}): (.+)", _Reader.instruction),
        (rf"step ({_NAME}): ([a-z-]+)(?: (\S+))?", _Reader.new_step),
        (rf"together ({_NAME})", _Reader.together),
        (r"branch", _Reader.branch),
        (r"join: (?:(all|any)|(\d{1,2}) of (\d{1,2}))", _Reader.join),
        (r"who: ([a-z-]+)(?: (\S{1,254}))?", _Reader.who),
        (rf"within: (\d{{1,4}}) ({'|'.join(UNITS)})", _Reader.within),
        (r"clock: (\S+)", _Reader.clock),
        (r"if late: (\S+)", _Reader.late),
        (r"skip if: (.+)", _Reader.skip),
        (r"ask for: (.+)", _Reader.fields),
        (rf"({_NAME}) -> ({_NAME})(?:, at most (\d{{1,2}}) times?)?", _Reader.way),
    )
)
