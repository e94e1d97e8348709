"""Stage 16l: which activities an address chooses: by theme, structure, actor, role, place, time, decision and words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from oscegraph import answers, query
from oscegraph.directory import fold
from oscegraph.explorer.site import Site
from oscegraph.filters import run_filtered
from oscegraph.namespaces import local_name
from oscegraph.tellings import Activity


def _words(chosen: Mapping[str, str]) -> dict[str, Any]:
    """Return the choices that are filters of the graph, under its names for them."""
    given = {"on": "theme", "place": "where", "start": "from", "end": "to"}
    given |= {name: name for name in ("kind", "basis", "assistance")}
    return {name: chosen[key] for name, key in given.items() if key in chosen}


def fitting(site: Site, chosen: Mapping[str, str]) -> list[Activity]:
    """Return the activities that fit the choices; raises an error that names what is wrong with one."""
    filters = site.graph.filters(**_words(chosen))
    # A store that is asked over the network is asked only where something is to be filtered.
    left = set(site.activities)
    if filters.active():
        left = {row["activity"] or "" for row in run_filtered(site.graph.store, "activities", filters)}
    for key in ("unit", "actor", "with"):
        if key in chosen:
            left &= {activity.id for activity in site.activities_of(site.graph.actor(chosen[key]))}
    if "itself" in chosen:
        # Whose parts, or bodies, stand for themselves.
        left &= {activity.id for activity in site.involving([site.graph.actor(chosen["itself"]).iri])}
    if "rule" in chosen:
        rule = site.graph.directory.instrument(chosen["rule"]).iri
        left &= {iri for iri, activity in site.activities.items() if rule in activity.facts.get("inferredBasis", ())}
    if "role" in chosen:
        role = local_name(site.graph.directory.concept("role", chosen["role"]))
        name = chosen.get("actor") or chosen.get("unit")
        inside = site.inside(site.graph.actor(name)) if name else None
        left &= {iri for iri, activity in site.activities.items() if _has(activity, role, inside)}
    asked = fold(chosen.get("q", "")[:200]).split()
    found = [activity for iri, activity in site.activities.items() if iri in left]
    return [a for a in found if all(word in fold(" ".join((a.label, *(t.title for t in a.tellings)))) for word in asked)]


def query_of(site: Site, chosen: Mapping[str, str]) -> dict[str, str] | None:
    """Return the query that gives the list, where its filters are all that is chosen."""
    if chosen.keys() & {"unit", "actor", "with", "itself", "role", "rule", "q"}:
        return None
    values = site.graph.filters(**_words(chosen)).values()
    known = {parameter.name for parameter in query.named("activities").parameters}
    return site.query_panel("activities", **{key: value for key, value in values.items() if key in known})


def _has(activity: Activity, role: str, inside: set[str] | None) -> bool:
    if inside is None:
        return any(telling.has(role) for telling in activity.tellings)
    return role in answers.roles_in(activity, inside)
