"""Accessibility of maps in Chromium: the rules of axe-core, and everything by the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from browser.map_pages import BuiltMap, MapPage
from chromium import serious

Open = Callable[..., MapPage]
# Rows, activities and partners are alike; of each kind some are looked at.
ALIKE = ["#table tbody tr:nth-child(n+5)", "#details section:nth-of-type(n+4)", "#details li:nth-child(n+6)"]
FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === window.firstFocused) return null;
  window.firstFocused ??= e;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  return {
    id: e.id,
    text: e.textContent.slice(0, 60),
    inside: e.closest("#table, #network")?.id ?? "",
    outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth,
  };
}"""


def _serious(tab: MapPage) -> list[str]:
    return serious(tab.page, context={"exclude": [[part] for part in ALIKE]})


# Colours depend on the scheme, places on the width: each of both once.
@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)], ids=["1280-light", "390-dark"])
def test_axe(width: int, dark: bool, each: BuiltMap, open_map: Open) -> None:
    """With nothing, an actor and a tie selected, axe-core finds nothing serious."""
    tab = open_map(each, width=width, height=800 if width > 400 else 844, dark=dark)
    found: dict[str, Any] = {}
    for what in (None, {"actor": each.data["nodes"][0]["iri"]}, {"tie": 0}):
        tab.choose(what)
        if faults := _serious(tab):
            found[str(what)] = faults
    if width == 390:
        tab.page.locator("#controls > summary").click()
        tab.page.locator("#search").fill("a")
        if faults := _serious(tab):
            found["menus"] = faults
    assert not found


def walk(tab: MapPage, most: int = 600) -> list[dict[str, Any]]:
    """Press Tab from the start of the page to its end, and return what had the focus."""
    found: list[dict[str, Any]] = []
    for _ in range(most):
        tab.page.keyboard.press("Tab")
        here = tab.js(FOCUSED)
        if here is None:
            return found
        found.append(here)
    raise AssertionError(f"after {most} keys still at {found[-1]}")


def test_everything_by_keyboard(decisions: BuiltMap, open_map: Open) -> None:
    """The Tab key reaches every control, the drawing and the tables; where the focus is, is seen."""
    tab = open_map(decisions)
    tab.choose({"tie": 0})
    tab.js("() => document.activeElement.blur()")
    found = walk(tab)
    ids = {here["id"] for here in found}
    wanted = {"search", "fit", "physics", "png", "svg", "print", "link", "dark", "theme", "role", "vague", "least", "reset"}
    wanted |= {"from", "to", "tab-ties", *(f"type-{i}" for i in range(len(decisions.data["types"])))}
    hidden = set(
        tab.js("() => [...document.querySelectorAll('#filters [id]')].filter((e) => !e.offsetParent).map((e) => e.id)")
    )
    assert wanted - hidden <= ids
    texts = [here["text"] for here in found]
    assert "To the tables" in texts and "Show all again" in texts and "Legend and filters" in texts
    assert any(here["inside"] == "network" for here in found)
    stops = tab.js(
        "() => [...document.querySelectorAll('#table a[href], #table button')].filter((e) => e.offsetParent).length"
    )
    assert sum(here["inside"] == "table" for here in found) >= stops >= len(decisions.data["ties"])
    assert not [here for here in found if not here["outline"]]
    assert not [here for here in found if not here["seen"]]


def test_keys_without_mouse(unodc: BuiltMap, open_map: Open) -> None:
    """The skip link leads to the tables, a row is chosen by Enter, and keys move and zoom the drawing."""
    tab = open_map(unodc)
    tab.page.keyboard.press("Tab")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_function("() => document.activeElement.id === 'tables'")
    tab.page.locator("#table tbody tr button").nth(2).focus()
    tab.page.keyboard.press("Enter")
    assert "tie" in tab.chosen()
    frame = tab.page.locator("#network .vis-network")
    assert frame.get_attribute("role") == "application" and frame.get_attribute("aria-label")
    frame.focus()
    old = tab.view()
    tab.page.keyboard.down("ArrowRight")
    tab.page.wait_for_function("(x) => Math.abs(oscegraph.network.getViewPosition().x - x) > 5", arg=old[0])
    tab.page.keyboard.up("ArrowRight")
    tab.page.keyboard.down("=")
    tab.page.wait_for_function("(s) => oscegraph.network.getScale() > s * 1.02", arg=old[2])
    tab.page.keyboard.up("=")


def test_focus_stays(unodc: BuiltMap, open_map: Open) -> None:
    """After a row of the table, a column and an actor in the details are chosen by key, the focus is not lost."""
    tab = open_map(unodc)
    tab.page.locator("#table tbody tr button").nth(2).focus()
    tab.page.keyboard.press("Enter")
    assert tab.js("() => document.activeElement !== document.body")
    tab.page.locator("#details button.link").first.focus()
    tab.page.keyboard.press("Enter")
    assert tab.js("() => document.activeElement !== document.body")
    tab.page.get_by_role("button", name="Show all again").focus()
    tab.page.keyboard.press("Enter")
    assert tab.js("() => document.activeElement !== document.body")


def test_roles_of_the_search(unodc: BuiltMap, open_map: Open) -> None:
    """The search is a combobox with a list of options, as a screen reader expects; the summary is a status."""
    tab = open_map(unodc)
    assert tab.page.get_by_role("combobox", name="Find by name").count() == 1
    tab.page.locator("#search").fill("un")
    assert tab.page.get_by_role("listbox", name="Found").get_by_role("option").count() > 1
    assert tab.page.locator("#summary").get_attribute("role") == "status"
    assert tab.js("() => document.documentElement.lang") == "en"
