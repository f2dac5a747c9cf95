"""The demonstration's discussions, in several languages, written over the last weeks."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from communities.demo import html, viewer
from communities.forums import actions
from communities.forums.models import Forum, Post, Thread
from communities.models import Community

_FILE = Path(__file__).parent / "forums.yaml"


def seed() -> None:
    """Write those forums and threads that are not there yet."""
    for entry in yaml.safe_load(_FILE.read_text(encoding="utf-8")):
        community = Community.objects.get(name=entry["community"])
        for forum in entry["forums"]:
            _forum(community, entry["by"], forum)


def _forum(community: Community, by: str, entry: dict[str, Any]) -> None:
    forum = Forum.objects.filter(community=community, title=entry["title"]).first()
    if forum is None:
        forum = actions.open_forum(
            viewer=viewer(by), community=community, title=entry["title"], description=entry["description"]
        )
    for thread in sorted(entry["threads"], key=lambda thread: -thread["days_ago"]):
        if not Thread.objects.filter(forum=forum, title=thread["title"]).exists():
            _thread(forum, thread)


@transaction.atomic
def _thread(forum: Forum, entry: dict[str, Any]) -> None:
    """``days_ago`` is when it began, ``days`` over how many it went on."""
    begun = timezone.now() - timedelta(days=entry["days_ago"])
    texts = entry["posts"]
    pace = timedelta(days=entry.get("days", len(texts))) / max(len(texts), 1)
    first = texts[0]
    thread = actions.start_thread(
        viewer=viewer(first["by"]),
        forum=forum,
        title=entry["title"],
        html=html(first["text"]),
        language=entry.get("language", settings.LANGUAGE_CODE),
        written_at=begun,
    )
    for place, text in enumerate(texts[1:], start=1):
        _reply(thread, text, begun + pace * place)
    _look_after(thread, entry)


def _reply(thread: Thread, text: dict[str, Any], at: datetime) -> None:
    post = actions.reply(viewer=viewer(text["by"]), thread=thread, html=html(text["text"]), written_at=at)
    if "edited" in text:
        actions.edit(viewer=viewer(text["by"]), post=post, html=html(text["edited"]), version=1)


def _look_after(thread: Thread, entry: dict[str, Any]) -> None:
    """What moderators did to it."""
    if "pinned_by" in entry:
        actions.pin(viewer=viewer(entry["pinned_by"]), thread=thread)
    for hidden in entry.get("hidden", []):
        post = Post.objects.get(thread=thread, number=hidden["number"])
        actions.hide(viewer=viewer(hidden["by"]), post=post, reason=hidden["reason"])
    if "locked" in entry:
        actions.lock(viewer=viewer(entry["locked"]["by"]), thread=thread, reason=entry["locked"]["reason"])
