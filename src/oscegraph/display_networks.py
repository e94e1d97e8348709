"""Stage 15b: networks and maps in a notebook: figures, first ties, ranks with what they mean, and the map in a frame."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from oscegraph import measures, output
from oscegraph.display import Frame, Link, Sheet, Shown, Table, render
from oscegraph.namespaces import shorten

if TYPE_CHECKING:
    import networkx as nx

CAVEATS = (
    "A tie stands for activities that the report tells of with both; no tie means that it tells of none.",
    "A large conference ties each of its pairs; weighting fractional or newman evens that out.",
)
HEIGHT = 640


@dataclass(repr=False)
class Ties(Shown):
    """A network as its figures and its ties, the heaviest first; `graph` stays what it is."""

    graph: nx.Graph

    def _ties(self) -> list[tuple[str, str, dict[str, Any]]]:
        ties = self.graph.edges(data=True)
        return sorted(ties, key=lambda tie: (-tie[2].get("weight", 1), self._label(tie[0]), self._label(tie[1])))

    def _label(self, node: Any) -> str:
        return str(self.graph.nodes[node].get("label") or shorten(str(node)))

    def figures(self) -> list[str]:
        """Return in words what network it is, how it was made, and how large it is."""
        import networkx as nx

        about, graph = self.graph.graph, self.graph
        parts = nx.number_connected_components(graph) if len(graph) else 0
        alone = sum(1 for _, degree in graph.degree() if not degree)
        lines = [
            f"{len(graph)} nodes, {graph.number_of_edges()} ties; density {nx.density(graph):.3f}; "
            f"{parts} connected part{'' if parts == 1 else 's'}; {alone} without a tie"
        ]
        options = about.get("options") or {}
        if options:
            made = [f"weighting {options['weighting']}", f"series {options['series']}", *options["filters"].values()]
            lines.insert(0, f"{about.get('title', '')} ({', '.join(made)})")
        return lines

    def sheet(self) -> Sheet:
        """Return the ties with their activities and chapters."""
        rows = [
            [
                Link(self._label(a), str(a)),
                Link(self._label(b), str(b)),
                data.get("weight", 1),
                len(data.get("events", ())),
                data.get("first"),
                data.get("last"),
                data.get("chapters", ()),
            ]
            for a, b, data in self._ties()
        ]
        columns = ["one", "other", "weight", "activities", "first", "last", "evidence (chapters)"]
        title = f"Network {self.graph.graph.get('name', '')}".strip()
        return Sheet(title, columns, rows, [*self.figures(), *CAVEATS])

    def frame(self) -> Frame:
        """Return one row a tie."""
        columns = ["one", "one_label", "other", "other_label", "weight", "activities", "first", "last", "chapters", "themes"]
        rows = [
            [str(a), self._label(a), str(b), self._label(b), float(data.get("weight", 1)), len(data.get("events", ()))]
            + [data.get("first"), data.get("last")]
            + [output.text(list(data.get(key, ()))) for key in ("chapters", "themes")]
            for a, b, data in self._ties()
        ]
        return Frame(columns, rows)


def ranks(graph: nx.Graph, *names: str) -> Table:
    """Return the actors of a network with value and rank of each measure, by the first; raises FilterError for no measure.

    The remarks below say what each measure is. Without names: degree, strength and betweenness.
    """
    wanted = list(names) or ["degree", "strength", "betweenness"]
    rows = [
        [Link(str(graph.nodes[row["node"]].get("label") or row["node"]), str(row["node"]))]
        + [row[key] for name in wanted for key in (name, f"{name}_rank")]
        for row in measures.table(graph, wanted)
    ]
    found = [measures.MEASURES[name] for name in wanted]
    notes = [f"{m.name}: {m.definition} (normalisation: {m.normalisation}; {m.source})." for m in found]
    notes.append("A rank depends on choices; `oscegraph robustness` says how far.")
    return Table(["actor", *(key for name in wanted for key in (name, f"{name} rank"))], rows, "Ranks", notes)


@dataclass(repr=False)
class Page:
    """A map as one HTML page that needs nothing else; a notebook shows it in a frame that can reach nothing around it."""

    title: str
    page: str
    summary: str = ""
    height: int = HEIGHT

    def __repr__(self) -> str:
        return f"<Map {self.title}: {self.summary}>"

    def _repr_html_(self) -> str:
        return render("frame.html", title=output.clean(self.title), page=self.page, height=int(self.height))

    def save(self, path: str | Path) -> Path:
        """Write the page to a file; raises OutputError."""
        from oscegraph.export import write_whole

        target = Path(path)
        write_whole(target, self.page.encode("utf-8", errors="replace"))
        return target


def show_networks() -> None:
    """In a notebook, let networks of oscegraph show themselves; other graphs of networkx stay as they are.

    They are plain networkx graphs, so the notebook is told how to show them.
    """
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None else None
    if shell is None:
        return
    import networkx as nx

    formatter = shell.display_formatter.formatters["text/html"]
    if nx.Graph not in formatter.type_printers:
        formatter.for_type(nx.Graph, _html_of_network)


def _html_of_network(graph: nx.Graph) -> str | None:
    return Ties(graph)._repr_html_() if "query_sha256" in graph.graph else None
