"""What paid settlements give up: how much is to be written off, and who may sign that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db.models import Max
from django.utils.translation import gettext_noop as _

from concilia.cash.models import Allocation, Match
from concilia.dunning.models import Plan, Settlement, Waiver, WaiverSignature
from concilia.dunning.queries.plan_authority import ROLLING, PlanAuthority, authority_over
from concilia.dunning.queries.plan_money import money_of_plans
from concilia.dunning.queries.refusals import CollectionRefused
from concilia.identity.models import Membership
from concilia.kernel.money import Money
from concilia.kernel.numbers import BASIS_POINTS
from concilia.receivables.models import OpenItem

SHOWN_MOST: Final = 50


@dataclass(frozen=True, slots=True)
class WaiverWaiting:
    """A paid settlement whose rest waits for a signature, and why not for this person's."""

    plan: Plan
    rest: Money
    signed_by: Sequence[int]
    why_not: CollectionRefused | None = None


def rest_of(plan: Plan) -> list[tuple[OpenItem, int]]:
    """
    What of each item a paid settlement gives up: all it is about but what was paid or credited.

    What is disputed is not: it is decided first. Two statements.
    """
    money = money_of_plans([plan.pk])[plan.pk]
    found = []
    for part in plan.items.select_related("item").order_by("item"):
        whole = part.amount_minor + part.waived_minor - money.items[part.item_id].paid
        minor = min(whole, part.item.open_minor - part.item.disputed_minor)
        if minor > 0:
            found.append((part.item, minor))
    return found


def round_of(settlement: Settlement) -> int:
    """How many times it was written off and taken back, and once more."""
    gone = Waiver.objects.filter(settlement=settlement, taken_back__isnull=False)
    return int(gone.aggregate(last=Max("round"))["last"] or 0) + 1


def signers_of(settlement: Settlement) -> list[int]:
    """Who has signed the write-off as it stands now, users by their key."""
    rows = WaiverSignature.objects.filter(settlement=settlement, round=round_of(settlement))
    return list(rows.order_by("pk").values_list("signed_by", flat=True))


def authority_over_waiver(*, plan: Plan, minor: int, at: datetime) -> PlanAuthority:
    """
    What writing off so much asks of the limits: those of the settlement itself, which counts once.

    :raises NoRate: where the entity has no rate for the currency
    """
    waived = plan.settlement.waived_minor
    share_bp = -(-waived * BASIS_POINTS // (waived + plan.principal_minor))
    found = authority_over(
        customer=plan.customer,
        minor=minor,
        currency=plan.currency,
        rows=0,
        at=at,
        share_bp=share_bp,
    )
    is_counted = plan.agreed_at is not None and plan.agreed_at >= at - ROLLING
    before = found.amount.rolling_minor - (plan.agreed_minor if is_counted else 0)
    return replace(found, amount=replace(found.amount, rolling_minor=before))


def require_signer(*, plan: Plan, minor: int, by: Membership, at: datetime) -> PlanAuthority:
    """
    Refuse who may not sign that so much is written off; return what the limits ask.

    :raises CollectionRefused: beyond their authority, by who negotiated it (SoD-4), by who applied
        its money by hand (SoD-2), or twice by the same person (SoD-8)
    """
    authority = authority_over_waiver(plan=plan, minor=minor, at=at)
    if not authority.covers(by.level):
        raise CollectionRefused(_("This write-off is beyond your authority."))
    if plan.proposed_by_id == by.user_id:
        raise CollectionRefused(_("You offered this settlement: somebody else signs its rest."))
    if _applied_by(plan, by):
        raise CollectionRefused(_("You applied its payment: somebody else signs its rest."))
    if by.user_id in signers_of(plan.settlement):
        raise CollectionRefused(_("You signed: somebody else signs, too, before it is booked."))
    return authority


def waivers_waiting(*, by: Membership, at: datetime) -> list[WaiverWaiting]:
    """
    The paid settlements of an entity whose rest is not written off, the oldest first.

    What one may sign has no `why_not`.
    """
    rows = (
        Plan.objects.filter(
            entity=by.entity_id,
            kind=Plan.Kind.SETTLEMENT,
            state=Plan.State.COMPLETED,
            settlement__booked_at=None,
        )
        .select_related("customer__entity", "settlement", "proposed_by")
        .order_by("judged_at", "pk")
    )
    return [_waiting(row, by, at) for row in rows[:SHOWN_MOST]]


def _waiting(plan: Plan, by: Membership, at: datetime) -> WaiverWaiting:
    minor = sum(minor for _item, minor in rest_of(plan))
    why_not: CollectionRefused | None = None
    try:
        require_signer(plan=plan, minor=minor, by=by, at=at)
    except CollectionRefused as refusal:
        why_not = refusal
    return WaiverWaiting(plan, Money(minor, plan.currency), signers_of(plan.settlement), why_not)


def _applied_by(plan: Plan, by: Membership) -> bool:
    """Whether this person posted money to it by hand."""
    return Allocation.objects.filter(
        pk__gt=plan.after_allocation,
        item__in=plan.items.values("item"),
        match__state=Match.State.POSTED,
        match__decided_by=by.user_id,
    ).exists()
