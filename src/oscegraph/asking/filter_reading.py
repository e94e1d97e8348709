"""Stage 10e17b2: what a plain question on filtered activities asks, if all of its words and names are heeded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from oscegraph.asking import asked_filters, plain_words, wording
from oscegraph.asking.asked_links import ONE_EVENT
from oscegraph.asking.asked_roles import EXTERNAL
from oscegraph.asking.facts import Facts
from oscegraph.asking.filter_answers import SHARES
from oscegraph.asking.filter_limits import ATTENDEES, EQUIPMENT, TOLD, TRAINING
from oscegraph.asking.filter_measures import FACILITATOR
from oscegraph.asking.filter_parts import Filtered
from oscegraph.asking.filter_rows import BESIDE_NUMBERS, BY_EVENT, OF_EACH
from oscegraph.asking.heeded import is_of_other_months
from oscegraph.asking.linking import OSCE
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question

# A title, or one event: "the workshop"; what is said aside: "- equipment, software, anything?".
_RANKS = "|".join(sorted(asked_filters.RANKING - {"recent"}))
_ONE_MEANT = lazy_pattern(rf"[\"\u201c\u201d\u201e]|(?!the (?:{_RANKS}|report|same)\b){ONE_EVENT}", re.IGNORECASE)
_ASIDE = lazy_pattern(r"\s[\u2013\u2014-]\s")
# Words with other cues than these say more than what activities are about.
_TOPICS, _NO = frozenset({"people", "title", "academies", "ministries", "courts", "visited", "provision"}), frozenset[str]()
# Words that ask whether all are so.
_EACH = lazy_pattern(r"(?<!at )\b(?:all|every|each|both|always)\b", re.IGNORECASE)
_BOTH_NAMED = lazy_pattern(
    r"\bboth (?:\{\w+\} )+and \{\w+\}|(?:\{\w+\} )+and \{\w+\} (?:(?:were|was|been|did|have|had) )?(?:both|all)\b"
)
_OSCE_BODY = "OsceBody"
# What may be told besides, by what is asked.
_TOLD_WITH = {"role": BY_EVENT | OF_EACH, "partners": BY_EVENT | OF_EACH, "number": BESIDE_NUMBERS}
_ONLINE, _WORKSHOP, _SENDERS = "online workshop", "workshop", "senders"
_TOTAL = lazy_pattern(rf"\b(?:{wording.IN_ALL}|total)\b", re.IGNORECASE)
# What somebody donated is equipment, and no other activity; what is given or provided may be anything.
_RUN, _GAVE, _DONATED = "run", "gave", "donated"
# Whom it trained came to its trainings; partners are others than units.
_TRAINEES, _SENT, _CAME, _INSTRUCTORS = "trainees", "sent", "came", "instructors"
_PARTNER = lazy_pattern(r"\W*(?:which|what) (?:partner|counterpart)s?\b", re.IGNORECASE)
_MONEY = frozenset({"euro", "euros", "eur", "dollars", "money"})


def read(question: Question, facts: Facts) -> Filtered | None:
    """Return what a question asks, names as their numbers; None if it is no plain one."""
    linked = question.linked
    adjectives = linked.demonyms - {link.thing.iri for link in linked.links} - {*plain_words.of_bodies(question).values()}
    if all(any(link.start <= place < link.end for link in linked.links) for place in linked.adjectives):
        # "The Lithuanian Chairmanship" is a name, and asks for nobody else of Lithuania.
        adjectives = set()
    if linked.ambiguous or linked.other_year or adjectives or _ONE_MEANT.search(linked.text):
        return None
    if is_of_other_months(question):
        return None
    if any(link.excluded or (link.thing.cls == _OSCE_BODY and link.thing.label != OSCE) for link in linked.links):
        # Parts of the OSCE are left out of the words, as it is itself.
        return None
    words = plain_words.words(question, sections=True)
    said = asked_filters.read(words)
    asked = _settled(said) if said else None
    if asked is None or bool(linked.chapters) != (TOLD in asked.flags):
        return None
    if asked.columns and asked.ask != "activities" and asked.columns not in _TOLD_WITH.get(asked.ask, ()):
        return None
    if asked.words and asked.role == "trainers" and not asked.filters:
        # "Who trained the judges?" asks for one training.
        return None
    if asked.ask == "count" and not asked.types:
        # Partners are counted in several ways.
        return None
    if asked.role == _TRAINEES:
        # Units that came, too, are not whom they trained.
        asked = replace(asked, role="attendees", kinds=asked.kinds or (TRAINING,), types=asked.types or (EXTERNAL,))
    if asked.role == _INSTRUCTORS:
        # Units hold trainings, in which others teach.
        ours = SHARES.intersection(asked.types)
        asked = replace(asked, role="organizers" if ours else "trainers", kinds=asked.kinds or ((TRAINING,) if ours else ()))
    if asked.ask == "most" and not asked.types and _PARTNER.match(linked.text):
        asked = replace(asked, types=(EXTERNAL,))
    if asked.ask == "people" and not _TOTAL.search(linked.text):
        # "How many came to the conferences in June?" may ask for each.
        return None
    if (question.polar and _of_each(words)) or not _are_topics(asked, linked.text, facts):
        # Whether all were so is not whether there is any.
        return None
    if asked.role == _SENDERS:
        # States are where they come from, units make it possible.
        asked.role = FACILITATOR if SHARES.intersection(asked.types) else "attendees"
    if asked.ask == "activities" and question.polar:
        asked.ask = "truth"
    from_there = any(one.how == ATTENDEES for one in asked.filters)
    if _SENT in asked.columns and not from_there:
        return None
    # "And how many came?" is asked of all where it is not said from where.
    came = _SENT if from_there else "people"
    asked.columns = tuple(dict.fromkeys(came if name == _CAME else name for name in asked.columns))
    return asked if asked.ask == "roles" or (asked.ask == "truth") == question.polar else None


def _of_each(words: Sequence[str]) -> bool:
    """Whether it is asked of all of some activities; "both" of two names, before or behind them, asks for one.

    >>> _of_each("were both {unit} and {body} there".split()), _of_each("were both events in {place}".split())
    (False, True)
    """
    return bool(_EACH.search(_BOTH_NAMED.sub(" ", " ".join(words))))


def _settled(asked: Filtered) -> Filtered | None:
    """Return what is asked with the kind that is meant where names or kinds leave it open; None if it is not known."""
    hows, kinds = {one.how for one in asked.filters}, asked.kinds
    if set(kinds) == {_ONLINE, _WORKSHOP}:
        # "Which workshops were on line?"
        kinds = (_ONLINE,)
    if len(kinds) > 1 and _ONLINE in kinds:
        # Trainings that were on line are not both.
        return None
    if not kinds and _GAVE in hows:
        return None
    if not kinds and _DONATED in hows:
        kinds = (EQUIPMENT,)
    filters = [one._replace(how=_RUN) if one.how in (_GAVE, _DONATED) else one for one in asked.filters]
    return replace(asked, kinds=kinds, filters=filters)


def _are_topics(asked: Filtered, text: str, facts: Facts) -> bool:
    """Whether all words that activities have to bear may be what they are about, and none of them asks or ranks."""
    if asked.words and (
        _ASIDE.search(text) or any(re.search(rf"\b(?:in|at|from) {word}\b", text) for word in _proper(asked))
    ):
        # A town of which nothing is told is no topic.
        return False
    if asked.words and asked.ask in ("number", "most"):
        # Those that are told in other words are not counted.
        return False
    if any(not _MONEY.isdisjoint(words) for words in asked.words):
        # A sum of money is asked for.
        return False
    return all(
        wording.stem(word) in facts.weights and wording.cues().get(word, _NO) <= _TOPICS
        for words in asked.words
        for word in words
    ) and all(asked.words)


def _proper(asked: Filtered) -> list[str]:
    """Return the words that activities have to bear, as if they were names."""
    return [re.escape(word.capitalize()) for words in asked.words for word in words]
