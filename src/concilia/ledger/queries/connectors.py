"""The ERP connectors that are installed, and whether one can work with some settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from concilia.foundation.plugins import UnknownPlugin
from concilia.identity.models import Entity
from concilia.ledger.ports import ERPS, ConfigurationInvalid, Setting


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


def problem_with(*, entity: Entity, erp: str, values: Mapping[str, str]) -> str:
    """
    Why a connector cannot work with these values over those it has; empty if it answers.

    It is asked: nothing is kept that does not work.
    """
    kept = entity.erp_settings if entity.erp == erp else {}
    try:
        health = ERPS[erp].configured({**kept, **values}).check()
    except (ConfigurationInvalid, UnknownPlugin) as refusal:
        return str(refusal)
    return "" if health.ready else "; ".join(health.problems) or _("It does not answer.")


def _connector(name: str, entity: Entity) -> Connector:
    kept = entity.erp_settings if entity.erp == name else {}
    fields = [
        Field(each, "" if each.secret else str(kept.get(each.name, "")), bool(kept.get(each.name)))
        for each in ERPS[name].settings
    ]
    return Connector(name, ERPS[name].label, entity.erp == name, fields)
