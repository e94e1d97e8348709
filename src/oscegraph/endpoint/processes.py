"""Stage 15f: a process that runs queries as its parent sees it, the queries, and the queues in which they wait."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from oscegraph.endpoint.worker import FRAME
from oscegraph.errors import OscegraphError

# How many queries of one client run while others wait, and how much of an answer is held for a slow reader.
PER_CLIENT, AHEAD = 2, 1 << 20
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 4096


@dataclass(frozen=True)
class Limits:
    """What one query may take: time in seconds, rows or triples of the answer, megabytes of memory."""

    seconds: float = 10.0
    rows: int = 100_000
    megabytes: int = 1536


class QueryFailed(OscegraphError):  # noqa: N818 - mostly an answer, not a failure
    """A query without an answer; `status` is that of HTTP, `retry_after` in seconds where trying again may help."""

    def __init__(self, status: int, title: str, detail: str, retry_after: int | None = None, **more: Any) -> None:
        self.status, self.title, self.detail, self.retry_after, self.more = status, title, detail, retry_after, more
        super().__init__(detail)


class Answer:
    """The answer to a query: an async iterator of bytes; `body` has all of it at once where it was short."""

    def __init__(self, head: bytes, body: bytes | None = None) -> None:
        kind, _, media_type = head.decode().partition(" ")
        self.kind, self.media_type, self.body = kind, media_type, body
        self._pieces: deque[bytes] = deque([body] if body else [])
        self._ended, self._waiting, self._size = body is not None, asyncio.Event(), 0
        self._failed: QueryFailed | None = None
        self._pause: Callable[[bool], None] = lambda pause: None
        self._abandon: Callable[[], None] = lambda: None

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self

    async def __anext__(self) -> bytes:
        while not self._pieces:
            if self._failed is not None:
                raise self._failed
            if self._ended:
                raise StopAsyncIteration
            self._waiting.clear()
            await self._waiting.wait()
        piece = self._pieces.popleft()
        self._size -= len(piece)
        if self._size < AHEAD // 2:
            self._pause(False)
        return piece

    async def read(self) -> bytes:
        """Return the whole answer; raises QueryFailed if it breaks off."""
        return self.body if self.body is not None else b"".join([piece async for piece in self])

    def close(self) -> None:
        """Stop the query if it still runs."""
        self._abandon()

    def attach(self, pause: Callable[[bool], None], abandon: Callable[[], None]) -> None:
        """Tie the answer to the process that writes it."""
        self._pause, self._abandon = pause, abandon

    def detach(self) -> None:
        """Cut the answer from its process, which has something else to do from now on."""
        self._pause, self._abandon = (lambda pause: None), (lambda: None)

    def add(self, piece: bytes) -> None:
        """Take the next piece."""
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size > AHEAD:
            self._pause(True)
        self._waiting.set()

    def end(self, failed: QueryFailed | None = None) -> None:
        """Say that nothing more comes, and why if the answer is not whole."""
        if not self._ended:
            self._ended, self._failed = True, failed
            self._waiting.set()


@dataclass(eq=False)
class Job:
    """A query on its way: `gone` returns when its client has left, `keep` takes an answer that may be given again.

    `spent` is the time of a processor that its process had used when the query was first looked at; `begun` is whether
    the process said that it has the query, and `lost` how many ended before they had it.
    """

    request: bytes
    text: str
    client: str
    gone: Callable[[], Awaitable[object]] | None
    future: asyncio.Future[Answer]
    asked: float
    keep: Callable[[bytes, bytes], None] | None = None
    started: float = 0.0
    spent: float | None = None
    answer: Answer | None = None
    worker: Process | None = None
    long: bool = False
    begun: bool = False
    lost: int = 0
    watch: asyncio.Task[None] | None = None

    def fail(self, error: QueryFailed) -> None:
        """Give an error in the place of the answer, or of what is left of it."""
        if self.answer is not None:
            self.answer.end(error)
        elif not self.future.done():
            self.future.set_exception(error)

    def done(self) -> None:
        """Stop watching the client."""
        if self.watch is not None:
            self.watch.cancel()
            self.watch = None


class Process(asyncio.SubprocessProtocol):
    """One process of the pool, and the job that it has; it tells the pool of frames, and when it is gone."""

    def __init__(self, frame: Callable[[Process, bytes, bytes], None], lost: Callable[[Process], None]) -> None:
        self._frame, self._lost = frame, lost
        self.job: Job | None = None
        self.ready = self.ended = self.long = False
        self.exited = asyncio.Event()
        self.transport: asyncio.SubprocessTransport | None = None
        self._buffer = b""
        self._input: Any = None
        self._output: Any = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:  # noqa: D102 - of asyncio
        assert isinstance(transport, asyncio.SubprocessTransport)
        self.transport = transport
        self._input, self._output = transport.get_pipe_transport(0), transport.get_pipe_transport(1)

    def start(self, job: Job) -> None:
        """Give the process a query."""
        self.job, job.worker, job.begun, job.spent = job, self, False, None
        self._input.write(job.request)

    def is_gone(self) -> bool:
        """Whether the process has ended already, even if the event loop has not heard of it yet."""
        if self.transport is None or not hasattr(os, "waitid"):
            return False
        try:
            return os.waitid(os.P_PID, self.transport.get_pid(), os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        except ChildProcessError:
            return True

    def pause(self, pause: bool) -> None:
        """Stop reading what the process writes, so that it waits, or go on."""
        with contextlib.suppress(RuntimeError):
            if pause:
                self._output.pause_reading()
            else:
                self._output.resume_reading()

    def pipe_data_received(self, fd: int, data: bytes) -> None:  # noqa: D102 - of asyncio
        data, place = self._buffer + data if self._buffer else data, 0
        while not self.ended and len(data) - place >= FRAME.size:
            kind, size = FRAME.unpack_from(data, place)
            end = place + FRAME.size + size
            if end > len(data):
                break
            self._frame(self, kind, data[place + FRAME.size : end])
            place = end
        self._buffer = data[place:] if place else data

    def pipe_connection_lost(self, fd: int, exc: Exception | None) -> None:  # noqa: D102 - of asyncio
        if fd == 1:
            self._lost(self)

    def process_exited(self) -> None:  # noqa: D102 - of asyncio
        self.exited.set()
        self._lost(self)
        if self.transport is not None:
            self.transport.close()

    def kill(self) -> None:
        """End the process at once."""
        self.ended = True
        if self.transport is not None:
            with contextlib.suppress(ProcessLookupError):
                self.transport.kill()
            self._input.close()
            self._output.close()

    def worked(self) -> float | None:
        """Return the seconds of a processor that the process has used, or None where the system does not tell."""
        return None if self.transport is None else worked(self.transport.get_pid())

    def resident(self) -> int:
        """Return the megabytes of memory that the process holds, or 0 where the system does not tell."""
        return 0 if self.transport is None else resident(self.transport.get_pid())


def worked(pid: int) -> float | None:
    """Return the seconds of a processor that a process has used, or None where the system does not tell."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:  # noqa: PTH123 - twenty times a second
            fields = file.read().rpartition(b")")[2].split()
            return (int(fields[11]) + int(fields[12])) / _TICKS
    except (OSError, IndexError, ValueError):
        return None


def resident(pid: int) -> int:
    """Return the megabytes of memory that a process holds, or 0 where the system does not tell."""
    try:
        with open(f"/proc/{pid}/statm", "rb") as file:  # noqa: PTH123 - twenty times a second
            return int(file.read().split()[1]) * _PAGE >> 20
    except (OSError, IndexError, ValueError):
        return 0


@dataclass
class Queue:
    """Jobs that wait."""

    jobs: OrderedDict[int, Job] = field(default_factory=OrderedDict)
    clients: Counter[str] = field(default_factory=Counter)

    def add(self, job: Job) -> None:
        """Put a job at the end."""
        self.jobs[id(job)] = job
        self.clients[job.client] += 1

    def remove(self, job: Job) -> bool:
        """Take a job out; return whether it was in."""
        if self.jobs.pop(id(job), None) is None:
            return False
        self.clients[job.client] -= 1
        if not self.clients[job.client]:
            del self.clients[job.client]
        return True

    def next(self, running: Counter[str]) -> Job | None:
        """Return the job that is next: the oldest of a client with fewer than its share, else the oldest."""
        if not self.jobs:
            return None
        job = next(iter(self.jobs.values()))
        if len(self.clients) > 1:
            job = next((j for j in self.jobs.values() if running[j.client] < PER_CLIENT), job)
        self.remove(job)
        return job
