"""Stage 15a: which format an answer has: the formats that queries can be answered in, and the client's choice among them."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

# Media type -> name of the format in pyoxigraph, in the order in which they are preferred where the client has no wish.
RESULTS = {
    "application/sparql-results+json": "JSON",
    "application/sparql-results+xml": "XML",
    "text/csv": "CSV",
    "text/tab-separated-values": "TSV",
    "application/json": "JSON",
    "application/xml": "XML",
    "text/xml": "XML",
}
GRAPHS = {
    "text/turtle": "TURTLE",
    "application/n-triples": "N_TRIPLES",
    "application/ld+json": "JSON_LD",
    "application/rdf+xml": "RDF_XML",
    "application/n-quads": "N_QUADS",
    "application/trig": "TRIG",
    "text/n3": "N3",
    "application/x-turtle": "TURTLE",
    "application/json": "JSON_LD",
    "application/xml": "RDF_XML",
    "text/xml": "RDF_XML",
}
# How much of an Accept header is read.
LONGEST = 4096
# Short names for `?format=`, for clients that cannot set a header; the same word serves tables and graphs where it can.
SHORT = {
    "json": "application/sparql-results+json, application/ld+json",
    "xml": "application/sparql-results+xml, application/rdf+xml",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
    "ttl": "text/turtle",
    "ntriples": "application/n-triples",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
    "rdf": "application/rdf+xml",
}


def formats(kind: str) -> Mapping[str, str]:
    """Return the formats for an answer of a kind: select, ask or graph."""
    return GRAPHS if kind == "graph" else RESULTS


@functools.lru_cache(maxsize=512)
def choose(accept: str, kind: str) -> str | None:
    """Return the media type for an answer of a kind (select, ask, graph), or None if the client takes none.

    >>> choose("text/*;q=0.5, application/xml", "graph")
    'application/xml'
    >>> choose("text/csv", "graph") is None
    True
    """
    return negotiate(accept, tuple(formats(kind)))


def negotiate(accept: str, offers: Sequence[str]) -> str | None:
    """Return the offer that an Accept header wants most, the first of equals, or None; an empty header takes anything.

    RFC 9110, section 12.5.1: the most specific range that fits an offer gives its weight, and a weight of 0 excludes it.

    >>> negotiate("text/html;q=0.9, */*;q=0.1", ["text/turtle", "text/html"])
    'text/html'
    """
    ranges = _ranges(accept) or {"*/*": 1.0}
    best, weight = None, 0.0
    for offer in offers:
        family = offer.partition("/")[0] + "/*"
        found = next((ranges[name] for name in (offer, family, "*/*") if name in ranges), 0.0)
        if found > weight:
            best, weight = offer, found
    return best


def _ranges(accept: str) -> dict[str, float]:
    """Return the weight of each range of an Accept header; what cannot be read of it is left out."""
    ranges: dict[str, float] = {}
    for part in accept[:LONGEST].split(","):
        name, *parameters = (word.strip().lower() for word in part.split(";"))
        if name == "*":
            # What Java's URLConnection sends.
            name = "*/*"
        if "/" not in name:
            continue
        weight = 1.0
        for parameter in parameters:
            if parameter.replace(" ", "").startswith("q="):
                weight = _weight(parameter.partition("=")[2].strip())
        ranges[name] = max(weight, ranges.get(name, 0.0))
    return ranges


def _weight(word: str) -> float:
    try:
        weight = float(word)
    except ValueError:
        return 0.0
    return weight if 0.0 <= weight <= 1.0 else 0.0
