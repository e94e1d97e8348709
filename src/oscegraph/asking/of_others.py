"""Stage 10g1b2: whether a reading is on other activities than are meant, on some of them, or on no more than their names."""

from __future__ import annotations

import itertools
import re

from oscegraph.asking import asked_denied, asked_roles, on_papers, one_event, one_meant, ranking, retrieval
from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.candidates import Candidate, roles_of
from oscegraph.asking.chosen import ANY_PLACE
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern, lazy_words
from oscegraph.asking.retrieval import Question

# Words that ask, and others, say nothing of which activity is meant.
_UNSAID = (*asked_roles.ROLES, "where", "when", "towns")
_EMPTY = frozenset({"take", "took", "taken", "place", "places", "happen", "happened", "held"})
# So many activities are not one, even if it is told twice.
_SEVERAL = 3
# What a no rests on bears so much of a question (`ranking.borne`).
HELD = 0.7
# That there is one with so much of the words left open is not told.
LEFT = 0.5
_EXISTS = lazy_pattern(
    r"\W*(?:(?:is|are|was|were)\s+there\s+(?:any|some)|(?:is|was|did|does|has)\s+(?:there\s+)?(?:any(?:one|body|thing)|something))\b",
    re.IGNORECASE,
)
# Who came to an activity, and who made it.
_CAME, _LED = frozenset({"attendee", "beneficiary"}), frozenset({"organizer", "partner", "host", "trainer", "funder"})
_ON_EVENTS = frozenset({"any", "had role", "was there", "is so"})
_OF_ONE = frozenset({"activities", "days", "towns", "months", "countries"})
# What of two activities together answers no question on one; who had any part may be asked of an event and its parts.
_PAIR, _ANYBODY = 2, "role:anybody"
_IN_BOTH = lazy_pattern(
    r"\b(?:both|joint\w*|together|between|common|cross-border|same|each other|shared|mutual)\b", re.IGNORECASE
)
# What heeds that something is denied; what does not.
_DENYING = frozenset({"never", "unnamed", "unused", "undated", "unplaced", "omit", "nothere"})
_BY_ROLE = ("role:", "number of:")
# "Every date on which they met" may be several.
_EVERY = lazy_pattern(r"\b(?:every|each|all(?:\s+the)?)\s+(?:dates?|days?|towns?|places?|months?)\b", re.IGNORECASE)
_CHOICE = lazy_pattern(
    r"\W*(?:is|are|was|were|did|does|do|has|have)\b[^?]*\b(?:more|fewer|less|larger|smaller|bigger|longer|shorter|earlier|later|first)\b"
    r"[^?]*\bor\b(?! not\b)",
    re.IGNORECASE,
)
_MORE_THAN = lazy_pattern(
    r"\b(?:more|fewer|less|larger|longer|shorter|earlier|later|oftener|often)\b[^?]*\bthan\b", re.IGNORECASE
)
# What a statement on what did not happen says.
_SAYS_NO = lazy_words(
    r"no|not|none|never|nothing|nobody|neither|nor|without|lacks?|missing|only|left out|except|but|others?|unnamed|undated"
)


def is_another_event(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a yes rests on what is not of the kind, or not on the theme, of the one event that is named."""
    if not question.polar or best.answer != [True] or best.family not in _ON_EVENTS:
        return False
    events = naming.facts.known(best.events)
    if not events or not one_meant.names_one(question.linked.text):
        return False
    if best.family == "is so" and any(
        link.thing.is_actor
        and not any(naming.circle(link.thing.iri) & event.involved for event in events)
        and not any(question.linked.stems(link) & event.bag.keys() for event in events)
        for link in best.open_links
    ):
        # What is told of the event says nothing of whom it is asked.
        return True
    return not one_event.fits(question, events, naming.facts.events.values())


def is_of_another(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a number is asked of one of those who came, while the detail that tells it does not name it."""
    detail = best.found.detail if best.found else None
    if detail is None or [type(value) for value in best.answer] != [int]:
        return False
    events = naming.facts.known(detail.about)
    came = set(roles_of([told for event in events for told in event.told], _CAME))
    led = set(roles_of([told for event in events for told in event.told], _LED))
    for link in question.links:
        circle = naming.circle(link.thing.iri)
        named = link.thing.iri in detail.about or question.linked.stems(link) <= detail.bag
        placed = any(link.thing.iri in event.areas for event in events)
        # What came alone is what the number is of.
        one_of = bool(circle & came) and bool(came - circle) and not circle & led
        if link.thing.is_actor and one_of and not named and not placed:
            return True
    return False


def is_one_of_several(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a reading is on one activity of which only names are said that several bear: "who taught in Kosovo?"."""
    iri = next(iter(best.about)) if len(best.about) == 1 else ""
    if question.polar or iri not in naming.facts.events or question.linked.days or question.linked.chapters:
        return False
    links = [link for link in question.links if not link.broad]
    # "The seminar" is one of them if it is said whose or where it was.
    named = bool(links or question.linked.demonyms)
    silent = {*_UNSAID, *(() if named else ("activity",))}
    said = (token for token in question.tokens if token.word.plain not in _EMPTY)
    if any(not token.cues or token.cues - silent for token in said):
        return False
    if not named:
        return True
    stems = [question.linked.stems(link) for link in links]
    fitting = (
        event
        for event in naming.facts.events.values()
        if all(retrieval.bears(naming.facts, event, link, some) for link, some in zip(links, stems, strict=True))
    )
    return bool(question.roles) and len(list(itertools.islice(fitting, 2))) > 1


def is_of_several(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether one activity is asked for, "the study visit to the UK", and several are the answer, or theirs together."""
    if best.family != "set" or len(best.events) < _PAIR:
        return False
    together = best.projection in one_meant.OF_EACH or best.projection.startswith("role:")
    several = best.projection in _OF_ONE and len(best.events) >= _SEVERAL
    if not several and (not together or best.projection == _ANYBODY or len(best.answer) < _PAIR):
        return False
    return not _EVERY.search(question.linked.text) and one_meant.names_one(question.linked.without_names())


def is_another_truth(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked if there is any, and the answer is one thing that is not so, or one with few of the words."""
    if not question.polar or not _EXISTS.match(question.linked.text):
        return False
    return best.family != "any" if best.answer == [False] else best.left >= LEFT * (question.total or 1.0)


def is_a_choice(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked which of two is more, and the answer is yes or no."""
    text = question.linked.text
    # That there was any of both says nothing of which was more.
    return question.polar and bool(_CHOICE.match(text) or (best.family == "any" and _MORE_THAN.search(text)))


def is_a_no_on_other(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether the answer is no, and what it rests on has too few of the words: of something else it is always no."""
    return question.polar and best.answer == [False] and ranking.borne(question, best) < HELD


def is_not_denied(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked who or what did not do something, and those are told that did."""
    text, links = question.linked.text, question.linked.links
    if question.polar or any(link.excluded for link in links) or not asked_denied.DENIED.match(text):
        return False
    if best.family == "phrase":
        return not best.cues & _DENYING
    if best.family == "papers":
        return not on_papers.WITHOUT.search(text)
    if best.found is not None:
        # What is said of who did, in words that deny nothing.
        return not _SAYS_NO.search(best.found.detail.summary)
    both = best.family == "two" and best.projection.startswith("both:")
    return best.family in ("set", "each") or both or (best.family == "event" and best.projection.startswith(_BY_ROLE))


def is_in_both(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is asked what was in two places, "in Moldova and Ukraine", and that is told which was in both."""
    if (
        best.family not in ("set", "any")
        or ANY_PLACE in best.flags
        or question.polar
        or _IN_BOTH.search(question.linked.text)
    ):
        return False
    used = [k for k in question.links if k.thing.cls in AREAS and k not in best.open_links]
    words = question.linked.words
    for one, other in itertools.pairwise(sorted(used, key=lambda link: link.start)):
        between = [word.plain for word in words[one.end : other.start]]
        events = [event for event in naming.facts.events.values() if {one.thing.iri, other.thing.iri} & event.areas]
        if (
            one.at
            and between in (["and"], ["or"], ["and", "in"], ["or", "in"], ["and", "the"], ["and", "in", "the"])
            and len(events) > len(best.events)
        ):
            # A town in a state is no second place.
            apart = not any(
                {one.thing.iri, other.thing.iri} <= naming.circle(iri) for iri in (one.thing.iri, other.thing.iri)
            )
            if apart:
                return True
    return False


ALL = (
    is_one_of_several,
    is_another_truth,
    is_of_several,
    is_a_choice,
    is_a_no_on_other,
    is_not_denied,
    is_in_both,
    is_of_another,
    is_another_event,
)
