"""Stage 10g1d2: rows of one activity: everybody with the roles that are told, each chapter with whom it names in a role."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from oscegraph.asking.asked_of_one import CHAPTERS, OfOne
from oscegraph.asking.asked_types import is_of
from oscegraph.asking.candidates import Candidate, roles_of
from oscegraph.asking.naming import Naming
from oscegraph.asking.rows import ATTENDEES, SIDES, Rows, came, roles_had, with_people
from oscegraph.asking.statements import Event, Told

_ROLES_OF = "roles of one"
_QUERY, _UNITS = "activity_participants", ("units",)
_ROLES = {name: roles for name, roles, _ in SIDES}
_CAME, _ORGANIZERS = "attendees", "organizers"


def rows(naming: Naming, event: Event, asked: OfOne, actors: Sequence[str]) -> Candidate | None:
    """Return what is asked of everybody in an activity, or of those actors; None if it is not told of each of them.

    A chapter that names nobody in the role has a row of its own, without a name.
    """
    if asked.rows == CHAPTERS:
        return _by_chapter(naming, event, asked, actors)
    had = roles_had(event)
    if asked.who:
        found = [_of_circle(naming, actor, had) for actor in actors]
        if len(found) < asked.fewest or not all(roles for _, roles in found):
            return None
        projection = "named and roles"
    else:
        directory = naming.directory
        found = [one for one in had.items() if not asked.units or is_of(directory, _UNITS, one[0])]
        projection = "bodies and roles"
    answer = [[naming.label(actor), ", ".join(dict.fromkeys(roles))] for actor, roles in found]
    if answer and not asked.who and not asked.units and not any(ATTENDEES & {*roles} for _, roles in found):
        answer += [[said, "attendee"] for said in _audiences(event)]
    return _candidate(event, projection, answer) if answer else None


def part(naming: Naming, event: Event, actor: str) -> Candidate:
    """Return which part an actor, or what belongs to it, is told to have had in an activity; none if it is not told."""
    roles: list[Any] = list(dict.fromkeys(_of_circle(naming, actor, roles_had(event))[1]))
    return _candidate(event, _ROLES_OF, roles)


def chapters_naming(naming: Naming, event: Event, actor: str, side: str) -> Candidate:
    """Return the chapters that name an actor, or what belongs to it, in an activity; if it is asked for, on a `side`."""
    circle, roles = naming.circle(actor), _ROLES.get(side, frozenset())
    telling = [
        told
        for told in event.told
        if any(one.actor in circle and (not side or one.role in roles) for one in told.parts)
        or (not side and not circle.isdisjoint(naming.states(told.areas)))
    ]
    chapters: list[Any] = list(dict.fromkeys(told.chapter for told in telling))
    return _candidate(event, "chapters naming", chapters)


def _audiences(event: Event) -> list[str]:
    """Return in words who came, with how many, by the telling that says most."""
    told = max(event.told, key=lambda told: (bool(told.audience), told.people is not None))
    return [f"{told.audience} ({told.people})" if told.people else told.audience] if told.audience else []


def _of_circle(naming: Naming, actor: str, had: dict[str, list[str]]) -> tuple[str, list[str]]:
    """Return the roles of an actor; if it has none itself, of what belongs to it, which is named if it is one body."""
    if actor in had:
        return actor, had[actor]
    circle = naming.circle(actor)
    within = [one for one in had if one in circle]
    return within[0] if len(within) == 1 else actor, [role for one in within for role in had[one]]


def beside(naming: Naming, event: Event, asked: OfOne) -> list[str]:
    """Return whom chapters name as partners beside the organizers that are asked for."""
    if asked.side != _ORGANIZERS:
        return []
    partners = [
        (told.chapter, sorted(set(_named(naming, told, "partners")) - {*_named(naming, told, _ORGANIZERS)}))
        for told in event.told
    ]
    said = "; ".join(f"{chapter}: {', '.join(names)}" for chapter, names in partners if names)
    return [f"Told to have co-operated, beside the organizers: {said}."] if said else []


def _by_chapter(naming: Naming, event: Event, asked: OfOne, actors: Sequence[str]) -> Candidate | None:
    if asked.who:
        held = [[told.chapter, ", ".join(_roles_in(naming, told, actors))] for told in event.told]
        projection = "chapters and roles"
    else:
        held = [[told.chapter, ", ".join(_named(naming, told, asked.side))] for told in event.told]
        projection = f"chapters and {asked.side}"
    if not any(said for _, said in held):
        return None
    return _candidate(event, projection, [[chapter, said] if said else [chapter] for chapter, said in held])


def _roles_in(naming: Naming, told: Told, actors: Sequence[str]) -> list[str]:
    """Return the roles that a telling gives to actors, or to what belongs to them."""
    circle = {one for actor in actors for one in naming.circle(actor)}
    return list(dict.fromkeys(part.role for part in told.parts if part.actor in circle))


def _named(naming: Naming, told: Told, side: str) -> list[str]:
    """Return whom a telling names in a role; who came with how many, or in words."""
    if side != _CAME:
        return Rows(naming).labels(roles_of([told], _ROLES[side]))
    return with_people(naming, came([told])) or ([told.audience] if told.audience else [])


def _candidate(event: Event, projection: str, answer: list[Any]) -> Candidate:
    return Candidate("event", projection, answer, query=_QUERY, values={"activity": [event.iri]}, events=(event.iri,))
