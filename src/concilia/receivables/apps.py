from __future__ import annotations

from django.apps import AppConfig


class ReceivablesConfig(AppConfig):
    name = "concilia.receivables"
    label = "receivables"
    default_auto_field = "django.db.models.BigAutoField"
