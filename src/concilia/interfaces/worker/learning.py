"""The nightly round in which every entity's reader is trained on what its people put right."""

from __future__ import annotations

from datetime import datetime

from concilia.identity.models import Entity
from concilia.intake.actions import train_reader


def train_all_readers(*, at: datetime) -> None:
    """This will train each entity's reader in turn, one transaction each."""
    for entity_id in Entity.objects.order_by("pk").values_list("pk", flat=True):
        train_reader(entity_id=entity_id, at=at)
