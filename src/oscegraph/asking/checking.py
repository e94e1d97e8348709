"""Stage 10e11d: what a question for yes or no claims, and whether that is told of what is meant: whom, where, when."""

from __future__ import annotations

from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.candidates import ROLES, Candidate
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Detail, Event

Features = dict[str, float]
# What a claim that holds is called.
_HOLD = {"has role", "involved", "there", "then"}
# A month in ISO form is so long; a set of so many roles stands for any.
_MONTH, _ALL = 7, 9


def features(question: Question, candidate: Candidate, side: str) -> Features:
    """Return what says whether the claims of a question hold for what a candidate is about; `side` is what it answers."""
    found: Features = {}
    if candidate.hit is not None:
        event = candidate.hit.event
        claims = {"actors": _actors(question, event), "places": _places(question, event), "days": _days(question, event)}
        for name, states in claims.items():
            if states:
                found[f"{side}:{name} {'/'.join(sorted(states))}"] = 1.0
        every = set[str]().union(*claims.values())
        if every:
            found[f"{side}:claims {'hold' if every <= _HOLD else 'fail' if not every & _HOLD else 'partly'}"] = 1.0
            found[f"{side}:claims {'/'.join(sorted(every))}"] = 1.0
    if candidate.found is not None and (told := _date(question, candidate.found.detail)):
        found[f"{side}:date {told}"] = 1.0
    return found


def _actors(question: Question, event: Event) -> set[str]:
    """Return of each actor that is named whether it had a role that is asked for, another one, or no part."""
    asked = {
        role for roles, cues in ROLES.values() if cues & set(question.roles[:2]) and len(roles) < _ALL for role in roles
    }
    states = set()
    for link in question.links:
        if link.quiet or not link.thing.is_actor or link.thing.cls in AREAS:
            continue
        circle = question.facts.directory.circle(link.thing.iri)
        had = {part.role for told in event.told for part in told.parts if part.actor in circle}
        if not had:
            states.add("named only" if circle & event.involved else "no part")
        elif asked:
            states.add("has role" if had & asked else "other role")
        else:
            states.add("involved")
    return states


def _places(question: Question, event: Event) -> set[str]:
    """Return of each place that is named whether the activity was there, or those there had a part in it."""
    states = set()
    for link in question.links:
        if link.quiet or link.thing.cls not in AREAS:
            continue
        iri = link.thing.iri
        if iri in event.areas:
            states.add("there")
        elif iri in event.involved or question.facts.of_area(iri) & event.involved:
            states.add("from there")
        else:
            states.add("elsewhere" if event.areas else "nowhere told")
    return states


def _days(question: Question, event: Event) -> set[str]:
    """Return whether the activity was in the period that is named."""
    days = question.linked.days
    if days is None:
        return set()
    if not event.days:
        return {"no days told"}
    return {{2: "then", 1: "perhaps then", 0: "another time"}[event.fits(days)]}


def _date(question: Question, detail: Detail) -> str:
    """Return whether the day that a detail tells is that of the question; "" if one of them has none."""
    days = question.linked.days
    if days is None or detail.kind != "date":
        return ""
    held = {day for value in detail.values for day in value.split("/")}
    said = {days.start.isoformat(), days.end.isoformat()}
    if held & said:
        return "same"
    months = {day[:7] for day in held if len(day) == _MONTH}
    return "same" if months & {day[:7] for day in said} else "other"
