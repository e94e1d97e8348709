"""Stage 10d: the catalogue of question phrases, and how well each fits a question.

A phrase is a line in the header of a query in `queries/questions/`:

    #+ ask: CUES {slots} -> FORM COLUMNS; parameter=value

Every cue (a word of `queries/cues.txt`) must be in the question, and every slot must be named by it. `[role]` is any cue
that names a role, `typed` any that says what the answer has to be (units, states, ministries ...). What the question says
beyond the phrase lowers the confidence of the reading: confidence = 1 / (1 + 0.4 x), where x adds 1 for each thing that is
asked and not answered, and for each name that is no part of the reading, 0.5 for each word that nothing accounts for, 0.9
for a "not", 2 for another year. Where the phrase is on an activity, x adds 0.8 for the share of words that do not fit it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from oscegraph import query, wording
from oscegraph.answers import circle
from oscegraph.directory import Directory, Thing
from oscegraph.linking import AREAS, INSTRUMENTS, Guess, Linked, Linker
from oscegraph.namespaces import expand
from oscegraph.query import Query

# Role cues, and the roles that they may mean in the words of the report.
ROLES = {
    "fund": ("funder",),
    "organize": ("organizer", "partner"),
    "host": ("host",),
    "train": ("trainer", "speaker"),
    "attend": ("attendee", "beneficiary"),
    "support": ("partner", "facilitator"),
    "accredit": ("accreditor",),
    "speak": ("speaker",),
}
# What an answer has to be, by the word that asks for it; an empty set is any body.
TYPES = {
    "units": {"secretariat-unit", "institution", "field-operation"},
    "operations": {"field-operation"},
    "organizations": {"organization"},
    "states": {"state", "territory"},
    "ngos": {"ngo"},
    "ministries": {"national-body"},
    "bodies": set[str](),
}
# Cues that ask for something: a reading that leaves one of them open does not answer the question.
ASKING = frozenset(
    {
        *("many", "when", "where", "decision", "task", "recall", "adopt", "staff", "ratify", "signed", "differ", "most"),
        *("fund", "organize", "host", "train", "attend", "accredit", "chapter", "outside", "people", "partner", "withwhom"),
    }
)
_ASK = re.compile(r"^#\+ ask: (.+?) -> (\w+)[ \t]*([^;\n]*)(?:;[ \t]*(.+))?$", re.MULTILINE)
_POLAR = re.compile(r"\s*(?:please,?\s*)?(did|do|does|is|are|was|were|has|have|had)\b|.*\bis it true\b", re.IGNORECASE)
_TOLD_WHERE = re.compile(r"\bin the report\s*\?|\bwhere in the report\b", re.IGNORECASE)
_WITH = re.compile(r"\b(with whom|with which|with what|together with|whom)\b|\bpartners?\b", re.IGNORECASE)
_WHAT = re.compile(r"\bwhat\b.*\b(do|did|done|doing)\b", re.IGNORECASE)
_NOT = re.compile(r"\b(not|except|without|other than|besides|apart from|only|more than|less than)\b", re.IGNORECASE)
_PLURAL = re.compile(r"\b(events|activities|workshops|seminars|conferences|courses|trainings|meetings)\b", re.IGNORECASE)
# An activity that a question names fits its words at least so well, and better than the next one by so much.
FITS, BETTER = 0.55, 0.05


@dataclass(frozen=True)
class Phrase:
    """One way of asking a query: cues, slots, the form of the answer with its columns, and fixed parameters."""

    query: Query
    cues: frozenset[str]
    slots: tuple[str, ...]
    form: str
    columns: tuple[str, ...]
    fixed: dict[str, str]


@dataclass
class Reading:
    """A question as a phrase: with which values, how sure (0 to 1), and what its answer has to be.

    `named` are the actors that the question names itself, `demonyms` the states whose adjectives it holds.
    """

    phrase: Phrase
    values: dict[str, Any]
    confidence: float
    guess: Guess | None = None
    types: list[str] = field(default_factory=list)
    named: set[str] = field(default_factory=set)
    demonyms: set[str] = field(default_factory=set)


@functools.cache
def catalogue() -> tuple[Phrase, ...]:
    """Return the phrases of all named queries, by the name of the query."""
    found = []
    for named in query.catalogue():
        for words, form, columns, fixed in _ASK.findall(named.text):
            slots = tuple(re.findall(r"\{(\w+)\}", words))
            cues = frozenset(re.sub(r"\{\w+\}", "", words).split())
            pairs = dict(part.strip().split("=", 1) for part in fixed.split(";") if "=" in part)
            found.append(Phrase(named, cues, slots, form, tuple(columns.split()), pairs))
    return tuple(found)


def _activity(linker: Linker, linked: Linked) -> Guess | None:
    """Return the activity that a question names, if it names one clearly."""
    guesses = linker.guesses(linked)
    if not guesses or guesses[0].score < FITS:
        return None
    best = guesses[0]
    exact = bool(linked.days and linked.days.exact) or bool(linked.quoted)
    if len(guesses) > 1 and guesses[1].score > best.score - BETTER and (not exact or guesses[1].score > best.score - 0.03):
        return None
    plural = {wording.stem(wording.plain(word)) for word in _PLURAL.findall(linked.text)}
    if plural - best.told.titles and not exact:
        return None
    busy = {w.stem for k in linked.links if k.thing.is_actor and k.thing.events > 3 for w in linked.words[k.start : k.end]}
    named = {w.stem for w in linked.words if w.stem in best.told.titles and w.stem in linker.weights} - busy
    own = {w.stem for w in linked.rest} & best.told.stems
    enough = 1 if exact else 2 if linked.days else 3
    return best if len(named) >= enough or len(own) >= 2 else None


def readings(linker: Linker, linked: Linked) -> list[Reading]:
    """Return all readings of a question, the surest first; of equals that with the most cues."""
    cues = set(linked.cues)
    if _WITH.search(linked.text):
        cues.add("withwhom")
    if _TOLD_WHERE.search(linked.text):
        cues = (cues | {"chapter"}) - {"where"}
    if _WHAT.search(linked.text):
        cues.add("activity")
    if cues & TYPES.keys():
        cues.add("typed")
    guess = _activity(linker, linked)
    found = [reading for phrase in catalogue() for reading in _read(linker.directory, phrase, linked, cues, guess)]
    return sorted(found, key=lambda r: (-round(r.confidence, 4), -len(r.phrase.cues), r.phrase.query.name))


def _slots(phrase: Phrase, linked: Linked, guess: Guess | None) -> tuple[dict[str, Any], list[str]] | None:
    """Return the values of the slots of a phrase and the things that fill them, or None if the question names too few."""
    actors = [thing for thing in linked.things if thing.is_actor]
    instruments = [thing for thing in linked.things if thing.cls in INSTRUMENTS]
    values: dict[str, Any] = {}
    used: list[str] = []
    for slot in phrase.slots:
        if slot == "activity":
            if guess is None:
                return None
            values["activity"] = guess.told.iri
        elif slot == "chapter":
            if len(linked.chapters) != 1:
                return None
            values["section"] = expand(f"sec:{linked.chapters[0]}")
        else:
            pool = [t for t in (instruments if slot == "instrument" else actors) if t.iri not in used]
            if not pool:
                return None
            values[slot] = pool[0].iri
            used.append(pool[0].iri)
    return values, used


def _names(directory: Directory, iris: list[str]) -> set[str]:
    """Return the stems of all names of some things: words of them are accounted for."""
    things = [directory.things[iri] for iri in iris if iri in directory.things]
    return {w.stem for thing in things for name in (thing.label, *thing.aliases) for w in wording.words(name)}


def _read(directory: Directory, phrase: Phrase, linked: Linked, cues: set[str], guess: Guess | None) -> Iterator[Reading]:
    polar = bool(_POLAR.match(linked.text))
    role = [name for cue in ROLES if cue in cues for name in ROLES[cue]]
    wanted = phrase.cues - {"[role]"}
    about = "activity" in phrase.slots
    if polar != (phrase.form == "yes") or not wanted <= cues or ("[role]" in phrase.cues and not role):
        return
    filled = _slots(phrase, linked, guess)
    if filled is None or ("typed" in wanted and about):
        return
    values, used = filled
    names = {parameter.name for parameter in phrase.query.parameters}
    open_ = (cues & ASKING) - wanted
    if "[role]" in phrase.cues:
        open_ -= {*ROLES, "people"}
    if "instrument" in phrase.slots:
        open_ -= {"decision"}
    if wanted & {"partner", "withwhom", "together"} or "[role]" in phrase.cues or "other" in phrase.slots or about:
        # "With whom did it work", "its partners" and "together" ask the same.
        open_ -= {"partner", "withwhom"}
    if "many" in wanted or "chapter" in phrase.slots:
        open_ -= {"attend", "chapter"} if "chapter" in phrase.slots else {"attend"}
    eaten = _names(directory, used)
    beyond = 0.0
    if about and guess:
        # "training", "support" and the like may stand in the title.
        open_ -= {cue for w in linked.words if w.stem in guess.told.titles for cue in wording.cues().get(w.plain, ())}
        eaten |= guess.told.stems
        there = guess.told.involved | {whole for iri in guess.told.involved for whole in circle(directory, iri)}
        strange = [k for k in linked.links if k.thing.is_actor and k.thing.iri not in there and k.thing.iri not in used]
        beyond += 0.6 * sum(not linked.stems(k) <= eaten for k in strange) + 0.8 * (1 - guess.score)
    else:
        # The title of a decision may hold the name of a theme; the "Drugs" of UNODC do not stand for "on drugs".
        beyond += _filters(directory, linked, names, values, used, eaten if "instrument" in phrase.slots else set())
    if linked.chapters and "section" not in values:
        if "section" in names and len(linked.chapters) == 1:
            values["section"] = expand(f"sec:{linked.chapters[0]}")
            open_ -= {"chapter"}
        else:
            beyond += 0.5
    beyond += len(open_) + 0.5 * sum(w.stem not in eaten for w in linked.rest)
    beyond += 2.0 * bool(linked.other_year) + 0.9 * bool(_NOT.search(linked.text))
    for name, value in phrase.fixed.items():
        values[name] = _fixed(value, role, values)
    if phrase.query.name == "actor_ties" and role and not polar:
        values["role"] = _fixed("[role]", role, values)
    if phrase.query.name == "figure_staff":
        # What the staff work on may be said at length; the report has one number for it.
        beyond *= 0.3
    actors = [thing for thing in linked.things if thing.is_actor]
    named = {iri for a in actors if a.cls not in AREAS for iri in circle(directory, a.iri)} if not polar else set()
    types = [cue for cue in TYPES if cue in cues and not (about and cue == "operations")]
    kept = {name: value for name, value in values.items() if name in names or name in ("actor", "other")}
    yield Reading(phrase, kept, 1 / (1 + 0.4 * beyond), guess if about else None, types, named, linked.demonyms)


def _filters(
    directory: Directory, linked: Linked, names: set[str], values: dict[str, Any], used: list[str], eaten: set[str]
) -> float:
    """Put places, themes and days into the parameters of a query; return how much of what is named finds no place."""
    beyond = 0.0
    seats = {
        value
        for iri in used
        if iri in directory.things
        for values_ in directory.things[iri].facts.values()
        for value in values_
    }
    for link in linked.links:
        stems = linked.stems(link)
        if link.thing.iri in used or link.thing.iri in seats or (stems and stems <= eaten):
            continue
        if link.thing.cls in AREAS and "where" in names and "where" not in values:
            values["where"] = link.thing.iri
        elif "/vocab/theme/" in link.thing.iri and "theme" in names and "theme" not in values:
            values["theme"] = link.thing.iri
        else:
            beyond += 1.0
    if linked.days and "from" in names:
        values["from"], values["to"] = linked.days.start.isoformat(), linked.days.end.isoformat()
    elif linked.days:
        beyond += 1.0
    return beyond


def _fixed(value: str, roles: list[str], values: dict[str, Any]) -> Any:
    if value == "[role]":
        return [expand(f"role:{name}") for name in dict.fromkeys(roles)]
    return values[value] if value in values else [expand(part) or part for part in value.split(",")]


def in_words(directory: Directory, reading: Reading) -> str:
    """Return a reading in words: what is asked, and of whom or what."""

    def word(value: Any) -> str:
        several = value if isinstance(value, list) else [value]
        return " or ".join(directory.label(v) if str(v).startswith("http") else str(v) for v in several)

    told = {} if reading.guess is None else {"activity": reading.guess.told.label}
    given = {name: told.get(name) or word(value) for name, value in reading.values.items() if value is not None}
    shown = [f"{name} {value}" for name, value in given.items()] + [f"only {name}" for name in reading.types]
    return f"{reading.phrase.query.question} [{'; '.join(shown)}]"


def thing_of(directory: Directory, row: dict[str, Any]) -> Thing | None:
    """Return the actor or partner of a row."""
    return directory.things.get(row.get("actor") or row.get("partner") or "")
