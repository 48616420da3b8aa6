"""What operators see: a log line and figures for each request, /healthz and /metrics."""

from __future__ import annotations

import hmac
import os
import time
from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
    multiprocess,
)

from concilia.config.proxy import is_from_beside

log = structlog.get_logger("concilia.requests")

REQUESTS = Counter("concilia_requests", "Answered requests", ["route", "method", "status"])
SECONDS = Histogram(
    "concilia_request_seconds",
    "Time to an answer",
    ["route", "method"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 5, 30),
)


class Observation:
    """
    Counts and times every request, by route and not by address.

    An address may hold the number of a person's claim or what somebody searched for; the route
    (`claims/<number>/`) holds neither, and there are few of them.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """This will let the request through and write down how it went."""
        started = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        match = request.resolver_match
        route = match.route if match else "(none)"
        method = request.method or ""
        REQUESTS.labels(route, method, str(response.status_code)).inc()
        SECONDS.labels(route, method).observe(seconds)
        user = getattr(request, "user", None)
        log.info(
            "request",
            route=route,
            method=method,
            status=response.status_code,
            milliseconds=round(seconds * 1000),
            user=getattr(user, "pk", None),
        )
        return response


def healthz(request: HttpRequest) -> HttpResponse:
    """This will answer 200 when the database answers, 503 when it does not."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": False}, status=503)
    return JsonResponse({"database": True})


def metrics(request: HttpRequest) -> HttpResponse:
    """
    This will print the figures in Prometheus' text format.

    Asked for with `Authorization: Bearer CONCILIA_METRICS_TOKEN`; without a token set, only by
    programs on this machine.
    """
    if not _may_see_metrics(request):
        return HttpResponse("Not for you: see CONCILIA_METRICS_TOKEN.\n", status=403)
    registry: CollectorRegistry = REGISTRY
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:  # several web processes: add them up
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return HttpResponse(generate_latest(registry) + _waiting(), content_type=CONTENT_TYPE_LATEST)


def _may_see_metrics(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    if token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    return is_from_beside(request)


COUNTED = (
    (
        "concilia_jobs",
        "Jobs by state",
        "SELECT status::text, count(*) FROM procrastinate_jobs GROUP BY 1 ORDER BY 1",
    ),
    (
        "concilia_webhook_deliveries",
        "Calls to other programs by state, of the last thirty days",
        "SELECT state, count(*) FROM identity_webhookdelivery GROUP BY 1 ORDER BY 1",
    ),
)


def _waiting() -> bytes:
    """What waits is in the database, so every process tells the same figures."""
    lines = []
    with connection.cursor() as cursor:
        for name, words, sql in COUNTED:
            cursor.execute(sql)
            lines += [f"# HELP {name} {words}", f"# TYPE {name} gauge"]
            lines += [f'{name}{{status="{status}"}} {count}' for status, count in cursor.fetchall()]
    return ("\n".join(lines) + "\n").encode()
