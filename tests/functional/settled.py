"""The tab of a browser, and when its page has come to rest."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

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


def tab(context: BrowserContext) -> Page:
    """
    This will return the tab of somebody's browser; what its pages complain of is in `problems`.

    From page to page of one tab costs a third of what a new tab costs. Who wants two at once
    asks the browser for a `new_page`.
    """
    width, scheme = context.kind
    page = context.pages[0] if context.pages else _new_tab(context)
    if page.viewport_size != {"width": width, "height": 900}:
        page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    return page


def _new_tab(context: BrowserContext) -> Page:
    page = context.new_page()
    page.problems = []
    page.on("console", lambda said: said.type == "error" and page.problems.append(said.text))
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    return page


def forget(context: BrowserContext, origin: str) -> None:
    """This will drop everything a browser kept of an origin, save the files it fetched."""
    for page in context.pages[1:]:
        page.close()
    page = tab(context)
    context.clear_cookies()
    page.goto(f"{origin}/login/")
    page.evaluate("localStorage.clear(), sessionStorage.clear()")
    page.mouse.move(0, 0)
    page.problems = []
