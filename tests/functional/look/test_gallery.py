"""Every component in a real browser: nothing breaks the strict policy, nobody is shut out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.functional.settled import settled

ROOT = Path(__file__).parents[3]
AXE = ROOT / "node_modules/axe-core/axe.min.js"
PAGES = ["worklist", "case", "reading", "bank", "dashboard", "parts"]
SHAPES = [(1440, "light"), (1440, "dark"), (390, "light"), (390, "dark")]
SHOTS = os.environ.get("CONCILIA_SHOTS")
AXE_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def keep_shot(page, name):
    if SHOTS:
        page.wait_for_timeout(400)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def violations(page):
    """axe-core's findings, short enough to read in a failure."""
    if not AXE.exists():
        pytest.skip("axe-core is missing: run `make install`")
    page.evaluate(AXE.read_text())
    return page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(result => result.violations.map(v =>"
        "[v.id, ...v.nodes.slice(0, 3).map(n => `${n.html.slice(0, 150)} ${n.any[0]?.message}`)]))",
        AXE_RULES,
    )


def looks_right(page, name):
    """Keep a picture, and see that nothing complains, scrolls sideways or shuts anybody out."""
    settled(page)
    keep_shot(page, name)
    assert page.problems == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert violations(page) == [], name


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
@pytest.mark.parametrize("name", PAGES)
def test_page_renders_without_complaint(window, name, width, scheme):
    page = window(f"/gallery/{name}/", width=width, scheme=scheme)
    settled(page)
    keep_shot(page, f"{name}-{width}-{scheme}")

    assert page.problems == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert violations(page) == []


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", ["de", "fr"])
def test_longer_words_and_the_smallest_screen_lose_nothing(window, member, name, language):
    member.user.language = language
    member.user.save()
    page = window(f"/gallery/{name}/", width=320)
    settled(page)
    keep_shot(page, f"{name}-320-{language}")

    assert page.problems == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_login_page_renders_without_complaint(window, width, scheme):
    page = window("/login/", width=width, scheme=scheme, logged_in=False)
    settled(page)
    keep_shot(page, f"login-{width}-{scheme}")

    assert page.problems == []
    assert violations(page) == []


@pytest.mark.parametrize("width", [1440, 390])
def test_dialogs_keep_to_the_rules_too(window, width):
    page = window("/gallery/worklist/", width=width)
    for name in ["palette", "more", "keys"]:
        page.evaluate("name => window.concilia.open(name)", name)
        settled(page)
        keep_shot(page, f"{name}-{width}")
        assert violations(page) == [], name


@pytest.mark.parametrize("code", [400, 403, 404, 500])
def test_error_pages_look_like_the_product(window, code):
    page = window(f"/gallery/error/{code}/")
    keep_shot(page, f"error-{code}")

    assert page.locator("h1").is_visible()
    assert page.locator(".btn-primary").count() == 1
    assert violations(page) == []
