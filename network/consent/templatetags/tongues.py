"""Languages by their names."""

from django import template

from network.foundations.tongues import name_of

register = template.Library()


@register.filter
def tongue(tag: str) -> str:
    """``{{ tag|tongue }}``: the name of a language in the language of the page."""
    return name_of(tag)
