"""The bell in the header."""

from django import template

from network.foundations.viewer import Viewer
from network.notifications import reading

register = template.Library()


@register.simple_tag
def inbox_bell(viewer: Viewer) -> reading.Bell:
    return reading.bell(viewer)
