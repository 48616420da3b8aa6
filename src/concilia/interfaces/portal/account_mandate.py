"""The SEPA mandate on a customer's own page: signed, seen, taken back."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_http_methods

from concilia.dunning.actions.mandates import NewMandate, end_mandate, may_collect, sign_mandate
from concilia.dunning.core.epc import EURO
from concilia.dunning.queries.payments import account_to_pay, mandate_of
from concilia.interfaces.components.refusals import REFUSALS, words_of
from concilia.interfaces.portal.account_access import Visit, account_page
from concilia.interfaces.portal.account_views import page_context
from concilia.interfaces.portal.inputs import InputRefused, words_in


@require_http_methods(["GET", "HEAD", "POST"])
@account_page
def mandate(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Sign a mandate, or take it back."""
    account = visit.account
    ours = account_to_pay(entity=account.entity, currency=EURO)
    known = mandate_of(customer=account.customer)
    if known is None and not may_collect(ours):
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            _act(request, visit)
            place = f"{visit.root}/mandate"
            return HttpResponseRedirect(place, status=HTTPStatus.SEE_OTHER)
        except REFUSALS as refusal:
            problem = words_of(refusal)
    context = page_context(visit) | {
        "mandate": known,
        "ours": ours,
        "ending": known.iban[-4:] if known else "",
        "problem": problem,
        "sent": request.POST,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "portal/account/mandate.html", context, status=status)


def _act(request: HttpRequest, visit: Visit) -> None:
    sent = request.POST
    if "end" in sent:
        end_mandate(account=visit.account, at=visit.at)
        return
    if "agree" not in sent:
        raise InputRefused(_("Tick that you agree to the mandate."))
    new = NewMandate(
        holder=words_in(sent, "holder", most=70),
        iban=words_in(sent, "iban", most=50),
        signed_by=words_in(sent, "name", most=120),
    )
    sign_mandate(account=visit.account, new=new, at=visit.at)
