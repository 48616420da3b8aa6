"""When a page has come to rest."""

from __future__ import annotations

from playwright.sync_api import Page

# Three looks in a row: what htmx asks for when a page has come begins a moment later.
# Waiting for half a second without any request would take most of the time of some tests, and an
# open stream of events would never end.
CALM = """() => new Promise(resolve => {
    let calm = 0;
    const isCalm = () => document.readyState === "complete"
        && !document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")
        && [...document.images].every(image => image.complete || image.loading === "lazy")
        && document.fonts.status === "loaded";
    const look = () => {
        calm = isCalm() ? calm + 1 : 0;
        calm >= 3 ? resolve() : setTimeout(look, 30);
    };
    look();
})"""


def settled(page: Page) -> Page:
    """This will return the page when it has loaded and nothing that it asked for is under way."""
    page.wait_for_load_state("load")
    page.evaluate(CALM)
    return page
