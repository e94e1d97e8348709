"""Questions in plain words: what limits them is heeded, or they are asked back."""

from __future__ import annotations

import pytest

from oscegraph.asking import heeded
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, SILENT

FALSE = [
    # Who did it with others did not do it alone, and who was there did not do it.
    "Did only the SPMU organize the Astana seminar in July?",
    "Did Belgium pay for the whole counter-narcotics course in Ankara?",
    "Was ODIHR the only organizer of the first human rights training in Pristina?",
    "Did Iran fund the Astana workshop?",
    "Did Israel organize the FIU development workshop?",
    "did norway host the belgrade workshop",
    "Did UNODC organize every drug conference?",
    "Were all trainings funded by Norway?",
    # Other years, numbers and ways.
    "Was MC.DEC/2/09 adopted in 2010?",
    "Was PC.DEC/758 adopted in 2008?",
    "Did the UNTOC enter into force in 2000?",
    "Was the OSCE Office in Minsk closed in 1999?",
    "Did the LED organize five workshops on asset recovery?",
    "Were there fewer activities in 2011 than in 2010?",
    "Was the Secretary General tasked by the Lisbon Summit Declaration?",
    "Did PC.DEC/813 deal with terrorism?",
]
TRUE = [
    "Did the number of activities rise in 2011?",
    "Did anti-trafficking activities increase in 2011?",
    "Did more than 300 people attend the Alliance conference?",
    "Did Norway or Finland fund the Linux training?",
    "Did the SPMU have four staff members on organized crime?",
    "Does Appendix 2 list the Gender Section?",
    "Did the SPMU work with INTERPOL?",
    "Did the OCEEA work with the Council of Europe?",
]


@pytest.mark.parametrize("question", FALSE)
def test_false_claims_are_not_confirmed(asker: Asker, question: str) -> None:
    """A claim that is not so is denied or asked back."""
    asked = asker.ask(question)
    assert asked.status != ANSWERED or asked.answer != [True], asked.reading


@pytest.mark.parametrize("question", TRUE)
def test_true_claims_are_not_denied(asker: Asker, question: str) -> None:
    """A claim that is so is confirmed or asked back."""
    asked = asker.ask(question)
    assert asked.status not in (SILENT,) and asked.answer != [False], asked.reading


def test_what_is_said_in_general_is_no_activity(asker: Asker) -> None:
    """It says so, and where."""
    asked = asker.ask("Did the SPMU work with INTERPOL?")
    assert asked.answer == [True] and asked.evidence and "in general" in asked.hints[0]
    assert asker.ask("Did the OCEEA and ODIHR ever work together?").answer == [False]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Did Norway fund the Belgrade workshop of 2-3 June?", True),
        ("Did Finland fund the Linux training?", True),
        ("Did the SPMU and the ATU work at the same event at least once in 2011?", True),
        ("Did UNODC take part in the workshop on the financing of terrorism in Chisinau?", True),
    ],
)
def test_plain_claims_are_answered(asker: Asker, question: str, answer: bool) -> None:
    """What nothing limits is told as before."""
    assert asker.ask(question).answer == [answer]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Did only the SPMU organize the Astana seminar in July?", False),
        ("Did Norway alone fund the Nordic Mule training?", True),
        ("Did only Finland fund the Linux training?", True),
        ("Did the OCEEA alone organize the Leveraging Anti-Money Laundering seminar?", False),
        ("Did only the ATU organize the Chisinau workshop?", False),
    ],
)
def test_who_did_it_alone(asker: Asker, question: str, answer: bool) -> None:
    """All who had the role are looked at."""
    asked = asker.ask(question)
    assert asked.answer == [answer] and "nobody else" in asked.reading and asked.evidence


@pytest.mark.parametrize(
    ("question", "wrong"),
    [
        (
            "Which events did the OCEEA organize without the SPMU?",
            "Criminal Assets Seizure and Asset Recovery from Drug Dealers",
        ),
        ("events in vienna not organised by spmu", "Combating Drug Trafficking"),
        ("Which activities were funded only by the United States?", "International Co-operation in Criminal Matters"),
        ("Which field operation had the third most staff?", "OSCE Office in Tajikistan"),
        ("Which Centre had the most staff?", "OSCE Office in Tajikistan"),
        ("Which theme received the most attention?", "counter-terrorism"),
        ("Which protocol was ratified by the most participating States?", "Firearms"),
        ("Which chapter has the most activities?", "Leveraging"),
        ("Which study visits took place in Vienna in June?", "Combating Drug Trafficking"),
        ("Which events took place in late September?", "Opinion on the draft"),
        ("When did Montenegro adopt the Criminal Procedure Code?", "2011-09-28"),
        ("Which structures have two focal points?", "Gender Section"),
        ("how many attended the nordic mule training in 2010", "20"),
        ("Which field operations did nothing on cybercrime?", "OSCE Mission to Serbia"),
        ("Who paid for the Linux training in Vienna?", "Finland"),
        ("How many people attended the Rome conference of the Alliance?", "350"),
    ],
)
def test_limits_are_not_dropped(asker: Asker, question: str, wrong: str) -> None:
    """The answer to the question without its limit is not given."""
    asked = asker.ask(question)
    assert asked.status != ANSWERED or not any(wrong in str(value) for value in asked.answer), asked.reading


def test_qualified_numbers(asker: Asker) -> None:
    """Over 60 is not exactly 60, and more than 60."""
    exactly = set(asker.ask("Which events had exactly 60 participants?").answer)
    more = set(asker.ask("Which events had more than 60 participants?").answer)
    least = set(asker.ask("Which events had at least 60 participants?").answer)
    assert exactly.isdisjoint(more) and exactly | more == least and more


def test_field_operations_of_a_region(asker: Asker) -> None:
    """Those that have their seat there, not those that took part in something there."""
    assert asker.ask("How many field operations are in Central Asia?").answer == [5]
    assert asker.ask("Which field operations are in the South Caucasus?").answer == [
        "OSCE Office in Baku",
        "OSCE Office in Yerevan",
    ]


def test_it_is_said_that_something_is_not_looked_at(asker: Asker) -> None:
    """Readings that leave out what limits a question are offered as what they are, and can be chosen."""
    question = "Which activities were funded by the United States and another country?"
    asked = asker.ask(question)
    assert asked.choices and asked.hints[-1].startswith("What limits the question") and asked.choices < len(asked.hints)
    assert asker.choose(question, asked.choices).status == ANSWERED
    assert asker.choose(question, asked.choices + 1).status != ANSWERED


def test_only_questions_for_yes_or_no_claim_something(asker: Asker) -> None:
    """Nothing is looked at in others."""
    question, candidates = asker.read("Who funded only the workshop in Belgrade?")
    assert candidates and not any(heeded.is_unheeded(question, one) for one in candidates)


@pytest.mark.parametrize(
    "question",
    [
        # The event that is meant is of June, the one that is found of October.
        "Did Iran take part in the conference of 16-17 June?",
        "Did Eurojust take part in the conference in Belgrade in November?",
        # Any training of April, and not the one that is dated by the month alone.
        "Did the Mission to Skopje organize a training in Turkey in April?",
        # Who taught most often, and not who took part; States, and not lists of them for three events.
        "Which State's experts taught most often?",
        "From which States did participants come to the regional training in Wiesbaden?",
    ],
)
def test_an_answer_on_another_event_or_of_others_is_not_given(asker: Asker, question: str) -> None:
    """Sceptical readers got a certain answer to each of these that was on something else."""
    assert asker.ask(question).status != ANSWERED


def test_the_states_of_those_who_came_are_told(asker: Asker) -> None:
    """The police of four States came, and the department that held the course is none."""
    asked = asker.ask("From which States did officers come to the advanced covert surveillance course?")
    assert asked.answer == ["Bosnia and Herzegovina", "Croatia", "Serbia", "Slovenia"]


def test_which_chapter_says_so_is_not_which_tells_of_it(asker: Asker) -> None:
    """The organizer's chapter gives no town for its conference."""
    asked = asker.ask(
        "In which city was the OSCE conference on a comprehensive approach to cyber security of 9-10 May 2011 held, "
        "and which chapter says so?"
    )
    assert asked.answer == ["Vienna", "II.3.10"]


@pytest.mark.parametrize(
    "question",
    [
        # They paid, or taught: nobody from there came to learn.
        "Did officers from Belgium attend the counter-narcotics course in Ankara in May?",
        "Did officers from the United States attend the training in Wiesbaden?",
        "Did Danish officers attend the Nordic Mule training?",
        "Did experts from Norway attend the workshop for legal experts of 11-13 July?",
        # A fund of his office gave support; people of another office came.
        "Did the Prime Minister of Turkey take part in the Antalya symposium?",
        "Did the President of Tajikistan take part in the plenary of 31 March?",
        # The other course was not; only one of the two did.
        "Was the Wiesbaden course accredited by IACIS?",
        "Did the OCEEA and the IMF organize the FIU workshop in Yerevan?",
    ],
)
def test_a_claim_that_rests_on_another_part_is_not_confirmed(asker: Asker, question: str) -> None:
    """A second sceptical reader got a yes to the first six, a no to the seventh, and a yes to half of the last."""
    assert asker.ask(question).status != ANSWERED


def test_who_came_is_still_confirmed(asker: Asker) -> None:
    """Those from there who did come are told to have come."""
    assert asker.ask("Did Afghan police officers attend the counter-narcotics course in Ankara?").answer == [True]
    assert asker.ask("Did experts from Russia take part in the workshop of 11-13 July?").answer == [True]


def test_events_are_no_publications(asker: Asker) -> None:
    """What somebody wrote, gave or advised is said beside its events, and is none of them."""
    asked = asker.ask("What events did ODIHR organize in 2011?")
    assert not any("Opinion" in one for one in asked.answer) and any("Opinion" in hint for hint in asked.hints)
    asked = asker.ask("Which events did the OSCE Centre in Ashgabat organize?")
    assert not asked.certain and any("No events but other work" in caution for caution in asked.cautions)
