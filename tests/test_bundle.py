"""A bundle is the same whenever it is made, and whatever is changed in it is found."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from oscegraph import bundle, figures, reproduce, store_files
from oscegraph.analysis import Plan
from oscegraph.api import Oscegraph
from oscegraph.errors import DataError, OscegraphError, OutputError

SMALL = Plan(network="units", measures=("degree", "constraint"), seeds=3, draws=10, bootstrap=10)


@pytest.fixture(scope="module")
def made(graph: Oscegraph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle of a small network."""
    target = tmp_path_factory.mktemp("made") / "bundle"
    bundle.write(graph, SMALL, target)
    return target


@pytest.fixture
def copy(made: Path, tmp_path: Path) -> Path:
    """A copy of the bundle that a test may spoil."""
    return Path(shutil.copytree(made, tmp_path / "bundle"))


@pytest.fixture
def again(graph: Oscegraph, made: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], reproduce.Verified]:
    """Verify a bundle against an analysis that is taken from the whole one, which is quicker than to run it each time."""
    files = {path.relative_to(made).as_posix(): path.read_bytes() for path in made.rglob("*") if path.is_file()}
    said = json.loads(files.pop("manifest.json"))
    monkeypatch.setattr(reproduce, "made", lambda graph, plan, progress: (files, said))
    return lambda folder: reproduce.verify(graph, folder, reproduce.read(folder))


def _wrong(found: reproduce.Verified) -> dict[str, str]:
    return {f.file: f.status for f in found.findings if not f.fine}


def _rehash(folder: Path, *paths: str) -> None:
    """Put the hashes of changed files into the manifest, as somebody would who covers it up, or another version that ran."""
    said = json.loads((folder / "manifest.json").read_bytes())
    for path in paths:
        said["files"][path] = hashlib.sha256((folder / path).read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(said), encoding="utf-8")


def _edit(folder: Path, change: Callable[[dict[str, Any]], Any]) -> None:
    said = json.loads((folder / "manifest.json").read_bytes())
    change(said)
    (folder / "manifest.json").write_text(json.dumps(said), encoding="utf-8")


def test_the_same_bytes_again(graph: Oscegraph, made: Path, tmp_path: Path) -> None:
    """A second run writes the same bytes in every file, and leaves nothing else."""
    bundle.write(graph, SMALL, tmp_path / "other")
    one = {p.relative_to(made): p.read_bytes() for p in made.rglob("*") if p.is_file()}
    other = {p.relative_to(tmp_path / "other"): p.read_bytes() for p in (tmp_path / "other").rglob("*") if p.is_file()}
    assert one == other
    assert [path.name for path in tmp_path.iterdir()] == ["other"]


def test_the_manifest_names_all_and_nothing_of_the_machine(made: Path) -> None:
    """Every file stands in the manifest with its hash; the data, the versions and the words too; no path of the machine."""
    text = (made / "manifest.json").read_text(encoding="utf-8")
    said = json.loads(text)
    files = {p.relative_to(made).as_posix() for p in made.rglob("*") if p.is_file()} - {"manifest.json"}
    assert set(said["files"]) == files
    assert all(hashlib.sha256((made / path).read_bytes()).hexdigest() == digest for path, digest in said["files"].items())
    assert said["data"]["triples"] > 20_000 and said["data"]["edition"] and len(said["data"]["source_sha256"]) == 64
    assert {"oscegraph", "python", "networkx", "numpy", "rustworkx", "pyoxigraph", "matplotlib"} <= set(said["versions"])
    assert Plan.of(said["options"]) == SMALL
    assert str(made.parent) not in text and str(Path.home()) not in text


def test_numbers_have_all_their_digits(graph: Oscegraph, made: Path) -> None:
    """measures.csv gives back the very numbers; what is undefined is empty."""
    from oscegraph.measures import measure

    values = {str(item.node): item.value for item in measure(graph.network("units"), "constraint")}
    rows = list(csv.DictReader(io.StringIO((made / "measures.csv").read_text(encoding="utf-8"))))
    assert {row["node"]: float(row["constraint"]) for row in rows if row["constraint"]} == {
        node: value for node, value in values.items() if value == value
    }
    assert any(not row["constraint"] for row in rows) == any(value != value for value in values.values())


def test_texts_hold_the_numbers_of_this_bundle(made: Path) -> None:
    """The methods name the sizes, the draws and the hash of the data; the README names every file; citations are whole."""
    said = json.loads((made / "manifest.json").read_bytes())
    methods = " ".join((made / "METHODS.md").read_text(encoding="utf-8").split())
    results = said["results"]
    for words in (
        f"{results['nodes']} nodes and {results['ties']} ties",
        "10 draws, seed 0",
        said["data"]["nquads_sha256"],
        f"{results['activities_without_date']} of {results['activities']} activities have no date",
        "the seeds 0 to 2",
        "with replacement 10 times",
    ):
        assert words in methods
    readme = (made / "README.md").read_text(encoding="utf-8")
    assert all(path in readme for path in said["files"] if "/" not in path) and "oscegraph verify" in readme
    for name in ("CITATION.cff", "citation.bib"):
        text = (made / name).read_text(encoding="utf-8")
        assert "OSCE Activities in the Fight against Organized Crime in 2011" in text and "2012" in text
        assert said["versions"]["oscegraph"] in text and said["data"]["nquads_sha256"] in text


def test_figures_have_text_and_no_date(made: Path) -> None:
    """Each figure is an SVG whose names can be searched, and a PNG; neither holds a date or a version."""
    for name in ("ranking", "months", "weightings"):
        content = (made / "figures" / f"{name}.svg").read_text(encoding="utf-8")
        texts = [element.text for element in ElementTree.fromstring(content).iter("{http://www.w3.org/2000/svg}text")]
        assert len(texts) > 10 and "dc:date" not in content and "Matplotlib" not in content
        raster = (made / "figures" / f"{name}.png").read_bytes()
        assert raster.startswith(b"\x89PNG") and b"Software" not in raster
    assert "SPMU" in (made / "figures" / "ranking.svg").read_text(encoding="utf-8")


def test_figures_of_little_and_of_odd_names() -> None:
    """Nothing, one weighting, signs of mathematics, controls and foreign scripts all give a figure that can be read."""
    assert set(figures.months([])) == {"months.svg", "months.png"}
    drawn = figures.weightings(("raw",), [figures.Mover("$a_b$ \x07 <&>", (1,)), figures.Mover("大学", (None,))], "degree")
    texts = list(ElementTree.fromstring(drawn["weightings.svg"]).itertext())
    assert "$a_b$ <&>" in texts and "大学" in texts
    assert figures.ranking([figures.Dot("x" * 99, 1.0, 1)], "degree", "number", 0.95, 10)


def test_figures_leave_no_state(made: Path) -> None:
    """The settings of whoever uses matplotlib beside it stay as they were, and play no part."""
    import matplotlib

    plain = figures.months([figures.Month("2011-01", 1, 2)])
    with matplotlib.rc_context({"font.size": 30.0, "svg.fonttype": "path"}):
        assert figures.months([figures.Month("2011-01", 1, 2)]) == plain
        assert matplotlib.rcParams["font.size"] == 30.0


@pytest.mark.parametrize("network", ["two-mode", "unit-partner", "decision-unit"])
def test_networks_of_every_mode(graph: Oscegraph, tmp_path: Path, network: str) -> None:
    """A network that is no set of meetings is bundled without a test of ties, and says so."""
    plan = Plan(network=network, measures=("degree",), seeds=2, draws=10, bootstrap=10, least=1.0)
    said = bundle.write(graph, plan, tmp_path / "b")
    methods = (tmp_path / "b" / "METHODS.md").read_text(encoding="utf-8")
    assert ("no ties were" in methods) == (network != "two-mode") == (said["results"]["ties_tested"] == 0)


def test_a_folder_that_is_there_is_left_alone(graph: Oscegraph, copy: Path, tmp_path: Path) -> None:
    """Something else is never replaced, a bundle only with force, and an empty folder is as good as none."""
    other = tmp_path / "other"
    other.mkdir()
    (other / "manifest.json").write_text('{"name": "an extension"}', encoding="utf-8")
    with pytest.raises(OutputError, match="no bundle"):
        bundle.write(graph, SMALL, other, force=True)
    with pytest.raises(OutputError, match="--force"):
        bundle.write(graph, SMALL, copy)
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for target in (tmp_path / "file", tmp_path / "file" / "below", tmp_path / "none" / "below"):
        with pytest.raises(OutputError):
            bundle.write(graph, SMALL, target, force=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bundle", "file", "other"]
    assert [path.name for path in other.iterdir()] == ["manifest.json"]


def test_force_replaces_a_bundle_whole(graph: Oscegraph, copy: Path, made: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With force the old bundle is gone with all that was added to it; nothing else is left beside it."""
    (copy / "extra.txt").write_text("x", encoding="utf-8")
    bundle.write(graph, SMALL, copy, force=True)
    assert (copy / "manifest.json").read_bytes() == (made / "manifest.json").read_bytes()
    assert not (copy / "extra.txt").exists() and [path.name for path in copy.parent.iterdir()] == ["bundle"]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device"), MemoryError()])
@pytest.mark.parametrize("where", ["contents", "swap"])
def test_an_interrupt_leaves_what_was_there(
    graph: Oscegraph, copy: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException, where: str
) -> None:
    """Whatever goes wrong in the middle or at the end, the earlier bundle stays whole and nothing half-written stays."""
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}

    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr(bundle, "made", lambda *_: ({"a": b"b"}, {}))
    if where == "contents":
        monkeypatch.setattr(Path, "write_bytes", fail)
    else:
        monkeypatch.setattr(store_files, "swap", fail)
    with pytest.raises(OutputError if isinstance(error, OSError) else type(error)):
        bundle.write(graph, SMALL, copy, force=True)
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before
    assert [path.name for path in copy.parent.iterdir()] == ["bundle"]


def test_an_empty_network_is_refused(graph: Oscegraph, tmp_path: Path) -> None:
    """A network without ties is no analysis; nothing is written."""
    with pytest.raises(OscegraphError, match="no tie"):
        bundle.write(graph, Plan(place="Melanesia"), tmp_path / "b")
    assert list(tmp_path.iterdir()) == []


def test_a_whole_bundle_is_reproduced(graph: Oscegraph, made: Path) -> None:
    """A real second run finds every file identical."""
    found = reproduce.verify(graph, made, reproduce.read(made))
    assert found.reproduced and found.versions == {}
    assert {f.status for f in found.findings} == {"identical", "same results"}


def test_a_tampered_cell_is_found(copy: Path, again: Callable[[Path], reproduce.Verified]) -> None:
    """A changed number is named with file, row, column and both values, whether or not the manifest was changed too."""
    path = copy / "measures.csv"
    rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    was, rows[3][2] = rows[3][2], "999.0"
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    path.write_text(buffer.getvalue(), encoding="utf-8")
    expected = {"row": 3, "column": "degree", "bundle": "999.0", "here": was}
    found = next(f for f in again(copy).findings if not f.fine)
    assert (found.file, found.status, found.cells, found.first) == ("measures.csv", "changed", 1, expected)
    _rehash(copy, "measures.csv")
    found = next(f for f in again(copy).findings if not f.fine)
    assert (found.status, found.cells, found.first) == ("differs", 1, expected)
    assert 'row 3, column degree: "999.0" in the bundle' in found.message


def test_missing_extra_unnamed_and_changed_files(copy: Path, again: Callable[[Path], reproduce.Verified]) -> None:
    """What was taken away, added or rewritten is named, each as what it is."""
    (copy / "months.csv").unlink()
    (copy / "figures" / "mine.txt").write_text("x", encoding="utf-8")
    (copy / "METHODS.md").write_text("nothing\n", encoding="utf-8")
    (copy / "figures" / "months.png").write_bytes(b"no picture")
    _edit(copy, lambda said: said["files"].pop("ties.csv"))
    assert _wrong(again(copy)) == {
        "months.csv": "missing",
        "figures/mine.txt": "extra",
        "METHODS.md": "changed",
        "figures/months.png": "changed",
        "ties.csv": "missing",
    }


def test_the_same_numbers_in_other_bytes_are_fine(copy: Path, again: Callable[[Path], reproduce.Verified]) -> None:
    """Last digits that another version may give are no finding; figures drawn by another version are named with it."""
    for name in ("measures.csv", "network.gexf"):
        text = (copy / name).read_text(encoding="utf-8")
        number = "0.2777777777777778" if "0.2777777777777778" in text else None
        (copy / name).write_text(
            text.replace(number, "0.27777777777777785") if number else text.replace(".0", ".00"), "utf-8"
        )
    for name in ("months.svg", "months.png"):
        content = (copy / "figures" / name).read_bytes()
        (copy / "figures" / name).write_bytes(content + b"\n")
    _rehash(copy, "measures.csv", "network.gexf", "figures/months.svg", "figures/months.png")
    assert _wrong(again(copy)) == {"figures/months.svg": "differs"}
    _edit(copy, lambda said: said["versions"].update(matplotlib="3.0.0"))
    found = again(copy)
    status = {f.file: f.status for f in found.findings}
    assert found.reproduced and list(found.versions) == ["matplotlib"]
    assert status["measures.csv"] == status["network.gexf"] == "same numbers"
    assert (status["figures/months.svg"], status["figures/months.png"]) == ("drawn differently", "same picture")


def test_results_of_the_manifest_are_compared(copy: Path, again: Callable[[Path], reproduce.Verified]) -> None:
    """A number that only the manifest states cannot be changed unseen."""
    _edit(copy, lambda said: said["results"]["communities"].update(modularity=0.9))
    found = again(copy)
    assert _wrong(found) == {"manifest.json": "differs"}
    assert next(f for f in found.findings if not f.fine).message.startswith("1 place; the first at result communities.mod")


@pytest.mark.parametrize(
    ("one", "other", "equal"),
    [
        ("0.1", "0.10000000000000001", True),
        ("1.0", "1", True),
        ("1e-14", "0.0", True),
        ("1.0", "1.000001", False),
        ("", "0", False),
        ("9" * 400, "8" * 400, False),
        ("UNODC", "UNODC ", False),
        (True, 1, False),
        (10**400, 1.0, False),
        (None, 0, False),
        ([], {}, False),
    ],
)
def test_what_counts_as_the_same(one: Any, other: Any, equal: bool) -> None:
    """Numbers are the same within 1e-9; nothing else is the same but what is equal."""
    assert reproduce.same(one, other) is equal


OUTSIDE = [
    "../secret",
    "/etc/passwd",
    "figures/../../x",
    "a\\b",
    "C:x",
    "",
    ".",
    "a//b",
    "./a",
    "a\u0000b",
    "\ud800",
    "link/x",
]


@pytest.mark.parametrize("path", OUTSIDE)
def test_paths_of_a_manifest_stay_inside(copy: Path, path: str) -> None:
    """A path that leads out of the bundle, by dots, by root or by a link, is refused before anything is read."""
    (copy / "link").symlink_to(copy.parent)
    _edit(copy, lambda said: said["files"].update({path: "0" * 64}))
    with pytest.raises(DataError, match="leads out"):
        reproduce.read(copy)


def _set(*keys: str, to: Any) -> Callable[[dict[str, Any]], None]:
    def change(said: dict[str, Any]) -> None:
        for key in keys[:-1]:
            said = said[key]
        said[keys[-1]] = to

    return change


@pytest.mark.parametrize("value", [None, True, -1, 1.5, "x", [], {}, [[]], 10**30, "\ud800", "\x1b[2J"])
@pytest.mark.parametrize(
    "keys",
    [
        ("format",),
        ("format_version",),
        ("data",),
        ("data", "nquads_sha256"),
        ("options",),
        ("options", "seeds"),
        ("options", "measures"),
        ("options", "least"),
        ("options", "on"),
        ("options", "possible"),
        ("options", "new"),
        ("results",),
        ("results", "communities"),
        ("versions",),
        ("versions", "python"),
        ("files",),
        ("files", "ties.csv"),
    ],
    ids=".".join,
)
def test_hostile_types_are_refused_or_mean_something(made: Path, copy: Path, keys: tuple[str, ...], value: Any) -> None:
    """Any JSON value in any place is either taken for what it is or refused in words; nothing breaks."""
    _edit(copy, _set(*keys, to=value))
    try:
        said = reproduce.read(copy)
    except DataError as error:
        assert "manifest.json" in str(error)
    else:
        assert isinstance(said.plan, Plan)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "no JSON"),
        (b"not json", "no JSON"),
        (b"\xff\xfe", "no JSON"),
        (b"[" * 200_000, "no JSON|nested"),
        (b'{"a": NaN}', "no JSON"),
        (b"9" * 10_000, "no JSON"),
        (b"[]", "not that of a bundle"),
        (b'{"format": "npm"}', "not that of a bundle"),
        (b'{"format": "oscegraph bundle", "format_version": 2}', "newer"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_manifests_that_are_none(tmp_path: Path, content: bytes, words: str) -> None:
    """What is no JSON, foreign or newer is said in a line."""
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(DataError, match=words):
        reproduce.read(tmp_path)


def test_no_manifest_at_all(tmp_path: Path) -> None:
    """A folder without manifest, a folder in its place, and no folder are no bundles."""
    (tmp_path / "x" / "manifest.json").mkdir(parents=True)
    for folder in (tmp_path, tmp_path / "x", tmp_path / "none"):
        with pytest.raises(DataError, match="no bundle"):
            reproduce.read(folder)
