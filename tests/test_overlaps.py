"""Overlaps, checked against the tellings read as objects, and on a small graph by hand."""

from __future__ import annotations

from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

import oscegraph
from oscegraph import answers, called, overlaps, query, resources, scopes
from oscegraph.api import Oscegraph
from oscegraph.filters import Filters
from oscegraph.likeness import OTHER_AREAS, WEIGHTS, WINDOW, Overlap, compare, days_apart
from oscegraph.namespaces import OSG, local_name
from oscegraph.overlaps import Overlaps, find_overlaps, is_candidate
from oscegraph.scopes import Scope, people_of
from oscegraph.tellings import Activity

EX = "http://example.org/"
UNIT = "https://w3id.org/oscegraph/id/body/"
EVENT = "https://w3id.org/oscegraph/id/activity/"
AREA = "https://w3id.org/oscegraph/id/area/"
# Two missions: north's `one` and south's `two` are alike; `same` may be the same as `one`, `third` has both missions,
# `late` is too late, `vague` has no date, `far` has another theme.
HEAD = """
@prefix act: <http://example.org/> .
@prefix assistance: <https://w3id.org/oscegraph/vocab/assistance/> .
@prefix body: <https://w3id.org/oscegraph/id/body/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix e: <http://example.org/> .
@prefix kind: <https://w3id.org/oscegraph/vocab/kind/> .
@prefix osg: <https://w3id.org/oscegraph/ontology#> .
@prefix role: <https://w3id.org/oscegraph/vocab/role/> .
@prefix sec: <https://w3id.org/oscegraph/id/section/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix theme: <https://w3id.org/oscegraph/vocab/theme/> .
e:land a osg:State ; skos:prefLabel "Northland"@en .
e:north a osg:FieldOperation ; skos:prefLabel "Mission North"@en ; osg:hostArea e:land .
e:south a osg:FieldOperation ; skos:prefLabel "Mission South"@en .
e:police a osg:PublicBody ; skos:prefLabel "Police of Northland"@en ; osg:jurisdiction e:land .
"""


def telling(name: str, line: int, units: str, day: str, theme: str = "drugs", more: str = "", link: str = "") -> str:
    """Return one activity with one telling in Turtle."""
    dated = f'osg:statedDate "{day}"^^edtf:EDTF ;' if day else ""
    return f"""
e:{name} a osg:Activity ; skos:prefLabel "{name}"@en {link}.
e:t-{name} a osg:Telling ; osg:tells e:{name} ; osg:inSection sec:II.9 ; osg:firstLine {line} ; osg:lastLine {line + 1} ;
    dcterms:title "{name}"@en ; osg:statedKind kind:workshop ; osg:statedAssistance assistance:training ;
    osg:statedTheme theme:{theme} ; {dated} {more} osg:participation e:o-{name} .
e:o-{name} a osg:Participation ; osg:role role:organizer ; osg:actor {units} .
"""


SMALL = HEAD + "".join(
    [
        telling(
            "one",
            1,
            "e:north",
            "2011-03-01",
            more='osg:statedCountry e:land ; osg:audience "police officers and judges"@en ;',
        ),
        telling("two", 3, "e:south", "2011-03-11", more='osg:statedCountry e:land ; osg:audience "judges"@en ;'),
        telling("same", 5, "e:south", "2011-03-01", more="osg:statedCountry e:land ;", link="; osg:possiblySameAs e:one "),
        telling("third", 7, "e:north , e:south", "2011-03-01", more="osg:statedCountry e:land ;"),
        telling("late", 9, "e:south", "2011-12-01", more="osg:statedCountry e:land ;"),
        telling("vague", 11, "e:south", "", more="osg:statedCountry e:land ;"),
        telling("far", 13, "e:south", "2011-03-01", theme="thb", more="osg:statedCountry e:land ;"),
    ]
)


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Oscegraph:
    """The small graph, read from a file as a user's own."""
    path: Path = tmp_path_factory.mktemp("tiny") / "small.ttl"
    path.write_text(SMALL, encoding="utf-8")
    return oscegraph.load(str(path))


@pytest.fixture(scope="module")
def everything(graph: Oscegraph) -> Overlaps:
    """All pairs of the real graph, whatever their score, undated ones included."""
    return find_overlaps(graph.store, graph.directory, Filters(possible=True), least=0.0)


def unlinked(found: Overlaps) -> list[Overlap]:
    """Return the pairs that are compared and neither linked nor may have met: overlaps, untold, for different people."""
    return [*found.pairs, *found.untold, *found.others]


@pytest.fixture(scope="module")
def activities(graph: Oscegraph) -> dict[str, Activity]:
    """All activities of the real graph as objects."""
    return {activity.id: activity for activity in answers.find_activities(graph.store, graph.directory, Filters())}


def structures(graph: Oscegraph, activity: Activity) -> set[str]:
    """Return the executive structures of an activity by its tellings: who tells it, who or whose part is named."""
    found = {t.told_by for t in activity.tellings}
    for participation in (p for t in activity.tellings for p in t.participations):
        todo = [participation.actor]
        while todo:
            thing = graph.directory.things[todo.pop()]
            todo += [*thing.facts.get("subOrganizationOf", ()), *thing.facts.get("postIn", ())]
            if thing.cls in called.STRUCTURES:
                found.add(thing.label)
    return found


def test_the_default_leaves_a_list_to_read(graph: Oscegraph) -> None:
    """With the default score there are some tens of pairs."""
    found = find_overlaps(graph.store, graph.directory, Filters())
    assert 20 <= len(found.pairs) <= 60 and found.below > 100 and found.vague > 0


def test_no_pair_shares_an_activity_or_a_structure(
    graph: Oscegraph, everything: Overlaps, activities: dict[str, Activity]
) -> None:
    """Read from the tellings: neither activity names a structure of the other, and no telling is in both."""
    assert len(unlinked(everything)) > 1000
    for pair in unlinked(everything):
        one, other = activities[pair.one], activities[pair.other]
        assert pair.one < pair.other
        assert not structures(graph, one) & structures(graph, other)
        assert not {t.id for t in one.tellings} & {t.id for t in other.tellings}


def test_linked_activities_stand_apart(graph: Oscegraph, everything: Overlaps) -> None:
    """No curated link is among the overlaps; each that may be one event, or has other structures, stands apart."""
    links = {
        tuple(sorted((row["one"] or "", row["other"] or "")))
        for relation in ("possiblySameAs", "partOf", "followUpOf")
        for row in query.run(graph.store, "activity_links", relation=OSG + relation)
    }
    assert len(links) > 30
    assert not links & {(pair.one, pair.other) for pair in unlinked(everything)}
    apart = {(pair.one, pair.other): pair.link for pair in (*everything.same, *everything.linked)}
    assert {link for link in links if everything.units[link[0]] != everything.units[link[1]]} <= set(apart)
    assert all(apart.values()) and set(apart.values()) >= {"part of", "follow-up of"}


def test_what_may_be_one_event_is_shown_as_that(graph: Oscegraph, everything: Overlaps) -> None:
    """Every curated pair of perhaps one event is listed, of the same structure too, and nothing else under that name."""
    curated = {
        tuple(sorted((row["one"] or "", row["other"] or "")))
        for row in query.run(graph.store, "activity_links", relation=OSG + "possiblySameAs")
    }
    assert {(pair.one, pair.other) for pair in everything.same} == curated and len(curated) == 6
    assert {pair.link for pair in everything.same} == {overlaps.SAME}
    assert any(everything.units[pair.one] == everything.units[pair.other] for pair in everything.same)
    assert overlaps.SAME not in {pair.link for pair in everything.linked}


def test_pairs_that_may_have_met_stand_apart(graph: Oscegraph, everything: Overlaps) -> None:
    """Where field operations came as a group, no pair with one that may be of it is an overlap without a word."""
    groups: dict[str, set[str]] = {}
    for group in scopes.read_groups(graph.store):
        groups.setdefault(group.activity, set()).update(group.units)
    assert len(groups) >= 4
    found = {(pair.one, pair.other) for pair in everything.may_meet}
    for pair in unlinked(everything):
        for here, there in ((pair.one, pair.other), (pair.other, pair.one)):
            assert not groups.get(here, set()) & everything.units[there]
    meeting = EVENT + "2011-03-osce-regional-co-ordination-meeting-south"
    border = EVENT + "undated-meetings-joint-trilateral-information-exchange-centre"
    assert tuple(sorted((meeting, border))) in found
    for pair in everything.may_meet:
        assert pair.link == overlaps.MAY_MEET
        assert any(reason.startswith("group: ") and ", line" in reason for reason in pair.reasons)


def test_contradicting_dates_are_marked(graph: Oscegraph, everything: Overlaps, activities: dict[str, Activity]) -> None:
    """Every pair with an activity that chapters date differently says so, with each reading and its place; no other does."""
    differ = set()
    for iri, activity in activities.items():
        read = [(t.start, t.end, t.precision) for t in activity.tellings if t.start and t.end]
        for one, other in combinations(read, 2):
            if one[0] > other[1] or other[0] > one[1] or (one != other and one[2] == other[2]):
                differ.add(iri)
    assert len(differ) >= 3
    for pair in (*unlinked(everything), *everything.apart):
        [time] = [reason for reason in pair.reasons if reason.startswith("time: ")]
        for iri, which in ((pair.one, "first"), (pair.other, "second")):
            assert (f"chapters date the {which} differently" in time) == (iri in differ)
            if iri in differ:
                assert all(t.source in time for t in activities[iri].tellings if t.date)


def test_people_of_different_areas_count_half(graph: Oscegraph, everything: Overlaps) -> None:
    """Groups of people count in full only where the areas meet or one is unknown, and the reason says which it is."""
    told = scopes.read_scopes(graph.store, graph.directory)
    seen = {"both for": 0, "both for people of different areas": 0}
    for pair in unlinked(everything):
        [said] = [r.removeprefix("audience: ") for r in pair.reasons if r.startswith("audience: ")]
        how, _, groups = said.partition(": ")
        one, other = told[pair.one], told[pair.other]
        if how in seen:
            seen[how] += 1
            named = one.named_regions & other.near or other.named_regions & one.near
            placed = all(scope.meant or scope.named_regions for scope in (one, other))
            apart = placed and not one.meant & other.meant and not named
            assert apart == (how != "both for")
            common = set(groups.split(", "))
            assert common <= one.people.keys() & other.people.keys()
            value = 2 * len(common) / (len(one.people) + len(other.people))
            assert pair.parts["audience"] == pytest.approx(value * (OTHER_AREAS if apart else 1), abs=1e-4)
    assert min(seen.values()) > 10


def test_people_are_those_of_the_areas_in_common(graph: Oscegraph, everything: Overlaps) -> None:
    """Bodies of a third state make no common audience: each group is of no area, or of one of those of its side."""
    told = scopes.read_scopes(graph.store, graph.directory)
    inside = {thing.iri: set(thing.facts.get("inRegion", ())) for thing in graph.directory.things.values()}
    seen = 0
    for pair in unlinked(everything):
        [said] = [r for r in pair.reasons if r.startswith("audience: both for")] or [""]
        one, other = told[pair.one], told[pair.other]
        if not said or one.named_regions | other.named_regions or not (one.meant and other.meant):
            continue
        common = one.meant & other.meant
        for scope in (one, other):
            areas = common or {area for area in scope.own if inside[area] & one.near & other.near}
            for group in said.split(": ")[2].split(", "):
                seen += 1
                assert "" in scope.people[group] or scope.people[group] & areas
    assert seen > 100
    conference = EVENT + "2011-06-20-11th-alliance-against-trafficking-persons-conference"
    alliance = next(scope for iri, scope in told.items() if iri.startswith(conference[:60]) and "alliance" in iri)
    assert (
        "police and other law enforcement" in alliance.people
        and "" not in alliance.people["police and other law enforcement"]
    )


def test_an_overlap_has_people_of_a_region_in_common(graph: Oscegraph, everything: Overlaps) -> None:
    """What is not told closely enough, and what is for different people, stands apart and says so."""
    told = scopes.read_scopes(graph.store, graph.directory)
    for pair in everything.pairs:
        one, other = told[pair.one], told[pair.other]
        assert one.people.keys() & other.people.keys() or one.bodies & other.bodies
        assert one.meant & other.meant or one.near & other.near or one.venues & other.venues
        assert pair.link is None and pair.parts["audience"] > 0 and pair.parts["area"] > 0
    for pair in everything.untold:
        assert pair.link == overlaps.UNTOLD and not pair.told
        assert not pair.parts["area"] or any(reason.startswith("audience: not told closely") for reason in pair.reasons)
    for pair in everything.others:
        one, other = told[pair.one], told[pair.other]
        assert pair.link == overlaps.OTHERS and one.people and other.people
        assert any(reason.startswith("audience: different people: ") for reason in pair.reasons)
        assert pair.parts["area"] and not pair.parts["audience"] and not one.bodies & other.bodies
    assert len(everything.untold) > 100 and len(everything.others) > 50
    default = find_overlaps(graph.store, graph.directory, Filters())
    assert default.untold and default.others


def test_who_is_sent_abroad_is_from_home(graph: Oscegraph) -> None:
    """Two operations that send their police to Türkiye reach no common area, and say that both lead there."""
    told = scopes.read_scopes(graph.store, graph.directory)
    skopje = told[EVENT + "2011-04-04-training-course-turkey-crime-intelligence-financing"]
    kosovo = told[EVENT + "2011-04-training-kosovo-police-surveillance-officers-turkey"]
    assert skopje.venues == kosovo.venues == {AREA + "tur"}
    assert skopje.meant == {AREA + "mkd"} and kosovo.meant == {AREA + "kosovo"}
    pair = compare(skopje, kosovo, graph.directory)
    assert any(
        r == "area: different areas of South-Eastern Europe: North Macedonia; Kosovo; both lead to Türkiye"
        for r in pair.reasons
    )
    visit = told[EVENT + "undated-study-visit-border-police-management-training"]
    assert AREA + "tjk" in visit.areas and visit.meant == {AREA + "mkd"}


def test_whom_something_is_for(graph: Oscegraph) -> None:
    """Who asked for an opinion on a law is no audience; a part of a course is for whom the course is."""
    told = scopes.read_scopes(graph.store, graph.directory)
    opinion = told[EVENT + "2011-09-opinion-draft-law-counteracting-trafficking-human"]
    assert not opinion.bodies and "police and other law enforcement" not in opinion.people
    session = told[EVENT + "2011-03-19-four-week-staff-course-border-management"]
    assert set(session.people) == {"border guards and border police"}


def test_a_venue_counts_where_a_unit_without_an_area_made_it(graph: Oscegraph, tmp_path: Path) -> None:
    """That a field operation sends somebody does not take an event of the Secretariat out of the state where it was."""
    text = HEAD + telling("one", 1, "e:unit", "2011-03-01", more='osg:statedCountry e:west ; osg:audience "judges"@en ;')
    text += telling("two", 3, "e:body", "2011-03-05", more='osg:statedCountry e:west ; osg:audience "judges"@en ;')
    text += """e:west a osg:State ; skos:prefLabel "Westland"@en .
        e:unit a osg:SecretariatUnit ; skos:prefLabel "Unit"@en . e:body a osg:Institution ; skos:prefLabel "Body"@en .
        e:sends a osg:Telling ; osg:tells e:one ; osg:inSection sec:II.9 ; osg:firstLine 9 ; osg:lastLine 9 ;
        osg:participation e:p . e:p a osg:Participation ; osg:role role:facilitator ; osg:actor e:north ."""
    path = tmp_path / "venue.ttl"
    path.write_text(text, encoding="utf-8")
    own = oscegraph.load(str(path))
    assert "area: both reach Westland" in find_overlaps(own.store, own.directory, Filters()).pairs[0].reasons
    conference = scopes.read_scopes(graph.store, graph.directory)[EVENT + "2011-07-14-fiu-development-workshop"]
    assert AREA + "arm" in conference.meant


def test_what_has_no_field_is_alike_under_the_same_sub_heading(graph: Oscegraph, everything: Overlaps) -> None:
    """The theme of whatever has no field of its own makes no pair by itself."""
    told = scopes.read_scopes(graph.store, graph.directory)
    under = 0
    for pair in unlinked(everything):
        one, other = told[pair.one], told[pair.other]
        assert one.themes & other.themes or one.headings & other.headings
        [theme] = [reason for reason in pair.reasons if reason.startswith("theme: ")]
        assert "in general" not in theme.casefold() or "under \u201cOrganized Crime in General\u201d" in theme
        under += "under \u201c" in theme
    assert under > 10


def test_side_events_belong_together(graph: Oscegraph) -> None:
    """The workshop on the sidelines of the Egmont plenary is no overlap with it."""
    sides = (
        EVENT + "2011-07-11-plenary-meeting-egmont-group-financial-intelligence",
        EVENT + "2011-07-14-fiu-development-workshop",
    )
    found = find_overlaps(graph.store, graph.directory, Filters())
    assert [pair.link for pair in found.linked if (pair.one, pair.other) == sides] == ["on the sidelines of"]
    assert sides not in {(pair.one, pair.other) for pair in found.pairs}


def test_a_venue_abroad_makes_no_neighbours(graph: Oscegraph, everything: Overlaps) -> None:
    """Different areas of a region are those of people and operations, and stand in the reason."""
    told = scopes.read_scopes(graph.store, graph.directory)
    for pair in unlinked(everything):
        [area] = [r for r in pair.reasons if r.startswith("area: different areas of ")] or [""]
        if area:
            assert told[pair.one].near & told[pair.other].near
            first, second = area.split(": ")[2].split("; ")[:2]
            assert first and second and not set(first.split(", ")) & set(second.split(", "))
    istanbul = EVENT + "2011-03-28-regional-event-lawyers-ngos-trafficking-cases"
    assert told[istanbul].areas == {AREA + "tur"} and told[istanbul].near == {AREA + "central-asia"}


def test_every_reason_is_true_by_the_tellings(
    graph: Oscegraph, everything: Overlaps, activities: dict[str, Activity]
) -> None:
    """Theme, kind, place, audience and days of each reason are those that the tellings say."""
    labels = {thing.iri: thing.label for thing in graph.directory.things.values()}
    for pair in unlinked(everything):
        one, other = activities[pair.one], activities[pair.other]
        said = dict(reason.split(": ", 1) for reason in pair.reasons)
        themes = [
            {theme for t in a.tellings for theme in t.themes if theme != "general"}
            | {t.heading for t in a.tellings if "general" in t.themes and t.heading not in ("Introduction", "Other")}
            for a in (one, other)
        ]
        assert themes[0] & themes[1]
        assert pair.parts["theme"] == pytest.approx(len(themes[0] & themes[1]) / len(themes[0] | themes[1]), abs=1e-4)
        kinds = [{t.kind for t in a.tellings} for a in (one, other)]
        assert (pair.parts["kind"] == 1) == bool(kinds[0] & kinds[1])
        assert ("kind" in said) == (pair.parts["kind"] > 0)
        if said["audience"].startswith("both for"):
            for group in said["audience"].partition(": ")[2].split(", "):
                for activity in (one, other):
                    wholes = [activities[iri] for iri in activity.facts.get("partOf", ())]
                    texts = [t.audience or "" for a in (activity, *wholes) for t in a.tellings]
                    texts += [
                        p.label for t in activity.tellings for p in t.participations if p.role in ("attendee", "beneficiary")
                    ]
                    assert any(group in people_of(text) for text in texts)
        elif said["audience"].endswith(" in both"):
            named = [
                {p.label for t in a.tellings for p in t.participations if p.role in ("attendee", "beneficiary")}
                for a in (one, other)
            ]
            assert any(label in said["audience"] for label in named[0] & named[1])
        for place in {p for t in one.tellings for p in t.places} & {p for t in other.tellings for p in t.places}:
            assert place in said["area"]
        for country in {c for t in one.tellings for c in t.countries} & {c for t in other.tellings for c in t.countries}:
            assert country in said["area"] and country in labels.values()
        assert sum(WEIGHTS[part] * value for part, value in pair.parts.items()) == pytest.approx(pair.score, abs=6e-4)


def test_days_apart_are_those_of_the_activities(everything: Overlaps, activities: dict[str, Activity]) -> None:
    """The days in a reason are counted anew from the dates of the activities."""
    compared = 0
    for pair in unlinked(everything):
        one, other = sorted((activities[pair.one], activities[pair.other]), key=lambda a: (a.start or "", a.end or ""))
        time = next(reason for reason in pair.reasons if reason.startswith("time: "))
        if {one.first("datePrecision"), other.first("datePrecision")} <= {"day", "month"}:
            lasted = {"P6W": 42, "P4W": 28, "P10D": 10, "P1W": 7} if one.start == one.end else {}
            # A session that is told with the length of its course was on its day.
            course = {t.duration for whole in one.facts.get("partOf", ()) for t in activities[whole].tellings}
            more = max((lasted.get(t.duration or "", 1) - 1 for t in one.tellings if t.duration not in course), default=0)
            days = max(0, (date.fromisoformat(other.start or "") - date.fromisoformat(one.end or "")).days - more)
            assert days <= WINDOW and (f"{days} day" in time if days else "meet" in time)
            assert pair.parts["time"] == pytest.approx(1 - days / WINDOW, abs=1e-4)
            compared += 1
        else:
            assert pair.parts["time"] == 0 and "not dated" in time
    assert 100 < compared < len(unlinked(everything))


def test_scores_are_sorted_and_within_bounds(everything: Overlaps) -> None:
    """The best first, then by IRI; each component from 0 to 1; each pair once; weights add up to 1."""
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    for pairs in (everything.pairs, everything.untold, everything.others):
        keys = [(-pair.score, pair.one, pair.other) for pair in pairs]
        assert keys == sorted(keys)
    assert len({(pair.one, pair.other) for pair in unlinked(everything)}) == len(unlinked(everything))
    for pair in unlinked(everything):
        assert (
            0 < pair.score <= 1 and all(0 <= value <= 1 for value in pair.parts.values()) and set(pair.parts) == set(WEIGHTS)
        )


def test_comparison_is_symmetric(graph: Oscegraph) -> None:
    """Which activity comes first makes no difference."""
    some = list(scopes.read_scopes(graph.store, graph.directory).values())[::4]
    for one, other in combinations(some, 2):
        assert is_candidate(one, other, True) == is_candidate(other, one, True)
        assert days_apart(one, other) == days_apart(other, one)
        assert compare(one, other, graph.directory) == compare(other, one, graph.directory)


def test_nothing_is_missed_and_filters_only_take_away(graph: Oscegraph, everything: Overlaps) -> None:
    """A pair of dated, alike activities is found; each filter leaves pairs of the whole list."""
    whole = {(pair.one, pair.other): pair for pair in unlinked(everything)}
    odihr = UNIT + "odihr"
    mine = find_overlaps(graph.store, graph.directory, Filters(possible=True), odihr, 0.0)
    wanted = {key for key in whole if any(odihr in everything.units[iri] for iri in key)}
    assert {(pair.one, pair.other) for pair in unlinked(mine)} == wanted and mine.pairs
    for filters in (graph.filters(on="thb"), graph.filters(place="Central Asia"), graph.filters(start="March", end="May")):
        some = find_overlaps(graph.store, graph.directory, filters, least=0.0)
        assert some.pairs and all(whole[pair.one, pair.other] == pair for pair in unlinked(some))
        assert len(unlinked(some)) < len(whole)


def test_places_of_a_filter_are_reached_by_both(graph: Oscegraph) -> None:
    """With a region, both activities reach it."""
    told = scopes.read_scopes(graph.store, graph.directory)
    filters = graph.filters(place="Central Asia")
    for pair in find_overlaps(graph.store, graph.directory, filters, least=0.0).pairs:
        assert all(told[iri].reaches(filters.where or "") for iri in (pair.one, pair.other))


def test_more_possible_pairs_are_announced(graph: Oscegraph) -> None:
    """The number of vague pairs is what `possible` adds."""
    sure = find_overlaps(graph.store, graph.directory, Filters())
    possible = find_overlaps(graph.store, graph.directory, Filters(possible=True))
    added = [len(getattr(possible, name)) - len(getattr(sure, name)) for name in ("pairs", "may_meet", "untold", "others")]
    assert sum(added) == sure.vague and added[0] > 0 and possible.vague == 0


def test_the_small_graph_by_hand(tiny: Oscegraph) -> None:
    """One pair overlaps; the linked one stands apart; shared, late, undated and other-themed ones are out."""
    found = find_overlaps(tiny.store, tiny.directory, Filters(), least=0.0)
    assert [(local_name(p.one), local_name(p.other)) for p in found.pairs] == [("one", "two")]
    assert [(local_name(p.one), local_name(p.other), p.link) for p in found.same] == [
        ("one", "same", "possibly the same as")
    ]
    pair = found.pairs[0]
    assert pair.parts == pytest.approx(
        {"theme": 1, "area": 0.8, "audience": 2 / 3, "kind": 1, "time": 1 - 10 / WINDOW}, abs=1e-4
    )
    assert pair.score == pytest.approx(0.2 + 0.3 * 0.8 + 0.2 * 2 / 3 + 0.15 + 0.15 * (1 - 10 / 90), abs=1e-3)
    assert pair.met == 1 and found.vague == 1
    assert "area: both reach Northland" in pair.reasons and "time: 10 days apart" in pair.reasons
    with_vague = find_overlaps(tiny.store, tiny.directory, Filters(possible=True), least=0.0)
    assert [local_name(p.other) for p in with_vague.pairs] == ["two"]
    assert [(local_name(p.other), p.link) for p in with_vague.untold] == [("vague", overlaps.UNTOLD)]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("Senior police officers, judges and agencies", {"police and other law enforcement", "judges and courts"}),
        ("border police and customs officers", {"border guards and border police", "customs"}),
        ("governmental and non-governmental organizations", {"governments", "civil society"}),
        ("Ministry of Internal Affairs of Tajikistan", {"police and other law enforcement"}),
        (
            "Academy for Judges and Public Prosecutors",
            {"judges and courts", "prosecutors", "trainers and training institutes"},
        ),
        ("trade unions, employers, NGOs for migrant and human rights", {"civil society", "trade unions and employers"}),
        ("prosecutors in cross-border cases", {"prosecutors"}),
        ("policy advisers", set()),
        ("victims of sexual assault", {"victims and people at risk"}),
        ("youth", {"victims and people at risk"}),
        ("officers of the 3 countries", set()),
        ("", set()),
    ],
)
def test_groups_of_an_audience(text: str, groups: set[str]) -> None:
    """The longest words say the group; words that say no group do not count."""
    assert people_of(text) == groups


def test_each_group_of_people_is_of_use(graph: Oscegraph) -> None:
    """Every group of `queries/audiences.txt` is that of some activity, and no words stand in two groups."""
    lines = (resources.queries_dir() / "audiences.txt").read_text(encoding="utf-8").splitlines()
    groups = dict(line.split(": ") for line in lines if not line.startswith("#"))
    words = [word for said in groups.values() for word in said.split(", ")]
    assert len(words) == len(set(words)) and len(groups) > 20
    found = scopes.read_scopes(graph.store, graph.directory).values()
    assert {group for scope in found for group in scope.people} == set(groups)


def test_a_single_day_is_the_first_of_what_lasted_longer(graph: Oscegraph) -> None:
    """Six weeks on-line that began on 19 September end at the end of October."""
    told = scopes.read_scopes(graph.store, graph.directory)
    online = told[EVENT + "2011-09-19-line-first-phase-regional-linux-investigation"]
    assert (online.start, online.end) == (date(2011, 9, 19), date(2011, 10, 30))
    classroom = told[EVENT + "2011-11-14-regional-cyber-crime-training-course-using"]
    assert (classroom.start, classroom.end) == (date(2011, 11, 14), date(2011, 11, 18))


def test_days_between_periods() -> None:
    """Overlapping and touching periods are no days apart; one that is not dated closely has no distance."""

    def scope(start: int, end: int) -> Scope:
        return Scope("x", precision="day", start=date(2011, 5, start), end=date(2011, 5, end))

    assert days_apart(scope(1, 3), scope(2, 9)) == 0 == days_apart(scope(1, 3), scope(3, 3))
    assert days_apart(scope(1, 3), scope(10, 11)) == 7 and days_apart(scope(1, 3), Scope("y")) is None


def test_nothing_in_an_empty_store() -> None:
    """A store without activities has no overlaps."""
    import pyoxigraph

    from oscegraph.directory import Directory
    from oscegraph.store import EmbeddedStore

    store = EmbeddedStore(pyoxigraph.Store(), "nothing")
    assert find_overlaps(store, Directory(store), Filters()) == Overlaps()
