"""Endpoints: two independent SPARQL engines answer as the packaged graph does, and a broken one is told in one line."""

from __future__ import annotations

import contextlib
import http.server
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from click.testing import Result

import oscegraph
from oscegraph import store, store_files
from oscegraph.errors import StoreError
from oscegraph.namespaces import OSG

Run = Callable[..., Result]
COMMANDS = [
    ("who", "UNODC"),
    ("between", "SPMU", "ATU"),
    ("show", "MC.DEC/5/06"),
    ("actors", "--type", "field-operation"),
    ("activities", "--in", "Central Asia", "--on", "drugs"),
    ("tellings", "--on", "cyber"),
    ("decisions", "--on", "thb"),
    ("query", "decision_adoption"),
    ("query", "-e", "SELECT ?a ?b ?c { ?a osg:funder ?b OPTIONAL { ?a osg:earliest ?c } } ORDER BY ?a ?b ?c"),
    ("query", "-e", "ASK { ?a osg:partner body:unodc }"),
]
# rdflib takes seconds for each of these, and they ask nothing that is not asked above.
MORE = [
    ("who", "OSCE Office in Baku", "--evidence", "--from", "2011-03", "--to", "2011-10"),
    ("show", "UNODC"),
    ("show", "Vienna"),
    ("actors",),
    ("tellings",),
    ("query", "actor_partners", "-p", "actor=UNODC"),
]
# A server that shares no code with pyoxigraph: rdflib's parser, store and SPARQL, behind rdflib-endpoint. It says its port
# before it starts to answer; what is asked until then waits in the queue of the socket.
RDFLIB = """import logging, socket, sys
import rdflib, uvicorn
from rdflib_endpoint import SparqlEndpoint
logging.disable()
graph = rdflib.Graph().parse(sys.argv[1], format="nt")
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(SparqlEndpoint(graph=graph, path="/sparql"), log_level="critical")).run([listener])
"""


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """What runs on this machine is asked directly, whatever proxy the machine has."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@contextlib.contextmanager
def ended(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    """End a process whatever happens."""
    with process:
        try:
            yield process
        finally:
            process.kill()


def free_port() -> int:
    """Return a port of 127.0.0.1 that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged graph as a store made by the command `build`."""
    target = tmp_path_factory.mktemp("built") / "store"
    subprocess.run([sys.executable, "-m", "oscegraph", "build", str(target)], check=True, stdout=subprocess.DEVNULL)
    return target


@pytest.fixture(scope="module")
def oxigraph(built: Path) -> Iterator[str]:
    """Oxigraph's own server on the folder `db` of the store; it says when it listens."""
    program, port = Path(sys.executable).with_name("oxigraph"), free_port()
    words = [str(program), "serve-read-only", "--location", str(built / "db"), "--bind", f"127.0.0.1:{port}"]
    with ended(subprocess.Popen(words, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True)) as process:
        assert process.stderr is not None
        said = process.stderr.readline()
        assert "Listening" in said, said
        yield f"http://127.0.0.1:{port}/query"


@pytest.fixture(scope="module")
def rdflib_endpoint(graph: oscegraph.Oscegraph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """An in-memory rdflib Graph behind rdflib-endpoint."""
    path = tmp_path_factory.mktemp("rdflib") / "all.nt"
    assert isinstance(graph.store, store.EmbeddedStore)
    graph.store.inner.dump(path, format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    words = [sys.executable, "-W", "ignore", "-c", RDFLIB, str(path)]
    with ended(subprocess.Popen(words, stdout=subprocess.PIPE, text=True)) as process:
        assert process.stdout is not None
        port = process.stdout.readline().strip()
        assert port.isdecimal()
        yield f"http://127.0.0.1:{port}/sparql"


@pytest.fixture(params=["oxigraph", "rdflib_endpoint"])
def url(request: pytest.FixtureRequest) -> str:
    """Each of the two endpoints."""
    return str(request.getfixturevalue(request.param))


# ------------------------------------------------------------------------------------------------ endpoints that work


def test_built_store_has_its_database_in_db(built: Path) -> None:
    """A store folder holds the RocksDB in `db`, which other programs read, and the marker beside it."""
    assert sorted(path.name for path in built.iterdir()) == ["db", store_files.MARKER]
    assert (built / "db" / "CURRENT").is_file()


def same(run: Run, command: tuple[str, ...], url: str) -> None:
    """A command prints from the endpoint, byte for byte, what it prints from the packaged graph."""
    here, there = run(*command, "--format", "json"), run(*command, "--format", "json", "--data", url)
    assert here.exit_code == 0, here.output
    assert there.exit_code == 0, there.exception or there.output
    assert there.stdout_bytes == here.stdout_bytes
    assert len(here.stdout_bytes) > 3


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_command_prints_what_the_packaged_graph_prints(run: Run, url: str, command: tuple[str, ...]) -> None:
    """Over HTTP each command prints what it prints from the packaged graph, whichever engine answers."""
    same(run, command, url)


@pytest.mark.parametrize("command", MORE, ids=" ".join)
def test_longer_command_prints_what_the_packaged_graph_prints(run: Run, oxigraph: str, command: tuple[str, ...]) -> None:
    """So do the commands with many rows and many filters."""
    same(run, command, oxigraph)


def test_ask_that_is_false_is_nothing_found(run: Run, url: str) -> None:
    """An ASK that the endpoint denies is exit code 1, as it is for the packaged graph."""
    query = "ASK { osg:Telling osg:funder osg:Telling }"
    assert run("query", "-e", query, "--data", url).exit_code == run("query", "-e", query).exit_code == 1


def test_select_ask_construct_are_those_of_the_store(graph: oscegraph.Oscegraph, url: str) -> None:
    """Each kind of query gives the very terms, datatypes and languages included."""
    opened = store_files.open_store([url])
    select = f"SELECT ?s ?none ?o {{ ?s <{OSG}statedDate>|<{OSG}firstLine>|<{OSG}audience> ?o }} ORDER BY ?s ?o LIMIT 300"
    names, rows = opened.select(select)
    wanted_names, wanted = graph.store.select(select)
    assert (names, sorted(map(str, rows))) == (wanted_names, sorted(map(str, wanted)))
    assert opened.ask("ASK { ?s ?p ?o }")
    construct = f"CONSTRUCT WHERE {{ ?s <{OSG}subHeading> ?o }}"
    assert set(opened.construct(construct)) == set(graph.store.construct(construct))
    assert set(opened.construct(construct))


def test_letters_beyond_ascii_arrive(url: str) -> None:
    """A query with any letter goes to the endpoint as it is written."""
    names, rows = store_files.open_store([url]).select('SELECT ?x { VALUES ?x { "Zoë ŠŽ Қазақстан + & =" "\U0001f54a" } }')
    assert names == ["x"]
    assert sorted(row[0].value for row in rows if row[0]) == ["Zoë ŠŽ Қазақстан + & =", "\U0001f54a"]


def test_wrong_kind_of_query_is_an_error(url: str) -> None:
    """An ASK sent as a SELECT, and the other way round, is answered by an error of ours."""
    opened = store_files.open_store([url])
    with pytest.raises(StoreError, match="answered a SELECT query with something else"):
        opened.select("ASK {}")
    with pytest.raises(StoreError, match="answered an ASK query with something else"):
        opened.ask("SELECT * { ?s ?p ?o } LIMIT 1")


def test_malformed_query_says_what_the_endpoint_said(run: Run, url: str) -> None:
    """A query that the endpoint refuses is exit code 2 with its own words, in one line."""
    result = run("query", "-e", "SELECT ?x WHERE { ?x", "--data", url)
    assert result.exit_code == 2
    assert f"{url}: the endpoint answered 400 Bad Request." in str(result.exception)
    assert str(result.exception).isprintable()


def test_graph_of_an_endpoint_is_an_rdflib_graph(oxigraph: str, graph: oscegraph.Oscegraph) -> None:
    """`load(URL).graph` is an rdflib Graph that asks the endpoint."""
    remote = oscegraph.load(oxigraph).graph
    assert len(remote) == len(graph.graph)
    query = "SELECT (COUNT(?t) AS ?n) { ?t a osg:Telling }"
    assert [int(row.n) for row in remote.query(query)] == [int(row.n) for row in graph.graph.query(query)]


# ------------------------------------------------------------------------------------------------ endpoints that do not

JSON = "application/sparql-results+json"
ANSWERS: dict[str, tuple[int, str, bytes]] = {
    "html": (200, "text/html; charset=utf-8", b"<!doctype html>\n<title>Welcome</title>\n<p>Hello"),
    "empty": (200, JSON, b""),
    "json-list": (200, "application/json", b"[1, 2]"),
    "json-other": (200, "application/json", b'{"status": "ok"}'),
    "json-null": (200, JSON, b"null"),
    "half-json": (200, JSON, b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "uri",'),
    "bad-term": (200, JSON, b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "odd"}}]}}'),
    "bad-iri": (200, JSON, b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {"type": "uri", "value": "a b"}}]}}'),
    "no-utf-8": (200, JSON, b'{"head": {"vars": ["\xff"]}}'),
    "bad-xml": (200, "application/sparql-results+xml", b"<sparql>\n<head>"),
    "boolean": (200, JSON, b'{"head": {}, "boolean": true}'),
    "500": (500, "text/plain", b"Out of\nmemory \x1b[31m in the\tengine"),
    "503-html": (503, "text/html", b"<html>\n<body>Down for maintenance</body>"),
    "404": (404, "text/plain", b""),
    "401": (401, "text/plain", b"Who are you?"),
}


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers each path in its own wrong way."""

    stop: threading.Event

    def log_message(self, *args: Any) -> None:
        """Say nothing."""

    def do_POST(self) -> None:
        """Answer a query."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.answer(self.path.strip("/"))

    do_GET = do_POST  # noqa: N815

    def head(self, code: int, *headers: tuple[str, str]) -> None:
        """Send status and headers."""
        self.send_response(code)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def answer(self, path: str) -> None:
        """Send what belongs to the path."""
        if path in ANSWERS:
            code, media_type, body = ANSWERS[path]
            self.head(code, ("Content-Type", media_type), ("Content-Length", str(len(body))))
            self.wfile.write(body)
        elif path == "cut":
            self.head(200, ("Content-Type", JSON), ("Content-Length", "1000"))
            self.wfile.write(b'{"head": {"vars": ["s"]}')
        elif path == "cut-chunk":
            self.head(200, ("Content-Type", JSON), ("Transfer-Encoding", "chunked"))
            self.wfile.write(b'40\r\n{"head": {"vars":')
        elif path == "no-http":
            self.wfile.write(b"SSH-2.0-OpenSSH_9.6\r\n")
        elif path == "hang-up":
            return
        elif path.startswith("loop"):
            self.head(302, ("Location", "/loop"))
        elif path == "moved":
            self.head(308, ("Location", "/elsewhere"), ("Content-Length", "0"))
        elif path == "redirect-to-file":
            self.head(302, ("Location", "file:///etc/hostname"), ("Content-Length", "0"))
        elif path == "silent":
            self.stop.wait()
        elif path == "silent-body":
            self.head(200, ("Content-Type", JSON), ("Content-Length", "1000"))
            self.stop.wait()
        elif path == "silent-500":
            self.head(500, ("Content-Type", "text/plain"), ("Content-Length", "1000"))
            self.stop.wait()
        elif path == "trickle":
            self.head(200, ("Content-Type", JSON))
            while not self.stop.wait(0.05):
                self.wfile.write(b" ")
        else:
            raise AssertionError(path)


@pytest.fixture(scope="module")
def wrong() -> Iterator[str]:
    """A server whose paths are endpoints that do not work."""
    Handler.stop = threading.Event()
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            Handler.stop.set()
            server.shutdown()
            thread.join()


def ask(url: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Ask an endpoint by the real command line."""
    words = [sys.executable, "-m", "oscegraph", "query", "-e", "SELECT ?s { ?s ?p ?o }", "--data", url, *options]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def one_line(done: subprocess.CompletedProcess[str], url: str) -> str:
    """Return the message of a command that could not run: one line that names the endpoint, and nothing on the screen."""
    assert done.returncode == 2, done.stdout + done.stderr
    assert done.stdout == ""
    (message,) = done.stderr.splitlines()
    assert message.startswith(f"Error: {url}: ")
    assert message.isprintable()
    assert len(message) < 700
    assert "inside oscegraph" not in message
    return message


WRONG = [
    ("html", "(text/html) is no SPARQL result"),
    ("empty", "is no SPARQL result"),
    ("json-list", "(application/json) is no SPARQL result"),
    ("json-other", "(application/json) is no SPARQL result"),
    ("json-null", "is no SPARQL result"),
    ("half-json", "is no SPARQL result"),
    ("bad-term", "is no SPARQL result"),
    ("bad-iri", "is no SPARQL result"),
    ("no-utf-8", "is no SPARQL result"),
    ("bad-xml", "(application/sparql-results+xml) is no SPARQL result"),
    ("boolean", "answered a SELECT query with something else"),
    ("500", "the endpoint answered 500 Internal Server Error. Out of memory [31m in the engine"),
    ("503-html", "the endpoint answered 503 Service Unavailable. <html> <body>Down for maintenance"),
    ("404", "the endpoint answered 404 Not Found."),
    ("401", "the endpoint answered 401 Unauthorized. Who are you?"),
    ("cut", "the endpoint broke off (IncompleteRead("),
    ("cut-chunk", "the endpoint broke off (IncompleteRead("),
    ("no-http", "the endpoint broke off ("),
    ("hang-up", "the endpoint broke off (Remote end closed connection without response)"),
    ("loop", "the endpoint answered 302 a redirect without end."),
    ("moved", "the endpoint answered 308 Permanent Redirect."),
    ("redirect-to-file", "the endpoint answered 302 Found - Redirection to url 'file:///etc/hostname' is not allowed"),
]


@pytest.mark.parametrize(("path", "words"), WRONG)
def test_endpoint_that_answers_something_else(wrong: str, path: str, words: str) -> None:
    """Whatever an endpoint answers that is no result is exit code 2 and one line: which endpoint, and what it answered."""
    url = f"{wrong}/{path}"
    assert words in one_line(ask(url), url)


@pytest.mark.parametrize("path", ["silent", "silent-body", "trickle"])
def test_slow_endpoint(wrong: str, path: str) -> None:
    """An endpoint that accepts and never answers, or never ends, is given up at the time limit, with what to do."""
    url = f"{wrong}/{path}"
    message = one_line(ask(url, "--timeout", "0.5"), url)
    assert message == f"Error: {url}: no answer within 0.5 s. Give it longer with --timeout."


def test_error_whose_text_never_comes(wrong: str) -> None:
    """An error status counts even if the text that was announced with it never comes."""
    url = f"{wrong}/silent-500"
    assert "the endpoint answered 500 Internal Server Error." in one_line(ask(url, "--timeout", "0.5"), url)


def test_endpoint_that_is_down() -> None:
    """A port where nobody listens is said to be out of reach, with what to check."""
    url = f"http://127.0.0.1:{free_port()}/query"
    message = one_line(ask(url), url)
    assert "the endpoint cannot be reached (" in message
    assert message.endswith("Is it running, and is the address right?")


@pytest.mark.parametrize(
    "url",
    ["http://", "http:///query", "http://[::1", "http://127.0.0.1:port/", "http://127.0.0.1:99999/", "http://127.0.0.1:9/é"],
)
def test_address_that_is_none(url: str) -> None:
    """An address that cannot be one is an error in one line, not a crash."""
    one_line(ask(url), url)


def test_time_limit_of_zero() -> None:
    """A time limit that leaves no time is exit code 2 with what to give instead."""
    done = ask("http://127.0.0.1:9/", "--timeout", "0")
    assert done.returncode == 2
    assert "Give --timeout more than 0." in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("path", ["html", "half-json", "500", "cut"])
def test_broken_answer_to_ask_and_construct(wrong: str, path: str) -> None:
    """The other two kinds of queries fail in the same way as SELECT."""
    opened = store_files.open_store([f"{wrong}/{path}"])
    with pytest.raises(StoreError, match=f"{wrong}/{path}: "):
        opened.ask("ASK {}")
    with pytest.raises(StoreError, match=f"{wrong}/{path}: "):
        opened.construct("CONSTRUCT WHERE { ?s ?p ?o }")


@pytest.mark.parametrize("command", [("who", "UNODC"), ("actors",), ("export",), ("show", "UNODC")], ids=" ".join)
def test_every_command_tells_of_a_broken_endpoint(run: Run, wrong: str, command: tuple[str, ...]) -> None:
    """It is the same error whichever command asks."""
    result = run(*command, "--data", f"{wrong}/html")
    assert result.exit_code == 2
    assert isinstance(result.exception, StoreError)
    assert "(text/html) is no SPARQL result" in str(result.exception)
