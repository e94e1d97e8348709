"""Stage 16i: pages of concepts and vocabularies: what they mean, and what is of them."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from oscegraph import answers, query
from oscegraph.called import STRUCTURES
from oscegraph.directory import AREA_CLASSES, Thing
from oscegraph.explorer import rows
from oscegraph.explorer.listing import Column, Table, address
from oscegraph.explorer.panels import actors_of, by_theme, counted
from oscegraph.explorer.site import Site
from oscegraph.namespaces import PREFIXES, local_name, shorten


def concept(site: Site, request: Request, thing: Thing) -> Response:
    """Return the page of a concept: its definition, and what is of it: for a theme also structures, partners and states."""
    scheme = shorten(thing.iri).partition(":")[0]
    found = [a for a in site.activities.values() if thing.iri in a.facts.get(scheme, ())] if scheme != "role" else []
    if scheme == "role":
        name = local_name(thing.iri)
        found = [a for a in site.activities.values() if any(t.has(name) for t in a.tellings)]
    of, of_this = f"“{thing.label}”", {scheme: local_name(thing.iri)}
    tables = {"activities": rows.activities(site, f"Activities of {of}", found)}
    if scheme == "role":
        counts = Counter(p.actor for a in found for p in answers.everyone(a) if p.role == local_name(thing.iri))
        tables["actors"] = counted(site, "actors", f"Who is {thing.label}", "actor", counts, ("actor", of_this))
    elif found:
        counts = actors_of(found)
        kinds = {iri: site.thing(iri) for iri in counts}
        area = Counter(iri for a in found for iri in set(a.facts.get("country", ())))
        units = Counter({iri: n for iri, n in counts.items() if (t := kinds[iri]) and t.cls in STRUCTURES})
        partners = Counter(
            {iri: n for iri, n in counts.items() if (t := kinds[iri]) and t.cls not in STRUCTURES | AREA_CLASSES}
        )
        tables["units"] = counted(site, "units", "Executive structures", "structure", units, ("unit", of_this))
        tables["partners"] = counted(site, "partners", "Others who take part", "actor", partners, ("actor", of_this))
        tables["states"] = counted(site, "states", "Where they take place", "state or territory", area, ("where", of_this))
        if scheme != "theme":
            tables["themes"] = by_theme(site, found, f"Themes of {of}", **of_this)
    if scheme == "theme":
        on = [i for i in site.instruments.values() if thing.iri in i.facts.get("concernsTheme", ())]
        columns = [Column("symbol", "symbol", empty=""), Column("instrument", "instrument"), Column("on", "adopted on")]
        tables["decisions"] = Table(
            "decisions", f"Decisions and other instruments on {of}", columns, [rows.instrument_row(site, i) for i in on]
        )
    items = answers.read_statements(site.graph.store, site.graph.directory, thing.iri)
    tables["statements"] = rows.statements(site, f"Stated of {of} besides activities", items, thing.iri)
    facts, uses = _concept_facts(site, thing)
    if scheme not in ("theme", "assistance", "kind", "role"):
        tables["uses"] = Table("uses", f"What is {of}", [Column("use", "is"), Column("thing", "what")], uses)
    if made := site.download(request, *tables.values()):
        return made
    links = {"activities": address("/activities", of_this)}
    queries = {"statements": site.query_panel("statements", thing=thing.iri)}
    if scheme == "theme":
        queries["activities"] = site.query_panel("theme_activities", theme=thing.iri)
    elif scheme in ("assistance", "kind", "role"):
        queries["activities"] = site.query_panel("activities", **{scheme: thing.iri})
    shown = rows.shown(site, request, tables, links, units=20, partners=20, states=20, actors=20)
    related = site.elsewhere({"theme": local_name(thing.iri)}) if scheme == "theme" else []
    more: dict[str, Any] = {"facts": facts, "shown": shown, "number": len(found), "queries": queries, "related": related}
    return site.page(request, "concept.html", thing=thing, scheme=scheme, **more)


def _concept_facts(site: Site, thing: Thing) -> tuple[list[tuple[str, list[Any]]], list[dict[str, Any]]]:
    titles = {
        "definition": "definition",
        "printedName": "printed in the report as",
        "altLabel": "also",
        "notation": "number",
        "broader": "broader",
        "roleProperty": "as a property",
        "editorialNote": "note",
        "scopeNote": "scope",
    }
    facts, uses = defaultdict[str, list[Any]](list), []
    for row in query.run(site.graph.store, "things", thing=thing.iri):
        name, other = local_name(row["property"] or ""), row["other"] or ""
        if row["direction"] == "out" and name in titles:
            facts[titles[name]].append(rows.value(site, other))
        elif row["direction"] == "in" and name == "broader":
            facts["narrower"].append(site.ref(other))
        elif row["direction"] == "in" and other.startswith(PREFIXES["osg"].removesuffix("ontology#") + "id/"):
            uses.append({"use": site.term(row["property"] or ""), "thing": rows.value(site, other)})
    return list(facts.items()), uses


def scheme(site: Site, request: Request, iri: str) -> Response:
    """Return the page of a vocabulary: its concepts with their definitions."""
    lines: list[dict[str, Any]] = []
    title, definition = shorten(iri), ""
    for triple in site.describe(iri):
        subject, other = str(getattr(triple.subject, "value", "")), str(getattr(triple.object, "value", ""))
        name = local_name(triple.predicate.value)
        if subject == iri and name == "prefLabel":
            title = other
        elif subject == iri and name == "definition":
            definition = other
        elif name == "definition":
            lines.append({"concept": site.ref(subject), "definition": other})
    lines.sort(key=lambda line: line["concept"].text)
    columns = [Column("concept", "concept"), Column("definition", "definition")]
    table = Table("concepts", f"Concepts of {title}", columns, lines)
    if made := site.download(request, table):
        return made
    return site.page(request, "scheme.html", title=title, definition=definition, view=site.view(request, table))
