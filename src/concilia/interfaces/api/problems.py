"""Errors as `application/problem+json` (RFC 9457): one clear sentence, never a stack."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Final

from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from concilia.cases.actions import HandOverRefused, NoteRefused
from concilia.cases.core.people import RouteRefused
from concilia.cash.actions import PostingRefused
from concilia.claims.actions.merging import MergeRefused
from concilia.claims.actions.opening import ClaimRefused
from concilia.claims.core.decisions import DecisionRefused
from concilia.claims.core.linking import PaidTwice
from concilia.identity.actions import TokenRefused
from concilia.intake.actions import ArrivalRefused
from concilia.kernel.currencies import UnknownCurrency
from concilia.kernel.machine import TransitionRefused
from concilia.kernel.money import AmountUnreadable

REFUSED: Final = (
    ArrivalRefused,
    ClaimRefused,
    DecisionRefused,
    HandOverRefused,
    NoteRefused,
    PostingRefused,
    TokenRefused,
    AmountUnreadable,
    UnknownCurrency,
)
IN_CONFLICT: Final = (MergeRefused, PaidTwice, TransitionRefused)
FORBIDDEN: Final = (RouteRefused,)


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
}
# Declared on every operation, so that programs written against the document meet no surprise.
ALL_PROBLEMS: Final = frozenset(TITLES)


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
    for status, errors in ((422, REFUSED), (409, IN_CONFLICT), (403, FORBIDDEN)):
        for error in errors:
            api.add_exception_handler(error, _refusal(status))
    api.add_exception_handler(ObjectDoesNotExist, _missing)
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
