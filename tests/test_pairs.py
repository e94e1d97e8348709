"""All pairs of actors, counted here, are those that SPARQL counts."""

from __future__ import annotations

from oscegraph.api import Oscegraph
from oscegraph.pairs import pairs

SPARQL = (
    "PREFIX osg: <https://w3id.org/oscegraph/ontology#> SELECT ?a ?b (COUNT(DISTINCT ?x) AS ?n) "
    "WHERE { ?x osg:involves ?a , ?b . FILTER(STR(?a) < STR(?b)) } GROUP BY ?a ?b ORDER BY DESC(?n) ?a ?b"
)


def test_pairs_are_those_of_sparql(graph: Oscegraph) -> None:
    """Same pairs, same numbers, same order, on the whole graph."""
    _, rows = graph.store.select(SPARQL)
    expected = [(a.value, b.value, int(n.value)) for a, b, n in rows if a and b and n]
    assert len(expected) > 1000
    assert pairs(graph.store) == expected


def test_no_pairs_without_activities() -> None:
    """A store without activities has no pairs."""
    import pyoxigraph

    from oscegraph.store import EmbeddedStore

    assert pairs(EmbeddedStore(pyoxigraph.Store(), "nothing")) == []
