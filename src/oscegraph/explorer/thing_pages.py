"""Stage 16j: pages of decisions, chapters, statements, and of whatever has no page of its own sort."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from oscegraph import answers, query
from oscegraph.directory import Thing
from oscegraph.explorer import concept_pages, rows
from oscegraph.explorer.listing import Column, Ref, Source, Table, source_of
from oscegraph.explorer.site import Site
from oscegraph.namespaces import OSG, PREFIXES, local_name, shorten
from oscegraph.portraits import GUESS
from oscegraph.tellings import Activity


def instrument(site: Site, request: Request, thing: Thing) -> Response:
    """Return the page of a decision or other instrument: what it asks of whom, what it recalls, what rests on it."""
    item = site.instruments[thing.iri]
    items = answers.read_statements(site.graph.store, site.graph.directory, thing.iri)
    own = [i for i in items if i["class"] == "Provision" and thing.iri in i["facts"].get("ofInstrument", ())]
    provisions = [
        row | {"to": [site.ref(iri) for iri in i["facts"].get("addressee", ())]} for i, row in _rows(site, own, thing)
    ]
    for row, i in zip(provisions, own, strict=True):
        row["names"] = [site.ref(iri) for iri in i["facts"].get("refersTo", ())]
    tables = {
        "provisions": Table(
            "provisions",
            f"What {_code(item)} asks of whom",
            [
                Column("sort", "what it does"),
                Column("to", "addressee", empty="no single body"),
                Column("said", "in short", empty=""),
                *([Column("names", "refers to", empty="")] if any(row["names"] for row in provisions) else []),
                rows.TOLD,
            ],
            provisions,
        ),
        "stated": rows.activities(
            site, "Activities that rest on it, as a chapter states", _resting(site, "basis", thing.iri), name="stated"
        ),
        "ruled": rows.activities(
            site, "Activities that may rest on it, by rule", _resting(site, "inferredBasis", thing.iri), name="ruled"
        ),
        "statements": rows.statements(
            site, "Where else the report speaks of it", [i for i in items if i not in own], thing.iri
        ),
    }
    if made := site.download(request, *tables.values()):
        return made
    back: dict[str, list[Ref]] = defaultdict(list)
    for row in query.run(site.graph.store, "things", thing=thing.iri):
        name = local_name(row["property"] or "")
        if row["direction"] == "in" and name in ("recalls", "supplements", "promotes"):
            back[f"{name.removesuffix('s')}ed by" if name != "promotes" else "promoted by"].append(
                site.ref(row["other"] or "")
            )
    titles = {
        "adoptedBy": "adopted by",
        "adoptedOn": "adopted on",
        "adoptedIn": "adopted in",
        "title": "title",
        "promotes": "promotes",
        "supplements": "supplements",
        "tasks": "tasks",
        "editorialNote": "note",
    }
    facts: list[tuple[str, list[Any]]] = [("symbol", item.facts["symbol"])] if item.facts.get("symbol") else []
    facts += [("also", [name for name in thing.aliases if name != item.first("symbol")])] if thing.aliases else []
    facts += [
        (title, [rows.value(site, v) for v in item.facts[key]]) for key, title in titles.items() if item.facts.get(key)
    ]
    return site.page(
        request,
        "instrument.html",
        thing=thing,
        symbol=item.first("symbol") or "",
        facts=[(title, told) for title, told in facts if told],
        themes=[site.ref(iri) for iri in item.facts.get("concernsTheme", ())],
        recalls=[site.ref(iri) for iri in item.facts.get("recalls", ())],
        back=sorted(back.items()),
        shown=rows.shown(site, request, tables, {}),
        guess=GUESS,
        queries={
            "provisions": site.query_panel("decision_tasks", instrument=thing.iri),
            "recalls": site.query_panel("decision_recalls", instrument=thing.iri),
            "stated": site.query_panel("decision_activities", instrument=thing.iri),
            "ruled": site.query_panel("decision_inferred_activities", instrument=thing.iri),
            "statements": site.query_panel("statements", thing=thing.iri),
        },
    )


def _rows(
    site: Site, items: Iterable[Mapping[str, Any]], thing: Thing
) -> Iterable[tuple[Mapping[str, Any], dict[str, Any]]]:
    return [(item, rows.statement_row(site, item, thing.iri)) for item in items]


def _code(item: answers.Instrument) -> str:
    return item.first("symbol") or item.thing.label


def _resting(site: Site, how: str, iri: str) -> list[Activity]:
    return [found for found in site.activities.values() if iri in found.facts.get(how, ())]


def section(site: Site, request: Request, thing: Thing) -> Response:
    """Return the page of a chapter: its tellings in the order of their lines, its figures, and what else it states."""
    number = local_name(thing.iri)
    facts = {row["section"]: row for row in query.run(site.graph.store, "sections")}
    own = facts[thing.iri]
    inside = {iri for iri in facts if iri == thing.iri or (iri or "").startswith(thing.iri + ".")}
    told = [t for t in site.tellings.values() if PREFIXES["sec"] + t.chapter in inside]
    lines = [
        {
            "mark": local_name(t.id),
            "told": [source_of(t)],
            "heading": t.heading,
            "activity": Ref(t.title, t.activity),
            "when": t.date_text or t.date,
            "place": t.place or t.country,
            "roles": "; ".join(f"{role}: {', '.join(p.short or p.label for p in parts)}" for role, parts in t.by_role()),
        }
        for t in told
    ]
    items = _statements_in(site, thing.iri)
    figures = [item for item in items if item["class"] == "Figure"]
    others = [item for item in items if item["class"] not in ("Figure", "LedgerEntry")]
    ledger = [item for item in items if item["class"] == "LedgerEntry"]
    columns = [
        rows.TOLD,
        rows.WHAT,
        Column("when", "date as told"),
        Column("place", "place"),
        Column("roles", "who"),
    ]
    tables = {
        "tellings": Table("tellings", f"What chapter {number} tells, in the order of its lines", columns, lines),
        "figures": rows.figure(figures, site),
        "statements": rows.statements(site, f"What chapter {number} states besides activities", others),
        "ledger": rows.statements(
            site, f"Other lines of chapter {number}: no activity is told there", ledger, name="ledger"
        ),
    }
    if made := site.download(request, *tables.values()):
        return made
    chapters = [
        Ref(f"{row['number']} {row['title']}", iri or "") for iri, row in facts.items() if iri in inside and iri != thing.iri
    ]
    return site.page(
        request,
        "section.html",
        thing=thing,
        number=own["number"],
        source=Source(number, int(own["first"] or 0), int(own["last"] or 0)),
        about=[site.ref(own["structure"])] if own["structure"] else [],
        within=[site.ref(iri) for iri in facts if iri and thing.iri.startswith(iri + ".")],
        chapters=chapters,
        shown=rows.shown(site, request, tables, {}, tellings=80),
        queries={
            "tellings": site.query_panel("chapter_tellings", section=thing.iri),
            "statements": site.query_panel("section-statements", section=thing.iri),
        },
    )


def _statements_in(site: Site, iri: str) -> list[dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for row in query.run(site.graph.store, "section-statements", section=iri):
        key, cls = row["statement"] or "", local_name(row["class"] or "")
        lines = [int(row["first"] or 0), int(row["last"] or 0)]
        new = {"id": key, "class": cls, "chapter": local_name(iri), "lines": lines, "facts": defaultdict(list)}
        item = found.setdefault(key, new)
        # A statement that stands in the ledger of its chapter has two classes; the telling one is kept.
        item["class"] = cls if item["class"] == "LedgerEntry" else item["class"]
        values = item["facts"][local_name(row["property"] or "")]
        if row["value"] not in values:
            values.append(row["value"])
    return list(found.values())


def other(site: Site, request: Request, iri: str) -> Response:
    """Return the page of a statement or of anything else: all that is said of it, and what speaks of it."""
    facts: dict[str, list[Any]] = defaultdict(list)
    back: dict[str, list[Any]] = defaultdict(list)
    where = dict[str, str]()
    for row in query.run(site.graph.store, "things", thing=iri):
        name = local_name(row["property"] or "")
        if row["direction"] == "out" and name in ("firstLine", "lastLine", "inSection"):
            where[name] = local_name(row["other"] or "")
        elif row["direction"] == "out":
            facts[site.term(row["property"] or "")].append(rows.value(site, row["other"] or ""))
        else:
            back[site.term(row["property"] or "")].append(rows.value(site, row["other"] or ""))
    lines = [{"property": name, "value": told} for name, told in facts.items()]
    lines += [{"property": f"is {name} of", "value": told} for name, told in back.items()]
    if made := site.download(
        request, Table("facts", shorten(iri), [Column("property", "property"), Column("value", "value")], lines)
    ):
        return made
    source = Source(where["inSection"], int(where["firstLine"]), int(where["lastLine"])) if len(where) == 3 else None
    classes = [site.term(OSG + name) for name in site.known.get(iri, ())]
    title = (facts.get("prefLabel") or facts.get("title") or [None])[0] or shorten(iri)
    return site.page(
        request,
        "other.html",
        title=f"{classes[0].capitalize()} in {source.text}" if source and classes else str(title),
        kind=", ".join(classes),
        facts=list(facts.items()),
        back=list(back.items()),
        source=source,
        iri=iri,
    )


def thing_page(site: Site, request: Request, thing: Thing) -> Response | None:
    """Return the page of a decision, chapter or concept; None for anything else."""
    if thing.iri in site.instruments:
        return instrument(site, request, thing)
    if thing.cls == "Section":
        return section(site, request, thing)
    return concept_pages.concept(site, request, thing) if thing.cls == "Concept" else None
