"""Stage 3b: where a store comes from: what `--data` names is opened, and files are built into a folder on disk.

A folder is built beside its target and takes its place in one step, so that whoever reads the old one goes on reading it.
"""

from __future__ import annotations

import os
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path

import pyoxigraph as ox

from oscegraph import __version__, derive, loading
from oscegraph.errors import StoreError
from oscegraph.store import EmbeddedStore, EndpointStore, Store, one_line

MARKER = "oscegraph-store"


def _beside(load: Callable[[], ox.Store]) -> Callable[[], ox.Store]:
    """Start loading a store beside what else there is to do, and return what waits for it and returns it."""
    found: list[ox.Store] = []
    wrong: list[BaseException] = []

    def run() -> None:
        try:
            found.append(load())
        except BaseException as error:
            wrong.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()

    def wait() -> ox.Store:
        thread.join()
        if wrong:
            raise wrong[0]
        return found[0]

    return wait


# The packaged graph, on its way before it is opened.
_ahead: list[Callable[[], ox.Store]] = []


def load_ahead() -> None:
    """Start loading the packaged graph for the next `open_store` of it, which then waits the less."""
    _ahead[:] = [_beside(loading.packaged_store)]


def _is_store(folder: Path) -> bool:
    return (folder / MARKER).is_file()


def _open_folder(folder: Path) -> EmbeddedStore:
    try:
        return EmbeddedStore(ox.Store.read_only(str(folder / "db")), str(folder))
    except (OSError, ValueError, RuntimeError) as error:
        raise StoreError(f"{folder}: the store cannot be opened ({one_line(error)}). Build it again.") from None


def open_store(sources: Sequence[str] = (), timeout: float = 60.0) -> Store:
    """Open what `--data` names: nothing (the packaged graph), an endpoint, a store folder, or RDF files and folders.

    Files get the ontology, the vocabularies and all derived facts added. Raises StoreError or DataError.
    """
    if not sources:
        return EmbeddedStore(_ahead.pop() if _ahead else _beside(loading.packaged_store), loading.PACKAGED)
    urls = [source for source in sources if source.startswith(("http://", "https://"))]
    if urls:
        if len(sources) > 1:
            raise StoreError("--data takes one endpoint, or files and folders, but not both at once.")
        return EndpointStore(urls[0], timeout)
    folder = Path(sources[0])
    if len(sources) == 1 and folder.is_dir():
        if _is_store(folder):
            return _open_folder(folder)
        if (folder / "CURRENT").exists() or (folder / "db" / "CURRENT").exists():
            raise StoreError(f"{folder}: this store was not made by `oscegraph build`, or not finished. Build it again.")
    return EmbeddedStore(store_of_files(sources), ", ".join(sources))


def store_of_files(sources: Sequence[str], into: ox.Store | None = None) -> ox.Store:
    """Return a store with the RDF of `sources`, the ontology, and all derived facts."""
    files = loading.find_files(sources)
    store = ox.Store() if into is None else into
    loading.fill(store, loading.ontology_files())
    loading.fill(store, files)
    derive.derive(store)
    return store


def build(target: Path, sources: Sequence[str] = (), force: bool = False) -> int:
    """Make an on-disk store in the folder `target` and return its number of triples.

    It is written beside the target and moved there when it is whole: a full disk, bad data or a kill leaves whatever
    stood at `target` as it was. Raises StoreError if the target exists and `force` is not set, or is something else.
    """
    import shutil
    import tempfile

    target = target.resolve()
    try:
        if target.exists():
            if not _is_store(target):
                raise StoreError(f"{target}: exists and is no oscegraph store; it is left alone. Name a new folder.")
            if not force:
                raise StoreError(f"{target}: the store exists. Add --force to replace it.")
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        fresh.chmod(0o755)
    except OSError as error:
        raise StoreError(f"{target.parent}: cannot be written ({error.strerror}).") from None
    try:
        count = _write_store(fresh, sources)
        swap(fresh, target, force)
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{target}: the store could not be written ({one_line(error)}). Nothing was changed.") from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    return count


def _write_store(folder: Path, sources: Sequence[str]) -> int:
    store = ox.Store(str(folder / "db"))
    try:
        if sources:
            store_of_files(sources, into=store)
        else:
            loading.fill(store, loading.packaged_files())
        store.optimize()
        store.flush()
        count = len(store)
    except BaseException as error:
        # The frames of an error hold the store, which writes on in the background for as long as anything does.
        traceback.clear_frames(error.__traceback__)
        raise
    finally:
        del store
    (folder / MARKER).write_text(f"oscegraph {__version__}\n", encoding="utf-8")
    return count


def swap(fresh: Path, target: Path, force: bool) -> None:
    """Put `fresh` in the place of `target` in one step; an old store is then where `fresh` was."""
    if not force or not target.exists():
        # A rename onto a folder that another build has put there meanwhile fails, and leaves it as it is.
        fresh.rename(target)
        return
    if _exchange(fresh, target):
        return
    import shutil

    # No such step on this system: the old folder is kept beside the target and comes back on failure.
    old = fresh.with_name(fresh.name + "-old")
    target.rename(old)
    try:
        fresh.rename(target)
    except OSError:
        try:
            old.rename(target)
        except OSError:
            raise StoreError(f"{target}: could not be replaced nor put back. What stood there is now {old}.") from None
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Swap the names of two folders in one step, as Linux and macOS can; return whether it was done."""
    import ctypes

    try:
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(libc.renamex_np(os.fsencode(one), os.fsencode(other), 2) == 0)
        return bool(libc.renameat2(-100, os.fsencode(one), -100, os.fsencode(other), 2) == 0)
    except (OSError, TypeError, AttributeError):
        return False
