"""Stage 16m: the lists of the explorer: actors, activities, decisions, themes, places, chapters, as the address asks for."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from oscegraph import answers, query
from oscegraph.called import STRUCTURES
from oscegraph.directory import AREA_CLASSES, Thing
from oscegraph.errors import OscegraphError
from oscegraph.explorer import rows
from oscegraph.explorer.choosing import fitting, query_of
from oscegraph.explorer.listing import Column, Ref, Rows, Source, Table
from oscegraph.explorer.search import kind_of
from oscegraph.explorer.site import Site, in_page_words
from oscegraph.namespaces import local_name, shorten
from oscegraph.tellings import Activity

Field = dict[str, Any]


def _choice(name: str, label: str, options: list[tuple[str, str]], chosen: Mapping[str, str]) -> Field:
    return {"name": name, "label": label, "options": options, "value": chosen.get(name, "")}


def _text(name: str, label: str, hint: str, chosen: Mapping[str, str]) -> Field:
    return {"name": name, "label": label, "options": None, "hint": hint, "value": chosen.get(name, "")}


def _named(site: Site, classes: set[str], active: bool = False) -> list[tuple[str, str]]:
    things = [t for t in site.graph.directory.things.values() if t.cls in classes and (t.events or not active)]
    return [(shorten(t.iri), t.label) for t in sorted(things, key=lambda t: (t.label, t.iri))]


def _page(site: Site, request: Request, title: str, lead: str, table: Table, fields: list[Field], **more: Any) -> Response:
    """Return a list as a page, or as the file that is asked for; `more` may hold an error and the query behind it."""
    if made := site.download(request, table):
        return made
    context = {"query": None, **more, "error": in_page_words(more.get("error", ""))}
    status = 400 if context["error"] else 200
    view = site.view(request, table, sortable=True)
    chosen = view.chosen
    # Actors are listed by where they are, not by where they were active.
    shared = {"theme": "theme", "where": "in", "unit": "unit", "from": "from", "to": "to"}
    given = {to: chosen[key] for key, to in shared.items() if key in chosen} if request.url.path == "/activities" else {}
    named = [str(dict(field["options"] or ()).get(field["value"], field["value"])) for field in fields if field["value"]]
    context |= {"related": site.elsewhere(given, request.url.path), "chosen_words": ", ".join(named)}
    return site.page(request, "index.html", status, title=title, lead=lead, view=view, fields=fields, **context)


def actors(site: Site, request: Request) -> Response:
    """Return all actors, by type, area and words."""
    chosen, error, found = site.chosen(request), "", list[Thing]()
    try:
        cls = site.graph.directory.type_class(chosen["type"]) if "type" in chosen else None
        area = site.graph.directory.area(chosen["where"]).iri if "where" in chosen else None
        named = "named" in chosen
        found = answers.find_actors(site.graph.store, site.graph.directory, cls, area, chosen.get("q", "")[:200], named)
    except OscegraphError as problem:
        error = str(problem)
    columns = [
        Column("actor", "actor"),
        Column("acronym", "acronym", empty=""),
        Column("sort", "type"),
        Column("part", "part of", empty=""),
        Column("area", "of or in", empty=""),
        Column("activities", "activities", number=True),
    ]
    table = Table("actors", "Actors", columns, Rows(found, lambda thing: rows.actor_row(site, thing)))
    types = sorted({(thing.type, kind_of(thing)) for thing in site.graph.directory.actors()})
    fields = [
        _text("q", "Words of the name", "ministry interior", chosen),
        _choice("type", "Type", types, chosen),
        _choice("where", "Of or in", _named(site, {"State", "Territory"}), chosen),
        _choice("named", "Which", [("yes", "only those with activities")], chosen),
    ]
    lead = "Everybody whom the report names: bodies, posts, states and regions. A count includes all parts of an actor."
    return _page(site, request, "Actors", lead, table, fields, error=error)


def activities(site: Site, request: Request) -> Response:
    """Return all activities, by theme, unit, actor, place and time."""
    chosen, error, found, inside = site.chosen(request), "", list[Activity](), None
    try:
        found = fitting(site, chosen)
        if name := chosen.get("actor") or chosen.get("unit"):
            inside = site.inside(site.graph.actor(name))
    except OscegraphError as problem:
        error = str(problem)
    directory = site.graph.directory
    themes = [(local_name(thing.iri), thing.label) for thing in directory.concepts("theme")]
    places = _named(site, {*AREA_CLASSES, "Place"})
    taking = {iri for a in site.activities.values() for key in ("place", "country") for iri in a.facts.get(key, ())}
    fields = [
        _text("q", "Words of the title", "border seminar", chosen),
        _choice("theme", "Theme", themes, chosen),
        _choice("unit", "Executive structure", _named(site, STRUCTURES), chosen),
        _choice(
            "where", "Town, state or region", [(iri, label) for iri, label in places if _used(site, iri, taking)], chosen
        ),
        _text("actor", "Actor", "UNODC", chosen),
        _text("with", "Together with", "EUROPOL", chosen),
        _text("from", "From", "2011-03", chosen),
        _text("to", "To", "2011-06", chosen),
    ]
    titles = {
        "itself": "Together with, its parts and bodies apart",
        "kind": "Kind",
        "assistance": "Assistance",
        "role": "Role",
        "basis": "Stated basis",
        "rule": "Basis by rule",
    }
    fields += [_text(key, title, "", chosen) for key, title in titles.items() if key in chosen]
    lead = "Every activity that the report tells of, once, however many chapters tell it."
    table = rows.activities(site, "Activities", found, inside)
    panel = None if error else query_of(site, chosen)
    return _page(site, request, "Activities", lead, table, fields, error=error, query=panel)


def _used(site: Site, short: str, taking: set[str]) -> bool:
    thing = site.graph.directory.find(short, {*AREA_CLASSES, "Place"})
    return thing.iri in taking or thing.cls == "Region"


def decisions(site: Site, request: Request) -> Response:
    """Return all decisions and other instruments, by theme, adopting body and sort."""
    chosen, error, found = site.chosen(request), "", list[answers.Instrument]()
    try:
        theme = site.graph.directory.concept("theme", chosen["theme"]) if "theme" in chosen else None
        adopter = site.graph.actor(chosen["by"]).iri if "by" in chosen else None
        tasked = site.graph.actor(chosen["tasks"]).iri if "tasks" in chosen else None
        found = [item for item in site.instruments.values() if item.fits(theme, adopter, tasked)]
    except OscegraphError as problem:
        error = str(problem)
    columns = [
        Column("symbol", "symbol", empty=""),
        Column("instrument", "decision or other instrument"),
        Column("sort", "sort"),
        Column("by", "adopted by"),
        Column("on", "on"),
        Column("themes", "themes", empty=""),
        Column("stated", "activities, stated", number=True),
        Column("ruled", "by rule", number=True),
    ]
    table = Table(
        "decisions", "Decisions and other instruments", columns, Rows(found, lambda i: rows.instrument_row(site, i))
    )
    adopters = sorted({iri for item in site.instruments.values() for iri in item.facts.get("adoptedBy", ())})
    fields = [
        _choice("theme", "Theme", [(local_name(t.iri), t.label) for t in site.graph.directory.concepts("theme")], chosen),
        _choice("by", "Adopted by", [(shorten(iri), site.graph.directory.label(iri)) for iri in adopters], chosen),
        _text("tasks", "Tasks", "SPMU", chosen),
    ]
    lead = "What the report says that the work rests on. “By rule” is inferred by theme, date and tasked body, and not said."
    return _page(site, request, "Decisions", lead, table, fields, error=error)


def themes(site: Site, request: Request) -> Response:
    """Return the themes with their numbers."""
    lines: list[dict[str, Any]] = []
    for thing in site.graph.directory.concepts("theme"):
        found = [a for a in site.activities.values() if thing.iri in a.facts.get("theme", ())]
        taking = {p.actor for a in found for t in a.tellings for p in t.participations}
        kinds = [known.cls for iri in taking if (known := site.thing(iri))]
        lines.append(
            {
                "number": int((thing.names.get("notation") or ["0"])[0]),
                "theme": Ref(thing.label, thing.iri),
                "activities": len(found),
                "units": sum(cls in STRUCTURES for cls in kinds),
                "actors": len(taking),
                "decisions": sum(thing.iri in item.facts.get("concernsTheme", ()) for item in site.instruments.values()),
            }
        )
    lines.sort(key=lambda line: line["number"])
    columns = [
        Column("number", "no.", number=True),
        Column("theme", "theme"),
        Column("activities", "activities", number=True),
        Column("units", "executive structures", number=True),
        Column("actors", "actors", number=True),
        Column("decisions", "decisions", number=True),
    ]
    lead = "The ten fields of organized crime of Appendix 2. An activity on two themes counts for both."
    table = Table("themes", "Themes", columns, lines)
    return _page(site, request, "Themes", lead, table, [], query=site.query_panel("theme_ranking"))


def places(site: Site, request: Request) -> Response:
    """Return the places, states and regions with the activities there."""
    counts: dict[str, int] = {}
    for activity in site.activities.values():
        for iri in {*activity.facts.get("place", ()), *activity.facts.get("country", ())}:
            counts[iri] = counts.get(iri, 0) + 1
    chosen = site.chosen(request)
    wanted = {"town": {"Place"}, "state": {"State", "Territory"}}.get(
        chosen.get("type", ""), {"Place", "State", "Territory"}
    )
    things = [t for t in site.graph.directory.things.values() if t.cls in wanted]
    things.sort(key=lambda t: (-counts.get(t.iri, 0), t.label, t.iri))
    lines = [
        {
            "place": Ref(t.label, t.iri),
            "sort": kind_of(t),
            "area": [site.ref(iri) for key in ("inArea", "inRegion") for iri in t.facts.get(key, ())],
            "activities": counts.get(t.iri, 0),
        }
        for t in things
    ]
    columns = [
        Column("place", "place"),
        Column("sort", "sort"),
        Column("area", "in", empty=""),
        Column("activities", "activities there", number=True),
    ]
    fields = [_choice("type", "Which", [("town", "towns and other places"), ("state", "states and territories")], chosen)]
    lead = "Where anything took place. An activity in a town counts for the town and for its state or territory."
    table = Table("places", "Places", columns, lines)
    return _page(site, request, "Places", lead, table, fields, query=site.query_panel("place_ranking"))


def chapters(site: Site, request: Request) -> Response:
    """Return the chapters of the report in their order."""
    told: dict[str, int] = {}
    for telling in site.tellings.values():
        told[telling.chapter] = told.get(telling.chapter, 0) + 1
    lines = [
        {
            "chapter": row["number"],
            "title": Ref(row["title"] or "", row["section"] or ""),
            "on": [site.ref(row["structure"])] if row["structure"] else [],
            "told": [Source(row["number"] or "", int(row["first"] or 0), int(row["last"] or 0))],
            "tellings": told.get(row["number"] or "", 0),
        }
        for row in query.run(site.graph.store, "sections")
    ]
    columns = [
        Column("chapter", "chapter"),
        Column("title", "title"),
        Column("on", "on", empty=""),
        Column("told", "lines"),
        Column("tellings", "tellings", number=True),
    ]
    lead = "The chapters of the report, with the number of activities that each tells itself."
    return _page(
        site,
        request,
        "Chapters",
        lead,
        Table("chapters", "Chapters", columns, lines),
        [],
        query=site.query_panel("sections"),
    )


def routes(site: Site) -> list[Route]:
    """Return the routes of the lists."""
    made = {
        "actors": actors,
        "activities": activities,
        "decisions": decisions,
        "themes": themes,
        "places": places,
        "chapters": chapters,
    }
    return [site.route(f"/{name}", partial(page, site)) for name, page in made.items()]
