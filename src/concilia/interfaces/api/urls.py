"""The addresses of the API: /api/v1/…"""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI

from concilia.interfaces.api import claims, control, inbox, money, problems
from concilia.interfaces.api.access import TokenAuth

PROBLEMS = dict.fromkeys(sorted(problems.ALL_PROBLEMS), problems.Problem)

api = NinjaAPI(
    title="Concilia",
    version="1",
    description="Claims, deductions and cash application: everything the desk can do.",
    auth=TokenAuth(),
    docs_url=None,
    urls_namespace="api",
)
problems.install(api)
api.add_router("/claims", claims.router)
api.add_router("/inbox", inbox.router)
api.add_router("/bank", money.bank)
api.add_router("/customers", money.customers)
api.add_router("", control.router)

urlpatterns: list[URLPattern | URLResolver] = [path("v1/", api.urls)]
