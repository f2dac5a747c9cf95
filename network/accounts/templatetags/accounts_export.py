"""What the page of a person's copy needs to tell values apart."""

from django import template

register = template.Library()


@register.filter
def kind(value: object) -> str:
    """``dict``, ``list``, ``nothing`` or ``plain``."""
    if isinstance(value, dict):
        return "dict"
    if isinstance(value, list | tuple | set):
        return "list"
    if value is None or value == "":
        return "nothing"
    return "plain"
