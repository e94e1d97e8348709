"""Stage 7d4: two questions in one, such as how many went to Vienna, and who paid.

Each is asked by itself, with what the other says of the thing that is meant, and without what the other asks.
"""

from __future__ import annotations

import functools
import itertools
import re

from oscegraph.asking import asked_filled, wording
from oscegraph.asking.patterns import lazy_pattern

_FLAGS = re.IGNORECASE | re.DOTALL
_TO = (
    r"(?:as part of|in (?:line|accordance|keeping) with|pursuant to|in the frame(?:work)? of"
    r"|on (?:the )?(?:basis|behalf|initiative|request) of|together with|along with"
    r"|by|to|from|with|in|on|of|at|for|into|within|under|until|since|through|during|between|before|after)"
)
_WORD = r"(?:who|whom|whose|which|what|when|where|how (?:many|much|long|often))"
_AUX = r"(?:did|do|does|was|were|is|are|has|have|had)"
_CLAUSE = r"(?:when|where)\s+(?!(?:and|or)\b)\w"
# "which the ATU observed", "which UNODC organized in October": they tell of what was named. "Which Ministry hosted it" asks.
_NAME = r"(?-i:[A-Z][\w/-]*(?:\s+[A-Z][\w/-]*){0,3})"
_DONE = r"(?:(?:co-?)?organi[sz]ed|hosted|observed|attended|held|conducted|supported|funded|financed|facilitated|ran|led)"
_OBJECT = r"(?:it|them|this|the|an?|each|both|that)"
_RELATIVE = (
    rf"whose\s+\w+\s+{_AUX}\s+to\b|which\s+Appendix\b"
    rf"|(?:which|whom)\s+(?:(?:the|an?|its|they|their)\b|{_NAME}\s+{_DONE}\b(?!\s+{_OBJECT}\b))"
)
# "In which city was it", "with whom did it", "when was it": these ask.
_ASKS_SO = (
    rf"(?:{_TO}\s+(?:whom\s+(?:did|was|were)|which\s+(?:\w+\s+)?"
    r"(?:city|town|country|state|place|venue|month|year|days?|dates?|decisions?|basis|language)\s+(?:was|were|did|is))"
    r"|(?:when|where)\s+(?:was|were|did)\s+it)\b"
)
# "How long was it" is never said of what was named.
_AFTER_WORD = rf"(?:who|whom|whose|which|what|when|where)\s+(?:{_AUX}|will)\b"
_OF_NAMED = rf"(?!{_ASKS_SO})(?:{_TO}\s+(?:which|whom|whose)\b|{_AFTER_WORD}|{_CLAUSE})"
_ASK = rf"(?:{_TO}\s+)?(?:(?:about|roughly|approximately|at least|at most|exactly|some)\s+)?{_WORD}\b"
# What asks, up to its verb.
_HEAD = rf"\W*(?:{_TO}\s+)?(?:(?:which|what)(?:\s+(?!{_AUX}\b)[a-z][\w-]*){{1,2}}|{_WORD})"
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
# Without any of these nothing is joined.
_JOINED = lazy_pattern(r"[,;&+/]|\band\b", _FLAGS)


# "How many experts from how many countries met in Kiev?"
_FROM_HOW_MANY = lazy_pattern(
    rf"^\W*(?:(?:more|less|fewer)\s+than\s+|at\s+(?:least|most)\s+|about\s+)?how\s+many\s+(?P<counted>[\w-]+(?:\s+[\w-]+){{0,3}}?)"
    rf"\s+from\s+how\s+many\s+(?P<origin>[\w-]+(?:\s+[\w-]+){{0,2}}?)\s+"
    rf"(?P<rest>(?:{_AUX}|took|attended|met|came|gathered|participated|went|trained|visited)\b[^?]*?)\W*$",
    _FLAGS,
)


@functools.cache
def _patterns() -> dict[str, re.Pattern[str]]:
    """Return the patterns."""
    found = {
        # Where another question begins; ", who was", ", at which" and ", when it began" tell of what was named before.
        "next": rf"(?:\s*[,;]?\s*(?:\band\b|[&+])\s*(?:also\s+|then\s+)?"
        rf"|\s*;\s*(?!{_OF_NAMED})|\s*,\s*(?!{_OF_NAMED}|{_RELATIVE}))(?={_ASK})",
        "first": rf"^\W*(?:please\W+)?(?:tell me\s+|say\s+)?{_ASK}",
        # The words that ask, with the noun that says for what.
        "asked": rf"^\W*(?:{_TO}\s+)?(?:about\s+|roughly\s+)?"
        rf"(?:(?:which|what|whose|how many|how much)\b(?:\s+(?-i:(?!{_AUX}\b)[a-z][\w-]*))?|{_WORD}\b)(?:\s+{_AUX}\b)?",
        # A sentence or title that says what is meant, before what is asked.
        "before": rf"^(.{{8,}}?)(?:[.?!:;]|\s[-–—])\s+(?={_ASK})",
        "after": rf"^(?P<said>.{{8,}}?)(?:\s*[:;,.?]|\s[-–—])\s+(?P<list>{_LIST})\s*(?:,?\s*please)?\s*[?.]*\s*$",
        "of": rf"^\W*(?:the\s+|give\s+(?:me\s+)?(?:the\s+)?)?(?P<list>{_LIST})\s+(?:of|for)\s+(?P<said>.{{8,}}?)"
        r"\s*[?.]*\s*$",
        # Words that ask and have no verb of their own, "where" in "where and when was it", and those before the verb.
        "bare": rf"^{_HEAD}$",
        "head": rf"^{_HEAD}(?=\s+{_AUX}\b)",
        "item": rf"\b(?:{'|'.join(_NOUNS.values())})\b",
    }
    return {name: lazy_pattern(pattern, _FLAGS) for name, pattern in found.items()}


# So many words have to say what is meant; a question that has fewer takes them from the next one as well.
_ENOUGH, _MOST = 3, 4
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
    if not _JOINED.search(text) or _one_verb(text):
        return []
    text, known = " ".join(text.split()), _patterns()
    match = known["after"].match(text) or known["of"].match(text)
    if match and not re.search(rf"\b{_WORD}\b", match["said"], _FLAGS):
        asked = dict.fromkeys(_question(noun) for noun in known["item"].findall(match["list"]))
        return [f"{one} {match['said'].strip(' ?.')}?" for one in asked]
    context, pieces = _pieces(text)
    if thing := _OF_THING.match(context):
        # "For the seminar in Kiev: who organized it, and who came?"
        return [f"{_of_thing(piece, thing['thing'])}?" for piece in pieces]
    whole, behind = _with_verb(pieces)
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


def bare(text: str) -> list[str]:
    """Return the questions that are asked in one as they stand in it.

    >>> bare("Which bodies showed their plans at the meeting, and which was to host the next one?")
    ['Which bodies showed their plans at the meeting', 'which was to host the next one']
    >>> bare("Which decision names it, and where and when was it adopted?")[1:]
    ['where was it adopted', 'when was it adopted']
    """
    pieces, head = _pieces(" ".join(text.split()))[1], _patterns()["head"]
    for place in reversed(range(len(pieces) - 1)):
        # "Where and when was it adopted?": the verb stands behind the last of them.
        verb = head.match(pieces[place + 1]) if _patterns()["bare"].fullmatch(pieces[place]) else None
        pieces[place] += pieces[place + 1][verb.end() :] if verb else ""
    return pieces


_NOUNS_OF_ONE_VERB = lazy_pattern(
    rf"^\W*(?:{_TO}\s+)?(?:which|what)\s+(?P<first>(?:[\w-]+\s+){{1,5}}?)and\s+(?:which|what)\s+(?!{_AUX}\b|{_TO}\b)(?P<rest>.*)",
    _FLAGS,
)
# A clause is no noun: it has a verb, or says where.
_CLAUSE_WORD = lazy_pattern(
    rf"\b(?:{_AUX}|(?!of\b){_TO}|took|held|wrote|gave|met|made|led|sent|came|went|spoke|taught|ran|paid|saw|built|drew|put|got|won)\b",
    _FLAGS,
)


def _one_verb(text: str) -> bool:
    """Whether two nouns that are asked for share a verb, "which ministry and which NGO took part": that is one question."""
    match = _NOUNS_OF_ONE_VERB.match(text)
    if not match or _CLAUSE_WORD.search(match["first"]) or _patterns()["next"].search(match["rest"]):
        return False
    # A verb among them asks for the first by itself.
    words = [word for word in match["first"].split() if word == word.casefold()]
    return not any(word.endswith("ed") or wording.cues().get(word, frozenset[str]()) & _ROLES for word in words)


# What asks for when or where what is named before was; what stands for one thing that the first question names.
_BARE, _IT = lazy_pattern(r"when|where", _FLAGS), lazy_pattern(r"\bit\b", _FLAGS)
_ONE = lazy_pattern(r"(?:the|a|an)\s|[\"\u201c]", _FLAGS)
_THAT = lazy_pattern(r"(?:^|(?<=ed )|(?<=did )|(?<=was )|(?<=were ))(?:the|a|an)\s|[\"\u201c]", _FLAGS)


# A name of two words says which one is meant.
_WHOLE_NAME = lazy_pattern(r"(?<=\s)[A-Z][\w-]+\s(?:(?:of|on|and|the|for|in)\s)*[A-Z][\w-]+|[\"\u201c]\w")
# What joins a verb at the end of a question to what was named before: "how many came" to it.
_JOINTS = {
    "to": lazy_pattern(r"\b(?:came|come|went|travel+ed|invited|sent)$", _FLAGS),
    "in": lazy_pattern(r"\b(?:took part|participated|involved|engaged|(?:was|were) (?:the|its) partners?)$", _FLAGS),
    "of": lazy_pattern(r"\b(?:was|were) (?:the|its) (?:co-?)?(?:organi[sz]ers?|hosts?|donors?|funders?|sponsors?)$", _FLAGS),
    "at": lazy_pattern(r"\b(?:was|were) (?:the|its) (?:trainers?|speakers?|participants?|lecturers?|instructors?)$", _FLAGS),
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
    rf"(?P<thing>(?:the|an?)\s(?:(?!\b{_AUX}\b).)*[^\s:;])\s*:?$",
    _FLAGS,
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


def _with_verb(pieces: list[str]) -> tuple[list[str], list[str]]:
    """Return questions of which only the last one has a verb and what it is about with these in each, and those behind.

    >>> _with_verb(["Where", "when was the course held"])
    (['Where was the course held', 'when was the course held'], [])
    >>> _with_verb(["When", "where was it", "who came"])
    (['When was it', 'where was it'], ['who came'])
    >>> _with_verb(["Who came", "when was it"])
    ([], ['Who came', 'when was it'])
    """
    known = _patterns()
    bare = list(itertools.takewhile(known["bare"].match, pieces))
    head = known["head"].match(pieces[len(bare)]) if 0 < len(bare) < len(pieces) else None
    if head is None:
        return [], pieces
    verb = pieces[len(bare)]
    return [*(f"{piece}{verb[head.end() :]}" for piece in bare), verb], pieces[len(bare) + 1 :]


def _pieces(text: str) -> tuple[str, list[str]]:
    """Return what is said before anything is asked, and the questions as they stand; none if there are not several."""
    known = _patterns()
    before = known["before"].match(text)
    context, asking = (before[1].strip(), text[before.end() :]) if before else ("", text)
    if not known["first"].match(asking):
        return context, []
    pieces = [piece.strip(" ,;") for piece in known["next"].split(asking.rstrip(" ?.!"))]
    return context, pieces if 2 <= len(pieces) <= _MOST else []


_WITH_WHOM = lazy_pattern(
    r"^\W*(?:by\s+)?(?:who|whom|which)\b[^,;?]*\b(?:organi[sz]ed|held|ran|arranged|convened)\b.*?[,;]?\s+and\s+(?:together\s+)?"
    r"(?:with\s+whom(?:\s+together)?|(?:who|which\s+\w+)\s+(?:co-?organi[sz]ed|supported|backed|assisted|lent\s+its\s+support)"
    r"(?:\s+(?:it|in\s+it|to\s+it|them|this|the\s+event))?)\s*\?*\s*$",
    _FLAGS,
)


def asks_partners(text: str) -> bool:
    """Whether a question asks who organized something and, as nothing else, who did so beside them.

    >>> asks_partners("Who organized the seminar in Kiev, and with whom?"), asks_partners("Who held it, and who paid?")
    (True, False)
    """
    return bool(_WITH_WHOM.match(text))


_ENDS = lazy_pattern(
    r"\b(?:(?P<asks>which|who|what)|(?P<most>most|largest|greatest|highest|biggest)"
    r"|(?P<least>(?<!at )least|fewest|smallest|lowest))\b|(?P<stop>[,;?])",
    re.IGNORECASE,
)


def asks_both_ends(text: str) -> bool:
    """Whether a question asks who comes first and who comes last.

    >>> asks_both_ends("Which unit has the most staff, which the fewest?"), asks_both_ends("Which has most, at least 5?")
    (True, False)
    """
    asking, found = False, set()
    for match in _ENDS.finditer(text):
        if match.lastgroup in ("asks", "stop"):
            asking = match.lastgroup == "asks"
        elif asking:
            found.add(match.lastgroup)
    return len(found) > 1


# "and how many were there", "and what is the total": it asks for the number of what the first question asks for.
_ABOUT = r"(?:(?:about|roughly|approximately|at least|at most|exactly)\s+)?"
_FILLER = (
    "is|are|was|were|did|has|have|had|there|it|they|its|their|the|that|this|in|all|at|least|most|exactly|of|them|stated|printed|given"
    "|attend|attended|came|come|took|take|part|drew|reached|many|each|every|one|case|alone|or|with|others|together"
)
_NUMBER = "totals?|figures?|numbers?|counts?|size|attendance|score"
_PEOPLE = "people|persons|participants?|attendees"
_COUNTED = lazy_pattern(
    rf"^\W*(?:and\s+)?(?:(?:with|by|at|to|for|in|of)\s+)?{_ABOUT}(?:how\s+(?:many|large|big)|what\b(?=.*\b(?:{_NUMBER})\b))"
    rf"(?:\W+(?:{_FILLER}|{_NUMBER}|(?P<people>{_PEOPLE})|(?P<staff>staff|employees)|(?P<states>states|parties)|(?P<activities>activities|events)))*\W*$",
    _FLAGS,
)

_PAID = lazy_pattern(r"\b(?:fund\w*|paid|pays?|financ\w*|donors?|sponsor\w*)\b", _FLAGS)
_PAYS = lazy_pattern(r"\b(?:fund|pay|paid|finance|sponsor)(?:ed|s)?(?:\s+for)?\b", _FLAGS)


def asks_its_number(text: str) -> tuple[str, str]:
    """Return the first of two questions, if the second one asks for the number of what the first asks for; else "".

    The other word is what is said to be counted: people, staff, states, or "" if nothing is.

    >>> asks_its_number("Which operation has the most staff, and what is the total?")
    ('Which operation has the most staff?', '')
    >>> asks_its_number("Which operation has the most staff, and how many people?")[1]
    'people'
    >>> asks_its_number("Which operation has the most staff, and how many events did it hold?")
    ('', '')
    """
    if not _JOINED.search(text):
        return "", ""
    context, pieces = _pieces(" ".join(text.split()))
    if len(pieces) != 2:
        return "", ""
    # "How many did it pay for" is what is counted only where those who paid are asked for.
    match = _COUNTED.match(_PAYS.sub("", pieces[1]) if _PAID.search(pieces[0]) else pieces[1])
    if not match:
        return "", ""
    return f"{pieces[0]} {context}".strip() + "?", next((name for name, held in match.groupdict().items() if held), "")


def _question(noun: str) -> str:
    """Return what asks for that which a noun names."""
    return next(words for words, pattern in _NOUNS.items() if re.fullmatch(pattern, noun, _FLAGS))


# "When was the course held": it is the course that is meant.
_HELD = lazy_pattern(
    r"(?<=\w)\s+(?:held|organi[sz]ed|convened|conducted|carried out|start|begin|end|finish|last)$"
    r"|(?<=\w)\s+take(?:n)? place(?=\s+(?:in|at|on)\s|$)",
    _FLAGS,
)


def _said(piece: str) -> str:
    """Return what a question says of the thing that is meant, without what it asks."""
    rest = _HELD.sub("", _patterns()["asked"].sub("", piece).strip())
    words = rest.split()
    kept = [word for word in words if not wording.cues().get(word.casefold().strip(",;"), frozenset[str]()) & _ROLES]
    return " ".join(kept if len(_words(" ".join(kept))) >= _ENOUGH else words)


def _words(text: str) -> list[str]:
    """Return the words that say something."""
    return [word for word in re.findall(r"\w+", text) if word.casefold() not in _PLAIN]
