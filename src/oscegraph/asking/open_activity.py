"""Stage 10e16c2: plain questions on one activity that are open in whom they mean: the likeliest reading, and others.

Who came is told by name and by what they are; with whom something was organized by those who did, if nobody else is told;
what an activity that is described was about by its title.
"""

from __future__ import annotations

from dataclasses import replace

from oscegraph.asking import asked_kinds, on_events, plain_activity, plain_forms
from oscegraph.asking.asked_types import is_of
from oscegraph.asking.candidates import Candidate, roles_of
from oscegraph.asking.filter_measures import came, is_several, some
from oscegraph.asking.naming import Naming
from oscegraph.asking.plain_activity import HAD
from oscegraph.asking.retrieval import Hit, Question
from oscegraph.asking.statements import Event

_PARTNER, _ORGANIZER = "role:partner", "role:organizer"
# Who is told instead where nobody is told to have had a role.
_INSTEAD = {
    _PARTNER: (_ORGANIZER, "No partner is told by name: this is who organized it."),
    _ORGANIZER: ("role:organizers", "Who organized it is not told by name: this is who co-operated."),
}
# Who came, and who may be meant by it, too; who of them is of a State, and what an activity was about.
_ATTENDED, _TOOK_PART, _HELPED = "attended", "took part", frozenset({"speaker", "partner", "trainer"})
_FROM, _TRAINED, _MEANT, _ABOUT, _HOST = "attended from", "attended trained", "attended meant", "about", "role:host"
_UNITS, _TRAINERS, _VISITS = ("units",), frozenset({"trainer"}), frozenset({"study visit", "country visit"})
_STATES, _FOR_NOBODY = frozenset({"state", "territory"}), frozenset({"assessment", "meeting", "research"})
# A whole day in ISO form is so long.
_DAY = len("2011-01-01")


def read(asking: Question, event: Event, naming: Naming, titled: bool) -> tuple[Candidate, tuple[str, ...]] | None:
    """Return the likeliest reading of a plain question with `titles.IT` for an activity, and what else may be meant.

    None if it is not plain, or if nothing is told of what it asks; what an activity was about is not told by its title if
    the question has that (`titled`).
    """
    form = plain_activity.form_of(asking, openly=True)
    if form is None or form.family == HAD:
        return None
    if form.projection == _ABOUT:
        # The title of a visit may only tell who went where.
        of_visit = bool(event.kinds & _VISITS) and " on " not in event.label
        return None if titled or of_visit else _about(asking, event, naming)
    if form.projection in (_FROM, _TRAINED, _MEANT):
        of_state = form.projection == _FROM
        told = _from(asking, event, naming) if of_state else _for_whom(asking, event, naming, form.projection == _TRAINED)
        return (told, ()) if told else None
    if not plain_activity.is_theirs(asking, event, naming, form):
        return None
    own = {one.projection: one for one in plain_activity.told(asking, event, naming, form) if one.answer}
    found = own.get(form.projection)
    if form.projection in _INSTEAD and found is None:
        instead, said = _INSTEAD[form.projection]
        if instead not in own:
            return None
        return own[instead], ((said,) if len(own[instead].answer) == 1 or instead != _ORGANIZER else ())
    if form.projection in (_ATTENDED, _TOOK_PART) and _ATTENDED in own:
        helped = dict.fromkeys(naming.labels(roles_of(event.told, _HELPED)) if form.projection == _TOOK_PART else [])
        others = [name for name in helped if name not in own[_ATTENDED].answer]
        return own[_ATTENDED], ((f"Who spoke, taught or co-operated is left out: {'; '.join(others)}.",) if others else ())
    return None if found is None or _is_otherwise(found, event, naming) else (found, ())


def _is_otherwise(found: Candidate, event: Event, naming: Naming) -> bool:
    """Whether what is told may not be what is asked: States took part and organized nothing, a year is no day.

    How many were sent, or came to several, is not how many came. In whose rooms it was details may tell closer.
    """
    things = naming.directory.things
    match found.projection:
        case "role:partner":
            return any(things[iri].type in _STATES for iri in found.things)
        case "people":
            return is_several(event) or found.answer != [came(event)]
        case "when":
            return any(len(day) < _DAY for day in found.answer)
        case projection:
            return projection == _HOST


def _for_whom(asking: Question, event: Event, naming: Naming, trained: bool) -> Candidate | None:
    """Return for whom an activity was by who came; None if units of the OSCE did, or if it is for nobody, as no training."""
    if event.kinds & _FOR_NOBODY or (
        trained and not event.kinds & asked_kinds.TAUGHT and not roles_of(event.told, _TRAINERS)
    ):
        return None
    came_there = roles_of(event.told, on_events.CAME)
    if any(is_of(naming.directory, _UNITS, iri) for iri in came_there):
        return None
    found = next((one for one in on_events.attended(naming, asking, event) if one.projection == _ATTENDED), None)
    return found if found and found.answer else None


def _about(asking: Question, event: Event, naming: Naming) -> tuple[Candidate, tuple[str, ...]]:
    """Return what an activity was about by its title, and what is said of it."""
    meant = on_events.Meant(naming, asking, [event], Hit(event, 0.0, [], [], 0))
    said = [one.summary.rstrip(".") for one in asking.facts.details.values() if one.about == (event.iri,) and one.summary]
    title = meant.one("label", [event.label], "activity", things=(event.iri,))
    return title, ((f"Said of it: {some(said)}",) if said else ())


def _from(asking: Question, event: Event, naming: Naming) -> Candidate | None:
    """Return who is named of those who came to an activity from the one State that is named; None if nobody is."""
    states = [link.thing.iri for link in plain_forms.named(asking)]
    every = next((one for one in on_events.attended(naming, asking, event) if one.projection == _ATTENDED), None)
    if every is None or len(states) != 1:
        return None
    there = naming.circle(states[0])
    own = [iri for iri in roles_of(event.told, on_events.CAME) if iri in there]
    # Whoever has no other name is of the State.
    return replace(every, answer=naming.labels(own), things=tuple(own)) if own else None
