"""Stage 15f: all of it as one document: counts, matrix, networks, overlaps, gaps, and a portrait of each structure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from oscegraph import counts, document, events, gaps, matrix, measures, networks, overlaps, plots, portraits, query
from oscegraph.answers import find_activities
from oscegraph.api import Oscegraph
from oscegraph.dates import REPORT_YEAR
from oscegraph.document import Evidence, Link, Section, Table
from oscegraph.filters import Filters
from oscegraph.likeness import Overlap
from oscegraph.matrix_cells import OUTSIDE, SILENT, TAKEN_MEANS, VALUES
from oscegraph.namespaces import local_name

FIRST, TIES = 15, 20
ROWS = 10


def _more(shown: int, total: int, what: str) -> str:
    return f"{total - shown} more {what}." if total > shown else ""


def introduction(graph: Oscegraph, proof: Evidence) -> Section:
    """Return what the data are, and the counts beside the printed numbers with the reason for each difference."""
    found = counts.count(graph.store, graph.directory)
    held = {way.name: way.number for way in found.ways}
    actors = sum(bool(thing.events) for thing in graph.directory.actors())
    said = (
        f"The report tells what the OSCE did against organized crime in {REPORT_YEAR}. Read into a graph, it holds "
        f"{held['activities']} activities in {held['tellings']} tellings, with {actors} actors taking part. A telling is "
        "what one chapter says of one activity; an activity told by several chapters counts once. What tellings say "
        "differently stays; nothing is tuned to the printed numbers."
    )
    section = Section("introduction", "Introduction", [said, "An underlined number is a link to the activities behind it."])
    rows: list[list[Any]] = []
    for way in found.ways:
        printed = f"{way.printed.text} ({way.printed.source})" if way.printed else "not said"
        difference = "" if way.difference is None else f"{way.difference:+d}"
        number: Any = "not said" if way.number is None else way.number
        if way.name == "activities":
            number = proof.link("all activities", (a.id for a in proof.activities))
        rows.append([f"{way.name}, {way.year}", number, printed, difference, way.why])
    columns: tuple[str, ...] = ("way of counting", "held", "printed", "difference", "why")
    section.tables.append(Table("Ways of counting beside the printed number", columns, rows))
    for scheme, title in (("theme", "Themes"), ("assistance", "Kinds of assistance")):
        rows = []
        for concept in found.of(scheme):
            own = concept.held[counts.BY_CONCEPT[0]]
            told = (concept.figure(kind) for kind in ("rank", "share"))
            texts = [figure.text if figure else "not said" for figure in told]
            share = f"{own.number}, {own.share}\u00a0%, rank {own.rank}"
            rows.append([concept.label, share, *texts, concept.change, concept.where, concept.why])
        columns = ("theme" if scheme == "theme" else "kind", "told and named")
        heads = (*columns, "printed rank", "printed share", "printed change", "printed at", "why it differs")
        section.tables.append(Table(f"{title}: the graph beside the report", heads, rows))
    section.tables[-1].more = " ".join(found.unsaid)
    return section


def grid(graph: Oscegraph, proof: Evidence) -> Section:
    """Return the structures by themes and kinds of assistance, as Appendix 2 has them, and by themes and areas."""
    found = matrix.build(graph.store, graph.directory, "appendix", Filters())
    themes = {column.codes[0]: column.labels[0] for column in found.columns}
    kinds = {column.codes[1]: column.labels[1] for column in found.columns}
    rows = []
    for row in found.rows:
        told: dict[str, list[Link]] = {code: [] for code in themes}
        for cell in found.of(row):
            theme, kind = cell.column.codes
            iris = {entry.activity for entry in cell.entries}
            what = f"{row.thing.short} on {themes[theme]}, {kinds[kind]}"
            told[theme] += [proof.link(what, iris, mark=kind[0].upper())] if iris else []
        empty = OUTSIDE if row.scope == OUTSIDE else SILENT
        rows.append([f"{row.thing.label} ({row.chapter or 'no chapter'})", *(links or empty for links in told.values())])
    words = [f"{value}: {VALUES[value]}." for value in (SILENT, OUTSIDE)]
    marks = ", ".join(f"{code[0].upper()} {label}" for code, label in kinds.items())
    says = [
        f"Rebuilt from what each structure's own chapter tells; {len(found.activities)} activities. A structure without a "
        f"chapter has what other chapters tell of it. {' '.join(words)}",
        f"Kinds of assistance: {marks}. {matrix.KINDS_MEAN}",
        *found.remarks(),
    ]
    title = "Structures by themes and kinds of assistance"
    tables = [Table(title, ("structure", *themes.values()), rows), _elsewhere(found, proof)]
    tables = [*(table for table in tables if table.rows), _places(graph, proof), _begun(graph, proof)]
    return Section("matrix", "Structures by themes, areas and months", says, tables=tables)


def _elsewhere(found: matrix.Matrix, proof: Evidence) -> Table:
    """Return what other chapters alone tell of a structure: one row for each cell."""
    rows: list[list[Any]] = []
    for cell in (cell for row in found.rows for cell in found.of(row) if cell.elsewhere):
        theme, kind = cell.column.labels
        what = f"{cell.row.thing.short} on {theme}, {kind}, in other chapters"
        link = proof.link(what, (entry.activity for entry in cell.elsewhere))
        rows.append([cell.row.thing.label, theme, kind, len(cell.entries) or cell.value, link])
    columns = ("structure", "theme", "kind of assistance", "in its own chapter", "in other chapters alone")
    return Table("Activities of structures that other chapters alone tell", columns, rows, shown=ROWS)


def _begun(graph: Oscegraph, proof: Evidence) -> Table:
    """Return who began what when: structures by the month in which the activities of their chapter begin."""
    found = matrix.build(graph.store, graph.directory, "month", Filters())
    rows: list[list[Any]] = []
    for row in found.rows:
        cells = [
            proof.link(f"{row.thing.short}, {cell.column.labels[0]}", (entry.activity for entry in cell.entries))
            if cell.entries
            else ""
            for cell in found.of(row)
        ]
        rows.append([row.thing.label, *cells])
    return Table(
        "Structures by the month in which activities begin", ("structure", *(c.labels[0] for c in found.columns)), rows
    )


def _places(graph: Oscegraph, proof: Evidence) -> Table:
    """Return who did what where: one row for each structure and theme, with the areas and their activities."""
    found = matrix.build(graph.store, graph.directory, "where", Filters())
    rows: list[list[Any]] = []
    for cell in (cell for row in found.rows for cell in found.of(row) if cell.entries):
        at: dict[str, list[str]] = {}
        for entry in cell.entries:
            for area in entry.where or ["no area"]:
                at.setdefault(area, []).append(entry.activity)
        who, theme = cell.row.thing, cell.column.labels[0]
        for area in sorted(at, key=lambda area: (-len(at[area]), area)):
            rows.append([who.label, theme, area, proof.link(f"{who.short} on {theme}: {area}", at[area])])
    columns = ("structure", "theme", "where", "activities")
    return Table("Structures by themes and areas", columns, rows, f"{TAKEN_MEANS}.", ROWS)


def cooperation(graph: Oscegraph, proof: Evidence) -> list[Section]:
    """Return who works with whom: the first ranks and the strongest ties; and the networks by month."""
    options = events.Options()
    read = events.read_events(graph.store, graph.directory, options)
    made = networks.project(read, graph.directory, options)
    label = {node: str(data["label"]) for node, data in made.nodes(data=True)}
    ranked = measures.table(made, ["strength", "degree"])
    rows: list[list[Any]] = [
        [
            label[row["node"]],
            str(made.nodes[row["node"]]["type"]).replace("-", " "),
            round(row["strength"]) if row["strength"] % 1 == 0 else f"{row['strength']:g}",
            row["strength_rank"],
            round(row["degree"]),
            row["degree_rank"],
        ]
        for row in ranked[:FIRST]
    ]
    columns = ("actor", "type", "strength", "rank", "partners", "rank by partners")
    size = f"The network of all actors: {len(made)} actors, {made.number_of_edges()} ties. {made.graph['title']}"
    ranks = Table(f"The first {min(FIRST, len(ranked))} actors", columns, rows, _more(len(rows), len(ranked), "actors"))
    ties = sorted(made.edges(data=True), key=lambda tie: (-tie[2]["weight"], label[tie[0]], label[tie[1]]))
    lines = [
        [label[a], label[b], proof.link(f"{label[a]} and {label[b]}", data["events"]), ", ".join(data["roles"])]
        for a, b, data in ties[:TIES]
    ]
    strongest = Table(
        f"The {len(lines)} strongest ties",
        ("actor", "and", "shared activities", "roles"),
        lines,
        _more(len(lines), len(ties), "ties"),
    )
    means = (
        "Strength is the sum of an actor's ties, each as strong as the two share activities. Here each actor stands for "
        "itself, and a part is left out of an activity in which its whole is named, too; so who is only ever there with "
        "its whole is not in it. “The OSCE” is no such whole: where units of it are named beside it, it is left out. "
        "A portrait counts what belongs to a structure with it."
    )
    section = Section("network", "Who works with whom", [size, means], tables=[ranks, strongest])
    return [section, _by_month(graph, proof, read, options)]


def _by_month(graph: Oscegraph, proof: Evidence, read: events.Events, options: events.Options) -> Section:
    rows, active, tied = [], [], []
    for month, part in networks.by_month(read, graph.directory, options).items():
        behind = {event for *_, iris in part.edges(data="events") for event in iris}
        active.append((month, len(behind)))
        tied.append((month, part.number_of_edges()))
        name = plots.month_label(month)
        rows.append([name, proof.link(f"tied in {name}", behind), len(part), part.number_of_edges()])
    says = ["Activities that make a tie and were in the month by their date; vaguer dates are left out."]
    plans = (("net-activities", "Activities that make a tie, by month", active), ("net-ties", "Ties by month", tied))
    drawn = [(title, plots.months(name, title, numbers)) for name, title, numbers in plans]
    table = Table("Networks by month", ("month", "activities", "actors", "ties"), rows)
    return Section("months", "Networks by month", says, drawn if rows else [], [table] if rows else [])


def alike(graph: Oscegraph, proof: Evidence) -> Section:
    """Return the overlaps with their reasons, and the pairs that stand apart, each kind in a table."""
    found = overlaps.find_overlaps(graph.store, graph.directory, Filters())
    short = {iri: thing.short for iri, thing in graph.directory.things.items()}
    label = {activity.id: activity.label for activity in proof.activities}

    def row(pair: Overlap) -> list[Any]:
        sides = [proof.link(label[iri], [iri], proof.number[iri]) for iri in (pair.one, pair.other)]
        units = [", ".join(sorted(short.get(unit, unit) for unit in found.units[iri])) for iri in (pair.one, pair.other)]
        words = " | ".join(label[iri] for iri in (pair.one, pair.other))
        link = [pair.link] if pair.link else []
        return [words, " | ".join(units), *sides, f"{pair.score:.3f}", *link, "; ".join(pair.reasons)]

    def pairs(title: str, some: list[Overlap], *link: str) -> Table:
        columns = ("activities", "structures", "row of one", "row of the other", "score", *link, "alike in")
        return Table(title, columns, [row(pair) for pair in some], shown=ROWS)

    apart = [(words, getattr(found, name)) for name, _, words in overlaps.APART]
    says = [
        f"{len(found.pairs)} pairs score at least {overlaps.LEAST:g}; {found.below} score less. Some stand apart: "
        f"{'; '.join(f'{len(some)} {words}' for words, some in apart if some)}. {overlaps.QUESTION}"
    ]
    tables = [pairs("Similar activities of structures that name no co-operation", found.pairs)]
    tables += [pairs(f"Pairs that {words}", some, "link") for words, some in apart]
    return Section("overlaps", "Overlaps", says, tables=[table for table in tables if table.rows])


def silent(graph: Oscegraph, proof: Evidence) -> Section:
    """Return the gaps of each kind."""
    store, directory, label = graph.store, graph.directory, graph.directory.label
    units, states = gaps.strangers(store, directory), gaps.silences(store, directory)
    unused = [item for item in gaps.unused(store, directory) if item.mandate]
    bare, unsure = gaps.ungrounded(store, directory), sum(bool(item.may_meet) for item in units)
    told = [
        [
            f"{label(g.one)} and {label(g.other)}",
            label(g.theme),
            ", ".join(label(area) for area in g.areas),
            *(proof.link(f"{label(u)} on {local_name(g.theme)} there", iris) for u, iris in _sides(g)),
        ]
        for g in units
    ]
    heads: tuple[str, ...] = ("structures", "theme", "where", "activities of one", "of the other")
    tables = [Table("Structures on one theme in one area that are told together in no activity", heads, told)]
    lines: list[list[Any]] = [[label(s.state), len(s.silent), ", ".join(map(label, s.silent))] for s in states]
    heads = ("participating State", "silent themes", "themes")
    tables.append(Table("States with themes on which no activity names them", heads, lines))
    lines = [
        [portraits.entitled(graph, u.instrument), u.inferred, "; ".join(place.source for place in u.places)] for u in unused
    ]
    heads = ("instrument", "activities by rule", "named at")
    tables.append(Table("Decisions, declarations and plans that no activity is said to rest on", heads, lines))
    lines = [
        [label(u.unit), len(u.told), proof.link(f"{label(u.unit)}, no stated basis", u.without), len(u.by_rule)]
        for u in bare
    ]
    heads = ("structure", "told", "without a stated basis", "of these by rule")
    tables.append(Table("Activities without a stated decision", heads, lines))
    for table in tables:
        table.shown = ROWS
    groups = (
        f"Field operations and States are at times told as a group without names: in {unsure} of {len(units)} rows on "
        "structures, the last, the two may have met in one; for States such a group is not counted."
    )
    return Section("gaps", "Gaps", [gaps.SILENCE, groups], tables=[table for table in tables if table.rows])


def _sides(gap: gaps.Strangers) -> list[tuple[str, list[str]]]:
    return [(gap.one, gap.of_one), (gap.other, gap.of_other)]


def structures(graph: Oscegraph, proof: Evidence, step: Callable[[str], None]) -> Section:
    """Return a portrait of each structure, in the order of the chapters."""
    made = portraits.Portraits(graph, proof.activities)
    section = Section("structures", "The structures")
    for row in query.run(graph.store, "matrix-structures"):
        thing = graph.directory.things[row["structure"] or ""]
        step(thing.short)
        prefix = f"{local_name(thing.iri)}-"
        title = f"{thing.label} ({row['number'] or 'no chapter'})"
        parts = made.sections(thing, made.activities(thing), proof, prefix)
        section.parts.append(Section(prefix.rstrip("-"), title, parts=parts))
    return section


def report(graph: Oscegraph, step: Callable[[str], None] = lambda words: None) -> bytes:
    """Return the whole document as one page without script that needs nothing else."""
    activities = find_activities(graph.store, graph.directory, Filters())
    proof = Evidence(graph, activities)
    made = [introduction(graph, proof), grid(graph, proof), *cooperation(graph, proof)]
    made += [alike(graph, proof), silent(graph, proof), structures(graph, proof, step)]
    repeated = [i for i, n in Counter(anchor for s in made for anchor in _anchors(s)).items() if n > 1]
    assert not repeated, repeated
    return document.render("report.html", sections=made, rows=proof.rows(), index=proof.index, year=REPORT_YEAR)


def _anchors(section: Section) -> list[str]:
    return [section.anchor, *(anchor for part in section.parts for anchor in _anchors(part))]
