"""Gaps, found again by brute force from the tellings read as objects."""

from __future__ import annotations

from itertools import combinations

import pytest

from oscegraph import answers, gap_places, gaps, query
from oscegraph.api import Oscegraph
from oscegraph.filters import Filters
from oscegraph.namespaces import OSG, local_name
from oscegraph.tellings import Activity

THEME = "https://w3id.org/oscegraph/vocab/theme/"
AREA = "https://w3id.org/oscegraph/id/area/"
INSTRUMENT = "https://w3id.org/oscegraph/id/instrument/"
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


def areas_of(graph: Oscegraph, activity: Activity, homes: set[str]) -> set[str]:
    """Return the states and territories that an activity reaches, by its tellings; `homes` are areas of its operations."""
    things, found = graph.directory.things, set(activity.facts.get("country", ()))
    country = set(found)
    regions = {region for area in homes for region in things[area].facts.get("inRegion", ())}
    at_home = bool(homes) and (not country or bool(country & homes))
    for part in (p for t in activity.tellings for p in t.participations):
        thing = things[part.actor]
        body = thing.cls in ("PublicBody", "CivilSocietyOrganization", "AcademicBody")
        own = (
            {thing.iri}
            if thing.cls in ("State", "Territory")
            else set(thing.facts.get("jurisdiction", ()))
            if body
            else set()
        )
        for area in own:
            near = regions & set(things[area].facts.get("inRegion", ()))
            people = part.role == "beneficiary" or (part.role == "attendee" and (not body or not at_home or near))
            at_host = part.role == "host" or (part.role in ("organizer", "partner") and area in homes)
            found |= {area} if people or (at_host and not country) else set()
    if not country:
        todo = [p.actor for t in activity.tellings for p in t.participations if p.role == "organizer"]
        while todo:
            thing = things[todo.pop()]
            found.update(thing.facts.get("hostArea", ()))
            todo += [*thing.facts.get("subOrganizationOf", ()), *thing.facts.get("postIn", ())]
    return found


def part_of(graph: Oscegraph, activity: Activity, unit: str) -> str:
    """Return whether a structure, or a part or post of it, was active, only came or helped, or only sent somebody."""
    roles = set()
    for part in (p for t in activity.tellings for p in t.participations):
        todo, around = [part.actor], set()
        while todo:
            around.add(todo[-1])
            thing = graph.directory.things[todo.pop()]
            todo += [*thing.facts.get("subOrganizationOf", ()), *thing.facts.get("postIn", ())]
        roles |= {part.role} if unit in around else set()
    if roles & {"organizer", "partner", "host"}:
        return "active"
    return "sent" if "facilitator" in roles and not roles - {"facilitator", "beneficiary"} else "came"


def test_strangers_by_brute_force(graph: Oscegraph, activities: list[Activity], shares: dict[str, set[str]]) -> None:
    """Every two structures with a theme and an area in common and no shared activity are there, and no others."""
    home = {unit: set(graph.directory.things[unit].facts.get("hostArea", ())) for unit in shares}
    homes = {a.id: {area for unit, own in shares.items() if a.id in own for area in home[unit]} for a in activities}
    reached = {activity.id: areas_of(graph, activity, homes[activity.id]) for activity in activities}
    reach = {}
    for unit, own in shares.items():
        for a in (a for a in activities if a.id in own):
            part, venues = part_of(graph, a, unit), set(a.facts.get("country", ()))
            if part == "sent" or any(t.kind == "study-visit" for t in a.tellings):
                reach[unit, a.id] = reached[a.id] & home[unit] if home[unit] else reached[a.id] - venues
            else:
                reach[unit, a.id] = reached[a.id] & (home[unit] | venues) if part == "came" else reached[a.id]
    themes = {
        (unit, activity.id): {theme for t in told for theme in t.themes}
        for unit, own in shares.items()
        for activity in activities
        if activity.id in own
        for told in [[t for t in activity.tellings if t.told_by == graph.directory.label(unit)] or activity.tellings]
    }
    under = {
        a.id: {t.heading for t in a.tellings if "general" in t.themes} - {"Introduction", "Other", ""} for a in activities
    }
    expected = {}
    for one, other in combinations(sorted(shares), 2):
        if shares[one] & shares[other]:
            continue
        for theme in {theme for found in themes.values() for theme in found}:
            on_it = [{a for a in shares[unit] if theme in themes[unit, a]} for unit in (one, other)]
            if theme == "general":
                same = set.intersection(*({heading for a in side for heading in under[a]} for side in on_it))
                on_it = [{a for a in side if under[a] & same} for side in on_it]
            sides = [{area for a in side for area in reach[unit, a]} for unit, side in zip((one, other), on_it, strict=True)]
            if sides[0] & sides[1]:
                expected[one, other, THEME + theme] = {
                    area: tuple(
                        {a for a in side if area in reach[unit, a]} for unit, side in zip((one, other), on_it, strict=True)
                    )
                    for area in sides[0] & sides[1]
                }
    found = gaps.strangers(graph.store, graph.directory)
    near = [item for item in found if item.level == "area"]
    assert {(s.one, s.other, s.theme): set(s.areas) for s in near} == {key: {*areas} for key, areas in expected.items()}
    assert {(s.one, s.other, s.theme): s.reach for s in near} == expected and len(expected) == 20
    keys = [max((1 + group.named for group in item.may_meet), default=0) for item in found]
    assert keys == sorted(keys) and {0, 1, 2} == set(keys)
    for item in found:
        assert not shares[item.one] & shares[item.other]
        for unit, own in ((item.one, item.of_one), (item.other, item.of_other)):
            assert own and all(local_name(item.theme) in themes[unit, activity] for activity in own)


def test_units_that_may_have_met_are_marked(graph: Oscegraph, shares: dict[str, set[str]]) -> None:
    """Field operations told as a group without names may have met each other and whoever else was there."""
    found = gaps.strangers(graph.store, graph.directory)
    meeting = "https://w3id.org/oscegraph/id/activity/2011-03-osce-regional-co-ordination-meeting-south"
    seminar = "https://w3id.org/oscegraph/id/activity/2011-03-23-expert-seminar-anti-corruption-policy-integrity"
    things = graph.directory.things
    operations = {thing.iri: thing.facts["hostArea"][0] for thing in things.values() if thing.cls == "FieldOperation"}
    groups = {meeting: {"south-eastern-europe"}, seminar: {"central-asia", "south-caucasus"}}
    for activity, regions in groups.items():
        there = {u for u, a in operations.items() if {AREA + r for r in regions} & set(things[a].facts["inRegion"])}
        assert len(there) in (6, 7)
        present = there | {unit for unit, own in shares.items() if activity in own}
        marked = 0
        for item in found:
            expected = {item.one, item.other} <= present and bool({item.one, item.other} & there)
            assert expected == (activity in {group.activity for group in item.may_meet})
            marked += expected
        assert marked > 10
    assert all(group.words and ", line" in group.source for item in found for group in item.may_meet)


def test_no_area_by_who_pays_teaches_or_visits(graph: Oscegraph) -> None:
    """The United States, Denmark and Norway are the same area of nobody because an embassy, a donor or an NGO took part."""
    far = {AREA + code for code in ("usa", "dnk", "nor", "cze", "swe")}
    found = gaps.strangers(graph.store, graph.directory)
    assert not {area for item in found if item.level == "area" for area in item.areas} & far
    regions = {local_name(area) for item in found if item.level == "region" for area in item.areas}
    assert "south-eastern-europe" in regions and not regions & {"northern-america", "northern-europe"}


def test_evidence_names_every_area(graph: Oscegraph) -> None:
    """The few places beside a row stand for each of its areas, and one of them says itself that the activity reached it."""
    told, areas_told = gap_places.places(graph.store), gap_places.told_areas(graph.store, graph.directory)
    several = 0
    for item in gaps.strangers(graph.store, graph.directory):
        for side, unit in ((0, item.one), (1, item.other)):
            reach = {area: both[side] for area, both in item.reach.items()}
            shown = gap_places.evidence_by_area(told, areas_told, reach, unit)
            assert sorted(area for _, areas in shown for area in areas) == sorted(set(item.areas))
            for places, areas in shown:
                for area in areas:
                    assert {place.activity for place in places} <= reach[area]
                    said = {(place.chapter, place.lines) for place in areas_told[places[0].activity, area]}
                    assert said & {(place.chapter, place.lines) for place in places}
            assert len(shown) <= len(item.areas)
            several += len(shown) > 1
    assert several


def test_who_is_sent_is_told_where_it_is_from(graph: Oscegraph) -> None:
    """The telling by who sent somebody says the own area."""
    areas = gap_places.told_areas(graph.store, graph.directory)
    istanbul = "https://w3id.org/oscegraph/id/activity/2011-03-28-regional-event-lawyers-ngos-trafficking-cases"
    assert [place.chapter for place in areas[istanbul, AREA + "tkm"]] == ["II.3.10"]


def test_strangers_with_filters(graph: Oscegraph) -> None:
    """A theme, an area and a unit each leave rows of the whole list only."""
    whole_rows = gaps.strangers(graph.store, graph.directory)
    whole = {(s.one, s.other, s.theme) for s in whole_rows}
    odihr = gaps.strangers(graph.store, graph.directory, unit=BODY + "odihr")
    assert {(s.one, s.other, s.theme) for s in odihr} == {key for key in whole if BODY + "odihr" in key[:2]} and odihr
    drugs = gaps.strangers(graph.store, graph.directory, theme=THEME + "drugs")
    assert drugs and {(s.one, s.other, s.theme) for s in drugs} == {key for key in whole if key[2] == THEME + "drugs"}
    every = {item.theme for item in whole_rows}
    alone = [item for theme in sorted(every) for item in gaps.strangers(graph.store, graph.directory, theme=theme)]
    assert (
        sorted(alone, key=lambda item: (item.theme, item.one, item.other))
        == sorted(whole_rows, key=lambda item: (item.theme, item.one, item.other))
        and len(every) > 5
    )
    inside = gaps.strangers(graph.store, graph.directory, where=AREA + "central-asia")
    assert inside and {(s.one, s.other, s.theme) for s in inside} <= whole
    for item in inside:
        for area in item.areas:
            thing = graph.directory.things[area]
            assert area == AREA + "central-asia" or AREA + "central-asia" in thing.facts["inRegion"]


def test_who_shares_in_a_part_was_in_the_whole(graph: Oscegraph) -> None:
    """ODIHR taught in the staff courses that the Borders Team carried: they are no strangers."""
    odihr, borders = (graph.actor(name).iri for name in ("ODIHR", "Operations Service, Borders Team"))
    pairs = {frozenset((gap.one, gap.other)) for gap in gaps.strangers(graph.store, graph.directory, unit=odihr)}
    assert pairs and frozenset((odihr, borders)) not in pairs


def test_a_partnership_is_no_group_of_any_states(graph: Oscegraph) -> None:
    """Five countries of the Eastern Partnership may be Belarus and Georgia, and not Iceland."""
    cyber = graph.directory.concept("theme", "cyber")
    found = {graph.directory.label(s.state): s for s in gaps.silences(graph.store, graph.directory, cyber)}
    seminar = "2011-12-13-council-europe-seminar-cyber-legislation"
    groups = {name: any(iri.endswith(seminar) for iri in found[name].by_group[cyber]) for name in ("Belarus", "Iceland")}
    assert groups == {"Belarus": True, "Iceland": False}


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
            host = any(activity.id in shares.get(t.iri, ()) for t in things.values() if state in t.facts.get("hostArea", ()))
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


def test_groups_of_states_and_their_regions_are_counted_beside(graph: Oscegraph) -> None:
    """Experts of 55 participating States may be of any; work told in words of a theme under another is pointed to."""
    conference = "https://w3id.org/oscegraph/id/activity/2011-05-09-osce-conference-comprehensive-approach-cyber-security"
    cyber = THEME + "cyber"
    for silence in gaps.silences(graph.store, graph.directory, cyber):
        assert conference in silence.by_group[cyber] | silence.by_region[cyber]
    theme = THEME + "corruption"
    found = {silence.state: silence for silence in gaps.silences(graph.store, graph.directory, theme)}
    for state, chapter, lines in (("mne", "II.3.3", (1369, 1370)), ("srb", "II.3.4", (1580, 1582))):
        assert (chapter, lines) in {(place.chapter, place.lines) for place in found[AREA + state].mentions}
    seminar = "https://w3id.org/oscegraph/id/activity/2011-03-23-expert-seminar-anti-corruption-policy-integrity"
    assert all(seminar in found[AREA + state].by_region[theme] for state in ("arm", "tjk"))
    for silence in found.values():
        for own in silence.active:
            sets = (silence.active[own], silence.by_region[own], silence.by_group[own])
            assert sum(map(len, sets)) == len(set().union(*sets))
    central = (
        "https://w3id.org/oscegraph/id/activity/2011-12-12-regional-training-workshop-surveillance-techniques-controlled"
    )
    [andorra] = [s for s in gaps.silences(graph.store, graph.directory) if s.state == AREA + "and"]
    assert not any(central in own for own in andorra.by_group.values())


def test_what_is_no_participating_state_is_said(graph: Oscegraph) -> None:
    """Kosovo is no participating State, alone and in its region; a town stands for the area it lies in."""
    names = graph.directory
    assert gaps.not_asked(names, AREA + "kosovo") == ["Kosovo"] == gaps.not_asked(names, AREA + "south-eastern-europe")
    assert gaps.not_asked(names, AREA + "srb") == [] == gaps.not_asked(names, None)
    assert gaps.area_of(names, "Skopje") == AREA + "mkd" and gaps.area_of(names, "Pristina") == AREA + "kosovo"
    assert gaps.area_of(names, "Central Asia") == AREA + "central-asia"


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
        assert item.mandate == (graph.directory.things[item.instrument].cls in ("Decision", "Declaration", "ActionPlan"))
    told = {local_name(iri): [(place.chapter, place.lines) for place in item.places] for iri, item in found.items()}
    assert told["mc-dec-8-07"] == [("I.3", (184, 185))]
    assert max(map(len, told.values())) <= 3
    assert [local_name(unit) for unit in found[INSTRUMENT + "mc-dec-2-09"].named_by] == ["spmu"]


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
    told = gap_places.places(graph.store)
    assert {iri: sorted(p.source for p in own) for iri, own in told.items()} == {
        a.id: sorted(t.source for t in a.tellings) for a in activities
    }
    several = next(a for a in activities if len({t.told_by for t in a.tellings}) > 1)
    for telling in several.tellings:
        unit = graph.actor(telling.told_by).iri
        assert gap_places.evidence(told, [several.id], unit)[0].chapter == telling.chapter


def test_nothing_in_an_empty_store() -> None:
    """A store without activities has no gaps."""
    import pyoxigraph

    from oscegraph.directory import Directory
    from oscegraph.store import EmbeddedStore

    store = EmbeddedStore(pyoxigraph.Store(), "nothing")
    names = Directory(store)
    assert [f(store, names) for f in (gaps.strangers, gaps.silences, gaps.unused, gaps.ungrounded)] == [[], [], [], []]
