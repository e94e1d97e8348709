"""Questions in plain words: lists of partners without an activity, two things in one sentence, and what is passed over."""

from __future__ import annotations

from typing import Any

import pytest

from oscegraph.asking import wording
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, UNCLEAR
from oscegraph.resources import word_lines

POLICE_PARTNERS = [
    "Academy of the Ministry of Internal Affairs of Georgia",
    "Association of European Police Colleges",
    "European Cybercrime Training and Education Group",
    "European Police College",
    "International Network to Promote the Rule of Law",
    "International Training Centre",
]
ONLY_GENERAL = [
    "Commonwealth of Independent States",
    "Eurasian Group on Combating Money Laundering and Financing of Terrorism",
    "European Network of Forensic Science Institutes",
    "European Union Rule of Law Mission in Kosovo",
    "International Atomic Energy Agency",
    "International Civil Aviation Organization",
    "International Labour Organization",
    "International Telecommunication Union",
    "North Atlantic Treaty Organization",
    "Organisation for Economic Co-operation and Development",
    "World Bank",
]

# ---------------------------------------------------------------- lists of partners


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Is NATO on the list of partner organizations in chapter I?", True),
        ("Is NATO among the SPMU's listed partners?", False),
        ("Is ABA ROLI on the list of partner organizations in chapter I?", False),
        ("Are CARICC and the World Bank both on the list of partner organizations in chapter I?", True),
        ("Are CARICC and ABA ROLI both on the general partner list?", False),
        ("Is the World Bank named as a partner organization in chapter I?", True),
        ("Does the OCEEA chapter name the World Bank as a partner?", True),
    ],
)
def test_whether_somebody_is_on_a_list_of_partners(asker: Asker, question: str, answer: bool) -> None:
    """An activity with somebody on it is no answer to whether a chapter lists it."""
    asked = asker.ask(question)
    assert asked.certain and asked.answer == [answer] and " list" in asked.reading
    assert asked.evidence


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which organizations are on the general list but not on the SPMU's lists?", ONLY_GENERAL),
        (
            "Which organizations on the SPMU's own co-operation lists are missing from the partner list in chapter I?",
            POLICE_PARTNERS,
        ),
        (
            "Which organizations are on the lists of both the OCEEA and the OSR/CTHB?",
            ["Council of Europe", "United Nations Office on Drugs and Crime"],
        ),
    ],
)
def test_two_lists_of_partners_beside_each_other(asker: Asker, question: str, answer: list[str]) -> None:
    """What stands behind "not" or "missing from" is the list that they are not on."""
    assert asker.ask(question).answer == answer


def test_how_many_are_on_a_list_depends_on_which_lists_are_meant(asker: Asker) -> None:
    """The chapter lists organizations, then agencies, then implementing partners: all are counted, and each list is told."""
    asked = asker.ask("How many partner organizations does the general list in chapter I name?")
    assert asked.answer == [46] and not asked.certain
    assert "38 in lines 263-287" in asked.hints[1]


@pytest.mark.parametrize(
    "question",
    [
        "List the organizations that worked with the SPMU",
        "Which organizations are listed as participants in the Kiev seminar?",
    ],
)
def test_what_is_to_be_listed_is_no_list_of_partners(asker: Asker, question: str) -> None:
    """Partners in activities are asked for."""
    assert " list" not in asker.ask(question).reading


# ---------------------------------------------------------------- two things in one sentence


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            'Who led, who funded and who were the partners in the regional project "Strengthening the Comprehensive '
            'Anti-trafficking Response in Armenia, Azerbaijan and Georgia"?',
            [
                ["led", "International Labour Organization"],
                ["paid", "European Union"],
                ["partner", "International Centre for Migration Policy Development"],
                ["partner", "International Organization for Migration"],
                ["partner", "OSCE Office in Baku"],
                ["partner", "OSCE Office in Yerevan"],
            ],
        ),
        (
            "What role did each body play in the Kiev round table on laundering through new payment methods: who organized "
            "it, who only supported?",
            [
                ["organized", "Office of the Co-ordinator of OSCE Economic and Environmental Activities"],
                ["organized", "State Financial Monitoring Service of Ukraine"],
                ["supported", "Strategic Police Matters Unit"],
            ],
        ),
        (
            "In line with which Ministerial Council decision did the SR/CTHB speak in Rome on 2 February 2011, and where "
            "and when was it adopted according to Appendix 1?",
            ["MC.DEC/5/08", "Helsinki", "2008-12"],
        ),
        (
            "Which field operations facilitated the participation of whom in the surveillance workshop of the SPMU and "
            "CARICC in Almaty in December 2011?",
            [
                ["OSCE Centre in Ashgabat", "State Service for Combating Drugs of Turkmenistan (2)"],
                ["OSCE Centre in Astana", "National Security Committee of Kazakhstan (1), Russia (1)"],
            ],
        ),
        ("Did both the SPMU and the OSR/CTHB contribute to the anti-trafficking training centre in Minsk?", [True]),
    ],
)
def test_several_things_are_each_answered(asker: Asker, question: str, answer: list[Any]) -> None:
    """Each role, each name, and what "it" is by the answer before."""
    assert asker.ask(question).answer == answer


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        (
            "Albania held 12 anti-trafficking trainings and Skopje 12 courses on special investigative techniques: how many "
            "participants did each reach?",
            [300, 336],
        ),
        (
            "Roughly how many people came to the cyber conferences in Vienna in May, Baku in October and Yerevan in "
            "December?",
            [200, 80, 40],
        ),
    ],
)
def test_a_number_for_each_of_several(asker: Asker, question: str, numbers: list[int]) -> None:
    """A row for each, with its number last."""
    assert [row[-1] for row in asker.ask(question).answer] == numbers


def test_own_chapter_of_who_organized_it(asker: Asker) -> None:
    """Whether the chapter of the structure that is named tells of what it organized."""
    asked = asker.ask(
        "The Mission to Serbia co-organized a June conference in Belgrade on street-involved children; does its own chapter "
        "say anything about it?"
    )
    assert asked.answer == [False] and "II.1.5" in asked.reading


def test_a_day_among_those_of_an_event(asker: Asker) -> None:
    """An event from 6 to 8 September was held "over" 8 September, too."""
    asked = asker.ask("In which three different events was the OCEEA involved on 8 September 2011?")
    assert len(asked.answer) == 3 and "Criminal Assets Seizure and Asset Recovery from Drug Dealers" in asked.answer


def test_with_whom_the_osce_organized_something(asker: Asker) -> None:
    """Its own structures are not with whom it worked."""
    asked = asker.ask("With whom did the OSCE organize the November 2011 money laundering seminar in Tashkent?")
    assert asked.answer == [
        "Central Bank of Uzbekistan",
        "Eurasian Group on Combating Money Laundering and Financing of Terrorism",
    ]


def test_what_other_chapters_add_is_said(asker: Asker) -> None:
    """By the chapter of the unit that is named its partners are two; another chapter names a third."""
    asked = asker.ask("With whom did the SPMU carry out the Linux investigation course in Belgrade?")
    assert not asked.certain and any("OSCE Mission to Serbia" in hint for hint in asked.hints)


# ---------------------------------------------------------------- what is passed over


@pytest.mark.parametrize(
    "question",
    [
        "Which states refused to take part in the controlled delivery exercise?",
        "Which states were excluded from the controlled delivery exercise?",
        "When did Norway stop funding the computer forensics workshop?",
        "Which Vilnius decisions were left out of the appendix?",
        "Which workshop in Belgrade was postponed?",
        "Who was supposed to train at the Belgrade workshop but did not?",
        "Which decisions were repealed by the Ministerial Council in 2007?",
        "Did Italy withdraw from the controlled delivery exercise?",
        "Who will fund the next computer forensics workshop in Belgrade?",
        "Who nearly funded the Belgrade workshop?",
    ],
)
def test_a_deed_that_did_not_come_about_is_not_told_as_done(asker: Asker, question: str) -> None:
    """Who took part is no answer to who refused to."""
    assert asker.ask(question).status == UNCLEAR


def test_what_undoes_a_deed_is_no_mistyping() -> None:
    """Each form stands there by itself, folded: "repealed" is not put right to "repeated"."""
    words = [word for line in word_lines("changes.txt") for word in line.split()]
    assert len(words) == len(set(words)) and all([one.plain for one in wording.words(word)] == [word] for word in words)
    known = {"repeated": 1, "withdrawal": 1, "supplied": 1}
    assert [wording.right(wording.words(word)[0], known).plain for word in ("repealed", "supposed")] == [
        "repealed",
        "supposed",
    ]


def test_two_groups_are_not_told_by_one(asker: Asker) -> None:
    """Two courses and two pilots are four."""
    asked = asker.ask(
        "Where and when did ODIHR carry out its two counter-terrorism and human rights courses and the two pilots on "
        "rights-compliant investigations?"
    )
    assert asked.status != ANSWERED or len(asked.answer) == 4


@pytest.mark.parametrize(
    "question",
    [
        "Was Slovenia left out of the Nordic Mule training?",
        "Was NATO barred from the cyber conference in May?",
        "Did neither the SPMU nor the ATU take part in the Jahorina course?",
        "Did any of Belgium, Norway and Finland finance the Train-the-Trainer course?",
        "Were only Belgium and Turkey donors of the Ankara course?",
        "Was TIKA a partner of the April and of the June course in Montenegro?",
        "Is UNODC both an organizer and a donor of the workshop on 11-13 July?",
        "Is NATO or the OECD on the OSR/CTHB's list of partners?",
        "Is Turkey on the general list of partners?",
        "Is the SPMU on NATO's list of partners?",
        "With whom did the OSCE organize the ENFSI annual meeting in Tallinn?",
    ],
)
def test_what_is_asked_of_some_is_not_told_of_one(asker: Asker, question: str) -> None:
    """Neither who was kept away, nor any, only some or both of several is told by one of them."""
    assert asker.ask(question).status == UNCLEAR


# ---------------------------------------------------------------- the first of a ranking


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which two field operations have the most staff?", ["OSCE Office in Tajikistan", "OSCE Mission in Kosovo"]),
        (
            "Which two field operations put the most staff on this work by their own figures, and how many each?",
            [["OSCE Office in Tajikistan", 12], ["OSCE Mission in Kosovo", 11]],
        ),
        ("Which two field operations have the fewest staff?", ["OSCE Centre in Bishkek", "OSCE Office in Baku"]),
        ("Which two towns had the most events?", ["Vienna", "Belgrade"]),
    ],
)
def test_the_first_of_a_ranking(asker: Asker, question: str, answer: list[Any]) -> None:
    """As many as are asked for, the first one first, with their numbers if these are asked for."""
    asked = asker.ask(question)
    assert asked.answer == answer and asked.evidence and asked.reading.startswith("The first 2 of: ")


def test_those_that_are_alike_are_not_told_apart(asker: Asker) -> None:
    """Two States paid for as many activities: which of them is the second is not told, but shown."""
    asked = asker.ask("Which two States funded the most activities?")
    assert asked.status == UNCLEAR and "Norway (4), Finland (2), United States (2)" in asked.hints[0]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "Which field operation reports the largest number of staff and which ones the smallest, with the numbers?",
            [["OSCE Office in Tajikistan", 12], ["OSCE Centre in Bishkek", 2], ["OSCE Office in Baku", 2]],
        ),
        (
            "How many staff do the field operations with the most and with the fewest staff report, and which are these?",
            [["OSCE Office in Tajikistan", 12], ["OSCE Centre in Bishkek", 2], ["OSCE Office in Baku", 2]],
        ),
        (
            "Which field operation has the fewest staff and which the most?",
            [["most", "OSCE Office in Tajikistan"], ["fewest", "OSCE Centre in Bishkek"], ["fewest", "OSCE Office in Baku"]],
        ),
    ],
)
def test_both_ends_of_a_ranking(asker: Asker, question: str, answer: list[Any]) -> None:
    """Whoever comes first and whoever comes last, with their numbers if these are asked for."""
    asked = asker.ask(question)
    assert asked.answer == answer and asked.evidence and asked.reading.startswith("First and last of: ")


def test_a_ranking_that_leaves_out_who_has_none_has_no_last_one(asker: Asker) -> None:
    """Who organized nothing of a kind stands in no ranking of activities, and so may be the one with the fewest."""
    assert asker.ask("Which unit organized the most activities, and which the fewest?").status == UNCLEAR


@pytest.mark.parametrize(
    ("question", "reading"),
    [
        ("Which organization attended most activities?", "Most often: Who attended or benefited, only organizations"),
        ("Which partner taught at most events?", "Most often: Who taught"),
        (
            "Which organization appears in most activities on trafficking?",
            "Most often: Who had any part, only organizations",
        ),
    ],
)
def test_a_ranking_counts_the_role_that_is_asked_for(asker: Asker, question: str, reading: str) -> None:
    """To attend is not to have any part, and activities are not structures."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and asked.reading.startswith(reading)


def test_partners_that_two_share_on_a_theme(asker: Asker) -> None:
    """They share more partners than those with whom both worked on corruption."""
    everybody = asker.ask("What partners do the SPMU and the OCEEA have in common?").answer
    on_one = asker.ask("What partners do the SPMU and the OCEEA have in common on corruption?").answer
    assert on_one == ["Operations Service, Borders Team"] and len(everybody) > len(on_one)


# ---------------------------------------------------------------- decisions and what is beside something

NOT_DESCRIBED = ["MC(8).DEC/1", "MC(9).DEC/6", "MC.DEC/2/03", "MC.DEC/15/05", "MC.DEC/8/07"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which decisions are named in chapter I but not listed in Appendix 1?", NOT_DESCRIBED),
        ("Which decisions are cited in part II but not in Appendix 1?", ["PC.DEC/991", "PC.DEC/992"]),
        ("Which decisions are not in Appendix 1?", [*NOT_DESCRIBED, "PC.DEC/991", "PC.DEC/992"]),
        ("How many decisions does the report name that are not in Appendix 1?", [7]),
    ],
)
def test_decisions_that_do_not_stand_in_appendix_1(asker: Asker, question: str, answer: list[Any]) -> None:
    """Those of a chapter or part if one is said, and all otherwise."""
    assert asker.ask(question).answer == answer


@pytest.mark.parametrize(
    "question",
    [
        "Which decision followed PC.DEC/758?",
        "Which event came right before the one in Wiesbaden?",
        "Which decisions are cited in II.1.1 but not in Appendix 1?",
    ],
)
def test_what_is_beside_something_is_not_that(asker: Asker, question: str) -> None:
    """What is named is not what came before or behind it, and no decision of another chapter is told for one of this."""
    assert asker.ask(question).status == UNCLEAR


def test_what_an_answer_is_on_is_no_part_of_the_answer(asker: Asker) -> None:
    """The unit that the report made the contact is not asked for."""
    asked = asker.ask(
        "What is the date of the joint report in which the Secretary General and the ODIHR Director made the SPMU the "
        "OSCE's central contact point on organized crime?"
    )
    assert "Strategic Police Matters Unit" not in asked.answer


# ---------------------------------------------------------------- days


@pytest.mark.parametrize(
    ("question", "plain"),
    [
        ("Which events were held before 8 September in Kiev?", "Which events were held in Kiev before 8 September?"),
        ("Which events were held on or after 15 December?", "Which events were held since 15 December?"),
        ("Which events were held from 15 December on?", "Which events were held since 15 December?"),
        ("Which events were held on or before 2 February?", "Which events were held until 2 February?"),
    ],
)
def test_a_period_that_is_open_on_one_side(asker: Asker, question: str, plain: str) -> None:
    """However it is said, and wherever it stands; the day itself is in it where that is said."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and asked.answer == asker.ask(plain).answer


@pytest.mark.parametrize(
    "question",
    [
        "Which OSCE units organized events together with UNODC in 2011?",
        "With which OSCE units did UNODC organize events?",
    ],
)
def test_to_speak_at_an_event_is_not_to_organize_it_together(asker: Asker, question: str) -> None:
    """UNODC spoke at a forum of the Mission to Serbia."""
    asked = asker.ask(question)
    assert len(asked.answer) == 9 and "OSCE Mission to Serbia" not in asked.answer


def test_units_that_organized_something_with_somebody(asker: Asker) -> None:
    """Who co-organized is among those who organized it; in brackets the units are only spelt out."""
    asked = asker.ask("Which OSCE units organized or co-organized at least one activity together with UNODC?")
    assert asked.answer == asker.ask("Which OSCE units organized at least one activity with UNODC?").answer
    joint = asker.ask("Which OSCE units (thematic units and field operations) appear in joint activities with the IOM?")
    assert joint.answer == asker.ask("Which OSCE units worked with the IOM?").answer and len(joint.answer) == 8


@pytest.mark.parametrize(
    "question",
    [
        "Which decision of 2006 is not about drugs?",
        "Which decision of Vilnius is not about the conflict cycle?",
        "Is it true that only ODIHR issued legal opinions?",
        "Is it true that nothing was held in Madrid in 2011?",
        "Is it false that Norway funded the workshop in Belgrade in June?",
        "Did no unit hold anything in Paris?",
        "Which town saw the most decisions?",
        "Which month had the fewest workshops?",
    ],
)
def test_the_opposite_is_not_told(asker: Asker, question: str) -> None:
    """Neither is a claim of none or only just denied, nor are workshops ranked by all activities."""
    assert asker.ask(question).status == UNCLEAR


def test_who_worked_at_one_event(asker: Asker) -> None:
    """That is told by activities; who attended what of whom is not looked at, and said not to be."""
    asked = asker.ask("Did the SPMU and the ATU work at the same event at least once in 2011?")
    assert asked.answer == [True] and asked.certain and asked.reading.startswith("Is there any activity: ")
    assert {item["activity"] for item in asked.evidence} >= {
        "Security Policy of Bosnia and Herzegovina in Combating Terrorism"
    }
    attended = asker.ask("Did the ATU ever attend anything of the SPMU?")
    assert not attended.certain and any("who did what there is not looked at" in hint for hint in attended.hints)


def test_months_that_are_open_on_one_side(asker: Asker) -> None:
    """From a month on is since that month; how many a unit held is how many it organized."""
    since = asker.ask("Which round tables were held since October?")
    assert since.answer and asker.ask("Which round tables were held from October on?").answer == since.answer
    held, organized = (asker.ask(f"How many events did the SPMU {verb} in May?") for verb in ("hold", "organize"))
    assert held.answer == organized.answer == [2]


@pytest.mark.parametrize(
    ("question", "last"),
    [
        (
            "What was the last event of ODIHR?",
            "Pilot training on human rights-compliant investigations of terrorism, Skopje",
        ),
        ("What was the last event of the OCEEA?", "First AML/CFT national risk assessment meeting for Kazakhstan"),
    ],
)
def test_a_part_of_a_project_may_come_last(asker: Asker, question: str, last: str) -> None:
    """It is looked at, although what it is a part of began earlier."""
    assert asker.ask(question).answer == [last]


def test_what_is_told_to_a_later_month_is_said(asker: Asker) -> None:
    """The round tables of December have no day: what is dated to 29 November is called likely."""
    asked = asker.ask("What was the last event of the OSCE Mission to Serbia?")
    assert not asked.certain and any("told to a later month only" in hint for hint in asked.hints)


# ---------------------------------------------------------------- what narrows


@pytest.mark.parametrize(
    "question",
    [
        "Which field operations have no section on trafficking in firearms?",
        "Which field operations have nothing but a section on trafficking in human beings, without any other section?",
        "Which field operations had no section on trafficking in human beings in 2010?",
        "Which Permanent Council decisions in Appendix 1 ask for co-operation with the UNODC?",
        "Which decisions in Appendix 1 on drugs ask for co-operation with UNODC?",
        "Which Madrid decisions in Appendix 1 ask for work with UNODC?",
        "How many victims were identified in both Kazakhstan and Ukraine in 2010?",
        "To which European countries did the PCUz send prosecutors for courses?",
        "In which non-European countries did Uzbek officers take courses?",
        "Which European countries paid for the courses of Uzbek officers?",
        "Which field operation had the most staff in 2010?",
        "Which field operation except Tajikistan has the most staff?",
        "Which OSCE office has the most staff and which the fewest?",
        "Which city except Vienna hosted most activities?",
    ],
)
def test_what_narrows_is_not_left_out(asker: Asker, question: str) -> None:
    """Other people, payers, an organ, a year, an exception or a kind of structure that what would be told is not of."""
    assert not asker.ask(question).certain
    assert asker.ask(question).status == UNCLEAR


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (
            "Which field operations have no section on trafficking in human beings?",
            ["OSCE Mission in Kosovo", "OSCE Mission to Serbia"],
        ),
        ("Which decisions in Appendix 1 name the UNODC?", ["PC.DEC/758", "MC.DEC/5/06", "PC.DEC/810", "PC.DEC/813"]),
        ("Which field operation has the most staff?", ["OSCE Office in Tajikistan"]),
        ("Which field operation other than the Office in Tajikistan has the most staff?", ["OSCE Mission in Kosovo"]),
    ],
)
def test_what_does_not_narrow_is_answered(asker: Asker, question: str, answer: list[str]) -> None:
    """The same without it, or with an exception that is heeded."""
    assert asker.ask(question).answer == answer
