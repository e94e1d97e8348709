"""Stage 10e17b3: what limits a plain question on filtered activities, in the sense that it is said in, and which are left.

Its phrases say how each name stands (`filter_reading`); what the words around them add is heeded here: that it was together,
jointly, with any part, abroad, of a class with each other. If nothing is left, the limits are taken in the next wider sense.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from oscegraph.asking import asked_days, asked_filters, filter_bounds, filter_reading, plain_words
from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.asked_roles import EXTERNAL
from oscegraph.asking.filter_answers import COUNTRIES, PLACED
from oscegraph.asking.filter_limits import (
    ABROAD,
    EVENTS,
    EVENTS_ASKED,
    FOR,
    JOINT,
    LED,
    NATION,
    STATES,
    THEME,
    TRAINING,
    WHERE,
    Limits,
)
from oscegraph.asking.filter_measures import FACILITATOR
from oscegraph.asking.filter_parts import Filtered
from oscegraph.asking.filtering import Filtering, in_order
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern, lazy_words
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Event

# Who organized nothing alone may have co-operated.
_LOOSER = {"organizer": LED}
# What is asked of actors: who did something with both of two.
OF_WHOM = frozenset({"role", "partners", "count"})
_DEPARTMENT, _TRAINER = "Department", "trainer"
_HOST = "host"
# An actor is said to have organized with another.
_TOGETHER = lazy_words(r"together|jointly|co-?organi[sz]\w*")
# "With which units did UNODC organize events?": to speak at one is not to have organized it.
_WITH_WHOM_MADE = lazy_pattern(
    r"^\W*(?:together\s+)?with\s+(?:whom|which|what)\b[^,;?]*\b(?:did|has|have)\b[^,;?]*\b(?:co-?)?organi[sz]e",
    re.IGNORECASE,
)
_VISIT, _RAN = "study visit", frozenset({"organizer", "run"})
# A project is no event, but may be what lasted longest.
_TIMED = frozenset({"longest", "shortest", "days", "weeks", "week"})
_ANY_PART = lazy_words(
    r"t(?:ake|ook|aken|aking) part|had (?:a|any|some) part|participat(?:e|ed|ing)|(?:was|were|is|are) (?:involved|present)"
    r"|involved the"
)
# Several actors are said to have been in the same one, whatever their part.
_JOINTLY = lazy_pattern(r"\b(?:jointly|joint|together|both)\b", re.IGNORECASE)
# Those of a class are said to have been with each other, and not with somebody.
_AS_ONE = lazy_pattern(r"\b(?:(?:jointly|together)(?! with\b)|with each other|with one another)(?!\w)", re.IGNORECASE)


def left(
    question: Question, naming: Naming, filtering: Filtering, nation: tuple[Link, ...] = ()
) -> tuple[Filtered, Limits, list[Event]] | None:
    """Return what is asked, what limits it, and the activities that are left; None if it is no such question.

    `nation` is the State whose bodies are asked for, if it is one.
    """
    asked = filter_reading.read(question, naming.facts)
    if asked is None or (question.linked.days and asked_days.PART_OF.search(question.linked.text)):
        return None
    links = plain_words.named(question)
    plain = [one for one in asked.filters if not links[one.name].broad]
    names = tuple((one.how, links[one.name]) for one in plain if not one.others)
    names += tuple((NATION, state) for state in nation)
    either = tuple((one.how, tuple(links[name] for name in (one.name, *one.others))) for one in plain if one.others)
    timed = {*asked.ranks, *asked.bounds} & _TIMED
    if asked.noun and not asked.kinds and not timed and EVENTS_ASKED.search(question.linked.text):
        asked = replace(asked, flags=(*asked.flags, EVENTS))
    kept = tuple(filter_bounds.of(question, asked.bounds, naming.directory))
    days, chapters = question.linked.days, tuple(question.linked.chapters)
    limits = Limits(names, asked.kinds, asked.words, days, kept, either, flags=asked.flags, chapters=chapters)
    if limits.chapters and THEME in limits.hows:
        # What one chapter tells under a theme another may tell under its own.
        return None
    if _AS_ONE.search(question.linked.text) and any(link.thing.iri in naming.classes for _, link in limits.actors):
        if len(limits.actors) > 1:
            # Each of a class with somebody, or several of it?
            return None
        limits = replace(limits, flags=(*limits.flags, JOINT))
    homes = filtering.homes(limits)
    if ABROAD in asked.flags and not homes:
        return None
    if ABROAD in asked.flags or FACILITATOR in limits.hows:
        # Whom an operation sends is from where it is, whether or not that is told.
        names = tuple(name for name in names if name[0] != "attendees" or name[1].thing.iri not in homes)
        limits = replace(limits, names=names)
    # Who arranged or made possible a visit is said to have organized it.
    visits = dict.fromkeys(_RAN, "any") if _VISIT in asked.kinds else {}
    limits = limits.renamed(visits)
    together = asked.role in _RAN and bool(_TOGETHER.search(question.linked.text))
    joined = together or bool(_WITH_WHOM_MADE.search(question.linked.text))
    ran = bool(_RAN & limits.hows) or (joined and asked.ask in OF_WHOM)
    if ran and not _ANY_PART.search(question.linked.text):
        # With whom something was organized had more than any part in it, unless any part is what is said.
        joint = tuple((LED if how == "any" and link.thing.is_actor else how, link) for how, link in limits.names)
        limits = replace(limits, names=joint)
    of_one = len(limits.actors) == 1 and "any" in limits.hows
    if asked.ranks and of_one and filtering.events(limits.renamed({"any": "run"})):
        # The largest event "of" a unit is one that it held.
        limits = limits.renamed({"any": "run"})
    both = [(visits.get(one.how, one.how), links[one.name]) for one in plain if one.name in asked.both]
    if (
        len(both) > 1
        and asked.ask != "truth"
        and _RAN & {one.how for one in plain}
        and not _JOINTLY.search(question.linked.text)
    ):
        # "Which trainings did A and B hold?" may ask for those of either.
        return None
    if len(both) > 1 and asked.ask in ("activities", "number") and {how for how, _ in both} <= _RAN:
        # "How many did A and B organize together?" is how many A did with B.
        limits = replace(limits, names=tuple((LED if name in both[1:] else name[0], name[1]) for name in limits.names))
    if len(both) > 1 and asked.ask in OF_WHOM:
        # Who worked with both did so in some activities with each, not only in those with both.
        limits = replace(limits, apart=tuple(both), names=tuple(name for name in limits.names if name not in both))
    # What came first of all is asked of a type of actors, of towns or months; partners are counted in several ways.
    most = asked.ask == "most" and (asked.types or asked.role in PLACED)
    nothing = limits == Limits(()) and not (both or asked.ranks or most)
    # "Which States funded what?" and "which country hosted most?" are asked of all activities.
    named = bool(asked_filters.NAMED_ALL.intersection(asked.types)) and asked.ask in ("role", "count")
    named = named or asked.everybody
    rows = named or (bool(asked.columns) and (not asked.noun or asked.ask == "role"))
    nothing = nothing and not rows and asked.role not in (COUNTRIES, "themes")
    if nothing or len(kept) < len(asked.bounds) or not filtering.are_plain(limits, both):
        return None
    events = filtering.events(limits)
    if is_joint(limits):
        # Either of the two may be the one who is told to have organized it.
        turned = {"organizer": LED, "run": LED, LED: "organizer"}
        made = {event.iri: event for event in (*events, *filtering.events(limits.renamed(turned)))}
        events = in_order(made.values())
    looser = _looser(limits, asked)
    while not events and (wider := next(looser, None)):
        limits, events = wider, filtering.events(wider)
    if not events and limits.actors and any(how == WHERE and link.thing.cls in STATES for how, link in limits.names):
        # What somebody did for bodies of a state, without a place, was for it.
        for_it = limits.renamed({WHERE: FOR})
        limits, events = (for_it, found) if (found := filtering.events(for_it)) else (limits, events)
    return asked, limits, events


def is_joint(limits: Limits) -> bool:
    """Whether activities are asked for that one organized with another."""
    return bool(_RAN & limits.hows) and LED in limits.hows


def _looser(limits: Limits, asked: Filtered) -> Iterator[Limits]:
    """Yield limits by which it may be meant if nothing is left, each on top of those before."""
    hosts = [link for how, link in limits.names if how == _HOST]
    if hosts and not any(link.thing.cls in AREAS for link in hosts):
        # What an organization "hosted" it organized.
        yield (limits := limits.renamed({_HOST: "organizer"}))
    if asked.types == (EXTERNAL,) and TRAINING in limits.kinds and "run" in limits.hows:
        # Who only taught at what others ran trained those who came, too.
        yield (limits := limits.renamed({"run": "trainers"}))
    if _LOOSER.keys() & limits.hows:
        yield (limits := limits.renamed(_LOOSER))
    if any(how == _TRAINER and link.thing.cls == _DEPARTMENT for how, link in limits.names):
        # What a department "delivered" it ran.
        yield limits.renamed({_TRAINER: "run"})


def loose(limits: Limits, asked: Filtered) -> Limits:
    """Return limits with any part that an actor had where it is said to have run them, or is asked how many it organized."""
    return limits.renamed({"run": "any"} | ({"organizer": "any", LED: "any"} if asked.ask == "number" else {}))
