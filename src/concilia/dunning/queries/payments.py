"""Paying online: by which provider a company's customers pay, and what was begun there."""

from __future__ import annotations

from concilia.dunning.models import PaymentAccess
from concilia.dunning.ports import PROVIDERS, PaymentProvider, ProviderInvalid
from concilia.foundation.plugins import UnknownPlugin
from concilia.foundation.secrets import SecretUnreadable, unseal
from concilia.identity.models import Entity


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
