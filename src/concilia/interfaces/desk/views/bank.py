"""The bank desk: how far the statements are, what is left to do, and one payment on the table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET

from concilia.cash.core.questions import AboutPayment, question_about
from concilia.cash.models import Match
from concilia.cash.queries import bank as reading
from concilia.cash.queries.payment import Asked, PaymentTable, payment_on_desk
from concilia.cash.queries.rules import proposed_count
from concilia.cash.queries.unapplied import sums_of
from concilia.interfaces.components.figures import Part
from concilia.interfaces.components.formats import base_language, shared_currency
from concilia.interfaces.components.rights import WORKERS
from concilia.interfaces.desk import bank_words
from concilia.interfaces.desk.access import DeskRequest, Seat, desk_page
from concilia.interfaces.desk.bank_advices import told_by_payer
from concilia.interfaces.desk.bank_forms import KEY_MAX, key_of, wanted_of
from concilia.interfaces.desk.bank_items import ClaimLink, item_rows
from concilia.interfaces.desk.explained import explained
from concilia.interfaces.desk.exports import csv_response
from concilia.interfaces.desk.navigation import count_with
from concilia.interfaces.desk.pages import KeysFirst
from concilia.interfaces.desk.saved_views import own_views
from concilia.kernel.money import Money
from concilia.receivables.models import BankEntry, BankStatement
from concilia.reporting.queries.bank import claims_of_items

ROWS_MAX: Final = 30
STATEMENTS_MAX: Final = 30
EXPORT_MAX: Final = 20_000
ALL: Final = "all"
SAVED_AS: Final = "bank"
UNREADABLE: Final = 422
CONFLICT: Final = 409
# By currency: how many entries, and what they make in minor units.
InAll = Mapping[str, tuple[int, int]]
# What an address carries from one payment of a list to the next.
KEPT: Final = ("statement", "show", "q", "sort", "page")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How a payment is to be shown: as asked for, or as somebody left it with what is wrong."""

    asked: Asked = field(default_factory=Asked)
    problems: tuple[str, ...] = ()
    status: int = 200


def may_act(seat: Seat) -> bool:
    """Whether the person posts payments; others only read."""
    return seat.may(*WORKERS)


@require_GET
@desk_page()
def bank(request: DeskRequest) -> HttpResponse:
    """A statement's day with what is left to do; where nothing is, what to do first."""
    return page(request, statement_of(request, None), None, Shown())


@require_GET
@desk_page()
def payment(request: DeskRequest, entry_id: int) -> HttpResponse:
    """One payment on the table beside its list."""
    asked = Asked(
        customer_id=key_of(request.GET.get("customer")),
        find=request.GET.get("find", "").strip()[:80],
        alternative=_place(request.GET.get("alternative")),
    )
    entry = entry_of(request, entry_id)
    return page(request, statement_of(request, entry), entry, Shown(asked=asked))


@require_GET
@desk_page()
def statements(request: DeskRequest) -> HttpResponse:
    """All statements and how far each is."""
    pages = Paginator(reading.statements(entity_id=request.seat.entity.pk), STATEMENTS_MAX)
    shown = pages.get_page(request.GET.get("page"))
    rows = reading.with_progress(shown.object_list)
    return render(
        request,
        "desk/bank/statements.html",
        {
            "page": shown,
            "rows": rows,
            "currency": shared_currency(row.statement.currency for row in rows),
        },
    )


@require_GET
@desk_page()
def export(request: DeskRequest) -> HttpResponseBase:
    """The list as a CSV file, amounts as decimal numbers."""
    statement = statement_of(request, None)
    wanted = wanted_of(request.GET, statement_id=statement.pk if statement else None)
    rows = reading.left_to_do(entity_id=request.seat.entity.pk, wanted=wanted)
    head = ("booked", "value", "payer", "iban", "text", "amount", "currency")
    lines = (
        (
            match.bank_entry.booking_date.isoformat(),
            match.bank_entry.value_date.isoformat(),
            match.bank_entry.payer_name,
            match.bank_entry.payer_iban,
            match.bank_entry.text,
            Money(_signed(match.bank_entry), match.currency).to_decimal(),
            match.currency,
            match.state,
            match.rule,
            match.customer.name if match.customer else "",
        )
        for match in rows[:EXPORT_MAX]
    )
    return csv_response("bank.csv", (*head, "state", "rule", "customer"), lines)


def entry_of(request: DeskRequest, entry_id: int) -> BankEntry:
    """
    This will be an entry of the person's entity.

    :raises Http404: if there is none, or it is another creditor's
    """
    rows = BankEntry.objects.select_related("statement__account")
    entry = (
        rows.filter(pk=entry_id, entity=request.seat.entity).first()
        if entry_id <= KEY_MAX
        else None
    )
    if entry is None:
        raise Http404
    return entry


def kept_query(request: DeskRequest) -> str:
    """The part of the address that says which list the person works through."""
    return urlencode({name: request.GET[name] for name in KEPT if request.GET.get(name)})


def address(name: str, *args: object, query: str = "") -> str:
    """The address of a page of the bank desk with the list it belongs to."""
    return reverse(f"desk:{name}", args=args) + (f"?{query}" if query else "")


def next_of(request: DeskRequest, entry: BankEntry) -> str:
    """The next payment that is left on the list, else the list."""
    statement = statement_of(request, entry)
    wanted = wanted_of(request.GET, statement_id=statement.pk if statement else None)
    rows = reading.left_to_do(entity_id=request.seat.entity.pk, wanted=wanted)
    following = rows.exclude(state=Match.State.POSTED).first()
    kept = kept_query(request)
    if following:
        return address("bank-payment", following.bank_entry_id, query=kept)
    return address("bank", query=kept or f"statement={entry.statement_id}")


def page(
    request: DeskRequest, statement: BankStatement | None, entry: BankEntry | None, shown: Shown
) -> HttpResponse:
    """The whole desk; for htmx only what is below the shell."""
    listed = _list(request, statement)
    if entry is None and listed["page"].object_list:
        entry = listed["page"].object_list[0].bank_entry
    context: dict[str, Any] = {
        "may_act": may_act(request.seat),
        "proposed_rules": proposed_count(entity_id=request.seat.entity.pk),
        "statement": statement,
        "kept": kept_query(request),
        **listed,
        **_day(request, statement),
    }
    if entry is not None:
        table = payment_on_desk(entity=request.seat.entity, entry_id=entry.pk, asked=shown.asked)
        context |= _table(request, table, shown) | told_by_payer(request, table)
    is_part = bool(request.headers.get("HX-Request"))
    template = "desk/bank/desk.html" if is_part else "desk/bank/page.html"
    return render(request, template, context, status=shown.status)


def statement_of(request: DeskRequest, entry: BankEntry | None) -> BankStatement | None:
    """The statement the address names, else the payment's, else the one to go on with."""
    entity_id = request.seat.entity.pk
    said = request.GET.get("statement", "")
    if said == ALL:
        return None
    key = key_of(said)
    if key is not None:
        found = reading.statements(entity_id=entity_id).filter(pk=key).first()
        if found is None:
            raise Http404
        return found
    return entry.statement if entry else reading.current_statement(entity_id=entity_id)


def _list(request: DeskRequest, statement: BankStatement | None) -> dict[str, Any]:
    entity_id = request.seat.entity.pk
    wanted = wanted_of(request.GET, statement_id=statement.pk if statement else None)
    matches = reading.left_to_do(entity_id=entity_id, wanted=wanted)
    sums: InAll = {}
    if statement is None and wanted.show == "todo":
        sums = sums_of(matches)
        found = sum(n for n, _ in sums.values())
        if not wanted.words:
            request.counted["bank"] = found
    else:
        found = reading.count_of_list(matches, entity_id=entity_id, wanted=wanted)
    pages = KeysFirst(matches, ROWS_MAX, found)
    shown: Page[Match] = pages.get_page(request.GET.get("page"))
    inside = reading.in_answers(shown.object_list)
    nothing = reading.InAnswer()
    sure = reading.sure_ones(entity_id=entity_id, statement_id=wanted.statement_id)
    plain = reverse("desk:bank")
    said = {"statement": statement.pk if statement else ALL}
    return {
        "wanted": wanted,
        "statement_said": said["statement"],
        "todo_address": f"{plain}?{urlencode(said)}",
        "list_address": f"{plain}?{urlencode(said | {'show': wanted.show})}",
        "all_address": f"{plain}?{urlencode(said | {'show': 'all'})}",
        "advised_address": f"{plain}?{urlencode({'statement': ALL, 'show': 'advised'})}",
        "page": shown,
        "has_more": bool(wanted.words) and found == reading.COUNTED_MAX,
        "list_currency": shared_currency(match.currency for match in shown.object_list),
        "list_sum": bank_words.sum_words(
            [(currency, minor) for currency, (_, minor) in sums.items()],
            base_language(request.user.language),
        ),
        "lines": [
            (match, bank_words.short_reason(match, inside.get(match.pk, nothing).differences))
            for match in shown.object_list
        ],
        "sure": sure if may_act(request.seat) else reading.Sure(),
        "advised": reading.advised_count(entity_id=entity_id),
        "sorts": bank_words.SORTS.items(),
        "page_sum": bank_words.sum_words(
            [(match.currency, _signed(match.bank_entry)) for match in shown.object_list],
            base_language(request.user.language),
        ),
        "saved": own_views(request, SAVED_AS),
    }


def _day(request: DeskRequest, statement: BankStatement | None) -> dict[str, Any]:
    entity_id = request.seat.entity.pk
    told: dict[str, Any] = {
        "figure_query": urlencode({"statement": statement.pk if statement else ALL}),
        "has_statements": statement is not None,
    }
    if statement is None:
        told["has_statements"] = reading.statements(entity_id=entity_id).exists()
        return told
    [row] = reading.with_progress([statement])
    earlier, later = reading.neighbours(statement)
    left = request.counted["bank"] = reading.left_count(entity_id=entity_id)
    return told | {
        "progress": row.progress,
        "parts": progress_parts(row.progress),
        "earlier": earlier,
        "later": later,
        "elsewhere": left - row.progress.left,
    }


def progress_parts(progress: reading.Progress) -> list[Part]:
    """The progress of a statement as a bar; its parts are counts, not amounts."""
    return [
        Part("good", progress.posted, bank_words.PROGRESS["posted"]),
        Part("accent", progress.proposed, bank_words.PROGRESS["proposed"]),
        Part("open", progress.open, bank_words.PROGRESS["open"]),
        Part("none", progress.unasked, bank_words.PROGRESS["unasked"]),
    ]


def _table(request: DeskRequest, table: PaymentTable, shown: Shown) -> dict[str, Any]:
    language = base_language(request.user.language)
    match, entry = table.match, table.entry
    numbers = {line.item.pk: line.item.document_number for line in table.items}
    claims = _claims(request, table)
    is_posted = match is not None and match.state == Match.State.POSTED
    parts = match.explanation.get("parts", []) if match else []
    return {
        "table": table,
        "entry": entry,
        "match": match,
        "draft": table.draft,
        "problems": shown.problems,
        "find": shown.asked.find,
        "explanation": explained(parts),
        "rule_words": bank_words.RULES.get(match.rule, match.rule) if match else "",
        "confidence": Decimal(match.confidence_bp) / 10_000 if match else None,
        "items": item_rows(table.items, claims),
        "differences": [
            (one, bank_words.tell_difference(one, numbers.get(one.item_id, "?"), language))
            for one in table.draft.differences
        ],
        "shown_differences": table.sum.differences_minor - table.sum.on_account_minor,
        "settled": [
            (row, bank_words.ITEMS.get(row.item.kind, ""), claims.get(row.deduction_item_id or 0))
            for row in table.allocations
        ],
        "kinds": bank_words.kind_choices(),
        "reasons": bank_words.reason_choices(language),
        "is_editable": may_act(request.seat) and not entry.is_return and not is_posted,
        "question": _question(request, table),
        **_addresses(request, table, shown),
    }


def _addresses(request: DeskRequest, table: PaymentTable, shown: Shown) -> dict[str, Any]:
    """Where the choices of a payment lead; each keeps the list it was opened from."""
    kept = kept_query(request)
    here = address("bank-payment", table.entry.pk, query=kept)
    joint = "&" if kept else "?"
    return {
        "payment_address": here,
        "alternative": shown.asked.alternative,
        "alternative_address": f"{here}{joint}alternative=",
        "customer_address": f"{here}{joint}customer=",
        "main_documents": " + ".join(row.item.document_number for row in table.allocations),
    }


def _claims(request: DeskRequest, table: PaymentTable) -> dict[int, ClaimLink]:
    wanted = [line.item.pk for line in table.items if line.item.disputed_minor]
    wanted += [row.deduction_item_id for row in table.allocations if row.deduction_item_id]
    found = claims_of_items(entity_id=request.seat.entity.pk, item_ids=wanted)
    return {
        key: ClaimLink(claim.case.number, _claim_page(claim.pk)) for key, claim in found.items()
    }


def _claim_page(claim_id: int) -> str:
    try:
        return reverse("desk:claim", args=[claim_id])
    except NoReverseMatch:
        return ""


def _question(request: DeskRequest, table: PaymentTable) -> dict[str, Any] | None:
    """The question to the customer as it would leave, for the person to change."""
    customer, entry = table.payer.customer, table.entry
    if customer is None or entry.is_return:
        return None
    contact = table.payer.contacts[0] if table.payer.contacts else None
    written = question_about(
        AboutPayment(
            paid=Money(entry.amount_minor, entry.currency),
            on=entry.value_date,
            text=entry.text,
            name=contact.name if contact else "",
            author=request.user.name,
            creditor=request.seat.entity.name,
        ),
        customer.language,
    )
    return {"customer": customer, "subject": written.subject, "text": written.body}


def _place(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 4 else None  # noqa: PLR2004


def _signed(entry: BankEntry) -> int:
    return -entry.amount_minor if entry.is_return else entry.amount_minor


count_with("bank", lambda seat: reading.left_count(entity_id=seat.entity.pk))
