"""Hostile texts in a map, in Chromium: they are shown as they are, and nothing of them runs."""

from __future__ import annotations

import copy
import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import networkx as nx
import pytest

from browser.map_pages import BuiltMap, MapPage
from oscegraph import map_data, maps
from oscegraph.api import Oscegraph
from oscegraph.directory import Thing
from oscegraph.events import Event, Options
from oscegraph.map_data import Drawing
from oscegraph.tellings import Activity, Participation, Telling

Open = Callable[..., MapPage]
HOSTILE = [
    "</script><script>window.hit=1</script>",
    "<!--<script>window.hit=1",
    '<img src=x onerror="window.hit=1">',
    "\"'>",
    "{{7*7}} {% raw %} ${7*7}",
    "]]></title></style><svg onload=window.hit=1>",
    "one\u2028two\u2029three",
    "half \ud800 of a pair",
    "zero\x00in the midst",
    "right \u202eto left",
    "long" * 2_500,
    "javascript:window.hit=1",
    "__proto__",
]


@pytest.fixture
def hostile(graph: Oscegraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BuiltMap:
    """A map in which every text is hostile: labels, short names, other names, activities, chapters, roles, decisions."""
    network = nx.Graph(name="hostile", title=HOSTILE[0], mode="one-mode", options=Options().as_dict())
    directory = copy.copy(graph.directory)
    directory.things = dict(directory.things)
    iris = [f"https://example.org/actor/{i}" for i in range(len(HOSTILE))]
    events: dict[str, Event] = {}
    activities = []
    for i, (iri, text) in enumerate(zip(iris, HOSTILE, strict=True)):
        network.add_node(iri, label=text, short=text, type="organization", group="organization", area=text, events=2)
        directory.things[iri] = Thing(iri, "InternationalOrganization", text, {"altLabel": [text + " other"]})
        one, two = iri, iris[(i + 1) % len(iris)]
        activity = f"https://example.org/activity/{i}"
        events[activity] = Event(
            {one: {"partner"}, two: {"partner"}}, {}, 1, "2011-01-02", "2011-01-02", "day", text, [text], ["drugs"]
        )
        people = [
            Participation("partner", one, text),
            Participation("partner", "https://example.org/unknown/" + str(i), text),
        ]
        telling = Telling(
            f"t{i}", activity, text, text, (1, 2), places=[text], kind=text, basis=[text], participations=people
        )
        activities.append(Activity(activity, text, {}, [telling]))
    for i, activity in enumerate(events):
        a, b = iris[i], iris[(i + 1) % len(iris)]
        network.add_edge(
            a, b, weight=1.0, events=[activity], roles=["partner"], first=None, last=None, chapters=[], themes=[]
        )
    monkeypatch.setattr(map_data, "read_activities", lambda store, names, wanted: activities)
    monkeypatch.setattr(map_data, "_theme_label", lambda names, theme: HOSTILE[2])
    positions = {iri: (i % 4 * 200, i // 4 * 150) for i, iri in enumerate(iris)}
    mine = map_data.mine(network, events)
    title = " ".join(text for text in HOSTILE if len(text) < 100)
    drawing = Drawing(network, positions, title, events, mine, help=list(HOSTILE), role_title=HOSTILE[2])
    drawing.panels = [{"title": text, "x": 0, "y": 0, "w": 600, "h": 450} for text in HOSTILE]
    path = tmp_path / "map.html"
    maps.write(drawing, graph.store, directory, path)
    return BuiltMap("hostile", path, drawing)


def test_hostile_texts(hostile: BuiltMap, open_map: Open) -> None:
    """Every node and tie is drawn and selected, every text is shown as it is, and none of it runs."""
    assert [node["label"] for node in hostile.data["nodes"]] == HOSTILE
    assert json.dumps(hostile.data["events"]).count("long" * 2_500) > 3
    tab = open_map(hostile)
    shown = tab.shown()
    assert len(shown["nodes"]) == len(shown["ties"]) == len(HOSTILE)
    tab.js("() => { window.known = JSON.parse(document.getElementById('data').textContent); }")
    # Compared inside of the page: half a pair does not survive the way out.
    same = "(i) => document.getElementById('details-title').textContent === known.nodes[i].label"
    told = """(i) => {
      const label = known.nodes[i].label, sections = [...document.querySelectorAll("#details section")];
      const text = sections.find((section) => section.firstChild.textContent === label).textContent;
      const parts = [`${label}, lines 1-2`, `; ${label}; `, `partner: ${label}`, `rests on: ${label}`];
      return parts.map((part) => text.includes(part));
    }"""
    for index in range(len(HOSTILE)):
        tab.choose({"actor": hostile.data["nodes"][index]["iri"]})
        assert tab.js(same, index), HOSTILE[index][:50]
        assert tab.js(told, index) == [True] * 4, HOSTILE[index][:50]
        tab.choose({"tie": index})
        tab.js("() => document.querySelectorAll('#details button.link').forEach((b) => b.textContent)")
    tab.page.locator("#tab-nodes").click()
    texts = "[...document.querySelectorAll('#table td button')].map((button) => button.textContent)"
    assert tab.js(
        f"() => {{ const texts = {texts}; return known.nodes.every((n) => texts.some((t) => t.startsWith(n.label))); }}"
    )
    for text in HOSTILE:
        words = text.replace("\ud800", "").replace("\x00", "")[:30]
        tab.page.locator("#search").fill(words)
        assert tab.page.locator("#found li").count() >= 1
        tab.page.locator("#search").press("Enter")
    tab.page.locator("#theme").select_option(index=1)
    assert len(tab.shown()["ties"]) == len(HOSTILE)
    tab.page.locator("#physics").click()
    tab.page.locator("#physics").click()
    tab.page.locator("#dark").click()
    tab.choose(None)
    root = ET.fromstring(tab.js("() => oscegraph.svg()"))
    assert not [e for e in root.iter() if e.tag.rpartition("}")[2] in ("script", "img", "image", "foreignObject", "a")]
    titles = {e.text for e in root.iterfind("*/{http://www.w3.org/2000/svg}title")}
    assert set(HOSTILE[:6]) <= titles
    with tab.page.expect_download():
        tab.page.locator("#svg").click()
    assert tab.js("window.hit") is None
    assert tab.js("() => document.querySelectorAll('img').length") == 0
    assert tab.js("() => document.scripts.length") == 6
    assert tab.page.title() == tab.text("h1").replace("\n", " ") or "half ? of" in tab.text("h1")


@pytest.mark.parametrize("width", [1280, 390])
def test_long_words_do_not_widen_the_page(width: int, hostile: BuiltMap, open_map: Open) -> None:
    """A word of ten thousand letters breaks, or scrolls inside of the table; the page stays as wide as the window."""
    tab = open_map(hostile, width=width)
    for what in (None, {"actor": hostile.data["nodes"][10]["iri"]}, {"tie": 10}):
        tab.choose(what)
        wide, room = tab.js("() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        assert wide <= room, what


def test_policy(unodc: BuiltMap, open_map: Open) -> None:
    """The policy of the page names its two scripts by hash; no script that is put in runs, and no request goes out."""
    tab = open_map(unodc)
    policy = tab.page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content") or ""
    rules = {rule.split()[0]: rule.split()[1:] for rule in policy.split("; ")}
    assert rules["default-src"] == ["'none'"]
    assert len(rules["script-src"]) == 2 and all(source.startswith("'sha256-") for source in rules["script-src"])
    assert "connect-src" not in rules and rules["img-src"] == ["data:", "blob:"]
    for words in ("Content Security Policy", "violates", "Refused to"):
        tab.allow(words)
    inserted = """() => new Promise((done) => {
      document.addEventListener("securitypolicyviolation", (event) => done(event.violatedDirective), { once: true });
      const script = document.createElement("script");
      script.textContent = "window.hit = 1";
      document.body.append(script);
    })"""
    assert tab.js(inserted).startswith("script-src")
    handler = """() => new Promise((done) => {
      document.addEventListener("securitypolicyviolation", (event) => done(event.violatedDirective), { once: true });
      document.body.insertAdjacentHTML("beforeend", '<b id="b" onclick="window.hit = 1">b</b>');
      document.getElementById("b").click();
    })"""
    assert tab.js(handler).startswith("script-src")
    assert tab.js("window.hit") is None
    outside = """(send) => new Promise((done) => {
      document.addEventListener("securitypolicyviolation", (event) => done(event.violatedDirective), { once: true });
      if (send === "fetch") fetch("https://example.org/").catch(() => {});
      else new Image().src = "https://example.org/x.png";
    })"""
    # Chromium reports a request that its policy refuses as one that was begun.
    tab.allow("request https://example.org/")
    assert tab.js(outside, "fetch") == "connect-src"
    assert tab.js(outside, "image") == "img-src"
    assert tab.js("window.hit") is None


@pytest.mark.parametrize("scale", ["11", "1000000", "1e-9", "1e300"])
def test_absurd_scales_at_a_node(scale: str, unodc: BuiltMap, open_map: Open) -> None:
    """An address that looks at a node from absurdly near or far does not freeze the page."""
    x, y, _ = unodc.places[0]
    tab = open_map(unodc, f"view={x} {y} {scale}")
    assert 0 < tab.view()[2] <= 100
    tab.page.locator("#fit").click()
    tab.frames()
    assert len(tab.js("oscegraph.labels()")) >= 20
