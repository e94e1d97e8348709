"""Stage 10g1b: what speaks against the likeliest reading of a question, however likely it is."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Collection
from functools import partial

from oscegraph.asking import (
    asked_denied,
    asked_forms,
    asked_roles,
    directed,
    headings,
    heeded,
    limits,
    misread,
    misread_values,
    narrowed,
    of_each,
    on_all,
    on_papers,
    one_event,
    one_meant,
    other_kind,
    other_things,
    other_year,
    overstated,
    passed_over,
    ranking,
    retrieval,
    role_heeded,
)
from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.asked_types import staff_category, wanted
from oscegraph.asking.candidates import Candidate, roles_of
from oscegraph.asking.chosen import ANY_PLACE
from oscegraph.asking.facts import Facts
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern, lazy_words
from oscegraph.asking.retrieval import Hit, Question
from oscegraph.asking.wording import Word
from oscegraph.dates import REPORT_YEAR
from oscegraph.namespaces import PREFIXES

# The report is only called silent on an activity that bears so much of the words of the question.
MEANT = 0.5
# A word singles an activity out if it weighs as much: fewer than one in four have it.
RARE = 1.5
# Words that ask, and others, say nothing of which activity is meant.
_UNSAID = (*asked_roles.ROLES, "where", "when", "towns")
_EMPTY = frozenset({"take", "took", "taken", "place", "places", "happen", "happened", "held"})
# The IRIs of themes begin so.
_THEMES = PREFIXES["theme"]
# So many activities are not one, even if it is told twice.
_SEVERAL = 3
# From here on it is not looked at by which words a reading is asked for.
CERTAIN = 0.9
# Kinds of actors that are told apart by the words for them: a police force may be called an authority.
_NGOS = "ngos"
_TOLD_APART = frozenset({"operations", "states", "embassies", "ministries", _NGOS})
# "State bodies" are no states.
_OF_STATE = lazy_pattern(
    r"\b(?:which|what|how many)\s+(?:[\w-]+\s+){0,3}?state\s+"
    r"(?:bod(?:y|ies)|agenc(?:y|ies)|institutions?|authorit(?:y|ies)|organs?)\b",
    re.IGNORECASE,
)
# By which words it is asked for what a decision recalls, tasks, or what rests on it, and for a name.
_ASKED = {"recalls": "recall", "recalled by": "recall", "tasks": "task", "rests on it": "rest"}
_NAMING = frozenset(
    {"stand", "stands", "spell", "spelled", "spelt", "written", "full", "long", "short", "form", "name", "mean"}
)
# What a no rests on bears so much of a question (`ranking.borne`).
HELD = 0.7
# A word of such a weight says something else.
STRANGE = 3.0
# That there is one with so much of the words left open is not told.
LEFT = 0.5
_EXISTS = lazy_pattern(
    r"\W*(?:(?:is|are|was|were)\s+there\s+(?:any|some)|(?:is|was|did|does|has)\s+(?:there\s+)?(?:any(?:one|body|thing)|something))\b",
    re.IGNORECASE,
)
_ASKS_CHAPTER = lazy_pattern(r"(?:^|[.?!:;]\s+)\W*(?:in\s+|and\s+)?which\s+(?:other\s+)?chapters?\b", re.IGNORECASE)
_LISTS_CHAPTERS = lazy_pattern(
    r"^\W*(?:list|name|show|give|tell|find)(?: me)?(?: the| all| every| all the)? chapters?\b", re.IGNORECASE
)
_CHAPTER = lazy_pattern(r"(?:[IVX]+(?:\.\d+)*|4\.1|Appendix.*|Introduction)$")
_OF_ALL = lazy_pattern(
    r"\b(?:where|when|cit(?:y|ies)|towns?|places?|venues?|countr(?:y|ies)|days?|dates?|months?|paid|pays?|fund\w*|financ\w*|donors?"
    r"|how many|participants?|host\w*|taught|train(?:ed|ers?)|organi[sz]\w*|attend\w*|took part|deliver\w*)\b",
    re.IGNORECASE,
)
_NO_CHAPTER = lazy_pattern(
    r"^(?!.*\b(?:exist\w*|have|has|lead\w*)\b).*\b(?:name|mention|refer|cite|point)\w*\b[^?]*\bchapter 4\.1\b"
    r"|\bchapter 4\.1\b[^?]*\b(?:named|mentioned|cited|referred)\b",
    re.IGNORECASE,
)
_BASIS = lazy_pattern(
    r"\b(?:bas(?:is|es|ed)|rest(?:s|ed)?|mandat\w*|decisions?|resolutions?|documents?|according|in line|grounds?|founded"
    r"|instruments?|commitments?|follow(?:ing|s|ed)?)\b",
    re.IGNORECASE,
)
_THEME = lazy_pattern(
    r"\b(?:which|what)\s+(?:thematic\s+)?(?:themes?|fields?(?!\s+(?:operation|mission|office|presence|unit|chapter)s?)|topics?)\b",
    re.IGNORECASE,
)
_PART = lazy_pattern(
    r"\b(?:taught|teach\w*|train(?:ed|s)?|lectur\w+|fund\w*|paid|pays?|financed|sponsor\w*|hosts?|hosted|attend\w*|benefi\w+"
    r"|spoke|speak|presented|organi[sz](?:e|ed|es|ing))\b",
    re.IGNORECASE,
)
# By how many units another ranking goes.
_STRUCTURES = lazy_words(r"units?|structures?|operations?|missions?|institutions?|executive")
# Who came to an activity, and who made it.
_CAME, _LED = frozenset({"attendee", "beneficiary"}), frozenset({"organizer", "partner", "host", "trainer", "funder"})
_ON_EVENTS = frozenset({"any", "had role", "was there", "is so"})
_HOW_LONG = lazy_pattern(r"\bhow long\b(?!\s+(?:ago|before|after|until)\b)", re.IGNORECASE)
_COUNTED = lazy_pattern(r"\b(?:how many|numbers?|people|participants|persons)\b", re.IGNORECASE)
_HOW_MANY = lazy_pattern(r"\bhow many\b", re.IGNORECASE)
# What is told of one activity.
_ACTIVITIES = "activities"
_OF_ONE = frozenset({"activities", "days", "towns", "months", "countries"})
# What of two activities together answers no question on one; who had any part may be asked of an event and its parts.
_PAIR, _ANYBODY = 2, "role:anybody"
_IN_BOTH = lazy_pattern(
    r"\b(?:both|joint\w*|together|between|common|cross-border|same|each other|shared|mutual)\b", re.IGNORECASE
)
# What heeds that something is denied; what does not.
_DENYING = frozenset({"never", "unnamed", "unused", "undated", "unplaced", "omit", "nothere"})
_BY_ROLE = ("role:", "number of:")
# Activities are past; where something is asks for its seat.
_SEAT = lazy_pattern(r"\W*(?:where|in which (?:city|town|country|place|state))\s+(?:is|are)\b", re.IGNORECASE)
_RANKED = frozenset({"top", "bottom", "second", "bounded"})
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

# What may speak against what is claimed.
_CLAIMS = (
    *overstated.ALL,
    *of_each.ALL,
    *role_heeded.ALL,
    *misread.ALL,
    *misread_values.ALL,
    *directed.ALL,
    *passed_over.ALL,
    *narrowed.ALL,
)


def _of_people(best: Candidate) -> bool:
    """Whether a reading tells how many people came."""
    return best.family == "event" and best.projection.startswith("people")


# What a statement on what did not happen says.
_SAYS_NO = lazy_words(
    r"no|not|none|never|nothing|nobody|neither|nor|without|lacks?|missing|only|left out|except|but|others?|unnamed|undated"
)


class Doubts:
    """Says of a reading whether it must not be given; `known` are the words of all names."""

    def __init__(self, facts: Facts, naming: Naming, known: Collection[str]) -> None:
        self.facts, self.naming, self.known = facts, naming, known

    def is_meant(self, question: Question, candidate: Candidate) -> bool:
        """Whether what a candidate is about is named well enough to say that the report is silent on it.

        It is not, if a word is left open that nothing here bears.
        """
        known = (self.facts.weights, self.facts.detail_weights)
        if any(not t.cues and all(t.word.stem not in words for words in known) for t in candidate.open_words):
            return False
        if candidate.hit is not None:
            # What is asked of the year before, too, is not asked of one activity of the report's year.
            if str(REPORT_YEAR - 1) in question.linked.text or not self._is_singled_out(question, candidate.hit):
                return False
            return candidate.hit.matched > MEANT * (question.total or 1.0)
        return candidate.found is None

    def leaves_out(self, question: Question, best: Candidate, sure: float) -> bool:
        """Whether a reading does not heed what a question says: the answer would be another one, or there are several.

        Of some doubts a reading that is very sure is free.
        """
        if best.family == "phrase" and question.linked.days and "from" not in best.values:
            return True
        if best.family == "phrase" and question.linked.chapters and _RANKED.intersection(best.projection.split()):
            # What comes first in the report need not in a chapter.
            return True
        if [type(value) for value in best.answer] == [int] and self.naming.cannot_set_aside(question, _of_people(best)):
            return True
        doubts = [self._is_one_of_several, self._is_another_truth, self._is_of_several, self._is_a_choice]
        doubts += [self._is_all_staff, self._is_of_the_year, self._is_no_seat, self._is_a_no_on_other, self._is_not_denied]
        doubts += [partial(other_kind.is_told, self.facts), partial(other_things.is_told, self.facts), other_year.is_told]
        doubts += [
            self._is_no_chapter,
            self._is_one_of_two_numbers,
            self._is_in_both,
            self._is_no_length,
            self._is_no_basis,
            self._is_only_named,
            self._is_no_theme,
            self._is_of_no_role,
            self._is_of_another,
            self._is_another_event,
            *(partial(claims, self.naming) for claims in _CLAIMS),
            headings.is_denied_otherwise,
            heeded.is_unheeded,
            limits.limits_more,
        ]
        if sure < CERTAIN or not best.answer:
            doubts += [self._is_of_another_kind, self._is_unasked]
        elif _NGOS in question.target.types:
            # No authority and no unit is one.
            doubts.append(self._is_of_another_kind)
        return any(doubt(question, best) for doubt in doubts)

    def _is_another_event(self, question: Question, best: Candidate) -> bool:
        """Whether a yes rests on what is not of the kind, or not on the theme, of the one event that is named."""
        if not question.polar or best.answer != [True] or best.family not in _ON_EVENTS:
            return False
        events = self.facts.known(best.events)
        if not events or not one_meant.names_one(question.linked.text):
            return False
        if best.family == "is so" and any(
            link.thing.is_actor
            and not any(self.naming.circle(link.thing.iri) & event.involved for event in events)
            and not any(question.linked.stems(link) & event.bag.keys() for event in events)
            for link in best.open_links
        ):
            # What is told of the event says nothing of whom it is asked.
            return True
        return not one_event.fits(question, events, self.facts.events.values())

    def _is_no_basis(self, question: Question, best: Candidate) -> bool:
        """Whether no basis is told where none is asked for: "what was the result of the visit?".

        Of what every activity may have, such as a place, there is as little as of a basis.
        """
        text = question.linked.text
        return best.projection == "basis" and not best.answer and not _BASIS.search(text) and not _OF_ALL.search(text)

    def _is_only_named(self, question: Question, best: Candidate) -> bool:
        """Whether it is asked if a chapter is named that there is not, and not if there is one."""
        no = question.polar and best.answer == [False] and best.family != "is told"
        return no and bool(_NO_CHAPTER.search(question.linked.text))

    def _is_no_theme(self, question: Question, best: Candidate) -> bool:
        """Whether what a ranking tells is no theme, where one is asked for."""
        if best.family != "phrase" or not _THEME.search(question.linked.text):
            return False
        told = asked_forms.flat(best.answer)
        return bool(told) and not told & self._themes

    @functools.cached_property
    def _themes(self) -> set[str]:
        return {thing.label for thing in self.naming.directory.things.values() if thing.iri.startswith(_THEMES)}

    def _is_of_no_role(self, question: Question, best: Candidate) -> bool:
        """Whether a ranking is by any part in activities, where one part is asked for."""
        text = question.linked.text
        by_all = best.query == "role_ranking" and "role" not in best.values
        by_structures = best.is_ranking and best.query == "organization_structures" and not _STRUCTURES.search(text)
        return (by_all or by_structures) and bool(_PART.search(text))

    def _is_of_another(self, question: Question, best: Candidate) -> bool:
        """Whether a number is asked of one of those who came, while the detail that tells it does not name it."""
        detail = best.found.detail if best.found else None
        if detail is None or [type(value) for value in best.answer] != [int]:
            return False
        events = self.facts.known(detail.about)
        came = set(roles_of([told for event in events for told in event.told], _CAME))
        led = set(roles_of([told for event in events for told in event.told], _LED))
        for link in question.links:
            circle = self.naming.circle(link.thing.iri)
            named = link.thing.iri in detail.about or question.linked.stems(link) <= detail.bag
            placed = any(link.thing.iri in event.areas for event in events)
            # What came alone is what the number is of.
            one_of = bool(circle & came) and bool(came - circle) and not circle & led
            if link.thing.is_actor and one_of and not named and not placed:
                return True
        return False

    def _is_no_length(self, question: Question, best: Candidate) -> bool:
        """Whether a reading tells how many people came where it is asked how long something was, and not how many."""
        text = question.linked.text
        if not _HOW_LONG.search(text) or _COUNTED.search(text):
            return False
        return any("people" in one.projection for one in (best, *best.parts))

    def _is_one_of_several(self, question: Question, best: Candidate) -> bool:
        """Whether a reading is on one activity of which only names are said that several bear: "who taught in Kosovo?"."""
        iri = next(iter(best.about)) if len(best.about) == 1 else ""
        if question.polar or iri not in self.facts.events or question.linked.days or question.linked.chapters:
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
            for event in self.facts.events.values()
            if all(retrieval.bears(self.facts, event, link, some) for link, some in zip(links, stems, strict=True))
        )
        return bool(question.roles) and len(list(itertools.islice(fitting, 2))) > 1

    def _is_of_another_kind(self, question: Question, best: Candidate) -> bool:
        """Whether field operations, states, ministries, embassies or NGOs are asked for, and none of these is told."""
        told = best.family in ("event", "set") and not best.types
        asked = _TOLD_APART.intersection(question.target.types)
        if _OF_STATE.search(question.linked.text):
            asked -= {"states"}
        if question.polar or not told or not asked:
            return False
        things = [self.facts.directory.things[iri] for iri in best.things if iri in self.facts.directory.things]
        actors = [thing for thing in things if thing.is_actor]
        return bool(actors) and len(actors) == len(best.things) and not any(wanted(question.types, one) for one in actors)

    def _is_unasked(self, question: Question, best: Candidate) -> bool:
        """Whether nothing asks for what a reading tells: the name of a body whose role is asked for, what a text recalls."""
        if best.family == "name":
            left = (token for token in best.open_words if not token.cues and token.word.plain not in _NAMING)
            return sum(token.weight for token in left) >= STRANGE
        cue = _ASKED.get(best.projection, "") if best.family == "paper" and not question.polar else ""
        return bool(cue) and cue not in question.linked.cues

    def _is_another_truth(self, question: Question, best: Candidate) -> bool:
        """Whether it is asked if there is any, and the answer is one thing that is not so, or one with few of the words."""
        if not question.polar or not _EXISTS.match(question.linked.text):
            return False
        return best.family != "any" if best.answer == [False] else best.left >= LEFT * (question.total or 1.0)

    def _is_of_several(self, question: Question, best: Candidate) -> bool:
        """Whether one activity is asked for, "the study visit to the UK", and several are the answer, or theirs together."""
        if best.family != "set" or len(best.events) < _PAIR:
            return False
        together = best.projection in one_meant.OF_EACH or best.projection.startswith("role:")
        several = best.projection in _OF_ONE and len(best.events) >= _SEVERAL
        if not several and (not together or best.projection == _ANYBODY or len(best.answer) < _PAIR):
            return False
        return not _EVERY.search(question.linked.text) and one_meant.names_one(question.linked.without_names())

    def _is_a_choice(self, question: Question, best: Candidate) -> bool:
        """Whether it is asked which of two is more, and the answer is yes or no."""
        text = question.linked.text
        # That there was any of both says nothing of which was more.
        return question.polar and bool(_CHOICE.match(text) or (best.family == "any" and _MORE_THAN.search(text)))

    def _is_a_no_on_other(self, question: Question, best: Candidate) -> bool:
        """Whether the answer is no, and what it rests on has too few of the words: of something else it is always no."""
        return question.polar and best.answer == [False] and ranking.borne(question, best) < HELD

    def _is_not_denied(self, question: Question, best: Candidate) -> bool:
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

    def _is_no_chapter(self, question: Question, best: Candidate) -> bool:
        """Whether a chapter is asked for, and nothing that is told is one: "it is held in Rome. Which chapter says so?"."""
        values = [str(value) for row in best.answer for value in (row if isinstance(row, list) else [row])]
        text = question.linked.text
        asked = not question.polar and _ASKS_CHAPTER.search(text)
        asked = asked or (best.projection == _ACTIVITIES and _LISTS_CHAPTERS.search(text))
        return bool(asked and values) and best.family in ("set", "event") and not any(map(_CHAPTER.match, values))

    def _is_one_of_two_numbers(self, question: Question, best: Candidate) -> bool:
        """Whether two numbers are asked for, "how many from how many countries", and one is told."""
        return len(best.answer) == 1 and type(best.answer[0]) is int and len(_HOW_MANY.findall(question.linked.text)) > 1

    def _is_in_both(self, question: Question, best: Candidate) -> bool:
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
            events = [event for event in self.facts.events.values() if {one.thing.iri, other.thing.iri} & event.areas]
            if (
                one.at
                and between in (["and"], ["or"], ["and", "in"], ["or", "in"], ["and", "the"], ["and", "in", "the"])
                and len(events) > len(best.events)
            ):
                # A town in a state is no second place.
                apart = not any(
                    {one.thing.iri, other.thing.iri} <= self.naming.circle(iri) for iri in (one.thing.iri, other.thing.iri)
                )
                if apart:
                    return True
        return False

    def _is_all_staff(self, question: Question, best: Candidate) -> bool:
        """Whether the national or international staff are asked for, and all together are told."""
        if best.query != "figure_staff":
            return False
        if any(link.thing.iri.startswith(_THEMES) and not link.broad for link in question.links):
            # How many work on one theme is not told.
            return True
        category = staff_category(question.linked.text)
        return bool(category) and not best.projection.startswith((f"{category} staff", "staff by category"))

    def _is_of_the_year(self, question: Question, best: Candidate) -> bool:
        """Whether the count of another year is asked for than is told, by words such as "the year before"."""
        text = question.linked.text
        if best.query == "figure_counts" and on_all.OTHER_YEAR.search(text):
            return True
        return best.projection == "activities counted" and bool(on_all.BEFORE.search(text))

    def _is_no_seat(self, question: Question, best: Candidate) -> bool:
        """Whether it is asked where a body is, and it is told where an activity was."""
        activity = best.family in ("event", "set") and best.projection in misread.PLACED
        return activity and "activity" not in question.linked.cues and bool(_SEAT.match(question.linked.text))

    def _is_singled_out(self, question: Question, hit: Hit) -> bool:
        """Whether a day, a name that is no theme, or a word that few activities bear says that this activity is meant."""
        named = any("/vocab/" not in k.thing.iri for k in question.links if k not in hit.open_links)
        rare = any(not t.cues and t.weight >= RARE for t in question.tokens if t not in hit.open_words)
        return named or rare or question.linked.days is not None

    def is_strange(self, word: Word, names: bool = False) -> bool:
        """Whether a word is written like a name, and nothing here bears it; with `names` one capital letter is enough."""
        return (
            (word.is_capital or (names and word.is_name))
            and len(word.plain) > 2
            and word.start > 0
            and word.stem not in self.facts.weights
            and word.stem not in self.facts.detail_weights
            and word.plain not in self.known
        )

    def says_nothing(self, question: Question) -> bool:
        """Whether the words that say what is meant are all borne by nothing here: "who paid for xyzzy?"."""
        known = (self.facts.weights, self.facts.detail_weights)
        said = [token.word.stem for token in question.tokens if not token.cues]
        return bool(said) and not any(stem in words for stem in said for words in known)
