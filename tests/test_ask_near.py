"""How alike questions are, how far readings agree, and what a question asks for besides."""

from __future__ import annotations

import math
import random
from collections import defaultdict

import pytest

import scorer
from oscegraph.asking import asked_days, asked_each, asked_parts, asked_twice, memory, of_others, ranking, targets, trust
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, NOT_UNDERSTOOD, OUTSIDE
from oscegraph.asking.near import Near

# Words that stand for the rare and the common ones of questions.
RARE = [f"rare{i}" for i in range(40)]
OFTEN = ["who", "paid", "for", "the"]


def entries(count: int, seed: int) -> list[memory.Entry]:
    """Return made-up questions: most of them have the common words, each some rare ones."""
    chance = random.Random(seed)
    found = []
    for i in range(count):
        words = [word for word in OFTEN if chance.random() < 0.8] + chance.sample(RARE, chance.randrange(4))
        found.append(memory.Entry((i % 7, i % 13, i), words, untrue=i % 5 == 0))
    return found


def alike(known: list[memory.Entry], said: list[str], without: int) -> dict[int, float]:
    """Return how alike a question is to each of those known, by the formula and nothing else: cosine of idf weights."""
    having: dict[str, int] = defaultdict(int)
    for entry in known:
        for word in entry.words:
            having[word] += 1
    count = len(known)

    def square(word: str) -> float:
        return math.log(1 + count / having[word]) ** 2 if having[word] else math.log(1 + count) ** 2

    found = {}
    for number, entry in enumerate(known):
        shared = sum(square(word) for word in said if word in entry.words)
        lengths = math.sqrt(sum(map(square, said))) * round(math.sqrt(sum(map(square, entry.words))) or 1.0, 3)
        if number != without and lengths and shared / lengths >= memory.LEAST:
            found[number] = shared / lengths
    return found


@pytest.mark.parametrize("seed", range(6))
def test_likeness_is_that_of_the_formula(seed: int) -> None:
    """The common words are looked up late, and left out of no sum; a question of common words alone finds its like."""
    known = entries(400, seed)
    held = memory.Memory.of(known)
    assert set(held.often) == set(OFTEN)
    chance = random.Random(seed)
    for said in (OFTEN, OFTEN[:1], [], ["unheard"], *(chance.sample(RARE + OFTEN, 6) for _ in range(20))):
        for without in (-1, 7):
            near = held.near(list(said), without)
            expected = alike(known, list(said), without)
            best: dict[int, float] = {}
            for number, likeness in expected.items():
                best[known[number].marks[0]] = max(best.get(known[number].marks[0], 0.0), likeness)
            assert near.about.keys() == best.keys()
            assert all(abs(near.about[mark] - best[mark]) < 1e-3 for mark in best)
            assert near.answer.keys() == {known[number].marks[2] for number in expected}


@pytest.mark.parametrize("seed", range(3))
def test_the_weights_are_found_with_the_same_likeness(seed: int) -> None:
    """By arrays it is the same to the last digit."""
    known = entries(400, seed)
    plain, arrays = memory.Memory.of(known), scorer.script("recall").Recall.of(known)
    chance = random.Random(seed)
    for said in (OFTEN, [], ["unheard"], *(chance.sample(RARE + OFTEN, 6) for _ in range(20))):
        one, other = plain.near(list(said), 7), arrays.near(list(said), 7)
        assert (one.about, one.asked, one.answer) == (other.about, other.asked, other.answer)
        assert (one.borne, one.bearing, one.shares) == (other.borne, other.bearing, other.shares)
        assert (one.votes, one.voted) == (other.votes, other.voted)


def test_like_questions_vote() -> None:
    """Many that are nearly as like outweigh the likest one; the shares of all marks come to 1."""
    near = Near()
    for mark, likeness in ((1, 0.8), (2, 0.78), (2, 0.77), (2, 0.77), (3, 0.2)):
        near.add((mark, mark, mark), likeness)
    shares = {mark: near.features((mark, mark, mark), False)["vote open about"] for mark in (1, 2, 3, 4)}
    assert shares[2] > shares[1] > shares[3] == pytest.approx(0.0, abs=1e-4) and shares[4] == 0.0
    assert sum(shares.values()) == pytest.approx(1.0, abs=1e-3) and near.about[1] > near.about[2]
    assert Near().features((1, 2, 3), True)["vote polar about"] == 0.0


def test_what_is_set_aside_is_no_part_of_an_answer(asker: Asker) -> None:
    """A detail that lists all of them is no answer to "which others"; the one without them is."""
    for aside, question, name in (
        (
            "Besides the OSR/CTHB, ",
            "which bodies gave experts to the working group on the FRONTEX manual on trafficking?",
            "Office of the Special Representative and Co-ordinator for Combating Trafficking in Human Beings",
        ),
        (
            "Besides the OSCE, ",
            'which organizations were represented at "Bringing Terrorists to Justice"?',
            "Organization for Security and Co-operation in Europe",
        ),
    ):
        told = [one.answer for one in asker.read(aside + question)[1]]
        assert told and not any(name in answer for answer in told)
        plain = [one.answer for one in asker.read(question)[1]]
        assert any(name in answer for answer in plain)


def test_lengths_are_those_of_the_words() -> None:
    """What the file keeps is what is found anew from it."""
    held = memory.kept()
    assert memory.Memory(held.marks, held.having, held.often, None, held.untrue).lengths == held.lengths


def test_an_empty_memory_finds_nothing() -> None:
    """No question is known: nothing is alike."""
    held = memory.Memory.of(())
    assert held.near(["who", "paid"]).about == {} and "who" not in held


def test_a_word_that_is_given_twice_counts_once() -> None:
    """Neither a question that is known nor a new one is longer by it."""
    held = memory.Memory.of([memory.Entry((1, 2, 3), ["a", "a", "b"])] * 30)
    assert held.near(["a", "a"]).about == held.near(["a"]).about and max(held.near(["a", "b"]).about.values()) <= 1.001


def test_a_word_is_known_whether_it_is_rare_or_not() -> None:
    """Both kinds of words are in a memory."""
    held = memory.Memory.of(entries(400, 1))
    assert "rare1" in held and "who" in held and "unheard" not in held


def test_readings_that_say_the_same_speak_for_one_another() -> None:
    """The same values in another form agree; another truth does not."""
    answers: list[list[object]] = [[2, 7], [["2011", "7"], ["2010", "2"]], [9]]
    found = trust.agreement(0, answers, [0.5, 0.3, 0.2], frozenset({"2010", "2011"}))
    assert found["agreed"] == pytest.approx(0.3 * 0.5) and found["borne by others"] == pytest.approx(0.3)
    assert found["agreed with it"] == pytest.approx(0.65) and found["columns"] == 0.0 and found["rows said"] == -1.0
    other = trust.agreement(1, answers, [0.5, 0.3, 0.2], frozenset({"2010", "2011"}))
    assert other["labels said"] == 1.0 and other["rows said"] == 1.0 and other["columns"] == 2.0
    truth = trust.agreement(0, [[True], [False]], [0.6, 0.4], frozenset())
    assert truth["agreed"] == 0.0 and truth["said"] == 0.0
    assert trust.agreement(0, [[], []], [0.6, 0.4], frozenset())["agreed"] == pytest.approx(0.4)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Which two bodies paid?", 2),
        ("In which three cities was it?", 3),
        ("Who paid for the project by which ten posts were connected?", 0),
        ("When did which two units meet?", 0),
        ("When the SPMU met in Kiev, which two bodies organized the seminar?", 2),
    ],
)
def test_how_many_are_asked_for(text: str, count: int) -> None:
    """Only the word that asks says how many answers there are."""
    assert targets.expected(text) == count


def test_a_clause_on_what_was_named_is_no_second_question() -> None:
    """What "which the ATU observed" says is no question, what "which country paid" says is one."""
    assert asked_twice.parts("Whose police came to the exercise, which the ATU observed in Donetsk?") == []
    assert asked_twice.parts("From where came the experts at the conference in Kiev, which UNODC organized?") == []
    assert len(asked_twice.parts("Who hosted the conference in Kiev in October, and which country paid for it?")) == 2
    for asked in ("which OSCE unit organized it", "which Ministry hosted it", "which States took part", "which NGOs came"):
        assert len(asked_twice.parts(f"Who paid for the seminar in Kiev, {asked}?")) == 2, asked


def test_what_stands_between_two_is_asked_of_both() -> None:
    """A difference between two counts is no list of them."""
    assert asked_each.listed("By how many did the number grow between March 2006 and May 2012?", loose=True) == []
    assert asked_each.listed("How many trainings were held between 2 June and 5 October?", loose=True) == []
    assert asked_each.listed("How many came to Kiev and to Riga?", loose=True)
    assert asked_each.listed("Who spoke on links between police and mafia in Kiev and in Minsk?", loose=True)


def test_what_falls_is_no_season() -> None:
    """A rank may fall; "in the fall" is a season, in whatever words."""
    for text in (
        "Did the number of activities fall from 2010 to 2011?",
        "To which rank did it fall?",
        "Which events fall on it?",
    ):
        assert asked_days.read_days(text)[0] is None, text
    for text in (
        "What was done in fall?",
        "What was done in the fall?",
        "Fall 2011: what was done?",
        "Was it in late fall?",
    ):
        days = asked_days.read_days(text)[0]
        assert days is not None and days.start.month == 9, text


def test_the_name_of_a_thing_may_be_asked_for() -> None:
    """Names of people are not in the report; those of things are."""
    assert asked_parts.asks_name("What was the name of the joint border police exercise in Donetsk?")
    for person in ("head of the centre", "project manager", "trainer at the workshop in Baku"):
        assert not asked_parts.asks_name(f"What is the name of the {person}?")
    assert not asked_parts.asks_name("What is the name of the project, and how much did it cost in euros?")


def test_reasons_and_names_of_people_are_not_answered(asker: Asker) -> None:
    """Neither is taken for a question on a thing that has the same words."""
    assert asker.ask("Why is the sky blue?").status == NOT_UNDERSTOOD
    assert asker.ask("What is the name of the director of the training centre near Bishkek?").status == OUTSIDE


def test_posts_of_those_who_work_in_a_state(asker: Asker) -> None:
    """A state stands for the field operation that works there."""
    question = "What posts do the focal points of the field operations in Albania, Montenegro and Moldova hold?"
    rows = [c.answer for c in asker.read(question)[1] if c.projection == "structures and posts, named"]
    assert [row[0] for row in rows[0]] == [
        "OSCE Presence in Albania",
        "OSCE Mission to Montenegro",
        "OSCE Mission to Moldova",
    ]


def test_all_that_are_named_had_a_part(asker: Asker) -> None:
    """The Mission had a part in its own course; the police that is named beside it had none."""
    question = "Did the OSCE Mission to Serbia work with Europol at the Advanced Course on Covert Surveillance Techniques?"
    found = [c for c in asker.read(question)[1] if c.projection == "all named" and c.hit is not None]
    course = [c.answer for c in found if c.hit and c.hit.event.label == "Advanced Course on Covert Surveillance Techniques"]
    assert course == [[False]]


def test_labels_in_other_words_are_the_same_only_with_their_values(asker: Asker) -> None:
    """Rows are right if each value stands with the label that is likest to its own, and wrong if two are exchanged."""
    keys = scorer.module().Keys(asker)
    item = {"status": "answered", "question": "", "answer": [["marihuana seized (kg)", 47], ["persons arrested", 17]]}
    assert keys.score(item, ANSWERED, [["criminals arrested", 17], ["marijuana seized", "47 kg"]]) == "right"
    for wrong in (
        [["criminals arrested", 47], ["marijuana seized", 17]],
        [["criminals arrested", 17]],
        [["x", 17], ["y", 47]],
        [["persons fined", 17], ["euros", 47]],
    ):
        assert keys.score(item, ANSWERED, wrong) == "wrong", wrong
    also = {**item, "answer": [["Kiev", "2011-09-06"]], "also_ok": [["Riga", "8 September"], []]}
    assert keys.score(also, ANSWERED, [["Kiev", "2011-09-06"], ["Riga", "2011-09-08"]]) == "right"
    assert keys.score(also, ANSWERED, [["Kiev", "2011-09-06"], ["Oslo", "2011-09-08"]]) == "more than asked"


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ([["arrested in Serbia", 17], ["arrested in Kosovo", 5]], [["arrested in Croatia", 17], ["arrested in Bosnia", 5]]),
        ([["Workshop in Kiev", "2011-05-02"], ["Workshop in Minsk", "2011-06-03"]],
         [["Workshop in Riga", "2011-05-02"], ["Workshop in Baku", "2011-06-03"]]),
        ([["persons arrested", 17], ["persons convicted", 5]], [["persons searched", 17], ["persons fined", 5]]),
        ([["II.1.1", "2011-05-25"], ["II.3.7", "2011-05-24"]], [["II.1.2", "2011-05-25"], ["II.3.10", "2011-05-24"]]),
        ([["Kiev", "2011-05-25"]], [["Kiev", "2011-05-09"]]),
        ([["Minsk seminar", 5], ["Riga seminar", 7]], [5, 7]),
    ],
)  # fmt: skip
def test_other_things_are_not_called_otherwise(asker: Asker, wanted: list[list[object]], given: list[object]) -> None:
    """Other places, chapters, days and people are other ones, whatever words the labels share."""
    item = {"status": "answered", "question": "How many came to the seminar in Kiev?", "answer": wanted}
    assert scorer.module().Keys(asker).score(item, ANSWERED, given) != "right"


def test_plain_values_are_in_the_order_in_which_they_are_asked_for(asker: Asker) -> None:
    """The labels of a key say in which order the question asks."""
    keys = scorer.module().Keys(asker)
    question = "How many Serbian and how many Croatian officers came?"
    item = {"status": "answered", "question": question, "answer": [["Serbian officers", 5], ["Croatian officers", 7]]}
    assert keys.score(item, ANSWERED, [5, 7]) == "right"
    assert keys.score({**item, "answer": item["answer"][::-1]}, ANSWERED, [7, 5]) == "wrong"


def test_a_month_is_right_where_a_month_is_wanted(asker: Asker) -> None:
    """A day tells its month, and no other day."""
    keys = scorer.module().Keys(asker)
    item = {"status": "answered", "question": "", "answer": [["Using Linux", "Belgrade", "November"], ["IT", "Bonn", "May"]]}
    given = [["Using Linux", "14-18 November, Belgrade"], ["IT", "Bonn, 2011-05-02"]]
    assert keys.score(item, ANSWERED, given) == "right"
    assert keys.score({**item, "answer": [["IT", "2011-05-03"]]}, ANSWERED, [["IT", "2011-05-02"]]) == "wrong"


@pytest.mark.parametrize("more", ["and who chaired it?", "and how long did it last?", "and in which hotel was it?"])
def test_half_an_answer_is_not_given_for_all_of_it(asker: Asker, more: str) -> None:
    """Names that one role gives are no answer to a second question."""
    whole = "Which Central Asian participants of the July FIU workshop in Yerevan did not yet belong to the Egmont Group"
    asked = asker.ask(f"{whole}, {more}")
    assert asked.status != ANSWERED or len(asked.answer) > 2


@pytest.mark.parametrize("rows", [[[[]]], [[["A"], []]], [[["A", 1], 5]], [[["A", 1], None]]])
def test_odd_rows_do_not_break_the_agreement(rows: list[list[object]]) -> None:
    """A row without values, or beside single values, is left out."""
    assert trust.agreement(0, rows, [1.0], frozenset())["columns"] >= 0


def test_a_no_rests_on_what_has_the_words_of_the_question(asker: Asker) -> None:
    """Not on an activity that has nothing to do with it, of which it is not so either."""
    asked = asker.ask("Does the 2011 total of 353 stand for 353 separate events?")
    assert asked.answer == [False] and [item["chapter"] for item in asked.evidence] == ["I.1"]
    question, candidates = asker.read("Does the 2011 total of 353 stand for 353 separate events?")
    other = [one for one in candidates if one.answer == [False] and ranking.borne(question, one) < of_others.HELD]
    assert other and all(asker.doubts.leaves_out(question, one, 1.0) for one in other)


@pytest.mark.parametrize("question", ["Did anti-trafficking activities become more numerous from 2010 to 2011?"])
def test_years_are_no_numbers_of_people(asker: Asker, question: str) -> None:
    """This was "no" once, as not 2,010 people came to a seminar on trafficking."""
    assert asker.ask(question).answer != [False]
