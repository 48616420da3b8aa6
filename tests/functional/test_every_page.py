"""Every page of the desk in one window: nobody is shut out, nothing breaks, nothing is cut."""

from __future__ import annotations

import pytest
from tests.functional.look.test_gallery import keep_shot, violations
from tests.functional.settled import settled, tab
from tests.world.whole_desk import a_whole_desk, addresses, keys_of

from concilia.identity.models import Membership

# Both widths and both looks; the other two pairs are walked page by page in the pages' own tests.
SHAPES = [(1440, 900, "light"), (390, 844, "dark")]


@pytest.fixture
def page(new_context, live_server, client, transactional_db):
    """A window logged in as the administrator, who may open every page."""
    board = a_whole_desk()
    admin = Membership.objects.get(entity=board.entity, role="admin").user
    client.force_login(admin, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies["sessionid"].value
    context = new_context()
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page = tab(context)
    page.board = board
    return page


def pages_of(client, board):
    """The addresses that answer with a whole page."""
    keys = keys_of(board)
    for address in [*addresses(keys, of_rows=False), *addresses(keys)]:
        answer = client.get(address)
        is_html = answer.headers.get("Content-Type", "").startswith("text/html")
        if answer.status_code == 200 and is_html and b"<!doctype html>" in answer.content[:200]:
            yield address


def test_every_page_in_both_widths_and_both_looks(page, live_server, client):
    found, wrong = list(pages_of(client, page.board)), []
    for address in found:
        page.goto(live_server.url + address)
        for width, height, scheme in SHAPES:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme)
            settled(page)
            keep_shot(page, f"every{address.replace('/', '-')}{width}-{scheme}")
            said = [*violations(page), *page.problems]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                said.append("scrolls sideways")
            wrong += [(address, width, scheme, one) for one in said]
            page.problems.clear()

    assert len(found) > 20, found
    assert not wrong
