"""Stage 15: a whole network analysis in one go: what is asked (`Plan`), and everything that is found (`Analysis`).

A plan holds the words as the user gave them, so that it can be written into a file, read back, and run again on other data.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Hashable
from dataclasses import asdict, dataclass, field, fields, replace
from typing import TYPE_CHECKING, Any

from oscegraph import networks, query
from oscegraph.api import Oscegraph
from oscegraph.errors import EmptyNetwork, FilterError, OscegraphError
from oscegraph.events import Events, Options, read_events
from oscegraph.export import export
from oscegraph.figures import Month
from oscegraph.namespaces import local_name

if TYPE_CHECKING:
    import networkx as nx

    from oscegraph.communities import Communities
    from oscegraph.robustness import Interval, LeftOut, Weightings
    from oscegraph.significance import TieTest

# Networks of one of these modes say who met whom, which is what a test of ties and a resampling of meetings ask for.
MEETINGS = ("one-mode", "two-mode")
LEVEL = 0.05
# What may be asked for, from and to: enough to say anything, and not so much that a manifest could keep a machine busy
# for days.
LIMITS = {"seeds": (2, 1000), "draws": (10, 100_000), "bootstrap": (10, 10_000), "seed": (0, 2**32 - 1)}
_FILTERS = ("on", "place", "start", "end")


@dataclass(frozen=True)
class Plan:
    """What an analysis is asked for: the options of the network in the user's words, and how often chance is asked."""

    network: str = "actors"
    weighting: str = "raw"
    series: str = "once"
    types: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    least: float = 0.0
    on: str | None = None
    place: str | None = None
    start: str | None = None
    end: str | None = None
    possible: bool = False
    measures: tuple[str, ...] = ()
    measure: str = "strength"
    seeds: int = 50
    draws: int = 1000
    seed: int = 0
    bootstrap: int = 200

    def as_dict(self) -> dict[str, Any]:
        """Return the plan as plain values, as a manifest holds them."""
        return {key: list(value) if isinstance(value, tuple) else value for key, value in asdict(self).items()}

    @classmethod
    def of(cls, words: Any) -> Plan:
        """Return the plan that `as_dict` wrote; raises ValueError, which says what is wrong, for anything else."""
        if not isinstance(words, dict):
            raise ValueError("its options are no object")
        known = {f.name: f for f in fields(cls)}
        if unknown := sorted(map(str, set(words) - set(known))):
            raise ValueError(f'its option "{unknown[0]}" is unknown here')
        if missing := sorted(set(known) - set(words)):
            raise ValueError(f'its option "{missing[0]}" is missing')
        return cls(**{name: _value(name, words[name], known[name].default) for name in known})

    def options(self, graph: Oscegraph) -> Options:
        """Return the options of the network; raises FilterError, NameNotFound or DateError for a word without meaning."""
        filters = graph.filters(on=self.on, place=self.place, start=self.start, end=self.end, possible=self.possible)
        return Options(self.network, self.weighting, self.series, self.types, self.roles, self.least, filters)

    def check(self) -> Plan:
        """Return the plan with all its measures named; raises OscegraphError for what means nothing."""
        from oscegraph.measures import MEASURES

        chosen = tuple(dict.fromkeys(self.measures)) or tuple(MEASURES)
        for name in (*chosen, self.measure):
            if name not in MEASURES:
                raise FilterError("measure", name, list(MEASURES))
        if not math.isfinite(self.least):
            raise OscegraphError(f"--least {self.least} is no weight. Name a number, such as 0.5.")
        return replace(self, measures=chosen)


def _value(name: str, value: Any, default: Any) -> Any:
    """Return one value of a plan in the type of its default; raises ValueError."""
    wrong = ValueError(f'its option "{name}" has a value of the wrong kind')
    if isinstance(default, tuple):
        if not isinstance(value, list):
            raise wrong
        return tuple(_value(name, item, "") for item in value)
    if name in _FILTERS and value is None:
        return None
    if isinstance(default, bool) or isinstance(value, bool):
        if not (isinstance(default, bool) and isinstance(value, bool)):
            raise wrong
        return value
    if isinstance(default, (int, float)):
        if not isinstance(value, (int, float)) or not math.isfinite(value):
            raise wrong
        if isinstance(default, float):
            return float(value)
        low, high = LIMITS[name]
        if not isinstance(value, int) or not low <= value <= high:
            raise ValueError(f'its option "{name}" is no whole number from {low} to {high}')
        return value
    # A text with half of a surrogate pair has no UTF-8, and no query could be asked with it.
    if not isinstance(value, str) or not value.isprintable() or len(value) > 1000:
        raise wrong
    return value


@dataclass(frozen=True)
class Data:
    """Which data were analysed: the hash and size of the graph as sorted N-Quads, and what the graph says of itself."""

    sha256: str
    triples: int
    dataset: str | None = None
    facts: dict[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """Return it as a manifest holds it."""
        stated = {"edition": "versionInfo", "title": "title", "issued": "issued", "source_sha256": "sourceSha256"}
        found = {key: self.facts.get(name) for key, name in stated.items()}
        return {"nquads_sha256": self.sha256, "triples": self.triples, "dataset": self.dataset, **found}


def read_data(graph: Oscegraph) -> Data:
    """Return which data a graph holds."""
    content = export(graph.store, graph.directory, "nquads")
    dataset: str | None = None
    facts: dict[str, str] = {}
    for row in query.run(graph.store, "dataset"):
        if row["dataset"] and row["property"] and row["value"]:
            dataset = dataset or row["dataset"]
            if row["dataset"] == dataset:
                facts.setdefault(local_name(row["property"]), row["value"])
    return Data(hashlib.sha256(content).hexdigest(), content.count(b"\n"), dataset, facts)


@dataclass
class Analysis:
    """Everything that was found. `tests`, `weightings`, `intervals` and `left_out` are None where they have no meaning."""

    plan: Plan
    data: Data
    options: Options
    events: Events
    network: nx.Graph
    measures: list[dict[str, Any]]
    communities: Communities
    months: list[tuple[Month, int, float]]
    tests: list[TieTest] | None
    weightings: Weightings
    intervals: list[Interval]
    left_out: list[LeftOut]

    def label(self, node: Hashable) -> str:
        """Return the name of a node."""
        return str(self.network.nodes[node]["label"]) if node in self.network else str(node)

    def short(self, node: Hashable) -> str:
        """Return the acronym of a node, or else its name."""
        return str(self.network.nodes[node]["short"] or self.label(node)) if node in self.network else str(node)

    def results(self) -> dict[str, Any]:
        """Return the numbers that say what the analysis found as a whole."""
        import networkx as nx

        found = self.communities
        dated = [event.precision for event in self.events.values()]
        tests = self.tests or []
        return {
            "query_sha256": self.network.graph["query_sha256"],
            "activities": len(self.events),
            "activities_with_ties": len({event for *_, events in self.network.edges(data="events") for event in events}),
            "activities_without_date": sum(event.first is None for event in self.events.values()),
            "activities_dated_to_day": dated.count("day"),
            "nodes": len(self.network),
            "ties": self.network.number_of_edges(),
            "density": nx.density(self.network),
            "parts": nx.number_connected_components(self.network),
            "largest_part": max(map(len, nx.connected_components(self.network))),
            "communities": {
                "number": len(found.communities),
                "agreement": found.agreement,
                "modularity": found.modularity,
                "seeds": found.seeds,
                "resolution": found.resolution,
                "rounds": found.rounds,
            },
            "ties_tested": len(tests),
            "ties_beyond_chance": sum(test.q <= LEVEL for test in tests),
            "rank_agreement": {
                f"{a} and {b}": None if math.isnan(tau) else tau for (a, b), tau in self.weightings.agreement.items()
            },
        }


def run(graph: Oscegraph, plan: Plan, progress: Callable[[str], None] = lambda step: None) -> Analysis:
    """Return the analysis of a plan; raises OscegraphError for a network without any tie or a word without meaning."""
    from oscegraph import communities, measures, robustness, significance

    plan = plan.check()
    options = plan.options(graph)
    directory = graph.directory
    progress("the network")
    events = read_events(graph.store, directory, options)
    network = networks.project(events, directory, options)
    if not network.number_of_edges():
        bare = networks.build(graph.store, directory, Options(plan.network))
        raise EmptyNetwork(bare.number_of_edges())
    progress("measures")
    rows = sorted(measures.table(network, list(plan.measures)), key=lambda row: str(row["node"]))
    progress("communities")
    parts = communities.consensus(network, plan.seeds)
    tests = None
    if network.graph["mode"] in MEETINGS:
        # Meetings are tested whole: a least weight would take some of them out before.
        whole = networks.project(events, directory, replace(options, least=0.0)) if options.least > 0 else network
        tests = significance.ties(
            significance.incidence_of(whole), plan.draws, plan.seed, lambda done: progress(f"draw {done} of {plan.draws}")
        )
    progress("other weightings")
    return Analysis(
        plan=plan,
        data=read_data(graph),
        options=options,
        events=events,
        network=network,
        measures=rows,
        communities=parts,
        months=_months(graph, events, options),
        tests=tests,
        weightings=robustness.between_weightings(events, directory, options, plan.measure),
        intervals=robustness.bootstrap(
            events,
            directory,
            options,
            plan.measure,
            plan.bootstrap,
            plan.seed,
            progress=lambda done: progress(f"resample {done} of {plan.bootstrap}"),
        ),
        left_out=robustness.without_chapters(events, directory, options, plan.measure),
    )


def _months(graph: Oscegraph, events: Events, options: Options) -> list[tuple[Month, int, float]]:
    """Return for each month its numbers of activities that make a tie and of ties, its number of actors, and its density."""
    import networkx as nx

    found = []
    for month, made in networks.by_month(events, graph.directory, options, options.filters.possible).items():
        tied = {event for *_, behind in made.edges(data="events") for event in behind}
        found.append((Month(month, len(tied), made.number_of_edges()), len(made), float(nx.density(made))))
    return found
