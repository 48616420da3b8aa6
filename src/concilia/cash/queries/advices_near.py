"""Remittances and payments of one payer group at one time: what may belong together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db.models import Exists, OuterRef, Q

from concilia.cash.models import NOT_APPLIED, Match, Remittance, RemittanceJoin
from concilia.cash.queries.advices import document_keys, free_remittances
from concilia.cash.queries.candidates import policy_of
from concilia.customers.models import Customer, PayerAlias
from concilia.identity.models import Entity
from concilia.receivables.models import BankEntry, OpenItem

# What was posted without a payment behind it, or taken back, is about nothing a payer says.
LIVE: Final = (Match.State.POSTED, Match.State.PROPOSED, Match.State.OPEN)
NEAR_MAX: Final = 50


def payments_near(remittance: Remittance) -> list[Match]:
    """
    The live answers to payments of a remittance's payer group around its day, the earliest first.

    Only payments that no remittance is about yet; nothing where nobody knows whose it is.
    """
    members = members_of(remittance)
    if not members:
        return []
    ibans = PayerAlias.objects.filter(customer__in=members, kind=PayerAlias.Kind.IBAN)
    joined = RemittanceJoin.objects.filter(bank_entry=OuterRef("bank_entry"))
    since, until = _span(remittance)
    rows = Match.objects.filter(
        ~Exists(joined),
        Q(customer__in=members) | Q(bank_entry__payer_iban__in=ibans.values("value")),
        entity=remittance.entity_id,
        state__in=LIVE,
        bank_entry__entity=remittance.entity_id,
        bank_entry__currency=remittance.currency,
        bank_entry__is_return=False,
        bank_entry__value_date__gte=since,
        bank_entry__value_date__lte=until,
    ).exclude(rule__in=NOT_APPLIED)
    found = rows.select_related("bank_entry").order_by("bank_entry__value_date", "bank_entry")
    return list(found[:NEAR_MAX])


def other_advices(remittance: Remittance) -> list[Remittance]:
    """Free remittances of the same payer group around the same days."""
    since, until = _span(remittance)
    rows = free_remittances(entity_id=remittance.entity_id).filter(
        _dated(since, until),
        customer__in=members_of(remittance),
        currency=remittance.currency,
    )
    return list(rows.exclude(pk=remittance.pk).order_by("pk")[:NEAR_MAX])


def advices_near(*, entity: Entity, entry: BankEntry, customers: set[int]) -> list[Remittance]:
    """Free remittances a person may mean for a payment: of these customers, or of its total."""
    near = timedelta(days=policy_of(entity).remittance_days)
    rows = free_remittances(entity_id=entity.pk).filter(
        _dated(entry.value_date - near, entry.value_date + near),
        Q(customer__in=customers) | Q(total_minor=entry.amount_minor),
        currency=entry.currency,
    )
    return list(rows.select_related("customer", "document").order_by("pk")[:NEAR_MAX])


def members_of(remittance: Remittance) -> set[int]:
    """The payer group of a remittance: of its customer, else of the documents it names."""
    owners = {remittance.customer_id} if remittance.customer_id else set()
    if not owners:
        keys = document_keys(remittance)
        rows = OpenItem.objects.filter(entity=remittance.entity_id, number_key__in=keys)
        owners = set(rows.values_list("customer", flat=True).distinct()[:NEAR_MAX])
    customers = Customer.objects.filter(pk__in=owners)
    groups = set(customers.values_list("payer_group", flat=True))
    if len(owners) == 1 and groups == {None}:
        return owners
    if len(groups) != 1 or None in groups:
        return set()
    return set(Customer.objects.filter(payer_group__in=groups).values_list("pk", flat=True))


def _span(remittance: Remittance) -> tuple[date, date]:
    near = timedelta(days=policy_of(remittance.entity).remittance_days)
    if remittance.payment_date:
        return remittance.payment_date - near, remittance.payment_date + near
    came = remittance.received_at.date()
    return came - 4 * near, came + near


def _dated(since: date, until: date) -> Q:
    return Q(payment_date__gte=since, payment_date__lte=until) | Q(
        payment_date=None, received_at__date__gte=since, received_at__date__lte=until
    )
