"""Stage 16f: panels that several sorts of pages share: what a thing is, themes, places, actors and months by number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from oscegraph import plots, query
from oscegraph.directory import Thing
from oscegraph.document import by_month
from oscegraph.explorer import rows
from oscegraph.explorer.listing import Column, Table, address
from oscegraph.explorer.site import Site
from oscegraph.namespaces import local_name, shorten
from oscegraph.tellings import Activity

PARTNERS, PLACES = 20, 12
_FACTS = {
    "subOrganizationOf": "part of",
    "postIn": "post in",
    "heads": "heads",
    "focalPointFor": "focal point for",
    "jurisdiction": "of or in",
    "hostArea": "works in",
    "inArea": "in",
    "inRegion": "region",
    "osceStatus": "OSCE status in 2011",
    "iso2": "ISO alpha-2",
    "iso3": "ISO alpha-3",
    "m49": "UN M49",
    "userAssignedCode": "user-assigned code",
    "statusNote": "status",
    "editorialNote": "note",
}
_BACK = {
    "subOrganizationOf": "parts",
    "postIn": "posts",
    "heads": "headed by",
    "describes": "chapter",
    "focalPointFor": "focal point",
}
_NAMES = {
    "acronym": "acronym",
    "printedName": "printed in the report as",
    "altLabel": "also",
    "hiddenLabel": "also found by",
    "weakName": "also found by",
}
# Which choice of the list of activities a row sets, and what is chosen besides.
Link = tuple[str, dict[str, str]] | None
Facts = list[tuple[str, list[Any]]]


def facts_of(site: Site, thing: Thing) -> Facts:
    """Return what a thing is, in words: its names, what it belongs to, what belongs to it."""
    found: dict[str, list[Any]] = {}
    for kind, title in _NAMES.items():
        named = [name for name in thing.names.get(kind, ()) if name != thing.label]
        if named:
            found.setdefault(title, []).extend(named)
    back: Facts = []
    grouped: dict[tuple[str, str], list[str]] = {}
    for row in query.run(site.graph.store, "things", thing=thing.iri):
        grouped.setdefault((row["direction"] or "", local_name(row["property"] or "")), []).append(row["other"] or "")
    for key, title in _FACTS.items():
        if stated := grouped.get(("out", key)):
            found[title] = [rows.value(site, other) for other in stated]
    for key, title in _BACK.items():
        if others := grouped.get(("in", key)):
            back.append((title, sorted((site.ref(other) for other in others), key=lambda ref: ref.text)))
    return [*found.items(), *back]


def counted(site: Site, name: str, caption: str, head: str, counts: Counter[str], link: Link = None) -> Table:
    """Return things with numbers as a table, the largest first."""
    ranked = sorted(counts, key=lambda iri: (-counts[iri], site.graph.directory.label(iri), iri))
    columns = [Column("what", head), Column("activities", "activities", number=True)]
    return Table(name, caption, columns, [_row(site, iri, counts[iri], link) for iri in ranked])


def _row(site: Site, iri: str, number: int, link: Link) -> dict[str, Any]:
    row = {"what": site.ref(iri), "activities": number}
    return row if link is None else row | {"whole": address("/activities", {**link[1], link[0]: shorten(iri)})}


def by_theme(site: Site, found: Iterable[Activity], caption: str, **chosen: str) -> Table:
    """Return the themes of activities by number."""
    counts = Counter(theme for activity in found for theme in set(activity.facts.get("theme", ())))
    return counted(site, "themes", caption, "theme", counts, ("theme", chosen))


def by_place(site: Site, found: Iterable[Activity], caption: str, **chosen: str) -> Table:
    """Return the places of activities by number."""
    counts = Counter(place for activity in found for place in set(activity.facts.get("place", ())))
    return counted(site, "places", caption, "place", counts, ("where", chosen))


def timeline(found: Sequence[Activity], title: str, teller: str | None = None) -> tuple[Markup | None, str, Table]:
    """Return activities by the month in which they begin: a plot if there is one, the rest in words, and a table.

    Where the chapter of the `teller` dates an activity to a day or month, that counts.
    """
    at, year, undated = by_month(found, teller)
    drawn = plots.months("months", title, [(month, len(iris)) for month, iris in at.items()]) if at else None
    lines = [{"month": plots.month_label(month), "activities": len(iris)} for month, iris in at.items()]
    lines += [
        {"month": words, "activities": len(iris)} for iris, words in ((year, "year only"), (undated, "no date")) if iris
    ]
    words = f"Dated to a year only: {len(year)}; without any date in the report: {len(undated)}."
    columns = [Column("month", "begins"), Column("activities", "activities", number=True)]
    return drawn, words if year or undated else "", Table("months", title, columns, lines)


def actors_of(found: Iterable[Activity]) -> Counter[str]:
    """Return the actors of activities by number of activities."""
    return Counter(iri for a in found for iri in {p.actor for telling in a.tellings for p in telling.participations})
