"""What was said lately, for feed readers: Atom (RFC 4287) and JSON Feed 1.1.

A feed holds what anybody may read, whoever asks: its address is handed on, and its reader shows no session.
Tokens of knowledge stay in it; the gate binds them on the way out.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, QuerySet
from django.utils.feedgenerator import Atom1Feed

from communities.forums.models import Forum, Post, Tag, Thread
from communities.models import Community
from network.experts.disclosure import PersonCard, cards_for
from network.foundations.viewer import anonymous

MOST_ENTRIES = 30
ATOM = "application/atom+xml; charset=utf-8"
JSON = "application/feed+json; charset=utf-8"


@dataclass(frozen=True)
class Feed:
    """``path`` is the page that it belongs to, ``own_path`` its own address."""

    key: str
    title: str
    description: str
    path: str
    own_path: str
    language: str
    posts: list[Post]

    @property
    def updated(self) -> datetime | None:
        return max((post.edited_at or post.written_at for post in self.posts), default=None)


def of_community(community: Community, own_path: str, language: str) -> Feed:
    threads = Thread.objects.published().filter(forum__community=community)
    return Feed(
        key=f"community/{community.pk}",
        title=community.name,
        description=community.summary,
        path=community.get_absolute_url(),
        own_path=own_path,
        language=language,
        posts=_latest(threads),
    )


def of_forum(forum: Forum, own_path: str, language: str) -> Feed:
    return Feed(
        key=f"forum/{forum.pk}",
        title=f"{forum.title} · {forum.community.name}",
        description=forum.description,
        path=forum.get_absolute_url(),
        own_path=own_path,
        language=language,
        posts=_latest(Thread.objects.published().filter(forum=forum)),
    )


def of_thread(thread: Thread, own_path: str) -> Feed:
    return Feed(
        key=f"thread/{thread.pk}",
        title=thread.title,
        description=f"{thread.forum.title} · {thread.forum.community.name}",
        path=thread.get_absolute_url(),
        own_path=own_path,
        language=thread.language,
        posts=_latest(Thread.objects.published().filter(pk=thread.pk)),
    )


def of_tag(tag: Tag, own_path: str, language: str) -> Feed:
    return Feed(
        key=f"tag/{tag.pk}",
        title=f"{tag.name} · {tag.community.name}",
        description="",
        path=tag.get_absolute_url(),
        own_path=own_path,
        language=language,
        posts=_latest(Thread.objects.published().filter(tags=tag)),
    )


def _latest(threads: QuerySet) -> list[Post]:
    """The newest posts that anybody may read. They stand at the ends of the threads that were last written
    in, so what is read is bounded, however much was said."""
    ordered = threads.visible_to(anonymous()).order_by("-last_posted_at", "-id")
    lively = list(ordered.values_list("pk", flat=True)[:MOST_ENTRIES])
    posts = Post.objects.visible_to(anonymous()).published()
    ends = posts.filter(thread__in=lively, number__gt=F("thread__last_number") - MOST_ENTRIES)
    return list(ends.select_related("thread__forum__community").order_by("-id")[:MOST_ENTRIES])


def as_atom(feed: Feed) -> bytes:
    document = _Atom(
        title=feed.title,
        link=_absolute(feed.path),
        description=feed.description,
        language=feed.language,
        feed_url=_absolute(feed.own_path),
        feed_guid=_id(feed.key),
    )
    people = _people(feed)
    for post in feed.posts:
        author = people.get(post.author_id)
        document.add_item(
            title=_title(post),
            link=_absolute(post.get_absolute_url()),
            description=post.excerpt,
            unique_id=_id(f"post/{post.pk}"),
            author_name=author.name if author else post.as_participant or None,
            author_link=_absolute(author.url) if author and author.url else None,
            pubdate=post.written_at,
            updateddate=post.edited_at or post.written_at,
            html=_html(post),
            tongue=post.thread.language,
        )
    return document.writeString("utf-8").encode()


class _Atom(Atom1Feed):
    """With the whole text of each entry, in the language in which it was written."""

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["html"], {"type": "html", "xml:lang": item["tongue"]})


def as_json(feed: Feed) -> bytes:
    people = _people(feed)
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": _absolute(feed.path),
        "feed_url": _absolute(feed.own_path),
        "language": feed.language,
        "items": [_item(post, people.get(post.author_id)) for post in feed.posts],
    }
    return json.dumps(document, ensure_ascii=False).encode()


def _item(post: Post, author: PersonCard | None) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": _id(f"post/{post.pk}"),
        "url": _absolute(post.get_absolute_url()),
        "title": _title(post),
        "content_html": _html(post),
        "summary": post.excerpt,
        "date_published": post.written_at.isoformat(),
        "language": post.thread.language,
    }
    if post.edited_at:
        item["date_modified"] = post.edited_at.isoformat()
    if author:
        item["authors"] = [{"name": author.name, **({"url": _absolute(author.url)} if author.url else {})}]
    elif post.participant:
        item["authors"] = [{"name": post.as_participant}]
    return item


def _people(feed: Feed) -> dict[int, PersonCard]:
    return cards_for(anonymous(), _authors(feed.posts))


def _authors(posts: Iterable[Post]) -> Iterable[int | None]:
    return (post.author_id for post in posts)


def _title(post: Post) -> str:
    return post.thread.title if post.number == 1 else f"{post.thread.title} #{post.number}"


def _absolute(path: str) -> str:
    return f"{settings.NETWORK_BASE_URL}{path}"


def _html(post: Post) -> str:
    """A feed reader knows no base, so links to our own pages are whole."""
    return post.html.replace('href="/', f'href="{settings.NETWORK_BASE_URL}/')


def _id(key: str) -> str:
    """The same for ever, whatever becomes of titles and addresses (RFC 4151)."""
    return f"tag:{urlsplit(settings.NETWORK_BASE_URL).hostname},2026-01-01:{key}"
