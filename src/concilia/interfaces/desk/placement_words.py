"""Hand-overs in words: what is missing, which papers, which step by when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concilia.dunning.core.placement.gate import Condition, Missing
from concilia.dunning.core.placement.terms import PaperKind, ResultStatus, Route
from concilia.interfaces.components.templatetags.concilia import day
from concilia.interfaces.desk.collection_words import motive_words

Word = str | Promise

ROUTES: Final[Mapping[str, Word]] = {
    Route.AGENCY: _("to an agency"),
    Route.COURT: _("to court"),
}
PAPERS: Final[Mapping[str, Word]] = {
    PaperKind.INVOICE: _("invoice"),
    PaperKind.INVOICE_XML: _("invoice as XML"),
    PaperKind.DELIVERY: _("proof of delivery"),
    PaperKind.CONTRACT: _("contract"),
    PaperKind.ORDER: _("order"),
    PaperKind.CORRESPONDENCE: _("correspondence"),
    PaperKind.STATEMENT: _("statement of account"),
    PaperKind.INTEREST: _("interest, worked out"),
    PaperKind.NOTICE: _("formal notice"),
    PaperKind.NOTICE_PROOF: _("proof that the notice arrived"),
    PaperKind.ADR: _("attempt to settle out of court"),
    PaperKind.OTHER: _("another paper"),
}
CONDITIONS: Final[Mapping[Condition, Word]] = {
    Condition.REASON_UNKNOWN: _("Nobody knows why it is not paid: ask first."),
    Condition.BARRED: _("Never with this reason: %(reason)s."),
    Condition.NOTHING: _("There is nothing to hand over."),
    Condition.DISPUTED: _("%(number)s: less may be asked for than would be handed over."),
    Condition.TOO_LITTLE: _("It is less than %(least)s: not worth its cost."),
    Condition.LIMITATION: _("%(number)s is barred by time on %(day)s: mark it urgent if you know."),
    Condition.NOTICE_NOT_PROVEN: _("No formal notice is proven to have arrived."),
    Condition.NOTICE_RUNS: _("The formal notice gives time until %(day)s."),
    Condition.INVOICE_MISSING: _("The invoice %(number)s is missing in the evidence."),
    Condition.PAPER_MISSING: _("Missing in the evidence: %(paper)s."),
    Condition.PARTNER_MISSING: _("Nobody is named who collects."),
    Condition.NOT_APPROVED: _("Nobody has signed it yet."),
}
STEPS: Final[Mapping[str, Word]] = {
    "ACCEPTED": _("The agency takes the mandate"),
    "REPORT": _("First report of the agency"),
    "REVIEW": _("Look again: go on, or recall it"),
    "ADR": _("Prove the attempt to settle out of court"),
    "LETTER_BEFORE": _("Time of the letter before claim is over"),
    "FILE": _("File with the court"),
    "ORDER": _("The court’s order is there"),
    "SERVE": _("Serve it"),
    "OPPOSITION": _("Their time to object is over"),
    "ENFORCE_ORDER": _("Ask for the enforcement order"),
    "ENFORCE": _("Enforce it"),
}
STATUSES: Final[Mapping[str, Word]] = {
    ResultStatus.ACCEPTED: _("taken on"),
    ResultStatus.CONTACTED: _("spoken with"),
    ResultStatus.PLAN: _("pays in parts"),
    ResultStatus.PARTLY_PAID: _("paid in part"),
    ResultStatus.PAID: _("paid in full"),
    ResultStatus.DISPUTED: _("they contest it"),
    ResultStatus.COST: _("cost"),
    ResultStatus.UNCOLLECTABLE: _("cannot be collected"),
    ResultStatus.CLOSED: _("given back"),
}
PLACEMENT_STATES: Final[Mapping[str, Word]] = {
    "": _("All"),
    "DRAFT": _("Being put together"),
    "ASKED": _("To sign"),
    "PLACED": _("Handed over"),
    "RECALLED": _("Recalled"),
    "CLOSED": _("Closed"),
}
CELLS: Final[Mapping[str, Word]] = {
    "mandate": _("no such mandate"),
    "reference": _("no reference"),
    "date": _("no day like 2026-11-30"),
    "status": _("no status we know"),
    "paid": _("no amount like 120.50"),
    "cost": _("no amount like 120.50"),
    "currency": _("another currency than the mandate"),
}


def missing_words(each: Missing) -> str:
    """A condition that is not met, as a sentence."""
    values = {name: _written(value) for name, value in each.values.items()}
    if "code" in values:
        values["reason"] = motive_words(values["code"])
    if "kinds" in values:
        values["paper"] = " / ".join(str(PAPERS[kind]) for kind in values["kinds"].split())
    return str(CONDITIONS[each.condition]) % values


def _written(value: str | int | date) -> str:
    return day(value) if isinstance(value, date) else str(value)
