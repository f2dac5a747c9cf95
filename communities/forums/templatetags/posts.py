"""Posts in their thread, of pieces that are kept."""

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from communities.forums import frames
from communities.forums.reading import Entry

register = template.Library()


@register.simple_tag(takes_context=True)
def post_whole(context: Context, entry: Entry) -> SafeString:
    """A post with what this reader may do about it."""
    return frames.whole(context["viewer"], entry, context.get("csrf_token", ""))


@register.simple_tag(takes_context=True)
def post_acts(context: Context, entry: Entry) -> SafeString:
    """What this reader may do about a post."""
    return frames.acts(entry, context.get("csrf_token", ""))
