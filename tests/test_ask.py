"""Questions in plain words: what is linked, read, answered, and which kind of no is given."""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from oscegraph import query
from oscegraph.api import Oscegraph
from oscegraph.asking import ask, asked_days, asked_forms, phrases, wording
from oscegraph.asking.ask import ANSWERED, EXCLUDED, NOT_UNDERSTOOD, OUTSIDE, SILENT, UNCLEAR, UNKNOWN, Asker
from oscegraph.cli import cli

Run = Callable[..., Result]
ROOT = Path(__file__).resolve().parent.parent


def _module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_questions", ROOT / "scripts" / "score_questions.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_questions"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def asker(graph: Oscegraph) -> Asker:
    """An asker over the packaged graph."""
    return Asker(graph.store, graph.directory)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who funded the Linux-based cybercrime course held in Belgrade in November 2011?", ["Finland"]),
        ("the cybercrime course using Linux in Belgrade: by whom was it financed, please", ["Finland"]),
        ("Was the Advanced IT Forensics course in Wiesbaden financed by the United States?", [True]),
        ("Was the Advanced IT Forensics course in Wiesbaden financed by Norway?", [False]),
        ("Did ODIHR and the OSR/CTHB ever work together?", [False]),
        ("Did the SPMU and the ATU work together?", [True]),
        ("How many staff members of the Action against Terrorism Unit were involved?", [5]),
        ("How many people took part in the Kiev seminar of 6-8 September on asset recovery from drug dealers?", [80]),
        ("On what decisions does the cyber security conference of May 2011 rest?", ["PC.DEC/991", "PC.DEC/992"]),
        ("When was the FIU Development Workshop?", ["2011-07-14", "2011-07-15"]),
        ("In which chapters is the FIU Development Workshop of 14-15 July told?", ["II.1.4", "II.3.10"]),
        ("EUBAM - where in the report?", ["II.1.3", "II.3.6"]),
        (
            "Which countries attended the Nordic Mule training of 28-30 November?",
            ["Albania", "Montenegro", "Bosnia and Herzegovina", "Croatia", "North Macedonia", "Serbia"],
        ),
        ("Who co-organized the Vienna confrence of 16-17 June on drug trafficking and border security with the SPMU?", None),
    ],
)
def test_answers(asker: Asker, question: str, answer: list | None) -> None:
    """Questions of many kinds, in other word orders and with typing errors, get their answer, and each row its place."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED, (asked.status, asked.hints)
    if answer is not None:
        assert sorted(map(str, asked.answer)) == sorted(map(str, answer))
    assert asked.reading and asked.confidence >= ask.SURE
    assert asked.answer in ([False],) or asked.evidence
    assert all(item["lines"][0] <= item["lines"][1] and item["chapter"] for item in asked.evidence)


@pytest.mark.parametrize(
    ("question", "status"),
    [
        ("How much did the Bishkek Customs Academy project cost, in euros?", OUTSIDE),
        ("Who took part in the events of the Office in Yerevan in 2015?", OUTSIDE),
        ("What did MONEYVAL do together with the ATU?", UNKNOWN),
        ("With whom did AFRIPOL work in Baku?", UNKNOWN),
        ("Who financed the controlled delivery course of 13-17 June in Montenegro?", SILENT),
        ("With whom did the SPMU work in Lisbon?", EXCLUDED),
        ("Why is the sky blue?", NOT_UNDERSTOOD),
        ("", NOT_UNDERSTOOD),
        ("???", NOT_UNDERSTOOD),
        ("Welche Einrichtungen gab es dort?", NOT_UNDERSTOOD),
    ],
)
def test_each_kind_of_no(asker: Asker, question: str, status: str) -> None:
    """What cannot be answered is not: the kinds of no are told apart, and say what to do."""
    asked = asker.ask(question)
    assert (asked.status, asked.answer) == (status, [])
    assert asked.hints or status == SILENT


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("At whose expense was the computer forensics workshop of 2-3 June in Belgrade held?", ["Norway"]),
        ("Did Turkey's TADOC help with the controlled delivery course in Montenegro in June?", [True]),
        ("How many more people came to the Kiev asset recovery seminar than to the Vilnius anti-corruption seminar?", [20]),
        ("How many seminar participants were there at the anti-corruption seminar in Vilnius in March?", [60]),
        ("Where did the trainers of the April profiling course in Montenegro come from?", ["Sweden"]),
        ("Was the SPMU course in Wiesbaden funded by the United States?", [True]),
    ],
)
def test_other_ways_to_say_it(asker: Asker, question: str, answer: list) -> None:
    """Everyday words, bodies with their state, two numbers compared, and whom a passive question asks about."""
    assert asker.ask(question).answer == answer


@pytest.mark.parametrize(
    "question",
    [
        "Why was the FIU Development Workshop held in Yerevan?",
        "How did the SPMU help with the Wiesbaden course?",
        "Who organized the Vilnius anti-corruption seminar and who attended it?",
        "Which two countries funded the Nordic Mule training of 28-30 November?",
        "Did the Council of Europe host the Octopus Conference in Yerevan?",
        "Which regional organizations were at the Vienna cyber security conference in May?",
        "Which Lithuanian authority co-hosted the anti-corruption seminar in Vilnius?",
    ],
)
def test_what_is_not_asked_by_a_query_is_not_answered(asker: Asker, question: str) -> None:
    """Reasons, two questions in one, another number of answers, another place, another state: no answer."""
    assert asker.ask(question).status != ANSWERED


def test_an_unsure_reading_is_asked_back(asker: Asker) -> None:
    """Words that no reading accounts for lead to candidates, not to an answer."""
    asked = asker.ask("Which seminars did the ATU hold with firefighters in Vienna?")
    assert asked.status == UNCLEAR and asked.hints


def test_an_activity_that_is_not_clear_is_asked_back(asker: Asker) -> None:
    """Of two activities that fit alike neither is taken; both are named."""
    asked = asker.ask("Who organized the pilot training on human rights-compliant investigations?")
    assert asked.status == UNCLEAR and len(asked.hints) > 1 and all("Pilot training" in hint for hint in asked.hints[:2])


def test_a_name_that_several_bear_is_asked_back(asker: Asker) -> None:
    """Whose ministry is meant is asked, not guessed."""
    asked = asker.ask("With whom did the MoI work in Vienna?")
    assert asked.status == UNCLEAR and any(
        "Serbia" in hint or "Kazakhstan" in hint or "Interior" in hint for hint in asked.hints
    )


def test_scores_on_our_own_questions_do_not_fall(asker: Asker) -> None:
    """On 430 questions made from the text: at least so many right, at most so many wrong or too long."""
    found = _module().scores(asker)
    for aside, of, least, most in ((False, 330, 216, 18), (True, 100, 47, 14)):
        counts = found[aside]
        assert sum(counts.values()) == of
        assert counts["right"] >= least and counts["wrong"] + counts["more than asked"] <= most


def test_the_documentation_shows_the_scores(asker: Asker) -> None:
    """The table in docs/ask.md is what the script prints."""
    page = (ROOT / "docs" / "ask.md").read_text(encoding="utf-8")
    module = _module()
    for aside, counts in module.scores(asker).items():
        assert module.line(aside, counts) in page


def test_every_phrase_can_be_asked(asker: Asker) -> None:
    """Cues are known, slots exist, columns are those of the query, parameters too."""
    known = {cue for names in wording.cues().values() for cue in names} | {cue for _, cue in wording.cue_phrases()}
    known |= {"typed", "[role]"}
    slots = {
        "activity",
        "actor",
        "other",
        "also",
        "by",
        "instrument",
        "recalled",
        "chapter",
        "theme",
        "where",
        "organ",
        "year",
    }
    slots |= {"number", "filter", "figure", "provision", "statement", "osce", "demonym"}
    assert len(phrases.catalogue()) > 100
    for phrase in phrases.catalogue():
        names = {parameter.name for parameter in phrase.query.parameters}
        assert {cue for one in phrase.cues for cue in one} <= known, phrase
        assert set(phrase.slots) <= slots and set(phrase.fixed) <= names, phrase
        assert phrase.form in asked_forms.FORMS, phrase
        columns = {part for column in phrase.columns for part in column.split("|")} - {"itself"}
        assert all(f"?{column}" in phrase.query.text for column in columns), phrase


def test_answers_carry_the_query_that_gave_them(asker: Asker, graph: Oscegraph) -> None:
    """The SPARQL of an answer, run as it stands, has the rows of its evidence."""
    asked = asker.ask("Who funded the Linux-based cybercrime course held in Belgrade in November 2011?")
    columns, rows = graph.store.select(asked.sparql)
    named = [dict(zip(columns, map(query.plain, row), strict=True)) for row in rows]
    assert {row["actorLabel"] for row in named} == set(asked.answer)


@pytest.mark.parametrize(
    ("text", "start", "end", "exact"),
    [
        ("on 14-18 November", "2011-11-14", "2011-11-18", True),
        ("on the 3rd of June 2011", "2011-06-03", "2011-06-03", True),
        ("2011-10-31", "2011-10-31", "2011-10-31", True),
        ("in March", "2011-03-01", "2011-03-31", False),
        ("in the second half of 2011", "2011-07-01", "2011-12-31", False),
        ("in the first quarter", "2011-01-01", "2011-03-31", False),
        ("between July and September", "2011-07-01", "2011-09-30", False),
        ("in spring", "2011-03-01", "2011-05-31", False),
    ],
)
def test_dates_and_periods(text: str, start: str, end: str, exact: bool) -> None:
    """Days, months, halves, quarters, seasons and spans are read."""
    days, _, other = asked_days.read_days(text)
    assert days == asked_days.Days(*map(date.fromisoformat, (start, end)), exact) and other is None


@pytest.mark.parametrize("text", ["on 31 February", "2011-13-45", "it may rain", "10-5 March of plenty", "nothing"])
def test_days_that_do_not_exist(text: str) -> None:
    """A day that does not exist is no day; what else the words name is left."""
    days, _, _ = asked_days.read_days(text)
    assert days is None or not days.exact


WORDS = ["who", "when", "UNODC", "SPMU", "Vienna", "(", '"', "'", "II.3.99", "MC.DEC/", "31", "February", "{{7*7}}"]
WORDS += ["<script>", "drop", "half", "of", "and", "the", "in", "May", "chapter", "how", "many"]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)))
def test_any_text_gets_a_status(asker: Asker, text: str) -> None:
    """Nothing that can be typed breaks it."""
    asked = asker.ask(text)
    assert asked.status in (ANSWERED, SILENT, EXCLUDED, UNKNOWN, OUTSIDE, UNCLEAR, NOT_UNDERSTOOD)
    assert json.dumps(asked.as_dict())


def test_mistyped_questions_never_break_it(asker: Asker) -> None:
    """A thousand of our questions with letters changed: a status each, no error."""
    generator = random.Random(3)
    texts = [item["question"] for item in _module().read()]
    for _ in range(1000):
        letters = list(generator.choice(texts))
        for _ in range(4):
            letters[generator.randrange(len(letters))] = generator.choice("abcdefghijklmnopqrstuvwxyz ?.\"'0123456789")
        assert asker.ask("".join(letters)).status


def test_the_command_answers(run: Run) -> None:
    """Table, JSON and exit codes: 0 answered, 1 no answer."""
    result = run("ask", "Who funded the Linux-based cybercrime course held in Belgrade in November 2011?", "--sparql")
    assert result.exit_code == 0 and "Finland" in result.stdout and "II.1.1" in result.stdout and "SELECT" in result.stdout
    result = run("ask", "How much did it cost?", "--format", "json")
    said = json.loads(result.stdout)
    assert result.exit_code == 1 and set(said) >= {"question", "reading", "status", "answer", "evidence", "sparql"}


@pytest.mark.parametrize("format_name", ["table", "md", "csv", "json", "jsonl"])
def test_every_format(run: Run, format_name: str) -> None:
    """Each format can be printed."""
    assert run("ask", "Did the SPMU and the ATU work together?", "--format", format_name).exit_code == 0


def test_questions_line_by_line() -> None:
    """Without a question, lines are read and answered one after the other."""
    lines = "When was the FIU Development Workshop?\n\nWhy is the sky blue?\n"
    result = CliRunner().invoke(cli, ["ask"], input=lines)
    assert result.exit_code == 0
    assert result.stdout.index("2011-07-14") < result.stdout.index("not understood")
