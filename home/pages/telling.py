"""Blogs as one reader sees them. It knows no model and no policy of its own room, as the pages call it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from communities.models import Community
from network.experts.disclosure import PersonCard, cards_for
from network.foundations.viewer import Viewer

if TYPE_CHECKING:
    from home.pages.models import BlogEntryPage, BlogPage


def authors_of(viewer: Viewer, entries: "Iterable[BlogEntryPage]") -> dict[int, PersonCard]:
    """By the number of a profile the card of its person, as this viewer may see it."""
    people = {entry.author_id: entry.author.user_id for entry in entries if entry.author}
    cards = cards_for(viewer, people.values())
    return {profile: cards[person] for profile, person in people.items() if person in cards}


def of_blog(request: HttpRequest, blog: "BlogPage", entries: "Iterable[BlogEntryPage]") -> dict[str, Any]:
    viewer = request.viewer
    keeper = cards_for(viewer, [blog.keeper.user_id] if blog.keeper else [])
    return {
        "keeper": next(iter(keeper.values()), None),
        "community": Community.objects.visible_to(viewer).filter(pk=blog.community_id).first(),
        "cards": authors_of(viewer, entries),
    }


def of_entry(request: HttpRequest, entry: "BlogEntryPage") -> dict[str, Any]:
    author = authors_of(request.viewer, [entry]).get(entry.author_id or 0)
    return {"blog": entry.blog, "author": author}
