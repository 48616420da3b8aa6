"""What customers do on their account: each form is sent once, by one action, and says what came."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_http_methods

from concilia.dunning.actions.mandates import may_collect
from concilia.dunning.actions.paying import begin_checkout
from concilia.dunning.actions.self_service import (
    Dispute,
    PromiseWish,
    dispute_by_customer,
    promise_by_customer,
    request_payment,
    say_why_not,
    set_preferences,
    write_by_customer,
)
from concilia.dunning.core.epc import EURO, epc_text
from concilia.dunning.core.pay_to import in_fours
from concilia.dunning.core.self_service import WORDS_MAX, promise_days
from concilia.dunning.queries.account_home import (
    checkout_of,
    home_of,
    item_of,
    lines_of,
    received_for,
    request_of,
)
from concilia.dunning.queries.dunnable import least_of
from concilia.dunning.queries.payments import account_to_pay, pays_online
from concilia.interfaces.components.refusals import REFUSALS, words_of
from concilia.interfaces.portal.account_access import Visit, account_page
from concilia.interfaces.portal.account_shown import (
    WHY_WORDS,
    WRONG_WORDS,
    choices_of,
    panels_of,
    where_it_is,
)
from concilia.interfaces.portal.account_views import page_context, show_case, split_of
from concilia.interfaces.portal.human import Limiter
from concilia.interfaces.portal.inputs import (
    InputRefused,
    amount_in,
    day_in,
    files_in,
    keys_in,
    words_in,
)
from concilia.interfaces.portal.qr import qr_picture
from concilia.kernel.money import Money

ACTS: Final = Limiter(times=60, seconds=600)
TOO_OFTEN: Final = _("This was sent too often. Please wait a few minutes.")
CURRENCY_CHARS: Final = 3


@require_http_methods(["POST"])
@account_page
def pay(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Make the reference to pay under: of all that is due, or of the items that are named."""
    try:
        _require_rarely(visit)
        made = request_payment(
            account=visit.account,
            currency=request.POST.get("currency", "")[:CURRENCY_CHARS],
            items=keys_in(request.POST, "item"),
            at=visit.at,
        )
    except REFUSALS as refusal:
        context = page_context(visit) | {"problem": words_of(refusal)}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "portal/account/refused.html", context, status=status)
    return _to(visit, f"/pay/{made.reference}")


@require_http_methods(["GET", "HEAD"])
@account_page
def paying(request: HttpRequest, visit: Visit, reference: str) -> HttpResponse:
    """How to pay a request: the code, the account, the reference; and thanks once it came."""
    customer = visit.account.customer
    asked = request_of(customer=customer, reference=reference)
    if asked is None:
        raise Http404
    ours = account_to_pay(entity=visit.account.entity, currency=asked.currency)
    amount = Money(asked.amount_minor, asked.currency)
    code = ""
    if ours.has_code:
        text = epc_text(
            name=ours.holder, iban=ours.iban, bic=ours.bic, amount=amount, reference=reference
        )
        code = qr_picture(text, gettext("QR code of the transfer"))
    context = page_context(visit) | {
        "asked": asked,
        "items": [one.item for one in asked.items.all()],
        "ours": ours,
        "iban": in_fours(ours.iban),
        "reference": in_fours(reference),
        "code": code,
        "received": received_for(asked),
        "collects": may_collect(account_to_pay(entity=visit.account.entity, currency=EURO)),
        "online": pays_online(entity_id=asked.entity_id),
        "checkout": checkout_of(asked),
    }
    return render(request, "portal/account/pay.html", context)


@require_http_methods(["POST"])
@account_page
def online(request: HttpRequest, visit: Visit, reference: str) -> HttpResponse:
    """Begin to pay a request on the provider's page."""
    asked = request_of(customer=visit.account.customer, reference=reference)
    if asked is None:
        raise Http404
    place = f"{visit.root}/pay/{reference}"
    try:
        _require_rarely(visit)
        begin_checkout(
            account=visit.account, request=asked, back_to=f"{settings.BASE_URL}{place}", at=visit.at
        )
    except REFUSALS as refusal:
        context = page_context(visit) | {"problem": words_of(refusal)}
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        return render(request, "portal/account/refused.html", context, status=status)
    return _to(visit, f"/pay/{reference}")


@require_http_methods(["GET", "HEAD", "POST"])
@account_page
def later(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Promise to pay on a day."""
    account, sent = visit.account, request.POST
    home = home_of(customer=account.customer, entity=account.entity, at=visit.at)
    panels = [one for one in panels_of(home) if one.sums.open > one.sums.disputed]
    asked = (sent or request.GET).get("currency", "")
    panel = next((one for one in panels if one.sums.currency == asked), next(iter(panels), None))
    if panel is None:
        return _to(visit, "")
    currency = panel.sums.currency
    days = promise_days(home.today, is_business=bool(account.customer.vat_number))

    def act() -> str:
        wish = PromiseWish(
            currency=currency,
            due_date=day_in(sent.get("day", "")),
            amount_minor=amount_in(sent.get("amount", ""), currency),
        )
        promise_by_customer(account=account, wish=wish, at=visit.at)
        return "?done=promise"

    context = {"panel": panel, "days": days, "least": least_of(currency)}
    return _form(request, visit, "later", act, context)


@require_http_methods(["GET", "HEAD", "POST"])
@account_page
def paid(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say that it is paid already: when, how, with a proof if there is one."""

    def act() -> str:
        words = words_in(request.POST, "words", most=WORDS_MAX)
        say_why_not(
            account=visit.account, why="paid", words=words, files=files_in(request), at=visit.at
        )
        return "?done=paid"

    return _form(request, visit, "paid", act, {})


@require_http_methods(["GET", "HEAD", "POST"])
@account_page
def cannot(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Say why it is not paid, with one press."""

    def act() -> str:
        why = request.POST.get("why", "")
        if why not in WHY_WORDS:
            raise InputRefused(_("Choose what fits best."))
        words = words_in(request.POST, "words", most=WORDS_MAX)
        say_why_not(account=visit.account, why=why, words=words, at=visit.at)
        return "?done=said"

    return _form(request, visit, "cannot", act, {"choices": choices_of(WHY_WORDS)})


@require_http_methods(["GET", "HEAD"])
@account_page
def wrong(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Choose the invoice something is wrong with; straight on where there is one."""
    account = visit.account
    home = home_of(customer=account.customer, entity=account.entity, at=visit.at)
    items = [one for one in home.items if one.open > one.disputed]
    if len(items) == 1:
        return _to(visit, f"/wrong/{items[0].id}")
    context = page_context(visit) | {"items": [(one, where_it_is(one)) for one in items]}
    return render(request, "portal/account/which.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@account_page
def dispute(request: HttpRequest, visit: Visit, item_id: int) -> HttpResponse:
    """Say what is wrong with an invoice; one claim comes of it."""
    item = item_of(customer=visit.account.customer, item_id=item_id)
    split = split_of(visit, item_id)
    if item is None or split is None:
        raise Http404
    lines = lines_of(item.invoice)

    def act() -> str:
        sent = request.POST
        chosen = {line.pk: line.net_minor + line.vat_minor for line in lines}
        picked = {key: chosen[key] for key in keys_in(sent, "line") if key in chosen}
        part = sent.get("part", "")
        amount = amount_in(sent.get("amount", ""), item.currency) if part == "amount" else None
        if part not in {"all", "amount", "lines"} or (part == "amount" and amount is None):
            raise InputRefused(_("Say whether all of it is wrong, or how much."))
        if part == "lines" and not picked:
            raise InputRefused(_("Choose the lines that are wrong."))
        said = Dispute(
            item_id=item.pk,
            wrong=sent.get("wrong", ""),
            words=words_in(sent, "words", most=WORDS_MAX),
            amount_minor=amount,
            lines=picked if part == "lines" else {},
            files=files_in(request),
        )
        claim = dispute_by_customer(account=visit.account, dispute=said, at=visit.at)
        return f"/case/{claim.case_id}"

    context = {
        "item": item,
        "split": split,
        "lines": lines,
        "choices": choices_of(WRONG_WORDS),
        "picked": keys_in(request.POST, "line"),
    }
    return _form(request, visit, "dispute", act, context)


@require_http_methods(["POST"])
@account_page
def write_in_case(request: HttpRequest, visit: Visit, case_id: int) -> HttpResponse:
    """Write a message or add files to a case of theirs."""
    try:
        _require_rarely(visit)
        _write(request, visit, case_id)
    except REFUSALS as refusal:
        return show_case(request, visit, case_id, words_of(refusal))
    return _to(visit, f"/case/{case_id}")


@require_http_methods(["GET", "HEAD", "POST"])
@account_page
def write(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Write to us about anything."""

    def act() -> str:
        _write(request, visit, None)
        return "?done=written"

    return _form(request, visit, "write", act, {})


@require_http_methods(["GET", "HEAD", "POST"])
@account_page
def wishes(request: HttpRequest, visit: Visit) -> HttpResponse:
    """In which language and whether they want mail; a copy of what we keep."""
    contact = visit.account.contact

    def act() -> str:
        if "copy" in request.POST:
            words = gettext("Please send me a copy of the data you keep about us.")
            write_by_customer(account=visit.account, words=words, at=visit.at)
            return "?done=written"
        set_preferences(
            account=visit.account,
            language=request.POST.get("language", ""),
            wants_mail="mail" in request.POST,
            at=visit.at,
        )
        return "?done=wishes"

    return _form(request, visit, "wishes", act, {"contact": contact})


def _form(
    request: HttpRequest,
    visit: Visit,
    name: str,
    act: Callable[[], str],
    context: Mapping[str, Any],
) -> HttpResponse:
    """A page with one form: shown, sent, or shown again with what is wrong and what was typed."""
    problem = ""
    if request.method == "POST":
        try:
            _require_rarely(visit)
            return _to(visit, act())
        except REFUSALS as refusal:
            problem = words_of(refusal)
    shown = {**page_context(visit), **context, "problem": problem, "sent": request.POST}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return render(request, f"portal/account/{name}.html", shown, status=status)


def _write(request: HttpRequest, visit: Visit, case_id: int | None) -> None:
    write_by_customer(
        account=visit.account,
        words=words_in(request.POST, "words", most=WORDS_MAX),
        files=files_in(request),
        case_id=case_id,
        at=visit.at,
    )


def _require_rarely(visit: Visit) -> None:
    if ACTS.is_too_much(str(visit.account.customer.pk)):
        raise InputRefused(TOO_OFTEN)


def _to(visit: Visit, place: str) -> HttpResponse:
    return HttpResponseRedirect(visit.root + place, status=HTTPStatus.SEE_OTHER)
