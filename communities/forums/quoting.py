"""Putting somebody's words into a reply."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from communities.forums.models import Post
from network.foundations.richtext import to_text

#: Characters of a post that a quotation without a selection takes.
LENGTH = 600


def quotation(post: Post) -> str:
    """The beginning of ``post`` as a quotation that says whose words these are; tokens are left out."""
    text = to_text(post.html)
    if len(text) > LENGTH:
        text = text[:LENGTH].rsplit(" ", 1)[0] + "…"
    lines = format_html_join("", "<p>{}</p>", ((part,) for part in text.split("\n\n") if part.strip()))
    author = post.author.get_full_name() if post.author else _("Former member")
    says = _("%(author)s wrote:") % {"author": author}
    return format_html("<p>{}</p><blockquote>{}</blockquote><p></p>", says, lines)
