"""Stage 15l: what each request passes before anything is run, and what each answer carries: hosts, origins, sizes, headers.

A page of another site can make a browser send requests to this machine, and a name that points here makes them look local.
So the names under which the server is asked are listed, and so are the sites that may ask.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Mapping
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from oscegraph.endpoint.problems import problem
from oscegraph.endpoint.protocol import BODY, METHODS, BrokenOff

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
# How much of an answer is sent before the client has taken what went before.
PIECE = 1 << 16
_SAME, _CROSS = (b"cross-origin-resource-policy", b"same-origin"), (b"cross-origin-resource-policy", b"cross-origin")
_NAMES = frozenset(
    {
        b"host",
        b"origin",
        b"sec-fetch-site",
        b"sec-fetch-mode",
        b"sec-fetch-dest",
        b"content-length",
        b"transfer-encoding",
        b"access-control-request-method",
    }
)


class _TooLarge(Exception):  # noqa: N818 - answered with 413
    pass


class Gate:
    """The outermost application.

    `direct` are applications that answer a path by themselves, without the detours of the framework. `origins` are sites
    whose pages may ask and read, each as `https://example.org`, or `*` for all. `fault` answers what nobody foresaw, and
    `tell` makes an answer of a status, a title and a detail.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: Collection[str],
        origins: Collection[str] = (),
        direct: Mapping[str, ASGIApp] | None = None,
        fault: Callable[[Scope, Exception], Response] | None = None,
        tell: Callable[[Scope, int, str, str], Response] | None = None,
    ) -> None:
        self.app, self.direct, self.fault, self.tell = app, dict(direct or {}), fault or _fault, tell or _tell
        self.hosts = frozenset(host.lower().encode() for host in hosts)
        self.origins = frozenset(origin.lower().encode() for origin in origins)
        self.own = frozenset(scheme + host for host in self.hosts for scheme in (b"http://", b"https://"))
        self.headers = (*HEADERS, _CROSS if origins else _SAME)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        found = {name: value for name, value in scope["headers"] if name in _NAMES}
        origin = found.get(b"origin", b"").lower()
        listed = bool(origin) and (origin in self.origins or b"*" in self.origins)
        extra = (*self.headers, *self._sharing(origin, listed)) if self.origins else self.headers
        begun = False

        async def answer(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                given = list(message.get("headers", ()))
                has = {name for name, _ in given} if len(given) > 3 else ()
                given.extend(header for header in extra if header[0] not in has or header[0] == b"vary")
                message["headers"] = given
            # A long page goes piece by piece, so that a client that does not take it holds one piece and no copy of all.
            body = message.get("body", b"")
            if len(body) > PIECE:
                last = (len(body) - 1) // PIECE * PIECE
                for place in range(0, last, PIECE):
                    await send({**message, "body": body[place : place + PIECE], "more_body": True})
                    # So that it is noticed when the client has gone.
                    await asyncio.sleep(0)
                message = {**message, "body": body[last:]}
            await send(message)

        refusal = self._refusal(scope, found, origin, listed)
        if refusal is not None:
            await refusal(scope, receive, answer)
            return
        if listed and scope["method"] == "OPTIONS" and b"access-control-request-method" in found:
            await _preflight()(scope, receive, answer)
            return
        direct = self.direct.get(scope["path"])
        try:
            if direct is not None:
                await direct(scope, receive, answer)
            elif scope["method"] in ("GET", "HEAD", "OPTIONS"):
                await self.app(scope, receive, answer)
            else:
                await self.app(scope, _counted(receive), answer)
        except BrokenOff:
            # An application that returns in the middle of an answer makes the server close the connection.
            return
        except _TooLarge:
            if not begun:
                await self._too_large(scope)(scope, receive, answer)
        except Exception as error:
            response = self.fault(scope, error)
            if not begun:
                await response(scope, receive, answer)

    def _refusal(self, scope: Scope, found: dict[bytes, bytes], origin: bytes, listed: bool) -> Response | None:
        if found.get(b"host", b"").lower() not in self.hosts:
            names = ", ".join(sorted(host.decode("latin-1") for host in self.hosts))
            detail = f"This server is asked as {names}. Others are named by --allow-host."
            return self.tell(scope, 421, "Unknown host", detail)
        if origin and not listed and origin not in self.own:
            detail = "Pages of other sites may not ask this server. Sites are named by --cors."
            return self.tell(scope, 403, "Other site", detail)
        site = found.get(b"sec-fetch-site", b"same-origin")
        if site in (b"cross-site", b"same-site") and not listed and b"*" not in self.origins:
            followed = found.get(b"sec-fetch-mode") == b"navigate" and found.get(b"sec-fetch-dest") == b"document"
            if not followed or scope["method"] not in ("GET", "HEAD") or scope["path"] in self.direct:
                return self.tell(scope, 403, "Other site", "Pages of other sites may link to pages here, and nothing else.")
        declared = found.get(b"content-length", b"")
        if b"transfer-encoding" in found and (declared or scope["http_version"] < "1.1"):
            refused = self.tell(scope, 400, "Two lengths", "A request says the length of its body in one way.")
            refused.headers["Connection"] = "close"
            return refused
        if declared.isdigit() and (len(declared) > 12 or int(declared) > BODY):
            return self._too_large(scope)
        return None

    def _too_large(self, scope: Scope) -> Response:
        refused = self.tell(scope, 413, "Too large", f"A request may have {BODY:,} bytes.")
        refused.headers["Connection"] = "close"
        return refused

    def _sharing(self, origin: bytes, listed: bool) -> list[tuple[bytes, bytes]]:
        if b"*" in self.origins:
            return [(b"access-control-allow-origin", b"*"), _EXPOSED]
        vary = [(b"vary", b"Origin")]
        return [(b"access-control-allow-origin", origin), _EXPOSED, *vary] if listed else vary


_EXPOSED = (b"access-control-expose-headers", b"ETag, Link, Retry-After")


def _preflight() -> Response:
    headers = {
        "Allow": METHODS,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "Accept, Content-Type",
        "Access-Control-Allow-Private-Network": "true",
        "Access-Control-Max-Age": "600",
    }
    return Response(status_code=204, headers=headers)


def _fault(scope: Scope, error: Exception) -> Response:
    return problem(500, "Something went wrong", "This could not be answered, by a fault of the server.")


def _tell(scope: Scope, status: int, title: str, detail: str) -> Response:
    return problem(status, title, detail)


def _counted(receive: Receive) -> Receive:
    """Return `receive` with an end to how much it gives."""
    size = 0

    async def counted() -> Any:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > BODY:
            raise _TooLarge
        return message

    return counted
