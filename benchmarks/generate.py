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


TOLD = [ox.NamedNode(OSG + name) for name in ("tells", "inSection", "eventCount")]
TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
LABEL = ox.NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
WITHIN = ox.NamedNode(OSG + "within")


def generate(factor: int, networks: bool = False) -> ox.Store:
    """Return an in-memory store with the facts of activities, `factor` times the report's.

    With `networks` also what a projection reads beside them: types, labels, which body is part of which, where each
    activity is told, and the roles; then 90 times the report's size are 30,000 activities and half a million triples.
    """
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
        *([ox.NamedNode(OSG + "datePrecision"), *TOLD, WITHIN] if networks else []),
    ]
    facts = [quad for predicate in wanted for quad in source.quads_for_pattern(None, predicate, None)]
    degree = Counter(quad.object for quad in facts if quad.predicate == INVOLVES)
    ranked = sorted(degree, key=lambda actor: (-degree[actor], actor.value))
    hubs = set(ranked[: len(ranked) // 10])
    involving = {INVOLVES, *roles}
    store = ox.Store()
    if networks:
        activities = {quad.subject for quad in facts if quad.predicate == INVOLVES}
        facts += [quad for quad in source.quads_for_pattern(None, LABEL, None) if quad.subject in activities]
        facts += [quad for quad in source.quads_for_pattern(None, TYPE, None) if quad.subject in activities]
        store.bulk_extend(source.quads_for_pattern(None, ox.NamedNode(OSG + "roleProperty"), None))
        store.bulk_extend(
            quad
            for quad in source.quads_for_pattern(None, TYPE, None)
            if quad.subject in degree and quad.subject not in activities
        )
    for copy in range(factor):
        suffix = f"/copy/{copy}" if copy else ""

        def moved(quad: ox.Quad, suffix: str = suffix) -> ox.Quad:
            subject, target = quad.subject, quad.object
            if (quad.predicate in involving or quad.predicate in (WITHIN, TOLD[0])) and target not in hubs:
                target = ox.NamedNode(target.value + suffix)
            if subject not in hubs:
                subject = ox.NamedNode(subject.value + suffix)
            return ox.Quad(subject, quad.predicate, target)

        # A hub stays itself in all copies, and so does what it is part of.
        store.bulk_extend(moved(q) for q in facts if not (copy and q.predicate == WITHIN and q.subject in hubs))
    return store
