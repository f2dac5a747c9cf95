"""Shared fixtures."""

from hypothesis import settings

pytest_plugins = ["tests.engine.plugin", "tests.engine.browsing"]

# The same examples in every run and every process: a suite that fails, fails again. New examples are looked
# for on purpose: ``pytest --hypothesis-profile=default``.
settings.register_profile("suite", derandomize=True, database=None, deadline=None)
settings.load_profile("suite")
