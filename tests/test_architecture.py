"""The pipeline is visible in the file names, and holds."""

from __future__ import annotations

import ast
from pathlib import Path

SOURCE = Path(__file__).resolve().parent.parent / "src" / "oscegraph"
# Each module may import from the ones before it, never from one after it. The package itself is always there.
PACKAGES = {
    "asking": (
        "patterns again pattern_parts rephrased wording asked_days days_said asked_parts asked_filled asked_within "
        "asked_twice asked_values asked_denied asked_aside asked_without asked_but_not asked_names asked_kinds asked_links "
        "asked_said other_words topics asked_listing asked_laid_out asked_turned asked_chapters asked_told asked_every "
        "asked_fully asked_own asked_lacking asked_nationals asked_standings linking_papers linking "
        "asked_types asked_forms polar targets bounds "
        "asked_pieces asked_each asked_apart asked_sides asked_either asked_than asked_sets filter_phrases filter_parts "
        "asked_filters "
        "asked_parties asked_after asked_columns asked_claims asked_of_one asked_seats asked_roles lines asked_plainly "
        "paraphrases "
        "statements postings facts_told facts kept titles retrieval detail_fits candidates kinds labels naming audiences "
        "meant "
        "on_events chosen on_sets on_details rows on_rows on_tables on_parts on_both on_two on_listed on_truth making "
        "papers papers_so on_papers phrases phrased staff_told staff tallies on_all on_parties on_posts headings on_names "
        "checking nouns fitting rivals scoring limiting heeded other_year limits near memory odds forest weights trust "
        "ranking filter_limits plain_words "
        "plain_forms filter_measures plain_activity said_of open_activity filter_bounds filtering described plain_sets "
        "filter_rows filter_answers asked_classes paper_limits paper_sets dated saying filter_words filter_reading "
        "filter_left filtered asked behind alone joined side_by_side in_one columns of_one in_turn of_kind numbered "
        "leading reading one_event one_meant overstated of_each role_heeded misread misread_values directed other_kind "
        "other_things passed_over narrowed unasked of_others doubts cautions_on_roles cautions_on_truths cautions_on_sets "
        "cautions in_general partner_lists answering unknown_names ranked refused plainly in_place whole opened worded "
        "set_aside "
        "by_tellings by_topics by_paraphrases by_parts by_columns by_claims by_form ask"
    ),
    "endpoint": "media guard sandbox counting worker processes crew workers problems description protocol gate plain wire",
    "explorer": (
        "listing search known site rows panels actor_pages activity_pages concept_pages thing_pages linked "
        "choosing index_pages pages forms tool matrix_pages overlap_pages gap_pages map_pages ask_pages "
        "query_pages tools"
    ),
    "assistants": "mcp_shapes mcp_filled mcp_sparql mcp_schema mcp_server mcp_http",
}
ORDER = [
    "errors",
    "resources",
    "namespaces",
    "dates",
    "loading",
    "derive",
    "validate",
    "store",
    "store_files",
    "query",
    "directory",
    "called",
    "tellings",
    "filters",
    "answers",
    "pairs",
    "evidence",
    "coverage",
    "counts_figures",
    "counts",
    "drafts_words",
    "drafts_areas",
    "drafts_dates",
    "drafts_forms",
    "drafts_titles",
    "drafts_names",
    "drafts_links",
    "drafts_sorted",
    "drafts_read",
    "drafts_rows",
    "drafts_found",
    "drafts_fits",
    "drafts_ask",
    "drafts",
    "scopes",
    "likeness",
    "overlaps",
    "gap_places",
    "gaps",
    *(f"asking.{name}" for name in PACKAGES["asking"].split()),
    "events",
    "networks",
    "kernels",
    "fast",
    "network_files",
    "formulas",
    "measures",
    "communities",
    "significance",
    "robustness",
    "layout",
    "map_data",
    "drawings",
    "export",
    "spreadsheet",
    "matrix_cells",
    "matrix",
    "maps",
    "output",
    "views",
    "answer_views",
    "show",
    "display",
    "display_results",
    "display_networks",
    "api",
    "figures",
    "plots",
    "document",
    "portrait_facts",
    "portraits",
    "survey",
    "analysis",
    "bundle_citation",
    "bundle_texts",
    "bundle",
    "reproduce",
    *(f"endpoint.{name}" for name in PACKAGES["endpoint"].split()),
    *(f"explorer.{name}" for name in PACKAGES["explorer"].split()),
    "server",
    *(f"assistants.{name}" for name in PACKAGES["assistants"].split()),
    "cli",
    "start",
    "__main__",
]


def _stage(path: Path) -> str:
    """Return the stage of a file: the module, or the whole command line."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return ".".join(parts[:2]) if parts[0] in PACKAGES else parts[0]


def _modules() -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        if path.name != "__init__.py" or path.parent.name == "cli":
            found.setdefault(_stage(path), []).append(path)
    return found


def _imports(path: Path) -> set[str]:
    """Return the stages that a module imports at any depth, those for type checkers included."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "oscegraph":
            _, *parts = (node.module or "").split(".")
            names = [".".join((*parts, alias.name)) for alias in node.names]
            found |= {".".join(name.split(".")[: 2 if name.split(".")[0] in PACKAGES else 1]) for name in names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".", 1)[1] for alias in node.names if alias.name.startswith("oscegraph.")}
    return {name for name in found if name in ORDER}


def test_every_module_has_its_place_in_the_pipeline() -> None:
    """A new module is put into the order of the stages, so that a reader finds it."""
    assert set(_modules()) == set(ORDER)


def test_modules_import_from_earlier_stages_only() -> None:
    """No module imports one that comes after it."""
    wrong = [
        f"{path.relative_to(SOURCE)} imports {name}"
        for stage, paths in _modules().items()
        for path in paths
        for name in sorted(_imports(path))
        if name != stage and ORDER.index(name) >= ORDER.index(stage)
    ]
    assert wrong == []


def test_no_module_is_longer_than_500_lines() -> None:
    """A module that grows over 500 lines is split."""
    lengths = {path.name: path.read_text(encoding="utf-8").count("\n") for path in SOURCE.rglob("*.py")}
    assert {name: length for name, length in lengths.items() if length > 500} == {}


def test_no_sparql_in_python_beyond_a_line() -> None:
    """What counts as a tie is a query in queries/, not a string in code."""
    wrong = []
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if "\n" in text and "WHERE {" in text and "SELECT" in text:
                wrong.append(f"{path.name}:{node.lineno}")
    assert wrong == []
