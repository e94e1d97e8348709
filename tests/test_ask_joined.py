"""Two things asked at once: the number of who comes first, what is asked besides of one thing, what is set aside."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from click.testing import CliRunner, Result

from oscegraph.asking import asked_days, asked_forms, asked_twice, asked_within, in_one, joined, patterns, weights
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, OUTSIDE, UNCLEAR, Asked


@pytest.mark.parametrize(
    ("question", "row"),
    [
        (
            "Which field operation lists the highest number of staff, and what is the total?",
            ["OSCE Office in Tajikistan", 12],
        ),
        (
            "Which of the three Protocols to the UNTOC had the fewest ratifications by May 2012, and how many were there?",
            [
                "Protocol against the Illicit Manufacturing of and Trafficking in Firearms, their Parts and Components"
                " and Ammunition",
                31,
            ],
        ),
    ],
)
def test_who_comes_first_and_by_what_number(asker: Asker, question: str, row: list[Any]) -> None:
    """Both are told together, with evidence."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer) == (ANSWERED, [row]) and asked.evidence and asked.sparql


def test_the_largest_event_with_its_number(asker: Asker) -> None:
    """The number is that which the report prints, also where several chapters tell the same event."""
    asked = asker.ask("Which single event in the report has the highest stated attendance, and what is the figure?")
    assert asked.status == ANSWERED
    [[name, number]] = asked.answer
    assert name.startswith("11th Alliance against Trafficking in Persons Conference") and number == 350


def test_rows_on_one_thing_are_not_added_up() -> None:
    """What two chapters tell is one number; those of international and national staff are two."""
    retold = [
        {"activityLabel": "A", "people": "30"},
        {"activityLabel": "A", "people": "30"},
        {"activityLabel": "B", "people": "40"},
    ]
    assert asked_forms.totals(("activityLabel", "people"), retold) == {"A": 30, "B": 40}
    staff = [
        {"structureLabel": "A", "staff": "3", "staffCategory": "international staff"},
        {"structureLabel": "A", "staff": "4", "staffCategory": "national staff"},
    ]
    assert asked_forms.totals(("structureLabel", "staff"), staff) == {"A": 7}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Which unit has the most staff, and how many?", "Which unit has the most staff?"),
        ("Which unit has the most staff and with how many in all?", "Which unit has the most staff?"),
        ("Which unit has the most staff, and how many events did it hold?", ""),
        ("Which unit has the most staff, and where is it?", ""),
        ("Which unit has the most staff?", ""),
    ],
)
def test_whether_its_number_is_asked_for(text: str, first: str) -> None:
    """Only the number of what the first question asks for, and nothing else, is that of its answer."""
    assert asked_within.asks_its_number(text)[0] == first


def test_most_and_fewest_are_not_answered_by_one_of_them(asker: Asker) -> None:
    """Half of what is asked is no answer."""
    asked = asker.ask("Which field operation reports the most staff, which the fewest? Give the totals.")
    assert asked.status == UNCLEAR and asked.hints
    assert not asked_within.asks_both_ends("Which units have the most staff, at least ten?")


def test_what_is_left_out_behind_how_many() -> None:
    """The verb is that of the first question; a name of the first question does not stand in the second one."""
    text = "How many people took part in the Kiev seminar of September and how many in the Vilnius seminar of March?"
    assert asked_twice.parts(text) == [
        "How many people took part in the Kiev seminar of September?",
        "How many people took part in the Vilnius seminar of March?",
    ]


def told(answers: dict[str, Asked]) -> Callable[..., Asked]:
    """Return what answers questions by a table, if they are sure enough; a reading that is told already is left out."""

    def ask(text: str, about: frozenset[str] = frozenset(), least: float = 0.75, besides: Any = ()) -> Asked:
        one = answers[text]
        sure = one.confidence >= least and not (besides and one.answer == besides)
        return one if sure else Asked(text, UNCLEAR, confidence=one.confidence)

    return ask


def one(text: str, answer: list[Any], confidence: float, about: str) -> Asked:
    """Return an answer."""
    return Asked(text, ANSWERED, f"{about}: {answer}", answer, confidence=confidence, about=frozenset([about]))


def test_what_is_asked_of_one_thing_bears_itself_out() -> None:
    """A likely answer on the same thing is enough beside a certain one, not on another thing or beside a likely one."""
    enough = in_one.LIKELY + 0.02
    first, second = one("a?", ["X"], 0.99, "event"), one("b?", [17], enough, "event")
    both = in_one.several("a and b?", ["a?", "b?"], told({"a?": first, "b?": second}))
    assert (both.status, both.answer) == (ANSWERED, ["X", 17]) and both.confidence == pytest.approx(0.99 * enough)
    assert enough < joined.SURE
    other = one("b?", [17], enough, "another")
    assert in_one.several("a and b?", ["a?", "b?"], told({"a?": first, "b?": other})).status == UNCLEAR
    likely = one("a?", ["X"], 0.9, "event")
    assert in_one.several("a and b?", ["a?", "b?"], told({"a?": likely, "b?": second})).status == UNCLEAR


def test_nothing_is_told_twice_as_two_answers() -> None:
    """The same reading of both questions, or one who is named in both answers, is asked back."""
    first, again = one("a?", ["X"], 0.99, "event"), one("b?", ["X"], 0.98, "event")
    assert in_one.several("a and b?", ["a?", "b?"], told({"a?": first, "b?": again})).status == UNCLEAR
    wider = one("b?", ["X", "Y"], 0.98, "event")
    assert in_one.several("a and b?", ["a?", "b?"], told({"a?": first, "b?": wider})).status == UNCLEAR


def test_what_words_set_aside_is_in_no_answer(asker: Asker) -> None:
    """The pilot sessions are not those that are asked for."""
    text = "Pilot sessions apart, where and on which days did ODIHR run its two courses on human rights against terrorism?"
    question, candidates = asker.read(text)
    apart = asker.maker.naming.apart(question)
    assert apart and all("ilot" in asker.facts.events[iri].label for iri in apart)
    assert candidates and not any(apart & one.about for one in candidates)
    assert not asker.maker.naming.apart(asker.read("Where did ODIHR run its two courses on human rights?")[0])


def test_days_that_are_asked_for_are_in_the_answer(asker: Asker) -> None:
    """Neither a title nor a length answers on which days something was."""
    text = "How many Uzbek passport specialists went to North America with the help of the ATU, and between which days?"
    asked = asker.ask(text)
    assert (asked.status, asked.answer) == (ANSWERED, [7, "2011-04-25", "2011-05-05"])
    # What is meant has no days: another activity that has some is no answer.
    assert asker.ask("Who organized the Confiscation of Criminal Assets, and on which days?").status == UNCLEAR


def test_a_decision_of_another_year_is_within_the_report(asker: Asker) -> None:
    """Decisions rest on earlier ones: that their years are others puts no question outside."""
    assert asker.ask("Which two addressees does the Ljubljana decision of 2005 charge with tasks?").status != OUTSIDE


def test_a_pattern_is_compiled_when_it_is_used() -> None:
    """It is what `re.compile` gives from then on."""
    made = patterns.lazy_pattern(r"(\d+)")
    assert not hasattr(made, "__wrapped__") and "search" not in vars(made)
    assert made.sub("n", "a1b22") == "anbn" and "search" in vars(made) and made.groups == 1


def test_weights_are_read_as_they_were_written() -> None:
    """What is near zero is left out; a bar in a word is part of it."""
    held = weights.Weights.of({"a|b|k": 1.5, "|k": -0.25, "a|l": 0.01, "shape": 2.0, "tiny": 0.001})
    again = weights.Weights.read(held.dump())
    assert again == held and len(again) == 3
    assert again.of_words(["a|b", ""]) == {"k": 1.25} and again.shape == {"shape": 2.0}


def test_forms_name_their_columns() -> None:
    """Who comes first is found by the largest number of any row."""
    rows = [{"x": "A", "n": "2"}, {"x": "B", "n": "3"}, {"x": "A", "n": "2"}]

    class Form:
        form, columns = "top", ("x", "n")

    assert asked_forms.answer(Form(), rows) == ["B"]


@pytest.mark.parametrize(
    "question",
    [
        "Which theme had the most activities in June, and how many?",
        "Which structure has the second most staff, and how many?",
        "Which field operation has the fewest international staff, and how many are there?",
        "Who organized the most events, and how many people came?",
        "Who organized the most events in June, and how many were there?",
        "Which operation has the most staff, and what does it do?",
        "Which country funded the most activities, and what are they?",
        "Which theme had the most activities, and which the fewest?",
        "How many events were held in Vienna in June and how many in May?",
        "How many officers from Serbia went to Sweden and how many from Croatia?",
        "Not counting workshops, how many events took place in Vienna?",
    ],
)
def test_what_narrows_a_question_is_not_lost(asker: Asker, question: str) -> None:
    """A ranking of something else, or a number of something else, is no answer."""
    assert asker.ask(question).status == UNCLEAR


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ("How many activities were on drugs and how many on terrorism?", [32, 38]),
        ("How many activities were funded by Norway and how many by Finland?", [4, 2]),
    ],
)
def test_two_numbers_of_two_things(asker: Asker, question: str, numbers: list[int]) -> None:
    """Neither borrows words of the other."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer) == (ANSWERED, numbers)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How many activities did the OSCE carry out against organized crime in 2011?", [353]),
        ("What is the total number of OSCE activities against organized crime?", [353]),
        ("How many activities were there in 2010?", [336]),
        ("How many activities were there in 2010 and 2011?", [["2010", 336], ["2011", 353]]),
        (
            "How many activities did the OSCE count in 2010 and in 2011, and by how much did the number grow?",
            [["2010", 336], ["2011", 353], ["increase", 17]],
        ),
        ("By how much did the number of activities grow from 2010 to 2011?", [17]),
        ("How many activities were held in Vienna?", [7]),
    ],
)
def test_the_number_of_all_activities(asker: Asker, question: str, answer: list[Any]) -> None:
    """Nothing narrows it: it is the one that the report counts; a place narrows it."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer) == (ANSWERED, answer) and asked.evidence


def test_an_activity_that_is_not_singled_out_is_not_silent(asker: Asker) -> None:
    """Words that many activities have say of none of them that the report is silent on it."""
    for question in (
        "How many different activities did the OSCE carry out against organized crime?",
        "How many events did the OSCE hold against organized crime?",
    ):
        assert asker.ask(question).status != "silent"


def test_plainer_words_ask_the_same(asker: Asker) -> None:
    """What is asked with other words is answered alike."""
    one, other = asker.ask("When was MC.DEC/3/05 adopted?"), asker.ask("On which date was MC.DEC/3/05 adopted?")
    assert one.status == ANSWERED and (one.answer, one.reading) == (other.answer, other.reading)
    assert other.question == "On which date was MC.DEC/3/05 adopted?"


def test_a_day_is_told_by_words_and_numbers() -> None:
    """The symbol of a decision, a number and a word that begins like a month are no days."""
    assert not any(map(asked_days.tells_day, (["MC.DEC/2/05"], ["Preventive measures may help"], [1500], [["A", 2000]])))
    assert all(map(asked_days.tells_day, (["2011"], ["May 2011"], [["A", "14-18 November, Belgrade"]], ["2011-05"])))


SEVERAL = "Who organized the training in Pristina?"


def test_a_reading_is_chosen_by_its_number(asker: Asker) -> None:
    """Each that is offered is answered as it was offered; of what is answered, or beyond them, there is no choice."""
    back = asker.ask(SEVERAL)
    assert back.status == UNCLEAR and back.choices == len(back.hints) > 1
    for number, hint in enumerate(back.hints, 1):
        asked = asker.choose(SEVERAL, number)
        assert (asked.status, asked.reading, asked.question) == (ANSWERED, hint, SEVERAL) and asked.sparql
    assert asker.choose(SEVERAL, back.choices + 1) == asker.choose(SEVERAL, 0) == back
    sure = "Who funded the workshop in Belgrade in June?"
    assert asker.choose(sure, 1) == asker.ask(sure) and asker.ask(sure).choices == 0


def test_a_piece_is_chosen_by_its_number(asker: Asker) -> None:
    """Of several questions in one that are asked back each can be asked by itself."""
    question = "Which country funded the most activities, and what are they?"
    back = asker.ask(question)
    assert back.choices == 2 and back.hints[0].startswith(joined.ONE)
    assert asker.choose(question, 1) == asker.ask(back.hints[0].removeprefix(joined.ONE))


def test_readings_at_the_command_line(run: Callable[..., Result]) -> None:
    """They are numbered; one of them is taken by its number, line by line, too."""
    back = run("ask", SEVERAL)
    assert back.exit_code == 1 and "\n1. " in back.stdout and "--reading 1" in back.stdout
    first = run("ask", SEVERAL, "--reading", "1")
    assert first.exit_code == 0 and first.stdout.rstrip().split("Read as: ")[1].split("\n")[0] in back.stdout
    assert run("ask", SEVERAL, "--reading", "9").exit_code == 2
    assert run("ask", "--reading", "1").exit_code == 2
    from oscegraph.cli import cli

    lines = CliRunner().invoke(cli, ["ask", "--limit", "1"], input=f"{SEVERAL}\n2\n1\n99\n")
    assert lines.exit_code == 0 and lines.stdout.count("Read as: ") == 2 and "not understood" in lines.stdout


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("How many staff do the SPMU and the ATU have together?", [9]),
        (
            "How many participants came to the Ankara drug course, the Kiev seminar in September and the Vienna drug "
            "conference in total?",
            [211],
        ),
        ("How many field operations report exactly three staff?", [4]),
    ],
)
def test_numbers_of_several_things_are_added_up(asker: Asker, question: str, answer: list[Any]) -> None:
    """A sum is that of what each of them has, and how many keep to a bound is a number."""
    assert asker.ask(question).answer == answer


def test_what_may_overlap_is_not_added_up(asker: Asker) -> None:
    """An activity on drugs may be one on terrorism, too."""
    counts = [asker.ask(f"How many activities are there on {theme}?").answer[0] for theme in ("drugs", "terrorism")]
    assert asker.ask("How many activities are there in total on drugs and terrorism?").answer != [sum(counts)]


@pytest.mark.parametrize(
    "question",
    [
        "How many participants did the seminar in Kiev in September together with the workshop in Almaty in December have?",
        "How many staff do the Mission to Serbia and its Law Enforcement Department have together?",
    ],
)
def test_the_number_of_one_is_no_sum(asker: Asker, question: str) -> None:
    """What is asked of two together is not told by one of them, nor by two numbers."""
    asked = asker.ask(question)
    assert asked.status != ANSWERED or asked.answer in ([92], [6])
