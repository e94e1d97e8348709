"""Stage 17g: the box for questions: how a question was read, the answer with its evidence, or which kind of no it gets."""

from __future__ import annotations

import re
import threading
from functools import cached_property, partial
from typing import TYPE_CHECKING, Any

from oscegraph import query
from oscegraph.asking import ask
from oscegraph.asking import asked as outcome
from oscegraph.explorer import listing
from oscegraph.explorer.forms import Words
from oscegraph.explorer.listing import Ref, Source, address, source_of
from oscegraph.explorer.tool import Found, Tool, columns
from oscegraph.namespaces import expand

if TYPE_CHECKING:
    from oscegraph.asking.ask import Asker
    from oscegraph.asking.asked import Asked
    from oscegraph.explorer.site import Site
    from oscegraph.query import Query

# Shown are those that are answered: the data may be others than those of the package.
EXAMPLES = (
    "Who funded the workshop in Belgrade in June?",
    "With whom did UNODC work on drugs?",
    "Did ODIHR and the OSR/CTHB ever work together?",
    "How many people took part in the workshop on cybercrime in Belgrade?",
    "Who hosted the workshop on cybercrime in Belgrade?",
    "With whom did the SPMU organize the seminar in Kiev in September?",
    "Which decisions task the SPMU?",
    "Which activities did the OSCE Mission to Serbia organize in June?",
)
# What each kind of no means: in a few words, and what may be concluded from it.
SAYS = {
    outcome.ANSWERED: ("Answered", ""),
    outcome.SILENT: (
        "The report does not say",
        "The question is understood, but the report does not say this. That is not to say that it did not happen.",
    ),
    outcome.EXCLUDED: (
        "Nothing fits all of that",
        "The report tells of it, but not with all the limits of the question.",
    ),
    outcome.UNKNOWN: ("A name is not known", "No actor, place, theme, decision or activity of the report bears this name."),
    outcome.OUTSIDE: ("That is not in the report", "The report on 2011 does not have this kind of facts."),
    outcome.UNCLEAR: (
        "That can be read in several ways",
        "Nothing is answered by guessing. Choose what is meant, or ask in other words.",
    ),
    outcome.NOT_UNDERSTOOD: ("The question is not understood", "Ask with names and with words of the questions below."),
}
_THING = re.compile(r"\(([\w-]+), (\w+:[^\s()]+)\)")
_ACTIVITY = re.compile(r"^Is this activity meant: (.+)\?$")
_LIKE = re.compile(r"^Ask, for instance: ")
_STRANGE = re.compile(r'^No name "(.+)" is known')


class _Once:
    """An Asker, made when the first question is asked, and what every page says of what can be asked."""

    def __init__(self, site: Site) -> None:
        self.site, self.lock = site, threading.Lock()
        self.made: Asker | None = None

    def ask(self, question: str, reading: int = 0) -> Asked:
        """Answer a question, by one of the readings that it is asked back with, if that is given."""
        with self.lock:
            if self.made is None:
                self.made = ask.Asker(self.site.graph.store, self.site.graph.directory)
        return self.made.choose(question, reading) if reading else self.made.ask(question)

    @cached_property
    def examples(self) -> list[str]:
        """Questions that are answered."""
        return [question for question in EXAMPLES if self.ask(question).status == outcome.ANSWERED]

    @cached_property
    def topics(self) -> dict[str, list[Query]]:
        """The named queries by topic."""
        found: dict[str, list[Query]] = {}
        for one in query.catalogue():
            found.setdefault(one.topic, []).append(one)
        return found

    @cached_property
    def labels(self) -> dict[str, list[str]]:
        """Label -> the things and activities that bear it."""
        found: dict[str, list[str]] = {}
        for iri, thing in self.site.graph.directory.things.items():
            found.setdefault(thing.label, []).append(iri)
        for iri, activity in self.site.activities.items():
            found.setdefault(activity.label, []).append(iri)
        return found

    def iri(self, label: str) -> str:
        """Return the IRI of the one thing with this label, of an actor and its chapter that of the actor, or nothing."""
        iris, things = self.labels.get(label, []), self.site.graph.directory.things
        actors = [iri for iri in iris if iri in things and things[iri].is_actor]
        found = actors if len(actors) == 1 else iris
        return found[0] if len(found) == 1 else ""


def _hint(asker: _Once, hint: str, instead: str) -> dict[str, str]:
    """Return a hint with the address that it leads to: a question that has an answer, a thing, or a named query."""
    thing, activity = _THING.search(hint), _ACTIVITY.match(hint)
    iri = expand(thing[2]) if thing else asker.iri(activity[1]) if activity else ""
    if iri:
        return {"text": hint, "to": asker.site.href(iri)}
    question = instead or _LIKE.sub("", hint)
    if asker.ask(question).status == outcome.ANSWERED:
        return {"text": question if instead else hint, "to": address("/ask", {"q": question})}
    named = [one for queries in asker.topics.values() for one in queries if one.question and hint.startswith(one.question)]
    return {"text": hint, "to": address("/query", {"name": named[0].name}) if named else ""}


def _hints(asker: _Once, asked: Asked) -> list[dict[str, str]]:
    """Return the hints; names near to an unknown one are put in its place in the question, if it is answered then."""
    strange = [found[1] for hint in asked.hints if (found := _STRANGE.match(hint))]
    made = []
    for number, hint in enumerate(asked.hints[:12], 1):
        if number <= asked.choices:
            made.append({"text": hint, "to": address("/ask", {"q": asked.question, "reading": str(number)})})
            continue
        instead = asked.question.replace(strange[0], hint, 1) if len(strange) == 1 else ""
        made.append({"text": hint, "to": ""} if _STRANGE.match(hint) else _hint(asker, hint, instead))
    return made


def _evidence(site: Site, asked: Asked) -> list[dict[str, Any]]:
    """Return the places in the report, each once, with the activity that is told there."""
    places: dict[tuple[str, int, int], list[Any]] = {}
    for telling in site.tellings.values():
        places.setdefault((telling.chapter, *telling.lines), []).append(telling)
    rows = []
    for item in {str(item): item for item in asked.evidence}.values():
        first, last = item["lines"]
        told = places.get((item["chapter"] or "", first, last), [])
        mine = [t for t in told if site.activities[t.activity].label == item["activity"]] or (told if len(told) == 1 else [])
        label = item["activity"] or ""
        what: Any = Ref(label or mine[0].title, mine[0].activity) if mine else label
        source = source_of(mine[0]) if mine else Source(item["chapter"] or "", first, last)
        rows.append({"activity": what, "days": item.get("days", ""), "place": item.get("place", ""), "told_in": source})
    return rows


def _answer(asker: _Once, asked: Asked) -> list[Any]:
    """Return the answer in words; a name that one thing bears leads to its page."""
    words: list[Any] = []
    for value, text in zip(asked.answer, asked.words, strict=True):
        iri = asker.iri(value) if isinstance(value, str) else ""
        words.append(Ref(text, iri) if iri else text)
    return words


def make(asker: _Once, site: Site, words: Words) -> Found:
    """Answer the question of a form; without one there is only what can be asked."""
    question = words.one("q")
    if question is None:
        return Found({"asked": None}, {"examples": asker.examples})
    asked = asker.ask(question, words.whole("reading", 0, 9))
    rows = _evidence(site, asked)
    sparql = "\n".join(line for line in asked.sparql.splitlines() if not line.startswith("#+"))
    title, means = SAYS.get(asked.status, (asked.status, ""))
    context = {
        "asked": asked,
        "title": title,
        "means": means,
        "answer": _answer(asker, asked),
        "rows": rows,
        "hints": _hints(asker, asked),
        "sparql": sparql,
        "editor": address("/query", {"query": sparql}),
    }
    table = listing.Table("evidence", asked.reading or question, columns("activity", "days", "place", "told_in"), rows)
    return Found(context, asked.as_dict(), table)


def _choices(asker: _Once, site: Site) -> dict[str, Any]:
    return {"examples": asker.examples, "topics": asker.topics}


def tool(site: Site) -> Tool:
    """Return the tool, with one Asker for the site."""
    once = _Once(site)
    choices = partial(_choices, once)
    return Tool("ask", "ask.html", ("q", "reading"), partial(make, once), choices, long=("q",))
