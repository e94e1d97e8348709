"""Stage 7f5: what questions need of the packaged graph, kept in a file: reading it takes a tenth of finding it anew.

`make derived` writes `queries/asking.json`. It is used only for the very files that it was made from.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from oscegraph import loading, query, resources
from oscegraph.asking import lines
from oscegraph.asking.asked_names import Names
from oscegraph.asking.facts import LISTED, Facts
from oscegraph.asking.postings import Postings
from oscegraph.asking.statements import Detail, Event, Part, Told
from oscegraph.directory import Directory, Thing
from oscegraph.store import EmbeddedStore, Store

_TOLD = (
    "iri",
    "chapter",
    "lines",
    "title",
    "days",
    "areas",
    "people",
    "qualifier",
    "events",
    "duration",
    "basis",
    "parts",
    "audience",
)


def path() -> Path:
    """Return where the file is."""
    return resources.queries_dir() / "asking.json"


def fingerprint() -> str:
    """Return what tells all files that the facts come from apart from other ones: how long they are, and a checksum."""
    size, found = 0, 0
    texts = (query.named(name).text.encode() for name in ("ask-activities", "ask-tellings", "ask-details", *LISTED))
    for content in (*(file.read_bytes() for file in loading.packaged_files()), *texts):
        size, found = size + len(content), zlib.crc32(content, found)
    return f"{size}-{found:08x}"


class _Words:
    """Words as numbers, so that the file stays small."""

    def __init__(self, words: Iterable[str] = ()) -> None:
        self.words = list(words)
        self.numbers = {word: i for i, word in enumerate(self.words)}

    def pack(self, stems: Iterable[str]) -> list[int]:
        ordered = sorted(stems)
        for stem in ordered:
            if stem not in self.numbers:
                self.numbers[stem] = len(self.words)
                self.words.append(stem)
        return [self.numbers[stem] for stem in ordered]

    def read(self, numbers: list[int]) -> list[str]:
        return [self.words[i] for i in numbers]


def dump(facts: Facts) -> str:
    """Return the facts as the text of the file."""
    words = _Words()
    events = {}
    for iri, event in sorted(facts.events.items()):
        by_weight: dict[str, list[int]] = {}
        for weight in sorted(set(event.bag.values())):
            by_weight[str(weight)] = words.pack(s for s, w in event.bag.items() if w == weight)
        events[iri] = [
            event.label,
            [[_plain(getattr(told, name)) for name in _TOLD] for told in event.told],
            *(sorted(getattr(event, name)) for name in ("involved", "areas", "themes", "kinds", "wholes")),
            words.pack(event.titles),
            by_weight,
        ]
    details = {
        iri: [
            [list(one.about), one.kind, one.values, one.cls, one.sort, one.summary],
            words.pack(one.heads),
            [words.pack(ask) for ask in one.asks],
            words.pack(one.bag),
        ]
        for iri, one in sorted(facts.details.items())
    }
    counts = {name: [words.pack(held), [held[stem] for stem in sorted(held)]] for name, held in facts.counts.items()}
    names = facts.known_names
    whole = {"files": fingerprint(), "events": events, "counts": counts, "postings": facts.postings.dump()}
    whole |= {"full": names.full, "short": names.short, "known": " ".join(names.words)}
    things = {iri: [one.cls, one.label, one.names, one.facts] for iri, one in facts.directory.things.items()}
    rows = {f"rows {name}": _rows(facts.listed(name)) for name in LISTED}
    return lines.dump({**whole, **rows, "words": " ".join(words.words), "things": things, **details})


def _rows(rows: list[dict[str, str | None]]) -> list[Any]:
    columns = list(rows[0]) if rows else []
    return [columns, [list(row.values()) for row in rows]]


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, list):
        return [[one.role, one.actor, one.people] if isinstance(one, Part) else one for one in value]
    return value.isoformat() if isinstance(value, date) else value


def load(facts: Facts, store: Store) -> bool:
    """Fill the facts from the file, if the store holds the packaged graph as it was when the file was made."""
    if not (isinstance(store, EmbeddedStore) and store.origin == loading.PACKAGED and path().is_file()):
        return False
    kept = lines.Lines(resources.text_of(path()))
    if kept["files"] != fingerprint():
        return False
    words = _Words(kept["words"].split())
    facts.kept = kept
    if not facts.has_directory:
        facts.directory = Directory(store, {iri: _thing(iri, *held) for iri, held in kept["things"].items()})
    facts.known_names = Names(kept["full"], kept["short"], kept["known"].split())
    facts.events = {iri: _event(iri, words, *held) for iri, held in kept["events"].items()}
    facts.postings = Postings.load(kept["postings"])
    facts.details = _Details(facts, kept, words)
    facts.counts = {name: dict(zip(words.read(stems), held, strict=True)) for name, (stems, held) in kept["counts"].items()}
    return True


def _thing(iri: str, cls: str, label: str, names: dict[str, list[str]], facts: dict[str, list[str]]) -> Thing:
    return Thing(iri, cls, label, defaultdict(list, names), defaultdict(list, facts))


def _event(iri: str, words: _Words, label: str, told: list[Any], *sets: Any) -> Event:
    *named, titles, by_weight = sets
    event = Event(iri, label, [_told(*one) for one in told])
    event.involved, event.areas, event.themes, event.kinds, event.wholes = map(set, named)
    event.titles = set(words.read(titles))
    event.bag = {stem: float(weight) for weight, numbers in by_weight.items() for stem in words.read(numbers)}
    return event


def _told(*held: Any) -> Told:
    values = dict(zip(_TOLD, held, strict=True))
    values["lines"] = tuple(values["lines"])
    values["days"] = tuple(map(date.fromisoformat, values["days"])) if values["days"] else None
    values["parts"] = [Part(*one) for one in values["parts"]]
    return Told(**values)


class _Details(Mapping[str, Detail]):
    """The details, each read when it is needed."""

    def __init__(self, facts: Facts, kept: lines.Lines, words: _Words) -> None:
        self._facts, self._kept, self._words = facts, kept, words
        self._read: dict[str, Detail] = {}

    def __getitem__(self, iri: str) -> Detail:
        if iri not in self._read:
            if iri not in self:
                raise KeyError(iri)
            self._read[iri] = _detail(self._facts, iri, self._words, *self._kept[iri])
        return self._read[iri]

    def __contains__(self, iri: object) -> bool:
        return isinstance(iri, str) and iri.startswith("http") and iri in self._kept

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts.postings.iris)

    def __len__(self) -> int:
        return len(self._facts.postings.iris)


def _detail(facts: Facts, iri: str, words: _Words, said: list[Any], *numbers: Any) -> Detail:
    about, kind, values, cls, sort, summary = said
    heads, asks, bag = numbers
    detail = Detail(iri, tuple(about), kind, values, set(words.read(heads)))
    detail.asks, detail.bag = [frozenset(words.read(ask)) for ask in asks], set(words.read(bag))
    detail.cls, detail.sort, detail.summary = cls, sort, summary
    facts.widen(detail)
    return detail
