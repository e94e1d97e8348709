"""Measure `oscegraph serve` beside Oxigraph's server and rdflib-endpoint, and what faults and kills do to it, in one run.

    python benchmarks/serve.py               all figures (five minutes)
    python benchmarks/serve.py --seconds 5   shorter

The servers run one after the other, on the same graph and the same queries, drawn with a fixed seed. Needs Linux, whose
/proc says what a process takes. Ends with exit code 1 if a request fails that should not, or a fault is not stopped.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import os
import resource
import signal
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from serve_faults import CROSS, FAULTS, PATIENCE, alive, ask, held, megabytes, request, tree, work
from serve_load import Load, Mix, percentile
from serve_targets import HOST, Target, ours, oxigraph, rdflib_endpoint

CLIENTS, BESIDE, COMPARED = 64, 16, 60
# The time limit of a query while there are bombs, in seconds: they end sooner than by the limit of 10 that is usual.
LIMIT = 2.0
# What may become of a fault. A `cut` answer is one that the client sees to be incomplete.
STOPPED = {"503", "400", "413", "cut"}
REFUSED = {"400", "403", "405", "413", "414", "415", "421", "431", "501", "closed"}
HEAD = f"{'requests/s':>10} {'errors':>7} {'p50':>9} {'p99':>9} {'max':>9}"


class Figures:
    """What is printed, and whether anything failed."""

    def __init__(self) -> None:
        self.wrong: list[str] = []

    def row(self, what: str, load: Load, more: str = "") -> None:
        """Print what clients met."""
        times = load.all()
        p50, p99, longest = percentile(times, 0.5), percentile(times, 0.99), percentile(times, 1.0)
        print(
            f"{what:<46} {load.rate:10.1f} {load.failed:7} {p50:6.1f} ms {p99:6.0f} ms {longest:6.0f} ms{more}", flush=True
        )
        self.wrong += [f"{what}: {number} x {error}" for error, number in sorted(load.errors.items())]

    def check(self, right: bool, what: str) -> None:
        """Remember what is not as it should be."""
        if not right:
            self.wrong.append(what)


async def loaded(target: Target, requests: Iterator[tuple[str, bytes]], clients: int, seconds: float) -> Load:
    """Let clients ask for some seconds."""
    return await Load(target.port, requests).run(clients, asyncio.sleep(seconds))


def answers(target: Target, texts: list[str]) -> list[list[str]]:
    """Return the rows of queries, each as text and in no order; rdflib gives an empty row where there is no group."""
    found = []
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for text in texts:
        wanted = urllib.request.Request(
            f"http://{HOST}:{target.port}{target.path}",
            text.encode(),
            {"Content-Type": "application/sparql-query", "Accept": "application/sparql-results+json"},
        )
        with opener.open(wanted, timeout=60) as answer:
            rows = json.load(answer)["results"]["bindings"]
        found.append(sorted(json.dumps({name: row[name]["value"] for name in sorted(row)}) for row in rows if row))
    return found


def compared(figures: Figures, mix: Mix, seconds: float) -> None:
    """The three servers under the same queries, and ours under pages too."""
    print(f"{f'{CLIENTS} clients, {seconds:g} s each':<46} {HEAD}")
    texts = list(itertools.islice(mix.texts(2), COMPARED))
    rates: dict[str, list[float]] = {}
    right: list[list[str]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        servers: dict[str, Callable[[], AbstractContextManager[Target]]] = {
            "oscegraph": ours,
            "Oxigraph": lambda: oxigraph(folder),
            "rdflib-endpoint": lambda: rdflib_endpoint(folder, mix.store),
        }
        for server, begin in servers.items():
            with begin() as target:
                given = answers(target, texts)
                right = right or given
                if given != right:
                    raise SystemExit(f"{server} answers otherwise than oscegraph")
                new = asyncio.run(loaded(target, target.queries(mix.texts(1)), CLIENTS, seconds))
                figures.row(f"SPARQL, new texts: {server}", new)
                same = asyncio.run(loaded(target, target.queries(mix.again(1)), CLIENTS, seconds))
                figures.row(f"SPARQL, repeated texts: {server}", same)
                rates[server] = [new.rate, same.rate]
                if server == "oscegraph":
                    explorer(figures, mix, target, seconds)
    for peer, goal in (("Oxigraph", 0.5), ("rdflib-endpoint", 10.0)):
        new_ratio, same_ratio = (one / other for one, other in zip(rates["oscegraph"], rates[peer], strict=True))
        what = f"oscegraph against {peer}, times as many"
        print(f"{what:<46} new {new_ratio:.2f}, repeated {same_ratio:.2f}   goal: at least {goal:g}")
    asked = list(itertools.islice(mix.texts(1), int(rates["oscegraph"][0] * seconds)))
    print(f"  of {len(asked)} texts that oscegraph was asked, {len(set(asked)) / len(asked):.0%} were new")


def explorer(figures: Figures, mix: Mix, target: Target, seconds: float) -> None:
    """Pages and queries together."""
    load = asyncio.run(loaded(target, target.mixed(mix.pages(1)), CLIENTS, seconds))
    figures.row("pages, who and SPARQL: oscegraph", load)
    for kind, times in sorted(load.times.items()):
        part = Load(0, iter(()), {kind: times}, seconds=load.seconds, done=len(times))
        part.errors.update({error: number for error, number in load.errors.items() if error.startswith(f"{kind}:")})
        p50, p99, longest = (percentile(sorted(times), share) for share in (0.5, 0.99, 1.0))
        print(f"{'  ' + kind:<46} {part.rate:10.1f} {part.failed:7} {p50:6.1f} ms {p99:6.0f} ms {longest:6.0f} ms")


async def beside(target: Target, mix: Mix, seed: int, fault: str, seconds: float) -> tuple[Load, Any, float]:
    """Let clients ask while a fault goes on; return what they met, what became of the fault, and the most memory in MB."""
    command = [sys.executable, str(Path(__file__).with_name("serve_faults.py")), fault, str(target.port), str(seconds)]
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    most = 0.0

    async def watch() -> None:
        nonlocal most
        while True:
            most = max(most, megabytes(tree(target.process.pid)))
            await asyncio.sleep(0.2)

    watching = asyncio.create_task(watch())
    output = asyncio.create_task(process.communicate())
    load = await Load(target.port, target.mixed(mix.pages(seed))).run(BESIDE, output)
    watching.cancel()
    if process.returncode:
        raise SystemExit(f"the fault did not run: {fault}")
    return load, json.loads(output.result()[0]), most


def faults(figures: Figures, mix: Mix, seconds: float) -> None:
    """Clients that do wrong, beside clients that do not."""
    print(f"\n{f'{BESIDE} clients, pages and SPARQL, beside':<46} {HEAD} {'rate':>6} {'memory':>8} {'left over':>12}")
    with ours("--timeout", f"{LIMIT:g}") as target:
        pid = target.process.pid
        seeds = itertools.count(10)

        def alone() -> Load:
            load = asyncio.run(loaded(target, target.mixed(mix.pages(next(seeds))), BESIDE, seconds / 2))
            figures.row("nothing", load)
            return load

        asyncio.run(loaded(target, target.mixed(mix.pages(next(seeds))), BESIDE, seconds))
        first, became = alone(), {}
        time.sleep(1.0)
        before, memory = held(pid), megabytes(tree(pid))
        for fault in FAULTS:
            load, became[fault], most = asyncio.run(beside(target, mix, next(seeds), fault, seconds))
            time.sleep(1.0)
            begun = work(tree(pid))
            time.sleep(1.0)
            left = max(0.0, work(tree(pid)) - begun)
            # Pages are kept, and the machine has its moments: the rate counts against that before and after.
            second = alone()
            share = load.rate / ((first.rate + second.rate) / 2)
            figures.row(fault, load, f" {share:6.2f} {most:5.0f} MB {left:6.2f} cores")
            first = second
        time.sleep(1.0)
        print(f"memory of all its processes: {memory:.0f} MB before, {megabytes(tree(pid)):.0f} MB after")
        (threads, files), (threads_now, files_now) = before, held(pid)
        print(f"the server: threads {threads} before, {threads_now} after; open files {files} before, {files_now} after")
        figures.check(target.process.poll() is None, "the server did not outlive the faults")
        figures.check(files_now <= files + 10, f"{files_now - files} more files are open after the faults")
    told(figures, became)


def told(figures: Figures, became: dict[str, Any]) -> None:
    """Print what became of the faults."""
    for fault, found in became.items():
        if isinstance(found, list):
            print(f"\n{f'{fault}, limit {LIMIT:g} s':<46} {'became':>10} {'after':>9} {'over the limit':>15}")
            for name, end, seconds in found:
                print(f"{'  ' + name:<46} {end:>10} {seconds:7.2f} s {max(0.0, seconds - LIMIT):13.2f} s")
                figures.check(end in STOPPED, f"{name}: {end}")
                figures.check(seconds < LIMIT + 1.0, f"{name}: stopped after {seconds:.1f} s")
            print()
            continue
        print(f"{fault}: {', '.join(f'{end} {number}' for end, number in found.items())}")
        ends = {end.rpartition(": ")[2] for end in found}
        if fault == "bombs by 16 clients":
            figures.check(ends <= STOPPED, f"{fault}: {ends - STOPPED}")
        elif fault in ("oversize requests", "malformed requests"):
            figures.check(ends <= REFUSED, f"{fault}: {ends - REFUSED}")
        figures.check(not found.get("left open"), f"{fault}: left open for {PATIENCE:g} s")


async def workers_killed(target: Target, mix: Mix, seconds: float) -> tuple[Load, int]:
    """Kill the busiest worker each half second while clients ask."""
    killed = 0

    async def kill() -> None:
        nonlocal killed
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            await asyncio.sleep(0.5)
            children = tree(target.process.pid)[1:]
            if children:
                os.kill(max(children, key=lambda pid: work([pid])), signal.SIGKILL)
                killed += 1

    return await Load(target.port, target.queries(mix.texts(6))).run(BESIDE, kill()), killed


async def server_killed(target: Target) -> float:
    """Kill the server while two bombs run, and return after how many seconds none of its processes is left."""
    running = [asyncio.create_task(ask(target.port, request(target.port, f"{CROSS} # {n}"))) for n in range(2)]
    await asyncio.sleep(1.0)
    processes = tree(target.process.pid)
    begun = time.perf_counter()
    target.process.kill()
    while any(map(alive, processes)) and time.perf_counter() - begun < PATIENCE:
        await asyncio.sleep(0.001)
    took = time.perf_counter() - begun
    await asyncio.gather(*running)
    return took


def kills(figures: Figures, mix: Mix, seconds: float) -> None:
    """Processes that are killed, and how long it takes to be there again."""
    print(f"\n{f'{BESIDE} clients, SPARQL, new texts, beside':<46} {HEAD} {'rate':>6}")
    with ours() as target:
        alone = asyncio.run(loaded(target, target.queries(mix.texts(5)), BESIDE, seconds))
        figures.row("nothing", alone, f" {1:6.2f}")
        load, killed = asyncio.run(workers_killed(target, mix, seconds))
        figures.row(f"the busiest worker killed {killed} times", load, f" {load.rate / alone.rate:6.2f}")
        took = asyncio.run(server_killed(target))
        print(f"the server killed while two bombs run: no process left after {took * 1000:.0f} ms")
        figures.check(took < 1.0, f"processes were left {took:.1f} s after the server was killed")
        port = target.port
    with ours(port=port) as target:
        for what, wanted in (("query", request(port, "ASK {}")), ("page", target.page("/"))):
            status, _ = asyncio.run(ask(port, wanted))
            print(f"started again at the same port: first {what} answered after {time.perf_counter() - target.begun:.2f} s")
            figures.check(status == "200", f"the first {what} after the start: {status}")


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--seconds", type=float, default=30.0, help="how long the clients ask (30)")
    seconds = parser.parse_args().seconds
    if not Path("/proc/self/task").is_dir():
        raise SystemExit("This measures processes by /proc, which is there on Linux only.")
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 8192) if most > 0 else 8192, most))
    os.environ["NO_PROXY"] = os.environ["no_proxy"] = HOST
    figures, mix = Figures(), Mix()
    compared(figures, mix, seconds)
    faults(figures, mix, min(seconds, 6.0))
    kills(figures, mix, min(seconds, 6.0))
    if figures.wrong:
        raise SystemExit("\n".join(["", "Not as it should be:", *figures.wrong]))


if __name__ == "__main__":
    main()
