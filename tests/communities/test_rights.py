"""Role by role: what each may do in a community, open and closed."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from communities import actions, policies
from communities.enums import Joining, MemberRole, Visibility
from communities.forums import actions as forums
from network.foundations.exceptions import Refused
from network.organizations.enums import FocalPointRole
from network.organizations.models import FocalPoint
from network.thesaurus.models import Term
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db

ROLES = ("stranger", "outsider", "observer", "member", "facilitator", "moderator")
#: Act to the roles that may do it, in an open community and in a closed one.
RIGHTS = {
    "read": (ROLES, ROLES),
    "see members": (ROLES[1:], ROLES[1:]),
    "write": (("member", "facilitator", "moderator"), ()),
    "ask for a mandate": (("member", "facilitator", "moderator"), ()),
    "open a forum": (("facilitator", "moderator"), ()),
    "pin": (("facilitator", "moderator"), ()),
    "change what is asked": (("facilitator", "moderator"), ()),
    "add a resource": (("facilitator", "moderator"), ()),
    "invite": (("facilitator", "moderator"), ()),
    "propose more readers": (("moderator",), ()),
    "change the settings": (("moderator",), ()),
    "join": (("outsider",), ()),
}


@pytest.fixture
def here():
    found = community("Estuaries")
    for role in ("observer", "member", "facilitator", "moderator"):
        belongs(people.person(f"a-{role}"), found, role)
    started = thread(forum(found), people.person("a-member"))
    found.started = started
    return found


def viewer(role: str):
    if role == "stranger":
        return people.viewer(people.stranger())
    return people.viewer(people.person(f"a-{role}"))


def _do(act: str, role: str, here) -> None:
    """The deed itself, or reading; raises where it is refused."""
    who = viewer(role)
    plain = {"name": here.name, "summary": "S", "purpose": "<p>P</p>", "visibility": here.visibility}
    deeds = {
        "read": lambda: type(here).objects.readable_by(who).get(pk=here.pk),
        "see members": lambda: _demand(policies.can_see_members(who, here)),
        "write": lambda: forums.reply(viewer=who, thread=here.started, html="<p>Yes.</p>"),
        "ask for a mandate": lambda: actions.ask_mandate(
            viewer=who, community=here, capacity="peoples", named="The river people", until=_later()
        ),
        "open a forum": lambda: forums.open_forum(viewer=who, community=here, title="Tides"),
        "pin": lambda: forums.pin(viewer=who, thread=here.started),
        "change what is asked": lambda: actions.change_entrance(
            viewer=who, community=here, version=actions.entrance_version(here), questions=["Where?"],
            conduct="<p>Be kind.</p>",
        ),
        "add a resource": lambda: actions.add_resource(
            viewer=who, community=here, title="Guide", url="https://guide.example/"
        ),
        "invite": lambda: actions.invite(viewer=who, community=here, email="x@post.example", language="en"),
        "propose more readers": lambda: _propose(who, here),
        "change the settings": lambda: actions.change_community(viewer=who, community=here, **plain),
        "join": lambda: _join(who, here),
    }  # fmt: skip
    deeds[act]()


def _demand(allowed: bool) -> None:
    if not allowed:
        raise PermissionDenied


def _propose(who, here) -> None:
    room = here.started.forum
    type(room).objects.filter(pk=room.pk).update(audience="members")
    room.refresh_from_db()
    forums.propose(viewer=who, community=here, forum=room, reason="It would help others.")


def _join(who, here) -> None:
    _demand(policies.can_join(who, here))
    actions.join(viewer=who, community=here, conduct=0)


def _later():
    return timezone.localdate() + timedelta(days=90)


@pytest.mark.parametrize("closed", [False, True], ids=["open", "closed"])
@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("act", RIGHTS)
def test_who_may_do_what(here, act, role, closed):
    if closed:
        moderator = viewer("moderator")
        actions.close_community(viewer=moderator, community=here, reason="Its work is done.")
        here.started.refresh_from_db()
        here.refresh_from_db()
    may = role in RIGHTS[act][closed]
    try:
        _do(act, role, here)
    except (PermissionDenied, Refused):
        assert not may, f"{role} was refused to {act}"
    else:
        assert may, f"{role} was let {act}"


@pytest.mark.parametrize("address", ["reply/", "edit"])
def test_an_observer_reads_and_does_not_write(client, here, address):
    people.sign_in(client, people.person("a-observer"))
    base = here.started.get_absolute_url()
    page = client.get(base)
    assert page.status_code == 200
    assert "Observers read here" in page.content.decode()
    path = f"{base}posts/1/edit/" if address == "edit" else f"{base}{address}"
    assert client.post(path, {"html": "Mine", "version": 1}).status_code == 403
    start = reverse("forums:start", args=[here.slug, here.started.forum.slug])
    assert client.get(start).status_code == 403


def test_somebody_made_an_observer_edits_her_old_words_no_more(client, here):
    who = people.person("a-member")
    membership = here.memberships.get(user=who)
    actions.change_role(viewer=viewer("moderator"), membership=membership, role=MemberRole.OBSERVER)
    people.sign_in(client, who)
    assert client.get(f"{here.started.get_absolute_url()}posts/1/edit/").status_code == 403


def test_an_archive_says_since_when_and_why(client, here):
    reply(here.started, people.person("a-facilitator"))
    actions.close_community(viewer=viewer("moderator"), community=here, reason="Its work is done.")
    for address in (here.get_absolute_url(), here.started.get_absolute_url()):
        page = client.get(address).content.decode()
        assert "Its work is done." in page
        assert "This community is closed" in page
    actions.reopen_community(viewer=viewer("moderator"), community=here, reason="A new season.")
    assert "Its work is done." not in client.get(here.get_absolute_url()).content.decode()
    here.started.refresh_from_db()
    reply(here.started, people.person("a-member"))


# --- coming in --------------------------------------------------------------------------------------------


def focal_point(who, code: str):
    country = Term.objects.get(domain="country", code=code)
    FocalPoint.objects.create(user=who, country=country, role=FocalPointRole.CBD, since="2020-01-01")
    return country


def test_answers_to_the_questions_reach_those_who_decide(client):
    here = community(joining=Joining.REQUEST, questions=["Where do you work?", "Since when?"])
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    people.sign_in(client, people.member())
    join = reverse("communities:join", args=[here.slug])
    sent = {"message": "Hello", "conduct": "0", "question_0": "In Senegal"}
    refused = client.post(join, sent)
    assert refused.status_code == 422
    assert "In Senegal" in refused.content.decode()
    assert client.post(join, {**sent, "question_1": "2009"}).status_code == 302
    people.sign_in(client, people.moderator())
    queue = client.get(reverse("moderation:queue", args=[here.slug])).content.decode()
    assert "Where do you work?" in queue
    assert "In Senegal" in queue
    assert "2009" in queue


def test_nobody_comes_in_without_the_code_of_conduct(client):
    here = community()
    people.sign_in(client, people.member())
    join = reverse("communities:join", args=[here.slug])
    for sent in ({}, {"conduct": "7"}, {"conduct": "x"}, {"conduct": "\x00"}):
        assert client.post(join, sent).status_code == 422
    assert not here.memberships.exists()


def test_a_new_code_asks_again_before_the_next_post_and_keeps_the_text(client, here):
    people.sign_in(client, people.person("a-facilitator"))
    entrance = reverse("communities:entrance", args=[here.slug])
    version = client.get(entrance).context["form"]["version"].value()
    sent = {"questions": "", "conduct": "Name people only with their consent.", "version": version}
    assert client.post(entrance, sent).status_code == 302

    people.sign_in(client, people.person("a-member"))
    address = f"{here.started.get_absolute_url()}reply/"
    refused = client.post(address, {"html": "Seven weeks of work"})
    assert refused.status_code == 422
    assert "Seven weeks of work" in refused.content.decode()
    assert "Name people only with their consent." in refused.content.decode()
    assert client.post(address, {"html": "Seven weeks of work", "conduct": "1"}).status_code == 302
    assert client.post(address, {"html": "And one more day"}).status_code == 302
    with pytest.raises(Refused):
        forums.start_thread(
            viewer=viewer("moderator"), forum=here.started.forum, title="T", html="<p>x</p>", language="en"
        )


def test_saving_the_questions_alone_makes_no_new_code(client, here):
    people.sign_in(client, people.person("a-facilitator"))
    entrance = reverse("communities:entrance", args=[here.slug])
    form = client.get(entrance).context["form"]
    sent = {name: form[name].value() for name in ("conduct", "version")}
    assert client.post(entrance, {**sent, "questions": "Where?\n\nSince when?"}).status_code == 302
    here.refresh_from_db()
    assert here.questions == ["Where?", "Since when?"]
    assert here.conduct_version == 0
    stale = client.post(entrance, {**sent, "questions": "Mine"})
    assert stale.status_code == 422
    assert "Saved in the meantime" in stale.content.decode()
    assert "Since when?" in stale.content.decode()


def test_members_come_by_nomination_of_a_focal_point(client, here):
    type(here).objects.filter(pk=here.pk).update(joining=Joining.NOMINATION)
    here.refresh_from_db()
    named = people.person("named")
    kenya = focal_point(named, "KE")
    uganda = Term.objects.get(domain="country", code="UG")
    with pytest.raises(PermissionDenied):
        actions.invite(viewer=viewer("moderator"), community=here, email="a@b.example", language="en")
    with pytest.raises(PermissionDenied):
        actions.nominate(
            viewer=viewer("moderator"), community=here, email="a@b.example", country=kenya, language="en"
        )
    with pytest.raises(PermissionDenied):
        actions.nominate(
            viewer=people.viewer(named), community=here, email="a@b.example", country=uganda, language="en"
        )
    people.sign_in(client, named)
    address = reverse("communities:nominate", args=[here.slug])
    sent = {"email": "delegate@post.example", "country": kenya.pk, "language": "en"}
    assert client.post(address, sent).status_code == 302
    assert client.post(address, {**sent, "country": uganda.pk}).status_code == 422
    [letter] = here.invitations.open()
    assert letter.nominated_for == kenya
    delegate = people.viewer(people.person("delegate"))
    actions.accept_invitation(viewer=delegate, invitation=letter, conduct=0)
    assert policies.is_member(people.viewer(people.person("delegate")), here)
    people.sign_in(client, people.person("a-outsider"))
    assert client.get(address).status_code == 403
    join = reverse("communities:join", args=[here.slug])
    assert client.post(join, {"conduct": "0"}).status_code == 403


def test_a_hidden_community_is_not_told_to_focal_points(client):
    here = community(visibility=Visibility.HIDDEN, joining=Joining.NOMINATION)
    focal_point(people.person("named"), "KE")
    people.sign_in(client, people.person("named"))
    assert client.get(reverse("communities:nominate", args=[here.slug])).status_code == 404


def test_the_settings_of_a_forum_know_a_stale_edit(client, here):
    people.sign_in(client, people.person("a-moderator"))
    room = here.started.forum
    address = reverse("forums:settings", args=[here.slug, room.slug])
    form = client.get(address).context["form"]
    typed = {name: form[name].value() for name in ("title", "description", "position", "audience", "version")}
    assert client.post(address, {**typed, "title": "Hers"}).status_code == 302
    answer = client.post(address, {**typed, "title": "Mine, later"})
    assert answer.status_code == 422
    assert "Saved in the meantime" in answer.content.decode()
    assert "Mine, later" in answer.content.decode()
    assert "Hers" in answer.content.decode()
    again = {**typed, "title": "Mine, later", "version": answer.context["form"]["version"].value()}
    assert client.post(address, again).status_code == 302
    room.refresh_from_db()
    assert room.title == "Mine, later"
