"""The web application as servers want it that keep streams open: `concilia.config.asgi`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from concilia.config.bridge import Bridge
from concilia.config.wsgi import application as pages
from concilia.foundation import environment
from concilia.interfaces.desk.live import FLAG, PATH, Live

Message = dict[str, Any]
THREADS: Final = 4  # of each process; the database has room for a hundred connections


class Application:
    """Open pages hear what changed from a stream; everything else is answered by the pages."""

    def __init__(self) -> None:
        threads = environment.whole("CONCILIA_WEB_THREADS", THREADS, low=1, high=64)
        self._bridge = Bridge(pages, threads=threads, flags={FLAG: True})
        self._live: Live | None = None

    async def __call__(
        self,
        scope: Mapping[str, Any],
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        if scope["path"] == PATH:
            # Made inside the loop of this process, which its events belong to.
            self._live = self._live or Live(self._bridge.run)
            await self._live.answer(scope, receive, send)
        else:
            await self._bridge.answer(scope, receive, send)


application = Application()
