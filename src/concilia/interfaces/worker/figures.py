"""The round that adds up every entity's figures."""

from __future__ import annotations

from datetime import datetime

from concilia.identity.models import Entity
from concilia.reporting.actions import take_figures


def take_all_figures(*, at: datetime) -> None:
    """This will take the figures of each entity in turn, one transaction each."""
    for entity_id in Entity.objects.order_by("pk").values_list("pk", flat=True):
        take_figures(entity_id=entity_id, at=at)
