"""Consultations: what is gathered from the answers, and the documents that come of it."""
