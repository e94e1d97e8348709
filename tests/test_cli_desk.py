"""overlaps and gaps on the command line: formats, limits, filters, bad input."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable

import pytest
from click.testing import Result

Run = Callable[..., Result]
APART = ("may_be_one_event", "belong_together", "may_have_met", "not_told", "for_different_people")
COMMANDS = [["overlaps"], ["overlaps", "--possible", "--on", "thb"], ["gaps"], ["gaps", "--kind", "states", "--on", "cyber"],
            ["gaps", "--unit", "ODIHR"], ["gaps", "--in", "Central Asia"]]  # fmt: skip


@pytest.mark.parametrize("args", COMMANDS, ids=" ".join)
def test_every_format_can_be_read(args: list[str], run: Run) -> None:
    """Each format is printed, says the same number of items, and comes out the same twice."""
    made = {name: run(*args, "--format", name, "--limit", "0") for name in ("table", "md", "csv", "json", "jsonl")}
    assert {result.exit_code for result in made.values()} == {0}
    assert all(run(*args, "--format", name, "--limit", "0").stdout == result.stdout for name, result in made.items())
    data = json.loads(made["json"].stdout)
    items = data["gaps"] if "gaps" in data else [item for key in ("overlaps", *APART) for item in data[key]]
    assert [json.loads(line) for line in made["jsonl"].stdout.splitlines()] == items
    rows = list(csv.DictReader(io.StringIO(made["csv"].stdout)))
    assert len(rows) == len(items) > 0
    assert made["md"].stdout.startswith("#")
    assert "states" in args or ", line" in made["table"].stdout


def test_a_pair_says_why_and_where(run: Run) -> None:
    """Both places of the report stand with each pair, beside reasons, parts and score."""
    data = json.loads(run("overlaps", "--format", "json").stdout)
    assert 20 <= data["total"] == len(data["overlaps"]) <= 60 and sum(data["weights"].values()) == pytest.approx(1)
    for item in data["overlaps"]:
        assert item["score"] >= 0.5 and len(item["reasons"]) >= 3 and item["link"] is None
        for side in ("one", "other"):
            assert item[side]["units"] and item[side]["tellings"]
            assert all(
                t["chapter"] in item[side]["told"] and str(t["lines"][0]) in item[side]["told"]
                for t in item[side]["tellings"]
            )
        assert not set(item["one"]["units"]) & set(item["other"]["units"])
    assert all(item["link"] for key in APART for item in data[key])
    assert {item["link"] for item in data["may_be_one_event"]} == {"possibly the same as"}
    assert "part of" in {item["link"] for item in data["belong_together"]}
    assert {item["link"] for item in data["not_told"]} == {"where or for whom is not told"}
    assert {item["link"] for item in data["for_different_people"]} == {"for different people"}
    vague = json.loads(run("overlaps", "--possible", "--least", "0.4", "--format", "json").stdout)
    assert {item["link"] for item in vague["may_have_met"]} == {"may have met there"}
    table = run("overlaps").stdout
    for words, key in (
        ("may be one event, told twice under two names", "may_be_one_event"),
        ("are for different people", APART[-1]),
    ):
        assert f"Pairs that {words}: {len(data[key])}" in table
    assert data["overlaps"][0]["one"]["label"] in table


def test_least_and_limit(run: Run) -> None:
    """A lower score gives more pairs, a limit fewer rows of the same order, and what is left out is said."""
    few, many = (json.loads(run("overlaps", "--least", s, "--format", "json").stdout) for s in ("0.55", "0.4"))
    assert 0 < few["total"] < many["total"] and many["overlaps"][: few["total"]] == few["overlaps"]
    short = run("overlaps", "--limit", "2")
    assert "more are not shown" in short.stdout
    assert json.loads(run("overlaps", "--limit", "2", "--format", "json").stdout)["overlaps"] == few["overlaps"][:2]


@pytest.mark.parametrize("least", ["nan", "-0.1", "1.5", "inf", "much"])
def test_a_least_score_is_a_number_from_0_to_1(run: Run, least: str) -> None:
    """Nothing else is taken, and nothing is answered."""
    refused = run("overlaps", "--least", least)
    assert refused.exit_code == 2 and "--least" in refused.stderr and not refused.stdout


def test_overlaps_of_a_unit(run: Run) -> None:
    """Every pair has the unit on one side; where no pair fits, the answer says so."""
    data = json.loads(run("overlaps", "--unit", "SPMU", "--least", "0.3", "--format", "json").stdout)
    assert data["overlaps"] and all("SPMU" in item["one"]["units"] + item["other"]["units"] for item in data["overlaps"])
    none = run("overlaps", "--unit", "ODIHR", "--on", "travel-docs")
    assert none.exit_code == 1 and "No pair fits" in none.stdout


def test_gaps_by_kind(run: Run) -> None:
    """Each kind alone gives what it gives in all; a table shows ten rows, JSON all of them."""
    whole = json.loads(run("gaps", "--format", "json").stdout)
    assert list(whole["counts"]) == ["units", "states", "decisions", "activities"]
    for kind, count in whole["counts"].items():
        alone = json.loads(run("gaps", "--kind", kind, "--format", "json").stdout)
        assert alone["gaps"] == [item for item in whole["gaps"] if item["gap"] == kind] and len(alone["gaps"]) == count > 10
        table = run("gaps", "--kind", kind).stdout
        assert f"{kind}: {count - 10} more rows" in table and "silent" in table
    assert run("gaps", "--kind", "activities", "--limit", "3").stdout.count("II.") == 3


def test_gaps_say_where_a_fact_is_told(run: Run) -> None:
    """Units, decisions and activities carry chapter and lines; with --unit the activities are listed."""
    for item in json.loads(run("gaps", "--format", "json").stdout)["gaps"]:
        told = {"units": ("told", "other_told"), "decisions": ("named_at",), "activities": ("first_told",)}
        assert all("line" in item[key] for key in told.get(item["gap"], ()))
    listed = json.loads(run("gaps", "--kind", "activities", "--unit", "ODIHR", "--format", "json").stdout)["gaps"]
    assert len(listed) == 10 and all(item["activity"] and "II." in item["told"] for item in listed)


def test_units_say_what_the_rows_rest_on(run: Run) -> None:
    """Every area of a row stands beside the lines that show it; rows that may have met in a group say so and come last."""
    data = json.loads(run("gaps", "--kind", "units", "--format", "json").stdout)
    for item in data["gaps"]:
        for key in ("told", "other_told"):
            assert all(area in item[key] for area in item["where"])
    marked = [bool(item["may_have_met"]) for item in data["gaps"]]
    assert marked == sorted(marked) and 0 < sum(marked) < len(marked)
    assert any(f"in {sum(marked)} rows" in note for note in data["notes"])


def test_states_say_what_may_hide_behind_silence(run: Run) -> None:
    """Groups of States without names stand beside, and what is no participating State is not taken for covered."""
    cyber = json.loads(run("gaps", "--kind", "states", "--on", "cyber", "--in", "Central Asia", "--format", "json").stdout)
    assert len(cyber["gaps"]) == 4 and all("606-616" in item["groups_told"] for item in cyber["gaps"])
    found = run("gaps", "--kind", "states", "--on", "corruption", "--in", "South-Eastern Europe", "--format", "json").stdout
    other = {item["state"]: item["in_words_under_another_theme"] for item in json.loads(found)["gaps"]}
    assert "1369-1370" in other["Montenegro"] and "1580-1582" in other["Serbia"]
    kosovo = run("gaps", "--kind", "states", "--in", "Kosovo")
    assert kosovo.exit_code == 1 and "Kosovo is no participating State and is not asked here" in kosovo.stdout
    assert "No gap" not in kosovo.stdout


def test_a_town_is_asked_by_its_area(run: Run) -> None:
    """A town gives what its State gives, and says so."""
    town, state = (
        json.loads(run("gaps", "--in", name, "--format", "json").stdout) for name in ("Skopje", "North Macedonia")
    )
    assert town["gaps"] == state["gaps"] and town["gaps"]
    assert "Skopje is a town; asked of North Macedonia." in town["notes"]


def test_decisions_leave_out_what_is_none(run: Run) -> None:
    """Treaties and resolutions of others are counted, not listed; each decision has few places."""
    data = json.loads(run("gaps", "--kind", "decisions", "--format", "json").stdout)
    assert {item["type"] for item in data["gaps"]} <= {"decision", "declaration", "action-plan"}
    assert all(item["named_at"].count("line") <= 3 for item in data["gaps"])
    assert any("treaties" in note for note in data["notes"])
    [athens] = [item for item in data["gaps"] if item["symbol"] == "MC.DEC/2/09"]
    assert athens["named_by"] == "Strategic Police Matters Unit" and "496-498" in athens["named_at"]


def test_no_gap_is_an_answer(run: Run) -> None:
    """Nothing found ends with 1 and says so."""
    result = run("gaps", "--kind", "states", "--on", "thb", "--in", "Kazakhstan")
    assert result.exit_code == 1 and "No gap" in result.stdout


@pytest.mark.parametrize(
    ("args", "code", "words"),
    [
        (["overlaps", "--unit", "ODHIR"], 2, "Office for Democratic Institutions"),
        (["overlaps", "--unit", "UNODC"], 2, "organization"),
        (["overlaps", "--on", "drgs"], 2, "drugs"),
        (["overlaps", "--from", "June", "--to", "May"], 2, "Swap"),
        (["overlaps", "--least", "2"], 2, "least"),
        (["gaps", "--unit", "Atlantis"], 2, "unit"),
        (["gaps", "--on", "nothing"], 2, "Valid"),
        (["gaps", "--in", "Kazakstan"], 2, "Kazakhstan"),
        (["gaps", "--kind", "people"], 2, "units"),
        (["gaps", "--limit", "-1"], 2, "limit"),
        (["gaps", "--unit", "SPMU", "--unit", "ATU"], 2, "Name one unit"),
        (["overlaps", "--unit", "SPMU", "--unit", "ATU"], 2, "Name one unit"),
        (["gaps", "--kind", "decisions", "--in", "Serbia"], 2, "a decision lies nowhere"),
        (["gaps", "--kind", "states", "--unit", "ODIHR"], 2, "has no unit"),
    ],
)
def test_bad_input(args: list[str], code: int, words: str, run: Run) -> None:
    """An unknown name lists the nearest ones; a wrong value says what is valid."""
    result = run(*args)
    assert result.exit_code == code
    assert words in result.output + str(result.exception)
