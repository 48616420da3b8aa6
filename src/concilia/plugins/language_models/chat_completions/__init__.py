"""
Language models that answer `POST …/chat/completions`, as most servers of them do.

One question is one call: two messages, no tools, no stream. With a schema (`response_format`) where
the server takes one; servers that refuse it are asked simply and told the form in words.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, Self
from urllib.parse import urlsplit, urlunsplit

from django.utils.translation import gettext_noop as _

from concilia.foundation.calling import AddressRefused, Answer, NotAnswered, Patience, ask
from concilia.intake.ports import Failure, ModelAnswer, ModelFailed, ModelPlace, Question

PATH: Final = "/chat/completions"
FIRST_VERSION: Final = "/v1"
ANSWER_BYTES_MAX: Final = 512 * 1024
ANSWER_TOKENS_MAX: Final = 3000
WAIT_SECONDS_MAX: Final = 6 * 60 * 60
REFUSES_FORM: Final = frozenset({HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY})
BUSY: Final = frozenset(
    {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS}
)
SENTENCES: Final[Mapping[int, str]] = {
    HTTPStatus.UNAUTHORIZED: _("The server of the model does not take the key."),
    HTTPStatus.FORBIDDEN: _("The server of the model does not take the key."),
    HTTPStatus.PAYMENT_REQUIRED: _("The account at the server of the model has no credit left."),
    HTTPStatus.NOT_FOUND: _("The server knows no such address, or no model of that name."),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: _("The text is too long for the model."),
    HTTPStatus.TOO_MANY_REQUESTS: _("The server of the model wants fewer questions for now."),
}
REFUSED: Final = _("The server of the model does not take the question.")
TROUBLE: Final = _("The server of the model has trouble of its own.")
ELSEWHERE: Final = _("The server of the model sends us elsewhere, and that is not followed.")
NO_ANSWER: Final = _("What answered is no language model.")
CUT_SHORT: Final = _("The model\u2019s answer was cut short.")


class ChatCompletions:
    """A model behind an address such as `http://localhost:11434/v1`."""

    def __init__(self, place: ModelPlace) -> None:
        self._place = place
        self._url = endpoint_of(place.url)

    @classmethod
    def placed(cls, place: ModelPlace) -> Self:
        """This will be the model at a place."""
        return cls(place)

    def answer(self, question: Question) -> ModelAnswer:
        """
        This will ask once and take the text out of what is answered.

        :raises ModelFailed: if nobody answers, or with a refusal, too much, or something else
        """
        place = self._place
        headers = {"Content-Type": "application/json", "User-Agent": "Concilia"}
        if place.key:
            headers["Authorization"] = f"Bearer {place.key}"
        seconds = place.seconds
        patience = Patience(answer=seconds, whole=seconds, bytes_max=ANSWER_BYTES_MAX)
        body = json.dumps(self._body(question)).encode()
        try:
            found = ask(self._url, body, headers, networks=place.networks, patience=patience)
        except AddressRefused as refusal:
            raise ModelFailed(str(refusal), Failure.NEVER) from refusal
        except NotAnswered as failure:
            raise ModelFailed(str(failure), Failure.LATER) from failure
        self._require_success(found)
        return _said(found.body)

    def _body(self, question: Question) -> dict[str, Any]:
        body: dict[str, Any] = {
            "model": self._place.model,
            "messages": [
                {"role": "system", "content": question.instructions},
                {"role": "user", "content": question.document},
            ],
        }
        if self._place.is_simple:
            return body
        form = {"name": "proposal", "strict": True, "schema": question.schema}
        return body | {
            "temperature": 0,
            "max_tokens": ANSWER_TOKENS_MAX,
            "stream": False,
            "response_format": {"type": "json_schema", "json_schema": form},
        }

    def _require_success(self, found: Answer) -> None:
        status = found.status
        if status == HTTPStatus.OK:
            return
        sentence = SENTENCES.get(status, REFUSED)
        if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
            raise ModelFailed(ELSEWHERE, Failure.NEVER)
        if status in REFUSES_FORM:  # of the simplest form, it is this text that is too much
            is_last = self._place.is_simple
            raise ModelFailed(sentence, Failure.NONSENSE if is_last else Failure.SIMPLER)
        if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
            raise ModelFailed(sentence, Failure.NONSENSE)
        if status in BUSY or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            sentence = SENTENCES.get(status, TROUBLE)
            raise ModelFailed(sentence, Failure.LATER, wait_seconds=_wait(found.retry_after))
        raise ModelFailed(sentence, Failure.NEVER)


def endpoint_of(url: str) -> str:
    """This will be where questions go: what is missing of `/v1/chat/completions` is added."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    if not path.endswith(PATH):
        path = (path or FIRST_VERSION) + PATH
    return urlunsplit(parts._replace(path=path))


def _said(body: bytes) -> ModelAnswer:
    try:
        found = json.loads(body)
        choice = found["choices"][0]
        content, model = choice["message"]["content"], found.get("model")
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise ModelFailed(NO_ANSWER, Failure.NONSENSE) from error
    if choice.get("finish_reason") == "length":
        raise ModelFailed(CUT_SHORT, Failure.NONSENSE)
    if not isinstance(content, str):
        raise ModelFailed(NO_ANSWER, Failure.NONSENSE)
    return ModelAnswer(content, model if isinstance(model, str) else "")


def _wait(retry_after: str) -> int | None:
    """Seconds a busy server asks for; a date, or what makes no sense, says nothing."""
    text = retry_after.strip()
    is_count = text.isascii() and text.isdecimal()
    return min(int(text[:9]), WAIT_SECONDS_MAX) if is_count else None
