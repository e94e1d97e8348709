"""The server as a whole, a real process: who may ask, what is too much, what others notice, how it begins and ends."""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest
import uvicorn
from click.testing import Result

import loops
from oscegraph import server
from oscegraph.api import Oscegraph
from oscegraph.endpoint import gate, plain, wire
from oscegraph.endpoint.workers import Pool
from oscegraph.errors import OscegraphError
from serving import Reply, Served, served

LIMIT = 2.0
JOIN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
ASK = "/sparql?query=ASK%20%7B%7D"
PATHS = ("/", "/sparql", ASK, "/sparql?query=ASK", "/nothing", "/static/site.css", "/static/../server.py", "/id/body/unodc")
linux = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture(scope="module")
def site() -> Iterator[Served]:
    """A server of the packaged graph, with a short limit, that one site may ask."""
    with served("--timeout", str(LIMIT), "--cors", "https://friend.example", "--allow-host", "graph.example") as found:
        yield found


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


# --- Who may ask -------------------------------------------------------------------------------------------------------


def test_only_listed_hosts_are_answered_to(site: Served) -> None:
    """A name that somebody points at this machine is no way in (DNS rebinding)."""
    for host in ("127.0.0.1", "localhost", "LOCALHOST", "[::1]", "graph.example"):
        assert site.ask(ASK, host=f"{host}:{site.port}").status == 200
    assert site.ask(ASK, host="graph.example").status == 200
    for host in (
        "evil.example",
        f"evil.example:{site.port}",
        "127.0.0.1",
        "localhost:1",
        f"127.0.0.1.:{site.port}",
        "a@localhost",
    ):
        for path in PATHS:
            assert site.ask(path, host=host).status in (400, 421)
    assert site.send(f"GET {ASK} HTTP/1.1\r\n\r\n".encode()).status == 400
    assert site.send(f"GET {ASK} HTTP/1.0\r\n\r\n".encode()).status == 421
    two = f"GET {ASK} HTTP/1.1\r\nHost: localhost:{site.port}\r\nHost: evil.example\r\n\r\n"
    assert site.send(two.encode()).status == 400
    assert site.ask(f"http://evil.example{ASK}", host="evil.example").status in (400, 421)


def test_pages_of_other_sites_may_not_ask(site: Served) -> None:
    """What a page elsewhere makes a browser send is refused, and not run."""
    slow = "/sparql?" + urlencode({"query": JOIN})
    for headers in (
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"http://localhost:{site.port + 1}"},
        {"origin": f"http://localhost:{site.port}.evil.example"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site", "sec_fetch_mode": "no-cors"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "iframe"},
        {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"},
    ):
        for reply in (
            site.ask(slow, **headers),
            site.ask(
                "/sparql", "POST", urlencode({"query": JOIN}), content_type="application/x-www-form-urlencoded", **headers
            ),
            site.ask(ASK, "OPTIONS", access_control_request_method="POST", **headers),
        ):
            assert reply.status in (403, 204) and reply.seconds < 1.0
            assert reply.status == 403 or "origin" not in headers
            assert "access-control-allow-origin" not in reply.headers


def test_pages_of_other_sites_may_link(site: Served) -> None:
    """A link that somebody follows is no attack."""
    followed = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}
    assert site.ask("/", accept="text/html", **followed).status == 200
    assert site.ask("/", "POST", "", accept="text/html", **followed).status == 403


def test_own_pages_may_ask(site: Served) -> None:
    """The explorer itself asks with its own origin, and typed addresses come with none."""
    own = f"http://127.0.0.1:{site.port}"
    assert site.ask(ASK, origin=own, sec_fetch_site="same-origin").status == 200
    assert site.ask(ASK, sec_fetch_site="none").status == 200


def test_a_named_site_may_ask_and_read(site: Served) -> None:
    """A site that --cors names gets the header that lets its pages read, and its browser a yes before it asks."""
    reply = site.ask(ASK, origin="https://friend.example", sec_fetch_site="cross-site")
    assert (reply.status, reply.headers["access-control-allow-origin"]) == (200, "https://friend.example")
    assert {word.strip() for word in reply.headers["vary"].split(",")} == {"Accept", "Origin"}
    assert "access-control-allow-credentials" not in reply.headers
    first = site.ask("/sparql", "OPTIONS", origin="https://friend.example", access_control_request_method="POST")
    assert first.status == 204
    assert "POST" in first.headers["access-control-allow-methods"]
    assert "Content-Type" in first.headers["access-control-allow-headers"]
    assert "access-control-allow-origin" not in site.ask(ASK).headers
    wrong = site.ask("/sparql?query=ASK", origin="https://friend.example")
    assert (wrong.status, wrong.headers["access-control-allow-origin"]) == (400, "https://friend.example")


class _Asgi:
    """What an application answers to one request, without a server."""

    def __init__(self, app: Any) -> None:
        self.app = app

    def ask(self, path: str = "/", method: str = "GET", **headers: str) -> Reply:
        """Return the answer; raises what the application raises."""
        sent: list[Any] = []
        given = {"host": "test"} | {name.replace("_", "-"): value for name, value in headers.items()}
        scope = {
            "type": "http",
            "method": method,
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "scheme": "http",
            "server": ("test", 80),
            "client": ("127.0.0.1", 1),
            "root_path": "",
            "http_version": "1.1",
            "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        }

        async def receive() -> Any:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            sent.append(message)

        with contextlib.suppress(ZeroDivisionError):
            loops.run(self.app(scope, receive, send))
        found = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
        return Reply(sent[0]["status"], found, b"".join(message.get("body", b"") for message in sent[1:]))


def test_everybody_may_ask_where_that_is_wanted() -> None:
    """`--cors '*'` opens the server for all pages, without credentials."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"yes"})

    open_to_all = _Asgi(gate.Gate(app, ["test"], ["*"]))
    for headers in ({"origin": "https://a.example"}, {"origin": "null"}, {"sec_fetch_site": "cross-site"}, {}):
        reply = open_to_all.ask(**headers)
        assert (reply.status, reply.headers["access-control-allow-origin"], reply.body) == (200, "*", b"yes")
        assert reply.headers["cross-origin-resource-policy"] == "cross-origin"
    assert open_to_all.ask(method="OPTIONS", origin="https://a.example", access_control_request_method="POST").status == 204
    closed = _Asgi(gate.Gate(app, ["test"]))
    assert closed.ask(origin="https://a.example").status == 403
    assert closed.ask().headers["cross-origin-resource-policy"] == "same-origin"


# --- What every answer has, and none has -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("host", ["", "evil.example"])
def test_every_answer_has_the_headers_of_safety(site: Served, path: str, host: str) -> None:
    """Pages, errors, files, queries and refusals alike."""
    reply = site.ask(path, accept="text/html", **({"host": host} if host else {}))
    assert reply.headers["content-security-policy"] == gate.POLICY
    assert "unsafe" not in gate.POLICY
    assert reply.headers["x-content-type-options"] == "nosniff"
    assert reply.headers["referrer-policy"] == "no-referrer"
    assert reply.headers["x-frame-options"] == "DENY"
    assert "server" not in reply.headers
    assert (
        str(Path.cwd()).encode() not in reply.body and b"Traceback" not in reply.body and b"site-packages" not in reply.body
    )


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../server.py",
        "/static/%2e%2e/%2e%2e/server.py",
        "/static/..%2f..%2fserver.py",
        "/static/vendor/../../../server.py",
        "/static//etc/passwd",
        "/static/%00",
        "/../../../../etc/passwd",
        "/static/vendor/..%5c..%5cserver.py",
    ],
)
def test_no_path_leads_out_of_the_folders(site: Served, path: str) -> None:
    """Only what lies in the folders of the site is given."""
    reply = site.ask(path)
    assert reply.status in (400, 404)
    assert b"import" not in reply.body and b"root:" not in reply.body


def test_errors_are_pages_for_browsers_and_json_for_others(site: Served) -> None:
    """Who asks for a page gets one; anything else is told in JSON."""
    page = site.ask("/nothing", accept="text/html,*/*;q=0.8")
    assert (page.status, page.media_type) == (404, "text/html")
    other = site.ask("/nothing", accept="*/*")
    assert (other.status, other.media_type) == (404, "application/problem+json")
    assert json.loads(other.body)["title"]
    method = site.ask("/", "DELETE")
    assert method.status == 405
    assert "GET" in method.headers["allow"]


def test_refusals_are_pages_for_browsers(site: Served) -> None:
    """Who comes under another name, from another site or with too much is told so in a page, or in JSON."""
    other = {"sec_fetch_site": "cross-site", "sec_fetch_mode": "navigate", "sec_fetch_dest": "document"}
    large = {"content_length": "10000000000"}
    for target, status, given in (("/", 421, {"host": "evil.example"}), (ASK, 403, other), ("/sparql", 413, large)):
        for accept, media_type in (("text/html,*/*;q=0.8", "text/html"), ("*/*", "application/problem+json"), ("", "")):
            reply = site.ask(target, "POST" if status == 413 else "GET", accept=accept, **given)
            assert (reply.status, reply.media_type) == (status, media_type or "application/problem+json")
            assert "Accept" in reply.headers["vary"]
            assert reply.headers["content-security-policy"] == gate.POLICY
            assert ("connection" in reply.headers) is (status == 413)
            assert "evil" not in reply.text


def test_a_body_without_a_sure_end_is_refused(site: Served) -> None:
    """HTTP/1.0 knows no chunks, and a length of many digits is too large, not a fault."""
    host = f"Host: 127.0.0.1:{site.port}\r\nContent-Type: application/sparql-query\r\n"
    chunks = f"POST /sparql HTTP/1.0\r\n{host}Transfer-Encoding: chunked\r\n\r\n6\r\nASK {{}}\r\n0\r\n\r\n"
    assert site.send(chunks.encode()).status == 400
    for digits in (13, 20):
        assert site.send(f"POST /sparql HTTP/1.1\r\n{host}Content-Length: {'9' * digits}\r\n\r\n".encode()).status == 413
    assert site.send(f"POST /sparql HTTP/1.1\r\n{host}Content-Length: {'9' * 5000}\r\n\r\n".encode()).status == 400
    form = "&".join(["a=b"] * 200_000)
    assert site.ask("/sparql", "POST", form, content_type="application/x-www-form-urlencoded").status == 400


def test_large_answers_go_in_pieces() -> None:
    """A long body is the same in pieces, each no longer than what may wait for a slow reader."""
    content, sent = bytes(range(256)) * 1000, []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": content[:100_000], "more_body": True})
        await send({"type": "http.response.body", "body": content[100_000:]})

    async def run() -> None:
        async def send(message: Any) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "GET", "path": "/", "http_version": "1.1", "headers": [(b"host", b"test")]}
        await gate.Gate(app, ["test"])(scope, None, send)  # type: ignore[arg-type]

    loops.run(run())
    assert b"".join(message["body"] for message in sent[1:]) == content
    assert max(len(message["body"]) for message in sent[1:]) <= gate.PIECE
    assert [message.get("more_body", False) for message in sent[1:]] == [True] * (len(sent) - 2) + [False]


def test_a_fault_of_ours_is_told_without_its_cause(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A traceback goes to nobody but the person who runs the server, and only on request."""

    def broken(*_: object, **__: object) -> object:
        return 1 / 0

    monkeypatch.setattr(server.Site, "page", broken)
    monkeypatch.delenv("OSCEGRAPH_DEBUG", raising=False)
    app = _Asgi(server.application(Oscegraph.open(), Pool(), ["test"]))
    for accept in ("text/html", "application/json"):
        reply = app.ask("/", accept=accept)
        assert reply.status == 500
        assert b"ZeroDivisionError" not in reply.body and b"Traceback" not in reply.body
        assert reply.headers["x-content-type-options"] == "nosniff"
    said = capsys.readouterr().err
    assert "ZeroDivisionError" in said and "Traceback" not in said


# --- What is too much --------------------------------------------------------------------------------------------------


def test_bombs_are_stopped_while_others_are_served(site: Served) -> None:
    """A query over the limit ends with 503 in time; the server is the same process, and quick for others."""
    replies: list[Reply] = []

    def bomb(number: int) -> None:
        replies.append(site.query(f"{JOIN} # {number}", "POST" if number % 2 else "GET"))

    threads = [threading.Thread(target=bomb, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    waits = []
    while any(thread.is_alive() for thread in threads):
        reply = site.query(f"ASK {{}} # {len(waits)}")
        assert reply.status == 200
        waits.append(reply.seconds)
        time.sleep(0.05)
    for reply in replies:
        assert (reply.status, reply.media_type) == (503, "application/problem+json")
        assert "2 seconds" in json.loads(reply.body)["detail"]
        assert reply.seconds < LIMIT + 0.5
    assert max(waits) < 1.0
    assert site.process.poll() is None


def test_a_long_answer_that_is_cut_breaks_off(site: Served) -> None:
    """What has begun and cannot be ended never looks complete; what can be ended is whole."""
    cut = site.query("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    assert (cut.status, cut.whole) == (200, False)
    assert cut.headers["transfer-encoding"] == "chunked"
    with pytest.raises(ValueError, match=r"."):
        json.loads(cut.body)
    whole = site.query("SELECT * { ?a ?b ?c }", accept="application/sparql-results+json")
    assert (whole.status, whole.whole) == (200, True)
    assert len(json.loads(whole.body)["results"]["bindings"]) > 20_000


@linux
def test_nobody_works_for_a_client_that_has_gone(site: Served) -> None:
    """The process of a query ends soon after the connection."""

    def work() -> float:
        total = 0
        for pid in site.workers():
            with contextlib.suppress(OSError):
                total += int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[11])
        return total / os.sysconf("SC_CLK_TCK")

    with site.connect() as connection:
        target = "/sparql?" + urlencode({"query": JOIN + " # gone"})
        connection.sendall(f"GET {target} HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\n\r\n".encode())
        time.sleep(0.4)
    time.sleep(1.0)
    before = work()
    time.sleep(0.5)
    assert work() - before < 0.1


def test_too_large_a_body_is_refused_at_once(site: Served) -> None:
    """Nobody reads ten gigabytes, whether they are announced or come in pieces."""
    head = f"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1:{site.port}\r\nContent-Type: application/sparql-query\r\n"
    for path in ("/sparql", "/ask"):
        announced = site.send(head.replace("/sparql ", f"{path} ").encode() + b"Content-Length: 10000000000\r\n\r\nASK")
        assert announced.status == 413
        assert announced.seconds < 1.0
    sent = 0
    with site.connect() as connection:
        connection.sendall(head.encode() + b"Transfer-Encoding: chunked\r\n\r\n")
        with contextlib.suppress(ConnectionError):
            while sent < 50_000_000:
                connection.sendall(b"10000\r\n" + b"#" * 0x10000 + b"\r\n")
                sent += 0x10000
        with contextlib.suppress(ConnectionError):
            answer = connection.recv(1 << 16)
            assert not answer or b" 413 " in answer
    assert sent < 10_000_000
    assert site.ask("/sparql", "POST", b"ASK {}" + b" " * 999_990, content_type="application/sparql-query").status == 413


@pytest.mark.parametrize(
    "raw",
    [
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: {}\r\nA B: c\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: {}\r\n" + b"".join(b"X%d: y\r\n" % n for n in range(20_000)) + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: {}\r\nX: " + b"y" * 1_000_000 + b"\r\n\r\n",
        b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\nHost: {}\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: {}\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST /sparql HTTP/1.1\r\nHost: {}\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: {}\r\nX: a\x00b\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\nHost: {}\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"\r\n" * 100_000,
    ],
    ids=range(11),
)
def test_what_is_no_http_is_refused(site: Served, raw: bytes) -> None:
    """HTTP/1.1 is taken as the standard has it."""
    reply = site.send(raw.replace(b"{}", f"127.0.0.1:{site.port}".encode()) + b"\r\n\r\n", timeout=8.0)
    assert reply.status in (0, 400, 431)


def test_smuggled_requests_are_none(site: Served) -> None:
    """A body with two lengths is not read in two ways."""
    host = f"Host: 127.0.0.1:{site.port}\r\n"
    two = "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n"
    raw = f"POST /sparql HTTP/1.1\r\n{host}{two}\r\n0\r\n\r\nGET {ASK} HTTP/1.1\r\n{host}\r\n"
    reply = site.send(raw.encode(), timeout=8.0)
    assert reply.status == 400
    assert b"boolean" not in reply.body


def test_several_requests_on_one_connection(site: Served) -> None:
    """Connections are kept, and requests that come before the answer to the last are answered in order."""
    host = f"Host: 127.0.0.1:{site.port}\r\n"
    asks = [f"GET /sparql?query={quote(f'SELECT ({n} AS ?x) {{}}')}&format=csv HTTP/1.1\r\n{host}" for n in range(5)]
    body = "SELECT (9 AS ?x) {}"
    kind = f"Content-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n"
    posted = f"POST /sparql?format=csv HTTP/1.1\r\n{host}{kind}\r\n{body}"
    raw = "\r\n".join([*asks, ""]).encode() + posted.encode()
    raw += f"GET /sparql HTTP/1.1\r\n{host}Connection: close\r\nAccept: text/turtle\r\n\r\n".encode()
    with site.connect() as connection:
        connection.sendall(raw)
        answer = b""
        while piece := connection.recv(1 << 16):
            answer += piece
    assert answer.count(b"HTTP/1.1 200 OK") == 7
    places = [answer.index(b"x\r\n%d\r\n" % number) for number in (0, 1, 2, 3, 4, 9)]
    assert places == sorted(places)
    with site.connect() as connection:
        for number in range(3):
            text = f"GET {ASK}%23{number} HTTP/1.1\r\n{host}\r\n".encode()
            # In two pieces, as they may come.
            connection.sendall(text[:30])
            time.sleep(0.02)
            connection.sendall(text[30:])
            answer = b""
            while not answer.endswith(b"true}"):
                answer += connection.recv(1 << 16)


def test_connections_are_kept_in_both_ways(site: Served) -> None:
    """Long and short answers follow each other on one connection, and what is not usual changes nothing for what follows."""
    host = f"Host: 127.0.0.1:{site.port}\r\n"
    long = "/sparql?" + urlencode({"query": "SELECT * { ?s ?p ?o } LIMIT 5000", "format": "csv"})
    with site.connect() as connection:
        for number in range(6):
            # A tab in a header is allowed, and not usual.
            odd = "X-Odd:\ta\r\n" if number == 3 else ""
            connection.sendall(f"GET {long} HTTP/1.1\r\n{host}{odd}\r\n".encode())
            answer = b""
            while not answer.endswith(b"0\r\n\r\n"):
                answer += connection.recv(1 << 16)
            assert answer.startswith(b"HTTP/1.1 200") and answer.count(b"HTTP/1.1") == 1
            connection.sendall(
                f"HEAD / HTTP/1.1\r\n{host}\r\n".encode() if number == 4 else f"GET {ASK} HTTP/1.1\r\n{host}\r\n".encode()
            )
            assert connection.recv(1 << 16).startswith(b"HTTP/1.1 200")
            time.sleep(0.05)
            connection.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                connection.recv(1 << 16)
            connection.setblocking(True)


@pytest.mark.parametrize(
    "change",
    [
        (b"GET /a HTTP/1.1", b"GET  /a HTTP/1.1"),
        (b"HTTP/1.1", b"HTTP/1.0"),
        (b"GET", b"HEAD"),
        (b"Host: h\r\n", b""),
        (b"Host: h", b"Host: h\r\nHost: h"),
        (b"Host: h", b"Host : h"),
        (b"Host: h", b"Host: h\r\n folded: i"),
        (b"Host: h", b"Host: h\r\nX: \xff"),
        (b"Host: h", b"Host: h\r\nX: \x00"),
        (b"\r\n", b"\n"),
        (b"Host: h", b"Host: h\r\nConnection: close"),
        (b"Host: h", b"Host: h\r\nConnection: upgrade"),
        (b"Host: h", b"Host: h\r\nExpect: 100-continue"),
        (b"Host: h", b"Host: h\r\nTransfer-Encoding: chunked"),
        (b"Host: h", b"Host: h\r\nContent-Length: 0"),
        (b"\r\n\r\n", b"\r\n\r\nGET /b HTTP/1.1\r\n"),
        (b"\r\n\r\n", b"\r\n"),
        (b"GET", b"POST"),
        (b"GET /a HTTP/1.1\r\nHost: h", b"POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1"),
        (b"GET /a HTTP/1.1\r\nHost: h", b"POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: +0"),
        (b"GET /a HTTP/1.1\r\nHost: h", b"POST /a HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nContent-Length: 0"),
    ],
    ids=range(21),
)
def test_what_is_not_usual_is_left_to_h11(change: tuple[bytes, bytes]) -> None:
    """The short way is for one whole request without anything to think of."""
    usual = b"GET /a HTTP/1.1\r\nHost: h\r\n\r\n"
    assert plain.read(usual) == ("GET", b"/a", [(b"host", b"h")], b"")
    assert plain.read(usual.replace(*change)) is None


def test_an_answer_has_no_lines_that_are_not_its_own() -> None:
    """A header of an answer that holds the end of a line is a fault, and is not sent."""

    class Connection:
        """As much of a connection as an answer needs."""

        class flow:  # noqa: N801 - as of uvicorn
            write_paused = False

        class server_state:  # noqa: N801 - as of uvicorn
            default_headers = ((b"date", b"now"),)

    exchange = plain.Exchange(Connection(), {}, b"")  # type: ignore[arg-type]
    exchange._status, exchange._headers = 200, [(b"x", b"a\r\nset-cookie: b")]
    with pytest.raises(ValueError, match="end of a line"):
        exchange._begun(b"", False)


# How long a client may take in these tests, in seconds.
SHORT = {"HEAD": 0.4, "BODY": 0.8, "STALL": 0.5}
LARGE = b"x" * (16 << 20)


@contextlib.contextmanager
def _listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[int, uvicorn.Server]]:
    """A server that is not patient, in this process: it gives LARGE to a GET, and the size of the body to a POST."""
    for name, seconds in SHORT.items():
        assert seconds < getattr(wire, name) <= 20.0
        monkeypatch.setattr(wire, name, seconds)

    async def app(scope: Any, receive: Any, send: Any) -> None:
        size, more = 0, scope["method"] == "POST"
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            size, more = size + len(message["body"]), message["more_body"]
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"%d" % size if scope["method"] == "POST" else LARGE})

    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        port = listener.getsockname()[1]
        outer = gate.Gate(app, [f"127.0.0.1:{port}"])
        config = uvicorn.Config(
            outer, http=wire.Protocol, ws="none", lifespan="off", log_config=None, log_level=100, timeout_keep_alive=1
        )
        running = uvicorn.Server(config)
        thread = threading.Thread(target=lambda: asyncio.run(running.serve(sockets=[listener])))
        thread.start()
        try:
            yield port, running
        finally:
            running.should_exit = True
            thread.join(5)


def test_who_never_ends_a_request_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slow heads, slow bodies, and connections without a word are closed in time; others are served meanwhile."""
    with _listening(monkeypatch) as (port, _):
        head = f"POST /a HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
        slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(150)]
        begun = time.monotonic()
        for place, connection in enumerate(slow):
            if place % 3 == 1:
                connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-A: ")
            elif place % 3 == 2:
                connection.sendall(head.encode() + b"Content-Length: 100\r\n\r\nASK")
        closed: dict[int, float] = {}
        slowest = 0.0
        while len(closed) < len(slow) and time.monotonic() - begun < 4.0:
            asked = time.monotonic()
            with socket.create_connection(("127.0.0.1", port), timeout=5) as other:
                other.sendall(head.encode() + b"Content-Length: 3\r\n\r\nASK")
                assert other.recv(1 << 16).endswith(b"3")
            slowest = max(slowest, time.monotonic() - asked)
            for place, connection in enumerate(slow):
                if place in closed:
                    continue
                connection.setblocking(False)
                try:
                    if not connection.recv(1 << 16):
                        closed[place] = time.monotonic() - begun
                except BlockingIOError:
                    if place % 3:
                        # Something comes now and then, and never an end.
                        with contextlib.suppress(OSError):
                            connection.send(b"y")
                except OSError:
                    closed[place] = time.monotonic() - begun
            time.sleep(0.05)
        for connection in slow:
            connection.close()
        assert len(closed) == len(slow)
        assert max(closed.values()) < 2.5
        assert slowest < 1.0


def test_who_does_not_take_an_answer_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that nobody takes is not held as a whole, and not for ever, on a connection that is kept or not."""
    with _listening(monkeypatch) as (port, running):
        for more in ("", "Connection: close\r\n"):
            lines = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{more}\r\n".encode()
            with socket.create_connection(("127.0.0.1", port), timeout=5) as connection:
                connection.sendall(lines)
                answer = b""
                while len(answer) < len(LARGE):
                    answer += connection.recv(1 << 20)
            idle = [socket.create_connection(("127.0.0.1", port)) for _ in range(8)]
            for connection in idle:
                connection.sendall(lines)
            most, begun = 0, time.monotonic()
            while time.monotonic() - begun < 3.0 and (running.server_state.connections or time.monotonic() - begun < 0.2):
                for protocol in list(running.server_state.connections):
                    most = max(most, protocol.transport.get_write_buffer_size())  # type: ignore[union-attr]
                time.sleep(0.02)
            assert not running.server_state.connections
            assert 0 < most <= 1 << 17
            for connection in idle:
                connection.close()


def test_what_is_left_of_an_answer_is_not_held_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    """So it is where little is left, of an answer that is complete otherwise."""
    monkeypatch.setattr(wire, "STALL", 0.2)

    async def run() -> None:
        async def app(scope: Any, receive: Any, send: Any) -> None:
            await send({"type": "http.response.start", "status": 200, "headers": []})
            await send({"type": "http.response.body", "body": b"x" * 20_000})

        ours, theirs = socket.socketpair()
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
        config = uvicorn.Config(app, http=wire.Protocol, ws="none", lifespan="off", log_config=None, timeout_keep_alive=0)
        config.load()
        state = uvicorn.Server(config).server_state
        loop = asyncio.get_running_loop()
        await loop.connect_accepted_socket(lambda: wire.Protocol(config, state, {}), ours)
        theirs.sendall(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        await asyncio.sleep(0.1)
        assert state.connections
        await asyncio.sleep(0.4)
        assert not state.connections
        theirs.close()

    loops.run(run())


def test_another_uvicorn_is_left_alone(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where uvicorn is not as the short way expects it, the server starts with what uvicorn has, and says so."""
    assert loops.apart(wire.chosen) is wire.Protocol
    assert capsys.readouterr().err == ""
    begin = wire.H11Protocol.__init__

    def other(self: Any, *given: Any, **more: Any) -> None:
        begin(self, *given, **more)
        del self.asgi_version

    for change in (
        lambda patch: patch.delattr(wire.H11Protocol, "_unset_keepalive_if_required"),
        lambda patch: patch.setattr(wire.H11Protocol, "__init__", other),
        lambda patch: patch.setattr(wire.H11Protocol, "handle_events", lambda _: None),
    ):
        with monkeypatch.context() as patch:
            change(patch)
            assert loops.apart(wire.chosen) == "h11"
        assert capsys.readouterr().err.startswith("WARNING: uvicorn ")
    monkeypatch.setitem(sys.modules, "uvicorn.protocols.http.h11_impl", None)
    spec = importlib.util.spec_from_file_location("another_wire", wire.__file__)
    assert spec is not None and spec.loader is not None
    another = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(another)
    assert loops.apart(another.chosen) == "h11"


# --- How it begins and ends --------------------------------------------------------------------------------------------


@linux
def test_it_ends_at_once_and_nothing_is_left() -> None:
    """SIGTERM ends it in two seconds in the middle of a query; after SIGKILL no process of it lives on."""
    for number, soon in ((signal.SIGTERM, 2.0), (signal.SIGKILL, 1.0)):
        with served() as found:
            threading.Thread(target=lambda found=found: found.query(JOIN, timeout=5.0), daemon=True).start()
            time.sleep(0.6)
            pids = found.workers()
            assert len(pids) >= 2
            begun = time.monotonic()
            found.process.send_signal(number)
            found.process.wait(5)
            while any(map(found.alive, pids)) and time.monotonic() - begun < 3.0:
                time.sleep(0.02)
            assert time.monotonic() - begun < soon


def _starts(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "oscegraph", "serve", *options]
    return subprocess.run(command, capture_output=True, text=True, timeout=20, env=os.environ | environment, check=False)


def test_a_port_that_is_taken() -> None:
    """One line says which, and what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = _starts("--port", str(port))
    assert ended.returncode == 2
    assert (
        ended.stderr
        == f"Error: port {port} of 127.0.0.1 is in use. Give another with --port, or --port 0 for any that is free.\n"
    )


def test_other_machines_are_let_in_on_request_only(run: Callable[..., Result]) -> None:
    """An address that others can reach needs a name, and is warned of."""
    result = run("serve", "--host", "0.0.0.0", "--port", "0")
    assert result.exit_code == 2
    assert "--allow-host" in str(result.exception)
    command = [
        sys.executable,
        "-m",
        "oscegraph",
        "serve",
        "--port",
        "0",
        "--host",
        "0.0.0.0",
        "--allow-host",
        "graph.example",
    ]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stderr is not None
        try:
            assert process.stderr.readline().startswith("WARNING: all who can reach 0.0.0.0")
            assert "http://0.0.0.0:" in process.stdout.readline()
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=10)


def test_what_cannot_be_served(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """An endpoint is not served again, data that are none are told, and a missing package is named."""
    for source, words in (("http://example.org/sparql", "not served again"), ("nowhere.ttl", "no such file")):
        result = run("serve", "--port", "0", "--data", source)
        assert result.exit_code == 2
        assert words in str(result.exception)
    monkeypatch.setitem(sys.modules, "starlette", None)
    monkeypatch.delitem(sys.modules, "oscegraph.server")
    monkeypatch.delattr("oscegraph.server")
    for name in [name for name in sys.modules if name.startswith("starlette.")]:
        monkeypatch.setitem(sys.modules, name, None)
    result = run("serve", "--port", "0")
    assert isinstance(result.exception, OscegraphError)
    assert str(result.exception).endswith('pip install "oscegraph[serve]"')


def test_the_browser_is_opened_on_request(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    """`--open` opens the address that is printed."""
    opened: list[str] = []
    monkeypatch.setattr("click.launch", opened.append)
    monkeypatch.setattr(server, "run", lambda *given: given[-1]("http://127.0.0.1:8000/"))
    assert "http://127.0.0.1:8000/" in run("serve", "--open").output
    run("serve")
    assert opened == ["http://127.0.0.1:8000/"]


# --- Clients of others -------------------------------------------------------------------------------------------------


def _federated(endpoint: str, text: str) -> list[str]:
    """Return the values of ?s that a SERVICE clause of another store finds.

    The result ends with this function: it may be let go in the thread only that made it, and the frame of a test whose
    clients catch errors of their own may live on until the garbage of another thread is collected.
    """
    select = text[text.index("SELECT") :].replace("osg:Activity", "<https://w3id.org/oscegraph/ontology#Activity>")
    found = ox.Store().query(f"SELECT ?s {{ SERVICE <{endpoint}> {{ {select} }} }}")
    assert isinstance(found, ox.QuerySolutions)
    return sorted(row["s"].value for row in found)  # type: ignore[union-attr]


def test_other_clients(site: Served) -> None:
    """SPARQLWrapper, rdflib, a SERVICE clause of another store, and curl get what is there."""
    import rdflib
    from rdflib.plugins.stores.sparqlstore import SPARQLStore
    from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, XML, SPARQLWrapper

    endpoint = f"{site.address}/sparql"
    text = "PREFIX osg: <https://w3id.org/oscegraph/ontology#> SELECT ?s { ?s a osg:Activity } ORDER BY ?s LIMIT 3"
    graph = Oscegraph.open()
    expected = [row[0].value for row in graph.store.select(text)[1] if isinstance(row[0], ox.NamedNode)]
    client = SPARQLWrapper(endpoint)
    client.setQuery(text)
    client.setReturnFormat(JSON)
    for direct in (False, True):
        if direct:
            client.setMethod(POST)
            client.setRequestMethod(POSTDIRECTLY)
        rows = client.queryAndConvert()["results"]["bindings"]
        assert [row["s"]["value"] for row in rows] == expected
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().decode().split() == ["s", *expected]
    client.setReturnFormat(XML)
    assert len(client.queryAndConvert().getElementsByTagName("uri")) == 3
    client.setQuery(f"DESCRIBE <{expected[0]}>")
    client.setReturnFormat(TURTLE)
    assert expected[0].encode() in client.queryAndConvert()
    for way in ("GET", "POST", "POST_FORM"):
        store = rdflib.Graph(store=SPARQLStore(endpoint, method=way))
        assert [str(row[0]) for row in store.query(text)] == expected
    assert _federated(endpoint, text) == expected
    curl = shutil.which("curl")
    if curl:
        command = [
            curl,
            "-sS",
            "--fail",
            "--compressed",
            "-H",
            "Accept: text/csv",
            "--data-urlencode",
            f"query={text}",
            endpoint,
        ]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        assert said.split() == ["s", *expected]


def test_our_own_commands_can_ask_it(site: Served, run: Callable[..., Result]) -> None:
    """`--data` of every command takes the address."""
    there, here = run("who", "UNODC", "--data", f"{site.address}/sparql"), run("who", "UNODC")
    assert there.exit_code == 0
    assert there.output == here.output
