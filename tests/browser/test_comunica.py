"""Comunica, a SPARQL engine for browsers, asks the endpoint from a page of another site that `--cors` names."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pyoxigraph as ox
import pytest

from conftest import ROOT
from oscegraph.api import Oscegraph
from serving import Served, served

# Made by `make comunica` out of packages of npm, as none of them has it as one file.
BUNDLE = ROOT / "build" / "comunica.js"
UNODC = "https://w3id.org/oscegraph/id/body/unodc"
NOTES = f'@prefix ex: <http://example.org/> . <{UNODC}> ex:note "ours" . ex:unknown ex:note "nowhere else" .'
PREFIXES = (
    "PREFIX osg: <https://w3id.org/oscegraph/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    "PREFIX ex: <http://example.org/> "
)
PAGE = b'<!doctype html><html lang="en"><meta charset="utf-8"><title>Friend</title><script src="/comunica.js"></script>'
ASK = """async ([text, sources]) => {
  const told = term => term && [term.value, term.language || term.datatype?.value || ""];
  try {
    const found = await new Comunica.QueryEngine().query(text, {sources});
    if (found.resultType === "boolean") return {truth: await found.execute()};
    const variables = found.resultType === "bindings" ? (await found.metadata()).variables : [];
    const rows = await (await found.execute()).toArray();
    if (found.resultType === "quads") return {rows: rows.map(q => [q.subject, q.predicate, q.object].map(told))};
    return {rows: rows.map(row => variables.map(variable => told(row.get(variable)) ?? null))};
  } catch (error) {
    return {error: String(error)};
  }
}"""


class _Friend(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answer with the page, the engine or notes in Turtle."""
        kind, body = {
            "/": ("text/html", PAGE),
            "/comunica.js": ("text/javascript", BUNDLE.read_bytes()),
            "/notes.ttl": ("text/turtle", NOTES.encode()),
        }.get(self.path, ("text/plain", b""))
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def friend() -> Iterator[int]:
    """The port of a site with a page that has Comunica."""
    assert BUNDLE.is_file(), "no Comunica found: run `make comunica`, which needs npm"
    with ThreadingHTTPServer(("127.0.0.1", 0), _Friend) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def endpoint(friend: int) -> Iterator[Served]:
    """A server of the packaged graph with short limits, that pages of the friend may ask."""
    with served("--cors", f"http://127.0.0.1:{friend}", "--timeout", "3", "--rows", "5000") as found:
        yield found


class Client:
    """Comunica in a page."""

    def __init__(self, page: Any, endpoint: Served) -> None:
        self.page, self.address = page, f"{endpoint.address}/sparql"
        self.seen: list[str] = []
        page.on("request", lambda request: self.seen.append(request.method))

    def ask(self, text: str, *sources: Any) -> dict[str, Any]:
        """Return rows, truth or error for a query to the sources, which are the endpoint as such if none are given."""
        self.seen.clear()
        told: dict[str, Any] = self.page.evaluate(ASK, [PREFIXES + text, sources or [self.endpoint]])
        return told

    @property
    def endpoint(self) -> dict[str, str]:
        """The endpoint, said to be one."""
        return {"type": "sparql", "value": self.address}


@pytest.fixture(scope="module")
def client(browser: Any, friend: int, endpoint: Served) -> Iterator[Client]:
    """Comunica in a page of the site that may ask."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"http://127.0.0.1:{friend}/")
        yield Client(page, endpoint)


def _told(term: Any) -> list[str] | None:
    if term is None:
        return None
    return [term.value, (term.language or term.datatype.value) if isinstance(term, ox.Literal) else ""]


def _here(graph: Oscegraph, text: str) -> list[list[list[str] | None]]:
    rows = [[_told(term) for term in row] for row in graph.store.select(PREFIXES + text)[1]]
    assert rows
    return rows


SELECT = "SELECT ?s ?l { ?s a osg:FieldOperation ; skos:prefLabel ?l } ORDER BY ?s"
JOIN = """SELECT ?actor ?acronym (COUNT(DISTINCT ?activity) AS ?n) {
  ?activity osg:involves ?actor . ?actor a osg:InternationalOrganization ; skos:prefLabel ?label .
  OPTIONAL { ?actor osg:acronym ?acronym } FILTER(STRLEN(?label) > 20)
} GROUP BY ?actor ?acronym ORDER BY DESC(?n) ?actor ?acronym"""


@pytest.mark.parametrize("text", [SELECT, JOIN], ids=["select", "join"])
@pytest.mark.parametrize("known", [True, False], ids=["told", "found-out"])
def test_rows_are_those_of_the_graph(client: Client, graph: Oscegraph, text: str, known: bool) -> None:
    """All rows in their order, also if Comunica has only the address and learns from the description what stands there."""
    told = client.ask(text, client.endpoint if known else client.address)
    assert told == {"rows": _here(graph, text)}
    assert len(client.seen) == (1 if known else 2)


def test_a_join_in_the_client(client: Client, graph: Oscegraph) -> None:
    """Nothing is lost or doubled where Comunica splits a query and joins the pieces itself, many requests at once."""
    empty = {"type": "serialized", "value": "", "mediaType": "text/turtle", "baseIRI": "http://example.org/"}
    told = client.ask(JOIN, client.endpoint, empty)
    expected = _here(graph, JOIN)
    assert {row[1] is None for row in expected} == {True, False}
    assert told == {"rows": expected}
    assert len(client.seen) > 2


def test_truth_and_triples(client: Client, graph: Oscegraph) -> None:
    """ASK, CONSTRUCT and DESCRIBE."""
    assert client.ask(f"ASK {{ <{UNODC}> a osg:InternationalOrganization }}") == {"truth": True}
    assert client.ask(f"ASK {{ <{UNODC}> a osg:State }}") == {"truth": False}
    made = client.ask("CONSTRUCT { ?s ex:called ?l } WHERE { ?s a osg:FieldOperation ; skos:prefLabel ?l }")
    called = ["http://example.org/called", ""]
    assert sorted(made["rows"]) == sorted([s, called, label] for s, label in _here(graph, SELECT))
    described = client.ask(f"DESCRIBE <{UNODC}>")["rows"]
    assert {row[0][0] for row in described} == {UNODC}
    assert [UNODC, "United Nations Office on Drugs and Crime"] in [[row[0][0], row[2][0]] for row in described]


def test_a_long_query_is_posted(client: Client, graph: Oscegraph) -> None:
    """What is too long for an address comes as a form."""
    values = " ".join(f"ex:nobody{number}" for number in range(500))
    text = f"SELECT ?s ?t {{ VALUES ?s {{ {values} <{UNODC}> }} ?s a ?t }}"
    assert client.ask(text) == {"rows": _here(graph, text)}
    assert client.seen == ["POST"]


@pytest.mark.parametrize("remote", [False, True], ids=["string", "file"])
def test_with_notes_of_ones_own(client: Client, graph: Oscegraph, friend: int, remote: bool) -> None:
    """One query over the endpoint and some Turtle, with the join, the filter, the optional part and the sum over both."""
    notes: Any = {"type": "serialized", "value": NOTES, "mediaType": "text/turtle", "baseIRI": "http://example.org/"}
    if remote:
        notes = f"http://127.0.0.1:{friend}/notes.ttl"
    (row,) = client.ask("SELECT ?note ?l { ?s ex:note ?note ; skos:prefLabel ?l }", client.address, notes)["rows"]
    assert [term[0] for term in row] == ["ours", "United Nations Office on Drugs and Crime"]
    text = """SELECT ?note (COUNT(?a) AS ?n) {
      ?s ex:note ?note . OPTIONAL { ?a osg:involves ?s } FILTER(STRLEN(?note) > 2)
    } GROUP BY ?note ORDER BY DESC(?n)"""
    told = client.ask(text, client.endpoint, notes)
    ((count,),) = _here(graph, f"SELECT (COUNT(?a) AS ?n) {{ ?a osg:involves <{UNODC}> }}")
    assert count is not None and int(count[0]) > 10
    assert [[term[0] for term in row] for row in told["rows"]] == [["ours", count[0]], ["nowhere else", "0"]]


PATTERNS = " . ".join(f"?s{number} a ?t{number}" for number in range(201))


@pytest.mark.parametrize(
    ("text", "status", "title"),
    [
        (f"SELECT * {{ {PATTERNS} }}", 400, "Query too large"),
        (f"SELECT * {{ ?s ?p '{'x' * 100_000}' }}", 413, "Query too large"),
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", 503, "The query took too long"),
    ],
    ids=["400", "413", "503"],
)
def test_refusals_are_read(client: Client, text: str, status: int, title: str) -> None:
    """Comunica ends with an error, at once and without asking again, that says our status and our reason."""
    error = client.ask(text)["error"]
    assert f"HTTP status {status}" in error and title in error
    assert len(client.seen) == 1


def test_an_address_where_nothing_stands(client: Client) -> None:
    """A wrong address is no empty result."""
    error = client.ask(SELECT, client.address.replace("/sparql", "/nothing"))["error"]
    assert "HTTP status 404" in error and "Nothing stands here" in error


def test_a_cut_answer_is_an_error(client: Client) -> None:
    """Rows that were sent before a limit are not taken for all there are."""
    assert client.ask("SELECT * { ?a ?b ?c . ?d ?e ?f }") == {"error": "TypeError: network error"}
    assert client.ask(f"ASK {{ <{UNODC}> ?p ?o }}") == {"truth": True}


def test_a_site_that_is_not_named_gets_nothing(client: Client, browser: Any, friend: int, endpoint: Served) -> None:
    """The same page under another name of its site is a stranger."""
    with browser.new_context() as context:
        page = context.new_page()
        page.goto(f"http://localhost:{friend}/")
        stranger = Client(page, endpoint)
        said: list[str] = []
        page.on("console", lambda message: said.append(message.text))
        assert "Failed to fetch" in stranger.ask(SELECT)["error"]
        assert any("blocked by CORS policy" in text for text in said)
    assert len(client.ask(SELECT)["rows"]) > 3
