"""Bringing in lists of people as offices keep them."""
