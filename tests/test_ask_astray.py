"""Questions in plain words: an answer is on the part, the kind and the State that are asked for, or it is asked back."""

from __future__ import annotations

from typing import Any

import pytest

from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        # Units that organized it, without those that only co-operated.
        (
            'Which OSCE unit organized "Pilot training on human rights-compliant investigations of terrorism, Skopje"?',
            ["Office for Democratic Institutions and Human Rights"],
        ),
        (
            'Which OSCE structures organized "Street involved children in SEE - Our Responsibility"?',
            ["OSCE Mission to Serbia"],
        ),
        # A title within a sentence has a small letter.
        ("Which unit of the OSCE organized the confiscation of Criminal Assets?", ["OSCE Mission to Skopje"]),
        ("In which chapters is the profiling Training Course told?", ["II.3.3"]),
        (
            "Which bodies attended the Profiling Training Course?",
            ["Border Police of Montenegro", "Customs Administration of Montenegro"],
        ),
        (
            "How many investigators attended the Montenegrin course of 9-13 May on sexual abuse of children online, "
            "and from which two bodies?",
            [5, "Forensic Centre of Montenegro", "Police Directorate of Montenegro"],
        ),
        (
            "How many participating States had ratified the UNTOC in March 2006 and in May 2012?",
            [["March 2006", 38], ["May 2012", 55]],
        ),
        # Ministries and embassies, without the others of the same statement; decisions, beside the place and the days.
        (
            "Which ministries took part in the late-June workshop in Moldova on crimes against children and juvenile "
            "delinquency?",
            [
                "Ministry of Education of Moldova",
                "Ministry of Justice of Moldova",
                "Ministry of Labour, Social Protection and Family of Moldova",
            ],
        ),
        (
            "Which embassy published the action plan with the Office in Tajikistan?",
            ["Embassy of the United States in Tajikistan"],
        ),
        (
            "Where and when was the OSCE conference on a comprehensive approach to cyber security held, and on which "
            "decisions did it rest?",
            ["Vienna", "2011-05-09", "2011-05-10", "PC.DEC/991", "PC.DEC/992"],
        ),
        # A noun that a detail is said to answer, and States whose bodies are asked for.
        (
            "On the new adversarial system in Serbia, which foreign department trained people jointly with the Rule of Law "
            "Department?",
            ["United States Department of Justice"],
        ),
        # Whoever is told alone is the only one.
        ("Which field operation is the only one to mention UNHCR?", ["OSCE Office in Baku"]),
        ("Which is the only State that paid for the Linux course in Belgrade in November?", ["Finland"]),
    ],
)
def test_what_is_asked_is_told(asker: Asker, question: str, answer: list[Any]) -> None:
    """Keys that readers of the text gave."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer) == (ANSWERED, answer)


@pytest.mark.parametrize(
    "question",
    [
        # Three travelled, the director one of them.
        "Besides the director, how many officers of Moldova's anti-trafficking police centre went to Britain?",
        # The guidebook, and not the round table.
        "What was introduced at the September roundtable in Astana?",
        # Thirteen are in a Tajik one.
        "How many members does the Kyrgyz working group have?",
        # Three units held it.
        'Which bodies attended "Experts meeting on developing a standardized anti-corruption training"?',
        "Which OSCE unit organized the pilot training on human rights-compliant investigations of terrorism in Pristina?",
        # Judges are no ministry.
        "Which ministries attended the training seminar for judges in Astana in November?",
        # A department is no town, and towns are no experts.
        "Which Russian city did the Armenian police specialists visit in August?",
        "Which experts did the needs analysis on investigative interviewing in Serbia?",
        # Seven States sent some, and several operations mention UNODC.
        "Which country was the only one to send officers to the controlled delivery exercise in Kosovo?",
        "Which field operation is the only one to mention UNODC?",
    ],
)
def test_what_is_of_another_part_or_state_is_asked_back(asker: Asker, question: str) -> None:
    """It may be told, but the likeliest reading is on something else."""
    assert asker.ask(question).status != ANSWERED


def test_who_came_as_people_is_said_beside_organizations(asker: Asker) -> None:
    """They may have been sent by others than those that are named."""
    asked = asker.ask(
        "Which international organizations took part in "
        '"OSCE Conference on a Comprehensive Approach to Cyber Security: Exploring the Future OSCE Role"?'
    )
    assert len(asked.answer) > 10 and "International Telecommunication Union" in asked.answer and not asked.certain
    assert any("international and regional organizations" in caution for caution in asked.cautions)
