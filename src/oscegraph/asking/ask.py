"""Stage 10f: questions in plain words, answered by named queries, with the evidence of each row.

No language model, no network. A question is linked (`linking`, `matching`), read as one of the phrases in the headers of the
queries (`phrases`), and answered only if the reading is sure enough; otherwise it is asked back.

Words that no reading accounts for narrow the answer to the activities that bear them. A word that none of those bears
adds to what the reading leaves open: 0.9.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from oscegraph import query
from oscegraph.asking import asked_forms, asked_parts, phrases, readings, targets
from oscegraph.asking.asked_days import no_such_day
from oscegraph.asking.asked_links import Linked
from oscegraph.asking.asked_types import wanted
from oscegraph.asking.linking import Linker
from oscegraph.asking.matching import FITS, Index
from oscegraph.asking.readings import ASKING, Reading
from oscegraph.asking.wording import Word
from oscegraph.directory import Directory
from oscegraph.namespaces import expand
from oscegraph.store import Store

# Below this confidence the question is asked back with the readings that come nearest.
SURE = 0.75
# A question is some words; of a longer text only so much is read.
LONGEST = 1000
# So many readings are tried on the graph.
TRIED = 8
# What a word adds that nothing accounts for: known to other activities, or to none.
MISSED, UNKNOWN_WORD, NARROWED = 0.9, 0.9, 0.05
ANSWERED, SILENT, EXCLUDED, UNKNOWN, OUTSIDE, UNCLEAR, NOT_UNDERSTOOD = (
    "answered",
    "silent",
    "excluded by a filter",
    "unknown name",
    "not in the report",
    "unclear",
    "not understood",
)
_FILTERS = ("theme", "where", "from", "to", "section")
# Where the chapters on some kinds of structures begin.
_PARTS = {"operations": "II.3.", "secretariat": "II.1."}
Rows = list[dict[str, Any]]


@dataclass
class Asked:
    """What came of a question: a status, the reading in words, the answer, its evidence, and the SPARQL that gave it.

    `hints` are nearest names, readings to choose from, or what the answer would be without a filter.
    """

    question: str
    status: str
    reading: str = ""
    answer: list[Any] = field(default_factory=list)
    evidence: list[dict[str, Any]] = field(default_factory=list)
    sparql: str = ""
    hints: list[str] = field(default_factory=list)
    confidence: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """Return the object that `ask --format json` prints."""
        return {
            "question": self.question,
            "reading": self.reading,
            "status": self.status,
            "answer": self.answer,
            "evidence": self.evidence,
            "sparql": self.sparql,
            "hints": self.hints,
            "confidence": round(self.confidence, 3),
        }


@dataclass
class Tried:
    """A reading with the rows that it gives, its answer, and the confidence that is left."""

    reading: Reading
    rows: Rows
    sparql: str
    answer: list[Any]
    beyond: float
    rivals: list[str] = field(default_factory=list)

    @property
    def confidence(self) -> float:
        """How sure the reading is, from 0 to 1."""
        return 1 / (1 + 0.4 * self.beyond)


class Asker:
    """Answers questions over one store."""

    def __init__(self, store: Store, directory: Directory) -> None:
        self.store, self.directory = store, directory
        self.index = Index(store, directory)
        self.linker = Linker(store, directory, self.index.vocabulary)

    def ask(self, question: str) -> Asked:
        """Answer a question, or say which kind of no it gets."""
        if asked_parts.asks_why(question):
            return Asked(question, NOT_UNDERSTOOD, hints=["Reasons cannot be asked for: ask who, when, where or how many."])
        if pair := asked_parts.compared(question[:LONGEST]):
            return self._compared(question, *map(self._one, pair))
        asked = self._one(question)
        if asked.status in (UNCLEAR, NOT_UNDERSTOOD) and (parts := asked_parts.without_clause(question[:LONGEST])):
            return self._without(question, *parts) or asked
        return asked

    def _compared(self, question: str, one: Asked, other: Asked) -> Asked:
        """Return the difference of two numbers, if both are told."""
        if any(asked.status != ANSWERED or [type(value) for value in asked.answer] != [int] for asked in (one, other)):
            return Asked(question, UNCLEAR, hints=[f"Ask for one number: {asked.question}" for asked in (one, other)])
        asked = Asked(question, ANSWERED, f"{one.reading}, less {other.reading}", [one.answer[0] - other.answer[0]])
        asked.evidence, asked.sparql = one.evidence + other.evidence, f"{one.sparql}\n{other.sparql}"
        asked.confidence = min(one.confidence, other.confidence)
        return asked

    def _without(self, question: str, shorter: str, clause: str) -> Asked | None:
        """Return the answer without a relative clause, if whom that names had a part in the activity meant."""
        linked, said = self.linker.link(shorter), self.linker.link(clause)
        guesses = self.index.named(linked)
        if len(guesses) != 1 or not said.links or said.days or said.ambiguous:
            return None
        told = guesses[0].told
        if not all(k.quiet or k.thing.iri in told.involved | told.areas | told.themes for k in said.links):
            return None
        asked = self._one(shorter)
        asked.question = question
        return asked if asked.status == ANSWERED and guesses[0].told.label in asked.reading else None

    def _one(self, question: str) -> Asked:
        """Answer a question that is taken as a whole."""
        linked = self.linker.link(question[:LONGEST])
        if not linked.words:
            return Asked(question, NOT_UNDERSTOOD, hints=["Ask, for instance: Who funded the workshop in Belgrade in June?"])
        if missing := no_such_day(question[:LONGEST]):
            return Asked(question, UNCLEAR, hints=[f"There is no {missing}."])
        if "outside" in linked.cues or asked_parts.asks_person(question):
            return self._outside(question)
        strange = [word.typed for word in linked.rest if self._is_strange(word)]
        if strange:
            near = [name for word in strange for name in self.linker.nearest(word)]
            return Asked(question, UNKNOWN, hints=[f'No name "{word}" is known.' for word in strange] + near[:5])
        found = readings.read(self.index, linked)
        tried = [self._try(reading, linked) for reading in found[:TRIED] if reading.confidence >= SURE]
        tried.sort(key=lambda t: (round(t.beyond, 4), -len(t.reading.phrase.cues) - len(t.reading.phrase.slots)))
        if tried and tried[0].confidence >= SURE:
            best = tried[0]
            if best.reading.phrase.form in ("number", "sum") and not best.answer:
                # Where one reading has no number, another one nearly as sure may have it.
                best = next(
                    (t for t in tried if t.answer and t.beyond < best.beyond + 0.3 and t.reading.phrase.form == "number"),
                    best,
                )
            if best.rivals:
                return Asked(question, UNCLEAR, hints=[f"Is this activity meant: {label}?" for label in best.rivals])
            return self._answer(question, best)
        if linked.other_year:
            return self._outside(question)
        return self._back(question, linked, found)

    def _outside(self, question: str) -> Asked:
        hint = "The report tells of work in 2011, without sums of money spent and without names of people."
        return Asked(question, OUTSIDE, hints=[hint])

    def _back(self, question: str, linked: Linked, found: list[Reading]) -> Asked:
        """Return the question asked back: what a name may mean, activities, readings, or what can be asked."""
        if linked.ambiguous:
            return Asked(question, UNCLEAR, hints=[f"A name may mean {name}." for name in linked.ambiguous[:5]])
        if found and found[0].confidence > 0.4:
            words = [readings.in_words(self.directory, reading) for reading in found]
            return Asked(question, UNCLEAR, hints=list(dict.fromkeys(words))[:3], confidence=found[0].confidence)
        close = [g for g in self.index.guesses(linked, 3) if g.score >= FITS] if linked.cues & ASKING else []
        if close:
            return Asked(question, UNCLEAR, hints=[f"Is this activity meant: {guess.told.label}?" for guess in close])
        scored = {p.query.question: len({c for one in p.cues for c in one} & linked.cues) for p in phrases.catalogue()}
        return Asked(question, NOT_UNDERSTOOD, hints=sorted(scored, key=lambda text: (-scored[text], text))[:3])

    def _is_strange(self, word: Word) -> bool:
        """Whether a word is written like a name, and nothing here bears it."""
        return (
            word.is_capital
            and word.start > 0
            and word.stem not in self.index.weights
            and word.plain not in self.linker.known
        )

    def _try(self, reading: Reading, linked: Linked) -> Tried:
        """Return what a reading gives, with its confidence after the words that nothing accounts for."""
        several = self.index.is_several(linked, reading.guesses[0]) if reading.guesses else False
        alike = [guess for guess in reading.guesses if guess.score > reading.guesses[0].score - 0.001]
        if len(alike) > 1 and any(word.plain in ("cities", "towns", "places", "dates") for word in linked.words[:4]):
            reading.guesses, several = alike, True
        plural = len(reading.guesses) > 1 and several
        values = dict(reading.values)
        if plural:
            values["activity"] = [guess.told.iri for guess in reading.guesses]
        rows, sparql = self._rows(reading, values)
        beyond = reading.beyond
        if reading.guesses:
            beyond += sum(1.0 if w.is_name else 0.3 for w in reading.open_words)
        else:
            rows, sparql, more = self._narrowed(reading, values, rows, sparql)
            beyond += more
        number = int(values.get("number") or 0)
        answer = asked_forms.answer(reading.phrase, rows, number)
        if (count := targets.expected(linked.text)) and reading.phrase.form == "list" and answer and len(answer) != count:
            # "Which two countries" has two answers.
            beyond += MISSED
        tried = Tried(reading, rows, sparql, answer, beyond)
        if len(reading.guesses) > 1 and not plural:
            labels = [reading.guesses[0].told.label]
            for guess in reading.guesses[1:]:
                other = asked_forms.answer(reading.phrase, self._rows(reading, {**values, "activity": guess.told.iri})[0])
                if other != answer:
                    labels.append(guess.told.label)
            tried.rivals = labels if len(labels) > 1 else []
        return tried

    def _narrowed(self, reading: Reading, values: dict[str, Any], rows: Rows, sparql: str) -> tuple[Rows, str, float]:
        """Return only the rows on activities that bear the words that are left, and what the other words leave open."""
        left = {word.stem for word in reading.open_words}
        known = {stem for stem in left if stem in self.index.weights}
        names = {word.stem for word in reading.open_words if word.is_name}
        if left and "filter" in reading.phrase.slots and "actor" not in reading.phrase.slots:
            # Without an actor or an activity every word may be what the question is about.
            return rows, sparql, float(len(left))
        beyond = UNKNOWN_WORD * len(left - known - names) + len(names - known)
        activities = {row["activity"] for row in rows if row.get("activity") in self.index.told}
        if not known or not activities:
            return rows, sparql, beyond + MISSED * len(known)
        bears = {iri: {s for s in known if self.index.told[iri].bears(s)} for iri in activities}
        most = max(map(len, bears.values()))
        if not most:
            return rows, sparql, beyond + MISSED * len(known)
        kept = sorted(iri for iri, stems in bears.items() if len(stems) == most)
        beyond += MISSED * (len(known) - most) + NARROWED * most
        if "activity" in reading.phrase.parameters and len(kept) < len(activities):
            reading.values["activity"] = values["activity"] = kept
            rows, sparql = self._rows(reading, values)
        else:
            rows = [row for row in rows if row.get("activity") in kept]
        return rows, sparql, beyond

    def _answer(self, question: str, tried: Tried) -> Asked:
        reading, rows = tried.reading, tried.rows
        words = readings.in_words(self.directory, reading)
        asked = Asked(question, ANSWERED, words, tried.answer, asked_forms.evidence(rows), tried.sparql)
        asked.confidence = tried.confidence
        self._place(asked.evidence)
        if not rows:
            given = [name for name in _FILTERS if name in reading.values]
            without = {name: value for name, value in reading.values.items() if name not in given}
            more = self._rows(reading, without)[0] if given else []
            if more:
                asked.status = EXCLUDED if reading.phrase.form not in ("yes", "no") else ANSWERED
                asked.hints = [f"Without {', '.join(given)}: {len({str(r) for r in more})} rows."]
            elif reading.phrase.form in ("yes", "no"):
                asked.hints = ["The report names none; that is not to say that there was none."]
            else:
                asked.status, asked.answer = SILENT, []
        elif not tried.answer:
            asked.status = SILENT
            asked.hints = ["The report tells of it, but not this."]
        return asked

    def _place(self, evidence: list[dict[str, Any]]) -> None:
        """Add day and place of its activity to each place in the report, where the row of the answer has none."""
        for item in evidence:
            told = self.index.told.get(item["iri"] or "")
            if told is None:
                continue
            if "days" not in item and told.days:
                first, last = min(told.days, key=lambda days: days[1] - days[0])
                item["days"] = " to ".join(dict.fromkeys((first.isoformat(), last.isoformat())))
            towns = [iri for iri in told.areas if iri in self.directory.things and self.directory.things[iri].cls == "Place"]
            if "place" not in item and towns:
                item["place"] = ", ".join(sorted(map(self.directory.label, towns)))

    def _rows(self, reading: Reading, values: dict[str, Any]) -> tuple[Rows, str]:
        """Return the rows of a reading; if nobody had the role asked for, of who had the one beside it."""
        rows, sparql = self._fitting(reading, values)
        for beside in reading.beside if not rows else ():
            rows, sparql = self._fitting(reading, {**values, "role": [expand(f"role:{beside}")]})
        return rows, sparql

    def _fitting(self, reading: Reading, values: dict[str, Any]) -> tuple[Rows, str]:
        """Return the rows of a reading, those that its question does not ask for left out, and the SPARQL."""
        phrase = reading.phrase
        rows, sparql = self._run(reading, values)
        if (
            phrase.form == "yes"
            and phrase.columns
            and phrase.columns[0] in ("actor", "addressee", "adoptedBy", "organization")
        ):
            mine = self.index.directory.circle(values["actor"])
            rows = [row for row in rows if row.get(phrase.columns[0]) in mine]
        if phrase.form in ("yes", "no") and phrase.columns[:1] == ("activity",):
            rows = [row for row in rows if row.get("activity") == values["activity"]]
        if phrase.columns == ("people",) and "demonym" in phrase.slots:
            rows = [row for row in rows if {row.get("actor"), self._area(row, "actor")} & reading.demonyms]
        if phrase.columns == ("people",) and "actor" in phrase.slots:
            rows = [row for row in rows if row.get("actor") in self.index.directory.circle(values["actor"])]
        if phrase.columns == ("chapter",):
            begin = next((_PARTS[cue] for cue in _PARTS if cue in reading.types), "")
            rows = [row for row in rows if (row.get("chapter") or "").startswith(begin)]
        if "itself" in phrase.columns:
            rows = [row for row in rows if row.get("how") == "itself"]
        who = asked_forms.whose(phrase)
        if who and phrase.form != "yes":
            rows = self._wanted(reading, rows, who)
        return rows, sparql

    def _run(self, reading: Reading, values: dict[str, Any]) -> tuple[Rows, str]:
        given = {name: value for name, value in values.items() if name in reading.phrase.parameters}
        return [dict(row) for row in query.run(self.store, reading.phrase.query, **given)], reading.phrase.query.bind(given)

    def _wanted(self, reading: Reading, rows: Rows, column: str) -> Rows:
        """Leave out whom the question names itself, parts of bodies that are there, and what is of another type."""
        things, label = self.directory.things, f"{column}Label"
        rows = [row for row in rows if row.get(column) not in reading.excluded]
        if not reading.types:
            there = {row.get(column) for row in rows}
            parts = {iri for whole in there if whole for iri in self.index.directory.circle(whole) if iri != whole}
            rows = [row for row in rows if row.get(column) not in parts]
        if reading.demonyms:
            ours = [row for row in rows if {row.get(column), self._area(row, column)} & reading.demonyms]
            rows = ours if reading.of_state else ours or rows
        if not reading.types:
            return rows
        kept = []
        for row in rows:
            thing = things.get(row.get(column) or "")
            if thing is None or wanted(reading.types, thing):
                kept.append(row)
            elif "states" in reading.types and thing.type == "national-body" and (area := self._area(row, column)):
                # Whose body came is the country that came.
                kept.append({**row, column: area, label: self.directory.label(area)})
            elif "units" in reading.types and (whole := self._unit(thing.iri)):
                kept.append({**row, column: whole, label: self.directory.label(whole)})
        there = {row.get(column) for row in kept if row.get(column)}
        parts = {iri for whole in there if whole for iri in self.index.directory.circle(whole) if iri != whole}
        return [row for row in kept if row.get(column) not in parts]

    def _area(self, row: dict[str, Any], column: str) -> str | None:
        thing = self.directory.things.get(row.get(column) or "")
        return next(iter(thing.facts.get("jurisdiction") or ()), None) if thing else None

    def _unit(self, iri: str) -> str | None:
        """Return the unit that a department or post of the OSCE belongs to."""
        thing = self.directory.things.get(iri)
        while thing is not None and thing.type in ("department", "post", "facility"):
            up = next((v for kind in ("subOrganizationOf", "postIn") for v in thing.facts.get(kind, ())), "")
            thing = self.directory.things.get(up)
        return thing.iri if thing and thing.type in ("secretariat-unit", "institution", "field-operation") else None
