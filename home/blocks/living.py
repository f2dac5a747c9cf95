"""Blocks that ask the network: people, events and threads as this reader may see them now.

Where nobody reads, in the search index or an export, they say nothing: what they list is found by itself.
"""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from communities.forums.models import Thread
from communities.models import Community
from home.blocks.choosers import CommunityChooserBlock, PersonChooserBlock
from home.blocks.listings import listings
from home.blocks.terms import TermBlock
from network.experts.disclosure import cards_for
from network.experts.models import ExpertProfile
from network.foundations.viewer import Viewer
from network.pagecache.rules import expire_at

MOST = 12


def reader_of(parent_context: dict[str, Any] | None) -> Viewer | None:
    """Whoever reads the page; None where it is read by no one."""
    request = (parent_context or {}).get("request")
    return getattr(request, "viewer", None)


class PeopleBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    people = blocks.ListBlock(
        PersonChooserBlock(label=_("Person")), label=_("People"), min_num=1, max_num=MOST
    )

    class Meta:
        icon = "user"
        label = _("People from the directory")
        template = "blocks/people.html"
        description = _("Cards of people, each as far as she shows herself to the reader.")

    def get_preview_value(self) -> Any:
        people = list(ExpertProfile.objects.published().order_by("sort_name")[:2])
        return self.normalize({"heading": "", "people": people})

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        reader = reader_of(parent_context)
        profiles = [profile for profile in value["people"] if profile] if reader else []
        found = ExpertProfile.objects.published().filter(pk__in=[profile.pk for profile in profiles])
        shown = set(found.values_list("pk", flat=True))
        cards = cards_for(reader, [p.user_id for p in profiles if p.pk in shown]) if reader else {}
        context["cards"] = [cards[p.user_id] for p in profiles if p.user_id in cards]
        return context


class EventsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    theme = TermBlock("kmgbf-target", label=_("Theme"), required=False)
    number = blocks.IntegerBlock(label=_("How many at most"), default=3, min_value=1, max_value=MOST)

    class Meta:
        icon = "date"
        label = _("Events ahead")
        template = "blocks/list.html"
        preview_value = {"heading": "Coming up", "theme": None, "number": 3}
        description = _("The next events, all or about one theme. The list keeps itself up to date.")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        reader, listing = reader_of(parent_context), listings.get("events")
        context["nothing"] = _("No events ahead.")
        if reader and listing:
            context["row"] = listing.row
            context["items"] = listing.find(reader, value["theme"], value["number"])
        return context


class ThreadsBlock(blocks.StructBlock):
    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    community = CommunityChooserBlock(label=_("Community"), required=False)
    number = blocks.IntegerBlock(label=_("How many at most"), default=3, min_value=1, max_value=MOST)

    class Meta:
        icon = "comment"
        label = _("Threads")
        template = "blocks/list.html"
        preview_value = {"heading": "Talking now", "community": None, "number": 3}
        description = _("Threads that were written in last, of one community or all; each reader sees hers.")

    def get_context(self, value: Any, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context=parent_context)
        context["nothing"] = _("Nothing is being discussed here.")
        if reader := reader_of(parent_context):
            # What a moderator takes away is gone here in the same moment, so this page is kept for nobody.
            expire_at(context["request"], timezone.now())
            context["row"] = "blocks/_thread.html"
            context["items"] = _threads(reader, value["community"], value["number"])
        return context


def _threads(reader: Viewer, community: Community | None, number: int) -> list[Thread]:
    found = Thread.objects.published().visible_to(reader)
    if community:
        found = found.filter(forum__community=community)
    return list(found.select_related("forum__community").order_by("-last_posted_at", "-id")[:number])
