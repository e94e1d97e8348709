"""counts, plan: the report's numbers beside the graph's, and a draft of an activity beside the report."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oscegraph.cli import common
from oscegraph.output import Answer, Block, Heading, Lines, Table

if TYPE_CHECKING:
    from oscegraph.counts_figures import Concept, Counts
    from oscegraph.drafts_found import Fit, Plan, Row
    from oscegraph.drafts_words import Reading

_SHOWN_UNKNOWN, _ALL = 20, 1_000_000
_PARTS = {"headings": "sub-heading"}


@click.command(epilog=common.examples("oscegraph counts", "oscegraph counts --format csv"))
@common.format_option
@common.data_option
def counts(format_name: str, data: tuple[str, ...], timeout: float) -> None:
    """The numbers that the report prints beside what the graph holds by each way of counting, and why they differ."""
    from oscegraph import counts as counted

    graph = common.open_graph(data, timeout)
    common.finish(counts_answer(counted.count(graph.store, graph.directory)), format_name)


def counts_answer(found: Counts) -> Answer:
    """Return the ways of counting, then themes and kinds of assistance, each with the printed figures beside."""
    from oscegraph.counts import SIGNS, as_dict

    ways = [
        [w.name, w.year, _or(w.number), _or(w.printed and w.printed.text), _signed(w.difference), _source(w.printed), w.why]
        for w in found.ways
    ]
    blocks: list[Block] = [
        Heading("Ways of counting beside the printed number", 1),
        Table(["way of counting", "year", "held", "printed", "difference", "where", "why"], ways, _RIGHT),
    ]
    flat: list[list[Any]] = [["number", *row[:1], "", *row[1:5], "", "", *row[5:]] for row in ways]
    for scheme, title in (("theme", "Themes"), ("assistance", "Kinds of assistance")):
        concepts = found.of(scheme)
        names = list(concepts[0].held) if concepts else []
        rows = [_concept_row(concept, names) for concept in concepts]
        blocks.append(Heading(f"{title}: printed rank and share beside rank, share and number by each way of counting", 2))
        blocks.append(Table([scheme, "printed rank", "printed share", "printed change", "where", *names, "why"], rows))
        flat += [row for concept in concepts for row in _concept_flat(concept, scheme)]
    blocks += [Lines([SIGNS]), Heading("What the report does not say, and how it is taken here", 2), Lines(found.unsaid)]
    columns = ["what", "way of counting", "of", "year", "held", "printed", "difference", "share", "rank", "where", "why"]
    written = as_dict(found)
    items = [{"what": what, **item} for what in ("ways", "themes", "assistance") for item in written[what]]
    return Answer(blocks, written, items, Table(columns, flat), found=any(way.number for way in found.ways))


_RIGHT = ["held", "difference"]
_KINDS = ("rank", "share")


def _or(value: Any) -> Any:
    return "not said" if value is None else value


def _signed(number: int | None) -> str:
    return "" if number is None else f"{number:+d}" if number else "0"


def _source(printed: Any) -> str:
    return printed.source if printed else ""


def _concept_row(concept: Concept, names: list[str]) -> list[str]:
    printed = [concept.figure(kind) for kind in _KINDS]
    cells = []
    for name in names:
        held, moved = concept.held[name], concept.difference(name)
        rank = f"{held.rank} ({_signed(moved)})" if moved is not None else str(held.rank)
        cells.append(f"{rank}: {held.share} %, {held.number}")
    return [
        concept.label,
        *(p.text if p else "not said" for p in printed),
        concept.change,
        concept.where,
        *cells,
        concept.why,
    ]


def _concept_flat(concept: Concept, scheme: str) -> list[list[Any]]:
    words = "; ".join(f"{p.kind}: {p.text}" for p in concept.figures(*_KINDS, "change"))
    where, why = concept.where, concept.why
    return [
        [scheme, way, concept.label, 2011, h.number, words, _signed(concept.difference(way)), h.share, h.rank, where, why]
        for way, h in concept.held.items()
    ]


@click.command(
    epilog=common.examples(
        'oscegraph plan "Regional workshop on seized assets for prosecutors, Skopje, April"',
        "oscegraph plan --row drafts.xlsx --format json",
    )
)
@click.argument("draft", required=False)
@click.option(
    "--row",
    "sheet",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Read drafts from the rows of a CSV or XLSX file, with any of the columns title, kind, theme, place, date, "
    "audience, partners.",
)
@click.option(
    "--limit", type=click.IntRange(min=0), default=10, show_default=True, metavar="N", help="Rows a list; 0 is all."
)
@common.format_option
@common.data_option
def plan(draft: str | None, sheet: Path | None, limit: int, format_name: str, data: tuple[str, ...], timeout: float) -> None:
    """What does the report tell that bears on DRAFT, an activity in words? Who did it, with whom, whom to ask first?"""
    if (draft is None) == (sheet is None):
        raise click.UsageError("Give a draft in words, or --row FILE; one of the two.")
    from oscegraph.drafts import Planner

    notes: list[str] = []
    graph = common.open_graph(data, timeout)
    planner = Planner(graph.store, graph.directory)
    if sheet is None:
        plans = [("", planner.plan(planner.reader.read(draft or "")))]
    else:
        from oscegraph.drafts_rows import read_row, read_sheet

        rows = read_sheet(sheet)
        notes += rows.notes()
        plans = [(f"Row {number}: ", planner.plan(read_row(planner.reader, row))) for number, row in rows.rows]
    common.finish(plan_answer(plans, limit, notes, sheet is not None), format_name)


def plan_answer(plans: list[tuple[str, Plan]], limit: int, notes: list[str], many: bool) -> Answer:
    """Return drafts with what the report tells that bears on them."""
    from oscegraph.drafts_found import as_dict

    blocks: list[Block] = []
    flat: list[list[Any]] = []
    items = []
    for head, found in plans:
        blocks.append(Heading(f"{head}{found.reading.text[:200] or '(empty draft)'}", 1))
        blocks += [Heading("How the draft was read"), Lines(reading_lines(found.reading))]
        lists = _lists(found)
        for title, columns, rows in lists:
            if rows:
                shown = rows[:limit] if limit else rows
                blocks += [Heading(title), Table(columns, shown, ["rank"])]
                if len(shown) < len(rows):
                    blocks.append(Lines([f"{len(rows) - len(shown)} more; --limit 0 shows all."]))
        read = [("How the draft was read", line) for line in reading_lines(found.reading)]
        read += [("Notes", note) for note in found.notes]
        flat += [[head.strip(" :"), title, number, words, "", "", ""] for number, (title, words) in enumerate(read, 1)]
        for title, columns, rows in _lists(found, _ALL):
            shown = rows[:limit] if limit else rows
            flat += [[head.strip(" :"), title, *(_flat(columns, row))] for row in shown]
        if found.notes and many:
            blocks.append(Lines(found.notes))
        items.append({"row": head.strip(" :") or None, **as_dict(found, limit)})
    notes = notes if many else [*notes, *plans[0][1].notes]
    columns = ["row", "list", "rank", "name", "numbers", "words", "where"]
    written = {"drafts": items, "notes": notes} if many else {key: v for key, v in items[0].items() if key != "row"}
    return Answer(blocks, written, items, Table(columns, flat), notes, any(found.fits for _, found in plans))


def reading_lines(reading: Reading) -> list[str]:
    """Return how a draft was read, a line each part, what was not understood last."""
    lines = []
    for name in ("kinds", "themes", "headings", "places", "areas", "units", "partners", "decisions"):
        for item in getattr(reading, name):
            lines.append(f"{_PARTS.get(name, name.removesuffix('s'))}: {item.label} (“{item.words}”, by {item.how})")
    lines += [f"date: {words} = {first}" + (f" to {last}" if last != first else "") for words, first, last in reading.dates]
    lines += [f"audience: {', '.join(reading.audience)}"] if reading.audience else []
    lines += [f"words looked for: {', '.join(reading.words[:_SHOWN_UNKNOWN])}"] if reading.words else []
    lines += [f"not understood: “{words[:200]}” ({why})" for words, why in reading.unknown[:_SHOWN_UNKNOWN]]
    more = len(reading.unknown) - _SHOWN_UNKNOWN
    lines += [f"not understood: {more} more"] if more > 0 else []
    return lines or ["nothing was read"]


def _numbers(numbers: Counter[int]) -> str:
    from oscegraph.drafts_found import CIRCLES

    return ", ".join(f"{name} {numbers[n]}" for n, name in enumerate(CIRCLES) if numbers[n])


def slugs(roles: Counter[str]) -> str:
    """Return roles with their numbers, the most frequent first."""
    return ", ".join(f"{role} {n}" for role, n in sorted(roles.items(), key=lambda item: (-item[1], item[0])))


def _why(row: Row) -> str:
    """Return why a unit is to be asked; its activities stand in a column of their own."""
    return "; ".join(word for word in row.words if not word.startswith("activities: "))


def _lists(found: Plan, most: int = 4) -> list[tuple[str, list[str], list[list[Any]]]]:
    """Return the lists of a plan: title, columns, rows; the second column is the name, the last is where it stands."""
    from oscegraph.drafts_found import CIRCLES, places

    def rows(items: list[Row], words: Any) -> list[list[Any]]:
        return [[n, r.label, _numbers(r.numbers), words(r), places(r.sources, most)] for n, r in enumerate(items, 1)]

    def fits(items: list[Fit]) -> list[list[Any]]:
        return [
            [
                n,
                fit.activity.label,
                f"{CIRCLES[fit.circle]}, {fit.points:g}",
                "; ".join(fit.reasons),
                places(fit.sources, most),
            ]
            for n, fit in enumerate(items, 1)
        ]

    posts: list[list[Any]] = [
        [n, row.words[0], ", ".join(row.words[1:]) or "no title told", places(row.sources, most)]
        for n, row in enumerate(found.focal_points, 1)
    ]
    done = ["activity", "fits in, points", "why"]
    of: list[tuple[str, list[str], list[list[Any]]]] = [
        ("Ask first", ["unit", "activities", "why"], rows(found.ask, _why)),
        ("Done there and on that", done, fits(found.fits)),
        ("Done there, on something else", done, fits(found.there)),
        ("By whom", ["unit", "activities", "told or named"], rows(found.units, lambda r: slugs(r.roles))),
        ("With which partners", ["partner", "activities", "roles"], rows(found.partners, lambda r: slugs(r.roles))),
        ("On which decisions", ["decision", "activities", "how"], rows(found.decisions, lambda r: r.words[0])),
        ("Focal points", ["unit", "posts"], posts),
    ]
    return [(title, ["rank", *columns, "where"], lines) for title, columns, lines in of]


def _flat(columns: list[str], row: list[Any]) -> list[Any]:
    """Return a row with rank, name, numbers, words and where; focal points have no numbers."""
    return row if len(columns) == 5 else [*row[:2], "", *row[2:]]
