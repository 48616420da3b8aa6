"""
Telling open pages that something changed, from the database's own notifications.

Whatever commits a change notifies a *topic* (`case:12`, `member:3`, `entity:1`) by a trigger. Each
web process listens on one connection and passes topics on to the pages that wait for them. A topic
says only that there is something to fetch: what it is, a page asks for by the usual way and rights.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Collection
from typing import Any, Final

import psycopg

log = logging.getLogger(__name__)

CHANNEL: Final = "concilia_live"
AGAIN: Final = "again"  # the listener was away: whatever may have changed, look
WAIT_FIRST: Final = 0.5
WAIT_MOST: Final = 30.0
PENDING_MOST: Final = 32


class Page:
    """
    One open page and the topics it waits for.

    Topics that come while it is slow are kept once each; a page cannot make a process grow.
    """

    __slots__ = ("_news", "_pending", "topics")

    def __init__(self, topics: Collection[str]) -> None:
        self.topics = frozenset(topics)
        self._pending: dict[str, None] = {}
        self._news = asyncio.Event()

    def tell(self, topic: str) -> None:
        """Note that a topic changed."""
        if len(self._pending) >= PENDING_MOST:
            self._pending = {AGAIN: None}
        else:
            self._pending[topic] = None
        self._news.set()

    async def news(self, seconds: float) -> list[str]:
        """The topics that changed since the last call; nothing after so many quiet seconds."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), seconds)
        self._news.clear()
        found, self._pending = list(self._pending), {}
        return found


class Hub:
    """
    The pages of one process, fed by one connection that listens.

    :param connect_with: makes the parameters of that connection when it is opened
    """

    def __init__(self, connect_with: Callable[[], dict[str, Any]]) -> None:
        self._connect_with = connect_with
        self._pages: dict[str, set[Page]] = defaultdict(set)
        self._listening: asyncio.Task[None] | None = None
        self.is_listening = asyncio.Event()

    def __len__(self) -> int:
        return len({page for pages in self._pages.values() for page in pages})

    @contextlib.asynccontextmanager
    async def open(self, topics: Collection[str]) -> AsyncIterator[Page]:
        """Wait for topics while the block runs; the first page starts the listener."""
        page = Page(topics)
        for topic in page.topics:
            self._pages[topic].add(page)
        if self._listening is None or self._listening.done():
            self._listening = asyncio.get_running_loop().create_task(self._listen())
        try:
            yield page
        finally:
            for topic in page.topics:
                self._pages[topic].discard(page)
                if not self._pages[topic]:
                    del self._pages[topic]

    def pass_on(self, topic: str) -> None:
        """Tell every page that waits for a topic."""
        for page in self._pages.get(topic, ()):
            page.tell(topic)

    async def close(self) -> None:
        """Stop listening."""
        if self._listening is not None:
            self._listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listening

    async def _listen(self) -> None:
        """Listen for ever: what breaks is opened again, and then every page looks by itself."""
        wait = WAIT_FIRST
        while True:
            try:
                async with await psycopg.AsyncConnection.connect(
                    **self._connect_with(), autocommit=True
                ) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    wait = WAIT_FIRST
                    self.is_listening.set()
                    for page in {page for pages in self._pages.values() for page in pages}:
                        page.tell(AGAIN)
                    async for notice in connection.notifies():
                        self.pass_on(notice.payload)
            except (psycopg.Error, OSError) as trouble:
                log.warning("live.listener_lost", extra={"trouble": str(trouble)[:200]})
            self.is_listening.clear()
            await asyncio.sleep(wait)
            wait = min(wait * 2, WAIT_MOST)
