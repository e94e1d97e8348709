"""build: the store on disk answers as the packaged graph does, and whatever goes wrong, an earlier store is never lost."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from oscegraph import store_files
from oscegraph.errors import DataError, StoreError

Run = Callable[..., Result]
LINE = "<http://example.org/{0}> <http://example.org/p> <http://example.org/{1}> .\n"
ASK = "ASK {{ <http://example.org/{0}> <http://example.org/p> <http://example.org/{1}> }}"
COMMAND = [sys.executable, "-m", "oscegraph", "build"]


def facts(folder: Path, name: str = "old", count: int = 1) -> Path:
    """Write a file with some facts that tell by their names which file they came from."""
    path = folder / f"{name}.nt"
    path.write_text("".join(LINE.format(name, number) for number in range(count)), encoding="utf-8")
    return path


def holds(folder: Path, name: str) -> bool:
    """Whether the store in a folder can be opened and has the facts of the file of that name."""
    return store_files.open_store([str(folder)]).ask(ASK.format(name, 0))


def tree(folder: Path) -> dict[str, bytes]:
    """Return each file below a folder with its content."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def names(folder: Path) -> list[str]:
    """Return the names of what lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A store with the facts of old.nt, alone in its folder."""
    (tmp_path / "place").mkdir()
    target = tmp_path / "place" / "X"
    store_files.build(target, [str(facts(tmp_path))])
    return target


@pytest.fixture(scope="module")
def packaged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the packaged graph."""
    target = tmp_path_factory.mktemp("built") / "X"
    store_files.build(target)
    return target


@pytest.mark.parametrize("question", [("who", "UNODC"), ("tellings",), ("between", "SPMU", "UNODC"), ("activities",)])
def test_store_answers_as_the_packaged_graph(run: Run, packaged: Path, question: tuple[str, ...]) -> None:
    """The same question gives the same JSON from the store as from the packaged graph."""
    fresh, stored = run(*question, "--format", "json"), run(*question, "--format", "json", "--data", str(packaged))
    assert (fresh.exit_code, stored.exit_code) == (0, 0)
    assert json.loads(stored.stdout) == json.loads(fresh.stdout)
    assert json.loads(stored.stdout)


def test_build_says_how_many_triples(run: Run, graph, tmp_path: Path) -> None:
    """The command names the folder and the number of triples, that of the packaged graph, and leaves nothing beside it."""
    result = run("build", str(tmp_path / "deep" / "er" / "X"))
    assert (result.exit_code, result.stdout) == (0, f"{tmp_path / 'deep' / 'er' / 'X'}: {len(graph.store.inner)} triples.\n")
    assert names(tmp_path / "deep" / "er") == ["X"]


def test_store_can_be_read_twice_at_once(packaged: Path) -> None:
    """Reading takes no lock: a store that is open can be opened again."""
    one, two = store_files.open_store([str(packaged)]), store_files.open_store([str(packaged)])
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    assert list(one.select(query)[1]) == list(two.select(query)[1])


def test_other_data_are_built_with_the_ontology_and_the_rules(old: Path) -> None:
    """A store of files holds their facts, the terms of the ontology, and not the packaged tellings."""
    assert holds(old, "old")
    opened = store_files.open_store([str(old)])
    assert opened.ask("ASK { <https://w3id.org/oscegraph/ontology#Telling> a ?class }")
    assert not opened.ask("ASK { ?telling a <https://w3id.org/oscegraph/ontology#Telling> }")


def test_folder_that_is_no_store_is_left_alone(run: Run, tmp_path: Path) -> None:
    """A folder with something else in it is refused, even with --force, and its content stays."""
    target = tmp_path / "X"
    target.mkdir()
    (target / "thesis.txt").write_text("years of work", encoding="utf-8")
    for extra in ([], ["--force"]):
        result = run("build", str(target), *extra)
        assert result.exit_code == 2
        assert str(target) in str(result.exception)
        assert "left alone" in str(result.exception)
    assert tree(tmp_path) == {"X/thesis.txt": b"years of work"}


def test_file_is_left_alone(run: Run, tmp_path: Path) -> None:
    """A file is refused, even with --force, and stays."""
    target = tmp_path / "X"
    target.write_text("years of work", encoding="utf-8")
    for extra in ([], ["--force"]):
        result = run("build", str(target), *extra)
        assert result.exit_code == 2
        assert "left alone" in str(result.exception)
    assert tree(tmp_path) == {"X": b"years of work"}


def test_store_is_not_replaced_without_force(run: Run, old: Path, tmp_path: Path) -> None:
    """An existing store is refused with the option that would replace it."""
    result = run("build", str(old), "--data", str(facts(tmp_path, "new")))
    assert result.exit_code == 2
    assert "--force" in str(result.exception)
    assert holds(old, "old")


@pytest.mark.parametrize("exchange", [True, False])
def test_force_replaces(run: Run, monkeypatch, old: Path, tmp_path: Path, exchange: bool) -> None:
    """--force puts the new store there, whether the system can swap names in one step or not; nothing of the old stays."""
    if not exchange:
        monkeypatch.setattr(store_files, "_exchange", lambda one, other: False)
    result = run("build", str(old), "--force", "--data", str(facts(tmp_path, "new")))
    assert result.exit_code == 0
    assert holds(old, "new")
    assert not holds(old, "old")
    assert names(old.parent) == ["X"]


def test_force_without_a_store_builds_one(run: Run, tmp_path: Path) -> None:
    """--force asks for no store to be there."""
    assert run("build", str(tmp_path / "X"), "--force", "--data", str(facts(tmp_path))).exit_code == 0
    assert holds(tmp_path / "X", "old")


def test_open_store_survives_its_replacement(old: Path, tmp_path: Path) -> None:
    """Who reads the store while it is replaced goes on reading the old one."""
    reader = store_files.open_store([str(old)])
    assert reader.ask(ASK.format("old", 0))
    store_files.build(old, [str(facts(tmp_path, "new"))], force=True)
    assert reader.ask(ASK.format("old", 0))
    assert holds(old, "new")


def test_bad_data_leave_the_old_store(run: Run, old: Path, tmp_path: Path) -> None:
    """Malformed Turtle is exit code 2 with file, line and column; the old store stays, and nothing lies beside it."""
    bad = tmp_path / "bad.ttl"
    bad.write_text("@prefix e: <http://example.org/> .\ne:a e:b .\n", encoding="utf-8")
    before = tree(old)
    result = run("build", str(old), "--force", "--data", str(facts(tmp_path, "new")), "--data", str(bad))
    assert result.exit_code == 2
    assert isinstance(result.exception, DataError)
    assert f"{bad}:2:" in str(result.exception)
    assert tree(old) == before
    assert holds(old, "old")
    assert names(old.parent) == ["X"]


def test_bad_data_leave_no_new_store(run: Run, tmp_path: Path) -> None:
    """Without an old store, bad data leave nothing at all."""
    target = tmp_path / "place" / "X"
    assert run("build", str(target), "--data", str(tmp_path / "missing.ttl")).exit_code == 2
    assert list(tmp_path.rglob("*X*")) == []


def test_full_disk_leaves_the_old_store(run: Run, monkeypatch, old: Path, tmp_path: Path) -> None:
    """A full disk is exit code 2 with the reason; the old store stays, and nothing lies beside it."""

    def full(folder: Path, sources: object) -> int:
        (folder / "half").write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(store_files, "_write_store", full)
    before = tree(old)
    result = run("build", str(old), "--force", "--data", str(facts(tmp_path, "new")))
    assert result.exit_code == 2
    assert "No space left on device" in str(result.exception)
    assert "Nothing was changed" in str(result.exception)
    assert tree(old) == before
    assert names(old.parent) == ["X"]


def fail_rename(monkeypatch, *numbers: int) -> None:
    """Let the renames of these numbers fail, on a system that cannot swap names in one step."""
    calls, rename = iter(range(1, 100)), os.rename

    def sometimes(one: object, two: object) -> None:
        if next(calls) in numbers:
            raise OSError(5, "Input/output error")
        rename(one, two)  # type: ignore[arg-type]

    monkeypatch.setattr(store_files, "_exchange", lambda one, other: False)
    monkeypatch.setattr(os, "rename", sometimes)


@pytest.mark.parametrize("number", [1, 2])
def test_swap_that_fails_restores_the_old_store(run: Run, monkeypatch, old: Path, tmp_path: Path, number: int) -> None:
    """If either rename of a swap fails, the old store is where it was."""
    before = tree(old)
    fail_rename(monkeypatch, number)
    result = run("build", str(old), "--force", "--data", str(facts(tmp_path, "new")))
    assert result.exit_code == 2
    assert "Input/output error" in str(result.exception)
    assert tree(old) == before
    assert holds(old, "old")
    assert names(old.parent) == ["X"]


def test_swap_that_cannot_be_undone_says_where_the_old_store_is(monkeypatch, old: Path, tmp_path: Path) -> None:
    """If the old store cannot be put back either, it is kept, and the message names its folder."""
    fail_rename(monkeypatch, 2, 3)
    with pytest.raises(StoreError, match="could not be replaced nor put back") as caught:
        store_files.build(old, [str(facts(tmp_path, "new"))], force=True)
    (left,) = old.parent.iterdir()
    assert str(left) in str(caught.value)
    assert holds(left, "old")


@pytest.mark.parametrize("where", ["file/X", "file/deep/X", "n" * 300])
def test_impossible_place_is_refused(run: Run, tmp_path: Path, where: str) -> None:
    """A place below a file, and a name that the file system cannot hold, are exit code 2 with the path."""
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    result = run("build", str(tmp_path / where))
    assert result.exit_code == 2
    assert isinstance(result.exception, StoreError)
    assert str(tmp_path) in str(result.exception)
    assert tree(tmp_path) == {"file": b"kept"}


def test_endpoint_is_no_source(run: Run, tmp_path: Path) -> None:
    """An endpoint is refused before anything is asked of it."""
    result = run("build", str(tmp_path / "X"), "--data", "http://127.0.0.1:9/sparql")
    assert result.exit_code == 2
    assert "--data URL" in str(result.exception)
    assert names(tmp_path) == []


def test_half_a_store_is_not_opened(old: Path) -> None:
    """A folder without the marker that is written last is refused as unfinished."""
    (old / store_files.MARKER).unlink()
    with pytest.raises(StoreError, match="not finished"):
        store_files.open_store([str(old)])


def wait_for(process: subprocess.Popen[bytes], there: Callable[[], bool]) -> None:
    """Wait until something is there or the process has ended."""
    while process.poll() is None and not there():
        try:
            process.wait(timeout=0.005)
        except subprocess.TimeoutExpired:
            continue


@pytest.mark.parametrize("trace", [".X-*", ".X-*/db/CURRENT"])
def test_kill_leaves_the_old_store(run: Run, old: Path, tmp_path: Path, trace: str) -> None:
    """A build that is killed half-way leaves the old store, and a new build works in spite of what it left."""
    big = facts(tmp_path, "new", 300_000)
    before = tree(old)
    with subprocess.Popen([*COMMAND, str(old), "--force", "--data", str(big)]) as process:
        wait_for(process, lambda: any(old.parent.glob(trace)))
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert len(names(old.parent)) == 2
    assert tree(old) == before
    assert holds(old, "old")
    assert run("build", str(old), "--force", "--data", str(facts(tmp_path, "newer"))).exit_code == 0
    assert holds(old, "newer")


INTERRUPTED = """import runpy, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.argv[0] = "oscegraph"
runpy.run_module("oscegraph", run_name="__main__")
"""


def test_interrupt_leaves_the_old_store_and_nothing_beside_it(old: Path, tmp_path: Path) -> None:
    """A build that the user stops while it reads a file says so, keeps the old store, and removes what it had begun."""
    pipe = tmp_path / "endless.nt"
    os.mkfifo(pipe)
    before = tree(old)
    words = [sys.executable, "-c", INTERRUPTED, "build", str(old), "--force", "--data", str(pipe)]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True) as process:
        opened: list[int] = []

        def reads() -> bool:
            # A pipe can be opened for writing only once somebody reads it.
            with contextlib.suppress(OSError):
                opened.append(os.open(pipe, os.O_WRONLY | os.O_NONBLOCK))
            return bool(opened)

        wait_for(process, reads)
        (handle,) = opened
        assert len(list(old.parent.iterdir())) == 2
        os.write(handle, LINE.format("new", 0).encode())
        process.send_signal(signal.SIGINT)
        # A signal that comes just before the next read is seen only after it, so the pipe must end.
        os.close(handle)
        _, said = process.communicate()
    assert (process.returncode, said.strip()) == (130, "Stopped.")
    assert tree(old) == before
    assert [path.name for path in old.parent.iterdir()] == ["X"]


@pytest.mark.parametrize("force", [False, True])
def test_two_builds_at_once(old: Path, tmp_path: Path, force: bool) -> None:
    """Of two builds into the same folder at least one succeeds, the other is whole or refused, and the store is readable."""
    target = old if force else tmp_path / "place" / "Y"
    sources = ["one", "two"]
    builds = [
        subprocess.Popen(
            [*COMMAND, str(target), *(["--force"] if force else []), "--data", str(facts(tmp_path, name, 20_000))],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        for name in sources
    ]
    said = [build.communicate()[1].decode() for build in builds]
    codes = [build.returncode for build in builds]
    assert 0 in codes
    assert set(codes) <= {0, 2}, said
    assert "Traceback" not in "".join(said)
    assert "inside oscegraph" not in "".join(said)
    assert [name for name in sources if holds(target, name)] in [
        [n] for n, code in zip(sources, codes, strict=True) if code == 0
    ]
    assert [name for name in names(target.parent) if name.startswith(".")] == []


LIMITED = """import resource, runpy, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv[1])))
sys.argv = ["oscegraph", *sys.argv[2:]]
runpy.run_module("oscegraph", run_name="__main__")
"""


@pytest.mark.parametrize("limit", [0, 20_000, 400_000])
def test_file_size_limit_leaves_the_old_store(old: Path, tmp_path: Path, limit: int) -> None:
    """If the system refuses to write on, the build is exit code 2 with a message, and the old store stays."""
    before = tree(old)
    words = ["build", str(old), "--force", "--data", str(facts(tmp_path, "new", 60_000))]
    done = subprocess.run(
        [sys.executable, "-B", "-c", LIMITED, str(limit), *words], capture_output=True, text=True, check=False
    )
    assert tree(old) == before
    assert holds(old, "old")
    assert done.returncode == 2, done.stderr
    assert "could not be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert names(old.parent) == ["X"]
