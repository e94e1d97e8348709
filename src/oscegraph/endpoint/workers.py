"""Stage 15h: a pool of processes that run queries, each of which can be stopped at any moment without harm to the others.

Clients ask it: it takes a query in or refuses it, keeps short answers, and watches what runs. Only few queries run long at
once; a further one is taken back and waits until it can. A limit ends a process by SIGKILL.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import json
import re
import shutil
import sys
import tempfile
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pyoxigraph as ox

from oscegraph import store_files
from oscegraph.endpoint.crew import Crew
from oscegraph.endpoint.guard import LETTERS
from oscegraph.endpoint.processes import Answer, Job, Limits, Process, QueryFailed, Queue
from oscegraph.endpoint.worker import LENGTH
from oscegraph.errors import OscegraphError

__all__ = ["Answer", "Limits", "Pool", "QueryFailed"]
# In seconds: how often limits are looked at, when a query counts as long, and when its client is watched for leaving.
TICK, LONG, WATCHED = 0.05, 0.25, 0.1
# After so many seconds a query counts as long even if its process hardly ran.
PATIENCE = 2.0
# How many queries may wait, and how many texts that ran long are known.
QUEUE, KNOWN_LONG = 512, 256
# How much memory all processes may take beyond the limit of one, in megabytes.
BESIDE = 512
# The longest answer that is kept for the next who asks the same, and how much is kept in all, in bytes.
KEPT, KEPT_IN_ALL = 1 << 16, 32 << 20
# What calls a function that gives something else each time.
_NEVER_KEPT = re.compile(r"rand|now|uuid|bnode", re.IGNORECASE)
_BUSY = "Too many queries are waiting. Try again in a moment."
_NO_ENDPOINT = "an endpoint is not served again: give files, a folder or a store, or ask the endpoint itself."
# Under what an answer is kept: the query, what its format may be, and the graphs, the default ones and those with names.
_Key = tuple[str, str, tuple[str, ...], tuple[str, ...]]


class Pool(Crew):
    """Processes that hold the same data, and the queries that wait for them.

    The data do not change, so that short answers are kept; `keep` turns that off, and `guarded` the guard, which
    is for tests of the walls behind it.
    """

    guarded = True
    keep = True

    def __init__(self, sources: Sequence[str] = (), size: int = 2, limits: Limits | None = None) -> None:
        super().__init__(sources, size, limits or Limits())
        self._folder: str | None = None
        self._known: OrderedDict[str, None] = OrderedDict()
        self._kept: OrderedDict[_Key, tuple[bytes, bytes]] = OrderedDict()
        self._kept_size = 0
        self._timer: asyncio.TimerHandle | None = None

    async def start(self) -> None:
        """Start the processes, if they are not there yet; raises OscegraphError if the data cannot be opened."""
        if not self._closed:
            return
        if any(source.startswith(("http://", "https://")) for source in self.sources):
            raise OscegraphError(_NO_ENDPOINT)
        self._loop = asyncio.get_running_loop()
        if self.sources and not (Path(self.sources[0]) / store_files.MARKER).is_file():
            await asyncio.to_thread(self._take_snapshot)
        self._closed, self._first = False, self._loop.create_future()
        self._fill()
        try:
            await self._first
        except OscegraphError:
            await self.close()
            raise
        for wall in self.missing():
            print(f"WARNING: {wall}", file=sys.stderr)

    def _take_snapshot(self) -> None:
        """Write what the files hold now to one file, so that all processes, also those started later, have the same data."""
        whole = store_files.store_of_files(self.sources)
        self._folder = tempfile.mkdtemp(prefix="oscegraph-")
        self._snapshot = str(Path(self._folder) / "snapshot.nq")
        whole.dump(self._snapshot, ox.RdfFormat.N_QUADS)

    async def close(self) -> None:
        """End all processes; what still runs or waits fails."""
        self._closed = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        stopped = QueryFailed(503, "Stopping", "The server is being stopped.")
        for job in (*self._busy.values(), *self._short.jobs.values(), *self._long.jobs.values()):
            job.fail(stopped)
            job.done()
        self._short, self._long = Queue(), Queue()
        for start in list(self._starts):
            start.cancel()
        await asyncio.gather(*self._starts, return_exceptions=True)
        for process in list(self._all):
            self._end(process)
        self._busy.clear()
        for process in list(self._leaving):
            # The loop must see each of them go, or it complains of what it leaves behind.
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(process.exited.wait(), 1.0)
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    async def run(
        self,
        text: str,
        accept_media_type: str = "",
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        *,
        client: str = "",
        gone: Callable[[], Awaitable[object]] | None = None,
    ) -> Answer:
        """Run a query and return its answer, whose format is what the value of an Accept header wants most.

        `client` says whose query it is, for the sake of fairness; `gone` returns when nobody waits any more.
        Raises QueryFailed for what is refused, malformed or over a limit before the answer began.
        """
        if self._closed:
            raise QueryFailed(503, "Not running", "The server is being started or stopped.", 1)
        if len(text) > LETTERS:
            raise QueryFailed(413, "Query too large", f"A query may have {LETTERS:,} characters.")
        if len(self._short.jobs) + len(self._long.jobs) >= QUEUE:
            raise QueryFailed(503, "Too busy", _BUSY, 2)
        key = (text, accept_media_type, tuple(default_graphs), tuple(named_graphs))
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return Answer(*kept)
        body = json.dumps([*key, self.guarded]).encode()
        request = LENGTH.pack(len(body)) + body
        can_keep = self.keep and self.guarded and not _NEVER_KEPT.search(text)
        keep = functools.partial(self._keep, key) if can_keep else None
        job = Job(request, text, client, gone, self._loop.create_future(), self._loop.time(), keep)
        (self._long if text in self._known else self._short).add(job)
        self._dispatch()
        try:
            return await job.future
        except asyncio.CancelledError:
            self._give_up(job)
            raise

    # What follows runs in the loop, step by step, and never waits.

    def _keep(self, key: _Key, head: bytes, body: bytes) -> None:
        """Keep an answer if it is short; the oldest ones make room."""
        if len(body) > KEPT or key in self._kept:
            return
        self._kept[key] = (head, body)
        self._kept_size += _weight(key, body)
        while self._kept_size > KEPT_IN_ALL:
            old, (_, content) = self._kept.popitem(last=False)
            self._kept_size -= _weight(old, content)

    def _dispatch(self) -> None:
        super()._dispatch()
        if self._timer is None and (self._busy or self._short.jobs or self._long.jobs):
            self._timer = self._loop.call_later(TICK, self._look)

    def _look(self) -> None:
        """Look whether a query is over its limits, and what has waited for too long."""
        self._timer, now = None, self._loop.time()
        sizes = {process: process.resident() for process in self._busy}
        heaviest = max(sizes, key=lambda process: sizes[process], default=None)
        crowded = sum(sizes.values()) > self.limits.megabytes + BESIDE
        for process, job in list(self._busy.items()):
            took = now - job.started
            if took >= self.limits.seconds:
                self._remember(job)
                detail = f"The query was stopped after {self.limits.seconds:g} seconds, the most that it may take here."
                self._stop(process, QueryFailed(503, "The query took too long", detail))
            elif sizes[process] > self.limits.megabytes or (crowded and process is heaviest):
                self._remember(job)
                detail = f"The query was stopped: it took more memory than the {self.limits.megabytes} MB that it may."
                self._stop(process, QueryFailed(503, "The query took too much memory", detail))
            elif not job.long and _is_long(process, job, took):
                self._set_aside(process, job)
            if took >= WATCHED:
                self._watch(job)
        for queue in (self._short, self._long):
            for job in list(queue.jobs.values()):
                if now - job.asked > self.limits.seconds + (self.limits.seconds if queue is self._long else 0.0):
                    queue.remove(job)
                    job.done()
                    job.fail(QueryFailed(503, "Too busy", _BUSY, 5))
                elif now - job.asked > 4 * WATCHED:
                    self._watch(job)
        self._dispatch()

    def _set_aside(self, process: Process, job: Job) -> None:
        """Let a query run on beside the short ones, or, where enough do so, take it back until one of them is done."""
        if self._long_running < self.size or (job.answer is not None and self._long_running < 2 * self.size):
            self._short_running -= 1
            self._long_running += 1
            job.long = True
            self._lower(process)
        elif job.answer is None and (self._short.jobs or self._long.jobs):
            self._remember(job)
            watch, job.watch = job.watch, None
            self._stop(process, None)
            job.watch = watch
            self._long.add(job)

    def _remember(self, job: Job) -> None:
        """Let a text that ran long wait with its like from the start when it comes again."""
        self._known[job.text] = None
        self._known.move_to_end(job.text)
        while len(self._known) > KNOWN_LONG:
            self._known.popitem(last=False)

    def _watch(self, job: Job) -> None:
        if job.watch is None and job.gone is not None and not (job.future.done() and job.answer is None):
            job.watch = asyncio.ensure_future(self._until_gone(job, job.gone))

    async def _until_gone(self, job: Job, gone: Callable[[], Awaitable[object]]) -> None:
        await gone()
        job.watch = None
        self._give_up(job)


def _is_long(process: Process, job: Job, took: float) -> bool:
    """Whether a query runs long by its own work: on a busy machine a short one may wait for a processor as long.

    One whose answer is being sent counts by the clock, as it waits for its reader.
    """
    spent = process.worked()
    if spent is None or job.answer is not None or took >= PATIENCE:
        return took >= LONG
    if job.spent is None:
        job.spent = spent
    return spent - job.spent >= LONG - TICK


def _weight(key: _Key, body: bytes) -> int:
    """Return about how many bytes it takes to keep an answer."""
    text, accept, *graphs = key
    return 512 + len(text) + len(accept) + len(body) + sum(64 + len(name) for names in graphs for name in names)
