"""Choosing a speaker in the Wagtail admin: profiles that have a page, and no others."""

from wagtail import hooks

from home.blocks.choosers import PersonChooserViewSet, person_chooser


@hooks.register("register_admin_viewset")
def register_speaker_chooser() -> PersonChooserViewSet:
    return person_chooser
