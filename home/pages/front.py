"""What the front door shows by itself, so that it is never empty and never stale."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from communities.models import Community
from home.events.models import EventPage
from home.languages import LocalizedPageQuerySet
from network.experts.models import ExpertProfile
from network.foundations.viewer import Viewer

IN_A_ROW = 3


def sections(
    viewer: Viewer,
    news: LocalizedPageQuerySet,
    guidance: LocalizedPageQuerySet,
    entries: LocalizedPageQuerySet,
) -> dict:
    """Communities that are alive, events ahead, the newest pages, and how many people can be found."""
    ahead = EventPage.objects.visible().for_readers_of().ahead().select_related("country")
    return {
        "communities": Community.objects.visible_to(viewer).order_by("-last_active_at", "-id")[:4],
        "events": list(ahead.order_by("starts_at", "id")[:3]),
        "news": list(news.visible().for_readers_of().order_by("-first_published_at", "-id")[:3]),
        "entries": list(entries.visible().for_readers_of().order_by("-first_published_at", "-id")[:1]),
        "guidance": guidance.visible().for_readers_of().filter(show_in_menus=True).order_by("path")[:12],
        "people": ExpertProfile.objects.visible_to(viewer).count(),
    }


def row(slots: Iterable[Any], shown: dict) -> list[Page]:
    """The pages of the first row: those that editors chose and that can be read, then what is new by itself.

    A page that is over, taken off or not for everybody leaves no hole.
    """
    keys = {slot.page_id: place for place, slot in enumerate(slots)}
    picked = LocalizedPageQuerySet(Page).visible().filter(pk__in=keys).specific() if keys else []
    chosen = sorted((page for page in picked if not is_over(page)), key=lambda page: keys[page.pk])
    taken = {page.translation_key for page in chosen}
    by_itself = [*shown["events"][:1], *shown["entries"], *shown["news"]]
    free = [page for page in by_itself if page.translation_key not in taken]
    return [*chosen, *free][:IN_A_ROW]


def is_over(page: Page) -> bool:
    return isinstance(page, EventPage) and page.ends_at < timezone.now()
