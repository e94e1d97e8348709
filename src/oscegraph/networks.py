"""Stage 11b: networks of co-operation, as declared projections of the graph.

Activities with those who took part in them (see `events`) become ties. Every tie keeps its activities, dates, roles,
chapters and themes, so that each number can be followed back to the report.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from oscegraph import __version__
from oscegraph.directory import Directory, Thing
from oscegraph.events import Event, Events, Options, chapter_key, declared, months_of, ordered_roles, read_events
from oscegraph.namespaces import local_name
from oscegraph.store import Store

if TYPE_CHECKING:
    import networkx as nx

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


def build(store: Store, directory: Directory, options: Options | None = None) -> nx.Graph:
    """Return the network as a plain networkx graph; node and tie order are fixed.

    Nodes carry label, short, type, group, area and events; ties carry weight, events, roles, first, last, chapters and
    themes. Raises QueryError for a network that does not exist, FilterError for an option that is none of the valid ones.
    """
    options = options or Options()
    with _uncollected():
        return project(read_events(store, directory, options), directory, options)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Put off the collection of garbage: a network is a million small objects, none of them in cycles."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def project(events: Events, directory: Directory, options: Options) -> nx.Graph:
    """Return the network that the given activities make, under the same options; see `build`.

    Reading once and projecting many times is what resampling of activities needs: leave activities out, or change how often
    they count (`Event.times`).
    """
    import networkx as nx

    network = declared(options.network)
    graph = nx.Graph(
        name=network.name,
        title=network.title,
        mode=network.mode,
        options=options.as_dict(),
        query_sha256=hashlib.sha256(network.text.encode()).hexdigest(),
        version=__version__,
    )
    if network.mode == "two-mode":
        _two_mode(graph, directory, events)
    elif any(event.ties for event in events.values()):
        _direct(graph, directory, events, options)
    else:
        _project(graph, directory, events, options)
    if options.least > 0:
        graph.remove_edges_from([(a, b) for a, b, weight in graph.edges(data="weight") if weight < options.least])
        graph.remove_nodes_from([node for node, degree in list(graph.degree()) if degree == 0])
    return graph


def by_month(events: Events, directory: Directory, options: Options, possible: bool = False) -> dict[str, nx.Graph]:
    """Return the network of each month, "2011-03" and so on, from the first to the last with a dated activity.

    An activity counts in each month in which it was for sure; with `possible` also where its date is too vague to be sure.
    """
    return {
        month: project({i: e for i, e in events.items() if e.within(first, last, possible)}, directory, options)
        for month, first, last in months_of(events)
    }


def describe(directory: Directory, iri: str) -> dict[str, Any]:
    """Return what a network says of a node."""
    thing = directory.things.get(iri) or Thing(iri, "", iri)
    area = next(iter(thing.facts.get("jurisdiction") or thing.facts.get("hostArea") or ()), None)
    return {
        "label": thing.label or local_name(iri),
        "short": thing.short or thing.label,
        "type": thing.type,
        "group": GROUPS.get(thing.type, "other" if thing.is_actor or not thing.cls else "thing"),
        "area": directory.label(area) if area else None,
    }


def _two_mode(graph: nx.Graph, directory: Directory, events: Events) -> None:
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
                roles=ordered_roles(roles),
                events=[iri],
                first=event.first,
                last=event.last,
                chapters=event.chapters,
                themes=event.themes,
            )
    _count_events(graph, events)


class _Names:
    """Sets of names as whole numbers, a bit a name: joining two sets is one operation, and most sets recur."""

    def __init__(self, order: Callable[[Iterable[str]], list[str]]) -> None:
        self._order = order
        self._bits: dict[str, int] = {}
        self._lists: dict[int, list[str]] = {0: []}

    def number(self, names: Iterable[str]) -> int:
        """Return the number of a set of names."""
        total = 0
        for name in names:
            bit = self._bits.get(name)
            if bit is None:
                bit = self._bits[name] = 1 << len(self._bits)
            total |= bit
        return total

    def names(self, number: int) -> list[str]:
        """Return the names of a number in their order, as a list of the caller's own."""
        found = self._lists.get(number)
        if found is None:
            found = self._order(name for name, bit in self._bits.items() if number & bit)
            self._lists[number] = found
        return found.copy()


@dataclass(slots=True)
class _Tie:
    """What a tie is made of while events are added to it; names are numbers of `_Names`."""

    weight: float = 0.0
    events: list[str] = field(default_factory=list)
    roles: int = 0
    chapters: int = 0
    themes: int = 0
    first: str | None = None
    last: str | None = None


class _Ties:
    """The ties between numbered nodes, gathered event by event."""

    def __init__(self) -> None:
        self.ties: dict[tuple[int, int], _Tie] = defaultdict(_Tie)
        self.roles, self.chapters, self.themes = _Names(ordered_roles), _Names(_by_chapter), _Names(sorted)

    def add(self, iri: str, event: Event, pairs: Iterable[tuple[int, int, int]], weight: float) -> None:
        """Add an event to the ties between pairs of nodes: (number, number, number of the roles), each with that weight."""
        chapters, themes = self.chapters.number(event.chapters), self.themes.number(event.themes)
        first, last = (event.first, event.last) if event.first and event.last else (None, None)
        for a, b, roles in pairs:
            tie = self.ties[a, b]
            tie.weight += weight
            tie.events.append(iri)
            tie.roles |= roles
            tie.chapters |= chapters
            tie.themes |= themes
            if first and last:
                tie.first = first if tie.first is None or first < tie.first else tie.first
                tie.last = last if tie.last is None or last > tie.last else tie.last

    def into(self, graph: nx.Graph, nodes: list[str], times: list[float], weighting: str) -> None:
        """Add the ties to a graph, in the order of their nodes."""
        for (a, b), tie in sorted(self.ties.items(), key=itemgetter(0)):
            weight = tie.weight / (times[a] + times[b] - tie.weight) if weighting == "jaccard" else tie.weight
            graph.add_edge(
                nodes[a],
                nodes[b],
                weight=weight,
                events=tie.events,
                roles=self.roles.names(tie.roles),
                first=tie.first,
                last=tie.last,
                chapters=self.chapters.names(tie.chapters),
                themes=self.themes.names(tie.themes),
            )


def _by_chapter(chapters: Iterable[str]) -> list[str]:
    return sorted(chapters, key=chapter_key)


def share(event: Event, weighting: str) -> float:
    """Return what one event adds to the weight of each of its ties (before a Jaccard weight is divided).

    raw: 1. fractional: 1 / (k (k - 1) / 2) with k actors, so that each event adds 1 in all. newman: 1 / (k - 1), so that
    each event adds 1 to the strength of each of its k actors (Newman 2001, Physical Review E 64, 016132). Where the event
    has ties between two kinds of nodes: 1 / ties, and 1 / targets. All of it as often as the event counts.
    """
    one = 1.0
    if event.ties:
        if weighting == "fractional":
            one = 1.0 / len(event.ties)
        elif weighting == "newman":
            one = 1.0 / len({target for _, target in event.ties})
    elif len(event.actors) > 1:
        size = len(event.actors)
        if weighting == "fractional":
            one = 2.0 / (size * (size - 1))
        elif weighting == "newman":
            one = 1.0 / (size - 1)
    return one * event.times


def _project(graph: nx.Graph, directory: Directory, events: Events, options: Options) -> None:
    nodes = sorted(set(chain.from_iterable(event.actors for event in events.values())))
    number = {node: index for index, node in enumerate(nodes)}
    times = [0.0] * len(nodes)
    ties = _Ties()
    for iri, event in events.items():
        actors = sorted((number[actor], ties.roles.number(roles)) for actor, roles in event.actors.items())
        for actor, _ in actors:
            times[actor] += event.times
        if len(actors) > 1:
            pairs = [(a, b, one | other) for (a, one), (b, other) in combinations(actors, 2)]
            ties.add(iri, event, pairs, share(event, options.weighting))
    for node in nodes:
        graph.add_node(node, **describe(directory, node))
    ties.into(graph, nodes, times, options.weighting)
    _count_events(graph, events)


def _direct(graph: nx.Graph, directory: Directory, events: Events, options: Options) -> None:
    nodes = sorted(set(chain.from_iterable(event.everyone() for event in events.values())))
    number = {node: index for index, node in enumerate(nodes)}
    times = [0.0] * len(nodes)
    sides = [0] * len(nodes)
    ties = _Ties()
    for iri, event in events.items():
        for node in event.everyone():
            times[number[node]] += event.times
        for _, target in event.ties:
            sides[number[target]] = 1
        pairs = [(number[a], number[b], ties.roles.number(roles)) for (a, b), roles in event.ties.items()]
        ties.add(iri, event, pairs, share(event, options.weighting))
    for index, node in enumerate(nodes):
        graph.add_node(node, **describe(directory, node), bipartite=sides[index])
    ties.into(graph, nodes, times, options.weighting)
    _count_events(graph, events)


def _count_events(graph: nx.Graph, events: Events) -> None:
    counts: dict[str, int] = defaultdict(int)
    for event in events.values():
        for node in event.everyone():
            counts[node] += 1
    for node, data in graph.nodes(data=True):
        data["events"] = counts.get(node, 1 if data.get("bipartite") == 1 else 0)
