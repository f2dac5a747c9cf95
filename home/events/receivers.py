"""Answers to the bells of the CMS: participants hear of what a published page says otherwise."""

from typing import Any

from wagtail.models import Page

from home.events import actions
from home.events.models import EventPage


def follow_page(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    if isinstance(instance, EventPage):
        actions.follow_page(event=instance)
