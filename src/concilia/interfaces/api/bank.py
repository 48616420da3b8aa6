"""Bank entries: statements, what each payment settles, and what people do with them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from concilia.cash.actions import (
    PaymentQuestion,
    PersonsLine,
    PersonsSplit,
    PostingRefused,
    accept_reallocation,
    ask_about_payment,
    dismiss_reallocation,
    match_entry,
    post_match,
    post_proposals,
    post_split,
    reverse_match,
    set_aside,
    settle_return,
)
from concilia.cash.actions.refusals import refusal
from concilia.cash.core.rules import LABEL_MAX
from concilia.cash.core.splits import SplitRefused
from concilia.cash.models import Match
from concilia.cash.queries import bank as reading
from concilia.cash.queries.payment import Asked, ItemLine, payment_on_desk
from concilia.customers.models import Customer
from concilia.identity.models import Membership
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.paging import ListFilter, Page, listed, page_of
from concilia.interfaces.api.shapes import (
    TEXT,
    EntryDetail,
    EntryOut,
    ItemOut,
    MatchOut,
    Reason,
    decimal,
)
from concilia.interfaces.components.rights import WORKERS
from concilia.kernel.money import Money
from concilia.receivables.models import BankEntry

router = Router(tags=["bank"])
READ = Scope("bank:read")
WRITE = Scope("bank:write", *WORKERS)


class EntryFilter(ListFilter):
    """Which entries; `returns` only what the bank took back, `q` words of payer or text."""

    state: str | None = Field(None, pattern="^(POSTED|PROPOSED|OPEN|ADVISED)$")
    statement: int | None = Field(None, ge=1, lt=2**62)
    returns: bool = False
    q: str = Field("", pattern=TEXT, max_length=80)


class SplitLine(Schema):
    item: int = Field(ge=1, lt=2**62)
    applied: str = Field(pattern=TEXT, max_length=30)
    discount: str = Field("0", pattern=TEXT, max_length=30)
    writeoff: str = Field("0", pattern=TEXT, max_length=30)
    writeoff_reason: str = Field("", pattern=TEXT, max_length=5)
    deduction: str = Field("0", pattern=TEXT, max_length=30)
    deduction_reason: str = Field("", pattern=TEXT, max_length=5)
    deduction_text: str = Field("", pattern=TEXT, max_length=200)


class SplitIn(Schema):
    customer: str | None = Field(None, pattern=TEXT, max_length=40)
    lines: list[SplitLine] = Field(default=[], max_length=5_000)


class PaymentQuestionIn(Schema):
    customer: str = Field(pattern=TEXT, max_length=40)
    to: str = Field(pattern=TEXT, max_length=254)
    subject: str = Field(pattern=TEXT, max_length=300)
    text: str = Field(pattern=TEXT, max_length=8_000)


class EntriesIn(Schema):
    """Payments by their ids, whose proposals are confirmed."""

    entries: list[int] = Field(min_length=1, max_length=200)


class ConfirmedOut(Schema):
    """What was posted, and what has changed meanwhile and waits."""

    posted: list[int]
    changed: list[int]


class LabelIn(Schema):
    """What the money is for, such as rent."""

    label: str = Field(pattern=TEXT, max_length=LABEL_MAX)


class PaidIn(Schema):
    payment: int = Field(ge=1, lt=2**62)


class StatementOut(Schema):
    id: int
    account: str
    identification: str
    day: date
    currency: str
    opening: str | None
    closing: str | None
    entries: int
    posted: int
    proposed: int
    open: int
    returns: int

    @classmethod
    def of(cls, row: reading.StatementRow) -> StatementOut:
        """A statement and how far it is, as JSON; needs the account."""
        statement, progress = row.statement, row.progress
        return cls(
            id=statement.pk,
            account=statement.account.iban,
            identification=statement.identification,
            day=statement.statement_date,
            currency=statement.currency,
            opening=decimal(statement.opening_minor, statement.currency),
            closing=decimal(statement.closing_minor, statement.currency),
            entries=progress.entries,
            posted=progress.posted,
            proposed=progress.proposed,
            open=progress.open,
            returns=progress.returns,
        )


class CandidateFilter(Schema):
    """Whose items, and words, a number or an amount to find others by."""

    customer: str | None = Field(None, pattern=TEXT, max_length=40)
    find: str = Field("", pattern=TEXT, max_length=80)


class CandidateOut(ItemOut):
    why: str
    proposed: bool

    @classmethod
    def about(cls, line: ItemLine) -> CandidateOut:
        """An item a payment may settle, as JSON."""
        return cls(**ItemOut.of(line.item).model_dump(), why=line.why, proposed=line.taken)


class CandidatesOut(Schema):
    """What a payment may settle; of a return, the payments it may have taken back."""

    items: list[CandidateOut]
    customers: list[str]
    taken_back: list[EntryOut]


@router.get("", response=Page[EntryOut], auth=READ)
def list_entries(request: HttpRequest, asked: Query[EntryFilter]) -> dict[str, Any]:
    """Bank entries, the newest first."""
    entity_id = caller(request).entity_id
    rows = BankEntry.objects.filter(entity_id=entity_id)
    if asked.state or asked.q.strip():
        show = "advised" if asked.state == Match.State.ADVISED else "all"
        wanted = reading.Wanted(show=show, words=asked.q.strip())
        matched = reading.left_to_do(entity_id=entity_id, wanted=wanted).order_by()
        matched = matched.filter(state=asked.state) if asked.state else matched
        rows = rows.filter(pk__in=matched.values("bank_entry"))
    rows = rows.filter(statement_id=asked.statement) if asked.statement else rows
    rows = rows.filter(is_return=True) if asked.returns else rows
    return listed(rows, EntryOut.of, order="booking_date", asked=asked)


@router.get("/statements", response=Page[StatementOut], auth=READ)
def list_statements(request: HttpRequest, asked: Query[ListFilter]) -> dict[str, Any]:
    """Bank statements and how far each is, the newest first."""
    rows = reading.statements(entity_id=caller(request).entity_id)
    found, following = page_of(rows, order="statement_date", cursor=asked.cursor, limit=asked.limit)
    shown = reading.with_progress(found)
    return {"items": [StatementOut.of(each) for each in shown], "next_cursor": following}


@router.post("/confirm", response=ConfirmedOut, auth=WRITE)
def confirm(request: HttpRequest, body: EntriesIn) -> ConfirmedOut:
    """Confirm the proposals of several payments at once."""
    member = caller(request)
    matches = Match.objects.filter(
        bank_entry_id__in=body.entries, entity_id=member.entity_id, state=Match.State.PROPOSED
    )
    keys = list(matches.values_list("pk", flat=True))
    done = post_proposals(match_ids=keys, member=member, at=timezone.now())
    return ConfirmedOut(
        posted=[match.bank_entry_id for match in done.posted], changed=list(done.changed)
    )


@router.get("/{entry_id}", response=EntryDetail, auth=READ)
def get_entry(request: HttpRequest, entry_id: int) -> EntryDetail:
    """A bank entry with every answer it got."""
    return _detail(caller(request), entry_id)


@router.get("/{entry_id}/candidates", response=CandidatesOut, auth=READ)
def list_candidates(
    request: HttpRequest, entry_id: int, asked: Query[CandidateFilter]
) -> CandidatesOut:
    """What a payment may settle, each with why it is there."""
    member = caller(request)
    entry = _entry(member, entry_id)
    customer = _customer(member, asked.customer) if asked.customer else None
    wanted = Asked(customer_id=customer.pk if customer else None, find=asked.find.strip())
    table = payment_on_desk(entity=member.entity, entry_id=entry.pk, asked=wanted)
    return CandidatesOut(
        items=[CandidateOut.about(line) for line in table.items],
        customers=[row.number for row in table.found_customers],
        taken_back=[EntryOut.of(origin.entry) for origin in table.origins],
    )


@router.post("/{entry_id}/post", response=EntryDetail, auth=WRITE)
def post_proposal(request: HttpRequest, entry_id: int) -> EntryDetail:
    """Confirm the proposal."""
    member = caller(request)
    match = Match.objects.get(
        bank_entry_id=entry_id, entity_id=member.entity_id, state=Match.State.PROPOSED
    )
    post_match(match_id=match.pk, member=member, at=timezone.now())
    return _detail(member, entry_id)


@router.post("/{entry_id}/split", response=EntryDetail, auth=WRITE)
def split(request: HttpRequest, entry_id: int, body: SplitIn) -> EntryDetail:
    """Post a payment as a person says."""
    member = caller(request)
    entry = _entry(member, entry_id)
    customer = _customer(member, body.customer) if body.customer else None
    try:
        persons = PersonsSplit(
            customer_id=customer.pk if customer else None,
            lines=[_line(line, entry.currency) for line in body.lines],
        )
        post_split(bank_entry_id=entry.pk, split=persons, member=member, at=timezone.now())
    except SplitRefused as refused:
        raise refusal(refused) from refused
    return _detail(member, entry_id)


@router.post("/{entry_id}/ask", response=EntryDetail, auth=WRITE)
def ask(request: HttpRequest, entry_id: int, body: PaymentQuestionIn) -> EntryDetail:
    """Ask the customer what a payment is for; the contact policy may hold it back."""
    member = caller(request)
    question = PaymentQuestion(
        customer_id=_customer(member, body.customer).pk,
        to=body.to,
        subject=body.subject,
        text=body.text,
    )
    entry = _entry(member, entry_id)
    ask_about_payment(bank_entry_id=entry.pk, question=question, member=member, at=timezone.now())
    return _detail(member, entry_id)


@router.post("/{entry_id}/set-aside", response=EntryDetail, auth=WRITE)
def aside(request: HttpRequest, entry_id: int, body: LabelIn) -> EntryDetail:
    """Say that an entry is no customer's payment; it can be reversed like a posting."""
    member = caller(request)
    entry = _entry(member, entry_id)
    set_aside(bank_entry_id=entry.pk, label=body.label, member=member, at=timezone.now())
    return _detail(member, entry_id)


@router.post("/{entry_id}/reallocate", response=EntryDetail, auth=WRITE)
def reallocate(request: HttpRequest, entry_id: int) -> EntryDetail:
    """Take over what the payer said later: the posting is reversed and posted anew."""
    member = caller(request)
    match_id = _advised(member, entry_id).pk
    accept_reallocation(match_id=match_id, member=member, at=timezone.now())
    return _detail(member, entry_id)


@router.post("/{entry_id}/keep", response=EntryDetail, auth=WRITE)
def keep(request: HttpRequest, entry_id: int, body: Reason) -> EntryDetail:
    """Leave a payment as it was posted, although the payer says otherwise."""
    member = caller(request)
    dismiss_reallocation(
        match_id=_advised(member, entry_id).pk,
        reason=body.reason,
        member=member,
        at=timezone.now(),
    )
    return _detail(member, entry_id)


@router.post("/{entry_id}/match-again", response=EntryDetail, auth=WRITE)
def again(request: HttpRequest, entry_id: int) -> EntryDetail:
    """Put a payment to the engine once more: something came or went since."""
    member = caller(request)
    match_entry(bank_entry_id=_entry(member, entry_id).pk, at=timezone.now())
    return _detail(member, entry_id)


@router.post("/{entry_id}/reverse", response=EntryDetail, auth=WRITE)
def reverse(request: HttpRequest, entry_id: int, body: Reason) -> EntryDetail:
    """Take a posting back."""
    member = caller(request)
    match = Match.objects.get(
        bank_entry_id=entry_id, entity_id=member.entity_id, state=Match.State.POSTED
    )
    reverse_match(match_id=match.pk, reason=body.reason, member=member, at=timezone.now())
    return _detail(member, entry_id)


@router.post("/{entry_id}/settle-return", response=EntryDetail, auth=WRITE)
def settle(request: HttpRequest, entry_id: int, body: PaidIn) -> EntryDetail:
    """Say which payment the bank took back; its items are open again."""
    member = caller(request)
    returned, paid = _entry(member, entry_id), _entry(member, body.payment)
    if returned == paid:
        raise PostingRefused("A return does not take itself back.")
    settle_return(
        bank_entry_id=returned.pk, paid_entry_id=paid.pk, member=member, at=timezone.now()
    )
    return _detail(member, entry_id)


def _advised(member: Membership, entry_id: int) -> Match:
    return Match.objects.get(
        bank_entry_id=entry_id, entity_id=member.entity_id, state=Match.State.ADVISED
    )


def _entry(member: Membership, entry_id: int) -> BankEntry:
    return BankEntry.objects.get(pk=entry_id, entity_id=member.entity_id)


def _customer(member: Membership, number: str) -> Customer:
    return Customer.objects.get(entity_id=member.entity_id, number=number)


def _line(line: SplitLine, currency: str) -> PersonsLine:
    return PersonsLine(
        item_id=line.item,
        applied_minor=Money.parse(line.applied, currency).minor,
        discount_minor=Money.parse(line.discount, currency).minor,
        writeoff_minor=Money.parse(line.writeoff, currency).minor,
        writeoff_reason=line.writeoff_reason,
        deduction_minor=Money.parse(line.deduction, currency).minor,
        deduction_reason=line.deduction_reason,
        deduction_text=line.deduction_text,
    )


def _detail(member: Membership, entry_id: int) -> EntryDetail:
    entry = _entry(member, entry_id)
    matches = (
        Match.objects.filter(bank_entry=entry)
        .select_related("customer")
        .prefetch_related("allocations__item")
        .order_by("version")
    )
    return EntryDetail(
        **EntryOut.of(entry).model_dump(), matches=[MatchOut.of(match) for match in matches]
    )
