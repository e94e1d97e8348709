"""Stage 10e5: candidates on sets of activities: how many, which, where, when, who had a part, and in most of them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from oscegraph.asking import targets
from oscegraph.asking.asked_chapters import chapters_within
from oscegraph.asking.candidates import ROLES, Candidate, cue_set, roles_of, spell
from oscegraph.asking.chosen import Choosing, Chosen, on_set
from oscegraph.asking.kinds import asks, asks_activity, asks_often, wants
from oscegraph.asking.naming import Naming, types
from oscegraph.asking.on_events import stated_days
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Event, Told

# Roles that are asked for without a word for them.
_UNSAID = ("anybody", "partners", "organizers")
_TELLERS = frozenset({"units", "operations", "secretariat", "bodies"})
_LAST = date(9999, 1, 1)
# So few activities are told apart by their days.
_FEW = 5
# Between so many activities at least there is a first and a largest one; one told to have lasted longer has no exact days.
_LEAST, _EXACT, _MONTH = 2, 62, 26
_COMPARED = {
    name: lazy_pattern(rf"\b(?:{pattern})\b", re.IGNORECASE)
    for name, pattern in {
        "most": "most|largest|biggest|greatest|highest|more|larger|bigger|best[- ]attended|top|record|maximum",
        "least": "fewest|smallest|least|lowest|fewer|smaller|minimum",
        "first": "first|earliest|began|begin|start\\w*|opened",
        "last": "last|latest|final|closed|end(?:ed)? the year",
        "longest": "long|longest|longer|lasted",
        "exact": "exact(?:ly)?|precise(?:ly)?|to the day",
    }.items()
}
_BEGIN = lazy_pattern(r"\b(?:beg[aiu]n(?:s|ning)?|start(?:s|ed|ing)?|first day)\b", re.IGNORECASE)
_DAYS = lazy_pattern(r"\b(?:days?|dates?)\b", re.IGNORECASE)
# "How often did each pay?"
_EACH = lazy_pattern(r"\bhow (?:many|often)\b|\bnumbers?\b|\bmore than one\b", re.IGNORECASE)
# "The last event", "which activity is the earliest": of all that the report tells.
_ENDS = lazy_pattern(
    r"\b(?:first|earliest|last|latest|longest)\b.{0,30}\b(?:events?|activit(?:y|ies))\b"
    r"|\b(?:events?|activit(?:y|ies))\b.{0,40}\b(?:first|earliest|last|latest|longest)\b",
    re.IGNORECASE,
)


def _day(event: Event) -> date:
    """Return the first day of an activity, at the end of time if none is told."""
    return event.days[0][0] if event.days else _LAST


class OnSets:
    """Makes the candidates on sets of activities."""

    def __init__(self, naming: Naming, choosing: Choosing) -> None:
        self.naming, self.choosing = naming, choosing

    def make(self, question: Question) -> Iterator[Candidate]:
        """Yield the candidates on each set that a question may mean, if it says anything of what it means."""
        linked = question.linked
        if set(question.chapters) > set(linked.chapters):
            # What a group of chapters tells is worked out: no telling is in the group itself.
            return
        said = question.types or linked.demonyms or linked.days or linked.chapters or _ENDS.search(linked.text)
        for chosen in self.choosing.sets(question):
            if said or chosen.actors or chosen.where or chosen.themes or "narrowed" in chosen.flags:
                yield from _Asked(self.naming, self.choosing, question, chosen).make()


class _Asked:
    """What may be asked of one set of activities."""

    def __init__(self, naming: Naming, choosing: Choosing, question: Question, chosen: Chosen) -> None:
        self.naming, self.choosing = naming, choosing
        self.question, self.chosen, self.kinds = question, chosen, asks(question)
        self.events = sorted(chosen.events, key=lambda e: ((e.days or [(_LAST, _LAST)])[0], e.label))
        self.iris = tuple(event.iri for event in self.events)

    def make(self) -> Iterator[Candidate]:
        """Yield the candidates that fit the word that asks."""
        # "How many partners" are not as many as activities.
        counts = self.kinds == {"number"} or asks_often(self.question)
        if counts and self.question.target.counted != targets.WHO:
            yield self._one("number of activities", [len(self.events)], "many activity")
        if "other" in self.kinds and asks_activity(self.question):
            yield self._one("activities", [e.label for e in self.events], "activity", things=self.iris)
        if "place" in self.kinds:
            yield from self._places()
        if "day" in self.kinds:
            yield from self._days()
        if "day" in self.kinds or _DAYS.search(self.question.linked.text):
            yield from self._first_and_last(days=True)
        if "other" in self.kinds and set(self.question.types) & _TELLERS:
            yield from self._tellers()
        if self.kinds & {"other", "number"}:
            yield from self._roles()
            yield from self._most_people()
            yield from self._first_and_last()

    def _one(
        self,
        projection: str,
        answer: list[Any],
        cues: str | frozenset[str],
        query: str = "",
        *flags: str,
        types: tuple[str, ...] = (),
        things: Iterable[str] = (),
        **values: Any,
    ) -> Candidate:
        chosen = self.chosen
        return on_set(
            chosen,
            "set",
            projection,
            answer,
            chosen.cues | cue_set(cues),
            query=query or chosen.query,
            values={**chosen.values(), **values},
            events=self.iris,
            types=types,
            flags=(*chosen.flags, *flags),
            numbers=chosen.numbers | {f"shape {chosen.shape}": 1.0},
            things=tuple(things),
        )

    def _named(self, projection: str, things: list[str], cues: str | frozenset[str], *more: str, **values: Any) -> Candidate:
        """Return a candidate whose answer is the names of things."""
        return self._one(projection, self.naming.labels(things), cues, *more, things=things, **values)

    def _places(self) -> Iterator[Candidate]:
        label = self.naming.label
        areas = list(dict.fromkeys(a for e in self.events for t in e.told for a in t.areas))
        towns = self.naming.towns(areas)
        if len(self.chosen.where) == 1 and self.chosen.where[0].thing.cls != "Place":
            # What was in several states was in towns elsewhere, too.
            there = [town for town in towns if self.chosen.where[0].thing.iri in self.naming.around(town)]
            towns = there or towns
        yield self._named("towns", sorted(towns, key=label), "where towns")
        if wants(self.question, "country"):
            yield self._named("countries", sorted(self.naming.states(areas), key=label), "where states")
        if wants(self.question, "chapters"):
            chapters = list(dict.fromkeys(t.chapter for e in self.events for t in e.told))
            yield self._one("chapters", chapters, "chapter where tells")
            naming = list(dict.fromkeys(t.chapter for t in self._naming()))
            naming = chapters_within(self.question.linked, naming)
            if naming != chapters and "unnamed" not in self.question.linked.cues:
                yield self._one("chapters naming", naming, "chapter where tells operations")

    def _days(self) -> Iterator[Candidate]:
        if wants(self.question, "month"):
            # What is dated to a year was in none of its months.
            dated = (e.days[0] for e in self.events if e.days and (e.days[0][1] - e.days[0][0]).days <= _EXACT)
            months = {day.isoformat()[:7] for days in dated for day in days}
            yield self._one("months", sorted(months), "when month")
        if len(self.events) < _FEW:
            one = len(self.events) == 1 and not self.question.linked.chapters
            days = [stated_days(e.days) if one else spell(e.days[0]) for e in self.events if e.days]
            yield self._one("days", list(dict.fromkeys(day for some in days for day in some)), "when")

    def _tellers(self) -> Iterator[Candidate]:
        """Yield whose chapters tell of the activities, and whose chapters name those that the question names."""
        chosen = tuple(self.question.types)
        for projection, told in (("tellers", [t for e in self.events for t in e.told]), ("tellers naming", self._naming())):
            tellers = list(dict.fromkeys(one for t in told if (one := self.naming.facts.teller(t.chapter))))
            kept = self.naming.kept(self.question, tellers, chosen)
            yield self._named(projection, kept, "chapter units tells typed operations", types=chosen)

    def _naming(self) -> list[Told]:
        """Return the tellings that name the actors of the set."""
        return [told for _, told in self.choosing.naming_actors(replace(self.chosen, events=self.events))]

    def _roles(self) -> Iterator[Candidate]:
        """Yield who had which roles, how many they are, and who had them most often."""
        asked = [name for name, (_, cues) in ROLES.items() if cues & set(self.question.roles)]
        told = [t for e in self.events for t in e.told]
        for name in dict.fromkeys((*_UNSAID, *asked)):
            roles, cues = ROLES[name]
            actors = roles_of(told, roles)
            for chosen in types(self.question):
                kept = self.naming.kept(self.question, actors, chosen)
                more: dict[str, Any] = {"types": chosen, "role": sorted(roles)}
                for found, flags in self.naming.choices(self.question, kept):
                    yield from self._how_often(name, sorted(found, key=self.naming.label), flags, more)
                    if self.kinds != {"number"}:
                        yield from self._of_role(name, sorted(found, key=self.naming.label), flags, more)
                    elif chosen and self.question.target.types:
                        yield self._one(f"number of:{name}", [len(found)], cues, "participants_filtered", *flags, **more)

    def _of_role(self, name: str, found: list[str], flags: tuple[str, ...], more: dict[str, Any]) -> Iterator[Candidate]:
        roles, cues = ROLES[name]
        yield self._named(f"role:{name}", found, cues, "participants_filtered", *flags, **more)
        if self.question.linked.cues & {"most", "second"} and found:
            totals = self._totals(found, roles)
            most = max(totals.values())
            top = [actor for actor in found if totals[actor] == most]
            cues = cues | {"most", "activity"}
            yield self._one(f"most:{name}", self.naming.labels(top), cues, "participants_filtered", *flags, **more)

    def _how_often(self, name: str, found: list[str], flags: tuple[str, ...], more: dict[str, Any]) -> Iterator[Candidate]:
        """Yield in how many activities each had a role that is asked for, and who had it more than once."""
        roles, cues = ROLES[name]
        if not (found and cues & set(self.question.roles) and _EACH.search(self.question.linked.text)):
            return
        totals = self._totals_once(found, roles)
        ordered = sorted(found, key=lambda actor: -totals[actor])
        for kind, least in (("counts", 1), ("repeated", 2)):
            held = [[self.naming.label(actor), totals[actor]] for actor in ordered if totals[actor] >= least]
            if held:
                yield self._one(f"{kind}:{name}", held, cues | {"many", "activity"}, "participants_filtered", *flags, **more)

    def _totals_once(self, actors: list[str], roles: frozenset[str]) -> Counter[str]:
        """Return the same without parts of activities in which the same actor had such a role: they are one with them."""
        held = self._held(actors, roles)
        once = (held[event.iri].difference(*(held.get(whole, ()) for whole in event.wholes)) for event in self.events)
        return Counter(actor for some in once for actor in some)

    def _totals(self, actors: list[str], roles: frozenset[str]) -> Counter[str]:
        """Return in how many activities each actor, or what belongs to it, had one of the roles."""
        return Counter(actor for some in self._held(actors, roles).values() for actor in some)

    def _held(self, actors: list[str], roles: frozenset[str]) -> dict[str, set[str]]:
        """Return for each activity which of the actors, or what belongs to them, had one of the roles."""
        wholes: dict[str, set[str]] = defaultdict(set)
        for actor in actors:
            for part in self.naming.circle(actor):
                wholes[part].add(actor)
        return {
            event.iri: {whole for part in roles_of(event.told, roles) for whole in wholes.get(part, ())}
            for event in self.events
        }

    def _most_people(self) -> Iterator[Candidate]:
        """Yield the activities to which most people came, if it is told of any."""
        cues = self.question.linked.cues
        found = {e.label: [t.people for t in e.told if t.people is not None] for e in self.events}
        people = {label: max(numbers) for label, numbers in found.items() if numbers}
        if len(people) < _LEAST:
            return
        for size in sorted(targets.numbers(self.question.linked.text)):
            if _COMPARED["most"].search(self.question.linked.text) and size < len(people):
                ordered = sorted(people, key=lambda label: (-people[label], label))[:size]
                rows = [[label, people[label]] for label in ordered]
                yield self._one("so many with most people", rows, "most people attend many activity", "activity_told")
        for name, pick in (("most", max), ("least", min)):
            best = pick(people.values())
            if name in cues or _COMPARED[name].search(self.question.linked.text):
                labels = [label for label, number in people.items() if number == best]
                yield self._one(f"{name} people", labels, "most least people attend many activity", "activity_told")
                yield self._one(
                    f"number of {name} people", [best], "most least people attend many activity", "activity_told"
                )

    def _first_and_last(self, days: bool = False) -> Iterator[Candidate]:
        """Yield the activities that were first, last and longest, or the days of the first and the last."""
        text = self.question.linked.text
        most = _MONTH if _COMPARED["exact"].search(text) else _EXACT
        dated = [(e, e.days[0]) for e in self.events if e.days and (e.days[0][1] - e.days[0][0]).days < most]
        if len(dated) < _LEAST:
            return
        for name, key in (("first", dated[0][1][0]), ("last", max(d[0] for _, d in dated))):
            if not _COMPARED[name].search(text):
                continue
            found = [(e.label, d) for e, d in dated if d[0] == key]
            if not days:
                yield self._one(f"{name} activity", [label for label, _ in found], "activity when most")
            elif len({d for _, d in found}) == 1:
                period = spell(found[0][1])
                # "On which day did the first one begin?"
                bounds = [period, period[:1]] if len(period) > 1 and _BEGIN.search(text) else [period]
                for told in bounds:
                    yield self._one(f"day of {name} activity", told, "activity when most")
        if days:
            return
        if _COMPARED["longest"].search(text):
            longest = max((last - first).days for _, (first, last) in dated)
            labels = [e.label for e, (first, last) in dated if (last - first).days == longest]
            yield self._one("longest activity", labels, "activity when most many")
