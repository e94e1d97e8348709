"""fast: the networkx backend gives networkx's own numbers, and leaves to networkx what it does not know."""

from __future__ import annotations

import warnings

import networkx as nx
import pytest

from oscegraph import fast
from oscegraph.errors import FilterError

ENDS = (False, True)


def _loops() -> nx.Graph:
    graph = nx.gnm_random_graph(12, 20, seed=4)
    graph.add_edges_from([(0, 0), (5, 5)])
    return graph


def _named() -> nx.Graph:
    return nx.relabel_nodes(nx.gnm_random_graph(15, 25, seed=5), lambda n: ("node", str(n)))


GRAPHS = {
    **{f"random {seed}": nx.gnm_random_graph(60, 110, seed=seed) for seed in range(5)},
    **{f"directed {seed}": nx.gnm_random_graph(40, 110, seed=seed, directed=True) for seed in range(3)},
    "disconnected": nx.disjoint_union(nx.cycle_graph(7), nx.complete_graph(5)),
    "isolated nodes": nx.disjoint_union(nx.gnm_random_graph(20, 30, seed=9), nx.empty_graph(6)),
    "more than one machine word": nx.path_graph(150),
    "exactly one machine word": nx.gnm_random_graph(64, 90, seed=2),
    "path": nx.path_graph(9),
    "star": nx.star_graph(8),
    "empty": nx.Graph(),
    "single node": nx.empty_graph(1),
    "two nodes": nx.path_graph(2),
    "no ties": nx.empty_graph(5),
    "self-loops": _loops(),
    "only self-loops": nx.Graph([(0, 0), (1, 1)]),
    "directed self-loops": nx.DiGraph([(0, 0), (0, 1), (1, 2), (2, 2)]),
    "named nodes": _named(),
    "parallel ties": nx.MultiGraph([(0, 1), (0, 1), (1, 2), (0, 3), (3, 2)]),
    "directed parallel ties": nx.MultiDiGraph([(0, 1), (0, 1), (1, 2), (0, 3), (3, 2)]),
}


def _close(one: dict, other: dict) -> None:
    assert set(one) == set(other)
    assert all(abs(one[node] - other[node]) <= 1e-9 for node in one)


def test_the_backend_is_registered_with_networkx() -> None:
    """Networkx finds the backend by its entry point, with the functions that it has."""
    assert fast.NAME in nx.utils.backends.backends
    assert fast.NAME in nx.config.backends
    assert set(nx.utils.backends.backend_info[fast.NAME]["functions"]) == set(fast.info()["functions"])
    for name in fast.info()["functions"]:
        assert fast.NAME in getattr(nx, name).backends
        assert callable(getattr(fast.Backend, name))


@pytest.mark.parametrize("name", GRAPHS)
@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize("normalized", (True, False))
def test_betweenness_equals_networkx(name: str, ends: bool, normalized: bool) -> None:
    """Betweenness by the backend is networkx's own, whatever the options."""
    graph = GRAPHS[name].copy()
    own = nx.betweenness_centrality(graph, normalized=normalized, endpoints=ends, backend="networkx")
    _close(nx.betweenness_centrality(graph, normalized=normalized, endpoints=ends, backend=fast.NAME), own)


@pytest.mark.parametrize("name", GRAPHS)
def test_harmonic_centrality_equals_networkx(name: str) -> None:
    """Harmonic centrality by the backend is networkx's own, in and out of components, along the direction of ties."""
    graph = GRAPHS[name].copy()
    _close(nx.harmonic_centrality(graph, backend=fast.NAME), nx.harmonic_centrality(graph, backend="networkx"))


@pytest.mark.parametrize("measure", fast.info()["functions"])
@pytest.mark.parametrize("name", GRAPHS)
def test_results_are_in_the_order_of_the_nodes(name: str, measure: str) -> None:
    """The order of a result is that of the graph; networkx's own harmonic centrality has the order of a set."""
    graph = GRAPHS[name].copy()
    assert list(getattr(nx, measure)(graph, backend=fast.NAME)) == list(graph)


REFUSED = [
    ("betweenness_centrality", {"k": 5, "seed": 1}),
    ("betweenness_centrality", {"weight": "weight"}),
    ("harmonic_centrality", {"nbunch": [0, 1]}),
    ("harmonic_centrality", {"distance": "weight"}),
    ("harmonic_centrality", {"sources": [0, 1]}),
]


@pytest.fixture
def weighted() -> nx.Graph:
    """A graph whose weights change both measures."""
    graph = nx.gnm_random_graph(20, 40, seed=7)
    for number, (_, _, data) in enumerate(graph.edges(data=True)):
        data["weight"] = 1 + number % 4
    return graph


@pytest.mark.parametrize(("name", "options"), REFUSED, ids=lambda value: str(value))
def test_options_that_it_does_not_know_are_refused_with_the_reason(name: str, options: dict, weighted: nx.Graph) -> None:
    """Such a call is never answered by the fast code: networkx computes it, or raises its own error."""
    assert "left to networkx" in fast.Backend.can_run(name, (weighted,), options)
    with pytest.raises(NotImplementedError, match=fast.NAME):
        getattr(nx, name)(weighted, **options, backend=fast.NAME)
    with nx.config(backend_priority=[fast.NAME]):
        _close(getattr(nx, name)(weighted, **options), getattr(nx, name)(weighted, **options, backend="networkx"))


def test_options_by_position_are_refused_too(weighted: nx.Graph) -> None:
    """An option counts in whichever way it is given."""
    assert fast.Backend.can_run("betweenness_centrality", (weighted, 5), {}) is not True
    assert fast.Backend.can_run("betweenness_centrality", (weighted, None, True, "weight"), {}) is not True
    assert fast.Backend.can_run("harmonic_centrality", (weighted, [0]), {}) is not True
    with pytest.raises(NotImplementedError):
        nx.betweenness_centrality(weighted, 5, backend=fast.NAME)


@pytest.mark.parametrize("name", fast.info()["functions"])
def test_options_left_at_none_are_run(name: str, weighted: nx.Graph) -> None:
    """None means that nothing was asked, so the fast code runs."""
    options = {"betweenness_centrality": {"k": None, "weight": None}, "harmonic_centrality": {"nbunch": None}}[name]
    assert fast.Backend.can_run(name, (weighted,), options) is True
    assert fast.Backend.should_run(name, (weighted,), options) is True


@pytest.fixture
def _no_choice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OSCEGRAPH_BACKEND", raising=False)


@pytest.mark.usefixtures("_no_choice")
def test_backend_is_chosen_for_graphs_that_are_worth_it() -> None:
    """From SMALL nodes on the fast code is named; below that nothing is."""
    assert fast.backend(nx.empty_graph(fast.SMALL)) == {"backend": fast.NAME}
    assert fast.backend(nx.empty_graph(fast.SMALL - 1)) == {}
    assert fast.backend(nx.Graph()) == {}


@pytest.mark.parametrize("value", ("", "networkx"))
def test_environment_switches_the_backend_off(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """OSCEGRAPH_BACKEND=networkx, or empty, leaves every call to networkx."""
    monkeypatch.setenv("OSCEGRAPH_BACKEND", value)
    assert fast.backend(nx.empty_graph(fast.SMALL)) == {}


def test_environment_names_another_backend(monkeypatch: pytest.MonkeyPatch) -> None:
    """OSCEGRAPH_BACKEND names any installed backend."""
    monkeypatch.setitem(nx.utils.backends.backends, "cluster", None)
    monkeypatch.setenv("OSCEGRAPH_BACKEND", "cluster")
    assert fast.backend(nx.empty_graph(fast.SMALL)) == {"backend": "cluster"}
    assert fast.backend(nx.empty_graph(3)) == {}


@pytest.mark.parametrize("size", (3, fast.SMALL))
def test_a_backend_that_is_not_installed_is_an_error_with_the_valid(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the variable and the backends that there are, for graphs of any size."""
    monkeypatch.setenv("OSCEGRAPH_BACKEND", "oscegraph_rustwork")
    with pytest.raises(FilterError, match="OSCEGRAPH_BACKEND") as error:
        fast.backend(nx.empty_graph(size))
    assert {fast.NAME, "networkx"} <= set(error.value.valid)
    assert f'Did you mean "{fast.NAME}"?' in str(error.value)


@pytest.mark.usefixtures("_no_choice")
def test_users_never_see_the_warning_of_a_cached_graph() -> None:
    """Two measures of one graph use one conversion, without networkx's warning of it."""
    graph = nx.gnm_random_graph(fast.SMALL, 300, seed=1)
    before = set(nx.config.warnings_to_ignore)
    try:
        nx.config.warnings_to_ignore.discard("cache")
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            nx.betweenness_centrality(graph, **fast.backend(graph))
            nx.harmonic_centrality(graph, **fast.backend(graph))
        assert "cache" in nx.config.warnings_to_ignore
        nx.config.warnings_to_ignore.discard("cache")
        with pytest.warns(UserWarning, match="cached graph"):
            nx.harmonic_centrality(graph, backend=fast.NAME)
    finally:
        nx.config.warnings_to_ignore.clear()
        nx.config.warnings_to_ignore.update(before)


@pytest.mark.usefixtures("_no_choice")
def test_a_changed_graph_is_measured_anew() -> None:
    """The conversion that networkx keeps is dropped when the graph changes."""
    graph = nx.path_graph(fast.SMALL)
    before = nx.harmonic_centrality(graph, **fast.backend(graph))
    graph.add_edge(0, fast.SMALL - 1)
    after = nx.harmonic_centrality(graph, **fast.backend(graph))
    assert after[0] > before[0]
    _close(after, nx.harmonic_centrality(graph, backend="networkx"))
