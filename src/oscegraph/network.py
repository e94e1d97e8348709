"""Stage 11: networks of co-operation, as declared projections of the graph.

Who counts as tied, by which roles, on which events, is a query in `queries/networks/`. A query gives either incidence rows
(?activity ?actor ?role), which are projected to ties between actors, or tie rows (?activity ?source ?target ?role), which
are ties between two kinds of nodes. Options choose activities, actors and weights; every tie keeps its events, dates, roles
and chapters.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from itertools import combinations
from typing import TYPE_CHECKING, Any

from oscegraph import __version__, answers, query, resources
from oscegraph.answers import Filters
from oscegraph.directory import Directory, Thing
from oscegraph.errors import FilterError, QueryError, did_you_mean
from oscegraph.namespaces import local_name
from oscegraph.store import Store
from oscegraph.tellings import ROLES, read_activities

if TYPE_CHECKING:
    import networkx as nx

WEIGHTINGS = ("raw", "fractional", "newman", "jaccard")
SERIES = ("once", "n")
# The five sides between which brokerage is counted; each type of actor belongs to one.
GROUPS = {
    "secretariat-unit": "OSCE unit",
    "institution": "OSCE unit",
    "field-operation": "OSCE unit",
    "organization": "organization",
    "state": "state",
    "territory": "state",
    "national-body": "national body",
}
_HEADER = re.compile(r"^#\+ (\w+): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Options:
    """How a network is made of a query. Everything here is printed with the result, so that it can be made again."""

    network: str = "actors"
    weighting: str = "raw"
    series: str = "once"
    types: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    least: float = 0.0
    filters: Filters = field(default_factory=Filters)

    def as_dict(self) -> dict[str, Any]:
        """Return the options as plain values, the filters in words."""
        plain = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "filters"}
        return {**plain, "types": list(self.types), "roles": list(self.roles), "filters": dict(self.filters.labels)}


def networks() -> list[tuple[str, str, str, str]]:
    """Return (name, title, mode, text) of each declared network."""
    found = []
    for path in sorted((resources.queries_dir() / "networks").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        header = dict(_HEADER.findall(text))
        found.append((path.stem, header["network"], header["mode"], text))
    return found


def _check(options: Options) -> None:
    for name, value, valid in (("weighting", options.weighting, WEIGHTINGS), ("series", options.series, SERIES)):
        if value not in valid:
            raise FilterError(name, value, valid)
    for role in options.roles:
        if role not in ROLES:
            raise FilterError("role", role, ROLES)


@dataclass
class _Event:
    """One activity of a network: who is in it, in which roles, and how often it counts."""

    actors: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    ties: dict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    times: int = 1
    first: str | None = None
    last: str | None = None
    precision: str | None = None
    label: str = ""
    chapters: list[str] = field(default_factory=list)
    themes: list[str] = field(default_factory=list)


def _events(store: Store, directory: Directory, options: Options, text: str) -> dict[str, _Event]:
    """Run the query of a network and return its activities with those who are in them, filters applied."""
    allowed = _actors_of(store, directory, options.types)
    columns, rows = store.select(text)
    position = {name: index for index, name in enumerate(columns)}
    if "activity" not in position or not ({"actor"} <= set(columns) or {"source", "target"} <= set(columns)):
        raise QueryError("a network query gives ?activity ?actor ?role, or ?activity ?source ?target ?role.")
    found: dict[str, _Event] = defaultdict(_Event)
    for row in rows:
        value = {name: query.plain(row[index]) or "" for name, index in position.items()}
        role = local_name(value.get("role", ""))
        if options.roles and role not in options.roles:
            continue
        if "actor" in position:
            if allowed is None or value["actor"] in allowed:
                found[value["activity"]].actors[value["actor"]].add(role)
        elif allowed is None or value["target"] in allowed or value["source"] in allowed:
            found[value["activity"]].ties[value["source"], value["target"]].add(role)
    if options.filters.active():
        kept = {row["activity"] for row in answers.run_filtered(store, "activities", options.filters)}
        found = {iri: event for iri, event in found.items() if iri in kept}
    for activity in read_activities(store, directory, sorted(found)):
        event = found[activity.id]
        event.label = activity.label
        event.first, event.last, event.precision = activity.start, activity.end, activity.first("datePrecision")
        event.chapters = sorted({telling.chapter for telling in activity.tellings}, key=_chapter_key)
        event.themes = sorted(local_name(iri) for iri in activity.facts.get("theme", ()))
        if options.series == "n":
            event.times = max((telling.events for telling in activity.tellings), default=1)
    return dict(sorted(found.items()))


def _chapter_key(chapter: str) -> list[Any]:
    return [int(part) if part.isdigit() else part for part in chapter.split(".")]


def _actors_of(store: Store, directory: Directory, types: Sequence[str]) -> set[str] | None:
    """Return the actors of the wanted types, or None for all."""
    if not types:
        return None
    found: set[str] = set()
    for name in types:
        rows = query.run(store, "actors-of-class", type=directory.type_class(name))
        found |= {row["actor"] or "" for row in rows}
    return found


def build(store: Store, directory: Directory, options: Options | None = None) -> nx.Graph:
    """Return the network as a plain networkx graph; node and tie order are fixed.

    Nodes carry label, type, group, area and events; ties carry weight, events, roles, first, last, chapters and themes.
    Raises QueryError for a network that does not exist, FilterError for an option that is none of the valid ones.
    """
    import networkx as nx

    options = options or Options()
    _check(options)
    known = {name: (title, mode, text) for name, title, mode, text in networks()}
    if options.network not in known:
        raise QueryError(
            f'there is no network "{options.network}".{did_you_mean(options.network, known)} Networks: {", ".join(known)}.'
        )
    title, mode, text = known[options.network]
    events = _events(store, directory, options, text)
    graph = nx.Graph(
        name=options.network,
        title=title,
        mode=mode,
        options=options.as_dict(),
        query_sha256=hashlib.sha256(text.encode()).hexdigest(),
        version=__version__,
    )
    if mode == "two-mode":
        _two_mode(graph, directory, events)
    elif any(event.ties for event in events.values()):
        _direct(graph, directory, events, options)
    else:
        _project(graph, directory, events, options)
    if options.least > 0:
        graph.remove_edges_from([(a, b) for a, b, weight in graph.edges(data="weight") if weight < options.least])
        graph.remove_nodes_from([node for node, degree in list(graph.degree()) if degree == 0])
    return graph


def describe(directory: Directory, iri: str) -> dict[str, Any]:
    """Return what a network says of a node."""
    thing = directory.things.get(iri) or Thing(iri, "", iri)
    area = next(iter(thing.facts.get("jurisdiction") or thing.facts.get("hostArea") or ()), None)
    return {
        "label": thing.label or local_name(iri),
        "short": thing.short or thing.label,
        "type": thing.type,
        "group": GROUPS.get(thing.type, "other"),
        "area": directory.label(area) if area else None,
    }


def _two_mode(graph: nx.Graph, directory: Directory, events: dict[str, _Event]) -> None:
    for iri, event in events.items():
        graph.add_node(
            iri,
            label=event.label,
            short=event.label,
            type="activity",
            group="activity",
            area=None,
            bipartite=1,
            first=event.first,
            last=event.last,
            chapters=event.chapters,
            themes=event.themes,
        )
        for actor, roles in sorted(event.actors.items()):
            if actor not in graph:
                graph.add_node(actor, **describe(directory, actor), bipartite=0)
            graph.add_edge(
                iri,
                actor,
                weight=float(event.times),
                roles=_ordered(roles),
                events=[iri],
                first=event.first,
                last=event.last,
                chapters=event.chapters,
                themes=event.themes,
            )
    _count_events(graph, events)


def _ordered(roles: Iterable[str]) -> list[str]:
    return sorted(filter(None, roles), key=lambda role: ROLES.index(role) if role in ROLES else 99)


@dataclass
class _Tie:
    """What a tie is made of while events are added to it."""

    weight: float = 0.0
    events: list[str] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)
    chapters: set[str] = field(default_factory=set)
    themes: set[str] = field(default_factory=set)
    first: str | None = None
    last: str | None = None

    def add(self, iri: str, event: _Event, share: float, roles: Iterable[str]) -> None:
        self.weight += share * event.times
        self.events.append(iri)
        self.roles.update(roles)
        self.chapters.update(event.chapters)
        self.themes.update(event.themes)
        if event.first and event.last:
            self.first = min(self.first or event.first, event.first)
            self.last = max(self.last or event.last, event.last)


def _share(weighting: str, size: int) -> float:
    """Return what one event adds to the weight of one of its ties.

    raw: 1. fractional: 1 / (k (k - 1) / 2), so that each event adds 1 in all. newman: 1 / (k - 1), so that each event adds 1
    to the strength of each of its k actors (Newman 2001, Physical Review E 64, 016132).
    """
    if weighting == "fractional":
        return 2.0 / (size * (size - 1))
    return 1.0 / (size - 1) if weighting == "newman" else 1.0


def _project(graph: nx.Graph, directory: Directory, events: dict[str, _Event], options: Options) -> None:
    ties: dict[tuple[str, str], _Tie] = defaultdict(_Tie)
    times: dict[str, int] = defaultdict(int)
    for iri, event in events.items():
        actors = sorted(event.actors)
        for actor in actors:
            times[actor] += event.times
        if len(actors) < 2:
            continue
        share = _share(options.weighting, len(actors))
        for pair in combinations(actors, 2):
            ties[pair].add(iri, event, share, event.actors[pair[0]] | event.actors[pair[1]])
    for actor in sorted(times):
        graph.add_node(actor, **describe(directory, actor))
    _add_ties(graph, ties, options, times)
    _count_events(graph, events)


def _direct(graph: nx.Graph, directory: Directory, events: dict[str, _Event], options: Options) -> None:
    ties: dict[tuple[str, str], _Tie] = defaultdict(_Tie)
    times: dict[str, int] = defaultdict(int)
    sides: dict[str, int] = {}
    for iri, event in events.items():
        sources, targets = {a for a, _ in event.ties}, {b for _, b in event.ties}
        for node in sources | targets:
            times[node] += event.times
        share = {"raw": 1.0, "fractional": 1.0 / len(event.ties), "newman": 1.0 / len(targets)}.get(options.weighting, 1.0)
        for (source, target), roles in sorted(event.ties.items()):
            sides[source], sides[target] = 0, 1
            ties[source, target].add(iri, event, share, roles)
    for node in sorted(sides):
        graph.add_node(node, **describe(directory, node), bipartite=sides[node])
    _add_ties(graph, ties, options, times)
    _count_events(graph, events)


def _add_ties(graph: nx.Graph, ties: dict[tuple[str, str], _Tie], options: Options, times: dict[str, int]) -> None:
    for (a, b), tie in sorted(ties.items()):
        weight = tie.weight
        if options.weighting == "jaccard":
            weight = tie.weight / (times[a] + times[b] - tie.weight)
        graph.add_edge(
            a,
            b,
            weight=weight,
            events=tie.events,
            roles=_ordered(tie.roles),
            first=tie.first,
            last=tie.last,
            chapters=sorted(tie.chapters, key=_chapter_key),
            themes=sorted(tie.themes),
        )


def _count_events(graph: nx.Graph, events: dict[str, _Event]) -> None:
    counts: dict[str, int] = defaultdict(int)
    for event in events.values():
        for node in set(event.actors) | {node for tie in event.ties for node in tie}:
            counts[node] += 1
    for node, data in graph.nodes(data=True):
        data["events"] = counts.get(node, 1 if data.get("bipartite") == 1 else 0)
