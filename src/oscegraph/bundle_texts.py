"""Stage 15b: the texts of a bundle: what was done and what it cannot show, how to cite it, what each file is.

Numbers are those of the analysis at hand. Versions of other packages stand in the manifest only, so that the texts stay the
same under another version that gives the same numbers.
"""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Iterable
from typing import Any

from oscegraph import __version__
from oscegraph.analysis import LEVEL, Analysis
from oscegraph.bundle_citation import REPORT, REPORT_AUTHOR, REPORT_YEAR
from oscegraph.namespaces import BASE
from oscegraph.output import clean

_WEIGHTINGS = {
    "raw": "each activity adds 1 to the tie of every two of its actors",
    "fractional": "an activity with k actors adds 2 / (k (k - 1)) to each of its ties, so 1 to the network as a whole",
    "newman": "an activity with k actors adds 1 / (k - 1) to each of its ties, 1 to each actor (Newman 2001)",
    "jaccard": "the activities that two actors share, divided by those in which either of them was",
}
_SERIES = {
    "once": "Several events that are told as one activity count once.",
    "n": "Several events that are told as one activity count as many times as the report says.",
}
_LITERATURE = (
    "Benjamini, Y. and Hochberg, Y. 1995. Journal of the Royal Statistical Society B 57, 289-300.",
    "Blondel, V. D. et al. 2008. Journal of Statistical Mechanics, P10008 (Louvain's method).",
    "Efron, B. 1979. Annals of Statistics 7, 1-26.",
    "Kendall, M. G. 1945. Biometrika 33, 239-251.",
    "Lancichinetti, A. and Fortunato, S. 2012. Scientific Reports 2, 336.",
    "Newman, M. E. J. 2001. Physical Review E 64, 016132.",
    "Serrano, M. A. et al. 2009. PNAS 106, 6483-6488.",
    "Strona, G. et al. 2014. Nature Communications 5, 4114.",
)


def _plain(words: Any) -> str:
    """Return words for Markdown: nothing in them is markup or ends a line."""
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", clean(words))


def _near(value: float | None) -> str:
    return "undefined" if value is None or math.isnan(value) else f"{value:.3g}"


def _many(number: int, one: str, more: str = "") -> str:
    return f"{number} {one if number == 1 else more or one + 's'}"


def _listed(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _choices(found: Analysis) -> list[str]:
    plan, filters = found.plan, found.options.filters
    chosen = [f"type: {_plain(', '.join(plan.types))}"] if plan.types else []
    chosen += [f"role: {_plain(', '.join(plan.roles))}"] if plan.roles else []
    chosen += [f"filter: {_plain(filters.in_words())}"] if filters.labels else []
    chosen += ["activities whose date is too vague to be sure of the period count as well"] if plan.possible else []
    chosen += [f"ties of a weight below {plan.least:g} are left out, with the actors left alone"] if plan.least > 0 else []
    return chosen or ["no filter: all activities, all actors, all roles of this network"]


def _significance(found: Analysis, facts: dict[str, Any]) -> str:
    plan = found.plan
    if found.tests is None:
        return (
            "This network ties two kinds of nodes and is no set of meetings, so no ties were tested, and "
            "`significance.csv` has a heading only."
        )
    tested, beyond = facts["ties_tested"], facts["ties_beyond_chance"]
    text = (
        f"{_many(tested, 'pair')} that met at least once {'was' if tested == 1 else 'were'} tested against a null model in "
        "which every actor keeps its number of activities and every activity its number of actors (fixed degree sequences, "
        f"curveball trades, Strona et al. 2014): {plan.draws} draws, seed {plan.seed}, 50 trades an activity before the "
        "first draw and 5 between draws. p = (1 + draws with at least as many meetings) / (1 + draws), so it cannot be less "
        f"than {1 / (1 + plan.draws):.2g}. q is p adjusted for the number of pairs (Benjamini and Hochberg 1995). At q up "
        f"to {LEVEL:g}, {_many(beyond, 'tie')} {'exceeds' if beyond == 1 else 'exceed'} chance. Each activity counts once "
        "in this test, whatever the weighting. The disparity filter (Serrano et al. 2009) stands beside it, not adjusted "
        "for many tests."
    )
    return text + (" The least weight was not applied before the test." if plan.least > 0 else "")


def _robustness(found: Analysis, facts: dict[str, Any]) -> str:
    plan = found.plan
    taus = [tau for tau in found.weightings.agreement.values() if not math.isnan(tau)]
    agreed = f"Kendall's tau-b between two of them runs from {_near(min(taus))} to {_near(max(taus))}. " if taus else ""
    known = [left for left in found.left_out if not math.isnan(left.tau)]
    weakest = min(known, key=lambda left: (round(left.tau, 12), left.chapter), default=None)
    told = (
        f"The ranking changes most without chapter {weakest.chapter} "
        f"({_many(weakest.activities, 'activity', 'activities')} left out, tau-b {_near(weakest.tau)})."
        if weakest
        else "No chapter could be left out with a ranking to compare."
    )
    return (
        f"How far the ranking by {plan.measure} depends on choices was looked at in three ways. (1) Other weightings: "
        f"{agreed}(2) Resampling: as many activities as there are were drawn with replacement {plan.bootstrap} times (seed "
        f"{plan.seed}; Efron 1979); intervals are those of 95 in 100 draws. More than a third of the activities is missing "
        "from each draw on average, so measures that count each partner once, such as degree, can only lose by it, and "
        "their intervals may lie below the value; the intervals of the ranks tell more. (3) Leaving out, one at a time, "
        f"what a single chapter tells: {told}"
    )


def _flow(text: str) -> str:
    """Return Markdown with its paragraphs and items filled to 100 columns; headings and code stay."""
    blocks = []
    for block in text.strip().split("\n\n"):
        if block.startswith(("#", "    ")):
            blocks.append(block)
            continue
        items = re.split(r"\n(?=- )", block)
        blocks.append("\n".join(_filled(item) for item in items))
    return "\n\n".join(blocks) + "\n"


def _filled(item: str) -> str:
    hang = "  " if item.startswith("- ") else ""
    # A line that begins with a minus or plus would be an item of a list.
    words = re.sub(r" ([-+]) ", "\0\\1\0", " ".join(item.split()))
    filled = textwrap.fill(words, 100, subsequent_indent=hang, break_long_words=False, break_on_hyphens=False)
    return filled.replace("\0", " ")


def methods(found: Analysis) -> str:
    """Return the methods of this very analysis, in words to be taken over, and what it cannot show."""
    from oscegraph.measures import MEASURES

    plan, facts, data = found.plan, found.results(), found.data.as_dict()
    groups, graph = facts["communities"], found.network.graph
    sure = "at least possibly" if plan.possible else "for sure"
    activities = _many(facts["activities"], "activity", "activities")
    undated = facts["activities_without_date"]
    vague = facts["activities"] - undated - facts["activities_dated_to_day"]
    used = [MEASURES[name] for name in dict.fromkeys((*plan.measures, plan.measure))]
    measures = [f"**{m.name}**: {m.definition}. Normalisation: {m.normalisation}. {m.source}." for m in used]
    edition = f"edition {_plain(data['edition'])}" if data["edition"] else "an edition that states no number"
    text_hash = (
        f" The text whose lines it counts has the SHA-256 `{_plain(data['source_sha256'])}`."
        if data["source_sha256"]
        else ""
    )
    return _flow(f"""# Methods

## Data

The data are a knowledge graph of *{REPORT}* ({REPORT_AUTHOR}, {REPORT_YEAR}), {edition}:
{_many(data["triples"], "triple")}; as sorted N-Quads their SHA-256 is
`{data["nquads_sha256"]}`.{text_hash}

## Network

The network "{_plain(graph["name"])}" ({_plain(graph["mode"])}) is a query on that graph, `query.rq` (SHA-256
`{facts["query_sha256"]}`). Who counts as tied: {_plain(graph["title"])}

Choices:

{_listed(_choices(found))}

Weighting `{_plain(plan.weighting)}`: {_WEIGHTINGS[plan.weighting]}. {_SERIES[plan.series]}

The network has {_many(facts["nodes"], "node")} and {_many(facts["ties"], "tie")}, density {_near(facts["density"])}.
It rests on {activities}, of which {facts["activities_with_ties"]} make at least one tie. It falls
into {_many(facts["parts"], "connected part")}, of which the largest has {_many(facts["largest_part"], "node")}.

## Measures

Rank 1 is the greatest value; values that agree to nine decimals share the best rank. What is
undefined is empty and comes last.

{_listed(measures)}

## Communities

Louvain's method (Blondel et al. 2008) with the seeds 0 to {groups["seeds"] - 1} at resolution {groups["resolution"]:g};
pairs that fall together in more than half of the runs are tied by that share, and this network is partitioned again until
all runs agree (Lancichinetti and Fortunato 2012; {_many(groups["rounds"], "round")}). Result:
{_many(groups["number"], "community", "communities")}, modularity {_near(groups["modularity"])}. The agreement between runs,
as mean normalised mutual information of the first 20, is {_near(groups["agreement"])}. Stability in `communities.csv` is the
share of runs in which two members fall together, on average.

## Ties beyond chance

{_significance(found, facts)}

## Robustness

{_robustness(found, facts)}

## What this cannot show

- **Dates.** {undated} of {activities} {"has" if undated == 1 else "have"} no date, and {vague}
  {"is" if vague == 1 else "are"} dated less closely than to the day. `months.csv` counts what was in a month {sure}, so a
  low month may be one whose dates are vague.
- **A report's silence.** No tie means that the report tells of no shared activity, not that there was none.
- **Attendance.** Being named in the same activity is not co-operation between equals, nor does it say that anything was
  passed on.
- **Tellers.** Chapters tell mostly of what one structure did, each in its own detail; central actors may only be well
  documented.
- **Size.** A conference with 40 participants makes 780 ties under the weighting `raw`; compare `robustness-weightings.csv`.
- **One year.** Nothing here is a trend beyond the reporting period, and small differences in value or rank carry no meaning.
- **Chance.** A tie that does not exceed chance is not shown to be weak, and why two actors met is not tested at all. The
  resampling asks what hangs on few activities; activities of a report are no random sample of a population.

## References

{_listed(_LITERATURE)}

The sources of the measures stand beside them above.
""")


_FILES = {
    "README.md": "this text",
    "manifest.json": "data, options, versions, results as a whole, and the SHA-256 of every other file",
    "METHODS.md": "what was done, with the numbers of this bundle, and what it cannot show",
    "CITATION.cff": "what to cite, for programs; citation.bib has the same as BibTeX",
    "citation.bib": "what to cite, as BibTeX",
    "query.rq": "the SPARQL query that says who counts as tied",
    "network.gexf": "the network for Gephi and networkx",
    "nodes.csv": "the nodes with label, type, side and number of activities",
    "ties.csv": "the ties with weight, activities, roles, dates, chapters and themes",
    "measures.csv": "value and rank of each actor by each measure, all digits; empty is undefined",
    "communities.csv": "the community of each actor, and the stability of that community",
    "significance.csv": "the test of each pair that met",
    "robustness-weightings.csv": "the ranking under each weighting",
    "robustness-bootstrap.csv": "intervals of value and rank over resampled activities",
    "robustness-chapters.csv": "what remains without each chapter",
    "months.csv": "activities, actors, ties and density by month",
    "figures/": "ranking, months and weightings, each as SVG and PNG",
}


def readme(found: Analysis) -> str:
    """Return what each file of the bundle is, and how to check and run it again."""
    listed = _listed(f"`{path}`: {what}" for path, what in _FILES.items())
    return _flow(f"""# A network analysis that can be run again

Made by oscegraph {__version__} from the graph of *{REPORT}*.
Network: {_plain(found.network.graph["title"])} {_many(len(found.network), "node")},
{_many(found.network.number_of_edges(), "tie")}.

{listed}

## Check it and run it again

    pip install oscegraph=={__version__}
    oscegraph verify DIR

where DIR is this folder. It compares every file with the manifest and the data with their hash, runs the analysis again with
the same options, and names each number that differs. Other data are named with `--data`. Nodes and activities are IRIs under
<{BASE}>. The facts are taken from the report; this is no product of the OSCE and is not endorsed by it.
""")
