"""The list of claims: views, filters, order, selection, export."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from django.core.paginator import Page
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from concilia.claims.models import Claim
from concilia.claims.queries.worklist import (
    LONG_VIEWS,
    Row,
    claims_wanted,
    count_mine,
    keys_and_count,
    rows_of,
    tally_of,
    with_all_shown,
)
from concilia.claims.queries.worth import explain
from concilia.interfaces.components.formats import money_text
from concilia.interfaces.components.rights import HELPERS, WORKERS
from concilia.interfaces.components.states import face_of
from concilia.interfaces.desk import claim_words as words
from concilia.interfaces.desk import saved_views
from concilia.interfaces.desk.access import DeskRequest, Seat, desk_page
from concilia.interfaces.desk.claim_filters import (
    KEPT,
    PAGE,
    chips_of,
    choices_of,
    clean_query,
    is_filtered,
    read_wanted,
    tabs_of,
)
from concilia.interfaces.desk.exports import csv_response
from concilia.interfaces.desk.inputs import words_in
from concilia.interfaces.desk.navigation import count_with
from concilia.interfaces.desk.pages import KnownCount
from concilia.interfaces.desk.palette import Find, search_with
from concilia.kernel.money import Money
from concilia.kernel.reasons import reason_name

ROWS_A_PAGE: Final = 25
PAGE_DIGITS_MAX: Final = 6
EXPORT_MAX: Final = 100_000
EXPORT_BATCH: Final = 2_000


@require_GET
@desk_page()
def claims(request: DeskRequest) -> HttpResponse:
    """Claims in a view, filtered and in an order, with what the page adds up to."""
    seat, at = request.seat, timezone.now()
    wanted = read_wanted(request.GET, seat)
    tally = tally_of(entity=seat.entity, member=seat.membership, at=at)
    request.counted["claims"] = tally.counts["mine"]
    found = claims_wanted(entity=seat.entity, member=seat.membership, wanted=wanted, at=at)
    known = None if is_filtered(wanted) else tally.counts.get(wanted.view)
    page = _page(found, request.GET.get("page", "1"), known)
    rows = rows_of(keys=list(page.object_list))
    context = {
        "rows": rows,
        "page": page,
        "page_total": _page_total(rows),
        "tally": tally,
        "tabs": tabs_of(request, wanted, tally),
        "chips": chips_of(request, wanted),
        "wanted": wanted,
        "sorts": words.SORTS,
        "shows_worth": wanted.sort == "worth" and wanted.view not in LONG_VIEWS,
        "currency": _one_currency(rows),
        "filters": choices_of(seat),
        "query": request.GET.urlencode(),
        "kept": [(name, value) for name in KEPT for value in request.GET.getlist(name) if value],
        "may_work": seat.may(*WORKERS),
        "may_tick": seat.may(*HELPERS),
        "at": at,
        "is_filtered": is_filtered(wanted),
    }
    return render(request, "desk/claims/list.html", context)


@require_GET
@desk_page()
def export(request: DeskRequest) -> HttpResponseBase:
    """The same list as a file, all pages of it."""
    seat, at = request.seat, timezone.now()
    wanted = read_wanted(request.GET, seat)
    found = claims_wanted(entity=seat.entity, member=seat.membership, wanted=wanted, at=at)
    head = [
        gettext("Case"), gettext("Customer"), gettext("Customer number"), gettext("Country"),
        gettext("Reason"), gettext("Reason name"), gettext("State"), gettext("About"),
        gettext("Their reference"), gettext("Currency"), gettext("Claimed"), gettext("Valid"),
        gettext("Denied"), gettext("Received"), gettext("Ends"), gettext("Owner"),
    ]  # fmt: skip
    rows = list(_exported(with_all_shown(found)[:EXPORT_MAX]))
    return csv_response(f"claims-{timezone.localdate():%Y-%m-%d}.csv", head, rows)


@require_GET
@desk_page()
def worth(request: DeskRequest, claim_id: int) -> HttpResponse:
    """Why a claim stands where it does, term by term: a part of the list."""
    found = Claim.objects.filter(pk=claim_id, entity=request.seat.entity)
    one = found.select_related("case", "customer", "entity").first()
    if one is None:
        raise Http404(gettext("There is no such claim."))
    why = explain(claim=one, at=timezone.now())
    context = {"why": why, "currency": request.seat.entity.currency}
    return render(request, "desk/claims/worth.html", context)


@require_POST
@desk_page()
def save_view(request: DeskRequest) -> HttpResponse:
    """Keep the filters of the list under a name, for this person."""
    query = clean_query(words_in(request.POST, "query", most=2000))
    saved_views.keep_view(request, page=PAGE, query=query)
    return redirect(f"{reverse('desk:claims')}?{query}")


@require_POST
@desk_page()
def drop_view(request: DeskRequest, view_id: int) -> HttpResponse:
    """Forget a saved view of this person."""
    saved_views.drop_view(request, page=PAGE, view_id=view_id)
    return redirect("desk:claims")


def _page(found: QuerySet[Claim], asked: str, known: int | None) -> Page[int]:
    """The page asked for; a list whose length nobody knows is read and counted in one statement."""
    pages = KnownCount(found.values_list("pk", flat=True), ROWS_A_PAGE, known)
    number = int(asked) if asked.isdecimal() and len(asked) <= PAGE_DIGITS_MAX else 0
    if known is None and number:
        first = (number - 1) * ROWS_A_PAGE
        keys, pages.known = keys_and_count(claims=found, first=first, most=ROWS_A_PAGE)
        if keys or number == 1:
            return Page(keys, number, pages)
        pages.known = None
    return pages.get_page(asked)


def _page_total(rows: Iterable[Row]) -> str:
    """The sum of the page, currency by currency; they are never added up."""
    sums: dict[str, int] = {}
    for row in rows:
        sums[row.claim.currency] = sums.get(row.claim.currency, 0) + row.claim.claimed_minor
    return " · ".join(
        money_text(minor, currency, words.language()) for currency, minor in sorted(sums.items())
    )


def _one_currency(rows: Iterable[Row]) -> str:
    """The currency of the column, if the page has one only."""
    found = {row.claim.currency for row in rows}
    return found.pop() if len(found) == 1 else ""


def _exported(found: QuerySet[Claim]) -> Iterator[list[object]]:
    language = words.language()
    for claim in found.iterator(chunk_size=EXPORT_BATCH):
        valid = claim.approved_minor if claim.decided_at else claim.valid_minor
        yield [
            claim.case.number,
            claim.customer.name,
            claim.customer.number,
            claim.customer.country,
            claim.reason,
            reason_name(claim.reason, language),
            str(face_of(claim.state).word),
            claim.invoice.number if claim.invoice else "",
            claim.their_reference,
            claim.currency,
            Money(claim.claimed_minor, claim.currency).to_decimal(),
            Money(valid, claim.currency).to_decimal() if valid is not None else "",
            Money(claim.denied_minor, claim.currency).to_decimal(),
            timezone.localtime(claim.received_at).date().isoformat(),
            timezone.localtime(claim.case.due_at).date().isoformat() if claim.case.due_at else "",
            claim.case.owner.user.name if claim.case.owner else "",
        ]


def _commands(_seat: Seat, typed: str) -> Iterator[Find]:
    label = gettext("Open a claim from a phone call")
    if typed.casefold() in label.casefold():
        yield Find(label, reverse("desk:claim-new"), "plus", key="C")


count_with("claims", lambda seat: count_mine(member=seat.membership, at=timezone.now()))
search_with("claim-acts", pgettext_lazy("palette", "Do"), _commands)
