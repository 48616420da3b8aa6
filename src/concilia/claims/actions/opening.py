"""How a claim comes to be: from a paper, from a short payment, by a person's hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import connection
from django.utils.translation import gettext_noop as _

from concilia.cases.actions import NewCase, create_cases
from concilia.cases.models import Case
from concilia.claims.actions.disputes import flag_dispute
from concilia.claims.actions.moves import move
from concilia.claims.actions.process import first_facts
from concilia.claims.actions.twins import propose_merges
from concilia.claims.actions.windows import begin_windows
from concilia.claims.core.states import ClaimAction, ClaimState
from concilia.claims.events import ClaimOpened
from concilia.claims.models import Claim, ClaimLine
from concilia.customers.models import Customer
from concilia.documents.models import Document
from concilia.foundation import audit, events
from concilia.foundation.audit import Act, Actor
from concilia.foundation.refusals import Refused
from concilia.identity.models import Membership
from concilia.kernel.reasons import UNIDENTIFIED, reason
from concilia.receivables.models import Delivery, Invoice, InvoiceLine, OpenItem, Order


class ClaimRefused(Refused):
    """A claim cannot be opened or changed so; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """One contested thing; amounts gross, in minor units of the claim's currency."""

    claimed_minor: int
    reason: str = ""
    invoice: Invoice | None = None
    invoice_line: InvoiceLine | None = None
    sku: str = ""
    description: str = ""
    quantity: Decimal | None = None
    unit_price: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDraft:
    """A claim about to be opened. `confirmed` says that a person stands behind its reason."""

    customer: Customer
    origin: str
    reason: str
    currency: str
    lines: Sequence[DraftLine]
    received_at: datetime
    channel: str = ""
    confirmed: bool = False
    their_reference: str = ""
    invoice: Invoice | None = None
    order: Order | None = None
    delivery: Delivery | None = None
    document: Document | None = None
    deduction: OpenItem | None = None
    owner: Membership | None = None
    facts: dict[str, str] = field(default_factory=dict)


def write_claim(*, draft: ClaimDraft, actor: Actor, at: datetime) -> Claim:
    """
    Open a case with its claim inside the caller's transaction; its verdict follows by event.

    An invoice still open is flagged as disputed up to what is claimed (domain.md §2.1); claims that
    look like the same event are proposed for merging (R-2.1).

    :raises ClaimRefused: if there is nothing to claim
    """
    assert connection.in_atomic_block, "a claim opens with what brought it"
    if not draft.lines or any(line.claimed_minor < 0 for line in draft.lines):
        raise ClaimRefused(_("A claim needs at least one line, and no line is below zero."))
    [case] = create_cases(
        entity_id=draft.customer.entity_id, cases=[case_for(draft, owner_in)], at=at
    )
    claim = claim_of(case, draft)
    begin_windows([claim])
    claim.save(force_insert=True)
    ClaimLine.objects.bulk_create(lines_of(claim, draft))
    if draft.deduction is None:
        flag_dispute(claim=claim)
    acts = [opened(claim, draft), move(claim=claim, action=ClaimAction.QUALIFY, at=at)]
    if draft.reason != UNIDENTIFIED:
        acts.append(move(claim=claim, action=ClaimAction.INVESTIGATE, at=at))
    acts += propose_merges(claim=claim, at=at)
    events.record(ClaimOpened(claim.pk))
    audit.log(entity_id=claim.entity_id, actor=actor, at=at, acts=acts)
    return claim


def case_for(draft: ClaimDraft, owner_of: Callable[[int, str], Membership | None]) -> NewCase:
    """The case of a claim: with whom it begins, and how long its reason gives."""
    kind = reason(draft.reason)
    known = draft.owner or draft.customer.account_manager
    return NewCase(
        customer=draft.customer,
        department=kind.owner,
        owner=known or owner_of(draft.customer.entity_id, kind.owner),
        sla_days=kind.sla_business_days or 5,
        facts=first_facts(
            customer=draft.customer,
            reason=draft.reason,
            claimed_minor=sum(line.claimed_minor for line in draft.lines),
            currency=draft.currency,
        ),
    )


def claim_of(case: Case, draft: ClaimDraft) -> Claim:
    """The claim of a draft as it is received; not saved yet."""
    return Claim(
        entity_id=draft.customer.entity_id,
        case=case,
        customer=draft.customer,
        origin=draft.origin,
        channel=draft.channel,
        state=ClaimState.RECEIVED,
        reason=draft.reason,
        reason_is_confirmed=draft.confirmed,
        currency=draft.currency,
        claimed_minor=sum(line.claimed_minor for line in draft.lines),
        their_reference=draft.their_reference[:80],
        document=draft.document,
        invoice=draft.invoice,
        order=draft.order,
        delivery=draft.delivery,
        received_at=draft.received_at,
    )


def lines_of(claim: Claim, draft: ClaimDraft) -> list[ClaimLine]:
    """The lines of a claim's draft, numbered; not saved yet."""
    return [_line(claim, n, line) for n, line in enumerate(draft.lines, start=1)]


def opened(claim: Claim, draft: ClaimDraft) -> Act:
    """What the log says of a claim that opens."""
    data = {
        "origin": draft.origin,
        "reason": draft.reason,
        "claimed": claim.claimed_minor,
        "currency": claim.currency,
    }
    return Act("claim.opened", "case", claim.case_id, data | draft.facts)


def _line(claim: Claim, n: int, line: DraftLine) -> ClaimLine:
    billed = line.invoice_line
    return ClaimLine(
        claim=claim,
        n=n,
        reason=line.reason or claim.reason,
        invoice=line.invoice or claim.invoice,
        invoice_line=billed,
        sku=line.sku or (billed.sku if billed else ""),
        description=(line.description or (billed.description if billed else ""))[:200],
        quantity=line.quantity,
        unit_price=line.unit_price,
        vat_bp=billed.vat_bp if billed else 0,
        currency=claim.currency,
        claimed_minor=line.claimed_minor,
    )


def owner_in(entity_id: int, department: str) -> Membership | None:
    """Somebody of the credit team holds the ball until it is passed on."""
    members = Membership.objects.filter(entity_id=entity_id, is_active=True)
    found = members.filter(department="CRD", role="clerk").order_by("pk").first()
    return found or members.filter(department=department).order_by("pk").first()
