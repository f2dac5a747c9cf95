"""What readers say about an entry of a blog: the thread about it, where it stands below the entry."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from communities.forums import policies as forums
from communities.forums import reading
from communities.forums.models import Thread
from home.pages.models import BlogEntryPage, BlogPage, Conversation
from network.pagecache.rules import expire_at

#: The first post of a thread only says which entry it is about.
FIRST_ANSWER = 2


def about(request: HttpRequest, entry: BlogEntryPage, blog: BlogPage) -> dict[str, Any]:
    """The last page of the thread, for whoever may read it; whether she may begin it where there is none."""
    viewer = request.viewer
    talk = Conversation.objects.filter(entry=entry.translation_key).first()
    if talk is None:
        return {"can_discuss": bool(blog.forum and forums.can_start(viewer, blog.forum))}
    found = Thread.objects.visible_to(viewer).filter(pk=talk.thread_id)
    thread = reading.with_marks(viewer, found.select_related("forum__community")).first()
    if thread is None:
        return {}
    # What a moderator takes away is gone here in the same moment, so this page is kept for nobody.
    expire_at(request, timezone.now())
    page = reading.read(viewer, thread, max(thread.last_number, 1))
    return {
        "thread": thread,
        "page": page,
        "answers": [one for one in page.entries if (one.post.number or 0) >= FIRST_ANSWER],
        "samples": reading.samples(viewer, thread),
        "placeholder": reading.PLACEHOLDER,
        "can_reply": forums.can_reply(viewer, thread),
    }
