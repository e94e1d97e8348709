"""A map in Chromium: one file without requests, what is shown at first, labels, discs, physics, pictures, dark, phone."""

from __future__ import annotations

import io
import math
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from browser.map_pages import POSITIONS, BuiltMap, MapPage, ties_of
from oscegraph import drawings, maps
from oscegraph.api import Oscegraph
from oscegraph.events import Options

Open = Callable[..., MapPage]
SVG = "{http://www.w3.org/2000/svg}"
WHITE, NIGHT = (255, 255, 255), (13, 17, 23)
COMMANDS = {
    "all": [],
    "unodc": ["--around", "UNODC"],
    "themes": ["--preset", "themes"],
    "places": ["--preset", "places"],
    "decisions": ["--preset", "decisions"],
}


def test_file(each: BuiltMap, open_map: Open) -> None:
    """A map is one UTF-8 file of less than two megabytes with nothing beside it; opened from disk it requests nothing."""
    assert [path.name for path in each.path.parent.iterdir()] == [each.path.name]
    assert each.path.stat().st_size < 2_000_000
    assert each.html.startswith("<!DOCTYPE html>")
    assert '<meta charset="utf-8">' in each.html
    tab = open_map(each)
    assert tab.page.title() == each.drawing.title == tab.text("h1")


def test_same_bytes(each: BuiltMap, tmp_path: Path) -> None:
    """The command writes the same bytes in another process with another order of sets, and no other file."""
    command = [sys.executable, "-m", "oscegraph", "map", *COMMANDS[each.name], "-o", "map.html"]
    seed = {"PYTHONHASHSEED": "7"}
    subprocess.run(command, cwd=tmp_path, env={**os.environ, **seed}, check=True, capture_output=True)
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]
    assert (tmp_path / "map.html").read_bytes() == each.path.read_bytes()


def test_all_is_shown_at_first(each: BuiltMap, open_map: Open) -> None:
    """All nodes and ties of the network are shown at first, with their weights; the summary counts them."""
    tab = open_map(each)
    shown = tab.shown()
    assert shown["nodes"] == set(map(str, each.graph))
    assert shown["ties"] == pytest.approx(ties_of(each.graph), rel=0, abs=1e-9)
    summary = tab.text("#summary")
    assert str(len(each.graph)) in summary and str(each.graph.number_of_edges()) in summary
    assert " of " not in summary


@pytest.mark.parametrize("weighting", ["newman", "fractional", "jaccard"])
def test_weights(weighting: str, graph: Oscegraph, tmp_path: Path, open_map: Open) -> None:
    """The page computes each weight from the activities; they are those of the network."""
    drawing = drawings.around(graph.store, graph.directory, Options(weighting=weighting), graph.actor("UNODC"))
    path = tmp_path / "map.html"
    maps.write(drawing, graph.store, graph.directory, path)
    expected = ties_of(graph.network(weighting=weighting))
    shown = open_map(BuiltMap(weighting, path, drawing)).shown()
    assert shown["ties"] == pytest.approx({tie: expected[tie] for tie in ties_of(drawing.graph)}, rel=0, abs=1e-9)
    assert shown["nodes"] == set(drawing.graph)


def test_labels_do_not_overlap(each: BuiltMap, open_map: Open) -> None:
    """In the first view many nodes have a name beside them, and no name covers another."""
    tab = open_map(each)
    boxes = [(b["left"], b["top"], b["left"] + b["width"], b["top"] + b["height"]) for b in tab.js("oscegraph.labels()")]
    assert len(boxes) >= 30
    for i, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[:i]:
            apart = right <= other[0] or left >= other[2] or bottom <= other[1] or top >= other[3]
            assert apart, (boxes[i], other)


def test_labels_stay_apart_when_zoomed(whole: BuiltMap, open_map: Open) -> None:
    """Names are placed anew for each view."""
    # Where most ties meet there are many names.
    node = max(whole.drawing.graph.degree, key=lambda at: at[1])[0]
    x, y, _ = whole.places[whole.number(node)]
    tab = open_map(whole, f"view={x:.0f} {y:.0f} 1.5")
    boxes = [(b["left"], b["top"], b["left"] + b["width"], b["top"] + b["height"]) for b in tab.js("oscegraph.labels()")]
    assert len(boxes) > 10
    for i, (left, top, right, bottom) in enumerate(boxes):
        for other in boxes[:i]:
            assert right <= other[0] or left >= other[2] or bottom <= other[1] or top >= other[3]


def test_discs_do_not_overlap(each: BuiltMap) -> None:
    """No two nodes cover each other."""
    names = [node["label"] for node in each.data["nodes"]]
    covering = [
        (names[i], names[j])
        for i, (x, y, r) in enumerate(each.places)
        for j, (u, v, s) in enumerate(each.places[:i])
        if math.hypot(x - u, y - v) < r + s
    ]
    assert not covering


def test_physics(unodc: BuiltMap, open_map: Open) -> None:
    """Nothing moves by itself; the button lets the nodes move, and stops them."""
    tab = open_map(unodc)
    button = tab.page.locator("#physics")
    first = tab.js(POSITIONS)
    tab.frames(10)
    assert tab.js(POSITIONS) == first
    assert button.get_attribute("aria-pressed") == "false"
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    tab.page.wait_for_function("(old) => JSON.stringify(oscegraph.network.getPositions()) !== old", arg=first)
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    tab.frames(2)
    still = tab.js(POSITIONS)
    tab.frames(10)
    assert tab.js(POSITIONS) == still


def test_picture(each: BuiltMap, open_map: Open) -> None:
    """The PNG button gives the drawing as seen, on its background."""
    tab = open_map(each)
    with tab.page.expect_download() as wait:
        tab.page.locator("#png").click()
    content = wait.value.path().read_bytes()
    assert wait.value.suggested_filename.endswith(".png")
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    image = Image.open(io.BytesIO(content)).convert("RGB")
    assert list(image.size) == tab.js("() => { const c = document.querySelector('canvas'); return [c.width, c.height]; }")
    assert len(image.getcolors(1_000_000) or []) > 100
    assert image.getpixel((0, 0)) == WHITE


def test_vector_picture(each: BuiltMap, open_map: Open) -> None:
    """The SVG button gives XML with a shape for each node and a line for each tie that is shown, and no script."""
    tab = open_map(each)
    for theme in ("", "0"):
        if theme and not each.data["themes"]:
            continue
        tab.page.locator("#theme").select_option(theme)
        shown = tab.shown()
        with tab.page.expect_download() as wait:
            tab.page.locator("#svg").click()
        assert wait.value.suggested_filename.endswith(".svg")
        root = ET.fromstring(wait.value.path().read_bytes())
        assert root.tag == f"{SVG}svg"
        shapes = [e for e in root if e.tag in (f"{SVG}path", f"{SVG}circle") and e.find(f"{SVG}title") is not None]
        assert len(shapes) == len(shown["nodes"])
        lines = [e for e in root if e.tag == f"{SVG}line"]
        assert len(lines) == len(shown["ties"])
        assert {e.tag.removeprefix(SVG) for e in root.iter()} <= {"svg", "title", "rect", "path", "circle", "line", "text"}
        assert not [name for e in root.iter() for name in e.attrib if name.startswith("on") or "href" in name]


def test_print(whole: BuiltMap, open_map: Open) -> None:
    """On paper stand the drawing and the table, without buttons; the Print button asks the browser to print."""
    tab = open_map(whole)
    tab.js("() => { window.print = () => { window.printed = true; }; }")
    tab.page.locator("#print").click()
    assert tab.js("window.printed") is True
    tab.page.emulate_media(media="print")
    for hidden in (".buttons", ".search", ".pages", "[role=tablist]", ".skip", "#theme", "#reset", "#months"):
        assert not tab.page.locator(hidden).is_visible(), hidden
    for visible in ("#table", "h1", "canvas", "footer", "#types"):
        assert tab.page.locator(visible).first.is_visible(), visible
    assert tab.js("() => getComputedStyle(document.querySelector('.scroll')).maxHeight") == "none"
    assert tab.page.pdf().startswith(b"%PDF-")


def corner(tab: MapPage) -> tuple[int, ...]:
    """Return the colour in the corner of the drawing, where nothing is drawn."""
    box = tab.page.locator("#network canvas").bounding_box()
    assert box is not None
    content = tab.page.screenshot(clip={"x": box["x"] + 2, "y": box["y"] + 2, "width": 4, "height": 4})
    return Image.open(io.BytesIO(content)).convert("RGB").getpixel((1, 1))


@pytest.mark.parametrize("dark", [False, True])
def test_dark(dark: bool, unodc: BuiltMap, open_map: Open) -> None:
    """The map opens as dark as the reader's system is; the button turns it over, the drawing and its picture too."""
    tab = open_map(unodc, dark=dark)
    colours = (WHITE, NIGHT) if not dark else (NIGHT, WHITE)
    button = tab.page.locator("#dark")
    assert button.get_attribute("aria-pressed") == ("true" if dark else "false")
    assert corner(tab) == colours[0]
    before = tab.js("() => document.querySelector('canvas').toDataURL()")
    button.click()
    tab.frames()
    assert button.get_attribute("aria-pressed") == ("false" if dark else "true")
    assert corner(tab) == colours[1]
    assert tab.js("() => document.querySelector('canvas').toDataURL()") != before
    with tab.page.expect_download() as wait:
        tab.page.locator("#png").click()
    assert Image.open(wait.value.path()).convert("RGB").getpixel((0, 0)) == colours[1]


def test_dusk(unodc: BuiltMap, open_map: Open) -> None:
    """What the system is set to while the map is open counts as well, as for the pages of the explorer around it."""
    tab = open_map(unodc)
    for scheme, pressed, colour in (("dark", "true", NIGHT), ("light", "false", WHITE)):
        tab.page.emulate_media(color_scheme=scheme)
        tab.frames()
        assert (tab.page.locator("#dark").get_attribute("aria-pressed"), corner(tab)) == (pressed, colour)


def test_phone(each: BuiltMap, open_map: Open) -> None:
    """On a telephone the page is not wider than the screen, and the drawing is high enough to use."""
    tab = open_map(each, width=390, height=844)
    sizes = "() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]"
    for what in (None, {"actor": each.data["nodes"][0]["iri"]}, {"tie": 0}):
        tab.choose(what)
        wide, room = tab.js(sizes)
        assert wide <= room
    box = tab.page.locator("#network canvas").bounding_box()
    assert box is not None and box["height"] >= 300 and box["width"] > 300
    tab.page.locator("#controls > summary").click()
    wide, room = tab.js(sizes)
    assert wide <= room


def test_presets_of_panels(themes: BuiltMap, graph: Oscegraph, open_map: Open) -> None:
    """There is a panel for each theme with ties, under its name, and an actor in each panel where it is drawn is marked."""
    labels = [theme.label for theme in graph.directory.concepts("theme")]
    titles = [panel["title"] for panel in themes.data["panels"]]
    assert len(titles) > 5 and set(titles) <= set(labels)
    tab = open_map(themes)
    drawn = [label["text"] for label in tab.js("oscegraph.labels()") if label["index"] == -1]
    assert len(drawn) >= len(titles) - 2
    for text in drawn:
        assert any(title.startswith(text.rstrip("…").rstrip()) for title in titles), text
    for index, node in enumerate(themes.data["nodes"]):
        panel = next(p for p in themes.data["panels"] if p["title"] == node["panel"])
        x, y, _ = themes.places[index]
        assert panel["x"] <= x <= panel["x"] + panel["w"] and panel["y"] <= y <= panel["y"] + panel["h"]
    unodc = graph.actor("UNODC")
    copies = [node for node in themes.data["nodes"] if node["iri"] == unodc.iri]
    assert len(copies) > 3
    tab.click_drawing(*tab.js("(id) => oscegraph.place(id)", copies[0]["id"]))
    tab.page.wait_for_function("() => oscegraph.chosen()")
    assert tab.chosen() == {"actor": unodc.iri}
    tab.frames()
    root = ET.fromstring(tab.js("() => oscegraph.svg()"))
    assert sum(e.text == unodc.label for e in root.iterfind(f"*/{SVG}title")) == len(copies)
    partners = {other for copy in copies for other in themes.graph[copy["id"]]}
    assert sum(e.find(f"{SVG}title") is not None for e in root) == len(copies) + len(partners)


def test_places(places: BuiltMap, open_map: Open) -> None:
    """Towns stand on an outline of the land, west left of east and north above south."""
    at = {node["label"]: places.places[i] for i, node in enumerate(places.data["nodes"])}
    west, east = at["Lisbon"], at["Almaty"]
    assert west[0] < at["Vienna"][0] < at["Kiev"][0] < east[0]
    assert at["Vilnius"][1] < at["Vienna"][1] < at["Skopje"][1]
    assert len(places.data["outline"]) > 20
    tab = open_map(places)
    root = ET.fromstring(tab.js("() => oscegraph.svg()"))
    land = [e for e in root if e.tag == f"{SVG}path" and e.find(f"{SVG}title") is None]
    assert len(land) == len(places.data["outline"])
    image = Image.open(io.BytesIO(tab.page.locator("#network").screenshot())).convert("RGB")
    assert {colour: n for n, colour in image.getcolors(1_000_000) or []}[238, 240, 242] > 1000


def test_decisions(decisions: BuiltMap, open_map: Open) -> None:
    """Only ties that rest on a rule alone are dashed, and each relation alone leaves the ties that have it."""
    rule = {frozenset((a, b)) for a, b, data in decisions.graph.edges(data=True) if data["inferred"]}
    nodes = [node["id"] for node in decisions.data["nodes"]]
    dashed = {frozenset((nodes[tie["a"]], nodes[tie["b"]])) for tie in decisions.data["ties"] if tie.get("dashes")}
    assert dashed == rule and 0 < len(rule) < decisions.graph.number_of_edges()
    tab = open_map(decisions)
    assert "dashed" in tab.text("#sizes")
    assert tab.js("oscegraph.svg()").count("stroke-dasharray") == len(rule)
    for relation in decisions.data["roles"]:
        tab.page.locator("#role").select_option(label=relation)
        ties = set(tab.shown()["ties"])
        assert ties == {frozenset((a, b)) for a, b, data in decisions.graph.edges(data=True) if relation in data["roles"]}, (
            relation
        )
        if relation != "basis by rule":
            assert not ties & rule
