"""The web application as servers want it that keep streams open: `concilia.config.asgi`."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from concilia.config.bridge import Bridge
from concilia.config.wsgi import application as pages
from concilia.foundation import environment
from concilia.interfaces.desk.live import FLAG, PATH, Live

Message = dict[str, Any]
THREADS: Final = 4  # of each process; the database has room for a hundred connections


def _live(bridge: Bridge) -> Live:
    """
    The streams of this process; they end when the process is asked to, or nobody could end it.

    The loop goes on hearing of the signal by its own way: this only adds to it.
    """
    live, loop = Live(bridge.run), asyncio.get_running_loop()
    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(live.ends.set))
            signal.siginterrupt(number, False)  # noqa: FBT003 - the C library's own order
    return live


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
            self._live = self._live or _live(self._bridge)
            await self._live.answer(scope, receive, send)
        else:
            await self._bridge.answer(scope, receive, send)


application = Application()
