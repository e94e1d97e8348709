"""The faults of `serve.py`, each as a process beside the clients that are measured: it prints what became of it as JSON.

python benchmarks/serve_faults.py FAULT PORT SECONDS
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import json
import os
import random
import socket
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from serve_load import Answer
from serve_targets import HOST

CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
BOMBS = {
    "cross product, counted": CROSS,
    "cross product, streamed": "SELECT * { ?a ?b ?c . ?d ?e ?f }",
    "cross product, sorted": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a ?c",
    "cross product, distinct": "SELECT (COUNT(DISTINCT ?x) AS ?n) "
    "{ ?a ?b ?c . ?d ?e ?f . BIND(CONCAT(STR(?a), STR(?f)) AS ?x) }",
    "filter on three patterns": "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?a), STR(?f), STR(?i)) = 'x') }",
    "property paths": "SELECT (COUNT(*) AS ?n) { ?a (!<a:b>|^!<a:b>)* ?b . ?c (!<a:b>|^!<a:b>)* ?d }",
    "chain of 190 patterns": "ASK { " + " ".join(f"?v{n} ?p{n} ?v{n + 1} ." for n in range(190)) + " }",
    "string doubled 31 times": "SELECT (STRLEN(?x31) AS ?n) { BIND('abcdefgh' AS ?x0) "
    + " ".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1})" for n in range(31))
    + " }",
    "2,500 groups, nested": "ASK " + "{" * 2500 + "}" * 2500,
    "900 EXISTS, nested": "ASK " + "{ ?a ?b ?c FILTER EXISTS " * 900 + "{}" + " }" * 900,
}
LARGE = "SELECT * { ?s ?p ?o }"
# How long a fault is watched until it is taken to be left alone, in seconds.
PATIENCE = 30.0


def request(port: int, text: str) -> bytes:
    """Return a query by POST."""
    body = text.encode()
    head = "Content-Type: application/sparql-query\r\nAccept: application/sparql-results+json\r\n"
    return f"POST /sparql HTTP/1.1\r\nHost: {HOST}:{port}\r\n{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


async def ask(port: int, *pieces: bytes, patience: float = PATIENCE) -> tuple[str, float]:
    """Send something and return what comes of it: the status, `cut` for an answer that breaks off, or `closed`."""
    begun, answer, whole = time.perf_counter(), Answer(), False
    try:
        async with asyncio.timeout(patience):
            reader, writer = await asyncio.open_connection(HOST, port)
            with contextlib.suppress(ConnectionError):
                for piece in pieces:
                    writer.write(piece)
                    await writer.drain()
            with contextlib.suppress(ConnectionError):
                while not whole and (piece := await reader.read(1 << 18)):
                    whole = answer.add(piece)
            writer.transport.abort()
    except TimeoutError:
        return "left open", time.perf_counter() - begun
    became = str(answer.status) if whole or (answer.status and answer.until_closed) else "cut" if answer.status else "closed"
    return became, time.perf_counter() - begun


async def bombs(port: int, seconds: float) -> Any:
    """Each bomb once, two at a time."""
    rows, queue = [], list(BOMBS.items())

    async def work() -> None:
        while queue:
            name, text = queue.pop(0)
            rows.append([name, *await ask(port, request(port, text))])

    await asyncio.gather(work(), work())
    return sorted(rows, key=lambda row: list(BOMBS).index(row[0]))


async def flood(port: int, seconds: float) -> Any:
    """Sixteen clients that ask for nothing but bombs, each in a new spelling."""
    number = iter(range(10**9))
    heavy = [text for name, text in BOMBS.items() if "nested" not in name]

    async def one() -> str:
        count = next(number)
        return (await ask(port, request(port, f"{heavy[count % len(heavy)]} # {count}")))[0]

    return await repeated(16, seconds, one)


async def repeated(clients: int, seconds: float, one: Callable[[], Awaitable[str]]) -> dict[str, int]:
    """Do something again and again, so many at a time, and count what comes of it."""
    found, end = Counter[str](), time.perf_counter() + seconds

    async def work() -> None:
        while time.perf_counter() < end:
            found[await one()] += 1

    await asyncio.gather(*(work() for _ in range(clients)))
    return dict(sorted(found.items()))


async def loris(port: int, seconds: float) -> Any:
    """Three hundred connections each that say nothing, or end neither their head nor their body."""
    head = f"POST /sparql HTTP/1.1\r\nHost: {HOST}:{port}\r\n"
    kinds = {
        "silent": (b"", b""),
        "slow heads": (head.encode(), b"X"),
        "slow bodies": (f"{head}Content-Type: application/sparql-query\r\nContent-Length: 9000\r\n\r\n".encode(), b"#"),
    }

    async def held(first: bytes, drop: bytes) -> float:
        reader, writer = await asyncio.open_connection(HOST, port)
        begun = time.perf_counter()
        writer.write(first)
        end = asyncio.create_task(reader.read())
        while not end.done() and time.perf_counter() - begun < PATIENCE:
            writer.write(drop)
            await asyncio.wait([end], timeout=0.5)
        if end.done():
            end.exception()
        writer.transport.abort()
        return time.perf_counter() - begun

    found = {}
    took = await asyncio.gather(*(held(*kind) for kind in kinds.values() for _ in range(300)))
    for number, name in enumerate(kinds):
        lasted = took[300 * number : 300 * (number + 1)]
        found[f"{name}, the last closed after seconds"] = round(max(lasted), 1)
    found["left open"] = sum(one >= PATIENCE for one in took)
    return found


async def readers(port: int, seconds: float) -> Any:
    """Clients that ask for the whole graph and read a kilobyte a second."""
    number = iter(range(10**9))

    async def one() -> str:
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.setblocking(False)
        loop, begun, answer = asyncio.get_running_loop(), time.perf_counter(), b""
        with client:
            await loop.sock_connect(client, (HOST, port))
            await loop.sock_sendall(client, request(port, f"{LARGE} # slow {next(number)}"))
            with contextlib.suppress(ConnectionError):
                while piece := await loop.sock_recv(client, 1024):
                    answer = answer or piece
                    if time.perf_counter() - begun > PATIENCE:
                        # What the system took from the server is still there to be read, whether it has closed or not.
                        return "still reading"
                    await asyncio.sleep(1.0)
        return "cut" if answer[9:12] == b"200" else answer[9:12].decode() or "closed"

    return dict(sorted(Counter(await asyncio.gather(*(one() for _ in range(32)))).items()))


async def oversize(port: int, seconds: float) -> Any:
    """Bodies and heads that are too large, declared and not."""
    head = f"POST /sparql HTTP/1.1\r\nHost: {HOST}:{port}\r\nContent-Type: application/sparql-query\r\n"
    form = head.replace("sparql-query", "x-www-form-urlencoded")
    packed = gzip.compress(b"ASK {}" + b" " * 1_000_000)
    fields = b"a=&" * 200_000
    sorts: dict[str, list[bytes]] = {
        "10 GB declared": [f"{head}Content-Length: 10000000000\r\n\r\nASK".encode()],
        "50 MB in chunks": [f"{head}Transfer-Encoding: chunked\r\n\r\n".encode()]
        + [b"10000\r\n" + b"#" * 65536 + b"\r\n"] * 800,
        "a query of 200 kB": [request(port, "ASK {}" + " " * 200_000)],
        "200,000 fields": [f"{form}Content-Length: {len(fields)}\r\n\r\n".encode() + fields],
        "gzip": [f"{head}Content-Encoding: gzip\r\nContent-Length: {len(packed)}\r\n\r\n".encode() + packed],
        "a path of 1 MB": [f"GET /{'a' * 1_000_000} HTTP/1.1\r\nHost: {HOST}:{port}\r\n\r\n".encode()],
        "a header of 1 MB": [f"GET / HTTP/1.1\r\nHost: {HOST}:{port}\r\nX: {'a' * 1_000_000}\r\n\r\n".encode()],
    }
    names = iter(list(sorts) * 10**5)

    async def one() -> str:
        name = next(names)
        return f"{name}: {(await ask(port, *sorts[name]))[0]}"

    return await repeated(8, seconds, one)


async def malformed(port: int, seconds: float) -> Any:
    """What is no HTTP/1.1, or not for this server."""
    host = b"Host: %b:%d\r\n" % (HOST.encode(), port)
    raw = [
        b"GET /\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + host * 2 + b"\r\n",
        b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + host + b"A B: c\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + host + b"X: a\x00b\r\n\r\n",
        b"GET /\xff HTTP/1.1\r\n" + host + b"\r\n",
        b"POST /sparql HTTP/1.1\r\n" + host + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"POST /sparql HTTP/1.1\r\n" + host + b"Content-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\n" + host + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
        b"GET /sparql?query=ASK HTTP/1.1\r\n" + host + b"Origin: http://evil.example\r\n\r\n",
        b"GET /sparql?query="
        + quote("ASK { SERVICE <http://127.0.0.1:9/> {} }").encode()
        + b" HTTP/1.1\r\n"
        + host
        + b"\r\n",
    ]
    pieces = iter(raw * 10**5)

    async def one() -> str:
        return (await ask(port, next(pieces), patience=8.0))[0]

    return await repeated(8, seconds, one)


async def leaving(port: int, seconds: float) -> Any:
    """Clients that leave while a query runs, or in the middle of its answer."""
    chance, number = random.Random(1), iter(range(10**9))

    async def one() -> str:
        reader, writer = await asyncio.open_connection(HOST, port)
        count = next(number)
        writer.write(request(port, f"{(CROSS, LARGE)[count % 2]} # left {count}"))
        came = b""
        with contextlib.suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(chance.uniform(0.05, 0.5)):
                came = await reader.read(1000)
        writer.transport.abort()
        return "in the answer" if came.startswith(b"HTTP/1.1 200") else "refused" if came else "before it"

    return await repeated(16, seconds, one)


FAULTS = {
    "bombs, each once, two at a time": bombs,
    "bombs by 16 clients": flood,
    "900 connections that never ask": loris,
    "32 slow readers": readers,
    "oversize requests": oversize,
    "malformed requests": malformed,
    "clients that leave": leaving,
}


def tree(pid: int) -> list[int]:
    """Return the ids of a process and of all that it began."""
    found = [pid]
    for one in found:
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def alive(pid: int) -> bool:
    """Return whether a process still does anything."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
    return False


def megabytes(pids: list[int]) -> float:
    """Return the resident memory of processes; what they share counts for each."""
    pages = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def work(pids: list[int]) -> float:
    """Return the seconds of processor time that processes have taken so far."""
    ticks = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            words = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            ticks += int(words[11]) + int(words[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def held(pid: int) -> tuple[int, int]:
    """Return how many threads a process has, and how many files it holds open."""
    return len(list(Path(f"/proc/{pid}/task").iterdir())), len(list(Path(f"/proc/{pid}/fd").iterdir()))


if __name__ == "__main__":
    print(json.dumps(asyncio.run(FAULTS[sys.argv[1]](int(sys.argv[2]), float(sys.argv[3])))))
