from __future__ import annotations

from django.apps import AppConfig


class CashConfig(AppConfig):
    name = "concilia.cash"
    label = "cash"
    default_auto_field = "django.db.models.BigAutoField"
