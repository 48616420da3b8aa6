"""
The pages' own interface (WSGI) spoken to a server that can also keep a thousand streams open.

Requests are worked off by a fixed number of threads, each with its database connection, exactly as
before; waiting for bodies to come in and answers to go out is the loop's affair where it can be.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import Any, Final

Environ = dict[str, Any]
Message = dict[str, Any]
Wsgi = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

IN_MEMORY_MAX: Final = 512 * 1024
BODY_MAX: Final = 4 * 1024**3  # beyond any import; a stranger shall not fill the disk
CHUNKS_JOINED: Final = 64 * 1024


class TooLarge(Exception):
    """A body is longer than anything we take."""


class Bridge:
    """Lets a WSGI application answer ASGI requests, `threads` of them at a time."""

    def __init__(self, application: Wsgi, *, threads: int, flags: Mapping[str, Any]) -> None:
        self._application = application
        self._flags = dict(flags)
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="pages")

    async def run(self, act: Callable[..., Any], /, *given: object) -> Any:  # noqa: ANN401
        """Run something that blocks on one of the pages' threads."""
        return await asyncio.get_running_loop().run_in_executor(self._pool, act, *given)

    async def answer(
        self,
        scope: Mapping[str, Any],
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        """Answer one request."""
        with SpooledTemporaryFile[bytes](max_size=IN_MEMORY_MAX) as body:
            try:
                is_whole = await _take_in(body, receive)
            except TooLarge:
                await send({"type": "http.response.start", "status": 413, "headers": []})
                await send({"type": "http.response.body", "body": b""})
                return
            if not is_whole:
                return  # they went before they had said everything
            environ = environ_of(scope, body) | self._flags
            loop = asyncio.get_running_loop()

            def hand_over(message: Message) -> None:
                asyncio.run_coroutine_threadsafe(_as_coroutine(send, message), loop).result()

            await self.run(_respond, self._application, environ, hand_over)


async def _as_coroutine(send: Callable[[Message], Awaitable[None]], message: Message) -> None:
    await send(message)


async def _take_in(
    body: SpooledTemporaryFile[bytes], receive: Callable[[], Awaitable[Message]]
) -> bool:
    """Read a request's body to its end; False if the other side left before."""
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return False
        part = message.get("body", b"")
        size += len(part)
        if size > BODY_MAX:
            raise TooLarge
        body.write(part)
        if not message.get("more_body"):
            body.seek(0)
            return True


def environ_of(scope: Mapping[str, Any], body: object) -> Environ:
    """What a WSGI application is told of a request (PEP 3333)."""
    server, client = scope.get("server") or ("localhost", 80), scope.get("client")
    environ: Environ = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8").decode("latin-1"),
        "QUERY_STRING": scope.get("query_string", b"").decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1] or 80),
        "SERVER_PROTOCOL": f"HTTP/{scope.get('http_version', '1.1')}",
        "REMOTE_ADDR": client[0] if client else "",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        if "_" in name:  # would read like a name with a dash, which a proxy may have set
            continue
        key = name.upper().replace("-", "_")
        if key not in {"CONTENT_TYPE", "CONTENT_LENGTH"}:
            key = f"HTTP_{key}"
        if key in environ:
            environ[key] += ("; " if key == "HTTP_COOKIE" else ",") + value
        else:
            environ[key] = value
    return environ


def _respond(application: Wsgi, environ: Environ, hand_over: Callable[[Message], None]) -> None:
    """Run the application on this thread and hand its answer over, in one piece if it is short."""
    begun: list[tuple[int, list[tuple[bytes, bytes]]]] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], _trouble: object = None
    ) -> Callable[[bytes], object]:
        told = [
            (name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ]
        begun[:] = [(int(status.split(maxsplit=1)[0]), told)]
        return lambda _part: None

    answered = application(environ, start_response)
    try:
        parts = iter(answered)
        first = next(parts, b"")
        status, headers = begun[0]
        hand_over({"type": "http.response.start", "status": status, "headers": headers})
        waiting = bytearray(first)
        for part in parts:
            waiting += part
            if len(waiting) >= CHUNKS_JOINED:
                hand_over(_body(bytes(waiting), more=True))
                waiting.clear()
        hand_over(_body(bytes(waiting), more=False))
    finally:
        if close := getattr(answered, "close", None):
            close()


def _body(part: bytes, *, more: bool) -> Message:
    return {"type": "http.response.body", "body": part, "more_body": more}
