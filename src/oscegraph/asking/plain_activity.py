"""Stage 10e16c: plain questions on one activity, by the forms of `plain_forms` that have `{activity}`.

What is asked is told by the candidates on that activity. Who organized it may mean its partners, too: if several are told to
have organized it, these are meant; if a unit of the OSCE is alone, those who worked with it are.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from oscegraph.asking import asked_days, asked_kinds, on_events, plain_forms, plain_words, titles
from oscegraph.asking.asked_types import is_of
from oscegraph.asking.candidates import ROLES, SOME, Candidate, on_hit, roles_of
from oscegraph.asking.filter_measures import came, is_several, sends
from oscegraph.asking.naming import Naming
from oscegraph.asking.pattern_parts import Part
from oscegraph.asking.plain_forms import Form
from oscegraph.asking.retrieval import Hit, Question
from oscegraph.asking.rows import PARTNERS
from oscegraph.asking.statements import Event

# What stands for an activity, and what may be said before it, behind a kind.
_ACTIVITY, _IT = "{activity}", titles.IT
_CALLED = frozenset({"called", "entitled", "titled", "named", "on"})
# Who organized it where others co-operated.
BESIDE = "partners beside"
ORGANIZER, CO_ORGANIZERS, _STATES = "role:organizer", "role:organizers", frozenset({"state", "territory"})
_UNITS = ("units",)
_PEOPLE, _WHEN, PARTNER = "people", "when", "role:partner"
# Roles that somebody had who is named; who has one of the others is told to have had another part.
HAD, _NO_OTHER = "had role", {"organizers": frozenset({"host", "facilitator", "funder"})}
# A no is told by who is told to have had the role; who came, spoke or taught may be told as people.
_TOLD_WHOLE = frozenset({"organizers", "funder", "host"})


@functools.cache
def _forms(openly: bool = False) -> list[tuple[Form, int, frozenset[str]]]:
    """The forms on one activity, each with the place where it stands and the words that it may begin with.

    Those that are open in whom they mean are among them if `openly`.
    """
    forms = chain(plain_forms.catalogue(), plain_forms.catalogue("open") if openly else ())
    places = ((form, [i for i, part in enumerate(form.pattern) if _is_activity(part)]) for form in forms)
    return [(form, place[0], plain_forms.beginnings(form.pattern)) for form, place in places if place]


def _is_activity(part: Part) -> bool:
    return part[1] == ((_ACTIVITY,),)


def places(words: Sequence[str], openly: bool = False) -> Iterator[tuple[int, int]]:
    """Yield where the words for an activity may stand in a plain question on one, the longest first for each form.

    >>> list(places("who organized workshop in {place}".split()))[0]
    (2, 5)
    """
    seen = set()
    for form, place, beginnings in _forms(openly):
        if not words or not {words[0], _ACTIVITY} & beginnings:
            continue
        before, behind = form.pattern[:place], form.pattern[place + 1 :]
        for start in range(len(words)):
            if not plain_forms.matches(before, words[:start]):
                continue
            for end in range(len(words), start, -1):
                if (start, end) not in seen and plain_forms.matches(behind, words[end:]):
                    seen.add((start, end))
                    yield start, end


def read(asking: Question, event: Event, naming: Naming) -> tuple[Candidate | None, bool]:
    """Return the reading of a plain question on an activity, with `titles.IT` in the place of it; None if it is not plain.

    Who took part may mean more roles than one: that is only read here where all of them say the same. The other value is
    whether it is certain; a role that nobody is told to have had may be told by other words.
    """
    form = form_of(asking)
    if form is None or not is_theirs(asking, event, naming, form):
        return None, False
    own = told(asking, event, naming, form)
    found = next((one for one in own if one.projection == form.projection), None)
    made = roles_of(event.told, ROLES["organizer"][0])
    if found and found.projection == PARTNER and (of_states(found, naming) or not made):
        # Where no organizer is told, with whom that was is not, either.
        return None, False
    if found is None or (not found.answer and form.typed):
        # Bodies of states may be told, and no states.
        return None, False
    if form.projection == CO_ORGANIZERS:
        # With whom it was organized is told by who else did, and by who co-operated if nobody else did.
        ran = next((one for one in own if one.projection == ORGANIZER and one.answer), found)
        return (replace(ran, flags=(*ran.flags, BESIDE)) if ran.answer != found.answer else found), True
    if also := next((one for one in own if one.projection == form.also and one.answer != found.answer), None):
        return _with_partners(found, also, naming), True
    return found, not form.told or bool(found.answer)


def form_of(asking: Question, openly: bool = False) -> Form | None:
    """Return the form of a plain question with `titles.IT` in the place of an activity; None if it is not plain."""
    said = plain_words.words(asking)
    if _IT not in said or asking.linked.days or asking.linked.chapters:
        return None
    place = len(said) - said[::-1].index(_IT)
    behind = said[place:]
    said = [*_without_kind(said[: place - 1]), _ACTIVITY, *behind[len(asked_kinds.at(behind, 0)) :]]
    return next((form for form, _, _ in _forms(openly) if plain_forms.matches(form.pattern, said)), None)


def told(asking: Question, event: Event, naming: Naming, form: Form) -> list[Candidate]:
    """Return what is told of an activity in the way that a form asks."""
    types = tuple(asking.types) if form.typed else ()
    meant = on_events.of_one(naming, asking, event).make()
    every = chain(meant, on_events.attended(naming, asking, event), _roles(asking, event, naming))
    own = (one for one in every if one.family == form.family and one.types == types)
    return [_who_came(one, event) for one in own if not plain_forms.OTHER.intersection(one.flags)]


def _who_came(found: Candidate, event: Event) -> Candidate:
    """Return how many came where that is asked of one event: how many were sent there is not that."""
    if found.projection != _PEOPLE or is_several(event):
        return found
    number = came(event)
    return replace(found, answer=[] if number is None else [number])


def of_states(found: Candidate, naming: Naming) -> bool:
    """Whether there are States among those who had a role: they took part, and organized nothing."""
    return any(naming.directory.things[iri].type in _STATES for iri in found.things)


def is_vague(found: Candidate, event: Event) -> bool:
    """Whether what is told is less than what is asked of one event: a year is no day, several events are not one."""
    if found.projection == _WHEN:
        return not asked_days.tells_exactly(found.answer)
    return found.projection == _PEOPLE and is_several(event)


def _with_partners(found: Candidate, also: Candidate, naming: Naming) -> Candidate | None:
    """Return who organized an activity in which others co-operated; None if it is not known who of them is meant.

    Of 57 questions that are known with several organizers 53 have these alone as their key, of 82 with a single one that is
    of the OSCE 65 all of them; where units of the OSCE are asked for, all 31 have those alone that organized it.
    """
    if found.projection != ORGANIZER or of_states(also, naming):
        return None
    if len(found.answer) > 1 or found.types:
        return replace(found, flags=(*found.flags, BESIDE))
    alone = [iri for iri in found.things if is_of(naming.directory, _UNITS, iri)]
    return replace(also, flags=(*also.flags, BESIDE)) if alone else None


def is_theirs(asking: Question, event: Event, naming: Naming, form: Form) -> bool:
    """Whether an activity is one of whoever is named, if it is asked with whom these organized it."""
    if form.family == HAD:
        return True
    circles = [naming.circle(link.thing.iri) for link in asking.links]
    made = roles_of(event.told, PARTNERS)
    return all(not circle.isdisjoint(made) for circle in circles)


def _roles(asking: Question, event: Event, naming: Naming) -> Iterator[Candidate]:
    """Yield whether the one actor that is named had a role in an activity, where that is told.

    A no is not told of a part of a structure that had the role, nor of who had another part that may be called so.
    """
    links = asking.links
    if len(links) != 1 or not links[0].thing.is_actor:
        return
    circle, wholes = naming.circle(links[0].thing.iri), naming.wholes(links[0].thing.iri)
    for name, (some, cues) in ROLES.items():
        # Who paid for whom it sent did not pay for all of it.
        told = [one for one in event.told if name != "funder" or not sends(one)]
        had = set(roles_of(told, some))
        other = set(roles_of(event.told, _NO_OTHER.get(name, frozenset())))
        so = not circle.isdisjoint(had)
        if so or (name in _TOLD_WHOLE and had and not wholes & had and circle.isdisjoint(other)):
            values = {"activity": [event.iri], "role": sorted(some)}
            hit = Hit(event, 0.0, [], [], 0)
            whom = links[0].thing.iri
            yield on_hit(HAD, name, [so], cues | SOME, "activity_participants", hit, values=values, whom=whom)


def _without_kind(before: list[str]) -> list[str]:
    """Return the words before a title without what it is: "the seminar called"."""
    return asked_kinds.without(before[:-1] if before[-1:] and before[-1] in _CALLED else before)
