"""Shared fixtures."""

pytest_plugins = ["tests.engine.plugin"]
