"""Questions that are laid out like a table, list roles or kinds, or put all parts of the OSCE in a row."""

from __future__ import annotations

import pytest

from oscegraph.asking import asked_columns, asked_laid_out
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, UNCLEAR, VERY_SURE


@pytest.mark.parametrize(
    "text",
    [
        # What is to be told is none of the columns that are known.
        "For each event in Minsk: the weather and the day.",
        # One role is no list of roles.
        "Which units attended the seminar?",
        # Words before the colon that neither names nor a period account for.
        "Rabbits in Kazakhstan: list the events.",
        # One of two is not both.
        "Kazakhstan or its neighbours: list the events.",
        "Kazakhstan / Kazakhstan's police: list the events.",
        "",
    ],
)
def test_what_is_not_known_is_left(text: str) -> None:
    """A question with anything else is not turned into one without it."""
    kinds = lambda said: [("in", "Kazakhstan")] * ("Kazakhstan" in said)  # noqa: E731
    assert not asked_laid_out.with_columns(text, kinds)
    assert not asked_laid_out.headed(text, kinds)
    assert asked_laid_out.any_part(text, kinds) == text


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Which units organized or supported the seminar?", "Which units took part in the seminar?"),
        ("Which States organized or supported the seminar?", "Which States organized or supported the seminar?"),
        ("Who funded or sponsored the seminar?", "Who funded or sponsored the seminar?"),
        ("What did the office join or attend?", "What did the office take part in?"),
        ("Has Sweden attended or hosted an event?", "Has Sweden taken part in an event?"),
        ("Which courses, seminars or trainings were in Serbia?", "Which courses, seminars or trainings were in Serbia?"),
        ("Which trainings, seminars or other events were there?", "Which activities were there?"),
        ("Which event or conference was in Kiev?", "Which activities was in Kiev?"),
    ],
)
def test_roles_and_kinds_are_read_exactly_unless_any_is_enough(text: str, read: str) -> None:
    """Who paid did not come; what units of the OSCE did is their part; kinds are any only if events are among them."""
    assert asked_laid_out.any_part(text, lambda _: []) == read


@pytest.mark.parametrize(
    ("question", "one", "other"),
    [
        (
            "Which Secretariat units and field operations worked with the BMSC?",
            "Which Secretariat units worked with the BMSC?",
            "Which field operations worked with the BMSC?",
        ),
        (
            "Which thematic units of the Secretariat and which field operations worked with INTERPOL?",
            "Which Secretariat units worked with INTERPOL?",
            "Which field operations worked with INTERPOL?",
        ),
        (
            "Which States and field operations worked with the Office in Baku?",
            "Which States worked with the Office in Baku?",
            "Which field operations worked with the Office in Baku?",
        ),
        (
            "Which States or international organizations paid for activities of the Mission to Serbia?",
            "Which States paid for activities of the Mission to Serbia?",
            "Which international organizations paid for activities of the Mission to Serbia?",
        ),
    ],
)
def test_two_kinds_are_both_told_and_no_others(asker: Asker, question: str, one: str, other: str) -> None:
    """The answer is that to the question for the one and to that for the other, together."""
    asked = asker.ask(question)
    kinds = [asker.ask(part).answer for part in (one, other)]
    assert asked.answer == sorted({*kinds[0], *kinds[1]}) and asked.answer and asked.evidence


def test_institutions_and_field_operations_are_not_all_units(asker: Asker) -> None:
    """Neither all units are told, nor those of one kind that worked with the other, nor is one kind counted for both."""
    here = asker.ask("Which field operations and institutions worked with the BMSC?")
    alone = asker.ask("Which field operations worked with the BMSC?").answer
    assert here.answer == sorted([*alone, "Office for Democratic Institutions and Human Rights"]) and len(alone) == 2
    assert asker.ask("Which institutions and field operations worked with the BMSC?").answer == here.answer
    with_units = asker.ask("Which Secretariat units and institutions worked on trafficking?").answer
    assert "Office for Democratic Institutions and Human Rights" in with_units and len(with_units) == 5
    asked = asker.ask("Which OSCE institutions and field operations worked with the IOM?")
    assert asked.answer == asker.ask("Which field operations worked with the IOM?").answer
    assert "only OSCE institutions or field operations" in asked.reading
    assert asker.ask("How many institutions and field operations worked with the IOM?").answer == [len(asked.answer)]
    assert asker.ask("Did institutions or field operations organize more events?").status == UNCLEAR


def test_who_worked_with_whom(asker: Asker) -> None:
    """Both sides by their kinds give a row for each two, and nobody who is of neither."""
    asked = asker.ask("Which Italian bodies worked with which field operations?")
    assert asked.answer == [
        ["OSCE Mission to Serbia", "Agency for the Management of Confiscated Assets of Italy"],
        ["OSCE Office in Baku", "Ministry of Interior of Italy"],
    ]
    assert asked.evidence and asked.confidence <= VERY_SURE
    assert not asked_columns.pairs("Which Italian bodies worked with which ministries?")


def test_who_works_with_an_organization_in_general_counts(asker: Asker) -> None:
    """Who organized something with it is named whoever tells it; who names it as a partner in general, too."""
    with_iom, with_interpol = (
        asker.ask(f"Which OSCE units and field operations name {name} as a partner?") for name in ("the IOM", "INTERPOL")
    )
    # Only the chapter on Baku tells of what the Office in Yerevan did with it.
    assert "OSCE Office in Yerevan" in with_iom.answer and len(with_iom.answer) == 8
    # Its partners are listed without an activity.
    assert "Strategic Police Matters Unit" in with_interpol.answer and len(with_interpol.answer) == 5
    assert {"activity", "chapter", "lines"} <= set(with_iom.evidence[0])


def test_whose_unit_reached_the_most_operations(asker: Asker) -> None:
    """What is counted are others, not activities, and the kinds of both are heeded."""
    asked = asker.ask("Which Secretariat unit worked with the most field operations?")
    assert asked.answer == ["Strategic Police Matters Unit"]
    assert asked.source is not None and asked.source.query == "structure_reach"


@pytest.mark.parametrize(
    ("question", "values"),
    [
        (
            "What was the Uzbek course of 24-28 January about?",
            [
                "clandestine laboratories",
                "drug smuggling and searching",
                "legal and disco drugs",
                "work of undercover agents and operations",
            ],
        ),
        (
            "What were the courses for Kyrgyz forensic experts about?",
            [
                "SONDA electronic fingerprinting",
                "ballistic examinations of firearms and ammunition",
                "practical aspects of collecting DNA evidence",
            ],
        ),
        ("What was the September training-of-trainers course in Tajikistan for?", ["developing a trainer team"]),
        (
            "What came out of the Swedish expert's assessment in Kyrgyzstan?",
            ["recommendations on analysis-based policing"],
        ),
        # A hundred who came are no outcome, and no basis is asked for.
        (
            "What came out of the forensic roundtables in Issyk-kul and Jalal-Abad?",
            ["joint recommendations for further strengthening the police"],
        ),
        (
            "What was the result of the visit of the University at Albany to Yerevan?",
            ["special course", "special curriculum"],
        ),
        # More is told than its title, all of which is said.
        (
            'What was the "Tactical Strategic Planning Workshop" about?',
            [
                "Rules of Engagement",
                "conducting threat assessments",
                "positioning the assault and sniper teams",
                "principles of strategic planning",
                "role of anti-terrorism operational units",
                "role of other law enforcement managers",
                "safe and efficient interaction",
                "use of force according to democratic principles",
            ],
        ),
    ],
)
def test_what_is_said_of_an_activity(asker: Asker, question: str, values: list[str]) -> None:
    """What it was about, for, or what came of it is told by one detail, and never for certain."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer) == (ANSWERED, values)
    assert not asked.certain and asked.evidence and len(asked.about) == 1


@pytest.mark.parametrize(
    "question",
    [
        # Several activities are as likely.
        "What was the training about?",
        # No detail has anything of the sort.
        "What came out of the Octopus Conference?",
        # One case or session is not what the whole was about, and that nobody else does the same came of nothing.
        'What was "Criminal Assets Seizure and Asset Recovery from Drug Dealers" about?',
        'What was "Preventing and Countering the Financing of Terrorism" about?',
        "What came out of the Forged Documents Training Course?",
    ],
)
def test_what_is_not_said_is_not_made_up(asker: Asker, question: str) -> None:
    """It is asked back."""
    asked = asker.ask(question)
    assert asked.status == UNCLEAR and asked.hints
