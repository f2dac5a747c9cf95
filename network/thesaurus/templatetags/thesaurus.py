"""Small faces of the thesaurus."""

from django import template

register = template.Library()


@register.filter
def chosen(options: list[dict]) -> bool:
    """Whether one of these choices is made, so that its group stands open."""
    return any(option["selected"] for option in options)
