from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.core.worth import SHIPPED, WEIGHT_BOUNDS, WEIGHT_NAMES, Weights
from concilia.cases.queries.office import weights_of
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Entity, Membership, Role
from concilia.identity.queries import actor_of


class WeightsRefused(Refused):
    """Work cannot be ordered so; the message says why, `name` which weight it is."""

    def __init__(self, sentence: str, /, name: str = "", **values: object) -> None:
        super().__init__(sentence, **values)
        self.name = name


def read_weights(wanted: Mapping[str, int | None]) -> Weights:
    """
    Weights as somebody wants them; what is missing or None is as Concilia came.

    :raises WeightsRefused: for what is out of bounds, or makes no order
    """
    values = asdict(SHIPPED)
    for name in WEIGHT_NAMES:
        value = wanted.get(name)
        if value is None:
            continue
        least, most = WEIGHT_BOUNDS[name]
        if not least <= value <= most:
            raise WeightsRefused(
                _("Choose something from {least} to {most}."), name=name, least=least, most=most
            )
        values[name] = value
    if values["late_percent"] < values["deadline_percent"]:
        raise WeightsRefused(
            _("A late case cannot weigh less than one on its last day."), name="late_percent"
        )
    return Weights(**values)


@transaction.atomic(durable=True)
def change_weights(*, wanted: Mapping[str, int | None], by: Membership, at: datetime) -> Weights:
    """
    Set how the entity orders its work, from the next list on.

    :raises WeightsRefused: for what makes no order, or if somebody else than an administrator asks
    """
    if by.role != Role.ADMIN or not by.is_active:
        raise WeightsRefused(_("Only an administrator changes this."))
    weights = read_weights(wanted)
    entity = Entity.objects.select_for_update(no_key=True).get(pk=by.entity_id)
    before = asdict(weights_of(entity))
    own = {
        name: value for name, value in asdict(weights).items() if value != getattr(SHIPPED, name)
    }
    entity.settings = {**entity.settings, "work": own}
    entity.save(update_fields=["settings"])
    data = {"before": before, "after": asdict(weights)}
    act = Act("work.weighed", "entity", entity.pk, data)
    audit.log(entity_id=entity.pk, actor=actor_of(by), at=at, acts=[act])
    return weights
