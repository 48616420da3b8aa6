"""The pages of a customer's account that are looked at: the check, home, an invoice, a case."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_http_methods, require_safe

from concilia.cases.queries.office import today_of
from concilia.dunning.actions.accounts import Tried, asker_of, open_account
from concilia.dunning.core.account_links import Purpose
from concilia.dunning.queries.account_home import (
    home_of,
    item_of,
    lines_of,
    paper_of,
    watched,
)
from concilia.dunning.queries.dunnable import DunnableItem, dunnable_items
from concilia.foundation.blobs import read_blob
from concilia.identity.models import Language
from concilia.interfaces.components.downloads import HARMLESS
from concilia.interfaces.portal.account_access import (
    Visit,
    account_page,
    let_in,
    let_out,
    open_account_page,
)
from concilia.interfaces.portal.account_shown import (
    holder_of,
    how_it_stands,
    missing_of,
    panels_of,
    rows_of,
    steps_of,
    title_of,
)
from concilia.interfaces.portal.human import is_by_hand, stamp_of
from concilia.interfaces.portal.inputs import words_in

ANSWER_MAX: Final = 80
LISTED: Final = 8
ONCE_MORE: Final = _("Please send it once more: this went faster than anybody can read.")
TYPE_IT: Final = _("Type one of the three.")
WRONG: Final = _("That stands on none of our invoices to you. Please look at one once more.")
WHERE_TO: Final = {Purpose.PAY: "", Purpose.PLAN: "/plan", Purpose.DISPUTE: "/wrong"}


@require_http_methods(["GET", "HEAD", "POST"])
@open_account_page
def account(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The light check; once it is passed, the account."""
    if visit.passed:
        return _home(request, visit)
    if request.method != "POST":
        return _check(request, visit)
    answer = words_in(request.POST, "answer", most=ANSWER_MAX)
    problem = "" if answer else gettext(TYPE_IT)
    if not is_by_hand(request.POST, link_id=-visit.account.customer.pk, at=visit.at):
        problem = gettext(ONCE_MORE)
    if problem:
        return _check(request, visit, problem=problem)
    return _tried(request, visit, answer)


def _tried(request: HttpRequest, visit: Visit, answer: str) -> HttpResponse:
    address = import_string(settings.AXES_CLIENT_IP_CALLABLE)(request)
    account = visit.account
    tried = open_account(account=account, answer=answer, asker=asker_of(address), at=visit.at)
    if not tried.passed:
        return _check(request, visit, problem=gettext(WRONG), tried=tried)
    place = visit.root + WHERE_TO.get(account.link.purpose, "")
    return let_in(HttpResponseRedirect(place, status=HTTPStatus.SEE_OTHER), visit)


@require_safe
@account_page
def invoice(request: HttpRequest, visit: Visit, item_id: int) -> HttpResponse:
    """One invoice: what it says, where its cents are, and what can be done about it."""
    customer = visit.account.customer
    item = item_of(customer=customer, item_id=item_id)
    if item is None:
        raise Http404
    context = page_context(visit) | {
        "item": item,
        "split": split_of(visit, item_id),
        "lines": lines_of(item.invoice),
        "paper": paper_of(customer=customer, number=item.document_number),
    }
    return render(request, "portal/account/invoice.html", context)


@require_safe
@account_page
def paper(request: HttpRequest, visit: Visit, item_id: int) -> HttpResponse:
    """The PDF of an invoice of theirs, where we have it."""
    customer = visit.account.customer
    item = item_of(customer=customer, item_id=item_id)
    document = paper_of(customer=customer, number=item.document_number) if item else None
    if item is None or document is None:
        raise Http404
    response = HttpResponse(read_blob(sha256=document.blob.sha256), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="invoice.pdf"'
    response["Content-Security-Policy"] = HARMLESS
    return response


@require_safe
@account_page
def case(request: HttpRequest, visit: Visit, case_id: int) -> HttpResponse:
    """A case of theirs: who holds it, until when, what is missing, and what was written."""
    return show_case(request, visit, case_id)


def show_case(request: HttpRequest, visit: Visit, case_id: int, problem: str = "") -> HttpResponse:
    """This will show a case of theirs, with what is wrong with what they wrote."""
    found = watched(customer=visit.account.customer, case_id=case_id)
    if found is None:
        raise Http404
    first, department = holder_of(found)
    context = page_context(visit) | {
        "watched": found,
        "claim": found.claim,
        "title": title_of(found.claim.reason),
        "steps": steps_of(found),
        "missing": missing_of(found),
        "holder": first,
        "department": department,
        "problem": problem,
        "sent": request.POST,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, "portal/account/case.html", context, status=status)


@require_http_methods(["POST"])
@account_page
def leave(request: HttpRequest, visit: Visit) -> HttpResponse:
    """End the session on this machine."""
    return let_out(HttpResponseRedirect(visit.root, status=HTTPStatus.SEE_OTHER), visit)


def page_context(visit: Visit) -> dict[str, Any]:
    """What every page of an account shows, once the check is passed."""
    contact = visit.account.contact
    return {
        "visit": visit,
        "root": visit.root,
        "entity": visit.account.entity,
        "customer": visit.account.customer,
        "first_name": contact.name.split()[0] if contact and contact.name.strip() else "",
        "languages": Language.choices,
        "language": visit.language,
    }


def split_of(visit: Visit, item_id: int) -> DunnableItem | None:
    """Where the cents of an open item are; None once it is settled."""
    account = visit.account
    today = today_of(account.entity, visit.at)
    rows = dunnable_items(entity=account.entity, customers=[account.customer.pk], today=today)
    return next((row for row in rows if row.id == item_id), None)


def _home(request: HttpRequest, visit: Visit) -> HttpResponse:
    account = visit.account
    home = home_of(customer=account.customer, entity=account.entity, at=visit.at)
    rows = rows_of(home, visit.root)
    shown = rows if "all" in request.GET else rows[:LISTED]
    context = page_context(visit) | {
        "home": home,
        "panels": panels_of(home),
        "claims": [(title_of(one.reason), one, how_it_stands(one)) for one in home.claims],
        "rows": shown,
        "more": len(rows) - len(shown),
        "done": DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "portal/account/home.html", context)


def _check(
    request: HttpRequest, visit: Visit, problem: str = "", tried: Tried | None = None
) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    if tried is not None and tried.wait_until is not None:
        status = HTTPStatus.TOO_MANY_REQUESTS
    context = {
        "root": visit.root,
        "problem": problem,
        "tried": tried,
        "stamp": stamp_of(-visit.account.customer.pk, visit.at),
        "languages": Language.choices,
        "language": visit.language,
    }
    return render(request, "portal/account/check.html", context, status=status)


DONE: Final = {
    "promise": _("Thank you. We wait for your payment and remind you of nothing until then."),
    "said": _("Thank you for telling us. We look into it and write to you."),
    "paid": _("Thank you. We look for your payment at once and ask for nothing meanwhile."),
    "written": _("Thank you. Your message has arrived."),
    "wishes": _("This is saved."),
}
