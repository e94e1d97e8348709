"""Stage 15k: the SPARQL 1.1 Protocol, its query part, at one address, as a plain ASGI application.

Nothing of a query is run in here: it goes to the pool. What a client sends is decoded once, and strictly.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from starlette.responses import RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from oscegraph.endpoint import description, media
from oscegraph.endpoint.problems import problem
from oscegraph.endpoint.workers import Answer, Pool, QueryFailed
from oscegraph.store import Store

BODY = 1_000_000
FIELDS = 100
METHODS = "GET, HEAD, POST, OPTIONS"
EDITOR = "/query"
_FORM, _DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
_HTML = ("text/html", "application/xhtml+xml")
_VARY = (b"vary", b"Accept")


class BrokenOff(Exception):  # noqa: N818 - the connection is closed, so that the client sees that something is missing
    """An answer that cannot be ended, of which something was sent already."""


class _Wrong(Exception):  # noqa: N818 - what is answered instead
    def __init__(self, status: int, title: str, detail: str, headers: dict[str, str] | None = None) -> None:
        self.response = problem(status, title, detail, headers)
        super().__init__(detail)


@dataclass
class _Operation:
    """What a client asks for."""

    queries: list[str] = field(default_factory=list)
    default: list[str] = field(default_factory=list)
    named: list[str] = field(default_factory=list)
    format: str = ""

    def take(self, encoded: bytes) -> bool:
        """Add the parameters of a query string or form, and return whether there was any but a format."""
        found = False
        for name, value in _pairs(encoded):
            if name in ("format", "output"):
                self.format = value
                continue
            found = True
            if name == "query":
                self.queries.append(value)
            elif name == "default-graph-uri":
                self.default.append(value)
            elif name == "named-graph-uri":
                self.named.append(value)
            elif name in ("update", "using-graph-uri", "using-named-graph-uri"):
                raise _Wrong(400, "Read-only", "This endpoint answers queries; it takes no update.")
        return found


def _pairs(encoded: bytes) -> list[tuple[str, str]]:
    """Return the pairs of a query string or form, decoded once."""
    if not encoded:
        return []
    try:
        text = encoded.decode("utf-8")
        return parse_qsl(text, keep_blank_values=True, encoding="utf-8", errors="strict", max_num_fields=FIELDS)
    except UnicodeDecodeError:
        raise _Wrong(400, "Not UTF-8", "The parameters are not in UTF-8.") from None
    except ValueError:
        raise _Wrong(400, "Too many parameters", f"A request may have {FIELDS} parameters.") from None


class Endpoint:
    """The endpoint over a pool; the store is that from which it describes itself."""

    def __init__(self, store: Store, pool: Pool) -> None:
        self.store, self.pool = store, pool
        self._described = functools.lru_cache(maxsize=32)(functools.partial(description.serialized, store))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            await self._answer(scope, receive, send)
        except _Wrong as wrong:
            await wrong.response(scope, receive, send)
        except QueryFailed as failed:
            headers = {"Vary": "Accept"}
            if failed.retry_after is not None:
                headers["Retry-After"] = str(failed.retry_after)
            response = problem(failed.status, failed.title, failed.detail, headers, **failed.more)
            await response(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        method, operation = scope["method"], _Operation()
        if method == "OPTIONS":
            await Response(status_code=204, headers={"Allow": METHODS})(scope, receive, send)
            return
        if method not in ("GET", "HEAD", "POST"):
            raise _Wrong(405, "Method not allowed", f"Allowed are {METHODS}.", {"Allow": METHODS})
        given = operation.take(scope["query_string"])
        if method == "POST":
            await _read(scope, receive, operation)
        elif not given:
            await self._describe(scope, receive, send, operation)
            return
        if len(operation.queries) != 1:
            number = len(operation.queries) or "no"
            raise _Wrong(400, "One query", f"A request has exactly one query; this one has {number}.")
        accept = _accept(scope, operation.format)
        client = scope["client"][0] if scope.get("client") else ""
        answer = await self.pool.run(
            operation.queries[0],
            accept,
            operation.default,
            operation.named,
            client=client,
            gone=functools.partial(_until_gone, receive),
        )
        await _send(answer, send)

    async def _describe(self, scope: Scope, receive: Receive, send: Send, operation: _Operation) -> None:
        """Send the service description, or a browser to the editor (SPARQL 1.1 Service Description, section 2)."""
        accept = _accept(scope, operation.format)
        chosen = media.negotiate(accept, (*media.GRAPHS, *_HTML))
        if chosen is None:
            offers = ", ".join((*media.GRAPHS, *_HTML))
            raise _Wrong(
                406, "Not acceptable", f"The description of this service can be had as {offers}.", {"Vary": "Accept"}
            )
        response: Response
        if chosen in _HTML:
            response = RedirectResponse(EDITOR, 303, {"Vary": "Accept"})
        else:
            host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "localhost")
            address = f"{scope['scheme']}://{host}/sparql"
            content = await asyncio.to_thread(self._described, address, chosen)
            response = Response(content, headers={"Vary": "Accept", "Cache-Control": "no-cache"}, media_type=_spelt(chosen))
        await response(scope, receive, send)


def _accept(scope: Scope, wanted: str) -> str:
    """Return what the client accepts: what it says in `format`, or its headers."""
    if wanted:
        if wanted.lower() in media.SHORT:
            return media.SHORT[wanted.lower()]
        if "/" not in wanted:
            raise _Wrong(400, "Unknown format", f"Formats are {', '.join(media.SHORT)}, or a media type.")
        # A "+" of a media type is a space where it was not encoded.
        return wanted.replace(" ", "+")
    return ",".join(value.decode("latin-1") for name, value in scope["headers"] if name == b"accept")


async def _until_gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


def _header(headers: Iterable[tuple[bytes, bytes]], wanted: bytes) -> str:
    return ", ".join(value.decode("latin-1") for name, value in headers if name == wanted)


async def _read(scope: Scope, receive: Receive, operation: _Operation) -> None:
    """Read the query from the body of a POST."""
    headers = scope["headers"]
    kind, _, parameters = _header(headers, b"content-type").partition(";")
    kind = kind.strip().lower()
    if kind == "application/sparql-update":
        raise _Wrong(415, "Read-only", "This endpoint answers queries; it takes no update.")
    if kind not in (_FORM, _DIRECT):
        raise _Wrong(
            415,
            "Unknown kind of body",
            f"A query is posted as {_FORM} or {_DIRECT}.",
            {"Accept-Post": f"{_FORM}, {_DIRECT}"},
        )
    charset = next((value for name, value in _parameters(parameters) if name == "charset"), "utf-8")
    if charset.replace("_", "-") not in ("utf-8", "utf8", "us-ascii"):
        raise _Wrong(415, "Not UTF-8", "A query is posted in UTF-8.")
    if _header(headers, b"content-encoding").strip().lower() not in ("", "identity"):
        raise _Wrong(415, "Compressed body", "A query is posted without compression.", {"Accept-Encoding": "identity"})
    body = await _body(headers, receive)
    if kind == _FORM:
        operation.take(body)
        return
    try:
        operation.queries.append(body.decode("utf-8"))
    except UnicodeDecodeError:
        raise _Wrong(400, "Not UTF-8", "The query is not in UTF-8.") from None


def _parameters(text: str) -> Iterable[tuple[str, str]]:
    for part in text.split(";"):
        name, _, value = part.partition("=")
        yield name.strip().lower(), value.strip().strip('"').lower()


async def _body(headers: Iterable[tuple[bytes, bytes]], receive: Receive) -> bytes:
    """Return the body; too much of it is refused as soon as that is known, and not read on."""
    declared = _header(headers, b"content-length")
    too_large = _Wrong(413, "Too large", f"A request may have {BODY:,} bytes.", {"Connection": "close"})
    if declared.isdigit() and (len(declared) > 12 or int(declared) > BODY):
        raise too_large
    pieces, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise BrokenOff
        piece = message.get("body", b"")
        size, more = size + len(piece), message.get("more_body", False)
        if size > BODY:
            raise too_large
        pieces.append(piece)
    return b"".join(pieces)


def _spelt(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type


async def _send(answer: Answer, send: Send) -> None:
    headers: list[Any] = [(b"content-type", _spelt(answer.media_type).encode()), _VARY]
    if answer.body is not None:
        headers.append((b"content-length", b"%d" % len(answer.body)))
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})
        return
    try:
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        async for piece in answer:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})
    except QueryFailed:
        raise BrokenOff from None
    finally:
        answer.close()
