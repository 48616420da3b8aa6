"""Processes in words: what a step is, who does it, when it is skipped, what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concilia.cases.core.process.conditions import (
    Both,
    Compared,
    Condition,
    Either,
    Flag,
    Missing,
    Not,
    read_condition,
)
from concilia.cases.core.process.model import (
    Definition,
    Group,
    Holder,
    Join,
    Kind,
    OnTimeOut,
    Step,
    Who,
    WhoKind,
    Within,
)
from concilia.cases.core.process.problems import Problem
from concilia.interfaces.desk.claim_words import department_name, evidence_name, language
from concilia.kernel.deadlines import Unit
from concilia.kernel.languages import LANGUAGES

Word = str | Promise

KINDS: Final[Mapping[Kind, Word]] = {
    Kind.QUALIFY: _("Check the reason"),
    Kind.VERDICT: _("Compute what is valid"),
    Kind.PROPOSE: _("Propose a decision"),
    Kind.APPROVAL: pgettext_lazy("act", "Sign"),
    Kind.INFORM: _("Tell somebody"),
    Kind.POST: _("Post in the ERP"),
    Kind.NOTIFY: _("Answer the customer"),
    Kind.ASK_CUSTOMER: _("Ask the customer"),
    Kind.ASK_THIRD: _("Ask the carrier or agent"),
    Kind.FORM: _("Fill in a form"),
    Kind.ROOT_CAUSE: _("Name the cause"),
}
AUTOMATIC: Final[Mapping[str, Word]] = {
    "fetch-pod": _("Fetch the proof of delivery"),
    "compute-validity": _("Compute what is valid"),
    "ask-by-mail": _("Ask by e-mail"),
}
ROLES: Final[Mapping[str, Word]] = {
    "clerk": _("a clerk"),
    "resolver": _("a resolver"),
    "approver": _("an approver"),
    "admin": _("an administrator"),
}
MANAGERS: Final[Mapping[str, Word]] = {
    "owner": _("Next level above the owner"),
    "account-owner": _("Next level above the account manager"),
    "proposer": _("Next level above who proposed"),
}
LATE: Final[Mapping[OnTimeOut, Word]] = {
    OnTimeOut.REMIND: _("Reminds. Never approves by itself."),
    OnTimeOut.ESCALATE: _("Goes to the next level. Never approves by itself."),
    OnTimeOut.DELEGATE: _("Goes to the substitute. Never approves by itself."),
}
CLOCKS: Final[Mapping[Holder, Word]] = {
    Holder.US: _("Our clock runs"),
    Holder.CUSTOMER: _("The customer holds the ball, our clock stops once they are asked"),
    Holder.THIRD: _("A third party holds the ball, our clock stops once they are asked"),
}
NOBODY_SIGNS: Final = read_condition("signatures = 0")
OUTCOMES: Final[Mapping[str, Word]] = {
    "done": _("Done"),
    "approved": _("Approved"),
    "returned": _("Sent back"),
    "rejected": _("Refused"),
    "late": _("Too late"),
    "met": _("Together"),
    "failed": _("Failed"),
}
FACTS: Final[Mapping[str, Word]] = {
    "reason": _("the reason"),
    "amount": _("the amount"),
    "segment": _("the segment"),
    "customer": _("the customer"),
    "entity": _("the company"),
    "country": _("the country"),
    "verdict": _("the verdict"),
    "signatures": _("the signatures needed"),
}
FLAGS: Final[Mapping[str, tuple[Word, Word]]] = {
    "qualified": (_("the reason is known"), _("the reason is not known")),
    "money": (_("something is posted"), _("nothing is posted")),
}
SIGNS: Final[Mapping[str, Word]] = {
    "=": _("is"),
    "!=": _("is not"),
    "<": _("is below"),
    "<=": _("is at most"),
    ">": _("is above"),
    ">=": _("is at least"),
    "in": _("is one of"),
}
PROBLEMS: Final[Mapping[str, Word]] = {
    # What cannot be read
    "text_too_long": _("This text is too long for a process."),
    "process_missing": _("The text must begin by naming its process."),
    "steps_missing": _("This process has no steps."),
    "line_unknown": _("“{text}” means nothing here."),
    "unseen_sign": _("This line contains a sign one cannot see."),
    "twice": _("“{what}” stands here twice."),
    "outside_step": _("“{what}” belongs into a step."),
    "reason_unknown": _("There is no claim reason “{name}”."),
    "language_unknown": _("“{name}” is not one of the five languages."),
    "words_too_long": _("These words are longer than {most} signs."),
    "kind_unknown": _("There is no kind of step “{name}”."),
    "evidence_unknown": _("There is no kind of evidence “{name}”."),
    "automatic_unknown": _("There is no automatic act “{name}”."),
    "code_superfluous": _("“{name}” has no meaning here."),
    "name_reserved": _("No step may be called “{name}”."),
    "name_twice": _("“{name}” is the name of line {first} already."),
    "too_many_steps": _("This process has too many steps."),
    "branch_missing": _("The steps of “{name}” need a branch before them."),
    "branch_outside": _("A branch belongs between “together” and “join”."),
    "join_outside": _("A join needs branches that run together before it."),
    "join_missing": _("“{name}” runs together, but nothing joins it."),
    "join_way_unknown": _("A join is met or failed; “{name}” is neither."),
    "who_unknown": _("“{name}” says nobody who could do this."),
    "who_needs_name": _("“{name}” needs to say which."),
    "department_unknown": _("There is no department “{name}”."),
    "role_unknown": _("There is no role “{name}”."),
    "person_needs_address": _("A person is named by their e-mail address."),
    "within_range": _("The time must be between 1 and {most}."),
    "clock_unknown": _("The clock is that of us, customer or third; not “{name}”."),
    "late_unknown": _("Late, one can remind, escalate or delegate; not “{name}”."),
    "fields_outside_form": _("Only a form asks for fields."),
    "field_without_name": _("Each field needs a name of at most 40 signs."),
    "condition_too_long": _("This condition is too long."),
    "condition_too_deep": _("This condition has too many brackets inside each other."),
    "condition_sign": _("“{name}” cannot be read in a condition."),
    "condition_ends": _("This condition is not complete."),
    "condition_goes_on": _("After a complete condition, “{name}” is too much."),
    "condition_needs": _("Here the condition needs “{name}”."),
    "condition_fact": _("“{name}” is no fact a condition can ask for."),
    "fact_unknown": _("No fact of a case is called “{name}”."),
    "fact_has_no_order": _("“{name}” is a text: it is neither above nor below another."),
    "fact_wants_text": _("“{name}” is compared with a text in quotation marks."),
    "fact_wants_number": _("“{name}” is compared with a number."),
    "verdict_unknown": _("There is no verdict “{name}”."),
    # What would lose a case, or its signatures
    "reasons_missing": _("This process speaks for no reason."),
    "path_too_long": _("A case may meet {steps} steps; {most} are the most."),
    "dead_end": _("Nothing leads on from here."),
    "leads_nowhere": _("“{outcome}” leads to “{target}”, which does not exist."),
    "loop_without_bound": _("“{outcome}” leads back to “{target}”: say how often at most."),
    "loop_too_often": _("“{outcome}” may lead back {most} times at the most."),
    "bound_without_loop": _("“{outcome}” leads forward to “{target}”: it needs no limit."),
    "first_way_back": _("The usual outcome “{outcome}” must lead forward."),
    "join_without_branches": _("A join needs at least two branches with steps."),
    "failure_leads_nowhere": _("A branch may fail, but nothing says where that leads."),
    "join_count": _("The join counts wrongly: there are {branches} branches."),
    "owner_missing": _("Nobody does this step: say who."),
    "needs_a_person": _("This step needs a person; the system cannot do it alone."),
    "matrix_only_signs": _("The matrix of limits names who signs, nobody else."),
    "asked_without_clock": _("Who is asked holds the ball: say whose clock runs."),
    "clock_of_others": _("Only papers and questions can wait on the clock of others."),
    "waits_without_clock": _("This waits for others without an end: say within which time."),
    "deadline_missing": _("Say within which time this is done."),
    "late_ends_work": _("Time passes over papers and questions only, not over this step."),
    "approval_by_time": _("Time approves nothing: a signature has no outcome “late”."),
    "approval_skipped": _("A signature is skipped only where signatures = 0."),
    "approved_first": _("The first outcome of a signature is “approved”."),
    "approval_outcome": _("A signature ends approved, returned or rejected; not “{outcome}”."),
    "not_signed_before": _("A case can come here without the signatures."),
    "join_skips_approval": _("These branches can end well without every signature."),
    "propose_in_group": _("A proposal stands on the main road, not in a branch."),
    "refused_goes_on": _("“{outcome}” must not go on as if it were approved."),
    "unreachable": _("No case ever comes here."),
    "approval_by_owner": _("Who owns the case usually proposes, and may not approve it."),
    "approvals_in_branch": _("One approval for each branch: put the second one after the join."),
    "inform_answers": _("Who is told answers nothing: one outcome is enough."),
    "manager_unknown": _("“{name}” has no manager: say owner, account-owner or proposer."),
    "matrix_in_group": _("The signatures of the limits stand on the main road, not in a branch."),
    "route_open": _(
        "Between proposal and posting one outcome is enough: who signs is told before."
    ),
    "approval_again": _("One step asks for all signatures the limits want; a second is not asked."),
}


def process_title(definition: Definition) -> str:
    """The name of a process in the reader's language; its key where it has none."""
    return _in_language(definition.titles) or definition.key


def step_title(step: Step) -> str:
    """What is done, in the reader's language: the step's own words, else those of its kind."""
    if own := _in_language(step.titles):
        return own
    if step.kind is Kind.EVIDENCE:
        return evidence_name(step.code)
    if step.kind is Kind.AUTOMATIC:
        return str(AUTOMATIC[step.code])
    return str(KINDS[step.kind])


def step_instruction(step: Step) -> str:
    """How it is done, in the reader's language; empty if nobody said."""
    return _in_language(step.instructions)


def _in_language(words: Mapping[str, str]) -> str:
    for code in (language(), *LANGUAGES):
        if code in words:
            return words[code]
    return ""


def who_words(who: Who | None) -> str:
    """Who does it: `Logistics`, `Who signs is in the limits`."""
    if who is None:
        return gettext("nobody")
    fixed: Mapping[WhoKind, str] = {
        WhoKind.SYSTEM: gettext("System"),
        WhoKind.MATRIX: gettext("By the limits"),
        WhoKind.OWNER: gettext("Owner of the case"),
        WhoKind.ACCOUNT: gettext("Account manager"),
        WhoKind.OWNER_DEPARTMENT: gettext("Department of the reason"),
    }
    if who.kind in fixed:
        return fixed[who.kind]
    if who.kind is WhoKind.DEPARTMENT:
        return department_name(who.name)
    if who.kind is WhoKind.LEAST_LOADED:
        return gettext("Least loaded in %(department)s") % {"department": department_name(who.name)}
    named = {WhoKind.ROLE: ROLES, WhoKind.MANAGER: MANAGERS}.get(who.kind, {})
    return str(named.get(who.name, who.name))


def within_words(within: Within | None) -> str:
    """The time a step has, long: `3 working days`."""
    if within is None:
        return ""
    n = within.n
    if within.unit is Unit.HOURS:
        return ngettext("%(n)s working hour", "%(n)s working hours", n) % {"n": n}
    if within.unit is Unit.CALENDAR_DAYS:
        return ngettext("%(n)s day", "%(n)s days", n) % {"n": n}
    return ngettext("%(n)s working day", "%(n)s working days", n) % {"n": n}


def within_short(within: Within | None) -> str:
    """The time a step has, short: `3 d`, `4 h`."""
    if within is None:
        return ""
    unit = gettext("h") if within.unit is Unit.HOURS else gettext("d")
    return f"{within.n} {unit}"


def join_words(group: Group) -> str:
    """How branches come together."""
    if group.join is Join.ALL:
        return gettext("together, all must end")
    if group.join is Join.ANY:
        return gettext("together, the first one is enough")
    return gettext("together, %(needed)s of %(of)s are enough") % {
        "needed": group.needed,
        "of": group.of,
    }


def outcome_words(outcome: str) -> str:
    """An outcome as people say it; its own name where the process has its own."""
    known = OUTCOMES.get(outcome)
    return str(known) if known else outcome.replace("-", " ").capitalize()


def only_if(step: Step) -> str:
    """When a step is done, of one that may be skipped; empty if it always is."""
    skip = step.skip
    if skip is None:
        return ""
    if skip == NOBODY_SIGNS:
        return gettext("only if somebody must sign")
    if skip == Not(Missing(step.code)):
        return gettext("only if it is missing")
    if isinstance(skip, Not | Flag | Missing):
        words = condition_words(skip.part) if isinstance(skip, Not) else _not_words(skip)
        return gettext("only if %(condition)s") % {"condition": words}
    return gettext("not if %(condition)s") % {"condition": condition_words(skip)}


def condition_words(condition: Condition) -> str:
    """A condition as a half sentence."""
    if isinstance(condition, Both | Either):
        word = gettext("and") if isinstance(condition, Both) else gettext("or")
        return f" {word} ".join(condition_words(part) for part in condition.parts)
    if isinstance(condition, Not):
        return _not_words(condition.part)
    return _leaf_words(condition)


def _leaf_words(condition: Compared | Flag | Missing) -> str:
    if isinstance(condition, Flag):
        return str(FLAGS[condition.fact][0])
    if isinstance(condition, Missing):
        return gettext("%(paper)s is missing") % {"paper": evidence_name(condition.evidence)}
    if condition == NOBODY_SIGNS:
        return gettext("nobody need sign")
    values = ", ".join(str(value) for value in condition.values)
    return f"{FACTS[condition.fact]} {SIGNS[condition.sign]} {values}"


def _not_words(part: Condition) -> str:
    if isinstance(part, Flag):
        return str(FLAGS[part.fact][1])
    if isinstance(part, Missing):
        return gettext("%(paper)s is not missing") % {"paper": evidence_name(part.evidence)}
    return gettext("not (%(condition)s)") % {"condition": condition_words(part)}


def problem_words(problem: Problem) -> str:
    """One sentence about what is wrong."""
    return str(PROBLEMS[problem.code]).format(**problem.values)
