"""Stage 10g1a: what limits a question for yes or no, and whether an answer heeds it.

"Did only Norway pay?" is not answered by that Norway did, "was it adopted in 2008?" not by that it was adopted. An answer is
found by names, days, places and words; what limits a claim besides is heeded by few ways of asking. Others are not given.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from oscegraph.asking import bounds, limiting, targets
from oscegraph.asking.asked_days import names_month
from oscegraph.asking.asked_links import Link, joined_by_or
from oscegraph.asking.asked_names import AREAS, INSTRUMENTS
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.retrieval import Question
from oscegraph.asking.staff import said_numbers
from oscegraph.dates import REPORT_YEAR


def is_unheeded(question: Question, best: Candidate) -> bool:
    """Whether a question for yes or no has a word that limits what it claims, and the answer is found without it."""
    if not question.polar or best.answer not in ([True], [False]):
        return False
    text, so = question.linked.text, best.answer == [True]
    if best.family == "any" and is_of_other_months(question):
        return True
    if best.family in limiting.BY_FACTS and _unheeded_by_facts(question, best, text, so):
        return True
    told = _told(question, best)
    if so and (opposite := limiting.OPPOSITE.search(text)) and opposite[0].casefold()[:5] not in told.casefold():
        return True
    if best.family == "is told" and _unheeded_by_details(question, best, text, so, told):
        return True
    up, down = bool(limiting.UP.search(text)), bool(limiting.DOWN.search(text))
    if up != down and limiting.AMOUNT.search(text) and best.family in ("any", "had role", "was there", "is told"):
        # A rise is no fall: what is told has to go in one of the ways.
        themes = {link.thing.iri for link in question.linked.links if "/vocab/theme/" in link.thing.iri and not link.broad}
        about = {iri for iri in (best.found.detail.about if best.found else ()) if "/vocab/theme/" in iri}
        if about and not themes & about:
            # What is told of one theme is not told of another, nor of all.
            return True
        ways = bool(limiting.UP.search(told)), bool(limiting.DOWN.search(told))
        return ways not in ((up, down), (down, up)) or so != (ways == (up, down))
    return False


def is_of_other_months(question: Question) -> bool:
    """Whether a question names a month beside the period that is read: "in October compared with November"."""
    linked = question.linked
    if linked.days is None:
        return False
    taken = {place for link in linked.links for place in range(link.start, link.end)}
    left = " ".join(word.typed for place, word in enumerate(linked.words) if place not in taken)
    return names_month(left)


def is_sound(question: Question, candidate: Candidate) -> bool:
    """Whether an answer rests on roles, days, places or decisions, and heeds what limits the question."""
    return candidate.family in limiting.SOUND and not is_unheeded(question, candidate)


def _told(question: Question, best: Candidate) -> str:
    """Return the words of the detail that an answer rests on."""
    detail = best.found.detail if best.found else None
    return " ".join([detail.summary, *map(str, detail.values)]) if detail else ""


def _unheeded_by_facts(question: Question, best: Candidate, text: str, so: bool) -> bool:
    family, projection = best.family, best.projection
    links = question.linked.links
    years = {year for year in limiting.YEAR.findall(text) if int(year) != REPORT_YEAR}
    compares = projection.startswith(("same", "some same")) or projection.endswith((" agree", " differ"))
    if projection.endswith((" agree", " differ")):
        # Whether they contradict one another is not whether they agree.
        other = limiting.SAME_WORDS if projection.endswith(" differ") else limiting.OTHER_WORDS
        return not limiting.AGREE.search(text) or bool(other.search(text))
    if limiting.STAFF.search(text) or (limiting.NOT.search(text) and not compares and projection != "not told there"):
        return True
    if (
        limiting.AND_NOT.search(text)
        or _between(question)
        or (limiting.THAN.search(text) and not compares and not projection.startswith("people"))
    ):
        return True
    ordered = limiting.ORDER.search(text) and not question.linked.days and projection not in ("recalled", "recalling")
    if limiting.IS_BEFORE.match(text) and not question.linked.days and projection not in ("recalled", "recalling"):
        return True
    if limiting.MOST.search(text) or (ordered and family in ("is so", "was there", "paper so")):
        return True
    if projection.startswith("people"):
        return not _counts_people(question, best, text)
    if limiting.APPENDIX.search(text) and family != "paper so":
        return True
    if family == "paper so":
        papers = {link.thing.iri for link in links if link.thing.cls in INSTRUMENTS}
        if papers and projection not in ("recalled", "recalling") and best.values.get("instrument") not in papers:
            # It is told of another one.
            return True
        named = bool(limiting.YEAR.search(text))
        if projection == "all" or (
            projection == "year" and so and (limiting.FORCE.search(text) or not limiting.ADOPTED.search(text))
        ):
            return True
        return so and named and projection != "year"
    if limiting.REPORTS.match(text) and (family == "any" or (not so and _is_told_there(question, best))):
        return True
    if not so:
        return False
    if limiting.BEFORE_YEAR.search(text) and family in ("any", "had role", "was there", "is so"):
        return True
    if (
        family in ("any", "had role", "was there")
        and projection != "basis"
        and "rest" not in question.linked.cues
        and any(link.thing.cls in INSTRUMENTS for link in links)
    ):
        # That there was an activity, or somebody in it, says nothing of a document.
        return True
    if (limiting.ONLY.search(text) and (family != "was there" or limiting.ONLY_WHO.search(text))) or (
        years and projection != "year"
    ):
        return True
    excluded = any(link.excluded for link in links)
    if family in ("any", "had role", "was there") and limiting.EVERY.search(text):
        return True
    if family in ("any", "had role", "is so") and limiting.BESIDES.search(text) and not excluded:
        return True
    numbers = set(said_numbers(question)) - ({2} if re.search(r"\bboth\b", text, re.IGNORECASE) else set())
    if numbers and (family in ("any", "was there") or (family == "had role" and not numbers <= _sent(question, best))):
        return True
    if family == "is so" and numbers and not numbers <= _known_numbers(question, best.events):
        return True
    return _is_in_no_role(best, question.linked.without_names(), links)


def _known_numbers(question: Question, events: Sequence[str]) -> set[int]:
    """Return the numbers that are told of activities, or stand in their titles."""
    return question.facts.numbers(events) | _of_titles(question, events)


def _of_titles(question: Question, iris: Sequence[str]) -> set[int]:
    """Return the numbers of titles, in figures or words: "the ten crossing points"."""
    titles = " ".join(event.label for event in question.facts.known(iris))
    return {*targets.numbers(titles), *map(int, re.findall(r"\b\d{1,3}\b", titles))}


def _is_told_there(question: Question, best: Candidate) -> bool:
    """Whether an activity is told in a chapter that a question names; in the report, if it names none."""
    told = {one.chapter for event in question.facts.known(best.events) for one in event.told}
    return not question.linked.chapters or bool(told & set(question.linked.chapters))


def _sent(question: Question, best: Candidate) -> set[int]:
    """Return the numbers of an activity's title, and of people that those sent to it who are named in the question."""
    circles = [question.facts.directory.circle(link.thing.iri) for link in question.links if link.thing.is_actor]
    events = question.facts.known(best.events)
    sent = {
        part.people
        for event in events
        for told in event.told
        for part in told.parts
        if any(part.actor in c for c in circles)
    }
    titles = " ".join(told.title for event in events for told in event.told)
    return {number for number in sent if number} | set(map(int, re.findall(r"\b\d{1,4}\b", titles)))


def _between(question: Question) -> bool:
    """Whether one of two names is asked about: "did Norway or Finland pay?"."""
    links = (link for link in question.links if not link.quiet)
    return bool(joined_by_or(links, [word.plain for word in question.linked.words]))


def _counts_people(question: Question, best: Candidate, text: str) -> bool:
    """Whether an answer on the number of people is that to the bound which is asked about, and people are."""
    people = [t.people for event in question.facts.known(best.events) for t in event.told if t.people is not None]
    said = said_numbers(question)
    if not people or len(said) != 1 or not question.linked.cues & {"people", "attend", "takepart", "benefit"}:
        return False
    keeps = bounds.bound(text)
    so = keeps(max(people)) if keeps else max(people) == said[0]
    return best.answer == [so]


def _is_in_no_role(best: Candidate, text: str, links: list[Link]) -> bool:
    """Whether it is asked if somebody did something, and the answer is that he had any part."""
    done = {name for name, pattern in limiting.DID.items() if pattern.search(text)}
    if not done:
        return False
    if best.family == "had role":
        return not any(best.projection in limiting.ROLE_OF[name] for name in done)
    if best.family == "any":
        words = set(best.projection.split())
        return not any(words & limiting.ROLE_OF[name] for name in done)
    # That it was there, or then, does not say who did it.
    return best.family == "was there" and any(link.thing.is_actor and not link.quiet and not link.at for link in links)


def _unheeded_by_details(question: Question, best: Candidate, text: str, so: bool, told: str) -> bool:
    detail = best.found.detail if best.found else None
    if detail is None:
        return False
    numbers = set(said_numbers(question))
    known = question.facts.numbers([detail.iri]) | _of_titles(question, detail.about)
    # "The report of July 2007" says which it is, "closed in 2010" when it was.
    years = {year for year in limiting.IN_YEAR.findall(text) if int(year) != REPORT_YEAR}
    if so and ((numbers and not numbers <= known) or any(year not in told and year not in detail.bag for year in years)):
        return True
    if limiting.BEFORE_YEAR.search(text):
        return True
    if limiting.ONLY.search(text) and so and not limiting.ONLY.search(told):
        return True
    if not so and limiting.ALL_OF_THEM.match(text) and not limiting.EVERY.search(told):
        # That some did so does not say that others did not.
        return True
    if not so and numbers and limiting.STAFF.search(text):
        return True
    if not so and limiting.LISTED.search(text):
        return True
    if limiting.THAN.search(text) and limiting.YEAR.search(text):
        return True
    if not so and (
        (limiting.THAN.search(text) and not limiting.THAN.search(told))
        or (limiting.MOST.search(text) and not limiting.MOST.search(told))
    ):
        return True
    if not so and limiting.MENTIONS.match(text):
        # What a chapter tells of is not denied.
        about = question.facts.known(detail.about)
        named = set(question.linked.chapters)
        return not named or any(named & {one.chapter for one in event.told} for event in about)
    # That it is not so takes a number, a name, a day or a word that what is told does not have.
    claims = [link for link in question.links if not link.quiet and link.thing.cls not in AREAS]
    return not so and not (numbers or claims or question.linked.days or best.open_words or detail.kind in ("number", "date"))
