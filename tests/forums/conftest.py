"""A public community with a member and a moderator, and a thread that the member has begun."""

import pytest

from communities.enums import MemberRole, Visibility
from communities.forums.models import Thread
from communities.models import Community
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, thread


@pytest.fixture
def here(db) -> Community:
    found = community("Mangroves", visibility=Visibility.PUBLIC)
    belongs(people.community_member(), found)
    belongs(people.moderator(), found, MemberRole.MODERATOR)
    return found


@pytest.fixture
def started(here) -> Thread:
    return thread(forum(here, "Lagoons"), people.community_member(), "Crabs")
