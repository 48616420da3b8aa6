"""The addresses of the API: /api/v1/…"""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from concilia.interfaces.api import (
    backtests,
    bank,
    bank_figures,
    claim_acts,
    claims,
    collections,
    control,
    customers,
    documents,
    figures,
    imports,
    inbox,
    language_model,
    learned,
    limits,
    links,
    placements,
    plan_policy,
    plans,
    problems,
    processes,
    reading,
    runs,
    settings,
    signatures,
    talk,
    text_rules,
    texts,
    webhooks,
    work,
)
from concilia.interfaces.api.access import TokenAuth


class Api(NinjaAPI):
    """An API whose document says of every operation how it refuses."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:  # noqa: ANN401 - as the base
        """The OpenAPI document."""
        schema = super().get_openapi_schema(**options)
        problems.describe(schema)
        return schema


api = Api(
    title="Concilia",
    version="1",
    description="Claims, deductions and cash application: everything the desk can do.",
    auth=TokenAuth(),
    docs_url=None,
    urls_namespace="api",
)
problems.install(api)
api.add_router("/claims", claims.router)
api.add_router("/claims", claim_acts.router)
api.add_router("/claims", links.router)
api.add_router("/claims", talk.router)
api.add_router("/claims", signatures.claims)
api.add_router("/signatures", signatures.router)
api.add_router("/delegations", signatures.delegations)
api.add_router("/overrides", signatures.overrides)
api.add_router("/conversations", talk.search)
api.add_router("/customer-lane", talk.outside)
api.add_router("/settings/quick-answers", talk.answers)
api.add_router("/records", claims.records)
api.add_router("/inbox", inbox.router)
api.add_router("/documents", documents.router)
api.add_router("/bank/figures", bank_figures.router)
api.add_router("/bank/results", bank_figures.results_router)
api.add_router("/bank/rules", text_rules.router)
api.add_router("/bank", bank.router)
api.add_router("/customers", customers.router)
api.add_router("/customers", learned.router)
api.add_router("/collections", collections.router)
api.add_router("/collections/plan-policy", plan_policy.router)
api.add_router("/collections/plans", plans.router)
api.add_router("/collections/runs", runs.router)
api.add_router("/collections/backtests", backtests.router)
api.add_router("/collections", texts.router)
api.add_router("/collections", placements.router)
api.add_router("/figures", figures.router)
api.add_router("/processes", processes.router)
api.add_router("/reading", reading.router)
api.add_router("/imports", imports.router)
api.add_router("/settings", settings.router)
api.add_router("/settings/limits", limits.router)
api.add_router("/settings", language_model.router)
api.add_router("/settings", learned.thresholds)
api.add_router("/webhooks", webhooks.router)
api.add_router("", work.router)
api.add_router("", control.router)

urlpatterns: list[URLPattern | URLResolver] = [path("v1/", api.urls)]
