"""Stage 10g1c: the kinds of no: a question that is asked back with its readings, a filter that leaves nothing, what is not
told, names that are not known, and what the report does not tell at all.
"""

from __future__ import annotations

from oscegraph import query
from oscegraph.asking import asked_forms, on_all, phrases, unknown_names
from oscegraph.asking.answering import FILTERS
from oscegraph.asking.asked import EXCLUDED, NOT_UNDERSTOOD, OUTSIDE, SILENT, UNCLEAR, Asked
from oscegraph.asking.asked_links import Linked
from oscegraph.asking.chosen import ANY_PLACE
from oscegraph.asking.one_meant import on_each
from oscegraph.asking.ranked import PLAIN, Ranks
from oscegraph.asking.ranking import Ranked
from oscegraph.asking.retrieval import Question

# So likely a reading has to be to be offered.
OFFERED = 0.001
# So likely one has to be to be told beside an answer.
LIKELY = 0.02
# So likely the first one has to be to be offered beside what a name may mean that several bear ("the office").
_NOTED = 0.2
# So many readings are offered; if one activity is asked for and several fit, each of so many.
CHOICES, _EACH = 3, 5
# So many things that a name may mean are told.
_NAMES = 5
# What counts activities, and tells shares of them.
_SHARES = "theme_stated_ranks"
_ASK_HELD = "Ask how many activities are told, without the total, for what the graph holds."


class Refusing(Ranks):
    """Tells which kind of no a question gets."""

    def _excluded(self, text: str, ranked: list[Ranked]) -> Asked | None:
        """Return the no to a question whose words are all accounted for, while nothing of whom it names fits the rest."""
        if any(ANY_PLACE in one.candidate.flags and one.candidate.events for one in ranked):
            # Nothing was in both places, but something in one of them.
            return None
        for one in ranked[:3]:
            candidate = one.candidate
            given = [name for name in FILTERS if name in candidate.values]
            plain = not candidate.left and not candidate.open_links and "narrowed" not in candidate.flags
            if candidate.family == "set" and plain and given and "actor" in candidate.values and not candidate.events:
                asked = Asked(text, EXCLUDED, self.sayer.say(candidate), confidence=one.probability)
                asked.hints = [f"Nothing fits {' and '.join(self._filter(candidate, given))}."]
                return asked
        return None

    def _no_reasons(self, text: str) -> Asked:
        return Asked(
            text, NOT_UNDERSTOOD, hints=["Few reasons are told, and none for this: ask who, when, where or how many."]
        )

    def _unknown(self, text: str, linked: Linked, names: bool) -> unknown_names.Unknown | None:
        return unknown_names.read(text, linked, self.doubts.is_strange, self.linker.nearest, self.directory, names)

    def _outside(self, text: str) -> Asked:
        hint = (
            "The report tells of work in 2011, with a single sum of money; names and addresses of people are not kept here."
        )
        return Asked(text, OUTSIDE, hints=[hint])

    def _back(self, text: str, linked: Linked, question: Question, ranked: list[Ranked]) -> Asked:
        """Return the question asked back: what a name may mean, readings, or what can be asked."""
        near = [one for one in ranked[:6] if one.probability > OFFERED]
        near = near if any(one.candidate.answer for one in near) else []
        if near and (unknown := self._unknown(text, linked, True)):
            return unknown.asked()
        names = [f"A name may mean {name}." for name in linked.ambiguous[:_NAMES]]
        if names and not (near and near[0].probability > _NOTED):
            return Asked(text, UNCLEAR, hints=names)
        if near:
            each = on_each(self.maker.naming, question, near[0].candidate)
            words = list(dict.fromkeys(map(self.sayer.say, [*each[:_EACH], *(one.candidate for one in near)])))
            nearest = near[0].candidate.answer
            hints = words[: max(CHOICES, min(len(each), _EACH) + 1)]
            sure, choices = near[0].probability, len(hints)
            return Asked(text, UNCLEAR, hints=[*hints, *names], confidence=sure, nearest=nearest, choices=choices)
        said = {p.query.question: len({c for one in p.cues for c in one} & linked.cues) for p in phrases.catalogue()}
        return Asked(text, NOT_UNDERSTOOD, hints=sorted(said, key=lambda words: (-said[words], words))[:3])

    def _others(self, text: str, asked: Asked) -> list[str]:
        """Return other readings of a question that is not answered with certainty, in words, as far as they are likely."""
        ranked = self._last_ranked(text, frozenset(), "")[1 : CHOICES + 1]
        words = [self.sayer.say(one.candidate) for one in ranked if one.probability > LIKELY and one.candidate.answer]
        return [one for one in dict.fromkeys(words) if one != asked.reading]

    def _part_of_total(self, text: str, printed: list[dict[str, str | None]]) -> Asked:
        """Return that the report does not break down the number of activities that it prints."""
        shares = [row for row in self.facts.listed(_SHARES) if (row["figureKind"] or "").startswith("share")]
        sparql = query.named(on_all.FIGURES).bind({})
        asked = Asked(
            text, SILENT, f"How many of the {printed[0]['stated']} activities that the report counts", sparql=sparql
        )
        asked.evidence, asked.confidence = asked_forms.evidence(printed), PLAIN
        said = "; ".join(f"{row['aboutLabel']}: {row['valueText']}" for row in shares)
        asked.hints = [f"The total is not broken down; the report tells shares in words only: {said}.", _ASK_HELD]
        return asked
