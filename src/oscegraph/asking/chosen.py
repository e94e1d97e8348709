"""Stage 10e4: sets of activities: those that fit whom, where, what and when a question names, and its other words."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from oscegraph.asking import targets, wording
from oscegraph.asking.asked_chapters import PARTS
from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.candidates import ROLES, SOME, Candidate, roles_of
from oscegraph.asking.naming import Naming
from oscegraph.asking.retrieval import Question, Token
from oscegraph.asking.statements import Event, Told
from oscegraph.namespaces import expand

# A set of those activities that fit a question best.
FITTING = "fitting"
# A set chosen by whom the words mean more closely than a name does: the embassy of a state.
BODY = "body"
# A set of activities on one of the themes that are named, where otherwise all have to be met.
ANY_THEME = "any theme"
# A set of activities in one of the places that are named, where none is in all of them.
ANY_PLACE = "any place"
# Rows that have all that is asked for; activities on the very days that are said.
COMPLETE, SAME_DAYS = "complete", "same days"
# Sets that no parameters of a query say: their activities are listed.
_LISTED = frozenset({FITTING, BODY, ANY_THEME, ANY_PLACE, SAME_DAYS})
# Names can be taken in many ways; so many are tried, and so many sets.
_WAYS, _MOST = 12, 60
_EMBASSY = "embassi"
# Words that tell one kind of activity from another.
_KINDS = wording.stems("training course workshop seminar conference meeting round table visit exercise lecture")
# Cues of words that every set accounts for.
_CUES = frozenset({"activity", "partner", "together", "takepart", "units", "typed"})


@dataclass
class Chosen:
    """A set of activities: those that fit whom, where, what and when, of which some words may narrow it.

    `role` is what the `actor` had to be, or all actors if that is None.
    """

    question: Question
    actors: list[Link]
    where: list[Link]
    themes: list[Link]
    open_links: list[Link]
    role: str = ""
    actor: Link | None = None
    events: list[Event] = field(default_factory=list)
    open_words: list[Token] = field(default_factory=list)
    flags: tuple[str, ...] = ()

    @property
    def shape(self) -> str:
        """What the set is made of: how many actors, in which role, a place, a theme, a period."""
        parts = (
            f"{len(self.actors)} actors",
            self.role,
            "all" * bool(self.role and self.actor is None),
            "where" * bool(self.where),
            "theme" * bool(self.themes),
            "days" * bool(self.question.linked.days),
            "chapter" * bool(self.question.linked.chapters),
        )
        return " ".join(part for part in parts if part)

    @property
    def cues(self) -> frozenset[str]:
        """The cues of the words that the set accounts for."""
        return _CUES | (ROLES[self.role][1] if self.role else frozenset())

    @property
    def numbers(self) -> dict[str, float]:
        """What is known of the set."""
        return {"size": float(len(self.events))}

    @property
    def query(self) -> str:
        """The named query that finds the set."""
        if _LISTED & set(self.flags):
            return "activity_told"
        return "actor_activities" if self.actors else "activities_filtered"

    def values(self) -> dict[str, Any]:
        """Return the parameters of the named query."""
        linked = self.question.linked
        found: dict[str, Any] = {}
        if _LISTED & set(self.flags):
            return {"activity": [event.iri for event in self.events]}
        for name, link in zip(("actor", "also"), self.actors, strict=False):
            found[name] = link.thing.iri
        if self.where:
            found["where"] = self.where[0].thing.iri
        if self.themes:
            found["theme"] = self.themes[0].thing.iri
        if linked.chapters:
            found["section"] = [expand(f"sec:{number}") for number in linked.chapters]
        if linked.days:
            found["from"], found["to"] = linked.days.start.isoformat(), linked.days.end.isoformat()
        return found


def on_set(chosen: Chosen, family: str, projection: str, answer: list[Any], cues: frozenset[str], **more: Any) -> Candidate:
    """Return a candidate that rests on a set of activities, and leaves open what the set does."""
    known = {"query": chosen.query, "values": chosen.values(), "events": tuple(event.iri for event in chosen.events)} | more
    return Candidate(family, projection, answer, cues, open_words=chosen.open_words, open_links=chosen.open_links, **known)


def _sides(link: Link) -> tuple[str, ...]:
    """Return what a name may say of a set: whom, where or on what it is, or nothing."""
    thing = link.thing
    if thing.cls in AREAS:
        return ("where",) if link.at or thing.cls == "Place" else ("where", "actor")
    if thing.is_actor:
        return ("actor",)
    return ("theme", "unused") if "/vocab/theme/" in thing.iri and not link.broad else ("unused",)


class Choosing:
    """Chooses the sets of activities that questions may mean, over one set of facts."""

    def __init__(self, naming: Naming) -> None:
        self.naming, self.facts = naming, naming.facts
        self._last: tuple[Question, list[Chosen]] | None = None

    def sets(self, question: Question) -> list[Chosen]:
        """Return the sets for each way to take the names of a question, each also narrowed by its other words."""
        last = self._last
        if last is None or last[0] is not question:
            self._last = last = question, list(itertools.islice(self._sets(question), _MOST))
        return last[1]

    def _sets(self, question: Question) -> Iterator[Chosen]:
        free = [link for link in question.links if not link.quiet]
        kinds = self._kinds(question)
        circles = {link.thing.iri: self.circle(question, link) for link in free if link.thing.is_actor}
        roles = [name for name, (_, cues) in ROLES.items() if cues & set(question.roles) and name != "anybody"]
        for taken in itertools.islice(itertools.product(*map(_sides, free)), _WAYS):
            actors, where, themes, unused = (
                [link for link, side in zip(free, taken, strict=True) if side == one]
                for one in ("actor", "where", "theme", "unused")
            )
            named = Chosen(question, actors, where, themes, [link for link in unused if not link.broad])
            by_role: list[tuple[str, Link | None]] = [("", None)]
            by_role += [(role, actor) for actor in actors[:2] for role in roles]
            by_role += [(role, None) for role in roles if len(actors) > 1]
            if len(actors) == 1 and not roles:
                # "When did it hold its trainings?" means those of its own.
                by_role.append(("organizer", actors[0]))
            flags = (BODY,) if any(self._is_embassy(question, link) for link in actors) else ()
            for role, actor, any_theme in [*((*one, False) for one in by_role), *[("", None, True)] * (len(themes) > 1)]:
                chosen = replace(named, role=role, actor=actor, open_words=question.tokens, flags=flags)
                if any_theme:
                    chosen.flags = (*flags, ANY_THEME)
                chosen.events = [event for event in self.facts.events.values() if self._fits(chosen, event, circles)]
                if len(where) > 1 and not chosen.events:
                    chosen.flags = (*chosen.flags, ANY_PLACE)
                    chosen.events = [event for event in self.facts.events.values() if self._fits(chosen, event, circles)]
                for one in (chosen, *self._of_part(chosen), *self._of_kind(chosen, kinds), *self._on_days(chosen)):
                    yield one
                    yield from self._narrowed(one)

    def _is_embassy(self, question: Question, link: Link) -> bool:
        """Whether the embassy of a state is meant, and not the state: "the embassy of the United States"."""
        words = question.linked.words
        near = words[max(0, link.start - 3) : link.start] + words[link.end : link.end + 1]
        return link.thing.cls == "State" and any(word.stem == _EMBASSY for word in near)

    def circle(self, question: Question, link: Link) -> set[str]:
        """Return whom a name means: an actor with all that belongs to it, or the embassies of a state."""
        if self._is_embassy(question, link):
            things = self.facts.directory.things
            return {iri for iri in self.facts.of_area(link.thing.iri) if "embassy" in things[iri].label.casefold()}
        return self.naming.circle(link.thing.iri)

    def naming_actors(self, chosen: Chosen) -> list[tuple[Event, Told]]:
        """Return the tellings of a set that name its actors themselves, each with its activity, in the order of the set."""
        circles = [self.circle(chosen.question, link) for link in chosen.actors]
        return [
            (event, told)
            for event in chosen.events
            for told in event.told
            if all(any(part.actor in circle for part in told.parts) for circle in circles)
        ]

    def _fits(self, chosen: Chosen, event: Event, circles: dict[str, set[str]]) -> bool:
        """Whether an activity has all that is named, and its actors the role."""
        linked = chosen.question.linked
        if linked.days and event.fits(linked.days) < 2:
            return False
        if linked.chapters and not any(told.chapter in linked.chapters for told in event.told):
            return False
        there = any if ANY_PLACE in chosen.flags else all
        if chosen.where and not there(k.thing.iri in event.areas for k in chosen.where):
            return False
        on = any if ANY_THEME in chosen.flags else all
        if chosen.themes and not on(k.thing.iri in event.themes for k in chosen.themes):
            return False
        for link in chosen.actors:
            circle = circles[link.thing.iri]
            if not circle & event.involved:
                return False
            has_role = chosen.role and (link is chosen.actor or chosen.actor is None)
            if has_role and circle.isdisjoint(roles_of(event.told, ROLES[chosen.role][0])):
                return False
        return True

    def _of_kind(self, chosen: Chosen, kinds: set[str]) -> Iterator[Chosen]:
        """Yield the part of a set that is of the kinds that a question names, if it is not all of it."""
        found = [event for event in chosen.events if kinds & event.kinds]
        if found and len(found) < len(chosen.events):
            stems = set[str]().union(*map(wording.stems, kinds))
            left = [token for token in chosen.open_words if token.word.stem not in stems]
            yield replace(chosen, events=found, open_words=left, flags=(*chosen.flags, "kind"))

    def _on_days(self, chosen: Chosen) -> Iterator[Chosen]:
        """Yield the part of a set that was on the very days that a question says, if others only meet these."""
        days = chosen.question.linked.days
        if days and days.exact:
            found = [event for event in chosen.events if (days.start, days.end) in event.days]
            if found and len(found) < len(chosen.events):
                yield replace(chosen, events=found, flags=(*chosen.flags, SAME_DAYS))

    def _of_part(self, chosen: Chosen) -> Iterator[Chosen]:
        """Yield the part of a set that the chapters on field operations or on the Secretariat tell, if that is said."""
        for cue, part in PARTS.items():
            if cue in chosen.question.linked.cues and not chosen.question.linked.chapters:
                found = [e for e in chosen.events if any(t.chapter.startswith(part) for t in e.told)]
                if found and len(found) < len(chosen.events):
                    yield replace(chosen, events=found, flags=(*chosen.flags, "part"))

    def _kinds(self, question: Question) -> set[str]:
        """Return the kinds of activities that a question names: training courses, study visits."""
        every = {kind for event in self.facts.events.values() for kind in event.kinds}
        stems = {word.stem for word in question.linked.words}
        return {kind for kind in every if _KINDS & wording.stems(kind) & stems}

    def _narrowed(self, chosen: Chosen) -> Iterator[Chosen]:
        """Yield the part of a set that bears most of the other words, and the part that bears all that ask for nothing."""
        tokens, events = chosen.question.tokens, chosen.events
        words = [t for t in tokens if t.word.stem in self.facts.weights and not t.cues & (SOME - {"activity"})]
        if not words or not events:
            return
        held = {e.iri: {t.word.stem for t in words if t.word.stem in e.bag} for e in events}
        borne = {e.iri: sum(t.weight for t in words if t.word.stem in held[e.iri]) for e in events}
        best = max(borne.values())
        if best <= 0:
            return
        kept = [e for e in events if borne[e.iri] > 0.99 * best]
        if len(kept) < len(events):
            stems = set[str]().union(*(held[e.iri] for e in kept))
            left = [t for t in tokens if t.word.stem not in stems]
            yield replace(chosen, events=kept, open_words=left, flags=(*chosen.flags, "narrowed"))
        for size in sorted(targets.numbers(chosen.question.linked.text)):
            # "The three trainings on cybercrime": so many that fit better than all others.
            ranked = sorted(events, key=lambda e: -borne[e.iri])
            if 1 < size < len(ranked) and size != len(kept) and borne[ranked[size - 1].iri] > borne[ranked[size].iri]:
                few = ranked[:size]
                stems = set[str]().union(*(held[e.iri] for e in few))
                left = [t for t in tokens if t.word.stem not in stems]
                yield replace(chosen, events=few, open_words=left, flags=(*chosen.flags, "narrowed", "sized"))
        strong = {t.word.stem for t in words if not t.cues}
        full = [e for e in events if strong <= held[e.iri]]
        if strong and full and len(full) not in (len(kept), len(events)):
            left = [t for t in tokens if t.cues]
            yield replace(chosen, events=full, open_words=left, flags=(*chosen.flags, "narrowed", "by all"))
