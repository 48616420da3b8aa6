"""Calls in words: the outcomes of the call as buttons, and the rule that withheld one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concilia.dunning.models import PhoneCall
from concilia.interfaces.components.templatetags.concilia import clock, weekday

Word = str | Promise
Result = PhoneCall.Result


@dataclass(frozen=True, slots=True)
class Outcome:
    """A button: its key, what it says and starts, and the sheet that asks for more, if any."""

    key: str
    result: str
    words: Word
    starts: Word
    sheet: str = ""


RESULT_WORDS: Final[Mapping[str, Word]] = {
    Result.SPOKE: _("spoke with them"),
    Result.PROMISED: _("they promised to pay"),
    Result.REASON: _("they said why"),
    Result.DISPUTE: _("they contest something"),
    Result.CALL_BACK: _("they want to be called back"),
    Result.OPT_OUT: _("they want no calls"),
    Result.VULNERABLE: _("they need special care"),
    Result.MESSAGE: _("left a message"),
    Result.NO_ANSWER: _("nobody answered"),
    Result.WRONG_NUMBER: _("wrong number"),
}
OUTCOMES: Final = (
    Outcome("1", Result.PROMISED, _("A promise"), _("it is not asked for meanwhile"), "o-promise"),
    Outcome("2", Result.REASON, _("They say why"), _("what follows is planned"), "o-reason"),
    Outcome("3", Result.DISPUTE, _("Something is wrong"), _("opens a claim, that part rests")),
    Outcome("4", Result.CALL_BACK, _("Call back"), _("stands on the list on that day"), "o-back"),
    Outcome("5", Result.SPOKE, _("Only spoke"), _("with a note"), "o-spoke"),
    Outcome("6", Result.MESSAGE, _("Left a message"), _("without a word of what is owed")),
    Outcome("7", Result.NO_ANSWER, _("Nobody answered"), _("counts as an attempt")),
    Outcome("8", Result.WRONG_NUMBER, _("Wrong number"), _("it is marked, not called again")),
    Outcome("9", Result.OPT_OUT, _("They want no calls"), _("none from now on")),
    Outcome(
        "0", Result.VULNERABLE, _("They need care"), _("one person, no pressure, rest"), "o-care"
    ),
)
_OWN_RULES: Final[Mapping[str, Word]] = {
    "TIME-ZONE": _("nobody knows their time zone"),
    "ADDRESS": _("no telephone number is known"),
}


def rule_sentence(row: PhoneCall) -> str:
    """The rule that withheld a call, and from when it may be."""
    rule = str(_OWN_RULES.get(row.rule, row.rule))
    if row.earliest_at is None:
        return rule
    moment = f"{weekday(row.earliest_at)} {clock(row.earliest_at)}"
    return gettext("%(rule)s, again from %(moment)s") % {"rule": rule, "moment": moment}
