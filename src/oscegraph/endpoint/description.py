"""Stage 15j: what the endpoint says of itself: a SPARQL 1.1 service description with the VoID figures of its data."""

from __future__ import annotations

import pyoxigraph as ox

from oscegraph import query
from oscegraph.endpoint import media
from oscegraph.namespaces import PREFIXES
from oscegraph.store import Store

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = PREFIXES["void"]
_INTEGER = ox.NamedNode(PREFIXES["xsd"] + "integer")
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
# What is said of the data set in the graph itself, and belongs here too.
_OF_DATASET = (
    *(PREFIXES["dcterms"] + name for name in ("title", "description", "license", "source", "creator", "issued")),
    *(VOID + name for name in ("uriSpace", "vocabulary", "exampleResource")),
)
_PREFIXES = {"sd": SD, "void": VOID, "dcterms": PREFIXES["dcterms"], "xsd": PREFIXES["xsd"]}


def describe(store: Store, endpoint: str) -> list[ox.Triple]:
    """Return the description of the endpoint at that address, always in the same order."""
    service, dataset, graph = ox.NamedNode(endpoint), ox.BlankNode("dataset"), ox.BlankNode("graph")
    found: list[ox.Triple] = []

    def say(subject: ox.NamedNode | ox.BlankNode, predicate: str, value: ox.NamedNode | ox.BlankNode | ox.Literal) -> None:
        found.append(ox.Triple(subject, ox.NamedNode(predicate), value))

    say(service, _TYPE.value, ox.NamedNode(SD + "Service"))
    say(service, SD + "endpoint", service)
    say(service, SD + "supportedLanguage", ox.NamedNode(SD + "SPARQL11Query"))
    for media_type in (*media.RESULTS, *media.GRAPHS):
        known = _format(media_type)
        if known is not None:
            say(service, SD + "resultFormat", known)
    say(service, SD + "defaultDataset", dataset)
    say(dataset, _TYPE.value, ox.NamedNode(SD + "Dataset"))
    say(dataset, _TYPE.value, ox.NamedNode(VOID + "Dataset"))
    say(dataset, VOID + "sparqlEndpoint", service)
    say(dataset, SD + "defaultGraph", graph)
    say(graph, _TYPE.value, ox.NamedNode(SD + "Graph"))
    for row in query.run(store, "dataset").rows:
        predicate, value = row[1], row[2]
        if isinstance(predicate, ox.NamedNode) and predicate.value in _OF_DATASET and value is not None:
            say(dataset, predicate.value, value)
    counts = next(iter(query.run(store, "void-counts")))
    for name, word in (
        ("triples", "triples"),
        ("subjects", "distinctSubjects"),
        ("classes", "classes"),
        ("properties",) * 2,
    ):
        number = ox.Literal(counts[name] or "0", datatype=_INTEGER)
        say(dataset, VOID + word, number)
        say(graph, VOID + word, number)
    for kind, (thing, number_of) in {"class": ("class", "entities"), "property": ("property", "triples")}.items():
        lookup = "void-classes" if kind == "class" else "void-properties"
        for place, row in enumerate(query.run(store, lookup).rows):
            member, count = row
            if isinstance(member, ox.NamedNode) and isinstance(count, ox.Literal):
                part = ox.BlankNode(f"{kind}{place}")
                say(dataset, f"{VOID}{kind}Partition", part)
                say(part, VOID + thing, member)
                say(part, VOID + number_of, count)
    return found


def serialized(store: Store, endpoint: str, media_type: str) -> bytes:
    """Return the description in a format of `media.GRAPHS`."""
    kind = getattr(ox.RdfFormat, media.GRAPHS[media_type])
    return ox.serialize(describe(store, endpoint), format=kind, prefixes=_PREFIXES) or b""


def _format(media_type: str) -> ox.NamedNode | None:
    """Return the IRI that the W3C has for a format under its own media type."""
    found: ox.QueryResultsFormat | ox.RdfFormat | None
    if media_type in media.RESULTS:
        found = ox.QueryResultsFormat.from_media_type(media_type)
    else:
        found = ox.RdfFormat.from_media_type(media_type)
    # Those of CSV and TSV have a charset.
    own = found is not None and found.media_type.partition(";")[0] == media_type
    return ox.NamedNode(found.iri) if own and found is not None else None
