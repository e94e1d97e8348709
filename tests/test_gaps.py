"""Gaps, found again by brute force from the tellings read as objects."""

from __future__ import annotations

from itertools import combinations

import pytest

from oscegraph import answers, gaps, query
from oscegraph.answers import Filters
from oscegraph.api import Oscegraph
from oscegraph.namespaces import OSG, local_name
from oscegraph.tellings import Activity

THEME = "https://w3id.org/oscegraph/vocab/theme/"
AREA = "https://w3id.org/oscegraph/id/area/"
BODY = "https://w3id.org/oscegraph/id/body/"
PARTICIPATING = "https://w3id.org/oscegraph/vocab/status/participating-state"


@pytest.fixture(scope="module")
def activities(graph: Oscegraph) -> list[Activity]:
    """All activities of the real graph as objects."""
    return answers.find_activities(graph.store, graph.directory, Filters())


@pytest.fixture(scope="module")
def shares(graph: Oscegraph) -> dict[str, set[str]]:
    """Structure -> the activities in which it has a share, by the triples."""
    text = f"SELECT ?unit ?activity WHERE {{ ?share <{OSG}structure> ?unit ; <{OSG}activity> ?activity }}"
    found: dict[str, set[str]] = {}
    for unit, activity in graph.store.select(text)[1]:
        assert unit and activity
        found.setdefault(str(query.plain(unit)), set()).add(str(query.plain(activity)))
    return found


def areas_of(graph: Oscegraph, activity: Activity) -> set[str]:
    """Return the states and territories that an activity reaches, by its tellings."""
    things, found = graph.directory.things, set(activity.facts.get("country", ()))
    for part in (p for t in activity.tellings for p in t.participations):
        thing = things[part.actor]
        if part.role in ("organizer", "partner", "host", "attendee", "beneficiary"):
            if thing.cls in ("State", "Territory"):
                found.add(thing.iri)
            elif thing.cls in ("PublicBody", "CivilSocietyOrganization", "AcademicBody"):
                found.update(thing.facts.get("jurisdiction", ()))
    if not activity.facts.get("country"):
        todo = [p.actor for t in activity.tellings for p in t.participations if p.role == "organizer"]
        while todo:
            thing = things[todo.pop()]
            found.update(thing.facts.get("hostArea", ()))
            todo += [*thing.facts.get("subOrganizationOf", ()), *thing.facts.get("postIn", ())]
    return found


def test_strangers_by_brute_force(graph: Oscegraph, activities: list[Activity], shares: dict[str, set[str]]) -> None:
    """Every two structures with a theme and an area in common and no shared activity are there, and no others."""
    reach = {activity.id: areas_of(graph, activity) for activity in activities}
    themes = {
        (unit, activity.id): {theme for t in told for theme in t.themes}
        for unit, own in shares.items()
        for activity in activities
        if activity.id in own
        for told in [[t for t in activity.tellings if t.told_by == graph.directory.label(unit)] or activity.tellings]
    }
    expected = {}
    for one, other in combinations(sorted(shares), 2):
        if shares[one] & shares[other]:
            continue
        for theme in {theme for found in themes.values() for theme in found}:
            sides = [
                {area for activity in shares[unit] if theme in themes[unit, activity] for area in reach[activity]}
                for unit in (one, other)
            ]
            if sides[0] & sides[1]:
                expected[one, other, THEME + theme] = sides[0] & sides[1]
    found = gaps.strangers(graph.store, graph.directory)
    assert {(s.one, s.other, s.theme): set(s.areas) for s in found if s.level == "area"} == expected and len(expected) > 20
    for item in found:
        assert not shares[item.one] & shares[item.other]
        for unit, own in ((item.one, item.of_one), (item.other, item.of_other)):
            assert own and all(local_name(item.theme) in themes[unit, activity] for activity in own)


def test_strangers_with_filters(graph: Oscegraph) -> None:
    """A theme, an area and a unit each leave rows of the whole list only."""
    whole = {(s.one, s.other, s.theme) for s in gaps.strangers(graph.store, graph.directory)}
    odihr = gaps.strangers(graph.store, graph.directory, unit=BODY + "odihr")
    assert {(s.one, s.other, s.theme) for s in odihr} == {key for key in whole if BODY + "odihr" in key[:2]} and odihr
    drugs = gaps.strangers(graph.store, graph.directory, theme=THEME + "drugs")
    assert drugs and {(s.one, s.other, s.theme) for s in drugs} == {key for key in whole if key[2] == THEME + "drugs"}
    inside = gaps.strangers(graph.store, graph.directory, where=AREA + "central-asia")
    assert inside and {(s.one, s.other, s.theme) for s in inside} <= whole
    for item in inside:
        for area in item.areas:
            thing = graph.directory.things[area]
            assert area == AREA + "central-asia" or AREA + "central-asia" in thing.facts["inRegion"]


def test_states_by_brute_force(graph: Oscegraph, activities: list[Activity], shares: dict[str, set[str]]) -> None:
    """A State is silent on a theme only if no telling's place, actor or body, and no field operation in it, brings it in."""
    things = graph.directory.things
    states = [t.iri for t in things.values() if PARTICIPATING in t.facts.get("osceStatus", ())]
    assert len(states) == 56
    found = {silence.state: silence for silence in gaps.silences(graph.store, graph.directory)}
    for state in states:
        active: dict[str, set[str]] = {}
        for activity in activities:
            actors = [things[p.actor] for t in activity.tellings for p in t.participations]
            named = any(thing.iri == state or state in thing.facts.get("jurisdiction", ()) for thing in actors)
            scene = any(things[state].label in t.countries for t in activity.tellings)
            host = any(activity.id in shares[t.iri] for t in things.values() if state in t.facts.get("hostArea", ()))
            if named or scene or host:
                for theme in {theme for t in activity.tellings for theme in t.themes}:
                    active.setdefault(THEME + theme, set()).add(activity.id)
        silence = found.get(state)
        assert silence is not None or len(active) == 10
        if silence is not None:
            assert {theme: own for theme, own in silence.active.items() if own} == active


def test_states_of_an_area_and_a_theme(graph: Oscegraph) -> None:
    """An area leaves its states; a theme leaves those that are silent on it."""
    found = gaps.silences(graph.store, graph.directory, THEME + "cyber", AREA + "central-asia")
    assert {local_name(silence.state) for silence in found} == {"kaz", "kgz", "tjk", "uzb"}
    assert all(silence.silent == [THEME + "cyber"] for silence in found)
    assert gaps.silences(graph.store, graph.directory, THEME + "thb", AREA + "kaz") == []


def test_decisions_are_those_without_a_basis(graph: Oscegraph, activities: list[Activity]) -> None:
    """No activity names one of them; activities by rule are counted; each is the answer of the named question, too."""
    found = {item.instrument: item for item in gaps.unused(graph.store, graph.directory)}
    stated = {iri for activity in activities for iri in activity.facts.get("basis", ())}
    assert stated and not stated & set(found)
    inferred = {iri: sum(iri in a.facts.get("inferredBasis", ()) for a in activities) for iri in found}
    assert {iri: item.inferred for iri, item in found.items()} == inferred
    question = {row["instrument"]: int(row["inferredActivities"] or 0) for row in query.run(graph.store, "decision_unused")}
    assert question == inferred
    for item in found.values():
        assert item.places and all(place.lines[0] <= place.lines[1] and place.chapter for place in item.places)


def test_decisions_of_a_theme_and_a_unit(graph: Oscegraph) -> None:
    """A theme leaves instruments on it, a unit those that task it."""
    whole = {item.instrument for item in gaps.unused(graph.store, graph.directory)}
    of_thb = {i.thing.iri for i in answers.find_instruments(graph.store, graph.directory, {"Decision", "Declaration"})
              if i.fits(THEME + "thb", None, None)}  # fmt: skip
    on_thb = {item.instrument for item in gaps.unused(graph.store, graph.directory, theme=THEME + "thb")}
    assert on_thb and on_thb <= whole and of_thb & whole <= on_thb
    assert {item.instrument for item in gaps.unused(graph.store, graph.directory, unit=BODY + "spmu")} < whole


def test_activities_by_brute_force(graph: Oscegraph, activities: list[Activity]) -> None:
    """Per structure: what its chapter tells, without a basis in any telling, and with one by rule."""
    found = gaps.ungrounded(graph.store, graph.directory)
    assert len(found) == 20
    for item in found:
        label = graph.directory.label(item.unit)
        told = {a.id: a for a in activities if any(t.told_by == label for t in a.tellings)}
        assert set(item.told) == set(told)
        assert set(item.without) == {iri for iri, a in told.items() if not any(t.basis for t in a.tellings)}
        assert set(item.by_rule) == {iri for iri in item.without if told[iri].facts.get("inferredBasis")}
        assert len(item.told) == len(set(item.told))
    [mine] = gaps.ungrounded(graph.store, graph.directory, unit=BODY + "odihr", theme=THEME + "thb")
    assert mine.unit == BODY + "odihr" and set(mine.without) < set(next(i for i in found if i.unit == mine.unit).without)
    here = gaps.ungrounded(graph.store, graph.directory, where=AREA + "central-asia")
    assert here and sum(len(i.without) for i in here) < sum(len(i.without) for i in found)


def test_evidence_is_where_the_tellings_stand(graph: Oscegraph, activities: list[Activity]) -> None:
    """Each place is a telling of the activity; that of the asked structure is preferred."""
    told = gaps.places(graph.store)
    assert {iri: sorted(p.source for p in own) for iri, own in told.items()} == {
        a.id: sorted(t.source for t in a.tellings) for a in activities
    }
    several = next(a for a in activities if len({t.told_by for t in a.tellings}) > 1)
    for telling in several.tellings:
        unit = graph.actor(telling.told_by).iri
        assert gaps.evidence(told, [several.id], unit)[0].chapter == telling.chapter


def test_nothing_in_an_empty_store() -> None:
    """A store without activities has no gaps."""
    import pyoxigraph

    from oscegraph.directory import Directory
    from oscegraph.store import EmbeddedStore

    store = EmbeddedStore(pyoxigraph.Store(), "nothing")
    names = Directory(store)
    assert [f(store, names) for f in (gaps.strangers, gaps.silences, gaps.unused, gaps.ungrounded)] == [[], [], [], []]
