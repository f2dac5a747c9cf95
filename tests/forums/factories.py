"""Forums, threads and posts, written through the room's own deeds."""

from communities.forums import actions
from communities.forums.models import Forum, Post, Thread
from communities.models import Community
from network.accounts.models import User
from tests.people import viewer


def forum(in_: Community, title: str = "General") -> Forum:
    return Forum.objects.create(
        community=in_, slug=title.lower().replace(" ", "-"), title=title, description=f"About {title}."
    )


def thread(in_: Forum, by: User, title: str = "How to count crabs", html: str = "<p>How?</p>") -> Thread:
    return actions.start_thread(viewer=viewer(by), forum=in_, title=title, html=html, language="en")


def reply(to: Thread, by: User, html: str = "<p>By night.</p>") -> Post:
    return actions.reply(viewer=viewer(by), thread=to, html=html)
