"""Stage 12: measures of a network, each with value, rank, definition, normalisation and source.

networkx is the API. Where a faster implementation is at hand, networkx's own backend dispatch reaches it (see `fast`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from oscegraph import formulas
from oscegraph.formulas import BROKER_ROLES, Values

if TYPE_CHECKING:
    import networkx as nx


@dataclass(frozen=True)
class Measure:
    """A measure of the nodes of a network."""

    name: str
    definition: str
    normalisation: str
    source: str
    compute: Callable[[nx.Graph], Values]


@dataclass(frozen=True)
class Ranked:
    """The value of a node and its rank: 1 is the greatest, equal values share the best rank (competition ranking)."""

    node: Hashable
    value: float
    rank: int


def ranked(values: Values, digits: int = 9) -> list[Ranked]:
    """Return nodes by value, greatest first, then by name; values that agree to `digits` decimals share a rank.

    NaN (undefined) comes last and shares the last rank.
    """

    def key(item: tuple[Hashable, float]) -> tuple[float, str]:
        value = item[1]
        return (math.inf if math.isnan(value) else -round(value, digits), str(item[0]))

    found: list[Ranked] = []
    for place, (node, value) in enumerate(sorted(values.items(), key=key), 1):
        same = found and (
            round(found[-1].value, digits) == round(value, digits) or (math.isnan(value) and math.isnan(found[-1].value))
        )
        found.append(Ranked(node, value, found[-1].rank if same else place))
    return found


MEASURES: dict[str, Measure] = {
    m.name: m
    for m in (
        Measure("degree", "number of partners", "none", "Freeman 1979", formulas.degree),
        Measure("strength", "sum of the weights of all ties", "none", "Barrat et al. 2004", formulas.strength),
        Measure(
            "betweenness",
            "share of shortest paths between two others that run through the actor, ties counted as one step",
            "divided by (n - 1)(n - 2) / 2",
            "Freeman 1977; Brandes 2001",
            formulas.betweenness,
        ),
        Measure(
            "harmonic",
            "mean of 1 / distance to all others, 0 for those that cannot be reached, ties counted as one step",
            "divided by n - 1",
            "Marchiori and Latora 2000; Rochat 2009",
            formulas.harmonic,
        ),
        Measure(
            "eigenvector",
            "component of the leading eigenvector of the weighted adjacency matrix of the largest component",
            "Euclidean length 1",
            "Bonacich 1972",
            formulas.eigenvector,
        ),
        Measure(
            "pagerank",
            "share of time that a random walker along weighted ties spends there, restarting with 0.15",
            "sums to 1",
            "Brin and Page 1998",
            formulas.pagerank,
        ),
        Measure(
            "core",
            "greatest k such that the actor is in a part where all have k partners",
            "none",
            "Seidman 1983",
            formulas.core,
        ),
        Measure(
            "clustering",
            "share of pairs of partners that are partners of each other",
            "0 to 1",
            "Watts and Strogatz 1998",
            formulas.clustering,
        ),
        Measure(
            "constraint",
            "how much an actor's contacts are bound to each other",
            "none; low means free; undefined without partner",
            "Burt 1992, p. 54",
            formulas.constraint,
        ),
        Measure(
            "effective-size",
            "number of contacts less their redundancy",
            "none; undefined without partner",
            "Burt 1992, p. 52",
            formulas.effective_size,
        ),
        *(
            Measure(
                role,
                {
                    "coordinator": "open two-paths inside of the actor's own side",
                    "gatekeeper": "open two-paths with one end on the actor's own side",
                    "representative": "the same as gatekeeper, as ties have no direction",
                    "consultant": "open two-paths between two of one other side",
                    "liaison": "open two-paths between two other sides",
                }[role],
                "none",
                "Gould and Fernandez 1989",
                formulas.broker(role),
            )
            for role in BROKER_ROLES
        ),
    )
}


def measure(graph: nx.Graph, name: str) -> list[Ranked]:
    """Return the ranked values of a measure; raises FilterError for an unknown one."""
    from oscegraph.errors import FilterError

    if name not in MEASURES:
        raise FilterError("measure", name, list(MEASURES))
    return ranked(MEASURES[name].compute(graph))


def table(graph: nx.Graph, names: list[str]) -> list[dict[str, Any]]:
    """Return one row a node with value and rank of each measure, by the first measure."""
    found = {name: {r.node: r for r in measure(graph, name)} for name in names}
    order = [r.node for r in measure(graph, names[0])]
    return [
        {
            "node": node,
            **{
                k: v
                for name in names
                for k, v in ((name, found[name][node].value), (f"{name}_rank", found[name][node].rank))
            },
        }
        for node in order
    ]
