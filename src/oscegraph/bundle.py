"""Stage 15c: an analysis as a folder that others can check and run again: numbers, figures, texts, and a manifest.

The manifest names the data, the options, the versions and the hash of every file, and nothing of the machine or the hour:
the same data and options under the same versions give the same bytes.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
import platform
import shutil
import tempfile
from collections.abc import Callable, Hashable, Iterable, Sequence
from pathlib import Path
from typing import Any

from oscegraph import __version__, bundle_citation, bundle_texts, events, network_files, store_files
from oscegraph.analysis import Analysis, Plan, run
from oscegraph.api import Oscegraph
from oscegraph.errors import OutputError, StoreError

FORMAT, FORMAT_VERSION = "oscegraph bundle", 1
MANIFEST = "manifest.json"
# A manifest is some kilobytes; what is far larger is none, and is not read.
LARGEST_MANIFEST = 10_000_000


def versions() -> dict[str, str]:
    """Return the versions of everything that plays a part in the numbers and figures."""
    from importlib.metadata import version

    packages = ("networkx", "numpy", "rustworkx", "pyoxigraph", "matplotlib", "pillow")
    return {"oscegraph": __version__, "python": platform.python_version(), **{name: version(name) for name in packages}}


def sha256(content: bytes) -> str:
    """Return the SHA-256 of some bytes as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def _cell(value: Any) -> str:
    """Return a value with all its digits; what is undefined is empty."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, (bool, str, int)):
        return network_files.readable(str(value))
    return repr(float(value))


def _table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(head)
    writer.writerows([_cell(value) for value in row] for row in rows)
    return buffer.getvalue().encode()


def _tables(found: Analysis) -> dict[str, bytes]:
    measured = [part for name in found.plan.measures for part in (name, f"{name}_rank")]
    numbered = [
        (node, number, part) for number, part in enumerate(found.communities.communities, 1) for node in part.members
    ]
    weighted = [key for key in (found.weightings.rows[0] if found.weightings.rows else {}) if key != "node"]
    return {
        "measures.csv": _table(
            ["node", "label", *measured],
            ([r["node"], found.label(r["node"]), *(r[key] for key in measured)] for r in found.measures),
        ),
        "communities.csv": _table(
            ["node", "label", "community", "stability"],
            ([node, found.label(node), number, part.stability] for node, number, part in numbered),
        ),
        "significance.csv": _table(
            ["source", "target", "source_label", "target_label", "observed", "expected", "p", "q", "disparity"],
            ([*t.pair, *map(found.label, t.pair), t.observed, t.expected, t.p, t.q, t.disparity] for t in found.tests or ()),
        ),
        "robustness-weightings.csv": _table(
            ["node", "label", *weighted],
            ([r["node"], found.label(r["node"]), *(r[key] for key in weighted)] for r in found.weightings.rows),
        ),
        "robustness-bootstrap.csv": _table(
            ["node", "label", "value", "rank", "low", "high", "rank_low", "rank_high", "present"],
            (
                [i.node, found.label(i.node), i.value, i.rank, i.low, i.high, i.rank_low, i.rank_high, i.present]
                for i in found.intervals
            ),
        ),
        "robustness-chapters.csv": _table(
            ["chapter", "activities", "actors", "ties", "tau", "moved"],
            ([c.chapter, c.activities, c.actors, c.ties, c.tau, _moves(found, c.moved)] for c in found.left_out),
        ),
        "months.csv": _table(
            ["month", "activities", "actors", "ties", "density"],
            ([m.month, m.activities, actors, m.ties, density] for m, actors, density in found.months),
        ),
    }


def _moves(found: Analysis, moved: Iterable[tuple[Hashable, int, int | None]]) -> str:
    return "; ".join(
        f"{found.label(node)} {before} to {'none' if after is None else after}" for node, before, after in moved
    )


def _figures(found: Analysis) -> dict[str, bytes]:
    from oscegraph import figures
    from oscegraph.measures import MEASURES

    plan = found.plan
    dots = [
        figures.Dot(found.short(i.node), i.value, i.rank, _number(i.low), _number(i.high))
        for i in sorted(found.intervals, key=lambda i: (i.rank, str(i.node)))
        if _number(i.value) is not None
    ]
    names = [name for name in events.WEIGHTINGS if found.weightings.rows and f"{name}_rank" in found.weightings.rows[0]]
    # The weighting of the analysis comes first, the others beside it.
    names.sort(key=lambda name: (name != plan.weighting, events.WEIGHTINGS.index(name)))
    rows = sorted(found.weightings.rows, key=lambda r: (*(r[f"{name}_rank"] or math.inf for name in names), str(r["node"])))
    movers = [figures.Mover(found.short(r["node"]), tuple(r[f"{name}_rank"] for name in names)) for r in rows]
    return {
        f"figures/{name}": content
        for drawn in (
            figures.ranking(dots, plan.measure, MEASURES[plan.measure].definition, 0.95, plan.bootstrap),
            figures.months([month for month, _, _ in found.months]),
            figures.weightings(names, movers, plan.measure),
        )
        for name, content in drawn.items()
    }


def _number(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else value


def contents(found: Analysis) -> dict[str, bytes]:
    """Return the files of a bundle by path, all but the manifest."""
    files = {
        "README.md": bundle_texts.readme(found).encode(),
        "METHODS.md": bundle_texts.methods(found).encode(),
        "CITATION.cff": bundle_citation.citation(found).encode(),
        "citation.bib": bundle_citation.bibliography(found).encode(),
        "query.rq": events.declared(found.plan.network).text.encode(),
        "network.gexf": network_files.to_gexf(found.network).encode(),
        "nodes.csv": network_files.to_nodes_csv(found.network).encode(),
        "ties.csv": network_files.to_edges_csv(found.network).encode(),
    }
    return dict(sorted({**files, **_tables(found), **_figures(found)}.items()))


def manifest(found: Analysis, files: dict[str, bytes]) -> dict[str, Any]:
    """Return what the manifest of a bundle says."""
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "data": found.data.as_dict(),
        "options": found.plan.as_dict(),
        "results": found.results(),
        "versions": versions(),
        "files": {path: sha256(content) for path, content in files.items()},
    }


def made(
    graph: Oscegraph, plan: Plan, progress: Callable[[str], None] = lambda step: None
) -> tuple[dict[str, bytes], dict[str, Any]]:
    """Run an analysis and return the files of its bundle, all but the manifest, and what the manifest says."""
    found = run(graph, plan, progress)
    progress("figures and texts")
    files = contents(found)
    return files, manifest(found, files)


def is_bundle(folder: Path) -> bool:
    """Whether a folder is a bundle: its manifest says so, whatever else may be wrong with it."""
    path = folder / MANIFEST
    try:
        if not path.is_file() or path.stat().st_size > LARGEST_MANIFEST:
            return False
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("format") == FORMAT


def _free(target: Path, force: bool) -> None:
    """Raise OutputError unless a bundle may be put at `target`."""
    if not target.exists():
        return
    if not target.is_dir():
        raise OutputError(f"{target}: is a file; it is left alone. Name a folder.")
    if not any(target.iterdir()):
        return
    if not is_bundle(target):
        raise OutputError(f"{target}: is not empty and no bundle; it is left alone. Name a new folder.")
    if not force:
        raise OutputError(f"{target}: a bundle is there. Add --force to replace it, or name a new folder.")


def write(
    graph: Oscegraph, plan: Plan, target: Path, force: bool = False, progress: Callable[[str], None] = lambda step: None
) -> dict[str, Any]:
    """Run an analysis, write it as a bundle into the folder `target`, and return its manifest.

    The bundle is made beside the target and moved there when it is whole: whatever goes wrong before leaves what stood
    there as it was. Raises OutputError if it cannot be written, or if something is there that may not be replaced.
    """
    target = target.resolve()
    try:
        _free(target, force)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise OutputError(f"{target}: cannot be written ({error.strerror}). Name a folder inside of one that can.") from None
    try:
        files, said = made(graph, plan, progress)
        files[MANIFEST] = (json.dumps(said, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()
        _put(fresh, files, target, force)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return said


def _put(fresh: Path, files: dict[str, bytes], target: Path, force: bool) -> None:
    """Write the files into the temporary folder, and move it to its place in one step, as stores are."""
    try:
        for path, content in files.items():
            (fresh / path).parent.mkdir(exist_ok=True)
            (fresh / path).write_bytes(content)
        # Until now the folder was for its owner only; a bundle is for everyone who may see the folder around it.
        fresh.chmod(0o755)
        _free(target, force)
        store_files.swap(fresh, target, force)
    except StoreError as error:
        raise OutputError(str(error)) from None
    except OSError as error:
        raise OutputError(f"{target}: cannot be written ({error.strerror or error}). Nothing was changed.") from None
