"""Pages that wait for news: told once for each topic, never growing, gone when they are closed."""

from __future__ import annotations

import asyncio

from concilia.foundation.live import AGAIN, PENDING_MOST, Hub, Page


async def _never():
    """A hub that does not listen: nobody is there to connect to."""
    hub = Hub(dict)
    hub._listening = asyncio.get_running_loop().create_task(asyncio.sleep(60))
    return hub


def test_each_page_hears_of_its_topics_once_and_of_no_others():
    async def walk():
        hub = await _never()
        async with hub.open(["case:1", "member:7"]) as one, hub.open(["case:1"]) as other:
            for topic in ("case:1", "case:1", "member:7", "case:2"):
                hub.pass_on(topic)
            heard = [await page.news(5) for page in (one, other)]
            quiet = await other.news(0.01)
        left = len(hub), dict(hub._pages)
        await hub.close()
        return heard, quiet, left

    heard, quiet, left = asyncio.run(walk())
    assert heard == [["case:1", "member:7"], ["case:1"]]
    assert quiet == []
    assert left == (0, {})


def test_a_slow_page_looks_again_instead_of_growing():
    async def walk():
        page = Page(["x"])
        for n in range(10 * PENDING_MOST):
            page.tell(f"case:{n}")
        return await page.news(5)

    news = asyncio.run(walk())
    assert news[0] == AGAIN
    assert len(news) <= PENDING_MOST
