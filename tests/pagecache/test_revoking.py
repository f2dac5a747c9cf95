"""Each deed that changes a page which strangers read shows in it at once."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from communities import actions as communities
from communities.enums import MemberRole, Visibility
from communities.forums import actions as forums
from communities.forums.models import Forum
from communities.models import Membership
from home.pages.models import NewsIndexPage, NewsPage
from network.accounts import actions as accounts
from network.accounts import policies as accounts_policies
from network.accounts.actions.details import change_details, details_mark
from network.accounts.enums import Leaving
from network.experts import actions as experts
from network.experts import sections
from network.experts.enums import Visibility as Seen
from tests import people
from tests.communities.factories import belongs, community
from tests.experts.factories import published
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def talk():
    here = community()
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    belongs(people.community_member(), here)
    published(people.community_member(), seen_by=Seen.EVERYONE, affiliation="Reef watch")
    started = thread(forum(here), people.community_member(), "How to count crabs", "<p>How?</p>")
    reply(started, people.community_member(), "<p>Second words.</p>")
    return started


def author() -> people.Viewer:
    return people.viewer(people.community_member())


def moderator() -> people.Viewer:
    return people.viewer(people.moderator())


def seen(path: str) -> str:
    """What a stranger gets; asked twice before, so that the page is kept."""
    answer = Client().get(path)
    return answer.content.decode() if answer.status_code == 200 else str(answer.status_code)


def changes(paths: dict[str, str], deed: Callable[[], object]) -> dict[str, tuple[str, str]]:
    for path in paths.values():
        assert seen(path) == seen(path)
    before = {name: seen(path) for name, path in paths.items()}
    deed()
    return {name: (before[name], seen(path)) for name, path in paths.items()}


def places(talk) -> dict[str, str]:
    return {
        "thread": talk.get_absolute_url(),
        "forum": talk.forum.get_absolute_url(),
        "community": talk.forum.community.get_absolute_url(),
        "communities": "/communities/",
    }


def test_a_reply(talk):
    found = changes(places(talk), lambda: reply(talk, people.community_member(), "<p>Third words.</p>"))
    assert "Third words." in found["thread"][1]
    assert "2 replies" in found["forum"][1]
    assert "3 posts" in found["community"][1]


def test_a_new_thread(talk):
    deed = lambda: thread(talk.forum, people.community_member(), "Something new")  # noqa: E731
    found = changes(places(talk), deed)
    assert "Something new" in found["forum"][1]
    assert "Something new" in found["community"][1]


def test_an_edit(talk):
    post = talk.posts.get(number=2)
    deed = lambda: forums.edit(viewer=author(), post=post, html="<p>Mended.</p>", version=1)  # noqa: E731
    found = changes(places(talk), deed)
    assert "Second words." in found["thread"][0]
    assert "Second words." not in found["thread"][1]
    assert "Mended." in found["thread"][1]


def test_hiding_and_showing_again(talk):
    post = talk.posts.get(number=2)
    hidden = changes(places(talk), lambda: forums.hide(viewer=moderator(), post=post, reason="Rude"))
    assert "Second words." not in hidden["thread"][1]
    assert "0 replies" in hidden["forum"][1]
    shown = changes(places(talk), lambda: forums.show_again(viewer=moderator(), post=post))
    assert "Second words." in shown["thread"][1]


def test_approving_what_waited(talk):
    newcomer = people.member()
    belongs(newcomer, talk.forum.community)
    held = reply(talk, newcomer, '<p><a href="https://x.example/">Held words</a></p>')
    found = changes(places(talk), lambda: forums.approve(viewer=moderator(), post=held))
    assert "Held words" not in found["thread"][0]
    assert "Held words" in found["thread"][1]


@pytest.mark.parametrize(
    ("act", "word", "reason"), [("lock", "Locked", {"reason": "Said enough"}), ("pin", "Pinned", {})]
)
def test_locking_and_pinning(talk, act, word, reason):
    found = changes(places(talk), lambda: getattr(forums, act)(viewer=moderator(), thread=talk, **reason))
    assert word not in found["forum"][0]
    assert word in found["forum"][1]
    assert found["thread"][0] != found["thread"][1]
    undone = changes(places(talk), lambda: getattr(forums, f"un{act}")(viewer=moderator(), thread=talk))
    assert word not in undone["forum"][1]


def test_a_forum_that_is_opened_or_renamed(talk):
    here = talk.forum.community
    opened = lambda: forums.open_forum(viewer=moderator(), community=here, title="Seagrass")  # noqa: E731
    assert "Seagrass" in changes(places(talk), opened)["community"][1]
    deed = lambda: forums.change_forum(  # noqa: E731
        viewer=moderator(), forum=talk.forum, title="Anything", description="", position=0
    )
    found = changes(places(talk), deed)
    for name in ("thread", "forum", "community"):
        assert "Anything" in found[name][1], name


def test_a_question_that_others_have_and_its_answer(talk):
    Forum.objects.filter(pk=talk.forum_id).update(kind="questions")
    found = changes(places(talk), lambda: forums.want(viewer=moderator(), thread=talk))
    assert "1 person has it too" in found["forum"][1]
    assert "1 person has this question too" in found["thread"][1]
    answer = talk.posts.get(number=2)
    found = changes(places(talk), lambda: forums.accept_answer(viewer=moderator(), post=answer))
    for name in ("thread", "forum"):
        assert "badge--good" not in found[name][0]
        assert "badge--good" in found[name][1]


def test_a_forum_that_stays_open_longer(talk):
    now = timezone.now()
    Forum.objects.filter(pk=talk.forum_id).update(
        opens_at=now - timedelta(days=1), closes_at=datetime(2090, 1, 1, tzinfo=UTC)
    )
    until = datetime(2091, 2, 3, tzinfo=UTC)
    deed = lambda: forums.extend(viewer=moderator(), forum=talk.forum, closes_at=until, reason="r")  # noqa: E731
    found = changes(places(talk), deed)
    for name in ("thread", "forum", "community"):
        assert "3 February 2091" in found[name][1], name


@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.HIDDEN])
def test_a_community_that_closes_its_doors(talk, visibility):
    here = talk.forum.community
    deed = lambda: communities.change_community(  # noqa: E731
        viewer=moderator(), community=here, visibility=visibility
    )
    found = changes(places(talk) | {"second": f"{talk.get_absolute_url()}?from=1"}, deed)
    for name in ("thread", "forum", "second"):
        assert found[name][1] == "404", name
    if visibility == Visibility.HIDDEN:
        assert found["community"][1] == "404"
        assert here.name not in found["communities"][1]
    else:
        assert "How to count crabs" not in found["community"][1]


def test_a_community_that_is_opened_closed_or_reopened(talk):
    here = talk.forum.community
    paths = places(talk)
    found = changes(
        paths, lambda: communities.close_community(viewer=moderator(), community=here, reason="Done")
    )
    assert "This community is closed" in found["community"][1]
    found = changes(
        paths, lambda: communities.reopen_community(viewer=moderator(), community=here, reason="More")
    )
    assert "This community is closed" not in found["community"][1]
    opened = lambda: communities.open_community(  # noqa: E731
        viewer=people.viewer(people.site_moderator()), name="Glaciers", summary="Ice", purpose="<p>Ice</p>"
    )
    assert "Glaciers" in changes(paths, opened)["communities"][1]


def test_who_looks_after_a_community(talk):
    here = talk.forum.community
    belongs(people.facilitator(), here, MemberRole.FACILITATOR)
    membership = Membership.objects.get(user=people.facilitator())
    name = people.facilitator().name
    suspended = changes(
        places(talk),
        lambda: communities.suspend(viewer=moderator(), membership=membership, reason="Rude"),
    )
    assert name in suspended["community"][0]
    assert name not in suspended["community"][1]
    lifted = changes(
        places(talk), lambda: communities.lift_suspension(viewer=moderator(), membership=membership)
    )
    assert name in lifted["community"][1]
    left = changes(
        places(talk), lambda: communities.leave(viewer=people.viewer(people.facilitator()), community=here)
    )
    assert name not in left["community"][1]


def faces(talk) -> dict[str, str]:
    profile = people.community_member().expert_profile
    return places(talk) | {"experts": "/experts/", "profile": profile.get_absolute_url()}


def test_a_field_of_a_profile_that_is_taken_back(talk):
    section = next(section for section in sections.SECTIONS.values() if "affiliation" in section.fields)
    profile = people.community_member().expert_profile
    version = sections.version_of(sections.snapshot(profile, section))
    deed = lambda: experts.save_section(  # noqa: E731
        viewer=author(), section=section, values={}, visibility={"affiliation": Seen.NOBODY}, version=version
    )
    found = changes(faces(talk), deed)
    for name in ("thread", "experts", "profile"):
        assert "Reef watch" in found[name][0], name
        assert "Reef watch" not in found[name][1], name


def test_a_profile_that_is_hidden(talk):
    found = changes(faces(talk), lambda: experts.hide(viewer=author()))
    assert found["profile"][1] == "404"
    assert "Farida" not in found["experts"][1]
    assert "Reef watch" not in found["thread"][1]


def test_a_name_that_is_changed(talk):
    who = people.community_member()
    deed = lambda: change_details(  # noqa: E731
        person=who, name="Farida Noori", language="en", zone="UTC", seen=details_mark(who)
    )
    found = changes(faces(talk), deed)
    for name in ("thread", "forum", "experts", "profile"):
        assert "Farida Noori" in found[name][1], name


def test_a_person_who_is_suspended_and_reinstated(talk):
    installation = accounts_policies.INSTALLATION
    who = people.community_member()
    found = changes(faces(talk), lambda: accounts.suspend(person=who, by=installation, reason="Fraud"))
    assert found["profile"][1] == "404"
    assert "Farida" not in found["experts"][1]
    found = changes(faces(talk), lambda: accounts.reinstate(person=who, by=installation))
    assert "Farida" in found["experts"][1]


@pytest.mark.parametrize("choice", [Leaving.KEEP, Leaving.ERASE])
def test_a_person_who_leaves(talk, choice):
    found = changes(faces(talk), lambda: accounts.leave(person=people.community_member(), choice=choice))
    for name, (_before, after) in found.items():
        assert "Farida" not in after, name
    assert ("Second words." in found["thread"][1]) == (choice is Leaving.KEEP)


def test_pages_of_editors():
    index = NewsIndexPage.objects.get()
    paths = {"front": "/", "news": "/news/"}
    page = NewsPage(title="Otters are back", introduction="In short")

    def write() -> None:
        index.add_child(instance=page)
        page.save_revision().publish()

    found = changes(paths, write)
    for name in paths:
        assert "Otters are back" in found[name][1], name
    own = {**paths, "page": page.get_url()}
    found = changes(own, page.unpublish)
    assert found["page"][1] == "404"
    for name in paths:
        assert "Otters are back" not in found[name][1], name
