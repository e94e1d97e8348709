"""Stage 10g1a6: whether an answer is on another event than a question says, or counts others than it asks for.

A "no" on an event of other days says nothing of the one that is meant, and who attended most often did not teach.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from oscegraph.asking.asked_types import wanted
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Event

_TRUTHS = ([True], [False])
# Ways of asking that look at one activity, and the one that looks at its days.
_ON_ONE, _WAS_THERE = frozenset({"had role", "was there", "is so"}), "was there"
# Rankings of whoever took part with somebody, of pairs of units, and by roles.
_PARTNERS, _PAIRS, _BY_ROLE = "actor_partners", "structure_pairs", "role_ranking"
_STATES, _ATTENDEE = ("states",), "/role/attendee"
_TAUGHT = lazy_pattern(r"\b(?:taught|teach\w*|train(?:ed|ers?|ing)|instruct\w*|lectur\w+)\b", re.IGNORECASE)
_FROM_STATES = lazy_pattern(r"\bwhich (?:\w+ )?(?:states|countries)\b", re.IGNORECASE)


def _events(naming: Naming, best: Candidate) -> list[Event]:
    return [naming.facts.events[iri] for iri in best.events if iri in naming.facts.events]


def is_of_other_days(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a truth on one activity is on one of other days than are said, while more than its days is asked."""
    days, events = question.linked.days, _events(naming, best)
    if days is None or best.answer not in _TRUTHS or best.family not in _ON_ONE or len(events) != 1:
        return False
    if best.family == _WAS_THERE and not any(link.thing.is_actor for link in question.links):
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


def is_no_state(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether States are asked for, and lists of them are told, each of another event."""
    if tuple(question.types) != _STATES or best.family != "detail" or not _FROM_STATES.search(question.linked.text):
        return False
    states = {thing.label for thing in naming.directory.things.values() if wanted(_STATES, thing)}
    lists = [value for value in best.answer if isinstance(value, str) and any(one in states for one in value.split(", "))]
    return len(best.answer) > 1 and len(lists) == len(best.answer) and all(", " in value for value in lists)


ALL: tuple[Callable[[Naming, Question, Candidate], bool], ...] = (
    is_of_other_days,
    is_of_attendees,
    is_of_no_nation,
    is_of_pairs,
    is_no_state,
)
