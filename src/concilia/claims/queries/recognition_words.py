"""What was recognised, in words: for the log, for the owner, for the person who is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from concilia.claims.core.arriving import Doubt, Sign
from concilia.claims.queries.recognition import Candidate
from concilia.kernel.reason_words import EVIDENCE_NAMES, Evidence

BY_SIGN: Final[Mapping[Sign, str | Promise]] = {
    Sign.THREAD: _("%(paper)s: it answers a message of ours."),
    Sign.CASE: _("%(paper)s: it names our case %(number)s."),
    Sign.CLAIM: _("%(paper)s: it names their claim %(number)s."),
    Sign.DELIVERY: _("%(paper)s: it names delivery %(number)s."),
    Sign.INVOICE: _("%(paper)s: it names invoice %(number)s."),
    Sign.ORDER: _("%(paper)s: it names order %(number)s."),
}
DOUBTS: Final[Mapping[Doubt, str | Promise]] = {
    Doubt.SEVERAL: _("Several open claims fit."),
    Doubt.SENDER: _("Nobody we know of this customer or carrier sent it."),
    Doubt.FOREIGN: _("It also names a number of another customer."),
    Doubt.OTHER_MATTER: _("It also speaks of something this claim is not about."),
    Doubt.READING: _("What it is was not read for sure."),
    Doubt.SIGNING: _("The claim is being signed: with this paper its decision comes back."),
}
OF_SIGN: Final[Mapping[Sign, str]] = {
    Sign.THREAD: "in answer to a message of ours",
    Sign.CASE: "for our case {number}",
    Sign.CLAIM: "of their claim {number}",
    Sign.DELIVERY: "of delivery {number}",
    Sign.INVOICE: "of invoice {number}",
    Sign.ORDER: "of order {number}",
}


def told_of(candidate: Candidate, code: str) -> dict[str, Any]:
    """What the log keeps of a recognition; `why` is its sentence in English, for programs."""
    number = candidate.claim.case.number
    paper = EVIDENCE_NAMES[Evidence(code)].in_language("en")
    why = f"recognised as {paper} {OF_SIGN[candidate.sign].format(number=candidate.number)}"
    why += f", which {number} was waiting for" if candidate.waits else f", put beside {number}"
    return {
        "sign": candidate.sign,
        "number": candidate.number,
        "claim": number,
        "waited": candidate.waits,
        "why": why,
    }


def recognised_words(data: Mapping[str, Any], language: str) -> str:
    """
    The sentence of a recognition the log kept, in one language; empty where there was none.

    :param data: `evidence` and what `told_of` said
    """
    if data.get("sign") not in set(Sign) or data.get("evidence") not in set(Evidence):
        return ""
    with override(language):
        words = str(BY_SIGN[Sign(data["sign"])]) % {
            "paper": EVIDENCE_NAMES[Evidence(data["evidence"])].in_language(language),
            "number": data.get("number") or "",
        }
        if data.get("waited"):
            words += " " + gettext("%(claim)s was waiting for it.") % {"claim": data.get("claim")}
    return words


def candidate_words(candidate: Candidate, codes: Sequence[str]) -> str:
    """Why something may belong to a claim, in the language of whoever is asked."""
    data = {"evidence": codes[0], **told_of(candidate, codes[0])}
    return recognised_words(data, (get_language() or "en")[:2])
