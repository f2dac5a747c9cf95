"""Doorways of events."""
