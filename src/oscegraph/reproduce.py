"""Stage 15d: is a bundle what its manifest says, and does the analysis give the same numbers here and now?

A bundle may come from anyone: its manifest is read as foreign text, of which nothing is believed before it is checked, and
no file outside of the bundle is ever opened.
"""

from __future__ import annotations

import csv
import io
import json
import math
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path, PurePosixPath
from typing import Any

from oscegraph.analysis import Plan
from oscegraph.api import Oscegraph
from oscegraph.bundle import FORMAT, FORMAT_VERSION, LARGEST_MANIFEST, MANIFEST, made, sha256, versions
from oscegraph.errors import DataError

# Sums may be added up in another order by another version; what is this near is the same number.
RELATIVE, ABSOLUTE = 1e-9, 1e-12
_HASH = re.compile(r"[0-9a-f]{64}")
_NUMBER = re.compile(r"(?<![\w.])-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w.])")
_DRAWN = (".svg", ".png")


@dataclass(frozen=True)
class Manifest:
    """What a manifest says, checked: nothing in it can surprise."""

    plan: Plan
    data_sha256: str
    results: dict[str, Any]
    versions: dict[str, str]
    files: dict[str, str]


@dataclass(frozen=True)
class Finding:
    """What was found of one file: its status, whether that is fine, and how many cells or lines differ, with the first."""

    file: str
    status: str
    fine: bool
    message: str = ""
    cells: int = 0
    first: dict[str, Any] | None = None


@dataclass
class Verified:
    """All findings, and the versions (in the bundle, here) that differ."""

    findings: list[Finding] = field(default_factory=list)
    versions: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def reproduced(self) -> bool:
        """Whether everything is as it was."""
        return all(finding.fine for finding in self.findings)


def read(folder: Path) -> Manifest:
    """Return the manifest of a bundle; raises DataError if there is none, or none that can be used."""
    path = folder / MANIFEST
    try:
        if not folder.is_dir() or not path.is_file():
            raise DataError(str(folder), "is no bundle: there is no manifest.json in it.", "`oscegraph bundle` makes one.")
        if path.stat().st_size > LARGEST_MANIFEST:
            raise DataError(str(path), "is far too large for a manifest.")
        said = json.loads(path.read_bytes(), parse_constant=_no_number)
    except OSError as error:
        raise DataError(str(path), f"cannot be read ({error.strerror}).") from None
    except RecursionError:
        raise DataError(str(path), "is nested too deeply for a manifest.") from None
    except ValueError as error:
        raise DataError(str(path), f"is no JSON ({error}).", "Get the bundle again, or make it again.") from None
    try:
        return _checked(folder, said)
    except ValueError as error:
        raise DataError(str(path), f"cannot be used: {error}.", "Get the bundle again, or make it again.") from None


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")


def _object(said: Any, name: str) -> dict[str, Any]:
    found = said.get(name)
    if not isinstance(found, dict):
        raise ValueError(f'"{name}" is missing or no object')
    return found


def _checked(folder: Path, said: Any) -> Manifest:
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ValueError("it is not that of a bundle of oscegraph")
    number = said.get("format_version")
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise ValueError('"format_version" is no number of a format')
    if number > FORMAT_VERSION:
        raise ValueError(
            f"it has format {number}, and this oscegraph knows formats up to {FORMAT_VERSION}; install a newer one"
        )
    plan = Plan.of(_object(said, "options"))
    files = _object(said, "files")
    for path, digest in files.items():
        if not _inside(folder, path):
            raise ValueError(f'the path "{path}" leads out of the bundle or is no path')
        if not isinstance(digest, str) or not _HASH.fullmatch(digest):
            raise ValueError(f'the hash of "{path}" is no SHA-256')
    digest = _object(said, "data").get("nquads_sha256")
    if not isinstance(digest, str) or not _HASH.fullmatch(digest):
        raise ValueError("the hash of its data is no SHA-256")
    used = _object(said, "versions")
    if not all(isinstance(value, str) for value in used.values()):
        raise ValueError('"versions" has something that is no text')
    results = _object(said, "results")
    _flat(results)
    return Manifest(plan, digest, results, used, files)


def _inside(folder: Path, path: str) -> bool:
    """Whether a path of a manifest is a plain relative one that stays within the folder, links followed."""
    pure = PurePosixPath(path)
    if not path or not path.isprintable() or "\\" in path or ":" in path or pure.is_absolute():
        return False
    if ".." in pure.parts or str(pure) != path or path in (MANIFEST, "."):
        return False
    return (folder / path).resolve().is_relative_to(folder.resolve())


def verify(graph: Oscegraph, folder: Path, said: Manifest, progress: Callable[[str], None] = lambda step: None) -> Verified:
    """Check the files of a bundle by their hashes and the data by theirs, run the analysis again, and compare each file.

    Raises OscegraphError if the analysis cannot be run with these options on these data.
    """
    here = versions()
    found = Verified(versions={name: (said.versions.get(name, "none"), now) for name, now in here.items()})
    found.versions = {name: pair for name, pair in found.versions.items() if pair[0] != pair[1]}
    files, again = made(graph, said.plan, progress)
    same_data = again["data"]["nquads_sha256"] == said.data_sha256
    found.findings.append(
        Finding("data", "identical", True, f"{again['data']['triples']} triples")
        if same_data
        else Finding("data", "differs", False, "these are other data than those of the bundle; name the same by --data")
    )
    found.findings.append(_results(said.results, again["results"]))
    for path in sorted({*said.files, *files}):
        found.findings.append(_file(folder, path, said.files.get(path), files.get(path), found.versions))
    for path in sorted(_present(folder) - set(said.files) - {MANIFEST}):
        if path not in files:
            found.findings.append(Finding(path, "extra", False, "is in the folder and not in the manifest"))
    return found


def _present(folder: Path) -> set[str]:
    return {
        (Path(where) / name).relative_to(folder).as_posix()
        for where, _, names in os.walk(folder, followlinks=False)
        for name in names
    }


def _file(
    folder: Path, path: str, digest: str | None, again: bytes | None, differing: dict[str, tuple[str, str]]
) -> Finding:
    """Return what there is to say of one file; a change by hand comes before what it changed."""
    if digest is None:
        return Finding(path, "missing", False, "is not named in the manifest, and the analysis makes it")
    there = folder / path
    if not there.is_file():
        return Finding(path, "missing", False, "is named in the manifest and not in the folder")
    try:
        content = there.read_bytes()
    except OSError as error:
        return Finding(path, "unreadable", False, f"cannot be read ({error.strerror})")
    if again is None:
        return Finding(path, "unknown", False, "is named in the manifest, and the analysis makes no such file")
    found = compare(path, content, again, differing)
    if sha256(content) == digest:
        return found
    message = "is not the file that the manifest names" + (f"; {found.message}" if found.message else "")
    return Finding(path, "changed", False, message, found.cells, found.first)


def compare(path: str, content: bytes, again: bytes, differing: dict[str, tuple[str, str]]) -> Finding:
    """Compare a file of a bundle with what the analysis gives now: bytes first, then numbers within 1e-9."""
    if content == again:
        return Finding(path, "identical", True)
    if path.endswith(_DRAWN):
        if path.endswith(".png") and _same_picture(content, again):
            return Finding(path, "same picture", True, "other bytes, the same pixels")
        if differing:
            names = ", ".join(f"{name} {was} here {now}" for name, (was, now) in differing.items())
            return Finding(path, "drawn differently", True, f"other bytes under other versions: {names}")
        return Finding(path, "differs", False, "drawn differently by the same versions")
    try:
        one, other = content.decode("utf-8"), again.decode("utf-8")
        differences = list(_cells(one, other) if path.endswith(".csv") else _lines(one, other))
    except (ValueError, csv.Error) as error:
        return Finding(path, "differs", False, f"cannot be read as the text that it should be ({error})")
    if not differences:
        return Finding(path, "same numbers", True, f"other bytes; all numbers the same within {RELATIVE:g}")
    return _differs(path, differences)


def _differs(path: str, differences: list[dict[str, Any]]) -> Finding:
    first = differences[0]
    where = ", ".join(f"{key} {first[key]}" for key in ("row", "column", "line", "result") if key in first)
    count = f"{len(differences)} {'place' if len(differences) == 1 else 'places'}"
    message = f"{count}; the first at {where}: {_cut(first['bundle'])} in the bundle, {_cut(first['here'])} here"
    return Finding(path, "differs", False, message, len(differences), first)


def _cut(value: Any) -> str:
    words = "nothing" if value is None else f'"{value}"' if isinstance(value, str) else str(value)
    return words if len(words) <= 120 else words[:119] + "…"


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal, numbers and texts of numbers within 1e-9 of each other."""
    if one == other and type(one) is type(other):
        return True
    if isinstance(one, bool) or isinstance(other, bool):
        return False
    if isinstance(one, str) and isinstance(other, str):
        if not (_NUMBER.fullmatch(one) and _NUMBER.fullmatch(other)):
            return False
        one, other = float(one), float(other)
        # Two long rows of digits may both be infinite, and are not the same for that.
        if math.isinf(one) or math.isinf(other):
            return False
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        try:
            return math.isclose(one, other, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
        except OverflowError:
            return False
    return False


def _cells(one: str, other: str) -> Iterator[dict[str, Any]]:
    """Yield the cells that differ, rows counted from 1 below the heading."""
    tables = [list(csv.reader(io.StringIO(text))) for text in (one, other)]
    head = max((table[0] for table in tables if table), key=len, default=[])
    for row, (left, right) in enumerate(zip_longest(*tables)):
        for column, (a, b) in enumerate(zip_longest(left or [], right or [])):
            if a is None or b is None or not same(a, b):
                name = head[column] if column < len(head) else str(column + 1)
                yield {"row": row, "column": name, "bundle": a, "here": b}


def _lines(one: str, other: str) -> Iterator[dict[str, Any]]:
    """Yield the lines of texts that differ in more than the last digits of a number."""
    for number, (a, b) in enumerate(zip_longest(one.splitlines(), other.splitlines()), 1):
        if a == b:
            continue
        if a is None or b is None or not _same_words(a, b):
            yield {"line": number, "bundle": a, "here": b}


def _same_words(one: str, other: str) -> bool:
    """Whether two lines have the same words, and numbers within 1e-9 of each other."""
    numbers = zip(_NUMBER.findall(one), _NUMBER.findall(other), strict=False)
    return _NUMBER.split(one) == _NUMBER.split(other) and all(same(x, y) for x, y in numbers)


def _results(said: dict[str, Any], again: dict[str, Any]) -> Finding:
    """Compare the results that the manifest states with those of now."""
    one, other = _flat(said), _flat(again)
    differences = [
        {"result": name, "bundle": one.get(name), "here": other.get(name)}
        for name in dict.fromkeys([*other, *one])
        if name not in one or name not in other or not same(one[name], other[name])
    ]
    return _differs("manifest.json", differences) if differences else Finding("manifest.json", "same results", True)


def _flat(found: dict[str, Any]) -> dict[str, Any]:
    """Return results by their names, those of a group under its name; raises ValueError for anything deeper."""
    flat: dict[str, Any] = {}
    for key, value in found.items():
        inner = {f"{key}.{name}": item for name, item in value.items()} if isinstance(value, dict) else {key: value}
        if any(isinstance(item, (dict, list)) for item in inner.values()):
            raise ValueError('"results" is nested too deeply')
        flat |= inner
    return flat


def _same_picture(one: bytes, other: bytes) -> bool:
    """Whether two PNGs have the same pixels; the first may be anything, and is unpacked only if its size is right."""
    from PIL import Image

    try:
        with Image.open(io.BytesIO(one), formats=["PNG"]) as left, Image.open(io.BytesIO(other), formats=["PNG"]) as right:
            return left.size == right.size and left.mode == right.mode and left.tobytes() == right.tobytes()
    except Exception:
        return False
