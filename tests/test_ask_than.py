"""Plain questions that compare, rank, add up, or ask who did something with both of two."""

from __future__ import annotations

import pytest

from oscegraph import query
from oscegraph.asking import asked_seats, asked_than, behind
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, EXCLUDED, UNCLEAR

# ---------------------------------------------------------------- more than


@pytest.mark.parametrize(
    ("text", "questions", "more"),
    [
        ("Did A fund more workshops on drugs than B?", ("How many workshops on drugs did A fund?",), True),
        ("Does A have fewer activities than B?", ("How many activities did A have?",), False),
        ("Were there more seminars on drugs than on cybercrime?", ("How many seminars were there on drugs?",), True),
        ("Did more activities take place in March than in April?", ("How many activities took place in March?",), True),
        ("Has A held more courses than B?", ("How many courses did A hold?",), True),
    ],
)
def test_a_comparison_is_a_question_on_each(text: str, questions: tuple[str], more: bool) -> None:
    """The first one is asked as the second is."""
    than = asked_than.read(text)
    assert than is not None and than.counts
    assert (than.questions[0], than.more) == (questions[0], more)


@pytest.mark.parametrize("text", ["Did A not fund more workshops than B?", "Did A fund more than B?", "More than ten?"])
def test_what_is_no_comparison_of_two_numbers(text: str) -> None:
    """A negation, or what names nothing that is counted, is none."""
    assert asked_than.read(text) is None


def _count(asker: Asker, theme: str, kind: str) -> int:
    events = asker.facts.events.values()
    return sum(kind in event.kinds and any(one.endswith(f"/theme/{theme}") for one in event.themes) for event in events)


def test_numbers_of_activities_are_compared(asker: Asker) -> None:
    """Both numbers are told, and the evidence is of both."""
    asked = asker.ask("Were there more workshops on drugs than on cybercrime?")
    drugs, cyber = _count(asker, "drugs", "workshop"), _count(asker, "cyber", "workshop")
    assert asked.answer == [drugs > cyber] and asked.reading.startswith(f"{drugs} and {cyber}: ")
    assert asker.ask("Were there fewer workshops on drugs than on cybercrime?").answer == [drugs < cyber]
    assert len({item["iri"] for item in asked.evidence}) == drugs + cyber
    assert asker.ask("Did Norway fund more activities than the United States?").answer == [True]
    assert asker.ask("Who organized more workshops, the SPMU or the OCEEA?").answer == ["Strategic Police Matters Unit"]


def test_two_numbers_of_people_are_compared(asker: Asker) -> None:
    """What "the one in Yerevan" is, the first one says."""
    text = (
        "Did the cybercrime conference in Baku in October 2011 have more participants than the one in Yerevan in December?"
    )
    asked = asker.ask(text)
    assert asked.answer == [True] and asked.reading.startswith("80 and 40: ")


def test_what_nothing_is_counted_of_is_not_compared(asker: Asker) -> None:
    """That one has none may be told in other words."""
    assert asker.ask("Did Malta fund more activities than Norway?").answer != [True]
    assert asker.ask("Did Malta fund fewer workshops than Cyprus?").status == UNCLEAR


# ---------------------------------------------------------------- both of two


def test_who_worked_with_both_did_so_with_each_be_it_elsewhere(asker: Asker) -> None:
    """They need not have worked with both at one event."""
    both = asker.ask("Which units worked with both UNODC and IOM?")
    each = [asker.ask(f"Which units worked with {name}?") for name in ("UNODC", "IOM")]
    assert all(one.status == ANSWERED for one in (both, *each))
    assert {*both.answer} == {*each[0].answer} & {*each[1].answer}
    assert {"Strategic Police Matters Unit", "OSCE Office in Tajikistan"} <= {*both.answer}


def test_who_was_in_neither_of_both_is_nobody(asker: Asker) -> None:
    """It is said so, and not that the report is silent."""
    asked = asker.ask("Which field operations worked in both Serbia and Montenegro?")
    assert asked.status == EXCLUDED and "both" in asked.hints[0]


# ---------------------------------------------------------------- the longest, largest and first of several


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "Which study visit lasted longest?",
            "Study visit of Uzbek travel document officials to North America on ePassports",
        ),
        ("Which activity on cybercrime took place first?", "Production and Dissemination of Child Abuse Material"),
        ("Which conference in Vienna had the most participants?", "11th Alliance against Trafficking in Persons Conference"),
        ("When was the last workshop on trafficking in human beings?", "Workshop in Lankaran on THB and forced labour"),
    ],
)
def test_one_of_several_is_told_by_its_length_size_or_day(asker: Asker, question: str, answer: str) -> None:
    """One is told, and of how many it is not known."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and not asked.certain and len(asked.answer) == 1, question
    assert answer in str(asked.answer[0])


def test_where_a_series_would_be_the_largest_it_is_asked_back(asker: Asker) -> None:
    """Twelve courses for 336 people are no event, but told as one activity: that is no plain question."""
    asked = "Which training of the OSCE Mission to Skopje had the most participants?"
    assert asker.filtered.read(asker.read(asked)[0]) is None
    assert asker.filtered.read(asker.read("Which conference in Vienna had the most participants?")[0]) is not None


def test_people_are_added_up_only_if_a_total_is_asked_for(asker: Asker) -> None:
    """Of how many activities the number is not told is said."""
    asked = asker.ask("How many people attended activities on anti-corruption in total?")
    came = [row for row in asker.facts.events.values() if any(theme.endswith("/theme/corruption") for theme in row.themes)]
    assert asked.status == ANSWERED and not asked.certain and asked.answer[0] > 0
    assert any(f"Of {len(came) - len({item['iri'] for item in asked.evidence})} activities" in hint for hint in asked.hints)
    assert asker.ask("How many people attended activities on anti-corruption?").answer != asked.answer


# ---------------------------------------------------------------- rows


def test_who_funded_what_is_told_in_rows(asker: Asker) -> None:
    """Each row is an activity and who paid for it; of States alone, if these are asked for."""
    rows = asker.ask("Which States funded what?").answer
    assert any(row[0].startswith("Use of the Nordic Mule Software") and row[1] == "Norway" for row in rows)
    assert not any("European Union" in row[1] for row in rows)
    assert any("European Union" in row[1] for row in asker.ask("Who funded which activities?").answer)


def test_units_are_told_with_their_places(asker: Asker) -> None:
    """A unit of whose activities no place is told stands alone."""
    rows = asker.ask("Which units dealt with money laundering, and where?").answer
    assert ["Action against Terrorism Unit", "Chisinau"] in rows


@pytest.mark.parametrize(
    ("question", "rows", "row"),
    [
        ("Which workshops on cybercrime were held, where and when?", 2, ["Belgrade", "2011-06-02", "2011-06-03"]),
        (
            "Which units worked with UNODC, and on which events?",
            24,
            ["Preventing and Countering the Financing of Terrorism"],
        ),
        ("How many workshops did the ATU organize, and where?", 5, ["Bishkek", "Chisinau", "Skopje", "Yerevan"]),
        ("Which activities involved INTERPOL, and in what role?", 5, ["partner", "attendee"]),
        ("Which OSCE units arranged study visits to the UK, and when did each visit take place?", 3, ["2011-04"]),
        ("Which States funded activities, and which ones?", 12, ["Nordic Mule"]),
        ("Which activities rest on decisions, and on which?", 8, ["Permanent Council Decision No. 991"]),
    ],
)
def test_two_things_are_told_in_rows(asker: Asker, question: str, rows: int, row: list[str]) -> None:
    """What is asked besides is told of each."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and len(asked.answer) == rows, asked.answer
    assert all(value in str(asked.answer) for value in row) and asked.evidence


def test_a_theme_that_fell_is_told_with_its_ranks(asker: Asker) -> None:
    """The report gives the ranks of both years for one theme alone."""
    assert asker.ask("Which theme fell most in the ranking?").answer == ["illicit drugs and precursors"]
    text = "Which area fell furthest on the list between 2010 and 2011, and from which rank to which?"
    assert asker.ask(text).answer == [["illicit drugs and precursors", "2", "7"]]


def test_contradictions_are_those_between_chapters(asker: Asker) -> None:
    """Each is an activity that two chapters tell otherwise."""
    asked = asker.ask("Are there contradictions in the report?")
    assert (
        asked.status == ANSWERED
        and "Regional Cyber-Crime Training Course: Using Linux as an Investigative Tool" in asked.answer
    )


def test_the_only_sum_is_told_of_what_it_paid_for(asker: Asker) -> None:
    """It is no answer to what the OSCE spent."""
    assert asker.ask("How much money did the Turkish police spend on the surveillance vehicle?").answer == [37000]
    for text in ("How much did the OSCE spend on equipment?", "How much did the surveillance vehicle cost the OSCE?"):
        assert asker.ask(text).answer == [], text


def test_how_long_is_not_how_many(asker: Asker) -> None:
    """Eleven people are no length."""
    text = "How long was the course for Afghan counter-narcotics officers, where was it and who paid?"
    assert 11 not in asker.ask(text).answer


# ---------------------------------------------------------------- names, evidence


def test_two_operations_that_are_named_together_are_each_named(asker: Asker) -> None:
    """The Offices in Baku and Yerevan are two; what is no operation is left as it is."""
    asked = asker.ask("Did the Missions to Serbia and Montenegro ever work together?")
    assert asked.answer == [False] and "OSCE Mission to Serbia" in asked.reading
    labels = asked_seats.operations(asker.directory)
    said = "Which centres in Berlin and Rome were visited?"
    assert asked_seats.each_by_itself(said, labels) == said


def test_a_pair_is_shown_by_what_both_had_a_part_in(asker: Asker) -> None:
    """Not by what one of them did with others."""
    asked = asker.ask("Which OSCE units worked together most?")
    one, other = (next(iri for iri, thing in asker.directory.things.items() if thing.label == name) for name in asked.answer)
    told = {row["activity"] for row in query.run(asker.store, "actor_activities", actor=one, also=other)}
    assert {item["iri"] for item in asked.evidence} == told


def test_units_alone_are_told_where_units_are_asked_for(asker: Asker) -> None:
    """What is said of each behind its name is left out."""
    asked = asker.ask(
        "Which OSCE field operations drew on Swedish police or experts from Sweden for their 2011 activities, "
        "or sent officers to Sweden?"
    )
    assert sorted(asked.answer) == ["OSCE Centre in Bishkek", "OSCE Mission to Montenegro", "OSCE Mission to Serbia"]


def test_rows_that_tell_all_names_are_those_that_are_shown() -> None:
    """A row with one of two names shows them only if no row has both."""
    rows = [{"one": "A", "other": "B"}, {"one": "A", "other": "C"}]
    assert behind._telling(rows, {"A", "B"}) == rows[:1]
    assert behind._telling(rows, {"A", "D"}) == rows
