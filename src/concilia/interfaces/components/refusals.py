"""Why an act was refused, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from concilia.cases.core.people import Refusal as RouteRefusal
from concilia.cases.core.people import RouteRefused
from concilia.claims.core.decisions import DecisionRefused
from concilia.claims.core.decisions import Refusal as DecisionRefusal
from concilia.foundation.refusals import Refused
from concilia.kernel.machine import TransitionRefused

Word = str | Promise

# What an act of the desk may answer instead of doing it; everything else is a fault of ours.
REFUSALS: Final = (Refused, DecisionRefused, RouteRefused, TransitionRefused)

DECISIONS: Final[Mapping[DecisionRefusal, Word]] = {
    DecisionRefusal.ABOVE_CLAIMED: _("A line gets more than they claim for it."),
    DecisionRefusal.BELOW_ZERO: _("No line can get less than nothing."),
    DecisionRefusal.UNKNOWN_LINE: _("This claim has no such line: load the page again."),
    DecisionRefusal.LINE_LEFT_OUT: _("Say for every line how much is granted."),
    DecisionRefusal.REASON_NEEDED: _("This is not what the rules found: say why."),
    DecisionRefusal.GROUND_NEEDED: _("Nothing is granted: choose the ground of the refusal."),
    DecisionRefusal.NO_LINES: _("A claim without lines cannot be decided."),
    DecisionRefusal.NOT_NOW: _("This claim cannot be decided now: load the page again."),
}
ROUTES: Final[Mapping[RouteRefusal, Word]] = {
    RouteRefusal.IS_REQUESTER: _("Who asked for this may not sign it."),
    RouteRefusal.FOR_REQUESTER: _("Who stands in for the one who asked may not sign it."),
    RouteRefusal.APPLIES_CASH: _("Who applies cash may not sign credits."),
    RouteRefusal.EDITS_MASTER: _("Who edits customer data may not sign this."),
    RouteRefusal.NEGOTIATED: _("Who negotiated this may not sign it."),
    RouteRefusal.SELLS_ACCOUNT: _("Who sells to this customer may not be the only one to sign."),
    RouteRefusal.SETS_POLICY: _("Who sets the limits may not sign."),
    RouteRefusal.SIGNED_ALREADY: _("You have signed here already; once counts once."),
    RouteRefusal.LEVEL_TOO_LOW: _("This needs a higher level than yours."),
    RouteRefusal.LIMIT_TOO_LOW: _("With the last 30 days this is more than may be signed here."),
    RouteRefusal.ABSENT: _("Who is away cannot sign."),
    RouteRefusal.NO_DELEGATION: _("Nobody has left this signature to you."),
    RouteRefusal.NO_CHAIN: _("A signature that was handed over is not handed on."),
    RouteRefusal.NOBODY: _("Nobody with enough authority is free to sign this."),
    RouteRefusal.NO_LIMIT: _("No level may sign for so much: set a limit first."),
    RouteRefusal.OTHER_CURRENCY: _("The limits are in another currency: set a rate first."),
    RouteRefusal.ROUTE_ENDED: _("This is no longer put to signature: load the page again."),
    RouteRefusal.NOT_YOUR_TURN: _("Somebody else signs before this seat."),
    RouteRefusal.NOT_ASKED: _("This step asks others; a signature of yours does not count here."),
    RouteRefusal.STEP_BEFORE: _("A step before this approval is still open."),
    RouteRefusal.CONTENT_CHANGED: _("The claim changed since you opened it: look at it again."),
    RouteRefusal.WORDS_NEEDED: _("Say why, or what you ask."),
    RouteRefusal.AMOUNT_WRONG: _(
        "Grant less than is asked and more than nothing; a refusal is signed as it stands, or sent "
        "back."
    ),
    RouteRefusal.FOUR_EYES: _("Two must sign this by the limits now: propose it again."),
    RouteRefusal.HELD: _(
        "A bank account of this customer is new: nothing goes out within a day of it."
    ),
    RouteRefusal.CALL_BACK: _(
        "A bank account of this customer is new: call them at a number known before, and write "
        "whom you spoke to."
    ),
    RouteRefusal.LIMITS_LOWER: _("Only those whom the limits ask grant less: send it back."),
    RouteRefusal.UNKNOWN_PERSON: _("There is no such member."),
}


def words_kept(why: Mapping[str, object]) -> str:
    """One sentence in the reader's language, of a refusal that was written down."""
    if "sentence" in why:
        values = why.get("values")
        sentence = gettext(str(why["sentence"]))
        return sentence.format(**values) if isinstance(values, dict) and values else sentence
    if "decision" in why:
        return str(DECISIONS[DecisionRefusal(str(why["decision"]))])
    if "route" in why:
        return str(ROUTES.get(RouteRefusal(str(why["route"])), ""))
    return gettext("The claim has moved on meanwhile: look at it again.") if "moved" in why else ""


def words_of(refusal: Exception) -> str:
    """One sentence in the reader's language, whatever was refused."""
    if isinstance(refusal, DecisionRefused):
        return str(DECISIONS[refusal.code])
    if isinstance(refusal, RouteRefused):
        return str(ROUTES.get(refusal.code, str(refusal)))
    if isinstance(refusal, Refused):
        sentence = gettext(refusal.sentence)
        return sentence.format(**refusal.values) if refusal.values else sentence
    if isinstance(refusal, TransitionRefused):
        return gettext("The claim has moved on meanwhile: look at it again.")
    return str(refusal)
