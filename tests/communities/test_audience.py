"""Who may read: narrowed at once, widened only as those who wrote agree."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from communities import actions
from communities.enums import MemberRole, Visibility
from communities.forums import actions as forums
from communities.forums.enums import Audience
from communities.forums.models import Forum, Post, Thread, Widening
from network.foundations.exceptions import Refused
from network.outbox import actions as outbox
from network.search import actions as search
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


def stranger():
    return people.viewer(people.stranger())


def seen(thread: Thread) -> bool:
    return Thread.objects.visible_to(stranger()).filter(pk=thread.pk).exists()


@pytest.fixture
def here():
    """Two threads for members: one by a single author, one in which two have written."""
    found = community("Estuaries", visibility=Visibility.MEMBERS)
    belongs(people.moderator(), found, MemberRole.MODERATOR)
    belongs(people.community_member(), found)
    belongs(people.expert(), found)
    found.room = forum(found)
    found.alone = thread(found.room, people.community_member(), "Alone", "<p>zqalone</p>")
    found.both = thread(found.room, people.community_member(), "Both", "<p>zqboth</p>")
    reply(found.both, people.expert(), "<p>zqreply</p>")
    return found


def moderator():
    return people.viewer(people.moderator())


def propose(here, **more) -> Widening:
    return forums.propose(viewer=moderator(), community=here, reason="It would help others.", **more)


def wait(widening: Widening) -> Widening:
    Widening.objects.filter(pk=widening.pk).update(opens_at=timezone.now() - timedelta(minutes=1))
    widening.refresh_from_db()
    return widening


def say(widening: Widening, who, agrees: bool = True) -> None:
    forums.answer(viewer=people.viewer(who), widening=widening, agrees=agrees)


def test_the_settings_do_not_widen_what_people_have_written(client, here):
    fields = {"name": here.name, "summary": "S", "purpose": "<p>P</p>", "visibility": Visibility.PUBLIC}
    with pytest.raises(Refused):
        actions.change_community(viewer=moderator(), community=here, **fields)
    Forum.objects.filter(pk=here.room.pk).update(audience=Audience.MEMBERS)
    with pytest.raises(Refused):
        forums.change_forum(
            viewer=moderator(), forum=here.room, title="T", description="", position=0,
            audience=Audience.COMMUNITY,
        )  # fmt: skip


@pytest.mark.parametrize("who", ["community_member", "outsider", "site_moderator", "administrator"])
def test_only_its_moderators_propose_and_open(here, who):
    viewer = people.viewer(getattr(people, who)())
    with pytest.raises(PermissionDenied):
        forums.propose(viewer=viewer, community=here, reason="I want it.")
    widening = wait(propose(here))
    for deed in (forums.open_wider, forums.take_back):
        with pytest.raises(PermissionDenied):
            deed(viewer=viewer, widening=widening)


def test_those_who_wrote_are_told_and_answer_for_themselves(client, here):
    widening = propose(here)
    outbox.work_off()
    people.sign_in(client, people.expert())
    assert "May more people read what you wrote" in client.get("/inbox/").content.decode()
    address = reverse("forums:widening", args=[here.slug, widening.pk])
    assert client.get(address).context["is_asked"]
    decide = reverse("forums:decide_widening", args=[here.slug, widening.pk])
    assert client.post(decide, {"decision": "agree"}).status_code == 302
    assert client.post(decide, {"decision": "junk"}).status_code == 302
    assert client.post(decide, {"decision": "open"}).status_code == 403
    assert client.get(address).context["agreed"] == 1
    people.sign_in(client, people.moderator())
    assert client.post(decide, {"decision": "agree"}).status_code == 403
    people.sign_in(client, people.outsider())
    assert client.get(address).status_code == 403


def test_nothing_opens_before_the_answers_had_their_time(here):
    widening = propose(here)
    with pytest.raises(Refused):
        forums.open_wider(viewer=moderator(), widening=widening)
    say(widening, people.community_member())
    say(widening, people.expert())
    forums.open_wider(viewer=moderator(), widening=widening)
    assert seen(here.alone)
    assert seen(here.both)


def test_a_thread_opens_when_everybody_in_it_has_agreed(client, here):
    widening = wait(propose(here))
    say(widening, people.community_member())
    forums.open_wider(viewer=moderator(), widening=widening)
    assert seen(here.alone)
    assert not seen(here.both)
    assert client.get(here.both.get_absolute_url()).status_code == 404
    page = client.get(here.room.get_absolute_url()).content.decode()
    assert "Alone" in page
    assert "Both" not in page

    # What is new is for the new circle; what is said in a thread that stayed, stays with it.
    new = thread(here.room, people.moderator(), "New")
    assert seen(new)
    reply(here.both, people.moderator())
    say(widening, people.expert())
    assert not seen(here.both)
    say(widening, people.moderator())
    assert seen(here.both)
    assert seen(new)

    # Narrowing is always possible.
    say(widening, people.expert(), agrees=False)
    assert not seen(here.both)
    assert seen(here.alone)
    assert seen(new)


def test_no_door_shows_what_stayed_with_members(client, here):
    widening = wait(propose(here))
    say(widening, people.community_member())
    forums.open_wider(viewer=moderator(), widening=widening)
    while outbox.work_off():
        pass
    for pk in Post.objects.values_list("pk", flat=True):
        search.index("posts", pk, now=True)
    base = here.both.get_absolute_url()
    for path in (base, f"{base}posts/2/", f"{base}posts/2/history/", f"{base}participants/",
                 f"/live/?follow=thread:{here.both.pk}&after=0", "/search/?q=zqreply",
                 "/search/?q=zqboth", here.get_absolute_url()):  # fmt: skip
        body = client.get(path).content.decode()
        assert "<p>zqreply" not in body, path
        assert "<p>zqboth" not in body, path
        # A page that is not found names the address that it was asked for in its link to sign in.
        assert path.startswith(base) or base not in body, path
    assert "zqalone" in client.get("/search/?q=zqalone").content.decode()
    people.sign_in(client, people.expert())
    assert client.get(base).status_code == 200


def test_a_person_who_has_left_cannot_agree(here):
    Post.objects.filter(author=people.expert()).update(author=None)
    widening = wait(propose(here))
    say(widening, people.community_member())
    forums.open_wider(viewer=moderator(), widening=widening)
    assert not seen(here.both)


def test_a_hidden_community_becomes_known_only_when_all_agree(client, here):
    type(here).objects.filter(pk=here.pk).update(visibility=Visibility.HIDDEN)
    here.refresh_from_db()
    widening = wait(propose(here))
    assert widening.visibility == Visibility.MEMBERS
    say(widening, people.community_member())
    with pytest.raises(Refused):
        forums.open_wider(viewer=moderator(), widening=widening)
    assert client.get(here.get_absolute_url()).status_code == 404
    say(widening, people.expert())
    forums.open_wider(viewer=moderator(), widening=widening)
    assert client.get(here.get_absolute_url()).status_code == 200
    assert not seen(here.alone)


def test_a_forum_is_narrowed_at_once_and_site_moderators_stay_outside(client):
    here = community("Deserts")
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    belongs(people.community_member(), here)
    room = forum(here)
    started = thread(room, people.community_member())
    newcomer = people.person("newcomer")
    belongs(newcomer, here)
    held = reply(started, newcomer, '<p>Look: <a href="https://x.example/">here</a></p>')
    assert seen(started)
    forums.change_forum(
        viewer=moderator(), forum=room, title="General", description="", position=0,
        audience=Audience.MEMBERS,
    )  # fmt: skip
    assert not seen(started)
    assert client.get(room.get_absolute_url()).status_code == 404
    people.sign_in(client, people.site_moderator())
    assert client.get(started.get_absolute_url()).status_code == 404
    assert str(started.title) not in client.get(reverse("moderation:everything")).content.decode()
    assert client.post(reverse("moderation:decide_held", args=[held.pk])).status_code == 404
    people.sign_in(client, people.community_member())
    assert client.get(started.get_absolute_url()).status_code == 200

    room.refresh_from_db()
    widening = wait(propose(here, forum=room))
    say(widening, people.community_member())
    forums.open_wider(viewer=moderator(), widening=widening)
    assert seen(started)


def test_a_proposal_taken_back_asks_nobody(here):
    widening = propose(here)
    with pytest.raises(Refused):
        propose(here)
    forums.take_back(viewer=moderator(), widening=widening)
    with pytest.raises(Refused):
        say(widening, people.expert())
    with pytest.raises(Refused):
        forums.open_wider(viewer=moderator(), widening=widening)
    propose(here)
