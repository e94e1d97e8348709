"""Stage 17h: the editor for SPARQL with the named queries as examples, and the downloads of the whole graph."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from oscegraph import events, export, maps, query
from oscegraph.errors import OscegraphError
from oscegraph.explorer.forms import FormError, Words
from oscegraph.explorer.tool import Found, Memo, Tool
from oscegraph.namespaces import PREFIXES, expand, local_name, shorten
from oscegraph.query import Query

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from oscegraph.directory import Directory
    from oscegraph.explorer.site import Site

# Parameters of these names take a concept of the scheme of that name, by its slug or any of its names.
SCHEMES = ("theme", "role", "kind", "assistance")
CONCEPTS = ("theme", "role", "kind", "assistance", "status", "reason")
LONGEST = 100_000
FILES = {
    "oscegraph-2011.ttl": ("turtle", "text/turtle; charset=utf-8", "Turtle", "to read, and for most programs"),
    "oscegraph-2011.nt": ("ntriples", "application/n-triples", "N-Triples", "one fact a line, for tools that work by line"),
    "oscegraph-2011.nq": ("nquads", "application/n-quads", "N-Quads", "with the name of the graph of this edition"),
    "oscegraph-2011.jsonld": ("jsonld", "application/ld+json", "JSON-LD", "for programs that read JSON"),
    "oscegraph-2011.csv": ("csv", "text/csv; charset=utf-8", "CSV", "one row for each actor in each role in each telling"),
}


@cache
def catalogue() -> tuple[Query, ...]:
    """Return the named queries, read once."""
    return tuple(query.catalogue())


def terms(site: Site) -> list[list[str]]:
    """Return classes, properties and concepts as short name, label and kind, for completion."""
    found = {}
    for row in query.run(site.graph.store, "terms"):
        kind = "class" if local_name(row["kind"] or "") == "Class" else "property"
        found[shorten(row["term"] or "")] = [row["label"] or "", kind]
    for scheme in CONCEPTS:
        for thing in site.graph.directory.concepts(scheme):
            found[shorten(thing.iri)] = [thing.label, "concept"]
    return [[name, *found[name]] for name in sorted(found)]


def _start() -> str:
    """Return what an empty editor holds: the prefixes of the project, and a first query."""
    return _bare(query.named("editor-start").text)


def _bare(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith("#+")).strip() + "\n"


def _values(found: Query, words: Words, names: Directory) -> dict[str, list[str]]:
    """Return the values of parameters as the form has them, names put into IRIs."""
    values: dict[str, list[str]] = {}
    for parameter in found.parameters:
        for value in words.many(f"p.{parameter.name}"):
            iri = parameter.type == "iri" and not expand(value)
            named = (
                (names.concept(parameter.name, value) if parameter.name in SCHEMES else names.any_iri(value))
                if iri
                else value
            )
            values.setdefault(parameter.name, []).append(named)
    return values


def make(site: Site, words: Words) -> Found:
    """Return what stands in the editor: a named query with its values, the query of the address, or a start."""
    name, text = words.one("name"), words.one("query")
    if name and text:
        raise FormError("Either a named query or a text, not both.")
    if text is not None and len(text) > LONGEST:
        raise FormError(f"A query has at most {LONGEST} characters.")
    found = None
    if name:
        found = next((known for known in catalogue() if known.name == name), None) or query.named(name)
        values = _values(found, words, site.graph.directory)
        # A required value may be missing here: the text is to be filled in.
        text = _bare(Query(found.name, found.text, parameters=tuple(_free(p) for p in found.parameters)).bind(values))
    return Found({"text": text or _start(), "named": found}, {"query": text or _start(), "name": name})


def _free(parameter: query.Parameter) -> query.Parameter:
    return query.Parameter(parameter.name, parameter.type, False, parameter.meaning)


def _choices(site: Site) -> dict[str, Any]:
    topics: dict[str, list[Query]] = {}
    for found in catalogue():
        topics.setdefault(found.topic, []).append(found)
    about = {"prefixes": PREFIXES, "terms": terms(site)}
    return {"topics": topics, "about": maps.block(about)}


def _names() -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"p.{parameter.name}" for found in catalogue() for parameter in found.parameters))


def tool() -> Tool:
    """Return the editor."""
    return Tool("query", "query.html", ("name", "query", *_names()), make, _choices, long=("query",))


def whole(site: Site, format_name: str) -> bytes:
    """Return the whole graph in a format."""
    store, directory = site.graph.store, site.graph.directory
    if format_name != "ntriples":
        return export.export(store, directory, format_name)
    return "".join(sorted(f"{triple} .\n" for triple in set(store.construct(export.EVERYTHING)))).encode()


def data_page(site: Site, request: Request) -> Response:
    """Return the page of downloads."""
    return site.page(request, "data.html", files=FILES, networks=events.networks())


def data_file(site: Site, memo: Memo, request: Request) -> Response:
    """Return the whole graph as a file."""
    name = request.path_params["name"]
    if name not in FILES:
        return site.error(request, 404, "No such file", "The files are listed under /data.")
    kind, media_type, *_ = FILES[name]
    try:
        content = memo.get(("data", kind), lambda: whole(site, kind))
    except OscegraphError:
        return site.error(request, 503, "The data cannot be read", "The store that is served gave an error.")
    return site.answer(request, content, media_type, 200, **{"Content-Disposition": f'attachment; filename="{name}"'})
