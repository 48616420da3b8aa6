"""Process definitions of chance, valid ones, and what may happen to a case that follows them."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from concilia.cases.core.process.conditions import Facts, read_condition
from concilia.cases.core.process.model import (
    Definition,
    Group,
    Holder,
    Join,
    Kind,
    OnTimeOut,
    Step,
    Way,
    Who,
    WhoKind,
    Within,
)
from concilia.cases.core.process.state import (
    ActDone,
    Closed,
    CustomerAnswered,
    EvidenceArrived,
    FactsChanged,
    Reopened,
    Returned,
    StepDone,
    TimedOut,
    Withdrawn,
)
from concilia.cases.core.process.validation import validate
from concilia.kernel.deadlines import Unit

OWN = "own approver"
APPROVERS = (
    Who(WhoKind.DEPARTMENT, "LOG"),
    Who(WhoKind.ROLE, "approver"),
    Who(WhoKind.PERSON, "anna@staff.example"),
    Who(WhoKind.MANAGER, "owner"),
    Who(WhoKind.OWNER_DEPARTMENT),
    Who(WhoKind.ACCOUNT),
)
PAPERS = ("POD", "GRN", "CT")
BEFORE = (Kind.QUALIFY, Kind.EVIDENCE, Kind.VERDICT, Kind.FORM, Kind.ASK_CUSTOMER, Kind.ASK_THIRD)
BEFORE = (*BEFORE, Kind.INFORM)
AFTER = (Kind.POST, Kind.NOTIFY, Kind.ROOT_CAUSE, Kind.FORM, Kind.INFORM)
CONDITIONS = (
    "qualified",
    'not missing("POD")',
    'missing("GRN") and amount < 500.00',
    'reason in ("NC-01", "NC-02") or not money',
    'verdict = "VALID"',
    "amount >= 100.00",
)

facts = st.builds(
    Facts,
    reason=st.sampled_from(["", "NC-01", "NC-08"]),
    amount=st.sampled_from([None, Decimal("99.99"), Decimal("500.00")]),
    verdict=st.sampled_from(["", "VALID", "NOT_VALID"]),
    qualified=st.sampled_from([None, True, False]),
    money=st.sampled_from([None, True, False]),
    signatures=st.sampled_from([None, 0, 1, 2]),
    missing=st.none() | st.frozensets(st.sampled_from(PAPERS)),
)


def step_of(name, kind, ways, *, skip=None, draw=None, own=False):
    """A step that has what its kind needs; `draw` adds what may differ."""
    outside = {Kind.ASK_CUSTOMER: Holder.CUSTOMER, Kind.ASK_THIRD: Holder.THIRD}
    clock = outside.get(kind, Holder.US)
    late = OnTimeOut.REMIND
    if draw:
        late = draw(st.sampled_from(OnTimeOut))
        if kind is Kind.EVIDENCE:
            clock = draw(st.sampled_from(Holder))
    who = Who(WhoKind.MATRIX) if kind is Kind.APPROVAL else Who(WhoKind.DEPARTMENT, "LOG")
    if own:
        who = draw(st.sampled_from(APPROVERS)) if draw else APPROVERS[0]
    return Step(
        id=name,
        kind=kind,
        code=draw(st.sampled_from(PAPERS)) if kind is Kind.EVIDENCE and draw else _code(kind),
        who=who,
        within=Within(2, Unit.BUSINESS_DAYS),
        clock=clock,
        on_time_out=late,
        skip=read_condition(skip) if skip else None,
        ways=tuple(ways),
    )


def _code(kind):
    return {Kind.EVIDENCE: "POD", Kind.AUTOMATIC: "fetch-pod"}.get(kind, "")


@st.composite
def definitions(draw):
    """
    A valid definition: gathering, proposing, signing, carrying out, and maybe all of it again.

    Steps lead forward by chance, and back with a bound; some run together.
    """
    plan = []
    for _ in range(draw(st.integers(1, 2))):
        plan += draw(st.lists(st.sampled_from([*BEFORE, "together"]), max_size=3))
        own = st.lists(st.sampled_from([OWN, OWN, "signing own", Kind.FORM]), max_size=2)
        plan += [Kind.PROPOSE, *draw(own)]
        plan += [draw(st.sampled_from([Kind.APPROVAL, "signing"])), *draw(own)]
        plan += draw(st.lists(st.sampled_from(AFTER), max_size=2))
    names = [f"n{n}" for n in range(len(plan))] + ["end"]
    nodes = [_node(draw, names, n, what) for n, what in enumerate(plan)]
    made = Definition(key="chance", reasons=("NC-01",), nodes=tuple(nodes))
    return made if not validate(made) else _plain(plan, names)


valid = definitions().filter(lambda made: not validate(made))


def _node(draw, names, n, what):
    if what in {"together", "signing", "signing own"}:
        return _group(draw, names, n, what)
    own, what = what == OWN, Kind.APPROVAL if what == OWN else what
    forward = names[n + 1]
    if what in BEFORE and draw(st.booleans()):
        forward = draw(st.sampled_from(names[n + 1 :]))
    usual = "approved" if what is Kind.APPROVAL else "done"
    ways = [Way(usual, forward), *_others(draw, names, n, what)]
    skip = draw(st.none() | st.sampled_from(CONDITIONS))
    if what is Kind.APPROVAL and not own:
        skip = draw(st.none() | st.just("signatures = 0"))
    return step_of(names[n], what, ways, skip=skip, draw=draw, own=own)


def _others(draw, names, n, what):
    outcomes = ["returned", "rejected"] if what is Kind.APPROVAL else ["other", "late"]
    if what is Kind.INFORM:
        return
    if what in {Kind.POST, Kind.NOTIFY, Kind.PROPOSE, Kind.QUALIFY, Kind.VERDICT, Kind.FORM}:
        outcomes = ["other"]
    for outcome in outcomes:
        if draw(st.booleans()):
            target = draw(st.sampled_from(names))
            back = target != "end" and names.index(target) <= n
            yield Way(outcome, target, draw(st.integers(1, 3)) if back else 0)


def _group(draw, names, n, what):
    signing, own = what != "together", what == "signing own"
    branches = []
    for b in range(draw(st.integers(2, 3))):
        kinds = draw(st.lists(st.sampled_from([Kind.EVIDENCE, Kind.FORM]), min_size=1, max_size=2))
        if signing:
            kinds = [*kinds[1:], Kind.APPROVAL]
        steps = []
        for k, kind in enumerate(kinds):
            usual = "approved" if kind is Kind.APPROVAL else "done"
            bad = "rejected" if kind is Kind.APPROVAL else "other"
            ways = [Way(usual, "next")]
            if draw(st.booleans()):
                target = draw(st.sampled_from(["fail", "end", names[0]]))
                ways.append(Way(bad, target, 2 if target == names[0] else 0))
            skip = "signatures = 0" if signing and not own else draw(st.sampled_from(CONDITIONS))
            skip = draw(st.none() | st.just(skip)) if kind is not Kind.FORM else None
            mine = own and kind is Kind.APPROVAL
            name = f"{names[n]}-{b}-{k}"
            steps.append(step_of(name, kind, ways, skip=skip, draw=draw, own=mine))
        branches.append(tuple(steps))
    join = draw(st.sampled_from(Join))
    needed = draw(st.integers(1, len(branches))) if join is Join.SOME else 0
    return Group(
        id=names[n],
        branches=tuple(branches),
        join=join,
        needed=needed,
        of=len(branches) if needed else 0,
        met=Way("met", names[n + 1]),
        failed=Way("failed", names[0], 2),
    )


def _plain(plan, names):
    """The same steps in a row: what chance made of them was not valid."""
    nodes = []
    for n, what in enumerate(plan):
        told = {"signing": Kind.APPROVAL, "signing own": Kind.APPROVAL, OWN: Kind.APPROVAL}
        kind = Kind.FORM if what == "together" else told.get(what, what)
        usual = "approved" if kind is Kind.APPROVAL else "done"
        own = what in {OWN, "signing own"}
        nodes.append(step_of(names[n], kind, [Way(usual, names[n + 1])], own=own))
    return Definition(key="chance", reasons=("NC-01",), nodes=tuple(nodes))


@st.composite
def events(draw, definition, state):
    """Anything that may happen, whether it fits or not."""
    open_steps = [definition.step(one.step) for one in state.open]
    kinds = [
        st.builds(ActDone, st.sampled_from(Kind), st.sampled_from(["", "approved", "returned"])),
        st.builds(EvidenceArrived, st.sampled_from(PAPERS)),
        st.builds(Returned, st.sampled_from(["", *(node.id for node in definition.nodes)])),
        st.builds(FactsChanged, facts),
        st.sampled_from([CustomerAnswered(), Reopened(), Withdrawn(), Closed()]),
    ]
    if open_steps:
        step = draw(st.sampled_from(open_steps))
        done = st.builds(
            StepDone, st.just(step.id), st.sampled_from([way.outcome for way in step.ways])
        )
        # Most of what happens is work.
        kinds += [done, done, done, done, st.just(TimedOut(step.id))]
    return draw(st.one_of(kinds))
