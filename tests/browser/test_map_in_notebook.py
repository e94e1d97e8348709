"""A map in a notebook: it draws in its frame, and reaches nothing around it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from oscegraph.api import Oscegraph


def test_map_draws_in_its_frame_and_reaches_nothing(graph: Oscegraph, browser: Any, tmp_path: Path) -> None:
    """The map is whole, makes no request and no error, downloads its drawing, and cannot read the page around it."""
    notebook = tmp_path / "notebook.html"
    shown = graph.map(around="UNODC")._repr_html_()
    notebook.write_text(f"<!DOCTYPE html><title>x</title><p id=secret>x</p>{shown}", encoding="utf-8")
    page = browser.new_page()
    errors: list[str] = []
    requests: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text))
    page.on("request", lambda request: requests.append(request.url))
    page.goto(notebook.as_uri())
    frame = page.frames[1]
    frame.wait_for_function("window.oscegraph")
    assert frame.evaluate("window.oscegraph.shown().nodes.length") == 76
    with page.expect_download() as download:
        frame.click("#svg")
    assert download.value.suggested_filename.endswith(".svg")
    assert (errors, requests) == ([], [notebook.as_uri()])
    assert frame.evaluate("(() => { try { return parent.document.title } catch { return null } })()") is None
    page.close()
