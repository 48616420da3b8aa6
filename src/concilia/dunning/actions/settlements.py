"""An offer to settle for less: made by one person, signed by another, waived only once paid."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.queries.office import today_of
from concilia.dunning.actions.motives import NOTE_MAX, require_collector
from concilia.dunning.actions.plans import locked_customer, write_plan
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.core.instalments import PlanTerms, plan
from concilia.dunning.models import Plan, Settlement
from concilia.dunning.queries.settlements import NewSettlement, draft_settlement
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of


@transaction.atomic(durable=True)
def offer_settlement(*, new: NewSettlement, by: Membership, at: datetime) -> Plan:
    """
    Offer to settle all that is due for less; somebody else, with the authority for it, agrees.

    It is a plan of one row. Once agreed its items are not asked for; not paid by its day, the debt
    is as it was; paid, the rest is given up and written off with a signature (`sign_waiver`).

    :raises CollectionRefused: as `draft_settlement`
    """
    require_collector(by)
    if len(new.note) > NOTE_MAX:
        raise CollectionRefused(_("A note has at most {most} characters."), most=NOTE_MAX)
    customer = locked_customer(new.customer_id, by.entity_id)
    today = today_of(customer.entity, at)
    draft = draft_settlement(customer=customer, new=new, today=today)
    row = write_plan(
        customer=customer,
        kind=Plan.Kind.SETTLEMENT,
        rows=plan(PlanTerms(principal=draft.offer, count=1, first_due=new.pay_by, start=today)),
        parts=[(item.id, paid, waived) for item, paid, waived in draft.parts],
        at=at,
    )
    row.note, row.proposed_by = new.note.strip(), by.user
    row.save(update_fields=["note", "proposed_by"])
    Settlement.objects.create(
        plan=row,
        claim_minor=draft.claim.minor,
        waived_minor=draft.waived.minor,
        ev_minor=draft.expected.minor,
        probability_bp=new.probability_bp,
        rate_percent=new.rate_percent,
        months=new.months,
        cost_minor=new.cost_minor,
    )
    _log(row, "settlement.offered", draft.waived.minor, by, at)
    return row


def _log(row: Plan, name: str, waived: int, by: Membership, at: datetime) -> None:
    data = {
        "plan": row.pk,
        "currency": row.currency,
        "amount": row.principal_minor,
        "waived": waived,
    }
    act = Act(name, "customer", row.customer_id, data)
    audit.log(entity_id=row.entity_id, actor=actor_of(by), at=at, acts=[act])
