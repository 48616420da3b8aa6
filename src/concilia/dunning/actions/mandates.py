"""SEPA mandates: signed by customers on their page; collected by files that our bank takes."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.queries.office import today_of
from concilia.cash.actions.requesting import keep_request
from concilia.cash.models import PaymentRequest
from concilia.dunning.actions.accounts import lock_account
from concilia.dunning.actions.motives import require_collector
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.actions.voices import customers_voice
from concilia.dunning.core.direct_debits import (
    Collection,
    Creditor,
    DebitRefused,
    Stage,
    direct_debit_file,
    is_valid_creditor_id,
    sepa_text,
)
from concilia.dunning.core.epc import EURO, compact_iban, is_valid_iban
from concilia.dunning.core.pay_to import PayTo
from concilia.dunning.models import DirectDebit, DirectDebitFile, Mandate
from concilia.dunning.queries.accounts import Account
from concilia.dunning.queries.dunnable import dunnable_items, dunnable_of
from concilia.dunning.queries.payments import account_to_pay
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.blobs import store_blob
from concilia.identity.models import Entity, Membership
from concilia.identity.queries import actor_of

SCHEME: Final = "CORE"
SIGNS: Final = "23456789BCDFGHJKMNPQRSTVWXZ"
FILE_MAX: Final = 10_000
FARTHEST: Final = timedelta(days=60)
NAME_MAX: Final = 70


@dataclass(frozen=True, slots=True)
class NewMandate:
    """What a customer types and signs: whose account, and who says so."""

    holder: str
    iban: str
    signed_by: str


@transaction.atomic(durable=True)
def sign_mandate(*, account: Account, new: NewMandate, at: datetime) -> Mandate:
    """
    Take a mandate a customer signs on their page; it takes the place of the one before.

    :raises CollectionRefused: if we collect nothing, a name is missing, or the account is none
    """
    if not may_collect(account_to_pay(entity=account.entity, currency=EURO)):
        raise CollectionRefused(_("Direct debit is not possible here."))
    iban = compact_iban(new.iban)
    if not is_valid_iban(iban):
        raise CollectionRefused(_("Please look at the IBAN once more: its check digits are wrong."))
    if not sepa_text(new.holder, NAME_MAX) or not new.signed_by.strip():
        raise CollectionRefused(_("Write whose account it is, and your name."))
    lock_account(account.customer)
    Mandate.objects.filter(customer=account.customer, ended_at=None).update(ended_at=at)
    ending = "".join(secrets.choice(SIGNS) for _place in range(6))
    row = Mandate.objects.create(
        entity=account.entity,
        customer=account.customer,
        reference=f"M{account.customer.pk}-{ending}",
        scheme=SCHEME,
        iban=iban,
        holder=" ".join(new.holder.split())[:NAME_MAX],
        signed_by=" ".join(new.signed_by.split())[:120],
        signed_at=at,
    )
    _log(account, "account.mandate_signed", row, at)
    return row


@transaction.atomic(durable=True)
def end_mandate(*, account: Account, at: datetime) -> None:
    """Take a mandate back: nothing is collected by it from now on."""
    for row in Mandate.objects.select_for_update().filter(customer=account.customer, ended_at=None):
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        _log(account, "account.mandate_ended", row, at)


@transaction.atomic(durable=True)
def make_direct_debits(*, by: Membership, collection_date: date, at: datetime) -> DirectDebitFile:
    """
    Write the file that collects what is due from everybody with a mandate.

    Only what may be asked for, above the least that is chased; what is in a file already is in no
    second one. Each collection has its own reference, by which the bank's entry finds its items.

    :raises CollectionRefused: for a role that may not, a day that is none, or nothing to collect
    """
    require_collector(by)
    entity = Entity.objects.select_for_update(no_key=True).get(pk=by.entity_id)
    today = today_of(entity, at)
    if not today < collection_date <= today + FARTHEST:
        raise CollectionRefused(_("Choose a day from tomorrow on, within two months."))
    ours = account_to_pay(entity=entity, currency=EURO)
    if not may_collect(ours):
        raise CollectionRefused(
            _("Set our euro account and the creditor identifier in the settings first.")
        )
    mandates = {
        row.customer_id: row
        for row in Mandate.objects.filter(entity=entity, ended_at=None).select_related("customer")
    }
    requests = _requests(entity, mandates, today, at)
    if not requests:
        raise CollectionRefused(_("Nothing is due from anybody with a mandate."))
    row = _written(ours, mandates, requests, collection_date, at)
    row.entity, row.made_by = entity, by.user
    row.save(force_insert=True)
    DirectDebit.objects.bulk_create(
        DirectDebit(
            file=row,
            mandate=mandates[one.customer_id],
            request=one,
            sequence=_stage(mandates[one.customer_id]),
        )
        for one in requests
    )
    used = [mandates[one.customer_id].pk for one in requests]
    Mandate.objects.filter(pk__in=used, collected_at=None).update(collected_at=at)
    data = {"file": row.identification, "count": row.count, "total": row.total_minor}
    act = Act("direct_debits.written", "entity", entity.pk, {**data, "currency": EURO})
    audit.log(entity_id=entity.pk, actor=actor_of(by), at=at, acts=[act])
    return row


def _written(
    ours: PayTo,
    mandates: dict[int, Mandate],
    requests: Sequence[PaymentRequest],
    collection_date: date,
    at: datetime,
) -> DirectDebitFile:
    """The file with its bytes kept; not saved yet."""
    identification = f"DD-{at:%Y%m%d%H%M%S}-{secrets.randbelow(1000):03d}"
    creditor = Creditor(
        name=ours.holder, iban=ours.iban, creditor_id=ours.creditor_id, bic=ours.bic
    )
    try:
        content = direct_debit_file(
            identification=identification,
            creditor=creditor,
            collections=[_collection(mandates[one.customer_id], one) for one in requests],
            collection_date=collection_date,
            at=at,
        )
    except DebitRefused as refusal:
        why = str(refusal)
        raise CollectionRefused(_("The file cannot be written: {why}"), why=why) from refusal
    return DirectDebitFile(
        identification=identification,
        collection_date=collection_date,
        currency=EURO,
        total_minor=sum(one.amount_minor for one in requests),
        count=len(requests),
        blob=store_blob(content=content, at=at),
        made_at=at,
    )


def _stage(mandate: Mandate) -> Stage:
    return Stage.RECURRENT if mandate.collected_at else Stage.FIRST


def may_collect(ours: PayTo) -> bool:
    """Whether a company can collect: a euro account, and a creditor identifier that holds."""
    return ours.has_code and is_valid_creditor_id(ours.creditor_id)


def _requests(
    entity: Entity, mandates: dict[int, Mandate], today: date, at: datetime
) -> Sequence[PaymentRequest]:
    """One request for each customer of whom something may be collected now."""
    customers = list(mandates)[:FILE_MAX]
    sums = dunnable_of(entity=entity, customers=customers, today=today)
    able = {one.customer_id for one in sums if one.currency == EURO and not one.why_not}
    parts: dict[int, dict[int, int]] = {}
    for item in dunnable_items(entity=entity, customers=sorted(able), today=today):
        if item.currency == EURO and item.dunnable and not item.rests:
            parts.setdefault(item.customer_id, {})[item.id] = item.dunnable
    made = [
        keep_request(customer=mandates[key].customer, currency=EURO, parts=found, at=at)
        for key, found in sorted(parts.items())
    ]
    in_files = set(DirectDebit.objects.filter(request__in=made).values_list("request", flat=True))
    return [one for one in made if one.pk not in in_files]


def _collection(mandate: Mandate, request: PaymentRequest) -> Collection:
    return Collection(
        reference=request.reference,
        minor=request.amount_minor,
        mandate=mandate.reference,
        signed_on=mandate.signed_at.date(),
        scheme=mandate.scheme,
        sequence=_stage(mandate),
        holder=mandate.holder,
        iban=mandate.iban,
        bic=mandate.bic,
    )


def _log(account: Account, act: str, row: Mandate, at: datetime) -> None:
    actor = customers_voice(account.customer, account.contact).actor
    data = {"reference": row.reference, "signed_by": row.signed_by}
    acts = [Act(act, "customer", account.customer.pk, data)]
    audit.log(entity_id=account.entity.pk, actor=actor, at=at, acts=acts)
