"""Stage 7d4: two questions in one, such as how many went to Vienna, and who paid.

Each is asked by itself, with what the other says of the thing that is meant, and without what the other asks. Where each of
them begins is found by `asked_within`.
"""

from __future__ import annotations

import re

from oscegraph.asking import asked_filled, wording
from oscegraph.asking.asked_within import AUX, FLAGS, JOINED, NEXT, TO, WORD, split, with_verb
from oscegraph.asking.patterns import lazy_pattern

# What asks for that which a noun names.
_NOUNS = {
    "how many people took part in": r"attendance|number of (?:participants|people|trainees|attendees)|participants?"
    r"|participant numbers?|people|trainees",
    "when was": r"(?:exact )?(?:dates?|days?)|period|time",
    "where was": r"places?|towns?|city|cities|venues?|location",
    "who organized": r"organi[sz]ers?",
    "with whom was": r"partners?|co-?organi[sz]ers?",
    "who funded": r"funders?|donors?",
    "who hosted": r"hosts?",
    "how long was": r"length|duration",
    "which chapters tell of": r"chapters?",
}
_NOUN = rf"(?:(?:its|the|their)\s+)?(?:{'|'.join(_NOUNS.values())})"
_LIST = rf"{_NOUN}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+|\s*[&+/]\s*){_NOUN})+"
# Nouns for what is asked, behind what is meant or before it.
_AFTER = lazy_pattern(
    rf"^(?P<said>.{{8,}}?)(?:\s*[:;,.?]|\s[-–—])\s+(?P<list>{_LIST})\s*(?:,?\s*please)?\s*[?.]*\s*$", FLAGS
)
_OF = lazy_pattern(
    rf"^\W*(?:the\s+|give\s+(?:me\s+)?(?:the\s+)?)?(?P<list>{_LIST})\s+(?:of|for)\s+(?P<said>.{{8,}}?)"
    r"\s*[?.]*\s*$",
    FLAGS,
)
_ITEM = lazy_pattern(rf"\b(?:{'|'.join(_NOUNS.values())})\b", FLAGS)
# The words that ask, with the noun that says for what.
_ASKED = lazy_pattern(
    rf"^\W*(?:{TO}\s+)?(?:about\s+|roughly\s+)?"
    rf"(?:(?:which|what|whose|how many|how much)\b(?:\s+(?-i:(?!{AUX}\b)[a-z][\w-]*))?|{WORD}\b)(?:\s+{AUX}\b)?",
    FLAGS,
)
# "How many experts from how many countries met in Kiev?"
_FROM_HOW_MANY = lazy_pattern(
    rf"^\W*(?:(?:more|less|fewer)\s+than\s+|at\s+(?:least|most)\s+|about\s+)?how\s+many\s+(?P<counted>[\w-]+(?:\s+[\w-]+){{0,3}}?)"
    rf"\s+from\s+how\s+many\s+(?P<origin>[\w-]+(?:\s+[\w-]+){{0,2}}?)\s+"
    rf"(?P<rest>(?:{AUX}|took|attended|met|came|gathered|participated|went|trained|visited)\b[^?]*?)\W*$",
    FLAGS,
)

# So many words have to say what is meant; a question that has fewer takes them from the next one as well.
_ENOUGH = 3
_ROLES = frozenset(
    ["fund", "organize", "host", "train", "speak", "attend", "takepart", "support", "partner", "benefit", "sent", "run"]
)
_SMALL = "the a an of in on at to for from by with and or it its they them there each this that these those was were did"
_PLAIN = frozenset(_SMALL.split())


def parts(text: str) -> list[str]:
    """Return the questions that are asked in one, or nothing if it is one.

    >>> parts("How many police went to Gothenburg in October, and on which dates?")
    ['How many police went to Gothenburg in October?', 'on which dates went to Gothenburg in October?']
    >>> parts("Seminar on Seized Assets in Skopje: dates and organizer?")
    ['when was Seminar on Seized Assets in Skopje?', 'who organized Seminar on Seized Assets in Skopje?']
    >>> parts("Who paid for the seminar, which was held in Kiev?"), parts("How many came in May, when it began?")
    ([], [])
    >>> parts("Whose police came to the exercise, which the ATU observed in Donetsk?")
    []
    >>> parts("Which ministry and which Czech NGO co-operated in the training?")
    []
    >>> parts("Which units of the Secretariat and which institution gave lectures in Dushanbe?")
    []
    >>> parts("How many experts from how many countries met in Kiev in May?")
    ['How many experts met in Kiev in May?', 'Experts from how many countries met in Kiev in May?']
    >>> len(parts("Which ministry took part and which NGO spoke?")), len(parts("In which city and on which days was it?"))
    (2, 2)
    """
    if match := _FROM_HOW_MANY.match(text):
        counted, origin, rest = (" ".join(match[name].split()) for name in ("counted", "origin", "rest"))
        return [f"How many {counted} {rest}?", f"{counted.capitalize()} from how many {origin} {rest}?"]
    if not JOINED.search(text) or _one_verb(text):
        return []
    text = " ".join(text.split())
    match = _AFTER.match(text) or _OF.match(text)
    if match and not re.search(rf"\b{WORD}\b", match["said"], FLAGS):
        asked = dict.fromkeys(_question(noun) for noun in _ITEM.findall(match["list"]))
        return [f"{one} {match['said'].strip(' ?.')}?" for one in asked]
    context, pieces = split(text)
    if thing := _OF_THING.match(context):
        # "For the seminar in Kiev: who organized it, and who came?"
        return [f"{_of_thing(piece, thing['thing'])}?" for piece in pieces]
    whole, behind = with_verb(pieces)
    pieces = [*whole, *behind]
    said = [_said(piece) for piece in pieces]
    found = []
    filled = [place and asked_filled.filled(piece, pieces[0]) for place, piece in enumerate(pieces)]
    for place, piece in enumerate(pieces):
        if filled[place] or (not place and any(filled)) or place < len(whole):
            # Asked of other things, none of which says anything of the others; or whole as it is.
            found.append(" ".join(filter(None, [filled[place] or piece, context])) + "?")
            continue
        others = [context] if context else []
        if context and _BARE.fullmatch(piece):
            piece += " was"
        if place and not context:
            if (it := _IT.search(piece)) and _ONE.match(said[0]):
                found.append(f"{piece[: it.start()]}{said[0]}{piece[it.end() :]}?")
                continue
            others.append(_joined(piece, said[0]))
        named = " ".join([said[place], *others])
        if len(_words(named)) < _ENOUGH and not _WHOLE_NAME.search(named):
            others += [one for i, one in enumerate(said) if i not in (0, place)]
        found.append(" ".join(filter(None, [piece, *others])) + "?")
    return found


_NOUNS_OF_ONE_VERB = lazy_pattern(
    rf"^\W*(?:{TO}\s+)?(?:which|what)\s+(?P<first>(?:[\w-]+\s+){{1,5}}?)and\s+(?:which|what)\s+(?!{AUX}\b|{TO}\b)(?P<rest>.*)",
    FLAGS,
)
# A clause is no noun: it has a verb, or says where.
_CLAUSE_WORD = lazy_pattern(
    rf"\b(?:{AUX}|(?!of\b){TO}|took|held|wrote|gave|met|made|led|sent|came|went|spoke|taught|ran|paid|saw|built|drew|put|got|won)\b",
    FLAGS,
)


def _one_verb(text: str) -> bool:
    """Whether two nouns that are asked for share a verb, "which ministry and which NGO took part": that is one question."""
    match = _NOUNS_OF_ONE_VERB.match(text)
    if not match or _CLAUSE_WORD.search(match["first"]) or NEXT.search(match["rest"]):
        return False
    # A verb among them asks for the first by itself.
    words = [word for word in match["first"].split() if word == word.casefold()]
    return not any(word.endswith("ed") or wording.cues().get(word, frozenset[str]()) & _ROLES for word in words)


# What asks for when or where what is named before was; what stands for one thing that the first question names.
_BARE, _IT = lazy_pattern(r"when|where", FLAGS), lazy_pattern(r"\bit\b", FLAGS)
_ONE = lazy_pattern(r"(?:the|a|an)\s|[\"\u201c]", FLAGS)
_THAT = lazy_pattern(r"(?:^|(?<=ed )|(?<=did )|(?<=was )|(?<=were ))(?:the|a|an)\s|[\"\u201c]", FLAGS)


# A name of two words says which one is meant.
_WHOLE_NAME = lazy_pattern(r"(?<=\s)[A-Z][\w-]+\s(?:(?:of|on|and|the|for|in)\s)*[A-Z][\w-]+|[\"\u201c]\w")
# What joins a verb at the end of a question to what was named before: "how many came" to it.
_JOINTS = {
    "to": lazy_pattern(r"\b(?:came|come|went|travel+ed|invited|sent)$", FLAGS),
    "in": lazy_pattern(r"\b(?:took part|participated|involved|engaged|(?:was|were) (?:the|its) partners?)$", FLAGS),
    "of": lazy_pattern(r"\b(?:was|were) (?:the|its) (?:co-?)?(?:organi[sz]ers?|hosts?|donors?|funders?|sponsors?)$", FLAGS),
    "at": lazy_pattern(r"\b(?:was|were) (?:the|its) (?:trainers?|speakers?|participants?|lecturers?|instructors?)$", FLAGS),
}


def _joined(piece: str, said: str) -> str:
    """Return what is named before a question as it is put behind it.

    >>> _joined("how many people came", "the course"), _joined("who took part", "organized the course")
    ('to the course', 'in the course')
    >>> _joined("who paid", "the course"), _joined("how many came", "in Kiev")
    ('the course', 'in Kiev')
    >>> _joined("who were the partners", "funded the work")
    'in the work'
    """
    joint = next((joint for joint, verb in _JOINTS.items() if verb.search(piece)), "")
    one = _THAT.search(said) if joint else None
    return f"{joint} {said[one.start() :]}" if one else said


# What is asked of stands before a colon, and is no sentence.
_OF_THING = lazy_pattern(
    r"^(?:for|of|about|regarding|concerning|as (?:for|to)|with regard to)\s+"
    rf"(?P<thing>(?:the|an?)\s(?:(?!\b{AUX}\b).)*[^\s:;])\s*:?$",
    FLAGS,
)


def _of_thing(piece: str, thing: str) -> str:
    """Return a question with a thing in the place of "it", or behind it.

    >>> _of_thing("who organized it with the IOM", "the course"), _of_thing("how many people came", "the course")
    ('who organized the course with the IOM', 'how many people came to the course')
    """
    if it := _IT.search(piece):
        return f"{piece[: it.start()]}{thing}{piece[it.end() :]}"
    piece += " was" if _BARE.fullmatch(piece) else ""
    return f"{piece} {_joined(piece, thing)}"


def _question(noun: str) -> str:
    """Return what asks for that which a noun names."""
    return next(words for words, pattern in _NOUNS.items() if re.fullmatch(pattern, noun, FLAGS))


# "When was the course held": it is the course that is meant.
_HELD = lazy_pattern(
    r"(?<=\w)\s+(?:held|organi[sz]ed|convened|conducted|carried out|start|begin|end|finish|last)$"
    r"|(?<=\w)\s+take(?:n)? place(?=\s+(?:in|at|on)\s|$)",
    FLAGS,
)


def _said(piece: str) -> str:
    """Return what a question says of the thing that is meant, without what it asks."""
    rest = _HELD.sub("", _ASKED.sub("", piece).strip())
    words = rest.split()
    kept = [word for word in words if not wording.cues().get(word.casefold().strip(",;"), frozenset[str]()) & _ROLES]
    return " ".join(kept if len(_words(" ".join(kept))) >= _ENOUGH else words)


def _words(text: str) -> list[str]:
    """Return the words that say something."""
    return [word for word in re.findall(r"\w+", text) if word.casefold() not in _PLAIN]
