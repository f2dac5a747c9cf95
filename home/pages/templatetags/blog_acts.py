"""What this reader may do about a blog and its entries."""

from django import template
from django.template import Context

from home.pages import actions, policies, talking
from home.pages.models import BlogEntryPage, BlogPage

register = template.Library()


@register.simple_tag(takes_context=True)
def may_write(context: Context, blog: BlogPage) -> bool:
    return policies.can_write(context["viewer"], blog)


@register.simple_tag(takes_context=True)
def may_change(context: Context, entry: BlogEntryPage, blog: BlogPage) -> str:
    """``words`` where she changes it here, ``all`` where it is made of more than text, else nothing."""
    if not policies.can_change(context["viewer"], entry, blog):
        return ""
    return "all" if actions.own_words(entry) is None else "words"


@register.simple_tag(takes_context=True)
def talk_about(context: Context, entry: BlogEntryPage, blog: BlogPage) -> dict:
    """What readers say about it; nothing where a page is looked at before it is published."""
    return talking.about(context["request"], entry, blog)


@register.filter
def card_of(cards: dict, entry: BlogEntryPage) -> object:
    """The card of its author, where she has one for this reader."""
    return cards.get(entry.author_id)
