"""A deed is one transaction, and runs again as a whole where the database broke it off for another one."""

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction

P = ParamSpec("P")
R = TypeVar("R")

#: How often a deed is tried in all.
TRIES = 3
#: Seconds until it is tried again, at most: those who met do not meet again at the same moment.
PAUSE = 0.1
# What PostgreSQL says of two that waited for each other, and of two that cannot both be right.
_BROKEN_OFF = {"40P01", "40001"}


def deed(function: Callable[P, R]) -> Callable[P, R]:
    """Decorate an action: all that it writes is written, or nothing is.

    Of two that wait for each other the database breaks one off, and that one is done
    again from the beginning. Inside a larger transaction nothing is tried again: that one is broken, too.
    """

    @wraps(function)
    def whole(*args: P.args, **kwargs: P.kwargs) -> R:
        for left in reversed(range(TRIES)):
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except OperationalError as error:
                if not left or connection.in_atomic_block or not was_broken_off(error):
                    raise
            time.sleep(random.uniform(0, PAUSE))  # noqa: S311 - no secret
        raise AssertionError("The last try returns or raises.")

    return whole


def was_broken_off(error: OperationalError) -> bool:
    """Nothing is wrong with the deed: somebody else's was in its way."""
    if connection.vendor == "postgresql":
        return getattr(error.__cause__, "sqlstate", None) in _BROKEN_OFF
    return "locked" in str(error)
