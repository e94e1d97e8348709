"""Measure oscegraph side by side with its peers, in one run, and print the ratios.

    python benchmarks/run.py            all figures (some minutes)
    python benchmarks/run.py --quick    without the largest size

Each pair is run alternately, so that a slow moment of the machine hits both; the median counts.
"""

from __future__ import annotations

import argparse
import gc
import math
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import generate
import pyoxigraph as ox

from oscegraph import loading
from oscegraph.pairs import pairs
from oscegraph.store import EmbeddedStore
from oscegraph.validate import validate

HERE = Path(__file__).resolve().parent
RAW_PAIRS = """
PREFIX osg: <https://w3id.org/oscegraph/ontology#>
SELECT ?a ?b (COUNT(DISTINCT ?activity) AS ?n)
WHERE { ?activity osg:involves ?a , ?b . FILTER(STR(?a) < STR(?b)) }
GROUP BY ?a ?b
ORDER BY DESC(?n) ?a ?b
"""


def process(command: list[str], fine: tuple[int, ...] = (0,)) -> tuple[float, float]:
    """Run a command as a whole process and return its seconds and its peak memory in MB; `fine` are its exit codes."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in fine:
        raise SystemExit(f"{' '.join(command)} failed with exit code {child.returncode}")
    return seconds, usage.ru_maxrss / (1 if sys.platform == "darwin" else 1024) / (1024 if sys.platform == "darwin" else 1)


def timed(function: Callable[[], object]) -> float:
    """Return the seconds that a call takes."""
    gc.collect()
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


def line(what: str, ours: float, theirs: float, goal: str) -> None:
    """Print one figure."""
    print(f"{what:<58} {ours:9.3f} s {theirs:9.3f} s {ours / theirs:8.3f}   {goal}")


def whole_process(runs: int) -> None:
    """`oscegraph who UNODC` against a plain rdflib script."""
    ours, theirs = [], []
    for _ in range(runs):
        ours.append(process([sys.executable, "-m", "oscegraph", "who", "UNODC"]))
        theirs.append(process([sys.executable, str(HERE / "peer_rdflib_who.py")]))
    seconds = [statistics.median(run[0] for run in runs_) for runs_ in (ours, theirs)]
    memory = [statistics.median(run[1] for run in runs_) for runs_ in (ours, theirs)]
    line("who UNODC, whole process, against plain rdflib", *seconds, "goal: at most 0.25")
    ours_mb, theirs_mb = memory
    print(
        f"{'  peak memory':<58} {ours_mb:8.1f} MB {theirs_mb:8.1f} MB {ours_mb / theirs_mb:8.3f}   goal: ours under 100 MB"
    )


def load_graph(runs: int) -> None:
    """Load of the packaged graph against rdflib's parsers."""
    import rdflib

    def peer() -> None:
        graph = rdflib.Graph()
        for path in loading.packaged_files():
            graph.parse(path, format="nt" if path.suffix == ".nt" else "turtle")

    ours, theirs = [], []
    for _ in range(runs):
        ours.append(timed(loading.packaged_store))
        theirs.append(timed(peer))
    line("load of the whole graph, against rdflib", statistics.median(ours), statistics.median(theirs), "")


def raw(store: ox.Store) -> list[tuple[str, str, int]]:
    """The pairs by raw pyoxigraph: its own SPARQL, its own rows."""
    return [(row["a"].value, row["b"].value, int(row["n"].value)) for row in store.query(RAW_PAIRS)]  # type: ignore[union-attr]


def pairs_query(factors: list[int]) -> None:
    """All pairs of actors with counts, against raw pyoxigraph, at growing sizes."""
    sizes, times = [], []
    for factor in factors:
        store = generate.generate(factor)
        wrapped = EmbeddedStore(store, "generated")
        if pairs(wrapped) != raw(store):
            raise SystemExit("the pairs differ from raw pyoxigraph's")
        runs = 5 if factor < 50 else 3
        ours, theirs = [], []
        for _ in range(runs):
            ours.append(timed(lambda w=wrapped: pairs(w)))  # type: ignore[misc]
            theirs.append(timed(lambda s=store: raw(s)))  # type: ignore[misc]
        sizes.append(len(store))
        times.append(min(ours))  # growth is told by the quietest runs
        line(
            f"pairs at {factor}x ({len(store)} triples), against raw pyoxigraph",
            statistics.median(ours),
            statistics.median(theirs),
            "goal: at most 1",
        )
    steps = [(index - 1, index) for index in range(1, len(sizes))] + ([(0, len(sizes) - 1)] if len(sizes) > 2 else [])
    for low, high in steps:
        growth = times[high] / times[low]
        bound = sizes[high] * math.log(sizes[high]) / (sizes[low] * math.log(sizes[low]))
        print(f"  growth {factors[low]}x to {factors[high]}x: {growth:.1f} times; n log n would be {bound:.1f} times")


def projection(factors: list[int], compared: int) -> None:
    """The network of all actors, ties with all their attributes, against raw pyoxigraph's pairs query; and its growth."""
    from oscegraph import networks
    from oscegraph.directory import Directory
    from oscegraph.events import Options, read_events

    sizes, times = [], []
    for factor in factors:
        store = generate.generate(factor, networks=True)
        wrapped = EmbeddedStore(store, "generated")
        directory = Directory(wrapped)
        options = Options("actors")
        activities = len(read_events(wrapped, directory, options))
        ours, theirs = [], []
        for _ in range(3 if factor <= compared else 1):
            ours.append(timed(lambda w=wrapped, d=directory, o=options: networks.build(w, d, o)))  # type: ignore[misc]
            if factor <= compared:
                theirs.append(timed(lambda s=store: raw(s)))  # type: ignore[misc]
        sizes.append(len(store))
        times.append(min(ours))
        if theirs:
            line(
                f"network of {activities} activities ({len(store)} triples), against raw pairs",
                statistics.median(ours),
                statistics.median(theirs),
                "goal: at most 1",
            )
        else:
            print(f"network of {activities} activities ({len(store)} triples): {ours[0]:.1f} s")
        del store, wrapped, directory
    for low, high in zip(range(len(sizes) - 1), range(1, len(sizes)), strict=True):
        growth = times[high] / times[low]
        bound = sizes[high] * math.log(sizes[high]) / (sizes[low] * math.log(sizes[low]))
        print(f"  growth {factors[low]}x to {factors[high]}x: {growth:.1f} times; n log n would be {bound:.1f} times")


def validation(runs: int) -> None:
    """Validation of the whole graph against pyshacl alone on the same data and shapes."""
    import pyshacl
    import rdflib

    from oscegraph import resources

    graph = rdflib.Graph()
    for path in loading.packaged_files():
        graph.parse(path, format="nt" if path.suffix == ".nt" else "turtle")
    shapes = rdflib.Graph().parse(resources.ontology_dir() / "shapes.ttl")
    ours, theirs = [], []
    for _ in range(runs):
        ours.append(timed(validate))
        theirs.append(timed(lambda: pyshacl.validate(graph, shacl_graph=shapes, inference="none")))
    line("validation of the whole graph, against pyshacl's part", statistics.median(ours), statistics.median(theirs), "")


def centrality(runs: int) -> None:
    """Betweenness and harmonic centrality through the dispatch against networkx's own, on 3,000 nodes and 26,000 ties."""
    from unittest import mock

    import networkx as nx
    import rustworkx

    from oscegraph import fast, kernels

    graph = nx.gnm_random_graph(3000, 26000, seed=1)
    ready = fast.Backend.convert_from_nx(graph)
    inner = ready.inner
    # The kernels are compiled, or their kept code is loaded, before any timing: that is paid once a process (0.4 s; at the
    # very first use of an installation some seconds), not once a graph.
    loaded = kernels.load()
    direct: dict[str, Callable[[], object]] = {}
    if loaded is not None:
        direct["betweenness"] = lambda: loaded.betweenness(ready.starts, ready.ends, directed=False, endpoints=False)
        direct["harmonic"] = lambda: loaded.harmonic(ready.starts, ready.ends)
    for name, function in (("betweenness", nx.betweenness_centrality), ("harmonic", nx.harmonic_centrality)):

        def through(f: Callable[..., dict[int, float]] = function) -> dict[int, float]:
            # Each call converts the graph anew, as the first measure of a graph does.
            graph.__networkx_cache__.clear()
            return f(graph, **fast.backend(graph))

        def without(f: Callable[[], dict[int, float]] = through) -> dict[int, float]:
            with mock.patch.object(fast, "_kernels", lambda graph: None):
                return f()

        own = function(graph)
        for values in (through(), without()):
            if max(abs(own[node] - values[node]) for node in graph) > 1e-9:
                raise SystemExit(f"{name} differs from networkx's own")
        ours, plain, native, peer = [], [], [], []
        for _ in range(runs):
            ours.append(timed(through))
            if name in direct:
                native.append(timed(direct[name]))
            plain.append(timed(without))
            if name == "betweenness":
                peer.append(timed(lambda: rustworkx.betweenness_centrality(inner)))
        theirs = timed(lambda f=function: f(graph))  # type: ignore[misc]
        our, bare = statistics.median(ours), statistics.median(plain)
        if native:
            line(f"{name} of 3,000 nodes, against networkx's own", our, theirs, "goal: at most 0.02")
            line("  the same against the kernel alone", our, statistics.median(native), "goal: at most 1.5")
        else:
            print(f'{name} of 3,000 nodes: the extra "fast" (numba) is not installed or has no folder for its code')
        line("  without the extra, against networkx's own", bare, theirs, "")
        if peer:
            line("  the same against rustworkx alone", bare, statistics.median(peer), "goal: at most 1.5")


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--quick", action="store_true", help="leave out the largest size")
    quick = parser.parse_args().quick
    print(f"{'':<58} {'ours':>11} {'peer':>11} {'ratio':>8}")
    whole_process(3 if quick else 7)
    load_graph(3)
    pairs_query([1, 10] if quick else [1, 10, 100])
    projection([1, 9] if quick else [1, 9, 90, 900], 90)
    validation(1 if quick else 3)
    if not quick:
        centrality(3)


if __name__ == "__main__":
    main()
