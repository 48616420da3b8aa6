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


# What a change of colours alone can break.
AXE_COLOURS = ["color-contrast", "color-contrast-enhanced", "link-in-text-block"]
JUDGE = """async ([rules, colours]) => {
    const isColour = id => colours.includes(id);
    const html = document.documentElement.outerHTML.replace(/data-bs-theme="\\w+"/, "");
    const stands = innerWidth + html;
    const ids = axe.getRules(rules).map(rule => rule.ruleId);
    const only = window.judged === stands ? ids.filter(isColour) : rules;
    const found = await axe.run(document, {runOnly: only});
    window.judged = found.violations.length ? null : stands;
    return found.violations.map(v =>
        [v.id, ...v.nodes.slice(0, 3).map(n => `${n.html.slice(0, 150)} ${n.any[0]?.message}`)]);
}"""


def violations(page):
    """
    axe-core's findings, short enough to read in a failure.

    A page that kept all the rules a moment ago and has only changed its colours since is asked only
    about colours.
    """
    if not AXE.exists():
        pytest.skip("axe-core is missing: run `make install`")
    if not page.evaluate("Boolean(window.axe)"):
        page.add_init_script(path=AXE)  # the tab's next pages have it: handing it over takes long
        page.evaluate(AXE.read_text())
    return page.evaluate(JUDGE, [AXE_RULES, AXE_COLOURS])


def in_looks(opened, path, shapes, **more):
    """This will open a path once for each width, and show it in the looks asked for."""
    pages = {}
    for width, scheme in shapes:
        if width not in pages:
            pages[width] = opened(path, width=width, **more)
        pages[width].emulate_media(color_scheme=scheme)
        yield settled(pages[width]), width, scheme


def looks_right(page, name):
    """Keep a picture, and see that nothing complains, scrolls sideways or shuts anybody out."""
    settled(page)
    keep_shot(page, name)
    assert page.problems == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert violations(page) == [], name


@pytest.mark.parametrize("name", PAGES)
def test_page_renders_without_complaint(window, name):
    for page, width, scheme in in_looks(window, f"/gallery/{name}/", SHAPES):
        looks_right(page, f"{name}-{width}-{scheme}")


@pytest.mark.parametrize("language", ["de", "fr"])
def test_longer_words_and_the_smallest_screen_lose_nothing(window, member, language):
    member.user.language = language
    member.user.save()
    for name in PAGES:
        page = settled(window(f"/gallery/{name}/", width=320))
        keep_shot(page, f"{name}-320-{language}")

        assert page.problems == [], name
        fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert fits, f"{name} scrolls sideways"


def test_login_page_renders_without_complaint(window):
    for page, width, scheme in in_looks(window, "/login/", SHAPES, logged_in=False):
        looks_right(page, f"login-{width}-{scheme}")


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
