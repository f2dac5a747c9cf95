"""Doorways of the room ``experts``."""
