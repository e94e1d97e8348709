"""Drafts as an auditor wrote them: what trafficking is in, whose bodies are joined to a state, spans, and cells unread."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from oscegraph.api import Oscegraph
from oscegraph.drafts import Planner
from oscegraph.drafts_dates import take_dates
from oscegraph.drafts_found import CIRCLES
from oscegraph.drafts_rows import read_row, read_sheet
from oscegraph.namespaces import local_name


@pytest.fixture(scope="module")
def planner(graph: Oscegraph) -> Planner:
    """A planner on the packaged graph."""
    return Planner(graph.store, graph.directory)


@pytest.mark.parametrize(
    ("draft", "themes"),
    [
        ("Seminar on trafficking in drugs, Dushanbe", {"drugs"}),
        ("Course on trafficking in illicit drugs and precursors, Astana", {"drugs"}),
        ("Workshop on arms trafficking and trafficking in drugs", {"drugs"}),
        ("Seminar on human and drug trafficking", {"thb", "drugs"}),
        ("Seminar on sex trafficking", {"thb"}),
        ("Seminar on trafficking in women and children", {"thb"}),
        ("Seminar on trafficking in Serbia", {"thb"}),
    ],
)
def test_what_is_trafficked_is_the_theme(planner: Planner, draft: str, themes: set[str]) -> None:
    """Trafficking alone is that in human beings; in what is a theme of its own it is that theme."""
    assert {local_name(found.iri) for found in planner.reader.read(draft).themes} == themes


@pytest.mark.parametrize(
    ("draft", "areas"),
    [
        ("Workshop for police of Serbia and Croatia on surveillance", {"srb", "hrv"}),
        ("Workshop for police of Croatia and Serbia on surveillance", {"srb", "hrv"}),
        ("Controlled delivery exercise with customs and police of Kosovo, Albania and Montenegro", {"kosovo", "alb", "mne"}),
        ("Workshop with the police of Serbia in Croatia", {"hrv"}),
    ],
)
def test_state_of_a_body_that_another_is_joined_to(planner: Planner, draft: str, areas: set[str]) -> None:
    """Which of two states the body is named with first makes no difference; where it goes to another one it does."""
    assert {local_name(found.iri) for found in planner.reader.read(draft).areas} == areas


def test_region_beside_a_state_that_is_not_in_it(planner: Planner) -> None:
    """What fits either is there; a state in the region that is named, too, is where it would be."""

    def there(draft: str) -> set[str]:
        found = planner.plan(planner.reader.read(draft))
        return {fit.activity.id for fit in found.fits if CIRCLES[fit.circle] == "theme and place"}

    both, region, state = (
        there(f"Workshop on drugs in {where}")
        for where in (
            "Central Asia and Afghanistan",
            "Central Asia",
            "Afghanistan",
        )
    )
    assert state and region and both == region | state
    assert there("Workshop on drugs in Central Asia, Bishkek") == there("Workshop on drugs in Bishkek")


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("winter 2012", "2012-12-01", "2013-02-28"),
        ("between March and May", "2011-03-01", "2011-05-31"),
        ("early 2012", "2012-01-01", "2012-04-30"),
        ("mid 2012", "2012-05-01", "2012-08-31"),
        ("end of 2012", "2012-09-01", "2012-12-31"),
        ("2011-11-14/18", "2011-11-14", "2011-11-18"),
        ("28 December - 3 January", "2011-12-28", "2012-01-03"),
        ("28 December - 3 January 2012", "2011-12-28", "2012-01-03"),
        ("24.11.", "2011-11-24", "2011-11-24"),
        ("24/11", "2011-11-24", "2011-11-24"),
    ],
)
def test_spans_and_short_days(words: str, first: str, last: str) -> None:
    """A winter goes on in the next year, as what begins in December and ends in January does."""
    assert take_dates(f"Workshop, {words}")[1:] == ([(words, first, last)], [])


@pytest.mark.parametrize("words", ["24/7 network", "resolution 55/25", "version 1.2."])
def test_numbers_that_are_no_days(words: str) -> None:
    """A network around the clock has no day."""
    assert take_dates(words)[1:] == ([], [])


def test_span_that_ends_a_little_before_it_begins_is_a_mistake() -> None:
    """It is no span of nearly a year."""
    assert take_dates("5 May to 3 May")[1] == [] and "before it begins" in take_dates("5 May to 3 May")[2][0][1]


def test_what_one_column_does_not_know_another_may_have_read(planner: Planner) -> None:
    """Labour inspectors are an audience of labour exploitation; what nothing has read is said."""
    title = {"title": "Workshop on labour exploitation"}
    assert read_row(planner.reader, {**title, "audience": "labour inspectors"}).unknown == []
    assert read_row(planner.reader, {**title, "audience": "xyzzy inspectors"}).unknown[0][0] == "xyzzy"


def test_cells_that_are_not_read_are_named(tmp_path: Path) -> None:
    """Those under no name of a column, and formulas whose values were not saved; the rest of the row is read."""
    (tmp_path / "drafts.csv").write_text("title,place\nDrug workshop,Baku,extra,fields\n", encoding="utf-8")
    sheet = read_sheet(tmp_path / "drafts.csv")
    assert sheet.rows == [(2, {"title": "Drug workshop", "place": "Baku"})]
    assert sheet.notes() == ['Row 2 has cells under no name of a column, and they are not read: "extra", "fields".']
    book = openpyxl.Workbook()
    for row in (["title", "theme"], ["=1+1", "=A1"], ["Course", "=A3"]):
        book.active.append(row)
    book.save(tmp_path / "drafts.xlsx")
    sheet = read_sheet(tmp_path / "drafts.xlsx")
    assert sheet.rows == [(3, {"title": "Course"})]
    assert [note.partition(".")[0] for note in sheet.notes()] == [
        "Row 2 has formulas without a value: title, theme",
        "Row 3 has formulas without a value: theme",
    ]


@pytest.mark.parametrize(
    ("draft", "audience", "words"),
    [
        ("Workshop on migrant smuggling, Chisinau", [], {"migrant", "smuggling"}),
        ("Seminar on the smuggling of migrants for border guards, Skopje", ["border", "guards"], {"smuggling", "migrants"}),
        ("Shelter for migrants, Skopje", ["migrants"], set()),
    ],
)
def test_whom_somebody_smuggles_is_no_audience(planner: Planner, draft: str, audience: list[str], words: set[str]) -> None:
    """It is what the activity is about, and other activities on it are found by these words."""
    found = planner.reader.read(draft)
    assert found.audience == audience and words <= set(found.words)


def test_activities_on_a_treaty_bear_its_acronym(planner: Planner) -> None:
    """The meetings of its parties come first, and not whatever else is on its theme."""
    found = planner.reader.read("Seminar on UNTOC, Tashkent")
    assert "untoc" in found.words and [one.words for one in found.decisions] == ["UNTOC"]
    assert planner.plan(found).fits[0].activity.label == "UNTOC Conference of Parties Meetings"


def test_groups_are_no_partners(planner: Planner) -> None:
    """A workshop for participating States has no partner of that name."""
    assert planner.reader.read("Workshop for participating States on cybercrime, Vienna").partners == []
