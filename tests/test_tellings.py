"""Tellings and activities as objects."""

from __future__ import annotations

from pathlib import Path

import pytest

from oscegraph.answers import differences, everyone, find_activities
from oscegraph.api import Oscegraph
from oscegraph.filters import Filters
from oscegraph.namespaces import PREFIXES, expand
from oscegraph.tellings import CHUNK, ROLES, Activity, Participation, Telling, by_date, read_activities, read_tellings

KEYS = [
    "id",
    "activity",
    "heading",
    "chapter",
    "lines",
    "title",
    "kind",
    "date",
    "date_text",
    "start",
    "end",
    "place",
    "country",
    "themes",
    "assistance",
    "basis",
    "people",
    "people_qualifier",
    "audience",
    "events",
    "duration",
    "see",
    "told_by",
    "note",
    "participations",
]
SMALL = Path(__file__).parent / "data" / "small.ttl"


@pytest.fixture(scope="module")
def small() -> Oscegraph:
    """The invented graph of tests/data."""
    return Oscegraph.open([str(SMALL)])


def tell(small: Oscegraph, name: str) -> Telling:
    """Return one telling by its number."""
    return read_tellings(small.store, small.directory, [PREFIXES["tell"] + name])[0]


def test_as_dict_has_exactly_these_keys(graph: Oscegraph) -> None:
    """The objects of `tellings --format json` all have the same keys, and participations theirs."""
    for telling in graph.tellings():
        found = telling.as_dict()
        assert sorted(found) == sorted(KEYS)
        assert all(list(part) == ["role", "actor", "label", "people"] for part in found["participations"])


def test_a_telling_with_everything(small: Oscegraph) -> None:
    """Each fact of the data comes out under its key, IRIs as slugs, labels or symbols."""
    assert tell(small, "A.2-L100").as_dict() == {
        "id": PREFIXES["tell"] + "A.2-L100",
        "activity": PREFIXES["act"] + "twice",
        "chapter": "A.2",
        "heading": "Heading",
        "lines": [100, 100],
        "title": "Told again",
        "kind": "workshop",
        "date": "2011-06-10",
        "date_text": None,
        "start": "2011-06-10",
        "end": "2011-06-10",
        "place": None,
        "country": None,
        "themes": ["thb"],
        "assistance": "training",
        "basis": [],
        "people": 25,
        "people_qualifier": "about",
        "audience": "officers",
        "events": 2,
        "duration": "P1D",
        "see": ["A.1"],
        "told_by": "Unit of the Secretariat",
        "note": "an invented note",
        "participations": [
            {"role": "organizer", "actor": expand("body:unit"), "label": "Unit of the Secretariat", "people": None},
            {"role": "partner", "actor": expand("body:org"), "label": "Organization of Everybody", "people": None},
            {"role": "partner", "actor": expand("body:ngo"), "label": "Pipe | and \\ Society", "people": None},
        ],
    }


def test_place_country_basis_and_numbers(small: Oscegraph) -> None:
    """A place brings its state; a basis is known by its symbol; a group has its number of people."""
    found = tell(small, "A.1-L1")
    assert (found.place, found.country, found.basis, found.people) == ("Xtown", "Xland", ["MC.DEC/1/01"], 20)
    assert [p.people for p in found.participations if p.role == "partner"] == [7]
    month = tell(small, "A.1-L10")
    assert (month.place, month.country) == (None, "Xland")
    assert (month.start, month.end, month.precision) == ("2011-06-01", "2011-06-30", "month")


def test_source_names_chapter_and_lines() -> None:
    """One line is a line, several are lines."""
    assert Telling("x", chapter="II.1.1", lines=(5, 5)).source == "II.1.1, line 5"
    assert Telling("x", chapter="II.1.1", lines=(5, 7)).source == "II.1.1, lines 5-7"


def test_roles_come_in_a_fixed_order() -> None:
    """Who makes it happen comes first, whatever the order in the data."""
    telling = Telling("x", participations=[Participation("attendee", "a", "A"), Participation("organizer", "b", "B")])
    assert [role for role, _ in telling.by_role()] == ["organizer", "attendee"]
    assert telling.roles_of({"a"}) == ["attendee"] and telling.roles_of({"c"}) == []
    assert telling.has("organizer") and not telling.has("funder")


def test_roles_are_those_of_the_vocabulary(graph: Oscegraph) -> None:
    """No role is missing from the order, and none is made up."""
    assert sorted(ROLES) == sorted(thing.iri.rsplit("/", 1)[1] for thing in graph.directory.concepts("role"))


def test_tellings_come_in_the_order_of_the_report(graph: Oscegraph) -> None:
    """Tellings are sorted by their lines, whatever order they are asked for in."""
    found = graph.tellings()
    assert [t.lines for t in found] == sorted(t.lines for t in found)
    some = [t.id for t in found[:5]]
    assert [t.id for t in read_tellings(graph.store, graph.directory, some[::-1])] == some


def test_nothing_asked_nothing_read(graph: Oscegraph) -> None:
    """Without IRIs there is nothing, and not everything."""
    assert read_tellings(graph.store, graph.directory, []) == []
    assert read_activities(graph.store, graph.directory, []) == []


def test_many_are_read_in_several_queries(graph: Oscegraph) -> None:
    """More things than go into one query come all, each once."""
    iris = [t.id for t in graph.tellings()]
    padded = iris + [PREFIXES["tell"] + f"none-{number}" for number in range(CHUNK)]
    found = read_tellings(graph.store, graph.directory, padded)
    assert len(found) == len(padded) and {t.id for t in found if t.title} == set(iris)


def test_every_telling_is_whole(graph: Oscegraph) -> None:
    """Each has chapter, lines, title, kind, assistance, themes, a teller and an activity; dates have bounds in order."""
    for telling in graph.tellings():
        assert all((telling.chapter, telling.title, telling.kind, telling.assistance, telling.themes, telling.told_by))
        assert 0 < telling.lines[0] <= telling.lines[1] and telling.activity.startswith(PREFIXES["act"])
        assert bool(telling.date) == bool(telling.start) == bool(telling.end)
        assert (telling.start or "") <= (telling.end or "")


def test_themes_come_by_their_number(graph: Oscegraph) -> None:
    """Several themes of a telling are in the order of the report's list."""
    number = {thing.iri.rsplit("/", 1)[1]: int(thing.names["notation"][0]) for thing in graph.directory.concepts("theme")}
    several = [t.themes for t in graph.tellings() if len(t.themes) > 1]
    assert several and all([number[t] for t in themes] == sorted(number[t] for t in themes) for themes in several)


def test_activity_has_all_its_tellings(small: Oscegraph) -> None:
    """An activity told in two chapters has both tellings, their merged facts and its differences."""
    (found,) = read_activities(small.store, small.directory, [PREFIXES["act"] + "twice"])
    assert [t.chapter for t in found.tellings] == ["A.1", "A.2"]
    assert (found.label, found.start, found.end, found.first("datePrecision")) == (
        "Told twice",
        "2011-06-10",
        "2011-06-10",
        "day",
    )
    assert {iri.rsplit("/", 1)[1] for iri in found.facts["theme"]} == {"drugs", "thb"}
    assert found.first("nothing") is None
    assert differences(found) == [
        "people: 20 (A.1); 25 (A.2)",
        "organizers: Mission to Xland (A.1); UOS (A.2)",
    ]


def test_everyone_comes_once(small: Oscegraph) -> None:
    """An actor whom two tellings name in one role is one participation."""
    (found,) = read_activities(small.store, small.directory, [PREFIXES["act"] + "twice"])
    parts = [(p.role, p.actor) for p in everyone(found)]
    assert len(parts) == len(set(parts)) == 6
    assert [role for role, _ in parts] == sorted((role for role, _ in parts), key=ROLES.index)


def test_activities_come_by_date(small: Oscegraph) -> None:
    """The earliest comes first, what has no date last."""
    found = find_activities(small.store, small.directory, Filters())
    assert [a.label for a in found] == [
        "In a year",
        "In two months",
        "Over the end of May",
        "In a month",
        "Told twice",
        "Without a date",
    ]
    assert found == sorted(found, key=by_date)
    assert by_date(Activity("x"))[0] == "9999"
