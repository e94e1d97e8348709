"""Stage 15d: what a portrait counts: partners with their parts, partners in general, people by the part played, posts.

- A post or department of an executive structure counts for the structure, as in the counts of its activities.
- A number of people belongs to who made the activity happen. A telling by who only sent people there gives the number of
  those sent, and is no number of all who came.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from oscegraph import query
from oscegraph.answers import Partner, roles_in
from oscegraph.api import Oscegraph
from oscegraph.called import STRUCTURES, structure_of
from oscegraph.directory import Thing
from oscegraph.namespaces import STUDY_VISIT, local_name
from oscegraph.tellings import Activity, Telling, cited

# Bodies outside the OSCE that may have parts with names of their own; what these did, the body did, on either side.
BODIES = {"PublicBody", "InternationalOrganization", "CivilSocietyOrganization", "AcademicBody"}
MAKERS = {"organizer", "partner", "host"}
SENDER, BESIDE = "facilitator", {"funder", "attendee"}
_PROJECT, _VISIT = "project", "country-visit"


def bodies(graph: Oscegraph, thing: Thing) -> list[Thing]:
    """Return the bodies of a State or territory that had a part in any activity, those with most of them first."""
    found = [one for one in graph.directory.actors() if thing.iri in one.facts.get("jurisdiction", ()) and one.events]
    return sorted(found, key=lambda one: (-one.events, one.label))


def wholes(graph: Oscegraph, iri: str) -> list[str]:
    """Return the bodies outside the OSCE that a body is a part of, the nearest first."""
    things, answer, at = graph.directory.things, list[str](), iri
    while at in things and things[at].cls in BODIES:
        above = [one for one in things[at].facts.get("subOrganizationOf", ()) if one in things and things[one].cls in BODIES]
        if not above or above[0] in answer:
            break
        at = above[0]
        answer.append(at)
    return answer


def parts(graph: Oscegraph, partners: Iterable[Partner]) -> dict[str, str]:
    """Return those partners that are parts of others of them, each with the nearest that it is a part of."""
    listed = dict.fromkeys(partner.thing.iri for partner in partners)
    nearest = {iri: next((one for one in wholes(graph, iri) if one in listed), "") for iri in listed}
    return {iri: above for iri, above in nearest.items() if above}


def partners(graph: Oscegraph, found: Iterable[Partner], activities: Iterable[Activity], own: set[str]) -> list[Partner]:
    """Return the partners by number of shared activities, what their parts did among it; `own` are the actor and its parts.

    Posts and departments of a structure of the OSCE stand for it; parts of other bodies are partners, too.
    """
    by_id = {activity.id: activity for activity in activities}
    members: dict[str, set[str]] = defaultdict(set)
    shared: dict[str, set[str]] = defaultdict(set)
    for partner in found:
        one = structure_of(graph.directory, partner.thing.iri)
        for whole in (one, *wholes(graph, one)):
            # The body that the actor itself is a part of has worked with it only where it is named beside it.
            if whole == one or not own & graph.directory.circle(whole):
                members[whole].add(partner.thing.iri)
                shared[whole] |= partner.activities
    made = []
    for iri, inside in members.items():
        roles = Counter(role for activity in sorted(shared[iri]) for role in roles_in(by_id[activity], inside))
        made.append(Partner(graph.directory.things.get(iri) or Thing(iri, "", iri), shared[iri], roles))
    return sorted(made, key=lambda p: (-len(p.activities), p.thing.label, p.thing.iri))


def in_general(graph: Oscegraph, thing: Thing) -> list[tuple[Thing, list[str]]]:
    """Return with whom the report says, without an activity, that an actor worked, and where it says so, by label."""
    places: dict[str, list[str]] = defaultdict(list)
    for row in query.run(graph.store, "portrait-general", actor=thing.iri):
        at = places[structure_of(graph.directory, row["partner"] or "")]
        place = cited(row)
        at += [] if place in at else [place]
    found = [(graph.directory.things.get(iri) or Thing(iri, "", iri), at) for iri, at in places.items()]
    return sorted(found, key=lambda item: (item[0].label, item[0].iri))


@dataclass
class People:
    """Numbers of people by activity: at what an actor made, whom it sent to others, and at others where it did something.

    `reached` are those whom its projects found or helped: nobody came to a project. `rough` are the activities whose
    number the report does not give as exact.
    """

    made: dict[str, int] = field(default_factory=dict)
    reached: dict[str, int] = field(default_factory=dict)
    sent: dict[str, int] = field(default_factory=dict)
    others: dict[str, int] = field(default_factory=dict)
    rough: set[str] = field(default_factory=set)


def people(graph: Oscegraph, thing: Thing, activities: Iterable[Activity]) -> People:
    """Return the people of the activities by the part that an actor played, where a number is told."""
    inside = graph.directory.circle(thing.iri)
    circles = {t.label: graph.directory.circle(t.iri) for t in graph.directory.actors() if t.cls in STRUCTURES}
    answer = People()
    for activity in activities:
        told = [telling for telling in activity.tellings if telling.people is not None]
        sent = [t for t in told if _only_sent(t, circles.get(t.told_by, set()))]
        own = [t for t in sent if t.told_by == thing.label]
        whole = [t for t in told if t not in sent]
        roles = set(roles_in(activity, inside))
        if roles & MAKERS and not whole and any(telling.kind == local_name(STUDY_VISIT) for telling in activity.tellings):
            # Those whom somebody sent on a study visit are all who went.
            whole = sent
        if own and not roles & MAKERS:
            # Who was helped to visit the country came to it, and was sent nowhere.
            came = any(telling.kind == _VISIT for telling in own)
            _add(answer, answer.others if came else answer.sent, activity, own)
        elif whole and roles & MAKERS:
            project = all(telling.kind == _PROJECT for telling in whole)
            _add(answer, answer.reached if project else answer.made, activity, whole)
        elif whole:
            _add(answer, answer.others, activity, whole)
    return answer


def _only_sent(telling: Telling, teller: set[str]) -> bool:
    """Whether the structure that tells has no other part in it than to have made somebody's attendance possible."""
    roles = set(telling.roles_of(teller))
    return SENDER in roles and roles <= {SENDER} | BESIDE


def _add(answer: People, numbers: dict[str, int], activity: Activity, tellings: list[Telling]) -> None:
    """Put down the largest number of some tellings, and whether it is no exact one."""
    largest = max(tellings, key=lambda telling: telling.people or 0)
    numbers[activity.id] = largest.people or 0
    answer.rough |= {activity.id} if largest.people_qualifier else set()


def posts(graph: Oscegraph) -> dict[str, list[tuple[str, str]]]:
    """Return for each structure the titles of its focal points on organized crime, each with where it stands."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in query.run(graph.store, "focal-posts"):
        post = (row["title"] or "", cited(row))
        if row["title"] and post not in found[row["structure"] or ""]:
            found[row["structure"] or ""].append(post)
    return found
