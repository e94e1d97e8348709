"""Stage 10e: how well each phrase of the catalogue fits a question.

What the question says beyond the phrase lowers the confidence of the reading: confidence = 1 / (1 + 0.4 x), where x adds 1
for each thing that is asked and not answered and for each name that is no part of the reading, 0.9 for a "not", 2 for
another year, 0.8 for the share of words that do not fit an activity, and for each word that nothing accounts for what
`ask` says: that shows only in the rows of the answer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from oscegraph.asking import asked_forms, asked_roles, targets, wording
from oscegraph.asking.asked_links import Link, Linked
from oscegraph.asking.asked_names import AREAS, INSTRUMENTS
from oscegraph.asking.asked_types import TYPES
from oscegraph.asking.matching import Guess, Index, Said
from oscegraph.asking.phrases import Phrase, catalogue
from oscegraph.asking.slots import STATEMENTS, fill
from oscegraph.asking.wording import Word
from oscegraph.directory import Directory
from oscegraph.namespaces import OSG, expand

# If nobody had the role itself, who had the one beside it.
BESIDE = {"train": "speaker", "speak": "trainer", "host": "organizer", "sent": "facilitator", "visited": "beneficiary"}
# Cues that a reading has to answer wherever they stand; what else is asked for is the target of the question.
ASKING = frozenset(
    {"differ", "agree", "most", "least", "rank", "staff", "ratify", "signed", "outside_of", "recall", "adopt", "force"}
)
# In a question for yes or no these have to be part of the reading as well.
ASKING_POLAR = ASKING | {"decision", "task", "partner"}
_NOT = re.compile(r"\b(not|without|never|only|(?:more|less|fewer)\b.*\bthan)\b|n['’]t\b", re.IGNORECASE)
# Words for kinds of bodies that narrow a question wherever they stand.
_NARROW = frozenset({"ministries", "embassies", "courts", "academies", "companies", "ngos"})


@dataclass
class Reading:
    """A question as a phrase: with which values, what it leaves open, and what its answer has to be.

    `guesses` are the activity and its rivals; `excluded` the actors that the answer leaves out, because the question names
    them; `of_state` if they have to be of the states in `demonyms`; `open_words` those that nothing accounts for yet.
    """

    phrase: Phrase
    values: dict[str, Any]
    beyond: float
    guesses: list[Guess] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    excluded: set[str] = field(default_factory=set)
    demonyms: set[str] = field(default_factory=set)
    open_words: list[Word] = field(default_factory=list)
    of_state: bool = False
    beside: list[str] = field(default_factory=list)

    @property
    def confidence(self) -> float:
        """How sure the reading is, from 0 to 1."""
        return 1 / (1 + 0.4 * self.beyond)


@dataclass
class _Question:
    """A question as all phrases see it: its cues, what it asks for, the roles, and what it may mean."""

    index: Index
    linked: Linked
    cues: set[str]
    target: targets.Target
    roles: list[str]
    guesses: list[Guess]
    said: dict[str, tuple[Said, float] | None]

    @property
    def polar(self) -> bool:
        """Whether it is to be answered by yes or no."""
        return targets.is_polar(self.linked.text)


def read(index: Index, linked: Linked) -> list[Reading]:
    """Return all readings of a question, the surest first; of equals that with the most cues and slots."""
    cues = set(linked.cues)
    roles = asked_roles.roles(linked)
    if targets.is_polar(linked.text) and roles[:1] in (["attend"], ["takepart"]):
        # "Did it take part?" asks for any role.
        roles = []
    target = targets.read(linked)
    if not roles and targets.WHO in target.asked and (role := targets.origin(linked)):
        roles = [role]
    if (
        target.asked == {targets.ACTIVITY}
        and cues & {"recall", "task", "adopt"}
        and any(k.thing.cls in INSTRUMENTS for k in linked.links)
    ):
        target.asked.clear()
    if targets.ACTIVITY in target.asked:
        cues.add("activity")
    if target.types or (cues & TYPES.keys() and not target.asked):
        cues.add("typed")
    if roles[:1] == ["takepart"] and target.asked & {targets.ACTIVITY, targets.MANY}:
        # "In which activities did it take part?" asks for any role.
        roles = []
    said = {
        slot: index.statement(linked, cls, target.noun if slot == "figure" else "")
        for slot, cls in STATEMENTS.items()
        if _wants(slot, cues)
    }
    asked = _Question(index, linked, cues, target, roles, index.named(linked), said)
    found = [reading for phrase in catalogue() if _fits(phrase, target, cues) for reading in _read(asked, phrase)]
    return sorted(found, key=lambda r: (round(r.beyond, 4), -len(r.phrase.cues) - len(r.phrase.slots), r.phrase.query.name))


def _fits(phrase: Phrase, target: targets.Target, cues: set[str]) -> bool:
    """Whether a phrase answers with what is asked for."""
    if not target.allows(phrase.form, phrase.columns):
        return False
    asked = {cue for one in phrase.cues for cue in one & cues}
    if phrase.form in ("number", "sum", "count") and target.counted:
        # What is counted has to be what stands after "how many".
        counted = {
            targets.PEOPLE: bool(asked & {"people", "attend", "benefit", "train"}) or phrase.columns == ("number",),
            targets.ACTIVITY: "activity" in asked and "typed" not in asked,
            targets.WHO: bool(asked & {"typed", "partner", "units", "ratify", "signed", "outside_of"})
            or phrase.columns == ("number",),
            targets.CHAPTER: "chapter" in asked,
            targets.DECISION: "decision" in asked,
            "staff": "staff" in asked,
        }
        return counted.get(target.counted, True)
    if phrase.columns in (("number",), ("people",)):
        return True
    return not (phrase.form in ("number", "sum", "count") and target.noun and not target.counted)


def _wants(slot: str, cues: set[str]) -> bool:
    asked = {"figure": {"many", "when"}, "provision": {"decision", "task"}, "statement": {"partner", "withwhom", "support"}}
    return bool(asked[slot] & cues)


def _names(directory: Directory, iris: list[str]) -> set[str]:
    """Return the stems of all names of some things: words of them are accounted for."""
    things = [directory.things[iri] for iri in iris if iri in directory.things]
    return {w.stem for thing in things for name in (thing.label, *thing.aliases) for w in wording.words(name)}


def _read(asked: _Question, phrase: Phrase) -> Iterator[Reading]:
    index, linked, guesses = asked.index, asked.linked, asked.guesses
    about, by_role = "activity" in phrase.slots, frozenset({"[role]"}) in phrase.cues
    if asked.polar != (phrase.form in ("yes", "no")) or (by_role and not asked.roles):
        return
    if any(not one & asked.cues for one in phrase.cues if "[role]" not in one):
        return
    filled = fill(phrase, linked, asked.target, guesses, asked.said)
    if filled is None:
        return
    if about and phrase.form == "number" and not asked.target.counted:
        told = guesses[0].told
        if asked.target.noun not in told.stems | told.notes:
            return
    values, used = filled
    wanted = {cue for one in phrase.cues for cue in one & asked.cues}
    open_ = _open(asked, phrase, wanted, about, by_role)
    eaten = _names(index.directory, [link.thing.iri for link in used])
    if about:
        beyond, more = _of_activity(index, linked, guesses[0], used)
        eaten |= more
        # "training", "support" and the like may stand in the title.
        open_ -= {cue for w in linked.words if w.stem in guesses[0].told.titles for cue in wording.cues().get(w.plain, ())}
    else:
        beyond = _filters(linked, phrase, values, used, eaten if "instrument" in phrase.slots else set())
        if linked.days and "from" not in values and set(STATEMENTS) & set(phrase.slots):
            beyond -= 1.0
    for slot in STATEMENTS:
        if slot in phrase.slots and (fitting := asked.said.get(slot)):
            eaten |= fitting[0].stems
            open_.discard("role")
            beyond += 0.8 * (1 - fitting[1])
    if linked.chapters and "section" not in values:
        if "section" in phrase.parameters and len(linked.chapters) == 1:
            values["section"] = expand(f"sec:{linked.chapters[0]}")
        elif not (about and asked.polar):
            beyond += 0.5
    beyond += len(open_) + _years(linked, phrase, about)
    roles = [name for cue in asked.roles for name in asked_roles.ROLES[cue]]
    for name, value in phrase.fixed.items():
        values[name] = _fixed(value, roles, values)
    if by_role and "role" in phrase.parameters and "role" not in values:
        values["role"] = _fixed("[role]", roles, values)
    # Whom one visits on a study visit may be of any kind.
    types = [] if about and "visited" in asked.roles else asked_roles.types(linked, asked.target, asked.cues)
    if types and phrase.columns[:1] != ("chapter",) and not asked_forms.whose(phrase) and not asked.polar:
        beyond += 1.0
    left = {w.stem for w in linked.words for cue in wording.cues().get(w.plain, ()) if cue in _NARROW and cue not in types}
    words = [w for w in linked.rest if w.stem not in eaten] + [w for w in linked.words if w.stem in left - eaten]
    if wanted & {"staff", "ratify", "signed", "outside_of"}:
        # What the staff work on may be said at length; the report has one number for it.
        beyond, words = 0.25 * beyond + bool(linked.near_year), []
        if wanted & {"most", "least"}:
            beyond += sum("/vocab/theme/" in k.thing.iri and not k.broad for k in linked.links)
    beyond += _doubts(asked, phrase, types, about)
    own = phrase.parameters | {"actor", "other", "activity", "number"}
    yield Reading(
        phrase,
        {name: value for name, value in values.items() if name in own},
        beyond,
        guesses if about else [],
        types,
        set() if asked.polar else _excluded(asked, used, about),
        linked.demonyms,
        words,
        asked_roles.of_state(linked),
        [BESIDE[cue] for cue in asked.roles[:1] if by_role and cue in BESIDE],
    )


def _open(asked: _Question, phrase: Phrase, wanted: set[str], about: bool, by_role: bool) -> set[str]:
    """Return the cues that a phrase leaves open; "role" stands for a role that is asked for and not answered."""
    found = (asked.cues & (ASKING_POLAR if asked.polar else ASKING)) - wanted
    if asked.polar and (wanted & {"together", "activity"} or by_role or about):
        found -= {"partner"}
    if "provision" in phrase.slots:
        found -= {"decision", "ratify", "signed", "adopt"}
    elif "instrument" in phrase.slots:
        found -= {"decision"}
    asks_who = asked.target.asked <= {targets.WHO, targets.ACTIVITY}
    told = wanted & {"partner", "many", "when", "where", "towns", "chapter"}
    if asked.roles and not by_role and asks_who and not asked.polar and not told:
        found.add("role")
    return found


def _years(linked: Linked, phrase: Phrase, about: bool) -> float:
    """Return how much a year that is not the report's leaves open."""
    slots, dated = set(phrase.slots), {"instrument", "figure", "provision", "year"}
    near = bool(linked.near_year) and not slots & (dated | {"osce", "statement"}) and not about
    return 2.0 * near + 2.0 * bool(linked.other_year and not dated & slots)


def _excluded(asked: _Question, used: list[Link], about: bool) -> set[str]:
    """Return whom the answer leaves out, as the question names them."""
    titles = asked.guesses[0].told.titles if about else set()
    found = set()
    for link in asked.linked.links:
        if not link.thing.is_actor or not (link.excluded or link.thing.cls not in AREAS):
            continue
        # "the FRONTEX manual" names a book, not who is left out.
        if about and not link.excluded and link not in used and asked.linked.stems(link) <= titles:
            continue
        found |= asked.index.directory.circle(link.thing.iri)
    return found


def _doubts(asked: _Question, phrase: Phrase, types: list[str], about: bool) -> float:
    """Return what speaks against any reading: two questions in one, a "not", a distinction that the graph does not make."""
    linked, beyond = asked.linked, 0.0
    if asked_roles.is_double(linked, asked.target):
        # "Who organized it, and who paid?" is not answered by half.
        beyond += 1.0
    if asked_roles.REGIONAL.search(linked.text) and types:
        # The graph does not tell regional bodies from others.
        beyond += 1.0
    if not about and asked.guesses and asked.index.is_one(linked, asked.guesses[0]):
        # "the workshop in Kiev" is one event, not all that fits.
        beyond += 0.5
    return beyond + 0.9 * bool(_NOT.search(linked.text) and "number" not in phrase.slots)


def _of_activity(index: Index, linked: Linked, guess: Guess, used: list[Link]) -> tuple[float, set[str]]:
    """Return how much of a question its activity leaves open, and the stems that it accounts for."""
    told = guess.told
    eaten = told.titles | told.stems | told.notes
    there = told.involved | {part for iri in told.involved for part in index.directory.circle(iri)} | told.areas
    free = [k for k in linked.links if k.thing.is_actor and k not in used and not k.quiet]
    free = [k for k in free if not (k.thing.cls == "DecisionBody" and "decision" in linked.cues)]
    strange = [k for k in free if k.thing.iri not in there and not linked.stems(k) <= eaten]
    towns = {iri for iri in told.areas if (thing := index.directory.things.get(iri)) and thing.cls == "Place"}
    # It was somewhere else: "the Octopus Conference in Yerevan".
    strange += [
        k
        for k in linked.links
        if k.at and k.thing.cls == "Place" and towns and k.thing.iri not in told.areas and not asked_roles.is_near(linked, k)
    ]
    return 0.9 * len(strange) + 0.8 * (1 - guess.score), eaten


def _filters(linked: Linked, phrase: Phrase, values: dict[str, Any], used: list[Link], eaten: set[str]) -> float:
    """Put places, themes and days into the parameters of a query; return how much of what is named finds no place."""
    beyond, names = 0.0, phrase.parameters
    seats = {value for link in used for facts in link.thing.facts.values() for value in facts}
    for link in linked.links:
        stems = linked.stems(link)
        if link.thing.cls == "DecisionBody" and "instrument" in phrase.slots:
            continue
        if link in used or link.quiet or link.excluded or link.thing.iri in seats or (stems and stems <= eaten):
            continue
        if link.thing.cls in AREAS and "where" in names and "where" not in values:
            values["where"] = link.thing.iri
        elif "/vocab/theme/" in link.thing.iri and not link.broad and "theme" in names and "theme" not in values:
            values["theme"] = link.thing.iri
        else:
            # A theme may be what all of it is about ("against organized crime"); a name is not left out so lightly.
            beyond += 0.3 if link.broad else 1.0
    if linked.days and "from" in names:
        values["from"], values["to"] = linked.days.start.isoformat(), linked.days.end.isoformat()
    elif linked.days:
        beyond += 1.0
    return beyond


def _fixed(value: str, roles: list[str], values: dict[str, Any]) -> Any:
    if value == "[role]":
        return [expand(f"role:{name}") for name in dict.fromkeys(roles)]
    if value in values:
        return values[value]
    return [expand(part.replace("osg:", OSG)) or part for part in value.split(",")]


def in_words(directory: Directory, reading: Reading) -> str:
    """Return a reading in words: what is asked, and of whom or what."""

    def word(value: Any) -> str:
        several = value if isinstance(value, list) else [value]
        return " or ".join(directory.label(v) if str(v).startswith("http") else str(v) for v in several[:4])

    told = {"activity": reading.guesses[0].told.label} if reading.guesses else {}
    given = {name: told.get(name) or word(value) for name, value in reading.values.items() if value is not None}
    shown = [f"{name} {value}" for name, value in given.items()] + [f"only {name}" for name in reading.types]
    return f"{reading.phrase.query.question} [{'; '.join(shown)}]" if shown else reading.phrase.query.question
