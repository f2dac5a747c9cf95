"""The bell in the header, and the words of a line."""

from django import template
from django.utils.html import escape

from network.foundations.richtext import excerpt
from network.foundations.viewer import Viewer
from network.notifications import reading

register = template.Library()


@register.simple_tag
def inbox_bell(viewer: Viewer) -> reading.Bell:
    return reading.bell(viewer)


@register.filter
def teaser(text: str, length: int = 200) -> str:
    """The beginning of a notification's text; a token leaves no words in it and is never cut."""
    return excerpt(escape(text), length)
