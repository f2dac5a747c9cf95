"""Traditional knowledge in what people write here: said to be so, or copied from what is sealed.

Whichever it is, the words go into the vault and the post holds a token. What was copied waits for its
holders.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communities.forums.enums import Told
from communities.forums.gatekeepers import Candidate
from communities.forums.models import Post, Thread
from network.consent import actions as consent
from network.consent.actions import copying, telling
from network.consent.actions.copying import Match
from network.consent.models import Holder, KnowledgeItem
from network.consent.tokens import MARK, Token, find
from network.foundations.exceptions import Refused
from network.foundations.richtext import to_text
from network.foundations.viewer import Viewer

#: The name of the rule by which a copy waits.
RULE = "knowledge"


@dataclass(frozen=True)
class Wish:
    """What the author said: it is her own people's (``holder``), or she holds it from others (``whose``)."""

    told: Told
    holder: Holder | None = None
    whose: str = ""


def place_of(thread: Thread) -> str:
    """Where a thread is read: its pages, and its live stream, which has the same name."""
    return f"thread:{thread.pk}"


def paragraph(token: Token) -> str:
    return f"<p>{token}</p>"


def holds_copy(candidate: Candidate) -> bool:
    """The words were kept with the knowledge that they repeat; the post waits for its holders."""
    return any(token.is_held for token in find(candidate.html))


def sealed(viewer: Viewer, thread: Thread, html: str, wish: Wish | None) -> str:
    """What a new post holds: ``html``, or a token where the words are knowledge.

    Words of her own people she shares by saying so, she is not made to wait for herself.
    """
    text = to_text(html)
    matches = copying.find(text, viewer)
    others = [match for match in matches if not match.belongs_to(viewer)]
    if wish and not (wish.told == Told.OWN and others):
        return paragraph(_told(viewer, thread, html, wish, matches).token("body"))
    if others:
        return paragraph(
            consent.keep_copy(matches=others, text=text, author=viewer.user, language=thread.language)
        )
    if matches:
        raise Refused(_own_words(), "knowledge")
    return html


def refuse_copies(viewer: Viewer, text: str, field: str) -> None:
    """Where a copy has no place to wait (a title, the new text of a post that is out), it is not taken."""
    matches = copying.find(text, viewer)
    if any(not match.belongs_to(viewer) for match in matches):
        raise Refused(copying.copied_words(), field)
    if matches:
        raise Refused(_own_words(), "knowledge" if field == "html" else field)


def _own_words() -> str:
    return _(
        "These are words of your own people’s sealed knowledge. Say how you share them, or insert the "
        "reference."
    )


def _told(viewer: Viewer, thread: Thread, html: str, wish: Wish, matches: list[Match]) -> KnowledgeItem:
    if MARK in html:
        raise Refused(_("A sealed text cannot hold another one."), "html")
    with translation.override(settings.LANGUAGE_CODE):
        day = date_format(timezone.localdate())
        title = _("Told in a discussion on %(day)s") % {"day": day}
    words = {"title": title, "text": to_text(html), "language": thread.language, "by": viewer}
    if wish.told == Told.OWN:
        if wish.holder is None:
            raise Refused(_("Say whose knowledge this is."), "holder")
        return consent.share_in_place(
            **words,
            holder=wish.holder,
            place=place_of(thread),
            audiences=[f"community:{thread.forum.community_id}"],
        )
    return consent.entrust(**words, whose=wish.whose, sources={match.item for match in matches})


def retold(viewer: Viewer, post: Post, html: str, wish: Wish) -> tuple[str, str]:
    """A post whose new text is said to be knowledge: what it holds, and what its history keeps of the old."""
    matches = copying.find(to_text(html), viewer)
    if wish.told == Told.OWN and not all(match.belongs_to(viewer) for match in matches):
        raise Refused(copying.copied_words(), "html")
    item = told_in(post, viewer)
    if item is not None and _says_the_same(item, wish):
        if MARK in html:
            raise Refused(_("A sealed text cannot hold another one."), "html")
        earlier = consent.tell_anew(
            item=item, text=to_text(html), language=post.thread.language, version=post.version, by=viewer
        )
        return post.html, paragraph(earlier)
    item = _told(viewer, post.thread, html, wish, matches)
    _seal_history(viewer, post, item)
    return paragraph(item.token("body")), _earlier(viewer, post, item, post.html, post.version)


def _says_the_same(item: KnowledgeItem, wish: Wish) -> bool:
    if wish.told == Told.OWN:
        return set(item.holdings.values_list("holder", flat=True)) == {wish.holder and wish.holder.pk}
    return not item.records.exists()


def _seal_history(viewer: Viewer, post: Post, item: KnowledgeItem) -> None:
    """What stood in the open before she said that it is knowledge does not stay there either."""
    for edit in post.edits.all():
        edit.html = _earlier(viewer, post, item, edit.html, edit.version)
        edit.save(update_fields=["html"])


def _earlier(viewer: Viewer, post: Post, item: KnowledgeItem, html: str, version: int) -> str:
    text = to_text(html)
    if not text:
        return html
    language = post.thread.language
    return paragraph(
        consent.seal_earlier(item=item, version=version, text=text, language=language, by=viewer)
    )


def put_away(viewer: Viewer, post: Post, html: str) -> str:
    """What the history keeps of a post that ``html`` replaces: what was told is for her and its holders."""
    item = told_in(post, viewer)
    if item is None or str(item.token("body")) in html:
        return post.html
    return paragraph(consent.set_aside(item=item, version=post.version, by=viewer))


def told_in(post: Post, viewer: Viewer) -> KnowledgeItem | None:
    """The item that the author made by writing this post, while it is hers alone to change."""
    tokens = list(find(post.html))
    if len(tokens) != 1 or post.html != paragraph(tokens[0]) or tokens[0].part != "body":
        return None
    item = KnowledgeItem.objects.filter(pk=tokens[0].item).first()
    return item if item is not None and telling.is_hers(item, viewer) else None
