"""Stage 15g: a pool of processes that run queries, each of which can be stopped at any moment without harm to the others.

A query that runs long is moved out of the way of short ones: its process gets a lower priority and another takes its place.
Only few queries run long at once; a further one is taken back and waits until it can. A limit ends a process by SIGKILL.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, OrderedDict
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pyoxigraph as ox

from oscegraph import store
from oscegraph.endpoint.guard import LETTERS
from oscegraph.endpoint.processes import Answer, Job, Key, Limits, Process, QueryFailed, Queue, resident
from oscegraph.endpoint.worker import LENGTH
from oscegraph.errors import OscegraphError

__all__ = ["Answer", "Limits", "Pool", "QueryFailed"]
# In seconds: how often limits are looked at, when a query counts as long, and when its client is watched for leaving.
TICK, LONG, WATCHED = 0.05, 0.25, 0.1
# After so many seconds a query counts as long even if its process hardly ran.
PATIENCE = 2.0
# How often a query is given to another process because the one before ended without having had it.
AGAIN = 8
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


class Pool:
    """Processes that hold the same data, and the queries that wait for them.

    The data do not change, so that short answers are kept; `keep` turns that off, and `guarded` the guard, which
    is for tests of the walls behind it.
    """

    guarded = True
    keep = True

    def __init__(self, sources: Sequence[str] = (), size: int = 2, limits: Limits | None = None) -> None:
        self.sources, self.size, self.limits = list(sources), size, limits or Limits()
        self._folder: str | None = None
        self._snapshot: str | None = None
        self._all: set[Process] = set()
        self._leaving: set[Process] = set()
        self._idle: list[Process] = []
        self._busy: dict[Process, Job] = {}
        self._short, self._long = Queue(), Queue()
        self._short_running = self._long_running = 0
        self._running: Counter[str] = Counter()
        self._known: OrderedDict[str, None] = OrderedDict()
        self._kept: OrderedDict[Key, tuple[bytes, bytes]] = OrderedDict()
        self._kept_size = 0
        self._timer: asyncio.TimerHandle | None = None
        self._starts: set[asyncio.Task[None]] = set()
        self._failures, self._closed, self._alone = 0, True, False
        self._first: asyncio.Future[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    async def start(self) -> None:
        """Start the processes, if they are not there yet; raises OscegraphError if the data cannot be opened."""
        if not self._closed:
            return
        if any(source.startswith(("http://", "https://")) for source in self.sources):
            raise OscegraphError(
                "an endpoint is not served again: give files, a folder or a store, or ask the endpoint itself."
            )
        self._loop = asyncio.get_running_loop()
        if self.sources and not (Path(self.sources[0]) / store.MARKER).is_file():
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

    def missing(self) -> list[str]:
        """Return what this system lacks of the walls around a query, and what that means; known once a process is there."""
        found = []
        if not self._alone:
            found.append(
                "this system has no seccomp for this program, so that queries run with a network; only the guard, which "
                "reads them before, keeps them from calling other servers."
            )
        if not resident(os.getpid()):
            found.append(
                "this system has no /proc, so that nobody watches how much memory a query takes; only its time is limited."
            )
        return found

    def _take_snapshot(self) -> None:
        """Write what the files hold now to one file, so that all processes, also those started later, have the same data."""
        whole = store.store_of_files(self.sources)
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
        if self._closed or self._loop is None:
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
        job = Job(request, text, client, gone, self._loop.create_future(), self._loop.time(), key if can_keep else None)
        (self._long if text in self._known else self._short).add(job)
        self._dispatch()
        try:
            return await job.future
        except asyncio.CancelledError:
            self._give_up(job)
            raise

    # What follows runs in the loop, step by step, and never waits.

    def _fill(self) -> None:
        """Start processes until there are enough for all that may run at once, and one more; two at a time."""
        wanted = 2 * self.size + 1 + max(0, self._long_running - self.size)
        starting = len(self._starts) + sum(not process.ready for process in self._all)
        missing = 0 if self._closed else wanted - len(self._all) - len(self._starts)
        for _ in range(min(missing, 2 - starting)):
            assert self._loop is not None
            task = self._loop.create_task(self._spawn(min(self._failures, 5) * 0.5))
            self._starts.add(task)
            task.add_done_callback(self._starts.discard)

    async def _spawn(self, wait: float) -> None:
        if wait:
            await asyncio.sleep(wait)
        assert self._loop is not None
        settings = {
            "sources": self.sources,
            "snapshot": self._snapshot,
            "rows": self.limits.rows,
            "megabytes": self.limits.megabytes,
            "parent": os.getpid(),
        }
        # -P: a module in the current folder must not take the place of one of ours.
        try:
            _, process = await self._loop.subprocess_exec(
                lambda: Process(self._frame, self._lost),
                *(sys.executable, "-P", "-m", "oscegraph.endpoint.worker", json.dumps(settings)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=None if os.environ.get("OSCEGRAPH_DEBUG") else subprocess.DEVNULL,
            )
        except OSError:
            self._failures += 1
            self._loop.call_later(1.0, self._fill)
            return
        assert isinstance(process, Process)
        if self._closed:
            process.kill()
        elif not process.ended:
            self._all.add(process)

    def _dispatch(self) -> None:
        while self._idle:
            if self._idle[-1].is_gone():
                self._lost(self._idle[-1])
                continue
            long = self._short_running >= self.size or not self._short.jobs
            if long and self._long_running >= self.size:
                break
            job = (self._long if long else self._short).next(self._running)
            if job is None:
                break
            self._begin(self._idle.pop(), job, long)
        if self._timer is None and self._loop is not None and (self._busy or self._short.jobs or self._long.jobs):
            self._timer = self._loop.call_later(TICK, self._look)

    def _begin(self, process: Process, job: Job, long: bool) -> None:
        assert self._loop is not None
        self._busy[process], job.long = job, long
        self._running[job.client] += 1
        job.started = self._loop.time()
        if long:
            self._long_running += 1
            self._lower(process)
        else:
            self._short_running += 1
        process.start(job)

    def _lower(self, process: Process) -> None:
        """Give a process the lowest priority; it cannot get the old one back, and is ended after this query."""
        process.long = True
        with contextlib.suppress(OSError, AttributeError):
            if process.transport is not None:
                os.setpriority(os.PRIO_PROCESS, process.transport.get_pid(), 19)
        self._fill()

    def _frame(self, process: Process, kind: bytes, payload: bytes) -> None:
        job = process.job
        if kind == b"B" and job is not None:
            job.begun = True
        elif kind == b"A" and job is not None:
            head, _, body = payload.partition(b"\n")
            if job.key is not None and len(body) <= KEPT and job.key not in self._kept:
                self._keep(job.key, head, body)
            self._free(process)
            if not job.future.done():
                job.future.set_result(Answer(head, body))
        elif kind == b"D" and job is not None and job.answer is not None:
            job.answer.add(payload)
        elif kind == b"H" and job is not None:
            job.answer = Answer(payload.rstrip(b"\n"))
            job.answer.attach(process.pause, lambda: self._give_up(job))
            if not job.future.done():
                job.future.set_result(job.answer)
        elif kind == b"E" and job is not None and job.answer is not None:
            self._free(process)
            job.answer.end()
        elif kind == b"F":
            told = json.loads(payload)
            error = QueryFailed(told.pop("status"), told.pop("title"), told.pop("detail"), **told)
            if job is not None:
                self._free(process)
                job.fail(error)
            elif self._first is not None and not self._first.done():
                self._first.set_exception(OscegraphError(error.detail))
        elif kind == b"R":
            self._all.add(process)
            process.ready, self._failures, self._alone = True, 0, payload == b"alone"
            self._idle.append(process)
            if self._first is not None and not self._first.done():
                self._first.set_result(None)
            self._fill()
            self._dispatch()

    def _keep(self, key: Key, head: bytes, body: bytes) -> None:
        self._kept[key] = (head, body)
        self._kept_size += _weight(key, body)
        while self._kept_size > KEPT_IN_ALL:
            old, (_, content) = self._kept.popitem(last=False)
            self._kept_size -= _weight(old, content)

    def _free(self, process: Process) -> None:
        """Take a process from its job, and give it the next."""
        job = self._busy.pop(process, None)
        if job is None:
            return
        process.job = job.worker = None
        if job.answer is not None:
            job.answer.detach()
        job.done()
        self._running[job.client] -= 1
        if not self._running[job.client]:
            del self._running[job.client]
        if job.long:
            self._long_running -= 1
        else:
            self._short_running -= 1
        if process.long:
            self._end(process)
        elif not process.ended:
            process.pause(False)
            self._idle.append(process)
        self._dispatch()

    def _end(self, process: Process) -> None:
        process.kill()
        if not process.exited.is_set():
            self._leaving.add(process)
        self._all.discard(process)
        if process in self._idle:
            self._idle.remove(process)
        self._fill()

    def _stop(self, process: Process, error: QueryFailed | None) -> Job | None:
        """End a process with its query, and return the job."""
        job = process.job
        process.long = True
        self._free(process)
        if job is not None and error is not None:
            job.fail(error)
        return job

    def _lost(self, process: Process) -> None:
        """Go on after a process that ended, by itself or not."""
        if process.exited.is_set():
            self._leaving.discard(process)
        if process.ended or self._loop is None:
            return
        process.ended = True
        if not process.exited.is_set():
            self._leaving.add(process)
        self._failures += not process.ready
        if self._first is not None and not self._first.done() and self._failures > 3:
            self._first.set_exception(OscegraphError("the processes that run queries cannot be started."))
        self._all.discard(process)
        job = process.job
        begun = job is None or job.begun
        if job is not None and not begun and job.lost < AGAIN and self._loop.time() - job.asked < self.limits.seconds:
            job.lost += 1
            self._stop(process, None)
            self._short.add(job)
            self._dispatch()
        else:
            detail = "The query brought down the process that ran it: it needed too much memory, or was nested too deep."
            if not begun:
                detail = "No process could take the query: each one that was to run it had ended. Try again."
            self._stop(process, QueryFailed(503, "The query failed", detail))
        if process in self._idle:
            self._idle.remove(process)
        self._fill()

    def _give_up(self, job: Job) -> None:
        """Stop a query for whose answer nobody waits."""
        left = QueryFailed(499, "Client left", "The client closed the connection.")
        if job.worker is not None:
            self._stop(job.worker, left)
        elif self._short.remove(job) or self._long.remove(job):
            job.done()
            job.fail(left)

    def _look(self) -> None:
        """Look whether a query is over its limits, and what has waited for too long."""
        assert self._loop is not None
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


def _weight(key: Key, body: bytes) -> int:
    """Return about how many bytes it takes to keep an answer."""
    text, accept, *graphs = key
    return 512 + len(text) + len(accept) + len(body) + sum(64 + len(name) for names in graphs for name in names)
