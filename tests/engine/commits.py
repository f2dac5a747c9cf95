"""``on_commit`` in tests: callbacks run where a deed's own transaction would commit.

A test runs inside a transaction that is rolled back, so nothing ever commits and Django would never call
back. Here the exit of the outermost block that is not the test's own counts as the commit: callbacks run
there, in order, and before the next line of the test. Inner blocks fire nothing early; what was rolled back
drops its callbacks.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import Atomic, get_connection

logger = logging.getLogger(__name__)
_exit = Atomic.__exit__
_on_commit = BaseDatabaseWrapper.on_commit


def _only_the_test_is_open(connection: BaseDatabaseWrapper) -> bool:
    blocks = connection.atomic_blocks
    return bool(blocks) and all(block._from_testcase for block in blocks)


def _call(function: Callable[[], Any], robust: bool) -> None:
    try:
        function()
    except Exception:
        if not robust:
            raise
        logger.exception("Error in a robust on_commit() callback.")


def _exit_and_call_back(self: Atomic, exc_type: Any, exc_value: Any, traceback: Any) -> None:
    _exit(self, exc_type, exc_value, traceback)
    connection = get_connection(self.using)
    if self._from_testcase or not _only_the_test_is_open(connection):
        return
    callbacks, connection.run_on_commit = connection.run_on_commit, []
    if exc_type is None and not connection.needs_rollback:
        for _savepoints, function, robust in callbacks:
            _call(function, robust)


def _call_back_or_wait(self: BaseDatabaseWrapper, function: Callable[[], Any], robust: bool = False) -> None:
    if callable(function) and _only_the_test_is_open(self):
        _call(function, robust)
    else:
        _on_commit(self, function, robust)


def install() -> None:
    Atomic.__exit__ = _exit_and_call_back
    BaseDatabaseWrapper.on_commit = _call_back_or_wait
