"""Stage 7d11: a town that is said to act is the field operation that has its seat there: "what did Baku do in October?".

Two operations that are named together, "the Offices in Baku and Yerevan", are each named by itself, and a department by the
place of its operation, "the Rule of Law Department in Skopje", with that operation. Whom to contact in a State is the focal
point of the operation there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache

from oscegraph.asking.patterns import lazy_pattern
from oscegraph.directory import Directory, Thing

# What a town cannot do, but those who work there.
_ACTS = (
    r"(?:do|work|co-?operate|organi[sz]e|hold|run|train|support|fund|finance|pay|send|arrange|carry|facilitate|report|deal|help"
    r"|have|invite|co-?organi[sz]e|sponsor|conduct)"
)
_OWN = r"(?:partners?|staff|focal points?|activit(?:y|ies)|events|trainings|workshops|courses|projects|study visits|work)"
_WITH = r"(?:work(?:ed|s)?|co-?operat(?:ed?|es)|together|partnered) with"
# "The Offices in Baku and Yerevan", "the Project Co-ordinators in Ukraine and in Uzbekistan".
_TWO = lazy_pattern(
    r"\b(?:the\s+)?(?P<osce>OSCE\s+)?(?P<head>offices|centres|centers|missions|(?:project\s+)?co-?ordinators)\s+(?:in|to)\s+"
    r"(?P<one>(?-i:[A-Z])[\w-]+)\s+(?P<joint>and|or)\s+(?:(?:in|to|the one in|that in)\s+)?"
    r"(?P<other>(?-i:[A-Z])[\w-]+)\b(?!\s+(?-i:[A-Z]))",
    re.IGNORECASE,
)


# "The field operations in Azerbaijan and Armenia", "the OSCE mission in Albania".
_PLACE = r"(?-i:[A-Z])[\w-]+"
_IN_STATES = lazy_pattern(
    r"\bthe\s+(?:OSCE\s+)?field\s+(?:(?:operation|mission|presence)\s+in\s+"
    rf"(?P<place>{_PLACE})|(?:operations|missions|presences)\s+in\s+(?P<one>{_PLACE})\s+and\s+(?P<other>{_PLACE}))"
    r"\b(?!\s+(?:and\s+)?(?-i:[A-Z])|\s*,)",
    re.IGNORECASE,
)


def in_states(text: str, held: Mapping[str, str]) -> str:
    """Return a question with operations that are called by their States by their names, either of several being meant.

    >>> held = {"albania": "OSCE Presence in Albania", "serbia": "OSCE Mission to Serbia"}
    >>> in_states("Whom did the field operations in Albania and Serbia train?", held)
    'Whom did the OSCE Presence in Albania or the OSCE Mission to Serbia train?'
    >>> in_states("Whom did the field operations in Central Asia train?", held)
    'Whom did the field operations in Central Asia train?'
    """

    def named(match: re.Match[str]) -> str:
        places = [place for place in match.group("place", "one", "other") if place]
        found = [held.get(place.casefold(), "") for place in places]
        return " or ".join(f"the {label}" for label in found) if all(found) else match[0]

    return _IN_STATES.sub(named, text)


_OUTSIDE = lazy_pattern(
    rf"\b(?:outside|beyond|out of)(?: of)? (?P<place>{_PLACE})\b(?!\s+(?:and\s+)?(?-i:[A-Z]))", re.IGNORECASE
)


def as_abroad(text: str, held: Mapping[str, str]) -> str:
    """Return a question for what was outside of the State of the operation that it names as one for what was abroad.

    >>> held = {"armenia": "OSCE Office in Yerevan", "yerevan": "OSCE Office in Yerevan"}
    >>> as_abroad("Which visits outside Armenia did the OSCE Office in Yerevan fund?", held)
    'Which visits abroad did the OSCE Office in Yerevan fund?'
    >>> as_abroad("Which visits outside Armenia did the ATU fund?", held)
    'Which visits outside Armenia did the ATU fund?'
    """

    def named(match: re.Match[str]) -> str:
        label = held.get(match["place"].casefold(), "")
        return "abroad" if label and label.removeprefix("OSCE ").casefold() in text.casefold() else match[0]

    return _OUTSIDE.sub(named, text)


def operations(directory: Directory) -> list[str]:
    """Return the labels of all field operations."""
    return sorted(thing.label for thing in directory.things.values() if thing.cls == "FieldOperation")


def each_by_itself(text: str, labels: Iterable[str]) -> str:
    """Return a question with each of two operations of one kind that it names together; `labels` are all operations.

    >>> each_by_itself("Did the Offices in Baku and Yerevan meet?", ["OSCE Office in Baku", "OSCE Office in Yerevan"])
    'Did the OSCE Office in Baku and the OSCE Office in Yerevan meet?'
    >>> each_by_itself("Did the Offices in Baku and Paris meet?", ["OSCE Office in Baku"])
    'Did the Offices in Baku and Paris meet?'
    """

    def both(match: re.Match[str]) -> str:
        head = re.sub(r"center", "centre", re.sub(r"co-?ord", "co-ord", match["head"].casefold())).removesuffix("s")
        found = []
        for place in (match["one"], match["other"]):
            fits = (
                label for label in labels if re.search(rf"\b{head} (?:in|to) {re.escape(place)}\b", label, re.IGNORECASE)
            )
            found.append(next(fits, ""))
        return f"the {found[0]} {match['joint']} the {found[1]}" if all(found) else match[0]

    return _TWO.sub(both, text)


def seats(directory: Directory) -> dict[str, str]:
    """Return the field operations that are called by a town, and not by a state or territory, by its name.

    One that no activity names, as it was closed, does not act.
    """
    things = directory.things.values()
    states = {name for thing in things if thing.cls in ("State", "Territory") for name in (thing.label, *thing.aliases)}
    acting = sorted(thing.label for thing in things if thing.cls == "FieldOperation" and "involves" in thing.facts)
    found = {re.split(r" (?:in|to) ", label)[-1]: label for label in acting}
    return {town: label for town, label in found.items() if town not in states}


# "OSCE Mission to Skopje, Police Development Department".
_DEPARTMENT = lazy_pattern(r"(?P<operation>OSCE [^,]+ (?:in|to) (?P<place>[^,]+)), (?P<name>.+)")
_SEATED = lazy_pattern(r"OSCE [^,]+ (?:in|to) (?P<place>[^,]+)")


def departments(directory: Directory) -> dict[tuple[str, str], str]:
    """Return the departments of field operations, each by its name alone or its acronym, with a place of the operation.

    The names and places are folded; a name of which two of one operation could be meant is none.
    """
    of_label = {thing.label: thing for thing in directory.things.values()}
    found: dict[tuple[str, str], str] = {}
    for thing in directory.things.values():
        match = _DEPARTMENT.fullmatch(thing.label) if thing.type == "department" else None
        if match is None:
            continue
        places = _places(of_label[match["operation"]])
        alone = (named["name"] for name in thing.aliases if (named := _DEPARTMENT.fullmatch(name)))
        names = [match["name"], *alone, *thing.names.get("acronym", ())]
        found |= {(name.casefold(), place): thing.label for place in places for name in names}
    return found


def _places(operation: Thing) -> list[str]:
    """Return the places by which a field operation is called, folded: its seat and its State."""
    seated = filter(None, map(_SEATED.fullmatch, (operation.label, *operation.aliases)))
    return list(dict.fromkeys(match["place"].casefold() for match in seated))


def places(directory: Directory) -> dict[str, str]:
    """Return the field operations by all places by which they are called, folded."""
    found = (thing for thing in directory.things.values() if thing.cls == "FieldOperation")
    return {place: thing.label for thing in found for place in _places(thing)}


# "The focal point on crime in Tajikistan", "contact point albania", "whom should I contact at the ATU about drugs?".
_POINT = r"(?P<point>(?:focal|contact)[ -]points?)"
_OF_PLACE = lazy_pattern(
    rf"\b{_POINT}(?:\s+(?:on|for|against|about)\s+(?:[\w-]+\s+){{1,4}}?)?\s*\b(?:(?:in|for|at|of)\s+)?(?:the\s+)?(?P<place>[\w-]+)\W*$",
    re.IGNORECASE,
)
_CONTACT = lazy_pattern(
    r"^\W*whom?\s+(?:should|can|could|do|must|may|would)\s+(?:i|we|one)\s+(?:contact|ask|call|write to|turn to|approach)"
    r"(?:\s+(?:about|on|for|regarding)\s+[^?]+?)?\s+(?:at|in)\s+(?:the\s+)?(?P<unit>[^?]+?)"
    r"(?:\s+(?:about|on|for|regarding)\s+[^?]+?)?\W*$",
    re.IGNORECASE,
)


def with_focal_points(text: str, held: Mapping[str, str]) -> str:
    """Return a question for whom to contact as one for the focal point of a unit; `held` are the operations by place.

    >>> held = {"albania": "OSCE Presence in Albania"}
    >>> with_focal_points("contact point albania", held)
    'Who is the focal point of the OSCE Presence in Albania?'
    >>> with_focal_points("Who is the focal point on organized crime in Albania?", held)
    'Who is the focal point of the OSCE Presence in Albania?'
    >>> with_focal_points("Who should I contact at the ATU about terrorism?", held)
    'Who is the focal point of the ATU?'
    """
    if match := _CONTACT.match(text):
        text = f"Who is the focal point of the {match['unit']}?"
    match = _OF_PLACE.search(text)
    label = held.get(match["place"].casefold()) if match else None
    asks = match is not None and (match.start() == 0 or _WHO.match(text) is not None)
    return f"Who is the focal point of the {label}?" if label and asks else text


# What may stand before: more would say more.
_WHO = lazy_pattern(
    r"^\W*(?:who|which|what)\s+(?:post\s+|staff\s+|officials?\s+)?(?:is|are|was|were)\s+(?:the\s+)?(?:OSCE['\u2019s]*\s+)?(?:focal|contact)\b",
    re.IGNORECASE,
)


@cache
def _of_departments(held: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    # The name in front of the place of the operation, or behind it; "led" is no acronym.
    names, places = (sorted({pair[at] for pair in held}, key=len, reverse=True) for at in (0, 1))
    name = "|".join(re.escape(one) if " " in one else rf"(?-i:(?=[A-Z]\w*[A-Z]))\b{one}" for one in names)
    place, operation = "|".join(map(re.escape, places)), r"(?:mission|office|centre|center)"
    return re.compile(
        rf"\b(?:(?P<name>{name})\s+(?:in|at|of)\s+(?:the\s+)?(?:(?:OSCE\s+)?{operation}\s+(?:in|to)\s+)?(?P<place>{place})"
        rf"|(?:(?:OSCE\s+)?{operation}\s+(?:in|to)\s+)?(?P<before>{place})(?:\s+{operation})?(?:['\u2019]s)?\s+(?P<behind>{name}))\b",
        re.IGNORECASE,
    )


def as_departments(text: str, held: Mapping[tuple[str, str], str]) -> str:
    """Return a question with departments that are named by the place of their operation by their whole name.

    >>> held = {("rule of law department", "skopje"): "OSCE Mission to Skopje, Rule of Law Department"}
    >>> as_departments("What did the Rule of Law Department in Skopje do?", held)
    'What did the OSCE Mission to Skopje Rule of Law Department do?'
    >>> as_departments("What did the Skopje mission's Rule of Law Department do?", held)
    'What did the OSCE Mission to Skopje Rule of Law Department do?'
    """
    folded = text.casefold()
    if not any(name in folded and place in folded for name, place in held):
        return text

    def whole(match: re.Match[str]) -> str:
        # A comma would part it from a list.
        name, place = match["name"] or match["behind"], match["place"] or match["before"]
        return held.get((name.casefold(), place.casefold()), match[0]).replace(",", "")

    return _of_departments(tuple(sorted(held))).sub(whole, text)


@cache
def _pattern(towns: tuple[str, ...]) -> re.Pattern[str]:
    # A town and what stands around it, where it acts, has something of its own, or is worked with.
    names = "|".join(map(re.escape, towns))
    return re.compile(
        rf"(?P<acting>\b(?:did|does|do|has|have)\s+)(?P<one>{names})(?=\s+(?:ever\s+|also\s+)?{_ACTS}\b)"
        rf"|(?P<own>\b{_OWN}\s+of\s+)(?P<other>{names})\b(?!\s+(?-i:[A-Z]))"
        rf"|(?P<beside>\b{_WITH}\s+)(?P<third>{names})\b(?!\s+(?-i:[A-Z]))",
        re.IGNORECASE,
    )


def as_operations(text: str, held: Mapping[str, str]) -> str:
    """Return a question with the field operation in the place of a town that is meant as it; `held` are the seats.

    >>> as_operations("What did baku do in Ganja?", {"Baku": "OSCE Office in Baku"})
    'What did the OSCE Office in Baku do in Ganja?'
    >>> as_operations("What did the police of Baku do in Baku?", {"Baku": "OSCE Office in Baku"})
    'What did the police of Baku do in Baku?'
    """
    if not held:
        return text
    of_town = {town.casefold(): label for town, label in held.items()}

    def operation(match: re.Match[str]) -> str:
        before = match["acting"] or match["own"] or match["beside"]
        return f"{before}the {of_town[(match['one'] or match['other'] or match['third']).casefold()]}"

    return _pattern(tuple(sorted(held))).sub(operation, text)
