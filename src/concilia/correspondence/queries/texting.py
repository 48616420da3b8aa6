from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from concilia.correspondence.models import TextAccess
from concilia.correspondence.ports import GATEWAYS, GatewayInvalid, TextGateway
from concilia.foundation.plugins import UnknownPlugin
from concilia.foundation.secrets import SecretUnreadable, unseal


def access_kept(*, entity_id: int) -> TextAccess | None:
    """How an entity sends short messages; None where it never set that."""
    return TextAccess.objects.filter(entity=entity_id).first()


def sends_texts(*, entity_id: int) -> bool:
    """Whether an entity sends short messages."""
    return TextAccess.objects.filter(entity=entity_id, is_on=True).exists()


def values_of(access: TextAccess) -> dict[str, Any]:
    """
    What is set, secrets opened: for the gateway alone.

    :raises GatewayInvalid: if a secret cannot be opened any more
    """
    try:
        secrets = {name: unseal(sealed) for name, sealed in access.secrets.items()}
    except SecretUnreadable as error:
        raise GatewayInvalid(str(error)) from error
    return {**access.values, **secrets}


def gateway_for(*, name: str, values: Mapping[str, object]) -> TextGateway:
    """
    A gateway with these settings.

    :raises GatewayInvalid: if there is none of this name, or it cannot work with them
    """
    try:
        return GATEWAYS[name].configured(values)
    except UnknownPlugin as error:
        raise GatewayInvalid("There is no such gateway here.") from error


def gateway_of(*, entity_id: int) -> TextGateway:
    """
    The gateway an entity sends by.

    :raises GatewayInvalid: if it has none, or it cannot work with its settings
    """
    access = TextAccess.objects.filter(entity=entity_id, is_on=True).first()
    if access is None:
        raise GatewayInvalid("Short messages are not set up.")
    return gateway_for(name=access.gateway, values=values_of(access))
