"""Questions for yes or no on who did what to whom, where, and at which of several."""

from __future__ import annotations

import pytest

from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, VERY_SURE


@pytest.mark.parametrize(
    "question",
    [
        # Who was trained is said to have trained.
        "Did EULEX train the SR/CTHB?",
        "Did the BMSC train ODIHR?",
        "Did the Kosovo Police train ODIHR in February?",
        "Did the Centre in Astana train Italian judges?",
        # The CIS centre invited the unit.
        "Did the ATU invite the CIS Anti-Terrorism Center to the Donbass exercise?",
        "Was the CIS Anti-Terrorism Center invited by the ATU?",
        # The delegation from Serbia was its guest; the Mission gave the system to the police.
        "Did the UK's Serious Fraud Office visit Serbia?",
        "Did the Montenegrin police donate a mobile phone system to the Mission?",
        # The training was in Türkiye.
        "Did the TNP train Kosovo Police officers in London?",
        # The police paid.
        "Did the OSCE and the TNP pay for the equipment of the vehicle?",
        # Verbs that stand for no part in an activity.
        "Did FRONTEX develop the course material of the forged documents training?",
        "Did the OSR/CTHB draft the FATF report?",
        "Did ODIHR request the Ukrainian Ministry of Interior's opinion?",
    ],
)
def test_a_yes_that_the_parts_do_not_bear_out_is_not_certain(asker: Asker, question: str) -> None:
    """It is asked back, or called likely at most, with what was not looked at."""
    asked = asker.ask(question)
    assert not asked.certain
    assert asked.status != ANSWERED or (asked.confidence <= VERY_SURE and asked.hints)


@pytest.mark.parametrize(
    "question",
    [
        "Did the TNP train the Kosovo Police?",
        "Did ODIHR train the Kosovo Police in February?",
        "Did the Mission to Montenegro donate a mobile phone system to the Montenegrin police?",
        "Did the SPMU work with the World Customs Organization?",
        "Did the ATU and the Office in Baku have a common event?",
    ],
)
def test_what_the_parts_bear_out_is_so(asker: Asker, question: str) -> None:
    """Who trained and who was trained have these parts."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer) == (ANSWERED, [True])


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Did the Centre in Ashgabat work with NATO?", "only came"),
        ("Did the Mission to Serbia work with the Office in Yerevan?", "only came"),
        ("Did ODIHR work with Tajikistan?", "What it did there"),
        ("Did the SPMU work with the European Union?", "It had activities with"),
    ],
)
def test_being_there_is_no_co_operation(asker: Asker, question: str, said: str) -> None:
    """What the answer leaves open is said beside it."""
    asked = asker.ask(question)
    assert not asked.certain and any(said in hint for hint in asked.hints), asked


@pytest.mark.parametrize(
    "question",
    [
        "Was the first Dialogue in Sughd hosted by the Field Office in Khujand?",
        "Was the Ministry of Security of Bosnia and Herzegovina the partner of the first ODIHR training?",
    ],
)
def test_the_first_of_several_is_not_the_second(asker: Asker, question: str) -> None:
    """A truth on the second meeting says nothing of the first one."""
    assert not asker.ask(question).certain


@pytest.mark.parametrize(
    "question",
    [
        "Which EU States took part in the controlled delivery exercise in Kosovo?",
        "Which former Yugoslav States took part in the controlled delivery exercise?",
        "Which Baltic States attended the round table in Kiev on 8 September?",
        "Which police office did the Uzbek delegation visit in Germany?",
        "Who was invited to the Donbass exercise?",
    ],
)
def test_a_group_that_is_not_looked_at_is_not_told_as_all(asker: Asker, question: str) -> None:
    """All who came are no answer to which of a group did."""
    asked = asker.ask(question)
    assert not asked.certain and not asked.answer, asked.answer


def test_not_signed_is_no_party(asker: Asker) -> None:
    """Who has not signed is none of those who signed."""
    asked = asker.ask("How many participating States had not signed the Firearms Protocol?")
    assert asked.answer == [17]


@pytest.mark.parametrize(
    "question",
    [
        "Which countries visited the office of the Special Representative?",
        "From which European countries did officers go to Uzbekistan for courses?",
        "Whose police did Swedish hosts receive in Gothenburg?",
    ],
)
def test_the_other_end_of_a_journey_is_no_answer(asker: Asker, question: str) -> None:
    """Who travelled or was received is not told by where to, or by whom."""
    assert asker.ask(question).status != ANSWERED


def test_where_a_journey_led_is_told(asker: Asker) -> None:
    """What asks for it is answered."""
    asked = asker.ask("From which country's experience did Ukrainian referral experts learn during a visit?")
    assert (asked.status, asked.answer) == (ANSWERED, ["Serbia"])
