"""The pages of tools: matrix, overlaps, gaps, network, questions, the editor, and the data as files."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Callable
from typing import Any

import networkx as nx
import openpyxl
import pyoxigraph as ox
import pytest
from click.testing import Result
from starlette.applications import Starlette
from starlette.testclient import TestClient

from oscegraph import maps, overlaps, query
from oscegraph.api import Oscegraph
from oscegraph.asking import ask
from oscegraph.asking import asked as outcome
from oscegraph.explorer import forms, map_pages, tool, tools
from oscegraph.explorer.site import Site

PAGES = (
    "/matrix",
    "/matrix?by=where&theme=thb",
    "/matrix?by=month&cell=odihr",
    "/overlaps?theme=thb",
    "/gaps",
    "/gaps?kind=activities&unit=ODIHR",
    "/network?around=UNODC",
    "/network?preset=decisions",
    "/map",
    "/ask",
    "/ask?q=Who+funded+the+workshop+in+Belgrade+in+June%3F",
    "/query",
    "/query?name=actor_ties",
    "/data",
)
NASTY = (
    '"><img src=x onerror=alert(1)>',
    "</script><script>alert(1)</script>",
    "javascript:alert(1)",
    "{{7*7}}",
    "\u202e\x00\x1b[31m",
)


@pytest.fixture(scope="module")
def client(graph: Oscegraph) -> TestClient:
    """A client of the tools alone."""
    return TestClient(Starlette(routes=tools.routes(Site(graph))))


def data(client: TestClient, address: str) -> Any:
    """Return the JSON of a tool."""
    sign = "&" if "?" in address else "?"
    found = client.get(f"{address}{sign}format=json")
    assert found.status_code == 200, found.text[:300]
    return found.json()


@pytest.mark.parametrize("address", PAGES)
def test_page_keeps_to_the_policy(client: TestClient, address: str) -> None:
    """No page has a script, style or handler inside; its ids are there once, and its scripts are files of the site."""
    found = client.get(address)
    assert found.status_code == 200
    text = found.text
    assert "<style" not in text and not re.search(r"<[^>]+\s(style|on\w+)=", text)
    scripts = re.findall(r"<script([^>]*)>", text)
    assert all('src="/' in attributes or 'type="application/json"' in attributes for attributes in scripts)
    assert not re.findall(r'(?:src|href)="(?!/|#|\?|https://)', text)
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'\sfor="([^" ]+)"', text)) <= set(ids)
    assert found.headers["etag"]
    assert client.get(address, headers={"If-None-Match": found.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("address", ["/matrix", "/overlaps", "/gaps", "/network", "/map", "/ask", "/query"])
def test_weird_words(client: TestClient, address: str) -> None:
    """What a form does not understand is refused with a message, as a page or as problem JSON, and never executed."""
    names = {
        "cell": address == "/matrix",
        "unit": address in ("/overlaps", "/gaps"),
        "around": address in ("/network", "/map"),
    }
    names |= {
        "theme": True,
        "in": True,
        "from": True,
        "by": True,
        "limit": True,
        "least": True,
        "preset": True,
        "kind": True,
    }
    names |= {"possible": True, "name": True, "p.actor": True, "type": True, "role": True, "network": True, "nothing": True}
    for name in names:
        for value in (*NASTY, "x" * 3000, "nan", "-1", "1e999"):
            found = client.get(address, params={name: value})
            assert found.status_code in (200, 400, 404), (name, value)
            assert "<img src=x" not in found.text and "alert(1)</script>" not in found.text
            if found.status_code != 200:
                assert 'role="alert"' in found.text
                said = client.get(address, params={name: value, "format": "json"})
                assert said.headers["content-type"] == "application/problem+json"
                assert said.json()["status"] == said.status_code == found.status_code and said.json()["detail"]
    assert client.get(address, params={"format": "exe"}).status_code == 400
    assert client.get(address + "?format=json&format=csv").status_code == 400


def test_network_begins_with_its_core(client: TestClient) -> None:
    """Without any words the page leads to the ties of weight 2 and more, and says so; a file without words has all."""
    found = client.get("/network", follow_redirects=False)
    assert found.status_code == 303 and found.headers["location"] == "/network?least=2"
    page = client.get("/network").text
    assert 'href="/network?preset=all"' in page and len(page) < 250_000
    core, whole = data(client, "/network?least=2"), data(client, "/network")
    assert len(core["ties"]) < len(whole["ties"]) == len(data(client, "/network?preset=all")["ties"])


def test_tools_hand_their_filters_on(client: TestClient) -> None:
    """From one tool to the next theme, place and unit stay what they were."""
    page = html.unescape(client.get("/overlaps?theme=thb&in=Central+Asia").text)
    for link in ("/activities?theme=thb&where=area%3Acentral-asia", "/matrix?theme=thb&in=Central+Asia", "/gaps?theme=thb&"):
        assert f'href="{link}' in page
    assert "`oscegraph" not in client.get("/network?around=UNODCC").text


def test_unknown_words_are_never_passed_over(client: TestClient) -> None:
    """A filter with a slip is no filter at all, so it is refused, with the name that is meant."""
    found = client.get("/matrix?tehme=thb")
    assert found.status_code == 400 and "Did you mean" in found.text and "theme" in found.text
    assert client.get("/matrix?by=month&by=where").status_code == 400
    assert client.get("/network?" + "&".join(["type=state"] * 21)).status_code == 400


def test_matrix_is_that_of_the_command(client: TestClient, run: Callable[..., Result]) -> None:
    """The matrix as JSON has the cells that the command line gives."""
    for by in ("appendix", "where", "month"):
        ours = data(client, f"/matrix?by={by}&theme=thb")
        theirs = json.loads(run("matrix", "--by", by, "--on", "thb", "--format", "json").stdout)
        assert ours == theirs


def test_matrix_cells_lead_to_activities(client: TestClient) -> None:
    """Every number leads to just so many activities, with chapter and lines; the three values are told apart."""
    text = client.get("/matrix").text
    links = re.findall(r'<td class="reported[^"]*"[^>]*><a href="([^"]+)" aria-label="(\d+):', text)
    assert len(links) == data(client, "/matrix")["counts"]["reported"]
    for link, number in links[::29]:
        page = client.get("/matrix" + html.unescape(link).partition("#")[0]).text
        section = page[page.index('id="cell"') : page.index('id="matrix"')]
        assert section.count("<tr") == int(number) + 1
        assert len(re.findall(r'href="/id/activity/[^"]+"', section.partition("<h3>")[0])) == int(number)
        assert len(re.findall(r"II\.\d\.\d+, lines? \d+", section)) >= int(number)
    assert 'class="hidden">silent' in text and '<td class="outside"' in text
    # A silent cell of which other chapters tell leads to what they tell.
    others = re.findall(r'<td class="silent[^"]*"[^>]*><a href="([^"]+)" aria-label="silent, (\d+) told', text)
    assert len(others) == 20
    link, number = others[0]
    page = client.get("/matrix" + html.unescape(link).partition("#")[0]).text
    told = page[page.index("<h3>Told by other chapters alone") : page.index('id="matrix"')]
    assert len(re.findall(r'href="/id/activity/[^"]+"', told)) == int(number)
    assert "neither a chapter nor a row of Appendix 2" in text
    filtered = client.get("/matrix?theme=cyber&in=Serbia").text
    assert "the filters leave none" in filtered


def test_matrix_row_and_silent_cell(client: TestClient) -> None:
    """A structure alone means its whole row; a silent cell says what silence means; a wrong one is refused."""
    row = data(client, "/matrix?cell=odihr")
    assert {cell["structure"] for cell in row["cells"]} == {"https://w3id.org/oscegraph/id/body/odihr"}
    silent = next(c for c in row["cells"] if c["value"] == "silent")
    page = client.get("/matrix", params={"cell": f"odihr/{silent['theme']}/{silent['assistance']}"}).text
    assert "no statement that the structure did nothing" in page
    assert client.get("/matrix?cell=nobody/thb").status_code == 400


def test_matrix_files(client: TestClient) -> None:
    """The workbook and the CSV hold the same activities as the JSON."""
    cells = data(client, "/matrix")["cells"]
    number = sum(cell["number"] for cell in cells)
    rows = list(csv.DictReader(io.StringIO(client.get("/matrix?format=csv").text)))
    assert sum(1 for row in rows if row["activity_iri"]) == number and all(r["chapter"] for r in rows if r["activity_iri"])
    found = client.get("/matrix?format=xlsx")
    assert found.headers["content-disposition"] == 'attachment; filename="oscegraph-matrix.xlsx"'
    book = openpyxl.load_workbook(io.BytesIO(found.content))
    assert book["evidence"].max_row == number + 1


def test_overlaps_are_those_of_the_command(client: TestClient, run: Callable[..., Result]) -> None:
    """Pairs, scores, reasons and places are those of the command line."""
    ours = data(client, "/overlaps?theme=thb&unit=ODIHR&least=0.4")
    theirs = json.loads(run("overlaps", "--on", "thb", "--unit", "ODIHR", "--least", "0.4", "--format", "json").stdout)
    for key in ("filters", "weights", "total", "overlaps", *(key for _, key, _ in overlaps.APART)):
        assert ours[key] == theirs[key]
    text = client.get("/overlaps?theme=thb&unit=ODIHR&least=0.4").text
    for pair in ours["overlaps"]:
        for side in (pair["one"], pair["other"]):
            assert f'href="{side["id"].removeprefix("https://w3id.org/oscegraph")}"' in text
            assert all(f"{t['chapter']}, line" in text for t in side["tellings"])


def test_overlaps_limit_and_notes(client: TestClient) -> None:
    """What is left out is counted, with the link that adds it."""
    text = client.get("/overlaps?limit=2").text
    assert "more are not shown" in text and "more scored less" in text
    assert client.get("/overlaps?least=2").status_code == 400 and client.get("/overlaps?limit=1.5").status_code == 400


def test_gaps_are_those_of_the_command(client: TestClient, run: Callable[..., Result]) -> None:
    """The number of gaps of each kind is that of the command line, under each filter."""
    for words, options in (
        ("", ()),
        ("?theme=cyber", ("--on", "cyber")),
        ("?unit=ODIHR", ("--unit", "ODIHR")),
        ("?in=Central+Asia", ("--in", "Central Asia")),
        ("?kind=states&theme=thb", ("--kind", "states", "--on", "thb")),
    ):
        assert (
            data(client, f"/gaps{words}")["counts"] == json.loads(run("gaps", *options, "--format", "json").stdout)["counts"]
        )


def test_gaps_have_evidence(client: TestClient) -> None:
    """Each count of activities has so many activities behind it, each with its place; a limit says what is left."""
    found = data(client, "/gaps?kind=units&theme=cyber")["gaps"]
    assert found
    for row in found:
        for key in ("activities", "of_other"):
            assert [sorted(item) for item in row[key]] == [["iri", "label"], ["chapter", "lines"]] * (len(row[key]) // 2)
    text = client.get("/gaps?kind=activities&limit=1").text
    assert "more. <a" in text
    assert "left out under a filter by unit" in client.get("/gaps?unit=ODIHR").text
    alone = client.get("/gaps?kind=decisions&in=Serbia")
    assert alone.status_code == 200 and "left out under a filter by place" in alone.text
    assert "Kosovo is no participating State" in client.get("/gaps?kind=states&in=Kosovo").text
    met = data(client, "/gaps?kind=units")["gaps"]
    assert any(row["may_have_met"] for row in met) and not met[0]["may_have_met"]
    rows = list(csv.DictReader(io.StringIO(client.get("/gaps?format=csv").text)))
    assert {row["gap"] for row in rows} == {"units", "states", "decisions", "activities"}


def test_network_is_that_of_the_command(client: TestClient, run: Callable[..., Result]) -> None:
    """The network as JSON and GraphML has the nodes and ties of the command line."""
    ours = data(client, "/network?theme=drugs&least=2")
    theirs = json.loads(run("network", "--on", "drugs", "--least", "2", "--format", "json").stdout)
    assert {node["id"] for node in ours["nodes"]} == {node["id"] for node in theirs["nodes"]}
    ends = [{(tie["source"], tie["target"], tie["weight"]) for tie in each["ties"]} for each in (ours, theirs)]
    assert ends[0] == ends[1]
    found = nx.parse_graphml(client.get("/network?theme=drugs&least=2&format=graphml").text)
    assert len(found) == len(ours["nodes"]) and found.number_of_edges() == len(ours["ties"])
    rows = client.get("/network?theme=drugs&least=2&format=measures-json").json()["rows"]
    ranked = json.loads(run("rank", "strength", "--on", "drugs", "--least", "2", "--limit", "0", "--format", "json").stdout)
    by_id = {row["actor"]["iri"]: row for row in rows}
    assert all(by_id[item["id"]]["strength_rank"] == item["strength_rank"] for item in ranked)


@pytest.mark.parametrize("address", ["/network?around=UNODC", "/network?preset=themes", "/network?preset=decisions", "/map"])
def test_map_has_the_data_of_the_file(client: TestClient, graph: Oscegraph, address: str) -> None:
    """What the page fetches is what the file of `oscegraph map` holds: the same facts, places and ties."""
    source = html.unescape(re.search(r'data-source="([^"]+)"', client.get(address).text)[1])  # type: ignore[index]
    answer = client.get(address.partition("?")[0] + source)
    assert answer.headers["etag"] and answer.headers["content-type"] == "application/json"
    site = Site(graph)
    words = forms.Words([tuple(part.split("=")) for part in address.partition("?")[2].split("&") if part])  # type: ignore[misc]
    drawing = map_pages.draw(site, map_pages.read(site, words, "places" if address == "/map" else "all"))
    whole = maps.html(drawing, graph.store, graph.directory)
    for name in ("data", "vis-nodes", "vis-ties", "vis-options"):
        mark = re.compile(rf'<script type="application/json" id="{name}">(.*?)</script>', re.DOTALL)
        ours, theirs = answer.json()[name], json.loads(mark.search(whole)[1])  # type: ignore[index]
        if name == "vis-nodes":
            theirs = [{key: node[key] for key in ("id", "shape", "size", "x", "y")} for node in theirs]
        if name == "vis-ties":
            theirs = [{"from": tie["from"], "to": tie["to"]} for tie in theirs]
        assert ours == theirs


def test_map_script_and_style_are_those_of_the_file() -> None:
    """Every line of the map's scripts is served, but for its root; every rule of its style holds inside of it only."""
    served = map_pages.script()
    for name in ("state.js", "draw.js", "page.js"):
        for line in maps.ASSETS.joinpath("map", name).read_text("utf-8").splitlines():
            assert line.replace("document.documentElement", 'document.querySelector(".map-tool")') in served
    assert "document.documentElement" not in served
    style = map_pages.style()
    selectors = [s.strip() for s in re.findall(r"([^{}]+)\{", re.sub(r"@media[^{]+\{", "", style))]
    assert len(selectors) > 60
    assert all(one.strip().startswith(".map-tool") for selector in selectors for one in selector.split(","))
    source = maps.ASSETS.joinpath("map", "map.css").read_text("utf-8")
    assert re.findall(r"\{[^{}]*\}", style) == re.findall(r"\{[^{}]*\}", source)


def test_map_around_by_any_name(client: TestClient) -> None:
    """An actor is named by acronym, label or IRI; an unknown one and an empty network say so."""
    pages = [
        client.get("/network", params={"around": name}).text
        for name in ("UNODC", "https://w3id.org/oscegraph/id/body/unodc")
    ]
    assert all("United Nations Office on Drugs and Crime: who it worked with" in page for page in pages)
    assert "around UNODC" not in client.get("/map?around=UNODC").text
    assert client.get("/map?around=UNODC").status_code == 200
    found = client.get("/network?around=UNODCC")
    assert found.status_code == 404 and "UNODC" in found.text
    empty = client.get("/network?theme=forensics&from=2011-01&to=2011-01&least=90")
    assert empty.status_code == 404 and "no tie" in empty.text
    assert client.get("/network?around=UNODC&preset=themes").status_code == 400
    assert client.get("/network?preset=decisions&theme=thb").status_code == 400


def test_a_reading_can_be_chosen(client: TestClient) -> None:
    """What a question is asked back with leads to its answers; a number that is none is refused."""
    question = "Who organized the training in Pristina?"
    page = client.get("/ask", params={"q": question}).text
    assert "That can be read in several ways" in page
    link = re.search(r'href="(/ask\?q=[^"]*reading=1)"', page)
    assert link is not None
    told = client.get(html.unescape(link[1])).text
    assert "Read as:" in told and "That can be read in several ways" not in told
    for reading in ("x", "-1", "10", "1.5"):
        assert client.get("/ask", params={"q": question, "reading": reading}).status_code == 400


def test_ask_tells_the_kinds_of_no_apart(client: TestClient, asker: ask.Asker) -> None:
    """An answer has its reading, evidence and query; each kind of no has words of its own."""
    found = client.get("/ask", params={"q": "Who funded the workshop in Belgrade in June?"}).text
    assert ">Norway</a>" in found and "Read as:" in found and "II.1.1, lines 343-359" in found
    assert re.search(r'href="/id/activity/[^"]+">Regional Workshop', found) and 'href="/query?query=' in found
    titles = {title for title, _ in _says().values()}
    assert len(titles) == len(_says()) == 7
    for question in (
        "How much money did Norway give?",
        "xyzzy",
        "How many people attended the conference on forced labour?",
    ):
        title = _says()[asker.ask(question).status][0]
        assert f">{title}</h2>" in client.get("/ask", params={"q": question}).text
        assert data(client, f"/ask?q={question}") == asker.ask(question).as_dict()


def _says() -> dict[str, tuple[str, str]]:
    from oscegraph.explorer import ask_pages

    return ask_pages.SAYS


def test_ask_examples_are_answered(client: TestClient) -> None:
    """Every example that is shown has an answer; there are some."""
    questions = data(client, "/ask")["examples"]
    assert len(questions) >= 4
    assert all(data(client, f"/ask?q={question}")["status"] == outcome.ANSWERED for question in questions)
    assert client.get("/ask", params={"q": "why " * 2000}).status_code == 200


def test_editor_holds_every_named_query(client: TestClient, graph: Oscegraph) -> None:
    """Each named query is listed, and its text stands in the editor and is SPARQL; values are put in by name."""
    listed = client.get("/query").text
    for found in query.catalogue():
        assert f'href="/query?name={found.name}"' in listed
        page = client.get(f"/query?name={found.name}")
        text = html.unescape(re.search(r"<textarea[^>]*>(.*?)</textarea>", page.text, re.DOTALL)[1])  # type: ignore[index]
        assert not text.startswith("#+")
        graph.store.select(text)
        assert all(f'name="p.{parameter.name}"' in page.text for parameter in found.parameters)
    bound = data(client, "/query?name=actor_partners&p.actor=UNODC&p.theme=drugs")["query"]
    assert "<https://w3id.org/oscegraph/id/body/unodc>" in bound and "vocab/theme/drugs>" in bound
    assert client.get("/query?name=nothing").status_code == 400
    assert client.get("/query?name=actor_ties&query=ASK").status_code == 400
    assert client.get("/query?name=actor_ties&p.actor=Nobody+at+all").status_code == 404


def test_editor_starts_with_a_query_that_runs(client: TestClient, graph: Oscegraph) -> None:
    """An empty editor has the prefixes of the project and a query with rows; the terms for completion are there."""
    text = data(client, "/query")["query"]
    assert len(query.run(graph.store, query.parse_query("start", text))) == 20
    about = json.loads(re.search(r'id="about">(.*?)</script>', client.get("/query").text, re.DOTALL)[1])  # type: ignore[index]
    assert ["osg:tells", "tells", "property"] in about["terms"] and about["prefixes"]["osg"].endswith("ontology#")
    assert any(term == "theme:thb" for term, *_ in about["terms"])
    shown = client.get("/query", params={"query": "</textarea><script>alert(1)</script>"}).text
    assert "</textarea><script>" not in shown


def test_data_files_are_the_whole_graph(client: TestClient, graph: Oscegraph) -> None:
    """Each file of the whole graph parses back to the same triples."""
    assert client.get("/data").status_code == 200
    whole = {
        str(triple)
        for triple in graph.store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o FILTER(!isBlank(?s) && !isBlank(?o)) }")
    }
    for name, format_ in (
        ("ttl", ox.RdfFormat.TURTLE),
        ("nt", ox.RdfFormat.N_TRIPLES),
        ("nq", ox.RdfFormat.N_QUADS),
        ("jsonld", ox.RdfFormat.JSON_LD),
    ):
        found = client.get(f"/data/oscegraph-2011.{name}")
        quads = ox.parse(found.content, format=format_)
        assert {str(q.triple) for q in quads if "_:" not in str(q.triple)} == whole
    assert client.get("/data/oscegraph-2011.csv").text.startswith("telling,activity,chapter")
    assert client.get("/data/..%2f..%2fpyproject.toml").status_code == 404


def test_memo_makes_once_and_forgets_failures() -> None:
    """A result is made once and the oldest goes first; what failed is tried again."""
    memo, made = tool.Memo(2), []
    for key in (1, 1, 2, 3, 1):
        memo.get(key, lambda key=key: made.append(key) or key)
    assert made == [1, 2, 3, 1]
    with pytest.raises(ZeroDivisionError):
        memo.get("bad", lambda: 1 / 0)
    assert memo.get("bad", lambda: "good") == "good"
