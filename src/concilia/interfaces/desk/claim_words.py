"""Claims in words: views, choices, grounds, causes, papers, and what a claim is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concilia.claims.core.decisions import Ground
from concilia.claims.models import Claim, ClaimLine
from concilia.interfaces.components.formats import base_language
from concilia.kernel.reason_words import (
    DEPARTMENT_NAMES,
    EVIDENCE_NAMES,
    FAMILY_NAMES,
    Department,
    Evidence,
    Family,
)
from concilia.kernel.reasons import FAMILIES, REASONS, reason_name

Word = str | Promise

VIEWS: Final[Mapping[str, Word]] = {
    "mine": _("Mine to decide"),
    "open": _("All open"),
    "late": _("May end late"),
    "customer": _("With the customer"),
    "approval": _("In approval"),
    "resting": _("Resting"),
    "watched": _("Watched"),
    "closed": pgettext_lazy("claims", "Closed"),
}
# Shown as tabs only while one is in them: other pages lead there.
SIDE_VIEWS: Final[Mapping[str, Word]] = {
    "asked": _("Asked of me"),
    "sign": _("Mine to sign"),
    "waiting": _("Mine with others"),
}
DUE: Final[Mapping[str, Word]] = {
    "past": pgettext_lazy("deadline", "late already"),
    "today": pgettext_lazy("deadline", "today"),
    "week": pgettext_lazy("deadline", "within a week"),
}
SORTS: Final[Mapping[str, Word]] = {
    "worth": _("worth × chance − time left"),
    "due": _("what ends first"),
    "newest": _("the newest first"),
    "amount": _("the largest first"),
    "customer": _("by customer"),
}
GROUNDS: Final[Mapping[Ground, Word]] = {
    Ground.NOT_PROVEN: _("Not proven"),
    Ground.RECORDS_DIFFER: _("Our records say otherwise"),
    Ground.NOT_AGREED: _("Not agreed in the contract"),
    Ground.NOTICE_LATE: _("Told too late"),
    Ground.DISCOUNT_EXPIRED: _("Discount period over"),
    Ground.SETTLED_BEFORE: _("Settled already"),
    Ground.AGAINST_THE_LAW: _("Not allowed by law"),
    Ground.OTHER: _("Another ground"),
}
ROOT_CAUSES: Final[Mapping[str, Word]] = {
    "price_data": _("Price data"),
    "order": _("Order entry"),
    "warehouse_transport": _("Warehouse or transport"),
    "product": _("Product"),
    "promotion_contract": _("Promotion or contract"),
    "customer": _("The customer"),
}
CHANNELS: Final[Mapping[str, Word]] = {
    "phone": _("Phone"),
    "letter": _("Letter"),
    "visit": _("Visit"),
}
HOLDERS: Final[Mapping[str, Word]] = {
    "customer": _("The customer"),
    "us": _("A colleague"),
    "third": _("Carrier, agent or insurer"),
}
PAPER_ICONS: Final[Mapping[str, str]] = {
    "INV": "file-invoice",
    "PO": "shopping-cart",
    "OC": "shopping-cart",
    "CT": "contract",
    "PRM": "discount",
    "DDT": "truck-delivery",
    "POD": "signature",
    "PHO": "photo",
    "BNK": "building-bank",
    "COR": "mail",
    "DN": "receipt",
    "REM": "report-money",
}
LEAD_ICONS: Final[Mapping[str, str]] = {
    "LOG": "truck-delivery",
    "SAL": "shopping-cart",
    "TRM": "discount",
    "QUA": "shield-check",
    "ACC": "file-invoice",
    "CRD": "coins",
    "LEG": "gavel",
}
LIKENESS: Final[Mapping[str, Word]] = {
    "SAME_INVOICE": _("same invoice"),
    "SAME_ORDER": _("same order"),
    "SAME_DELIVERY": _("same delivery"),
    "SAME_AMOUNT": _("same amount"),
    "SAME_AMOUNT_BUT_VAT": _("same amount but for the VAT"),
    "REASONS_FIT": _("reasons that fit"),
    "DATES_NEAR": _("near in time"),
}
STEPS: Final[Mapping[str, Word]] = {
    "qualify": _("Why was this withheld?"),
    "question": _("A question"),
    "approval": _("A signature"),
    "notify": _("Tell the customer"),
}
WITHHELD: Final[Mapping[str, Word]] = {
    "no_address": _("there is no address"),
    "address_unknown": _("nobody we know has this address"),
    "address_wrong": _("this is no e-mail address"),
    "bounced": _("mail to this address came back"),
    "opted_out": _("this contact wants no e-mail"),
    "no_reply_address": _("nobody reads this address"),
    "own_address": _("this is our own address"),
    "wrong_party": _("this address belongs to somebody else"),
    "contact_stopped": _("nobody may write to this customer now"),
    "auto_reply": _("it would answer a machine"),
    "nobody_answers_for_it": _("no person answers for it"),
    "too_many_today": _("too many messages went there today"),
}


def language() -> str:
    """The reader's language, one of the five."""
    return base_language(get_language())


def evidence_name(code: str) -> str:
    """A kind of paper in the reader's words."""
    if code not in set(Evidence):
        return code
    return EVIDENCE_NAMES[Evidence(code)].in_language(language())


def department_name(code: str) -> str:
    """A department in the reader's words."""
    if code not in set(Department):
        return code
    return DEPARTMENT_NAMES[Department(code)].in_language(language())


def evidence_choices() -> list[tuple[str, str]]:
    """All kinds of papers, by name."""
    return sorted(((str(code), evidence_name(code)) for code in Evidence), key=lambda pair: pair[1])


def reason_groups() -> list[tuple[str, list[tuple[str, str]]]]:
    """All reasons by family, for a select with groups."""
    groups: dict[Family, list[tuple[str, str]]] = {}
    for code in REASONS:
        name = f"{reason_name(code, language())} {code}"
        groups.setdefault(FAMILIES[code[:2]], []).append((code, name))
    return [(FAMILY_NAMES[family].in_language(language()), rows) for family, rows in groups.items()]


def about_what(claim: Claim) -> str:
    """The number people know a claim by: its invoice, else the customer's own, else the case."""
    if claim.invoice:
        return claim.invoice.number
    return claim.their_reference or claim.case.number


def title_of(claim: Claim, lines: Sequence[ClaimLine]) -> str:
    """What a claim is, in words: `Shortage at delivery and 2 more`."""
    codes = list(dict.fromkeys([claim.reason, *(line.reason for line in lines)]))
    first = reason_name(codes[0], language())
    if len(codes) == 1:
        return first
    if len(codes) == 2:  # noqa: PLR2004 - two reasons are both named
        second = reason_name(codes[1], language())
        return gettext("%(one)s, %(two)s") % {"one": first, "two": second}
    more = len(codes) - 1
    return ngettext("%(first)s and %(n)s more", "%(first)s and %(n)s more", more) % {
        "first": first,
        "n": more,
    }
