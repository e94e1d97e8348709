"""Stage 16n: the start page, search and its suggestions, and what the explorer is."""

from __future__ import annotations

from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from oscegraph import __version__, query
from oscegraph.explorer import index_pages
from oscegraph.explorer.listing import Column, Ref, Table
from oscegraph.explorer.search import GROUPS, Found
from oscegraph.explorer.site import Site
from oscegraph.namespaces import local_name
from oscegraph.output import to_json

SUGGESTIONS, PER_GROUP = 12, 20


def start(site: Site, request: Request) -> Response:
    """Return the start page."""
    named = [thing for thing in site.graph.directory.things.values() if thing.is_actor and thing.events]
    figures = [
        ("/activities", len(site.activities), "activities"),
        ("/chapters", len(site.tellings), "tellings of them in chapters"),
        ("/actors?named=yes", len(named), "actors that take part"),
        ("/decisions", len(site.instruments), "decisions and other instruments"),
    ]
    return site.page(request, "start.html", figures=figures)


def _ref(found: Found) -> Ref:
    return Ref(found.label, found.iri)


def search(site: Site, request: Request) -> Response:
    """Return everything whose name fits, by kind; one exact hit is shown as a list, too."""
    asked = request.query_params.get("q", "").strip()[:200]
    found = site.search.find(asked)
    rows = [
        {"thing": _ref(one), "sort": one.kind, "group": one.group, "name": one.name, "activities": one.events or None}
        for one in found
    ]
    columns = [
        Column("thing", "name"),
        Column("sort", "kind"),
        Column("group", "group"),
        Column("name", "found as", empty=""),
        Column("activities", "activities", number=True, empty=""),
    ]
    if made := site.download(request, Table("search", f"Names that fit {asked}", columns, rows)):
        return made
    whole = request.query_params.get("all", "")
    groups = []
    for group in GROUPS:
        of_group = [one for one in found if one.group == group]
        shown = of_group if whole == group else of_group[:PER_GROUP]
        if shown:
            groups.append({"title": group, "number": len(of_group), "found": [(_ref(one), one) for one in shown]})
    near = (
        []
        if found or not asked
        else site.graph.directory.nearest(asked, {t.cls for t in site.graph.directory.things.values()})
    )
    return site.page(request, "search.html", asked=asked, number=len(found), groups=groups, near=near)


def suggest(site: Site, request: Request) -> Response:
    """Return the first names that fit what has been typed so far, as JSON."""
    asked = request.query_params.get("q", "")[:200]
    results = [
        {"label": one.label, "kind": one.kind, "found_as": one.name, "href": site.href(one.iri)}
        for one in site.search.find(asked, SUGGESTIONS)
    ]
    return site.answer(request, to_json({"results": results}).encode("utf-8", "replace"), "application/json")


def about(site: Site, request: Request) -> Response:
    """Return what this is, how it was made, its limits, and how to cite it."""
    facts: dict[str, list[str]] = {}
    for row in query.run(site.graph.store, "dataset"):
        facts.setdefault(local_name(row["property"] or ""), []).append(row["value"] or "")

    def fact(name: str) -> str:
        return next(iter(facts.get(name, ())), "")

    year = fact("issued")[:4]
    cite: dict[str, Any] = {
        "creator": fact("creator") or "The oscegraph authors",
        "title": fact("title"),
        "version": fact("versionInfo") or __version__,
        "year": year,
        "issued": fact("issued"),
    }
    return site.page(
        request,
        "about.html",
        cite=cite,
        description=fact("description"),
        rights=fact("rights"),
        checksum=fact("sourceSha256"),
        activities=len(site.activities),
        tellings=len(site.tellings),
    )


def routes(site: Site) -> list[Route]:
    """Return the routes of these pages and of the lists."""
    made = {"/": start, "/search": search, "/suggest": suggest, "/about": about}
    found = [site.route(path, partial(page, site)) for path, page in made.items()]
    return [*found, *index_pages.routes(site)]
