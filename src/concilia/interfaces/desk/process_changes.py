"""What changes from one version of a process to another, a sentence for each change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concilia.cases.core.process.differences import Difference, differences
from concilia.cases.core.process.model import END, NEXT, Definition, Group, Step
from concilia.interfaces.desk.process_route import numbers_of
from concilia.interfaces.desk.process_words import (
    CLOCKS,
    LATE,
    only_if,
    outcome_words,
    step_title,
    who_words,
    within_words,
)

Word = str | Promise
ICONS: Final[Mapping[str, str]] = {
    "step_added": "plus",
    "group_added": "plus",
    "reasons_added": "plus",
    "step_gone": "minus",
    "group_gone": "minus",
    "reasons_left": "minus",
}
SENTENCES: Final[Mapping[str, Word]] = {
    "reasons_added": _("It now speaks for {after} as well."),
    "reasons_left": _("It speaks no more for {before}."),
    "titles": _("The process is called otherwise."),
    "order": _("The steps stand in another order."),
    "step_added": _("is new."),
    "step_gone": _("is gone."),
    "group_added": _("now run together."),
    "group_gone": _("run together no more."),
    "branches": _("has other branches."),
    "join": _("ends otherwise: {after} instead of {before}."),
    "kind": _("asks for something else than before."),
    "who": _("goes to {after} instead of {before}."),
    "within": _("has {after} instead of {before}."),
    "clock": _("changes whose clock runs: {after}."),
    "late": _("changes what happens when late: {after}"),
    "skip": _("changes when it is done: {after}. Until now: {before}."),
    "fields": _("asks for {after}. Until now: {before}."),
    "words": _("has other words."),
    "way": _("changes “{outcome}”: now to {after}. Until now: {before}."),
    "usual": _("has another usual outcome: {after}."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A change as it is shown: of which step (empty: of the whole), and a sentence."""

    icon: str
    step: str
    says: str


def changes_of(before: Definition, after: Definition) -> list[Change]:
    """Every change in the reader's language, in the order of the newer version."""
    old = {step.id: step for step in before.steps}
    new = {step.id: step for step in after.steps}
    groups = {**_groups(before), **_groups(after)}
    return [_change(one, old, new, groups) for one in differences(before, after)]


def _groups(definition: Definition) -> dict[str, str]:
    """What runs together is called by its number; the end by its word."""
    numbers = numbers_of(definition)
    named = {
        node.id: gettext("step %(n)s") % {"n": numbers[node.id]}
        for node in definition.nodes
        if isinstance(node, Group)
    }
    return named | {END: gettext("end"), NEXT: gettext("the next of its branch")}


def _change(
    one: Difference,
    old: Mapping[str, Step],
    new: Mapping[str, Step],
    groups: Mapping[str, str],
) -> Change:
    names = {name: step_title(known) for name, known in {**old, **new}.items()}
    names.update(groups)
    values = dict(one.values) | {
        "before": _value(one, one.before, old.get(one.step), names),
        "after": _value(one, one.after, new.get(one.step), names),
    }
    if "outcome" in values:
        values["outcome"] = outcome_words(values["outcome"])
    return Change(
        icon=ICONS.get(one.code, "pencil"),
        step=names.get(one.step, one.step),
        says=str(SENTENCES[one.code]).format(**values),
    )


def _value(one: Difference, written: str, step: Step | None, names: Mapping[str, str]) -> str:
    """One side of a change, as people say it."""
    if step is not None and one.code in {"who", "within", "clock", "late", "skip"}:
        said = {
            "who": who_words(step.who),
            "within": within_words(step.within) or gettext("no limit"),
            "clock": str(CLOCKS[step.clock]),
            "late": str(LATE[step.on_time_out]),
            "skip": only_if(step) or gettext("always"),
        }
        return said[one.code]
    if one.code == "way":
        target, _space, times = written.partition(" ")
        where = names.get(target, target) or gettext("nowhere")
        return (
            gettext("%(step)s, at most %(n)s times") % {"step": where, "n": times}
            if times
            else where
        )
    return written or gettext("nothing")
