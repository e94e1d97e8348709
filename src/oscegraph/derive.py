"""Stage 1b: the rules in `queries/rules/`, run in the order of their names -> derived and inferred facts.

A rule is one CONSTRUCT query. Its header says in a sentence what it derives, and whether the facts belong to the
`derived` graph (they follow from what the source says) or to the `inferred` graph (guesses by rule).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from oscegraph import loading, resources

_HEADER = re.compile(r"^#\+ (\w+): (.+)$", re.MULTILINE)
GRAPHS = ("derived", "inferred")


def rules() -> list[tuple[str, str, str]]:
    """Return (name, graph, query) of each rule, in the order in which they run."""
    found = []
    for path in sorted((resources.queries_dir() / "rules").glob("*.rq")):
        text = path.read_text(encoding="utf-8")
        found.append((path.stem, dict(_HEADER.findall(text))["graph"], text))
    return found


def derive(store: ox.Store) -> dict[str, set[ox.Triple]]:
    """Run all rules over `store`, add what they give, and return the new triples by graph.

    A triple that the store holds already is added to no graph, so running it twice changes nothing.
    """
    made: dict[str, set[ox.Triple]] = {graph: set() for graph in GRAPHS}
    for _, graph, query in rules():
        fresh = {
            triple
            for triple in store.query(query)  # type: ignore[union-attr]
            if ox.Quad(triple.subject, triple.predicate, triple.object) not in store
        }
        store.extend(ox.Quad(triple.subject, triple.predicate, triple.object) for triple in fresh)
        made[graph] |= fresh
    return made


def curated_files() -> list[Path]:
    """Return the packaged files without the derived ones."""
    return [path for path in loading.packaged_files() if path.parent.name != "derived"]


def canonical(triples: Iterable[ox.Triple]) -> str:
    """Return the triples as sorted N-Triples, the same text for the same set."""
    return "".join(sorted(f"{triple} .\n" for triple in triples))


def derived_texts() -> dict[str, str]:
    """Derive afresh from the curated files and return the text of each derived file by its name."""
    store = ox.Store()
    loading.fill(store, curated_files())
    return {f"{graph}.nt": canonical(triples) for graph, triples in derive(store).items()}


def write_derived() -> list[Path]:
    """Write `graphs/derived/*.nt` of the checkout anew; a maintainer's step after a change of the curated files."""
    folder = resources.graphs_dir() / "derived"
    written = []
    for name, text in derived_texts().items():
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return written
