"""Opening a claim by hand: who claims, why, on which invoice, how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_http_methods

from concilia.cash.core.typed import amount_typed
from concilia.claims.actions import ClaimRefused, TypedClaim, TypedLine, open_claim_by_person
from concilia.claims.queries.inbox import find_customers
from concilia.customers.models import Customer
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.bank_forms import key_of
from concilia.interfaces.desk.claim_words import CHANNELS, reason_groups
from concilia.interfaces.desk.inputs import words_in
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.kernel.references import normalise_reference
from concilia.receivables.models import Invoice, InvoiceLine

UNREADABLE: Final = 422
INVOICES_SHOWN: Final = 40
FREE_LINES: Final = 3
NUMBER_LENGTH_MAX: Final = 20
TEXT_MAX: Final = 200


@dataclass(frozen=True, slots=True)
class BilledField:
    """One position of the invoice with what was typed beside it."""

    line: InvoiceLine
    quantity: str
    price: str
    amount: str


@dataclass(frozen=True, slots=True)
class FreeField:
    """A line that is on no invoice."""

    n: int
    text: str
    amount: str


@require_http_methods(["GET", "POST"])
@desk_page(allow=WORKERS)
def new(request: DeskRequest) -> HttpResponse:
    """The form on GET, with what is known so far; the claim on POST."""
    sent = request.POST if request.method == "POST" else None
    asked = sent or request.GET
    customer = _customer(request, key_of(asked.get("customer")))
    invoice = _invoice(request, customer, key_of(asked.get("invoice")))
    problem = ""
    if sent is not None:
        try:
            claim = open_claim_by_person(
                typed=_typed(sent, customer, invoice),
                member=request.seat.membership,
                at=timezone.now(),
            )
        except REFUSALS as refusal:
            problem = words_of(refusal)
        else:
            told = gettext("%(case)s is open and being judged.") % {"case": claim.case.number}
            messages.success(request, told)
            return redirect("desk:claim", claim.pk)
    return _page(request, asked, customer, invoice, problem)


def _page(
    request: DeskRequest,
    asked: QueryDict,
    customer: Customer | None,
    invoice: Invoice | None,
    problem: str,
) -> HttpResponse:
    find = words_in(asked, "find", most=80)
    number = words_in(asked, "number", most=60)
    context = {
        "customer": customer,
        "invoice": invoice,
        "find": find,
        "number": number,
        "found": _found(request, find) if customer is None else [],
        "invoices": _invoices(customer, number) if customer and invoice is None else [],
        "billed": _billed(invoice, asked) if invoice else [],
        "free": _free(asked),
        "reasons": reason_groups(),
        "channels": list(CHANNELS.items()),
        "asked": asked,
        "currency": invoice.currency if invoice else customer.currency if customer else "",
        "problem": problem,
    }
    return render(request, "desk/claims/new.html", context, status=UNREADABLE if problem else 200)


def _customer(request: DeskRequest, key: int | None) -> Customer | None:
    return Customer.objects.filter(pk=key, entity=request.seat.entity).first() if key else None


def _invoice(request: DeskRequest, customer: Customer | None, key: int | None) -> Invoice | None:
    if customer is None or key is None:
        return None
    rows = Invoice.objects.filter(pk=key, entity=request.seat.entity)
    return rows.select_related("customer").first()


def _found(request: DeskRequest, find: str) -> Sequence[Customer]:
    if not find:
        return []
    return find_customers(entity_id=request.seat.entity.pk, text=find)


def _invoices(customer: Customer, number: str) -> list[Invoice]:
    """The customer's newest invoices, or those whose number has been typed."""
    rows = Invoice.objects.filter(customer=customer, kind=Invoice.Kind.INVOICE)
    key = normalise_reference(number)
    if key:
        rows = rows.filter(number_key__contains=key)
    return list(rows.order_by("-issue_date", "-pk")[:INVOICES_SHOWN])


def _billed(invoice: Invoice, asked: QueryDict) -> list[BilledField]:
    return [
        BilledField(
            line,
            words_in(asked, f"quantity-{line.pk}", most=NUMBER_LENGTH_MAX),
            words_in(asked, f"price-{line.pk}", most=NUMBER_LENGTH_MAX),
            words_in(asked, f"amount-{line.pk}", most=NUMBER_LENGTH_MAX),
        )
        for line in invoice.lines.all()
    ]


def _free(asked: QueryDict) -> list[FreeField]:
    return [
        FreeField(
            n, words_in(asked, f"text-{n}", most=TEXT_MAX), words_in(asked, f"free-{n}", most=40)
        )
        for n in range(1, FREE_LINES + 1)
    ]


def _typed(sent: QueryDict, customer: Customer | None, invoice: Invoice | None) -> TypedClaim:
    if customer is None:
        raise ClaimRefused(_("Choose the customer who claims."))
    currency = invoice.currency if invoice else customer.currency
    lines = (
        [line for field in _billed(invoice, sent) if (line := _line(field, currency))]
        if (invoice)
        else []
    )
    lines += [line for field in _free(sent) if (line := _free_line(field, currency))]
    channel = sent.get("channel", "")
    return TypedClaim(
        customer_id=customer.pk,
        reason=sent.get("reason", ""),
        invoice_id=invoice.pk if invoice else None,
        currency=currency,
        lines=lines,
        their_reference=words_in(sent, "their_reference", most=80),
        channel=channel if channel in CHANNELS else "phone",
    )


def _line(field: BilledField, currency: str) -> TypedLine | None:
    """A position somebody contests; nothing where nothing was typed."""
    if not (field.quantity.strip() or field.amount.strip()):
        return None
    price = _number(field.price, field.line.sku) if field.price.strip() else field.line.unit_price
    return TypedLine(
        invoice_line_id=field.line.pk,
        quantity=_number(field.quantity, field.line.sku) if field.quantity.strip() else None,
        unit_price=price,
        amount_minor=_amount(field.amount, currency) if field.amount.strip() else None,
    )


def _free_line(field: FreeField, currency: str) -> TypedLine | None:
    if not (field.text.strip() or field.amount.strip()):
        return None
    return TypedLine(description=field.text, amount_minor=_amount(field.amount, currency))


def _amount(text: str, currency: str) -> int:
    minor = amount_typed(text, currency) if text.strip() else None
    if minor is None:
        raise ClaimRefused(_("{text} is no amount."), text=text.strip()[:20] or "–")
    return minor


def _number(text: str, sku: str) -> Decimal:
    plain = text.strip().replace(" ", "").replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation as error:
        raise ClaimRefused(_("{sku}: {text} is no number."), sku=sku, text=text[:20]) from error
    if not number.is_finite():
        raise ClaimRefused(_("{sku}: {text} is no number."), sku=sku, text=text[:20])
    return number
