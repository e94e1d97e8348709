"""Measure maps side by side with pyvis's default page of the same network, in one run, in headless Chromium.

    python benchmarks/maps.py

Needs Chromium (OSCEGRAPH_CHROMIUM names it, otherwise it is looked for). Prints how long each page takes: ours until it is
drawn, the layout being in the file; pyvis's until its layout has settled, as it computes that while the reader waits. And
how long it takes to make and to draw a map of 5,000 nodes and 25,000 ties.
"""

from __future__ import annotations

import os
import shutil
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

import networkx as nx
from playwright.sync_api import Browser, sync_playwright
from pyvis.network import Network

import oscegraph
from oscegraph import drawings, layout, maps
from oscegraph.events import Event, Options
from oscegraph.map_data import Drawing, mine, radii

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
KINDS = (("state", "state"), ("organization", "organization"), ("national-body", "national body"))
# pyvis's page keeps its network in a global variable. Settled is what vis-network itself calls so: the end of the rounds
# that the page computes before it shows anything, or an earlier standstill; nodes may still drift afterwards.
SETTLED = """() => new Promise((done) => {
  const wait = () => {
    if (typeof network === "undefined" || network === null) return setTimeout(wait, 5);
    for (const name of ["stabilizationIterationsDone", "stabilized"]) network.once(name, () => done(performance.now()));
  };
  wait();
})"""


DRAWN = """() => new Promise((done) => {
  const wait = () => (window.oscegraph?.drawnAt() ? done(window.oscegraph.drawnAt()) : setTimeout(wait, 5));
  wait();
})"""


def executable() -> str:
    """Return the path of a Chromium."""
    named = os.environ.get("OSCEGRAPH_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not found:
        raise SystemExit("No Chromium found; set OSCEGRAPH_CHROMIUM.")
    return found


def drawn(browser: Browser, path: Path) -> float:
    """Return the seconds from the start of the page until everything is drawn."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.goto(path.as_uri())
    if wrong:
        raise SystemExit(f"the page does not work: {wrong[0]}")
    moment = float(page.evaluate(DRAWN)) / 1000
    page.close()
    return moment


def settled(browser: Browser, path: Path) -> float:
    """Return the seconds from the start of pyvis's page until its layout has settled; outside requests are cut off."""
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.route("http*://**", lambda route: route.abort())
    page.goto(path.as_uri(), wait_until="commit")
    moment = float(page.evaluate(SETTLED)) / 1000
    page.close()
    return moment


def peer(graph: nx.Graph, path: Path) -> None:
    """Write pyvis's default page of a network, its libraries inside."""
    net = Network(cdn_resources="in_line")
    plain = nx.Graph()
    plain.add_nodes_from((node, {"label": data["label"]}) for node, data in graph.nodes(data=True))
    plain.add_weighted_edges_from(graph.edges(data="weight"))
    net.from_nx(plain)
    path.write_text(net.generate_html(), encoding="utf-8")


def made_up(nodes: int, ties: int) -> tuple[nx.Graph, dict[str, Event]]:
    """Return a random network of that size, every tie with an activity of its own."""
    random = nx.gnm_random_graph(nodes, ties, seed=1)
    graph = nx.Graph(name="made-up", title="Random ties.", mode="one-mode", options=Options().as_dict())
    for node, degree in random.degree():
        kind, group = KINDS[node % 3]
        label = f"Actor number {node}"
        graph.add_node(f"urn:n{node}", label=label, short=f"A{node}", type=kind, group=group, area=None, events=degree)
    events = {}
    for index, (a, b) in enumerate(random.edges):
        name, ends = f"urn:e{index}", (f"urn:n{a}", f"urn:n{b}")
        events[name] = Event({end: {"partner"} for end in ends}, label=f"Activity {index}", chapters=["II.1.1"])
        more: dict[str, Any] = {"roles": ["partner"], "first": None, "last": None, "chapters": ["II.1.1"], "themes": []}
        graph.add_edge(*ends, weight=1.0, events=[name], **more)
    return graph, events


def main() -> None:
    """Print all figures."""
    osce = oscegraph.load()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        ours, theirs = Path(folder) / "ours.html", Path(folder) / "peer.html"
        start = time.perf_counter()
        drawing = drawings.of_network(osce.store, osce.directory, Options())
        size = maps.write(drawing, osce.store, osce.directory, ours)
        made = time.perf_counter() - start
        peer(drawing.graph, theirs)
        nodes, ties = len(drawing.graph), drawing.graph.number_of_edges()
        print(f"map of all actors: {nodes} nodes, {ties} ties, {size / 1e6:.2f} MB (goal: under 2), made in {made:.1f} s")
        mine_, other = [], []
        for _ in range(3):
            mine_.append(drawn(browser, ours))
            other.append(settled(browser, theirs))
        one, two = statistics.median(mine_), statistics.median(other)
        print(f"  drawn {one:.2f} s, pyvis's default page settled {two:.2f} s, ratio {one / two:.3f} (goal: at most 0.05)")
        graph, events = made_up(5000, 25000)
        start = time.perf_counter()
        large = Drawing(graph, layout.force(graph, radii(graph)), "Made up", events, mine(graph, events))
        size = maps.write(large, osce.store, osce.directory, ours)
        made = time.perf_counter() - start
        shown = statistics.median(drawn(browser, ours) for _ in range(3))
        print(f"map of 5,000 nodes and 25,000 ties: made in {made:.1f} s (goal: under 15), {size / 1e6:.1f} MB")
        print(f"  drawn {shown:.2f} s (goal: under 4)")
        browser.close()


if __name__ == "__main__":
    main()
