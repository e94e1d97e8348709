"""The servers that `serve.py` measures, and how each is asked."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox

HOST = "127.0.0.1"
JSON = "application/sparql-results+json"
RDFLIB = """import logging, socket, sys
import rdflib, uvicorn
from rdflib_endpoint import SparqlEndpoint
logging.disable()
graph = rdflib.Graph().parse(sys.argv[1], format="nt")
listener = socket.create_server(("127.0.0.1", 0), backlog=2048)
print(listener.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(SparqlEndpoint(graph=graph, path="/sparql"), log_level="critical")).run([listener])
"""


@dataclass
class Target:
    """A running server, and how it is asked."""

    process: subprocess.Popen[str]
    port: int
    path: str = "/sparql"
    begun: float = 0.0

    def page(self, path: str) -> bytes:
        """Return the request for a page."""
        return f"GET {path} HTTP/1.1\r\nHost: {HOST}:{self.port}\r\nAccept: text/html,*/*;q=0.8\r\n\r\n".encode()

    def sparql(self, text: str, post: bool = False) -> bytes:
        """Return the request for the answer to a query."""
        common = f"HTTP/1.1\r\nHost: {HOST}:{self.port}\r\nAccept: {JSON}\r\n"
        if not post:
            return f"GET {self.path}?query={quote(text)} {common}\r\n".encode()
        body = text.encode()
        kind = f"Content-Type: application/sparql-query\r\nContent-Length: {len(body)}\r\n\r\n"
        return f"POST {self.path} {common}{kind}".encode() + body

    def queries(self, texts: Iterator[str]) -> Iterator[tuple[str, bytes]]:
        """Return the requests for queries, by GET and POST in turn."""
        for number, text in enumerate(texts):
            yield "SPARQL", self.sparql(text, bool(number % 2))

    def mixed(self, pages: Iterator[tuple[str, str]]) -> Iterator[tuple[str, bytes]]:
        """Return the requests for pages and queries."""
        for number, (kind, what) in enumerate(pages):
            yield kind, self.sparql(what, bool(number % 2)) if kind == "SPARQL" else self.page(what)


@contextlib.contextmanager
def ours(*options: str, port: int = 0) -> Iterator[Target]:
    """Run `oscegraph serve`."""
    words = [sys.executable, "-m", "oscegraph", "serve", "--port", str(port), *options]
    with _running(words, r"http://[^/]*:(\d+)/", "stdout") as target:
        yield target


@contextlib.contextmanager
def oxigraph(folder: Path) -> Iterator[Target]:
    """Run Oxigraph's own server on a store of the packaged graph."""
    if not (folder / "store").is_dir():
        subprocess.run([sys.executable, "-m", "oscegraph", "build", str(folder / "store")], check=True, capture_output=True)
    with socket.create_server((HOST, 0)) as free:
        port = free.getsockname()[1]
    program = str(Path(sys.executable).with_name("oxigraph"))
    words = [program, "serve-read-only", "--location", str(folder / "store" / "db"), "--bind", f"{HOST}:{port}"]
    with _running(words, r":(\d+)", "stderr") as target:
        target.path = "/query"
        yield target


@contextlib.contextmanager
def rdflib_endpoint(folder: Path, store: ox.Store) -> Iterator[Target]:
    """Run rdflib-endpoint on the packaged graph in memory."""
    store.dump(folder / "all.nt", format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    with _running([sys.executable, "-W", "ignore", "-c", RDFLIB, str(folder / "all.nt")], r"(\d+)", "stdout") as target:
        yield target


@contextlib.contextmanager
def _running(words: list[str], says: str, stream: str) -> Iterator[Target]:
    begun = time.perf_counter()
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL} | {stream: subprocess.PIPE}
    with subprocess.Popen(words, text=True, env=os.environ | {"PYTHONUNBUFFERED": "1"}, **streams) as process:  # type: ignore[call-overload]
        try:
            said = getattr(process, stream).readline()
            found = re.search(says, said)
            if found is None:
                raise SystemExit(f"{' '.join(words[:4])} did not start: {said!r}")
            yield Target(process, int(found[1]), begun=begun)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(10)
            process.kill()
