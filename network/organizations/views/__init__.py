"""Doorways of the room ``organizations``."""
