from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "concilia.interfaces.portal"
    label = "portal"
