"""Which part of the house answers which address."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from concilia.config import observation

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", observation.healthz),
    path("metrics", observation.metrics),
]
ROOMS = [
    ("api/", "concilia.interfaces.api"),
    ("", "concilia.interfaces.portal"),
    ("", "concilia.interfaces.desk"),
]
for prefix, module in ROOMS:
    if find_spec(module) and find_spec(f"{module}.urls"):
        urlpatterns.append(path(prefix, include(f"{module}.urls")))
