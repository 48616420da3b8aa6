"""What was decided in like cases, beside the decision and the signature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext

from concilia.claims.models import Decision
from concilia.claims.queries.dossier import Dossier
from concilia.claims.queries.precedents import SHARE_PLACES, AlikeDecided, Precedents, precedents_of
from concilia.interfaces.components.formats import group_thousands
from concilia.interfaces.desk.claim_words import language
from concilia.kernel.numbers import to_places
from concilia.kernel.reasons import reason_name

# While somebody decides or signs, and while they wait to.
SHOWN_IN: Final = ("decide", "signing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One kind of like cases; `with_customer`: they are of several customers."""

    title: str
    found: Precedents
    with_customer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecedentsShown:
    """Both kinds, and the share that is proposed here; None while nothing is."""

    sides: Sequence[Side]
    here: Decimal | None


def precedents_shown(dossier: Dossier, mode: str, at: datetime) -> PrecedentsShown | None:
    """What was decided in like cases; None where nobody is about to decide."""
    claim = dossier.claim
    if mode not in SHOWN_IN or (found := precedents_of(claim, at)) is None:
        return None
    reason = reason_name(claim.reason, language())
    return PrecedentsShown(
        sides=[
            Side(title=f"{claim.customer.name}, {reason}", found=found.of_customer),
            Side(
                title=f"{reason}, {_band(found, claim.currency)}",
                found=found.of_band,
                with_customer=True,
            ),
        ],
        here=_here(dossier),
    )


def _here(dossier: Dossier) -> Decimal | None:
    decision = dossier.decision
    if decision is None or decision.state != Decision.State.IN_APPROVAL:
        return None
    whole = decision.approved_minor + decision.denied_minor
    return to_places(Fraction(decision.approved_minor, whole), SHARE_PLACES) if whole else None


def _band(found: AlikeDecided, currency: str) -> str:
    least = group_thousands(found.least, language())
    if found.most is None:
        return gettext("above %(from)s") % {"from": f"{least} {currency}"}
    most = f"{group_thousands(found.most, language())} {currency}"
    return gettext("%(from)s to %(to)s") % {"from": least, "to": most}
