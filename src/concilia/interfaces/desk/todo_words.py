"""A person's list in words: the verb of each line, what it is about, and where it leads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concilia.interfaces.components.formats import base_language
from concilia.interfaces.desk.addresses import address
from concilia.interfaces.desk.explained import explained
from concilia.kernel.reason_words import DEPARTMENT_NAMES, EVIDENCE_NAMES, Department, Evidence
from concilia.kernel.reasons import UnknownReason, reason_name
from concilia.reporting.queries.todo import Task

Word = str | Promise


@dataclass(frozen=True, slots=True)
class Verb:
    """An act as it stands at the start of a line; `tone` is decide, work, wait or empty."""

    word: Word
    icon: str
    tone: str = ""


VERBS: Final[Mapping[str, Verb]] = {
    "answer": Verb(pgettext_lazy("to do", "Answer"), "message", "work"),
    "assign": Verb(pgettext_lazy("to do", "Assign"), "building-bank", "wait"),
    "check": Verb(pgettext_lazy("to do", "Check"), "eye", "wait"),
    "collect": Verb(pgettext_lazy("to do", "Collect"), "arrow-back-up", "work"),
    "compare": Verb(pgettext_lazy("to do", "Compare"), "message-circle", "decide"),
    "confirm": Verb(pgettext_lazy("to do", "Confirm"), "building-bank", "work"),
    "decide": Verb(pgettext_lazy("to do", "Decide"), "scale", "decide"),
    "find": Verb(pgettext_lazy("to do", "Find"), "paperclip", "work"),
    "merge": Verb(pgettext_lazy("to do", "Merge"), "git-merge", "wait"),
    "qualify": Verb(pgettext_lazy("to do", "Qualify"), "tag", "work"),
    "read": Verb(pgettext_lazy("to do", "Read"), "file-text", "work"),
    "repair": Verb(pgettext_lazy("to do", "Post again"), "refresh", "wait"),
    "sign": Verb(pgettext_lazy("to do", "Sign"), "signature", "decide"),
    "tell": Verb(pgettext_lazy("to do", "Inform"), "send", "work"),
    "colleague": Verb(_("Colleague"), "users"),
    "customer": Verb(_("Customer"), "user"),
    "third": Verb(_("Carrier"), "truck-delivery"),
    "signature": Verb(_("Signature"), "signature"),
    "erp": Verb("ERP", "database"),
    "legal": Verb(_("Legal"), "gavel"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A task ready to print; `language` is set where the title is somebody's own words."""

    task: Task
    verb: Verb
    verb_word: Word
    title: str
    language: str
    about: str
    href: str


def line_of(task: Task) -> Line:
    """This will be a task in the words of the person's language."""
    verb = VERBS[task.verb]
    quoted = bool(task.said)
    return Line(
        task=task,
        verb=verb,
        verb_word=_holder(task) or verb.word,
        title=_title(task),
        language=task.language if quoted else "",
        about=_about(task),
        href=_href(task),
    )


def _holder(task: Task) -> str:
    """With others the verb gives way to a name: who holds the ball."""
    if task.verb in {"colleague", "signature"} and task.who:
        return task.who.split()[0]
    if task.verb == "colleague" and task.department:
        return _department(task.department)
    return ""


def _title(task: Task) -> str:
    if task.said:
        quoted = task.kind == "step" or task.verb in {"customer", "third", "colleague"}
        return gettext("“%(words)s”") % {"words": task.said} if quoted else task.said
    if task.evidence:
        return _paper(task.evidence)
    if task.kind in {"match", "advice"}:
        return _payment(task)
    if task.kind == "seat" or task.verb == "signature":
        return _signature(task)
    return _claim_title(task)


def _signature(task: Task) -> str:
    words = {"level": task.level, "reason": _reason(task.reason)}
    if not task.level:  # a process of the company's own asks for it, not the limits
        return gettext("Signature: %(reason)s") % words
    return gettext("Approval, level %(level)s: %(reason)s") % words


def _claim_title(task: Task) -> str:
    words = {"reason": _reason(task.reason), "invoice": task.invoice}
    if task.is_partly and task.invoice:
        return gettext("%(reason)s on %(invoice)s, partly valid") % words
    if task.invoice:
        return gettext("%(reason)s on %(invoice)s") % words
    return words["reason"]


def _payment(task: Task) -> str:
    """What the engine found, its first sentences; nothing found is said too."""
    if task.kind == "advice":
        return gettext("The payer says otherwise about a posted payment")
    words = explained(task.explanation)
    if not words:
        proposed = gettext("A proposal for this payment")
        return proposed if task.verb == "confirm" else gettext("A payment nobody could assign")
    return words


def _department(code: str) -> str:
    known = code in set(Department)
    language = base_language(get_language())
    return DEPARTMENT_NAMES[Department(code)].in_language(language) if known else code


def _paper(code: str) -> str:
    known = code in set(Evidence)
    language = base_language(get_language())
    return EVIDENCE_NAMES[Evidence(code)].in_language(language) if known else code


def _reason(code: str) -> str:
    try:
        return reason_name(code, base_language(get_language()))
    except UnknownReason:
        return gettext("No reason yet")


def _about(task: Task) -> str:
    department = _department(task.department) if task.verb == "colleague" and task.who else ""
    asked_by = task.who if task.kind == "seat" else ""
    parts = [department, task.customer, task.number]
    if task.owner:
        parts.append(gettext("for %(name)s") % {"name": task.owner})
    if task.rested_until:
        why = f": {task.rested_why}" if task.rested_why else ""
        parts.append(gettext("rested until today") + why)
    if asked_by:
        parts.append(gettext("proposed by %(name)s") % {"name": asked_by})
    return " · ".join(part for part in parts if part)


def _href(task: Task) -> str:
    if task.kind == "arrival":
        return address("arrival", task.pk) or address("inbox", arrival=str(task.pk))
    if task.kind in {"match", "advice"}:
        return address("bank-payment", task.pk) or address("bank", entry=str(task.pk))
    return address("claim", task.claim_id) if task.claim_id else ""
