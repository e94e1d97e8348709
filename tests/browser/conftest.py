"""A real Chromium, the maps of the packaged graph, and a page that must make no request, error or dialog."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from browser.map_pages import BuiltMap, MapPage
from chromium import ADVICE, FLAGS, executable
from oscegraph import drawings, maps
from oscegraph.api import Oscegraph
from oscegraph.events import Options

NAMES = ("all", "unodc", "themes", "places", "decisions")


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A running Chromium."""
    from playwright.sync_api import sync_playwright

    path = executable()
    assert path, ADVICE
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def built(graph: Oscegraph, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], BuiltMap]:
    """Build one of the five real maps when it is first asked for."""
    store, directory = graph.store, graph.directory
    how: dict[str, Callable[[], Any]] = {
        "all": lambda: drawings.of_network(store, directory, Options()),
        "unodc": lambda: drawings.around(store, directory, Options(), graph.actor("UNODC")),
        "themes": lambda: drawings.by_theme(store, directory, Options()),
        "places": lambda: drawings.places(store, directory, Options(network="unit-place")),
        "decisions": lambda: drawings.decisions(store, directory),
    }
    ready: dict[str, BuiltMap] = {}

    def build(name: str) -> BuiltMap:
        if name not in ready:
            path = tmp_path_factory.mktemp(name) / f"{name}.html"
            drawing = how[name]()
            maps.write(drawing, store, directory, path)
            ready[name] = BuiltMap(name, path, drawing)
        return ready[name]

    return build


@pytest.fixture(params=NAMES)
def each(request: pytest.FixtureRequest, built: Callable[[str], BuiltMap]) -> BuiltMap:
    """Each of the five real maps."""
    return built(request.param)


@pytest.fixture(scope="session")
def whole(built: Callable[[str], BuiltMap]) -> BuiltMap:
    """The map of all actors."""
    return built("all")


@pytest.fixture(scope="session")
def unodc(built: Callable[[str], BuiltMap]) -> BuiltMap:
    """The map around UNODC."""
    return built("unodc")


@pytest.fixture(scope="session")
def themes(built: Callable[[str], BuiltMap]) -> BuiltMap:
    """The map with a panel for each theme."""
    return built("themes")


@pytest.fixture(scope="session")
def places(built: Callable[[str], BuiltMap]) -> BuiltMap:
    """The map of towns."""
    return built("places")


@pytest.fixture(scope="session")
def decisions(built: Callable[[str], BuiltMap]) -> BuiltMap:
    """The map of decisions."""
    return built("decisions")


@pytest.fixture
def open_map(browser: Any) -> Iterator[Callable[..., MapPage]]:
    """Open a map from its file; at the end nothing may have been requested, and no error or dialog have been seen."""
    opened: list[MapPage] = []

    def open_(
        built: BuiltMap, fragment: str = "", width: int = 1280, height: int = 800, dark: bool = False, **more: Any
    ) -> MapPage:
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme="dark" if dark else "light", **more
        )
        context.set_default_timeout(20_000)
        found = MapPage(context.new_page(), built)
        opened.append(found)
        found.open(fragment)
        return found

    yield open_
    faults = [fault for found in opened for fault in found.faults()]
    for found in opened:
        found.page.context.close()
    assert not faults, faults
