"""The bank desk in words: what an answer rests on, why less was paid, what an item is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concilia.cash.core.drafts import Difference
from concilia.cash.core.splits import DifferenceKind
from concilia.cash.models import NO_CUSTOMER_PAYMENT, Match
from concilia.interfaces.components.formats import UNKNOWN, money_text
from concilia.kernel.reasons import REASONS, reason_name

Word = str | Promise
UNEARNED: Final = "FI-02"

RULES: Final[Mapping[str, Word]] = {
    "M1": _("Our payment reference"),
    "M2": _("Our end-to-end reference"),
    "M3": _("Remittance advice"),
    "M4": _("Numbers in the text"),
    "M5": _("Order or delivery in the text"),
    "M6": _("One item has this amount"),
    "M7": _("One item less its discount"),
    "M8": _("One combination makes it"),
    "M9": _("The whole balance to a day"),
    "M10": _("The oldest items make it"),
    "M11": _("A name alike"),
    "M12": _("As this payer usually pays"),
    "M13": _("Nothing fits"),
    "own": _("Split by a person"),
    "RET": _("Taken back by the bank"),
    "NOT": _("No customer's payment"),
}
WHY: Final[Mapping[str, Word]] = {
    "named": _("named in the text"),
    "proposed": _("proposed"),
    "disputed": _("disputed"),
    "credit": _("credit note, not named"),
    "on_account": _("on account from an earlier payment"),
    "late": _("not named, due before"),
    "later": _("not named, due later"),
}
ITEMS: Final[Mapping[str, Word]] = {
    "invoice": pgettext_lazy("open item", "invoice"),
    "credit_note": pgettext_lazy("open item", "credit note"),
    "debit_note": pgettext_lazy("open item", "debit note"),
    "deduction": pgettext_lazy("open item", "deduction"),
    "on_account": pgettext_lazy("open item", "on account"),
}
KINDS: Final[Mapping[DifferenceKind, Word]] = {
    DifferenceKind.DEDUCTION: pgettext_lazy("difference", "Deduction"),
    DifferenceKind.DISCOUNT: _("Cash discount earned"),
    DifferenceKind.LATER: _("Stays open"),
    DifferenceKind.SMALL: _("Small difference"),
    DifferenceKind.CHARGES: _("Bank charges"),
    DifferenceKind.EXCHANGE: _("Exchange difference"),
    DifferenceKind.WITHHELD: _("Tax withheld"),
    DifferenceKind.SPLIT_VAT: _("Split VAT"),
}
SWATCHES: Final[Mapping[DifferenceKind, str]] = {
    DifferenceKind.DISCOUNT: "b-good",
    DifferenceKind.DEDUCTION: "b-open",
    DifferenceKind.LATER: "b-none",
}
PROGRESS: Final[Mapping[str, Word]] = {
    "posted": pgettext_lazy("payments", "posted"),
    "proposed": pgettext_lazy("payments", "proposed"),
    "open": pgettext_lazy("payments", "open"),
    "unasked": pgettext_lazy("payments", "being matched"),
}
SORTS: Final[Mapping[str, Word]] = {
    "sure": _("the surest first"),
    "amount": _("the largest first"),
    "oldest": _("the oldest first"),
    "payer": _("by payer"),
}
FIGURES: Final[Mapping[str, Word]] = {
    "payments": _("Payments posted untouched"),
    "lines": _("By lines"),
    "amount": _("By amount"),
    "unapplied": _("Unapplied cash"),
    "reversed": _("Reversed later, 30 days"),
}
WITHHELD: Final[Mapping[str, Word]] = {
    "address_unknown": _("this address is not known as the customer's"),
    "address_wrong": _("this is no e-mail address"),
    "bounced": _("mail to this address came back"),
    "opted_out": _("this contact wants no e-mail"),
    "no_reply_address": _("nobody reads this address"),
    "own_address": _("this is our own address"),
    "wrong_party": _("this address is not the customer's"),
}
# What money that no customer paid most often is; anybody may write something else.
LABELS: Final = (
    _("Transfer between our accounts"),
    _("Tax refund"),
    _("Interest of the bank"),
    _("Refund of a supplier"),
    _("Insurance payment"),
    _("Card and payment provider payout"),
)
# A few reasons stand first: they are most of what payers take off.
USUAL: Final = ("FI-02", "NC-01", "NC-08", "NC-03", "CO-01", "FI-16")


@dataclass(frozen=True, slots=True)
class Told:
    """A difference in words: its colour, its name and what explains it."""

    swatch: str
    name: str
    why: str


def short_reason(match: Match, differences: int) -> str:
    """What an answer rests on, in a few words, for the list; `differences` are those in it."""
    if match.rule == NO_CUSTOMER_PAYMENT and match.state == Match.State.POSTED:
        return gettext("Set aside: %(label)s") % {"label": match.explanation.get("label", "")}
    if match.bank_entry.is_return:
        return gettext("The bank took this back")
    if match.state == Match.State.ADVISED:
        return gettext("The payer says otherwise")
    if match.state == Match.State.POSTED:
        by = match.decided_by.name if match.decided_by else gettext("without a person")
        return gettext("Posted %(by)s") % {"by": by}
    return _doubt(match) or _basis(match, differences)


def _doubt(match: Match) -> str:
    """Why a person has to look; empty where an answer only wants to be confirmed."""
    if match.alternatives:
        n = len(match.alternatives) + 1
        return ngettext(
            "%(n)s equal match, yours to choose", "%(n)s equal matches, yours to choose", n
        ) % {"n": n}
    if match.explanation.get("duplicate_of"):
        return gettext("Probably paid twice")
    if match.state == Match.State.OPEN or match.rule == "M13":
        known = match.customer_id is not None
        return gettext("Nothing open fits") if known else gettext("Payer not known")
    return ""


def _basis(match: Match, differences: int) -> str:
    told = str(RULES.get(match.rule, match.rule))
    if not differences:
        return told
    more = ngettext("%(n)s difference", "%(n)s differences", differences) % {"n": differences}
    return f"{told}, {more}"


def tell_difference(one: Difference, number: str, language: str) -> Told:
    """A difference in words; `number` is the document it belongs to."""
    if one.kind is DifferenceKind.DEDUCTION:
        if one.reason == UNEARNED:
            why = gettext("on %(number)s, after its date: opens a deduction, FI-02")
            return Told("b-bad", gettext("Cash discount too late"), why % {"number": number})
        name = reason_name(one.reason, language) if one.reason else str(KINDS[one.kind])
        why = gettext("on %(number)s: opens a deduction, %(code)s")
        told = why % {"number": number, "code": one.reason or UNKNOWN}
        return Told("b-open", name, f"{told} · {one.text}" if one.text else told)
    if one.kind is DifferenceKind.LATER:
        why = gettext("the rest of %(number)s, not contested")
    elif one.kind is DifferenceKind.DISCOUNT:
        why = gettext("on %(number)s, paid in time")
    else:
        why = gettext("on %(number)s, written off")
    swatch = SWATCHES.get(one.kind, "b-good")
    return Told(swatch, str(KINDS[one.kind]), why % {"number": number})


def reason_choices(language: str) -> Sequence[tuple[str, str]]:
    """Codes and names of all reasons a deduction may have, the usual ones first."""
    usual = [code for code in USUAL if code in REASONS]
    others = sorted(set(REASONS) - set(usual))
    return [(code, f"{reason_name(code, language)} {code}") for code in [*usual, *others]]


def kind_choices() -> Sequence[tuple[str, Word]]:
    """The kinds of differences a person may choose, the most frequent first."""
    return [(str(kind), word) for kind, word in KINDS.items()]


def sum_words(amounts: Iterable[tuple[str, int]], language: str) -> str:
    """The sum of some amounts as text, one for each currency: they are never added up."""
    totals: dict[str, int] = {}
    for currency, minor in amounts:
        totals[currency] = totals.get(currency, 0) + minor
    return " · ".join(money_text(minor, code, language) for code, minor in sorted(totals.items()))
