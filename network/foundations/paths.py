"""A part of an address in any script: what is no such word is not found, before a row is asked for."""

from django.urls import register_converter
from django.urls.converters import get_converters


class AnyScript:
    regex = r"[-\w]{1,120}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def register() -> None:
    """Called by each room whose addresses use ``<anyscript:...>``; once is enough."""
    if "anyscript" not in get_converters():
        register_converter(AnyScript, "anyscript")
