"""Stage 10g1a7: whether a yes heeds who did it to whom, where, and at which of several; a no, when it was.

That two had a part in one activity does not say who trained, invited or visited whom.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_types import is_of
from oscegraph.asking.candidates import Candidate, roles_of
from oscegraph.asking.misread import PLACED
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.asking.rows import ATTENDEES, ORGANIZERS, SPEAKERS
from oscegraph.asking.statements import Event

_PLACES = frozenset({"Place", "State", "Territory"})
_BY_FACTS, _UNITS = frozenset({"any", "had role", "is so", "was there"}), ("units",)
_TAUGHT = ATTENDEES | SPEAKERS
# At these nobody is trained.
NO_TRAININGS = frozenset(
    {"meeting", "working group", "round table", "assessment", "publication", "curriculum development", "agreement"}
    | {"equipment", "country visit"}
)
_NONE = frozenset[str]()
# What a verb says of its subject and of its object, by roles that bear it out, none if any does; and at what it is not done.
_VERBS: tuple[tuple[re.Pattern[str], frozenset[str], frozenset[str], frozenset[str]], ...] = tuple(
    (lazy_pattern(rf"(?:{verb})$", re.IGNORECASE), frozenset(subject.split()), whom, never)
    for verb, subject, whom, never in (
        (
            r"train(?:ed|s)?|teach|taught|instruct(?:ed)?|educat(?:e|ed)|coach(?:ed)?",
            "trainer organizer",
            ATTENDEES,
            NO_TRAININGS,
        ),
        (r"invit(?:e|ed)|receiv(?:e|ed)|welcom(?:e|ed)", "organizer host facilitator", _TAUGHT, _NONE),
        (
            r"giv(?:e|en)|gave|donat(?:e|ed)|grant(?:ed)?|equip(?:ped)?|hand(?:ed)?|send|sent",
            "organizer funder host facilitator",
            _NONE,
            _NONE,
        ),
        (
            r"support(?:ed)?|assist(?:ed)?|help(?:ed)?|advis(?:e|ed)",
            "organizer partner facilitator funder trainer speaker host",
            _NONE,
            _NONE,
        ),
        (r"visit(?:ed)?|study|studied", "attendee beneficiary", _NONE, _NONE),
    )
)
# Of two that are joined by a verb, the words between: "did the ATU, in May, train the ...".
_NEAR = 3
_DID = lazy_pattern(r"\W*(?:did|does|do|has|have|had)\s+(?:the\s+)?(?:OSCE\s+)?$", re.IGNORECASE)
_WAS = lazy_pattern(r"\W*(?:was|were|is|are)\s+(?:the\s+)?(?:OSCE\s+)?$", re.IGNORECASE)
_ACRONYM = lazy_pattern(
    r"\W*(?:[Dd]id|[Dd]oes|[Dd]o|[Hh]as|[Hh]ave|[Hh]ad)\s+(?:the\s+)?(?P<who>(?!OSCE\b)[A-Z]{3,})\s+[a-z]+"
)
# "In London": a place that limits what is claimed.
_IN = lazy_pattern(r"\b(?:in|at|to)\s+(?:the\s+)?$", re.IGNORECASE)
_ORDINALS = {
    word: number
    for number, words in enumerate(("first 1st", "second 2nd", "third 3rd", "fourth 4th", "fifth 5th", "sixth 6th"), 1)
    for word in words.split()
}
_NUMBERED = lazy_pattern(
    rf"\b(?P<which>{'|'.join(_ORDINALS)})\s+(?:[\w-]+\s+){{0,3}}?(?:meeting|dialogue|training|course|workshop|conference|seminar"
    r"|session|phase|round|visit|event|forum|symposium)s?\b",
    re.IGNORECASE,
)
_WITH_OSCE = lazy_pattern(r"\b(?:the )?OSCE and (?:the )?(?=[A-Z])|\band the OSCE\b(?! \w)")
# Whom somebody invited or asked is not who did so.
_WHO_WAS = lazy_pattern(
    r"^\W*(?:who|whom|which [\w ]{2,40}?)\s+(?:was|were)\s+(?:invited|asked|requested|tasked)\b", re.IGNORECASE
)
_ASKED = frozenset({"attendee", "speaker", "trainer", "organizer"})
# Who travelled or received is asked for, by what asks first, and the answers that tell the other end of the journey.
_JOURNEYS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (
        lazy_pattern(
            r"^\W*(?:which|what) (?:[\w-]+ ){0,2}?(?:countr(?:y|ies)|states?)(?:'s?| officers| experts| police)?"
            r" (?:have |had )?(?:visit(?:ed)?|went to|came to|travell?ed to|sent)\b",
            re.IGNORECASE,
        ),
        PLACED,
    ),
    (lazy_pattern(r"\bfrom (?:which|what) (?:[\w-]+ ){0,2}?(?:country|countries|states?)\b(?!['’])", re.IGNORECASE), PLACED),
    (
        lazy_pattern(r"^\W*(?:whom|whose|who) [^?]*\bdid\b[^?]* (?:host|receive|invite|welcome)\b", re.IGNORECASE),
        frozenset({"role:host", "role:organizer", "organizers"}),
    ),
)


def parts_of(naming: Naming, event: Event, iri: str) -> set[str]:
    """Return the roles that an actor, or what belongs to it, had in an activity; who alone tells of it made it."""
    circle = naming.circle(iri)
    roles = {part.role for told in event.told for part in told.parts if part.actor in circle}
    alone = not roles and not roles_of(event.told, ORGANIZERS)
    if alone and any(naming.facts.teller(told.chapter) in circle for told in event.told):
        return {"organizer"}
    return roles


def _sides(question: Question) -> tuple[Link, Link | None, list[str]] | None:
    """Return who is said to have done something, to whom, and the words that say what; None if that is not plain."""
    words, text = question.linked.words, question.linked.text
    every = sorted((k for k in question.links if k.end > k.start), key=lambda k: k.start)
    links = [k for k in every if not k.quiet]
    if not links or not links[0].thing.is_actor:
        return None
    before = text[: words[every[0].start].start]
    if _DID.fullmatch(before):
        verb = [word.plain for word in words[links[0].end : links[0].end + _NEAR]]
        return links[0], next((k for k in links[1:] if not k.at), None), verb
    agent = next((link for link in links[1:] if link.by), None)
    if _WAS.fullmatch(before) and agent is not None:
        return agent, links[0], [word.plain for word in words[max(agent.start - _NEAR, links[0].end) : agent.start]]
    return None


def is_turned_round(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a yes rests on activities in which who is said to have done it, or to whom, had other parts."""
    events = naming.facts.known(best.events)
    sides = _sides(question) if question.polar and best.answer == [True] and best.family in _BY_FACTS else None
    if sides is None or not events:
        return False
    subject, whom, words = sides
    found = next((said for word in words for verb, *said in _VERBS if verb.match(word)), None)
    if found is None:
        return False
    did, to, never = found
    events = [event for event in events if not (never and event.kinds <= never)]
    object_ = whom if whom is not None and whom.thing.is_actor and to else None
    of_state = question.linked.demonyms - {k.thing.iri for k in question.linked.links if k.start < subject.end}
    return not any(
        parts_of(naming, event, subject.thing.iri) & did
        and (_had(naming, event, object_.thing.iri, to) if object_ else not to or _is_from(naming, event, of_state, to))
        for event in events
    )


def _had(naming: Naming, event: Event, iri: str, roles: frozenset[str]) -> bool:
    """Whether an actor had one of these roles, or no part by name where nobody is told to have had one."""
    held = parts_of(naming, event, iri)
    return bool(held & roles) or not (held or roles_of(event.told, roles))


def _is_from(naming: Naming, event: Event, states: set[str], roles: frozenset[str]) -> bool:
    """Whether those who had these roles, if any are told, are of the States whose adjective is said, if any is."""
    held = roles_of(event.told, roles)
    return not states or not held or bool(naming.of_state(states, held))


def is_elsewhere(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a yes rests on activities that are told to have been somewhere else than a claim says."""
    events = naming.facts.known(best.events)
    if not question.polar or best.answer != [True] or best.family not in _BY_FACTS or not events:
        return False
    words, text = question.linked.words, question.linked.text
    said = (k for k in question.linked.links if k.thing.cls in _PLACES and k.end > k.start and (k.at or not k.quiet))
    places = [link.thing.iri for link in said if _IN.search(text[: words[link.start].start])]
    known = [areas for event in events if (areas := _around(naming, event))] if places else []
    return bool(known) and any(all(place not in areas for areas in known) for place in places)


def _around(naming: Naming, event: Event) -> set[str]:
    """Return where an activity was, and what that is in; if no place is told, where the structure is that tells it."""
    if event.areas:
        return event.areas
    tellers = filter(None, (naming.facts.teller(told.chapter) for told in event.told))
    hosts = (area for one in tellers for area in naming.directory.things[one].facts.get("hostArea", ()))
    return {one for area in hosts for one in naming.around(area)}


def is_another_of_series(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether the first meeting is meant, and a truth rests on what is called the second."""
    match = _NUMBERED.search(question.linked.text)
    events = naming.facts.known(best.about)
    if match is None or best.answer not in ([True], [False]) or len(events) != 1:
        return False
    titles = " ".join([events[0].label, *(told.title for told in events[0].told)]).casefold()
    said = {_ORDINALS[word] for word in re.findall(r"\w+", titles) if word in _ORDINALS}
    return bool(said) and _ORDINALS[match["which"].casefold()] not in said


def is_undated(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is denied that something was on a day, by what has no day."""
    events = naming.facts.known(best.about)
    denied = question.polar and best.answer == [False] and best.family == "is so" and question.linked.days is not None
    return denied and bool(events) and not any(event.days for event in events)


def is_of_others_alone(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is said of the OSCE and somebody else, and none of its units had the part that is asked for."""
    events = naming.facts.known(best.events)
    text = question.linked.text
    if not question.polar or best.answer != [True] or best.family not in _BY_FACTS or not _WITH_OSCE.search(text):
        return False
    wanted = {best.projection.removeprefix("told ")} if best.family == "had role" else set()
    parts = [part for event in events for told in event.told for part in told.parts if not wanted or part.role in wanted]
    return not any(is_of(naming.directory, _UNITS, part.actor) for part in parts)


def is_who_invited(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked who was invited or asked, and those are told who were none of them."""
    if question.polar or not _WHO_WAS.match(question.linked.text):
        return False
    events = naming.facts.known(best.about)
    if not events or best.family not in ("event", "detail"):
        return False
    came = {naming.label(p.actor) for event in events for told in event.told for p in told.parts if p.role in _ASKED}
    return bool(best.answer) and not any(str(value) in came for value in best.answer)


def is_other_end(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked who travelled or was received, and it is told where to, or by whom."""
    if question.polar:
        return False
    return any(best.projection in told and asked.search(question.linked.text) for asked, told in _JOURNEYS)


def is_of_nobody_known(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether a yes is on others than the body that is said to have done it, whose acronym names nobody of the graph."""
    if not question.polar or best.answer != [True]:
        return False
    found = _ACRONYM.match(question.linked.text)
    if not found:
        return False
    words = question.linked.words
    place = next((n for n, word in enumerate(words) if word.start == found.start("who")), None)
    return place is not None and not any(link.start <= place < link.end for link in question.linked.links)


def is_doubtful(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a yes that is worked out does not heed who did it to whom, or where."""
    return is_turned_round(naming, question, best) or is_elsewhere(naming, question, best)


ALL: tuple[Callable[[Naming, Question, Candidate], bool], ...] = (
    is_turned_round,
    is_elsewhere,
    is_another_of_series,
    is_undated,
    is_of_others_alone,
    is_who_invited,
    is_other_end,
    is_of_nobody_known,
)
