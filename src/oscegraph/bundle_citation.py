"""Stage 15b0: how to cite a bundle: the software, the data and the report, for programs and as BibTeX."""

from __future__ import annotations

import json
import re
from typing import Any

from oscegraph import __version__
from oscegraph.analysis import Analysis
from oscegraph.namespaces import BASE
from oscegraph.output import clean

REPORT = "OSCE Activities in the Fight against Organized Crime in 2011"
REPORT_AUTHOR = "OSCE Transnational Threats Department, Strategic Police Matters Unit"
REPORT_YEAR = 2012
SOFTWARE = "oscegraph: who co-operated with whom against organized crime"
AUTHORS = "The oscegraph authors"


def _quoted(value: Any) -> str:
    """Return a value as a string of YAML, which takes those of JSON."""
    return json.dumps(clean(value), ensure_ascii=False)


def citation(found: Analysis) -> str:
    """Return CITATION.cff: the software, the data, the report."""
    data = found.data.as_dict()
    lines = [
        "cff-version: 1.2.0",
        'message: "If you use this bundle, please cite oscegraph, its data, and the report that the facts come from."',
        f"title: {_quoted(SOFTWARE)}",
        "type: software",
        "authors:",
        f"  - name: {_quoted(AUTHORS)}",
        f"version: {_quoted(__version__)}",
        f"url: {_quoted(BASE)}",
        "references:",
        "  - type: data",
        f"    title: {_quoted(data['title'] or 'Data without a title')}",
        "    authors:",
        f"      - name: {_quoted(found.data.facts.get('creator') or 'Unknown')}",
        *([f"    version: {_quoted(data['edition'])}"] if data["edition"] else []),
        *([f"    year: {data['issued'][:4]}"] if _dated(data["issued"]) else []),
        *([f"    url: {_quoted(data['dataset'])}"] if data["dataset"] else []),
        f"    notes: {_quoted('SHA-256 of the sorted N-Quads: ' + data['nquads_sha256'])}",
        "  - type: report",
        f"    title: {_quoted(REPORT)}",
        "    authors:",
        f"      - name: {_quoted(REPORT_AUTHOR)}",
        f"    year: {REPORT_YEAR}",
    ]
    return "\n".join(lines) + "\n"


def _dated(issued: str | None) -> bool:
    return bool(issued and re.fullmatch(r"\d{4}(-\d\d){0,2}", issued))


def _bib(value: Any) -> str:
    special = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    return "{" + "".join(special.get(c, "\\" + c if c in "&%$#_{}" else c) for c in clean(value)) + "}"


def bibliography(found: Analysis) -> str:
    """Return citation.bib: the same three as in CITATION.cff."""
    data = found.data.as_dict()
    entries = [
        ("software", "oscegraph", {"author": "{" + AUTHORS + "}", "title": SOFTWARE, "version": __version__, "url": BASE}),
        (
            "misc",
            "oscegraph-data",
            {
                "author": "{" + (found.data.facts.get("creator") or "Unknown") + "}",
                "title": data["title"] or "Data without a title",
                **({"year": data["issued"][:4]} if _dated(data["issued"]) else {}),
                **({"version": data["edition"]} if data["edition"] else {}),
                **({"url": data["dataset"]} if data["dataset"] else {}),
                "note": "SHA-256 of the sorted N-Quads: " + data["nquads_sha256"],
            },
        ),
        (
            "techreport",
            "osce-2012",
            {"author": "{" + REPORT_AUTHOR + "}", "title": REPORT, "institution": "OSCE", "year": str(REPORT_YEAR)},
        ),
    ]
    return "\n".join(
        f"@{kind}{{{key},\n" + "".join(f"  {name} = {_field(name, value)},\n" for name, value in fields.items()) + "}\n"
        for kind, key, fields in entries
    )


def _field(name: str, value: str) -> str:
    # The name of a body is kept whole by a second pair of braces; a url is taken as it stands.
    if name == "author":
        return "{" + _bib(value[1:-1]) + "}"
    return "{" + clean(value) + "}" if name == "url" else _bib(value)
