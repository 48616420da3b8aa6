from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "concilia.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Make the lookups known."""
        import_module("concilia.foundation.lookups")
