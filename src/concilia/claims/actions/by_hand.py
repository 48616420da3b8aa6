"""What a person types: a claim told on the phone, and the reason behind money nobody explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.actions import Answer
from concilia.cases.models import Step
from concilia.claims.actions.evidence import receive_evidence
from concilia.claims.actions.moves import lock_claim, move
from concilia.claims.actions.opening import ClaimDraft, ClaimRefused, DraftLine, write_claim
from concilia.claims.actions.recalling import take_back
from concilia.claims.core.amounts import price_of
from concilia.claims.core.states import ClaimAction, ClaimState
from concilia.claims.models import Claim
from concilia.claims.queries.drafts import WITHOUT_MONEY
from concilia.customers.models import Customer
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.kernel.currencies import UnknownCurrency, exponent_of
from concilia.kernel.reasons import REASONS, UNIDENTIFIED
from concilia.kernel.reasons import reason as reason_of
from concilia.receivables.models import Invoice, InvoiceLine

LINES_MAX = 200
AMOUNT_MAX = 10**15
# What the columns hold: quantities with three decimals, prices with four.
QUANTITY_BELOW, QUANTITY_PLACES = Decimal(10**11), 3
PRICE_BELOW, PRICE_PLACES = Decimal(10**10), 4
OPEN_FOR_REASONS = frozenset(
    {
        ClaimState.QUALIFYING,
        ClaimState.INVESTIGATING,
        ClaimState.WAITING_CUSTOMER,
        ClaimState.WAITING_INTERNAL,
        ClaimState.WAITING_THIRD_PARTY,
        ClaimState.DECISION_PROPOSED,
        ClaimState.IN_APPROVAL,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedLine:
    """
    One contested thing as typed: an amount, or a quantity and a unit price.

    :param amount_minor: gross; None has it computed as quantity times price, with the VAT of the
        invoice line
    :param unit_price: net, in the currency's major unit
    """

    description: str = ""
    invoice_line_id: int | None = None
    quantity: Decimal | None = None
    unit_price: Decimal | None = None
    amount_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedClaim:
    """A claim somebody told us about; `channel` says how: `phone`, `letter`, `visit`."""

    customer_id: int
    reason: str
    lines: Sequence[TypedLine] = ()
    invoice_id: int | None = None
    currency: str = ""
    their_reference: str = ""
    channel: str = "phone"


@transaction.atomic(durable=True)
def open_claim_by_person(*, typed: TypedClaim, member: Membership, at: datetime) -> Claim:
    """
    Open a claim a person types in; its reason counts as confirmed, its verdict follows by event.

    :raises ClaimRefused: if customer, invoice, reason, currency or a line do not fit, in words
        that name the line
    """
    customer = Customer.objects.filter(pk=typed.customer_id, entity_id=member.entity_id)
    found = customer.select_related("entity", "account_manager").first()
    if found is None:
        raise ClaimRefused(_("Choose the customer who claims."))
    if typed.reason not in REASONS:
        raise ClaimRefused(_("Choose the reason of the claim."))
    invoice = _invoice(typed, found)
    currency = _currency(typed, found, invoice)
    draft = ClaimDraft(
        customer=found,
        origin=Claim.Origin.PERSON,
        channel=typed.channel,
        reason=typed.reason,
        confirmed=True,
        currency=currency,
        lines=_lines(typed, invoice, currency),
        received_at=at,
        their_reference=typed.their_reference.strip(),
        invoice=invoice,
        order=invoice.order if invoice else None,
        delivery=invoice.delivery if invoice else None,
        owner=member,
    )
    return write_claim(draft=draft, actor=actor_of(member), at=at)


@transaction.atomic(durable=True)
def give_reason(
    *, claim_id: int, reason: str, member: Membership, at: datetime, words: str = ""
) -> Claim:
    """
    Say why a customer claims or withheld money; lines that had the old reason get the new one.

    Signatures given for the old reason count no more, and the verdict is computed anew.

    :raises ClaimRefused: if there is no such reason, or the claim is decided
    """
    claim = lock_claim(claim_id=claim_id, entity_id=member.entity_id)
    if reason not in REASONS or reason == UNIDENTIFIED:
        raise ClaimRefused(_("Choose the reason of the claim."))
    if claim.state not in OPEN_FOR_REASONS:
        raise ClaimRefused(_("This claim is decided: its reason stays."))
    before = claim.reason
    acts = take_back(claim=claim, why="reason", at=at)
    claim.lines.filter(reason=before).update(reason=reason)
    claim.reason, claim.reason_is_confirmed = reason, True
    claim.save(update_fields=["reason", "reason_is_confirmed"])
    claim.case.department = reason_of(reason).owner
    claim.case.save(update_fields=["department"])
    claim.case.steps.filter(state=Step.State.OPEN, kind="qualify").update(
        state=Step.State.DONE, done_at=at, done_by=member
    )
    if claim.state == ClaimState.QUALIFYING:
        acts.append(move(claim=claim, action=ClaimAction.INVESTIGATE, at=at))
    data = {"from": before, "to": reason}
    acts.insert(0, Act("claim.reason_given", "case", claim.case_id, data, words.strip()))
    acts += receive_evidence(claim=claim, evidence=(), answer=Answer(member=member), at=at)
    audit.log(entity_id=claim.entity_id, actor=actor_of(member), at=at, acts=acts)
    return claim


def _invoice(typed: TypedClaim, customer: Customer) -> Invoice | None:
    if typed.invoice_id is None:
        return None
    rows = Invoice.objects.select_related("order", "delivery", "customer").filter(
        pk=typed.invoice_id, entity_id=customer.entity_id
    )
    invoice = rows.first()
    if invoice is None:
        raise ClaimRefused(_("There is no such invoice."))
    family = {customer.pk, customer.parent_id} - {None}
    theirs = {invoice.customer_id, invoice.customer.parent_id} - {None}
    group = customer.payer_group_id
    if not family & theirs and not (group and group == invoice.customer.payer_group_id):
        raise ClaimRefused(
            _("Invoice {invoice} is not of {customer}."),
            invoice=invoice.number,
            customer=customer.name,
        )
    return invoice


def _currency(typed: TypedClaim, customer: Customer, invoice: Invoice | None) -> str:
    currency = typed.currency or (invoice.currency if invoice else customer.currency)
    try:
        exponent_of(currency)
    except UnknownCurrency as unknown:
        raise ClaimRefused(
            _("There is no currency {currency}."), currency=currency[:10]
        ) from unknown
    if invoice and currency != invoice.currency:
        raise ClaimRefused(
            _("Invoice {invoice} is in {currency}."),
            invoice=invoice.number,
            currency=invoice.currency,
        )
    return currency


def _lines(typed: TypedClaim, invoice: Invoice | None, currency: str) -> list[DraftLine]:
    if not typed.lines and typed.reason in WITHOUT_MONEY:
        return [DraftLine(claimed_minor=0)]
    if not typed.lines:
        raise ClaimRefused(_("Say how much is claimed: at least one line."))
    if len(typed.lines) > LINES_MAX:
        raise ClaimRefused(_("A claim has at most {most} lines."), most=LINES_MAX)
    billed = {line.pk: line for line in invoice.lines.all()} if invoice else {}
    return [_line(n, line, billed, typed, currency) for n, line in enumerate(typed.lines, start=1)]


def _line(
    n: int,
    line: TypedLine,
    billed: dict[int, InvoiceLine],
    typed: TypedClaim,
    currency: str,
) -> DraftLine:
    position = billed.get(line.invoice_line_id or 0)
    if line.invoice_line_id and position is None:
        raise ClaimRefused(_("Line {n}: the article is not on this invoice."), n=n)
    _require_countable(n, line)
    amount = line.amount_minor
    if amount is None and line.quantity is not None and line.unit_price is not None:
        vat_bp = position.vat_bp if position else 0
        amount = price_of(line.quantity, line.unit_price, currency, vat_bp=vat_bp)
    if amount is None:
        raise ClaimRefused(_("Line {n}: give an amount, or a quantity and a price."), n=n)
    if amount > AMOUNT_MAX:
        raise ClaimRefused(_("Line {n}: this is larger than any amount we can book."), n=n)
    if amount < 0 or (amount == 0 and typed.reason not in WITHOUT_MONEY):
        raise ClaimRefused(_("Line {n}: what is claimed must be above zero."), n=n)
    return DraftLine(
        claimed_minor=amount,
        invoice_line=position,
        description=line.description.strip(),
        quantity=line.quantity,
        unit_price=line.unit_price,
    )


def _require_countable(n: int, line: TypedLine) -> None:
    numbers = (
        (line.quantity, QUANTITY_BELOW, QUANTITY_PLACES),
        (line.unit_price, PRICE_BELOW, PRICE_PLACES),
    )
    for value, below, places in numbers:
        if value is None:
            continue
        if not value.is_finite() or not 0 <= value < below:
            raise ClaimRefused(_("Line {n}: {value} is no number to count with."), n=n, value=value)
        if value != round(value, places):
            raise ClaimRefused(
                _("Line {n}: {value} has more than {places} decimals."),
                n=n,
                value=value,
                places=places,
            )
