"""Paying online: by which provider a company's customers pay, and what was begun there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from concilia.customers.models import Customer
from concilia.dunning.core.pay_to import SETTING, PayTo, pay_to
from concilia.dunning.models import DirectDebitFile, Mandate, PaymentAccess
from concilia.dunning.ports import PROVIDERS, PaymentProvider, ProviderInvalid
from concilia.foundation.plugins import UnknownPlugin
from concilia.foundation.secrets import SecretUnreadable, unseal
from concilia.identity.models import Entity
from concilia.receivables.models import BankAccount

FILES_SHOWN: Final = 5


def payment_access(*, entity_id: int) -> PaymentAccess | None:
    """How an entity's customers pay online; None where it never set that."""
    return PaymentAccess.objects.filter(entity=entity_id).first()


def pays_online(*, entity_id: int) -> bool:
    """Whether an entity's customers can pay online."""
    return PaymentAccess.objects.filter(entity=entity_id, is_on=True).exists()


def provider_of(*, entity: Entity, name: str = "") -> PaymentProvider:
    """
    The provider an entity's customers pay by.

    :param name: the one that is meant; empty for whichever it is
    :raises ProviderInvalid: if it has none, another one, or one that cannot work so
    """
    access = PaymentAccess.objects.filter(entity=entity, is_on=True).first()
    if access is None or name not in {"", access.provider}:
        raise ProviderInvalid("Paying online is not set up.")
    try:
        secrets = {name: unseal(sealed) for name, sealed in access.secrets.items()}
        return PROVIDERS[access.provider].configured({**access.values, **secrets})
    except UnknownPlugin as error:
        raise ProviderInvalid("There is no such provider here any more.") from error
    except SecretUnreadable as error:
        raise ProviderInvalid(str(error)) from error


def account_to_pay(*, entity: Entity, currency: str) -> PayTo:
    """Our account for a currency: as the company set it, else that of its newest statements."""
    rows = BankAccount.objects.filter(entity=entity, currency=currency)
    known = rows.order_by("-pk").first()
    return pay_to(
        entity.settings.get(SETTING),
        currency=currency,
        holder=entity.legal_name,
        iban=known.iban if known else "",
        bank=known.name if known else "",
    )


def mandate_of(*, customer: Customer) -> Mandate | None:
    """The mandate of a customer that is in force."""
    return Mandate.objects.filter(customer=customer, ended_at=None).first()


@dataclass(frozen=True, slots=True)
class Debits:
    """What is collected by mandate: how many are in force, and the last files."""

    mandates: int
    files: Sequence[DirectDebitFile]


def debits_of(*, entity: Entity) -> Debits:
    """The mandates and files of an entity: two statements."""
    files = DirectDebitFile.objects.filter(entity=entity).order_by("-pk")[:FILES_SHOWN]
    mandates = Mandate.objects.filter(entity=entity, ended_at=None).count()
    return Debits(mandates, list(files))
