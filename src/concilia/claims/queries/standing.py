"""What one should know of a customer before deciding on their claim."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from statistics import median

from django.db.models import Count, F, Q, Sum

from concilia.cash.models import Allocation, Match
from concilia.claims.models import Claim
from concilia.kernel.numbers import to_places
from concilia.receivables.models import ItemKind, OpenItem

YEAR = timedelta(days=365)
SAME_CAUSE_WITHIN = timedelta(days=60)
PAYMENTS_LOOKED_AT = 20
SHARE_PLACES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """
    A customer at a moment.

    :param valid_share: of what they claimed in a year and was decided, the part found valid
    :param undisputed: by currency, what is open and nobody contests, in minor units
    :param days_late: the middle of their last payments against the due date; negative is early
    :param same_cause: claims of the last 60 days with the same reason and the same carrier
    """

    claims: int
    valid_share: Fraction | None
    undisputed: dict[str, int]
    days_late: int | None
    carrier: str
    same_cause: int

    @property
    def valid_part(self) -> Decimal | None:
        """The share found valid, to four decimals, for those who write it as per cent."""
        return to_places(self.valid_share, SHARE_PLACES) if self.valid_share is not None else None

    @property
    def days_early(self) -> int:
        """How early they pay, for those who do."""
        return -(self.days_late or 0)


def standing_of(claim: Claim, at: datetime) -> Standing:
    """Read what is known of the customer of a claim. Four statements."""
    year = Claim.objects.filter(
        customer=claim.customer_id, received_at__gt=at - YEAR, currency=claim.currency
    ).exclude(state__in=["DUPLICATE", "WITHDRAWN"])
    decided = Q(decided_at__isnull=False)
    sums = year.aggregate(
        n=Count("pk"),
        decided=Sum("claimed_minor", filter=decided),
        valid=Sum("approved_minor", filter=decided),
    )
    undisputed = (
        OpenItem.objects.filter(customer=claim.customer_id, open_minor__gt=0)
        .exclude(kind=ItemKind.DEDUCTION)
        .values_list("currency")
        .annotate(left=Sum(F("open_minor") - F("disputed_minor")))
        .order_by("currency")
    )
    carrier = claim.delivery.carrier if claim.delivery else ""
    same = Claim.objects.filter(
        entity=claim.entity_id,
        reason=claim.reason,
        delivery__carrier=carrier,
        received_at__gt=at - SAME_CAUSE_WITHIN,
    )
    return Standing(
        claims=sums["n"],
        valid_share=Fraction(sums["valid"] or 0, sums["decided"]) if sums["decided"] else None,
        undisputed={currency: left for currency, left in undisputed if left},
        days_late=_days_late(claim),
        carrier=carrier,
        same_cause=same.count() if carrier else 0,
    )


def _days_late(claim: Claim) -> int | None:
    rows = (
        Allocation.objects.filter(
            item__customer=claim.customer_id,
            item__kind=ItemKind.INVOICE,
            match__state=Match.State.POSTED,
        )
        .order_by("-item__due_date", "-pk")
        .values_list("match__bank_entry__value_date", "item__due_date")[:PAYMENTS_LOOKED_AT]
    )
    days = [(paid - due).days for paid, due in rows]
    return round(median(days)) if days else None
