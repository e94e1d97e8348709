"""Questions in plain words: one question on each of several things, two activities compared, the index of words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import scorer
from oscegraph.asking import asked_each, checking, detail_fits, lines, retrieval, side_by_side
from oscegraph.asking.ask import Asker
from oscegraph.asking.asked import ANSWERED, Asked
from oscegraph.asking.postings import Postings

# ---------------------------------------------------------------- one question on each of several things


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("How many people came to the talks on arms, on drugs and on forgery?", ("arms", "drugs", "forgery")),
        ("Whom did it meet on 2-3 May, 4 June and 5 July 2011? One row per day.", ("2-3 May", "4 June", "5 July 2011")),
        (
            "Who paid for each of its courses: the one in Nis, that in Bar and the one in Kotor?",
            ("one in Nis", "Bar", "one in Kotor"),
        ),
        ("Who ran (a) the visit to Oslo and (b) the talk in Bergen?", ("visit to Oslo", "talk in Bergen")),
        ("How many did the offices in Oslo and Bergen each send?", ("Oslo", "Bergen")),
        ("How many in all came to the talks in Oslo, in Bergen and in Bodo?", None),
        (
            "Who paid for the talks held in all seasons: in Oslo, in Bergen and in Bodo?",
            ("Oslo", "Bergen", "Bodo"),
        ),
        # Not two things: what both have, what is asked twice, what may be either, one thing with a long name.
        ("Which towns did both the talk in Oslo and the visit to Bergen name?", None),
        ("Who paid for it: Norway, Sweden or Finland?", None),
        ("When and where did it take place, and who paid?", None),
        ("Who came to Oslo?", None),
        ("", None),
    ],
)
def test_what_is_listed_is_asked_one_by_one(text: str, items: tuple[str, ...] | None) -> None:
    """The items of a list are found, whatever stands before and behind it."""
    ways = asked_each.listed(text)
    assert (ways[0].items if ways else None) == items
    for way in ways:
        assert len(way.items) == len(way.questions) == len(set(way.questions))
        for item, question in zip(way.items, way.questions, strict=True):
            assert item in question
            assert not any(other in question for other in way.items if other not in item and item not in other)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        (
            "By whom were the SPMU's cybercrime trainings of 2-3 June, 10-14 October and 14-18 November 2011 paid for?",
            [["2011-06-02", "Norway"], ["2011-10-10", "United States"], ["2011-11-14", "Finland"]],
        ),
        (
            "How does the report spell out the abbreviations HIDAA, OCAS, OPDAT and NCDC?",
            [["HIDAA", "High Inspectorate for the Declaration and Audit of Assets"], ["OCAS"], ["OPDAT"], ["NCDC"]],
        ),
        (
            "How many trainees did the Mission to Montenegro's courses on informants handling, on profiling and on forged "
            "documents have?",
            [["informants handling", 10], ["profiling", 13], ["forged documents", 20]],
        ),
    ],
)
def test_each_thing_has_its_row_with_evidence(asker: Asker, question: str, rows: list[list[Any]]) -> None:
    """The row of each thing begins with it; the evidence and the queries are those of all of them."""
    asked = asker.ask(question)
    assert asked.status == ANSWERED and len(asked.answer) == len(rows)
    for row, wanted in zip(asked.answer, rows, strict=True):
        assert row[0] == wanted[0] and all(any(str(value) in str(held) for held in row) for value in wanted)
    assert asked.reading.count(";") >= len(rows) - 1
    assert (
        asked.sparql.count("#+ question:") >= 1 and len(asked.evidence) >= len({str(e["lines"]) for e in asked.evidence}) > 0
    )


def test_what_is_not_told_of_one_is_not_answered_for_the_others(asker: Asker) -> None:
    """A table with a guess in it is worse than none."""
    asked = asker.ask(
        "Who paid for the Linux course in Belgrade, for the zebra parade in Narvik and for the moon landing of June?"
    )
    assert asked.status != ANSWERED or not asked.whole


# ---------------------------------------------------------------- two activities compared


@pytest.mark.parametrize(
    ("question", "projection", "answer"),
    [
        (
            "Which States are named both for the Chisinau workshop on terrorist financing and for the Kiev round table on "
            "new payment methods?",
            "both:attendees",
            ["Moldova", "Romania", "Ukraine"],
        ),
        (
            "Which State sent investigators to the forensics course in Wiesbaden but not to the computer forensics workshop "
            "in Belgrade?",
            "first only:attendees",
            ["Albania"],
        ),
    ],
)
def test_two_activities_are_compared(asker: Asker, question: str, projection: str, answer: list[str]) -> None:
    """Whom both have, and whom only one of them has, are among what a question may ask."""
    found = [(c.projection, c.answer) for c in asker.read(question)[1] if c.family == "two"]
    assert answer in [answers for _, answers in found], found
    # Which of the two comes first is for the words of the question to say.
    which, _, role = projection.partition(":")
    alike = {which} if which == "both" else {"first only", "second only"}
    assert answer in [answers for name, answers in found if name in {f"{one}:{role}" for one in alike}], found


def test_nothing_is_compared_where_nothing_asks_for_it(asker: Asker) -> None:
    """A plain question has no candidate on two activities."""
    question = "Who funded the Linux-based cybercrime course held in Belgrade in November 2011?"
    assert not [c for c in asker.read(question)[1] if c.family == "two"]


# ---------------------------------------------------------------- decisions


def test_decisions_are_found_by_bare_numbers(asker: Asker) -> None:
    """In "decisions 3/05, 5/06 and 2/09" each number names one; elsewhere a fraction is no decision."""
    links = asker.read("Where were the Ministerial Council decisions 3/05, 5/06 and 2/09 adopted?")[0].links
    assert {link.thing.names["symbol"][0] for link in links if link.thing.names.get("symbol")} == {
        "MC.DEC/3/05",
        "MC.DEC/5/06",
        "MC.DEC/2/09",
    }
    assert not [link for link in asker.read("Who came on 3/05 to Kiev?")[0].links if link.thing.names.get("symbol")]


def test_decisions_that_an_appendix_leaves_out(asker: Asker) -> None:
    """What chapter II cites and Appendix 1 does not have is one of the sets of decisions."""
    candidates = asker.read("Which decisions are cited in chapter II but not in Appendix 1?")[1]
    assert ["PC.DEC/991", "PC.DEC/992"] in [sorted(c.answer) for c in candidates if c.projection == "papers"]


# ---------------------------------------------------------------- the index


def test_the_index_finds_what_looking_at_each_detail_finds(asker: Asker) -> None:
    """For real questions: what each detail and its activities bear of the words is the same with the index as without."""
    facts, index = asker.facts, asker.facts.postings
    seen = 0
    for item in scorer.module().read("training.jsonl")[::450]:
        question = asker.read(item["question"])[0]
        weights = {t.word.stem: facts.detail_weights.get(t.word.stem, retrieval.STRANGE) for t in question.tokens}
        words, wide = detail_fits._borne(facts, weights)
        for number, iri in enumerate(index.iris):
            detail = facts.details[iri]
            mine = sum(weight for stem, weight in weights.items() if stem in detail.bag)
            around = sum(weight for stem, weight in weights.items() if stem in detail.wide and stem not in detail.bag)
            assert words.get(number, 0.0) == pytest.approx(mine) and wide.get(number, 0.0) == pytest.approx(around)
            seen += mine > 0
    assert seen > 1000


def test_the_index_survives_being_written(asker: Asker) -> None:
    """What is read again is what was written."""
    index = asker.facts.postings
    again = Postings.load(index.dump())
    assert again.iris == index.iris and again.described == index.described and again.full == index.full
    assert {word: list(again.bag[word]) for word in again.bag} == {word: list(index.bag[word]) for word in index.bag}


def test_members_are_read_one_by_one() -> None:
    """Each member of the object is there by its key, quotes and line breaks included; what is not there is missing."""
    members = {"plain": [1, 2], 'with "quotes"': {"a": "b\nc"}, "": None, "last": "é"}
    held = lines.Lines(lines.dump(members))
    assert dict(held) == members and len(held) == 4 and "none" not in held
    with pytest.raises(KeyError):
        held["none"]


# ---------------------------------------------------------------- what counts as the same answer


@pytest.mark.parametrize(
    ("wanted", "given", "kind"),
    [
        ([["a town", "2 May"]], [["Ganja", "2011-05-02"]], "wrong"),
        ([["SPMU", "organizer"]], [["Strategic Police Matters Unit", "organizer"]], "right"),
        ([["SPMU", "sponsor"]], [["Strategic Police Matters Unit", "funder"]], "right"),
        ([["SPMU", "host"]], [["Strategic Police Matters Unit", "funder"]], "wrong"),
        # One row for each partner, or one for all of them.
        (
            [["2011-05-02", "IOM"], ["2011-05-02", "UNODC"]],
            [["2011-05-02", "International Organization for Migration", "UNODC"]],
            "right",
        ),
        ([["2011-05-02", "IOM"]], [["2011-05-02", "IOM"], ["2011-05-03", "UNODC"]], "more than asked"),
        ([["No. 3/11", "Vilnius"]], [["MC.DEC/3/11", "Vilnius"]], "right"),
        ([["No. 3/11", "Vilnius"]], [["MC.DEC/5/06", "Vilnius"]], "wrong"),
        ([["officers", 450]], [["officers", "about 450"]], "right"),
    ],
)
def test_rows_are_compared_by_what_they_say(asker: Asker, wanted: list[Any], given: list[Any], kind: str) -> None:
    """Roles by any word for them, decisions by number, one row for several partners."""
    keys = scorer.module().Keys(asker)
    assert keys.score({"status": "answered", "question": "", "answer": wanted}, ANSWERED, given) == kind


# ---------------------------------------------------------------- claims


@pytest.mark.parametrize(
    ("question", "title", "holds", "fails"),
    [
        (
            "Was the second ODIHR course on human rights in countering terrorism in Sarajevo organized with the ATU?",
            "Second training course on human rights",
            ["claims partly"],
            ["claims hold"],
        ),
        (
            "Was the first workshop on the FRONTEX manual held in Cesena on 23-24 February?",
            "First workshop on the FRONTEX",
            ["places there", "days then"],
            ["claims fail"],
        ),
        (
            "Was the first workshop on the FRONTEX manual held in Rome on 3 June?",
            "First workshop on the FRONTEX",
            ["places elsewhere", "days another time"],
            ["days then", "claims hold"],
        ),
    ],
)
def test_claims_are_checked_one_by_one(asker: Asker, question: str, title: str, holds: list[str], fails: list[str]) -> None:
    """For an activity that may be meant: whether who, where and when hold."""
    read, candidates = asker.read(question)
    meant = [c for c in candidates if c.hit and c.hit.event.label.startswith(title)]
    assert meant
    for candidate in meant:
        found = {name.partition(":")[2] for name in checking.features(read, candidate, "polar")}
        assert set(holds) <= found and found.isdisjoint(fails), found


# ---------------------------------------------------------------- rows for what is listed


def _rows(question: str, told: list[tuple[list[Any], float]]) -> list[Any] | None:
    """Return the rows that are made of answers, each with how sure it is, to a question on as many things."""
    way = asked_each.Each(tuple(f"talk {i}" for i in range(len(told))), tuple(f"What of {i}?" for i in range(len(told))))

    def ask(text: str, **_: object) -> Asked:
        number = int(text.strip("What of?"))
        answer, sure = told[number]
        one = Asked(text, ANSWERED, f"reading {number}", answer, confidence=sure)
        one.about, one.days = frozenset({f"event {number}"}), [(date(2011, 6, 2 + number), date(2011, 6, 3 + number))]
        return one

    asked = side_by_side.each(question, way, ask, False)
    return asked.answer if asked else None


def test_days_are_told_once() -> None:
    """Days that are asked for beside something else stand in each row, unless the answers tell them in any form."""
    assert _rows("On which days were they, and how many came?", [([5], 0.9), ([7], 0.9)]) == [
        ["talk 0", "2011-06-02", "2011-06-03", 5],
        ["talk 1", "2011-06-03", "2011-06-04", 7],
    ]
    assert _rows("On which days were they?", [(["2011-06-02"], 0.9), (["2011-06-03"], 0.9)]) == [
        ["talk 0", "2011-06-02"],
        ["talk 1", "2011-06-03"],
    ]
    assert _rows("In which month was each?", [(["June"], 0.9), (["2011-06"], 0.9)]) == [
        ["talk 0", "June"],
        ["talk 1", "2011-06"],
    ]
    assert _rows("How many days did each last?", [([2], 0.9), ([3], 0.9)]) == [["talk 0", 2], ["talk 1", 3]]


def test_a_list_is_as_sure_as_its_items() -> None:
    """One that is hardly understood spoils the row, and so do several that are not sure enough on average."""
    assert _rows("How many came?", [([5], 0.95), ([7], 0.62)])
    assert _rows("How many came?", [([5], 0.99), ([7], 0.55)]) is None
    assert _rows("How many came?", [([5], 0.66), ([7], 0.66)]) is None
