"""Stage 16h: the page of an activity: all that tell of it side by side, with the points in which they differ."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import Response

from oscegraph import query
from oscegraph.document import dated
from oscegraph.explorer import rows
from oscegraph.explorer.listing import Column, Ref, Table, source_of
from oscegraph.explorer.site import Site
from oscegraph.namespaces import local_name
from oscegraph.portraits import GUESS
from oscegraph.tellings import ROLES, Activity, Telling
from oscegraph.views import RELATIONS

_FIELDS = (
    ("title", "title"),
    ("subHeading", "under the heading"),
    ("statedDate", "date"),
    ("dateText", "date in words"),
    ("statedDuration", "duration"),
    ("statedPlace", "place"),
    ("statedCountry", "state or territory"),
    ("statedKind", "kind"),
    ("statedTheme", "theme"),
    ("statedAssistance", "assistance"),
    ("eventCount", "events"),
    ("roles", ""),
    ("people", "people reached"),
    ("peopleQualifier", "that number is"),
    ("audience", "audience"),
    ("statedBasis", "basis, as stated"),
    ("seeSection", "refers to"),
    ("toldBy", "told by"),
    ("editorialNote", "note"),
)
# In these each telling has its own words, or they follow from another line.
_NOT_COMPARED = {"subHeading", "toldBy", "editorialNote", "seeSection", "dateText"}


@dataclass(frozen=True)
class Line:
    """One point in which tellings are compared: for each telling what it says, each with whether others say it too."""

    title: str
    cells: Sequence[Sequence[tuple[Any, bool]]]

    @property
    def differs(self) -> list[bool]:
        """For each telling whether it says anything that another one says differently."""
        return [any(differs for _, differs in cell) for cell in self.cells]


def _line(title: str, told: Sequence[list[Any]], compare: bool) -> Line:
    speaking = [{_key(item) for item in items} for items in told if items]
    cells = [
        [(item, compare and len(speaking) > 1 and not all(_key(item) in said for said in speaking)) for item in items]
        for items in told
    ]
    return Line(title, cells)


def _key(item: Any) -> str:
    return item.iri + item.note if isinstance(item, Ref) else str(item).casefold()


def compared(site: Site, tellings: Sequence[Telling]) -> list[Line]:
    """Return point by point what each telling says; a point that none of them speaks of is left out."""
    said: dict[str, dict[str, list[Any]]] = {telling.id: defaultdict(list) for telling in tellings}
    for row in query.run(site.graph.store, "telling-facts", telling=[ox.NamedNode(telling.id) for telling in tellings]):
        said[row["telling"] or ""][local_name(row["property"] or "")].append(rows.value(site, row["value"] or ""))
    lines = []
    for key, title in _FIELDS:
        if key == "roles":
            lines += _roles(site, tellings)
            continue
        told = [said[telling.id][key] for telling in tellings]
        if any(told):
            lines.append(_line(title, told, key not in _NOT_COMPARED))
    return lines


def _roles(site: Site, tellings: Sequence[Telling]) -> list[Line]:
    roles = dict.fromkeys(role for telling in tellings for role, _ in telling.by_role())
    order = sorted(roles, key=ROLES.index)
    return [
        _line(
            role,
            [
                [
                    Ref(p.label, p.actor, f"({p.people})" if p.people else "")
                    for p in telling.participations
                    if p.role == role
                ]
                for telling in tellings
            ],
            True,
        )
        for role in order
    ]


def activity(site: Site, request: Request, found: Activity) -> Response:
    """Return the page of an activity: all tellings side by side, what it belongs to, and on what it rests."""
    lines = compared(site, found.tellings)
    links = []
    related: dict[str, list[Ref]] = defaultdict(list)
    for row in query.run(site.graph.store, "things", thing=found.id):
        name = local_name(row["property"] or "")
        if name in RELATIONS:
            related[RELATIONS[name][row["direction"] == "in"]].append(site.ref(row["other"] or ""))
    links = [(title, list(dict.fromkeys(refs))) for title, refs in related.items()]
    columns = [Column("point", "point"), Column("telling", "telling"), Column("says", "says"), Column("differs", "differs")]
    flat = [
        {
            "point": line.title,
            "telling": source_of(t),
            "says": [i for i, _ in cell],
            "differs": "yes" if any(d for _, d in cell) else "",
        }
        for line in lines
        for t, cell in zip(found.tellings, line.cells, strict=True)
        if cell
    ]
    if made := site.download(request, Table("tellings", found.label, columns, flat)):
        return made
    label = site.graph.directory.label
    return site.page(
        request,
        "activity.html",
        activity=found,
        when=dated(found),
        places=[site.ref(iri) for key in ("place", "country") for iri in dict.fromkeys(found.facts.get(key, ()))],
        kinds=[site.ref(iri) for iri in found.facts.get("kind", ())],
        themes=[site.ref(iri) for iri in found.facts.get("theme", ())],
        sources=[source_of(telling) for telling in found.tellings],
        marks=[local_name(telling.id) for telling in found.tellings],
        lines=lines,
        differing=[line.title for line in lines if any(line.differs)],
        links=links,
        resolution=found.first("resolution"),
        stated=[cited(site, iri) for iri in sorted(found.facts.get("basis", ()), key=label)],
        ruled=[cited(site, iri) for iri in sorted(found.facts.get("inferredBasis", ()), key=label)],
        guess=GUESS,
        query=site.query_panel("telling-facts", telling=[ox.NamedNode(telling.id) for telling in found.tellings]),
        basis_query=site.query_panel("activity_basis", activity=found.id),
    )


def cited(site: Site, iri: str) -> Ref:
    """Return an instrument as a link with its symbol."""
    item = site.instruments.get(iri)
    return site.ref(iri, (item.first("symbol") if item else None) or "")
