"""Stage 17: the web server: explorer, linked data and SPARQL endpoint as one application, and the process that serves it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import os
import socket
import sys
import traceback
from collections.abc import AsyncIterator, Callable, Collection, Sequence

import anyio.to_thread
import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from oscegraph import resources
from oscegraph.api import Oscegraph
from oscegraph.endpoint import media, wire
from oscegraph.endpoint.gate import Gate
from oscegraph.endpoint.problems import problem
from oscegraph.endpoint.protocol import Endpoint
from oscegraph.endpoint.workers import Limits, Pool
from oscegraph.errors import OscegraphError
from oscegraph.explorer import linked, pages, tools
from oscegraph.explorer.site import Site
from oscegraph.store import EmbeddedStore

LARGEST_HEAD = 1 << 16
# So many pages are made at once. With more, the loop that passes on the answers of queries would rarely have its turn.
THREADS = 6
LOCAL = ("127.0.0.1", "localhost", "::1")
_TITLES = {404: "Nothing stands here", 405: "Method not allowed"}
_DETAILS = {404: "There is no page at this address.", 405: "This address cannot be asked like that."}


def application(graph: Oscegraph, pool: Pool, hosts: Collection[str], origins: Collection[str] = ()) -> Starlette:
    """Return the application; `hosts` are the values of the Host header that it answers to, `origins` sites that may ask."""
    site, endpoint = Site(graph), Endpoint(graph.store, pool)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
        await pool.start()
        try:
            yield
        finally:
            await pool.close()

    def failed(scope: Scope, error: Exception) -> Response:
        request = Request(scope)
        _tell(request, error)
        return _error(site, request, 500, "Something went wrong", "This could not be answered, by a fault of the server.")

    def tell(scope: Scope, status: int, title: str, detail: str) -> Response:
        return _error(site, Request(scope), status, title, detail)

    async def refused(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        status = error.status_code
        title, detail = _TITLES.get(status, "Not possible"), _DETAILS.get(status, "This request cannot be answered.")
        response = _error(site, request, status, title, detail)
        response.headers.update(error.headers or {})
        return response

    def void(request: Request) -> Response:
        return RedirectResponse("/sparql", 303)

    assets = resources.PACKAGE / "assets"
    routes = [
        Route("/.well-known/void", void),
        Mount("/static/vendor", StaticFiles(directory=assets / "vendor")),
        Mount("/static", StaticFiles(directory=assets / "site" / "static")),
        *pages.routes(site),
        *tools.routes(site),
        *linked.routes(site),
    ]
    direct = {"/sparql": endpoint, "/sparql/": endpoint}
    gate = Middleware(Gate, hosts=hosts, origins=origins, direct=direct, fault=failed, tell=tell)
    return Starlette(routes=routes, middleware=[gate], exception_handlers={HTTPException: refused}, lifespan=lifespan)


def _error(site: Site, request: Request, status: int, title: str, detail: str) -> Response:
    """Return an error as a page for a browser, and as JSON for anything else."""
    wanted = media.negotiate(request.headers.get("accept", ""), ("application/json", "text/html"))
    if wanted == "text/html":
        with contextlib.suppress(Exception):
            page = site.error(request, status, title, detail)
            page.headers["Vary"] = "Accept"
            return page
    return problem(status, title, detail, {"Vary": "Accept"})


def _tell(request: Request, error: Exception) -> None:
    """Say on the terminal of the server what the client is not told."""
    if os.environ.get("OSCEGRAPH_DEBUG"):
        traceback.print_exception(error, file=sys.stderr)
    else:
        print(f"{request.method} failed: {type(error).__name__}. OSCEGRAPH_DEBUG=1 shows where.", file=sys.stderr)


class _Server(uvicorn.Server):
    """A server that says when it listens, and stops queries before it waits for answers."""

    def __init__(self, config: uvicorn.Config, pool: Pool, listening: Callable[[], None]) -> None:
        super().__init__(config)
        self._pool, self._listening = pool, listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._listening()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        await self._pool.close()
        await super().shutdown(sockets)


def run(
    sources: Sequence[str] = (),
    host: str = "127.0.0.1",
    port: int = 8000,
    allow_hosts: Sequence[str] = (),
    origins: Sequence[str] = (),
    limits: Limits | None = None,
    size: int = 2,
    listening: Callable[[str], None] = print,
) -> None:
    """Serve until a signal ends it; `listening` is told the address. Raises OscegraphError if it cannot begin."""
    if any(source.startswith(("http://", "https://")) for source in sources):
        raise OscegraphError("an endpoint is not served again: give files, a folder or a store, or ask the endpoint itself.")
    listener = _listen(host, port)
    with listener:
        graph = Oscegraph.open(tuple(sources))
        assert isinstance(graph.store, EmbeddedStore)
        number = listener.getsockname()[1]
        pool = Pool(sources, size, limits)
        app = application(graph, pool, host_names(number, allow_hosts), origins)
        config = uvicorn.Config(
            app,
            http=wire.chosen(),
            ws="none",
            loop="asyncio",
            lifespan="on",
            log_config=None,
            # What a client does wrong is no news, and what goes wrong here is told by the application.
            log_level=100,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_keep_alive=5,
            timeout_graceful_shutdown=1,
            h11_max_incomplete_event_size=LARGEST_HEAD,
        )
        shown = f"[{host}]" if ":" in host else host
        server = _Server(config, pool, lambda: listening(f"http://{shown}:{number}/"))

        async def serve() -> None:
            # Here rather than by the application, so that an error is one and not a failed start of the server.
            await pool.start()
            try:
                await server.serve(sockets=[listener])
            finally:
                await pool.close()

        asyncio.run(serve())


def host_names(port: int, allowed: Sequence[str]) -> set[str]:
    """Return the values of the Host header that are answered to.

    >>> sorted(host_names(8000, ["graph.example.org"]))[-2:]
    ['graph.example.org:8000', 'localhost:8000']
    """
    local = [f"[{name}]" if ":" in name else name for name in LOCAL]
    names = {f"{name}:{port}" for name in (*local, *allowed)} | set(allowed)
    return names | set(local) if port == 80 else names


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family, backlog=2048)
    except OverflowError:
        raise OscegraphError(f"{port} is no port; ports are 0 to 65535.") from None
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise OscegraphError(
                f"port {port} of {host} is in use. Give another with --port, or --port 0 for any that is free."
            ) from None
        raise OscegraphError(f"cannot listen at {host}, port {port} ({error.strerror or error}).") from None
