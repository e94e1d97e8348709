"""The explorer in Chromium under its own policy: axe-core, phone width, both colour schemes, keyboard, no script."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from chromium import serious, unfit
from oscegraph.api import Oscegraph
from oscegraph.explorer import linked, pages
from oscegraph.explorer.site import FOLDER, Site

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ADDRESSES = (
    "/",
    "/search?q=drug",
    "/about",
    "/actors?type=organization",
    "/activities?theme=drugs",
    "/decisions",
    "/chapters",
    "/id/body/unodc",
    "/id/area/kosovo",
    "/id/place/vienna",
    "/id/activity/2011-09-06-criminal-assets-seizure-asset-recovery-drug",
    "/id/instrument/mc-dec-5-06",
    "/id/section/II.3.1",
    "/id/statement/count-2011",
    "/vocab/theme/thb",
    "/vocab/theme",
    "/ontology",
)
# Rows and terms are alike; axe-core, which is slow on large pages, looks at some of each kind.
ALIKE = "tbody tr:nth-child(n+4), article.term:nth-of-type(n+4), .list > li:nth-child(n+4)"


@pytest.fixture(scope="module")
def base(graph: Oscegraph) -> Iterator[str]:
    """The address of a running server with the pages, their files and the policy of `serve`."""

    async def closed(request: Request) -> Response:
        return Response("not part of this test", media_type="text/plain")

    site = Site(graph)
    files = Mount("/static", StaticFiles(directory=FOLDER / "static"))
    routes = [*pages.routes(site), *linked.routes(site), files, Route("/{rest:path}", closed)]
    inner = Starlette(routes=routes)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        async def with_policy(message: Any) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message["headers"], (b"content-security-policy", POLICY.encode())]}
            await send(message)

        await inner(scope, receive, with_policy)

    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error", lifespan="off", ws="none"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


class Tab:
    """A page that must ask nobody else for anything and report nothing."""

    def __init__(self, browser: Any, base: str, width: int = 1280, **more: Any) -> None:
        size = {"width": width, "height": 800 if width > 400 else 844}
        context = browser.new_context(viewport=size, color_scheme="light", base_url=base, **more)
        context.set_default_timeout(20_000)
        self.page, self.faults = context.new_page(), list[str]()
        self.page.on("console", lambda message: self.faults.append(message.text))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("request", lambda request: self._asked(request.url, base))

    def _asked(self, url: str, base: str) -> None:
        if not url.startswith((base, "data:")):
            self.faults.append(f"asked for {url}")


@pytest.fixture
def tab(browser: Any, base: str) -> Iterator[Any]:
    """A page of a desktop's width."""
    found = Tab(browser, base)
    yield found.page
    found.page.context.close()
    assert found.faults == []


@pytest.mark.parametrize("width", [1280, 390])
def test_every_sort_of_page(width: int, browser: Any, base: str) -> None:
    """Each fits its width, keeps the policy, and axe-core finds nothing serious, in the light and in the dark."""
    tab = Tab(browser, base, width)
    found = []
    for address in ADDRESSES:
        tab.page.goto(address)
        found += [f"{address}: {fault}" for fault in unfit(tab.page, ALIKE)]
    tab.page.context.close()
    assert found == [] and tab.faults == []


def test_search_as_you_type_by_keyboard(tab: Any) -> None:
    """Names are suggested while one types; arrows choose, Enter opens, Escape closes; axe-core agrees with the open list."""
    tab.goto("/")
    box = tab.locator("#find")
    box.press_sequentially("unod", delay=20)
    # What fits fewer letters may be shown for a moment.
    option = tab.locator("#find-suggestions-0", has_text="United Nations Office on Drugs and Crime")
    option.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    assert serious(tab) == []
    box.press("Escape")
    assert box.get_attribute("aria-expanded") == "false" and not option.is_visible()
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    box.press("Enter")
    tab.wait_for_url("**/id/body/unodc")
    assert tab.locator("h1").inner_text() == "United Nations Office on Drugs and Crime"


def test_enter_without_a_choice_searches(tab: Any) -> None:
    """Enter in the box goes to the list of all that fits; a click on a suggestion opens it."""
    tab.goto("/actors")
    tab.locator("#find").fill("Vienna")
    tab.locator("#find").press("Enter")
    tab.wait_for_url("**/search?q=Vienna")
    tab.locator("#find").fill("Almaty")
    tab.get_by_role("option", name="Almaty").first.click()
    tab.wait_for_url("**/id/place/almaty")


def test_keyboard_reaches_the_content(tab: Any) -> None:
    """The first stop of the Tab key skips to the content, and every stop of a page can be seen."""
    tab.goto("/id/body/unodc")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "main"
    for _ in range(12):
        tab.keyboard.press("Tab")
        outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid"
        assert tab.evaluate("document.activeElement.getBoundingClientRect().height") > 0


def test_a_desk_officer_walks_to_the_evidence(tab: Any) -> None:
    """From the start page to an actor, to what it shares with a partner, to the tellings and their place in a chapter."""
    tab.goto("/")
    tab.get_by_role("link", name="UNODC", exact=True).click()
    tab.locator("#partners tbody tr").first.locator("td.n a").click()
    assert tab.locator("h1").inner_text() == "Activities"
    tab.get_by_role("link", name="Criminal Assets Seizure and Asset Recovery from Drug Dealers").click()
    assert tab.get_by_role("heading", name="3 tellings side by side").is_visible()
    tab.get_by_role("columnheader", name="II.3.2, lines 1301-1304").get_by_role("link").click()
    row = tab.locator("tr:target")
    assert "Criminal Asset Confiscation" in row.inner_text()


def test_lists_are_sorted_and_filtered_without_script(browser: Any, base: str) -> None:
    """Search, filters and sorting are forms and links: all of it works with JavaScript off."""
    tab = Tab(browser, base, java_script_enabled=False)
    tab.page.goto("/activities")
    tab.page.get_by_label("theme").select_option("thb")
    tab.page.get_by_role("button", name="Show").click()
    assert "theme=thb" in tab.page.url
    tab.page.get_by_role("columnheader", name="activity").get_by_role("link").click()
    assert tab.page.locator("th[aria-sort=ascending]").inner_text().startswith("activity")
    tab.page.locator("#find").fill("vienna")
    tab.page.locator("form.search button").click()
    assert tab.page.get_by_role("link", name="University of Vienna", exact=True).is_visible()
    tab.page.context.close()
    assert tab.faults == []


def test_terms_of_the_ontology_have_anchors(tab: Any) -> None:
    """The IRI of a term leads to it in the page."""
    tab.goto("/ontology#statedTheme")
    assert tab.locator("article:target h3").inner_text().startswith("osg:statedTheme")


def test_query_of_a_panel_opens(tab: Any) -> None:
    """The SPARQL behind a panel is shown by the keyboard, with a link into the editor."""
    tab.goto("/id/body/unodc")
    tab.locator("#partners details.query summary").press("Enter")
    assert "SELECT" in tab.locator("#partners pre").inner_text()
    assert tab.locator("#partners details.query a").get_attribute("href").startswith("/query?query=")
