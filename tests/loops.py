"""Waiting for a coroutine in a test that may share its process with a browser.

A browser test leaves an event loop running in the thread of the tests, and a second one cannot begin there.
"""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")


def waited(coroutine: Coroutine[Any, Any, T]) -> T:
    """What the coroutine returns, awaited in a loop and a thread of its own."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
