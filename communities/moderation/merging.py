"""Two accounts of one person, in the eyes of moderators."""

from typing import Any

from communities.moderation.models import Standing
from network.accounts.merging import merging
from network.foundations.merging import Change, stay, written


def add_standing(row: Any, kept: Any) -> list[Change]:
    """What she did under both counts together."""
    there = Standing.objects.get(community=row.community_id, user=kept)
    there.posts += row.posts
    there.threads_read += row.threads_read
    there.hidden += row.hidden
    there.vouched = there.vouched or row.vouched
    return written([there])


def register() -> None:
    merging.closers.register("moderation.Standing", add_standing)
    for table in ("Claim", "Report", "Away"):
        merging.closers.register(f"moderation.{table}", stay)
