"""A new version of the network gives out none of the old one's pages."""

from typing import Any

from django.db import router

from network.outbox.models import Stream
from network.pagecache.actions import bump
from network.pagecache.rules import SITE


def forget_everything(using: str, **kwargs: Any) -> None:
    if router.allow_migrate_model(using, Stream):
        bump(SITE)
