"""Stage 10g1a4: whether what is claimed of several is so of each: of both, of one with another, of one of a group.

And whether a yes heeds all that a claim says of an event: the town, the theme, for whom it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from oscegraph.asking import wording
from oscegraph.asking.asked_links import ONE, Link
from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.asked_types import wanted
from oscegraph.asking.candidates import ROLES, Candidate, roles_of
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Event

# Ways of asking that look at one activity, or at any.
_BY_FACTS = frozenset({"any", "had role", "was there", "is so"})
_EVENTS = (
    r"(?:events|workshops|seminars|conferences|courses|trainings|meetings|visits|tours|sessions|activities|projects|exercises"
    r"|campaigns|round ?tables)"
)
_BOTH_EVENTS = lazy_pattern(
    rf"\bboth(?: of)?(?: (?:the|these|those|its|their))?(?: (?!and\b)[\w'\u2019./-]+){{0,6}}? {_EVENTS}\b"
    rf"|\b{_EVENTS}\b(?: (?!which|that|who)[\w'\u2019-]+){{0,6}}? both\b",
    re.IGNORECASE,
)
_BOTH = lazy_pattern(r"\bboth\b(?: of)? (?P<one>[^,;?]+?) and (?P<other>[^,;?]+)", re.IGNORECASE)
# That two activities are alike, or differ, is told of both.
_COMPARES = ("same", "some same"), (" agree", " differ")
# Who organizes something does more than come to it.
_HELD = lazy_pattern(r"\b(?:co-?)?organi[sz]e\w*|\b(?:hold|held|run|ran|carr(?:y|ied) out|conduct(?:ed)?)\b", re.IGNORECASE)
_WITH = lazy_pattern(r"\bwith\s+(?:the\s+|an?\s+)?(?:OSCE\s+)?$", re.IGNORECASE)
_MADE, _PLACE, _STATES = ROLES["organizers"][0], "Place", "states"
# For whom something was, or who came to it.
_AUDIENCE = lazy_pattern(
    r"\b(?P<who>judge|prosecutor|lawyer|teacher|journalist|student|investigator|inspector|customs|border guard|border police"
    r"|police|bank|diplomat|doctor|soldier|parliamentarian|trade union|labour inspector|civil servant)(?:s|ers)?\b",
    re.IGNORECASE,
)
# What a group of those who came is called, by what is asked of: an actor of these types may be of it.
_GROUPS = (
    ("operations", lazy_pattern(r"\bfield (?:operations|missions)\b", re.IGNORECASE)),
    (
        _STATES,
        lazy_pattern(r"\bStates\b|\bcountries\b|\b(?:Central Asian|South[- ]East(?:ern)?[- ]European|Caucasian) (?!field)"),
    ),
    (
        "international",
        lazy_pattern(r"\binternational (?:and regional )?(?:organi[sz]ations|experts|partners)\b", re.IGNORECASE),
    ),
    ("ngos", lazy_pattern(r"\bNGOs\b|\bcivil society\b")),
)
_CAME = frozenset({"anybody", "attendee", "attendees", "participants", "all named", "speaker"})


def is_of_one_alone(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a yes to both of two rests on one: "were both workshops in Skopje?", "to both Vienna and Kiev"."""
    if not question.polar or best.answer != [True] or best.family not in _BY_FACTS:
        return False
    if best.projection.startswith(_COMPARES[0]) or best.projection.endswith(_COMPARES[1]):
        return False
    text, words = question.linked.text, question.linked.words
    if _BOTH_EVENTS.search(text):
        return True
    match, events = _BOTH.search(text), naming.facts.known(best.events)
    if match is None or not events:
        return False
    if ONE.search(match["one"]) and ONE.search(match["other"]):
        return True
    named = [k for k in question.links if k.end > k.start and match.start() < words[k.start].start < match.end()]
    return any(not any(_takes_part(naming, link, event) for event in events) for link in named if not link.quiet)


def _takes_part(naming: Naming, link: Link, event: Event) -> bool:
    """Whether an activity has somebody, or was at a place, that a question names; of anything else it is taken to be."""
    if link.thing.cls == _PLACE or link.thing.cls in AREAS:
        return link.thing.iri in event.areas or not naming.circle(link.thing.iri).isdisjoint(event.involved)
    return not link.thing.is_actor or not naming.circle(link.thing.iri).isdisjoint(event.involved)


def is_no_joint_work(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a yes to two that organized something together rests on what one of them only came to."""
    both = [best.values.get(name) for name in ("actor", "also")]
    if best.family != "any" or best.answer != [True] or None in both or not _HELD.search(question.linked.text):
        return False
    circles = [naming.circle(str(actor)) for actor in both]
    events = naming.facts.known(best.events)
    led = ({*roles_of(event.told, _MADE)} for event in events)
    return not any(all(circle & made for circle in circles) for made in led)


def is_not_with(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a yes to what somebody organized with another rests on what the other only came to, or had no part in."""
    text, words = question.linked.text, question.linked.words
    if not question.polar or best.answer != [True] or best.family not in _BY_FACTS or not _HELD.search(text):
        return False
    made = [{*roles_of(event.told, _MADE)} for event in naming.facts.known(best.events)]
    others = [
        link
        for link in question.links
        if link.thing.is_actor and link.end > link.start and _WITH.search(text[: words[link.start].start])
    ]
    return bool(made) and any(all(naming.circle(link.thing.iri).isdisjoint(some) for some in made) for link in others)


def group(naming: Naming, question: Question, best: Candidate) -> str:
    """Return the group that one whose part is denied may be of, in words: "field operations in Central Asia"; "" if none."""
    if not question.polar or best.answer != [False] or best.family != "had role" or best.projection not in _CAME:
        return ""
    things = [link.thing for link in question.links if link.thing.is_actor and not link.at]
    for event in naming.facts.known(best.events):
        came = [naming.directory.things[iri] for iri in roles_of(event.told, ROLES["participants"][0])]
        for told in event.told:
            for name, pattern in _GROUPS:
                # Where some of them are named the others are taken not to have come.
                named = name != _STATES and any(wanted((name,), thing) for thing in came)
                if pattern.search(told.audience) and not named and any(wanted((name,), thing) for thing in things):
                    return told.audience
    return ""


def is_of_group(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether it is denied that one of a group came which is told as a group."""
    return bool(group(naming, question, best))


def leaves_words(naming: Naming, question: Question, best: Candidate) -> bool:
    """Whether a yes drops what a question says of an event: a town, a theme, for whom it was."""
    if not question.polar or best.answer != [True] or best.family not in _BY_FACTS:
        return False
    events = naming.facts.known(best.events)
    if not events:
        return False
    for link in question.links:
        theme = link.thing.cls == "Concept" and not link.broad
        if theme and not any(
            link.thing.iri in event.themes or question.linked.stems(link) & event.bag.keys() for event in events
        ):
            return True
        town = link.thing.cls == _PLACE and link.at and not link.quiet
        if town and not any(link.thing.iri in event.areas for event in events):
            return True
    for match in _AUDIENCE.finditer(question.linked.without_names()):
        if not any(_came(naming, event, match["who"].casefold()) for event in events):
            return True
    return False


def _came(naming: Naming, event: Event, who: str) -> bool:
    """Whether such people, in the singular, are told to have come to an activity, or it bears their word."""
    names = naming.labels(roles_of(event.told, ROLES["participants"][0]))
    told = " ".join([event.label, *(told.audience for told in event.told), *names]).casefold()
    return all(word in told or wording.stem(word) in event.bag for word in who.split())


ALL: tuple[Callable[[Naming, Question, Candidate], bool], ...] = (
    is_of_one_alone,
    is_no_joint_work,
    is_not_with,
    is_of_group,
    leaves_words,
)
