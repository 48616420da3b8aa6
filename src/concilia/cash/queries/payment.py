"""One payment on the desk: what was paid, what it can settle, and what was answered so far."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.postgres.aggregates import BoolOr
from django.db.models import Q, QuerySet, Sum

from concilia.cash.core import drafts
from concilia.cash.core.drafts import Draft, draft_of, sum_of
from concilia.cash.core.marks import Piece, mark
from concilia.cash.core.questions import question_keys
from concilia.cash.core.splits import PersonsLine, PersonsSplit
from concilia.cash.core.typed import amount_typed
from concilia.cash.models import Allocation, Match
from concilia.cash.queries.candidates import keys_in, policy_of
from concilia.cash.queries.second_looks import origins_of
from concilia.correspondence.models import Message
from concilia.customers.models import Contact, Customer, PayerAlias
from concilia.identity.models import Entity
from concilia.kernel.references import normalise_reference
from concilia.receivables.models import BankEntry, OpenItem

ITEMS_MAX: Final = 80
FOUND_MAX: Final = 20
FIND_MIN: Final = 3
RECENT: Final = 50
NUMBER: Final = re.compile(r"(.*?)([0-9]+)")
LIVE: Final = (Match.State.POSTED, Match.State.PROPOSED, Match.State.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """
    How the payment is looked at: as answered, as an alternative, or as somebody is drafting it.

    :param customer_id: whose items to show, if not those of the answer's customer
    :param find: words, a number or an amount to find other customers and items by
    :param alternative: the place of the engine's other answer to show
    """

    customer_id: int | None = None
    find: str = ""
    alternative: int | None = None
    draft: Draft | None = None


@dataclass(frozen=True, slots=True)
class ItemLine:
    """
    An item the payment may settle; `why` is `named`, `proposed`, `disputed`, `credit`,
    `on_account`, `late` (due before the payment) or `later`.
    """

    item: OpenItem
    taken: bool
    why: str
    is_other_customer: bool


@dataclass(frozen=True, slots=True)
class AlternativeLine:
    """Another answer as good as the one shown: the documents it settles."""

    place: int
    documents: tuple[str, ...]
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Payer:
    """
    Who paid, as far as we know.

    :param hits: payments people confirmed from this account
    :param is_stated: whether the master data name the account
    """

    customer: Customer | None
    members: tuple[Customer, ...] = ()
    hits: int = 0
    is_stated: bool = False
    contacts: tuple[Contact, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """A payment that a return may have taken back, and where it stands."""

    entry: BankEntry
    match: Match | None


@dataclass(frozen=True, slots=True)
class PaymentTable:
    """All there is on the desk for one payment. `match` is the live answer; None while it waits."""

    entry: BankEntry
    match: Match | None
    versions: tuple[Match, ...]
    allocations: tuple[Allocation, ...]
    payer: Payer
    pieces: tuple[Piece, ...]
    items: tuple[ItemLine, ...]
    found_customers: tuple[Customer, ...]
    draft: Draft
    sum: drafts.Sum
    open_minor: Mapping[int, int]
    alternatives: tuple[AlternativeLine, ...]
    asked: tuple[Message, ...]
    origins: tuple[Origin, ...]

    @property
    def has_more(self) -> bool:
        """Whether the payer may have more open items than are shown."""
        return len(self.items) >= ITEMS_MAX

    @property
    def is_changed(self) -> bool:
        """Whether an item of the proposal has less open now than the proposal gives it."""
        return self.match is not None and any(
            row.item_id in self.open_minor and _too_much(row, self.open_minor[row.item_id])
            for row in self.allocations
            if self.match.state == Match.State.PROPOSED
        )


def payment_on_desk(*, entity: Entity, entry_id: int, asked: Asked) -> PaymentTable:
    """
    Read what the desk shows of one payment, in a constant number of queries.

    :raises BankEntry.DoesNotExist: if the entity has no such entry
    """
    entry = BankEntry.objects.select_related("statement", "account").get(pk=entry_id, entity=entity)
    versions = tuple(
        Match.objects.filter(bank_entry=entry)
        .select_related("customer", "decided_by", "on_account_item")
        .order_by("-version")
    )
    match = next((one for one in versions if one.state in LIVE), None)
    allocations = tuple(
        Allocation.objects.filter(match=match).select_related("item", "deduction_item")
        if match
        else ()
    )
    payer = _payer(entity, entry, match, asked)
    rows = _items(entity, entry, payer, allocations, asked)
    left = {row.pk: row.open_minor for row in rows}
    draft = asked.draft or _draft(entry, match, allocations, payer, asked, left)
    marked = mark(
        entry.text,
        [(row.document_number, row.issue_date) for row in rows],
        policy_of(entity).reason_codes,
    )
    named = {rows[place].pk for place in marked.named}
    return PaymentTable(
        entry=entry,
        match=match,
        versions=versions,
        allocations=allocations,
        payer=payer,
        pieces=marked.pieces,
        items=tuple(_line(row, entry, draft, named, allocations, payer) for row in rows),
        found_customers=_found_customers(entity, asked.find),
        draft=draft,
        sum=sum_of(draft, left, entry.amount_minor),
        open_minor=left,
        alternatives=_alternatives(match, asked),
        asked=_questions(entity, entry),
        origins=_origins(entity, entry, match),
    )


def _payer(entity: Entity, entry: BankEntry, match: Match | None, asked: Asked) -> Payer:
    chosen = asked.draft.customer_id if asked.draft else asked.customer_id
    answered = match.customer_id if match else None
    customer = Customer.objects.filter(pk=chosen or answered or 0, entity=entity).first()
    if customer is None:
        return Payer(None)
    members = (
        tuple(Customer.objects.filter(payer_group=customer.payer_group_id).order_by("name", "pk"))
        if customer.payer_group_id
        else (customer,)
    )
    known = PayerAlias.objects.filter(
        entity=entity, kind=PayerAlias.Kind.IBAN, value=entry.payer_iban, customer__in=members
    ).aggregate(hits=Sum("hits"), stated=BoolOr("is_stated"))
    contacts = Contact.objects.filter(customer=customer, opted_out_at=None, bounced_at=None)
    return Payer(
        customer=customer,
        members=members,
        hits=known["hits"] or 0,
        is_stated=bool(known["stated"]),
        contacts=tuple(contacts.exclude(email="").order_by("role", "pk")),
    )


def _items(
    entity: Entity,
    entry: BankEntry,
    payer: Payer,
    allocations: Sequence[Allocation],
    asked: Asked,
) -> list[OpenItem]:
    """
    Open items of the payer and its group, what the answer settles, and what was looked for.

    Of many the oldest and the ones named in the text; the others are found by number or amount.
    """
    rows = OpenItem.objects.filter(entity=entity, currency=entry.currency)
    wanted = {row.item_id for row in allocations} | set(asked.draft.taken if asked.draft else ())
    open_rows = rows.filter(customer__in=payer.members).exclude(open_minor=0)
    oldest = open_rows.order_by("due_date", "pk").values_list("pk", flat=True)[:ITEMS_MAX]
    named = open_rows.filter(number_key__in=keys_in(entry)).values_list("pk", flat=True)
    keys = wanted | set(oldest) | set(named[:ITEMS_MAX]) | _found_items(entity, entry, asked.find)
    return _with_customers(list(rows.filter(pk__in=keys).order_by("due_date", "pk")), payer.members)


def _with_customers(items: list[OpenItem], known: Sequence[Customer]) -> list[OpenItem]:
    """The same with their customers: nearly all are of the payer's group, which is read already."""
    customers = {row.pk: row for row in known}
    others = {item.customer_id for item in items} - customers.keys()
    if others:
        customers |= Customer.objects.in_bulk(others)
    for item in items:
        item.customer = customers[item.customer_id]
    return items


def _found_items(entity: Entity, entry: BankEntry, find: str) -> set[int]:
    """Items with the number or the amount that was typed; of a number its end is enough."""
    key = normalise_reference(find)
    if len(key) < FIND_MIN:
        return set()
    rows = OpenItem.objects.filter(entity=entity, currency=entry.currency).exclude(open_minor=0)
    found = Q(number_key__in={key, *_completed(rows, find)})
    amount = amount_typed(find, entry.currency)
    if amount is not None:
        found |= Q(open_minor=amount)
    return set(rows.filter(found).order_by("pk").values_list("pk", flat=True)[:FOUND_MAX])


def _completed(rows: QuerySet[OpenItem], find: str) -> set[str]:
    """The keys a number may have of which only the last digits were typed, by recent examples."""
    digits = find.strip()
    if not (digits.isascii() and digits.isdecimal()):
        return set()
    recent = rows.order_by("-pk").values_list("document_number", flat=True)[:RECENT]
    shapes = {(found[1], len(found[2])) for one in recent if (found := NUMBER.fullmatch(one))}
    return {normalise_reference(head + digits.zfill(width)) for head, width in shapes}


def _found_customers(entity: Entity, find: str) -> tuple[Customer, ...]:
    words = find.strip()
    if len(words) < FIND_MIN:
        return ()
    rows = Customer.objects.filter(entity=entity).filter(Q(name__icontains=words) | Q(number=words))
    return tuple(rows.order_by("name", "pk")[:FOUND_MAX])


def _draft(
    entry: BankEntry,
    match: Match | None,
    allocations: Sequence[Allocation],
    payer: Payer,
    asked: Asked,
    left: Mapping[int, int],
) -> Draft:
    """What stands on the desk when nobody has touched it: the answer, or one of the others."""
    customer_id = payer.customer.pk if payer.customer else None
    if match is None or entry.is_return:
        return Draft(customer_id=customer_id)
    if asked.alternative is not None and asked.alternative < len(match.alternatives):
        other = match.alternatives[asked.alternative]
        split = PersonsSplit(customer_id=customer_id, lines=tuple(_alternative_lines(other)))
        return draft_of(split, int(other.get("on_account") or 0), left)
    if match.state != Match.State.PROPOSED or asked.customer_id not in {None, match.customer_id}:
        return Draft(customer_id=customer_id)
    split = PersonsSplit(customer_id=customer_id, lines=tuple(line_of(row) for row in allocations))
    return draft_of(split, match.on_account_minor, left)


def line_of(row: Allocation) -> PersonsLine:
    """An allocation as a person would have said it."""
    return PersonsLine(
        item_id=row.item_id,
        applied_minor=row.applied_minor,
        discount_minor=row.discount_minor,
        writeoff_minor=row.writeoff_minor,
        writeoff_reason=row.writeoff_reason,
        deduction_minor=row.deduction_minor,
        deduction_reason=row.deduction_reason,
        deduction_text=row.deduction_text,
    )


def _alternative_lines(other: Mapping[str, Any]) -> list[PersonsLine]:
    kept = {one["item_id"]: one for one in other.get("deductions", [])}
    return [
        PersonsLine(
            item_id=int(one["item_id"]),
            applied_minor=one["applied_minor"],
            discount_minor=one["discount_minor"],
            writeoff_minor=one["writeoff_minor"],
            writeoff_reason=one["writeoff_reason"],
            deduction_minor=kept.get(one["item_id"], {}).get("amount_minor", 0),
            deduction_reason=kept.get(one["item_id"], {}).get("reason", ""),
            deduction_text=kept.get(one["item_id"], {}).get("text", ""),
        )
        for one in other.get("allocations", [])
    ]


def _too_much(row: Allocation, left: int) -> bool:
    total = row.applied_minor + row.discount_minor + row.writeoff_minor + row.deduction_minor
    return abs(total) > abs(left)


def _line(
    row: OpenItem,
    entry: BankEntry,
    draft: Draft,
    named: set[int],
    allocations: Sequence[Allocation],
    payer: Payer,
) -> ItemLine:
    return ItemLine(
        item=row,
        taken=row.pk in draft.taken,
        why=_why(row, entry, named, {one.item_id for one in allocations}),
        is_other_customer=payer.customer is not None and row.customer_id != payer.customer.pk,
    )


def _why(row: OpenItem, entry: BankEntry, named: set[int], proposed: set[int]) -> str:
    answers = (
        ("named", row.pk in named),
        ("disputed", row.disputed_minor > 0),
        ("proposed", row.pk in proposed),
        ("on_account", row.kind == "on_account"),
        ("credit", row.open_minor < 0),
        ("late", row.due_date <= entry.value_date),
    )
    return next((word for word, holds in answers if holds), "later")


def _alternatives(match: Match | None, asked: Asked) -> tuple[AlternativeLine, ...]:
    if match is None or match.state != Match.State.PROPOSED or not match.alternatives:
        return ()
    keys = {
        int(one["item_id"]) for other in match.alternatives for one in other.get("allocations", [])
    }
    numbers = dict(OpenItem.objects.filter(pk__in=keys).values_list("pk", "document_number"))
    return tuple(
        AlternativeLine(
            place=place,
            documents=tuple(
                numbers.get(int(one["item_id"]), "?") for one in other.get("allocations", [])
            ),
            is_shown=asked.alternative == place,
        )
        for place, other in enumerate(match.alternatives)
    )


def _questions(entity: Entity, entry: BankEntry) -> tuple[Message, ...]:
    rows = Message.objects.filter(entity=entity, key__in=question_keys(entry.pk))
    return tuple(rows.order_by("pk"))


def _origins(entity: Entity, entry: BankEntry, match: Match | None) -> tuple[Origin, ...]:
    if not entry.is_return or (match and match.state == Match.State.POSTED):
        return ()
    earlier = origins_of(entity_id=entity.pk, returns=[entry])[entry.pk][:FOUND_MAX]
    answers = {
        one.bank_entry_id: one
        for one in Match.objects.filter(bank_entry__in=earlier, state__in=LIVE).select_related(
            "customer"
        )
    }
    return tuple(Origin(one, answers.get(one.pk)) for one in earlier)
