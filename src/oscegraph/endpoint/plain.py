"""Stage 15m: plain requests of HTTP/1.1, which come as one whole and have nothing to think of, and the answers to them.

Such a request is read by one pattern that fits nothing else. Its answer is written as the application gives it, and has no
line that is not its own. All of it is bytes: when they come, and how long they may take, is for the connection to say.
"""

from __future__ import annotations

import asyncio
import http
import re
from typing import TYPE_CHECKING, Any, Protocol

from starlette.types import ASGIApp, Message, Scope

if TYPE_CHECKING:
    from uvicorn.protocols.http.flow_control import FlowControl
    from uvicorn.server import ServerState

_REQUEST = re.compile(rb"(GET|POST) (/[!-~]*) HTTP/1\.1\r\n((?:[A-Za-z0-9\-]++:[ -~]*+\r\n){1,64}+)\r\n")
# With these, there is more to think of.
_UNUSUAL = frozenset(
    {b"transfer-encoding", b"expect", b"upgrade", b"te", b"trailer", b"connection", b"content-length", b"host"}
)
_BODILESS = (204, 304)
_PHRASES = {status.value: status.phrase.encode() for status in http.HTTPStatus}


def read(data: bytes) -> tuple[str, bytes, list[tuple[bytes, bytes]], bytes] | None:
    r"""Return method, target, headers and body of exactly one usual request, or None for anything else.

    >>> read(b"GET /a?b HTTP/1.1\r\nHost: c\r\n\r\n")
    ('GET', b'/a?b', [(b'host', b'c')], b'')
    >>> read(b"GET /a?b HTTP/1.1\r\nHost: c\r\nHost: d\r\n\r\n") is None
    True
    """
    found = _REQUEST.match(data)
    if found is None:
        return None
    headers, unusual = [], {}
    for line in found[3].split(b"\r\n")[:-1]:
        name, _, value = line.partition(b":")
        name, value = name.lower(), value.strip()
        headers.append((name, value))
        if name in _UNUSUAL:
            if name in unusual:
                return None
            unusual[name] = value
    body = data[found.end() :]
    if found[1] == b"POST":
        length = unusual.pop(b"content-length", b"")
        # Digits of ASCII only, and no zeros in front.
        if length != b"%d" % len(body):
            return None
    elif body:
        return None
    if unusual.pop(b"connection", b"keep-alive").lower() != b"keep-alive":
        return None
    if unusual.keys() != {b"host"}:
        return None
    return found[1].decode("ascii"), found[2], headers, body


class Connection(Protocol):
    """What an exchange needs of the connection to a client."""

    app: ASGIApp
    flow: FlowControl
    server_state: ServerState
    transport: asyncio.Transport

    def finished(self, close: bool) -> None:
        """Go on after an answer that is sent."""


class Exchange:
    """A request that came as a whole, and its answer."""

    def __init__(self, connection: Connection, scope: Scope, body: bytes) -> None:
        self.connection, self.scope = connection, scope
        self.close = False
        self._body: bytes | None = body
        self._status, self._headers = 0, []  # type: ignore[var-annotated]
        self._chunked = self._complete = self._lost = False
        self._gone: asyncio.Event | None = None

    async def run(self) -> None:
        """Let the application answer; what it does not end is broken off."""
        try:
            await self.connection.app(self.scope, self.receive, self.send)
        finally:
            if not self._complete:
                self.connection.finished(close=True)

    def lose(self) -> None:
        """The client has gone."""
        self._lost = True
        if self._gone is not None:
            self._gone.set()

    async def receive(self) -> Message:
        """Give the body, and then wait until the client has gone, or has all."""
        if self._body is not None:
            body, self._body = self._body, None
            return {"type": "http.request", "body": body, "more_body": False}
        if not self._lost and not self._complete:
            self._gone = self._gone or asyncio.Event()
            await self._gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Message) -> None:
        """Send the head together with the first of the body, and then the rest."""
        if self.connection.flow.write_paused and not self._lost:
            await self.connection.flow.drain()
        if self._lost or self.connection.transport.is_closing():
            return
        if message["type"] == "http.response.start":
            self._status, self._headers = message["status"], list(message.get("headers", ()))
            return
        body, more = message.get("body", b""), message.get("more_body", False)
        if self._headers is not None:
            data = self._begun(body, more)
        elif self._chunked:
            data = b"%x\r\n%b\r\n" % (len(body), body) if body else b""
        else:
            data = body
        if self._chunked and not more:
            data += b"0\r\n\r\n"
        self.connection.transport.write(data)
        if not more:
            self._complete = True
            if self._gone is not None:
                self._gone.set()
            self.connection.finished(self.close)

    def _begun(self, body: bytes, more: bool) -> bytes:
        """Return the head of the answer and the first of its body."""
        headers: Any = [*self.connection.server_state.default_headers, *self._headers]
        names = {name.lower(): value for name, value in headers}
        if names.get(b"connection", b"").lower() == b"close":
            self.close = True
        if self._status in _BODILESS:
            body = b""
        elif b"content-length" not in names:
            self._chunked = more
            headers.append((b"transfer-encoding", b"chunked") if more else (b"content-length", b"%d" % len(body)))
        self._headers = None  # type: ignore[assignment]
        lines = [b"HTTP/1.1 %d %b" % (self._status, _PHRASES.get(self._status, b""))]
        lines += [b"%b: %b" % header for header in headers]
        head = b"\r\n".join([*lines, b"", b""])
        if head.count(b"\n") != len(lines) + 1 or head.count(b"\r") != len(lines) + 1 or b"\0" in head:
            raise ValueError("a header of an answer holds the end of a line")
        return head + (b"%x\r\n%b\r\n" % (len(body), body) if self._chunked and body else body)
