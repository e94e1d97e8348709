"""Stage 10g1a6: whether an answer is on another event than a question says, or on others than it asks for.

A "no" on an event of other days says nothing of the one that is meant, who attended most often did not teach, and the State
that paid for a course sent nobody to it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.asked_types import wanted
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.filter_limits import EVENTS_ASKED, NO_EVENTS
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question

# What tells where something was.
PLACED = frozenset({"where", "towns", "country", "countries"})
_TRUTHS = ([True], [False])
# Ways of asking that look at one activity, and the one that looks at its days.
_ON_ONE, _WAS_THERE = frozenset({"had role", "was there", "is so"}), "was there"
# Rankings of whoever took part with somebody, of pairs of units, and by roles.
_PARTNERS, _PAIRS, _BY_ROLE = "actor_partners", "structure_pairs", "role_ranking"
_STATES, _ATTENDEE = ("states",), "/role/attendee"
_TAUGHT = lazy_pattern(r"\b(?:taught|teach\w*|train(?:ed|ers?|ing)|instruct\w*|lectur\w+)\b", re.IGNORECASE)
_PAPER_SO = "paper so"
_ARE_ALL = lazy_pattern(
    r"^\W*(?:is|are|was|were|do|did|have|has)\s+(?:all|every|each)\b[^?]*\b(?:decisions?|documents?|mandates?|instruments?)\b",
    re.I,
)
_MOST_OTHERS = lazy_pattern(
    r"\b(?:from|with|of|to|for|by) (?:the )?(?:most|fewest|(?:greatest|largest|highest|biggest|smallest) number of)"
    r" (?:(?:different|other|foreign|participating|OSCE|partner|outside) )*"
    r"(?:states|countries|governments|donors|funders|partners|organi[sz]ations|bodies|units|structures|operations|missions)\b",
    re.IGNORECASE,
)
_FROM_STATES = lazy_pattern(r"\bwhich (?:\w+ )?(?:states|countries)\b", re.IGNORECASE)


def is_of_other_days(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a truth on one activity is on one of other days than are said, while more than its days is asked."""
    days, events = question.linked.days, naming.facts.known(best.events)
    if days is None or best.answer not in _TRUTHS or best.family not in _ON_ONE or len(events) != 1:
        return False
    actors = [link for link in question.links if link.thing.is_actor and link.thing.cls not in AREAS]
    if best.family == _WAS_THERE and not (
        actors or any(link.thing.cls == "State" and not link.at for link in question.links)
    ):
        # Whether it was held then is what is asked.
        return False
    return bool(events[0].days) and not events[0].fits(days)


def is_of_attendees(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether who taught most often is asked, and those are counted, too, who attended."""
    roles = best.values.get("role")
    counted = [roles] if isinstance(roles, str) else roles or []
    return (
        best.query == _BY_ROLE
        and any(role.endswith(_ATTENDEE) for role in counted)
        and bool(_TAUGHT.search(question.linked.text))
    )


def is_of_no_nation(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether bodies of a State are asked for by its adjective, and partners of any State are ranked."""
    things = naming.directory.things
    told = [things[iri] for iri in best.things if iri in things]
    named = {state for link in question.links for state in link.thing.facts.get("jurisdiction", ())}
    asked = question.linked.demonyms - named
    of_it = all(set(thing.facts.get("jurisdiction", ())) & asked for thing in told)
    return best.query == _PARTNERS and bool(asked) and not (told and of_it)


def is_of_pairs(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether NGOs or States are asked for, and pairs of units are ranked."""
    return best.query == _PAIRS and bool({"ngos", "states", "international", "organizations"} & set(question.types))


def is_by_others(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether whoever had a role most often is ranked by activities, and not by with how many others, as is asked."""
    return best.query == _BY_ROLE and bool(_MOST_OTHERS.search(question.linked.text))


def is_of_all(_: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked if all decisions are so, and one of them is told to be."""
    return best.family == _PAPER_SO and best.answer in _TRUTHS and bool(_ARE_ALL.search(question.linked.text))


def is_no_state(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether States are asked for, and lists of them are told, each of another event."""
    if tuple(question.types) != _STATES or best.family != "detail" or not _FROM_STATES.search(question.linked.text):
        return False
    states = {thing.label for thing in naming.directory.things.values() if wanted(_STATES, thing)}
    lists = [value for value in best.answer if isinstance(value, str) and any(one in states for one in value.split(", "))]
    return len(best.answer) > 1 and len(lists) == len(best.answer) and all(", " in value for value in lists)


def is_no_event(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether events are asked for, and nothing is told but publications, equipment or advice."""
    events = naming.facts.known(best.events)
    asked = best.kind == ("set", "activities") and EVENTS_ASKED.search(question.linked.text)
    return bool(asked and events) and all(event.kinds <= NO_EVENTS for event in events)


# Who is said to have come from a State, and who of these may have taught or spoken there.
_WHO_CAME = lazy_pattern(
    r"\b(?P<who>officers?|officials?|experts?|specialists?|investigators?|inspectors?|police(?:men)?|judges?|prosecutors?|lawyers?"
    r"|practitioners?|delegates?|delegations?|representatives?|participants?|trainees?|guards?|advisers?|trainers?|instructors?"
    r"|people|nationals)\b",
    re.IGNORECASE,
)
_EXPERTS = lazy_pattern(
    r"(?:expert|specialist|practitioner|delegat|representative|adviser|trainer|instructor|people)", re.IGNORECASE
)
_CAME = lazy_pattern(
    r"\b(?:attend\w*|(?:take|took|taken|taking) part|participat\w+|came?|come|join\w*|present|represented"
    r"|(?:was|were) (?:there )?(?:at|in)|go|went|visit\w*|travel\w*)\b",
    re.IGNORECASE,
)
_DID_MORE = lazy_pattern(
    r"\b(?:pay|paid|fund\w*|financ\w+|host\w*|organi[sz]\w+|teach|taught|train|speak|spoke|accredit\w*|support\w*|help\w*"
    r"|contribut\w+|present(?:ed)? (?:a|an|its|their)\b|send|sent)\b",
    re.IGNORECASE,
)
_SPOKE = lazy_pattern(r"\b(?:speak|spoke|teach|taught|lecture[ds]?|train(?:ed)?)\b", re.IGNORECASE)
_ATTENDED, _ONLY_PAID = frozenset({"attendee", "beneficiary"}), frozenset({"funder"})
_SPEAKERS = frozenset({"speaker", "trainer"})
_PAID = lazy_pattern(r"\b(?:paid|fund\w*|financ\w*|donor|money)\b", re.IGNORECASE)
# A person who is named by an office, and bodies that only have it in their name.
_PERSON = lazy_pattern(r"\b(?:President|Prime Minister|Prosecutor General|Minister)\b(?! Council)")
_OF_OFFICE = lazy_pattern(r"\b(?:Office|Fund|Ministry|Academy|Administration)\b")
_JOINED = lazy_pattern(r"\s*(?:,\s*)?and\s+(?:the\s+)?(?:OSCE\s+)?", re.IGNORECASE)


def is_of_other_part(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a yes to whether people of a State came rests on another part that it had: it paid, taught or hosted."""
    text = question.linked.text
    spoke = bool(_SPOKE.search(text)) and not _CAME.search(text)
    if best.answer != [True] or not question.polar or not (spoke or (_CAME.search(text) and not _DID_MORE.search(text))):
        return False
    who, events = _WHO_CAME.search(text), naming.facts.known(best.events)
    states = {link.thing.iri for link in question.links if link.thing.cls == "State" and not link.at and not link.quiet}
    named = {state for link in question.links for state in link.thing.facts.get("jurisdiction", ())}
    states = (states if who is None or re.search(rf"{who['who']} (?:from|of)\b", text) else set()) | (
        question.linked.demonyms - named if who else set()
    )
    there = {link.thing.iri for link in question.links if link.at}
    told = [part for event in events for one in event.told for part in one.parts]
    for state in states:
        bodies = {state, *naming.facts.of_area(state)}
        if best.whom in there - bodies and who is not None and best.family == "had role":
            # It is told of the State where it was.
            return True
        if spoke and who is None:
            continue
        roles = {part.role for part in told if part.actor in bodies}
        if not _is_such_a_part(roles, who["who"] if who else "", spoke) and not _names(naming, best, state):
            return bool(events) or best.found is not None
    return False


def _is_such_a_part(roles: set[str], who: str, spoke: bool) -> bool:
    """Whether one of a State's roles is that of people who spoke or came: officers to learn, experts also to teach."""
    if spoke:
        return bool(roles & _SPEAKERS)
    if not who:
        return not roles or bool(roles - _ONLY_PAID)
    return bool(roles - _ONLY_PAID if _EXPERTS.match(who) else roles & _ATTENDED)


def _names(naming: Naming, best: Candidate, state: str) -> bool:
    """Whether a detail names a State, and not as one that paid."""
    detail = best.found.detail if best.found else None
    said = " ".join([*map(str, detail.values), detail.summary]) if detail else ""
    return naming.label(state) in said and not _PAID.search(said)


def is_of_an_office(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a yes to a person who is named by an office rests on a body that has it in its name."""
    if best.answer != [True] or not question.polar or not _PERSON.search(question.linked.text):
        return False
    actors = {link.thing.iri for link in question.links if link.thing.is_actor and link.thing.cls not in AREAS}
    posts = {iri for iri in actors if naming.directory.things[iri].type == "post"}
    whom = {best.whom} if best.whom and naming.directory.things[best.whom].cls not in AREAS else set[str]()
    bodies = naming.labels((actors - posts) | whom)
    return not posts and (not bodies or any(map(_OF_OFFICE.search, bodies)))


def is_of_another_town(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a no on one activity is on one that was not in the town that is named: there was another one."""
    events = naming.facts.known(best.events)
    if best.answer != [False] or best.family not in ("had role", "is so") or len(events) != 1:
        return False
    towns = [link for link in question.links if link.thing.cls == "Place" and not link.quiet]
    # Of one whose town is not told it may be.
    return bool(naming.towns(events[0].areas)) and any(
        link.thing.iri not in events[0].areas and not question.linked.stems(link) <= events[0].titles for link in towns
    )


def is_of_one_of_two(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a yes to two that are joined by "and" rests on one of them alone."""
    roles = best.values.get("role")
    if best.answer != [True] or best.family != "had role" or not best.whom or not isinstance(roles, list):
        return False
    words, text, events = question.linked.words, question.linked.text, naming.facts.known(best.events)
    actors = [link for link in question.links if link.thing.is_actor and link.end > link.start]
    names = {role.rpartition("/")[2] for role in roles}
    had = {part.actor for event in events for told in event.told for part in told.parts if part.role in names}
    for one, other in itertools.pairwise(actors):
        if _JOINED.fullmatch(text[words[one.end - 1].end : words[other.start].start]):
            circles = [naming.circle(link.thing.iri) for link in (one, other)]
            if any(best.whom in circle for circle in circles) and not all(circle & had for circle in circles):
                return True
    return False


def is_of_another_state(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether something of one State is asked for, and no activity that is told of has to do with it."""
    states, detail = question.linked.demonyms, best.found.detail if best.found else None
    events = naming.facts.known(detail.about if detail else best.events) if states and not question.polar else []
    if not events:
        return False
    linked, said = question.linked, set[str](detail.bag | detail.wide if detail else ())
    touched = set[str]().union(*(event.involved | event.areas for event in events))
    for event in events:
        said |= event.bag.keys()
        for teller in filter(None, (naming.facts.teller(told.chapter) for told in event.told)):
            touched.update(naming.directory.things[teller].facts.get("hostArea", ()))
    if any(linked.words[place].stem in said for place in linked.adjectives):
        return False
    return any(touched.isdisjoint(naming.circle(state) | {state}) for state in states)


ALL: tuple[Callable[[Naming, Question, Candidate], bool], ...] = (
    is_of_other_days,
    is_of_attendees,
    is_of_no_nation,
    is_of_pairs,
    is_by_others,
    is_of_all,
    is_no_state,
    is_no_event,
    is_of_other_part,
    is_of_an_office,
    is_of_another_town,
    is_of_one_of_two,
    is_of_another_state,
)
