"""Stage 10e17b3: whole classes of actors in the place of a name: events run by NGOs, work with Italian bodies or an embassy.

A class stands for whoever is of it, so that the phrases that take names take it, too. What a question asks for is none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from oscegraph.asking.asked_links import Link, Linked
from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.asked_types import wanted
from oscegraph.asking.naming import Naming
from oscegraph.asking.pattern_parts import parts
from oscegraph.asking.plain_forms import matches
from oscegraph.asking.retrieval import Question
from oscegraph.asking.wording import Word
from oscegraph.directory import Thing
from oscegraph.namespaces import expand

_STATES, EMBASSIES = ("State", "Territory"), "embassies"
# Words for bodies of a state: all of these, or those of one kind.
_OF_STATE = {
    "bodies": "(state|public|government|national|official|law_enforcement) "
    "bodies|body|institutions|institution|authorities|authority|agencies|agency|counterparts|partners",
    "ministries": "(government) ministries|ministry",
    "embassies": "embassies|embassy",
    "academies": "universities|university|academies|academy",
    "courts": "courts|court",
}
# Words for actors of no state, with the class of things that one of them is of.
_OF_ALL = {
    "units": ("(executive) units|unit|structures|structure", "Institution"),
    "operations": ("field operations|operation|missions|mission|presences|presence", "FieldOperation"),
    "secretariat": ("(thematic) secretariat units|unit|structures|structure", "SecretariatUnit"),
    "ngos": (
        "ngos|ngo|non_governmental_organizations|civil_society_organizations|civil_society",
        "CivilSocietyOrganization",
    ),
    "embassies": ("(foreign) embassies|embassy", "PublicBody"),
    "ministries": ("(government) ministries", "PublicBody"),
    "academies": ("universities|academies", "AcademicBody"),
    "companies": ("(private) companies|firms", "Company"),
    "international": ("international organizations|organisations", "InternationalOrganization"),
}
_SAID = {
    "bodies": "bodies",
    "units": "units of the OSCE",
    "operations": "field operations",
    "secretariat": "units of the Secretariat",
    "ngos": "NGOs",
    "academies": "universities and academies",
    "international": "international organizations",
}
# "Units" may be of the police: they are the OSCE's if it is said. Behind these words a class is what is asked for.
_OSCE, _NEED_OSCE, _OPERATIONS = frozenset({"osce", "executive", "any"}), frozenset({"units"}), "operations"
_ASKING = frozenset({"which", "what", "whose", "many", "list", "name", "show", "give", "number", "all", "every"})
_BETWEEN = frozenset({"osce", "other", "of", "the", "different", "foreign", "external", "outside", "more", "kind", "kinds"})
# What may be asked for beside it: "which NGOs and field operations".
_JOINS, _WORDS = frozenset({"and", "or"}), 3
# What says nothing more of a class.
_AROUND = frozenset({"named", "some", "any", "certain", "osce"})
_SELF = frozenset({"themselves", "itself"})
_LONGEST, _FEWEST = 4, 2
# What stands between bodies and their State; partners of a State are others than its bodies.
_OF, _OTHERS = frozenset({"of", "from", "in"}), frozenset({"partners", "counterpart", "counterparts"})


class _Class(NamedTuple):
    """A class that is named: by which words, and of which state, or in which area, if that is said."""

    start: int
    end: int
    types: str
    cls: str
    state: str = ""
    area: str = ""


def named(question: Question, naming: Naming, states: Mapping[str, str]) -> Question | None:
    """Return a question with a name for each class of actors; None if it has none. `states` are by their adjectives."""
    linked = question.linked
    found: list[_Class] = []
    for start in range(1, len(linked.words)):
        if (one := _at(question, start, states)) and not any(held.end > one.start for held in found):
            found.append(one)
    if not found:
        return None
    links = [link for link in linked.links if not any(one.start < link.end and link.start < one.end for one in found)]
    for one in found:
        label = _SAID.get(one.types, one.types) + (f" of {naming.label(one.state)}" if one.state else "")
        label += f" in {naming.label(one.area)}" if one.area else ""
        if label not in naming.classes:
            naming.classes[label] = _members(one, naming)
        start = one.start
        while linked.words[start - 1].plain in _AROUND:
            start -= 1
        end = one.end + (one.end < len(linked.words) and linked.words[one.end].plain in _SELF)
        links.append(Link(Thing(label, one.cls, label), start, end))
    taken = {place for one in found for place in range(one.start, one.end)}
    adjectives = {place for place in linked.adjectives if place not in taken}
    demonyms = {states[linked.words[place].plain] for place in adjectives}
    links.sort(key=lambda link: link.start)
    return _relinked(question, replace(linked, links=links, adjectives=adjectives, demonyms=demonyms))


def of_nation(question: Question, naming: Naming, states: Mapping[str, str]) -> tuple[Question, Link] | None:
    """Return a question for bodies of a State without the adjective that says of which, and that State.

    "Which Turkish bodies worked with UNODC?": the adjective has to stand right behind what asks, and so have bodies "of" it.
    """
    linked = question.linked
    if found := _behind_of(question, naming):
        return found
    place = next(iter(linked.adjectives), -1) if len(linked.adjectives) == 1 else -1
    if place < 1 or linked.words[place - 1].plain not in _ASKING or place + 1 >= len(linked.words):
        return None
    behind = [word.plain for word in linked.words[place + 1 : place + 1 + _LONGEST]]
    if not any(matches(parts(pattern), behind[:size]) for pattern in _OF_STATE.values() for size in (1, 2, 3)):
        return None
    state = states[linked.words[place].plain]
    links = sorted([*linked.links, Link(_nobody(naming), place, place + 1)], key=lambda link: link.start)
    plain = replace(linked, links=links, adjectives=set(), demonyms=linked.demonyms - {state})
    return _relinked(question, plain), Link(naming.directory.things[state], 0, 0)


def _behind_of(question: Question, naming: Naming) -> tuple[Question, Link] | None:
    """Return a question for bodies "of" a State without these words, and that State; None if it has none."""
    linked = question.linked
    words = [word.plain for word in linked.words]
    for link in linked.links:
        of = link.start - 1
        if (
            link.thing.cls not in _STATES
            or link.excluded
            or of < _FEWEST
            or words[of] not in _OF
            or words[of - 1] in _OTHERS
        ):
            continue
        sizes = (size for size in range(1, _LONGEST) if of > size and words[of - size - 1] in _ASKING)
        if any(matches(parts(p), words[of - size : of]) for size in sizes for p in _OF_STATE.values()):
            links = [replace(one, thing=_nobody(naming), start=of) if one is link else one for one in linked.links]
            return _relinked(question, replace(linked, links=links)), Link(link.thing, 0, 0)
    return None


def _nobody(naming: Naming) -> Thing:
    """Return the OSCE as a whole: it says nothing where it is named, so that its place is passed over."""
    return naming.directory.things[expand("body:osce") or ""]


def _relinked(question: Question, linked: Linked) -> Question:
    """Return a question with other names, of which nothing is looked up yet."""
    return replace(question, linked=linked, named={}, fits=None, _hits=None)


def _members(one: _Class, naming: Naming) -> frozenset[str]:
    """Return whoever is of a class."""
    things = naming.directory.things
    members = naming.circle(one.state) - {one.state} if one.state else things.keys()
    if one.area:
        hosts = ((iri, things[iri].facts.get("hostArea", ())) for iri in members)
        members = {iri for iri, areas in hosts if any(one.area in naming.around(area) for area in areas)}
    return frozenset(iri for iri in members if things[iri].is_actor and wanted((one.types,), things[iri]))


def _at(question: Question, start: int, states: Mapping[str, str]) -> _Class | None:
    """Return the class that begins at a word, the longest, if it is not what is asked for."""
    words, links = question.linked.words, question.linked.links
    if _is_asked_for(question, start):
        return None
    link = next((one for one in links if one.start == start and one.end > start), None)
    if link is not None and link.thing.cls not in _STATES:
        return None
    state = link.thing.iri if link else states.get(words[start].plain, "")
    first = link.end if link else start + bool(state)
    for last in range(min(first + _LONGEST, len(words)), first, -1):
        said = [word.plain for word in words[first:last]]
        if any(one.start < last and first < one.end for one in links):
            continue
        if state:
            kinds = ((types, pattern, "PublicBody") for types, pattern in _OF_STATE.items())
        else:
            kinds = ((types, pattern, cls) for types, (pattern, cls) in _OF_ALL.items())
        for types, pattern, cls in kinds:
            if not matches(parts(pattern), said) or (types in _NEED_OSCE and not _OSCE.intersection(_before(words, start))):
                continue
            if not state and (behind := _state_behind(question, last)):
                return _Class(start, behind.end, types, "PublicBody", behind.thing.iri) if types in _OF_STATE else None
            if types == _OPERATIONS and (there := _area_behind(question, last)):
                return _Class(start, there.end, types, cls, area=there.thing.iri)
            return _Class(start, last, types, cls, state)
    return None


def _before(words: list[Word], start: int) -> list[str]:
    return [word.plain for word in words[max(0, start - 2) : start + 1]]


def _state_behind(question: Question, place: int) -> Link | None:
    """Return the state whose name stands behind "of" at a word: "the embassy of the United States"."""
    words, links = question.linked.words, question.linked.links
    while place < len(words) and words[place].plain in ("of", "the"):
        place += 1
    found = next((one for one in links if one.start == place and one.thing.cls in _STATES), None)
    return found if found and words[place - 1].plain in ("of", "the") else None


def _area_behind(question: Question, place: int) -> Link | None:
    """Return the area whose name stands behind "in" at a word: "any field operation in Central Asia"."""
    words = question.linked.words
    found = (one for one in question.linked.links if place < one.start <= place + 2 and one.thing.cls in AREAS)
    return next((one for one in found if words[place].plain in ("in", "of", "from")), None)


def _is_asked_for(question: Question, start: int) -> bool:
    """Whether a class at a word is what the question asks for: "which OSCE units", "which units and field operations"."""
    words, place = question.linked.words, start - 1
    while place >= 0 and words[place].plain in _BETWEEN:
        place -= 1
    if place >= 0 and words[place].plain in _JOINS:
        return any(word.plain in _ASKING for word in words[max(0, place - _WORDS) : place])
    return place < 0 or words[place].plain in _ASKING
