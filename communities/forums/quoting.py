"""Putting somebody's words into a reply."""

import re

from django.utils.html import escape
from django.utils.translation import gettext as _

from communities.forums.models import Post
from network.consent.tokens import PATTERN, find
from network.foundations.richtext import to_text

#: A sign of the private use area; nobody writes it.
_IN_ITS_PLACE = "\ue000"
#: Characters of a post that a quotation without a selection takes.
LENGTH = 600


def words(html: str, length: int | None = None) -> str:
    """The words of ``html``, or the beginning of them, with its tokens in their places."""
    text = to_text(PATTERN.sub(_IN_ITS_PLACE, html.replace(_IN_ITS_PLACE, "")))
    if length is not None and len(text) > length:
        text = text[:length].rsplit(" ", 1)[0] + "…"
    tokens = find(html)
    return re.sub(_IN_ITS_PLACE, lambda _match: str(next(tokens)), text)


def quotation(post: Post) -> str:
    """The beginning of ``post`` as a quotation that says whose words these are.

    Of knowledge the token is quoted, so that each reader of the quotation sees what she may.
    """
    text = words(post.html, LENGTH)
    # Plain strings: this is what stands in a box, where it is escaped once more.
    lines = "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n") if part.strip())
    author = post.author.get_full_name() if post.author else post.as_participant or _("Former member")
    says = _("%(author)s wrote:") % {"author": author}
    return f"<p>{escape(says)}</p><blockquote>{lines}</blockquote><p></p>"
