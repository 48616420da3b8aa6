"""`Idempotency-Key`: a POST sent twice is done once and answered twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.core.exceptions import RequestDataTooBig
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from concilia.foundation.models import IdempotentCall
from concilia.foundation.secrets import SecretUnreadable, seal, unseal
from concilia.identity.actions import member_of_token
from concilia.identity.models import ApiToken
from concilia.interfaces.api.problems import problem

KEY_LENGTH_MAX = 120
SERVER_ERROR = 500
SEALED: Final = "sealed:"
AT_WORK: Final = "The first call with this Idempotency-Key is still at work."
CUT_OFF: Final = (
    "The first call with this Idempotency-Key was cut off, and nobody knows how far it came: look "
    "whether it was done, and send it with another key if it was not."
)
CUT_OFF_AFTER: Final = timedelta(minutes=5)
NO_STORE: Final = "private, no-store"


def keep_sealed(response: HttpResponse) -> None:
    """This will mark an answer that holds a secret: nobody keeps it in the clear, we neither."""
    response["Cache-Control"] = NO_STORE


class Once:
    """
    Middleware for /api/: keeps the answer of each POST under the caller's key.

    The same key with another body, or of another token, is refused; a key still at work answers
    409. A call that failed with a server error is forgotten, so that it may be tried again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        key = request.headers.get("Idempotency-Key", "")
        if request.method != "POST" or not key or not request.path.startswith("/api/"):
            return self.get_response(request)
        if len(key) > KEY_LENGTH_MAX or "\x00" in key:
            return problem(400, f"An Idempotency-Key has at most {KEY_LENGTH_MAX} characters.")
        token = _token(request)
        if token is None:
            return self.get_response(request)  # which refuses it
        try:
            digest = _digest(request, token)
        except RequestDataTooBig:
            return problem(413, "This is too much for one request.")
        return self._answer_once(request, token.entity_id, key, digest, timezone.now())

    def _answer_once(
        self, request: HttpRequest, entity: int, key: str, digest: str, at: datetime
    ) -> HttpResponse:
        try:
            with transaction.atomic():
                call = IdempotentCall.objects.create(
                    entity_id=entity, key=key, request_sha256=digest, called_at=at
                )
        except IntegrityError:
            return _again(entity, key, digest, at)
        response = self.get_response(request)
        if response.status_code >= SERVER_ERROR:
            call.delete()
        else:
            call.status = response.status_code
            text = response.content.decode()
            is_secret = response.get("Cache-Control") == NO_STORE
            call.body = SEALED + seal(text) if is_secret else text
            call.save(update_fields=["status", "body"])
        return response


def _token(request: HttpRequest) -> ApiToken | None:
    kind, _, secret = request.headers.get("Authorization", "").partition(" ")
    return member_of_token(secret=secret, at=timezone.now()) if kind == "Bearer" else None


def _digest(request: HttpRequest, token: ApiToken) -> str:
    """What was asked, by whom; files of a form are read bit by bit and put back."""
    found = hashlib.sha256(f"{token.pk}\n{request.path}\n".encode())
    if request.content_type != "multipart/form-data":
        found.update(request.body)
        return found.hexdigest()
    found.update(request.POST.urlencode().encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            found.update(f"\n{name}\n{file.name}\n{file.size}\n".encode())
            for chunk in file.chunks():
                found.update(chunk)
            file.seek(0)
    return found.hexdigest()


def _again(entity: int, key: str, digest: str, at: datetime) -> HttpResponse:
    call = IdempotentCall.objects.get(entity_id=entity, key=key)
    if call.request_sha256 != digest:
        return problem(422, "This Idempotency-Key was used for another request.")
    if call.status is None:
        return problem(409, AT_WORK if at - call.called_at < CUT_OFF_AFTER else CUT_OFF)
    content = "application/json" if call.status < 400 else "application/problem+json"  # noqa: PLR2004
    try:
        is_sealed = call.body.startswith(SEALED)
        body = unseal(call.body.removeprefix(SEALED)) if is_sealed else call.body
    except SecretUnreadable:
        return problem(409, "This was done, and its answer cannot be shown any more.")
    response = HttpResponse(body, status=call.status, content_type=content)
    response["Idempotent-Replay"] = "true"
    if is_sealed:
        keep_sealed(response)
    return response
