"""A community with everybody who has a part in moderating it."""

from dataclasses import dataclass

import pytest

from communities.enums import MemberRole
from communities.forums.models import Forum, Post
from communities.models import Community, Membership
from network.accounts.models import User
from network.outbox import actions as outbox
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, reply, thread

LINK = '<p>See <a href="https://shop.example">my shop</a></p>'


@dataclass
class Place:
    """``author`` and ``reporter`` are members; ``second`` moderates beside the moderator."""

    here: Community
    room: Forum
    author: Membership

    def say(self, html: str = "<p>Words that somebody minds a lot</p>", by: User | None = None) -> Post:
        started = thread(self.room, people.moderator())
        return reply(started, by or people.community_member(), html)

    def held(self, who: str = "newcomer") -> Post:
        newcomer = people.person(who)
        belongs(newcomer, self.here)
        return self.say(LINK, newcomer)


@pytest.fixture
def place(db) -> Place:
    here = community()
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    belongs(people.person("second"), here, MemberRole.MODERATOR)
    belongs(people.facilitator(), here, MemberRole.FACILITATOR)
    author = belongs(people.community_member(), here)
    return Place(here, forum(here), author)


@pytest.fixture
def worked():
    """Work off what is owed, all of it."""

    def work() -> None:
        while outbox.work_off():
            pass

    return work
