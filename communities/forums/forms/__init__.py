"""Asking and cleaning in forums; views hand what is clean to one action."""
