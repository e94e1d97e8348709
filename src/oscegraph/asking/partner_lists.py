"""Stage 10g1d2: the lists of partners that chapters give without an activity: who is on them, on both, on one alone.

"Is NATO on the list in chapter I?", "Which organizations on the SPMU's list are not on the general one?" are asked of what
`cooperation_statements` tells. An activity with NATO would be no answer.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cached_property
from typing import Any, NamedTuple

from oscegraph import query
from oscegraph.asking import asked_forms, wording
from oscegraph.asking.asked import ANSWERED, UNCLEAR, VERY_SURE, Asked, once
from oscegraph.asking.asked_roles import EXTERNAL
from oscegraph.asking.asked_types import wanted
from oscegraph.asking.facts import Facts
from oscegraph.asking.in_general import STATEMENTS
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern, lazy_words
from oscegraph.asking.retrieval import Question
from oscegraph.namespaces import PREFIXES

_GENERAL, _ACTOR = "@all", "#"
# A word of a list leaves nothing open but whether all lists of a chapter are meant where they are counted.
PLAIN, LIKELY = 0.98, 0.75
# Of one or two partners there is no list.
_FEWEST = 3
_LIST = lazy_words(
    r"lists?|listed|enumerat\w+|in general|generally|named? (?:[\w.]+ ){0,4}?as (?:an? |its |the )?partners?"
    r"|named? as (?:an? |its |the )?partner|among (?:its|the|their) partners"
)
_PARTNERS = lazy_words(r"partners?|co-?operat\w*|organi[sz]ations?|works?|lists?")
# What is said of the list of the whole report.
_OF_ALL = lazy_words(r"general(?! assembly)|overall|chapter i(?: 4)?(?! \d)|introduction|report s|osce s|main list")
_NOT = lazy_words(r"not|missing|absent|lacking|lacks?|without|left out|never|no longer|except")
_BOTH = lazy_words("both|common|shared|also|as well")
# What no list is looked at for: "on either", "on no other", "on every list", "NATO or the OECD", "whose list".
_LIMITED = lazy_pattern(
    r"\b(?:or|nor|either|neither|every|each|others?|another|any but|except|same|more|fewer|most|should|must|plans?)\b"
    r"|\b(?:which|whose|what|how many) lists?\b|\ball (?:the )?lists\b|\bon any list\b",
    re.IGNORECASE,
)
# What is plainly asked of a list of partners, and of nothing else.
_ON_LISTS = lazy_words(
    r"(?:partners?|partner organi[sz]ations?|co-?operation) lists?|lists? of (?:[\w-]+ ){0,2}?partners?|general list"
    r"|listed partners?|list (?:in|of) (?:chapter I|the introduction)\b|lists? (?:the same|other|more) partners?|more lists"
)
# The verb before which a question for yes or no names whose list it is, and behind which whom it has.
_HAS = lazy_words("names?|includes?|contains?|mentions?|has|have|enumerates?|gives?|counts?|says?")
_LISTS = lazy_words("lists?")
_IS_ON = lazy_words("on|in|among|listed|named|part|included|mentioned")
_MET = lazy_words(
    r"(?:appear|appears|named|take part|takes part|took part|are|were) (?:also )?in (?:an |any |the |some )?"
    r"(?:activit\w+|events?)"
)
_UNMET = lazy_words(
    r"(?:in|with|of|had|have|take part in|took part in|appear in|named in|at) (?:no|not any|not one|none of the) "
    r"(?:single |told |joint )?(?:activit\w+|events?)|(?:not|never)(?: \w+){0,3} in (?:any|an|one) (?:activit\w+|event)"
)
_ASK_SO = "Ask for one list at a time: Is NATO on the SPMU's list of partners? Which organizations are on the general list?"
# "List those that ..." asks for what is to be listed.
_TELL = lazy_pattern(r"^\W*(?:please )?(?:can you |could you )?list\b", re.IGNORECASE)
_COUNT = lazy_pattern(r"^\W*how many\b", re.IGNORECASE)
# Words that say nothing more than the pattern of such a question.
_SMALL = (
    "which what who whom with name names named list lists listed listing enumerated enumerates organization "
    "organizations organisation organisations bodies body institutions partner partners partnership co operation "
    "operate operates operated cooperation cooperate cooperates cooperated work works worked is are was were does do "
    "did on in of at the a an its their own both and or but not missing absent lacking lacks from to for by as given "
    "there how many chapter chapters i 4 introduction general generally overall among report reports appear appears "
    "appearing stand stands standing stood include includes included contain contains containing found mention "
    "mentions mentioned say says it they that those these s main also common shared international joint no any take "
    "part took activity activities event events never one ones single all every each other co-operation co-operate "
    "co-operates co-operated osce has have had member members entry entries figure figures "
)
_FILLERS = frozenset(_SMALL.split())


class _Asks(NamedTuple):
    """The lists that a question names, in its order, whom it names besides, and its words with names as signs."""

    owners: tuple[str, ...]
    others: tuple[str, ...]
    said: str


class PartnerLists:
    """Answers questions on lists of partners, over one set of facts."""

    def __init__(self, naming: Naming, facts: Facts) -> None:
        self.naming, self.facts = naming, facts

    @cached_property
    def lists(self) -> dict[str, list[dict[str, Any]]]:
        """The rows of each list, by whose it is: of the structure whose chapter gives it, or of the OSCE as a whole."""
        found: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        for row in self.facts.listed(STATEMENTS):
            partner = self.facts.directory.things.get(str(row["partner"]))
            # Its own structures are no partners of the OSCE.
            if partner is not None and wanted((EXTERNAL,), partner):
                whose = _GENERAL if row["saidOf"] == f"{PREFIXES['body']}osce" else str(row["saidOf"])
                found[whose, str(row["firstLine"])].append(dict(row))
        lists: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for (whose, _), rows in found.items():
            lists[whose] += rows if len(rows) >= _FEWEST else []
        return {whose: rows for whose, rows in lists.items() if rows}

    def read(self, question: Question) -> Asked | None:
        """Return the answer of a question on such lists; None if it is none, or has a word that says more."""
        text = _TELL.sub("", question.linked.text)
        if not _LIST.search(text) or not _PARTNERS.search(text) or question.linked.days or question.linked.other_year:
            return None
        asks = self._asks(question)
        found = None
        if asks is not None and asks.owners and self.lists.keys() >= {*asks.owners} and not _LIMITED.search(text):
            found = self._is_on(question, asks) if question.polar else self._members(question, asks)
        if found is None and question.polar and _ON_LISTS.search(text):
            # What an activity tells is no answer to what a list does.
            return Asked(question.linked.text, UNCLEAR, hints=[_ASK_SO])
        return found

    def _asks(self, question: Question) -> _Asks | None:
        """Return what a question names; None if a word is left that no such question has."""
        links = [link for link in question.linked.links if link.end > link.start]
        signs: dict[int, str] = {}
        covered: set[int] = set()
        for link in links:
            known = link.thing.iri in self.lists
            if not link.thing.is_actor and not known:
                continue
            osce = link.thing.iri == f"{PREFIXES['body']}osce"
            signs[link.start] = _GENERAL if osce else f"@{link.thing.iri}" if known else f"{_ACTOR}{link.thing.iri}"
            covered |= {*range(link.start, link.end)}
        words = question.linked.words
        plain = [signs.get(place, "") if place in covered else word.plain for place, word in enumerate(words)]
        said = " ".join(filter(None, plain))
        # "chapter I" names the general list, and so does "general".
        marked = _OF_ALL.sub(_GENERAL, said)
        left = [word for word in marked.split() if word[0] not in "@#" and word not in _FILLERS]
        if not {*left} <= self._of_chapters(question.linked.chapters):
            return None
        named = marked.split()
        if question.polar:
            # "Is @a on the list of @b?", "Does @b list @a?"
            verbs = (_IS_ON,) if _BE.match(marked) else (_HAS, _LISTS)
            verb = next(filter(None, (one.search(marked) for one in verbs)), None)
            if verb is None:
                return None
            before, behind = (_names(part) for part in (marked[: verb.start()], marked[verb.end() :]))
            members, owners = (before, behind) if _BE.match(marked) else (behind, before)
        else:
            members, owners = [word for word in named if word.startswith(_ACTOR)], [word for word in named if word[0] == "@"]
        if any(one.startswith(_ACTOR) for one in owners) or (members and not question.polar) or _GENERAL in members:
            return None
        owners = list(dict.fromkeys(one if one == _GENERAL else one[1:] for one in owners))
        if not owners:
            # "The SPMU chapter" is a chapter; without any, the list is the general one.
            owners = [owner for owner, rows in self.lists.items() if rows[-1]["chapter"] in question.linked.chapters][:1]
            of_all = list(self.lists) if _UNMET.search(marked) or _MET.search(marked) else [_GENERAL]
            owners = owners or ([] if question.linked.chapters else of_all)
        if len(owners) == 2 and _GENERAL in owners and not _two_lists(marked):
            # "The SPMU's list of partners of the OSCE" is one list.
            owners = [one for one in owners if one != _GENERAL]
        return _Asks(tuple(owners), tuple(dict.fromkeys(one[1:] for one in members)), marked)

    def _of_chapters(self, chapters: list[str]) -> set[str]:
        """Return the words of the names of the structures whose chapters these are: "the SPMU chapter" names a chapter."""
        tellers = filter(None, map(self.facts.teller, chapters))
        things = [self.facts.directory.things[iri] for iri in tellers]
        return {wording.plain(word) for one in things for name in (one.label, *one.aliases) for word in name.split()}

    def _is_on(self, question: Question, asks: _Asks) -> Asked | None:
        """Return whether those that are named are on the lists that are named."""
        things, wanted_of = self.facts.directory.things, (EXTERNAL,)
        if not asks.others or _UNMET.search(asks.said) or not all(wanted(wanted_of, things[one]) for one in asks.others):
            return None
        rows = [row for owner in asks.owners for row in self.lists[owner]]
        on = [[any(row["partner"] == one for row in self.lists[owner]) for owner in asks.owners] for one in asks.others]
        parts = [self.naming.circle(one) for one in asks.others]
        if any(
            not any(of_one) and any(row["partner"] in circle for row in rows)
            for of_one, circle in zip(on, parts, strict=True)
        ):
            # Only a part of it is: "Turkey" by two Turkish academies.
            return None
        but = _BUT_NOT.search(asks.said)
        out = _names(asks.said[but.end() :]) if but else []
        if but is None and _NOT.search(asks.said):
            whole = not any(map(any, on))
        else:
            # "Eurojust but not CEPOL"
            whole = all(
                not any(had) if f"{_ACTOR}{one}" in out else all(had) for one, had in zip(asks.others, on, strict=True)
            )
        held = [row for row in rows if row["partner"] in asks.others]
        reading = f"{' and '.join(self.naming.labels(asks.others))} on {self._called(asks.owners)}"
        return self._told(question, reading, [whole], held or rows)

    def _members(self, question: Question, asks: _Asks) -> Asked | None:
        """Return who is on a list, on both of two, on one and not on the other, or in no activity; or how many these are."""
        first, *more = (self._partners(owner) for owner in asks.owners)
        reading = f"Who is on {self._called(asks.owners)}"
        unmet, met = bool(_UNMET.search(asks.said)), bool(_MET.search(asks.said))
        if unmet or met:
            had = {part.actor for event in self.facts.events.values() for told in event.told for part in told.parts}
            every = dict.fromkeys(one for some in (first, *more) for one in some)
            first, more = [one for one in every if had.isdisjoint(self.naming.circle(one)) is unmet], []
            reading = f"Who is on {self._called(asks.owners, 'or')}, and in {'no' if unmet else 'an'} activity"
        elif len(more) > 1:
            return None
        elif more and _NOT.search(asks.said):
            kept, out = self._apart(asks)
            first, more = self._partners(kept), []
            first = [one for one in first if one not in self._partners(out)]
            reading = f"Who is on {self._called((kept,))}, and not on {self._called((out,))}"
        elif (more and not _BOTH.search(asks.said)) or (not more and _NOT.search(asks.said)):
            return None
        found = [one for one in first if all(one in others for others in more)]
        rows = [row for owner in asks.owners for row in self.lists[owner] if row["partner"] in found]
        answer: list[Any] = [len(found)] if _COUNT.match(question.linked.text) else self.naming.in_order(found)
        whole = len(asks.owners) == 1 and not (unmet or met)
        return self._told(question, reading, answer, rows, whole) if found else None

    def _apart(self, asks: _Asks) -> tuple[str, str]:
        """Return the list whose members are asked for, and the one that they are not on: that behind the "not"."""
        behind = asks.said[match.end() :] if (match := _NOT.search(asks.said)) else ""
        out = next((one for one in asks.owners if (one if one == _GENERAL else f"@{one}") in behind), asks.owners[1])
        return next(one for one in asks.owners if one != out), out

    def _partners(self, owner: str) -> list[str]:
        return list(dict.fromkeys(str(row["partner"]) for row in self.lists[owner]))

    def _called(self, owners: tuple[str, ...], joint: str = "and") -> str:
        names = [
            "the general list" if one == _GENERAL else f"the list of the {self.naming.directory.label(one)}"
            for one in owners
        ]
        return f" {joint} ".join(names)

    def _told(
        self, question: Question, reading: str, answer: list[Any], rows: list[dict[str, Any]], whole: bool = False
    ) -> Asked:
        text = question.linked.text
        asked = Asked(text, ANSWERED, reading, answer, once(asked_forms.evidence(rows)), confidence=PLAIN, whole=True)
        asked.sparql = query.named(STATEMENTS).bind({})
        places = dict.fromkeys(f"{row['chapter']} (lines {row['firstLine']}-{row['lastLine']})" for row in rows)
        asked.hints = [f"By the lists of partners, without regard to activities: {'; '.join(places)}."]
        if whole and len(places) > 1:
            # Only the first of several lists may be meant.
            each = Counter(f"lines {row['firstLine']}-{row['lastLine']}" for row in rows)
            asked.hints.append(f"These are {', '.join(f'{number} in {place}' for place, number in each.items())}.")
            asked.confidence = LIKELY if [type(value) for value in answer] == [int] else VERY_SURE
        return asked


_BUT_NOT = lazy_words("(?:but|and) not")
_BE = lazy_pattern(r"(?:is|are|was|were)\b")


def _names(said: str) -> list[str]:
    """Return the names of a part of a question, as signs."""
    return [word for word in said.split() if word[0] in "@#"]


def _two_lists(said: str) -> bool:
    """Whether two lists are named: the word stands twice, "both" stands for it, or they are on one and not on the other."""
    twice = len(re.findall(r"\blist(?:s|ed)?\b", said)) > 1
    return twice or "chapter" in said or bool(_NOT.search(said) or re.search(r"\b(?:ones?|both|lists)\b", said))
