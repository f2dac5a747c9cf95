"""Somebody was here twice: everything follows to one account, in every room, and can go back."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from communities.forums.counters import differences
from communities.forums.models import Reaction, Watch
from communities.models import Membership
from home.events.actions import set_room, vote
from home.events.models import Going, Speaker, SpeakerReview
from network.accounts import actions, merging
from network.accounts.enums import Role
from network.accounts.models import PersonMerge, User
from network.consent.models import Holder, Standing
from network.experts.actions.merging import profiles
from network.experts.models import ExpertProfile, RosterEntry
from network.foundations.exceptions import Refused
from network.foundations.viewer import viewer_for
from network.outbox.actions import work_off
from tests import people
from tests.communities.factories import belongs, community
from tests.events import factories as events
from tests.experts.factories import published, term
from tests.experts.trust import endorsed, listed, roster
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def two() -> tuple[User, User]:
    return people.person("amina-old", "WANJIRU, Amina"), people.person("amina", "Amina Wanjiru")


def merged(gone: User, kept: User) -> PersonMerge:
    made = actions.merge_people(
        viewer=people.viewer(people.administrator()), gone=gone, kept=kept, reason="She told us."
    )
    while work_off():
        pass
    return made


def everything() -> dict[str, list]:
    """Every column of every room that points to a person."""
    return {
        f"{model._meta.label}.{column}": list(model._base_manager.order_by("pk").values_list("pk", column))
        for model, column in merging.merging.following()
        if model._meta.label not in ("notifications.Notification", "notifications.OutgoingMail")
    }


def left_behind(person: User) -> set[str]:
    found = set()
    for model, column in merging.merging.following():
        if model._base_manager.filter(**{column: person.pk}).exists():
            found.add(f"{model._meta.label}.{column}")
    return found


def busy(person: User, other: User) -> None:
    """She has done this and that, some of it under both names."""
    home = community()
    belongs(people.moderator(), home, "moderator")
    belongs(person, home, "facilitator")
    belongs(other, home)
    talk = thread(forum(home), person)
    post = reply(talk, people.moderator())
    for who in (person, other):
        Reaction.objects.create(user=who, post=post, kind="thanks")
        Watch.objects.get_or_create(user=who, thread=talk, defaults={"level": "watching"})
    post.reactions = {"thanks": 2}
    post.save(update_fields=["reactions"])
    reply(talk, person)
    published(person, orcid="0000-0002-1825-0097", website="https://old.example/")
    published(other, orcid="", website="", designation="Adviser")
    on = roster()
    listed(person, on)
    endorsed(person)


def test_no_table_is_forgotten() -> None:
    """Whoever adds a table with one row of a kind for each person says what becomes of a second."""
    assert list(merging.merging.undecided()) == []
    assert list(profiles.undecided()) == []
    columns = {f"{model._meta.label}.{column}" for model, column in merging.merging.columns()}
    assert {"forums.Post.author_id", "calls.Case.nominator_id", "experts.ExpertProfile.user_id"} <= columns
    labels = {column.rsplit(".", 1)[0] for column in columns}
    named = {*merging.merging.stays.names(), *merging.merging.closers.names()}
    assert named <= labels


def test_all_follow_and_all_go_back(client: Client, two) -> None:
    gone, kept = two
    busy(gone, kept)
    people.administrator()
    people.member()
    while work_off():
        pass
    before, page = everything(), gone.expert_profile.get_absolute_url()
    made = merged(gone, kept)
    stayed = {"forums.Watch.user_id", "communities.Membership.user_id", "experts.ExpertProfile.user_id"}
    assert left_behind(gone) <= stayed | {"accounts.ProcessingConsent.person_id"}
    assert made.moved > 5
    assert Membership.objects.current().get(user=kept).role == "facilitator"
    assert not Membership.objects.current().filter(user=gone).exists()
    assert Reaction.objects.filter(user=kept).count() == 1
    assert list(differences()) == []
    profile = ExpertProfile.objects.get(user=kept)
    assert (profile.orcid, profile.designation) == ("0000-0002-1825-0097", "Adviser")
    assert profile.other_names == ["WANJIRU, Amina"]
    assert RosterEntry.objects.get(ended_at=None).person == kept
    client.force_login(people.member())
    assert client.get(page).url == profile.get_absolute_url()

    actions.undo_people_merge(viewer=viewer_for(kept), merge=made)
    while work_off():
        pass
    assert everything() == before
    assert list(differences()) == []
    assert client.get(page).status_code == 200
    gone.refresh_from_db()
    assert gone.is_active
    assert gone.merged_into is None
    with pytest.raises(Refused):
        actions.undo_people_merge(viewer=viewer_for(kept), merge=made)


def test_one_person_in_the_room_of_a_session_counts_once(two) -> None:
    gone, kept = two
    page = events.event(hours=8, starts_at=timezone.now() - timedelta(minutes=10), attendance="online")
    spoken = events.session(page)
    at = {"event": page.translation_key, "session": spoken.key}
    hosts = events.standing(spoken, people.editor())
    room = set_room(here=hosts, version=0, is_moderated=False, meeting_url="https://meet.example/room")
    question = room.questions.create(text="How many?", language="en", state="shown")
    for who, state, agrees in ((kept, "asked", True), (gone, "confirmed", False)):
        events.ask(page, events.desk(page), who)
        vote(here=events.standing(spoken, who), question=question)
        Going.objects.create(**at, person=who)
        Speaker.objects.create(**at, person=who, name="A. Wanjiru", state=state)
        SpeakerReview.objects.create(room=room, person=who, version=1, agrees=agrees)

    made = merged(gone, kept)
    work_off()
    question.refresh_from_db()
    assert question.votes == question.voters.count() == 1
    assert list(Going.objects.values_list("person", flat=True)) == [kept.pk]
    assert list(Speaker.objects.values_list("person", "state")) == [(kept.pk, "confirmed")]
    assert list(SpeakerReview.objects.values_list("person", "agrees")) == [(kept.pk, False)]

    actions.undo_people_merge(viewer=viewer_for(kept), merge=made)
    work_off()
    question.refresh_from_db()
    assert question.votes == question.voters.count() == 2
    assert {(row.person_id, row.state) for row in Speaker.objects.all()} == {
        (kept.pk, "asked"),
        (gone.pk, "confirmed"),
    }


def test_she_proves_both_and_the_one_that_goes_stays_shut(client: Client, two) -> None:
    gone, kept = two
    client.login(email=kept.email, password=people.PASSWORD)
    nobody = client.post(reverse("accounts:merge"), {"email": "nobody@nowhere.example"}, follow=True)
    work_off()
    assert not mail.outbox
    somebody = client.post(reverse("accounts:merge"), {"email": gone.email}, follow=True)
    work_off()
    said = [[str(message) for message in answer.context["messages"]] for answer in (nobody, somebody)]
    assert said[0] == said[1]
    letter = mail.outbox.pop()
    assert letter.to == [gone.email]
    link = re.search(r"http\S+/accounts/merge/\S+", letter.body).group()
    stranger = Client()
    stranger.force_login(people.outsider())
    assert stranger.get(link, follow=True).status_code in (200, 410)
    assert not PersonMerge.objects.exists()

    answer = client.get(link, follow=True)
    if answer.redirect_chain:  # who she is, once more
        answer = client.post(answer.redirect_chain[-1][0], {"password": people.PASSWORD}, follow=True)
    assert gone.email in answer.content.decode()
    assert client.post(link, follow=True).status_code == 200
    while work_off():
        pass
    made = PersonMerge.objects.get()
    assert (made.gone, made.kept, made.by) == (gone, kept, kept)
    assert {letter.to[0] for letter in mail.outbox} == {gone.email, kept.email}
    assert EmailAddress.objects.get(email=gone.email).user == kept
    assert not Client().login(email=gone.email, password="another river in May")
    fresh = Client()
    fresh.post(reverse("account_login"), {"login": gone.email, "password": people.PASSWORD})
    assert fresh.session.get("_auth_user_id") != str(gone.pk)
    assert gone.name in client.get(reverse("accounts:merge")).content.decode()
    assert client.get(link).status_code in (302, 410)

    # The letter to the address that went takes it apart again, for whoever cannot sign in any more.
    told = next(letter for letter in mail.outbox if letter.to == [gone.email])
    undo = re.search(r"http\S+/accounts/merged/\S+", told.body).group()
    assert Client().get(undo).status_code == 200
    assert Client().post(undo).status_code == 302
    gone.refresh_from_db()
    assert gone.is_active
    assert EmailAddress.objects.get(email=gone.email).user == gone


def test_who_may_not_and_what_stands_against_it(client: Client, two) -> None:
    gone, kept = two
    administrator = people.viewer(people.administrator())
    for viewer in (viewer_for(people.member()), viewer_for(kept), people.viewer(people.secretariat())):
        with pytest.raises(PermissionDenied):
            actions.merge_people(viewer=viewer, gone=gone, kept=kept, reason="x")
    with pytest.raises(PermissionDenied):
        actions.merge_people(viewer=administrator, gone=gone, kept=people.administrator(), reason="x")
    with pytest.raises(Refused):
        actions.merge_people(viewer=administrator, gone=gone, kept=kept, reason=" ")
    keeper = people.person("keeper-of-seeds")
    Standing.objects.create(
        holder=Holder.objects.create(kind="people", names={"en": "Lagoon people"}),
        user=keeper,
        attested_by=keeper.actor_id,
    )
    for other in (people.steward(), people.barred(), people.editor(), keeper):
        with pytest.raises(Refused):
            actions.merge_people(viewer=administrator, gone=other, kept=kept, reason="x")
    assert not PersonMerge.objects.exists()


def test_the_time_to_undo_ends_and_leaving_takes_all_along(two) -> None:
    gone, kept = two
    actions.grant_role(person=kept, role=Role.EDITOR, by=people.viewer(people.administrator()))
    made = merged(gone, kept)
    PersonMerge.objects.filter(pk=made.pk).update(undo_until=timezone.now() - timedelta(days=1))
    assert actions.forget_merges() == 1
    made.refresh_from_db()
    assert made.changes == []
    with pytest.raises(Refused):
        actions.undo_people_merge(viewer=viewer_for(kept), merge=made)
    actions.leave(person=kept, choice="erase")
    gone.refresh_from_db()
    assert gone.has_left
    assert not PersonMerge.objects.exists()


def test_pairs_are_found_in_any_script_and_told_apart(client: Client) -> None:
    kenya = {"country": term("country", "KE")}
    first = published(people.person("one"), name="Амина Ванджиру", other_names=["Amina Wanjiru"], **kenya)
    second = published(people.person("two"), name="WANJIRU, Amina", **kenya)
    published(people.person("three"), name="Somebody Else", **kenya)
    client.force_login(people.administrator())
    page = client.get(reverse("experts:doubles"))
    assert [pair.why >= {"country"} for pair in page.context["pairs"]] == [True]
    assert first.user.looked_at.filter(what="experts.double").exists()
    client.force_login(first.user)
    assert second.user.name in client.get(reverse("accounts:merge")).content.decode()
    assert client.get(reverse("experts:doubles")).status_code == 403

    client.force_login(people.administrator())
    both = sorted([first.user_id, second.user_id])
    bad = client.post(reverse("experts:double", args=both), {"kept": both[0], "reason": ""})
    assert bad.status_code == 422
    typed = client.post(reverse("experts:doubles"), {"one": "x@y.example", "other": "no"})
    assert typed.status_code == 422
    assert "x@y.example" in typed.content.decode()
    client.post(reverse("experts:doubles_apart", args=both))
    assert not client.get(reverse("experts:doubles")).context["pairs"]
    said = {"kept": both[0], "reason": "She wrote to us"}
    assert client.post(reverse("experts:double", args=both), said).status_code == 302
    assert PersonMerge.objects.get().gone_id == both[1]
    assert client.get(reverse("experts:double", args=both)).status_code == 404
