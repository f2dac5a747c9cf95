"""Nothing that people name gets an address that one of our own pages has."""

import pytest
from django.urls import get_resolver

from communities.actions import opening as communities
from communities.forums.actions import opening as forums
from home.events.actions import beginning
from network.awards import forms as awards
from network.experts.actions import publishing, rosters
from network.organizations.actions import organizations

pytestmark = pytest.mark.one_engine

DOORS = {
    "experts/": publishing.RESERVED_SLUGS,
    "rosters/": rosters.RESERVED_SLUGS,
    "organizations/": organizations.RESERVED_SLUGS,
    "communities/": communities.RESERVED_SLUGS,
    "communities/<words:community>/forums/": forums.RESERVED_SLUGS,
    "events/": beginning.RESERVED_SLUGS,
    "awards/": awards.TAKEN,
}


def addresses(resolver, before: str = "") -> list[str]:
    found = []
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        found += addresses(one, path) if hasattr(one, "url_patterns") else [path]
    return found


@pytest.mark.parametrize("door", DOORS)
def test_own_pages_keep_their_names(door):
    steps = {
        path.removeprefix(door).split("/")[0] for path in addresses(get_resolver()) if path.startswith(door)
    }
    own = {step for step in steps if step and "<" not in step and "." not in step}
    assert own
    assert own <= set(DOORS[door])
