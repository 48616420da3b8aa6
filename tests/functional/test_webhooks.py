"""Webhooks on the settings page in a real browser: added, looked at, and nobody is shut out."""

from __future__ import annotations

import pytest
from django.urls import reverse
from playwright.sync_api import expect
from tests.functional.look.test_gallery import keep_shot, violations
from tests.functional.settled import tab
from tests.world.builders import NOON, a_member, an_entity

from concilia.identity.actions import add_webhook
from concilia.identity.models import WebhookDelivery

SHAPES = [(1440, "light"), (390, "dark")]
STATES = {"DELIVERED": "", "GIVEN_UP": "It answered 500.", "WAITING": "Nobody listens there."}


@pytest.fixture
def window(new_context, live_server, client):
    """Call it with a width and a scheme to get the browser of an administrator."""
    admin = a_member(an_entity(), "Sara Costa", role="admin")
    client.force_login(admin.user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.cookies["sessionid"].value
    cookie = {"name": "sessionid", "value": session, "url": live_server.url}

    def opened(width=1440, scheme="light"):
        context = new_context(width=width, scheme=scheme)
        context.add_cookies([cookie])
        return tab(context)

    opened.admin = admin
    opened.url = live_server.url
    return opened


def test_an_administrator_adds_one_and_sees_its_secret_once(window):
    page = window()
    page.goto(f"{window.url}/settings/?section=webhooks")
    panel = page.get_by_role("region", name="Add a webhook")
    panel.get_by_label("Address").fill("https://hooks.example/concilia")
    panel.get_by_label("claim.opened").check()
    panel.get_by_role("button", name="Add", exact=True).click()

    expect(page.locator("code", has_text="whsec_")).to_be_visible()
    expect(page.get_by_role("link", name="https://hooks.example/concilia")).to_be_visible()
    page.goto(f"{window.url}/settings/?section=webhooks")
    expect(page.locator("code", has_text="whsec_")).to_have_count(0)


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_both_pages_look_right_and_shut_nobody_out(window, width, scheme):
    url, kinds = "https://hooks.example/concilia", ["claim.opened", "payment.posted"]
    webhook, _ = add_webhook(url=url, kinds=kinds, by=window.admin, at=NOON)
    for n, (state, error) in enumerate(STATES.items()):
        waits = state == "WAITING"
        WebhookDelivery.objects.create(
            webhook=webhook,
            key=f"{n}" * 32,
            kind=kinds[n % 2],
            body="{}",
            state=state,
            error=error,
            attempts=n + 1,
            created_at=NOON,
            next_attempt_at=NOON if waits else None,
            ended_at=None if waits else NOON,
        )
    page = window(width, scheme)
    for name, path in (
        ("settings-webhooks", reverse("desk:settings", query={"section": "webhooks"})),
        ("webhook", reverse("desk:settings-webhook", args=[webhook.pk])),
    ):
        page.goto(window.url + path)
        keep_shot(page, f"{name}-{width}-{scheme}")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
