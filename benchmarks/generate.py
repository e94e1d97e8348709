"""Make a graph of N times the report's size that keeps its shape.

Every activity is copied N times. The busiest tenth of the actors stay themselves in all copies, as UNODC would in N
reports; every other actor gets a copy of its own in each. So the sizes of activities stay as they are, hubs grow, and the
long tail stays long. Nothing is random: the same N gives the same graph.
"""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox

from oscegraph import loading

OSG = "https://w3id.org/oscegraph/ontology#"
INVOLVES = ox.NamedNode(OSG + "involves")


def generate(factor: int) -> ox.Store:
    """Return an in-memory store with the facts of activities, `factor` times the report's."""
    source = loading.packaged_store()
    roles = [
        quad.subject
        for quad in source.quads_for_pattern(
            None, ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#subPropertyOf"), INVOLVES
        )
    ]
    wanted = [
        INVOLVES,
        *roles,
        *(ox.NamedNode(OSG + name) for name in ("earliest", "latest", "theme", "kind", "place", "country")),
    ]
    facts = [quad for predicate in wanted for quad in source.quads_for_pattern(None, predicate, None)]
    degree = Counter(quad.object for quad in facts if quad.predicate == INVOLVES)
    ranked = sorted(degree, key=lambda actor: (-degree[actor], actor.value))
    hubs = set(ranked[: len(ranked) // 10])
    involving = {INVOLVES, *roles}
    store = ox.Store()
    for copy in range(factor):
        suffix = f"/copy/{copy}" if copy else ""

        def moved(quad: ox.Quad, suffix: str = suffix) -> ox.Quad:
            target = quad.object
            if quad.predicate in involving and target not in hubs:
                target = ox.NamedNode(target.value + suffix)
            return ox.Quad(ox.NamedNode(quad.subject.value + suffix), quad.predicate, target)

        store.bulk_extend(moved(quad) for quad in facts)
    return store
