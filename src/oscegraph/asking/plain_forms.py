"""Stage 10e16: plain questions, which are always read in the same way: `queries/plain.txt` says how.

What is likely is learned from questions that were written to be hard; a plain one must not be asked back for that.
A question is plain if its words (`plain_words`) are all of one of the patterns of that file.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from oscegraph import query, resources
from oscegraph.asking import asked_chapters, bounds, plain_words
from oscegraph.asking.asked_links import Link
from oscegraph.asking.asked_types import wanted
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.filter_limits import EVENTS_ASKED, NO_EVENTS
from oscegraph.asking.on_events import OWN
from oscegraph.asking.papers import Papers
from oscegraph.asking.pattern_parts import Part, parts
from oscegraph.asking.phrased import Phrased
from oscegraph.asking.phrases import Phrase
from oscegraph.asking.retrieval import Question
from oscegraph.asking.statements import Event
from oscegraph.directory import Directory, fold
from oscegraph.namespaces import expand

# The detail that tells the posts of a structure, and the posts, by structure.
Posts = dict[str, tuple[str, list[str]]]
_PAPER = "paper"

# What is said of a reading, where it is no value of a parameter.
_SAID = frozenset({"of", "param", "only", "role", "also"})
# Candidates on less or other than what is named.
OTHER = frozenset({"narrowed", OWN})
# What sets of activities are called in which one actor had a role.
_SHAPE = "shape 1 actors"
# Forms of answers that take a bound; queries on figures.
_BOUNDED, _FIGURES = frozenset({"bounded", "many"}), "figure_"
# A pair is two.
_PAIR = "pair"
# What is told where chapters are asked for.
_CHAPTER = ("chapter",)


class Form(NamedTuple):
    """A pattern of plain questions, and of which kind the reading is, what it tells, and what else is to be so."""

    pattern: tuple[Part, ...]
    family: str
    projection: str
    typed: bool
    of: str
    param: str
    only: str
    told: bool
    acronym: bool
    role: str
    also: str
    fixed: dict[str, str]

    def phrase(self) -> Phrase:
        """The named query that tells it, with the form and the column of the answer."""
        name, form, *columns = self.projection.split()
        return Phrase(query.named(name), (), (), form, tuple(columns), {})


def matches(pattern: Sequence[Part], words: Sequence[str]) -> bool:
    """Whether words are all of a pattern. Expressions would take longer to compile than a question takes to answer.

    >>> matches(parts("when was {document} adopted (exactly)"), ["when", "was", "{document}", "adopted"])
    True
    """
    if not pattern:
        return not words
    (optional, choices), *rest = pattern
    taken = (words[len(some) :] for some in choices if tuple(words[: len(some)]) == some)
    return any(matches(rest, left) for left in taken) or (optional and matches(rest, words))


def lines(text: str) -> Iterator[str]:
    r"""Yield the lines of a text, each that has the name of several choices once for each of them, with what it fixes.

    >>> list(lines("@a <- units\n@a <- missions ; class=osg:FieldOperation\nwhich @a met -> ask met list oneLabel"))
    ['which units met -> ask met list oneLabel', 'which missions met -> ask met list oneLabel; class=osg:FieldOperation']
    >>> list(lines("@a <- units\n@b <- missions ; other=osg:FieldOperation\nwhich @a met @b -> ask met list oneLabel"))
    ['which units met missions -> ask met list oneLabel; other=osg:FieldOperation']
    """
    choices: dict[str, list[tuple[str, str]]] = {}
    for line in text.splitlines():
        if line.startswith("@"):
            name, _, said = line.partition(" <- ")
            words, _, fixed = said.partition(" ; ")
            choices.setdefault(name, []).append((words, fixed))
        elif line.strip() and not line.startswith("#"):
            yield from _chosen(line, choices)


def _chosen(line: str, choices: Mapping[str, list[tuple[str, str]]]) -> Iterator[str]:
    """Yield a line for each choice of the first name of several that it has, and of those behind it."""
    name = next((name for name in choices if name in line.split()), "")
    if not name:
        yield line
    for words, fixed in choices.get(name, ()):
        whole = line.replace(name, words, 1)
        yield from _chosen(f"{whole}{' ' if ';' in whole else '; '}{fixed}" if fixed else whole, choices)


def read(text: str) -> list[Form]:
    """Return the forms that a text has, one a line."""
    found = []
    for line in lines(text):
        pattern, reading = line.split(" -> ")
        told, _, more = reading.partition(";")
        family, _, projection = told.strip().partition(" ")
        family = family.replace("_", " ")
        named = dict(part.split("=") for part in more.split() if "=" in part)
        of, param, only, role, also = (named.get(name, "") for name in ("of", "param", "only", "role", "also"))
        typed, telling, acronym = (flag in more.split() for flag in ("typed", "told", "acronym"))
        fixed = {name: value for name, value in named.items() if name not in _SAID or ":" in value}
        role = "" if "role" in fixed else role
        known = parts(pattern), family, projection, typed, of, param, only, telling, acronym, role, also
        found.append(Form(*known, fixed))
    return found


@functools.cache
def catalogue(name: str = "plain") -> list[Form]:
    """Return all forms of a file: those that are always read so, or those that are "open" in what they mean."""
    return read(resources.text_of(resources.queries_dir() / f"{name}.txt"))


@functools.cache
def _by_beginning(name: str) -> dict[str, list[Form]]:
    """Return the forms of a file by the words that they may begin with, each list in the order of the file."""
    found: dict[str, list[Form]] = {}
    for form in catalogue(name):
        for word in sorted(beginnings(form.pattern)):
            found.setdefault(word, []).append(form)
    return found


def beginnings(pattern: Sequence[Part]) -> frozenset[str]:
    """Return the words that a pattern may begin with: all of its parts up to the first that may not be missing."""
    found: set[str] = set()
    for optional, choices in pattern:
        found.update(some[0] for some in choices)
        if not optional:
            break
    return frozenset(found)


def of_words(words: Sequence[str], name: str = "plain") -> Iterator[Form]:
    """Yield the forms of a file that words have, the first of the file first."""
    return (form for form in _by_beginning(name).get(words[0] if words else "", ()) if matches(form.pattern, words))


def plain(
    question: Question, candidates: Sequence[Candidate], posts: Posts, phrased: Phrased, papers: Papers
) -> Candidate | None:
    """Return the reading of a plain question; None if it is not plain.

    `posts` are the details on posts, by structure; the organ and the themes of one of the `papers` may be named beside it.
    """
    linked = question.linked
    if linked.ambiguous or len(linked.chapters) != len(asked_chapters.parts_named(linked)):
        return None
    said = plain_words.words(question)
    form = next(of_words(said), None)
    if linked.chapters and (form is None or form.family != "ask" or form.phrase().columns != _CHAPTER):
        # Only of chapters it is known which are those of a part.
        return None
    links = [link for link in linked.links if not link.broad and link.thing.cls != "OsceBody"]
    if form is None or (form.family == "set" and not (links or linked.days)):
        return None
    if form.family != "ask" and question.polar != (form.family == "any"):
        # What a query tells answers "are there any ...?", too.
        return None
    if linked.days and form.family not in ("set", "any"):
        return None
    named = {link.thing.iri for link in links}
    if form.family == "ask":
        ordered = [link for link in plain_words.named(question) if not link.broad]
        values = dict(zip(form.param.split(","), (link.thing.iri for link in ordered), strict=False)) if form.param else {}
        keeps = bounds.bound(plain_words.bounded_text(linked.text))
        # What no query tells of has none; of figures it is not known.
        open_below = keeps is None or (keeps(0) and not form.phrase().query.name.startswith(_FIGURES))
        if len(values) != len({link.thing.iri for link in ordered}) or (form.phrase().form in _BOUNDED and open_below):
            return None
        if form.phrase().form == _PAIR and keeps is not None and not keeps(2):
            return None
        values |= {name: expand(value) or value for name, value in form.fixed.items()}
        told = phrased.candidate(form.phrase(), question, values, links, keeps)
        return None if form.told and told is not None and not told.answer else told
    if form.family == _PAPER:
        known = papers.papers
        named -= {iri for one in named & known.keys() for iri in (known[one].organ, *known[one].themes)}
    found = [one for one in candidates if _fits(one, form, question, named, posts)]
    # Of sets that are chosen in several ways the whole one is meant.
    whole = max(found, key=lambda one: len(one.events), default=None)
    if whole and EVENTS_ASKED.search(linked.text) and _is_mixed(question.facts.known(whole.events)):
        # Which of them are events is worked out.
        return None
    return only(whole, form.only, question.facts.directory) if whole and form.only else whole


def _is_mixed(events: Sequence[Event]) -> bool:
    """Whether some activities are events, and others publications, gifts or advice."""
    return len({event.kinds <= NO_EVENTS for event in events}) > 1


def only(one: Candidate, kind: str, directory: Directory) -> Candidate:
    """Return a reading with those alone that are of a kind."""
    things = tuple(iri for iri in one.things if wanted((kind,), directory.things[iri]))
    return replace(one, things=things, answer=list(map(directory.label, things)), types=(kind,))


def _is_short(question: Question, link: Link) -> bool:
    """Whether a name is said by an acronym."""
    said = " ".join(
        word.plain for word in question.linked.words[link.start : link.end] if word.plain not in plain_words.FILLERS
    )
    return said in map(fold, link.thing.names.get("acronym", ()))


def _fits(one: Candidate, form: Form, question: Question, named: set[str], posts: Posts) -> bool:
    if (one.family, one.projection) != (form.family, form.projection) or OTHER.intersection(one.flags):
        return False
    if form.family == "set" and one.types != (tuple(question.types) if form.typed else ()):
        return False
    if form.of == "focal":
        return any(one.values.get("detail") == posts[iri][0] for iri in named if iri in posts)
    if (form.projection == "parties: numbers" and len(one.answer) != 1) or (form.told and not one.answer):
        return False
    if form.acronym and not any(_is_short(question, link) for link in question.linked.links):
        return False
    if form.role and f"{_SHAPE} {form.role}" not in one.numbers:
        return False
    held = (value if isinstance(value, list) else [value] for value in one.values.values())
    known = {value for values in held for value in values if isinstance(value, str)}
    return named <= known and bool(question.linked.days) == ("from" in one.values)
