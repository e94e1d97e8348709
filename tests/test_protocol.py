"""The SPARQL 1.1 Protocol over a real server: the query tests of the W3C under their names, and what they leave open."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from oscegraph.endpoint import media
from oscegraph.store_files import MARKER
from serving import Reply, Served, served

DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
DOCUMENT = ox.NamedNode("http://xmlns.com/foaf/0.1/Document")
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
JSON = "application/sparql-results+json"
# The data of the tests of the W3C (w3c/rdf-tests, sparql11/protocol), each in a graph of its own name.
TYPED = "<{0}> a ?type"


@pytest.fixture(scope="module", params=["keep-alive", "close"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server over a store with three named graphs of one triple, and a triple in the default graph.

    All is asked twice, as the server has a short way for usual requests, and another for the rest.
    """
    folder = tmp_path_factory.mktemp("store")
    store = ox.Store(str(folder / "db"))
    for number in (1, 2, 3):
        name = ox.NamedNode(DATA.format(number))
        store.add(ox.Quad(name, TYPE, DOCUMENT, name))
    store.add(ox.Quad(ox.NamedNode("http://example.org/default"), TYPE, DOCUMENT))
    store.flush()
    del store
    (folder / MARKER).write_text("oscegraph\n", encoding="utf-8")
    with served("--data", str(folder)) as found:
        found.connection = request.param
        yield found


def _address(**parameters: str | list[str]) -> str:
    return "/sparql/?" + urlencode(parameters, doseq=True, quote_via=quote)


def _direct(server: Served, text: str, target: str = "/sparql/", **headers: str) -> Reply:
    return server.ask(target, "POST", text, content_type=DIRECT, **headers)


def _is_true(reply: Reply) -> bool:
    assert (reply.status, reply.media_type) == (200, JSON)
    found: bool = json.loads(reply.body)["boolean"]
    return found


def _is_problem(reply: Reply, status: int) -> None:
    assert (reply.status, reply.media_type) == (status, "application/problem+json")
    assert json.loads(reply.body)["status"] == status


# --- The twenty query tests of the W3C -------------------------------------------------------------------------------


def test_query_post_form(server: Served) -> None:
    """A query in a form, and a dataset in the address."""
    target = _address(**{"default-graph-uri": DATA.format(0)})
    assert _is_true(server.ask(target, "POST", "query=ASK%20%7B%7D", content_type=FORM))


@pytest.mark.parametrize(
    "post", [False, True], ids=["query_dataset_default_graphs_get", "query_dataset_default_graphs_post"]
)
def test_query_dataset_default_graphs(server: Served, post: bool) -> None:
    """Two default graphs are taken together, and hold nothing of the third."""
    graphs = [DATA.format(1), DATA.format(2)]
    both = " . ".join(TYPED.format(graph) for graph in graphs)
    third = TYPED.format(DATA.format(3))
    for text, truth in ((f"ASK {{ {both} }}", True), (f"ASK {{ {third} }}", False)):
        if post:
            reply = _direct(server, text, _address(**{"default-graph-uri": graphs}))
        else:
            reply = server.ask(_address(query=text, **{"default-graph-uri": graphs}))
        assert _is_true(reply) is truth


@pytest.mark.parametrize("post", [False, True], ids=["query_dataset_named_graphs_get", "query_dataset_named_graphs_post"])
def test_query_dataset_named_graphs(server: Served, post: bool) -> None:
    """Two named graphs are there to be asked; the default graph is then empty, and the third graph is not there."""
    graphs = [DATA.format(1), DATA.format(2)]
    both = " ".join(f"GRAPH ?g{number} {{ {TYPED.format(graph)} }}" for number, graph in enumerate(graphs))
    third = f"GRAPH ?g {{ {TYPED.format(DATA.format(3))} }}"
    for text, truth in ((f"ASK {{ {both} }}", True), (f"ASK {{ {third} }}", False), ("ASK { ?s ?p ?o }", False)):
        if post:
            reply = _direct(server, text, _address(**{"named-graph-uri": graphs}))
        else:
            reply = server.ask(_address(query=text, **{"named-graph-uri": graphs}))
        assert _is_true(reply) is truth


def test_query_dataset_full(server: Served) -> None:
    """Default and named graphs together."""
    one, two, three = (DATA.format(number) for number in (1, 2, 3))
    text = (
        f"ASK {{ {TYPED.format(three)} GRAPH ?g1 {{ {TYPED.format(one)} }} GRAPH ?g2 {{ {TYPED.format(two)} }} "
        f"FILTER NOT EXISTS {{ {TYPED.format(one)} }} FILTER NOT EXISTS {{ GRAPH ?g3 {{ {TYPED.format(three)} }} }} }}"
    )
    assert _is_true(_direct(server, text, _address(**{"default-graph-uri": three, "named-graph-uri": [one, two]})))


def test_query_multiple_dataset(server: Served) -> None:
    """The dataset of the protocol goes before that of the query."""
    one, two, three = (DATA.format(number) for number in (1, 2, 3))
    target = _address(**{"named-graph-uri": [one, two]})
    text = f"ASK FROM <{three}> {{ GRAPH ?g1 {{ {TYPED.format(one)} }} GRAPH ?g2 {{ {TYPED.format(two)} }} }}"
    assert _is_true(_direct(server, text, target))
    assert not _is_true(_direct(server, f"ASK FROM <{three}> {{ {TYPED.format(three)} }}", target))


def test_query_get(server: Served) -> None:
    """A query in the address."""
    assert _is_true(server.ask(_address(query="ASK {}", **{"default-graph-uri": DATA.format(0)})))


def test_query_post_direct(server: Served) -> None:
    """A query as the body."""
    assert _is_true(_direct(server, "ASK {}"))


def test_query_content_type_select(server: Served) -> None:
    """Rows come in a format of results."""
    reply = _direct(server, "SELECT (1 AS ?value) {}", _address(**{"default-graph-uri": DATA.format(0)}))
    assert (reply.status, reply.media_type) == (200, JSON)
    (row,) = json.loads(reply.body)["results"]["bindings"]
    assert row["value"]["value"] == "1"


def test_query_content_type_ask(server: Served) -> None:
    """So does yes or no."""
    assert _is_true(_direct(server, "ASK {}", _address(**{"default-graph-uri": DATA.format(0)})))


@pytest.mark.parametrize(
    ("text", "triples"),
    [("DESCRIBE <http://example.org/>", 0), ("CONSTRUCT { <s> <p> 1 } WHERE {}", 1)],
    ids=["query_content_type_describe", "query_content_type_construct"],
)
def test_query_content_type_graph(server: Served, text: str, triples: int) -> None:
    """Triples come as RDF; a relative IRI is one of the project's."""
    reply = _direct(server, text, _address(**{"default-graph-uri": DATA.format(0)}))
    assert (reply.status, reply.media_type) == (200, "text/turtle")
    found = list(ox.parse(reply.body, format=ox.RdfFormat.TURTLE))
    assert len(found) == triples
    assert not found or found[0].subject == ox.NamedNode("https://w3id.org/oscegraph/s")


def test_bad_query_method(server: Served) -> None:
    """Other methods are told which there are."""
    for method in ("PUT", "DELETE", "PATCH"):
        reply = server.ask(_address(query="ASK {}"), method, content_type=FORM)
        _is_problem(reply, 405)
        assert reply.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_bad_multiple_queries(server: Served) -> None:
    """Two queries are one too many, wherever they are."""
    two = "query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D"
    _is_problem(server.ask(f"/sparql/?{two}"), 400)
    _is_problem(server.ask("/sparql/", "POST", two, content_type=FORM), 400)
    _is_problem(server.ask(_address(query="ASK {}"), "POST", "query=ASK%20%7B%7D", content_type=FORM), 400)
    _is_problem(_direct(server, "ASK {}", _address(query="ASK {}")), 400)


def test_bad_query_wrong_media_type(server: Served) -> None:
    """A body of another type is no query."""
    reply = server.ask("/sparql/", "POST", "ASK {}", content_type="text/plain")
    _is_problem(reply, 415)
    assert DIRECT in reply.headers["accept-post"]


def test_bad_query_missing_form_type(server: Served) -> None:
    """A form must say that it is one."""
    _is_problem(server.ask("/sparql/", "POST", "query=ASK%20%7B%7D"), 415)


def test_two_types_of_one_body(server: Served) -> None:
    """A body that is said to be two things, or packed in two ways, is none."""
    for two in ("content_type", "content_encoding"):
        one = {"content_type": DIRECT, "content_encoding": "identity"}[two]
        other = {"content_type": "text/plain", "content_encoding": "gzip"}[two]
        given = {"content_type": DIRECT} | {two: f"{one}\r\n{two.replace('_', '-')}: {other}"}
        _is_problem(server.ask("/sparql/", "POST", "ASK {}", **given), 415)


def test_what_is_kept_is_given_to_no_other_question(server: Served) -> None:
    """The same text with another format, dataset, method or base, in any order, has its own answer each time."""
    text = f"SELECT * {{ {TYPED.format(DATA.format(1))} }}"
    one, two = DATA.format(1), DATA.format(2)
    for _ in range(2):
        rows = [
            len(json.loads(server.ask(_address(query=text, **{"default-graph-uri": graph})).body)["results"]["bindings"])
            for graph in (one, two, one)
        ]
        assert rows == [1, 0, 1]
        assert not json.loads(server.ask(_address(query=text)).body)["results"]["bindings"]
        assert not json.loads(server.ask(_address(query=text, **{"named-graph-uri": one})).body)["results"]["bindings"]
        head = server.ask(_address(query=text, **{"default-graph-uri": one}), "HEAD")
        assert (head.status, head.body) == (200, b"")
        for accept in ("text/csv", JSON, "application/sparql-results+xml", "image/png", "text/tab-separated-values;q=0.1"):
            reply = server.ask(_address(query=text, **{"default-graph-uri": one}), accept=accept)
            assert reply.media_type == (accept.partition(";")[0] if reply.status == 200 else "application/problem+json")
            assert reply.headers["vary"] == "Accept"
        # The prefix of the project, and the same letters as one of their own.
        assert _is_true(server.ask(_address(query="ASK { FILTER(STRSTARTS(STR(osg:), 'https://w3id.org/')) }")))
        assert not _is_true(
            server.ask(_address(query="PREFIX osg: <a:b> ASK { FILTER(STRSTARTS(STR(osg:), 'https://w3id.org/')) }"))
        )


def test_bad_query_missing_direct_type(server: Served) -> None:
    """A query must say that it is one."""
    _is_problem(server.ask("/sparql/", "POST", "ASK {}"), 415)


def test_bad_query_non_utf8(server: Served) -> None:
    """Text is UTF-8."""
    text = "ASK {}".encode("utf-16")
    _is_problem(server.ask("/sparql/", "POST", text, content_type=f"{DIRECT}; charset=UTF-16"), 415)
    _is_problem(server.ask("/sparql/", "POST", text, content_type=DIRECT), 400)
    _is_problem(server.ask("/sparql/?query=ASK%20%7B%7D%20%23%ff"), 400)
    _is_problem(server.ask("/sparql/", "POST", b"query=ASK%20%7B%7D%20%23\xff", content_type=FORM), 400)


def test_bad_query_syntax(server: Served) -> None:
    """What is no SPARQL is told with its place."""
    reply = server.ask("/sparql/?query=ASK%20%7B")
    _is_problem(reply, 400)
    assert "1:6" in json.loads(reply.body)["detail"]


# --- Updates, of which the W3C says that they fail in these seven ways, and here in every way ------------------------


@pytest.mark.parametrize("text", ["CLEAR ALL", "INSERT DATA { <a> <b> <c> }", "LOAD <http://example.org/>", "DROP NAMED"])
def test_no_update_in_any_way(server: Served, text: str) -> None:
    """There is no way to change anything."""
    replies = [
        server.ask(_address(update=text)),
        server.ask("/sparql/", "POST", urlencode({"update": text}), content_type=FORM),
        server.ask("/sparql/", "POST", urlencode({"query": "ASK {}", "update": text}), content_type=FORM),
        server.ask("/sparql/", "POST", text, content_type="application/sparql-update"),
        server.ask("/sparql/", "POST", text, content_type="text/plain"),
        _direct(server, text),
        server.query(text),
        server.ask(_address(query="ASK {}", **{"using-graph-uri": DATA.format(1)})),
        server.ask("/update", "POST", text, content_type="application/sparql-update"),
        server.ask("/sparql/", "PUT", text),
    ]
    assert {reply.status // 100 for reply in replies} == {4}
    assert server.query("SELECT * { ?s ?p ?o }", accept="text/csv").text.count("\r\n") == 2


# --- What else the protocol and HTTP ask for --------------------------------------------------------------------------


def test_no_query(server: Served) -> None:
    """A request without a query says so."""
    _is_problem(server.ask(_address(**{"default-graph-uri": DATA.format(1)})), 400)
    _is_problem(server.ask("/sparql", "POST", "", content_type=FORM), 400)
    _is_problem(_direct(server, ""), 400)


@pytest.mark.parametrize("text", ["100%25", "a+b", "ü\u2028𝄞", "a&query=b", "%2B"])
def test_a_query_is_decoded_once(server: Served, text: str) -> None:
    """What a client sends is what is read, in all three ways."""
    asked = f'SELECT ("{text}" AS ?x) {{}}'
    form = urlencode({"query": asked})
    replies = [server.query(asked), _direct(server, asked), server.ask("/sparql", "POST", form, content_type=FORM)]
    assert [json.loads(reply.body)["results"]["bindings"][0]["x"]["value"] for reply in replies] == [text] * 3


def test_a_graph_needs_an_absolute_name(server: Served) -> None:
    """A dataset is named by IRIs; nothing of it is ever fetched, so that a file that is there is like one that is not."""
    _is_problem(server.ask(_address(query="ASK {}", **{"default-graph-uri": "no iri"})), 400)
    for name in (Path(__file__).as_uri(), "file:///nowhere", "http://127.0.0.1:1/", DATA.format(9)):
        for way in ("default-graph-uri", "named-graph-uri"):
            for text in ("ASK { ?s ?p ?o }", "ASK { GRAPH ?g { ?s ?p ?o } }"):
                assert not _is_true(server.ask(_address(query=text, **{way: name})))
        assert not _is_true(server.query(f"ASK FROM <{name}> {{ ?s ?p ?o }}"))
        assert not _is_true(server.query(f"ASK FROM NAMED <{name}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"))


@pytest.mark.parametrize("media_type", media.RESULTS)
def test_formats_of_rows(server: Served, media_type: str) -> None:
    """Rows can be had in each format, and say the same in each, odd characters included."""
    odd = 'a\\"b\\n\\r\\t<&>\\\\,;\\u00e9\\U0001D11E'
    reply = server.query(f'SELECT ("{odd}" AS ?x) ("y"@en AS ?y) (<http://example.org/> AS ?z) {{}}', accept=media_type)
    assert (reply.status, reply.media_type) == (200, media_type)
    assert reply.headers["vary"] == "Accept"
    meant = 'a"b\n\r\t<&>\\,;é𝄞'
    if media_type.endswith("json"):
        row = json.loads(reply.body)["results"]["bindings"][0]
        assert (row["x"]["value"], row["y"]["xml:lang"]) == (meant, "en")
    elif media_type.endswith("xml"):
        found = ET.fromstring(reply.body).findall(".//{*}literal")
        assert [element.text for element in found] == [meant, "y"]
    elif media_type == "text/csv":
        assert list(csv.reader(io.StringIO(reply.text, newline=""))) == [
            ["x", "y", "z"],
            [meant, "y", "http://example.org/"],
        ]
    else:
        head, row, end = reply.text.split("\n")
        assert (head, end) == ("?x\t?y\t?z", "")
        (parsed,) = ox.parse(f"<a:a> <a:b> {row.split(chr(9))[0]} .", format=ox.RdfFormat.N_TRIPLES)
        assert getattr(parsed.object, "value", "") == meant


@pytest.mark.parametrize("media_type", media.RESULTS)
def test_formats_of_truth(server: Served, media_type: str) -> None:
    """Yes or no can be had in each format of rows."""
    reply = server.query("ASK {}", accept=media_type)
    assert (reply.status, reply.media_type) == (200, media_type)
    assert b"true" in reply.body


@pytest.mark.parametrize("media_type", media.GRAPHS)
def test_formats_of_triples(server: Served, media_type: str) -> None:
    """Triples can be had in each format."""
    reply = server.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", accept=media_type)
    assert (reply.status, reply.media_type) == (200, media_type)
    (quad,) = ox.parse(reply.body, format=getattr(ox.RdfFormat, media.GRAPHS[media_type]))
    assert quad.triple == ox.Triple(ox.NamedNode("http://example.org/default"), TYPE, DOCUMENT)


@pytest.mark.parametrize(
    ("accept", "text", "media_type"),
    [
        ("", "ASK {}", JSON),
        ("*/*", "ASK {}", JSON),
        ("text/html, application/xhtml+xml, application/xml;q=0.9, */*;q=0.8", "ASK {}", "application/xml"),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.4", "SELECT * {}", "text/tab-separated-values"),
        ("text/*", "SELECT * {}", "text/csv"),
        ("*/*;q=0.5, application/sparql-results+json;q=0", "ASK {}", "application/sparql-results+xml"),
        ("application/n-triples;q=0.3, application/ld+json ; q=0.9", "CONSTRUCT WHERE { ?s ?p ?o }", "application/ld+json"),
        ("text/turtle;charset=utf-8", "DESCRIBE <a:b>", "text/turtle"),
        ("rubbish, text/csv", "SELECT * {}", "text/csv"),
    ],
)
def test_the_client_chooses(server: Served, accept: str, text: str, media_type: str) -> None:
    """Weights and ranges of the Accept header decide."""
    reply = server.query(text, accept=accept)
    assert (reply.status, reply.media_type) == (200, media_type)


@pytest.mark.parametrize(
    ("accept", "text"),
    [("text/html", "ASK {}"), ("text/turtle", "SELECT * {}"), ("text/csv", "DESCRIBE <a:b>"), ("*/*;q=0", "ASK {}")],
)
def test_not_acceptable(server: Served, accept: str, text: str) -> None:
    """What a client cannot read is not sent; it is told what there is."""
    reply = server.query(text, accept=accept)
    _is_problem(reply, 406)
    assert set(json.loads(reply.body)["formats"]) == set(media.GRAPHS if "DESCRIBE" in text else media.RESULTS)
    assert reply.headers["vary"] == "Accept"


def test_a_format_in_the_address(server: Served) -> None:
    """`format` and `output` go before the header, as a short name or a media type."""
    for way in ("format", "output"):
        for name, media_type in (("csv", "text/csv"), ("xml", "application/sparql-results+xml"), (JSON, JSON)):
            assert server.ask(_address(query="SELECT * {}", **{way: name}), accept="text/html").media_type == media_type
    assert server.ask(_address(query="DESCRIBE <a:b>", format="json")).media_type == "application/ld+json"
    assert (
        server.ask("/sparql?query=ASK{}&format=application/sparql-results+xml").media_type
        == "application/sparql-results+xml"
    )
    _is_problem(server.ask(_address(query="ASK {}", format="pdf")), 400)


def test_what_xml_cannot_hold(server: Served) -> None:
    """A character that XML has no way to write makes the query fail in XML, and in XML only."""
    text = 'SELECT ("a\\u0000b" AS ?x) {}'
    _is_problem(server.query(text, accept="application/sparql-results+xml"), 406)
    assert json.loads(server.query(text).body)["results"]["bindings"][0]["x"]["value"] == "a\x00b"


def test_head_and_options(server: Served) -> None:
    """HEAD has the headers of GET and no body, and OPTIONS says what may be done."""
    target = _address(query="SELECT * { ?s ?p ?o }")
    head, get = server.ask(target, "HEAD"), server.ask(target)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"] == str(len(get.body))
    options = server.ask("/sparql", "OPTIONS")
    assert (options.status, options.headers["allow"], options.body) == (204, "GET, HEAD, POST, OPTIONS", b"")
    assert "access-control-allow-origin" not in options.headers


def test_odd_bodies(server: Served) -> None:
    """Compressed bodies and other charsets are refused; those that are as they should be are taken."""
    _is_problem(server.ask("/sparql", "POST", b"\x1f\x8b", content_type=DIRECT, content_encoding="gzip"), 415)
    assert _is_true(_direct(server, "ASK {}", content_encoding="identity"))
    assert _is_true(server.ask("/sparql", "POST", "ASK {}", content_type=f'{DIRECT}; charset="UTF-8"'))
    assert _is_true(server.ask("/sparql", "POST", "query=ASK+%7B%7D", content_type=f"{FORM.upper()};charset=utf-8"))
    _is_problem(server.ask("/sparql", "POST", "&".join(f"a{n}=1" for n in range(200_000))[:900_000], content_type=FORM), 400)


def test_prefixes_of_the_project_may_be_left_out(server: Served) -> None:
    """A prefix that the project knows needs no declaration; one that it does not know does."""
    assert _is_true(server.query("ASK { BIND(osg:Activity AS ?x) }"))
    reply = server.query("ASK { ?s foo:bar ?o }")
    _is_problem(reply, 400)
    assert "PREFIX foo:" in json.loads(reply.body)["detail"]


# --- The description of the service -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "media_type", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_the_service_describes_itself(server: Served, media_type: str) -> None:
    """Without a query, the address gives what the service is and how large its data are, in each format of RDF."""
    reply = server.ask("/sparql", accept=media_type)
    assert (reply.status, reply.media_type) == (200, media_type)
    store = ox.Store()
    store.bulk_load(reply.body, format=getattr(ox.RdfFormat, media.GRAPHS[media_type]))
    text = (
        "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> PREFIX void: <http://rdfs.org/ns/void#> "
        "SELECT ?endpoint ?triples ?classes ?properties ?members (COUNT(?format) AS ?formats) { "
        "?service a sd:Service ; sd:endpoint ?endpoint ; sd:supportedLanguage sd:SPARQL11Query ; sd:resultFormat ?format ; "
        "sd:defaultDataset ?data . ?data void:triples ?triples ; void:classes ?classes ; void:properties ?properties ; "
        "void:classPartition [ void:class ?class ; void:entities ?members ] } "
        "GROUP BY ?endpoint ?triples ?classes ?properties ?members"
    )
    rows = store.query(text)
    assert isinstance(rows, ox.QuerySolutions)
    found = [[getattr(term, "value", "") for term in row] for row in rows]
    assert found == [[f"{server.address}/sparql", "1", "1", "1", "1", "11"]]


def test_a_browser_is_sent_to_the_editor(server: Served) -> None:
    """Who opens the address of the endpoint gets a page to write queries on; the well-known address leads to it too."""
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    reply = server.ask("/sparql", accept=browser)
    assert (reply.status, reply.headers["location"]) == (303, "/query")
    assert server.ask("/sparql?format=turtle", accept=browser).media_type == "text/turtle"
    reply = server.ask("/.well-known/void", accept="text/turtle")
    assert (reply.status, reply.headers["location"]) == (303, "/sparql")
    _is_problem(server.ask("/sparql", accept="image/png"), 406)
