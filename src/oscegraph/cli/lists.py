"""actors, activities, tellings, decisions: lists with filters."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from oscegraph import answer_views, answers
from oscegraph.cli import common
from oscegraph.directory import INSTRUMENT_CLASSES, TYPES
from oscegraph.filters import Filters, run_filtered


@click.command(epilog=common.examples("oscegraph actors --type field-operation", "oscegraph actors interior --area Serbia"))
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
    """List actors, or those with WORDS in any of their names."""
    graph = common.open_graph(data, timeout)
    names = graph.directory
    cls = None if type_name is None else names.type_class(type_name)
    where = None if area is None else names.area(area).iri
    found = answers.find_actors(graph.store, names, cls, where, " ".join(words), named)
    total = len(names.actors())
    notes = [] if found else [f"No actor fits. Without filters there are {total}."]
    common.finish(answer_views.actors_answer(names, found, notes), format_name)


def _more(graph: Any, actor: str | None, chapter: str | None = None) -> dict[str, str]:
    more = {} if actor is None else {"actor": graph.actor(actor).iri}
    if chapter is not None:
        more["section"] = graph.directory.find(chapter, {"Section"}, "chapter").iri
    return more


@click.command(
    epilog=common.examples(
        'oscegraph activities --in "Central Asia" --on drugs',
        "oscegraph activities --actor UNODC --role organizer --from October",
    )
)
@common.filter_options
@common.more_filter_options
@common.report_option
@common.format_option
@common.data_option
def activities(
    report: Path | None, format_name: str, data: tuple[str, ...], timeout: float, actor: str | None, **words: Any
) -> None:
    """List activities, each once, whichever chapters tell of it."""
    graph = common.open_graph(data, timeout)
    filters, more = graph.filters(**words), _more(graph, actor)
    found = answers.find_activities(graph.store, graph.directory, filters, **more)

    def count(changed: Filters) -> int:
        return len(run_filtered(graph.store, "activities", changed, **more))

    notes = common.explain_empty(filters, len(found), count, "activity")
    common.finish(answer_views.activities_answer(found, common.open_report(graph, report), notes), format_name)


@click.command(epilog=common.examples("oscegraph tellings --chapter II.3.8", "oscegraph tellings --on drugs --format json"))
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
    """List tellings: what each chapter says of an activity, at which lines. Filters apply to the telling itself."""
    graph = common.open_graph(data, timeout)
    filters, more = graph.filters(**words), _more(graph, actor, chapter)
    found = answers.find_tellings(graph.store, graph.directory, filters, **more)

    def count(changed: Filters) -> int:
        return len(run_filtered(graph.store, "tellings", changed, **more))

    notes = common.explain_empty(filters, len(found), count, "telling")
    common.finish(answer_views.tellings_answer(found, common.open_report(graph, report), notes), format_name)


@click.command(epilog=common.examples("oscegraph decisions --on thb", 'oscegraph decisions --tasks "Secretary General"'))
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
    """List decisions with the body that adopted them, whom they task, and how many activities rest on them."""
    graph = common.open_graph(data, timeout)
    names = graph.directory
    theme = None if on is None else names.concept("theme", on)
    adopter, tasked = (None if word is None else names.find(word).iri for word in (body, tasks))
    classes = INSTRUMENT_CLASSES if everything else {"Decision"}
    total = answers.find_instruments(graph.store, names, classes)
    found = [i for i in total if i.fits(theme, adopter, tasked)]
    notes = [] if found else [f"No instrument fits. Without filters there are {len(total)}."]
    if not found and not everything:
        notes.append("Declarations, action plans, treaties and other instruments are left out; --all adds them.")
    common.finish(answer_views.instruments_answer(names, found, notes), format_name)
