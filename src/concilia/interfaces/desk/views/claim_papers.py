"""Adding a paper to a claim; a proof of delivery with the quantities it states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_http_methods

from concilia.claims.actions import ClaimRefused, Paper, SignedDelivery, add_evidence
from concilia.claims.models import Claim
from concilia.claims.queries.dossier import Dossier
from concilia.interfaces.components.rights import HELPERS
from concilia.interfaces.components.uploads import require_size
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.claim_words import evidence_choices, evidence_name, language
from concilia.interfaces.desk.inputs import words_in
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.views.claim import read_dossier
from concilia.kernel.reason_words import Evidence
from concilia.receivables.models import Delivery, InvoiceLine

UNREADABLE: Final = 422
QUANTITY_LENGTH_MAX: Final = 20
QUANTITY_PLACES: Final = 3
QUANTITY_BELOW: Final = Decimal(10**11)


@dataclass(frozen=True, slots=True)
class DeliveredLine:
    """One article of the delivery with what the form says arrived and was damaged."""

    sku: str
    name: str
    shipped: Decimal
    received: str
    damaged: str


@require_http_methods(["GET", "POST"])
@desk_page(allow=HELPERS)
def add_paper(request: DeskRequest, claim_id: int) -> HttpResponse:
    """The form of a paper; what it states counts at once for the verdict."""
    dossier = read_dossier(request, claim_id)
    sent = request.POST if request.method == "POST" else None
    kind = (sent or request.GET).get("kind", "")
    kind = kind if kind in set(Evidence) else ""
    problem = ""
    if sent is not None and sent.get("act") != "choose":
        try:
            _add(request, dossier, kind)
        except REFUSALS as refusal:
            problem = words_of(refusal)
        else:
            name = evidence_name(kind)
            messages.success(request, gettext("%(paper)s added.") % {"paper": name})
            return redirect(reverse("desk:claim", args=[claim_id]) + "#evidence")
    delivery = delivery_of(dossier.claim)
    is_proof = kind == Evidence.POD
    context = {
        "claim": dossier.claim,
        "kind": kind,
        "kinds": evidence_choices(),
        "delivery": delivery if is_proof else None,
        "lines": _lines(dossier.claim, delivery, sent) if is_proof and delivery else [],
        "known": _known(dossier, kind),
        "sent": sent or {},
        "language": language(),
        "problem": problem,
        "today": timezone.localdate(),
    }
    status = UNREADABLE if problem else 200
    return render(request, "desk/claims/paper.html", context, status=status)


def delivery_of(claim: Claim) -> Delivery | None:
    """The delivery a claim speaks of."""
    return claim.delivery or (claim.invoice.delivery if claim.invoice else None)


def _add(request: DeskRequest, dossier: Dossier, kind: str) -> None:
    if not kind:
        raise ClaimRefused(_("Say what kind of paper it is."))
    sent = request.POST
    file = request.FILES.get("file")
    if file:
        require_size(file)
    known = sent.get("document", "")
    paper = Paper(
        evidence=kind,
        document_id=int(known) if known.isdecimal() and not file else None,
        filename=(file.name or "") if file else "",
        content=file.read() if file else b"",
        says=words_in(sent, "says", most=2000),
        language=words_in(sent, "says_language", most=2),
    )
    add_evidence(
        claim_id=dossier.claim.pk,
        paper=paper,
        signed=_signed(sent, dossier.claim) if kind == Evidence.POD else None,
        member=request.seat.membership,
        at=timezone.now(),
    )


def _signed(sent: QueryDict, claim: Claim) -> SignedDelivery:
    """What a proof of delivery states, by article."""
    try:
        signed_on = date.fromisoformat(sent.get("signed_on", ""))
    except ValueError as error:
        raise ClaimRefused(_("Say on which day it was signed.")) from error
    delivery = delivery_of(claim)
    articles = [line.sku for line in delivery.lines.all()] if delivery else []
    return SignedDelivery(
        signed_by=words_in(sent, "signed_by", most=120),
        signed_on=signed_on,
        reserve=words_in(sent, "reserve", most=2000),
        received=_quantities(sent, "received", articles),
        damaged=_quantities(sent, "damaged", articles),
    )


def _quantities(sent: QueryDict, column: str, articles: Sequence[str]) -> Mapping[str, Decimal]:
    found = {}
    for n, sku in enumerate(articles, start=1):
        text = words_in(sent, f"{column}-{n}", most=QUANTITY_LENGTH_MAX + 1)
        if text:
            found[sku] = _quantity(text, sku)
    return found


def _quantity(text: str, sku: str) -> Decimal:
    """A quantity as typed, with a point or a comma."""
    plain = text.replace(",", ".").replace(" ", "")
    try:
        number = Decimal(plain) if len(plain) <= QUANTITY_LENGTH_MAX else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    is_counted = number.is_finite() and abs(number) < QUANTITY_BELOW
    if not is_counted or number != round(number, QUANTITY_PLACES):
        raise ClaimRefused(_("{sku}: {text} is no quantity."), sku=sku, text=text[:20])
    return number


def _lines(claim: Claim, delivery: Delivery, sent: QueryDict | None) -> list[DeliveredLine]:
    names = dict(
        InvoiceLine.objects.filter(invoice__delivery=delivery).values_list("sku", "description")
    )
    rows = []
    for n, line in enumerate(delivery.lines.all(), start=1):
        received, damaged = line.pod_quantity, line.pod_damaged
        rows.append(
            DeliveredLine(
                sku=line.sku,
                name=names.get(line.sku, ""),
                shipped=line.quantity.normalize(),
                received=sent.get(f"received-{n}", "") if sent else _plain(received, line.quantity),
                damaged=sent.get(f"damaged-{n}", "") if sent else _plain(damaged, Decimal(0)),
            )
        )
    return rows


def _plain(number: Decimal | None, otherwise: Decimal) -> str:
    value = number if number is not None else otherwise
    whole = value.to_integral_value()
    return f"{whole if value == whole else value.normalize():f}"


def _known(dossier: Dossier, kind: str) -> list[tuple[int, str]]:
    """Papers of the case that are here already: their words may still have to be typed."""
    return [
        (paper.document_id, paper.document.filename)
        for paper in dossier.papers
        if paper.evidence == kind
    ]
