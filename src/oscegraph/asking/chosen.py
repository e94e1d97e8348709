"""Stage 10e4: sets of activities: those that fit whom, where, what and when a question names, and its other words."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.candidates import ROLES, SOME, roles_of
from oscegraph.asking.naming import Naming
from oscegraph.asking.retrieval import Question, Token
from oscegraph.asking.statements import Event
from oscegraph.namespaces import expand

# A set of those activities that fit a question best.
FITTING = "fitting"
# Names can be taken in many ways; so many are tried, and so many sets: of 100 questions one has 28.
_WAYS, _MOST = 12, 40
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
        if FITTING in self.flags:
            return "activity_told"
        return "actor_activities" if self.actors else "activities_filtered"

    def values(self) -> dict[str, Any]:
        """Return the parameters of the named query."""
        linked = self.question.linked
        found: dict[str, Any] = {}
        if FITTING in self.flags:
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
            for role, actor in by_role:
                chosen = replace(named, role=role, actor=actor, open_words=question.tokens)
                chosen.events = [event for event in self.facts.events.values() if self._fits(chosen, event)]
                yield chosen
                yield from self._narrowed(chosen)

    def _fits(self, chosen: Chosen, event: Event) -> bool:
        """Whether an activity has all that is named, and its actors the role."""
        linked = chosen.question.linked
        if linked.days and event.fits(linked.days) < 2:
            return False
        if linked.chapters and not any(told.chapter in linked.chapters for told in event.told):
            return False
        if any(k.thing.iri not in event.areas for k in chosen.where):
            return False
        if any(k.thing.iri not in event.themes for k in chosen.themes):
            return False
        for link in chosen.actors:
            circle = self.naming.circle(link.thing.iri)
            if not circle & event.involved:
                return False
            has_role = chosen.role and (link is chosen.actor or chosen.actor is None)
            if has_role and circle.isdisjoint(roles_of(event.told, ROLES[chosen.role][0])):
                return False
        return True

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
            yield replace(chosen, events=kept, open_words=left, flags=("narrowed",))
        strong = {t.word.stem for t in words if not t.cues}
        full = [e for e in events if strong <= held[e.iri]]
        if strong and full and len(full) not in (len(kept), len(events)):
            left = [t for t in tokens if t.cues]
            yield replace(chosen, events=full, open_words=left, flags=("narrowed", "by all"))
