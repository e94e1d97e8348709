"""fast: the networkx backend gives networkx's own numbers, and leaves to networkx what it does not know."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import warnings
from importlib.machinery import ModuleSpec
from pathlib import Path

import networkx as nx
import numba
import numpy
import pytest

from oscegraph import fast, kernels
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
    # Short diameters: steps are then taken from either side of a level.
    "dense": nx.gnm_random_graph(120, 1100, seed=3),
    "dense and directed": nx.gnm_random_graph(120, 1300, seed=3, directed=True),
    "complete": nx.complete_graph(20),
    "wheel": nx.wheel_graph(30),
    "directed and disconnected": nx.disjoint_union(
        nx.gnm_random_graph(70, 400, seed=6, directed=True), nx.DiGraph([(0, 1)])
    ),
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


def _without_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec

    def finder(name: str, package: str | None = None) -> ModuleSpec | None:
        return None if name == "numba" else found(name, package)

    monkeypatch.setattr(importlib.util, "find_spec", finder)


@pytest.fixture(params=("numba", "rustworkx"))
def _each_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every graph goes through the compiled kernels, or numba is not installed."""
    monkeypatch.setattr(fast, "LARGE", 0)
    if request.param == "rustworkx":
        _without_numba(monkeypatch)


def test_the_backend_is_registered_with_networkx() -> None:
    """Networkx finds the backend by its entry point, with the functions that it has."""
    assert fast.NAME in nx.utils.backends.backends
    assert fast.NAME in nx.config.backends
    assert set(nx.utils.backends.backend_info[fast.NAME]["functions"]) == set(fast.info()["functions"])
    for name in fast.info()["functions"]:
        assert fast.NAME in getattr(nx, name).backends
        assert callable(getattr(fast.Backend, name))


@pytest.mark.usefixtures("_each_way")
@pytest.mark.parametrize("name", GRAPHS)
@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize("normalized", (True, False))
def test_betweenness_equals_networkx(name: str, ends: bool, normalized: bool) -> None:
    """Betweenness by the backend is networkx's own, whatever the options."""
    graph = GRAPHS[name].copy()
    own = nx.betweenness_centrality(graph, normalized=normalized, endpoints=ends, backend="networkx")
    _close(nx.betweenness_centrality(graph, normalized=normalized, endpoints=ends, backend=fast.NAME), own)


@pytest.mark.usefixtures("_each_way")
@pytest.mark.parametrize("name", GRAPHS)
def test_harmonic_centrality_equals_networkx(name: str) -> None:
    """Harmonic centrality by the backend is networkx's own, in and out of components, along the direction of ties."""
    graph = GRAPHS[name].copy()
    _close(nx.harmonic_centrality(graph, backend=fast.NAME), nx.harmonic_centrality(graph, backend="networkx"))


@pytest.mark.usefixtures("_each_way")
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


@pytest.mark.usefixtures("_no_choice")
def test_kernels_are_for_large_graphs_and_need_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    """Below LARGE nodes, and without numba, nothing of numba is touched."""
    graph = fast.Backend.convert_from_nx(nx.empty_graph(fast.LARGE))
    assert fast._kernels(graph) is kernels.load() is not None
    loads: list[int] = []
    monkeypatch.setattr(kernels, "load", lambda: loads.append(1))
    assert fast._kernels(fast.Backend.convert_from_nx(nx.empty_graph(fast.LARGE - 1))) is None
    assert not loads
    assert fast._kernels(graph) is None
    assert loads == [1]
    _without_numba(monkeypatch)
    assert fast._kernels(graph) is None
    assert loads == [1]


def test_kernels_do_without_the_graph_of_rustworkx(monkeypatch: pytest.MonkeyPatch) -> None:
    """Rustworkx's graph is made when it is asked for, once, with each tie once."""
    monkeypatch.setattr(fast, "LARGE", 0)
    graph = fast.Backend.convert_from_nx(_loops())
    fast.Backend.betweenness_centrality(graph)
    fast.Backend.harmonic_centrality(graph)
    assert "inner" not in vars(graph)
    assert graph.inner is graph.inner
    assert graph.inner.num_edges() == _loops().number_of_edges()


@pytest.mark.parametrize("directed", (False, True))
@pytest.mark.parametrize("size", (70, 500))
def test_kernels_give_the_same_whatever_the_number_of_threads(size: int, directed: bool) -> None:
    """Results are equal to the last bit, not only within a tolerance."""
    graph = fast.Backend.convert_from_nx(nx.gnm_random_graph(size, 4 * size, seed=8, directed=directed))
    loaded = kernels.load()
    assert loaded is not None
    for workers in (2, 5):
        for ends in ENDS:
            one, many = (loaded.betweenness(graph.starts, graph.ends, directed, ends, number) for number in (1, workers))
            assert numpy.array_equal(one, many)
        one, many = (loaded.harmonic(graph.starts, graph.ends, number) for number in (1, workers))
        assert numpy.array_equal(one, many)


@pytest.mark.parametrize("name", GRAPHS)
def test_kernels_are_the_same_uncompiled(name: str) -> None:
    """The kernels are plain Python too, so their arithmetic does not hang on how numba compiles it."""
    graph = fast.Backend.convert_from_nx(GRAPHS[name])
    plain = kernels.Kernels(kernels.transpose, kernels.betweenness_block, kernels.harmonic_block)
    loaded = kernels.load()
    assert loaded is not None
    one, other = (k.betweenness(graph.starts, graph.ends, graph.directed, True, 1) for k in (plain, loaded))
    assert numpy.allclose(one, other, rtol=0, atol=1e-9)


@pytest.mark.parametrize("error", (ImportError, RuntimeError, OSError))
def test_numba_that_does_not_work_leaves_it_to_rustworkx(error: type[Exception], monkeypatch: pytest.MonkeyPatch) -> None:
    """A numba too old for this numpy, or any failure at its cache, is no error and no warning."""

    def fail(**options: object) -> None:
        raise error("numba")

    monkeypatch.setattr(numba, "njit", fail)
    monkeypatch.setattr(kernels, "load", kernels.load.__wrapped__)
    monkeypatch.setattr(fast, "LARGE", 0)
    graph = nx.gnm_random_graph(30, 60, seed=2)
    assert fast._kernels(fast.Backend.convert_from_nx(graph)) is None
    _close(nx.betweenness_centrality(graph, backend=fast.NAME), nx.betweenness_centrality(graph, backend="networkx"))


def test_no_folder_for_compiled_code_is_no_error_and_no_warning(tmp_path: Path) -> None:
    """Neither the module's folder nor the user's can hold numba's cache: the kernels are then not used."""
    shutil.copy(kernels.__file__, tmp_path / "alone.py")
    (tmp_path / "__pycache__").write_text("a file where the folder should be", encoding="utf-8")
    nowhere = str(Path(os.devnull) / "nowhere")
    environment = {key: value for key, value in os.environ.items() if not key.startswith("NUMBA_")}
    environment.update({"HOME": nowhere, "LOCALAPPDATA": nowhere, "XDG_CACHE_HOME": nowhere})
    command = [sys.executable, "-W", "error", "-c", "import alone; print(alone.load())"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "None", "")
