"""Addresses of rows that one page asks for many times over."""

from functools import lru_cache

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language


def address(name: str, *args: str | int) -> str:
    """``reverse``, remembered: a page of posts asks for two hundred addresses, most of them twice."""
    return _made(name, args, get_language(), get_script_prefix())


@lru_cache(maxsize=4096)
def _made(name: str, args: tuple[str | int, ...], _language: str | None, _prefix: str) -> str:
    """The same arguments make another address in another language and under another prefix."""
    return reverse(name, args=args)
