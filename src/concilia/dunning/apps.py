from __future__ import annotations

from django.apps import AppConfig


class DunningConfig(AppConfig):
    name = "concilia.dunning"
    label = "dunning"
    default_auto_field = "django.db.models.BigAutoField"
