"""The verdict line by line: what they claim, what is proven, the arithmetic, the papers for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.translation import gettext

from concilia.claims.core.findings import Factor, LineVerdict, Part
from concilia.claims.core.messages import render
from concilia.claims.models import ClaimLine
from concilia.claims.queries.dossier import Dossier
from concilia.interfaces.components.formats import (
    MINUS,
    NO_BREAK_SPACE,
    format_amount,
    format_number,
)
from concilia.interfaces.desk.claim_papers import Card
from concilia.interfaces.desk.claim_words import language
from concilia.kernel.currencies import exponent_of
from concilia.kernel.reasons import reason_name

BP_PER_PERCENT = 100
CHIPS_MAX = 4
HEADS = {"VALID": "valid", "PARTLY_VALID": "part", "NOT_VALID": "refused"}
DECIDED = {"APPROVED": "valid", "PARTLY": "part", "DENIED": "refused"}


@dataclass(frozen=True, slots=True)
class Row:
    """
    One line of the table; amounts in minor units, `calc` texts are the arithmetic above them.

    `valid` and `not_valid` are what was granted and refused once the claim is decided.
    """

    n: int
    title: str
    sub: str
    claimed: int
    claimed_calc: str
    proven: str
    why: Sequence[str]
    chips: Sequence[Card]
    valid: int
    valid_calc: str
    not_valid: int
    not_valid_calc: str
    undecided: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictPanel:
    """The panel: `head` colours its head (valid, part, refused or nothing while it is proposed)."""

    title: str
    head: str
    icon: str
    by: str
    rows: Sequence[Row]
    claimed: int
    valid: int
    not_valid: int
    undecided: int
    is_decided: bool
    is_judged: bool


def panel_of(dossier: Dossier, cards: Sequence[Card]) -> VerdictPanel:
    """The newest verdict, or what was decided, ready to print."""
    claim = dossier.claim
    decided = claim.decided_at is not None
    rows = [_row(line, dossier, cards) for line in dossier.lines]
    valid = sum(row.valid for row in rows)
    not_valid = sum(row.not_valid for row in rows)
    return VerdictPanel(
        title=_title(dossier, valid),
        head=_head(dossier),
        icon="scale"
        if not decided
        else {"valid": "check", "part": "circle-half-2"}.get(_head(dossier), "x"),
        by=_by(dossier),
        rows=rows,
        claimed=claim.claimed_minor,
        valid=valid,
        not_valid=not_valid,
        undecided=sum(row.undecided for row in rows),
        is_decided=decided,
        is_judged=dossier.verdict is not None,
    )


def _row(line: ClaimLine, dossier: Dossier, cards: Sequence[Card]) -> Row:
    judged = None
    if dossier.verdict:
        judged = next(one for one in dossier.verdict.lines if one.n == line.n)
    decided = dossier.claim.decided_at is not None
    currency = dossier.claim.currency
    name = reason_name(line.reason, language())
    rule = (
        gettext("rule %(name)s v%(version)s")
        % {
            "name": judged.rule.rule_id,
            "version": judged.rule.version,
        }
        if judged
        else ""
    )
    calc = _calc(judged, Part.CLAIMED, currency) or _asked(line, currency)
    titled = _what(line, calc) or name
    return Row(
        n=line.n,
        title=titled,
        sub=" · ".join(
            part
            for part in (f"{name} {line.reason}" if titled != name else line.reason, rule)
            if part
        ),
        claimed=line.claimed_minor,
        claimed_calc=calc,
        proven=render(judged.proven, language(), currency) if judged else gettext("Not judged yet"),
        why=[render(one, language(), currency) for one in judged.why] if judged else [],
        chips=_chips(judged, cards),
        valid=line.approved_minor if decided else (judged.valid_minor if judged else 0),
        valid_calc="" if decided else _calc(judged, Part.VALID, currency),
        not_valid=line.denied_minor if decided else (judged.not_valid_minor if judged else 0),
        not_valid_calc="" if decided else _calc(judged, Part.NOT_VALID, currency),
        undecided=0 if decided else (judged.undecided_minor if judged else line.claimed_minor),
    )


def _what(line: ClaimLine, calc: str) -> str:
    """The goods; how many of them where no arithmetic says it: `Penne rigate, 12`."""
    goods = line.description or line.sku
    if goods and line.quantity is not None and not calc:
        return f"{goods}, {format_number(_plain(line.quantity), language())}"
    return goods


def _asked(line: ClaimLine, currency: str) -> str:
    if line.quantity is None or line.unit_price is None:
        return ""
    return _times(line.quantity, line.unit_price, None, currency)


def _calc(judged: LineVerdict | None, part: Part, currency: str) -> str:
    factors: Iterable[Factor] = judged.factors if judged else ()
    written = [_factor(one, currency) for one in factors if one.part is part]
    return " + ".join(text for text in written if text)


def _factor(factor: Factor, currency: str) -> str:
    text = ""
    if factor.quantity is not None and factor.unit_price is not None:
        text = _times(factor.quantity, factor.unit_price, factor.less_unit_price, currency)
    elif factor.base_minor is not None and factor.rate_bp is not None:
        base = format_amount(factor.base_minor, currency, language())
        text = gettext("%(rate)s of %(base)s") % {"rate": _percent(factor.rate_bp), "base": base}
    if text and factor.vat_bp:
        text += f" + {_percent(factor.vat_bp)}"
    if text and factor.rounding_minor:
        sign = "+" if factor.rounding_minor > 0 else MINUS
        text += f" {sign} {format_amount(abs(factor.rounding_minor), currency, language())}"
    return text


def _times(quantity: Decimal, price: Decimal, less: Decimal | None, currency: str) -> str:
    each = _price(price, currency)
    if less:
        each = f"({each} {MINUS} {_price(less, currency)})"
    return f"{format_number(_plain(quantity), language())} × {each}"


def _price(price: Decimal, currency: str) -> str:
    """With the decimals of the currency, or more where the price has more."""
    places = max(exponent_of(currency), -int(_plain(price).as_tuple().exponent))
    return format_number(price, language(), places=places)


def _percent(basis_points: int) -> str:
    share = _plain(Decimal(basis_points) / BP_PER_PERCENT)
    return f"{format_number(share, language())}{NO_BREAK_SPACE}%"


def _plain(number: Decimal) -> Decimal:
    whole = number.to_integral_value()
    return whole if number == whole else number.normalize()


def _chips(judged: LineVerdict | None, cards: Sequence[Card]) -> list[Card]:
    if judged is None:
        return []
    known = {ref: card for card in cards for ref in card.refs}
    kinds: dict[str, list[Card]] = {}
    for card in dict.fromkeys(known[ref] for ref in judged.evidence if ref in known):
        kinds.setdefault(card.short, []).append(card)
    chips = [
        replace(alike[0], short=f"{short} ({len(alike)})") if len(alike) > 1 else alike[0]
        for short, alike in kinds.items()
    ]
    return chips[:CHIPS_MAX]


def _title(dossier: Dossier, valid: int) -> str:
    claim = dossier.claim
    words = {
        "valid": format_amount(valid, claim.currency, language()),
        "claimed": format_amount(claim.claimed_minor, claim.currency, language()),
    }
    texts = {
        "valid": gettext("Valid: all %(claimed)s"),
        "part": gettext("Partly valid: %(valid)s of %(claimed)s"),
        "refused": gettext("Not valid: nothing of %(claimed)s"),
        "": gettext("Not proven yet: %(claimed)s to judge"),
    }
    if claim.claimed_minor == 0:
        return gettext("No money is claimed")
    return texts[_outcome(dossier)] % words


def _outcome(dossier: Dossier) -> str:
    if dossier.claim.decided_at and dossier.decision:
        return DECIDED[dossier.decision.outcome]
    return HEADS.get(dossier.stored.outcome, "") if dossier.stored and dossier.verdict else ""


def _head(dossier: Dossier) -> str:
    """A proposal keeps the violet head; a decision takes its own colour."""
    return _outcome(dossier) if dossier.claim.decided_at else ""


def _by(dossier: Dossier) -> str:
    decision = dossier.decision
    if dossier.claim.decided_at and decision:
        signed = [seat.signed_by.user.name for seat in dossier.seats if seat.signed_by]
        return gettext("Proposed by %(who)s, signed by %(signers)s") % {
            "who": decision.proposed_by.user.name,
            "signers": ", ".join(signed) or "–",
        }
    return ""
