"""How pages are found by words."""

from django.contrib.contenttypes.models import ContentType
from django.utils.html import strip_tags
from wagtail.models import Page

from home.events.models import EventPage
from home.languages import LocalizedPageQuerySet
from home.pages.models import BlogEntryPage, NewsPage, StandardPage
from network.foundations.viewer import EVERYONE, Viewer
from network.search.sources import Document, Segment

FOUND = (StandardPage, NewsPage, BlogEntryPage, EventPage)


def rows():
    types = ContentType.objects.get_for_models(
        *[model for kind in FOUND for model in (kind, *kind.__subclasses__())]
    )
    return LocalizedPageQuerySet(Page).filter(content_type__in=types.values()).live()


def document(row: Page) -> Document | None:
    """A page's title, introduction and words; nothing of a page that is not open to everybody."""
    page = row.specific
    if page.alias_of_id or page.get_view_restrictions().exists():
        return None
    introduction = getattr(page, "introduction", "") or getattr(page, "summary", "")
    return Document(
        title=page.title,
        url=page.get_url() or "/",
        language=page.locale.language_code,
        segments=[
            Segment(page.title, frozenset({EVERYONE}), weight=4),
            Segment(introduction, frozenset({EVERYONE}), weight=2),
            Segment(strip_tags(page.body.render_as_block()), frozenset({EVERYONE})),
        ],
    )


def visible(viewer: Viewer):
    return rows().public()
