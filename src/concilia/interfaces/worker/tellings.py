"""What programs are told of an event: ids, numbers and amounts; nobody's name or words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from concilia.cash.events import DeductionsOpened, PaymentReversed, PaymentsPosted
from concilia.cash.models import Allocation, Match
from concilia.claims.events import ClaimClosed, ClaimDecided, ClaimOpened, DecisionProposed
from concilia.claims.models import Claim, Decision
from concilia.identity.models import Entity
from concilia.intake.events import ArrivalStored, DocumentRead, ImportSaved
from concilia.intake.models import Arrival, ImportFile
from concilia.kernel.money import Money
from concilia.ledger.events import PostingSettled
from concilia.ledger.models import Posting
from concilia.receivables.models import BankEntry


@dataclass(frozen=True, slots=True)
class Told:
    """
    One thing to tell.

    :param part: tells the things of one event apart; empty where there is only one
    """

    entity: Entity
    data: dict[str, Any] = field(default_factory=dict)
    part: str = ""


Telling = Callable[[Any], Iterator[Told]]


def of_arrival(event: ArrivalStored) -> Iterator[Told]:
    """Something arrived."""
    row = Arrival.objects.select_related("entity").get(pk=event.arrival_id)
    yield Told(row.entity, {"arrival": row.pk, "channel": row.channel, "state": row.state})


def of_reading(event: DocumentRead) -> Iterator[Told]:
    """What arrived was read."""
    row = Arrival.objects.select_related("entity", "document").get(pk=event.arrival_id)
    document = row.document
    yield Told(
        row.entity,
        {
            "arrival": row.pk,
            "document": event.document_id,
            "kind": document.kind or None if document else None,
            "reason": document.reason or None if document else None,
        },
    )


def of_claim(event: ClaimOpened | ClaimClosed) -> Iterator[Told]:
    """A claim opened or closed."""
    claim = _claims().get(pk=event.claim_id)
    yield Told(claim.entity, _of(claim))


def of_decision(event: DecisionProposed | ClaimDecided) -> Iterator[Told]:
    """A decision was proposed or signed."""
    decision = Decision.objects.get(pk=event.decision_id)
    claim = _claims().get(pk=decision.claim_id)
    told = {
        "decision": decision.version,
        "outcome": decision.outcome,
        "proposed": _amount(decision.approved_minor, claim.currency),
    }
    yield Told(claim.entity, _of(claim) | told)


def of_deductions(event: DeductionsOpened) -> Iterator[Told]:
    """Payments fell short."""
    rows = Allocation.objects.filter(deduction_item__any_of=event.item_ids).select_related(
        "match", "deduction_item__entity", "deduction_item__customer"
    )
    for row in rows.order_by("deduction_item"):
        item = row.deduction_item
        assert item is not None, "asked for by it"
        data = {
            "item": item.pk,
            "document_number": item.document_number,
            "customer": item.customer.number,
            "entry": row.match.bank_entry_id,
            "reason": row.deduction_reason,
            "amount": _amount(item.original_minor, item.currency),
            "currency": item.currency,
        }
        yield Told(item.entity, data, part=str(item.pk))


def of_payments(event: PaymentsPosted) -> Iterator[Told]:
    """Payments were applied."""
    rows = Match.objects.filter(pk__in=event.match_ids).select_related("entity", "customer")
    for match in rows.order_by("pk"):
        data = {
            "entry": match.bank_entry_id,
            "match": match.pk,
            "customer": match.customer.number if match.customer else None,
            "rule": match.rule,
            "by_person": match.decided_by_id is not None,
            "applied": _amount(match.applied_minor, match.currency),
            "on_account": _amount(match.on_account_minor, match.currency),
            "currency": match.currency,
        }
        yield Told(match.entity, data, part=str(match.pk))


def of_reversal(event: PaymentReversed) -> Iterator[Told]:
    """A posting was taken back."""
    entry = BankEntry.objects.select_related("entity").get(pk=event.bank_entry_id)
    amount = _amount(entry.amount_minor, entry.currency)
    yield Told(entry.entity, {"entry": entry.pk, "amount": amount, "currency": entry.currency})


def of_posting(event: PostingSettled) -> Iterator[Told]:
    """The ERP answered."""
    posting = Posting.objects.select_related("entity").get(pk=event.posting_id)
    yield Told(
        posting.entity,
        {
            "posting": posting.pk,
            "reference": posting.external_ref,
            "state": posting.state,
            "number": posting.erp_number or None,
        },
    )


def of_import(event: ImportSaved) -> Iterator[Told]:
    """A file of an import was saved."""
    file = ImportFile.objects.select_related("run__entity").get(pk=event.file_id)
    yield Told(
        file.run.entity,
        {
            "run": file.run_id,
            "file": file.pk,
            "dataset": file.dataset,
            "new": file.new_rows,
            "changed": file.changed_rows,
            "same": file.same_rows,
            "left_out": file.left_out_rows,
        },
    )


def _claims() -> QuerySet[Claim]:
    return Claim.objects.select_related("entity", "case", "customer")


def _of(claim: Claim) -> dict[str, Any]:
    return {
        "claim": claim.case.number,
        "customer": claim.customer.number,
        "state": claim.state,
        "reason": claim.reason,
        "claimed": _amount(claim.claimed_minor, claim.currency),
        "approved": _amount(claim.approved_minor, claim.currency),
        "denied": _amount(claim.denied_minor, claim.currency),
        "currency": claim.currency,
    }


def _amount(minor: int, currency: str) -> str:
    return Money(minor, currency).to_decimal_string()
