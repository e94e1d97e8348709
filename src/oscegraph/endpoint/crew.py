"""Stage 15g: processes that stand ready to run queries, one each, and the queries whose turn has not come.

A query that runs long is moved out of the way of short ones: its process gets the lowest priority, another takes its place,
and it is ended afterwards. Whatever ends a process, others go on, and one that is ready takes over what it had not begun.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence

from oscegraph.endpoint.processes import Answer, Job, Limits, Process, QueryFailed, Queue, resident
from oscegraph.errors import OscegraphError

# How often a query is given to another process because the one before ended without having had it.
AGAIN = 8


class Crew:
    """As many processes as are needed, all with the same data, and the queries that they have or that wait for them.

    All of it runs in the loop, step by step, and never waits. How long a query may run is for others to say.
    """

    # Both are there before any process is: the loop, and what is done when the first process is ready or none can be.
    _loop: asyncio.AbstractEventLoop
    _first: asyncio.Future[None]

    def __init__(self, sources: Sequence[str], size: int, limits: Limits) -> None:
        self.sources, self.size, self.limits = list(sources), size, limits
        self._snapshot: str | None = None
        self._all: set[Process] = set()
        self._leaving: set[Process] = set()
        self._idle: list[Process] = []
        self._busy: dict[Process, Job] = {}
        self._short, self._long = Queue(), Queue()
        self._short_running = self._long_running = 0
        self._running: Counter[str] = Counter()
        self._starts: set[asyncio.Task[None]] = set()
        self._failures, self._closed, self._alone = 0, True, False

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

    def _fill(self) -> None:
        """Start processes until there are enough for all that may run at once, and one more; two at a time."""
        wanted = 2 * self.size + 1 + max(0, self._long_running - self.size)
        starting = len(self._starts) + sum(not process.ready for process in self._all)
        missing = 0 if self._closed else wanted - len(self._all) - len(self._starts)
        for _ in range(min(missing, 2 - starting)):
            task = self._loop.create_task(self._spawn(min(self._failures, 5) * 0.5))
            self._starts.add(task)
            task.add_done_callback(self._starts.discard)

    async def _spawn(self, wait: float) -> None:
        if wait:
            await asyncio.sleep(wait)
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
        """Give queries to the processes that are idle, as long as so many may run."""
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

    def _begin(self, process: Process, job: Job, long: bool) -> None:
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
        """Take what a process says: of itself, or of its query, whose answer is passed on."""
        job = process.job
        if kind == b"B" and job is not None:
            job.begun = True
        elif kind == b"A" and job is not None:
            head, _, body = payload.partition(b"\n")
            if job.keep is not None:
                job.keep(head, body)
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
            elif not self._first.done():
                self._first.set_exception(OscegraphError(error.detail))
        elif kind == b"R":
            self._all.add(process)
            process.ready, self._failures, self._alone = True, 0, payload == b"alone"
            self._idle.append(process)
            if not self._first.done():
                self._first.set_result(None)
            self._fill()
            self._dispatch()

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
        if process.ended:
            return
        process.ended = True
        if not process.exited.is_set():
            self._leaving.add(process)
        self._failures += not process.ready
        if not self._first.done() and self._failures > 3:
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
