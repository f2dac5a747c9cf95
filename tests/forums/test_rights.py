"""Who may do what: every role at every act, in a public, a members-only and a hidden community."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from communities import actions as communities
from communities.enums import Joining, MemberRole, Visibility
from communities.forums import actions as forums
from communities.forums.models import Forum, Post
from communities.moderation import actions as moderation
from communities.moderation.models import Report
from network.foundations.exceptions import Refused
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db

ROLES = [
    "stranger",
    "outsider",
    "observer",
    "member",
    "facilitator",
    "moderator",
    "site_moderator",
    "suspended",
]
WRITERS = {"member", "facilitator", "moderator"}
CARERS = {"facilitator", "moderator"}
MODERATORS = {"moderator"}


class Place:
    """One community with a person in each role, and a post by somebody else."""

    def __init__(self, visibility: str) -> None:
        self.home = community("Home", visibility=visibility, joining=Joining.OPEN)
        for role in MemberRole.values:
            belongs(people.person(role), self.home, role)
        belongs(people.person("author"), self.home)
        suspended = belongs(people.person("suspended"), self.home)
        suspended.suspensions.create(reason="x")
        belongs(people.outsider(), community("Elsewhere"))
        self.forum = forum(self.home)
        Forum.objects.filter(pk=self.forum.pk).update(kind="questions")
        self.thread = thread(self.forum, people.person("author"))
        self.post = reply(self.thread, people.person("author"))

    def viewer(self, role: str):
        return people.viewer(person(role))


def person(role: str):
    """Who plays the role: some of the cast, or a person made for it."""
    cast = {"stranger": people.stranger, "outsider": people.outsider, "site_moderator": people.site_moderator}
    return cast[role]() if role in cast else people.person(role)


def membership(place: Place):
    return place.home.memberships.get(user=people.person("author"))


def hour(ahead: int) -> datetime:
    return timezone.now() + timedelta(hours=ahead)


def window(opens: int, closes: int) -> dict:
    return {"opens_at": hour(opens), "closes_at": hour(closes)}


def opened(place: Place, opens: int, closes: int) -> Forum:
    Forum.objects.filter(pk=place.forum.pk).update(**window(opens, closes))
    return place.forum


TEXT, WHY = {"html": "<p>x</p>"}, {"reason": "r"}
ACTS = {
    "start": (
        WRITERS,
        forums.start_thread,
        lambda p: {"forum": p.forum, "title": "t", **TEXT, "language": "en"},
    ),
    "reply": (WRITERS, forums.reply, lambda p: {"thread": p.thread, **TEXT}),
    "edit": (set(), forums.edit, lambda p: {"post": p.post, "html": "<p>y</p>", "version": 1}),
    "pin": (CARERS, forums.pin, lambda p: {"thread": p.thread}),
    "lock": (CARERS, forums.lock, lambda p: {"thread": p.thread, "reason": "r"}),
    "hide": (MODERATORS, forums.hide, lambda p: {"post": p.post, "reason": "r"}),
    "want": (WRITERS, forums.want, lambda p: {"thread": p.thread}),
    "accept": (MODERATORS, forums.accept_answer, lambda p: {"post": p.post}),
    "set_window": (CARERS, forums.set_window, lambda p: {"forum": p.forum, **window(1, 2)}),
    "extend": (CARERS, forums.extend, lambda p: {"forum": opened(p, -1, 1), "closes_at": hour(2), **WHY}),
    "summarise": (CARERS, forums.summarise, lambda p: {"forum": opened(p, -2, -1), "summary_url": ""}),
    "open_forum": (CARERS, forums.open_forum, lambda p: {"community": p.home, "title": "f"}),
    "change_forum": (
        CARERS,
        forums.change_forum,
        lambda p: {"forum": p.forum, "title": "f", "description": "", "position": 1},
    ),
    "change": (MODERATORS, communities.change_community, lambda p: {"community": p.home, "name": "n"}),
    "close": (MODERATORS, communities.close_community, lambda p: {"community": p.home, "reason": "r"}),
    "invite": (CARERS, communities.invite, lambda p: letter(p, MemberRole.MEMBER)),
    "invite_moderator": (MODERATORS, communities.invite, lambda p: letter(p, MemberRole.MODERATOR)),
    "change_role": (
        MODERATORS,
        communities.change_role,
        lambda p: {"membership": membership(p), "role": "observer"},
    ),
    "suspend": (MODERATORS, communities.suspend, lambda p: {"membership": membership(p), "reason": "r"}),
    "remove": (MODERATORS, communities.remove_member, lambda p: {"membership": membership(p), "reason": "r"}),
}


def letter(place: Place, role: str) -> dict:
    return {"community": place.home, "email": "a@b.example", "language": "en", "role": role}


def do(act: str, role: str, place: Place):
    _allowed, deed, what = ACTS[act]
    return deed(viewer=place.viewer(role), **what(place))


@pytest.mark.parametrize("visibility", Visibility.values)
@pytest.mark.parametrize("act", ACTS)
def test_every_role_at_every_act(visibility, act):
    allowed = ACTS[act][0]
    if visibility == Visibility.PUBLIC:
        # Who moderates the whole site does so where everybody may read, and nowhere else.
        allowed = allowed | {"site_moderator"} if allowed and allowed != WRITERS else allowed
    place = Place(visibility)
    for role in ROLES:
        with transaction.atomic():
            if role in allowed:
                do(act, role, place)
            else:
                with pytest.raises(PermissionDenied):
                    do(act, role, place)
            transaction.set_rollback(True)


@pytest.mark.parametrize("visibility", Visibility.values)
def test_who_reads(client, visibility):
    place = Place(visibility)
    readers = {"observer", "member", "facilitator", "moderator", "author"}
    addresses = {
        place.home.get_absolute_url(): "page",
        place.forum.get_absolute_url(): "inside",
        place.thread.get_absolute_url(): "inside",
        f"{place.thread.get_absolute_url()}posts/2/history/": "inside",
        f"/communities/{place.home.slug}/members/": "members",
    }
    everyone = {
        "stranger": people.stranger(),
        "outsider": people.outsider(),
        "suspended": people.person("suspended"),
    }
    everyone |= {"site_moderator": people.site_moderator()} | {role: people.person(role) for role in readers}
    for role, who in everyone.items():
        people.sign_in(client, who)
        for address, kind in addresses.items():
            expected = 200
            if role not in readers:
                if visibility == Visibility.HIDDEN or (visibility == Visibility.MEMBERS and kind == "inside"):
                    expected = 404
                elif kind == "members" and (role == "stranger" or visibility == Visibility.MEMBERS):
                    expected = 403
            assert client.get(address).status_code == expected, (role, address)


def test_nobody_decides_about_her_own_case():
    place = Place(Visibility.PUBLIC)
    moderator = place.viewer("moderator")
    own = reply(place.thread, people.person("moderator"))
    mine = place.home.memberships.get(user=people.person("moderator"))
    with pytest.raises(PermissionDenied):
        forums.hide(viewer=moderator, post=own, reason="r")
    report = moderation.report(viewer=place.viewer("member"), post=own, reason="harm")
    with pytest.raises(PermissionDenied):
        moderation.dismiss(viewer=moderator, report=report, reason="r")
    with pytest.raises(PermissionDenied):
        communities.suspend(viewer=moderator, membership=mine, reason="r")
    assert not Report.objects.visible_to(moderator).exists()
    assert Report.objects.visible_to(place.viewer("site_moderator")).exists()


def test_a_hidden_post_is_read_by_its_author_and_moderators_only(client):
    place = Place(Visibility.PUBLIC)
    place.post.html = "<p>The hidden words</p>"
    place.post.save()
    forums.hide(viewer=place.viewer("moderator"), post=place.post, reason="The reason")
    for role in [*ROLES, "author"]:
        sees = role in ("author", "moderator", "site_moderator")
        people.sign_in(client, person(role))
        page = client.get(place.thread.get_absolute_url()).content.decode()
        assert ("The hidden words" in page) == sees, role
        assert ("The reason" in page) == sees, role
        assert "This post is hidden" in page
        status = client.get(f"{place.thread.get_absolute_url()}posts/2/history/").status_code
        assert status == (200 if sees else 404)


def test_what_is_wider_than_its_words_were_meant_for_is_refused():
    place = Place(Visibility.MEMBERS)
    moderator = place.viewer("moderator")
    with pytest.raises(Refused):
        communities.change_community(viewer=moderator, community=place.home, visibility="public")
    changed = communities.change_community(viewer=moderator, community=place.home, visibility="hidden")
    assert changed.visibility == "hidden"


def test_who_opens_communities(client):
    for who, allowed in {
        people.stranger(): 302,
        people.member(): 403,
        people.secretariat(): 200,
        people.site_moderator(): 200,
    }.items():
        people.sign_in(client, who)
        assert client.get("/communities/open/").status_code == allowed, who
    place = Place(Visibility.PUBLIC)
    people.sign_in(client, people.person("moderator"))
    form = {"name": "Open", "summary": "s", "purpose": "p", "visibility": "public", "joining": "open"}
    answer = client.post("/communities/open/", form)
    assert answer.status_code == 302
    opened = place.home.__class__.objects.get(name="Open")
    assert opened.slug.startswith("open-")
    assert people.viewer(people.person("moderator")).has(f"community:{opened.pk}:moderator")
    assert client.post("/communities/open/", form | {"name": "x" * 121}).status_code == 422


def test_a_closed_community_is_a_readable_archive(client):
    place = Place(Visibility.PUBLIC)
    communities.close_community(viewer=place.viewer("moderator"), community=place.home, reason="Done")
    place.thread.forum.community.refresh_from_db()
    assert client.get(place.thread.get_absolute_url()).status_code == 200
    for act in ("reply", "start", "open_forum", "invite"):
        with pytest.raises(PermissionDenied):
            fresh = place.thread.__class__.objects.select_related("forum__community").get(pk=place.thread.pk)
            place.thread, place.forum, place.home = fresh, fresh.forum, fresh.forum.community
            do(act, "moderator", place)
    communities.reopen_community(viewer=place.viewer("moderator"), community=place.home, reason="Again")
    assert Post.objects.count() == 2
