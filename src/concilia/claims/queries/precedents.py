"""What was decided in like cases: of the same customer, or of the same size; for one reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Final

from django.db.models import Count, QuerySet, Sum

from concilia.cases.core.sampling import band_ends, band_of
from concilia.claims.models import Claim
from concilia.kernel.currencies import exponent_of
from concilia.kernel.numbers import to_places
from concilia.kernel.reasons import UNIDENTIFIED

# Older decisions were made under other terms, by other people.
LOOKED_BACK: Final = timedelta(days=730)
SHOWN: Final = 3
SHARE_PLACES: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Precedents:
    """
    Decided claims that are alike: how many, what they claimed and were granted, the newest of them.

    Amounts in minor units of the claim's currency, in which all of them are.
    """

    count: int
    claimed_minor: int
    granted_minor: int
    last: Sequence[Claim]

    @property
    def share(self) -> Decimal | None:
        """The part that was granted, to four decimals; None where nothing was claimed."""
        if not self.claimed_minor:
            return None
        return to_places(Fraction(self.granted_minor, self.claimed_minor), SHARE_PLACES)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlikeDecided:
    """
    Precedents of a claim, from two sides.

    `least` and `most` are the whole units between which its band of amounts lies; None is no end.
    """

    of_customer: Precedents
    of_band: Precedents
    least: int
    most: int | None


def precedents_of(claim: Claim, at: datetime) -> AlikeDecided | None:
    """
    What was decided in the last two years in cases like this one; None without a reason.

    Four statements, whatever there is: both sides stand in an index of their own.
    """
    if claim.reason == UNIDENTIFIED:
        return None
    alike = Claim.objects.filter(
        entity=claim.entity_id,
        reason=claim.reason,
        currency=claim.currency,
        decided_at__gt=at - LOOKED_BACK,
        decided_at__lte=at,
    ).exclude(pk=claim.pk)
    least, most = band_ends(band_of(claim.claimed_minor, claim.currency))
    unit = 10 ** exponent_of(claim.currency)
    in_band = alike.filter(claimed_minor__gt=least * unit)
    if least == 0:
        in_band = alike.filter(claimed_minor__gte=0)
    if most is not None:
        in_band = in_band.filter(claimed_minor__lte=most * unit)
    return AlikeDecided(
        of_customer=_precedents(alike.filter(customer=claim.customer_id)),
        of_band=_precedents(in_band),
        least=least,
        most=most,
    )


def _precedents(rows: QuerySet[Claim]) -> Precedents:
    sums = rows.aggregate(
        n=Count("pk"), claimed=Sum("claimed_minor"), granted=Sum("approved_minor")
    )
    # The newest are found in the index first: joined before, every row of a band would be.
    newest = rows.order_by("-decided_at", "-pk").values("pk")[:SHOWN]
    last = Claim.objects.filter(pk__in=newest).select_related("case", "customer")
    return Precedents(
        count=sums["n"],
        claimed_minor=sums["claimed"] or 0,
        granted_minor=sums["granted"] or 0,
        last=list(last.order_by("-decided_at", "-pk")) if sums["n"] else [],
    )
