"""What two sceptical readers found: claims on both of two or one of a group, joint work, sums, decisions, themes."""

from __future__ import annotations

import pytest

from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, SILENT, UNCLEAR

# ---------------------------------------------------------------- both of two


@pytest.mark.parametrize(
    "question",
    [
        # Norway paid in June, Finland in November.
        "Were both cybercrime courses in Belgrade in 2011 funded by Finland?",
        "Were both Belgrade events funded by Norway?",
        "Did Europol co-operate in both cybercrime courses in Belgrade?",
        "Were both Vilnius events organized by the SPMU?",
        "Were both workshops of the ATU with the WCO held in Skopje?",
        "Were both Gothenburg visits in October?",
        "Were the Vilnius events in March and May both organized by the OCEEA?",
        # Only one of the two that are named.
        "Did the OCEEA organize both the seminar in Vilnius in March and the workshop in Chisinau in September?",
        "Did the Centre in Ashgabat send participants to both Vienna and Kiev?",
        "Did both Serbia and Bulgaria provide negotiators for the Montenegro seminar in December?",
        "Did both the Mission to Moldova and the Mission to Serbia co-operate in the UK study visit?",
    ],
)
def test_what_is_true_of_one_is_not_true_of_both(asker: Asker, question: str) -> None:
    """A yes to both takes both."""
    assert asker.ask(question).answer != [True], question


@pytest.mark.parametrize(
    "question",
    [
        "Is there any event with both the SPMU and ODIHR?",
        "Did both ODIHR and the SPMU take part in the training course at Jahorina of 11-12 May 2011?",
        "Did both the LED and the Rule of Law Department support the SEECP ministerial conference in Belgrade?",
    ],
)
def test_both_actors_in_one_event_are_confirmed(asker: Asker, question: str) -> None:
    """Each of the two is told to have had a part in it."""
    assert asker.ask(question).answer == [True], question


# ---------------------------------------------------------------- one of a group


@pytest.mark.parametrize(
    ("question", "group"),
    [
        (
            "Did the Mission to Serbia take part in the regional co-ordination meeting in Kosovo in March?",
            "field operations",
        ),
        ("Did the Centre in Bishkek take part in the Vilnius seminar on anti-corruption policy?", "field operations"),
        ("Did Tajikistan take part in the surveillance workshop in Almaty in December?", "Central Asian"),
    ],
)
def test_one_of_a_group_is_not_denied(asker: Asker, question: str, group: str) -> None:
    """That a group came is said instead."""
    asked = asker.ask(question)
    assert asked.status == UNCLEAR and group in asked.hints[-1], asked.hints


# ---------------------------------------------------------------- with whom


@pytest.mark.parametrize(
    "question",
    [
        # They took part.
        "Did the Office in Tajikistan organize the June workshop on the National Referral Mechanism with the IOM?",
        "Did the OSCE Mission to Bosnia and Herzegovina organize the training in Jahorina with ODIHR?",
    ],
)
def test_who_took_part_did_not_organize_it_with_somebody(asker: Asker, question: str) -> None:
    """Joint work is what both made."""
    assert asker.ask(question).answer != [True], question


@pytest.mark.parametrize(
    "question",
    [
        "How many events did the ATU organize together with UNODC?",
        "Which events did the ATU organize with UNODC?",
        "Which events did the UNODC organize with the ATU?",
    ],
)
def test_what_one_organized_with_another_is_what_both_made(asker: Asker, question: str) -> None:
    """In Chisinau and Bishkek, in whatever order they are named; at three others one of them only spoke or came."""
    asked = asker.ask(question)
    assert asked.answer == [2] or len(asked.answer) == 2, asked.answer
    assert not asked.certain


def test_what_two_organized_together(asker: Asker) -> None:
    """Of those with both in any part some are left."""
    together = asker.ask("Which events did the Office in Baku and the IOM organize together?")
    assert 3 <= len(together.answer) <= 4
    assert asker.ask("How many events did the ATU and ODIHR organize together?").answer in ([], [0])


# ---------------------------------------------------------------- staff


@pytest.mark.parametrize(
    "question",
    [
        "How many participants did the two staff courses have together?",
        "How many specialized staff of orphanages were trained in Kazakhstan in total?",
        "How many staff did the two Project Co-ordinators have together?",
        "How many staff members did the Centres have in total?",
        "How many staff members did the OSCE Offices have in total?",
    ],
)
def test_the_staff_of_all_is_no_answer_on_others(asker: Asker, question: str) -> None:
    """Neither on people who came, nor on some of the operations."""
    assert asker.ask(question).answer not in ([94], [73]), question


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ("How many staff did the field operations have in all?", 73),
        ("How many staff do all units have together?", 94),
        ("How many staff do the Missions to Serbia and to Skopje have together?", 13),
    ],
)
def test_the_staff_of_all_is_told_where_nothing_else_is_said(asker: Asker, question: str, number: int) -> None:
    """And of those who are named."""
    assert asker.ask(question).answer == [number]


# ---------------------------------------------------------------- decisions and treaties


def test_what_the_report_cites_is_more_than_a_note(asker: Asker) -> None:
    """The note on the mandates is meant where that is said."""
    assert asker.ask("How many Ministerial Council decisions does the report cite?").answer == [13]
    assert len(asker.ask("Which Permanent Council decisions does the report cite?").answer) == 6
    assert len(asker.ask("Which decisions does the report cite as mandates for supporting UNTOC?").answer) == 8


def test_to_recall_a_decision_is_not_to_recall_a_charter(asker: Asker) -> None:
    """Two of the three that recall anything recall no decision."""
    assert asker.ask("Which decisions recall other decisions?").answer == ["PC.DEC/810"]
    assert len(asker.ask("Which decisions recall other documents?").answer) == 3
    assert asker.ask("Does MC.DEC/3/11 recall another decision?").answer == [False]
    # What is recalled is no answer to which recall it.
    assert asker.ask("Which decisions recall earlier ministerial decisions?").answer != ["MC.DEC/3/05", "MC.DEC/5/06"]


def test_numbers_of_parties_are_of_what_is_asked(asker: Asker) -> None:
    """Signed or ratified is not merely signed, and a difference is no sum."""
    assert asker.ask("How many participating States have signed or ratified the Firearms Protocol?").answer != [8]
    assert asker.ask("How many fewer Partners than participating States ratified the Firearms Protocol?").answer != [35]


def test_another_count_of_parties_is_said(asker: Asker) -> None:
    """The anti-trafficking chapter counts one more, some months before."""
    asked = asker.ask("How many States were parties to the trafficking protocol according to the report?")
    assert asked.answer == [54] and any(hint.startswith("II.1.5 says 55: ") for hint in asked.hints)
    assert not any("says" in hint for hint in asker.ask("How many States ratified the Firearms Protocol?").hints)


# ---------------------------------------------------------------- themes


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Which field operations worked on money laundering?", 'of which "money laundering" is a part'),
        ("Which themes did the Presence in Albania work on?", "what a chapter says in general"),
        ("Which field operations did not work on corruption?", "what a chapter says in general"),
        ("Did the Mission to Montenegro work on corruption?", "a passage may speak of it besides"),
    ],
)
def test_what_is_by_themes_is_likely_only(asker: Asker, question: str, said: str) -> None:
    """A theme has more parts than one, and a chapter may say in general what no activity tells."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and not asked.certain
    assert any(said in hint for hint in asked.hints), asked.hints


# ---------------------------------------------------------------- lengths


def test_a_length_that_is_told_counts_beside_a_single_day(asker: Asker) -> None:
    """A course of ten days of which one day is printed, and a project of six months."""
    assert "Novopokrovka" in str(asker.ask("Which trainings lasted ten days?").answer)
    assert "Monitoring of detention facilities" in str(asker.ask("Which event lasted the longest?").answer)


def test_days_that_do_not_fit_a_length_are_said(asker: Asker) -> None:
    """The two-day seminar of three days."""
    asked = asker.ask("How many days did the wrap-up seminar in Armenia in June last?")
    assert asked.answer == [2] and "Its days, 2011-06-23 to 2011-06-25, are 3." in asked.hints


def test_a_query_is_run_once_for_one_question(asker: Asker) -> None:
    """And anew for the next one."""
    question = "Who is a common partner of the Astana Centre and the OSCE Mission to Serbia?"
    first = asker.ask(question)
    assert first.status in (ANSWERED, SILENT) and asker.ask(question).as_dict() == first.as_dict()
    asker.again.clear()
    columns, rows = asker.again.select("SELECT ?s WHERE { ?s a ?o } LIMIT 1")
    assert columns == ["s"] and len(list(rows)) == 1 == len(
        list(asker.again.select("SELECT ?s WHERE { ?s a ?o } LIMIT 1")[1])
    )


# ---------------------------------------------------------------- what a yes rests on


@pytest.mark.parametrize(
    "question",
    [
        # It was in Almaty, and in Ganja.
        "Did the OSCE Centre in Astana organize the workshop on human trafficking and migrant smuggling in Astana?",
        "Did the OSCE Office in Baku organize a workshop on forced labour in Baku?",
        # On controlled deliveries, and on assets.
        "Did the SPMU and CARICC organize a workshop on cybercrime in Almaty?",
        "Did the SPMU and UNODC organize a seminar on cybercrime in Kiev?",
        # For investigators, border guards, police and judges.
        "Did the OSCE Office in Tajikistan train judges on domestic violence in October?",
        "Did the Mission to Montenegro organize the profiling course for judges?",
        "Did the Mission in Kosovo organize a training on economic crime for judges?",
        "Did the OSCE Centre in Astana organize a seminar for prosecutors with the Academy of Public Administration?",
        # It came and spoke.
        "Did the OSCE Office in Baku sponsor the Council of Europe seminar on cyber-legislation?",
        # In 2011, and by Belgium as well.
        "Was the Office in Minsk closed before 2011?",
        "Was the TADOC course financed only by Turkey?",
    ],
)
def test_a_yes_heeds_town_theme_audience_and_verb(asker: Asker, question: str) -> None:
    """One wrong detail makes it untrue."""
    assert asker.ask(question).answer != [True], question


@pytest.mark.parametrize(
    "question",
    [
        "Did the OSCE Centre in Astana co-organize the workshop on human trafficking in Almaty in November?",
        "Did the OSCE Office in Baku organize a workshop on forced labour in Ganja?",
        "Did the Mission to Montenegro organize the Profiling Training Course for border police officers in April?",
    ],
)
def test_a_yes_with_the_right_details_stays(asker: Asker, question: str) -> None:
    """Where all of it is told."""
    assert asker.ask(question).answer == [True], question


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "Did the OSCE Office in Tajikistan organize the plenary meeting of the Inter-Agency Commission in March?",
            "organized by",
        ),
        ("Did the OCEEA and the ATU both organize the Chisinau workshop?", "organized by"),
        ("Did the SPMU and the OSR/CTHB publish a study on organ removal in 2011?", "publish"),
        ("In which month did the OSCE hold the most events?", "Publications and other work"),
        ("Which decisions do not task the Secretary General?", "Told by what is left out"),
    ],
)
def test_what_is_only_partly_so_is_said(asker: Asker, question: str, said: str) -> None:
    """And is likely only."""
    asked = asker.ask(question)
    assert not asked.certain and any(said in hint for hint in asked.hints), asked.hints


# ---------------------------------------------------------------- turned round


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        ("Was it the OCEEA and not the SPMU that organized the Vilnius anti-corruption seminar?", [False]),
        ("How many participating States have ratified the UNTOC but not the migrant smuggling protocol?", [49]),
        ("How many States altogether, participating and partners, ratified the UNTOC?", [9]),
        ("How many participants of the four-week course were not from Tajikistan?", [11]),
    ],
)
def test_what_is_turned_round_is_not_answered_by_the_opposite(asker: Asker, question: str, wrong: list[object]) -> None:
    """Asked back, or answered rightly."""
    assert asker.ask(question).answer != wrong


@pytest.mark.parametrize(
    "question",
    [
        "Which instrument has no participating State outside it?",
        "In which months did the SPMU organize nothing?",
        "In which month did the Office in Baku have the most events?",
        "In how many different towns were there events on cybercrime?",
    ],
)
def test_what_is_not_counted_so_is_asked_back(asker: Asker, question: str) -> None:
    """Towns by activities, the most by all months."""
    assert asker.ask(question).status == UNCLEAR, question


def test_numbers_and_towns_are_set_aside(asker: Asker) -> None:
    """By a part of the name."""
    papers = asker.ask("Which Permanent Council decisions are mentioned besides 810 and 813?")
    assert papers.answer == ["PC.DEC/758", "PC.DEC/914", "PC.DEC/991", "PC.DEC/992"]
    towns = asker.ask("Which Albanian prefectures besides Kukes had workshops?")
    assert towns.answer and "Kukes" not in str(towns.answer)
