"""A server of our own for tests: a real process on a free port, asked over real sockets."""

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
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode


@dataclass
class Reply:
    """One answer: status, headers under their names in small letters, body, and whether the transfer ended as it should."""

    status: int
    headers: dict[str, str]
    body: bytes
    whole: bool = True
    seconds: float = 0.0

    @property
    def media_type(self) -> str:
        """The type without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8")


@dataclass
class Served:
    """A running server."""

    process: subprocess.Popen[str]
    port: int
    host: str = "127.0.0.1"
    # What requests say of the connection: the server reads those that keep it in another way than the rest.
    connection: str = "keep-alive"
    address: str = field(default="", init=False)

    def __post_init__(self) -> None:
        self.address = f"http://{self.host}:{self.port}"

    def connect(self, timeout: float = 15.0) -> socket.socket:
        """Return a socket that is connected to the server."""
        return socket.create_connection((self.host, self.port), timeout=timeout)

    def ask(
        self,
        target: str = "/sparql",
        method: str = "GET",
        body: bytes | str | None = None,
        timeout: float = 15.0,
        **headers: str,
    ) -> Reply:
        """Send one request and return the answer; a header is written `accept_language`, and left out if it is empty."""
        data = body.encode() if isinstance(body, str) else body
        given = {"host": f"{self.host}:{self.port}", "connection": self.connection}
        if data is not None:
            given["content-length"] = str(len(data))
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [f"{method} {target} HTTP/1.1", *(f"{name}: {value}" for name, value in given.items() if value), "", ""]
        return self.send("\r\n".join(lines).encode("latin-1") + (data or b""), timeout, method == "HEAD")

    def query(self, text: str, method: str = "GET", timeout: float = 15.0, **headers: str) -> Reply:
        """Send a query by GET, or by POST as it is."""
        if method == "GET":
            return self.ask(f"/sparql?{urlencode({'query': text})}", timeout=timeout, **headers)
        return self.ask("/sparql", "POST", text, timeout, content_type="application/sparql-query", **headers)

    def send(self, raw: bytes, timeout: float = 15.0, bodiless: bool = False) -> Reply:
        """Send bytes as they are and return the answer."""
        begun = time.monotonic()
        with self.connect(timeout) as connection:
            with contextlib.suppress(ConnectionError):
                connection.sendall(raw)
            answer = bytearray()
            with contextlib.suppress(ConnectionError):
                while not _ended(answer, bodiless) and (piece := connection.recv(1 << 16)):
                    answer += piece
        reply = _parsed(bytes(answer), bodiless)
        reply.seconds = time.monotonic() - begun
        return reply

    def alive(self, pid: int) -> bool:
        """Return whether a process still does anything."""
        with contextlib.suppress(OSError):
            return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
        return False

    def workers(self) -> list[int]:
        """Return the ids of the processes that run queries."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(word) for word in path.read_text().split()]


def _ended(answer: bytearray, bodiless: bool) -> bool:
    """Return whether an answer is there as a whole, so that nothing more need be waited for."""
    end = answer.find(b"\r\n\r\n") + 4
    if end < 4:
        return False
    head = bytes(answer[:end]).lower()
    if b"connection: close" in head:
        return False
    length = re.search(rb"\r\ncontent-length: (\d+)", head)
    if bodiless or head.startswith((b"http/1.1 204", b"http/1.1 304")):
        return True
    if length:
        return len(answer) >= end + int(length[1])
    return answer.endswith(b"\r\n0\r\n\r\n")


def _parsed(answer: bytes, bodiless: bool) -> Reply:
    if not answer:
        return Reply(0, {}, b"", False)
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers: dict[str, str] = {}
    for line in lines:
        name, _, value = line.partition(":")
        known = headers.get(name.lower())
        headers[name.lower()] = value.strip() if known is None else f"{known}, {value.strip()}"
    whole = True
    if headers.get("transfer-encoding") == "chunked" and not bodiless:
        body, whole = _unchunked(body)
    elif "content-length" in headers and not bodiless:
        whole = len(body) == int(headers["content-length"])
    return Reply(int(first.split()[1]), headers, body, whole)


def _unchunked(body: bytes) -> tuple[bytes, bool]:
    pieces, place = [], 0
    while (end := body.find(b"\r\n", place)) >= 0:
        size = int(body[place:end], 16)
        place = end + 2 + size + 2
        if place > len(body):
            break
        if not size:
            return b"".join(pieces), True
        pieces.append(body[end + 2 : place - 2])
    return b"".join(pieces), False


@contextlib.contextmanager
def served(*options: str, **environment: str) -> Iterator[Served]:
    """Run `oscegraph serve` with options on a free port; it is ended as a user ends it, and must have said nothing wrong."""
    command = [sys.executable, "-m", "oscegraph", "serve", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=os.environ | environment) as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            found = re.search(r"http://[^/]*:(\d+)/", said)
            assert found, f"the server did not start: {said!r}"
            yield Served(process, int(found[1]))
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                try:
                    process.wait(10)
                finally:
                    process.kill()
