"""Questions in plain words: the role, the names and the kind that are asked for are heeded, or it is said what is not."""

from __future__ import annotations

import pytest

from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, SILENT

DRUGS = "Combating Drug Trafficking and Enhancing Border Security and Management in the OSCE Area"


@pytest.mark.parametrize(
    "question",
    [
        # It came, and did not pay, teach or attend as the one who sent others.
        "The conference in Vienna in May: did NATO pay for it?",
        "The training in Jahorina: did ODIHR teach?",
        "Was the May workshop in Skopje paid for by the WCO?",
        f'Did the OSCE Mission to Serbia attend "{DRUGS}"?',
        # A detail that is on others.
        "Have the SPMU and the ATU ever published anything together?",
        "Did UNICEF take part in an activity of any OSCE field operation, as far as the report says?",
        # One of three had no part in it.
        "Were the IOM and the ILO both partners of the OSCE Centre in Bishkek?",
        # That two work together says nothing of whom they have in common.
        "Do the OSCE Project Co-ordinator in Uzbekistan and the OCEEA have any partner in common?",
    ],
)
def test_a_yes_is_on_whom_and_what_is_asked(asker: Asker, question: str) -> None:
    """Else it is asked back, or denied."""
    assert asker.ask(question).answer != [True]


@pytest.mark.parametrize("event", ["The training in Minsk in May", "The April training in Pristina"])
def test_who_spoke_is_not_who_organized(asker: Asker, event: str) -> None:
    """The organizers are no answer where it is not told who spoke."""
    answer = asker.ask(f"{event}: who spoke?").answer
    assert all("International Training Centre" not in one and "Rule of Law" not in one for one in answer)


def test_who_was_sent_is_not_all_who_came(asker: Asker) -> None:
    """Two were sent to the conference; how many came is not told, and who paid for the two may not have paid for it."""
    assert asker.ask('How many people attended the "Octopus Conference"?').status == SILENT
    asked = asker.ask('Who paid for the "Octopus Conference"?')
    assert asked.answer == ["OSCE Office in Yerevan"] and not asked.certain
    assert any("paid for those whom it sent" in hint for hint in asked.hints)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("The September seminar of the SPMU in Kiev: who organized it?", "Strategic Police Matters Unit"),
        ("Who organized the study visit of the PCUz to Canada?", "OSCE Project Co-ordinator in Uzbekistan"),
    ],
)
def test_whose_it_is_organized_it(asker: Asker, question: str, named: str) -> None:
    """A name behind "of" is not left out as if it were asked with whom that was."""
    asked = asker.ask(question)
    assert named in asked.answer and not asked.certain


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("The conference in Gulistan in March: who organized it?", "The report calls it workshop."),
        ("Who organized the Kiev seminar of 6-9 September on criminal assets?", "It is dated 2011-09-06 to 2011-09-08."),
    ],
)
def test_what_it_is_called_and_dated_is_said(asker: Asker, question: str, said: str) -> None:
    """A workshop is no conference, and three days are not four."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and not asked.certain and said in asked.hints


def test_states_that_are_named_are_not_all(asker: Asker) -> None:
    """Fifty-five States came to the conference, of which one is named for what it sent."""
    title = "OSCE Conference on a Comprehensive Approach to Cyber Security: Exploring the Future OSCE Role"
    asked = asker.ask(f'Which states sent people to the "{title}"?')
    assert not asked.certain and any("55 participating States" in hint for hint in asked.hints)


def test_units_stand_beside_the_osce(asker: Asker) -> None:
    """That the OSCE as a whole is told to have worked with somebody hides none of its units."""
    answer = asker.ask("Who worked with the IOM?").answer
    assert {"Action against Terrorism Unit", "OSCE Office in Baku", "Strategic Police Matters Unit"} <= set(answer)


def test_a_year_is_no_month(asker: Asker) -> None:
    """What is dated to a year was in none of its months."""
    assert asker.ask("In which months was the OSCE Mission to Skopje active?").answer == ["2011-04", "2011-11", "2011-12"]


@pytest.mark.parametrize(
    "question",
    [
        "Which partners do the SPMU and the OCEEA have in common?",
        "Which organizations worked with the ATU but not with the SPMU?",
        "Which units never worked with the OCEEA?",
    ],
)
def test_what_pairs_are_counted_by_is_said(asker: Asker, question: str) -> None:
    """Who counts as a partner, and who is overlooked."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and not asked.certain and asked.cautions


def test_a_reading_says_of_whom_it_is_told(asker: Asker) -> None:
    """Of several names in a question it is plain whose role was looked at."""
    asked = asker.ask("Did the OSR/CTHB organize the EULEX training course on THB in Pristina?")
    assert asked.reading.startswith("Is Office of the Special Representative") and asked.answer == [False]
    assert asker.ask("Did Norway pay for the computer forensics workshop in Belgrade in June?").reading.startswith(
        "Is Norway"
    )
