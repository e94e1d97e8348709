"""Stage 11b: the networkx backend "oscegraph_rustworkx": fast code behind networkx's own dispatch.

networkx calls it where a caller names it (`backend=`), or for every call of a session under
`NETWORKX_BACKEND_PRIORITY=oscegraph_rustworkx`. Another backend, such as a cluster's, is reached by the same switch: set
`OSCEGRAPH_BACKEND` to its name, or to `networkx` for networkx's own code. What a backend does not implement, networkx
computes itself.
"""

from __future__ import annotations

import functools
import importlib.util
import inspect
import itertools
import os
from collections.abc import Hashable
from typing import TYPE_CHECKING, Any

from oscegraph.errors import FilterError

if TYPE_CHECKING:
    import networkx as nx

    from oscegraph.kernels import Kernels

NAME = "oscegraph_rustworkx"
# Below this size the conversion costs more than it saves.
SMALL = 200
# From this size on numba's kernels are used where they are installed. Their import and the load of compiled code take 0.4 s
# once a process; the betweenness of 1,000 nodes and 8,700 ties takes rustworkx 0.2 s and the kernels 0.06 s, that of 3,000
# nodes and 26,000 ties 2.1 s and 0.5 s (two busy cores). So a process with a single question breaks even near 2,000 nodes.
LARGE = 2000


def backend(graph: nx.Graph) -> dict[str, Any]:
    """Return the keyword for a dispatched networkx call: the chosen backend for a graph that is worth it, else nothing.

    Raises FilterError for a backend that is not installed.
    """
    import networkx as nx

    chosen = os.environ.get("OSCEGRAPH_BACKEND", NAME)
    if chosen in ("", "networkx"):
        return {}
    installed = nx.utils.backends.backends
    if chosen not in installed:
        raise FilterError("networkx backend (OSCEGRAPH_BACKEND)", chosen, sorted({*installed, "networkx"}))
    if len(graph) < SMALL:
        return {}
    # A converted graph is used again for the next measure; networkx warns of that, and a user can do nothing about it.
    nx.config.warnings_to_ignore.add("cache")
    return {"backend": chosen}


class FastGraph:
    """A networkx graph by numbers: the nodes in order, and their ties without data.

    The neighbours of node v are `ends[starts[v]:starts[v + 1]]`, in an undirected graph each tie from both of its ends.
    """

    __networkx_backend__ = NAME

    def __init__(self, nodes: list[Hashable], starts: Any, ends: Any, directed: bool) -> None:
        self.nodes, self.starts, self.ends, self.directed = nodes, starts, ends, directed

    def is_directed(self) -> bool:
        """Whether ties have a direction."""
        return self.directed

    def is_multigraph(self) -> bool:
        """Parallel ties are not supported."""
        return False

    def __len__(self) -> int:
        return len(self.nodes)

    def ties(self) -> Any:
        """Return all ties as an array of pairs of numbers, in an undirected graph both ways."""
        import numpy

        sources = numpy.repeat(numpy.arange(len(self.nodes)), numpy.diff(self.starts))
        return numpy.stack([sources, self.ends], axis=1)

    @functools.cached_property
    def inner(self) -> Any:
        """Rustworkx's graph of the ties; made when first needed, for the compiled kernels do without."""
        import rustworkx

        ties = self.ties()
        if not self.directed:
            ties = ties[ties[:, 0] <= ties[:, 1]]
        inner = rustworkx.PyDiGraph(multigraph=False) if self.directed else rustworkx.PyGraph(multigraph=False)
        inner.add_nodes_from(range(len(self.nodes)))
        inner.add_edges_from_no_data([(a, b) for a, b in ties.tolist()])
        return inner


def _kernels(graph: FastGraph) -> Kernels | None:
    """Return the compiled kernels for a graph that is worth them, where numba is installed."""
    if len(graph) < LARGE or importlib.util.find_spec("numba") is None:
        return None
    from oscegraph import kernels

    return kernels.load()


def _scale(count: int, normalized: bool, directed: bool, endpoints: bool) -> float:
    """Return what networkx multiplies sums over ordered pairs of nodes with."""
    others = count if endpoints else count - 1
    if others < 2:
        return 1.0
    if normalized:
        return 1 / (others * (others - 1))
    return 1.0 if directed else 0.5


def _harmonic(graph: FastGraph) -> list[float]:
    """Return the sum of 1 / distance to all others for each node, by breadth-first search from all nodes at once.

    Row v of `reached` holds, bit by bit, from which nodes v is reached within so many steps; a step adds to each row those
    of its neighbours. So a whole step costs a few operations on machine words for each tie and 64 nodes.
    """
    import numpy

    count = len(graph.nodes)
    totals = numpy.zeros(count)
    ties = graph.ties()
    ties = ties[ties[:, 0] != ties[:, 1]]
    if not len(ties):
        return [0.0] * count
    ties = ties[numpy.argsort(ties[:, 1], kind="stable")]
    into, starts = numpy.unique(ties[:, 1], return_index=True)
    numbers = numpy.arange(count)
    reached = numpy.zeros((count, (count + 63) // 64), dtype=numpy.uint64)
    reached[numbers, numbers // 64] = numpy.left_shift(numpy.uint64(1), (numbers % 64).astype(numpy.uint64))
    before, steps = numpy.ones(count, dtype=numpy.int64), 0
    while True:
        steps += 1
        grown = reached.copy()
        grown[into] |= numpy.bitwise_or.reduceat(reached[ties[:, 0]], starts, axis=0)
        now = numpy.bitwise_count(grown).sum(axis=1, dtype=numpy.int64)
        if (now == before).all():
            return [float(total) for total in totals]
        totals += (now - before) / steps
        reached, before = grown, now


class Backend:
    """What networkx asks a backend for: conversions, and the functions that it implements under networkx's names."""

    @staticmethod
    def convert_from_nx(graph: nx.Graph, *args: Any, name: str | None = None, **kwargs: Any) -> FastGraph:
        """Return the graph by numbers; only nodes and ties are carried."""
        import numpy

        nodes = list(graph)
        rows = [row for _, row in graph.adjacency()]
        starts = numpy.zeros(len(nodes) + 1, dtype=numpy.int64)
        numpy.cumsum(numpy.fromiter(map(len, rows), dtype=numpy.int64, count=len(rows)), out=starts[1:])
        number = {node: index for index, node in enumerate(nodes)}
        neighbours = map(number.__getitem__, itertools.chain.from_iterable(rows))
        ends = numpy.fromiter(neighbours, dtype=numpy.int32, count=int(starts[-1]))
        return FastGraph(nodes, starts, ends, graph.is_directed())

    @staticmethod
    def convert_to_nx(result: Any, *, name: str | None = None, **kwargs: Any) -> Any:
        """Return a result as networkx gives it; results here are plain already."""
        return result

    @staticmethod
    def can_run(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool | str:
        """Whether the arguments are ones that the fast code understands; a text says why not."""
        given = inspect.signature(getattr(Backend, name)).bind_partial(*args, **kwargs).arguments
        if name == "betweenness_centrality" and any(given.get(key) is not None for key in ("k", "weight")):
            return "samples and weights are left to networkx"
        if name == "harmonic_centrality" and any(given.get(key) is not None for key in ("nbunch", "distance", "sources")):
            return "subsets and distances are left to networkx"
        return True

    @staticmethod
    def should_run(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> bool:
        """Whether it is worth it; who names the backend has decided that."""
        return True

    @staticmethod
    def betweenness_centrality(
        G: FastGraph,  # noqa: N803 - networkx's own name
        k: int | None = None,
        normalized: bool = True,
        weight: str | None = None,
        endpoints: bool = False,
        seed: Any = None,
    ) -> dict[Hashable, float]:
        """Return networkx's betweenness centrality (Brandes 2001), computed on all cores by numba or by rustworkx."""
        kernels = _kernels(G)
        if kernels is not None:
            sums = kernels.betweenness(G.starts, G.ends, directed=G.directed, endpoints=endpoints)
            sums *= _scale(len(G), normalized, G.directed, endpoints)
            return dict(zip(G.nodes, sums.tolist(), strict=True))
        import rustworkx

        values = rustworkx.betweenness_centrality(G.inner, normalized=normalized, endpoints=endpoints)
        return {node: values[index] for index, node in enumerate(G.nodes)}

    @staticmethod
    def harmonic_centrality(
        G: FastGraph,  # noqa: N803 - networkx's own name
        nbunch: Any = None,
        distance: Any = None,
        sources: Any = None,
    ) -> dict[Hashable, float]:
        """Return networkx's harmonic centrality: the sum of 1 / distance to each node."""
        kernels = _kernels(G)
        values = _harmonic(G) if kernels is None else kernels.harmonic(G.starts, G.ends).tolist()
        return dict(zip(G.nodes, values, strict=True))


def info() -> dict[str, Any]:
    """What networkx shows of this backend."""
    return {
        "backend_name": NAME,
        "package": "oscegraph",
        "short_summary": "betweenness by numba or rustworkx, harmonic centrality by bit-parallel search",
        "functions": {"betweenness_centrality": {}, "harmonic_centrality": {}},
    }
