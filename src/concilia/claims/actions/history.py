from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from concilia.cases.models import Case
from concilia.claims.core.states import ClaimState
from concilia.claims.models import Claim, ClaimLine
from concilia.customers.models import Customer
from concilia.foundation import audit
from concilia.foundation.audit import Act, Actor
from concilia.kernel.reasons import reason as reason_named
from concilia.receivables.models import Invoice


@dataclass(frozen=True, slots=True, kw_only=True)
class PastClaim:
    """A claim another system settled before us, for analytics; amounts gross, in minor units."""

    number: str
    customer_number: str
    reason: str
    currency: str
    claimed_minor: int
    approved_minor: int
    opened_at: datetime
    due_at: datetime
    decided_at: datetime
    closed_at: datetime
    invoice_number: str = ""
    root_cause: str = ""


@transaction.atomic(durable=True)
def load_history(*, entity_id: int, claims: Sequence[PastClaim], actor: Actor, at: datetime) -> int:
    """
    Take over closed claims, without touching the ledger: their money was settled elsewhere.

    A number that is here already is left as it is. Five statements for any number of claims.
    Returns how many were new.
    """
    known = set(
        Case.objects.filter(
            entity_id=entity_id, number__in=[past.number for past in claims]
        ).values_list("number", flat=True)
    )
    customers = {
        row.number: row
        for row in Customer.objects.filter(
            entity_id=entity_id, number__in={past.customer_number for past in claims}
        )
    }
    invoices = dict(
        Invoice.objects.filter(
            entity_id=entity_id, number__in={past.invoice_number for past in claims}
        ).values_list("number", "pk")
    )
    fresh = [
        past for past in claims if past.number not in known and past.customer_number in customers
    ]
    cases = Case.objects.bulk_create(
        [_case(entity_id, past, customers[past.customer_number]) for past in fresh]
    )
    rows = Claim.objects.bulk_create(
        [
            _claim(entity_id, past, case, invoices.get(past.invoice_number))
            for past, case in zip(fresh, cases, strict=True)
        ]
    )
    ClaimLine.objects.bulk_create(
        [
            ClaimLine(
                claim=row,
                n=1,
                reason=row.reason,
                invoice_id=row.invoice_id,
                currency=row.currency,
                claimed_minor=row.claimed_minor,
                approved_minor=row.approved_minor,
                denied_minor=row.denied_minor,
            )
            for row in rows
        ]
    )
    if fresh:
        act = Act("claims.history_loaded", "entity", entity_id, {"claims": len(fresh)})
        audit.log(entity_id=entity_id, actor=actor, at=at, acts=[act])
    return len(fresh)


def _case(entity_id: int, past: PastClaim, customer: Customer) -> Case:
    return Case(
        entity_id=entity_id,
        number=past.number,
        customer=customer,
        department=reason_named(past.reason).owner,
        language=customer.language,
        sla_days=reason_named(past.reason).sla_business_days or 5,
        opened_at=past.opened_at,
        due_at=past.due_at,
        closed_at=past.closed_at,
    )


def _claim(entity_id: int, past: PastClaim, case: Case, invoice_id: int | None) -> Claim:
    return Claim(
        entity_id=entity_id,
        case=case,
        customer_id=case.customer_id,
        origin=Claim.Origin.HISTORY,
        state=ClaimState.CLOSED,
        reason=past.reason,
        reason_is_confirmed=True,
        currency=past.currency,
        claimed_minor=past.claimed_minor,
        approved_minor=past.approved_minor,
        denied_minor=past.claimed_minor - past.approved_minor,
        invoice_id=invoice_id,
        root_cause=past.root_cause,
        received_at=past.opened_at,
        decided_at=past.decided_at,
    )
