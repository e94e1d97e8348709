"""What a map tells in Chromium: filters, search, activities of actors and ties, tables, and addresses of views."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

import pytest

from browser.map_pages import BuiltMap, MapPage, ties_of
from oscegraph.api import Oscegraph
from oscegraph.events import Event
from oscegraph.map_data import words
from oscegraph.networks import share
from oscegraph.tellings import ROLES, Activity, read_activities

Open = Callable[..., MapPage]


def slide(tab: MapPage, name: str, value: int) -> None:
    """Move a slider."""
    tab.page.locator(f"#{name}").fill(str(value))
    tab.settle()


def tied(graph: Any) -> set[str]:
    """Return the nodes that have a tie."""
    return {str(node) for node, degree in graph.degree() if degree}


# Filters.


def test_theme(whole: BuiltMap, graph: Oscegraph, open_map: Open) -> None:
    """Each theme leaves the nodes, ties and weights of the network of that theme; the summary counts them."""
    tab = open_map(whole)
    for theme in whole.data["themes"]:
        tab.page.locator("#theme").select_option(label=theme["label"])
        expected, shown = graph.network(on=theme["id"]), tab.shown()
        assert shown["ties"] == pytest.approx(ties_of(expected)), theme
        assert shown["nodes"] == set(expected), theme
        summary = tab.text("#summary")
        assert f"{len(expected)} actors and {expected.number_of_edges()} ties shown" in summary
        assert summary.endswith(f"of {len(whole.graph)} and {whole.graph.number_of_edges()}")


def test_role(whole: BuiltMap, open_map: Open) -> None:
    """A role leaves the ties of which either end has it in a common activity, with the weight of those activities."""
    tab = open_map(whole)
    events = whole.drawing.events
    for role in ROLES:
        tab.page.locator("#role").select_option(label=role)
        weights = {
            frozenset((a, b)): sum(
                share(events[iri], "raw") for iri in data["events"] if role in events[iri].actors[a] | events[iri].actors[b]
            )
            for a, b, data in whole.graph.edges(data=True)
            if role in data["roles"]
        }
        shown = tab.shown()
        assert shown["ties"] == pytest.approx(weights), role
        assert shown["nodes"] == {end for tie in weights for end in tie}


def test_types(unodc: BuiltMap, open_map: Open) -> None:
    """A type that is switched off takes its nodes and their ties out; the legend counts the nodes of each type."""
    tab = open_map(unodc)
    kinds = [unodc.data["types"][node["type"]]["id"] for node in unodc.data["nodes"]]
    for index, kind in enumerate(unodc.data["types"]):
        box = tab.page.locator(f"#type-{index}")
        assert box.is_checked()
        assert f"({kinds.count(kind['id'])})" in tab.text(f"label[for=type-{index}]")
        box.uncheck()
        rest = unodc.graph.subgraph([n for n, data in unodc.graph.nodes(data=True) if data["type"] != kind["id"]])
        shown = tab.shown()
        assert shown == {"nodes": set(rest), "ties": pytest.approx(ties_of(rest))}, kind
        box.check()
    assert len(tab.shown()["nodes"]) == len(unodc.graph)


@pytest.mark.parametrize("vague", [False, True])
def test_months(vague: bool, whole: BuiltMap, graph: Oscegraph, open_map: Open) -> None:
    """The sliders leave what the period filters of the queries leave: surely within, or, if ticked, possibly."""
    tab = open_map(whole)
    months = whole.data["months"]
    if vague:
        tab.page.locator("#vague").check()
    for first, last in ((0, 0), (2, 4), (len(months) - 3, len(months) - 1), (0, len(months) - 2)):
        tab.page.locator("#reset").click()
        if vague:
            tab.page.locator("#vague").check()
        slide(tab, "from", first)
        slide(tab, "to", last)
        expected = graph.network(start=months[first][0], end=months[last][0], possible=vague)
        shown = tab.shown()
        assert shown["ties"] == pytest.approx(ties_of(expected)), (first, last)
        assert shown["nodes"] == set(expected)
        assert months[first][0] in tab.text("#period") and months[last][0] in tab.text("#period")


def test_sliders_do_not_cross(unodc: BuiltMap, open_map: Open) -> None:
    """A first month behind the last takes the last along, and the other way round."""
    tab = open_map(unodc)
    slide(tab, "to", 3)
    slide(tab, "from", 5)
    assert tab.page.locator("#to").input_value() == "5"
    slide(tab, "to", 1)
    assert tab.page.locator("#from").input_value() == "1"


def test_least_weight(whole: BuiltMap, graph: Oscegraph, open_map: Open) -> None:
    """The least weight leaves the ties from that weight on, and no node without a tie."""
    tab = open_map(whole)
    for step, least in list(enumerate(sorted({data for *_, data in whole.graph.edges(data="weight")}), 1))[::3]:
        slide(tab, "least", step)
        expected, shown = graph.network(least=least), tab.shown()
        assert shown == {"nodes": set(expected), "ties": pytest.approx(ties_of(expected))}, least
        assert tab.text("#leastshown") == f"{least:g}"


def test_filters_together(whole: BuiltMap, graph: Oscegraph, open_map: Open) -> None:
    """Filters hold together; the button takes all of them off."""
    tab = open_map(whole)
    months = whole.data["months"]
    tab.page.locator("#theme").select_option(index=9)
    theme = whole.data["themes"][int(tab.page.locator("#theme").input_value())]
    slide(tab, "from", 3)
    slide(tab, "to", 10)
    slide(tab, "least", 2)
    expected = graph.network(on=theme["id"], start=months[3][0], end=months[10][0], least=2)
    shown = tab.shown()
    assert shown == {"nodes": tied(expected), "ties": pytest.approx(ties_of(expected))}
    tab.page.locator("#type-0").uncheck()
    tab.page.locator("#role").select_option(index=1)
    tab.page.locator("#vague").check()
    tab.settle()
    tab.page.locator("#reset").click()
    shown = tab.shown()
    assert shown == {"nodes": set(whole.graph), "ties": pytest.approx(ties_of(whole.graph))}
    assert " of " not in tab.text("#summary")
    assert tab.page.locator("#type-0").is_checked() and not tab.page.locator("#vague").is_checked()
    assert tab.page.locator("#theme").input_value() == tab.page.locator("#role").input_value() == ""


def test_nothing_left(unodc: BuiltMap, open_map: Open) -> None:
    """Filters that leave nothing say so, and everything comes back."""
    tab = open_map(unodc)
    for index in range(len(unodc.data["types"])):
        tab.page.locator(f"#type-{index}").uncheck()
    assert tab.shown() == {"nodes": set(), "ties": {}}
    assert tab.text("#counted") == "Nothing fits the filters."
    tab.page.locator("#fit").click()
    tab.page.locator("#reset").click()
    assert len(tab.shown()["nodes"]) == len(unodc.graph)


# Search.


def test_search_by_keyboard(whole: BuiltMap, graph: Oscegraph, open_map: Open) -> None:
    """An acronym or another name, typed and chosen by keys alone, selects the actor; a name that nobody bears is said so."""
    tab = open_map(whole)
    field = tab.page.locator("#search")
    field.focus()
    tab.page.keyboard.type("unodc")
    assert field.get_attribute("aria-expanded") == "true"
    tab.page.keyboard.press("Enter")
    assert tab.chosen() == {"actor": graph.actor("UNODC").iri}
    assert tab.text("#details-title") == graph.actor("UNODC").label
    labels = {name.casefold() for node in whole.data["nodes"] for name in (node["label"], node["short"])}
    owners: dict[str, set[str]] = {}
    for node in whole.data["nodes"]:
        for name in node["names"]:
            owners.setdefault(name.casefold(), set()).add(node["iri"])
    other = [
        (name, node["iri"])
        for node in whole.data["nodes"]
        for name in node["names"]
        if len(owners[name.casefold()]) == 1 and name.casefold() not in labels
    ]
    assert len(other) > 50
    for name, iri in other[:: len(other) // 8]:
        field.focus()
        tab.page.keyboard.type(name)
        tab.page.keyboard.press("Enter")
        assert tab.chosen() == {"actor": iri}, name
        assert field.input_value() == ""


def test_search_with_arrows(whole: BuiltMap, open_map: Open) -> None:
    """The arrow keys go through what was found and round; Escape empties the field; the list says what is active."""
    tab = open_map(whole)
    field = tab.page.locator("#search")
    field.focus()
    tab.page.keyboard.type("police")
    found = tab.page.locator("#found li")
    count = found.count()
    assert count > 2
    assert tab.page.locator("#found li[aria-selected=true]").count() == 1
    tab.page.keyboard.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == found.nth(1).get_attribute("id")
    tab.page.keyboard.press("ArrowUp")
    tab.page.keyboard.press("ArrowUp")
    last = found.nth(count - 1)
    assert last.get_attribute("aria-selected") == "true"
    name = last.evaluate("(item) => item.firstChild.textContent")
    tab.page.keyboard.press("Enter")
    assert tab.text("#details-title") == name
    tab.page.keyboard.type("zzqx")
    assert tab.page.locator("#found").is_visible()
    assert tab.text("#found") == "No name fits."
    before = tab.chosen()
    tab.page.keyboard.press("Enter")
    assert tab.chosen() == before
    tab.page.keyboard.press("Escape")
    assert field.input_value() == ""
    assert not tab.page.locator("#found").is_visible()
    assert field.get_attribute("aria-expanded") == "false"


def test_search_by_mouse(whole: BuiltMap, graph: Oscegraph, open_map: Open) -> None:
    """A click on a name that was found selects it."""
    tab = open_map(whole)
    tab.page.locator("#search").fill("europol")
    tab.page.locator("#found li").first.click()
    assert tab.chosen() == {"actor": graph.actor("Europol").iri}


# Details.


def expected_details(graph: Oscegraph, events: dict[str, Event], iris: Iterable[str]) -> list[list[str]]:
    """Return the lines that the details show of activities, from the graph."""
    names = graph.directory
    found = []
    activities = {a.id: a for a in read_activities(graph.store, names, sorted(iris))}
    for iri in sorted(iris, key=lambda i: (events[i].first or "9999", events[i].last or "9999", events[i].label, i)):
        event, activity = events[iri], activities[iri]
        when = "no date"
        if event.first and event.last:
            when = event.first if event.first == event.last else f"{event.first} to {event.last}"
            when += "" if event.precision == "day" else f" (known to the {event.precision})"
        places = [t.place or t.country for t in activity.tellings]
        where = next(filter(None, places), "no place")
        lines = [event.label, "; ".join(filter(None, (when, where, words(activity.tellings[0].kind))))]
        if event.themes:
            lines.append("theme: " + ", ".join(names.label(names.concept("theme", theme)) for theme in event.themes))
        lines += _roles(graph, activity)
        lines.append("report: " + "; ".join(t.source for t in activity.tellings))
        basis = list(dict.fromkeys(b for t in activity.tellings for b in t.basis))
        lines.append("rests on: " + ("; ".join(basis) or "no decision is stated"))
        found.append(lines)
    return found


def _roles(graph: Oscegraph, activity: Activity) -> list[str]:
    """Return who took part, role by role; the order of names within a role is not compared."""
    people: dict[str, set[str]] = {}
    for telling in activity.tellings:
        for part in telling.participations:
            people.setdefault(part.role, set()).add(graph.directory.label(part.actor))
    return [f"{role}: " + ", ".join(sorted(people[role])) for role in ROLES if role in people]


def in_order(lines: list[list[str]], expected: list[list[str]]) -> list[list[str]]:
    """Return the lines of the page with the names within a role in the order of the alphabet."""
    orders = {("".join(sorted(line)), place): line for place, section in enumerate(expected) for line in section}
    return [
        [orders.get(("".join(sorted(line)), place), line) if line.partition(": ")[0] in ROLES else line for line in section]
        for place, section in enumerate(lines)
    ]


def check_tie(tab: MapPage, graph: Oscegraph, a: str, b: str) -> list[list[str]]:
    """Compare the details of a tie with the graph, and return them."""
    data = tab.built.graph.edges[a, b]
    found = tab.details()
    expected = expected_details(graph, tab.built.drawing.events, data["events"])
    assert in_order(found, expected[:40]) == expected[:40]
    text = tab.text("#details")
    assert tab.built.graph.nodes[a]["label"] in text and tab.built.graph.nodes[b]["label"] in text
    count = len(data["events"])
    assert f"weight {data['weight']:g}; {count} {'activity' if count == 1 else 'activities'}" in text
    return found


def stated(tab: MapPage, graph: Oscegraph) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Return ties of one activity that rests on a stated decision, and ties of one activity for which none is stated."""
    activities = {a.id: a for a in read_activities(graph.store, graph.directory, sorted(tab.built.drawing.events))}
    some: tuple[list[tuple[str, str]], list[tuple[str, str]]] = ([], [])
    for a, b, data in tab.built.graph.edges(data=True):
        if len(data["events"]) == 1:
            some[0 if any(t.basis for t in activities[data["events"][0]].tellings) else 1].append((a, b))
    return some


def test_ties_by_table(whole: BuiltMap, graph: Oscegraph, open_map: Open) -> None:
    """The button of a row of the table shows the activities of the tie as they stand in the graph."""
    tab = open_map(whole)
    names = nx_names(whole)
    for row in (0, 1, 7, 40, 99):
        tab.page.locator("#table tbody tr").nth(row).locator("button").click()
        chosen = tab.chosen()
        tie = whole.data["ties"][chosen["tie"]]
        check_tie(tab, graph, names[tie["a"]], names[tie["b"]])
        assert tab.page.locator("#table tbody tr").nth(row).get_attribute("aria-current") == "true"
        assert tab.page.locator("#table tr[aria-current]").count() == 1


def nx_names(built: BuiltMap) -> list[str]:
    """Return the names of the nodes by their number."""
    return [node["id"] for node in built.data["nodes"]]


def test_decisions_behind_a_tie(whole: BuiltMap, graph: Oscegraph, open_map: Open) -> None:
    """A tie names the decision that its activity rests on as stated, and says where none is stated."""
    tab = open_map(whole)
    with_basis, without = stated(tab, graph)
    for a, b in with_basis[:: max(len(with_basis) // 4, 1)][:4]:
        tab.choose({"tie": whole.tie(a, b)})
        assert "no decision" not in check_tie(tab, graph, a, b)[0][-1]
    for a, b in without[:: len(without) // 4][:4]:
        tab.choose({"tie": whole.tie(a, b)})
        assert check_tie(tab, graph, a, b)[0][-1] == "rests on: no decision is stated"


def test_click_on_nodes(whole: BuiltMap, graph: Oscegraph, open_map: Open) -> None:
    """A click on a node shows its partners with the number of activities, and its own; a click beside it lets go."""
    tab = open_map(whole)
    ranked = sorted(whole.graph, key=lambda n: -whole.graph.degree(n))
    for node in (ranked[0], ranked[10], ranked[60], graph.actor("UNODC").iri):
        tab.js("() => oscegraph.choose(null)")
        tab.page.locator("#fit").click()
        tab.frames()
        tab.click_drawing(*tab.js("(id) => oscegraph.place(id)", node))
        tab.page.wait_for_function("() => oscegraph.chosen()")
        assert tab.chosen() == {"actor": node}
        assert tab.text("#details-title") == whole.graph.nodes[node]["label"]
        partners = whole.graph[node]
        assert f"{len(partners)} partner" in tab.text("#details")
        rows = tab.js("() => [...document.querySelectorAll('#details li')].map((i) => i.textContent)")
        expected = [
            f"{whole.graph.nodes[o]['label']} {len(d['events'])} {'activity' if len(d['events']) == 1 else 'activities'}"
            for o, d in partners.items()
        ]
        assert len(rows) == min(len(expected), 60) and set(rows) <= set(expected)
        iris = whole.drawing.mine[node]
        wanted = expected_details(graph, whole.drawing.events, iris)[:40]
        assert in_order(tab.details(), wanted) == wanted
        assert f"{len(iris)} activit" in tab.text("#details")
    tab.click_drawing(4, 4)
    tab.page.wait_for_function("() => !oscegraph.chosen()")
    assert tab.text("#details-title") == "How to read it"


def clearest(built: BuiltMap, count: int) -> list[tuple[str, str, float, float]]:
    """Return ties whose middle is furthest from all other ties and nodes, with that point."""
    names = nx_names(built)
    segments = [(*built.places[t["a"]][:2], *built.places[t["b"]][:2]) for t in built.data["ties"]]
    found = []
    for tie, (x1, y1, x2, y2) in zip(built.data["ties"], segments, strict=True):
        x, y = (x1 + x2) / 2, (y1 + y2) / 2
        room = min(math.hypot(u - x, v - y) - r for u, v, r in built.places)
        others = (s for s in segments if s != (x1, y1, x2, y2))
        room = min([room, *(_distance(x, y, *other) for other in others)])
        found.append((room, names[tie["a"]], names[tie["b"]], x, y))
    return [(a, b, x, y) for _, a, b, x, y in sorted(found, reverse=True)[:count]]


def _distance(x: float, y: float, x1: float, y1: float, x2: float, y2: float) -> float:
    length = (x2 - x1) ** 2 + (y2 - y1) ** 2
    along = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / max(length, 1e-9)))
    return math.hypot(x1 + along * (x2 - x1) - x, y1 + along * (y2 - y1) - y)


def test_click_on_ties(unodc: BuiltMap, graph: Oscegraph, open_map: Open) -> None:
    """A click on the middle of a line shows the activities that it stands for."""
    tab = open_map(unodc)
    for a, b, x, y in clearest(unodc, 3):
        tab.js("() => oscegraph.choose(null)")
        tab.js("([x, y]) => oscegraph.network.moveTo({ position: { x, y }, scale: 2, animation: false })", [x, y])
        tab.frames()
        tab.click_drawing(*tab.js("([a, b]) => oscegraph.middle(a, b)", [a, b]))
        tab.page.wait_for_function("() => oscegraph.chosen()")
        assert tab.chosen() == {"tie": unodc.tie(a, b)}
        check_tie(tab, graph, a, b)


def test_details_follow_filters(whole: BuiltMap, graph: Oscegraph, open_map: Open) -> None:
    """Details show the activities that the filters leave, and say when the filters leave a tie or an actor out."""
    tab = open_map(whole)
    a, b, data = max(whole.graph.edges(data=True), key=lambda e: (e[2]["weight"], e[:2]))
    tab.choose({"tie": whole.tie(a, b)})
    theme = whole.data["themes"].index(next(t for t in whole.data["themes"] if t["id"] in data["themes"]))
    tab.page.locator("#theme").select_option(str(theme))
    tab.settle()
    slug = whole.data["themes"][theme]["id"]
    some = [iri for iri in data["events"] if slug in whole.drawing.events[iri].themes]
    assert [lines[0] for lines in tab.details()] == [
        lines[0] for lines in expected_details(graph, whole.drawing.events, some)[:40]
    ]
    tab.page.locator("#reset").click()
    tab.settle()
    tab.page.locator(f"#type-{whole.data['nodes'][whole.number(a)]['type']}").uncheck()
    tab.settle()
    assert "The filters leave this tie out of the drawing." in tab.text("#details")
    tab.choose({"actor": a})
    assert "The filters leave it out of the drawing." in tab.text("#details")
    tab.page.get_by_role("button", name="Show all again").click()
    assert tab.chosen() is None


def test_statements_of_decisions(decisions: BuiltMap, open_map: Open) -> None:
    """Ties of the map of decisions name the statement with its chapter and lines."""
    tab = open_map(decisions)
    for index, tie in enumerate(decisions.data["ties"][:12]):
        tab.choose({"tie": index})
        told = {lines[0]: lines for lines in tab.details()}
        known = [decisions.data["events"][event] for event, *_ in tie["e"]]
        assert len(tie["e"]) <= 40 and set(told) == {event["label"] for event in known}
        for event in known:
            if event["told"]:
                where = "report: " + event["told"][0][0]
                assert any(line.startswith(where) for line in told[event["label"]]), event["label"]


# Table.


def test_rows_are_the_ties_shown(unodc: BuiltMap, open_map: Open) -> None:
    """The table has a row for each tie shown, with its ends, weight, activities, roles, dates and chapters, page by page."""
    tab = open_map(unodc)
    label = {n: d["label"] for n, d in unodc.graph.nodes(data=True)}
    expected = sorted(
        [
            label[a],
            label[b],
            f"{d['weight']:g}",
            str(len(d["events"])),
            ", ".join(d["roles"]),
            d["first"] or "",
            d["last"] or "",
            sorted(d["chapters"]),
        ]
        for a, b, d in unodc.graph.edges(data=True)
    )
    rows = tab.all_rows()
    assert sorted([*row[:7], sorted(filter(None, row[7].split(", ")))] for row in rows) == expected
    assert tab.page.locator("#before").is_enabled() and not tab.page.locator("#after").is_enabled()
    assert tab.text("#counted").startswith(f"{len(expected)} ties; rows ")
    tab.page.locator("#theme").select_option(index=1)
    shown = tab.shown()
    while tab.page.locator("#before").is_enabled():
        tab.page.locator("#before").click()
    assert len(tab.all_rows()) == len(shown["ties"])


def test_tabs_and_rows_of_nodes(unodc: BuiltMap, open_map: Open) -> None:
    """Arrow keys change between the tables; that of nodes has partners, strength and activities; a row selects the actor."""
    tab = open_map(unodc)
    ties, nodes = tab.page.locator("#tab-ties"), tab.page.locator("#tab-nodes")
    ties.focus()
    tab.page.keyboard.press("ArrowRight")
    assert nodes.get_attribute("aria-selected") == "true" and ties.get_attribute("aria-selected") == "false"
    assert tab.js("() => document.activeElement.id") == "tab-nodes"
    assert nodes.get_attribute("tabindex") == "0" and ties.get_attribute("tabindex") == "-1"
    assert tab.page.locator("#panel").get_attribute("aria-labelledby") == "tab-nodes"
    strength = dict(unodc.graph.degree(weight="weight"))
    expected = sorted(
        [
            d["label"],
            words(d["type"]),
            d["area"] or "",
            str(unodc.graph.degree(n)),
            f"{strength[n]:g}",
            str(len(unodc.drawing.mine[n])),
        ]
        for n, d in unodc.graph.nodes(data=True)
    )
    rows = tab.rows()
    assert sorted(rows) == expected
    tab.page.locator("#table tbody tr button").nth(3).click()
    assert tab.text("#details-title") == rows[3][0]
    nodes.focus()
    tab.page.keyboard.press("ArrowRight")
    assert ties.get_attribute("aria-selected") == "true"
    nodes.click()
    assert tab.rows()[0] == rows[0]


@pytest.mark.parametrize("table", ["ties", "nodes"])
def test_sorting(table: str, places: BuiltMap, open_map: Open) -> None:
    """Each column sorts the whole table, by mouse and by keys, down and up; the header says how."""
    tab = open_map(places)
    tab.page.locator(f"#tab-{table}").click()
    heads = tab.page.locator("#table thead th")
    initial = "weight" if table == "ties" else "strength"
    assert tab.page.locator("th[aria-sort=descending]").text_content() == f"{initial} ▼"
    for column in range(heads.count()):
        numeric = heads.nth(column).get_attribute("class") == "number"
        for turn, way in enumerate(("click", "Enter", "Space")):
            button = heads.nth(column).locator("button")
            before = heads.nth(column).get_attribute("aria-sort")
            if way == "click":
                button.click()
            else:
                tab.page.keyboard.press(way)
            now = heads.nth(column).get_attribute("aria-sort")
            other = {"ascending": "descending", "descending": "ascending"}
            assert now == (other[before] if before != "none" else "descending" if numeric else "ascending"), (column, turn)
            assert tab.page.locator("th[aria-sort]:not([aria-sort=none])").count() == 1
            assert tab.js("() => document.activeElement.closest('th').cellIndex") == column
            values = [float(row[column]) if numeric else row[column] for row in tab.all_rows()]
            assert values == sorted(values, reverse=now == "descending"), (column, way)
            button.focus()


# Addresses.


def test_address(whole: BuiltMap, graph: Oscegraph, open_map: Open) -> None:
    """The address of a page brings its filters, selection and view back."""
    tab = open_map(whole)
    assert tab.js("location.hash") == ""
    tab.page.locator("#theme").select_option(index=2)
    tab.page.locator("#role").select_option(index=1)
    tab.page.locator("#type-1").uncheck()
    slide(tab, "from", 1)
    slide(tab, "to", 9)
    tab.page.locator("#vague").check()
    slide(tab, "least", 2)
    tab.settle()
    same_again(tab, open_map)
    tab.page.locator("#reset").click()
    tab.settle()
    box = tab.page.locator("#network canvas").bounding_box()
    assert box is not None
    tab.page.mouse.move(box["x"] + 200, box["y"] + 150)
    tab.page.mouse.wheel(0, -400)
    tab.page.wait_for_function("() => location.hash.includes('view=')")
    tab.js("(iri) => oscegraph.choose({ actor: iri })", graph.actor("UNODC").iri)
    same_again(tab, open_map)
    tab.js("() => oscegraph.choose({ tie: 17 })")
    same_again(tab, open_map)
    tab.page.locator("#fit").click()
    tab.js("() => oscegraph.choose(null)")
    assert tab.js("location.hash") == ""


def same_again(tab: MapPage, open_map: Open) -> None:
    """Open the address of a page in a new one and compare."""
    tab.frames()
    fragment = tab.js("location.hash").removeprefix("#")
    assert fragment
    again = open_map(tab.built, fragment)
    assert again.shown() == tab.shown()
    assert again.chosen() == tab.chosen()
    x, y, scale = tab.view()
    assert again.view() == pytest.approx([x, y, scale], rel=1e-3, abs=1)
    assert again.text("#details") == tab.text("#details")
    assert again.rows() == tab.rows()
    for name in ("theme", "role", "from", "to", "least"):
        assert again.page.locator(f"#{name}").input_value() == tab.page.locator(f"#{name}").input_value()


def test_selection_in_the_address_alone(whole: BuiltMap, graph: Oscegraph, open_map: Open) -> None:
    """An address with an actor alone shows it with its surroundings; a changed fragment changes the open page."""
    iri = graph.actor("UNODC").iri
    tab = open_map(whole, urlencode({"actor": iri}))
    assert tab.chosen() == {"actor": iri}
    other = graph.actor("Europol").iri
    tab.js("(text) => { location.hash = text; }", urlencode({"actor": other}))
    tab.page.wait_for_function("(iri) => oscegraph.chosen()?.actor === iri", arg=other)
    x, y = tab.js("(id) => oscegraph.place(id)", other)
    box = tab.page.locator("#network canvas").bounding_box()
    assert box is not None and 0 < x < box["width"] and 0 < y < box["height"]


@pytest.mark.parametrize(
    "fragment",
    [
        "garbage",
        "%%%E0%A4%A&=&&&===",
        "%00%ff%fe%c0%80",
        "theme=__proto__&role=constructor&actor=toString&tie=a b&without=__proto__ hasOwnProperty",
        "actor=<script>window.hit=1</script>&tie=<img src=x onerror=window.hit=1>",
        "theme=javascript:alert(1)&months=2011-99 1999-01",
        "least=1e308&months=2011-12 2011-01&vague=2",
        "least=-1&least=NaN",
        "least=Infinity&view=NaN NaN NaN",
        "view=1e400 0 1",
        "view=1e308 -1e308 1",
        "view=0 0 1e308",
        "view=0 0 100000",
        "view=0 0 1e-300",
        "view=0 0 -5",
        "view=1 2",
        "x" * 100_000,
        "&".join(["theme=0"] * 5_000),
    ],
    ids=range(18),
)
def test_hostile_addresses(fragment: str, unodc: BuiltMap, open_map: Open) -> None:
    """Whatever stands in an address: nothing unknown is taken, nothing runs, and the buttons bring the drawing back."""
    tab = open_map(unodc, fragment)
    assert tab.js("window.hit") is None
    assert tab.chosen() is None
    if "least=1e308" not in fragment:
        assert len(tab.shown()["nodes"]) == len(unodc.graph)
    tab.page.locator("#reset").click()
    tab.page.locator("#fit").click()
    assert len(tab.shown()["nodes"]) == len(unodc.graph)
    x, y, scale = tab.view()
    assert 0.01 < scale < 5 and abs(x) < 20_000 and abs(y) < 20_000
    assert len(tab.js("oscegraph.labels()")) >= 20
