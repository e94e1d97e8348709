"""Stage 10g1c: what is to be said beside an answer, as it may be less than it seems, and how sure it is then at most.

What sets of activities leave out (`cautions_on_sets`), who had which role (`cautions_on_roles`) and what is so of two actors
(`cautions_on_truths`) have their own; here are those on days, numbers, chapters, States, themes and documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from oscegraph.asking import cautions_on_roles, cautions_on_sets, cautions_on_truths, wording
from oscegraph.asking.asked_forms import flat
from oscegraph.asking.asked_parts import asks_post
from oscegraph.asking.asked_standings import RATIFIED
from oscegraph.asking.asked_types import wanted
from oscegraph.asking.candidates import Candidate, spell
from oscegraph.asking.cautions_on_sets import LONG, UNITS
from oscegraph.asking.filter_answers import FILTERED
from oscegraph.asking.filter_measures import counted, length
from oscegraph.asking.filtering import Filtering
from oscegraph.asking.naming import Naming
from oscegraph.asking.on_events import nested
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.asking.staff import kinds_of_staff
from oscegraph.directory import GROUP

# Each field operation tells how many staff it had; not each unit does.
_STAFF, _OPERATIONS = "figure_staff", {"operations"}
_BOUNDED = frozenset({"bounded", "many", "equals"})
_NUMBERS = "parties: numbers"
_ALL_STAFF, _WITHOUT_STAFF = ("tally", "staff of kind in all"), "structure_without_staff"
_PARTNERS = lazy_pattern(r"\b(?:partners?|participating)\b", re.IGNORECASE)
_LENGTHS = frozenset({"length", "duration"})
_DAYS = frozenset({"when", "days", "first day", "last day", "first days"})
_WHERE = frozenset({"towns", "countries", "where", "number of:countries", "number of:towns"})
_STATES, _KOSOVO = "states", "Kosovo"
_RATIFICATION = "figure_ratification"
# Ways of asking that look at activities; a word of such a weight is in few titles.
_OF_FACTS, _SAYS_MUCH = frozenset({"any", "had role", "was there", "is so"}), 3.0
# What parts the parts of a theme; which queries tell who worked on which theme.
_PARTS, _ON_THEMES = ", ", frozenset({"structure_themes", "theme_strangers", "theme_structures"})
# What asks for a number of all who came, and an audience of several groups.
_HOW_MANY = lazy_pattern(r"\bhow many\b|\bnumber of\b", re.IGNORECASE)
_WHO_HOLDS = lazy_pattern(r"\b(?:who|whom|whose|names?|named|persons?|people)\b", re.IGNORECASE)
_ALL = lazy_pattern(
    r"\b(?:how many|number of)\s+(?:(?:\w+\s+)?(?:people|persons?|participants?|attendees|trainees|delegates|officials)"
    r"|took|were|was|are|came|attended)\b",
    re.IGNORECASE,
)
_SEVERAL = lazy_pattern(r",|\band\b|\bor\b")


class Cautions:
    """Says what an answer leaves out, over one set of facts."""

    def __init__(self, naming: Naming, filtering: Filtering) -> None:
        self.naming, self.facts, self.filtering = naming, naming.facts, filtering
        self.on_sets = cautions_on_sets.OnSets(naming, filtering)
        self.on_roles = cautions_on_roles.OnRoles(naming)
        self.on_truths = cautions_on_truths.OnTruths(naming)

    def of(self, question: Question, candidate: Candidate, answer: list[Any]) -> list[tuple[str, bool]]:
        """Return what is to be said beside an answer, each with whether it is only likely for that."""
        if candidate.parts:
            return []
        makers = (
            self._days,
            self._length,
            self._people,
            self._groups,
            self._as_told,
            self._chapters,
            self._staff,
            self._states,
            self._placeless,
            self._in_no_row,
            self._no_theme,
            self._wide,
            self._unsaid,
            self._by_month,
            self._by_activities,
            self._no,
            self._not_so,
            self._parties,
            self._as_group,
            self._posts,
        )
        return [
            said
            for make in (*self.on_sets.makers, *makers, *self.on_roles.makers, *self.on_truths.makers)
            for said in make(question, candidate, answer)
        ]

    def _as_group(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield which addressees of a decision are groups of which nobody is named."""
        if candidate.query != "decision_tasks":
            return
        actors = filter(None, map(self.naming.actor, sorted(flat(answer))))
        groups = [self.naming.label(iri) for iri in actors if self.naming.directory.things[iri].cls == GROUP]
        if groups:
            yield f"Addressed as a group, of which nobody is named: {', '.join(groups)}.", False

    def _posts(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield that posts are told where it may be asked who holds them."""
        text = question.linked.text
        if candidate.family == "detail" and answer and asks_post(text) and _WHO_HOLDS.search(text):
            yield "Focal points are told by their posts: the graph holds no names of people.", False

    def _in_no_row(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield which of the activities have no row where it is asked where and when they were."""
        if candidate.family != "set" or candidate.projection != "activities with places and days":
            return
        rows = {str(row[0]) for row in answer if isinstance(row, list)}
        left = [event.label for event in self.facts.known(candidate.events) if event.label not in rows]
        if left:
            yield f"No town, or no day, is told of {len(left)} more: {'; '.join(left)}.", True

    def _days(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield what each chapter says of the days of one activity, if they differ."""
        events = self.facts.known(candidate.events)
        if candidate.projection not in _DAYS or len(events) != 1:
            return
        told = {one.chapter: " to ".join(spell(one.days)) for one in events[0].told if one.days}
        if len(set(told.values())) > 1 and not nested(events[0].days):
            yield f"The chapters differ: {'; '.join(f'{chapter} says {days}' for chapter, days in told.items())}.", False

    def _length(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield the days of an activity whose length is told otherwise."""
        events = self.facts.known(candidate.events)
        if candidate.projection not in _LENGTHS or len(events) != 1 or not events[0].days:
            return
        first, last = events[0].days[0]
        if first < last and (last - first).days < LONG and (length(events[0]) or 0) != (days := (last - first).days + 1):
            yield f"Its days, {' to '.join(spell((first, last)))}, are {days}.", False

    def _people(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield that numbers of people may be those of a series, or of those who were sent, and that some tell no staff."""
        if candidate.query == "activity_largest" and _BOUNDED.intersection(candidate.projection.split()):
            yield "Of some activities the number is that of those who were sent; a series counts as one activity.", True
        of_any = candidate.query == _STAFF and set(question.types) != _OPERATIONS
        if of_any and _BOUNDED.intersection(candidate.projection.split()):
            yield "Of some units no number of staff is told; they are not counted here.", True

    def _as_told(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield how a number of people is told that is none of heads: "over 100" is more than 100."""
        if (candidate.family, candidate.projection) == ("event", "people"):
            every = (told for event in self.facts.known(candidate.events) for told in event.told)
            rough = [told for told in every if told.qualifier and told.people in answer]
            if said := dict.fromkeys(f"{told.qualifier} {told.people}" for told in rough):
                yield f"Told as {', '.join(said)}.", False

    def _groups(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield who came to an activity, if how many of one group did is asked for and several came."""
        text = question.linked.text
        if candidate.projection != "people" or len(candidate.events) != 1 or _ALL.search(text):
            return
        event = self.facts.events.get(next(iter(candidate.events)))
        audiences = [told.audience for told in event.told if told.people in answer] if event else []
        asked = wording.stems(text)
        said = [one for one in dict.fromkeys(audiences) if _SEVERAL.search(one) and not wording.stems(one) <= asked]
        if said and _HOW_MANY.search(text):
            yield f"These are all who came: {'; '.join(said)}.", True

    def _chapters(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield that a chapter may name what has no part in an activity there."""
        thing = self.naming.directory.things.get(str(candidate.values.get("actor", "")))
        if (
            candidate.query == "actor_chapters"
            and candidate.family != "name"
            and thing is not None
            and thing.type not in UNITS
            and not _asks_who(candidate)
        ):
            yield "Chapters that only mention it, without a part in an activity, are not among these.", True

    def _staff(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield of which structures no staff is told, where that of all of a kind is summed up."""
        if candidate.kind == _ALL_STAFF:
            things = (self.naming.directory.things[row["structure"] or ""] for row in self.facts.listed(_WITHOUT_STAFF))
            said = sorted(thing.label for thing in things if wanted(kinds_of_staff(question), thing))
            if said:
                yield f"No number is told of the {' and the '.join(said)}.", False

    def _states(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield that Kosovo is told of as a territory where states are asked for, or counted."""
        labels = map(self.naming.directory.label, candidate.things)
        if _STATES in question.types and (_KOSOVO in answer or _KOSOVO in labels):
            yield "Kosovo is told of as a territory, in a status-neutral way, and is no State.", False

    def _no(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield that the chapter of one of two tells of something in which the other had a part."""
        values = candidate.values
        if candidate.family != "any" or answer != [False] or not {"actor", "also"} <= set(values):
            return
        one, other = str(values["actor"]), str(values["also"])
        for unit, actor in ((one, other), (other, one)):
            circle = self.naming.circle(actor)
            for event in self.facts.events.values():
                if unit in self.filtering.tellers(event) and not circle.isdisjoint(event.involved):
                    label = self.naming.label(unit)
                    yield f"The chapter of the {label} tells of an activity of the other one: {event.label}.", True
                    return

    def _placeless(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield of how many activities no place is told, where their places are asked for."""
        if FILTERED in candidate.flags or candidate.family != "set" or candidate.projection not in _WHERE:
            return
        events = self.facts.known(candidate.events)
        if untold := sum(not event.areas for event in events):
            yield f"Of {counted(untold)} no place is told.", True

    def _unsaid(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield which words of a claim that says much nothing tells of what a yes rests on: "publish a study"."""
        if answer != [True] or candidate.family not in _OF_FACTS:
            return
        events = self.facts.known(candidate.events)
        said = (token for token in candidate.open_words if token.weight >= _SAYS_MUCH and not token.cues)
        left = [token.word.typed for token in said if not any(token.word.stem in event.bag for event in events)]
        if events and left:
            yield f'What this rests on has no such words as "{", ".join(dict.fromkeys(left))}".', True

    def _by_month(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield what is counted by month."""
        if candidate.query == "month_activities":
            yield "Publications and other work are counted, too, by the month that they are dated.", True

    def _wide(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield that a theme has more parts than the one that a question names: asset forfeiture, cybercrime."""
        theme = candidate.values.get("theme")
        if candidate.family not in ("any", "set", "phrase") or not isinstance(theme, str) or answer == [True]:
            return
        for link in question.linked.links:
            said = " ".join(word.typed for word in question.linked.words[link.start : link.end])
            if link.thing.iri == theme and _PARTS in link.thing.label and said and _PARTS not in said:
                yield f'This is by the theme "{link.thing.label}", of which "{said}" is a part.', True

    def _by_activities(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield that who worked on a theme is told by activities, and not by what a chapter says of its work in general."""
        if candidate.query in _ON_THEMES:
            yield "This is by activities: what a chapter says in general of its work is not looked at.", True

    def _no_theme(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield that a no on a theme looks at the themes of activities alone."""
        if candidate.family == "any" and answer == [False] and "theme" in candidate.values:
            # Of an actor a chapter may say so in general.
            alone = {*candidate.values} == {"actor", "theme"}
            yield "Only the themes of activities are looked at; a passage may speak of it besides.", alone

    def _parties(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield of whom a number of parties is, where it is not said."""
        if candidate.projection == _NUMBERS and len(answer) == 1 and not _PARTNERS.search(question.linked.text):
            yield "These are participating States; Partners for Co-operation are counted apart.", False
            named = candidate.values.get("instrument") or []
            rows = [row for row in self.facts.listed(_RATIFICATION) if row["instrument"] in named]
            told = [row for row in rows if row["states"] == str(answer[0]) and row["status"] == RATIFIED]
            if told and question.linked.days is None:
                same = (row for row in rows if all(row[name] == told[0][name] for name in ("status", "stateGroup")))
                for row in same:
                    if row["remark"] and row["states"] != told[0]["states"]:
                        yield f"{row['chapter']} says {row['states']}: {row['remark']}", False

    def _not_so(self, question: Question, candidate: Candidate, answer: list[Any]) -> Iterator[tuple[str, bool]]:
        """Yield that what is not told of a document in these words may be told in others."""
        if candidate.family == "paper so" and answer == [False] and candidate.projection not in ("so", "told there"):
            yield "It is not told so; other words may say it.", True


def _asks_who(candidate: Candidate) -> bool:
    """Whether a reading of chapters tells whose these are."""
    return "structureLabel" in candidate.projection or "tellerLabel" in candidate.projection
