"""The fields of a step of a draft: what each may say, in words, and what was typed wrongly."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concilia.cases.core.process.conditions import write_condition
from concilia.cases.core.process.editing import places_for
from concilia.cases.core.process.model import (
    AUTOMATIC_ACTS,
    END,
    FAIL,
    MANAGED,
    NEXT,
    Definition,
    Group,
    Holder,
    Join,
    Kind,
    OnTimeOut,
    Step,
    Who,
    WhoKind,
)
from concilia.cases.core.process.reading import ROLES as ROLE_NAMES
from concilia.cases.core.process.typing_in import Typed, Wrong
from concilia.identity.models import Entity, Membership
from concilia.interfaces.desk.claim_words import department_name, evidence_name
from concilia.interfaces.desk.process_route import numbers_of
from concilia.interfaces.desk.process_words import (
    AUTOMATIC,
    CLOCKS,
    FACTS,
    FLAGS,
    KINDS,
    LATE,
    ROLES,
    SIGNS,
    join_words,
    problem_words,
    step_title,
    who_words,
)
from concilia.kernel.deadlines import Unit
from concilia.kernel.languages import LANGUAGES
from concilia.kernel.reason_words import Department, Evidence

Word = str | Promise
WAYS_MAX: Final = 12
UNITS: Final[Mapping[Unit, Word]] = {
    Unit.BUSINESS_DAYS: _("working days"),
    Unit.CALENDAR_DAYS: _("days"),
    Unit.HOURS: _("working hours"),
}
LANGUAGE_NAMES: Final[Mapping[str, str]] = {
    "en": "English",
    "it": "Italiano",
    "fr": "Français",
    "es": "Español",
    "de": "Deutsch",
}
JOINS: Final[Mapping[Join, Word]] = {
    Join.ALL: _("all branches must end"),
    Join.ANY: _("the first branch is enough"),
    Join.SOME: _("some branches are enough"),
}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose."""

    value: str
    label: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Choices:
    """Things to choose among, under a heading (empty: without one)."""

    label: str
    choices: Sequence[Choice]


@dataclass(frozen=True, slots=True, kw_only=True)
class WayField:
    """The row of an outcome; `wrong` says what is wrong with it."""

    n: int
    outcome: str
    targets: Sequence[Choice]
    at_most: str
    wrong: str


@dataclass(frozen=True, slots=True)
class WordsField:
    """Title and instruction in one language."""

    language: str
    name: str
    title: str
    how: str
    wrong: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepPanel:
    """Everything of a step that can be changed."""

    id: str
    no: str
    title: str
    typed: Typed
    kinds: Sequence[Choices]
    who: Sequence[Choices]
    units: Sequence[Choice]
    clocks: Sequence[Choice]
    lates: Sequence[Choice]
    ways: Sequence[WayField]
    words: Sequence[WordsField]
    facts: Sequence[Choices]
    signs: Sequence[Choice]
    places: Sequence[Choice]
    is_form: bool
    is_approval: bool
    wrong: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPanel:
    """What can be changed about steps that run together."""

    id: str
    no: str
    title: str
    joins: Sequence[Choice]
    needed: int
    met: Sequence[Choice]
    failed: Sequence[Choice]
    at_most: int
    places: Sequence[Choice]


def typed_of(step: Step) -> Typed:
    """A step as its fields show it."""
    return Typed(
        name=step.id,
        kind=f"{step.kind} {step.code}".strip(),
        who=_who(step.who),
        within=str(step.within.n) if step.within else "",
        unit=(step.within.unit if step.within else Unit.BUSINESS_DAYS).value,
        clock=step.clock.value,
        late=step.on_time_out.value,
        skip=write_condition(step.skip) if step.skip else "",
        fields=", ".join(step.fields),
        titles=step.titles,
        instructions=step.instructions,
        ways=[(way.outcome, way.target, str(way.at_most or "")) for way in step.ways],
    )


def typed_in(form: QueryDict) -> Typed:
    """What somebody filled in. What is as if nothing was said is left out of the text."""
    plain = ("kind", "who", "within", "unit", "skip", "fields")
    said = {name: form.get(name, "") for name in plain}
    clock, late = form.get("clock", ""), form.get("late", "")
    is_form = said["kind"] == Kind.FORM
    return Typed(
        name=form.get("name", ""),
        kind=said["kind"],
        who=said["who"],
        within=said["within"],
        unit=said["unit"],
        clock="" if clock == Holder.US else clock,
        late="" if late == OnTimeOut.REMIND else late,
        skip=said["skip"],
        fields=said["fields"] if is_form else "",
        titles={code: form.get(f"title-{code}", "") for code in LANGUAGES},
        instructions={code: form.get(f"how-{code}", "") for code in LANGUAGES},
        ways=[
            (form.get(f"outcome-{n}", ""), form.get(f"target-{n}", ""), form.get(f"most-{n}", ""))
            for n in range(WAYS_MAX)
        ],
    )


def step_panel(
    definition: Definition,
    step: Step,
    entity: Entity,
    *,
    typed: Typed | None = None,
    wrong: Iterable[Wrong] = (),
) -> StepPanel:
    """The fields of a step; those typed wrongly as they were typed, with what is wrong."""
    shown = typed or typed_of(step)
    faults = {one.field: problem_words(one.problem) for one in wrong}
    return StepPanel(
        id=step.id,
        no=numbers_of(definition)[step.id],
        title=step_title(step),
        typed=shown,
        kinds=kind_choices(shown.kind),
        who=_who_choices(entity, shown.who),
        units=[Choice(unit.value, str(said), unit == shown.unit) for unit, said in UNITS.items()],
        clocks=[
            Choice(one.value, str(CLOCKS[one]), one == (shown.clock or "us")) for one in Holder
        ],
        lates=[
            Choice(one.value, str(LATE[one]), one == (shown.late or "remind")) for one in OnTimeOut
        ],
        ways=_ways(definition, step, shown, faults),
        words=[
            WordsField(
                code,
                LANGUAGE_NAMES[code],
                shown.titles.get(code, ""),
                shown.instructions.get(code, ""),
                faults.get(f"title {code}", "") or faults.get(f"how {code}", ""),
            )
            for code in LANGUAGES
        ],
        facts=fact_choices(),
        signs=[Choice(sign, str(said)) for sign, said in SIGNS.items() if sign != "in"],
        places=place_choices(definition, step.id),
        is_form=shown.kind == Kind.FORM,
        is_approval=step.kind is Kind.APPROVAL,
        wrong=faults,
    )


def group_panel(definition: Definition, group: Group) -> GroupPanel:
    """The fields of steps that run together."""
    met = group.met.target if group.met else ""
    failed = group.failed.target if group.failed else ""
    return GroupPanel(
        id=group.id,
        no=numbers_of(definition)[group.id],
        title=join_words(group),
        joins=[Choice(one.value, str(said), one is group.join) for one, said in JOINS.items()],
        needed=group.needed or 1,
        met=_targets(definition, met, ()),
        failed=[Choice("", gettext("nowhere"), not failed), *_targets(definition, failed, ())],
        at_most=group.failed.at_most if group.failed else 0,
        places=place_choices(definition, group.id),
    )


def kind_choices(chosen: str = "") -> list[Choices]:
    """What a step may ask for, in groups."""
    plain = [kind for kind in KINDS if kind not in {Kind.EVIDENCE, Kind.AUTOMATIC}]
    papers = sorted((evidence_name(code), f"evidence {code}") for code in Evidence)
    return [
        Choices("", [Choice(kind.value, str(KINDS[kind]), kind == chosen) for kind in plain]),
        Choices(gettext("A paper"), [Choice(code, name, code == chosen) for name, code in papers]),
        Choices(
            gettext("By itself"),
            [
                Choice(f"automatic {act}", str(AUTOMATIC[act]), f"automatic {act}" == chosen)
                for act in AUTOMATIC_ACTS
            ],
        ),
    ]


def fact_choices() -> list[Choices]:
    """What a condition may ask for."""
    facts = [Choice(name, str(said)) for name, said in FACTS.items()]
    flags = [Choice(name, str(words[0])) for name, words in FLAGS.items()]
    missing = gettext("%(paper)s is missing")
    papers = sorted(
        (missing % {"paper": evidence_name(code)}, f"missing {code}") for code in Evidence
    )
    return [
        Choices("", [*facts, *flags]),
        Choices(gettext("A paper"), [Choice(code, name) for name, code in papers]),
    ]


def place_choices(definition: Definition, name: str) -> list[Choice]:
    """Before or after what something may be put."""
    inner = [node for node in definition.nodes if node.id == name and isinstance(node, Group)]
    own = {step.id for group in inner for step in group.steps}
    titles = _titles(definition)
    return [Choice(one, titles[one]) for one in places_for(definition, name) if one not in own]


def _titles(definition: Definition) -> dict[str, str]:
    numbers = numbers_of(definition)
    titles = {step.id: f"{numbers[step.id]} · {step_title(step)}" for step in definition.steps}
    groups = (node for node in definition.nodes if isinstance(node, Group))
    return {**titles, **{node.id: f"{numbers[node.id]} · {join_words(node)}" for node in groups}}


def _ways(
    definition: Definition, step: Step, shown: Typed, faults: Mapping[str, str]
) -> list[WayField]:
    is_inside = all(node.id != step.id for node in definition.nodes)
    inside = (NEXT, FAIL) if is_inside else ()
    rows = [way for way in shown.ways if way[0]]
    rows = [*rows, ("", NEXT if is_inside else END, "")][:WAYS_MAX]
    return [
        WayField(
            n=n,
            outcome=outcome,
            targets=_targets(definition, target, inside),
            at_most=at_most,
            wrong=faults.get(f"way {n}", ""),
        )
        for n, (outcome, target, at_most) in enumerate(rows)
    ]


def _targets(definition: Definition, chosen: str, inside: Collection[str]) -> list[Choice]:
    titles = _titles(definition)
    names = {NEXT: gettext("the next of its branch"), FAIL: gettext("its branch fails")}
    targets = {one: names[one] for one in inside}
    targets |= {node.id: titles[node.id] for node in definition.nodes}
    targets[END] = gettext("end")
    if chosen and chosen not in targets:
        targets[chosen] = chosen
    return [Choice(value, label, value == chosen) for value, label in targets.items()]


def _who(who: Who | None) -> str:
    return f"{who.kind} {who.name}".strip() if who else ""


def _who_choices(entity: Entity, chosen: str) -> list[Choices]:
    fixed = (
        WhoKind.OWNER,
        WhoKind.OWNER_DEPARTMENT,
        WhoKind.ACCOUNT,
        WhoKind.SYSTEM,
        WhoKind.MATRIX,
    )
    managers = sorted((who_words(Who(WhoKind.MANAGER, name)), name) for name in MANAGED)
    departments = sorted((department_name(code), code) for code in Department)
    members = Membership.objects.filter(entity=entity, is_active=True).select_related("user")
    people = sorted((one.user.name, f"person {one.user.email}") for one in members)

    def group(label: str, pairs: Iterable[tuple[str, str]]) -> Choices:
        return Choices(label, [Choice(value, said, value == chosen) for said, value in pairs])

    groups = [
        group(
            "", [(gettext("nobody"), ""), *((who_words(Who(kind)), kind.value) for kind in fixed)]
        ),
        group(
            gettext("A department"), [(name, f"department {code}") for name, code in departments]
        ),
        group(
            gettext("The least loaded of a department"),
            [(name, f"least-loaded {code}") for name, code in departments],
        ),
        group(
            gettext("A role"), [(str(ROLES[role]), f"role {role}") for role in sorted(ROLE_NAMES)]
        ),
        group(gettext("A manager"), [(said, f"manager-of {name}") for said, name in managers]),
        group(gettext("A person"), people),
    ]
    if not any(choice.is_chosen for one in groups for choice in one.choices):
        groups.append(group("", [(chosen, chosen)]))
    return groups
