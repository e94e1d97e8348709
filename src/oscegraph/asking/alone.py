"""Stage 10g1c: whether somebody did something alone: "did only Norway pay?", "did the unit organize it alone?"."""

from __future__ import annotations

import re
from dataclasses import replace

from oscegraph.asking import plain_forms
from oscegraph.asking.candidates import Candidate, roles_of
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question

# Roles that one can have alone, and those who are no doubt others: who attended is told by some bodies among others. Who
# co-operates may be said to organize or not.
_ROLES = {
    name: (frozenset(roles.split()), frozenset(others.split()))
    for name, roles, others in (
        ("funder", "funder", "funder"),
        ("organizer", "organizer", "organizer"),
        ("organizers", "organizer partner", "organizer"),
        ("host", "host", "host"),
        ("trainer", "trainer", "trainer"),
    )
}
_ONLY_ONE = lazy_pattern(r"\bthe (?:only|sole) (?:organi[sz]er|funder|donor|host|trainer)\b", re.IGNORECASE)
# How many words lie between two names that "and" joins, at most.
_NEAR = 3
_SMALL = frozenset({"the", "osce", "government", "of"})


def _is_alone(question: Question, start: int, end: int) -> bool:
    """Whether a name is said to be the only one: "only the SPMU", "the SPMU alone"."""
    words = [word.plain for word in question.linked.words]
    before = [word for word in words[max(0, start - 3) : start] if word not in _SMALL]
    after = [word for word in words[end : end + 2] if word not in _SMALL]
    return before[-1:] in (["only"], ["solely"]) or after[:1] in (["alone"], ["only"])


def answered(naming: Naming, question: Question, best: Candidate) -> Candidate | None:
    """Return whether who had a role in an activity was the only one to have it, if that is asked; None if it is not.

    The reading has to be that somebody had just this role.
    """
    if best.family != "had role" or best.projection not in _ROLES or best.answer != [True] or len(best.events) != 1:
        return None
    named = [k for k in question.links if k.thing.is_actor and not k.quiet and not k.excluded]
    only = [k for k in named if _is_alone(question, k.start, k.end)]
    if not only and len(named) == 1 and _ONLY_ONE.search(question.linked.text):
        only = named
    event = naming.facts.events.get(best.events[0])
    if len(only) != 1 or event is None:
        return None
    words = [word.plain for word in question.linked.words]
    if words[only[0].end : only[0].end + 1] == ["and"] and any(0 < k.start - only[0].end <= _NEAR for k in named):
        # "Only Belgium and Turkey": not one alone.
        return None
    had, others = (set(roles_of(event.told, roles)) for roles in _ROLES[best.projection])
    circle = naming.circle(only[0].thing.iri)
    if not had & circle or (had - circle and not others - circle):
        return None
    return replace(best, answer=[not others - circle])


# Kinds that are told apart from all others by the words for them.
_KINDS = ({"ministries"}, {"embassies"}, {"ngos"})
# "Which ministries and other representatives" asks for more.
_AND_OTHERS = lazy_pattern(r"\b(?:ministr(?:y|ies)|embass(?:y|ies)|NGOs?)\s*(?:[,/]|and\b|or\b)", re.IGNORECASE)


def of_kind(naming: Naming, question: Question, best: Candidate) -> Candidate | None:
    """Return a detail with those of a kind only, if these are asked for and it tells others, too; None otherwise.

    Which ministries came is not told with the NGOs that did.
    """
    if question.polar or best.family != "detail" or set(question.types) not in _KINDS:
        return None
    if _AND_OTHERS.search(question.linked.text) or any(isinstance(value, list) for value in best.answer):
        return None
    those = plain_forms.only(best, question.types[0], naming.directory)
    return those if 0 < len(those.answer) < len(best.answer) else None
