"""Stage 7f4: all that questions ask about, in memory: activities with their tellings, and details, with their words.

Each word, name and search term of an activity counts by where it stands, and the more, the fewer activities bear it:
log(1 + all / those that bear it), as in the weighting of terms by inverse document frequency.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from oscegraph import query
from oscegraph.asking import facts_told, topics, wording
from oscegraph.asking.asked_days import Days
from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_names import Names
from oscegraph.asking.postings import Postings
from oscegraph.asking.statements import SAID, Detail, Event
from oscegraph.directory import Directory
from oscegraph.namespaces import PREFIXES
from oscegraph.store import Store

_COMPARED = f"{PREFIXES['stmt']}compared-"
# The named queries without parameters whose rows questions need.
LISTED = (
    "ask-instruments",
    "chapter_headings",
    "decision_activities",
    "decision_adoption",
    "decision_provisions",
    "decision_recalls",
    "decision_tasks",
    "decision_themes",
    "figure_counts",
    "figure_ratification",
    "figure_staff",
    "sections",
    "structure_without_staff",
    "theme_stated_ranks",
)


class Facts:
    """All that a question may ask about, of one store."""

    def __init__(self, store: Store, directory: Directory | None = None) -> None:
        self.store, self._directory = store, directory
        self.plain: set[str] = set()
        self._names: dict[str, frozenset[str]] = {}
        self._wides: dict[str, frozenset[str]] = {}
        self._numbers: dict[str, set[int]] = {}
        # What `kept` read: the rows of a query are under "rows" and its name.
        self.kept: Mapping[str, Any] = {}
        self._listed: dict[str, list[dict[str, str | None]]] = {}

    def listed(self, name: str) -> list[dict[str, str | None]]:
        """Return the rows of a named query without parameters; from the file if it was read: the store may still load."""
        if name not in self._listed:
            if (key := f"rows {name}") in self.kept:
                columns, rows = self.kept[key]
                self._listed[name] = [dict(zip(columns, row, strict=True)) for row in rows]
            else:
                self._listed[name] = list(query.run(self.store, name))
        return self._listed[name]

    @property
    def has_directory(self) -> bool:
        """Whether all names were given."""
        return self._directory is not None

    @cached_property
    def directory(self) -> Directory:
        """All names; read when they are first needed, as the store may still be loading."""
        return self._directory or Directory(self.store)

    def known(self, iris: Iterable[str], chapters: Collection[str] = ()) -> list[Event]:
        """Return the activities among some things, in their order; with what some `chapters` tell alone, if any of it is."""
        events = [self.events[iri] for iri in iris if iri in self.events]
        return [event.told_in(chapters) or event for event in events] if chapters else events

    def chapters_in(self, numbers: Sequence[str]) -> list[str]:
        """Return chapters by their numbers; of a group of chapters, "II.3", all that are in it."""
        every = [row["number"] or "" for row in self.listed("sections")] if numbers else []
        return [one for one in every if any(one == number or one.startswith(f"{number}.") for number in numbers)]

    @cached_property
    def events(self) -> dict[str, Event]:
        """All activities."""
        found = facts_told.activities(self.store, self.directory.label, self.plain)
        for event in found.values():
            self._complete(event)
        return found

    def _complete(self, event: Event) -> None:
        """Add the areas around the places, the wholes of those involved, and the words of their names."""
        things = self.directory.things
        for iris, kinds in (
            (event.areas, ("inArea", "inRegion")),
            (event.involved, ("subOrganizationOf", "postIn")),
        ):
            new = set(iris)
            while new:
                new = {up for iri in new if iri in things for kind in kinds for up in things[iri].facts.get(kind, ())} - iris
                iris |= new
        for iri in event.involved | event.areas:
            event.add(self.names(iri), SAID)

    @cached_property
    def details(self) -> Mapping[str, Detail]:
        """All details, figures, provisions and statements of co-operation."""
        found = facts_told.details(self.store, self.plain)
        for detail in found.values():
            self.complete(detail)
        return found

    def complete(self, detail: Detail) -> None:
        """Add the names of what a detail is about, and the words of its activities."""
        for iri in detail.about:
            detail.bag |= self.names(iri)
        self.widen(detail)

    def widen(self, detail: Detail) -> None:
        """Add the words of the activities of a detail."""
        wides = [wide for iri in detail.about if (wide := self._wide(iri))]
        detail.wide = wides[0] if len(wides) == 1 else frozenset().union(*wides)

    def names(self, iri: str) -> frozenset[str]:
        """Return the stems of the names of a thing."""
        if iri not in self._names:
            thing = self.directory.things.get(iri)
            said = (thing.label, *thing.aliases[:4]) if thing else ()
            self._names[iri] = frozenset().union(*map(wording.stems, said))
        return self._names[iri]

    def _wide(self, iri: str) -> frozenset[str]:
        """Return the stems that say which activity is meant."""
        if iri not in self._wides:
            event = self.events.get(iri)
            self._wides[iri] = frozenset(s for s, weight in event.bag.items() if weight >= SAID) if event else frozenset()
        return self._wides[iri]

    @cached_property
    def alone(self) -> frozenset[str]:
        """Comparisons that only topics answer: no known question is on them, by which they could be weighed."""
        return frozenset(f"{_COMPARED}{one}" for one in topics.alone())

    @cached_property
    def _weighed(self) -> int:
        """How many details words are counted in."""
        return len(self.details) - sum(iri in self.details for iri in self.alone)

    @cached_property
    def counts(self) -> dict[str, dict[str, int]]:
        """In how many activities and details each stem occurs, and in how many details as a noun for what is asked."""
        alone = self.alone
        weighed = [detail for iri, detail in self.details.items() if iri not in alone]
        found = {
            "events": Counter(stem for event in self.events.values() for stem in event.bag),
            "details": Counter(stem for detail in weighed for stem in detail.bag | detail.wide),
            "heads": Counter(stem for detail in weighed for stem in detail.heads),
        }
        return {name: dict(sorted(counts.items())) for name, counts in found.items()}

    @cached_property
    def weights(self) -> dict[str, float]:
        """How much a stem tells."""
        return {stem: math.log(1 + len(self.events) / count) for stem, count in self.counts["events"].items()}

    @cached_property
    def detail_weights(self) -> dict[str, float]:
        """How much a stem tells of a detail."""
        return {stem: math.log(1 + self._weighed / count) * 0.8 for stem, count in self.counts["details"].items()}

    @cached_property
    def head_weights(self) -> dict[str, float]:
        """How much a noun for what is asked tells of a detail."""
        return {stem: math.log(1 + self._weighed / count) for stem, count in self.counts["heads"].items()}

    @cached_property
    def bearers(self) -> Counter[str]:
        """In how many activities each actor, area and theme has a part."""
        return Counter(iri for event in self.events.values() for iri in event.involved | event.areas | event.themes)

    def weight(self, iri: str) -> float:
        """Return how much a name tells."""
        count = self.bearers.get(iri, 0)
        weight = math.log(1 + len(self.events) / count) if count else 4.0
        return 0.5 * weight if "/vocab/" in iri else weight

    @cached_property
    def _of_areas(self) -> dict[str, set[str]]:
        """The bodies of each state and territory."""
        found: dict[str, set[str]] = {}
        for thing in self.directory.things.values():
            for area in thing.facts.get("jurisdiction", ()):
                found.setdefault(area, set()).add(thing.iri)
        return found

    @cached_property
    def postings(self) -> Postings:
        """Which details bear a word, a noun or a name."""
        return Postings.of(self.details, self.detail_weights)

    def _numbers_of(self, iri: str) -> set[int]:
        """Return the numbers that are told of an activity or another thing, or by a detail."""
        if iri not in self._numbers:
            found: set[int] = set()
            for told in self.events[iri].told if iri in self.events else ():
                found |= {n for n in (told.people, told.events, *(part.people for part in told.parts)) if n is not None}
                found |= {int(n) for n in re.findall(r"\d+", told.duration)}
                if told.days:
                    found.add((told.days[1] - told.days[0]).days + 1)
            for detail in [self.details[iri]] if iri in self.details else self.details_on(iri):
                for value in detail.values:
                    found |= {int(n) for n in re.findall(r"(?<![\d/-])\d+(?![\d/-])", value)}
            self._numbers[iri] = found
        return self._numbers[iri]

    def details_on(self, iri: str) -> list[Detail]:
        """Return the details on an activity or another thing, in their order."""
        return [self.details[self.postings.iris[number]] for number in sorted(self.postings.on([iri]))]

    def numbers(self, iris: Iterable[str]) -> set[int]:
        """Return the numbers that are told of these activities and things."""
        return set[int]().union(*map(self._numbers_of, iris))

    def of_area(self, iri: str) -> set[str]:
        """Return the bodies of a state or territory."""
        return self._of_areas.get(iri, set())

    def is_about(self, detail: Detail, link: Link, stems: set[str]) -> bool:
        """Whether a detail is on what a name means: the thing itself, an activity that bears it, or words that say it."""
        iri = link.thing.iri
        circle = self.directory.circle(iri) if link.thing.is_actor else {iri}
        for about in detail.about:
            event = self.events.get(about)
            if about in circle or (event and (circle & event.involved or iri in event.areas or iri in event.themes)):
                return True
        return bool(stems) and stems <= detail.bag

    @cached_property
    def _tellers(self) -> dict[str, str]:
        return {r["number"] or "": r["structure"] for r in self.listed("sections") if r["structure"]}

    def teller(self, chapter: str) -> str:
        """Return the structure whose chapter it is, or ""."""
        return self._tellers.get(chapter, "")

    def when(self, detail: Detail, days: Days | None) -> str:
        """Return whether the activities of a detail fit a period: yes, no, or nothing to say."""
        events = self.known(detail.about)
        if days is None or not any(event.days for event in events):
            return "-"
        return "yes" if any(event.fits(days) for event in events) else "no"

    @cached_property
    def known_names(self) -> Names:
        """All names that questions may use, and all words: those of titles and terms, too, without case."""
        return Names.of(self.directory, self.plain if self.events and self.details else ())
