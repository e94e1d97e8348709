"""Stage 10e10c: candidates on the posts to be asked about organized crime: each structure with its posts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from oscegraph.asking import wording
from oscegraph.asking.asked_chapters import span_of_chapters
from oscegraph.asking.asked_types import is_of
from oscegraph.asking.candidates import Candidate, cue_set
from oscegraph.asking.facts import Facts
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question, besides

_POSTS = lazy_pattern(r"\b(?:posts?|focal points?|contacts?|officers?|advis[eo]rs?|job titles?|positions?)\b", re.IGNORECASE)
_FOCAL = lazy_pattern(r"\bfocal|\bcontact|\bappendix 3\b|\bannex 3\b", re.IGNORECASE)
_SINGLE = lazy_pattern(r"\b(?:single|only one|one only|just one|exactly one)\b", re.IGNORECASE)
_SEVERAL = lazy_pattern(r"\b(?:two|more than one|several|second|both)\b", re.IGNORECASE)
_CUES = cue_set("who units operations secretariat typed which people")
_FOCAL_POINT = "/post/focal-point-"


class OnPosts:
    """Makes the candidates whose answer is structures with their posts."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.directory = facts, facts.directory

    @cached_property
    def posts(self) -> dict[str, tuple[str, list[str]]]:
        """For each structure the detail that tells its posts, and the posts."""
        index, found = self.facts.postings, {}
        for about, numbers in index.about.items():
            if _FOCAL_POINT in about:
                # Comparisons are about them, too, and tell no post of one structure alone.
                single = (self.facts.details[index.iris[number]] for number in numbers)
                if detail := next((one for one in single if one.cls == "Detail" and one.kind != "rows"), None):
                    found[detail.about[0]] = detail.iri, detail.values
        return dict(sorted(found.items()))

    def make(self, question: Question) -> Iterator[Candidate]:
        """Yield the posts of the structures that a question names, of those of a kind, of those with such a post."""
        text = question.linked.text
        if question.polar or not (_POSTS.search(text) and _FOCAL.search(text)):
            return
        named = tuple(dict.fromkeys(iri for link in question.links for iri in self._structures(link.thing.iri)))
        tellers = map(self.facts.teller, span_of_chapters(text) or question.linked.chapters)
        within = [iri for iri in tellers if iri in self.posts]
        kinds = tuple(question.types) or tuple(cue for cue in ("operations", "secretariat") if cue in question.linked.cues)
        stems = {word.stem for word in question.linked.words}
        sets: dict[str, list[str]] = {"named": list(named), "all": list(self.posts), "of chapters": within}
        if kinds:
            sets["of kind"] = [iri for iri in self.posts if is_of(self.directory, kinds, iri)]
        for name, some in list(sets.items()):
            if _SINGLE.search(text):
                sets[f"{name}, one post"] = [iri for iri in some if len(self.posts[iri][1]) == 1]
            if _SEVERAL.search(text):
                sets[f"{name}, several posts"] = [iri for iri in some if len(self.posts[iri][1]) > 1]
        # "a programme officer or a project officer": whose post has most of the words.
        shared = {iri: max(len(wording.stems(p) & stems) for p in self.posts[iri][1]) for iri in self.posts}
        sets["with words"] = [iri for iri in self.posts if shared[iri] == max(shared.values()) > 1]
        label = self.directory.label
        for name, some in sets.items():
            if len(some) > (name != "named"):
                yield self._one(
                    question,
                    f"structures and posts, {name}",
                    [[label(iri), *self.posts[iri][1]] for iri in some],
                    some,
                )
                yield self._one(question, f"structures by post, {name}", [label(iri) for iri in some], some)
        # "Border Adviser, Gender Officer: to which unit does each belong?"
        found = [(post, iri) for iri, (_, posts) in self.posts.items() for post in posts if wording.stems(post) <= stems]
        if len(found) > 1:
            rows = [[post, label(iri)] for post, iri in found]
            yield self._one(question, "posts and structures", rows, list(dict.fromkeys(iri for _, iri in found)))

    def _structures(self, iri: str) -> list[str]:
        """Return a structure with a post, or those that work in a state or place: "the posts in Albania and Moldova"."""
        things = self.directory.things
        if iri in self.posts or iri not in things:
            return [iri] if iri in self.posts else []
        here = {iri, *(things[iri].facts.get("inArea", ()) if things[iri].cls == "Place" else ())}
        return [up for up in self.posts if here & set(things[up].facts.get("hostArea", ()))]

    def _one(self, question: Question, projection: str, answer: list[Any], some: list[str]) -> Candidate:
        left = besides(question, some)
        values = {"detail": [self.posts[iri][0] for iri in some]}
        return Candidate(
            "tally", projection, answer, _CUES, "detail_values", values, open_words=question.tokens, open_links=left
        )
