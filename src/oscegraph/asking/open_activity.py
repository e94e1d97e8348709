"""Stage 10e16c2: plain questions on one activity that are open in whom they mean: the likeliest reading, and others.

Who came is told by name and by what they are; with whom something was organized by those who did, if nobody else is told;
what an activity that is described was about by its title.
"""

from __future__ import annotations

from dataclasses import replace

from oscegraph.asking import asked_kinds, on_events, plain_activity, plain_words, said_of
from oscegraph.asking.asked_types import is_of
from oscegraph.asking.candidates import Candidate, roles_of
from oscegraph.asking.filter_measures import FACILITATOR, some
from oscegraph.asking.naming import Naming
from oscegraph.asking.on_events import ATTENDANCE, ATTENDED, CAME, HELPED, TOOK_PART
from oscegraph.asking.plain_activity import CO_ORGANIZERS, HAD, ORGANIZER, PARTNER
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Event

# Who is told instead where nobody is told to have had a role.
_INSTEAD = {
    PARTNER: (ORGANIZER, "No partner is told by name: this is who organized it."),
    ORGANIZER: (CO_ORGANIZERS, "Who organized it is not told by name: this is who co-operated."),
}
# Who of those who came is of a State, was sent by a unit, was trained, or was meant; and what an activity was about.
_FROM, _SENT, _TRAINED, _MEANT = "attended from", "attended sent", "attended trained", "attended meant"
_ABOUT, _HOST, _TITLE = said_of.ABOUT, "role:host", "label"
_ROLE, _CLOSER = "role:", frozenset({_HOST, "role:funder", ORGANIZER, CO_ORGANIZERS})
_UNITS, _TRAINERS, _VISITS = ("units",), frozenset({"trainer"}), frozenset({"study visit", "country visit"})
_SENDERS, _FOR_NOBODY = frozenset({FACILITATOR}), frozenset({"assessment", "meeting", "research"})


def read(asking: Question, event: Event, naming: Naming, titled: bool) -> tuple[Candidate, tuple[str, ...]] | None:
    """Return the likeliest reading of a plain question with `titles.IT` for an activity, and what else may be meant.

    None if it is not plain, or if nothing is told of what it asks; what an activity was about is not told by its title if
    the question has that (`titled`).
    """
    form = plain_activity.form_of(asking, openly=True)
    if form is None or form.family == HAD:
        return None
    if form.projection in said_of.NOUNS and (of_it := said_of.read(naming, asking, event, form.projection, titled)):
        # A statement may be on a part of it only.
        detail = of_it.found.detail if of_it.found else None
        beside = _said(asking, event, detail.iri if detail else "") if form.projection == _ABOUT else ()
        return of_it, (*([f"Its title: {event.label}"] if form.projection == _ABOUT and not titled else []), *beside)
    if form.projection in (said_of.FOR, said_of.RESULT):
        return None
    if form.projection == _ABOUT:
        # The title of a visit may only tell who went where.
        of_visit = bool(event.kinds & _VISITS) and " on " not in event.label
        return None if titled or of_visit else _about(asking, event, naming)
    if form.projection in (_FROM, _SENT, _TRAINED, _MEANT):
        return _some_of(asking, event, naming, form.projection)
    if not plain_activity.is_theirs(asking, event, naming, form):
        return None
    own = {one.projection: one for one in plain_activity.told(asking, event, naming, form) if one.answer}
    found = own.get(form.projection)
    if form.projection in _INSTEAD and found is None:
        instead, said = _INSTEAD[form.projection]
        if instead not in own:
            return None
        return own[instead], ((said,) if len(own[instead].answer) == 1 or instead != ORGANIZER else ())
    if form.projection in ATTENDANCE and ATTENDED in own:
        helped = dict.fromkeys(naming.labels(roles_of(event.told, HELPED)) if form.projection == TOOK_PART else [])
        others = [name for name in helped if name not in own[ATTENDED].answer]
        return own[ATTENDED], ((f"Who spoke, taught or co-operated is left out: {'; '.join(others)}.",) if others else ())
    # States took part, and organized nothing; in whose rooms it was details may tell closer.
    if found is None or plain_activity.is_vague(found, event) or found.projection == _HOST:
        return None
    return None if found.projection == PARTNER and plain_activity.of_states(found, naming) else (found, ())


def of_it(asking: Question, event: Event, naming: Naming, titled: bool) -> Candidate | None:
    """Return who had a part in an activity, or what is said of it, if a plain question with `titles.IT` asks that.

    The activity is described in other words, or by a title that is none of its names (`titled`).
    """
    found, _ = plain_activity.read(asking, event, naming)
    if found and found.answer:
        # Who ran it, who paid, in whose rooms and when it was, would be told of it in its own words, if it is meant.
        told = found.projection in ATTENDANCE or (found.projection.startswith(_ROLE) and found.projection not in _CLOSER)
        return found if told and found.family != HAD else None
    opened = read(asking, event, naming, titled)
    # By its title it would be told in its own words, too.
    return opened[0] if opened and opened[0].answer and opened[0].projection != _TITLE else None


def _some_of(asking: Question, event: Event, naming: Naming, who: str) -> tuple[Candidate, tuple[str, ...]] | None:
    """Return those of who came to an activity whom a question asks for, and who they are; None if nobody, or not known.

    They are of the one State that is named; or told to have come where the one unit that is named sent them; or trained, or
    meant, as all who came are, unless units of the OSCE did, or it was for nobody or no training.
    """
    came_there, every = roles_of(event.told, CAME), next(on_events.attended(naming, asking, event))
    if who in (_TRAINED, _MEANT):
        no_training = event.kinds.isdisjoint(asked_kinds.TAUGHT) and not roles_of(event.told, _TRAINERS)
        other = event.kinds & _FOR_NOBODY or (who == _TRAINED and no_training)
        units = any(is_of(naming.directory, _UNITS, iri) for iri in came_there)
        return None if other or units or not every.answer else (every, ())
    named = plain_words.named(asking)
    if len(named) != 1:
        return None
    circle = naming.circle(named[0].thing.iri)
    some, people, whose = [iri for iri in came_there if iri in circle], list[str](), "of or from"
    if who == _SENT:
        sent = [told for told in event.told if not circle.isdisjoint(roles_of([told], _SENDERS))]
        some, whose = roles_of(sent, CAME), "told to have come with the help of"
        people = [told.audience for told in sent if told.audience and not some]
    if not some and not people:
        return None
    found = replace(every, answer=[*naming.labels(some), *people], things=tuple(some))
    return found, (f"Only those {whose} {named[0].thing.label}.",)


def _about(asking: Question, event: Event, naming: Naming) -> tuple[Candidate, tuple[str, ...]]:
    """Return what an activity was about by its title, and what is said of it."""
    meant = on_events.of_one(naming, asking, event)
    title = meant.one(_TITLE, [event.label], "activity", things=(event.iri,))
    return title, _said(asking, event)


def _said(asking: Question, event: Event, told: str = "") -> tuple[str, ...]:
    """Return what is said of an activity, in a line, without the detail that is told already."""
    details = asking.facts.details_on(event.iri)
    said = [one.summary.rstrip(".") for one in details if one.about == (event.iri,) and one.summary and one.iri != told]
    return (f"Said of it{', too' if told else ''}: {some(said)}",) if said else ()
