"""Why a claim stands where it does in the order of work: each term, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import ROUND_FLOOR, Decimal
from zoneinfo import ZoneInfo

from django.db.models import BigIntegerField, Count, ExpressionWrapper, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Least

from concilia.cases.core.worth import (
    PERCENT,
    Weights,
    Work,
    Worth,
    chance_of,
    odds_of,
    worth_of,
)
from concilia.cases.queries.office import weights_of
from concilia.claims.core.work import (
    HISTORY,
    ODDS_UNKNOWN_BP,
    OTHERS_READY_PERCENT,
    OTHERS_TOUCHES,
    READY_PERCENT,
    TOUCHES,
    ClaimAsWork,
    as_work,
    valid_share,
)
from concilia.claims.models import Claim
from concilia.identity.models import Entity
from concilia.kernel.numbers import BASIS_POINTS

DECIDED_ENDS = ("CLOSED", "REPAID", "ACCEPTED", "CUSTOMER_NOTIFIED", "COLLECT_BACK")


@dataclass(frozen=True, slots=True)
class Circle:
    """Decided claims that are alike: how many, and which share of them was granted."""

    cases: int
    shares_bp: int

    @property
    def share_bp(self) -> int | None:
        """The share that was granted, on average; None without cases."""
        return self.shares_bp // self.cases if self.cases else None


@dataclass(frozen=True, slots=True)
class Explained:
    """A claim's place with everything it rests on; `of_reason` and `of_customer` are history."""

    claim: Claim
    terms: ClaimAsWork
    work: Work
    worth: Worth
    weights: Weights
    ready_percent: int
    touches: int
    valid_bp: int
    odds_bp: int
    of_reason: Circle
    of_customer: Circle

    @property
    def is_window_first(self) -> bool:
        """Whether the last day to answer ends its time, before its deadline would."""
        return self.terms.due_at is not None and self.terms.due_at != self.claim.case.due_at

    @property
    def valid_percent(self) -> Decimal:
        """The share rightly asked, in percent."""
        return _percent(self.valid_bp)

    @property
    def counted_percent(self) -> Decimal:
        """What of the amount counts, before what the next act can move of it."""
        return _percent(chance_of(self.valid_bp, PERCENT, self.weights))

    @property
    def chance_percent(self) -> Decimal:
        """The chance, in percent."""
        return _percent(self.work.chance_bp)

    @property
    def of_customer_percent(self) -> Decimal:
        """What was granted of this customer's claims of the reason."""
        return _percent(self.of_customer.share_bp or 0)

    @property
    def of_reason_percent(self) -> Decimal:
        """What was granted of everybody's claims of the reason."""
        return _percent(self.of_reason.share_bp or 0)


def _percent(bp: int) -> Decimal:
    return Decimal(bp) / PERCENT


def terms_of(claim: Claim, entity: Entity) -> ClaimAsWork:
    """What the order of work looks at, of a claim with its case."""
    return ClaimAsWork(
        reference=claim.case.number,
        state=claim.state,
        amount_minor=amount_in_own(claim, entity),
        claimed_minor=claim.claimed_minor,
        valid_minor=claim.approved_minor if claim.decided_at else claim.valid_minor,
        odds_bp=claim.odds_bp,
        opened_at=claim.case.opened_at,
        due_at=due_of(claim, entity),
        is_decided=claim.decided_at is not None,
    )


def due_of(claim: Claim, entity: Entity) -> datetime | None:
    """The deadline, or the end of the last day to answer where that comes first."""
    due, day = claim.case.due_at, claim.answer_by_date
    if day is None or claim.decided_at is not None:
        return due
    end = datetime.combine(day + timedelta(days=1), time(), tzinfo=ZoneInfo(entity.timezone))
    return end if due is None else min(due, end)


def amount_in_own(claim: Claim, entity: Entity) -> int:
    """The contested amount in the entity's currency; one to one where no rate is set."""
    rate = entity.settings.get("rates", {}).get(claim.currency)
    if rate is None:
        return claim.claimed_minor
    worth = Decimal(claim.claimed_minor) * Decimal(str(rate))
    return int(worth.to_integral_value(rounding=ROUND_FLOOR))


def explain(*, claim: Claim, at: datetime) -> Explained:
    """Every term of a claim's place. One query over claims of its reason."""
    entity = claim.entity
    weights = weights_of(entity)
    terms = terms_of(claim, entity)
    work = as_work(terms, at, weights)
    whole, of_reason, of_customer = _circles(claim, at)
    odds = ODDS_UNKNOWN_BP
    for circle in (whole, of_reason, of_customer):
        odds = odds_of(circle.shares_bp, circle.cases, odds, weights)
    return Explained(
        claim=claim,
        terms=terms,
        work=work,
        worth=worth_of(work, weights),
        weights=weights,
        ready_percent=READY_PERCENT.get(claim.state, OTHERS_READY_PERCENT),
        touches=TOUCHES.get(claim.state, OTHERS_TOUCHES),
        valid_bp=valid_share(terms),
        odds_bp=odds,
        of_reason=of_reason,
        of_customer=of_customer,
    )


def _circles(claim: Claim, at: datetime) -> tuple[Circle, Circle, Circle]:
    alike = Q(reason=claim.reason)
    same = alike & Q(customer=claim.customer_id)
    share = ExpressionWrapper(
        Least(F("approved_minor") * Value(BASIS_POINTS) / F("claimed_minor"), Value(BASIS_POINTS)),
        output_field=BigIntegerField(),
    )
    found = (
        _decided(claim.entity_id, at)
        .annotate(share=share)
        .aggregate(
            n_whole=Count("pk"), of_whole=Sum("share"),
            n_reason=Count("pk", filter=alike), of_reason=Sum("share", filter=alike),
            n_customer=Count("pk", filter=same), of_customer=Sum("share", filter=same),
        )
    )  # fmt: skip
    return (
        Circle(found["n_whole"], found["of_whole"] or 0),
        Circle(found["n_reason"], found["of_reason"] or 0),
        Circle(found["n_customer"], found["of_customer"] or 0),
    )


def _decided(entity_id: int, at: datetime) -> QuerySet[Claim]:
    decided = Q(decided_at__isnull=False, state__in=DECIDED_ENDS) | Q(state="WITHDRAWN")
    return Claim.objects.filter(
        decided, entity=entity_id, claimed_minor__gt=0, received_at__gte=at - HISTORY
    )
