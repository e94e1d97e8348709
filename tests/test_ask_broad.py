"""Questions in plain words that say little: what fits as well, what is on several together, what is asked back."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

import scorer
from oscegraph.asking import asked_seats, one_meant, ranked, ranking, rivals, whole
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, NOT_UNDERSTOOD, SILENT, UNCLEAR

THREE = "How many staff do the SPMU, the ATU and the OCEEA have together?"


def others(asker: Asker, question: str, title: str, projection: str) -> rivals.Features:
    """Return what is said of the other activities beside the reading of a question that is on an activity."""
    asking, candidates = asker.read(question)
    found = rivals.features(asking, candidates, list(map(ranking.same_answer, candidates)))
    assert len(found) == len(candidates)
    for candidate, features in zip(candidates, found, strict=True):
        labels = [asker.facts.events[iri].label for iri in candidate.events if iri in asker.facts.events]
        if candidate.family == "event" and candidate.projection == projection and labels == [title]:
            return features
    raise AssertionError(title)


def test_activities_that_fit_as_well_are_counted(asker: Asker) -> None:
    """Two seminars were in Vilnius, on other days; one activity is on new payment methods."""
    title = "Training seminar on on-line child abuse investigation and victim identification, Vilnius"
    either = others(asker, "When was the seminar in Vilnius?", title, "when")
    assert either["rivals"] == either["rivals by name"] == either["rival answers"] == 1 and either["rival"] == 1.0
    one = others(asker, "When was the seminar in Vilnius on child abuse on the internet?", title, "when")
    assert one["rivals"] == one["rival answers"] == 0 and one["rival"] < 1.0


@pytest.mark.parametrize("question", ["How many staff does the SPMU have?", "Which decisions recall MC.DEC/3/05?"])
def test_what_is_on_no_activity_has_no_rivals(asker: Asker, question: str) -> None:
    """A count of staff or a decision is on none."""
    asking, candidates = asker.read(question)
    found = rivals.features(asking, candidates, list(map(ranking.same_answer, candidates)))
    kinds = {candidate.family: features for candidate, features in zip(candidates, found, strict=True)}
    assert {"tally", "paper"} & kinds.keys() and any(found)
    assert all(not kinds.get(family) for family in ("tally", "paper", "phrase"))


def test_the_words_of_a_title_single_an_activity_out(asker: Asker) -> None:
    """Also where the question is asked once more without them."""
    question = 'Who taught at the seminar "Criminal Assets Seizure and Asset Recovery from Drug Dealers"?'
    event = "Criminal Assets Seizure and Asset Recovery from Drug Dealers"
    assert others(asker, question, event, "role:trainers")["rivals"] == 0


@pytest.mark.parametrize(
    "question",
    [
        # Four activities in Pristina have their own organizers each.
        "Who organized the training in Pristina?",
        # A seminar of three days, and a round table on the last of them.
        "When was the September event in Kiev?",
        "Who funded the SPMU workshop?",
        # No place is told, and the chapters that name it are none.
        "Where is CARICC?",
    ],
)
def test_what_leaves_open_which_is_meant_is_asked_back(asker: Asker, question: str) -> None:
    """What several activities tell together is no answer on one of them."""
    assert asker.ask(question).status in (UNCLEAR, NOT_UNDERSTOOD)


@pytest.mark.parametrize(
    ("question", "readings"),
    [
        ("Who organized the training in Pristina?", 2),
        ("When was the September event in Kiev?", 2),
    ],
)
def test_each_activity_can_be_chosen(asker: Asker, question: str, readings: int) -> None:
    """Where one is asked for, and several fit, each is a choice, and its answer is on that one alone."""
    asked = asker.ask(question)
    titles = {event.label: iri for iri, event in asker.facts.events.items()}
    each = [number for number, hint in enumerate(asked.hints, start=1) if hint.partition(": ")[2] in titles]
    assert len(each) >= readings and asked.choices == len(asked.hints)
    for number in each:
        chosen = asker.choose(question, number)
        assert chosen.answer and chosen.about == {titles[asked.hints[number - 1].partition(": ")[2]]}


@pytest.mark.parametrize(
    ("question", "one"),
    [
        ("Who paid for the seminar in Kiev?", True),
        ("When was the OSCE study visit to the UK?", True),
        ("Who organized the workshops on training?", False),
        ("Who paid for the SPMU's activities on training?", False),
        ("Which bodies attended the events of the regional forum?", False),
        ("Who attended any training?", False),
    ],
)
def test_one_activity_is_told_from_several(question: str, one: bool) -> None:
    """By the word for its kind behind "the"; what several of them are on is no activity."""
    assert one_meant.names_one(question) == one


@pytest.mark.parametrize("structure", ["OSCE Mission in Kosovo", "OSCE Office in Tajikistan", "OSCE Office in Baku"])
@pytest.mark.parametrize("category", ["national", "local", "international"])
def test_a_part_of_the_staff_is_not_all_of_it(asker: Asker, structure: str, category: str) -> None:
    """The reading on that part is there, and all together are never the answer."""
    question = f"How many {category} staff does the {structure} have to fight international crime?"
    told = {candidate.projection: candidate.answer for candidate in asker.read(question)[1] if candidate.family == "tally"}
    part = told[f"{category.replace('local', 'national')} staff"]
    total = sum(asker.ask(f"How many staff does the {structure} have?").answer)
    asked = asker.ask(question)
    assert 0 < part[0] < total and asked.answer in ([], part)


def test_who_has_most_of_all_staff_has_not_most_of_a_part(asker: Asker) -> None:
    """Tajikistan has most of all, Kosovo most national ones."""
    assert "OSCE Office in Tajikistan" in asker.ask("Which field operation has the most staff?").answer
    assert "OSCE Office in Tajikistan" not in asker.ask("Which field operation has the most national staff?").answer


def test_of_no_categories_there_is_no_part(asker: Asker) -> None:
    """The report tells the staff of the SPMU by one number."""
    asked = asker.ask("How many national staff does the SPMU have?")
    assert asked.status != ANSWERED and not asked.answer


def test_the_pieces_of_a_question_are_bounded(asker: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is beyond is not read, however often one asks; each question begins anew."""
    asker.ask(THREE)
    assert len(asker._pieces()) > 1
    other = "Which decisions does PC.DEC/810 recall, in the words of Appendix 1?"
    free = asker.ask(other).as_dict()
    read: list[str] = []
    monkeypatch.setattr(asker, "_last_read", lambda text: read.append(text) or asker._read(text))
    monkeypatch.setattr(whole, "MOST_READ", len(THREE) + 10)
    asker._last_ranked.cache_clear()
    asker.ask(THREE)
    assert set(read) == {THREE} == {*asker._pieces()}
    assert asker.ask(other).as_dict() == free
    assert THREE not in asker._pieces()


def test_so_many_readings_are_weighed(asker: Asker, monkeypatch: pytest.MonkeyPatch) -> None:
    """A piece is not read if those before it have too many readings."""
    asker.ask(THREE)
    assert len(asker._pieces()) > 1 and all(asker._pieces().values())
    monkeypatch.setattr(whole, "MOST_WEIGHED", 0)
    asker.ask(THREE)
    assert len(asker._pieces()) == 1


def test_pieces_are_those_of_one_thread(asker: Asker) -> None:
    """What another visitor asks at the same time does not count."""
    asker.ask(THREE)
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(asker._pieces).result() == {}
    assert asker._pieces()


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("What\u2019s UNODC?", ["United Nations Office on Drugs and Crime"]),
        ("What's UNODC?", ["United Nations Office on Drugs and Crime"]),
        ("whats unodc", ["United Nations Office on Drugs and Crime"]),
        (
            "What is the OSR/CTHB?",
            ["Office of the Special Representative and Co-ordinator for Combating Trafficking in Human Beings"],
        ),
        ("What is the Egmont Group of Financial Intelligence Units?", []),
    ],
)
def test_what_is_short_is_written_out(asker: Asker, question: str, answer: list[str]) -> None:
    """A name that is no acronym is not told again as if that were the answer."""
    asked = asker.ask(question)
    assert (asked.answer == answer and asked.confidence == ranked.PLAIN) if answer else asked.confidence != ranked.PLAIN


@pytest.mark.parametrize("before", ["seminar", "training course called", "round table on", "event titled", ""])
def test_what_an_activity_is_called_before_its_title_says_nothing(asker: Asker, before: str) -> None:
    """One kind, and that it is called so; of two kinds the first one is another thing."""
    title = '"Criminal Assets Seizure and Asset Recovery from Drug Dealers"'
    assert asker.ask(f"When was the {before} {title}?").answer == ["2011-09-06", "2011-09-08"]
    assert asker.ask(f"When was the project meeting on {title}?").confidence != ranked.PLAIN


@pytest.mark.parametrize(
    ("status", "answer", "kind"),
    [(UNCLEAR, [], "right"), (NOT_UNDERSTOOD, [], "right"), (SILENT, [], "wrong"), (ANSWERED, ["IOM"], "wrong")],
)
def test_what_is_to_be_asked_back_is_scored(asker: Asker, status: str, answer: list[str], kind: str) -> None:
    """To call the report silent is as wrong as an answer."""
    module = scorer.module()
    item = {"status": module.AMBIGUOUS, "answer": [], "question": "Who paid?"}
    assert module.Keys(asker).score(item, status, answer) == kind


@pytest.mark.parametrize(
    ("small", "large"),
    [
        ("which units worked with unodc?", "Which units worked with UNODC?"),
        ("what did the spmu do with iom?", "What did the SPMU do with IOM?"),
        ("did odihr and the osr/cthb ever work together?", "Did ODIHR and the OSR/CTHB ever work together?"),
    ],
)
def test_acronyms_in_small_letters_are_names(asker: Asker, small: str, large: str) -> None:
    """They get the same answer."""
    asked = asker.ask(small)
    assert asked.status == ANSWERED and asked.answer == asker.ask(large).answer


@pytest.mark.parametrize("question", ["Which team led the course?", "Who told us of it?", "What did they pin on a tag?"])
def test_words_that_are_acronyms_too_are_no_names(asker: Asker, question: str) -> None:
    """The Law Enforcement Department, the United States and People in Need are not meant."""
    assert asker.linker.link(question).links == []


def test_a_reason_is_told_where_it_is_a_fact(asker: Asker) -> None:
    """Of a project that ended early; of other things no reason is made up."""
    assert asker.ask("Why did the Belarus border guard project end early?").answer == ["closure of the OSCE's Minsk office"]
    for question in ("Why did the OSCE do it?", "Why was the seminar in Kiev held?", "Why did the SPMU work with UNODC?"):
        asked = asker.ask(question)
        assert asked.status == NOT_UNDERSTOOD and not asked.answer


def test_towns_stand_for_field_operations(asker: Asker) -> None:
    """Six are called by their towns; the others by states and territories, which act themselves."""
    assert sorted(asked_seats.seats(asker.directory)) == ["Ashgabat", "Astana", "Baku", "Bishkek", "Skopje", "Yerevan"]


@pytest.mark.parametrize(
    ("town", "operation"),
    [
        ("What did Baku do in October?", "What did the OSCE Office in Baku do in October?"),
        ("what did yerevan do with the ILO?", "what did the OSCE Office in Yerevan do with the ILO?"),
        ("partners of Astana", "partners of the OSCE Centre in Astana"),
        ("Which units worked with Bishkek on drugs?", "Which units worked with the OSCE Centre in Bishkek on drugs?"),
    ],
)
def test_a_town_that_acts_is_its_field_operation(asker: Asker, town: str, operation: str) -> None:
    """It gets the same answer, and keeps its own words."""
    asked, same = asker.ask(town), asker.ask(operation)
    assert asked.question == town
    assert (asked.status, asked.answer, asked.reading) == (same.status, same.answer, same.reading)
    if asked.choices:
        assert asker.choose(town, 1).answer == asker.choose(operation, 1).answer


@pytest.mark.parametrize(
    "question",
    [
        "What happened in Baku in October?",
        "Who came to the Baku conference?",
        "What did the Office in Baku do in October?",
        "What did Serbia do in April?",
        "Which units worked with Bishkek Police Academy?",
        "Who works in Skopje?",
    ],
)
def test_a_town_where_something_was_is_a_town(asker: Asker, question: str) -> None:
    """So is a part of a name."""
    assert asked_seats.as_operations(question, asked_seats.seats(asker.directory)) == question


@pytest.mark.parametrize(("acronym", "printed"), [("ICITAP", "ICITAP"), ("FRONTEX", "FRONTEX"), ("PAMECA", "PAMECA III")])
def test_a_name_that_is_not_from_the_report_says_so(asker: Asker, acronym: str, printed: str) -> None:
    """Only the short one stands there; of others nothing is said."""
    assert f"prints only {printed}:" in "".join(asker.ask(f"What does {acronym} stand for?").hints)
    assert asker.ask("What does UNODC stand for?").hints == []


def test_an_activity_on_laws_is_no_law(asker: Asker) -> None:
    """The four are told, and not the support that they had; of one that is told by no detail nothing is made up."""
    four = asker.ask("Which draft laws and laws did the OSCE Mission in Kosovo help working groups with?")
    assert len(four.answer) == 4 and all("Law" in value for value in four.answer)
    titles = {event.label for event in asker.facts.events.values()}
    assert not titles & set(map(str, asker.ask("Which law did ODIHR review for Moldova?").answer))


def test_one_activity_is_not_scored_as_two(asker: Asker) -> None:
    """Its words may fit both titles of a key."""
    keys = scorer.module().Keys(asker)
    titles = ["Profiling Training Course", "Forged Documents Training Course"]
    item = {"status": "answered", "answer": titles, "question": "Which courses on border management were held?"}
    assert keys.score(item, ANSWERED, titles) == "right"
    assert keys.score(item, ANSWERED, titles[:1]) == keys.score(item, ANSWERED, titles[1:]) == "wrong"
