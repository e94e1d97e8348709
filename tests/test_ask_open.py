"""Plain questions that are open in whom they mean: answered as likely, with what else may be meant."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from oscegraph.asking import asked_twice, plain_forms, said_of
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, UNCLEAR, Asked
from test_ask_plain import TITLES, example

QUERIES = Path(__file__).resolve().parent.parent / "queries"
LINES = [line for line in (QUERIES / "open.txt").read_text(encoding="utf-8").splitlines() if " -> " in line]
# Of these each pattern is told of one.
KNOWN = [
    *TITLES,
    "the assessment of the narcotics and explosive detection dogs in Montenegro",
    "the 13-16 June workshop in Yerevan",
    "the study visit of two Armenian police specialists to the Russian Federation",
    "Leveraging Anti-Money Laundering Regimes to Combat Trafficking in Human Beings",
    "the CARICC workshop in December",
    "Tactical Strategic Planning Workshop",
    "Assessment of the Operational Analysis Department of the Kyrgyz Ministry of Interior",
]
# A unit that sent people to the last of these.
SENDER = "the OSCE Centre in Astana"


@pytest.mark.parametrize("line", LINES)
def test_each_open_pattern_is_understood(asker: Asker, line: str) -> None:
    """Of one activity at least a question in its words is answered as it says, and never with certainty."""
    form = plain_forms.read(line)[0]
    told, nouns = (form.projection, "attended", "label"), said_of.NOUNS.get(form.projection, frozenset())
    # What is said of one is told of the last of them.
    every = (asker.ask(example(line, title).replace("the SPMU", SENDER)) for title in (reversed(KNOWN) if nouns else KNOWN))
    given = (asked for asked in every if asked.status == ANSWERED)
    read = next((asked for asked in given if asked.kind[1] in told or len(nouns & nouns_of(asked)) > 1), None)
    assert read and read.reading and read.sparql and read.evidence


def nouns_of(asked: Asked) -> set[str]:
    """Return behind which nouns the one detail of an answer tells it, as stems."""
    found = asked.source.found if asked.source else None
    return found.detail.heads if found else set()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "Who attended the profiling course of 4-8 April?",
            ["Border Police of Montenegro", "Customs Administration of Montenegro"],
        ),
        ("Who attended the workshop in Kukes in September?", ["newly elected and other key staff of local administrations"]),
        (
            "Who was trained at the September customs course in Turkmenistan?",
            ["State Customs Service of Turkmenistan"],
        ),
        (
            'Which OSCE unit organized "Preventing and Countering the Financing of Terrorism"?',
            ["Action against Terrorism Unit"],
        ),
        ("Who launched the portal on Combating Illicit Drugs?", ["Strategic Police Matters Unit"]),
        ("Who arranged the assessment of the police dogs in Montenegro?", ["OSCE Mission to Montenegro"]),
        ('How many officers did the "Profiling Training Course" train?', [13]),
        (
            "Who came from Turkmenistan to the Almaty surveillance workshop?",
            ["State Service for Combating Drugs of Turkmenistan"],
        ),
        (
            "What was the seminar of 1-2 December in Montenegro about?",
            ["Seminar on guidelines for team work in police negotiation"],
        ),
        ("Who organized the Uzbek study tour to Germany?", ["OSCE Project Co-ordinator in Uzbekistan"]),
    ],
)
def test_what_is_asked_of_one_activity_is_likely(asker: Asker, question: str, answer: list[Any]) -> None:
    """Answers that readers of the text gave, or that differ from theirs in words."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer, asked.certain) == (ANSWERED, answer, False)


@pytest.mark.parametrize(
    "question",
    [
        # There were two workshops in Yerevan, and two meetings of the kind in Serbia.
        "Who attended the workshop in Yerevan?",
        "Who attended the meeting in Serbia in November?",
        # How many came from one State is not how many came.
        "How many Ukrainian officers did the 11th Alliance conference train?",
        # The ATU was at it, and is not whom it was for; who came from two countries is counted for one.
        "For whom was the round table in London in September meant?",
        "How many people did the conference in Tallinn in May reach?",
        # Several things are called projects.
        "With whom was the project in Kyrgyzstan organized?",
        # In whose rooms it was details tell closer.
        "Who hosted the trafficking Dialogue in Khujand in April?",
        # They are dated to the year.
        "On what dates were the twelve trainings for Albania's Regional Anti Trafficking Committees?",
    ],
)
def test_what_is_not_known_of_one_is_asked_back(asker: Asker, question: str) -> None:
    """More than one activity may be meant, or more is asked than is told."""
    assert asker.ask(question).status != ANSWERED


def test_people_of_bodies_that_are_named_are_not_told_twice(asker: Asker) -> None:
    """Who came is told by name; as what they came is said beside it; who is of nobody that is named is told, too."""
    asked = asker.ask('Who attended "Two entry-level courses for Kyrgyz customs officers"?')
    assert asked.answer == ["Customs Service of Kyrgyzstan"]
    assert "Who came from there is told as: customs officers." in asked.cautions
    more = asker.ask("Who attended the first meeting of the International Community Forum on Economic Crime?").answer
    assert "international providers of assistance" in more and len(more) == 3


def test_whom_a_unit_sent_are_not_all_who_came(asker: Asker) -> None:
    """Another Centre sent officials of Turkmenistan to the same workshop; which ones are told is said."""
    asked = asker.ask("Whom did the OSCE Centre in Astana send to the CARICC workshop in December?")
    assert asked.answer == ["Russia", "National Security Committee of Kazakhstan"] and not asked.certain
    assert asked.hints[0] == "Only those told to have come with the help of OSCE Centre in Astana."


def test_whom_it_was_with_is_a_part_of_what_is_asked(asker: Asker) -> None:
    """Who organized what is described by a partner may mean the others, whatever else is told of it."""
    asked = asker.ask("Who arranged the workshop with UNODC in Chisinau in September?")
    assert asked.status != ANSWERED or "United Nations Office on Drugs and Crime" not in asked.answer


def test_partners_of_no_kind_are_counted_in_each_way(asker: Asker) -> None:
    """None of the numbers is told as the answer; they grow with what counts."""
    asked = asker.ask("How many partners does the SPMU have?")
    assert asked.status == UNCLEAR and len(asked.hints) == 4
    numbers = [int(hint.partition(",")[0]) for hint in asked.hints[:3]]
    assert 0 < numbers[0] < numbers[1] < numbers[2]
    organized = asker.ask("Who organized or co-operated in activities with the SPMU?")
    assert organized.status != ANSWERED or len(organized.answer) == numbers[0]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Did the OCEEA and the OS/Borders Team take part in the same event at least once in 2011?", [True]),
        ("Does the report name an activity of 2011 in which both the OCEEA and ODIHR took part?", [False]),
        ("Does the report name any event that the ATU and the OS/Borders Team prepared together?", [True]),
        ("Have the ATU and the OCEEA ever been at the same event?", [True]),
        (
            "In which events of 2011 did both the ATU and the OCEEA have a part?",
            [
                "SAFE Framework of Standards to Secure and Facilitate Global Trade",
                "Workshop on Public-Private Partnerships on Enhancing Tourism Security",
                "Preventing and Countering the Financing of Terrorism",
            ],
        ),
        (
            "Which events did the SPMU, the ATU and ODIHR all attend?",
            ["Security Policy of Bosnia and Herzegovina in Combating Terrorism"],
        ),
        (
            "Which state paid for the advanced IT forensics course of 10-14 October 2011 in Wiesbaden, and which for the "
            "Linux course of 14-18 November 2011 in Belgrade?",
            ["United States", "Finland"],
        ),
        (
            'Where and when was "Fighting Cybercrime and Child Pornography on the Internet" held?',
            ["Lisbon", "2011-03-17", "2011-03-18"],
        ),
        (
            '"Preventing and Countering the Financing of Terrorism": when and where?',
            ["2011-09-27", "2011-09-29", "Chisinau"],
        ),
        ("When was the Helsinki Summit Declaration adopted?", ["1992"]),
    ],
)
def test_what_two_did_and_two_questions_in_one(asker: Asker, question: str, answer: list[Any]) -> None:
    """Plain questions that were asked back before."""
    assert asker.ask(question).answer == answer


def test_a_structure_without_a_chapter_is_asked_for_as_any(asker: Asker) -> None:
    """What is said aside of it limits nothing."""
    asked = asker.ask(
        "When did the OSCE Mission to Bosnia and Herzegovina, which has no chapter of its own, organize or co-organize "
        "events in 2011, and in the chapter of which OSCE unit is each told?"
    )
    assert [row[0] for row in asked.answer] == ["II.1.2", "II.2.1", "II.1.5"]


def test_parts_have_the_verb_and_the_thing() -> None:
    """Each of two questions in one is a whole question."""
    assert asked_twice.parts("Where, when and by whom was the course held?") == [
        "Where was the course held?",
        "when was the course held?",
        "by whom was the course held?",
    ]
    assert (
        asked_twice.parts("When was the seminar in Kiev, and who organized it?")[1] == "who organized the seminar in Kiev?"
    )


def test_all_who_came_are_told_where_a_statement_tells_of_some(asker: Asker) -> None:
    """Two bodies "came as possible donors", four more were there; of another visit it is said whom a chapter leaves out."""
    asked = asker.ask("Who attended the border meeting in Tirana on 9 March?")
    assert {"Border Police of Albania", "OSCE Mission to Montenegro"} < set(asked.answer) and not asked.certain
    met = asker.ask("Whom did the OSCE trafficking representative meet on her visit to Moldova in the autumn?")
    too = "Told to have come, too: National Institute of Justice of Moldova; Superior Council of Magistrates of Moldova."
    assert too in met.cautions and not met.certain


def test_how_many_by_the_time_of_the_report_is_what_it_tells(asker: Asker) -> None:
    """From 38 to 55: the second number is no difference."""
    asked = asker.ask(
        "How many OSCE states had ratified the UNTOC when the SPMU started promoting it in March 2006, and how many had "
        "done so by the time of this report?"
    )
    assert asked.answer == [38, 55]
