"""
What open pages are told while they are open, as server-sent events.

Only the names of topics go out, to who may open their pages: the page then fetches what changed.
A stream ends after some minutes and the browser opens the next one, so that a log-in that ended or
a seat that was taken away ends the telling too.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from importlib import import_module
from typing import Any, Final, Protocol, cast
from urllib.parse import parse_qs

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.base import SessionBase
from django.db import close_old_connections, connection
from django.http import HttpRequest
from django.http.cookie import parse_cookie

from concilia.cases.models import Case
from concilia.foundation.live import Hub, Page
from concilia.interfaces.desk.access import ENTITY_KEY, find_seat

PATH: Final = "/live/"
FLAG: Final = "concilia.live"  # set in the environment of requests by servers that can do this
BREATH_SECONDS: Final = 20.0  # proxies close what is silent
LIFE_SECONDS: Final = 300.0
STREAMS_MAX: Final = 2_000  # of one process
STREAMS_OF_ONE: Final = 12
RETRY_MILLISECONDS: Final = 3_000

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]


class Run(Protocol):
    """Runs a function that blocks where it does not hold up the loop."""

    def __call__(self, act: Callable[..., Any], /, *given: object) -> Awaitable[Any]: ...


def connect_with() -> dict[str, Any]:
    """The parameters of the connection that listens: Django's own, without its cursors."""
    known = connection.get_connection_params()
    left_out = {"cursor_factory", "context", "prepare_threshold", "server_side_binding"}
    kept = {name: value for name, value in known.items() if name not in left_out}
    return kept | {"application_name": "concilia live"}


def topics_for(cookie: str, asked_case: str) -> list[str] | None:
    """
    The topics a browser with these cookies may hear of; None if nobody is logged in with a seat.

    The case asked for is among them only if it is of the entity the person works in.
    """
    close_old_connections()
    try:
        return _topics(cookie, asked_case)
    finally:
        close_old_connections()


def _topics(cookie: str, asked_case: str) -> list[str] | None:
    request = HttpRequest()
    key = parse_cookie(cookie).get(settings.SESSION_COOKIE_NAME)
    store = import_module(settings.SESSION_ENGINE).SessionStore
    request.session = cast("SessionBase", store(key))
    user = get_user(request)
    if not user.is_authenticated or not user.is_active:
        return None
    seat = find_seat(user, request.session.get(ENTITY_KEY))
    if seat is None:
        return None
    topics = [f"entity:{seat.entity.pk}", f"member:{seat.membership.pk}"]
    if asked_case.isdecimal() and len(asked_case) < len(str(2**63)):
        is_ours = Case.objects.filter(pk=int(asked_case), entity=seat.entity).exists()
        topics += [f"case:{asked_case}"] if is_ours else []
    return topics


class Live:
    """The streams of one process."""

    def __init__(self, run: Run, hub: Hub | None = None) -> None:
        self._run = run
        self.hub = hub or Hub(connect_with)
        self._open: dict[str, int] = {}
        self.ends = asyncio.Event()

    async def answer(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """Answer one `GET /live/?case=…`: a stream, or a status that lets the page go on alone."""
        headers = {name.decode("latin-1"): value for name, value in scope["headers"]}
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1"))
        cookie = headers.get("cookie", b"").decode("latin-1")
        case = asked.get("case", [""])[0]
        if scope["method"] != "GET":
            await _plain(send, 405)
            return
        topics = await self._run(topics_for, cookie, case)
        if topics is None:
            await _plain(send, 204)  # tells an EventSource not to come again
            return
        person = topics[1]
        if sum(self._open.values()) >= STREAMS_MAX or self._open.get(person, 0) >= STREAMS_OF_ONE:
            await _plain(send, 204)
            return
        self._open[person] = self._open.get(person, 0) + 1
        try:
            async with self.hub.open(topics) as page:
                await self._stream(page, receive, send)
        finally:
            self._open[person] -= 1
            if not self._open[person]:
                del self._open[person]

    async def _stream(self, page: Page, receive: Receive, send: Send) -> None:
        loop = asyncio.get_running_loop()
        until = loop.time() + LIFE_SECONDS * random.uniform(0.8, 1.2)  # noqa: S311 - no secret
        await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
        await _say(send, f"retry: {RETRY_MILLISECONDS}\nevent: hello\ndata: 1\n\n")
        left = loop.create_task(_gone(receive))
        ended = loop.create_task(self.ends.wait())
        try:
            while loop.time() < until:
                news = loop.create_task(page.news(min(BREATH_SECONDS, until - loop.time())))
                await asyncio.wait({news, left, ended}, return_when=asyncio.FIRST_COMPLETED)
                if left.done():
                    news.cancel()
                    return
                if ended.done():
                    news.cancel()
                    break
                await _say(send, "".join(map(_event, news.result())) or ": still here\n\n")
        finally:
            left.cancel()
            ended.cancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})


_HEADERS: Final = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


def _event(topic: str) -> str:
    kind, _, key = topic.partition(":")
    return f"event: {kind}\ndata: {key or '1'}\n\n"


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _say(send: Send, text: str) -> None:
    await send({"type": "http.response.body", "body": text.encode(), "more_body": True})


async def _plain(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": b""})
