"""A map opened in Chromium: what the tests ask of it, and a record of all that a map must not do."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from oscegraph.map_data import Drawing

READY = "() => Boolean(window.oscegraph && oscegraph.drawnAt() !== null)"
FRAMES = """async (count) => {
  for (let i = 0; i < count; i++) await new Promise((done) => requestAnimationFrame(done));
  return true;
}"""
POSITIONS = "() => JSON.stringify(oscegraph.network.getPositions())"


@dataclass
class BuiltMap:
    """A map on disk with the drawing that it was made of."""

    name: str
    path: Path
    drawing: Drawing

    @property
    def graph(self) -> Any:
        """The network that the map shows."""
        return self.drawing.graph

    @cached_property
    def html(self) -> str:
        """The text of the page."""
        return self.path.read_text(encoding="utf-8")

    def block(self, name: str) -> Any:
        """Return the JSON of a script block of the page."""
        found = re.search(rf'<script type="application/json" id="{name}">(.*?)</script>', self.html, re.DOTALL)
        assert found is not None, name
        return json.loads(found[1])

    @cached_property
    def data(self) -> Any:
        """What the page knows."""
        return self.block("data")

    @cached_property
    def places(self) -> list[tuple[float, float, float]]:
        """Place and radius of each node at scale 1."""
        nodes = sorted(self.block("vis-nodes"), key=lambda node: node["id"])
        return [(node["x"], node["y"], known["r"]) for node, known in zip(nodes, self.data["nodes"], strict=True)]

    def number(self, node: object) -> int:
        """Return the number of a node in the page."""
        return next(i for i, known in enumerate(self.data["nodes"]) if known["id"] == str(node))

    def tie(self, a: object, b: object) -> int:
        """Return the number of a tie in the page."""
        ends = {self.number(a), self.number(b)}
        return next(i for i, tie in enumerate(self.data["ties"]) if {tie["a"], tie["b"]} == ends)

    def event(self, iri: str) -> Any:
        """Return what the page knows of an activity; activities stand in the order of their dates."""
        return next(e for e in self.data["events"] if e["label"] == self.drawing.events[iri].label)


@dataclass
class MapPage:
    """One tab with a map in it."""

    page: Page
    built: BuiltMap
    allowed: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Record all that a map must not do."""
        own = self.built.path.as_uri()
        note = self.problems.append

        def request(url: str) -> None:
            if url.partition("#")[0] != own and not url.startswith(("data:", "blob:")):
                note(f"request {url[:200]}")

        def dialog(found: Any) -> None:
            note(f"dialog {found.message}")
            found.dismiss()

        self.page.on("request", lambda found: request(found.url))
        self.page.on("console", lambda said: note(f"console {said.type} {said.text}") if said.type == "error" else None)
        self.page.on("pageerror", lambda error: note(f"error {error}"))
        self.page.on("crash", lambda _: note("crash"))
        self.page.on("dialog", dialog)

    def allow(self, words: str) -> None:
        """Do not count problems with these words: the test makes them on purpose."""
        self.allowed.append(words)

    def faults(self) -> list[str]:
        """Return what went wrong and was not made on purpose."""
        return [problem for problem in self.problems if not any(words in problem for words in self.allowed)]

    def open(self, fragment: str = "") -> None:
        """Load the map and wait until it is drawn."""
        # Another document first: a change of the fragment alone loads nothing.
        if self.page.url != "about:blank":
            self.page.goto("about:blank")
        self.page.goto(self.built.path.as_uri() + (f"#{fragment}" if fragment else ""))
        self.page.wait_for_function(READY)
        self.settle()

    def settle(self) -> None:
        """Wait until what was asked is drawn."""
        # Not `evaluate`, which waits for ever if the page fails before it has drawn.
        self.page.wait_for_function("() => oscegraph.settled().then(() => true)")

    def frames(self, count: int = 2) -> None:
        """Wait some frames of the screen."""
        self.page.wait_for_function(FRAMES, arg=count)

    def js(self, expression: str, argument: Any = None) -> Any:
        """Return the value of JavaScript in the page."""
        return self.page.evaluate(expression, argument)

    def shown(self) -> dict[str, Any]:
        """Return what is shown: nodes, and ties with weights."""
        self.settle()
        found = self.js("() => oscegraph.shown()")
        return {"nodes": set(found["nodes"]), "ties": {frozenset((a, b)): weight for a, b, weight in found["ties"]}}

    def chosen(self) -> Any:
        """Return what is selected."""
        return self.js("() => oscegraph.chosen()")

    def view(self) -> list[float]:
        """Return the place in the middle of the drawing and the scale."""
        return self.js("() => { const n = oscegraph.network, p = n.getViewPosition(); return [p.x, p.y, n.getScale()]; }")

    def choose(self, what: Any) -> None:
        """Select an actor or a tie, or nothing, as a click in a table does."""
        self.js("(what) => oscegraph.choose(what, true)", what)
        self.frames()

    def click_drawing(self, x: float, y: float) -> None:
        """Click on a point of the drawing, given from its upper left corner."""
        box = self.page.locator("#network canvas").bounding_box()
        assert box is not None
        assert 0 < x < box["width"] and 0 < y < box["height"], (x, y, box)
        self.page.mouse.click(box["x"] + x, box["y"] + y)

    def details(self) -> list[list[str]]:
        """Return the lines of each activity in the details."""
        return self.js(
            "() => [...document.querySelectorAll('#details section')].map((s) => [...s.children].map((c) => c.textContent))"
        )

    def text(self, selector: str) -> str:
        """Return the text of an element."""
        return self.page.locator(selector).text_content() or ""

    def rows(self) -> list[list[str]]:
        """Return the cells of the rows of the table on this page of it."""
        return self.js(
            "() => [...document.querySelectorAll('#table tbody tr')].map((r) => [...r.cells].map((c) => c.textContent))"
        )

    def all_rows(self) -> list[list[str]]:
        """Return all rows of the table, all pages walked."""
        found = self.rows()
        while self.page.locator("#after").is_enabled():
            self.page.locator("#after").click()
            found += self.rows()
        return found


def ties_of(graph: Any) -> dict[frozenset[str], float]:
    """Return the ties of a network with their weights."""
    return {frozenset((str(a), str(b))): data["weight"] for a, b, data in graph.edges(data=True)}
