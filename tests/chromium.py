"""Where a Chromium is, how it is started, and what axe-core finds in a page."""

from __future__ import annotations

import functools
import os
import shutil
from pathlib import Path
from typing import Any

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ADVICE = "no Chromium found: apt-get install chromium, playwright install chromium, or name it in OSCEGRAPH_CHROMIUM"


@functools.cache
def executable() -> str | None:
    """Return the path of a Chromium: the one that is named, one of the system, or the one that Playwright keeps."""
    named = os.environ.get("OSCEGRAPH_CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if named:
        return named
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).is_file() else None


def serious(page: Any, **how: Any) -> list[str]:
    """Return the violations of rules that axe-core calls serious or critical; `how` is what `Axe.run` takes."""
    from axe_playwright_python.sync_playwright import Axe

    how.setdefault("options", {"resultTypes": ["violations"]})
    return [
        f"{rule['id']}: {node['target']} {node['html'][:140]}"
        for rule in Axe().run(page, **how).response["violations"]
        if rule["impact"] in ("serious", "critical")
        for node in rule["nodes"][:4]
    ]


def unfit(page: Any, alike: str = "") -> list[str]:
    """Return what is wrong with a page: wider than the window, or serious to axe-core, which takes long on large pages.

    Of what is `alike` all is taken out before axe-core looks. A light page is looked at in the dark, too, where only colours
    differ, and is light again afterwards.
    """
    wide, room = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    found = [f"{wide} > {room}"] if wide > room else []
    if alike:
        page.evaluate("(alike) => document.querySelectorAll(alike).forEach((part) => part.remove())", alike)
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    found += serious(page)
    page.emulate_media(color_scheme="dark")
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    found += [
        f"dark: {fault}" for fault in serious(page, options={"resultTypes": ["violations"], "runOnly": ["color-contrast"]})
    ]
    page.emulate_media(color_scheme="light")
    return found
