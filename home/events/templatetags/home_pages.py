"""Faces of pages: their address and language."""

from django import template
from wagtail.models import Page

from home import languages

register = template.Library()


@register.simple_tag
def address_of(page: Page) -> str:
    return languages.address_of(page)


@register.inclusion_tag("pages/_language_note.html")
def language_note(page: Page) -> dict:
    """Says in which language a page is, where it is not the reader's."""
    return {"foreign": languages.foreign(page)}


@register.simple_tag
def language_of(page: Page) -> dict | None:
    return languages.foreign(page)
