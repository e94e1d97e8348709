"""The tools of the explorer in Chromium under the policy of the server: seen, used by mouse and keys, and without script."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pyoxigraph as ox
import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from chromium import unfit
from oscegraph import resources
from oscegraph.api import Oscegraph
from oscegraph.explorer import tools
from oscegraph.explorer.site import Site

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PAGES = (
    "/matrix?cell=spmu/cyber",
    "/matrix?by=where",
    "/overlaps?limit=3",
    "/gaps?limit=3",
    "/network?around=UNODC",
    "/map",
    "/ask",
    "/ask?q=Who+funded+the+workshop+in+Belgrade+in+June%3F",
    "/ask?q=Who+organized+the+workshop%3F",
    "/query?name=actor_partners",
    "/data",
    "/overlaps?theme=nothing",
)
# Rows and entries are alike; axe-core, which is slow on large pages, looks at some of each kind.
ALIKE = "tbody tr:nth-child(n+4), .columns li:nth-child(n+3), #details li:nth-child(n+4)"
DONE = """() => {
  const words = document.getElementById("status").textContent;
  return !document.getElementById("run").disabled && !words.startsWith("Running");
}"""
READY = "() => Boolean(window.oscegraph && oscegraph.drawnAt() !== null)"
NASTY = '<img src=x onerror="window.hit=1">'


def _rows(*bindings: dict[str, Any]) -> dict[str, Any]:
    return {"head": {"vars": ["a", "b"]}, "results": {"bindings": list(bindings)}}


def _endpoint(graph: Oscegraph) -> Callable[[Request], Any]:
    """Return an endpoint that answers as that of the server does, and some texts in ways that are hard to get otherwise."""

    async def broken() -> Any:
        yield b'{"head": {"vars": ["a"]}, "results": {"bindings": ['
        raise ConnectionError

    async def answer(request: Request) -> Response:
        form = await request.form()
        text, accept = str(form.get("query", "")), request.headers["accept"].partition(",")[0]
        if "SLOW" in text:
            await asyncio.sleep(30)
        if "BREAK" in text:
            return StreamingResponse(broken(), media_type="application/sparql-results+json")
        if "NASTY" in text:
            evil = {"type": "uri", "value": "javascript:window.hit=1"}
            return JSONResponse(
                _rows(
                    {"a": evil, "b": {"type": "literal", "value": NASTY}},
                    {"a": {"type": "uri", "value": "https://example.org/"}},
                ),
                media_type="application/sparql-results+json",
            )
        try:
            found: Any = graph.store.inner.query(text)  # type: ignore[attr-defined]
        except SyntaxError as error:
            said = {"title": "The query is no SPARQL", "status": 400, "detail": f"{error}"}
            return JSONResponse(said, 400, media_type="application/problem+json")
        if isinstance(found, ox.QueryTriples):
            return Response(found.serialize(format=ox.RdfFormat.TURTLE), media_type="text/turtle")
        formats = {"text/csv": ox.QueryResultsFormat.CSV, "text/tab-separated-values": ox.QueryResultsFormat.TSV}
        content = found.serialize(format=formats.get(accept, ox.QueryResultsFormat.JSON))
        return Response(content, media_type=accept)

    return answer


class _WithPolicy:
    def __init__(self, app: Any) -> None:
        self.app = app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def out(message: Any) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message["headers"], (b"content-security-policy", POLICY.encode())]
            await send(message)

        await self.app(scope, receive, out)


@pytest.fixture(scope="module")
def address(graph: Oscegraph) -> Iterator[str]:
    """The tools on a port of this machine."""
    assets = resources.PACKAGE / "assets"
    routes = [
        *tools.routes(Site(graph)),
        Route("/sparql", _endpoint(graph), methods=["GET", "POST"]),
        Mount("/static/vendor", StaticFiles(directory=assets / "vendor")),
        Mount("/static", StaticFiles(directory=assets / "site" / "static")),
    ]
    config = uvicorn.Config(_WithPolicy(Starlette(routes=routes)), port=0, log_level="critical", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = server.force_exit = True
    thread.join(10)


@pytest.fixture
def open_tab(browser: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Open a tab that must ask for nothing elsewhere, and report nothing but what a test allows."""
    opened: list[tuple[Any, list[str], set[int]]] = []

    def open_(path: str, width: int = 1280, dark: bool = False, script: bool = True, allowed: tuple[int, ...] = ()) -> Any:
        size = {"width": width, "height": 800 if width > 400 else 844}
        context = browser.new_context(
            viewport=size, color_scheme="dark" if dark else "light", java_script_enabled=script, accept_downloads=True
        )
        context.set_default_timeout(30_000)
        page, faults = context.new_page(), list[str]()
        statuses = {200, 304, *allowed}
        opened.append((context, faults, statuses))
        page.on("request", lambda r: faults.append(r.url) if not r.url.startswith((address, "data:", "blob:")) else None)
        page.on("response", lambda r: faults.append(f"{r.status} {r.url}") if r.status not in statuses else None)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "console",
            lambda m: faults.append(m.text) if m.type in ("error", "warning") and "Failed to load" not in m.text else None,
        )
        page.goto(address + path)
        return page

    yield open_
    found = [fault for _, faults, _ in opened for fault in faults]
    for context, *_ in opened:
        context.close()
    assert not found, found


@pytest.mark.parametrize("width", [1280, 390])
def test_axe(width: int, open_tab: Callable[..., Any], address: str) -> None:
    """Every page fits its width, and axe-core finds nothing serious, with details open, in the light and in the dark."""
    tab, found = open_tab("/data", width, allowed=(400,)), []
    for path in PAGES:
        tab.goto(address + path)
        if path.startswith(("/network", "/map")):
            tab.wait_for_function(READY)
        if path.startswith("/query"):
            tab.wait_for_selector(".CodeMirror-code")
        found += [f"{path}: {fault}" for fault in unfit(tab, ALIKE)]
    assert not found, "\n".join(found)


def test_matrix_by_keyboard(open_tab: Callable[..., Any]) -> None:
    """A number is reached by keys and opens its activities; from there a link leads to the activity and to its chapter."""
    tab = open_tab("/matrix")
    link = tab.get_by_role("link", name="8: Strategic Police Matters Unit, cyber security")
    link.focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/matrix?cell=spmu*")
    rows = tab.locator("#cell tbody tr")
    assert rows.count() == 8
    assert rows.first.locator("a").first.get_attribute("href").startswith("/id/activity/")
    assert rows.first.locator("a.source").get_attribute("href").startswith("/id/section/II.1.1#")
    assert tab.locator("td.chosen").count() == 1


def test_map_draws_and_answers(open_tab: Callable[..., Any], graph: Oscegraph) -> None:
    """The map draws all of the table, finds, selects, filters, and gives pictures, all under the policy."""
    tab = open_tab("/network?around=UNODC")
    tab.wait_for_function(READY)
    shown = tab.evaluate("() => oscegraph.shown()")
    data = json.loads(tab.locator("#data").text_content())
    assert len(shown["nodes"]) == len(data["nodes"]) == 76 and len(shown["ties"]) == len(data["ties"])
    assert tab.evaluate("() => document.querySelectorAll('style').length") == 0
    assert tab.evaluate("() => document.createElement('style').localName") == "style"
    tab.locator("#search").fill("interpol")
    tab.locator("#found li").first.click()
    assert "International Criminal Police Organization" in tab.locator("#details").text_content()
    assert "line" in tab.locator("#details section").first.text_content()
    tab.locator("#theme").select_option(label="illicit drugs and precursors")
    tab.wait_for_function("(most) => oscegraph.shown().nodes.length < most", arg=len(data["nodes"]))
    assert "theme=drugs" in tab.url
    for button, head in (("#png", b"\x89PNG"), ("#svg", b"<svg")):
        with tab.expect_download() as saved:
            tab.locator(button).click()
        assert head in saved.value.path().read_bytes()[:200]
    again = tab.url
    tab.goto("about:blank")
    tab.goto(again)
    tab.wait_for_function(READY)
    assert tab.locator("#theme").evaluate("(e) => e.selectedOptions[0].textContent") == "illicit drugs and precursors"


def test_map_leaves_the_page_alone(open_tab: Callable[..., Any], address: str) -> None:
    """The styles of the map change nothing outside of it: head and foot look as on any other page."""
    look = """() => ["body", "header.top", "#find", ".menu a", "footer p", "h1"].map((part) => {
      const style = getComputedStyle(document.querySelector(part));
      return ["color", "backgroundColor", "fontSize", "padding", "display"].map((name) => style[name]).join(" ");
    })"""
    for dark in (False, True):
        tab = open_tab("/gaps", dark=dark)
        plain = tab.evaluate(look)
        tab.goto(address + "/network?around=UNODC")
        tab.wait_for_function(READY)
        assert tab.evaluate(look) == plain


def test_network_form(open_tab: Callable[..., Any]) -> None:
    """The form makes an address that can be shared; what is wrong is said beside the form as it was filled in."""
    tab = open_tab("/network?around=UNODC", allowed=(404,))
    tab.locator("#f-around").fill("Nobody Known")
    tab.get_by_role("button", name="Draw", exact=True).click()
    tab.wait_for_selector("[role=alert]")
    assert "Nobody Known" in tab.locator("[role=alert]").text_content()
    assert tab.locator("#f-around").input_value() == "Nobody Known"
    tab.locator("#f-around").fill("INTERPOL")
    tab.get_by_role("button", name="Draw", exact=True).click()
    tab.wait_for_function(READY)
    assert "around=INTERPOL" in tab.url and "International Criminal Police" in tab.locator("h1").text_content()


def test_without_script(open_tab: Callable[..., Any], address: str) -> None:
    """Without script all tools work: tables instead of the drawing, and a form to the endpoint instead of the editor."""
    tab = open_tab("/network?around=UNODC", script=False)
    assert tab.locator("#drawing noscript").is_visible()
    assert not tab.locator("#fit").is_visible() and not tab.locator("#tables").is_visible()
    assert tab.locator("section[aria-labelledby=ties] tbody tr").count() == 50
    tab.locator("section[aria-labelledby=ties] summary").first.click()
    assert tab.locator("section[aria-labelledby=ties] details[open] a.source").first.is_visible()
    tab.goto(address + "/query?name=actor_partners&p.actor=UNODC")
    area = tab.locator("textarea#query")
    assert area.is_visible() and "body/unodc>" in area.input_value()
    assert tab.locator("form#editor").get_attribute("action") == "/sparql"
    tab.goto(address + "/ask")
    tab.locator("#q").fill("Who funded the workshop in Belgrade in June?")
    tab.locator("main").get_by_role("button", name="Ask").click()
    assert tab.locator("#answer").text_content() == "Norway"


def put(tab: Any, text: str) -> None:
    """Put a text into the editor."""
    tab.evaluate("(text) => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", text)


def run(tab: Any) -> str:
    """Run the query in the editor, and return what is said of its end."""
    tab.locator("#run").click()
    tab.wait_for_function(DONE)
    return str(tab.locator("#status").text_content())


def test_editor_runs(open_tab: Callable[..., Any]) -> None:
    """Rows, yes or no, and triples are shown; IRIs of the graph lead to its pages; the result can be saved."""
    tab = open_tab("/query")
    tab.wait_for_selector(".CodeMirror-code")
    assert run(tab).startswith("20 rows in ")
    assert tab.locator("#rows tbody tr").count() == 20
    first = tab.locator("#rows tbody tr a").first
    assert first.get_attribute("href").startswith("/id/activity/") and first.text_content().startswith("act:")
    for kind, head in (("CSV", "activity,title,chapters"), ("TSV", "?activity\t?title\t?chapters"), ("JSON", '{"head":')):
        with tab.expect_download() as saved:
            tab.locator("#saves").get_by_role("button", name=kind).click()
        assert saved.value.path().read_text("utf-8").startswith(head)
    put(tab, "ASK { ?s ?p ?o }")
    assert run(tab).startswith("Yes")
    put(tab, "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o } LIMIT 3")
    assert run(tab).startswith("Triples") and "<https://" in tab.locator("#graph").text_content()
    put(tab, "SELECT ?s WHERE { ?s ?p ?o } LIMIT 1200")
    assert run(tab).startswith("1200 rows") and tab.locator("#rows tbody tr").count() == 500
    tab.locator("#more-rows").click()
    assert tab.locator("#rows tbody tr").count() == 1000
    share = tab.locator("#share").get_attribute("href")
    tab.goto(tab.url.split("/query")[0] + share)
    tab.wait_for_selector(".CodeMirror-code")
    assert "LIMIT 1200" in tab.evaluate("() => document.querySelector('.CodeMirror').CodeMirror.getValue()")


def test_editor_says_what_went_wrong(open_tab: Callable[..., Any]) -> None:
    """A refusal shows its title and detail; a broken answer never looks like a result; a running query can be stopped."""
    tab = open_tab("/query", allowed=(400,))
    tab.wait_for_selector(".CodeMirror-code")
    put(tab, "SELECT * WHERE {")
    assert run(tab).startswith("No result")
    failed = tab.locator("#failed")
    assert failed.is_visible() and "The query is no SPARQL" in failed.text_content() and "error at" in failed.text_content()
    put(tab, "# BREAK")
    assert run(tab).startswith("No result") and "broke off" in failed.text_content()
    assert not tab.locator("#rows").is_visible()
    put(tab, "# SLOW")
    tab.locator("#run").click()
    tab.locator("#stop").click()
    tab.wait_for_function("() => document.getElementById('status').textContent.startsWith('Stopped')")
    assert not tab.locator("#stop").is_visible() and tab.locator("#run").is_enabled()
    put(tab, "ASK {}")
    assert run(tab).startswith("Yes") and not failed.is_visible()


def test_results_stay_text(open_tab: Callable[..., Any]) -> None:
    """What a result holds is shown as text, and only http and https IRIs become links."""
    tab = open_tab("/query")
    tab.wait_for_selector(".CodeMirror-code")
    put(tab, "# NASTY")
    run(tab)
    assert NASTY in tab.locator("#rows").text_content()
    assert [link.get_attribute("href") for link in tab.locator("#rows a").all()] == ["https://example.org/"]
    assert tab.evaluate("() => window.hit") is None


def test_editor_completes(open_tab: Callable[..., Any]) -> None:
    """Terms of the ontology complete and their prefixes are declared; keys run the query and leave the editor."""
    tab = open_tab("/query?query=SELECT%20*%20WHERE%20%7B%20%3Fs%20")
    tab.wait_for_selector(".CodeMirror-code")
    tab.locator(".CodeMirror").click()
    tab.keyboard.press("Control+End")
    tab.keyboard.type(" osg:tel")
    hints = tab.locator(".CodeMirror-hints li")
    hints.first.wait_for()
    # The list follows the letters; on a busy machine it may still show what fitted the last but one.
    narrowed = (
        "() => [...document.querySelectorAll('.CodeMirror-hints li')].every((hint) => /^osg:tel/i.test(hint.textContent))"
    )
    tab.wait_for_function(narrowed)
    texts = hints.all_text_contents()
    assert "osg:tells" in texts and all(text.lower().startswith("osg:tel") for text in texts)
    for _ in range(texts.index("osg:tells")):
        tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    tab.keyboard.type(" ?a } LIMIT 2")
    value = tab.evaluate("() => document.querySelector('.CodeMirror').CodeMirror.getValue()")
    assert "PREFIX osg: <https://w3id.org/oscegraph/ontology#>" in value and "?s osg:tells ?a } LIMIT 2" in value
    tab.keyboard.press("Control+Enter")
    tab.wait_for_selector("#rows tbody tr")
    assert tab.locator("#rows tbody tr").count() == 2
    tab.locator(".CodeMirror").click()
    tab.keyboard.press("Escape")
    assert tab.evaluate("() => document.activeElement.id") == "run"


def test_named_query_is_filled_in(open_tab: Callable[..., Any]) -> None:
    """A named query is chosen from the list, filled in by a name, and run."""
    tab = open_tab("/query")
    tab.get_by_role("link", name="With whom did an actor take part in activities, and how often?").click()
    tab.wait_for_selector(".named")
    tab.locator("[name='p.actor']").fill("UNODC")
    tab.get_by_role("button", name="Put these into the query").click()
    tab.wait_for_url("**p.actor=UNODC**")
    tab.wait_for_selector(".CodeMirror-code")
    assert "rows in" in run(tab)
    assert tab.locator("#rows tbody tr a").first.get_attribute("href").startswith("/id/")
