"""The pool: queries run in processes that are stopped at a limit, that have no network, and whose end harms nobody else."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager
from pathlib import Path

import pyoxigraph as ox
import pytest

import loops
from calls import CALLS
from oscegraph import store_files
from oscegraph.endpoint import counting, crew, workers
from oscegraph.endpoint.processes import Job, Queue
from oscegraph.endpoint.workers import Limits, Pool, QueryFailed
from oscegraph.errors import OscegraphError
from test_guard import TRIPLE_TERMS, mutated

linux = pytest.mark.skipif(sys.platform != "linux", reason="the walls of a process are those of Linux")
# Queries that would run for hours, each in another way.
BOMBS = {
    "join": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "order": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?a ?c",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (!<a:b>|^!<a:b>)* ?b . ?c (!<a:b>|^!<a:b>)* ?d }",
    "distinct": "SELECT (COUNT(DISTINCT ?x) AS ?n) { ?a ?b ?c . ?d ?e ?f . BIND(CONCAT(STR(?a), STR(?f)) AS ?x) }",
    "optional": "ASK { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(CONCAT(STR(?a), STR(?f), STR(?i)) = 'x') }",
    "planner": "ASK { " + " ".join(f"?v{n} ?p{n} ?v{n + 1} ." for n in range(190)) + " }",
}
DOUBLED = (
    "SELECT (STRLEN(?x31) AS ?n) { BIND('abcdefgh' AS ?x0) "
    + "".join(f"BIND(CONCAT(?x{n}, ?x{n}) AS ?x{n + 1}) " for n in range(31))
    + "}"
)


@asynccontextmanager
async def _pool(*sources: str, size: int = 2, **limits: float) -> AsyncIterator[Pool]:
    pool = Pool(sources, size, Limits(**limits))  # type: ignore[arg-type]
    await pool.start()
    try:
        yield pool
    finally:
        await pool.close()


async def _failure(answer: Awaitable[workers.Answer]) -> QueryFailed:
    """Return why a query fails, whether before or after its answer began."""
    with pytest.raises(QueryFailed) as caught:
        await (await answer).read()
    return caught.value


async def _settled(pool: Pool, seconds: float = 8.0) -> None:
    """Wait until all processes are there and have nothing to do."""
    until = time.monotonic() + seconds
    while (len(pool._idle) < 2 * pool.size + 1 or pool._starts) and time.monotonic() < until:
        await asyncio.sleep(0.02)


def test_three_kinds_of_answers() -> None:
    """Rows, yes or no, and triples, in the format that is wanted, from the packaged graph."""

    async def run() -> None:
        async with _pool() as pool:
            rows = await pool.run("SELECT ?x { VALUES ?x { 1 2 } } ORDER BY ?x", "text/csv")
            assert (rows.kind, rows.media_type, await rows.read()) == ("select", "text/csv", b"x\r\n1\r\n2\r\n")
            truth = await pool.run("ASK { ?s a osg:Activity }")
            assert (truth.kind, json.loads(await truth.read())["boolean"]) == ("ask", True)
            graph = await pool.run("DESCRIBE <https://w3id.org/oscegraph/dataset/2011>", "application/n-triples")
            assert (graph.kind, graph.media_type) == ("graph", "application/n-triples")
            assert list(ox.parse(await graph.read(), format=ox.RdfFormat.N_TRIPLES))
            assert b"".join([piece async for piece in await pool.run("ASK {}", "text/csv")]) == b"true"
            whole = await (await pool.run("SELECT * { ?s ?p ?o }", "text/csv")).read()
            assert len(list(csv.reader(io.StringIO(whole.decode(), newline="")))) == 1 + len(store_files.open_store().inner)  # type: ignore[attr-defined]

    loops.run(run())


def test_what_fails_says_why() -> None:
    """Refusals, errors of syntax and formats have their status, and the pool answers on."""

    async def run() -> None:
        async with _pool(size=1) as pool:
            for text, accept, status in (
                ("ASK {", "", 400),
                ("", "", 400),
                ("ASK { SERVICE <a:b> {} }", "", 403),
                ("LOAD <a:b>", "", 403),
                ("ASK {}", "image/png", 406),
                ("ASK {}" + " " * 100_000, "", 413),
                ("ASK { ?s ?p '\ud800' }", "", 400),
                ("ASK " + "{" * 65 + "}" * 65, "", 400),
            ):
                failed = await _failure(pool.run(text, accept))
                assert failed.status == status, text[:40]
                assert str(Path.home()) not in str(failed) and "Traceback" not in str(failed)
            assert (await pool.run("ASK {}")).body is not None

    loops.run(run())


def test_bombs_are_stopped_and_others_are_served() -> None:
    """Each query is stopped at the limit, and short ones are answered all the while."""

    async def run() -> None:
        async with _pool(seconds=1.5) as pool:
            await _settled(pool)
            took: dict[str, float] = {}

            async def bomb(name: str, text: str) -> None:
                job_began = time.monotonic()
                failed = await _failure(pool.run(text))
                took[name] = time.monotonic() - job_began
                assert failed.status == 503, (name, failed)

            for one, other in zip(list(BOMBS.items())[::2], list(BOMBS.items())[1::2], strict=True):
                running = [asyncio.create_task(bomb(*one)), asyncio.create_task(bomb(*other))]
                waits = []
                while not all(task.done() for task in running):
                    begun = time.monotonic()
                    await (await pool.run(f"ASK {{}} # {begun}")).read()
                    waits.append(time.monotonic() - begun)
                    await asyncio.sleep(0.05)
                await asyncio.gather(*running)
                assert max(waits) < 1.0
                assert len(waits) > 5
            assert max(took.values()) < 1.5 + 0.5

    loops.run(run())


def test_many_bombs_at_once_wait_for_each_other() -> None:
    """More long queries than may run at once are taken back and tried again, and short ones pass them."""

    async def run() -> None:
        # A short query waits while processes start in the place of those that long ones hold: at times for a second.
        async with _pool(seconds=3.0) as pool:
            await _settled(pool)
            bombs = [asyncio.create_task(_failure(pool.run(f"{BOMBS['join']} # {n}", client=str(n % 3)))) for n in range(6)]
            await asyncio.sleep(0.4)
            waits = []
            for n in range(20):
                begun = time.monotonic()
                await (await pool.run(f"ASK {{}} # {n}")).read()
                waits.append(time.monotonic() - begun)
                assert pool._long_running <= 4
                await asyncio.sleep(0.05)
            assert sorted(waits)[10] < 0.3
            assert {failed.status for failed in await asyncio.gather(*bombs)} == {503}

    loops.run(run())


@linux
def test_memory_is_limited() -> None:
    """A query that grows is stopped; what else runs is not."""

    async def run() -> None:
        async with _pool(seconds=10.0, megabytes=300) as pool:
            begun = time.monotonic()
            other = asyncio.create_task(pool.run("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?a ?e ?f }"))
            failed = await _failure(pool.run(DOUBLED))
            assert failed.status == 503
            assert "memory" in str(failed)
            assert time.monotonic() - begun < 5.0
            assert (await (await other).read()) is not None

    loops.run(run())


def test_rows_are_limited_and_never_cut_in_silence() -> None:
    """As many rows as allowed are given whole; one more, and the query fails: before it began, or else in the middle."""

    async def run() -> None:
        async with _pool(rows=5000, size=1) as pool:
            for media_type in (
                "application/sparql-results+json",
                "application/sparql-results+xml",
                "text/csv",
                "text/tab-separated-values",
            ):
                for text in ("SELECT ?o { ?s ?p ?o }", "SELECT * { ?s ?p ?o }", "SELECT ?x { ?s ?p ?o }"):
                    answer = await pool.run(f"{text} LIMIT 5000", media_type)
                    assert len(await answer.read()) >= 5000
                    failed = await _failure(pool.run(f"{text} LIMIT 5001", media_type))
                    assert (failed.status, failed.title) == (503, "Too many rows"), (text, media_type)
            long = await pool.run("SELECT * { ?s ?p ?o }")
            assert long.body is None, "the head of a long answer is sent before its end is known"
            with pytest.raises(QueryFailed, match="more than 5,000 rows"):
                await long.read()
            for media_type in ("text/turtle", "application/ld+json", "application/n-triples"):
                assert await (
                    await pool.run("CONSTRUCT { ?s ?p ?o } WHERE { SELECT * { ?s ?p ?o } LIMIT 5000 }", media_type)
                ).read()
                failed = await _failure(pool.run("CONSTRUCT WHERE { ?s ?p ?o }", media_type))
                assert (failed.status, failed.title) == (503, "Too many triples")

    loops.run(run())


@pytest.mark.parametrize("name", ["JSON", "XML", "CSV", "TSV"])
@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 1 << 20])
def test_rows_are_counted_in_what_is_written(name: str, size: int) -> None:
    """Whatever stands in a value, and wherever the pieces are cut."""
    odd = ['"', "\\", '},{"x":{', "{}", "<result>", "\r\n", "\n", ",", '\\"', "},{", "plain", '"},{"', "\t?x\t", "\\\\"]
    values = " ".join(f"({ox.Literal(one)} {ox.Literal(two)})" for one in odd for two in odd) + " (UNDEF UNDEF) (UNDEF 1)"
    text = f"SELECT * {{ VALUES (?x ?y) {{ {values} }} }}"
    results = ox.Store().query(text)
    assert isinstance(results, ox.QuerySolutions)
    written = results.serialize(format=getattr(ox.QueryResultsFormat, name))
    assert written is not None
    rows = counting.Rows(name)
    for place in range(0, len(written), size):
        rows.add(written[place : place + size])
    assert rows.number == len(odd) ** 2 + 2


class _Listener:
    """Somebody who waits on a port of this machine, and counts who comes."""

    def __enter__(self) -> _Listener:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}/"
        self.came = 0
        threading.Thread(target=self._wait, daemon=True).start()
        return self

    def _wait(self) -> None:
        while True:
            try:
                caller, _ = self.socket.accept()
            except OSError:
                return
            self.came += 1
            caller.close()

    def __exit__(self, *_: object) -> None:
        # Wakes what waits, which close alone does not.
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()


@linux
def test_a_process_has_no_network_even_without_the_guard() -> None:
    """Every spelling of SERVICE reaches a listener from this process, and none from a process of the pool."""

    async def run() -> None:
        with _Listener() as listener:
            with pytest.raises(OSError):
                list(ox.Store().query(CALLS[0].format(listener.address)))  # type: ignore[arg-type]
            assert listener.came == 1, "the listener sees who calls"
            # Made with an address where nobody listens, so that they are no calls yet.
            texts = [text.replace("http://127.0.0.1:1/", listener.address) for text in mutated("http://127.0.0.1:1/", 200)]
            texts += [call.format(listener.address) for call in (*CALLS, *TRIPLE_TERMS)]
            async with _pool() as pool:
                pool.guarded = False
                for text in texts:
                    try:
                        await (await pool.run(text)).read()
                    except QueryFailed as failed:
                        assert failed.status in (400, 500)
                assert listener.came == 1
                pool.guarded = True
                for text in texts:
                    assert (await _failure(pool.run(text))).status in (400, 403)
                assert listener.came == 1

    loops.run(run())


@linux
def test_what_a_process_gives_up() -> None:
    """Sockets of any kind, other programs, other processes, and these under other numbers are refused; threads not."""
    script = """
import ctypes, os, platform, threading
from oscegraph.endpoint import sandbox
going = threading.Event()
threading.Thread(target=going.wait).start()
assert sandbox.enclose(os.getppid(), 1000)
libc = ctypes.CDLL(None, use_errno=True)
numbers = sandbox._MACHINES[platform.machine()][2]
for number in (*numbers, 41 | 0x40000000, 59 | 0x40000000, 520 | 0x40000000):
    assert libc.syscall(ctypes.c_long(number), *[ctypes.c_long(0)] * 6) == -1 and ctypes.get_errno() == 13, number
for task in os.listdir("/proc/self/task"):
    said = open(f"/proc/self/task/{task}/status").read()
    assert "NoNewPrivs:\\t1" in said and "Seccomp:\\t2" in said, said
going.set()
threading.Thread(target=print, args=("all",)).start()
"""
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=20, check=False)
    assert (ended.stdout, ended.returncode) == ("all\n", 0), ended.stderr


@linux
def test_a_system_without_walls_is_told_of(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Where there is no seccomp, or no /proc, the server says so when it starts, and the guard still refuses."""
    (tmp_path / "sitecustomize.py").write_text("import platform; platform.machine = lambda: 'abacus'", encoding="utf-8")

    async def run() -> None:
        async with _pool(size=1) as pool:
            assert (await _failure(pool.run(CALLS[0].format("http://127.0.0.1:1/")))).status == 403

    loops.run(run())
    assert capsys.readouterr().err == ""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(crew, "resident", lambda _: 0)
    loops.run(run())
    said = capsys.readouterr().err.splitlines()
    assert [line.split(",")[0] for line in said] == [
        "WARNING: this system has no seccomp for this program",
        "WARNING: this system has no /proc",
    ]


def test_no_name_of_a_graph_is_looked_up(tmp_path: Path) -> None:
    """FROM, GRAPH and the parameters name graphs that are here; no file is read or looked for."""
    file = tmp_path / "canary.ttl"
    file.write_text("<a:canary> <a:canary> 'canary' .", encoding="utf-8")

    async def run() -> None:
        with _Listener() as listener:
            async with _pool() as pool:
                for there, missing in (
                    (file.as_uri(), file.with_name("none.ttl").as_uri()),
                    ("file:///etc/passwd", "file:///etc/none"),
                    (listener.address + "canary", listener.address + "none"),
                ):
                    said = []
                    for iri in (there, missing):
                        answers: list[object] = [iri.replace(missing, there) == there]
                        for text, default, named in (
                            (f"SELECT * FROM <{iri}> {{ ?s ?p ?o }}", [], []),
                            (f"SELECT * FROM NAMED <{iri}> {{ GRAPH ?g {{ ?s ?p ?o }} }}", [], []),
                            (f"SELECT * {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}", [], []),
                            (f"DESCRIBE <{iri}>", [], []),
                            ("SELECT * { ?s ?p ?o }", [iri], []),
                            ("SELECT * { GRAPH ?g { ?s ?p ?o } }", [], [iri]),
                            ("SELECT * { ?s ?p ?o }", ["canary.ttl"], []),
                            (f"LOAD <{iri}>", [], []),
                            (f"BASE <{iri}> SELECT * FROM <> {{ ?s ?p ?o }}", [], []),
                        ):
                            try:
                                answers.append(await (await pool.run(text, "", default, named)).read())
                            except QueryFailed as failed:
                                answers.append((failed.status, str(failed)))
                        assert b"canary" not in repr(answers[1:]).replace("canary.ttl", "").encode()
                        said.append(answers)
                    assert said[0] == said[1]
            assert listener.came == 0

    loops.run(run())


@pytest.mark.parametrize("text", ["{" * 49_000 + "}" * 49_000, "{ FILTER(" + "COALESCE(" * 9000 + "1" + ")" * 9000 + ") }"])
def test_a_query_that_is_nested_deep_does_no_harm(text: str) -> None:
    """Without the guard, what makes a parser with a usual stack crash is answered, or fails alone."""

    async def run() -> None:
        async with _pool(seconds=5.0, size=1) as pool:
            pool.guarded = False
            try:
                assert (await pool.run(f"ASK {text}", "text/csv")).body == b"true"
            except QueryFailed as failed:
                assert failed.status in (400, 503)
            assert (await pool.run("ASK {}", "text/csv")).body == b"true"

    loops.run(run())


@linux
def test_a_process_that_breaks_down_takes_only_its_query_with_it() -> None:
    """A process that is killed from without, busy or idle, fails the query that it had; the next query is answered."""

    async def run() -> None:
        async with _pool(seconds=5.0) as pool:
            await _settled(pool)
            running = asyncio.create_task(_failure(pool.run(BOMBS["join"])))
            while not any(job.begun for job in pool._busy.values()):
                await asyncio.sleep(0.01)
            for process in pool._all:
                if process.transport is not None:
                    os.kill(process.transport.get_pid(), signal.SIGSEGV if process in pool._busy else signal.SIGKILL)
            failed = await running
            assert (failed.status, failed.title) == (503, "The query failed")
            begun = time.monotonic()
            assert (await (await pool.run("ASK {}")).read()) == b'{"head":{},"boolean":true}'
            assert time.monotonic() - begun < 5.0

    loops.run(run())


@linux
def test_a_query_that_no_process_had_is_given_to_another() -> None:
    """A query was sent to a process that ends before it reads it, as long after as may be: another one answers it."""

    async def run() -> None:
        async with _pool(seconds=5.0, size=1) as pool:
            await _settled(pool, 60.0)
            first = [process.transport.get_pid() for process in pool._all if process.transport is not None]
            for pid in first:
                os.kill(pid, signal.SIGSTOP)
            asked = asyncio.create_task(pool.run("ASK {}"))
            await asyncio.sleep(0.5)
            assert [job.begun for job in pool._busy.values()] == [False]
            for pid in first:
                os.kill(pid, signal.SIGKILL)
            assert await (await asked).read() == b'{"head":{},"boolean":true}'

    loops.run(run())


def test_a_client_that_leaves_stops_its_query() -> None:
    """Nobody works for who has gone: the process ends at once, whether the query runs, waits, or is being sent."""

    async def run() -> None:
        async with _pool(seconds=20.0, size=1) as pool:
            await _settled(pool)
            left = asyncio.Event()
            running = asyncio.create_task(_failure(pool.run(BOMBS["join"], gone=left.wait)))
            cancelled = asyncio.create_task(pool.run(f"{BOMBS['join']} # 2"))
            await asyncio.sleep(0.6)
            assert pool._long_running + pool._short_running >= 1
            left.set()
            assert (await running).status == 499
            cancelled.cancel()
            with pytest.raises(asyncio.CancelledError):
                await cancelled
            await asyncio.sleep(0.1)
            assert not pool._busy
            answer = await pool.run("SELECT * { ?s ?p ?o . ?a ?b ?c }")
            await answer.__anext__()
            answer.close()
            await asyncio.sleep(0.05)
            assert not pool._busy
            with pytest.raises(QueryFailed):
                await answer.read()

    loops.run(run())


def test_a_slow_reader_holds_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that nobody takes is not gathered up here, and is cut at the limit."""

    async def run() -> None:
        async with _pool(seconds=1.0, rows=10_000_000) as pool:
            answer = await pool.run("SELECT * { ?s ?p ?o . ?a ?b ?c }")
            await asyncio.sleep(0.5)
            assert answer._size < 3 << 20
            with pytest.raises(QueryFailed, match="1 second"):
                await answer.read()

    loops.run(run())


def test_too_many_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who comes when too many wait is told when to come again."""
    monkeypatch.setattr(workers, "QUEUE", 3)

    async def run() -> None:
        async with _pool(seconds=1.0, size=1) as pool:
            tasks = [asyncio.create_task(_failure(pool.run(f"{BOMBS['join']} # {n}"))) for n in range(8)]
            failures = await asyncio.gather(*tasks)
            busy = [failed for failed in failures if failed.title == "Too busy"]
            assert len(busy) >= 4
            assert all(failed.status == 503 and failed.retry_after for failed in busy)

    loops.run(run())


def test_clients_take_turns() -> None:
    """While others wait, a client has two queries running and no more."""

    async def run() -> None:
        loop = asyncio.get_running_loop()
        queue = Queue()
        jobs = [Job(b"", "", client, None, loop.create_future(), 0.0) for client in "aaaabb"]
        for job in jobs:
            queue.add(job)
        order = []
        from collections import Counter

        running: Counter[str] = Counter()
        while (job_next := queue.next(running)) is not None:
            running[job_next.client] += 1
            order.append(job_next.client)
        assert "".join(order) == "aabbaa"

    loops.run(run())


def test_a_short_query_on_a_busy_machine_is_not_taken_for_a_long_one() -> None:
    """What counts is the work of a process, not how long it had to wait for a processor."""

    async def run() -> None:
        async with _pool(size=1) as pool:
            await pool.run("ASK {}")
            await _settled(pool)
            for process in pool._all:
                os.kill(process.transport.get_pid(), signal.SIGSTOP)
            waiting = asyncio.ensure_future(pool.run("ASK { ?s ?p 'somebody' }"))
            await asyncio.sleep(2 * workers.LONG)
            assert not pool._long_running and not pool._known
            for process in pool._all:
                os.kill(process.transport.get_pid(), signal.SIGCONT)
            assert (await waiting).body is not None

    loops.run(run())


def test_short_answers_are_kept() -> None:
    """The data stay the same, so the same question is not run again, unless it asks for chance or the time."""

    async def run() -> None:
        async with _pool(size=1) as pool:
            asked: list[bytes] = []
            begin = pool._begin

            def begun(process: object, job: Job, long: bool) -> None:
                asked.append(job.request)
                begin(process, job, long)  # type: ignore[arg-type]

            pool._begin = begun  # type: ignore[method-assign, assignment]
            for text, runs in (("ASK {}", 1), ("SELECT (NOW() AS ?x) {}", 2), ("SELECT (uuid() AS ?x) {}", 2)):
                asked.clear()
                first, second = [await (await pool.run(text)).read() for _ in range(2)]
                assert len(asked) == runs
                assert (first == second) is (runs == 1) or "NOW" in text
            asked.clear()
            assert await (await pool.run("ASK {}", "text/csv")).read() == b"true"
            assert len(asked) == 1

    loops.run(run())


def test_what_is_kept_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The oldest answers go when there are too many, whatever made them large."""
    monkeypatch.setattr(workers, "KEPT_IN_ALL", 50_000)

    async def run() -> None:
        async with _pool(size=1) as pool:
            for number in range(30):
                await (await pool.run(f"ASK {{}} # {number}", f"text/csv, {'x' * 5000}/{number}")).read()
            assert pool._kept_size <= 50_000
            assert len(pool._kept) == 9

    loops.run(run())


def test_own_data(tmp_path: Path) -> None:
    """Files are read once, with ontology and derived facts; what happens to them later changes nothing."""
    file = tmp_path / "mine.ttl"
    file.write_text("<http://example.org/a> <http://example.org/b> 'mine' .", encoding="utf-8")
    store_files.build(tmp_path / "built", [str(file)])
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"

    async def run() -> None:
        async with _pool(str(file), size=1) as pool:
            expected = await (await pool.run(count)).read()
            file.write_text("rubbish", encoding="utf-8")
            for process in list(pool._idle):
                pool._end(process)
            pool._kept.clear()
            assert await (await pool.run(count)).read() == expected
            assert await (await pool.run("ASK { ?s ?p 'mine' }", "text/csv")).read() == b"true"
            folder = Path(pool._folder or "")
            assert folder.is_dir()
        assert not folder.exists()
        async with _pool(str(tmp_path / "built"), size=1) as pool:
            assert await (await pool.run(count)).read() == expected

    loops.run(run())


def test_data_that_cannot_be_served(tmp_path: Path) -> None:
    """What cannot be opened is told when the pool starts."""
    (tmp_path / "bad.ttl").write_text("rubbish", encoding="utf-8")
    (tmp_path / "hollow").mkdir()
    (tmp_path / "hollow" / store_files.MARKER).touch()

    async def run(source: str) -> None:
        with pytest.raises(OscegraphError):
            await Pool([source]).start()

    for source in ("bad.ttl", "nowhere.ttl", "hollow"):
        loops.run(run(str(tmp_path / source)))
    loops.run(run("https://example.org/sparql"))


def test_after_the_end() -> None:
    """A pool that is closed ends its processes, fails what runs, and takes nothing more."""

    async def run() -> None:
        async with _pool(size=1) as pool:
            running = asyncio.create_task(_failure(pool.run(BOMBS["join"])))
            await asyncio.sleep(0.1)
            pids = [process.transport.get_pid() for process in pool._all if process.transport is not None]
        assert (await running).status == 503
        assert (await _failure(pool.run("ASK {}"))).status == 503
        assert pids
        for pid in pids:
            with pytest.raises(ProcessLookupError):
                os.kill(pid, 0)

    loops.run(run())
