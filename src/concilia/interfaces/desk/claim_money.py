"""The money of a claim as a picture: the document, the contested slice, five buckets and more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from concilia.claims.core.findings import Verdict
from concilia.claims.queries.dossier import Dossier
from concilia.claims.queries.money import ClaimMoney, Found, Movement, money_of
from concilia.interfaces.components.figures import Part
from concilia.interfaces.components.formats import format_day
from concilia.interfaces.desk.claim_words import language
from concilia.kernel.reasons import reason_name

SLICES_MAX = 6
KINDS = {"valid": "good", "not_valid": "bad", "undecided": "open"}


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyPanel:
    """What the panel shows; `whole` and `slices` are empty for a claim without money."""

    currency: str
    whole: Sequence[Part]
    slices: Sequence[Part]
    buckets: Sequence[Part]
    total: int
    whole_label: str
    movements: Sequence[Movement]


def panel_of(dossier: Dossier, today: date) -> MoneyPanel:
    """Read and lay out where a claim's money is; its buckets add up or nothing is shown."""
    claim, verdict = dossier.claim, dossier.verdict
    found = Found()
    if verdict and claim.decided_at is None:
        found = Found(valid_minor=verdict.valid_minor, not_valid_minor=verdict.not_valid_minor)
    money = money_of(claim, dossier.lines, found)
    slices = _slices(dossier, verdict)
    return MoneyPanel(
        currency=claim.currency,
        whole=_whole(money, dossier, slices),
        slices=slices,
        buckets=_buckets(money, dossier, today),
        total=money.whole,
        whole_label=_whole_label(money, today),
        movements=money.movements,
    )


def _slices(dossier: Dossier, verdict: Verdict | None) -> list[Part]:
    """What is contested, line by line and by how it stands; few lines keep their names."""
    amounts = list(_by_line(dossier, verdict))
    if len(amounts) > SLICES_MAX:
        amounts = list(_together(amounts))
    return [Part(KINDS[how], minor, name) for name, how, minor in amounts]


def _by_line(dossier: Dossier, verdict: Verdict | None) -> Iterable[tuple[str, str, int]]:
    judged = {line.n: line for line in verdict.lines} if verdict else {}
    for line in dossier.lines:
        name = reason_name(line.reason, language())
        if dossier.claim.decided_at:
            parts = {"valid": line.approved_minor, "not_valid": line.denied_minor, "undecided": 0}
        elif line.n in judged:
            one = judged[line.n]
            parts = {
                "valid": one.valid_minor,
                "not_valid": one.not_valid_minor,
                "undecided": one.undecided_minor,
            }
        else:
            parts = {"valid": 0, "not_valid": 0, "undecided": line.claimed_minor}
        words = {"valid": name, "not_valid": gettext("Not valid"), "undecided": name}
        yield from ((words[how], how, minor) for how, minor in parts.items() if minor)


def _together(amounts: Iterable[tuple[str, str, int]]) -> Iterable[tuple[str, str, int]]:
    sums = dict.fromkeys(KINDS, 0)
    for _name, how, minor in amounts:
        sums[how] += minor
    words = {
        "valid": gettext("Valid"),
        "not_valid": gettext("Not valid"),
        "undecided": gettext("Undecided"),
    }
    yield from ((words[how], how, minor) for how, minor in sums.items() if minor)


def _whole(money: ClaimMoney, dossier: Dossier, slices: Sequence[Part]) -> list[Part]:
    """The documents to scale with what is contested last; empty where there is nothing to show."""
    contested = sum(part.minor for part in slices)
    rest = money.whole - contested
    if contested == 0 or rest < 0:
        return []
    granted = dossier.claim.approved_minor
    others = [
        Part("paid", max(0, money.paid - _refused_of_paid(money, dossier)), gettext("Paid")),
        Part("soft", max(0, money.credited + money.given_up - granted), gettext("Credited before")),
        Part("none", money.open_rest, gettext("Still to pay")),
    ]
    if sum(part.minor for part in others) != rest:
        others = [Part("paid", rest, gettext("Not contested"))]
    return [*others, Part("open", contested, gettext("Contested"))]


def _refused_of_paid(money: ClaimMoney, dossier: Dossier) -> int:
    """What was refused of what they had paid, or have paid back since."""
    if not dossier.claim.decided_at:
        return 0
    return dossier.claim.denied_minor - money.to_collect


def _buckets(money: ClaimMoney, dossier: Dossier, today: date) -> list[Part]:
    decided = dossier.claim.decided_at is not None
    lines = dossier.verdict.lines if dossier.verdict else ()
    valid = sum(1 for line in lines if line.valid_minor)
    wrong = sum(1 for line in lines if line.not_valid_minor)
    paid_on = format_day(money.paid_on, today, language()) if money.paid_on else ""
    parts = [Part("paid", money.paid, gettext("Paid"), paid_on or gettext("nothing"), "#moves")]
    if money.credited:
        parts.append(Part("good", money.credited, gettext("Credited"), gettext("booked"), "#moves"))
    if not decided:
        note = ngettext("valid, %(n)s line", "valid, %(n)s lines", valid) % {"n": valid}
        parts.append(Part("good", money.to_credit, gettext("To credit"), note, "#verdict"))
    note = ngettext("not valid, %(n)s line", "not valid, %(n)s lines", wrong) % {"n": wrong}
    asked = gettext("refused") if decided else note
    parts.append(Part("bad", money.to_collect, _collect_word(money, dossier), asked, "#verdict"))
    left = gettext("needs a person") if money.undecided else gettext("nothing left")
    parts.append(Part("open", money.undecided, gettext("Undecided"), left, "#verdict"))
    given_up = gettext("in the books") if money.given_up else gettext("never")
    parts.append(Part("none", money.given_up, gettext("Written off"), given_up, "#moves"))
    if money.open_rest:
        note = gettext("not contested")
        parts.append(Part("soft", money.open_rest, gettext("Still to pay"), note, "#moves"))
    return parts


def _collect_word(money: ClaimMoney, dossier: Dossier) -> str:
    """What is refused of money they never kept stays where it is."""
    nothing_kept = money.asked_of_paid and not dossier.claim.deductions.all()
    return gettext("Not valid") if nothing_kept else gettext("To collect back")


def _whole_label(money: ClaimMoney, today: date) -> str:
    invoices = [row for row in money.invoices if row.kind == "invoice"]
    if len(invoices) == 1:
        on = format_day(invoices[0].issue_date, today, language())
        return gettext("Invoice of %(day)s") % {"day": on}
    if invoices:
        n = len(invoices)
        return ngettext("%(n)s invoice", "%(n)s invoices", n) % {"n": n}
    return gettext("Claimed")
