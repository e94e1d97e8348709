"""Portraits and the whole document in Chromium: no request, nothing serious for axe-core, nothing wider than the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chromium import unfit
from oscegraph import portraits, survey
from oscegraph.api import Oscegraph

# Rows, lines of the index and short portraits are alike; axe-core, which is slow on large pages, looks at some of each kind.
ALIKE = ["tbody tr:nth-child(n+3)", "#index dl > div:nth-child(n+3)", "#structures > section:nth-of-type(n+2)"]
NAMES = ("SPMU", "Andorra", "report")


@pytest.fixture(scope="module")
def pages(graph: Oscegraph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages on disk: a structure, an actor without activities, and the document."""
    folder = tmp_path_factory.mktemp("portraits")
    made = {name: portraits.profile(graph, graph.actor(name)) for name in NAMES[:-1]} | {"report": survey.report(graph)}
    found = {name: folder / f"{name}.html" for name in made}
    for name, path in found.items():
        path.write_bytes(made[name])
    return found


@pytest.fixture(params=[1280, 390])
def tab(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    """A page of one size that must ask for nothing and report nothing."""
    size = {"width": request.param, "height": 800 if request.param > 400 else 844}
    context = browser.new_context(viewport=size, color_scheme="light")
    context.set_default_timeout(20_000)
    page, asked, faults = context.new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    opened = [url for url in asked if url.startswith("file:")]
    context.close()
    assert faults == [] and asked == opened and len(set(opened)) == len(NAMES)


def test_pages(tab: Any, pages: dict[str, Path]) -> None:
    """Each page fits its width, and axe-core finds nothing serious, in the light and in the dark."""
    found = []
    for name, path in pages.items():
        tab.goto(path.as_uri())
        found += [f"{name}: {fault}" for fault in unfit(tab, ", ".join(ALIKE))]
    assert found == []


def test_a_number_leads_to_its_evidence(browser: Any, pages: dict[str, Path]) -> None:
    """By the keyboard: the skip link, a number, its line in the index, a row of evidence."""
    page = browser.new_page()
    page.goto(pages["SPMU"].as_uri())
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.locator("#figures tbody a").first.press("Enter")
    target = page.locator(":target")
    assert target.locator("dt").inner_text().startswith("activities of SPMU")
    target.locator("a").first.press("Enter")
    assert page.locator("tr:target th").inner_text().startswith("1. ")
    page.close()


@pytest.mark.parametrize("name", ["SPMU", "report"])
def test_no_text_is_cut_off_in_a_plot(name: str, browser: Any, pages: dict[str, Path]) -> None:
    """On a telephone all texts of bars and months lie inside of the page."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(pages[name].as_uri())
    outside = page.evaluate(
        """() => [...document.querySelectorAll("svg text")].filter((text) => {
          const box = text.getBoundingClientRect();
          return box.left < 0 || box.right > innerWidth;
        }).map((text) => text.textContent)"""
    )
    page.close()
    assert outside == []
