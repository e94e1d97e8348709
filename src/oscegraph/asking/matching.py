"""Stage 7f: which activity, figure, provision or statement the words of a question mean.

A question names an activity by its days, its place, who took part and words of its titles. Each name and each word weighs
the more, the fewer activities bear it: log(1 + all / those that bear it), as in the weighting of terms by inverse document
frequency. The fit of an activity is the weight of what it bears, divided by the weight of all that the question says.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from oscegraph import query
from oscegraph.asking import wording
from oscegraph.asking.asked_days import Days
from oscegraph.asking.asked_links import ONE, PLURAL, Link, Linked
from oscegraph.asking.asked_names import AREAS
from oscegraph.directory import Directory, Thing
from oscegraph.namespaces import local_name
from oscegraph.store import Store

# How much a word counts by where an activity bears it.
TITLE, SAID, NOTE, THEME = 1.0, 0.9, 0.75, 0.9
# What kind of event it was is told differently by different chapters, so that such a word says less.
KIND = 0.4
# The weight of a word that no activity bears.
STRANGE = 1.5
# An activity fits a question from here on, and those that fit nearly as well are its rivals.
FITS, BETTER, BETTER_EXACT = 0.55, 0.05, 0.02
# A question has to say so much of an activity, in the weights of its words: less if it names the month or the days.
ENOUGH, ENOUGH_MONTH, ENOUGH_EXACT = 5.5, 3.5, 1.5
# Less is enough where nothing else comes near.
ALONE = 0.6
GENERIC = {"activ", "event", "project", "programm", "chapter", "report"}


@dataclass
class Told:
    """An activity as it may be asked for: the stems of all that is said of it, its days, places, themes and people."""

    iri: str
    label: str = ""
    titles: set[str] = field(default_factory=set)
    stems: set[str] = field(default_factory=set)
    notes: set[str] = field(default_factory=set)
    days: list[tuple[date, date]] = field(default_factory=list)
    involved: set[str] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    themes: set[str] = field(default_factory=set)

    def bears(self, stem: str) -> float:
        """Return how much a word of the question fits: in a title, elsewhere, in a note, or not at all."""
        return TITLE if stem in self.titles else SAID if stem in self.stems else NOTE if stem in self.notes else 0.0

    def fits(self, days: Days) -> bool:
        """Whether a period can mean it; exact days do not mean what lasted for months."""
        shared = [(f, last) for f, last in self.days if f <= days.end and last >= days.start]
        return any((last - first).days < 60 for first, last in shared) if days.exact else bool(shared)


@dataclass
class Said:
    """A figure, provision or statement of co-operation: its class, its words, and what it is about."""

    iri: str
    cls: str
    stems: set[str] = field(default_factory=set)
    about: set[str] = field(default_factory=set)
    kind: str = ""
    own: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Guess:
    """An activity that a question may mean, how much of its words fit (0 to 1), and the weight of those."""

    told: Told
    score: float
    weight: float = 0.0


class Index:
    """All that a question may mean without a name of its own, in one store."""

    def __init__(self, store: Store, directory: Directory) -> None:
        self.store, self.directory = store, directory
        self._plain: set[str] = set()

    @cached_property
    def told(self) -> dict[str, Told]:
        """All activities with what is said of them."""
        found: dict[str, Told] = {}
        for row in query.run(self.store, "ask-activities"):
            iri, value = row["activity"] or "", row["value"] or ""
            if row["fact"] in ("label", "title", "note", "audience"):
                self._plain |= wording.tokens(value)
            told = found.setdefault(iri, Told(iri))
            match row["fact"]:
                case "label" | "title" as kind:
                    told.label = value if kind == "label" else told.label
                    told.titles |= wording.stems(value)
                case "actor":
                    told.involved.add(value)
                case "area":
                    told.areas.add(value)
                case "theme":
                    told.themes.add(value)
                case "days":
                    first, last = value.split("/")
                    told.days.append((date.fromisoformat(first), date.fromisoformat(last)))
                case "note":
                    told.notes |= wording.stems(value)
                case _:
                    told.stems |= wording.stems(value)
        for told in found.values():
            self._complete(told)
        return found

    def _complete(self, told: Told) -> None:
        """Add the areas around the places, the wholes of those involved, and the words of their names."""
        things = self.directory.things
        for iris, kinds in ((told.areas, ("inArea", "inRegion")), (told.involved, ("subOrganizationOf", "postIn"))):
            new = set(iris)
            while new:
                new = {up for iri in new if iri in things for kind in kinds for up in things[iri].facts.get(kind, ())} - iris
                iris |= new
        for iri in told.involved | told.areas:
            for name in [things[iri].label, *things[iri].aliases[:4]] if iri in things else ():
                told.stems |= wording.stems(name)

    @cached_property
    def weights(self) -> dict[str, float]:
        """How much a stem tells."""
        counts = Counter(stem for told in self.told.values() for stem in told.titles | told.stems | told.notes)
        return {stem: math.log(1 + len(self.told) / count) for stem, count in counts.items()}

    @cached_property
    def _bearers(self) -> Counter[str]:
        """In how many activities each actor, area and theme has a part."""
        return Counter(iri for told in self.told.values() for iri in told.involved | told.areas | told.themes)

    @cached_property
    def said(self) -> dict[str, Said]:
        """All figures, provisions and statements of co-operation."""
        found: dict[str, Said] = {}
        for row in query.run(self.store, "ask-statements"):
            iri, value = row["statement"] or "", row["value"] or ""
            said = found.setdefault(iri, Said(iri, local_name(row["class"] or "")))
            if row["fact"] == "about":
                said.about.add(value)
            elif row["fact"] == "kind":
                said.kind = local_name(value)
            else:
                said.stems |= wording.stems(value)
        for said in found.values():
            said.own = set(said.stems)
            for iri in sorted(said.about):
                told, thing = self.told.get(iri), self.directory.things.get(iri)
                said.stems |= told.titles if told else set()
                said.about |= told.involved | told.areas if told else set()
                said.stems |= {s for n in ([thing.label, *thing.aliases[:4]] if thing else ()) for s in wording.stems(n)}
        return found

    def _bears(self, told: Told, link: Link, stems: set[str]) -> float:
        """Return how much a name fits an activity: it took part, is the place or theme, or stands in the titles."""
        iri = link.thing.iri
        if iri in told.involved or iri in told.areas or (stems and stems <= told.titles):
            return TITLE
        if iri in told.themes:
            return THEME
        if link.thing.cls in AREAS:
            facts = (self.directory.things[i].facts for i in told.involved if i in self.directory.things)
            if any(iri in fact.get("jurisdiction", ()) for fact in facts):
                return SAID
        return NOTE if stems and stems <= told.titles | told.stems | told.notes else 0.0

    def guesses(self, linked: Linked, most: int = 5) -> list[Guess]:
        """Return the activities that the question may mean, the best first."""
        names = [(k, linked.stems(k), self._weight(k.thing)) for k in linked.links if not k.quiet and not k.excluded]
        if "decision" in linked.cues:
            # Who took the decisions was not there.
            names = [named for named in names if named[0].thing.cls != "DecisionBody"]
        taken = {i for link in linked.links for i in range(link.start, link.end)}
        words: dict[str, float] = {}
        for place, word in enumerate(linked.words):
            cues = wording.cues().get(word.plain, frozenset())
            if place in taken or word.stem in GENERIC or (cues and "activity" not in cues and "title" not in cues):
                continue
            words[word.stem] = self.weights.get(word.stem, STRANGE) * (KIND if cues else 1.0)
        total = sum(words.values()) + sum(weight for _, _, weight in names)
        if not total:
            return []
        found = []
        for told in self.told.values():
            if linked.days and not told.fits(linked.days):
                continue
            held = [(weight, told.bears(stem)) for stem, weight in words.items()]
            score = sum(weight * part for weight, part in held)
            named = [(weight, self._bears(told, link, stems)) for link, stems, weight in names]
            score += sum(weight * part for weight, part in named)
            if score / total > 0.3:
                found.append(Guess(told, score / total, score))
        found.sort(key=lambda g: (-round(g.score, 6), len(g.told.stems), g.told.iri))
        return found[:most]

    def _weight(self, thing: Thing) -> float:
        count = self._bearers.get(thing.iri, 0)
        weight = math.log(1 + len(self.told) / count) if count else STRANGE
        return 0.5 * weight if "/vocab/" in thing.iri else weight

    def is_several(self, linked: Linked, best: Guess) -> bool:
        """Whether a question means several activities: it says so in the plural, and that is no word of the title."""
        exact = bool(linked.days and linked.days.exact) or bool(linked.quoted)
        return not exact and any(word.casefold() not in best.told.label.casefold() for word in PLURAL.findall(linked.text))

    def is_one(self, linked: Linked, best: Guess) -> bool:
        """Whether a question tells of one event: "the workshop", and not of several."""
        return bool(ONE.search(linked.text)) and not self.is_several(linked, best)

    def named(self, linked: Linked) -> list[Guess]:
        """Return the activity that a question names and its rivals, or all that it names in the plural; empty if none."""
        found = self.guesses(linked, 40)
        if not found or found[0].score < FITS:
            return []
        best = found[0]
        exact = bool(linked.days and linked.days.exact) or bool(linked.quoted)
        if self.is_several(linked, best):
            # "The workshops on X": all that fit wholly, if there are several.
            whole = [guess for guess in found if guess.score > max(0.85, best.score - 0.01)]
            return whole if len(whole) > 1 and best.weight >= ENOUGH_MONTH else []
        enough = ENOUGH_EXACT if exact else ENOUGH_MONTH if linked.days else ENOUGH
        if best.score > 0.9 and (len(found) < 2 or found[1].score < best.score - 0.2):
            enough *= ALONE
        if best.weight < enough:
            return []
        near = best.score - (BETTER_EXACT if exact else BETTER)
        return [guess for guess in found if guess.score > near][:4]

    def statement(self, linked: Linked, cls: str, noun: str = "") -> tuple[Said, float] | None:
        """Return the one figure, provision or statement that a question means, and how well it fits; None if none does.

        What a figure counts has to be the noun that is asked for, if there is one.
        """
        taken = {i for link in linked.links for i in range(link.start, link.end)}
        wanted = {}
        for place, word in enumerate(linked.words):
            cues = wording.cues().get(word.plain, frozenset())
            if place not in taken and (not cues or "activity" in cues or "title" in cues):
                wanted[word.stem] = self.weights.get(word.stem, STRANGE) * (KIND if cues else 1.0)
        names = [(k, self._weight(k.thing)) for k in linked.links if not k.excluded]
        total = sum(wanted.values()) + sum(weight for _, weight in names)
        ranked = []
        for said in self.said.values():
            if said.cls != cls or (noun and noun not in said.own):
                continue
            words = sum(weight for stem, weight in wanted.items() if stem in said.stems)
            held = sum(w for k, w in names if k.thing.iri in said.about or linked.stems(k) <= said.stems)
            if total and words > 0:
                ranked.append(((words + held) / total, said))
        ranked.sort(key=lambda item: (-round(item[0], 6), item[1].iri))
        if not ranked or ranked[0][0] < FITS or (len(ranked) > 1 and ranked[1][0] > ranked[0][0] - BETTER):
            return None
        return ranked[0][1], ranked[0][0]

    def vocabulary(self) -> set[str]:
        """Return the words of all titles and of what is said beside them, as they are written without case."""
        return self._plain if self.told else set()
