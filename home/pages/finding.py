"""Entries of blogs, the newest first."""

from django.utils.html import strip_tags

from home.languages import LocalizedPageQuerySet, address_of
from home.pages import telling
from home.pages.models import BlogEntryPage, BlogPage
from network.experts.models import ExpertProfile
from network.foundations.feeds import MOST_ENTRIES, Entry
from network.foundations.viewer import anonymous


def entries() -> LocalizedPageQuerySet:
    """In the reader's language, else in the network's first; those of a blog that is not shown are not."""
    return BlogEntryPage.objects.visible().for_readers_of().select_related("author", "locale")


def by(profile: ExpertProfile) -> LocalizedPageQuerySet:
    return entries().filter(author=profile)


def in_blog(blog: BlogPage) -> LocalizedPageQuerySet:
    return BlogEntryPage.objects.visible().child_of(blog).select_related("author", "locale")


def for_a_feed(found: LocalizedPageQuerySet) -> list[Entry]:
    """The newest, as anybody may read them. Knowledge stays a token, which the gate binds on the way out."""
    newest = list(found.order_by("-first_published_at", "-id")[:MOST_ENTRIES])
    cards = telling.authors_of(anonymous(), newest)
    return [_entry(page, cards) for page in newest]


def _entry(page: BlogEntryPage, cards: dict) -> Entry:
    author = cards.get(page.author_id)
    edited = page.last_published_at if page.last_published_at != page.first_published_at else None
    return Entry(
        key=f"entry/{page.translation_key}",
        title=page.title,
        path=address_of(page),
        summary=strip_tags(page.introduction),
        html=page.body.render_as_block(),
        language=page.locale.language_code,
        written_at=page.first_published_at,
        edited_at=edited,
        author=author.name if author else "",
        author_path=author.url if author and author.url else "",
    )
