"""The ERP connectors that are installed, and how an entity's own is set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from concilia.foundation.secrets import SecretUnreadable, unseal
from concilia.identity.models import Entity
from concilia.ledger.ports import ERPS, ConfigurationInvalid, Erp, Setting


@dataclass(frozen=True, slots=True)
class Field:
    """A setting of a connector and what it is now; of a secret only whether there is one."""

    setting: Setting
    value: str
    is_kept: bool


@dataclass(frozen=True, slots=True)
class Connector:
    """A connector in words and values, without its secrets."""

    name: str
    label: str
    is_used: bool
    fields: Sequence[Field]


def connectors_of(*, entity: Entity) -> list[Connector]:
    """Every connector there is, with this entity's settings."""
    return [_connector(name, entity) for name in ERPS]


def erp_of(*, entity: Entity, connector: str = "") -> Erp:
    """
    The entity's ERP, ready to be asked; `connector` where it is another than the one in use.

    :raises UnknownPlugin: if the connector is not installed
    :raises ConfigurationInvalid: if it cannot work so, or a kept secret cannot be opened
    """
    name = connector or entity.erp
    return ERPS[name].configured(settings_of(entity=entity, erp=name))


def settings_of(*, entity: Entity, erp: str) -> dict[str, object]:
    """
    What an entity has set for a connector, secrets opened: for the connector alone.

    :raises ConfigurationInvalid: if a secret cannot be opened any more
    """
    if entity.erp != erp:
        return {}
    try:
        secrets = {name: unseal(sealed) for name, sealed in entity.erp_secrets.items()}
    except SecretUnreadable as error:
        raise ConfigurationInvalid(str(error)) from error
    return {**entity.erp_settings, **secrets}


def _connector(name: str, entity: Entity) -> Connector:
    kept, secrets = ({}, {}) if entity.erp != name else (entity.erp_settings, entity.erp_secrets)
    fields = [
        Field(each, "", bool(secrets.get(each.name)))
        if each.secret
        else Field(each, _as_typed(kept.get(each.name, "")), bool(kept.get(each.name)))
        for each in ERPS[name].settings
    ]
    return Connector(name, ERPS[name].label, entity.erp == name, fields)


def _as_typed(kept: object) -> str:
    """A mapping as the lines somebody would type."""
    if isinstance(kept, Mapping):
        return "\n".join(f"{name} = {value}" for name, value in kept.items())
    return str(kept)
