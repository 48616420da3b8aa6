"""`Idempotency-Key`: a POST sent twice is done once and answered twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from concilia.foundation.models import IdempotentCall
from concilia.identity.actions import member_of_token
from concilia.interfaces.api.problems import problem

KEY_LENGTH_MAX = 120
SERVER_ERROR = 500


class Once:
    """
    Middleware for /api/: keeps the answer of each POST under the caller's key.

    The same key with another body is refused; a key still at work answers 409. A call that failed
    with a server error is forgotten, so that it may be tried again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.headers.get("Idempotency-Key", "")
        if request.method != "POST" or not key or not request.path.startswith("/api/"):
            return self.get_response(request)
        if len(key) > KEY_LENGTH_MAX or "\x00" in key:
            return problem(400, f"An Idempotency-Key has at most {KEY_LENGTH_MAX} characters.")
        entity = _entity(request)
        if entity is None:
            return self.get_response(request)  # which refuses it
        return self._answer_once(request, entity, key, timezone.now())

    def _answer_once(
        self, request: HttpRequest, entity: int, key: str, at: datetime
    ) -> HttpResponse:
        digest = hashlib.sha256(f"{request.path}\n".encode() + request.body).hexdigest()
        try:
            with transaction.atomic():
                call = IdempotentCall.objects.create(
                    entity_id=entity, key=key, request_sha256=digest, called_at=at
                )
        except IntegrityError:
            return _again(entity, key, digest)
        response = self.get_response(request)
        if response.status_code >= SERVER_ERROR:
            call.delete()
        else:
            call.status = response.status_code
            call.body = response.content.decode()
            call.save(update_fields=["status", "body"])
        return response


def _entity(request: HttpRequest) -> int | None:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    token = member_of_token(secret=secret, at=timezone.now()) if kind == "Bearer" else None
    return token.entity_id if token else None


def _again(entity: int, key: str, digest: str) -> HttpResponse:
    call = IdempotentCall.objects.get(entity_id=entity, key=key)
    if call.request_sha256 != digest:
        return problem(422, "This Idempotency-Key was used for another request.")
    if call.status is None:
        return problem(409, "The first call with this Idempotency-Key is still at work.")
    content = "application/json" if call.status < 400 else "application/problem+json"  # noqa: PLR2004
    response = HttpResponse(call.body, status=call.status, content_type=content)
    response["Idempotent-Replay"] = "true"
    return response
