"""actors, activities, tellings, decisions: lists with filters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from oscegraph import answers, output, views
from oscegraph.answers import Filters
from oscegraph.cli import common
from oscegraph.directory import TYPES, fold
from oscegraph.namespaces import local_name
from oscegraph.show import INSTRUMENTS


@click.command()
@click.argument("words", nargs=-1)
@click.option("--type", "type_name", metavar="TYPE", help=f"Only this type: {', '.join(TYPES)}.")
@click.option("--area", metavar="STATE", help="Only bodies of this state or territory.")
@click.option("--named", is_flag=True, help="Only actors that some telling names.")
@common.format_option
@common.data_option
def actors(
    words: tuple[str, ...],
    type_name: str | None,
    area: str | None,
    named: bool,
    format_name: str,
    data: tuple[str, ...],
    timeout: float,
) -> None:
    """List actors, or those with WORDS in any of their names.

    \b
    oscegraph actors --type field-operation
    oscegraph actors interior --area Serbia
    """
    graph = common.open_graph(data, timeout)
    found = graph.directory.actors()
    total = len(found)
    if type_name:
        from oscegraph import query

        cls = graph.directory.type_class(type_name)
        inside = {row["actor"] for row in query.run(graph.store, "actors-of-class", type=cls)}
        found = [thing for thing in found if thing.iri in inside]
    if area:
        iri = graph.directory.area(area).iri
        found = [t for t in found if iri in (*t.facts.get("jurisdiction", ()), *t.facts.get("hostArea", ()), t.iri)]
    if words:
        wanted = fold(" ".join(words)).split()
        found = [t for t in found if any(all(w in fold(name) for w in wanted) for name in (t.label, *t.aliases))]
    if named:
        found = [thing for thing in found if thing.events]
    notes = [] if found else [f"No actor fits. Without filters there are {total}."]
    common.finish(views.actors_answer(graph.directory, found, notes), format_name)


def _more(graph: Any, actor: str | None, chapter: str | None = None) -> dict[str, str]:
    more = {"actor": graph.actor(actor).iri} if actor else {}
    if chapter:
        more["section"] = graph.directory.find(chapter, {"Section"}, "chapter").iri
    return more


@click.command()
@common.filter_options
@common.more_filter_options
@common.report_option
@common.format_option
@common.data_option
def activities(
    report: Path | None, format_name: str, data: tuple[str, ...], timeout: float, actor: str | None, **words: Any
) -> None:
    """List activities, each once, whichever chapters tell of it.

    \b
    oscegraph activities --in "Central Asia" --on drugs
    oscegraph activities --actor UNODC --role organizer --from October
    """
    graph = common.open_graph(data, timeout)
    filters, more = graph.filters(**words), _more(graph, actor)
    found = answers.find_activities(graph.store, graph.directory, filters, **more)

    def count(changed: Filters) -> int:
        return len(answers.run_filtered(graph.store, "activities", changed, **more))

    notes = common.explain_empty(filters, len(found), count, "activity")
    common.finish(views.activities_answer(found, common.open_report(graph, report), notes), format_name)


@click.command()
@click.option("--chapter", metavar="II.x.y", help="Only this chapter, such as II.3.8.")
@common.filter_options
@common.more_filter_options
@common.report_option
@common.format_option
@common.data_option
def tellings(
    chapter: str | None,
    report: Path | None,
    format_name: str,
    data: tuple[str, ...],
    timeout: float,
    actor: str | None,
    **words: Any,
) -> None:
    """List tellings: what each chapter says of an activity, at which lines. Filters apply to the telling itself.

    \b
    oscegraph tellings --chapter II.3.8
    oscegraph tellings --on drugs --format json
    """
    graph = common.open_graph(data, timeout)
    filters, more = graph.filters(**words), _more(graph, actor, chapter)
    found = answers.find_tellings(graph.store, graph.directory, filters, **more)

    def count(changed: Filters) -> int:
        return len(answers.run_filtered(graph.store, "tellings", changed, **more))

    notes = common.explain_empty(filters, len(found), count, "telling")
    common.finish(views.tellings_answer(found, common.open_report(graph, report), notes), format_name)


@click.command()
@click.option("--on", metavar="THEME", help="Only instruments on this theme.")
@click.option("--body", metavar="NAME", help="Only what this body adopted (MC, PC …).")
@click.option("--tasks", metavar="NAME", help="Only what tasks this body or post.")
@click.option("--all", "everything", is_flag=True, help="Also declarations, action plans, treaties, protocols, resolutions.")
@common.format_option
@common.data_option
def decisions(
    on: str | None,
    body: str | None,
    tasks: str | None,
    everything: bool,
    format_name: str,
    data: tuple[str, ...],
    timeout: float,
) -> None:
    """List decisions with the body that adopted them, whom they task, and how many activities rest on them.

    \b
    oscegraph decisions --on thb
    oscegraph decisions --tasks "Secretary General"
    """
    from oscegraph import query

    graph = common.open_graph(data, timeout)
    names = graph.directory
    wanted = INSTRUMENTS if everything else {"Decision"}
    theme = names.concept("theme", on) if on else None
    adopter, tasked = (names.find(word).iri if word else None for word in (body, tasks))
    items: dict[str, dict[str, Any]] = {}
    for row in query.run(graph.store, "instruments"):
        thing = names.things.get(row["instrument"] or "")
        if thing is None or thing.cls not in wanted:
            continue
        item = items.setdefault(thing.iri, {"id": thing.iri, "label": thing.label, "type": thing.type, "facts": {}})
        item["facts"].setdefault(local_name(row["property"] or ""), []).append(row["value"] or "")
    conditions = (("concernsTheme", theme), ("adoptedBy", adopter), ("tasks", tasked))
    found = [i for i in items.values() if all(v is None or v in i["facts"].get(key, ()) for key, v in conditions)]
    common.finish(_decisions(names, found, len(items)), format_name)


def _decisions(names: Any, found: list[dict[str, Any]], total: int) -> output.Answer:
    objects, rows = [], []
    for item in found:
        facts = item["facts"]
        labels = {key: [names.label(iri) for iri in facts.get(key, ())] for key in ("adoptedBy", "adoptedIn", "tasks", "recalls")}
        entry = {
            "id": item["id"],
            "symbol": (facts.get("symbol") or [None])[0],
            "label": item["label"],
            "type": item["type"],
            "adopted_by": (labels["adoptedBy"] or [None])[0],
            "adopted_on": (facts.get("adoptedOn") or [None])[0],
            "adopted_in": (labels["adoptedIn"] or [None])[0],
            "themes": sorted(local_name(iri) for iri in facts.get("concernsTheme", ())),
            "tasks": sorted(labels["tasks"]),
            "recalls": sorted(labels["recalls"]),
            "activities": int((facts.get("basis") or ["0"])[0]),
        }
        objects.append(entry)
    objects.sort(key=lambda e: (e["adopted_on"] or "9999", e["symbol"] or "", e["label"]))
    for e in objects:
        rows.append([e["symbol"] or "", e["label"], e["adopted_by"] or "", e["adopted_on"] or "", e["adopted_in"] or "", e["themes"], e["tasks"], e["activities"]])
    table = output.Table(["symbol", "title", "adopted by", "on", "in", "themes", "tasks", "activities"], rows, ["activities"])
    heading = output.Heading(f"{len(rows)} instrument{'' if len(rows) == 1 else 's'}", 1)
    notes = [] if rows else [f"No instrument fits. Without filters there are {total}."]
    return output.Answer([heading, *([table] if rows else [])], objects, objects, table, notes, bool(rows))
