"""oscegraph: who co-operated with whom, on what, where, when, in which role and on which mandate.

The pipeline, each stage a module that imports only from stages to its left:

    graphs/*.ttl -> loading -> derive -> validate -> store -> query -> directory -> tellings -> answers -> evidence
    -> coverage | export | events -> networks -> measures | communities | significance | robustness -> layout -> maps
    -> views -> figures -> bundle -> endpoint -> explorer -> server | assistants -> cli

Questions in plain words are `asking`, a package as `endpoint`, `explorer`, `assistants` and `cli` are.

>>> import oscegraph
>>> graph = oscegraph.load().graph           # an rdflib Graph
>>> ties = oscegraph.network("units", on="drugs")    # a networkx Graph
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["Oscegraph", "__version__", "load", "network"]

if TYPE_CHECKING:
    import networkx

    from oscegraph.api import Oscegraph


def load(data: str | Sequence[str] = (), *, timeout: float = 60.0) -> Oscegraph:
    """Open the packaged graph, or RDF files, a store folder or an endpoint, for use in Python.

    `data` is what `--data` takes on the command line. Nothing but this call reads any file.
    """
    from oscegraph.api import Oscegraph

    return Oscegraph.open([data] if isinstance(data, str) else list(data), timeout=timeout)


def network(
    name: str = "actors", *, data: str | Sequence[str] = (), timeout: float = 60.0, **options: Any
) -> networkx.Graph:
    """Return a declared network of co-operation as a plain networkx graph.

    `options` are those of `Oscegraph.network`: weighting, series, types, roles, least, and filters such as on, place, start,
    end. Raises QueryError for a network that does not exist, FilterError for an option that is none of the valid ones.
    """
    return load(data, timeout=timeout).network(name, **options)


def __getattr__(name: str) -> Any:
    if name == "Oscegraph":
        return importlib.import_module("oscegraph.api").Oscegraph
    raise AttributeError(f"module 'oscegraph' has no attribute {name!r}")
