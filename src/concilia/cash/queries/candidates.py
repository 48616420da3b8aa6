"""What some payments could settle: only the customers and items that can matter are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import partial
from typing import NamedTuple

from django.db import connection
from django.db.models import Q

from concilia.cash.core.aliases import IBAN, NAME, SURE_HITS, Claim, alias_name, in_force
from concilia.cash.models import TextRule as TextRuleRow
from concilia.cash.ports import agreed_plans
from concilia.cash.queries.advices import Advised, advised, line_of
from concilia.cash.queries.habits import habits_of
from concilia.cash.queries.item_columns import columns_of_items, id_of_item
from concilia.cash.queries.requests import Requested, may_name_one, requested_by
from concilia.customers.models import Customer, PayerAlias
from concilia.foundation.lookups import array_of_texts
from concilia.identity.models import Entity
from concilia.kernel.references import normalise_reference
from concilia.matching import records
from concilia.matching.book import OpenItems
from concilia.matching.names import words_of
from concilia.matching.payers import Lesson
from concilia.matching.policy import Policy
from concilia.matching.rules import TextRule, rule_words
from concilia.receivables.models import BankEntry, ItemKind, OpenItem

TOKEN = re.compile(r"[A-Za-z0-9][A-Za-z0-9/.\-]{3,30}")
KEY_LENGTH_MIN = 4
NAME_SIMILARITY_MIN = 0.45
BELGIAN = re.compile(r"(?<![0-9])([0-9]{3})[ /]?([0-9]{4})[ /]?([0-9]{5})(?![0-9])")
RF = re.compile(r"RF[0-9]{2}(?: ?[0-9A-Z]){1,21}")
RF_LENGTH_MIN = 5
LIKE_NAMES = """
SELECT DISTINCT likely.id
  FROM unnest(%s::text[]) AS payer(name)
 CROSS JOIN LATERAL (
       SELECT c.id, similarity(c.name, payer.name) AS likeness
         FROM customers_customer c
        WHERE c.entity_id = %s AND c.name %% payer.name
        ORDER BY likeness DESC, c.id
        LIMIT 5) AS likely
 WHERE likely.likeness >= %s
"""

NUMBERED = """
SELECT customer_id FROM receivables_openitem
 WHERE entity_id = %(entity)s AND open_minor <> 0 AND number_key = ANY(%(keys)s::text[])
 UNION
SELECT customer_id FROM receivables_openitem
 WHERE entity_id = %(entity)s AND open_minor <> 0 AND structured_reference <> ''
   AND structured_reference = ANY(%(references)s::text[])
 UNION
SELECT customer_id FROM receivables_order
 WHERE entity_id = %(entity)s AND customer_order_key = ANY(%(keys)s::text[])
 UNION
SELECT customer_id FROM receivables_order
 WHERE entity_id = %(entity)s AND number_key = ANY(%(keys)s::text[])
 UNION
SELECT customer_id FROM receivables_delivery
 WHERE entity_id = %(entity)s AND number_key = ANY(%(keys)s::text[])
 UNION
SELECT id FROM customers_customer
 WHERE entity_id = %(entity)s AND number = ANY(%(words)s::text[])
"""


class Payer(NamedTuple):
    """A customer as matching asks for them: thousands at once, so no model for each."""

    pk: int
    name: str
    payer_group_id: int | None
    vat_number: str
    email_domains: Sequence[str]


ItemsOf = Callable[[Sequence[Payer], set[str]], OpenItems]


@dataclass(frozen=True, slots=True)
class Candidates:
    """The input of `matching.engine.match_payments` for some bank entries."""

    payments: list[records.Payment]
    items: OpenItems
    customers: list[records.Customer]
    lessons: list[Lesson]
    remittances: list[records.Remittance]
    policy: Policy


def candidates_for(
    *,
    entity: Entity,
    entries: Sequence[BankEntry],
    customers: Collection[int] = (),
    items_of: ItemsOf | None = None,
) -> Candidates:
    """
    Read what these entries could settle, in a constant number of queries.

    Customers are found by IBAN, by numbers in the text, by learned names, by likeness of names and
    by what people wrote about texts; with them come the members of their payer groups.

    :param customers: others that are known to matter, by their keys
    :param items_of: what these customers owed, if it is not what they owe now
    """
    said = advised(entity, entries)
    claims = claims_of(entity, entries)
    rules = rules_for(entity, entries, said.said)
    named = {entry.pk: references_in(entry) for entry in entries if may_name_one(entry)}
    requested = requested_by(entity, named, entries)
    keys = _customers_of(entity, entries, said, claims) | set(customers) | requested.customers
    keys |= {int(one.customer_id) for one in rules if one.customer_id}
    rows = _with_groups(entity, keys)
    payers = {row.pk: str(row.payer_group_id or f"-{row.pk}") for row in rows}
    return Candidates(
        payments=[_payment(entry, said, requested) for entry in entries],
        items=(items_of or partial(_items, entity))(rows, {entry.currency for entry in entries}),
        customers=[
            records.Customer(
                customer_id=str(row.pk),
                name=row.name,
                payer_group=str(row.payer_group_id or ""),
                vat_number=row.vat_number,
                email_domains=tuple(row.email_domains),
            )
            for row in rows
        ],
        lessons=[
            *_aliases(claims, rows),
            *habits_of(payers),
            *rules,
            *agreed_plans(payers, id_of_item),
        ],
        remittances=said.said,
        policy=policy_of(entity),
    )


def _payment(entry: BankEntry, said: Advised, requested: Requested) -> records.Payment:
    """Where a person said what a payment is about, its own words say nothing against it."""
    payment = payment_of(entry)
    if entry.pk in requested.asked and not entry.is_return:
        rule, parts, plan = requested.asked[entry.pk]
        asked = tuple(records.Asked(id_of_item(key), minor) for key, minor in parts)
        payment = payment._replace(asked=asked, asked_as=rule, plan_id=plan)
    if entry.pk in said.names and not entry.payer_iban:
        payment = payment._replace(payer_name=said.names[entry.pk])
    if entry.pk not in said.by_person:
        return payment
    payment = payment._replace(asked=(), plan_id="")
    return payment._replace(text="", structured_reference="", end_to_end_id="", lines=())


def payment_of(entry: BankEntry) -> records.Payment:
    """A bank entry as matching sees it."""
    return records.Payment(
        payment_id=str(entry.pk),
        booked_on=entry.booking_date,
        valued_on=entry.value_date,
        currency=entry.currency,
        amount_minor=-entry.amount_minor if entry.is_return else entry.amount_minor,
        payer_name=payer_name_of(entry),
        payer_iban=entry.payer_iban,
        text=entry.text,
        structured_reference=entry.structured_reference,
        end_to_end_id=entry.end_to_end_id,
        lines=tuple(line_of(one, entry.currency) for one in entry.remittance),
    )


def payer_name_of(entry: BankEntry) -> str:
    """Who paid, by name: who owed it, where the bank says that somebody else sent it."""
    return entry.ultimate_debtor or entry.payer_name


def claims_of(entity: Entity, entries: Sequence[BankEntry]) -> list[Claim]:
    """Whose the accounts and names of these entries are, as far as that counts; one query."""
    ibans = {entry.payer_iban for entry in entries} - {""}
    names = {alias_name(payer_name_of(entry)) for entry in entries} - {""}
    rows = PayerAlias.objects.filter(entity=entity).filter(
        Q(kind=IBAN, value__any_of=ibans) | Q(kind=NAME, value__any_of=names)
    )
    read = rows.order_by("pk").values_list(
        "kind",
        "value",
        "customer_id",
        "customer__payer_group_id",
        "hits",
        "is_stated",
        "written_by_id",
    )
    return in_force(
        Claim(
            kind=kind,
            value=value,
            customer_id=customer,
            payer=str(group or f"-{customer}"),
            hits=hits,
            is_stated=is_stated or writer is not None,
        )
        for kind, value, customer, group, hits, is_stated, writer in read
    )


def claim_of(row: PayerAlias) -> Claim:
    """An alias as the rules about aliases see it; needs the customer."""
    return Claim(
        kind=row.kind,
        value=row.value,
        customer_id=row.customer_id,
        payer=str(row.customer.payer_group_id or f"-{row.customer_id}"),
        hits=row.hits,
        is_stated=row.is_stated or row.written_by_id is not None,
    )


def _aliases(claims: Sequence[Claim], customers: Sequence[Payer]) -> list[records.PayerAlias]:
    """What is known of these customers: of this payment, and what is sure of others."""
    sure = PayerAlias.objects.filter(customer__any_of=[one.pk for one in customers]).filter(
        Q(is_stated=True) | Q(written_by__isnull=False) | Q(hits__gte=SURE_HITS)
    )
    known = {(one.customer_id, one.kind, one.value) for one in claims}
    known |= set(sure.values_list("customer_id", "kind", "value"))
    return [
        records.PayerAlias(
            customer_id=str(customer),
            iban=value if kind == IBAN else "",
            name=value if kind == NAME else "",
        )
        for customer, kind, value in sorted(known)
        if kind in {IBAN, NAME}
    ]


def rules_for(
    entity: Entity, entries: Sequence[BankEntry], remittances: Sequence[records.Remittance] = ()
) -> list[TextRule]:
    """The rules in force whose telling word stands in one of the texts; one query."""
    texts = {entry.text for entry in entries}
    texts |= {str(line.get("reason_text") or "") for one in entries for line in one.remittance}
    texts |= {line.reason_text for one in remittances for line in one.lines}
    words = {word for text in texts for word in rule_words(text)}
    rows = TextRuleRow.objects.filter(
        entity=entity, state=TextRuleRow.State.ACTIVE, key_word__any_of=words
    )
    return [rule_of(row) for row in rows.select_related("customer").order_by("pk")]


def rule_of(row: TextRuleRow) -> TextRule:
    """A rule as matching knows it; needs the customer."""
    return TextRule(
        rule_id=str(row.number),
        meaning=row.meaning,
        words=tuple(row.words.split()),
        iban=row.payer_iban,
        name=words_of(row.payer_name) if row.payer_name else (),
        customer_id=str(row.customer_id or ""),
        reason=row.reason,
        label=row.label or (row.customer.name if row.customer else ""),
    )


def _items(entity: Entity, customers: Sequence[Payer], currencies: set[str]) -> OpenItems:
    """What these customers owe and are owed, as matching sees it."""
    return columns_of_items(
        OpenItem.objects.filter(
            entity=entity,
            customer__any_of=[row.pk for row in customers],
            currency__in=currencies,
        )
        .exclude(open_minor=0)
        .exclude(kind=ItemKind.DEDUCTION)
    )


def _customers_of(
    entity: Entity, entries: Sequence[BankEntry], said: Advised, claims: Sequence[Claim]
) -> set[int]:
    found = said.customers | {claim.customer_id for claim in claims}
    found |= _numbered(entity, entries, said.keys)
    accounts = {claim.value for claim in claims if claim.kind == IBAN}
    strangers = [entry for entry in entries if entry.payer_iban not in accounts]
    return found | _named(entity, {name for entry in strangers for name in _names(entry)})


def _names(entry: BankEntry) -> set[str]:
    return {entry.payer_name, entry.ultimate_debtor} - {""}


def _numbered(entity: Entity, entries: Sequence[BankEntry], said: set[str]) -> set[int]:
    """Customers whose documents, orders, deliveries or own numbers are in the texts; one query."""
    keys = {key for entry in entries for key in keys_in(entry)} | said
    words = {word for entry in entries for word in TOKEN.findall(entry.text)}
    references = {key for entry in entries for key in references_in(entry)}
    asked: dict[str, int | str | list[str]] = {
        "entity": entity.pk,
        "keys": array_of_texts(sorted(keys)),
        "references": array_of_texts(sorted(references)),
        "words": array_of_texts(sorted(words)),
    }
    with connection.cursor() as cursor:
        cursor.execute(NUMBERED, asked)
        return {row[0] for row in cursor.fetchall()}


def keys_in(entry: BankEntry) -> set[str]:
    """What may be a document's number in what the payer wrote, as `number_key` has it."""
    texts = (entry.text, entry.structured_reference, entry.end_to_end_id)
    keys = {normalise_reference(token) for text in texts for token in TOKEN.findall(text)}
    keys |= {normalise_reference(str(line.get("number") or "")) for line in entry.remittance}
    return {key for key in keys if len(key) >= KEY_LENGTH_MIN and any(c.isdigit() for c in key)}


def references_in(entry: BankEntry) -> set[str]:
    """Structured references of an entry; of one in free text every length it may have."""
    keys = {entry.structured_reference} - {""}
    for text in (entry.structured_reference, entry.text):
        for figures in BELGIAN.findall(text):
            keys |= _belgian(*figures)
    for found in RF.finditer(entry.text.upper()):
        compact = found[0].replace(" ", "")
        keys |= {compact[:length] for length in range(RF_LENGTH_MIN, len(compact) + 1)}
    return keys


def _belgian(first: str, second: str, third: str) -> set[str]:
    """A Belgian reference as banks send it, and in the ways invoices write it."""
    written = f"{first}/{second}/{third}"
    return {f"{first}{second}{third}", written, f"+++{written}+++", f"***{written}***"}


def policy_of(entity: Entity) -> Policy:
    """What this entity tolerates; settings it does not know are not an error."""
    known = {each.name for each in fields(Policy)}
    own = {k: v for k, v in entity.settings.get("matching", {}).items() if k in known}
    if "coincidence_max" in own:
        own["coincidence_max"] = Decimal(str(own["coincidence_max"]))
    return Policy(**{"country": entity.country} | own)


def _named(entity: Entity, names: set[str]) -> set[int]:
    """Customers whose names resemble the payers', a few for each name; one statement."""
    if not names:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(LIKE_NAMES, [sorted(names), entity.pk, NAME_SIMILARITY_MIN])
        return {row[0] for row in cursor.fetchall()}


def _with_groups(entity: Entity, keys: set[int]) -> list[Payer]:
    rows = Customer.objects.filter(entity=entity)
    groups = set(
        rows.filter(pk__any_of=keys, payer_group__isnull=False).values_list(
            "payer_group", flat=True
        )
    )
    wanted = rows.filter(Q(pk__any_of=keys) | Q(payer_group__any_of=groups)).order_by("pk")
    return list(map(Payer._make, wanted.values_list(*Payer._fields)))
