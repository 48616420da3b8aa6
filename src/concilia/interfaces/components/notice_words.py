"""Notices as sentences, in the language of whoever reads them: on pages, in mails, in messages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from concilia.cases.models import Notice
from concilia.interfaces.components.formats import base_language, format_clock, format_full_date
from concilia.kernel.reason_words import EVIDENCE_NAMES, Evidence

Word = str | Promise
# What is said where nothing more is known than what happened to which case.
PLAIN: Final[Mapping[str, Word]] = {
    "mention": _("%(number)s: somebody mentioned you."),
    "message": _("%(number)s: an answer came."),
    "step": _("%(number)s: something is asked of you."),
    "approval": _("%(number)s: your signature is asked for."),
    "reminder": _("%(number)s: %(percent)s %% of the time are gone."),
    "late": _("%(number)s is late: %(percent)s %% of its time are gone."),
    "escalation": _("%(number)s is not done: %(percent)s %% of its time are gone."),
    "handed-over": _("%(number)s is yours now."),
    "watched": _("%(number)s, which you watch, has news."),
    "informed": _("%(number)s: its process tells you how far it has come."),
}
WITH_DAY: Final[Mapping[str, Word]] = {
    "reminder": _("%(number)s is due %(due)s: %(percent)s %% of the time are gone."),
    "late": _("%(number)s is late: it was due %(due)s."),
    "escalation": _("%(number)s was due %(due)s and is not done: %(percent)s %% of its time."),
}
WITH_STEP: Final[Mapping[str, Word]] = {
    "step": _("%(number)s: “%(step)s” is asked of you."),
    "late": _("%(number)s: “%(step)s” is late."),
    "escalation": _("%(number)s: “%(step)s” is late and not done (%(percent)s %% of its time)."),
    "handed-over": _("%(number)s: “%(step)s” is yours now."),
    "informed": _("%(number)s: “%(step)s”, for your information."),
}
ANSWER_BY: Final = _("%(number)s: the last day to answer %(customer)s is %(due)s.")


def sentence_of(notice: Notice) -> str:
    """What a notice says, as one sentence in the language at hand."""
    facts = _facts(notice)
    if notice.facts.get("answer_by"):
        return str(ANSWER_BY) % facts
    more = notice.facts.get("text") or _in_language(notice.facts.get("how"))
    for words, needed in ((WITH_STEP, "step"), (WITH_DAY, "due")):
        if facts[needed] and notice.kind in words:
            return f"{str(words[notice.kind]) % facts} {more}".strip()
    return f"{str(PLAIN[notice.kind]) % facts} {more}".strip()


def _facts(notice: Notice) -> dict[str, Any]:
    told = notice.facts
    number = told.get("number") or (notice.case.number if notice.case else gettext("A case"))
    return {
        "number": number,
        "percent": told.get("percent", ""),
        "customer": told.get("customer", ""),
        "due": _day(told.get("answer_by") or told.get("due") or ""),
        "step": _step(told),
    }


def _day(text: str) -> str:
    if not text:
        return ""
    language = base_language(get_language() or "en")
    moment = datetime.fromisoformat(text)
    if "T" not in text:
        return format_full_date(moment.date(), language)
    local = timezone.localtime(moment)
    return f"{format_full_date(local.date(), language)} {format_clock(local, language)}"


def _step(told: Mapping[str, Any]) -> str:
    named = _in_language(told.get("titles"))
    code = str(told.get("code") or "")
    if not named and code in set(Evidence):
        return EVIDENCE_NAMES[Evidence(code)].in_language(base_language(get_language() or "en"))
    return named or code or str(told.get("step") or "")


def _in_language(words: object) -> str:
    """Words a company wrote, by language: the reader's, else English, else what there is."""
    if not isinstance(words, Mapping) or not words:
        return ""
    chosen = words.get(base_language(get_language() or "en")) or words.get("en")
    return str(chosen or next(iter(words.values())))
