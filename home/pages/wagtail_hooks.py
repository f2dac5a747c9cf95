"""Choosing a community in the Wagtail admin."""

from wagtail import hooks

from home.blocks.choosers import CommunityChooserViewSet, community_chooser


@hooks.register("register_admin_viewset")
def register_community_chooser() -> CommunityChooserViewSet:
    return community_chooser
