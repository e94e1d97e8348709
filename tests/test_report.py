"""The graph against a copy of the report, and what happens with copies that differ. Collected only if a copy is at hand."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import Result

import scorer
from oscegraph.api import Oscegraph
from oscegraph.evidence import Passage, Report, read_passages
from oscegraph.namespaces import PREFIXES, shorten
from oscegraph.tellings import Telling

Run = Callable[..., Result]
# Titles and headings name things; what they say is as the report has it.
TITLES = {"dcterms:title", "skos:prefLabel", "skos:altLabel", "osg:printedName", "osg:subHeading"}
# A telling with a paragraph of its own: nothing else stands in these lines, and their first words are its pinning phrase.
SAMPLE = "II.1.1-L329"


def _fold(text: str) -> str:
    """Letters and digits only, lower case, without accents: what is left when hyphens, quotes and line ends differ."""
    return "".join(c for c in unicodedata.normalize("NFKD", text).casefold() if c.isalnum())


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+(?:'[^\W_]+)*", unicodedata.normalize("NFKC", text).casefold().replace("’", "'"))


def _runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


@pytest.fixture(scope="module")
def text(report_path: Path) -> str:
    """The report as text with LF."""
    return report_path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


@pytest.fixture(scope="module")
def lines(text: str) -> list[str]:
    """The lines of the report; line 1 is at index 1."""
    return ["", *text.split("\n")]


@pytest.fixture(scope="module")
def running_words(text: str) -> list[str]:
    """The words of the report in their order, without the page numbers that break into sentences."""
    return _words("\n".join(line for line in text.split("\n") if not line.strip().isdigit()))


@pytest.fixture(scope="module")
def tellings(graph: Oscegraph) -> list[Telling]:
    """All tellings of the graph."""
    return graph.tellings()


@pytest.fixture(scope="module")
def sample(graph: Oscegraph) -> Passage:
    """The passage of the sample telling."""
    return next(passage for passage in read_passages(graph.store) if passage.statement == PREFIXES["tell"] + SAMPLE)


@pytest.fixture(scope="module")
def literals(graph: Oscegraph) -> list[tuple[str, str, str]]:
    """Subject, property and text of every literal of the packaged graph, ontology included."""
    return sorted(
        (shorten(quad.subject.value), shorten(quad.predicate.value), quad.object.value)
        for quad in graph.store.inner
        if isinstance(quad.object, ox.Literal)
    )


@pytest.fixture(scope="module")
def wrapped(text: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy with each paragraph wrapped anew to 72 columns."""
    paragraphs = re.split(r"\n\s*\n", text)
    anew = [textwrap.fill(p, 72, break_on_hyphens=False, break_long_words=False) for p in paragraphs]
    path = tmp_path_factory.mktemp("wrapped") / "wrapped.txt"
    path.write_text("\n\n".join(anew) + "\n", encoding="utf-8", newline="\n")
    return path


@pytest.fixture(scope="module")
def shortened(lines: list[str], sample: Passage, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy without the lines of the sample telling."""
    path = tmp_path_factory.mktemp("shortened") / "shortened.txt"
    left = lines[1 : sample.first] + lines[sample.last + 1 :]
    path.write_text("\n".join(left), encoding="utf-8", newline="\n")
    return path


# ---------------------------------------------------------------- the graph against the report


def test_coverage_is_complete(run: Run, report_path: Path) -> None:
    """Every non-blank line of chapter II is told of or in the ledger, and the command says so."""
    result = run("coverage", "--report", str(report_path))
    assert result.exit_code == 0
    assert re.search(r"\b0 not covered", result.stdout)


def test_anchors_stand_within_their_lines(tellings: list[Telling], lines: list[str]) -> None:
    """Each pinning phrase stands letter by letter, white space aside, in the lines that its telling names."""
    missing = []
    for telling in tellings:
        first, last = telling.lines
        if " ".join((telling.anchor or "?").split()) not in " ".join(" ".join(lines[first : last + 1]).split()):
            missing.append((telling.id, telling.anchor))
    assert len(tellings) > 300
    assert missing == []


def test_printed_dates_stand_within_their_lines(graph: Oscegraph, lines: list[str]) -> None:
    """Each date as printed stands in the lines of its telling, hyphens aside; a year may be carried over from just above."""
    query = """PREFIX osg: <https://w3id.org/oscegraph/ontology#>
        SELECT ?t ?d ?f ?l { ?t osg:dateText ?d ; osg:firstLine ?f ; osg:lastLine ?l } ORDER BY ?t"""
    rows = [[term.value for term in row] for row in graph.store.inner.query(query)]
    assert len(rows) > 150
    missing = []
    for telling, printed, first, last in rows:
        for part in printed.split("..."):
            above = 4 if re.fullmatch(r"(?:In|During) \d{4}", part.strip()) else 0
            if _fold(part) not in _fold("\n".join(lines[int(first) - above : int(last) + 1])):
                missing.append((shorten(telling), part))
    assert missing == []


def test_no_sentence_of_the_report_in_the_graph(literals: list[tuple[str, str, str]], running_words: list[str]) -> None:
    """Titles and names aside, no text of the graph has 12 words on end as the report has them."""
    runs = _runs(running_words, 12)
    copied = [
        (subject, name, words)
        for subject, name, words in literals
        if name not in TITLES and not runs.isdisjoint(_runs(_words(words), 12))
    ]
    assert copied == []


def test_no_passage_of_the_report_in_the_project(literals: list[tuple[str, str, str]], running_words: list[str]) -> None:
    """No text file of the project, new ones included, has 20 words on end as the report has them, other than titles."""
    titles: set[tuple[str, ...]] = set()
    for _, name, words in literals:
        if name in TITLES:
            titles |= _runs(_words(words), 20)
    runs = _runs(running_words, 20) - titles
    copied, read = [], 0
    for path in scorer.script("copied_words").committed():
        raw = path.read_bytes()
        if b"\0" in raw:
            continue
        read += 1
        copied += [
            (path.name, " ".join(found)) for found in sorted(runs & _runs(_words(raw.decode("utf-8", "replace")), 20))
        ]
    assert read > 100
    assert copied == []


def test_no_row_of_nine_words_of_the_report_in_the_project(text: str) -> None:
    """Names and titles aside, also those that the report alone marks as such, nothing is longer than a pinning phrase."""
    module = scorer.script("copied_words")
    report = module.Report(text, module.names(text))
    copied = [
        (path.name, line, row)
        for path in module.committed()
        for line, said in module.texts(path)
        for row in report.copied(said)
    ]
    assert copied == []


def test_runs_of_words_are_found_over_line_ends(running_words: list[str], text: str) -> None:
    """The two tests before find what they look for: a passage wrapped anew, quoted, in capitals."""
    passage = " ".join(running_words[500:530]).upper()
    assert not _runs(running_words, 20).isdisjoint(_runs(_words(f"# {textwrap.fill(passage, 40)} etc."), 20))


# ---------------------------------------------------------------- passages on the command line


def _own_words(lines: list[str], passage: Passage) -> str:
    """The letters of the report from the pinning phrase to the end of the second line of a passage."""
    found = _fold("\n".join(lines[passage.first : passage.first + 2]))
    return found[found.index(_fold(passage.anchor or "")) :]


def test_show_prints_the_passage(run: Run, report_path: Path, lines: list[str], sample: Passage) -> None:
    """`show` with a report prints the lines of the telling word by word, and no remark on a copy that is the counted one."""
    result = run("show", SAMPLE, "--report", str(report_path))
    assert result.exit_code == 0
    assert _fold("\n".join(lines[sample.first : sample.last + 1])) in _fold(result.stdout)
    assert "pinning phrases" not in result.output
    assert _own_words(lines, sample) not in _fold(run("show", SAMPLE).stdout)


def test_tellings_print_their_passages(run: Run, report_path: Path, lines: list[str], tellings: list[Telling]) -> None:
    """`tellings` with a report prints the passage of each telling that it lists, in tables and in JSON."""
    for format_name in ("table", "md", "json", "jsonl"):
        result = run("tellings", "--chapter", "II.3.6", "--report", str(report_path), "--format", format_name)
        assert result.exit_code == 0
        printed = _fold(result.stdout.replace("\\n", "\n"))
        told = [telling for telling in tellings if telling.chapter == "II.3.6"]
        assert len(told) >= 4
        assert [t.id for t in told if _fold(lines[t.lines[0]]) not in printed] == []


def test_who_prints_the_passages(run: Run, report_path: Path, lines: list[str], sample: Passage) -> None:
    """`who` with a report shows the evidence with its passages, without being asked for evidence."""
    result = run("who", "UNODC", "--from", "2011-07-11", "--to", "2011-07-13", "--report", str(report_path))
    assert result.exit_code == 0
    assert _own_words(lines, sample) in _fold(result.stdout)


def test_between_prints_the_passages(run: Run, report_path: Path, lines: list[str], sample: Passage) -> None:
    """`between` with a report prints the passages of the shared activities."""
    result = run("between", "SPMU", "UNODC", "--report", str(report_path))
    assert result.exit_code == 0
    assert _own_words(lines, sample) in _fold(result.stdout)


# ---------------------------------------------------------------- copies that differ


@pytest.mark.parametrize("change", ["crlf", "bom", "both"])
def test_line_ends_and_bom_make_no_difference(run: Run, text: str, report_path: Path, tmp_path: Path, change: str) -> None:
    """A copy with CRLF, a BOM or both is the same report: same answer, no remark, full coverage."""
    raw = (text if change == "bom" else text.replace("\n", "\r\n")).encode("utf-8" if change == "crlf" else "utf-8-sig")
    copy = tmp_path / "copy.txt"
    copy.write_bytes(raw)
    assert raw != report_path.read_bytes()
    answer = run("show", SAMPLE, "--report", str(copy))
    assert answer.exit_code == 0
    assert answer.stdout == run("show", SAMPLE, "--report", str(report_path)).stdout
    assert run("coverage", "--report", str(copy)).exit_code == 0


def test_copy_with_words_added(run: Run, graph: Oscegraph, text: str, tmp_path: Path) -> None:
    """A copy with another checksum whose lines all agree is read by line, and the answer says so."""
    copy = tmp_path / "copy.txt"
    copy.write_text(text + "\nA line of the user's own.\n", encoding="utf-8", newline="\n")
    report = Report(copy, graph.store)
    assert report.exact and not report.same_hash
    answer = run("show", SAMPLE, "--report", str(copy))
    assert answer.exit_code == 0
    assert "another checksum" in answer.stdout
    assert run("coverage", "--report", str(copy)).exit_code == 0


def test_line_that_nothing_covers(run: Run, graph: Oscegraph, lines: list[str], tmp_path: Path) -> None:
    """A line of chapter II that no telling and no ledger entry covers is printed with its number; the exit code is 1."""
    covers = [p for p in read_passages(graph.store) if p.cls == "Telling" or p.reason]
    told = {line for passage in covers for line in range(passage.first, passage.last + 1)}
    free = next(number for number in range(303, 2443) if number not in told)
    assert not lines[free].strip()
    changed = [*lines[1:free], "Words that nobody has read.", *lines[free + 1 :]]
    copy = tmp_path / "copy.txt"
    copy.write_text("\n".join(changed), encoding="utf-8", newline="\n")
    result = run("coverage", "--report", str(copy))
    assert result.exit_code == 1
    assert re.search(r"\b1 not covered", result.stdout)
    assert re.search(rf"\b{free}\s+Words that nobody has read\.", result.stdout)


@pytest.mark.parametrize(
    "command",
    [
        ("show", SAMPLE),
        ("who", "UNODC", "--from", "2011-07-11", "--to", "2011-07-13"),
        ("between", "SPMU", "UNODC"),
        ("tellings", "--chapter", "II.1.1"),
    ],
    ids=lambda command: command[0],
)
def test_wrapped_copy_answers(run: Run, wrapped: Path, lines: list[str], sample: Passage, command: tuple[str, ...]) -> None:
    """With a copy that is wrapped anew the passage is found all the same, and a remark says how."""
    result = run(*command, "--report", str(wrapped))
    assert result.exit_code == 0
    assert _own_words(lines, sample) in _fold(result.stdout)
    assert f"{wrapped}: not the copy whose lines are counted" in result.stdout
    assert "placed by their pinning phrases" in result.stdout


@pytest.mark.parametrize("format_name", ["json", "jsonl", "csv", "md"])
def test_wrapped_copy_is_remarked_on_in_every_format(run: Run, wrapped: Path, format_name: str) -> None:
    """The remark reaches the reader in every format, beside the data or within, and never breaks them."""
    result = run("show", SAMPLE, "--report", str(wrapped), "--format", format_name)
    assert result.exit_code == 0
    assert "placed by their pinning phrases" in (result.stdout if format_name == "md" else result.stderr)


def test_all_passages_are_placed_in_a_wrapped_copy(graph: Oscegraph, lines: list[str], wrapped: Path) -> None:
    """Wrapped anew, every passage is placed where it belongs, also where its pinning phrase stands more than once."""
    report = Report(wrapped, graph.store)
    assert not report.exact
    assert f"{len(report.passages)} of {len(report.passages)} were found" in (report.remark or "")
    wrong = []
    for passage in report.passages:
        words = _fold(report.passage(passage.first, passage.last, passage.anchor) or "")
        own = _fold("\n".join(lines[passage.first : passage.last + 1]))
        start = own[own.index(_fold(passage.anchor or "")) :][:60]
        if start not in words:
            wrong.append((shorten(passage.statement), passage.anchor, words[:60]))
    assert wrong == []


def test_removed_paragraph_cannot_be_placed(run: Run, shortened: Path, lines: list[str], sample: Passage) -> None:
    """A passage that the copy does not have is said to be not placeable; the answer comes without it."""
    result = run("show", SAMPLE, "--report", str(shortened))
    assert result.exit_code == 0
    assert f"(lines {sample.first}-{sample.last} cannot be placed in {shortened})" in result.stdout
    assert _own_words(lines, sample) not in _fold(result.stdout)
    placed, all_ = map(int, re.search(r"(\d+) of (\d+) were found", result.stdout).groups())
    assert 0 < all_ - placed < 5


def test_rest_of_a_shortened_copy_is_placed(run: Run, graph: Oscegraph, shortened: Path, lines: list[str]) -> None:
    """What stands after a removed paragraph is found at its new lines."""
    passages = {p.statement: p for p in read_passages(graph.store) if p.anchor}
    for telling in ("II.1.1-L324", "II.1.1-L360", "II.3.1-L1156a"):
        result = run("show", telling, "--report", str(shortened))
        assert result.exit_code == 0
        assert _own_words(lines, passages[PREFIXES["tell"] + telling]) in _fold(result.stdout)


@pytest.mark.parametrize("which", ["wrapped", "shortened"])
def test_coverage_needs_the_counted_copy(run: Run, request: pytest.FixtureRequest, which: str) -> None:
    """Coverage of a copy whose lines differ would count nonsense, so it does not run and says why."""
    copy = request.getfixturevalue(which)
    result = run("coverage", "--report", str(copy))
    assert result.exit_code == 2
    assert str(copy) in str(result.exception)
    assert "Coverage counts lines" in str(result.exception)
    assert result.stdout == ""


# ---------------------------------------------------------------- files that are not the report


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"Dear diary,\nnothing happened today.\n", "none of the"),
        (b"", "none of the"),
        (b"%PDF-1.4\n\xff\xfe\x00", "no UTF-8"),
        (None, "cannot be read"),
    ],
    ids=["other text", "empty", "binary", "missing"],
)
@pytest.mark.parametrize(
    "command", [("show", SAMPLE), ("who", "UNODC"), ("tellings",), ("coverage",)], ids=lambda command: command[0]
)
def test_file_that_is_not_the_report(
    run: Run, tmp_path: Path, content: bytes | None, message: str, command: tuple[str, ...]
) -> None:
    """A file that is not the report ends the command with exit code 2, the file's name and what is wrong with it."""
    path = tmp_path / "other.txt"
    if content is not None:
        path.write_bytes(content)
    result = run(*command, "--report", str(path))
    assert result.exit_code == 2
    assert str(result.exception).startswith(f"{path}: ")
    assert message in str(result.exception)
    assert result.stdout == ""


def test_folder_is_not_the_report(run: Run, tmp_path: Path) -> None:
    """A folder in the place of the report is an error with its name, not a traceback."""
    result = run("show", SAMPLE, "--report", str(tmp_path))
    assert result.exit_code == 2
    assert str(tmp_path) in str(result.exception)
