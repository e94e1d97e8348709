"""Answers: who with whom, what two share, everything of one thing; and questions that such a graph is made for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from oscegraph import answers, show
from oscegraph.api import Oscegraph
from oscegraph.errors import DataError, FilterError, NameAmbiguous, NameNotFound, QueryError
from oscegraph.filters import Filters
from oscegraph.namespaces import expand, shorten
from oscegraph.output import Answer, Heading, Lines, Table
from oscegraph.tellings import Activity

SMALL = Path(__file__).parent / "data" / "small.ttl"


@pytest.fixture(scope="module")
def small() -> Oscegraph:
    """The invented graph of tests/data."""
    return Oscegraph.open([str(SMALL)])


def partners(found: answers.Who) -> dict[str, int]:
    """Return the partners by short IRI with their numbers of shared activities."""
    return {shorten(p.thing.iri): len(p.activities) for p in found.partners}


def labels(found: list[Activity]) -> set[str]:
    """Return the labels of activities."""
    return {activity.label for activity in found}


def words(answer: Answer) -> str:
    """Return all that an answer says, without layout."""
    said: list[str] = []
    for block in answer.blocks:
        if isinstance(block, Heading):
            said.append(block.text)
        elif isinstance(block, Lines):
            said += block.lines
        elif isinstance(block, Table):
            said += [" ".join(str(cell) for cell in row) for row in block.rows]
    return "\n".join(said + answer.notes)


def see(graph: Oscegraph, name: str) -> Answer:
    """Show a thing of a graph."""
    return show.show(graph.store, graph.directory, name, None)


# who


def test_an_activity_told_in_two_chapters_counts_once(small: Oscegraph) -> None:
    """Two tellings of one activity are one shared activity, in each role once."""
    found = small.who("OOE")
    unit = next(p for p in found.partners if shorten(p.thing.iri) == "body:unit")
    assert len(unit.activities) == 1 and dict(unit.roles) == {"organizer": 1}
    assert dict(unit.themes) == {"drugs": 1, "thb": 1}
    assert found.activities == 6 and partners(found)["body:mission"] == 5


def test_partners_come_by_number_of_activities(graph: Oscegraph) -> None:
    """The one with most shared activities comes first; ties go by label."""
    found = graph.who("UNODC").partners
    assert [(-len(p.activities), p.thing.label) for p in found] == sorted((-len(p.activities), p.thing.label) for p in found)


def test_parts_are_rolled_up(small: Oscegraph) -> None:
    """What a department or a post did is the mission's; they are never partners of their own mission, nor it of them."""
    found = small.who("body:mission")
    assert partners(found) == {"body:org": 6, "area:xla": 1, "body:ngo": 1, "body:unit": 1}
    assert found.circle == {expand("body:mission"), expand("body:mission-dep"), expand("post:mission-head")}
    assert "body:mission" not in partners(small.who("body:mission-dep"))
    assert partners(small.who("body:mission-dep"))["body:org"] == 2


def test_no_unit_has_its_own_parts_as_partners(graph: Oscegraph) -> None:
    """The same holds in the whole graph, for each structure with departments or posts."""
    wholes = {
        iri for t in graph.directory.actors() for key in ("subOrganizationOf", "postIn") for iri in t.facts.get(key, ())
    }
    structures = {"SecretariatUnit", "Institution", "FieldOperation"}
    for iri in sorted(iri for iri in wholes if graph.directory.things[iri].cls in structures):
        found = graph.who(iri)
        assert not found.circle & {p.thing.iri for p in found.partners}


def test_unit_only_leaves_out_departments_and_posts(small: Oscegraph) -> None:
    """Departments and posts are partners of others, unless whole units are asked for."""
    assert {"body:mission-dep", "post:mission-head", "body:mission"} <= set(partners(small.who("OOE")))
    only = partners(small.who("OOE", unit_only=True))
    assert "body:mission" in only and not {"body:mission-dep", "post:mission-head"} & set(only)


def test_role_is_that_of_the_partner_and_as_that_of_the_actor(small: Oscegraph) -> None:
    """`role` filters partners by their role, `own_role` the activities by the actor's, its parts included."""
    assert set(partners(small.who("body:mission", role="funder"))) == {"area:xla", "body:org"}
    assert partners(small.who("body:mission", own_role="speaker")) == {"body:org": 1, "body:unit": 1, "body:ngo": 1}
    assert partners(small.who("OOE", own_role="attendee")) == {"body:mission-dep": 1}
    assert set(partners(small.who("OOE", own_role="attendee", role="organizer"))) == {"body:mission-dep"}


def test_other_filters(small: Oscegraph) -> None:
    """Theme, place, and type of partner narrow the answer; a subclass belongs to its class."""
    assert small.who("OOE", on="drugs").activities == 2
    assert small.who("OOE", place="Xtown").activities == 1
    assert small.who("OOE", place="Xland").activities == small.who("OOE", place="Southern Region").activities == 2
    assert set(partners(small.who("OOE", partner_type="state"))) == {"area:xla"}
    assert set(partners(small.who("OOE", partner_type="osce-unit"))) == {"body:mission", "body:unit"}
    assert set(partners(small.who("OOE", partner_type="ngo", on="thb"))) == {"body:ngo"}


def test_first_and_last_day(small: Oscegraph) -> None:
    """Of the dated activities the first and the last day are given; without any there is none."""
    mission = next(p for p in small.who("OOE").partners if shorten(p.thing.iri) == "body:mission")
    assert (mission.first, mission.last) == ("2011-01-01", "2011-12-31")
    unit = next(p for p in small.who("OOE").partners if shorten(p.thing.iri) == "body:unit")
    assert (unit.first, unit.last) == ("2011-06-10", "2011-06-10")


def test_evidence_has_the_shared_activities_with_all_tellings(small: Oscegraph) -> None:
    """Each partner brings the activities that it shares, each with every telling; without the wish there are none."""
    found = small.who("UOS", evidence=True)
    for partner in found.partners:
        assert {a.id for a in partner.evidence} == partner.activities
        assert [t.chapter for t in partner.evidence[0].tellings] == ["A.1", "A.2"]
    assert all(not p.evidence for p in small.who("UOS").partners)


# periods


@pytest.mark.parametrize(
    ("start", "end", "sure", "possible"),
    [
        ("June", "June", {"Told twice", "In a month", "Over the end of May"}, {"In two months", "In a year"}),
        ("2011-06-01", "2011-06-09", {"Over the end of May"}, {"In a month", "In two months", "In a year"}),
        ("May", "June", {"Told twice", "In a month", "Over the end of May", "In two months"}, {"In a year"}),
        ("2011", "2011", {"Told twice", "In a month", "Over the end of May", "In two months", "In a year"}, set()),
        (None, "2011-05-31", {"Over the end of May"}, {"In two months", "In a year"}),
        ("2011-06-03", None, {"Told twice"}, {"In a month", "In two months", "In a year"}),
        ("2011-06-10", "2011-06-10", {"Told twice"}, {"In a month", "In two months", "In a year"}),
        ("2012", None, set(), set()),
    ],
)
def test_period(small: Oscegraph, start: str | None, end: str | None, sure: set[str], possible: set[str]) -> None:
    """Days in common are enough; a month or a year must lie inside. `possible` adds what only may fall into the period."""
    filters = small.filters(start=start, end=end)
    assert labels(answers.find_activities(small.store, small.directory, filters)) == sure
    filters = small.filters(start=start, end=end, possible=True)
    assert labels(answers.find_activities(small.store, small.directory, filters)) == sure | possible
    assert {t.title for t in small.tellings(start=start, end=end)} - {"Told again"} == sure


def test_a_period_says_what_may_fall_into_it(small: Oscegraph) -> None:
    """The number of activities that are dated too vaguely is said, with the option that adds them."""
    (note,) = small.who("OOE", start="June", end="June").notes
    assert note.startswith("2 more activities may fall into the period") and "--possible adds them" in note
    assert small.who("OOE", start="June", end="June", possible=True).notes == []
    assert small.who("OOE", start="May", end="June").notes[0].startswith("1 more activity may")
    assert small.who("OOE").notes == []


# empty answers


def test_silence_of_the_report(small: Oscegraph) -> None:
    """An actor without partners: the report tells of none, whatever the filters."""
    assert small.who("Idle Company").notes == ["The report tells of no co-operation of Idle Company with anybody."]
    assert small.who("Idle Company", on="drugs").notes == [
        "The report tells of no co-operation of Idle Company with anybody."
    ]


def test_co_operation_in_general_is_said_where_no_activity_is_told(graph: Oscegraph) -> None:
    """Who stands on a list of partners alone is not said to have worked with nobody."""
    (note,) = graph.who("SELEC").notes
    assert "no activity of Southeast European Law Enforcement Center" in note
    assert "Strategic Police Matters Unit (II.1.1, lines 504-519)" in note


def test_filters_that_exclude(small: Oscegraph) -> None:
    """When filters leave nothing, the numbers without each of them and without any are given."""
    found = small.who("UOS", on="cyber", place="Xtown")
    assert found.partners == []
    theme = small.directory.label(expand("theme:cyber") or "")
    assert found.notes == [
        f"The filters leave no partner (on {theme}, in Xtown); the report is not silent:",
        f"  without “on {theme}”: 5 partners",
        "  without “in Xtown”: 0 partners",
        "  without any filter: 5 partners",
    ]


def test_one_filter_that_excludes(small: Oscegraph) -> None:
    """With one filter only the number without it is given."""
    notes = small.who("UOS", role="trainer").notes
    assert notes == [
        "The filters leave no partner (as trainer); the report is not silent:",
        "  without any filter: 5 partners",
    ]


def test_a_period_that_excludes(small: Oscegraph) -> None:
    """A period that leaves nothing sure says both: how many without it, and how many may fall into it."""
    notes = small.who("OOE", start="2011-03-01", end="2011-03-31").notes
    assert notes[1].startswith("  without any filter: ")
    assert notes[-1].startswith("1 more activity may fall into the period")


# between


def test_between_is_symmetric(graph: Oscegraph) -> None:
    """What one shares with another, the other shares with the one; the same number as in `who`."""
    actors = ["SPMU", "ATU", "UNODC", "OSCE Mission to Serbia", "IOM", "Türkiye"]
    for one in actors:
        by_who = partners(graph.who(one, unit_only=True))
        for other in actors:
            if one != other:
                there = [a.id for a in graph.between(one, other).activities]
                assert there == [a.id for a in graph.between(other, one).activities]
                thing = graph.actor(other)
                if graph.directory.circle(thing.iri) == {thing.iri}:
                    assert len(there) == by_who.get(shorten(thing.iri), 0)


def test_between_rolls_up_parts_on_both_sides(small: Oscegraph) -> None:
    """A department stands for its mission; the tellings say who of each side did what."""
    found = small.between("body:mission", "OOE")
    assert len(found.activities) == 6
    assert [expand("body:mission-dep") in found.circles[0], found.circles[1]] == [True, {expand("body:org")}]


def test_between_a_unit_and_its_own_department(small: Oscegraph) -> None:
    """A whole and its part share nothing with each other."""
    assert small.between("body:mission", "body:mission-dep").activities == []


def test_between_with_filters(small: Oscegraph) -> None:
    """Theme, place and period apply to the activity."""
    assert labels(small.between("body:mission", "OOE", on="thb").activities) == {"Told twice"}
    assert labels(small.between("body:mission", "OOE", start="June", end="June").activities) == {
        "Told twice",
        "In a month",
        "Over the end of May",
    }


def test_between_nobody(small: Oscegraph) -> None:
    """No shared activity is a plain answer; filters that exclude are told from silence."""
    assert small.between("UOS", "Xland").notes == [
        "The report names no activity that Unit of the Secretariat and Xland share."
    ]
    assert small.between("UOS", "OOE", on="cyber").notes[-1] == "  without any filter: 1 shared activity"


def test_between_gives_general_statements(small: Oscegraph) -> None:
    """A statement without activity counts for who makes it with whom it names, not for the named among themselves."""
    for one, other in (("body:mission", "UOS"), ("UOS", "body:mission"), ("body:ngo", "body:mission")):
        (statement,) = small.between(one, other).statements
        assert (statement["chapter"], statement["lines"]) == ("A.1", [60, 61])
        assert statement["facts"]["summary"] == ["general co-operation"]
    assert small.between("UOS", "body:ngo").statements == []
    assert small.between("UOS", "OOE").statements == []


# the Python face


def test_a_filter_that_does_not_apply_is_an_error(graph: Oscegraph) -> None:
    """No filter is dropped in silence: partners cannot be filtered by kind, tellings not by type of partner."""
    with pytest.raises(QueryError, match='no parameter "kind"'):
        graph.who("UNODC", kind="workshop")
    with pytest.raises(QueryError, match='no parameter "type"'):
        graph.tellings(partner_type="state")


@pytest.mark.parametrize(
    ("filters", "error"),
    [
        ({"on": ""}, FilterError),
        ({"place": ""}, NameNotFound),
        ({"place": "Narnia"}, NameNotFound),
        ({"role": "boss"}, FilterError),
        ({"partner_type": "mission"}, FilterError),
        ({"basis": "MC.DEC/99/99"}, NameNotFound),
        ({"kind": "party"}, FilterError),
        ({"assistance": "money"}, FilterError),
    ],
)
def test_filters_that_mean_nothing(graph: Oscegraph, filters: dict[str, Any], error: type[Exception]) -> None:
    """A word that means nothing, the empty one too, is an error and not a filter that fits all."""
    with pytest.raises(error):
        graph.filters(**filters)


def test_filters_in_words(graph: Oscegraph) -> None:
    """All filters are said in words, in a fixed order."""
    found = graph.filters(
        "thb", "Vienna", "June", None, "funder", "host", "state", "training", "workshop", "MC.DEC/5/06", True
    )
    assert found.in_words() == (
        "on trafficking in human beings, in Vienna, from 2011-06-01, as funder, with its own role host, type state, "
        "assistance training, kind workshop, resting on MC.DEC/5/06, whole units only"
    )
    assert found.active() == [name for name, _ in found.labels]
    assert all(found.without(name).active() == [n for n in found.active() if n != name] for name in found.active())
    assert Filters().active() == [] and Filters().in_words() == ""


def test_open_takes_files_and_says_what_is_missing(tmp_path: Path) -> None:
    """A graph is opened from files; a file that is not there is an error with its path."""
    assert Oscegraph.open([str(SMALL)]).actor("UOS").label == "Unit of the Secretariat"
    with pytest.raises(DataError, match=r"none\.ttl: there is no such file"):
        Oscegraph.open([str(tmp_path / "none.ttl")])


def test_rdflib_graph_is_on_the_same_store(small: Oscegraph) -> None:
    """The rdflib graph has the prefixes of the project and the same triples, derived ones too."""
    rows = list(small.graph.query("SELECT ?a { ?a osg:involves body:mission-dep } ORDER BY ?a"))
    assert [str(row[0]) for row in rows] == [expand("act:month"), expand("act:twice")]  # type: ignore[index]


def test_find_actors(small: Oscegraph) -> None:
    """Actors by class with subclasses, by area of work, by words in one name, and only those that do anything."""
    names = small.directory

    def found(**given: Any) -> list[str]:
        return [shorten(t.iri) for t in answers.find_actors(small.store, names, **given)]

    assert found(cls=names.type_class("osce-unit")) == ["body:unit", "body:mission"]
    assert found(area=expand("area:xla")) == ["body:mission", "area:xla"]
    assert found(words="xland police") == ["body:mission-dep"] and found(words="uos") == ["body:unit"]
    assert found(words="police everybody") == []
    assert "body:idle" in found() and "body:idle" not in found(named=True)


def test_find_instruments(graph: Oscegraph) -> None:
    """Instruments come by date, and fit by theme, by who adopted them and by whom they task."""
    found = answers.find_instruments(graph.store, graph.directory, {"Decision"})
    dates = [item.first("adoptedOn") or "9999" for item in found]
    assert dates == sorted(dates) and all(item.thing.cls == "Decision" for item in found)
    council = expand("body:permanent-council")
    by_council = [item.first("symbol") or "" for item in found if item.fits(None, council, None)]
    assert by_council and all(symbol.startswith("PC.DEC/") for symbol in by_council)
    assert not any(item.fits(expand("theme:none"), None, None) for item in found)


# show


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (
            "body:mission",
            ["Mission to Xland (field-operation)", "works in: Xland", "has the parts: Mission to Xland, Police"],
        ),
        ("post:mission-head", ["Head of the Mission to Xland (post)", "post in: Mission to Xland", "as speaker"]),
        ("UOS", ["also: UOS", "roles: organizer 1", "themes: drugs 1, thb 1", "Organization of Everybody organization 1"]),
        (
            "act:twice",
            ["Told twice [2011-06-10]", "A.1, lines 1-3: on 10 June; Xtown", "the tellings differ:", "people: 20"],
        ),
        ("A.2-L100", ["Told again", "about 25 people; 2 events", "audience: officers", "the same activity is told in:"]),
        ("tell:A.1-L1", ["basis: MC.DEC/1/01", "partner: Organization of Everybody (7)"]),
        ("MC.DEC/1/01", ["Decision on Everything (decision)", "symbol: MC.DEC/1/01", "Told of it: 1 activity"]),
        ("Xtown", ["Xtown (place)", "in: Xland", "Told of it: 1 activity"]),
        ("Xland", ["Xland (state)", "region: Southern Region", "Told of it: 3 activities"]),
        ("Southern Region", ["Southern Region (region)", "Told of it: 2 activities"]),
        ("theme:cyber", ["(concept)", "definition: ", "Told of it: 4 activities"]),
        ("role:funder", ["funder (concept)", "Told of it: 1 activity"]),
        ("kind:grp-event", ["event (concept)", "Told of it: 5 activities"]),
        ("A.2", ["Unit of the Secretariat (section)", "Told of it: 1 activity"]),
        ("Idle Company", ["The report tells of no activity with it."]),
        ("In a month", ["In a month [2011-06]", "study visit"]),
    ],
)
def test_show(small: Oscegraph, name: str, said: list[str]) -> None:
    """Each kind of thing shows what is known of it, with the activities and where they stand."""
    found = words(see(small, name))
    assert [part for part in said if part not in found] == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("UNODC", ["International", "Most frequent partners", "organizer", "II."]),
        ("act:2011-04-18-forced-labour", ["Forced Labour [2011-04-18 to 2011-04-19]", "II.1.1, lines 404-406", "II.3.8"]),
        ("II.1.1-L329", ["over 60 people", "funder: Australia, Norway, United States"]),
        ("MC.DEC/5/06", ["symbol: MC.DEC/5/06", "adopted by: OSCE Ministerial Council", "adopted in: Brussels", "tasks"]),
        ("UNTOC", ["(treaty)", "supplemented by: ", "ratified", "55"]),
        ("Trafficking Protocol", ["(protocol)", "supplements: United Nations Convention against"]),
        ("Vienna", ["Vienna (place)", "in: Austria", "activities"]),
        ("Tajikistan", ["Tajikistan (state)", "ISO alpha-3: TJK", "region: Central Asia"]),
        ("Kosovo", ["Kosovo (territory)", "user-assigned code: XK", "status: ", "activities"]),
        ("Central Asia", ["Central Asia (region)", "activities"]),
        ("THB", ["trafficking in human beings (concept)", "activities"]),
        ("II.3.8", ["OSCE Office in Baku (section)", "Told of it: "]),
        ("OSCE Office in Baku", ["OSCE Office in Baku (field-operation)", "works in: Azerbaijan"]),
        ("Secretary General", ["(post)", "post in: OSCE Secretariat"]),
        (
            "act:2011-10-03-leveraging-anti-money-laundering-regimes-combat",
            ["II.1.1", "II.1.4", "II.1.5", "II.3.7", "differ"],
        ),
    ],
)
def test_show_of_the_report(graph: Oscegraph, name: str, said: list[str]) -> None:
    """The same in the graph of the report, which has treaties, protocols and a territory too."""
    found = words(see(graph, name))
    assert [part for part in said if part not in found] == []


def test_show_every_thing(graph: Oscegraph) -> None:
    """Nothing with a name in the graph fails to be shown, and each says what it is."""
    things = sorted(graph.directory.things.values(), key=lambda thing: thing.iri)
    for thing in [thing for thing in things if thing.cls != "Concept"][::9] + [t for t in things if t.cls == "Concept"][::5]:
        answer = see(graph, thing.iri)
        assert answer.data["id"] == thing.iri and f"({thing.type})" in words(answer)


def test_show_says_inferred_from_stated(graph: Oscegraph) -> None:
    """What rests on a decision only by rule is counted apart."""
    assert "By rule, not by the words of the report, " in words(see(graph, "MC.DEC/5/06"))


def test_show_unknown_and_ambiguous(graph: Oscegraph, tmp_path: Path) -> None:
    """A name of nothing, a telling that is not there, and a label of two activities are said to be so."""
    for name in ("xyzzy", "II.1.1-L99999", "tell:II.1.1-L99999", "act:none", ""):
        with pytest.raises(NameNotFound):
            see(graph, name)
    twins = tmp_path / "twins.ttl"
    twins.write_text(SMALL.read_text(encoding="utf-8").replace("In two months", "In a year"), encoding="utf-8")
    with pytest.raises(NameAmbiguous, match="act:months"):
        see(Oscegraph.open([str(twins)]), "in a year")


# questions that the graph is made for


def roles(graph: Oscegraph, telling: str, role: str) -> set[str]:
    """Return the labels of those who have a role in a telling."""
    found = show.resolve(graph.store, graph.directory, telling)
    return {p.label for p in found.participations if p.role == role}  # type: ignore[union-attr]


def test_who_paid_for_a_workshop(graph: Oscegraph) -> None:
    """Three states funded the workshop of July, by the one chapter that says so."""
    named = {
        str(row["actorLabel"])
        for row in graph.query(
            "activity_participants",
            activity="act:2011-07-11-international-co-operation-criminal-matters-legal",
            role="role:funder",
        )
    }
    assert named == {"United States", "Australia", "Norway"} == roles(graph, "II.1.1-L329", "funder")


def test_who_trained_in_belgrade(graph: Oscegraph) -> None:
    """Four bodies trained at the workshop of 2-3 June in Belgrade."""
    (found,) = graph.tellings(place="Belgrade", start="2011-06-02", end="2011-06-03", on="cyber")
    assert {p.label for p in found.participations if p.role == "trainer"} == {
        "Ministry of Interior of Serbia",
        "Ministry of Justice of Serbia",
        "Prosecutors Association of Serbia",
        "Cybercrime Research Institute",
    }


def test_with_whom_a_workshop_in_ganja(graph: Oscegraph) -> None:
    """The Office in Baku had four partners at the workshop of 18-19 April, by two chapters together."""
    found = graph.who("OSCE Office in Baku", place="Ganja", start="2011-04-18", end="2011-04-19", unit_only=True)
    assert found.activities == 1
    organizing = {p.thing.label for p in found.partners if {"organizer", "partner"} & set(p.roles)}
    assert organizing == {
        "Strategic Police Matters Unit",
        "National Bureau of Investigation of Hungary",
        "International Organization for Migration",
        "Anti-Trafficking Unit of the Ministry of Internal Affairs of Azerbaijan",
    }


def test_which_organization_works_with_most_structures(graph: Oscegraph) -> None:
    """Of the international organizations UNODC shares activities with the most structures."""
    first = next(iter(graph.query("organization_structures")))
    assert first["organization"] == expand("body:unodc")


def test_two_units_at_the_same_event(graph: Oscegraph) -> None:
    """SPMU and ATU were both at two events, one of which only another chapter tells with both."""
    found = graph.between("SPMU", "ATU")
    assert [(a.start, a.end) for a in found.activities] == [("2011-05-11", "2011-05-12"), ("2011-10-06", "2011-10-07")]
    assert "II.3.8" in {t.chapter for t in found.activities[1].tellings}


def test_whose_police_took_part_in_an_exercise(graph: Oscegraph) -> None:
    """Seven countries sent agencies to the exercise in Kosovo in March, the police of Kosovo was host."""
    (found,) = answers.find_activities(
        graph.store, graph.directory, graph.filters(place="Kosovo", kind="exercise", start="March", end="March")
    )
    here = [graph.directory.things[p.actor] for p in answers.everyone(found) if p.role == "attendee"]
    areas = {graph.directory.label((thing.facts.get("jurisdiction") or [thing.iri])[0]) for thing in here}
    seven = {"Albania", "Bulgaria", "North Macedonia", "Germany", "Montenegro", "Slovenia", "Türkiye"}
    assert seven <= areas and areas - seven <= {"Kosovo"}


def test_where_and_when_four_workshops(graph: Oscegraph) -> None:
    """The four workshops on ethics of autumn in Albania have each its place and its days."""
    found = graph.tellings("OSCE Presence in Albania", on="corruption", place="Albania", start="September", end="November")
    dated = {(t.place or "", t.start, t.end) for t in found if t.lines[0] >= 1156 and t.lines[1] <= 1159}
    assert {(place[:4], start, end) for place, start, end in dated} == {
        ("Kuke", "2011-09-07", "2011-09-08"),
        ("Gjir", "2011-09-14", "2011-09-15"),
        ("Dibr", "2011-09-29", "2011-09-30"),
        ("Vlor", "2011-11-03", "2011-11-04"),
    }


def test_ratifications(graph: Oscegraph) -> None:
    """All 24 numbers of the broken table of May 2012 are there, and add up to 56 and 12."""
    numbers: dict[tuple[str, str], dict[str, int]] = {}
    for row in graph.query("figure_ratification", year=2012):
        key = (str(row["instrument"]).rsplit("/", 1)[1], str(row["stateGroup"]))
        numbers.setdefault(key, {})[str(row["status"])] = int(row["states"] or 0)
    states, partners_ = "participating States", "Partners for Co-operation"
    expected = {
        ("untoc", states): (55, 1, 0),
        ("untoc", partners_): (9, 3, 0),
        ("trafficking-protocol", states): (54, 1, 1),
        ("trafficking-protocol", partners_): (8, 3, 1),
        ("smuggling-protocol", states): (49, 5, 2),
        ("smuggling-protocol", partners_): (5, 3, 4),
        ("firearms-protocol", states): (31, 8, 17),
        ("firearms-protocol", partners_): (4, 3, 5),
    }
    assert {k: (v["ratified"], v["signed only"], v["not a party"]) for k, v in numbers.items()} == expected
    assert {sum(v.values()) for (_, group), v in numbers.items() if group == states} == {56}
    assert {sum(v.values()) for (_, group), v in numbers.items() if group == partners_} == {12}


def test_how_many_activities_the_report_counts(graph: Oscegraph) -> None:
    """The report counts 336 structure-activities in 2010 and 353 in 2011, which is not the number of activities."""
    rows = [row for row in graph.query("figure_counts") if row["stated"]]
    assert {(row["year"], row["stated"]) for row in rows} >= {("2010", "336"), ("2011", "353")}
    assert all("structure-activities" in str(row["counted"]) for row in rows)


def test_chapters_that_name_different_organizers(graph: Oscegraph) -> None:
    """The seminar of 3-4 October is one activity in four chapters, each with its own organizers (posts aside)."""
    found = show.resolve(graph.store, graph.directory, "act:2011-10-03-leveraging-anti-money-laundering-regimes-combat")
    assert isinstance(found, Activity)
    short = {
        telling.chapter: {
            graph.directory.things[p.actor].short
            for p in telling.participations
            if p.role == "organizer" and graph.directory.things[p.actor].cls != "Post"
        }
        for telling in found.tellings
    }
    assert short == {
        "II.1.1": {"SPMU", "OCEEA", "OSR/CTHB"},
        "II.1.4": {"OCEEA", "SPMU", "OSR/CTHB", "UNODC"},
        "II.1.5": {"OSR/CTHB", "OCEEA", "SPMU", "UNODC"},
        "II.3.7": {"OSR/CTHB"},
    }


def test_which_decisions_and_who_adopted_them(graph: Oscegraph) -> None:
    """The decisions that the first appendix describes, with council, place and year, each once."""
    named = {}
    for item in answers.find_instruments(graph.store, graph.directory, {"Decision"}):
        symbol = item.first("symbol") or item.thing.label
        named[symbol] = (
            graph.directory.things[item.first("adoptedBy") or ""].short,
            graph.directory.label(item.first("adoptedIn") or "") if item.first("adoptedIn") else None,
            (item.first("adoptedOn") or "")[:4],
        )
    expected = {
        "MC.DEC/3/05": ("MC", "Ljubljana", "2005"),
        "PC.DEC/758": ("PC", None, "2006"),
        "MC.DEC/5/06": ("MC", "Brussels", "2006"),
        "PC.DEC/810": ("PC", None, "2007"),
        "PC.DEC/813": ("PC", None, "2007"),
        "MC.DEC/4/07": ("MC", "Madrid", "2007"),
        "MC.DEC/5/08": ("MC", "Helsinki", "2008"),
        "MC.DEC/2/09": ("MC", "Athens", "2009"),
        "MC.DEC/3/11": ("MC", "Vilnius", "2011"),
        "MC.DEC/9/11": ("MC", "Vilnius", "2011"),
    }
    assert {symbol: named.get(symbol) for symbol in expected} == expected
    assert named["PC.DEC/914"][::2] == ("PC", "2009")
    assert any("Sexual Exploitation of Children" in graph.directory.find(symbol, {"Decision"}).label for symbol in named)


def test_which_decision_recalls_which(graph: Oscegraph) -> None:
    """Three recalls among documents of the OSCE are stated, and one of the Charter of the United Nations."""
    found = {
        (shorten(str(row["instrument"])), shorten(str(row["recalled"])))
        for row in graph.query("decision_recalls")
        if row["how"] == "itself"
    }
    assert found == {
        ("ins:pc-dec-810", "ins:mc-dec-3-05"),
        ("ins:pc-dec-810", "ins:mc-dec-5-06"),
        ("ins:mc-dec-9-11", "ins:astana-commemorative-declaration"),
        ("ins:mc-dec-3-11", "ins:un-charter"),
    }


def test_a_plain_no(graph: Oscegraph) -> None:
    """ODIHR and OSR/CTHB share no activity: an answer, and not silence."""
    found = graph.between("ODIHR", "OSR/CTHB")
    assert found.activities == [] and found.notes[0].startswith("The report names no activity that ")


def test_no_money_is_made_up(graph: Oscegraph) -> None:
    """No kind of figure is a sum of money, so no expenditure can be read out of the graph."""
    figures = {thing.label for thing in graph.directory.concepts("figure")}
    assert figures and not any(word in label for label in figures for word in ("euro", "money", "budget", "expend", "cost"))
