"""Stage 15n: HTTP/1.1 on the wire: deadlines for slow clients, and a short way for plain requests.

uvicorn with h11 takes HTTP/1.1 as strictly as it should be taken, and spends most of the time of a short request on it. What
comes as one whole and entirely usual request goes the way of `plain` instead. Anything that does not fit there, and all that
follows it on the same connection, is left to h11.
"""

from __future__ import annotations

import asyncio
import sys
from typing import Any
from urllib.parse import unquote

import h11
import uvicorn
from starlette.types import Receive, Scope, Send

from oscegraph.endpoint import plain

try:
    from uvicorn.protocols.http.h11_impl import H11Protocol
except ImportError:
    # What follows cannot work then, which `chosen` finds out.
    H11Protocol = asyncio.Protocol  # type: ignore[misc, assignment]

# How long a client may take for the head of a request, for its body, and for taking an answer that is ready, in seconds.
HEAD, BODY, STALL = 5.0, 10.0, 20.0
# How much of further requests is taken in before the first is answered.
AHEAD = 1 << 16


class Protocol(H11Protocol):
    """The connection to one client.

    A client that never ends its request, or never takes the answer, loses the connection.
    """

    _timer: asyncio.TimerHandle | None = None
    _stalled: asyncio.TimerHandle | None = None
    _phase = ""
    _plain: plain.Exchange | None = None
    _usual = True
    _held = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:  # noqa: D102 - of asyncio
        super().connection_made(transport)  # type: ignore[arg-type]
        # So that it counts as stalled when it takes nothing of what is left, however little that is, or of an answer that
        # was the last.
        self.transport.set_write_buffer_limits(high=0)
        self._await("head", HEAD)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: D102 - of asyncio
        self._await("", 0.0)
        if self._plain is not None:
            self._plain.lose()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:  # noqa: D102 - of asyncio
        if not self._usual:
            super().data_received(data)
        elif self._plain is not None:
            self._held += data
            if len(self._held) > AHEAD:
                self.flow.pause_reading()
        else:
            self._begin(data)

    def _begin(self, data: bytes) -> None:
        """Answer a request that is whole and usual, or leave the connection to h11."""
        read = plain.read(data)
        if read is None:
            self._usual = False
            super().data_received(data)
            return
        self._unset_keepalive_if_required()
        if self._phase:
            self._await("", 0.0)
        method, target, headers, body = read
        raw_path, _, query = target.partition(b"?")
        scope: Scope = {
            "type": "http",
            "asgi": {"version": self.asgi_version, "spec_version": "2.3"},
            "http_version": "1.1",
            "server": self.server,
            "client": self.client,
            "scheme": self.scheme,
            "method": method,
            "root_path": self.root_path,
            "path": self.root_path + unquote(raw_path.decode("ascii")),
            "raw_path": self.root_path.encode("ascii") + raw_path,
            "query_string": query,
            "headers": headers,
            "state": self.app_state.copy(),
        }
        self._plain = plain.Exchange(self, scope, body)
        task = self.loop.create_task(self._plain.run())
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    def finished(self, close: bool) -> None:
        """Go on after an answer that is sent."""
        self._plain, held, self._held = None, self._held, b""
        if self.transport.is_closing():
            return
        if close:
            self.transport.close()
            return
        self.flow.resume_reading()
        self.timeout_keep_alive_task = self.loop.call_later(self.timeout_keep_alive, self.timeout_keep_alive_handler)
        if held:
            self._begin(held)

    def shutdown(self) -> None:  # noqa: D102 - of uvicorn
        if self._plain is not None:
            self._plain.close = True
        else:
            super().shutdown()

    def handle_events(self) -> None:  # noqa: D102 - of uvicorn
        super().handle_events()
        state = self.conn.their_state
        if state is h11.SEND_BODY:
            self._await("body", BODY)
        elif state is h11.IDLE and self.conn.trailing_data[0]:
            self._await("head", HEAD)
        elif self._phase:
            self._await("", 0.0)

    def pause_writing(self) -> None:  # noqa: D102 - of asyncio
        super().pause_writing()
        if self._stalled is None:
            self._stalled = self.loop.call_later(STALL, self.transport.abort)

    def resume_writing(self) -> None:  # noqa: D102 - of asyncio
        if self._stalled is not None:
            self._stalled.cancel()
            self._stalled = None
        if self.flow is not None:
            super().resume_writing()

    def _await(self, phase: str, seconds: float) -> None:
        if phase == self._phase:
            return
        if self._timer is not None:
            self._timer.cancel()
        self._phase = phase
        self._timer = self.loop.call_later(seconds, self.transport.abort) if phase else None


def chosen() -> type[asyncio.Protocol] | str:
    """Return how connections are read: as above, or by uvicorn alone where it is not as this was written for."""
    try:
        asyncio.run(_try())
    except Exception as error:
        print(
            f"WARNING: uvicorn {uvicorn.__version__} works in another way than this program knows ({type(error).__name__}). "
            "Connections are left to it: clients that are slow are not cut off.",
            file=sys.stderr,
        )
        return "h11"
    return Protocol


class _Trial(asyncio.Transport):
    """A connection to nobody, which holds what is written to it."""

    def __init__(self) -> None:
        super().__init__()
        self.written, self.closed = b"", False

    def write(self, data: Any) -> None:
        self.written += data

    def close(self) -> None:
        self.closed = True

    abort = close

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None:
        pass

    resume_reading = pause_reading

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        pass


async def _try() -> None:
    """Read requests of both kinds, on one connection and on two; raises what is wrong."""
    asked: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append((await receive())["type"])
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1")]})
        await send({"type": "http.response.body", "body": b"1"})

    config = uvicorn.Config(app, http=Protocol, ws="none", lifespan="off", log_config=None)
    config.load()
    usual, other = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", b"GET / HTTP/1.1\r\nHost:\ta\r\n\r\n"
    for requests in ((usual, usual, other), (other, usual), (usual + usual[:9], usual[9:])):
        server = uvicorn.Server(config)
        protocol, line = Protocol(config, server.server_state, {}), _Trial()
        protocol.connection_made(line)
        for data in requests:
            protocol.data_received(data)
            protocol.pause_writing()
            protocol.resume_writing()
            await asyncio.gather(*server.server_state.tasks)
        number = b"".join(requests).count(b"\r\n\r\n")
        if line.written.count(b"HTTP/1.1 200") != number or asked != ["http.request"] * number or line.closed:
            raise RuntimeError("requests are not answered")
        asked.clear()
        protocol.timeout_keep_alive_handler()
        protocol.shutdown()
        protocol.connection_lost(None)
        if not line.closed:
            raise RuntimeError("a connection is not closed")
