"""network: projections count what they say, and every tie can be traced to its events."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable
from itertools import combinations, pairwise
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import oscegraph
from oscegraph import __version__, events, networks
from oscegraph.api import Oscegraph
from oscegraph.errors import FilterError, QueryError
from oscegraph.events import SERIES, WEIGHTINGS, Event, Options
from oscegraph.namespaces import expand
from oscegraph.networks import GROUPS
from oscegraph.tellings import ROLES

GRAPHS = Path(__file__).resolve().parent.parent / "graphs"

NAMES = [n.name for n in events.networks()]
NODE = {"label", "short", "type", "group", "area", "events"}
TIE = {"weight", "events", "roles", "first", "last", "chapters", "themes"}
EX = "http://example.org/"
# Activity one: 3 actors, drugs, March 2011, in Northland. Two: 2 actors, a series of 4, thb, June 2010, in Southland.
# Three: 1 actor, who is in nothing else.
SMALL = """
@prefix assistance: <https://w3id.org/oscegraph/vocab/assistance/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix e: <http://example.org/> .
@prefix kind: <https://w3id.org/oscegraph/vocab/kind/> .
@prefix osg: <https://w3id.org/oscegraph/ontology#> .
@prefix role: <https://w3id.org/oscegraph/vocab/role/> .
@prefix sec: <https://w3id.org/oscegraph/id/section/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix theme: <https://w3id.org/oscegraph/vocab/theme/> .
e:north a osg:State ; skos:prefLabel "Northland"@en .
e:south a osg:State ; skos:prefLabel "Southland"@en .
e:a a osg:InternationalOrganization ; skos:prefLabel "Alpha"@en ; osg:acronym "AL" .
e:b a osg:InternationalOrganization ; skos:prefLabel "Beta"@en .
e:c a osg:PublicBody ; skos:prefLabel "Gamma"@en ; osg:jurisdiction e:north .
e:d a osg:InternationalOrganization ; skos:prefLabel "Delta"@en .
e:one a osg:Activity ; skos:prefLabel "One"@en .
e:t1 a osg:Telling ; osg:tells e:one ; osg:inSection sec:II.1.2 ; osg:firstLine 1 ; osg:lastLine 2 ;
    dcterms:title "One"@en ; osg:statedKind kind:workshop ; osg:statedAssistance assistance:training ;
    osg:statedTheme theme:drugs ; osg:statedDate "2011-03-01"^^edtf:EDTF ; osg:statedCountry e:north ;
    osg:participation e:t1o , e:t1p .
e:t1o a osg:Participation ; osg:role role:organizer ; osg:actor e:a .
e:t1p a osg:Participation ; osg:role role:partner ; osg:actor e:b , e:c .
e:two a osg:Activity ; skos:prefLabel "Two"@en .
e:t2 a osg:Telling ; osg:tells e:two ; osg:inSection sec:II.1.1 ; osg:firstLine 3 ; osg:lastLine 4 ;
    dcterms:title "Two"@en ; osg:statedKind kind:workshop ; osg:statedAssistance assistance:training ; osg:eventCount 4 ;
    osg:statedTheme theme:thb ; osg:statedDate "2010-06"^^edtf:EDTF ; osg:statedCountry e:south ;
    osg:participation e:t2o , e:t2p .
e:t2o a osg:Participation ; osg:role role:organizer ; osg:actor e:a .
e:t2p a osg:Participation ; osg:role role:attendee ; osg:actor e:b .
e:three a osg:Activity ; skos:prefLabel "Three"@en .
e:t3 a osg:Telling ; osg:tells e:three ; osg:inSection sec:II.1.2 ; osg:firstLine 5 ; osg:lastLine 6 ;
    dcterms:title "Three"@en ; osg:statedKind kind:workshop ; osg:statedAssistance assistance:training ;
    osg:statedTheme theme:thb ; osg:participation e:t3o .
e:t3o a osg:Participation ; osg:role role:organizer ; osg:actor e:d .
"""


@pytest.fixture(scope="module")
def nets(graph: Oscegraph) -> Callable[[str], nx.Graph]:
    """Each declared network of the real graph, built once."""
    built = {name: networks.build(graph.store, graph.directory, Options(name)) for name in NAMES}
    return built.__getitem__


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Oscegraph:
    """The small graph, read from a file as a user's own."""
    path: Path = tmp_path_factory.mktemp("tiny") / "small.ttl"
    path.write_text(SMALL, encoding="utf-8")
    return oscegraph.load(str(path))


def ties(made: nx.Graph, key: str = "weight") -> dict[str, float]:
    """Return the ties of the small graph by the letters of their ends."""
    return {"".join(sorted((a[-1], b[-1]))): value for a, b, value in made.edges(data=key)}


def test_networks_are_the_files_with_their_headers() -> None:
    """Each query file is a network with a title and a mode."""
    assert NAMES == ["actors", "co-organizers", "decision-unit", "two-mode", "unit-partner", "unit-place", "units"]
    for name, title, mode, text in [(n.name, n.title, n.mode, n.text) for n in events.networks()]:
        assert title.endswith(".") and mode in ("one-mode", "two-mode", "decision-unit", "unit-partner", "unit-place"), name
        assert "SELECT" in text


@pytest.mark.parametrize("name", NAMES)
def test_each_network_is_built_with_all_attributes(name: str, nets: Callable[[str], nx.Graph]) -> None:
    """Every network of the real graph has nodes and ties that say all that is promised of them."""
    made = nets(name)
    assert made.number_of_nodes() > 10 and made.number_of_edges() >= 10
    assert not made.is_directed() and not made.is_multigraph() and not list(nx.selfloop_edges(made))
    for _, data in made.nodes(data=True):
        assert set(data) >= NODE
        assert data["label"] and data["short"] and data["type"] and data["events"] >= 1
        other = "thing" if data["type"] in ("place", "decision", "declaration", "action-plan") else "other"
        assert data["group"] == ("activity" if data["type"] == "activity" else GROUPS.get(data["type"], other))
    for *_, data in made.edges(data=True):
        assert set(data) == TIE
        assert data["weight"] > 0 and data["events"] and data["chapters"] and data["themes"]
        assert data["roles"] == [role for role in ROLES if role in data["roles"]]
        assert (data["first"] is None) == (data["last"] is None)
        assert data["first"] is None or data["first"] <= data["last"]


@pytest.mark.parametrize("name", NAMES)
def test_the_graph_says_how_it_was_made(name: str, nets: Callable[[str], nx.Graph]) -> None:
    """Options, the hash of the query and the version are with the network."""
    made, text = nets(name), {n.name: n.text for n in events.networks()}[name]
    assert made.graph["name"] == name
    assert made.graph["version"] == __version__
    assert made.graph["query_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert made.graph["options"] == {
        "network": name,
        "weighting": "raw",
        "series": "once",
        "types": [],
        "roles": [],
        "least": 0.0,
        "filters": {},
    }


def involved(graph: Oscegraph) -> dict[str, set[str]]:
    """Return by SPARQL who is in each activity: by a role, by a share, as its place, or as what it rests on."""
    _, rows = graph.store.select(
        "PREFIX osg: <https://w3id.org/oscegraph/ontology#> SELECT DISTINCT ?activity ?node WHERE {"
        " { ?activity osg:involves ?node } UNION { ?activity osg:basis|osg:place ?node }"
        " UNION { ?share osg:activity ?activity ; osg:structure ?node } }"
    )
    found: dict[str, set[str]] = defaultdict(set)
    for activity, node in rows:
        found[activity.value].add(node.value)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_raw_weight_is_the_number_of_events_and_each_involves_both(
    name: str, nets: Callable[[str], nx.Graph], graph: Oscegraph
) -> None:
    """A tie counts its events, each once, and SPARQL finds both ends in each of them."""
    within = involved(graph)
    for a, b, data in nets(name).edges(data=True):
        assert data["weight"] == len(data["events"]) == len(set(data["events"]))
        for event in data["events"]:
            assert {a, b} - {event} <= within[event]


def test_networks_by_month_follow_the_period_filter(graph: Oscegraph) -> None:
    """The network of a month is the network under the filter of that month, whatever is dated vaguely."""
    options = Options("units")
    found = events.read_events(graph.store, graph.directory, options)
    months = networks.by_month(found, graph.directory, options)
    assert list(months) == [f"2011-{month:02}" for month in range(1, 13)]
    for month, made in months.items():
        filtered = graph.network("units", start=month, end=month)
        assert dict(made.nodes(data=True)) == dict(filtered.nodes(data=True))
        assert list(made.edges(data=True)) == list(filtered.edges(data=True))
    possible = networks.by_month(found, graph.directory, options, possible=True)
    assert sum(len(made.edges) for made in possible.values()) > sum(len(made.edges) for made in months.values())
    assert list(possible["2011-06"].edges) == list(graph.network("units", start="June", end="June", possible=True).edges)


def test_the_package_gives_networks_at_one_call(graph: Oscegraph) -> None:
    """`oscegraph.network(...)` is the network of the packaged graph, or of other data, under the same options."""
    made = oscegraph.network("units", weighting="newman", on="drugs")
    same = graph.network("units", weighting="newman", on="drugs")
    assert type(made) is nx.Graph and list(made.edges(data=True)) == list(same.edges(data=True))
    assert list(oscegraph.network("units", data=str(GRAPHS)).edges) == list(graph.network("units").edges)
    with pytest.raises(QueryError, match="unit-partner"):
        oscegraph.network("unit-partners")


def test_reading_once_and_projecting_gives_the_network(graph: Oscegraph) -> None:
    """Resampling reads the activities once; leaving none out gives the very network, leaving all out an empty one."""
    options = Options("actors", weighting="newman")
    found = events.read_events(graph.store, graph.directory, options)
    made = networks.project(found, graph.directory, options)
    assert list(made.edges(data=True)) == list(graph.network(weighting="newman").edges(data=True))
    assert networks.project({}, graph.directory, options).number_of_nodes() == 0


@pytest.mark.parametrize("name", ("actors", "co-organizers", "units"))
def test_nodes_count_their_events(name: str, nets: Callable[[str], nx.Graph]) -> None:
    """No node has fewer events than its ties name."""
    made = nets(name)
    for node, data in made.nodes(data=True):
        assert len({event for *_, events in made.edges(node, data="events") for event in events}) <= data["events"]


def test_units_stand_beside_the_osce(nets: Callable[[str], nx.Graph]) -> None:
    """Where "the OSCE" and a unit of it are named for one event, the unit is tied, and the OSCE is left out."""
    conference = expand("act:2011-05-17-building-partnerships-combat-human-trafficking-forced")
    office, whole = expand("body:office-baku"), expand("body:osce")
    actors = nets("actors")
    there = {node for one, other, tie in actors.edges(data=True) if conference in tie["events"] for node in (one, other)}
    assert office in there and whole not in there


@pytest.mark.parametrize("name", NAMES)
def test_no_part_is_tied_to_its_own_whole(name: str, nets: Callable[[str], nx.Graph], graph: Oscegraph) -> None:
    """A department and its unit are not partners."""
    _, rows = graph.store.select(
        "PREFIX osg: <https://w3id.org/oscegraph/ontology#> SELECT ?part ?whole WHERE { ?part osg:within ?whole }"
    )
    assert rows
    assert not [pair for part, whole in rows if nets(name).has_edge(*(pair := (part.value, whole.value)))]


@pytest.mark.parametrize(("name", "sides"), (("two-mode", 2), ("unit-partner", 2), ("decision-unit", 2)))
def test_networks_of_two_kinds_of_nodes_are_bipartite(name: str, sides: int, nets: Callable[[str], nx.Graph]) -> None:
    """Each tie goes from one side to the other, and both sides are there."""
    made = nets(name)
    side = nx.get_node_attributes(made, "bipartite")
    assert len(side) == len(made) and len(set(side.values())) == sides
    assert all(side[a] != side[b] for a, b in made.edges)


@pytest.mark.parametrize("name", NAMES)
def test_two_builds_have_one_order(name: str, nets: Callable[[str], nx.Graph], graph: Oscegraph) -> None:
    """Nodes, ties and all values are the same, in the same order, on a second build."""
    again = networks.build(graph.store, graph.directory, Options(name))
    assert list(again.nodes(data=True)) == list(nets(name).nodes(data=True))
    assert list(again.edges(data=True)) == list(nets(name).edges(data=True))
    assert again.graph == nets(name).graph


def test_default_is_the_network_of_actors(tiny: Oscegraph) -> None:
    """Without options it is "actors", each event once."""
    made = networks.build(tiny.store, tiny.directory)
    assert made.graph["name"] == "actors" and ties(made) == {"ab": 2.0, "ac": 1.0, "bc": 1.0}


@pytest.mark.parametrize(
    ("weighting", "series", "weights"),
    (
        ("raw", "once", (2, 1, 1)),
        ("raw", "n", (5, 1, 1)),
        ("fractional", "once", (1 / 3 + 1, 1 / 3, 1 / 3)),
        ("fractional", "n", (1 / 3 + 4, 1 / 3, 1 / 3)),
        ("newman", "once", (1 / 2 + 1, 1 / 2, 1 / 2)),
        ("newman", "n", (1 / 2 + 4, 1 / 2, 1 / 2)),
        ("jaccard", "once", (2 / 2, 1 / 2, 1 / 2)),
        ("jaccard", "n", (5 / 5, 1 / 5, 1 / 5)),
    ),
)
def test_exact_weights(weighting: str, series: str, weights: tuple[float, ...], tiny: Oscegraph) -> None:
    """Weights on a graph small enough to be counted by hand: an activity of three, and a series of four of two."""
    made = tiny.network(weighting=weighting, series=series)
    assert ties(made) == pytest.approx(dict(zip(("ab", "ac", "bc"), weights, strict=True)))
    assert list(made) == [EX + letter for letter in "abcd"]
    assert made.graph["options"]["weighting"] == weighting and made.graph["options"]["series"] == series


def test_exact_attributes(tiny: Oscegraph) -> None:
    """Nodes and ties say who and when, chapters in their order, roles with the organizer first."""
    made = tiny.network()
    assert made.nodes[EX + "a"] == {
        "label": "Alpha",
        "short": "AL",
        "type": "organization",
        "group": "organization",
        "area": None,
        "events": 2,
    }
    assert made.nodes[EX + "c"]["area"] == "Northland" and made.nodes[EX + "c"]["group"] == "national body"
    assert made.edges[EX + "a", EX + "b"] == {
        "weight": 2.0,
        "events": [EX + "one", EX + "two"],
        "roles": ["organizer", "partner", "attendee"],
        "first": "2010-06-01",
        "last": "2011-03-01",
        "chapters": ["II.1.1", "II.1.2"],
        "themes": ["drugs", "thb"],
    }


def test_two_mode_of_the_small_graph(tiny: Oscegraph) -> None:
    """Each activity is a node, tied to each actor; a series counts as often as it is told."""
    made = tiny.network("two-mode", series="n")
    assert {node for node, side in made.nodes(data="bipartite") if side == 1} == {EX + "one", EX + "two", EX + "three"}
    weights = {(a.removeprefix(EX), b.removeprefix(EX)): weight for a, b, weight in made.edges(data="weight")}
    assert {tuple(sorted(pair, key=len)): weight for pair, weight in weights.items()} == {
        ("a", "one"): 1.0,
        ("b", "one"): 1.0,
        ("c", "one"): 1.0,
        ("a", "two"): 4.0,
        ("b", "two"): 4.0,
        ("d", "three"): 1.0,
    }


@pytest.mark.parametrize("name", ("actors", "co-organizers"))
def test_newman_strength_is_the_number_of_events_with_others(name: str, graph: Oscegraph) -> None:
    """On the real graph the strength of an actor counts the events that it shares with anybody."""
    made = graph.network(name, weighting="newman")
    for node, strength in made.degree(weight="weight"):
        shared = {event for *_, events in made.edges(node, data="events") for event in events}
        assert strength == pytest.approx(len(shared))


@pytest.mark.parametrize("name", ("actors", "co-organizers", "units", "unit-partner", "decision-unit"))
def test_fractional_adds_one_for_each_event(name: str, graph: Oscegraph) -> None:
    """On the real graph all weights together are the number of events that tie anybody."""
    made = graph.network(name, weighting="fractional")
    events = {event for *_, found in made.edges(data="events") for event in found}
    assert made.size(weight="weight") == pytest.approx(len(events))


@pytest.mark.parametrize("name", ("actors", "units", "unit-partner", "decision-unit"))
def test_jaccard_is_between_nought_and_one(name: str, graph: Oscegraph) -> None:
    """Shared events are a share of all events of the two, also where a series counts by number."""
    for series in SERIES:
        weights = [weight for *_, weight in graph.network(name, weighting="jaccard", series=series).edges(data="weight")]
        assert weights and all(0 < weight <= 1 for weight in weights)


def test_series_by_number_never_weighs_less(graph: Oscegraph) -> None:
    """Counting each event of a series adds weight to some ties and takes it from none."""
    once, by_number = graph.network(), graph.network(series="n")
    assert list(once.edges) == list(by_number.edges)
    assert all(by_number.edges[tie]["weight"] >= once.edges[tie]["weight"] for tie in once.edges)
    assert by_number.size(weight="weight") > once.size(weight="weight")


def test_types_choose_actors(tiny: Oscegraph, graph: Oscegraph) -> None:
    """Only actors of the wanted types are nodes; several types are added up."""
    assert list(tiny.network(types=["organization"])) == [EX + "a", EX + "b", EX + "d"]
    assert ties(tiny.network(types=["organization"])) == {"ab": 2.0}
    assert ties(tiny.network(types=["organization", "national-body"])) == ties(tiny.network())
    assert {kind for _, kind in graph.network(types=["state", "organization"]).nodes(data="type")} == {
        "state",
        "organization",
    }


def test_types_choose_shares_before_weights_are_counted(tiny: Oscegraph) -> None:
    """An event is shared out among those who are left."""
    assert ties(tiny.network(types=["organization"], weighting="newman")) == {"ab": 2.0}


def test_types_of_networks_with_two_sides(graph: Oscegraph) -> None:
    """In unit-partner a type keeps the ties of which one end is of it."""
    made = graph.network("unit-partner", types=["state"])
    assert made.number_of_edges()
    assert all("state" in (made.nodes[a]["type"], made.nodes[b]["type"]) for a, b in made.edges)


def test_roles_choose_participations(tiny: Oscegraph, graph: Oscegraph) -> None:
    """Only those who have one of the roles are in an event."""
    assert ties(tiny.network(roles=["organizer", "partner"])) == {"ab": 1.0, "ac": 1.0, "bc": 1.0}
    assert ties(tiny.network(roles=["partner"])) == {"bc": 1.0}
    made = graph.network(roles=["funder", "host"])
    assert {role for *_, roles in made.edges(data="roles") for role in roles} == {"funder", "host"}


def test_least_drops_ties_and_then_isolated_nodes(tiny: Oscegraph) -> None:
    """Without it isolated actors stay; with it they go with the lighter ties."""
    assert EX + "d" in tiny.network()
    for least, nodes, left in ((1.0, "abc", {"ab", "ac", "bc"}), (1.5, "ab", {"ab"}), (2.0, "ab", {"ab"}), (2.1, "", set())):
        made = tiny.network(least=least)
        assert [node[-1] for node in made] == list(nodes) and set(ties(made)) == left
        assert made.graph["options"]["least"] == least


@pytest.mark.parametrize(
    ("filters", "found", "words"),
    (
        ({"on": "drugs"}, {"ab": 1.0, "ac": 1.0, "bc": 1.0}, "theme"),
        ({"on": "thb"}, {"ab": 1.0}, "theme"),
        ({"place": "Southland"}, {"ab": 1.0}, "where"),
        ({"place": "Northland"}, {"ab": 1.0, "ac": 1.0, "bc": 1.0}, "where"),
        ({"start": "2011"}, {"ab": 1.0, "ac": 1.0, "bc": 1.0}, "period"),
        ({"end": "2010"}, {"ab": 1.0}, "period"),
        ({"on": "drugs", "end": "2010"}, {}, "theme"),
    ),
)
def test_filters_choose_activities(filters: dict[str, str], found: dict[str, float], words: str, tiny: Oscegraph) -> None:
    """Theme, place and period choose the activities that count, and are said with the result."""
    made = tiny.network(**filters)
    assert ties(made) == found
    assert made.graph["options"]["filters"][words]


def test_a_filter_that_leaves_nothing_gives_an_empty_network(tiny: Oscegraph) -> None:
    """Every network can be empty."""
    for name in NAMES:
        made = tiny.network(name, start="1999", end="1999")
        assert (len(made), made.number_of_edges(), made.graph["name"]) == (0, 0, name)


def test_filtered_network_is_part_of_the_whole(nets: Callable[[str], nx.Graph], graph: Oscegraph) -> None:
    """On the real graph a theme gives some of the ties, each with some of its events, all on the theme."""
    whole, made = nets("actors"), graph.network(on="thb")
    assert 0 < made.number_of_edges() < whole.number_of_edges()
    for a, b, data in made.edges(data=True):
        assert set(data["events"]) <= set(whole.edges[a, b]["events"]) and "thb" in data["themes"]


@pytest.mark.parametrize(
    ("options", "error", "valid"),
    (
        ({"name": "actor"}, QueryError, NAMES),
        ({"weighting": "newmann"}, FilterError, WEIGHTINGS),
        ({"series": "twice"}, FilterError, SERIES),
        ({"roles": ["organiser"]}, FilterError, ROLES),
        ({"types": ["state", "stat"]}, FilterError, ("state", "organization", "national-body")),
    ),
)
def test_unknown_options_are_errors_that_list_the_valid(
    options: dict[str, object], error: type[Exception], valid: list[str], tiny: Oscegraph
) -> None:
    """The message names the value and all that could stand there."""
    wrong = next(iter(options.values()))
    with pytest.raises(error) as raised:
        tiny.network(**options)  # type: ignore[arg-type]
    assert (wrong if isinstance(wrong, str) else wrong[-1]) in str(raised.value)  # type: ignore[index]
    assert all(word in str(raised.value) for word in valid)


INCIDENCES = st.lists(st.tuples(st.sets(st.sampled_from("abcdefg"), min_size=1), st.integers(1, 5)), min_size=1, max_size=12)


def project(incidences: list[tuple[set[str], int]], directory: object, weighting: str) -> nx.Graph:
    """Return the projection of made-up events, each with its actors and how often it counts."""
    made_up = {}
    for number, (actors, times) in enumerate(incidences):
        made_up[f"e{number:02}"] = event = Event(times=times)
        for actor in actors:
            event.actors[actor] = {"partner"}
    made = nx.Graph()
    networks._project(made, directory, made_up, Options(weighting=weighting))  # type: ignore[arg-type]
    return made


@settings(max_examples=60, deadline=None)
@given(INCIDENCES)
def test_weights_of_any_incidence(graph: Oscegraph, incidences: list[tuple[set[str], int]]) -> None:
    """Raw counts shared events; fractional adds 1 for each event of two or more; newman adds it to each actor's strength."""
    made = {weighting: project(incidences, graph.directory, weighting) for weighting in WEIGHTINGS}
    actors = sorted(set().union(*(found for found, _ in incidences)))
    shared = [(found, times) for found, times in incidences if len(found) > 1]
    assert made["fractional"].size(weight="weight") == pytest.approx(sum(times for _, times in shared))
    for actor in actors:
        strength = sum(times for found, times in shared if actor in found)
        assert made["newman"].degree(actor, weight="weight") == pytest.approx(strength)
    for a, b in combinations(actors, 2):
        both = sum(times for found, times in incidences if {a, b} <= found)
        either = sum(times for found, times in incidences if {a, b} & found)
        assert made["raw"].get_edge_data(a, b, {"weight": 0})["weight"] == both
        assert made["jaccard"].get_edge_data(a, b, {"weight": 0})["weight"] == pytest.approx(both / either)
    for result in made.values():
        assert list(result) == actors
        assert all(one < other for one, other in pairwise(result.edges))
        assert all(result.nodes[node]["events"] == sum(node in found for found, _ in incidences) for node in result)
