"""Stage 16k: linked data: each IRI of the graph as a page or as RDF, by what the client accepts or `?format=` asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyoxigraph as ox
from rapidfuzz import fuzz, process
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from oscegraph import query
from oscegraph.endpoint import media
from oscegraph.explorer import activity_pages, actor_pages, concept_pages, thing_pages
from oscegraph.explorer.listing import Ref
from oscegraph.explorer.site import NotFound, Site, iri_of_path
from oscegraph.namespaces import BASE, OSG, PREFIXES, local_name, shorten

HTML = "html"
# What each kind is called in an Accept header, and how it is written.
TYPES = {
    HTML: ("text/html", "application/xhtml+xml"),
    "ttl": ("text/turtle",),
    "jsonld": ("application/ld+json",),
    "nt": ("application/n-triples",),
    "rdf": ("application/rdf+xml",),
}
_FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdf": ox.RdfFormat.RDF_XML,
}
NOTHING = ""
# Tables of a page; a page looks after them itself.
FILES = ("csv", "json")


def wanted(request: Request) -> str:
    """Return the kind that a request asks for; `?format=` goes before the header, and those of tables mean a page."""
    asked = request.query_params.get("format", "")
    if asked:
        return asked if asked in _FORMATS else HTML if asked in FILES else NOTHING
    chosen = media.negotiate(request.headers.get("accept", ""), [name for names in TYPES.values() for name in names])
    return next((kind for kind, names in TYPES.items() if chosen in names), NOTHING)


def rdf(site: Site, request: Request, triples: Sequence[ox.Triple], kind: str) -> Response:
    """Return triples in one of the formats of RDF, in a fixed order."""
    # Only prefixes that are used are declared.
    spelt = "".join(f"{triple}\n" for triple in triples)
    prefixes = {name: iri for name, iri in PREFIXES.items() if f"<{iri}" in spelt} if kind in ("ttl", "rdf") else None
    content = ox.serialize(triples, format=_FORMATS[kind], prefixes=prefixes) or b""
    return site.answer(request, content, _FORMATS[kind].media_type)


def _refused() -> Response:
    """Return 406 with what there is (RFC 9110, 15.5.7)."""
    names = "\n".join(name for names in TYPES.values() for name in names[:1])
    return PlainTextResponse(f"This is served as:\n{names}\n", 406)


def nearest(site: Site, iri: str) -> list[Ref]:
    """Return the things whose IRIs or names are nearest to an IRI that is not known."""
    kind, _, rest = iri.removeprefix(BASE).rpartition("/")
    same = [known for known in site.known if known.startswith(f"{BASE}{kind}/") and "/by/" not in known]
    keys = {known: known.rpartition("/")[2] for known in same}
    close = [key for _, score, key in process.extract(rest[:200], keys, scorer=fuzz.ratio, limit=3) if score > 60]
    named = [found.iri for found in site.search.find(rest.replace("-", " "), 4)]
    return [site.ref(found) for found in dict.fromkeys([*close, *named])][:5]


def html(site: Site, request: Request, iri: str) -> Response:
    """Return the page of an IRI, or 303 to the page that tells of it; raises NotFound."""
    thing = site.thing(iri)
    if iri in site.activities:
        return activity_pages.activity(site, request, site.activities[iri])
    if iri in site.tellings:
        return site.redirect(site.tellings[iri].activity, local_name(iri))
    if thing is not None and thing.is_actor:
        return actor_pages.actor(site, request, thing)
    if thing is not None and thing.cls == "Place":
        return actor_pages.place(site, request, thing)
    if thing is not None and (made := thing_pages.thing_page(site, request, thing)):
        return made
    classes = site.known.get(iri)
    if classes is None:
        raise NotFound(f"The graph knows nothing as {shorten(iri)}.", nearest(site, iri))
    if "Participation" in classes:
        telling = _of(site, iri, "in", "participation")
        return (
            site.redirect(site.tellings[telling].activity, local_name(telling))
            if telling in site.tellings
            else thing_pages.other(site, request, iri)
        )
    if "StructureActivity" in classes:
        return site.redirect(_of(site, iri, "out", "activity"))
    if "ConceptScheme" in classes:
        return concept_pages.scheme(site, request, iri)
    return thing_pages.other(site, request, iri)


def _of(site: Site, iri: str, direction: str, name: str) -> str:
    """Return what stands at the other end of a property of a thing."""
    for row in query.run(site.graph.store, "things", thing=iri):
        if row["direction"] == direction and local_name(row["property"] or "") == name:
            return row["other"] or ""
    return ""


def routes(site: Site) -> list[Route]:
    """Return the routes of linked data."""

    def thing(request: Request) -> Response:
        iri, kind = iri_of_path(request.url.path), wanted(request)
        if not kind:
            return _refused()
        if kind == HTML:
            return html(site, request, iri)
        if iri not in site.known:
            raise NotFound(f"The graph knows nothing as {shorten(iri)}.", nearest(site, iri))
        return rdf(site, request, site.describe(iri), kind)

    def ontology(request: Request) -> Response:
        kind = wanted(request)
        if not kind:
            return _refused()
        if kind == HTML:
            return site.page(request, "ontology.html", **_ontology(site))
        triples = sorted(site.graph.store.construct(query.named("ontology").text), key=str)
        return rdf(site, request, triples, kind)

    def version(_: Request) -> Response:
        return RedirectResponse("/ontology", 303)

    found = [site.route(f"/{start}/{{rest:path}}", thing, wanted) for start in ("id", "vocab", "dataset", "source")]
    return [*found, site.route("/ontology", ontology, wanted), site.route("/{version}/ontology", version)]


def _ontology(site: Site) -> dict[str, Any]:
    """Return the terms of the ontology as its page lists them."""
    head = site.terms.get(OSG.removesuffix("#"), {})
    classes: list[dict[str, Any]] = []
    properties: list[dict[str, Any]] = []
    for iri, facts in site.terms.items():
        if not iri.startswith(OSG):
            continue
        term = {
            "name": local_name(iri),
            "label": next(iter(facts.get("label", ())), local_name(iri)),
            "definition": " ".join(facts.get("definition", ())),
            "facts": [
                (title, [Ref(shorten(other), other) for other in facts[key]])
                for key, title in _TERM_FACTS.items()
                if key in facts
            ],
        }
        (classes if any(kind.endswith("#Class") for kind in facts.get("type", ())) else properties).append(term)
    return {
        "title": next(iter(head.get("title", ())), "Ontology"),
        "description": next(iter(head.get("description", ())), ""),
        "number": next(iter(head.get("versionInfo", ())), ""),
        "classes": sorted(classes, key=lambda term: str(term["name"])),
        "properties": sorted(properties, key=lambda term: str(term["name"])),
    }


_TERM_FACTS = {
    "type": "is a",
    "subClassOf": "narrower than",
    "subPropertyOf": "narrower than",
    "domain": "of",
    "range": "value",
    "equivalentClass": "the same as",
    "closeMatch": "close to",
    "seeAlso": "see",
    "disjointWith": "never also",
}
