"""Stage 10g1d: who co-operates with whom by general statements, without an activity, or by any other part in one."""

from __future__ import annotations

import re
from typing import Any

from oscegraph import query
from oscegraph.asking import asked_forms
from oscegraph.asking.asked import once
from oscegraph.asking.asked_names import AREAS
from oscegraph.asking.candidates import Candidate
from oscegraph.asking.filter_answers import OF_ONE
from oscegraph.asking.filtering import Filtering
from oscegraph.asking.naming import Naming
from oscegraph.asking.patterns import lazy_pattern
from oscegraph.asking.retrieval import Question
from oscegraph.namespaces import PREFIXES
from oscegraph.store import Store

_LED = "role:organizers"
STATEMENTS, SHARED = "cooperation_statements", "actor_partners_shared"
_WORKED = lazy_pattern(r"\b(?:work(?:s|ed|ing)?|co-?operat\w+|collaborat\w+|partners?|partnered)\b", re.IGNORECASE)
# What narrows co-operation is said of activities alone.
_NARROWING = frozenset({"also", "other", "theme", "where", "from", "kind"})


class InGeneral:
    """Tells co-operation without an activity, over one store."""

    def __init__(self, store: Store, naming: Naming, filtering: Filtering) -> None:
        self.store, self.naming, self.filtering = store, naming, filtering

    def told(self, candidate: Candidate, others: list[str]) -> tuple[list[dict[str, Any]], str]:
        """Return where the report says in general that an actor co-operates with these, and the SPARQL."""
        actor = {"actor": candidate.values["actor"]}
        rows = [dict(row) for row in query.run(self.store, STATEMENTS, **actor)]
        said = [row for row in rows if {row["saidOfLabel"], row["partnerLabel"]} & set(others)]
        return once(asked_forms.evidence(said)), query.named(STATEMENTS).bind(actor)

    def with_part(self, question: Question, candidate: Candidate) -> list[str]:
        """Return who had any part in activities, or tells them as its own, of the types that are asked for."""
        events = self.naming.facts.known(candidate.events)
        found = [part.actor for event in events for told in event.told for part in told.parts]
        found += [teller for event in events for teller in self.filtering.tellers(event)]
        return self.naming.labels(self.naming.kept(question, found, candidate.types)) if candidate.types else []

    def named(self, question: Question, candidate: Candidate, answer: list[Any]) -> list[str]:
        """Return with whom an actor co-operates by general statements alone, of the types that are asked for."""
        actor = candidate.values.get("actor")
        if candidate.query == SHARED:
            return self._shared(question, candidate, answer)
        if not isinstance(actor, str) or _NARROWING.intersection(candidate.values):
            return []
        kept = self.naming.kept(question, self._partners(actor), candidate.types)
        return sorted(set(self.naming.labels(kept)) - set(map(str, answer)))

    def on_any_theme(self, question: Question, candidate: Candidate) -> list[str]:
        """Return with whom an actor co-operates by general statements, where it is asked for one theme and none is told."""
        links = [link.thing for link in question.links if not link.excluded and link.thing.cls != "OsceBody"]
        actors = [thing for thing in links if thing.is_actor and thing.cls not in AREAS]
        if candidate.projection != _LED or len(actors) != 1 or len(links) != len(actors) + 1 or question.linked.days:
            return []
        if not any(thing.iri.startswith(PREFIXES["theme"]) for thing in links):
            return []
        return sorted(set(self.naming.labels(self.naming.kept(question, self._partners(actors[0].iri), candidate.types))))

    def _partners(self, actor: str) -> list[str]:
        """Return with whom an actor co-operates by general statements, on either side of them."""
        rows = query.run(self.store, STATEMENTS, actor=actor)
        return [str(row[side]) for row in rows for side in ("saidOf", "partner") if row[side] and row[side] != actor]

    def _shared(self, question: Question, candidate: Candidate, answer: list[Any]) -> list[str]:
        """Return whom two actors share, with one of them at least by general statements alone."""
        pair = [str(candidate.values[name]) for name in ("actor", "other")]
        general = [set(self._partners(actor)) for actor in pair]
        both = [
            said | {str(row["partner"]) for row in query.run(self.store, "actor_partners", actor=actor)}
            for said, actor in zip(general, pair, strict=True)
        ]
        found = sorted((both[0] & both[1]) & (general[0] | general[1]))
        kept = self.naming.kept(question, found, tuple(question.types))
        return sorted(set(self.naming.labels(kept)) - set(map(str, answer)))

    def both(self, question: Question, candidate: Candidate) -> tuple[list[dict[str, Any]], str] | None:
        """Return where the report says in general that two co-operated of whom it is asked whether they ever did.

        If one is asked for, the other is the OSCE or anybody. That is the evidence and the SPARQL of the statements on the
        first of them; None if there is none on both.
        """
        known = candidate.values
        worked = _WORKED.search(question.linked.text)
        if candidate.family == "any" and OF_ONE in candidate.flags and set(known) == {"actor"} and worked:
            # "Did the OSCE work with it?"
            named, given = query.named(STATEMENTS), {"actor": sorted(self.naming.circle(str(known["actor"])))}
            rows = [dict(row) for row in query.run(self.store, named, **given)]
            return (asked_forms.evidence(rows), named.bind(given)) if rows else None
        if candidate.family != "any" or {"actor", "also"} != set(known):
            return None
        one, other = (self.naming.circle(str(known[name])) for name in ("actor", "also"))
        named, given = query.named(STATEMENTS), {"actor": sorted(one)}
        rows = [dict(row) for row in query.run(self.store, named, **given)]
        ways = ((one, other), (other, one))
        both = [row for row in rows if any(row["saidOf"] in said and row["partner"] in with_ for said, with_ in ways)]
        return (asked_forms.evidence(both), named.bind(given)) if both else None
