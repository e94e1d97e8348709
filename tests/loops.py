"""A coroutine run to its end from a plain test, also where Playwright has left a loop running in the process."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable, Coroutine, Iterator
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


@contextlib.contextmanager
def running() -> Iterator[asyncio.AbstractEventLoop]:
    """Give a loop that runs in a thread of its own until the end."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield loop
    finally:
        asyncio.run_coroutine_threadsafe(loop.shutdown_default_executor(), loop).result(60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(60)
        loop.close()
