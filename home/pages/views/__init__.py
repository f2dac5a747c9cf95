"""Doorways beside those of the CMS: pictures, and the rooms of blogs."""
