"""Stage 16g: pages of actors, states and places: what they are, with whom, in which roles, on what, when and where."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from oscegraph import answers, query
from oscegraph.answers import counts_by_role
from oscegraph.called import STRUCTURES
from oscegraph.directory import AREA_CLASSES, Thing
from oscegraph.explorer import rows
from oscegraph.explorer.listing import Column, Rows, Source, Table, address
from oscegraph.explorer.panels import actors_of, by_place, by_theme, counted, facts_of, timeline
from oscegraph.explorer.search import kind_of
from oscegraph.explorer.site import Site
from oscegraph.namespaces import PREFIXES, local_name, shorten
from oscegraph.portraits import GUESS
from oscegraph.tellings import ROLES, Activity

PARTNERS, PLACES, MOST_DETAILS = 20, 12, 4


def partners(site: Site, thing: Thing) -> Table:
    """Return with whom an actor shared activities, with the roles of the partners."""
    shared: dict[str, set[str]] = defaultdict(set)
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    for row in query.run(site.graph.store, "ties", actor=thing.iri):
        shared[row["partner"] or ""].add(row["activity"] or "")
        roles[row["partner"] or ""][local_name(row["partnerRole"] or "")] += 1
    ranked = sorted(shared, key=lambda iri: (-len(shared[iri]), site.graph.directory.label(iri), iri))

    def row_of(iri: str) -> dict[str, Any]:
        partner = site.thing(iri)
        counted = sorted(roles[iri].items(), key=lambda item: (-item[1], ROLES.index(item[0])))
        return {
            "partner": site.ref(iri),
            "sort": kind_of(partner) if partner else None,
            "activities": len(shared[iri]),
            "roles": ", ".join(f"{role} {number}" for role, number in counted),
            "told": site.sources(shared[iri]),
            "whole": address("/activities", {"actor": shorten(thing.iri), "itself": shorten(iri)}),
        }

    columns = [
        Column("partner", "partner"),
        Column("sort", "type"),
        Column("activities", "shared", number=True),
        Column("roles", "roles of the partner in them"),
        rows.TOLD,
    ]
    return Table("partners", f"Partners of {thing.short}", columns, Rows(ranked, row_of))


def decisions(site: Site, thing: Thing, found: Iterable[Activity], how: str, caption: str, note: str = "") -> Table:
    """Return the instruments on which activities rest: `basis` as stated, `inferredBasis` by rule."""
    counts = Counter(iri for activity in found for iri in set(activity.facts.get(how, ())))
    ranked = sorted(counts, key=lambda iri: (-counts[iri], site.graph.directory.label(iri), iri))
    lines = []
    for iri in ranked:
        symbol = site.instruments[iri].first("symbol") if iri in site.instruments else None
        key, short = ("basis" if how == "basis" else "rule"), shorten(iri)
        whole = address("/activities", {"actor": shorten(thing.iri), key: short})
        lines.append({"symbol": symbol, "instrument": site.ref(iri), "activities": counts[iri], "whole": whole})
    columns = [
        Column("symbol", "symbol", empty=""),
        Column("instrument", "decision or other instrument"),
        Column("activities", "activities", number=True),
    ]
    return Table("stated" if how == "basis" else "ruled", caption, columns, lines, note=note)


def tasks(site: Site, thing: Thing) -> Table:
    """Return the provisions on a structure, its head, or what it belongs to."""
    lines = [
        {
            "instrument": site.ref(row["instrument"] or ""),
            "relation": row["relation"],
            "addressee": site.ref(row["addressee"] or ""),
            "told": [Source(row["chapter"] or "", int(row["first"] or 0), int(row["last"] or 0))],
        }
        for row in query.run(site.graph.store, "portrait-mandates", structure=thing.iri)
    ]
    columns = [
        Column("instrument", "instrument"),
        Column("relation", "what it does"),
        Column("addressee", "addressee"),
        rows.TOLD,
    ]
    return Table("tasks", f"Provisions on {thing.short}, its head or what it belongs to", columns, lines)


def bodies(site: Site, area: Thing) -> Table:
    """Return the public bodies of a state or territory that the report names."""
    lines = []
    for row in query.run(site.graph.store, "state_bodies", area=area.iri):
        iri = row["body"] or ""
        whole = address("/activities", {"actor": shorten(iri)})
        part = [site.ref(row["partOf"])] if row["partOf"] else []
        lines.append({"body": site.ref(iri), "part": part, "activities": int(row["activities"] or 0), "whole": whole})
    columns = [Column("body", "body"), Column("part", "part of", empty=""), Column("activities", "activities", number=True)]
    return Table("bodies", f"Public bodies of {area.label} that the report names", columns, lines)


def actor(site: Site, request: Request, thing: Thing) -> Response:
    """Return the page of an actor, a state or territory and a region included."""
    is_area = thing.cls in AREA_CLASSES
    name, short = thing.short, shorten(thing.iri)
    inside = site.inside(thing)
    found = site.activities_of(thing)
    tables: dict[str, Table] = {}
    if is_area:
        tables["bodies"] = bodies(site, thing)
        there = [a for a in site.activities.values() if _is_there(site, a, thing.iri)]
        tables["there"] = rows.activities(site, f"Activities in {thing.label}", there, name="there")
    acts = f"Activities of {name}" + (" and its public bodies" if is_area and thing.cls != "Region" else "")
    tables["activities"] = rows.activities(site, acts, found, inside)
    tables["partners"] = partners(site, thing)
    tables["themes"] = by_theme(site, found, f"{acts} by theme", actor=short)
    tables["places"] = by_place(site, found, f"{acts} by place", actor=short)
    roles = counts_by_role(found, inside)
    ranked = [
        {
            "role": site.ref(PREFIXES["role"] + role),
            "activities": n,
            "whole": address("/activities", {"actor": short, "role": role}),
        }
        for role, n in roles.most_common()
    ]
    tables["roles"] = Table(
        "roles",
        f"Roles of {acts.removeprefix('Activities of ')}",
        [Column("role", "role"), Column("activities", "activities", number=True)],
        ranked,
    )
    drawn, apart, tables["months"] = timeline(found, f"{acts} by month", thing.label)
    tables["stated"] = decisions(site, thing, found, "basis", "Stated basis")
    tables["ruled"] = decisions(site, thing, found, "inferredBasis", "Basis by rule", GUESS)
    if thing.cls in STRUCTURES:
        tables["tasks"] = tasks(site, thing)
    items = answers.read_statements(site.graph.store, site.graph.directory, thing.iri)
    tables["statements"] = rows.statements(site, f"Stated of {name} besides activities", items, thing.iri)
    if made := site.download(request, *tables.values()):
        return made
    details = [item for item in items if item["class"] in ("Detail", "ComparedRow")]
    if len(details) > MOST_DETAILS:
        # All are in the downloads and behind the query; the page stays readable.
        left = {item["id"] for item in details[MOST_DETAILS:]}
        caption = f"Stated of {name} besides activities, with {MOST_DETAILS} of {len(details)} details"
        some = [item for item in items if item["id"] not in left]
        tables["statements"] = rows.statements(site, caption, some, thing.iri)
    links = {
        "activities": address("/activities", {"actor": shorten(thing.iri)}),
        "there": address("/activities", {"where": shorten(thing.iri)}),
    }
    shown = rows.shown(site, request, tables, links, partners=PARTNERS, places=PLACES)
    return site.page(
        request,
        "actor.html",
        thing=thing,
        is_area=is_area,
        facts=facts_of(site, thing),
        shown=shown,
        number=len(found),
        drawn=drawn,
        apart=apart,
        queries=_queries(site, thing),
        related=site.elsewhere({"unit": short} if thing.cls in STRUCTURES else {"in": short} if is_area else {}),
    )


def _is_there(site: Site, activity: Activity, iri: str) -> bool:
    areas = activity.facts.get("country", ())
    regions = (region for area in areas for region in (site.graph.directory.things[area].facts.get("inRegion", ())))
    return iri in areas or iri in activity.facts.get("place", ()) or iri in regions


def _queries(site: Site, thing: Thing) -> dict[str, dict[str, str]]:
    """Return the queries behind the panels."""
    iri, is_area = thing.iri, thing.cls in AREA_CLASSES
    found = {
        "partners": site.query_panel("actor_ties", actor=iri),
        "statements": site.query_panel("statements", thing=iri),
    }
    for key in ("activities", "roles", "themes", "months", "places", "decisions"):
        found[key] = site.query_panel(f"panel-{key}", actor=iri)
    if is_area:
        found["there"] = site.query_panel("place_activities", where=iri)
        found["bodies"] = site.query_panel("state_bodies", area=iri)
    if thing.cls in STRUCTURES:
        found["tasks"] = site.query_panel("portrait-mandates", structure=iri)
    return found


def place(site: Site, request: Request, thing: Thing) -> Response:
    """Return the page of a town or other place."""
    there = [a for a in site.activities.values() if thing.iri in a.facts.get("place", ())]
    here = {"where": shorten(thing.iri)}
    tables = {
        "activities": rows.activities(site, f"Activities in {thing.label}", there),
        "actors": counted(
            site,
            "actors",
            f"Who took part in {thing.label}",
            "actor",
            actors_of(there),
            ("actor", here),
        ),
        "themes": by_theme(site, there, f"Activities in {thing.label} by theme", **here),
    }
    if made := site.download(request, *tables.values()):
        return made
    shown = rows.shown(site, request, tables, {"activities": address("/activities", here)})
    queries = {"activities": site.query_panel("place_activities", where=thing.iri)}
    return site.page(
        request, "place.html", thing=thing, facts=facts_of(site, thing), shown=shown, number=len(there), queries=queries
    )
