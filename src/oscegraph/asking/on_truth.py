"""Stage 10e7: candidates for questions for yes or no: whether all of it fits, who had a role, where, when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from oscegraph.asking import asked_roles, detail_fits, retrieval
from oscegraph.asking.asked_names import AREAS, INSTRUMENTS
from oscegraph.asking.candidates import ROLES, SOME, Candidate, cue_set, days_of, on_hit, roles_of
from oscegraph.asking.chosen import Choosing, on_set
from oscegraph.asking.naming import Naming
from oscegraph.asking.on_details import OnDetails
from oscegraph.asking.on_two import pairs
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Hit, Question
from oscegraph.asking.rows import ATTENDEES, ORGANIZERS

_ALL = SOME | set(asked_roles.ROLES) | {"partner", "withwhom"}
_BASIS = SOME | {"decision", "rest", "task"}
_WITH = cue_set("partner withwhom")
_THERE = "when where towns chapter tells"


def _was_there(projection: str, so: bool, hit: Hit, cues: str = _THERE) -> Candidate:
    return on_hit("was there", projection, [so], cue_set(cues) | SOME, "activity_told", hit)


# "Did different states pay for them?"
_DIFFERENT = lazy_pattern(
    r"\bdiffer\w*\b|\bnot (?:\w+ ){0,3}same\b|n['\u2019]t (?:\w+ ){0,6}same\b|\bunlike\b", re.IGNORECASE
)
_YEARS = range(1990, 2031)
# The words that ask for what chapters may agree on.
_AGREED = {
    "days": "when",
    "titles": "activity title",
    "places": "where towns",
    "organizers": "organize who",
    "attendees": "attend takepart states",
    "people": "many people",
}


class OnTruth:
    """Makes the candidates of questions for yes or no."""

    def __init__(self, naming: Naming, choosing: Choosing, details: OnDetails) -> None:
        self.naming, self.choosing, self.details = naming, choosing, details

    def make(self, question: Question) -> Iterator[Candidate]:
        """Yield the candidates for yes and for no."""
        yield from self._is_so(question)
        yield from self._had_role(question)
        yield from self._all_had_part(question)
        yield from self._role_told(question)
        yield from self._of_state(question)
        yield from self._was_there(question)
        yield from self._same(question)
        for hit in retrieval.activities(question, 2):
            yield from self._agree(hit)
            yield from self._people(question, hit)
        yield from self._any_at_all(question)
        for found in detail_fits.details(question, 4):
            for truth in (True, False):
                yield self.details.one(question, found, str(truth), [truth], family="is told")

    def _is_so(self, question: Question) -> Iterator[Candidate]:
        """Yield that all that is said fits one activity, and that it does not."""
        for hit in retrieval.activities(question, 3):
            for truth in (True, False):
                yield on_hit("is so", str(truth), [truth], _ALL, "activity_told", hit)

    def _had_role(self, question: Question) -> Iterator[Candidate]:
        """Yield whether one that is named had a role in an activity, or an activity rests on an instrument."""
        starts = [link.start for link in question.links if link.thing.is_actor and not link.quiet]
        for link in question.links:
            thing = link.thing
            if link.quiet or not (thing.is_actor or thing.cls in INSTRUMENTS):
                continue
            circle = self.naming.circle(thing.iri)
            # Who is named first is mostly whom the question is on.
            flags = (
                "by" if link.by else thing.type,
                "first named" if link.start == min(starts, default=0) else "later named",
            )
            for hit in retrieval.activities(question, 3, [link]):
                iri, told = hit.event.iri, hit.event.told
                # A name that is a part of the title says which activity it is, and not whom the question is on.
                stems = question.linked.stems(link)
                titled = ("in title",) if stems and stems <= hit.event.titles else ()
                within = [t for t in told if t.chapter in question.linked.chapters]
                for tellings, where in (
                    ((told, ()), (within, ("chapter",))) if 0 < len(within) < len(told) else ((told, ()),)
                ):
                    found = {part.role for t in tellings for part in t.parts if part.actor in circle}
                    for name, (roles, cues) in ROLES.items():
                        if cues & set(question.roles) or name == "anybody":
                            values = {"activity": [iri], "role": sorted(roles)}
                            yield on_hit(
                                "had role",
                                name,
                                [bool(found & roles)],
                                cues | SOME,
                                "activity_participants",
                                hit,
                                values=values,
                                flags=(*flags, *titled, *where),
                                whom=thing.iri,
                            )
                if thing.cls in INSTRUMENTS:
                    so = [any(thing.iri in t.basis for t in told)]
                    yield on_hit("had role", "basis", so, _BASIS, "activity_basis", hit)

    def _all_had_part(self, question: Question) -> Iterator[Candidate]:
        """Yield whether all that are named had any part in an activity: "did the Mission work with the police of A?"."""
        links = [link for link in question.links if link.thing.is_actor and not link.quiet]
        circles = [self.naming.circle(link.thing.iri) for link in links]
        roles, cues = ROLES["anybody"]
        for hit in retrieval.activities(question, 3, links) if len(links) > 1 else ():
            actors = {part.actor for told in hit.event.told for part in told.parts if part.role in roles}
            so = [all(actors & circle for circle in circles)]
            values = {"activity": [hit.event.iri], "role": sorted(roles)}
            cue = cues | SOME | _WITH
            yield on_hit("had role", "all named", so, cue, "activity_participants", hit, values=values)

    def _role_told(self, question: Question) -> Iterator[Candidate]:
        """Yield whether the chapter that a question names tells who had a role in an activity: "is it stated who paid?"."""
        for hit in retrieval.activities(question, 2) if question.linked.chapters else ():
            within = [told for told in hit.event.told if told.chapter in question.linked.chapters]
            for name, (roles, cues) in ROLES.items() if within else ():
                if cues & set(question.roles):
                    values = {"activity": [hit.event.iri], "role": sorted(roles)}
                    so = [bool(roles_of(within, roles))]
                    yield on_hit("had role", f"told {name}", so, cues | SOME, "activity_participants", hit, values=values)

    def _of_state(self, question: Question) -> Iterator[Candidate]:
        """Yield whether a state whose adjective is there, or a body of a state, had a role: "the Norwegian government"."""
        named = {link.thing.iri for link in question.links if link.thing.cls in ("State", "Territory")}
        for state in sorted(question.linked.demonyms | named):
            bodies = {state} | self.naming.facts.of_area(state)
            for hit in retrieval.activities(question, 2, [link for link in question.links if link.thing.iri == state]):
                found = {part.role for t in hit.event.told for part in t.parts if part.actor in bodies}
                for name, (roles, cues) in ROLES.items():
                    if cues & set(question.roles):
                        values = {"activity": [hit.event.iri], "role": sorted(roles)}
                        flags = ("of state", "named" if state in named else "adjective")
                        so = [bool(found & roles)]
                        yield on_hit(
                            "had role",
                            name,
                            so,
                            cues | SOME,
                            "activity_participants",
                            hit,
                            values=values,
                            flags=flags,
                            whom=state,
                        )

    def _was_there(self, question: Question) -> Iterator[Candidate]:
        """Yield whether an activity was in that place, in that time, in that chapter."""
        linked = question.linked
        for link in question.links:
            if link.thing.cls in AREAS and not link.quiet:
                for hit in retrieval.activities(question, 3, [link]):
                    if hit.event.areas:
                        yield _was_there("where", link.thing.iri in hit.event.areas, hit)
        if linked.days:
            for hit in retrieval.activities(question, 3, dated=False):
                if hit.event.days:
                    yield _was_there("when", bool(hit.event.fits(linked.days)), hit)
        for hit in retrieval.activities(question, 3) if linked.chapters else ():
            for number, chapter in enumerate(linked.chapters):
                which = "only" if len(linked.chapters) == 1 else "first" if not number else "last"
                yield _was_there(f"{which} chapter", any(t.chapter == chapter for t in hit.event.told), hit)

    def _same(self, question: Question) -> Iterator[Candidate]:
        """Yield whether two activities have the same bodies in a role, the same place or the same month, or share some."""
        negated = bool(_DIFFERENT.search(question.linked.text))
        for one, other, words, links in pairs(question):
            events = (one.event.iri, other.event.iri)
            sides = (one.event.told, other.event.told)
            compared: list[tuple[str, list[set[Any]], frozenset[str]]] = [
                (name, [set(roles_of(told, roles)) for told in sides], cues)
                for name, (roles, cues) in ROLES.items()
                if cues & set(question.roles)
            ]
            compared.append(("places", [{a for t in told for a in t.areas} for told in sides], cue_set("where towns")))
            periods = [[t.days for t in told if t.days] for told in sides]
            # Only what lies in one month says which it was.
            months = [{a.month for a, b in some if (a.year, a.month) == (b.year, b.month)} for some in periods]
            compared.append(("months", months, cue_set("when month")))
            for name, (first, second), cues in compared:
                if first and second:
                    for kind, so in (("same", first == second), ("some same", bool(first & second))):
                        yield Candidate(
                            "had role",
                            f"{kind} {name}",
                            [so != negated],
                            cues | SOME,
                            "activity_participants",
                            {"activity": list(events)},
                            events,
                            one,
                            open_words=words,
                            open_links=links,
                        )

    def _agree(self, hit: Hit) -> Iterator[Candidate]:
        """Yield whether the chapters that tell of an activity agree: on days, title, places, who organized and who came."""
        told = hit.event.told
        if len(told) < 2:
            return
        said: dict[str, set[Any]] = {
            "days": {tuple(days_of(t)) for t in told if t.days},
            "titles": {t.title for t in told},
            "places": {tuple(sorted(t.areas)) for t in told if t.areas},
            "organizers": {tuple(sorted(roles_of([t], ORGANIZERS))) for t in told} - {()},
            "attendees": {tuple(sorted(roles_of([t], ATTENDEES))) for t in told} - {()},
            "people": {t.people for t in told if t.people is not None},
        }
        for name, values in said.items():
            cues = f"agree differ chapter {_AGREED[name]}"
            yield _was_there(f"{name} differ", len(values) > 1, hit, cues)
            yield _was_there(f"{name} agree", len(values) < 2, hit, cues)

    def _people(self, question: Question, hit: Hit) -> Iterator[Candidate]:
        """Yield whether so many people came to an activity, or more, or fewer."""
        people = [t.people for t in hit.event.told if t.people is not None]
        # "From 2010 to 2011" tells no number of people.
        said = [number for number in question.linked.numbers if number not in _YEARS]
        for number in said[:1] if people else ():
            most = max(people)
            for name, so in (("equal", most == number), ("more", most > number), ("fewer", most < number)):
                yield _was_there(f"people {name}", so, hit, "many people attend")

    def _any_at_all(self, question: Question) -> Iterator[Candidate]:
        """Yield whether there is any activity of that kind."""
        for chosen in self.choosing.sets(question):
            if chosen.role and chosen.actor is None:
                continue
            so, more = [bool(chosen.events)], {"flags": chosen.flags, "numbers": chosen.numbers}
            yield on_set(chosen, "any", chosen.shape, so, chosen.cues, **more)
