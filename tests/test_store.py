"""store: whatever holds the data, the same queries give the same answers, and what cannot be opened says why."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import Result

import oscegraph
from oscegraph import loading, store, store_files
from oscegraph.api import Oscegraph
from oscegraph.errors import DataError, QueryError, StoreError
from oscegraph.namespaces import OSG

EX = "http://example.org/"
FACT = f"<{EX}%s> <{EX}p> <{EX}o> .\n"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
WRONG = {
    "select": ["ASK {}", "CONSTRUCT WHERE { ?s ?p ?o }", f"DESCRIBE <{EX}a>"],
    "ask": ["SELECT * {}", "CONSTRUCT WHERE { ?s ?p ?o }", f"DESCRIBE <{EX}a>"],
    "construct": ["SELECT * {}", "ASK {}"],
}
MALFORMED = [
    ("", "1:1 "),
    ("SELECT ?x WHERE { ?x }", "1:23 "),
    ("SELECT ?x\nWHERE { ?x a }", "2:15 "),
    ("SELECT ?x\n\nWHERE { ?x a ?y", "3:16 "),
    ("INSERT DATA { <a:a> <a:b> <a:c> }", "1:"),
    ("DROP ALL", "1:"),
]


def count(opened: store.Store) -> int:
    """Return the number of triples of a store."""
    _, rows = opened.select(COUNT)
    ((number,),) = rows
    assert number is not None
    return int(number.value)


def has(opened: store.Store, name: str) -> bool:
    """Whether a store has the fact of that name."""
    return opened.ask(f"ASK {{ <{EX}{name}> <{EX}p> <{EX}o> }}")


def write(path: Path, *names: str) -> str:
    """Write facts as N-Triples and return the path as a source."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(FACT % name for name in names), encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def embedded() -> store.EmbeddedStore:
    """One store in memory with one fact."""
    inner = ox.Store()
    inner.load((FACT % "a").encode(), format=ox.RdfFormat.N_TRIPLES)
    return store.EmbeddedStore(inner, "one fact")


# ------------------------------------------------------------------------------------------------ what can be opened


def test_nothing_opens_the_packaged_graph() -> None:
    """Without a source it is the packaged graph, with derived facts and the ontology."""
    opened = store_files.open_store()
    assert opened.origin == "the packaged graph"
    assert count(opened) == len(loading.packaged_store())
    assert opened.ask(f"ASK {{ ?a <{OSG}involves> ?b ; <{OSG}inferredBasis> ?c . <{OSG}Telling> a ?d }}")


def test_one_file(tmp_path: Path) -> None:
    """A file is opened with its facts and the ontology, without the packaged tellings; its origin is its name."""
    source = write(tmp_path / "x.nt", "a")
    opened = store_files.open_store([source])
    assert opened.origin == source
    assert has(opened, "a")
    assert opened.ask(f"ASK {{ <{OSG}Telling> a ?class }}")
    assert not opened.ask(f"ASK {{ ?telling a <{OSG}Telling> }}")


def test_several_files_and_folders(tmp_path: Path) -> None:
    """Files and folders together are one graph, their origin all of them."""
    sources = [write(tmp_path / "x.nt", "a"), str(tmp_path / "folder")]
    write(tmp_path / "folder" / "deep" / "y.nt", "b")
    opened = store_files.open_store(sources)
    assert has(opened, "a")
    assert has(opened, "b")
    assert opened.origin == ", ".join(sources)


def test_rules_run_over_files(tmp_path: Path) -> None:
    """Derived facts are made for files too."""
    (tmp_path / "x.ttl").write_text(f"<{EX}t> <{OSG}tells> <{EX}a> ; <{OSG}statedTheme> <{EX}theme> .", encoding="utf-8")
    assert store_files.open_store([str(tmp_path)]).ask(f"ASK {{ <{EX}a> <{OSG}theme> <{EX}theme> }}")


def test_folder_with_a_subfolder_named_db_is_a_folder_of_files(tmp_path: Path) -> None:
    """Only a RocksDB folder is taken for one; RDF files may lie in a folder of the name `db`."""
    write(tmp_path / "db" / "x.nt", "a")
    assert has(store_files.open_store([str(tmp_path)]), "a")


def test_store_folder(tmp_path: Path) -> None:
    """A folder made by `build` is opened as it is, with the number of triples that build told."""
    number = store_files.build(tmp_path / "S", [write(tmp_path / "x.nt", "a", "b")])
    opened = store_files.open_store([str(tmp_path / "S")])
    assert opened.origin == str(tmp_path / "S")
    assert count(opened) == number
    assert has(opened, "b")


def test_store_folder_is_opened_for_reading_only(tmp_path: Path) -> None:
    """Nothing can be written to a store folder that was opened by its name."""
    store_files.build(tmp_path / "S", [write(tmp_path / "x.nt", "a")])
    opened = store_files.open_store([str(tmp_path / "S")])
    assert isinstance(opened, store.EmbeddedStore)
    with pytest.raises((OSError, RuntimeError), match="read-write"):
        opened.inner.add(ox.Quad(ox.NamedNode(EX), ox.NamedNode(EX), ox.NamedNode(EX)))


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/sparql", "https://example.org/sparql"])
def test_url_is_an_endpoint_and_nothing_is_asked_yet(url: str) -> None:
    """The URL of an endpoint opens without any request; the time limit is the one given."""
    opened = store_files.open_store([url], timeout=7)
    assert isinstance(opened, store.EndpointStore)
    assert (opened.url, opened.origin, opened.timeout) == (url, url, 7)


# ------------------------------------------------------------------------------------------------ what cannot


@pytest.mark.parametrize("order", [1, -1])
def test_endpoint_beside_files_is_refused(tmp_path: Path, order: int) -> None:
    """An endpoint and files cannot be asked at once, in whichever order they are given."""
    sources = ["http://127.0.0.1:9/sparql", write(tmp_path / "x.nt", "a")][::order]
    with pytest.raises(StoreError, match="one endpoint, or files and folders, but not both"):
        store_files.open_store(sources)


def test_two_endpoints_are_refused() -> None:
    """Nor can two endpoints."""
    with pytest.raises(StoreError, match="one endpoint"):
        store_files.open_store(["http://127.0.0.1:9/a", "http://127.0.0.1:9/b"])


def test_missing_source(tmp_path: Path) -> None:
    """A source that is not there is named."""
    with pytest.raises(DataError, match=r"nowhere: there is no such file or folder"):
        store_files.open_store([str(tmp_path / "nowhere")])


def test_folder_that_is_no_store_and_has_no_rdf(tmp_path: Path) -> None:
    """A folder with other files is neither, and the message lists what an RDF file may be."""
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(DataError, match=r"holds no RDF file.*\.ttl"):
        store_files.open_store([str(tmp_path)])


def test_rocksdb_folder_of_another_program(tmp_path: Path) -> None:
    """A RocksDB folder that `build` did not make is refused with what to do, not searched for files."""
    other = ox.Store(str(tmp_path / "other"))
    other.flush()
    del other
    with pytest.raises(StoreError, match=r"other: this store was not made by `oscegraph build`.*Build it again"):
        store_files.open_store([str(tmp_path / "other")])


def test_rocksdb_folder_without_the_marker(tmp_path: Path) -> None:
    """A store whose marker is missing was never finished."""
    store_files.build(tmp_path / "S", [write(tmp_path / "x.nt", "a")])
    (tmp_path / "S" / store_files.MARKER).unlink()
    with pytest.raises(StoreError, match="or not finished"):
        store_files.open_store([str(tmp_path / "S")])


@pytest.mark.parametrize("content", [None, "no database\n"])
def test_marker_without_a_database(tmp_path: Path, content: str | None) -> None:
    """A folder that says it is a store but is none cannot be opened, in one line."""
    (tmp_path / store_files.MARKER).write_text("oscegraph\n", encoding="utf-8")
    if content:
        (tmp_path / "db").mkdir()
        (tmp_path / "db" / "CURRENT").write_text(content, encoding="utf-8")
    with pytest.raises(StoreError, match=r"the store cannot be opened \(.+\)\. Build it again\.") as caught:
        store_files.open_store([str(tmp_path)])
    assert "\n" not in str(caught.value)


def test_damaged_store_is_an_error_and_no_empty_answer(tmp_path: Path) -> None:
    """A store whose tables were overwritten gives an error of ours, on opening or on asking."""
    store_files.build(tmp_path / "S", [write(tmp_path / "x.nt", *(f"n{number}" for number in range(2000)))])
    for path in (tmp_path / "S" / "db").glob("*.sst"):
        path.write_bytes(b"\0" * path.stat().st_size)
    with pytest.raises((StoreError, QueryError), match=r"cannot be opened|could not be run"):
        list(store_files.open_store([str(tmp_path / "S")]).select("SELECT * { ?s ?p ?o }")[1])


@pytest.mark.parametrize("timeout", [0.0, -1.0, float("nan")])
def test_time_limit_must_leave_time(timeout: float) -> None:
    """A time limit that leaves no time is refused at once."""
    with pytest.raises(StoreError, match="--timeout more than 0"):
        store_files.open_store(["http://127.0.0.1:9/"], timeout=timeout)


def test_errors_reach_the_command_line(run: Callable[..., Result], tmp_path: Path) -> None:
    """On the command line each of these is exit code 2."""
    for source in (str(tmp_path / "nowhere"), str(tmp_path)):
        result = run("actors", "--data", source)
        assert result.exit_code == 2
        assert source in str(result.exception)


# ------------------------------------------------------------------------------------------------ what can be asked


def test_select_gives_names_and_rows(embedded: store.EmbeddedStore) -> None:
    """Rows come in the order of the variables, None where nothing is bound."""
    names, rows = embedded.select("SELECT ?s ?none ?o { ?s ?p ?o }")
    assert names == ["s", "none", "o"]
    assert list(rows) == [(ox.NamedNode(EX + "a"), None, ox.NamedNode(EX + "o"))]


def test_ask_and_construct(embedded: store.EmbeddedStore) -> None:
    """ASK gives a bool, CONSTRUCT and DESCRIBE give triples."""
    assert embedded.ask("ASK { ?s ?p ?o }") is True
    assert embedded.ask("ASK { ?s ?s ?s }") is False
    fact = ox.Triple(*(ox.NamedNode(EX + name) for name in "apo"))
    assert list(embedded.construct("CONSTRUCT WHERE { ?s ?p ?o }")) == [fact]
    assert list(embedded.construct(f"DESCRIBE <{EX}a>")) == [fact]


@pytest.mark.parametrize(("method", "query"), [(method, query) for method, queries in WRONG.items() for query in queries])
def test_wrong_kind_of_query(embedded: store.EmbeddedStore, method: str, query: str) -> None:
    """A query of another kind than asked for is an error that names the kind."""
    wanted = {"select": "no SELECT", "ask": "no ASK", "construct": "no CONSTRUCT or DESCRIBE"}[method]
    with pytest.raises(QueryError, match=f"the query is {wanted} query"):
        getattr(embedded, method)(query)


@pytest.mark.parametrize("method", ["select", "ask", "construct"])
@pytest.mark.parametrize(("query", "position"), MALFORMED)
def test_malformed_query_gives_its_position(embedded: store.EmbeddedStore, method: str, query: str, position: str) -> None:
    """What is no SPARQL query, updates included, is an error with line and column, in one line."""
    with pytest.raises(QueryError, match="the query is no SPARQL 1.1: error at " + re.escape(position)) as caught:
        getattr(embedded, method)(query)
    message = str(caught.value)
    assert message.isprintable()
    assert len(message) < 200


def test_undeclared_prefix_says_what_to_do(embedded: store.EmbeddedStore) -> None:
    """A prefix without declaration is named; those in texts, IRIs, comments and declarations are not."""
    text = 'PREFIX e: <http://example.org/>\n# see x:y\nASK { ?s e:p "a:b", <c:d> ; no:p ?o }'
    with pytest.raises(QueryError, match=r"error at 3:\d+ .* Not declared: PREFIX no:\.$"):
        embedded.ask(text)


def test_query_that_breaks_off_while_it_is_read(embedded: store.EmbeddedStore) -> None:
    """An error that shows only with the rows is still one of ours; here a SERVICE that nobody answers at."""
    service = "SERVICE <http://127.0.0.1:9/> { ?s ?p ?o }"
    with pytest.raises(QueryError, match=r"one fact: the query could not be run \(.+\)"):
        list(embedded.select(f"SELECT * {{ {service} }}")[1])
    with pytest.raises(QueryError, match=r"one fact: the query could not be run \(.+\)"):
        list(embedded.construct(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {service} }}"))


# ------------------------------------------------------------------------------------------------ as rdflib Graph


def test_graph_is_an_rdflib_graph_on_the_same_store() -> None:
    """`load().graph` is an rdflib Graph over the triples of the store, not a copy of them."""
    loaded = oscegraph.load()
    assert isinstance(loaded, Oscegraph)
    assert isinstance(loaded.graph, rdflib.Graph)
    assert isinstance(loaded.store, store.EmbeddedStore)
    assert len(loaded.graph) == len(loaded.store.inner) == len(loading.packaged_store())
    added = ox.Triple(*(ox.NamedNode(EX + name) for name in "xyz"))
    loaded.store.inner.add(ox.Quad(*added))
    assert tuple(rdflib.URIRef(EX + name) for name in "xyz") in loaded.graph


def test_graph_gives_triples_and_answers() -> None:
    """Its triples and its answers to SPARQL are those of the store, under the project's prefixes."""
    loaded = oscegraph.load()
    tells = rdflib.URIRef(OSG + "tells")
    by_pattern = {(str(s), str(o)) for s, _, o in loaded.graph.triples((None, tells, None))}
    by_query = {(str(row.t), str(row.a)) for row in loaded.graph.query("SELECT ?t ?a { ?t osg:tells ?a }")}
    _, rows = loaded.store.select(f"SELECT ?t ?a {{ ?t <{OSG}tells> ?a }}")
    by_store = {(t.value, a.value) for t, a in rows if t and a}
    assert by_pattern == by_query == by_store
    assert len(by_store) > 100
    assert bool(loaded.graph.query("ASK { ?t a osg:Telling }"))
    assert loaded.graph.namespace_manager.expand_curie("body:unodc") in set(loaded.graph.subjects())


def test_load_of_a_file_of_several_and_of_a_store(tmp_path: Path) -> None:
    """`load` takes one source as text or several as a list, and each gives a Graph with their facts."""
    one, two = write(tmp_path / "x.nt", "a"), write(tmp_path / "y.nt", "b")
    store_files.build(tmp_path / "S", [one, two])
    a, b = ((rdflib.URIRef(EX + name), rdflib.URIRef(EX + "p"), rdflib.URIRef(EX + "o")) for name in "ab")
    assert a in oscegraph.load(one).graph
    assert b not in oscegraph.load(one).graph
    for graph in (oscegraph.load([one, two]).graph, oscegraph.load(str(tmp_path / "S")).graph):
        assert a in graph
        assert b in graph


def test_importing_opens_no_file() -> None:
    """A name that the package does not have is an AttributeError, and importing it loads nothing."""
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = oscegraph.nothing
    assert oscegraph.Oscegraph is Oscegraph
