"""The gallery behind a running server, and a browser window logged in to it."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer
from tests.functional.settled import tab
from tests.world.builders import a_member, an_entity

HERE = Path(__file__).parent
Open = Callable[..., Page]


@pytest.fixture
def gallery(settings, live_server: LiveServer) -> LiveServer:
    templates = deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"] = [HERE / "templates"]
    settings.TEMPLATES = templates
    settings.ROOT_URLCONF = "tests.functional.look.gallery"
    return live_server


@pytest.fixture
def member(transactional_db: None):
    return a_member(an_entity())


@pytest.fixture
def window(new_context, gallery: LiveServer, member, client) -> Open:
    """Call it with a path (and width, scheme, language) to get a page that is logged in."""
    client.force_login(member.user, backend="django.contrib.auth.backends.ModelBackend")
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": gallery.url}

    def opened(path: str, *, width: int = 1440, scheme: str = "light", logged_in: bool = True):
        context = new_context(width=width, scheme=scheme, whose=logged_in)
        if logged_in:
            context.add_cookies([cookie])
        page = tab(context)
        page.goto(gallery.url + path)
        return page

    return opened
