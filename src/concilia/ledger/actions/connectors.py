"""Which ERP an entity posts to: tried first, then kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from concilia.foundation.plugins import UnknownPlugin
from concilia.foundation.refusals import Refused
from concilia.identity.actions import change_erp
from concilia.identity.models import Entity, Membership
from concilia.ledger.ports import ERPS, ConfigurationInvalid
from concilia.ledger.queries.connectors import settings_of


class ConnectorRefused(Refused):
    """A connector cannot work so; the message says why, in its own words."""


def use_connector(*, erp: str, values: Mapping[str, str], by: Membership, at: datetime) -> Entity:
    """
    Post by a connector from now on; values that are left out stay as they are.

    It is asked before anything is kept, and no transaction waits for its answer.

    :raises ConnectorRefused: if it cannot work with these values over those it has
    :raises SettingsRefused: if the caller is no administrator
    """
    problem = _problem_with(by.entity, erp, values)
    if problem:
        raise ConnectorRefused(problem)
    secret = {each.name for each in ERPS[erp].settings if each.secret}
    return change_erp(
        erp=erp,
        values={name: value for name, value in values.items() if name not in secret},
        secrets={name: value for name, value in values.items() if name in secret},
        by=by,
        at=at,
    )


def _problem_with(entity: Entity, erp: str, values: Mapping[str, str]) -> str:
    try:
        kept = _kept(entity, erp, values)
        health = ERPS[erp].configured({**kept, **values}).check()
    except (ConfigurationInvalid, UnknownPlugin) as refusal:
        return str(refusal)
    return "" if health.ready else "; ".join(health.problems) or _("It does not answer.")


def _kept(entity: Entity, erp: str, values: Mapping[str, str]) -> Mapping[str, object]:
    """A secret that cannot be opened any more is in nobody's way if all are typed anew."""
    if entity.erp == erp and set(entity.erp_secrets) <= set(values):
        return dict(entity.erp_settings)
    return settings_of(entity=entity, erp=erp)
