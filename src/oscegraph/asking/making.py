"""Stage 10e8: all candidates that a question has on activities and details."""

from __future__ import annotations

from oscegraph.asking.candidates import Candidate
from oscegraph.asking.chosen import Choosing
from oscegraph.asking.facts import Facts
from oscegraph.asking.naming import Naming
from oscegraph.asking.on_both import OnBoth
from oscegraph.asking.on_details import OnDetails
from oscegraph.asking.on_events import OnEvents
from oscegraph.asking.on_listed import OnListed
from oscegraph.asking.on_rows import OnRows
from oscegraph.asking.on_sets import OnSets
from oscegraph.asking.on_tables import OnTables
from oscegraph.asking.on_truth import OnTruth
from oscegraph.asking.on_two import OnTwo
from oscegraph.asking.retrieval import Question


class Maker:
    """Makes the candidates of questions over one set of facts."""

    def __init__(self, facts: Facts) -> None:
        self.facts, self.naming = facts, Naming(facts)
        choosing = Choosing(self.naming)
        self.details = OnDetails(self.naming)
        self.events, self.sets = OnEvents(self.naming), OnSets(self.naming, choosing)
        self.rows, self.tables = OnRows(self.naming), OnTables(self.naming, choosing)
        self.two, self.listed = OnTwo(self.naming), OnListed(self.naming, self.details)
        self.both = OnBoth(self.naming, self.details)
        self.truth = OnTruth(self.naming, choosing, self.details)

    def make(self, question: Question) -> list[Candidate]:
        """Return all candidates of a question: for yes and no, or on activities, on sets of them and on details."""
        open_ones = (self.events, self.sets, self.rows, self.tables, self.details, self.two, self.listed)
        makers = (self.truth,) if question.polar else open_ones
        return [candidate for maker in makers for candidate in maker.make(question)]
