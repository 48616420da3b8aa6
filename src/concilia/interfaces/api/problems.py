"""Errors as `application/problem+json` (RFC 9457): one clear sentence, never a stack."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

import structlog
from django.core.exceptions import ObjectDoesNotExist, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from concilia.cases.core.people import RouteRefused
from concilia.cash.actions import ItemsChanged
from concilia.claims.actions.merging import MergeRefused
from concilia.claims.core.decisions import DecisionRefused
from concilia.claims.core.linking import PaidTwice
from concilia.claims.queries.authority import NoRate
from concilia.foundation.refusals import Refused
from concilia.identity.actions import SettingsRefused, TokenRefused
from concilia.intake.actions.sources import SourceRefused
from concilia.interfaces.components.uploads import TooLarge
from concilia.kernel.currencies import UnknownCurrency
from concilia.kernel.machine import TransitionRefused
from concilia.kernel.money import AmountUnreadable


class NothingHere(LookupError):
    """What was named is not there, or is another creditor's."""


REFUSED: Final = (
    Refused,
    DecisionRefused,
    SettingsRefused,
    SourceRefused,
    TokenRefused,
    NoRate,
    AmountUnreadable,
    UnknownCurrency,
)
IN_CONFLICT: Final = (ItemsChanged, MergeRefused, PaidTwice, TransitionRefused)
TOO_LARGE: Final = (TooLarge, RequestDataTooBig)
FORBIDDEN: Final = (RouteRefused,)

LOG: Final = structlog.get_logger("concilia.api")


class Problem(Schema):
    """What went wrong: `detail` is one sentence for a person; `errors` names fields."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str = ""
    errors: list[dict[str, str]] = []


TITLES: Final = {
    400: "Bad request",
    401: "Not authenticated",
    403: "Not allowed",
    404: "Not found",
    409: "Conflict",
    413: "Too large",
    422: "Refused",
    429: "Too many requests",
    500: "Fault",
}
# Declared on every operation, so that programs written against the document meet no surprise.
ALL_PROBLEMS: Final = frozenset(TITLES) - {500}


def describe(schema: dict[str, Any]) -> None:
    """Say of every operation of an OpenAPI document how it refuses, and of POST how it is once."""
    schema["components"]["schemas"]["Problem"] = Problem.model_json_schema()
    content = {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}},
    }
    for item in schema["paths"].values():
        for method, operation in item.items():
            for status in sorted(ALL_PROBLEMS):
                said = {"description": TITLES[status], "content": content}
                operation["responses"].setdefault(status, said)
            if method == "post":
                operation.setdefault("parameters", []).append(IDEMPOTENCY_KEY)


IDEMPOTENCY_KEY: Final = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "Sent again with the same key, a call is done once and answered twice.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 120, "pattern": "^[!-~]+$"},
}


def problem(status: int, detail: str, errors: list[dict[str, str]] | None = None) -> HttpResponse:
    """A problem document as a response."""
    body = Problem(
        title=TITLES.get(status, "Error"), status=status, detail=detail, errors=errors or []
    )
    return HttpResponse(
        json.dumps(body.model_dump()), status=status, content_type="application/problem+json"
    )


def install(api: NinjaAPI) -> None:
    """Turn what the acts refuse into problems, each with its status."""
    refusals = ((422, REFUSED), (409, IN_CONFLICT), (403, FORBIDDEN), (413, TOO_LARGE))
    for status, errors in refusals:
        for error in errors:
            api.add_exception_handler(error, _refusal(status))
    for missing in (ObjectDoesNotExist, NothingHere):
        api.add_exception_handler(missing, _missing)
    api.add_exception_handler(Exception, _fault)
    api.add_exception_handler(AuthenticationError, _unknown)
    api.add_exception_handler(HttpError, _plain)
    api.add_exception_handler(ValidationError, _invalid)


Answer = Callable[[HttpRequest, Any], HttpResponse]


def _refusal(status: int) -> Answer:
    def answer(_request: HttpRequest, error: Exception) -> HttpResponse:
        return problem(status, str(error))

    return answer


def _missing(_request: HttpRequest, _error: object) -> HttpResponse:
    return problem(404, "There is no such thing here.")


def _fault(_request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 (ninja's own type)
    """A fault of ours: written down for who runs this, told to nobody else."""
    LOG.error("call failed", exc_info=error)
    return problem(500, "Something broke on our side; it has been written down.")


def _unknown(_request: HttpRequest, _error: object) -> HttpResponse:
    return problem(401, "Send a token: Authorization: Bearer cnc_…")


def _plain(_request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 (ninja's own type)
    return problem(error.status_code, str(error))


def _invalid(_request: HttpRequest, error: Any) -> HttpResponse:  # noqa: ANN401 (ninja's own type)
    errors = [
        {"field": ".".join(str(part) for part in each["loc"]), "message": str(each["msg"])}
        for each in error.errors
    ]
    where = errors[0]["field"] if errors else "the request"
    return problem(422, f"{where} cannot be read.", errors)
