from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from concilia.cash.ports import plans_come_from


class DunningConfig(AppConfig):
    name = "concilia.dunning"
    label = "dunning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let matching know what was agreed with customers."""
        plans_come_from(import_module("concilia.dunning.queries.agreed").agreed_with)
