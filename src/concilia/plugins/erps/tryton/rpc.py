"""Tryton's JSON-RPC: one session, typed JSON, and every failure as one sentence."""

from __future__ import annotations

import base64
import http.client
import json
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from http import HTTPStatus
from typing import Any, Final, NoReturn, TypeAlias
from urllib.parse import quote, urlsplit

from concilia.ledger.ports import PostingFailed

CONNECT_SECONDS: Final = 10.0
ANSWER_SECONDS: Final = 90.0
ANSWER_BYTES_MAX: Final = 64 * 1024 * 1024
LANGUAGE: Final = "en"

# Decoded JSON. Each caller knows the shape its method answers with.
Answer: TypeAlias = Any


class SessionOver(Exception):
    """The server no longer knows our session: log in again."""


class ConnectionNotMade(Exception):
    """The server was not reached; the request did not leave this machine."""


def encode(value: object) -> object:
    """This will be a value in Tryton's typed JSON; for `json.dumps(default=...)`."""
    if isinstance(value, Decimal):
        return {"__class__": "Decimal", "decimal": str(value)}
    if isinstance(value, datetime):
        parts = ("year", "month", "day", "hour", "minute", "second", "microsecond")
        return {"__class__": "datetime"} | {part: getattr(value, part) for part in parts}
    if isinstance(value, date):
        return {
            "__class__": "date",
            "year": value.year,
            "month": value.month,
            "day": value.day,
        }
    raise TypeError(f"{type(value).__name__} has no form in Tryton's JSON")


def decode(values: dict[str, Any]) -> object:
    """This will be the Python value of a typed object; for `json.loads(object_hook=...)`."""
    kind = values.get("__class__")
    if kind == "Decimal":
        return Decimal(values["decimal"])
    if kind == "date":
        return date(values["year"], values["month"], values["day"])
    if kind == "datetime":
        names = ("year", "month", "day", "hour", "minute", "second", "microsecond")
        return datetime(*(values[name] for name in names))  # noqa: DTZ001 - UTC, without saying so
    return values


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """Where a Tryton database is, and who we are there."""

    url: str
    database: str
    user: str
    password: str = field(repr=False)
    answer_seconds: float = ANSWER_SECONDS


class Client:
    """
    A session with one Tryton database. It logs in by itself, and again when the session has ended.

    Not for use by several threads at once.
    """

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self._authorization: str | None = None
        self._context: dict[str, Any] = {}

    @property
    def context(self) -> Mapping[str, Any]:
        """The user's preferences, which hold the company."""
        self._ensure_session()
        return self._context

    def renew(self) -> None:
        """This will log in anew at the next call, so that changed preferences hold."""
        self._authorization = None

    def call(
        self, method: str, *arguments: object, context: Mapping[str, object] | None = None
    ) -> Answer:
        """
        This will call a method such as `model.party.party.search` and return its result.

        :param context: added to the user's own context
        :raises PostingFailed: in any other case; `lost` if the call may have had its effect
        """
        for _ in range(2):
            self._ensure_session()
            try:
                return self._request(method, [*arguments, {**self._context, **(context or {})}])
            except SessionOver:
                # `post` wants a fresh session: Tryton ends ours after some idle minutes.
                self.renew()
        raise PostingFailed(
            f"Tryton ended the session of {self.endpoint.user!r} twice in a row",
            permanent=False,
            code="session",
        )

    def wizard(
        self, name: str, steps: Mapping[str, object], *, model: str, ids: list[int]
    ) -> Answer:
        """
        This will run a wizard on some records: one call for each of its states, in order.

        :param steps: what to fill in, by state
        :return: the answer of the last state
        """
        context = {"active_model": model, "active_id": ids[0], "active_ids": ids}
        session, _, _ = self.call(f"wizard.{name}.create", context=context)
        answer: Answer = None
        try:
            for state, values in steps.items():
                answer = self.call(
                    f"wizard.{name}.execute", session, values, state, context=context
                )
        finally:
            self.call(f"wizard.{name}.delete", session)
        return answer

    def _ensure_session(self) -> None:
        if self._authorization is not None:
            return
        endpoint = self.endpoint
        try:
            answer = self._request(
                "common.db.login",
                [endpoint.user, {"password": endpoint.password}, LANGUAGE],
            )
        except SessionOver:
            raise PostingFailed(
                f"Tryton does not accept the user {endpoint.user!r} with this password",
                permanent=True,
                code="login",
            ) from None
        user_id, token = answer[0], answer[1]
        secret = f"{endpoint.user}:{user_id}:{token}".encode()
        self._authorization = "Session " + base64.b64encode(secret).decode()
        preferences = self._request("model.res.user.get_preferences", [True, {}])
        self._context = {**preferences, "language": LANGUAGE}

    def _request(self, method: str, params: list[object]) -> Answer:
        body = json.dumps({"id": 1, "method": method, "params": params}, default=encode)
        try:
            status, payload = self._exchange(body.encode())
        except ConnectionNotMade as error:
            raise PostingFailed(
                f"Tryton at {self.endpoint.url} cannot be reached: {error}",
                permanent=False,
                code="unreachable",
            ) from error
        except (OSError, http.client.HTTPException) as error:
            raise PostingFailed(
                f"Tryton at {self.endpoint.url} did not answer {method}: {_said(error)}",
                permanent=False,
                lost=True,
                code="no_answer",
            ) from error
        if status != HTTPStatus.OK:
            self._refuse_status(status, method)
        return _result(payload, method)

    def _exchange(self, body: bytes) -> tuple[int, bytes]:
        connection = self._connect()
        try:
            headers = {"Content-Type": "application/json"}
            if self._authorization is not None:
                headers["Authorization"] = self._authorization
            path = f"{urlsplit(self.endpoint.url).path.rstrip('/')}/{quote(self.endpoint.database)}"
            connection.request("POST", f"{path}/rpc/", body, headers)
            response = connection.getresponse()
            payload = response.read(ANSWER_BYTES_MAX + 1)
            if len(payload) > ANSWER_BYTES_MAX:
                raise http.client.HTTPException("the answer is larger than 64 MB")
            return response.status, payload
        finally:
            connection.close()

    def _connect(self) -> http.client.HTTPConnection:
        parts = urlsplit(self.endpoint.url)
        host, port = parts.hostname or "", parts.port
        connection: http.client.HTTPConnection
        if parts.scheme == "https":
            connection = http.client.HTTPSConnection(
                host, port, timeout=CONNECT_SECONDS, context=ssl.create_default_context()
            )
        else:
            connection = http.client.HTTPConnection(host, port, timeout=CONNECT_SECONDS)
        try:
            connection.connect()
        except OSError as error:
            raise ConnectionNotMade(_said(error)) from error
        # A posting may rightly take longer than a greeting.
        connection.sock.settimeout(self.endpoint.answer_seconds)
        return connection

    def _refuse_status(self, status: int, method: str) -> NoReturn:
        if status == HTTPStatus.UNAUTHORIZED:
            raise SessionOver
        if status == HTTPStatus.NOT_FOUND:
            raise PostingFailed(
                f"Tryton at {self.endpoint.url} has no database {self.endpoint.database!r}",
                permanent=True,
                code="database",
            )
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise PostingFailed(
                f"Tryton makes {self.endpoint.user!r} wait after too many log-ins",
                permanent=False,
                code="rate_limit",
            )
        server_side = status >= HTTPStatus.INTERNAL_SERVER_ERROR
        raise PostingFailed(
            f"Tryton answered {method} with HTTP status {status}",
            permanent=not server_side,
            lost=server_side,
            code="http",
        )


def _result(payload: bytes, method: str) -> Answer:
    try:
        answer = json.loads(payload, object_hook=decode)
    except ValueError as error:
        raise PostingFailed(
            f"what answered {method} is not Tryton", permanent=False, lost=True, code="not_tryton"
        ) from error
    if not isinstance(answer, dict) or not answer.keys() & {"result", "error"}:
        raise PostingFailed(
            f"what answered {method} is not Tryton", permanent=False, lost=True, code="not_tryton"
        )
    if "error" in answer:
        _refuse_error(answer["error"], method)
    return answer["result"]


def _refuse_error(error: Answer, method: str) -> NoReturn:
    """Tell what Tryton's exception means. It rolled its transaction back: nothing was lost."""
    kind, detail = (error[0], error[1]) if isinstance(error, list) and error else (str(error), "")
    if kind == "UserError":
        raise PostingFailed(
            f"Tryton refused {method}: {_sentence(detail[:2])}", permanent=True, code="refused"
        )
    if kind == "UserWarning":
        raise PostingFailed(
            f"Tryton wants a person to confirm: {_sentence(detail[1:3])}",
            # Shortly after midnight our day may be ahead of the server's; that passes by itself.
            permanent=not str(detail[0]).endswith(".invoice_date_future"),
            code="warning",
        )
    if kind == "LoginException":
        raise PostingFailed(
            "Tryton asks this user for more than a password; give Concilia a user of its own",
            permanent=True,
            code="login",
        )
    if kind == "ConcurrencyException":
        raise PostingFailed(
            "somebody changed the same record in Tryton at this moment",
            permanent=False,
            code="concurrent",
        )
    raise PostingFailed(
        f"Tryton failed at {method}: {' '.join(str(kind).split())[:300]}",
        permanent=False,
        code="server_error",
    )


def _sentence(parts: Answer) -> str:
    return " ".join(" ".join(str(part).split()) for part in parts if part)


def _said(error: Exception) -> str:
    return str(error) or type(error).__name__
