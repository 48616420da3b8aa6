"""The rounds over every entity: figures, what history says of open claims, news of the watched."""

from __future__ import annotations

from datetime import datetime

from concilia.cases.actions import tell_watchers
from concilia.claims.actions import learn_odds
from concilia.identity.models import Entity
from concilia.reporting.actions import take_figures


def take_all_figures(*, at: datetime) -> None:
    """This will take the figures of each entity in turn, one transaction each."""
    for entity_id in Entity.objects.order_by("pk").values_list("pk", flat=True):
        take_figures(entity_id=entity_id, at=at)


def learn_all_odds(*, at: datetime) -> None:
    """This will write to each open claim which share of it history expects to be valid."""
    for entity_id in Entity.objects.order_by("pk").values_list("pk", flat=True):
        learn_odds(entity_id=entity_id, at=at)


def tell_all_watchers(*, at: datetime) -> None:
    """This will tell those who watch cases what others did to them."""
    for entity_id in Entity.objects.order_by("pk").values_list("pk", flat=True):
        tell_watchers(entity_id=entity_id, at=at)
