"""Questions in plain words: matters asked for in many words, and what is asked besides, denied or told by chapter."""

from __future__ import annotations

import re
from typing import Any

import pytest

from oscegraph.asking import topics, wording
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, EXCLUDED, NOT_UNDERSTOOD, SILENT, UNCLEAR
from oscegraph.namespaces import PREFIXES
from oscegraph.resources import word_lines

NOT_TOLD = {EXCLUDED, SILENT, UNCLEAR, NOT_UNDERSTOOD}
PLANS = [
    ["OSCE Centre in Bishkek", "2012-2015"],
    ["OSCE Mission to Montenegro", "2012-2016"],
    ["OSCE Office in Tajikistan", "2011-2013"],
]
ALLIANCE = (
    "11th Alliance against Trafficking in Persons Conference: Preventing Trafficking in Human Beings for Labour "
    "Exploitation: Decent Work and Social Justice"
)

# ---------------------------------------------------------------- topics


def test_what_a_topic_is_answered_by_is_there(asker: Asker) -> None:
    """Each line names a comparison of the graph and what is told of it, or a question that has an answer."""
    assert topics.catalogue()
    for topic in topics.catalogue():
        assert topic.groups
        if topic.compared:
            assert f"{PREFIXES['stmt']}compared-{topic.compared}" in asker.facts.details
            assert topic.told in ("rows", "labels", "column")
        else:
            assert asker.ask(topic.question).status == ANSWERED


def test_each_alternative_of_a_topic_can_be_met() -> None:
    """Its words are as questions are cut into words: folded, without marks and possessives."""
    alternatives = {
        alternative
        for line in word_lines("topics.txt")
        for group in line.partition(" <- ")[2].split(" ; ")
        for alternative in group.strip().lstrip("!?").split("|")
    }
    alternatives = {alternative for alternative in alternatives if not re.fullmatch(r"~(?:days|\d{8}to\d{8})", alternative)}
    assert len(alternatives) > 1000
    parts = {part for alternative in alternatives for part in re.split("[_-]", alternative)}
    assert [part for part in sorted(parts) if [word.plain for word in wording.words(part)] != [part]] == []


@pytest.mark.parametrize(
    "question",
    [
        "Which field operations helped host authorities to draw up a national plan against human trafficking, and which "
        "first and last year does each plan cover?",
        "Which OSCE field operations helped to prepare or issue a national strategy or action plan against human "
        "trafficking, and for which span of years?",
    ],
)
def test_a_topic_is_known_in_many_words(asker: Asker, question: str) -> None:
    """The words that it cannot do without stand in any order; the answer is likely, and has its lines."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer) == (ANSWERED, PLANS)
    assert not asked.certain
    assert {item["chapter"] for item in asked.evidence} == {"II.3.3", "II.3.12", "II.3.13"}


@pytest.mark.parametrize(
    "question",
    [
        "Which field operations helped Montenegro with a national plan against human trafficking, for which years?",
        "Which field operations helped with a national plan against human trafficking in March, and for which years?",
        "Did field operations help with national plans against human trafficking for some years?",
        "Which field operations helped with a national plan against human trafficking for years that angels, devils, cooks "
        "and farmers liked?",
    ],
)
def test_what_says_more_is_not_answered_by_the_topic(asker: Asker, question: str) -> None:
    """A name, a day, several other words, or a question for yes or no are on something else."""
    assert asker._on_topic(asker._in_its_words(question)) is None


@pytest.mark.parametrize(
    ("days", "told"), [("14-18 November", True), ("6-7 October", False), ("14-18 June", False), ("November", False)]
)
def test_a_topic_of_some_days_is_of_no_others(asker: Asker, days: str, told: bool) -> None:
    """What bears exactly these days is nothing that bears others, and a question without days is none on it."""
    question = f"What was going on in the week of {days} 2011, going by the activities that carry exactly these dates?"
    found = [topic.compared for topic, _ in asker.by_topics(question)]
    assert ("b-november-14-18" in found) == told
    assert not list(asker.by_topics("On what day was the last event of the week held that the report dates exactly?"))


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "Which events that Secretariat units held in Yerevan are missing from the chapter of the Office in Yerevan?",
            [
                "FIU Development Workshop",
                "National workshop on simplified and more secure customs procedures (Single Window)",
            ],
        ),
        (
            "In what countries did Afghan police, border or customs officers receive training through the OSCE in 2011?",
            ["Kyrgyzstan", "Tajikistan", "Türkiye"],
        ),
        (
            "Officers from which countries or places went to Turkey in 2011 to be trained there with the OSCE's help?",
            ["Afghanistan", "Kosovo", "North Macedonia"],
        ),
    ],
)
def test_matters_that_readers_ask_for(asker: Asker, question: str, answer: list[Any]) -> None:
    """Over several chapters, with lines for each; what a chapter leaves out stands in others than the one that is named."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer, asked.certain) == (ANSWERED, answer, False)
    assert len({item["chapter"] for item in asked.evidence}) > 1


# ---------------------------------------------------------------- what is asked besides of one


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which event had the most participants, and when was it held?", [ALLIANCE, "2011-06-20", "2011-06-21"]),
        (
            "Which single event described in the report drew the largest stated number of participants, when was it held, "
            "and about how many came?",
            [ALLIANCE, "2011-06-20", "2011-06-21", 350],
        ),
        (
            "Which single event of 2011 drew the largest attendance that the report gives a figure for, and what is the "
            "figure?",
            [[ALLIANCE, 350]],
        ),
        (
            "Which government is named most often as a funder of activities, and how many activities did it pay for, alone "
            "or with others?",
            [["Norway", 4]],
        ),
        (
            "Which field operations had the fewest staff, and how many were there in each?",
            [["OSCE Centre in Bishkek", 2], ["OSCE Office in Baku", 2]],
        ),
        (
            "Which field operations brought participants to the surveillance workshop that the SPMU and CARICC held in "
            "Almaty in December 2011, and how many did each bring?",
            [["OSCE Centre in Ashgabat", 2], ["OSCE Centre in Astana", 2]],
        ),
    ],
)
def test_days_and_numbers_are_asked_besides(asker: Asker, question: str, answer: list[Any]) -> None:
    """Several things at once, in their order, and words that limit nothing are left out."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer) == (ANSWERED, answer)


def test_what_else_is_asked_is_not_left_out(asker: Asker) -> None:
    """Who convened it was once dropped between the two."""
    asked = asker.ask(
        "Which single event of 2011 had the largest stated number of participants: which OSCE unit convened it, where, on "
        "which days, and how many came?"
    )
    unit = "Office of the Special Representative and Co-ordinator for Combating Trafficking in Human Beings"
    assert asked.answer == [ALLIANCE, unit, "Vienna", "2011-06-20", "2011-06-21", 350]


# ---------------------------------------------------------------- who did nothing of a kind


@pytest.mark.parametrize(
    ("question", "did"),
    [
        ("Which field operations' chapters tell of no study visit?", "Which field operations had study visits?"),
        ("Which field operations held no workshop?", "Which field operations held workshops?"),
        ("Which thematic units did not organize any conference?", "Which thematic units organized conferences?"),
        ("Which field operations sent nobody to a conference?", "Which field operations sent people to conferences?"),
        (
            "Which field operations carried out no activity on cybercrime?",
            "Which field operations had activities on cybercrime?",
        ),
    ],
)
def test_who_lacks_something_is_never_who_has_it(asker: Asker, question: str, did: str) -> None:
    """All with a chapter but those that did; "carried out no activity" was once answered by those that did."""
    lacking, having = asker.ask(question), asker.ask(did)
    assert lacking.status == having.status == ANSWERED
    assert lacking.answer and set(lacking.answer).isdisjoint(having.answer)
    assert not lacking.certain and lacking.evidence


def test_who_did_is_no_answer_to_who_did_not(asker: Asker) -> None:
    """What is said of those that did, in words that deny nothing, is asked back."""
    asked = asker.ask("Which field operations did not work with any embassy?")
    assert asked.status in NOT_TOLD or "OSCE Centre in Astana" not in asked.answer


# ---------------------------------------------------------------- by chapters, and days


DATES = [["2011-05-25", "2011-05-27"], ["2011-05-24", "2011-05-27"]]


@pytest.mark.parametrize(
    ("question", "by"),
    [
        (
            "What dates do the SPMU's chapter and the chapter of the Project Co-ordinator in Ukraine each give for the May "
            "2011 training in Vilnius on child abuse on the internet?",
            ["II.1.1", "II.3.7"],
        ),
        (
            "On which days did the Vilnius training seminar on child abuse on the Internet take place, according to the "
            "SPMU and according to the Project Co-ordinator in Ukraine?",
            ["Strategic Police Matters Unit", "OSCE Project Co-ordinator in Ukraine"],
        ),
    ],
)
def test_two_chapters_are_told_with_their_days(asker: Asker, question: str, by: list[str]) -> None:
    """Each with its days, and not how long it was: by the chapters, or by the structures if no chapter is spoken of."""
    assert asker.ask(question).answer == [[one, *days] for one, days in zip(by, DATES, strict=True)]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "From which day to which day did the SR/CTHB's visit to Moldova last, according to the Mission to Moldova?",
            ["2011-10-31", "2011-11-02"],
        ),
        ("What are the first and the last day of the Octopus Conference?", ["2011-11-21", "2011-11-23"]),
    ],
)
def test_both_days_are_asked_for(asker: Asker, question: str, answer: list[str]) -> None:
    """To last is no last day, as which it was once read."""
    assert asker.ask(question).answer == answer


def test_days_by_one_structure_are_not_those_of_all(asker: Asker) -> None:
    """What several chapters tell together is not what one of them says."""
    asked = asker.ask(
        "From which day to which day was the OSCE's Special Representative on trafficking in Moldova, according to the "
        "Mission there?"
    )
    assert asked.status in NOT_TOLD or asked.answer == ["2011-10-31", "2011-11-02"]


# ---------------------------------------------------------------- names, places, people


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "The report has no chapter on a field operation in Georgia. Was an event the OSCE shared in organizing "
            "nevertheless held on Georgian soil in 2011?",
            [True],
        ),
        ("To which countries did Uzbek officials go on study visits?", ["Canada", "Germany", "United States"]),
        (
            "From which countries did people go on study visits to the United Kingdom?",
            ["Kosovo", "Moldova", "Serbia", "Ukraine"],
        ),
        (
            "On what dates did the SPMU take part in or support events organized by the OSCE Office in Baku in 2011?",
            ["2011-04-18", "2011-04-19", "2011-06-09", "2011-06-10", "2011-10-06", "2011-10-07"],
        ),
    ],
)
def test_where_people_went_and_any_part(asker: Asker, question: str, answer: list[Any]) -> None:
    """The soil of a State is in it, officials called by their State are from there, and a part is no organizing."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer) == (ANSWERED, answer)


def test_abroad_is_outside_of_the_state_of_an_operation(asker: Asker) -> None:
    """By the name of the State as well."""
    asked = asker.ask(
        "To which study visits and conferences outside Armenia did the OSCE Office in Yerevan help Armenian officials to "
        "go in 2011? Give the country or city and the dates."
    )
    assert [row[1:] for row in asked.answer] == [
        ["Vienna", "2011-06-16", "2011-06-17"],
        ["Russia", "2011-08-22", "2011-08-26"],
        ["Strasbourg", "2011-11-21", "2011-11-23"],
    ]


def test_a_structure_without_a_chapter_is_taken_up(asker: Asker) -> None:
    """That it has none says nothing of what is asked of it."""
    asked = asker.ask(
        "The OSCE Mission to Bosnia and Herzegovina has no chapter of its own. Which OSCE units took part in, supported or "
        "co-organized events of 2011 that name this Mission as an organizer or co-operating partner?"
    )
    assert len(asked.answer) == 4 and "Action against Terrorism Unit" in asked.answer
    assert any(hint.startswith("In plainer words: ") for hint in asked.hints)


def test_organizers_are_set_aside_by_what_they_did(asker: Asker) -> None:
    """They were once told with the others."""
    asked = asker.ask(
        "Leaving aside the field operation that co-organized it, which OSCE field operations attended or sent someone to "
        "the SPMU's Kiev seminar of September 2011 on seizing criminal assets?"
    )
    assert set(asked.answer) == {"OSCE Centre in Astana", "OSCE Mission in Kosovo"}


@pytest.mark.parametrize(
    "question",
    [
        "What was the second Ministerial Council decision on organized crime as such?",
        "Which OSCE summit document was the first to tie organized crime expressly to the rule of law?",
    ],
)
def test_what_is_of_another_kind_is_asked_back(asker: Asker, question: str) -> None:
    """The first decision is not the second, and a city is no document."""
    asked = asker.ask(question)
    assert asked.status in NOT_TOLD or not {"MC.DEC/3/05, Ljubljana", "Istanbul"} & set(map(str, asked.answer))
