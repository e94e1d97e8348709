"""A coroutine run to its end from a plain test, also where Playwright has left a loop running in the process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def apart(call: Callable[[], T]) -> T:
    """Return what a call returns in a thread of its own, in which no loop runs."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(call).result()


def run(made: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine in a loop and a thread of its own, and return what it returns."""
    return apart(lambda: asyncio.run(made))
