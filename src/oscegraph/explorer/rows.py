"""Stage 16e: what the pages of the explorer list: activities, statements, instruments, actors, with evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from starlette.requests import Request

from oscegraph.answers import Instrument, roles_in
from oscegraph.directory import Thing
from oscegraph.explorer.listing import Column, Ref, Rows, Source, Table, View, address, source_of
from oscegraph.explorer.search import kind_of
from oscegraph.explorer.site import Site
from oscegraph.namespaces import PREFIXES, shorten
from oscegraph.portraits import whole
from oscegraph.tellings import Activity
from oscegraph.views import when_was

# Tables in pages about one thing show so many rows; the whole list stands behind a link.
SHOWN = 30
WHEN, WHERE, WHAT = Column("when", "date"), Column("place", "place"), Column("activity", "activity")
TOLD = Column("told", "told in")


def cut(table: Table, more: str, most: int = SHOWN) -> Table:
    """Return a table with its first rows only, and the address of all of them."""
    if len(table.rows) <= most:
        return table
    return Table(table.name, table.caption, table.columns, table.rows[:most], more, len(table.rows), table.note)


def shown(
    site: Site, request: Request, tables: Mapping[str, Table], links: Mapping[str, str], **most: int
) -> dict[str, View]:
    """Return what a page shows of its tables: the first rows of each, and all of the one that `?all=` names."""
    wanted = request.query_params.get("all", "")
    found = {}
    for key, table in tables.items():
        more = links.get(key) or address(request.url.path, {"all": key}) + f"#{key}"
        found[key] = site.view(request, table if key == wanted else cut(table, more, most.get(key, SHOWN)))
    return found


def activity_row(site: Site, activity: Activity, inside: set[str] | None = None) -> dict[str, Any]:
    """Return an activity as a row; `roles` are those of the actors `inside`."""
    when = when_was(activity)
    where = list(dict.fromkeys(activity.facts.get("place", ()))) or list(dict.fromkeys(activity.facts.get("country", ())))
    return {
        "when": None if when == "no date" else when,
        "place": [site.ref(iri) for iri in where],
        "activity": Ref(activity.label, activity.id),
        "roles": ", ".join(roles_in(activity, inside or set())),
        "told": [source_of(telling) for telling in activity.tellings],
    }


def activities(
    site: Site, caption: str, found: Iterable[Activity], inside: set[str] | None = None, name: str = "activities"
) -> Table:
    """Return activities as a table, with the roles of the actors `inside` if they are given."""
    columns = [WHEN, WHERE, WHAT, *([Column("roles", "its roles", empty="told by its chapter")] if inside else []), TOLD]
    return Table(name, caption, columns, Rows(list(found), lambda activity: activity_row(site, activity, inside)))


def words(site: Site, iri: str) -> str:
    """Return what stands for a value: the label of a thing, an activity or a concept, or the value itself."""
    if iri in site.activities:
        return site.activities[iri].label
    return site.graph.directory.label(iri) if iri in site.graph.directory.things else iri


def value(site: Site, text: str) -> Ref | str:
    """Return a value as a link where it is an IRI of the graph, with its label."""
    if text.startswith(("http://", "https://")):
        return Ref(words(site, text) if words(site, text) != text else shorten(text), text)
    return text


def statement_row(site: Site, item: Mapping[str, Any], of: str = "") -> dict[str, Any]:
    """Return a statement other than a telling as a row: its sort, whom it names beside `of`, what it says, and where."""
    facts, (first, last) = item["facts"], item["lines"]
    said = (facts.get("summary") or [""])[0]
    about = [iri for key in ("about", "structure", "saidOf", "ofInstrument") for iri in facts.get(key, ()) if iri != of]
    partners = [iri for key in ("namesPartner", "addressee", "refersTo") for iri in facts.get(key, ()) if iri != of]
    sorts = {
        "CooperationStatement": "general co-operation",
        "LedgerEntry": "other lines",
        "ComparedRow": "row of a comparison",
    }
    sort = sorts.get(item["class"], item["class"].lower())
    if item["class"] == "Figure":
        names = [words(site, iri) for key in ("figureKind", "category", "stateGroup") for iri in facts.get(key, ())]
        number = (facts.get("value") or facts.get("valueText") or [""])[0]
        sort = f"figure, {facts['refYear'][0]}" if facts.get("refYear") else "figure"
        said = f"{', '.join(names)}: {number}" + (f". {said}" if said else "")
    elif item["class"] == "Provision":
        sort = ", ".join(words(site, iri) for iri in facts.get("provisionKind", ()))
    elif item["class"] == "ComparedRow":
        said = f"{said} {facts['valueText'][0]}".strip()
    elif item["class"] == "LedgerEntry":
        sort = ", ".join(words(site, iri) for iri in facts.get("reason", ())) or sort
    return {
        "sort": Ref(sort, item["id"]),
        "about": [site.ref(iri) for iri in dict.fromkeys(about)],
        "names": [site.ref(iri) for iri in dict.fromkeys(partners)],
        "said": said or ("named" if item["class"] == "Mention" else ""),
        "told": [Source(item["chapter"], first, last)],
        "whole": site.href(item["id"]),
    }


def statements(
    site: Site, caption: str, items: Iterable[Mapping[str, Any]], of: str = "", name: str = "statements"
) -> Table:
    """Return statements other than tellings as a table."""
    rows = [statement_row(site, item, of) for item in items]
    columns = [
        Column("sort", "statement"),
        *([Column("about", "of", empty="")] if any(row["about"] for row in rows) else []),
        *([Column("names", "names", empty="")] if any(row["names"] for row in rows) else []),
        Column("said", "what it says", empty=""),
        TOLD,
    ]
    return Table(name, caption, columns, rows)


def figure(items: Sequence[Mapping[str, Any]], site: Site) -> Table:
    """Return printed figures as a table."""
    rows = [
        {
            "of": [site.ref(i) for i in dict.fromkeys(i for k in ("about", "structure") for i in item["facts"].get(k, ()))],
            "what": ", ".join(
                words(site, i) for k in ("figureKind", "category", "stateGroup") for i in item["facts"].get(k, ())
            ),
            "year": (item["facts"].get("refYear") or [None])[0],
            "number": whole((item["facts"].get("value") or item["facts"].get("valueText") or [None])[0]),
            "remark": (item["facts"].get("summary") or [""])[0],
            "told": [Source(item["chapter"], *item["lines"])],
        }
        for item in items
    ]
    columns = [
        Column("of", "of"),
        Column("what", "figure"),
        Column("year", "year"),
        Column("number", "number", number=True),
        Column("remark", "remark", empty=""),
        TOLD,
    ]
    return Table("figures", "Figures as printed", columns, rows)


def instrument_row(site: Site, item: Instrument) -> dict[str, Any]:
    """Return an instrument as a row."""
    ruled = sum(item.thing.iri in activity.facts.get("inferredBasis", ()) for activity in site.activities.values())
    return {
        "symbol": item.first("symbol") or None,
        "instrument": Ref(item.thing.label, item.thing.iri),
        "sort": kind_of(item.thing),
        "by": [site.ref(iri) for iri in item.facts.get("adoptedBy", ())],
        "on": item.first("adoptedOn"),
        "themes": [site.ref(iri) for iri in item.facts.get("concernsTheme", ())],
        "stated": int(item.first("basis") or 0),
        "ruled": ruled,
    }


def actor_row(site: Site, thing: Thing) -> dict[str, Any]:
    """Return an actor as a row, with the number of activities that involve it or a part of it."""
    inside = site.graph.directory.circle(thing.iri)
    where = [*thing.facts.get("jurisdiction", ()), *thing.facts.get("hostArea", ()), *thing.facts.get("inRegion", ())]
    return {
        "actor": Ref(thing.label, thing.iri),
        "acronym": ", ".join(thing.names.get("acronym", ())),
        "sort": kind_of(thing),
        "part": [site.ref(iri) for key in ("subOrganizationOf", "postIn") for iri in thing.facts.get(key, ())],
        "area": [site.ref(iri) for iri in dict.fromkeys(where)],
        "activities": len(site.involving(inside)),
    }


def theme_iri(slug: str) -> str:
    """Return the IRI of a theme."""
    return PREFIXES["theme"] + slug
