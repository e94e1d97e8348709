"""Stage 10g1a0: the one activity that a question calls by its kind, and what is told of each that may be meant."""

from __future__ import annotations

import re

from oscegraph.asking import retrieval, rivals
from oscegraph.asking.asked_links import ONE
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.naming import Naming
from oscegraph.asking.on_events import Meant
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question

# What is told of one activity, by what is told of several together.
OF_EACH = {"days": "when", "towns": "where", "countries": "country", "months": "month"}
# "The workshops on training": what stands before the kind is itself of several.
_NOT_ONE = lazy_pattern(
    r"\b(?:events|workshops|seminars|conferences|courses|trainings|meetings|activities|projects|visits|sessions"
    r"|on|of|for|in|at|to|by)\s",
    re.IGNORECASE,
)
_SEVERAL = 2
# "Which countries did the unit visit?" names no visit.
_DOES = lazy_pattern(
    r"\bto\s+visit\b|\b(?:did|does|do|could|will|would)\s+"
    r"(?:(?!(?:organi[sz]e|hold|make|send|pay|fund|attend|join|give)\b)[^\s,;?]+\s+)+?"
    r"(?<!\bthe )(?<!\bthis )(?<!\bthat )(?<!\ba )(?<!study )(?<!site )(?<!working )(?<!assessment )(?<!official )"
    r"visit\b(?!\s+(?:to|by|of)\b)",
    re.IGNORECASE,
)


def names_one(text: str) -> bool:
    """Whether a question is on one activity that it calls by its kind.

    >>> names_one("Who organized the training in Pristina?"), names_one("Who organized the workshops on training?")
    (True, False)
    >>> names_one("Which countries did the unit visit?"), names_one("Who paid for the visit to Kiev?")
    (False, True)
    >>> names_one("Who paid in May for the study visit?"), names_one("Who came to the study visit?")
    (True, True)
    """
    done = {match.end() for match in _DOES.finditer(text)}
    return any(not _NOT_ONE.search(match[0]) and match.end() not in done for match in ONE.finditer(text))


def on_each(naming: Naming, question: Question, best: Candidate) -> list[Candidate]:
    """Return what a reading tells of each activity that may be meant, if one is asked for: at least two, or nothing.

    They are those that the reading puts together, or those that fit about as well as the one that it is on.
    """
    if best.family not in ("set", "event") or not names_one(question.linked.text):
        return []
    hits = {hit.event.iri: hit for hit in retrieval.activities(question, most=len(question.facts.events))}
    meant = [iri for iri in best.events if iri in hits]
    if len(meant) == 1:
        own = hits[meant[0]]
        near = (hit for hit in hits.values() if hit.matched >= rivals.NEARLY * own.matched)
        # What was elsewhere, or with others, is not meant, even if its words name the place.
        there = {link.thing.iri for link in question.links} & set(own.event.areas)
        fits = (hit for hit in near if len(hit.open_links) <= len(own.open_links) and there <= set(hit.event.areas))
        meant = [hit.event.iri for hit in fits]
    wanted_of_each = OF_EACH.get(best.projection, best.projection)
    found: list[Candidate] = []
    for hit in (hits[iri] for iri in meant):
        told = (one for one in Meant(naming, question, [hit.event], hit).make() if one.projection == wanted_of_each)
        found += [one for one in told if one.answer and not one.types][:1]
    return found if len(found) >= _SEVERAL else []
