"""What an entity tolerates and posts without a person, as an administrator sets it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cash.core.thresholds import (
    THRESHOLDS,
    Threshold,
    ThresholdUnreadable,
    default_of,
    stored,
    value_of,
    written,
)
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Entity, Membership, Role
from concilia.identity.queries import actor_of

SETTING = "matching"


class ThresholdsRefused(Refused):
    """A threshold cannot be set so; `name` says which one, the message why."""

    name: str = ""


@transaction.atomic(durable=True)
def change_thresholds(*, wanted: Mapping[str, str], by: Membership, at: datetime) -> Entity:
    """
    Set some of the engine's thresholds; they hold from the next payment that is matched.

    :param wanted: names of `matching.policy.Policy` to values as they are typed; an empty one goes
        back to the default
    :raises ThresholdsRefused: for a name that is none, or a value that is none or beyond its bounds
    """
    if by.role != Role.ADMIN:
        raise ThresholdsRefused(_("Only an administrator changes this."))
    entity = Entity.objects.select_for_update(no_key=True).get(pk=by.entity_id)
    own = dict(entity.settings.get(SETTING, {}))
    changed: dict[str, dict[str, str]] = {}
    for name, text in wanted.items():
        threshold = THRESHOLDS.get(name)
        if threshold is None:
            raise ThresholdsRefused(_("There is no threshold “{name}”."), name=name[:40])
        default = default_of(name, entity.country)
        before = written(threshold, own.get(name, default), entity.currency)
        value = _read(threshold, text, entity) if text.strip() else default
        own[name] = stored(value)
        if value == default:
            del own[name]
        after = written(threshold, value, entity.currency)
        if before != after:
            changed[name] = {"before": before, "after": after}
    if changed:
        entity.settings = entity.settings | {SETTING: own}
        entity.save(update_fields=["settings"])
        act = Act("thresholds.changed", "entity", entity.pk, changed)
        audit.log(entity_id=entity.pk, actor=actor_of(by), at=at, acts=[act])
    return entity


def _read(threshold: Threshold, text: str, entity: Entity) -> object:
    try:
        return value_of(threshold, text, entity.currency)
    except ThresholdUnreadable as error:
        raise _refusal(threshold, text, entity.currency) from error


def _refusal(threshold: Threshold, text: str, currency: str) -> ThresholdsRefused:
    if threshold.most:
        refused = ThresholdsRefused(
            _("“{text}” is not between {least} and {most}."),
            text=text[:20],
            least=written(threshold, threshold.least, currency),
            most=written(threshold, threshold.most, currency),
        )
    else:
        refused = ThresholdsRefused(_("“{text}” cannot be set here."), text=text[:60])
    refused.name = threshold.name
    return refused
