"""The money of a claim as a picture: the document, the contested slice, five buckets and more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, ngettext

from concilia.claims.models import ClaimLine, Decision
from concilia.claims.queries.dossier import Dossier
from concilia.claims.queries.money import ClaimMoney, Found, Movement, money_of
from concilia.interfaces.components.figures import Part
from concilia.interfaces.components.formats import format_day
from concilia.interfaces.desk.claim_words import language
from concilia.kernel.reasons import reason_name

SLICES_MAX = 6
PLACES = 5
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
    claim = dossier.claim
    found = _found(dossier)
    money = money_of(claim, dossier.lines, found)
    slices = _slices(dossier)
    return MoneyPanel(
        currency=claim.currency,
        whole=_whole(money, dossier, slices),
        slices=slices,
        buckets=_buckets(money, dossier, today),
        total=money.whole,
        whole_label=_whole_label(money, today),
        movements=money.movements,
    )


def _found(dossier: Dossier) -> Found:
    """What is said of the undecided cents: the decision put to signature, else the verdict."""
    if dossier.claim.decided_at:
        return Found()
    proposed = _proposed(dossier)
    if proposed:
        return Found(valid_minor=proposed.approved_minor, not_valid_minor=proposed.denied_minor)
    verdict = dossier.verdict
    if verdict is None:
        return Found()
    return Found(valid_minor=verdict.valid_minor, not_valid_minor=verdict.not_valid_minor)


def _proposed(dossier: Dossier) -> Decision | None:
    decision = dossier.decision
    waits = decision is not None and decision.state == Decision.State.IN_APPROVAL
    return decision if waits else None


def _slices(dossier: Dossier) -> list[Part]:
    """What is contested, line by line and by how it stands; few lines keep their names."""
    amounts = list(_by_line(dossier))
    if len(amounts) > SLICES_MAX:
        amounts = list(_together(amounts))
    return [Part(KINDS[how], minor, name) for name, how, minor in amounts]


def _by_line(dossier: Dossier) -> Iterable[tuple[str, str, int]]:
    for line in dossier.lines:
        name = reason_name(line.reason, language())
        words = {"valid": name, "not_valid": gettext("Not valid"), "undecided": name}
        for how, minor in _standing(line, dossier).items():
            if minor:
                yield words[how], how, minor


def _standing(line: ClaimLine, dossier: Dossier) -> dict[str, int]:
    """How the cents of a line stand: decided, proposed, judged, or nothing yet."""
    if dossier.claim.decided_at:
        return {"valid": line.approved_minor, "not_valid": line.denied_minor}
    if proposed := _proposed(dossier):
        own = next(one for one in proposed.lines if one["n"] == line.n)
        return {"valid": own["approved_minor"], "not_valid": own["denied_minor"]}
    if dossier.verdict:
        judged = next(one for one in dossier.verdict.lines if one.n == line.n)
        return {
            "valid": judged.valid_minor,
            "not_valid": judged.not_valid_minor,
            "undecided": judged.undecided_minor,
        }
    return {"undecided": line.claimed_minor}


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
    """Five places at most, so that each has room; what is empty and not asked for is left out."""
    decided = dossier.claim.decided_at is not None
    paid_on = format_day(money.paid_on, today, language()) if money.paid_on else gettext("nothing")
    parts = [Part("paid", money.paid, gettext("Paid"), paid_on, "#moves")]
    if money.credited:
        parts.append(Part("good", money.credited, gettext("Credited"), gettext("booked"), "#moves"))
    if not decided:
        parts.append(
            Part(
                "good", money.to_credit, gettext("To credit"), _lines("valid", dossier), "#verdict"
            )
        )
    refused = gettext("refused") if decided else _lines("not_valid", dossier)
    parts.append(Part("bad", money.to_collect, _refused_word(dossier), refused, "#verdict"))
    left = gettext("needs a person") if money.undecided else gettext("nothing left")
    parts.append(Part("open", money.undecided, gettext("Undecided"), left, "#verdict"))
    if money.open_rest:
        note = gettext("not contested")
        parts.append(Part("soft", money.open_rest, gettext("Still to pay"), note, "#moves"))
    if money.given_up or len(parts) < PLACES:
        note = gettext("in the books") if money.given_up else gettext("never")
        parts.append(Part("none", money.given_up, gettext("Written off"), note, "#moves"))
    return parts


def _lines(how: str, dossier: Dossier) -> str:
    n = sum(1 for line in dossier.lines if _standing(line, dossier).get(how))
    if not n:
        return gettext("nothing")
    if how == "valid":
        return ngettext("valid, %(n)s line", "valid, %(n)s lines", n) % {"n": n}
    return ngettext("not valid, %(n)s line", "not valid, %(n)s lines", n) % {"n": n}


def _refused_word(dossier: Dossier) -> str:
    """Only what the customer kept back can be collected back."""
    held = dossier.claim.deductions.all()
    return gettext("To collect back") if held else gettext("Not valid")


def _whole_label(money: ClaimMoney, today: date) -> str:
    invoices = [row for row in money.invoices if row.kind == "invoice"]
    if len(invoices) == 1:
        on = format_day(invoices[0].issue_date, today, language())
        return gettext("Invoice of %(day)s") % {"day": on}
    if invoices:
        n = len(invoices)
        return ngettext("%(n)s invoice", "%(n)s invoices", n) % {"n": n}
    return gettext("Claimed")
