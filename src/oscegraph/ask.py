"""Stage 10e: questions in plain words, answered by named queries, with the evidence of each row.

No language model, no network. A question is linked (`linking`), read as one of the phrases in the headers of the queries
(`phrases`), and answered only if the reading is sure enough; otherwise it is asked back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from oscegraph import phrases, query
from oscegraph.answers import circle
from oscegraph.directory import Directory
from oscegraph.linking import Linker
from oscegraph.phrases import ASKING, FITS, TYPES, Phrase, Reading, thing_of
from oscegraph.store import Store

# Below this confidence the question is asked back with the readings that come nearest.
SURE = 0.75
# A question is some words; of a longer text only so much is read.
LONGEST = 1000
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


class Asker:
    """Answers questions over one store."""

    def __init__(self, store: Store, directory: Directory) -> None:
        self.store, self.directory = store, directory
        self.linker = Linker(store, directory)

    def ask(self, question: str) -> Asked:
        """Answer a question, or say which kind of no it gets."""
        linked = self.linker.link(question[:LONGEST])
        if not linked.words:
            return Asked(question, NOT_UNDERSTOOD, hints=["Ask, for instance: Who funded the workshop in Belgrade in June?"])
        if "outside" in linked.cues or (linked.other_year and not linked.cues & {"adopt", "recall", "task"}):
            return Asked(
                question, OUTSIDE, hints=["The report tells of work in 2011, without sums of money and names of people."]
            )
        strange = [word.typed for word in linked.rest if self.linker.is_strange(word)]
        if strange:
            near = [name for word in strange for name in self.linker.nearest(word)]
            return Asked(question, UNKNOWN, hints=[f'No name "{word}" is known.' for word in strange] + near[:5])
        found = phrases.readings(self.linker, linked)
        if linked.ambiguous and (not found or found[0].confidence < SURE):
            return Asked(question, UNCLEAR, hints=[f"A name may mean {name}." for name in linked.ambiguous[:5]])
        close = [] if found or not linked.cues & ASKING else [g for g in self.linker.guesses(linked) if g.score >= FITS]
        if close:
            return Asked(question, UNCLEAR, hints=[f"Is this activity meant: {guess.told.label}?" for guess in close])
        if not found:
            return Asked(question, NOT_UNDERSTOOD, hints=self._near(linked.cues))
        best = found[0]
        if best.confidence < SURE:
            words = [phrases.in_words(self.directory, reading) for reading in found]
            return Asked(question, UNCLEAR, hints=list(dict.fromkeys(words))[:3], confidence=best.confidence)
        return self._answer(question, best)

    def _near(self, cues: set[str]) -> list[str]:
        """Return questions of the catalogue that share the most cues."""
        scored = {p.query.question: len(p.cues & cues) for p in phrases.catalogue()}
        return sorted(scored, key=lambda text: (-scored[text], text))[:3]

    def _answer(self, question: str, reading: Reading) -> Asked:
        rows, sparql = self._rows(reading, reading.values)
        found = _form(reading.phrase, rows)
        asked = Asked(question, ANSWERED, phrases.in_words(self.directory, reading), found, [], sparql)
        asked.confidence = reading.confidence
        asked.evidence = [
            {
                "activity": row.get("activityLabel"),
                "chapter": row.get("chapter"),
                "lines": [int(row["firstLine"]), int(row["lastLine"])],
            }
            for row in rows
            if row.get("firstLine") and row.get("lastLine")
        ]
        if not rows:
            given = [name for name in _FILTERS if name in reading.values]
            without = {name: value for name, value in reading.values.items() if name not in given}
            more = self._rows(reading, without)[0] if given else []
            if more:
                asked.status = EXCLUDED if reading.phrase.form != "yes" else ANSWERED
                asked.hints = [f"Without {', '.join(given)}: {len({str(r) for r in more})} rows."]
            elif reading.phrase.form == "yes":
                asked.hints = ["The report names none; that is not to say that there was none."]
            else:
                asked.status = SILENT
        elif not found:
            asked.status = SILENT
            asked.hints = ["The report tells of it, but not this."]
        return asked

    def _rows(self, reading: Reading, values: dict[str, Any]) -> tuple[list[dict[str, Any]], str]:
        """Return the rows of a reading, those that its question does not ask for left out, and the SPARQL."""
        phrase = reading.phrase
        names = {parameter.name for parameter in phrase.query.parameters}
        given = {name: value for name, value in values.items() if name in names}
        rows = [dict(row) for row in query.run(self.store, phrase.query, **given)]
        column = phrase.columns[0] if phrase.columns else ""
        if phrase.form == "yes" and column not in ("", "activity"):
            mine = circle(self.directory, values["actor"])
            rows = [row for row in rows if row.get(column) in mine]
        if phrase.form == "yes" and column == "activity":
            rows = [row for row in rows if row.get("activity") == values["activity"]]
        if "itself" in phrase.columns:
            rows = [row for row in rows if row.get("how") == "itself"]
        if phrase.form == "top" and reading.types:
            allowed = set[str]().union(*(TYPES[name] for name in reading.types))
            things = self.directory.things
            rows = [r for r in rows if not allowed or (r["structure"] in things and things[r["structure"]].type in allowed)]
        if phrase.form == "list" and {"actorLabel", "partnerLabel"} & set(phrase.columns):
            rows = self._wanted(reading, rows)
        return rows, phrase.query.bind(given)

    def _wanted(self, reading: Reading, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Leave out whom the question names itself, parts of bodies that are there, and what is of another type."""
        rows = [row for row in rows if (row.get("actor") or row.get("partner")) not in reading.named]
        there = {row.get("actor") or row.get("partner") for row in rows}
        parts = {iri for whole in there if whole for iri in circle(self.directory, whole) if iri != whole}
        rows = [row for row in rows if (row.get("actor") or row.get("partner")) not in parts]
        if reading.demonyms:
            rows = [row for row in rows if self._areas(row) & reading.demonyms] or rows
        if not reading.types:
            return rows
        allowed: set[str] = set().union(*(TYPES[name] for name in reading.types))
        kept = []
        for row in rows:
            thing = thing_of(self.directory, row)
            if thing is None or not allowed or thing.type in allowed:
                kept.append(row)
            elif "states" in reading.types and thing.type == "national-body" and (area := self._area(row)):
                # Whose body came is the country that came.
                kept.append({**row, "actorLabel": self.directory.label(area), "partnerLabel": self.directory.label(area)})
        return kept

    def _area(self, row: dict[str, Any]) -> str | None:
        thing = thing_of(self.directory, row)
        return next(iter(thing.facts.get("jurisdiction") or ()), None) if thing else None

    def _areas(self, row: dict[str, Any]) -> set[str]:
        return {row.get("actor") or row.get("partner") or "", self._area(row) or ""}


def _form(phrase: Phrase, rows: list[dict[str, Any]]) -> list[Any]:
    """Return the answer out of the rows: true or false, a number, days, or a list without repetition."""
    if phrase.form == "yes":
        return [bool(rows)]
    if phrase.form == "days":
        places = [row["placeLabel"] for row in rows if "placeLabel" in phrase.columns and row.get("placeLabel")]
        return list(dict.fromkeys([row[key] for row in rows for key in ("first", "last") if row.get(key)] + places))
    if phrase.form == "count":
        return [len({row[phrase.columns[0]] for row in rows})]
    if phrase.form == "top":
        totals: Counter[str] = Counter()
        for row in rows:
            totals[row[phrase.columns[0]]] += int(row[phrase.columns[1]] or 0)
        return [name for name, total in sorted(totals.items()) if total == max(totals.values())]
    if phrase.form in ("number", "sum"):
        numbers = [int(row[phrase.columns[0]]) for row in rows if row.get(phrase.columns[0])]
        return [] if not numbers else [max(numbers) if phrase.form == "number" else sum(numbers)]
    names = [column for column in phrase.columns if column != "itself"]
    found = (next((row[part] for part in name.split("|") if row.get(part)), None) for row in rows for name in names)
    return list(dict.fromkeys(value for value in found if value is not None))
