"""The tabs of a community that this room fills itself."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities import policies
from communities.models import Community
from communities.panels import Section, sections
from network.foundations.viewer import Viewer


def register() -> None:
    sections.register(
        "overview", Section(_("Overview"), Community.get_absolute_url, lambda *_: True, order=0)
    )
    sections.register("members", Section(_("Members"), _at("members"), policies.can_see_members, order=20))
    sections.register(
        "membership", Section(_("My membership"), _at("membership"), policies.is_member, order=30)
    )
    sections.register("invitations", Section(_("Invitations"), _at("invitations"), _invites, order=40))
    sections.register("resources", Section(_("Resources"), _at("resources"), policies.can_read, order=15))
    sections.register("settings", Section(_("Settings"), _at("settings"), policies.can_change, order=90))


def _invites(viewer: Viewer, community: Community) -> bool:
    return not community.is_closed and policies.can_facilitate(viewer, community)


def _at(name: str):
    return lambda community: reverse(f"communities:{name}", args=[community.slug])
