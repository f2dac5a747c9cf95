"""What was said lately in a community, a forum, a thread or under a tag, for feed readers."""

from django.db.models import F, QuerySet

from communities.forums.models import Forum, Post, Tag, Thread
from communities.models import Community
from network.experts.disclosure import PersonCard, cards_for
from network.foundations.feeds import MOST_ENTRIES, Entry, Feed
from network.foundations.viewer import anonymous


def of_community(community: Community, own_path: str, language: str) -> Feed:
    threads = Thread.objects.published().filter(forum__community=community)
    return Feed(
        key=f"community/{community.pk}",
        title=community.name,
        description=community.summary,
        path=community.get_absolute_url(),
        own_path=own_path,
        language=language,
        entries=_latest(threads),
    )


def of_forum(forum: Forum, own_path: str, language: str) -> Feed:
    return Feed(
        key=f"forum/{forum.pk}",
        title=f"{forum.title} · {forum.community.name}",
        description=forum.description,
        path=forum.get_absolute_url(),
        own_path=own_path,
        language=language,
        entries=_latest(Thread.objects.published().filter(forum=forum)),
    )


def of_thread(thread: Thread, own_path: str) -> Feed:
    return Feed(
        key=f"thread/{thread.pk}",
        title=thread.title,
        description=f"{thread.forum.title} · {thread.forum.community.name}",
        path=thread.get_absolute_url(),
        own_path=own_path,
        language=thread.language,
        entries=_latest(Thread.objects.published().filter(pk=thread.pk)),
    )


def of_tag(tag: Tag, own_path: str, language: str) -> Feed:
    return Feed(
        key=f"tag/{tag.pk}",
        title=f"{tag.name} · {tag.community.name}",
        description="",
        path=tag.get_absolute_url(),
        own_path=own_path,
        language=language,
        entries=_latest(Thread.objects.published().filter(tags=tag)),
    )


def _latest(threads: QuerySet) -> list[Entry]:
    """The newest posts that anybody may read. They stand at the ends of the threads that were last written
    in, so what is read is bounded, however much was said."""
    ordered = threads.visible_to(anonymous()).order_by("-last_posted_at", "-id")
    lively = list(ordered.values_list("pk", flat=True)[:MOST_ENTRIES])
    posts = Post.objects.visible_to(anonymous()).published()
    ends = posts.filter(thread__in=lively, number__gt=F("thread__last_number") - MOST_ENTRIES)
    found = list(ends.select_related("thread__forum__community").order_by("-id")[:MOST_ENTRIES])
    people = cards_for(anonymous(), (post.author_id for post in found))
    return [_entry(post, people.get(post.author_id)) for post in found]


def _entry(post: Post, author: PersonCard | None) -> Entry:
    return Entry(
        key=f"post/{post.pk}",
        title=post.thread.title if post.number == 1 else f"{post.thread.title} #{post.number}",
        path=post.get_absolute_url(),
        summary=post.excerpt,
        html=post.html,
        language=post.thread.language,
        written_at=post.written_at,
        edited_at=post.edited_at,
        author=author.name if author else post.as_participant or "",
        author_path=author.url if author and author.url else "",
    )
