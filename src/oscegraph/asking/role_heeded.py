"""Stage 10g1a5: whether an answer heeds the role, the names and the kind of actors that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from oscegraph.asking import asked_forms, wording
from oscegraph.asking.asked_laid_out import REPORTED
from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.candidates import ROLES, Candidate, roles_of
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Event
from oscegraph.asking.targets import MANY

_BY_FACTS, _TOLD = frozenset({"any", "had role", "is so", "was there"}), "is told"
# By the cue, which roles bear it out that somebody did so.
_BORNE_OUT = {
    "fund": ROLES["funder"][0],
    "organize": ROLES["organizers"][0] | ROLES["host"][0],
    "run": ROLES["organizers"][0] | ROLES["host"][0],
    "host": ROLES["host"][0] | ROLES["organizers"][0],
    "train": ROLES["trainers"][0] | ROLES["organizers"][0],
    "speak": ROLES["trainers"][0],
    "accredit": ROLES["accreditor"][0],
    "attend": ROLES["participants"][0] | ROLES["organizers"][0],
}
_TAUGHT, _NEAR = frozenset({"teach", "taught", "lecture", "lectured", "speak", "spoke"}), 3
_ATTENDANCE = frozenset({"attendance", "participation"})
# "Is Sweden anywhere said to have funded an activity?"
_SAID_TO_HAVE = frozenset({*REPORTED, "anywhere", "ever", "as", "to", "having", "have", "been"})
# Which roles are no answer to who spoke, taught or paid.
_OTHERS = frozenset({"role:organizer", "role:organizers", "role:anybody", "role:partners", "role:supporters"})
_WHO_DID = lazy_pattern(
    r"(?:^|[:,;]\s+)\W*who\s+(?:spoke|taught|lectured|paid|funded|financed|sponsored|accredited)\b", re.IGNORECASE
)
# Whom a question for yes or no is on: "did NATO pay?", "was it paid for by NATO?".
_DID = lazy_pattern(
    r"(?:^|[.,:;]\s*|\band\s+)(?:did|does|has|have|had|was|were|is|are)\s+(?:the\s+)?(?:OSCE\s+)?$", re.IGNORECASE
)
_WHICH_STATES = lazy_pattern(r"^\W*(?:(?:from|by)\s+)?(?:which|what)\s+(?:\w+\s+)?(?:states|countries)\b", re.IGNORECASE)
# What asks for those who came.
_ATTEND = ["attend"]
_ANY_PART = frozenset({"role:anybody", "role:participants"})
_MADE = lazy_pattern(
    r"^\W*(?:who|(?:which|what) [\w ]{3,30}?) (?:organi[sz]ed|ran|held)\b(?!.*\b(?:with|together|jointly|support\w*)\b)",
    re.IGNORECASE,
)
_ATTENDED = lazy_pattern(r"\b(?:attend(?:ed)?|came to)\b", re.IGNORECASE)
_STATES, _SEVERAL = frozenset({"State", "Territory"}), 3
_ANY_PARTNER = lazy_pattern(
    r"\b(?:have|has|share|shares|had)\s+(?:any|a|some|one|at least one)\s+(?:\w+\s+)?partners?\b"
    r"|\bamong (?:its|their) partners\b",
    re.IGNORECASE,
)


def _subject(question: Question) -> Link | None:
    """Return whom a question for yes or no is on; None if that is not plain."""
    words, text = question.linked.words, question.linked.text
    actors = [link for link in question.links if link.thing.is_actor and link.end > link.start]
    for link in actors:
        if link.by or _DID.search(text[: words[link.start].start]):
            return link
    return None


def _claimed(question: Question, link: Link) -> frozenset[str]:
    """Return the roles that bear out what is claimed of a subject by the verb beside it; none if that is another one."""
    words = [word.plain for word in question.linked.words]
    behind = [word for word in words[link.end :] if word not in _SAID_TO_HAVE]
    for word in words[max(link.start - _NEAR, 0) : link.start] if link.by else behind[:_NEAR]:
        if word in _TAUGHT:
            return ROLES["trainers"][0]
        if word in _ATTENDANCE:
            # Whoever pays for the attendance of others, or arranges it, makes it possible.
            return ROLES["facilitator"][0] | _BORNE_OUT["fund"] | _BORNE_OUT["organize"]
        cue = next((cue for cue in _BORNE_OUT if cue in wording.cues().get(word, ())), "")
        if cue:
            return _BORNE_OUT[cue]
    return frozenset()


def is_of_no_such_role(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a yes rests on activities in which whoever is meant had another part: came, and did not pay."""
    same = best.projection.startswith(("same", "some"))
    if not question.polar or best.answer != [True] or best.family not in _BY_FACTS or same:
        return False
    events = naming.facts.known(best.events)
    subject = _subject(question)
    roles = _claimed(question, subject) if subject else frozenset[str]()
    if subject is None or not events or not roles:
        return False
    iri = subject.thing.iri
    circle = naming.circle(iri) | naming.wholes(iri)
    return all(circle.isdisjoint(roles_of(event.told, roles)) for event in events)


def is_another_role(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked who spoke, taught or paid, and told who organized it or had any part."""
    return not question.polar and best.projection in _OTHERS and bool(_WHO_DID.search(question.linked.text))


def is_no_state(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether States are asked for, and nothing that a detail tells names any."""
    if question.polar or best.found is None or not _WHICH_STATES.search(question.linked.text):
        return False
    values = " ".join(str(value) for row in best.answer for value in (row if isinstance(row, list) else [row]))
    names = (
        name for thing in naming.directory.things.values() if thing.cls in _STATES for name in (thing.label, *thing.aliases)
    )
    return bool(values) and not any(re.search(rf"\b{re.escape(name)}\b", values) for name in names)


def is_no_such_kind(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether bodies are asked for, and a detail tells none, nor whose they are: judges and laws are no bodies."""
    detail, kinds = best.found.detail if best.found else None, tuple(set(question.target.types) - {"states"})
    asked = question.target
    if question.polar or detail is None or not kinds or MANY in asked.asked or asked.noun in detail.heads:
        return False
    directory = naming.directory
    named = [directory.things[iri] for value in asked_forms.flat(best.answer) for iri in directory.bearers(value)]
    return not any(thing.is_actor or thing.cls in _STATES for thing in named)


def _with_role(naming: Naming, events: Iterable[Event], roles: frozenset[str]) -> set[str]:
    """Return who had one of these roles in activities, with what belongs to them."""
    return {one for event in events for iri in roles_of(event.told, roles) for one in naming.circle(iri)}


def _names_alone(best: Candidate) -> bool:
    """Whether a reading tells nothing but things of the graph."""
    return bool(best.things) and len(best.things) >= len(best.answer)


def is_no_attendee(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked who came, and only bodies are told that had another part."""
    detail = best.found.detail if best.found else None
    about = detail.about if detail else best.events if best.projection in _ANY_PART else ()
    asked = not question.polar and question.roles == _ATTEND and _ATTENDED.search(question.linked.text)
    if not asked or not about or not _names_alone(best):
        return False
    events = naming.facts.known(about)
    came, had = (_with_role(naming, events, ROLES[name][0]) for name in ("attendees", "anybody"))
    if detail and (question.types or not came):
        # Of the bodies that are asked for those who spoke or taught came, too; or nobody else is told to have come.
        came |= _with_role(naming, events, ROLES["trainers"][0])
    return bool(events) and had.issuperset(best.things) and came.isdisjoint(best.things)


def is_no_organizer(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked who organized something, and a detail tells only others than the organizers."""
    detail = best.found.detail if best.found else None
    if question.polar or detail is None or not _MADE.match(question.linked.text) or not _names_alone(best):
        return False
    made = [_with_role(naming, [event], ROLES["organizer"][0]) for event in naming.facts.known(detail.about)]
    return bool(made) and all(made) and set[str]().union(*made).isdisjoint(best.things)


def is_told_of_others(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a yes is a detail that is on none of those who are named, and has not their names."""
    detail = best.found.detail if best.found else None
    if not question.polar or best.answer != [True] or best.family != _TOLD or detail is None:
        return False
    events = naming.facts.known(detail.about)
    told = {naming.facts.teller(told.chapter) for event in events for told in event.told}
    for link in question.links:
        if link.quiet or not link.thing.is_actor or link.thing.cls in AREAS:
            continue
        iri = link.thing.iri
        circle = naming.circle(iri) | naming.wholes(iri)
        on_it = circle & set(detail.about) or any(circle & event.involved for event in events) or circle & told
        said = question.linked.stems(link) <= detail.bag | detail.heads or circle & set(detail.values)
        if not (on_it or said or any(link.thing.label in value for value in detail.values)):
            return True
    return False


def is_without_one(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a yes on three or more rests on activities in which one of them had no part."""
    if not question.polar or best.answer != [True] or best.family not in _BY_FACTS:
        return False
    events = naming.facts.known(best.events)
    actors = [
        link.thing.iri for link in question.links if not link.quiet and link.thing.is_actor and link.thing.cls not in AREAS
    ]
    if len(set(actors)) < _SEVERAL or not events:
        return False
    return any(all(naming.circle(iri).isdisjoint(event.involved) for event in events) for iri in actors)


def is_any_partner(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked if two have any partner in common, or one has any of a kind, and told if they work together."""
    return question.polar and best.family in _BY_FACTS and bool(_ANY_PARTNER.search(question.linked.text))


ALL: tuple[Callable[[Naming, Question, Candidate], bool], ...] = (
    is_of_no_such_role,
    is_another_role,
    is_no_state,
    is_no_such_kind,
    is_no_attendee,
    is_no_organizer,
    is_told_of_others,
    is_without_one,
    is_any_partner,
)
