"""Stage 15e: a process that runs one query after the other, and that may be killed at any time.

`python -m oscegraph.endpoint.worker` reads requests from its standard input and writes frames to its standard output; see
`crew`, which starts it. A parser that a query can bring down, and an engine that cannot be interrupted, are nowhere else.
"""

from __future__ import annotations

import contextlib
import gc
import itertools
import json
import os
import re
import struct
import sys
import threading
from collections.abc import Iterable
from typing import IO, Any, cast

import pyoxigraph as ox

from oscegraph import loading
from oscegraph.endpoint import counting, guard, media, sandbox
from oscegraph.errors import OscegraphError
from oscegraph.namespaces import BASE, PREFIXES

# What a frame is: R ready, B a query is begun, A a whole answer, H the head of a long one, D a piece of it, E its end,
# F a failure.
FRAME = struct.Struct(">cI")
LENGTH = struct.Struct(">I")
# So much is held back before the first byte goes out, so that what fails before has a true status; then pieces of this size.
HELD, PIECE = 1 << 18, 1 << 16
STACK = 256 << 20
_NOT_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")


class Failure(Exception):  # noqa: N818 - what is answered instead
    """An answer that cannot be given, with its HTTP status."""

    def __init__(self, status: int, title: str, detail: str, **more: Any) -> None:
        self.body = {"status": status, "title": title, "detail": detail, **more}
        super().__init__(detail)


class Channel:
    """The two pipes to the parent."""

    def __init__(self) -> None:
        self.source, self.target = os.dup(0), os.dup(1)
        # What anything else prints must not end up among the frames.
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(nothing, 1)

    def send(self, kind: bytes, payload: bytes = b"") -> None:
        """Write one frame."""
        rest = memoryview(FRAME.pack(kind, len(payload)) + payload)
        while rest:
            rest = rest[os.write(self.target, rest) :]

    def read(self) -> list[Any] | None:
        """Return the next request, or None when there will be none."""
        head = self._exactly(LENGTH.size)
        body = self._exactly(LENGTH.unpack(head)[0]) if head else b""
        return json.loads(body) if body else None

    def _exactly(self, size: int) -> bytes:
        pieces, missing = [], size
        while missing:
            piece = os.read(self.source, missing)
            if not piece:
                return b""
            pieces.append(piece)
            missing -= len(piece)
        return b"".join(pieces)


class Output:
    """What pyoxigraph writes an answer to: counts, holds back, and sends on."""

    def __init__(self, channel: Channel, kind: str, media_type: str, format_name: str, rows: int) -> None:
        self.channel, self.limit = channel, rows
        self.head = f"{kind} {media_type}\n".encode()
        self.rows = counting.Rows(format_name) if kind == "select" else None
        self.xml = "XML" in format_name
        self.held: list[bytes] = []
        self.waiting = self.size = 0
        self.begun = False
        self.failure: Failure | None = None
        self._tail = b""

    def write(self, data: bytes) -> int:
        """Take a piece of the answer."""
        self.held.append(data)
        self.size += len(data)
        self.waiting += len(data)
        if self.waiting >= (PIECE if self.begun else HELD):
            piece = self._piece(False)
            if not self.begun:
                self.channel.send(b"H", self.head)
                self.begun = True
            self.channel.send(b"D", piece)
        return len(data)

    def flush(self) -> None:
        """There is nothing to do: what is held back stays so."""

    def finish(self) -> None:
        """Send what is left."""
        piece = self._piece(True)
        if self.begun:
            self.channel.send(b"D", piece)
            self.channel.send(b"E")
        else:
            self.channel.send(b"A", self.head + piece)

    def _piece(self, last: bool) -> bytes:
        piece = b"".join(self.held)
        self.held, self.waiting = [], 0
        # No row is shorter than a byte, so that a short answer needs no count.
        short = last and not self.begun and self.size <= self.limit
        if self.rows is not None and not short and self.rows.add(piece) > self.limit:
            self._fail(too_many(self.limit, "rows"))
        return self._as_xml(piece) if self.xml else piece

    def _as_xml(self, piece: bytes) -> bytes:
        """Return the piece with what a parser of XML would change written as it reads it."""
        if _NOT_XML.search(self._tail + piece):
            self._fail(Failure(406, "Not in XML", "The answer has a character that XML cannot hold. Ask for JSON instead."))
        self._tail = piece[-2:]
        return piece.replace(b"\r", b"&#13;")

    def _fail(self, failure: Failure) -> None:
        self.failure = failure
        raise failure


def too_many(limit: int, what: str) -> Failure:
    """Return what is said of an answer that is too long."""
    detail = f"The answer has more than {limit:,} {what}, the most that this endpoint gives. Add a LIMIT, or ask for less."
    return Failure(503, f"Too many {what}", detail)


class Answerer:
    """The data, and how queries are answered from them."""

    def __init__(self, settings: dict[str, Any]) -> None:
        self.rows: int = settings["rows"]
        self.store = _open(settings["sources"], settings["snapshot"])

    def answer(self, channel: Channel, request: list[Any]) -> None:
        """Run a query and send its answer, or raise Failure."""
        text, accept, default, named, guarded = request
        if guarded:
            try:
                guard.check(text)
            except guard.Refused as refusal:
                raise Failure(refusal.status, refusal.title, str(refusal)) from None
        kind, result = self._run(text, default, named)
        media_type = media.choose(accept[: media.LONGEST], kind)
        if media_type is None:
            offers = list(media.formats(kind))
            raise Failure(406, "Not acceptable", f"This answer can be had as {', '.join(offers)}.", formats=offers)
        name = media.formats(kind)[media_type]
        output = Output(channel, kind, media_type, name, self.rows)
        try:
            self._write(kind, result, output, name)
        except Failure:
            raise
        except (ValueError, TypeError) as error:
            said = " ".join(str(error).split())[:200]
            raise Failure(406, "Not in this format", f"The answer cannot be written as {media_type}: {said}.") from None
        except (OSError, RuntimeError):
            # Their words may hold a path.
            raise output.failure or Failure(500, "The query failed", "The query broke off while it was run.") from None
        output.finish()

    def _run(self, text: str, default: list[str], named: list[str]) -> tuple[str, Any]:
        options: dict[str, Any] = {"base_iri": BASE}
        if default or named:
            try:
                options["default_graph"] = [ox.NamedNode(iri) for iri in default]
                options["named_graphs"] = [ox.NamedNode(iri) for iri in named]
            except ValueError:
                raise Failure(400, "Bad dataset", "A graph must be named by an absolute IRI.") from None
        try:
            try:
                result = self.store.query(text, **options)
            except SyntaxError:
                # A query may leave out the prefixes that the project knows.
                result = self.store.query(text, prefixes=PREFIXES, **options)
        except SyntaxError as error:
            from oscegraph.store import _what_is_wrong

            what = _what_is_wrong(error, text)
            raise Failure(400, "Malformed query", f"The query is no SPARQL 1.1: {what}") from None
        except ValueError:
            raise Failure(400, "Malformed query", "The query is no text in Unicode.") from None
        except (OSError, RuntimeError):
            raise Failure(500, "The query failed", "The query could not be run.") from None
        if isinstance(result, ox.QuerySolutions):
            return "select", result
        return ("ask" if isinstance(result, ox.QueryBoolean) else "graph"), result

    def _write(self, kind: str, result: Any, output: Output, name: str) -> None:
        if kind != "graph":
            result.serialize(output, getattr(ox.QueryResultsFormat, name))
            return
        triples: Iterable[Any] = itertools.islice(result, self.rows)
        ox.serialize(triples, cast(IO[bytes], output), getattr(ox.RdfFormat, name))
        if next(result, None) is not None:
            raise too_many(self.rows, "triples")


def _open(sources: list[str], snapshot: str | None) -> ox.Store:
    """Open the data, where possible without the module of stores, which knows HTTP and doubles the time of a start."""
    if snapshot is not None:
        held = ox.Store()
        held.bulk_load(path=snapshot, format=ox.RdfFormat.N_QUADS)
        return held
    if not sources:
        return loading.packaged_store()
    from oscegraph.store import EmbeddedStore
    from oscegraph.store_files import open_store

    opened = open_store(sources)
    assert isinstance(opened, EmbeddedStore)
    return opened.inner


def serve(channel: Channel, settings: dict[str, Any], alone: bool) -> None:
    """Open the data, say so, and whether there is no network, and answer until the parent goes."""
    try:
        answerer = Answerer(settings)
    except (OscegraphError, OSError) as error:
        channel.send(b"F", json.dumps({"status": 500, "title": "No data", "detail": str(error)}).encode())
        return
    gc.collect()
    gc.freeze()
    channel.send(b"R", b"alone" if alone else b"")
    while (request := channel.read()) is not None:
        try:
            # Who dies after this died of the query; who dies before never had it.
            channel.send(b"B")
            answerer.answer(channel, request)
        except Failure as failure:
            channel.send(b"F", json.dumps(failure.body).encode())
        except BrokenPipeError:
            return
        except BaseException:
            # What the engine panics over, and what nobody thought of; the next process starts afresh.
            channel.send(
                b"F", json.dumps({"status": 500, "title": "The query failed", "detail": "The query failed."}).encode()
            )
            raise


def main() -> None:
    """Run the process; its one argument is its settings as JSON."""
    settings = json.loads(sys.argv[1])
    alone = sandbox.enclose(settings["parent"], settings["megabytes"])
    channel = Channel()
    with contextlib.suppress(ValueError):
        # A query that is nested deep is parsed and planned by recursion.
        threading.stack_size(STACK)
    thread = threading.Thread(target=serve, args=(channel, settings, alone))
    thread.start()
    thread.join()


if __name__ == "__main__":
    main()
