"""Shared fixtures."""

pytest_plugins = ["tests.engine.plugin", "tests.engine.browsing"]
