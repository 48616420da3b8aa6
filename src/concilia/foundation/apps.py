from __future__ import annotations

from django.apps import AppConfig


class FoundationConfig(AppConfig):
    name = "concilia.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"
