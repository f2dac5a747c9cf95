"""Shared fixtures."""

import pytest
from hypothesis import settings

pytest_plugins = ["tests.engine.plugin", "tests.engine.browsing"]

# The same examples in every run and every process: a suite that fails, fails again. New examples are looked
# for on purpose: ``pytest --hypothesis-profile=default``.
settings.register_profile("suite", derandomize=True, database=None, deadline=None)
settings.load_profile("suite")


def pytest_make_parametrize_id(config: pytest.Config, val: object, argname: str) -> str | None:
    """Bytes are named by their argument: archives hold the second at which they were made, and two processes
    that test together have to give the same names."""
    return argname if isinstance(val, bytes) and len(val) > 20 else None
