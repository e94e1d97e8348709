"""Four users walk from the start page of a real server to what they came for, each step with facts of the report.

The desk officer plans, the researcher measures, the journalist checks and uses no mouse, the developer builds.
"""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest

from serving import Served, served

# Each walk takes a few seconds; so much longer only where something hangs, as the tests share their machine.
SECONDS = 40
CONFERENCE = "OSCE Conference on a Comprehensive Approach to Cyber Security: Exploring the Future OSCE Role"
READY = "() => Boolean(window.oscegraph && oscegraph.drawnAt() !== null)"
DONE = """() => {
  const words = document.getElementById("status").textContent;
  return !document.getElementById("run").disabled && words && !words.startsWith("Running");
}"""


@pytest.fixture(scope="module")
def server() -> Iterator[Served]:
    """A server as users run it; what is made once, such as the words of questions, is made before anybody walks."""
    with served() as found:
        for target in ("/ask", "/network?least=2", "/matrix"):
            assert found.ask(target, timeout=60).status == 200
        yield found


@pytest.fixture
def walker(browser: Any, server: Served) -> Iterator[Any]:
    """A page at the start; at the end no script may have failed, nothing asked elsewhere, and no time wasted."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, base_url=server.address, accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=server.address)
    context.set_default_timeout(8_000)
    page, faults = context.new_page(), list[str]()
    page.on("pageerror", lambda error: faults.append(str(error)))
    own = (server.address, "data:", "blob:")
    page.on("request", lambda r: faults.append(r.url) if not r.url.startswith(own) else None)
    # The browser itself reports answers of 400, which the developer provokes.
    page.on("console", lambda m: faults.append(m.text) if m.type == "error" and "status of 400" not in m.text else None)
    begun = time.monotonic()
    page.goto("/")
    yield page
    spent = time.monotonic() - begun
    context.close()
    assert faults == [] and spent < SECONDS, (faults, spent)


def reach(page: Any, there: Any, most: int = 80) -> None:
    """Press Tab until an element has the focus, as who has no mouse does; the focus must be seen."""
    wanted = there.element_handle()
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("(element) => element === document.activeElement"):
            assert wanted.evaluate("(element) => getComputedStyle(element).outlineStyle") == "solid"
            return
    raise AssertionError(f"not reached by {most} times Tab: {wanted.evaluate('(element) => element.outerHTML')[:200]}")


def saved(page: Any, link: Any) -> str:
    """Return the text of the file that a link or button gives."""
    with page.expect_download() as download:
        link.click()
    return download.value.path().read_text("utf-8")


def test_desk_officer_plans_without_duplicating(walker: Any) -> None:
    """What was done on trafficking in Central Asia, where units overlap, what nobody did, and where that is told."""
    menu = walker.get_by_role("navigation", name="Site")
    walker.get_by_role("link", name="trafficking in human beings").click()
    assert walker.locator("h1").inner_text().lower() == "trafficking in human beings"
    assert menu.locator("[aria-current]").inner_text() == "Themes"

    walker.locator(".related").get_by_role("link", name="Activities").click()
    walker.get_by_label("Town, state or region").select_option(label="Central Asia")
    walker.get_by_role("button", name="Show").click()
    assert walker.get_by_text("15 rows.").is_visible()
    rows = walker.locator("main tbody tr")
    assert rows.count() == 15 and all("II." in words for words in rows.all_inner_texts())

    walker.locator(".related").get_by_role("link", name="Overlaps").click()
    assert walker.get_by_label("Theme").input_value() == "thb"
    assert walker.get_by_label("Town, state or region").input_value() == "Central Asia"
    assert walker.get_by_role("heading", name="3 pairs with a score of at least 0.5").is_visible()
    first = walker.locator("table.pairs tbody tr").first
    assert "Regional event for lawyers and NGOs on trafficking cases" in first.inner_text()
    assert "OiT" in first.inner_text() and "both for people of different areas: civil society" in first.inner_text()
    apart = walker.get_by_role("heading", name="Pairs that do not say closely enough")
    assert apart.is_visible() and apart.inner_text().endswith(": 4")

    walker.locator(".related").get_by_role("link", name="Gaps").click()
    walker.get_by_label("With this unit").fill("ODIHR")
    walker.get_by_role("button", name="Show").click()
    assert walker.get_by_role("heading", name="told together in no activity: 5").is_visible()
    proof = walker.locator("#main .proof").first
    proof.locator("summary").click()
    title = proof.locator("li > a").first.inner_text()
    proof.locator("li > a").first.click()
    assert walker.locator("h1").inner_text() == title
    assert walker.get_by_role("navigation", name="Breadcrumb").inner_text().startswith("Activities")

    place = walker.locator("dl.facts").first.locator("a[href^='/id/section/']").first
    where = place.inner_text()
    place.click()
    assert where.split(", ")[0] in walker.locator(".kind").inner_text()
    assert title in walker.locator("tr:target").inner_text()


def test_researcher_measures_what_can_be_reproduced(walker: Any, server: Served) -> None:
    """A network is filtered, measured, taken away as files that agree with the page, shared and cited."""
    walker.locator(".card").get_by_role("link", name="Network").click()
    assert "least=2" in walker.url
    walker.wait_for_function(READY)
    walker.get_by_label("Theme").first.select_option("thb")
    walker.get_by_role("button", name="Draw", exact=True).click()
    walker.wait_for_url("**theme=thb**")
    walker.wait_for_function(READY)
    shown = walker.evaluate("() => oscegraph.shown()")

    table = walker.locator("section[aria-labelledby=measures]")
    top = table.locator("tbody tr").first
    assert top.inner_text().startswith("International Organization for Migration")
    measures = list(csv.DictReader(io.StringIO(saved(walker, table.get_by_role("link", name="Measures as CSV")))))
    assert len(measures) == len(shown["nodes"]) and measures[0]["strength_rank"] == "1"
    assert [row["actor"] for row in measures[:3]] == table.locator("tbody th").all_inner_texts()[:3]

    files = walker.locator("section[aria-labelledby=files]")
    graph = nx.parse_graphml(saved(walker, files.get_by_role("link", name="GraphML")))
    assert len(graph) == len(shown["nodes"]) and graph.number_of_edges() == len(shown["ties"])
    iom = graph["https://w3id.org/oscegraph/id/body/iom"]
    assert sum(tie["weight"] for tie in iom.values()) == float(measures[0]["strength"])
    ties = list(csv.DictReader(io.StringIO(saved(walker, files.get_by_role("link", name="Ties as CSV")))))
    assert len(ties) == graph.number_of_edges() and all(row["chapter"] for row in ties)

    walker.locator("#role").select_option(label="funder")
    walker.wait_for_function("(most) => oscegraph.shown().ties.length < most", arg=len(ties))
    fewer = walker.evaluate("() => oscegraph.shown()")
    walker.get_by_role("button", name="Copy link").click()
    link = walker.evaluate("() => navigator.clipboard.readText()")
    walker.goto("about:blank")
    walker.goto(link)
    walker.wait_for_function(READY)
    assert walker.evaluate("() => oscegraph.shown()") == fewer

    walker.locator(".cite").get_by_role("link", name="the data set").click()
    assert "Version 0.1.0" in walker.locator("section[aria-labelledby=cite]").inner_text()


def test_journalist_checks_without_a_mouse(walker: Any) -> None:
    """A question, its evidence, the activity that two chapters tell differently, its decision, and what is not said."""
    keys = walker.keyboard
    reach(walker, walker.locator("#ask"))
    keys.type(f"On which decisions does the {CONFERENCE} rest?")
    keys.press("Enter")
    walker.wait_for_url("**/ask?q=**")
    answer = walker.locator("#answer")
    assert answer.inner_text() == "PC.DEC/991; PC.DEC/992"
    assert walker.title().startswith("On which decisions") and "Read as:" in walker.locator(".answer").inner_text()
    evidence = walker.locator("section[aria-labelledby=evidence]")
    assert evidence.locator("td.source").first.inner_text() == "II.1.2, lines 606-616"

    reach(walker, evidence.get_by_role("link", name=CONFERENCE).first)
    keys.press("Enter")
    walker.wait_for_url("**/id/activity/**")
    assert walker.get_by_role("heading", name="2 tellings side by side").is_visible()
    assert "They differ in: assistance, attendee, people reached, audience." in walker.locator("#tellings").inner_text()
    assert walker.locator("#tellings mark").count() > 3

    stated = walker.locator("#basis ul").first
    assert "PC.DEC/991" in stated.inner_text() and "PC.DEC/992" in stated.inner_text()
    reach(walker, stated.get_by_role("link").first)
    keys.press("Enter")
    walker.wait_for_url("**/id/instrument/pc-dec-99*")
    resting = walker.locator("#stated tbody tr", has_text=CONFERENCE).inner_text()
    assert "II.1.2, lines 606-616" in resting and "II.3.10, lines 2039-2041" in resting

    reach(walker, walker.get_by_role("navigation", name="Site").get_by_role("link", name="Ask"))
    keys.press("Enter")
    walker.wait_for_url("**/ask")
    reach(walker, walker.locator("#q"))
    keys.type("Who financed the controlled delivery course of 13-17 June in Montenegro?")
    keys.press("Enter")
    walker.wait_for_url("**/ask?q=Who+financed**")
    assert answer.inner_text() == "The report does not say"
    assert "That is not to say that it did not happen." in walker.locator(".answer").inner_text()


def test_developer_builds_on_the_data(walker: Any, server: Served) -> None:
    """A named query, a query of one's own, an error that helps, a file, an IRI by negotiation, and what the service says."""
    walker.locator(".card").get_by_role("link", name="SPARQL editor").click()
    walker.get_by_role("link", name="With whom did an actor take part in activities, and how often?").click()
    walker.locator("[name='p.actor']").fill("UNODC")
    walker.get_by_role("button", name="Put these into the query").click()
    walker.wait_for_url("**p.actor=UNODC**")
    run(walker)
    assert walker.locator("#rows tbody tr").count() > 50

    put(walker, "SELECT ?a WHERE { ?a a <https://w3id.org/oscegraph/ontology#Activity>")
    assert "No result" in run(walker) and "error at" in walker.locator("#failed").inner_text()
    put(walker, "PREFIX osg: <https://w3id.org/oscegraph/ontology#>\nSELECT ?a WHERE { ?a a osg:Activity }")
    assert run(walker).startswith("336 rows")
    result = json.loads(saved(walker, walker.locator("#saves").get_by_role("button", name="JSON")))
    assert result["head"]["vars"] == ["a"] and len(result["results"]["bindings"]) == 336

    iri = walker.locator("#rows tbody a").first.get_attribute("href")
    ask = """async ([path, accept]) => {
      const answer = await fetch(path, { headers: { Accept: accept } });
      return [answer.status, answer.headers.get("Content-Type"), await answer.text()];
    }"""
    for accept, format_ in (("text/turtle", ox.RdfFormat.TURTLE), ("application/ld+json", ox.RdfFormat.JSON_LD)):
        status, media_type, text = walker.evaluate(ask, [iri, accept])
        assert status == 200 and media_type.startswith(accept)
        subjects = {str(quad.subject) for quad in ox.parse(text, format=format_)}
        assert f"<https://w3id.org/oscegraph{iri}>" in subjects
    assert walker.evaluate(ask, [iri, "text/html"])[1].startswith("text/html")

    walker.get_by_role("navigation", name="Site").get_by_role("link", name="Data").click()
    assert walker.get_by_role("link", name="oscegraph-2011.ttl").is_visible()
    status, media_type, text = walker.evaluate(ask, ["/sparql", "text/turtle"])
    said = {
        (quad.predicate.value.rpartition("#")[2], str(quad.object)) for quad in ox.parse(text, format=ox.RdfFormat.TURTLE)
    }
    assert ("endpoint", f"<{server.address}/sparql>") in said


def put(page: Any, text: str) -> None:
    """Put a text into the editor."""
    page.wait_for_selector(".CodeMirror-code")
    page.evaluate("(text) => document.querySelector('.CodeMirror').CodeMirror.setValue(text)", text)


def run(page: Any) -> str:
    """Run what is in the editor and return what the page says of it."""
    page.wait_for_selector(".CodeMirror-code")
    page.locator("#run").click()
    page.wait_for_function(DONE)
    return str(page.locator("#status").text_content())
