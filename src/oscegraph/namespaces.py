"""The one list of prefixes, and the way between IRIs and their short forms."""

from __future__ import annotations

BASE = "https://w3id.org/oscegraph/"
OSG = BASE + "ontology#"

_KINDS = ("activity", "telling", "body", "post", "area", "place", "instrument", "section", "statement")
_SCHEMES = ("theme", "assistance", "role", "kind", "status", "reason", "provision", "figure", "category")
_SHORT = {"activity": "act", "telling": "tell", "instrument": "ins", "section": "sec", "statement": "stmt"}

PREFIXES: dict[str, str] = {
    "osg": OSG,
    **{_SHORT.get(kind, kind): f"{BASE}id/{kind}/" for kind in _KINDS},
    **{scheme: f"{BASE}vocab/{scheme}/" for scheme in _SCHEMES},
    "oss": BASE + "shapes#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_LONGEST_FIRST = sorted(PREFIXES.items(), key=lambda item: -len(item[1]))


def shorten(iri: str) -> str:
    """Return `prefix:local` for an IRI under a known namespace, or the IRI as it is.

    >>> shorten("https://w3id.org/oscegraph/id/body/unodc")
    'body:unodc'
    >>> shorten("http://example.org/x")
    'http://example.org/x'
    """
    for prefix, namespace in _LONGEST_FIRST:
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def expand(name: str) -> str | None:
    """Return the IRI of `prefix:local` with a known prefix, of an IRI itself, or None.

    >>> expand("theme:thb")
    'https://w3id.org/oscegraph/vocab/theme/thb'
    >>> expand("UNODC") is None
    True
    """
    if name.startswith(("http://", "https://")):
        return name
    prefix, colon, local = name.partition(":")
    if colon and local and prefix in PREFIXES:
        return PREFIXES[prefix] + local
    return None


def local_name(iri: str) -> str:
    """Return what follows the last `#` or `/` of an IRI.

    >>> local_name("https://w3id.org/oscegraph/vocab/theme/travel-docs")
    'travel-docs'
    """
    return iri.rstrip("/#").rsplit("#", 1)[-1].rsplit("/", 1)[-1]


# Concepts that code has to know: what leads abroad, and the theme of whatever has no field of its own.
STUDY_VISIT, GENERAL = PREFIXES["kind"] + "study-visit", PREFIXES["theme"] + "general"
