"""Ready-made reasons, notes, the workload, the weekly report, and what is held about people."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from communities.forums.actions.mailing import desk_of
from communities.forums.enums import Origin
from communities.forums.models import Hold, Post
from communities.moderation import actions, personal
from communities.moderation.canned import translated
from communities.moderation.cases import find
from communities.moderation.models import (
    Appeal,
    CannedReason,
    Claim,
    ModerationReason,
    ModNote,
    Move,
    Standing,
)
from communities.moderation.queue import waiting_for
from communities.moderation.tasks import tell_of_week
from communities.moderation.workload import Workload
from network.accounts.models import User
from network.foundations.viewer import viewer_for
from network.notifications.enums import IncomingReason, IncomingState
from network.notifications.inbound import working
from network.notifications.inbound.doors import Verdict
from network.notifications.models import IncomingMail, Notification
from network.notifications.reading import lines
from tests import people
from tests.communities.factories import belongs

pytestmark = pytest.mark.django_db


def canned(place, **more: tuple[str, str]) -> CannedReason:
    texts = {"en": ("Advertising", "We do not advertise here.")} | more
    return actions.write_canned(viewer=people.viewer(people.moderator()), community=place.here, texts=texts)


def test_a_ready_made_reason_is_read_in_the_readers_language(client, place):
    reason = canned(place, fr=("Publicité", "Nous ne faisons pas de publicité ici."))
    post = place.held()
    User.objects.filter(pk=people.person("newcomer").pk).update(language="fr")
    people.sign_in(client, people.moderator())
    queue = client.get(reverse("moderation:queue", args=[place.here.slug])).content.decode()
    assert "Advertising" in queue
    url = reverse("moderation:decide", args=["held", post.pk])
    assert client.post(url, {"decision": "turn_down", "canned": "x"}).status_code == 422
    assert client.post(url, {"decision": "turn_down", "canned": reason.pk}).status_code == 302
    said = "Nous ne faisons pas de publicité ici."
    assert Hold.objects.get(post=post).reason == said
    log = client.get(reverse("moderation:log", args=[place.here.slug])).content.decode()
    assert "We do not advertise here." in log
    arabic = viewer_for(people.moderator(), "ar")
    assert translated(arabic, [said]) == {said: "We do not advertise here."}


def test_ready_made_reasons_are_kept_on_a_page(client, place):
    url = reverse("moderation:reasons", args=[place.here.slug])
    people.sign_in(client, people.facilitator())
    assert client.get(url).status_code == 403
    people.sign_in(client, people.moderator())
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"title_en": "Rude"}).status_code == 422
    assert client.post(url, {"title_ru": "Грубо", "text_ru": "Так не пишут."}).status_code == 302
    reason = CannedReason.objects.get()
    assert "Грубо" in client.get(url).content.decode()
    one = reverse("moderation:reason", args=[place.here.slug, reason.pk])
    client.post(one, {"title_en": "Rude", "text_en": "One does not write so."})
    assert list(reason.texts.values_list("language", flat=True)) == ["en"]
    client.post(one, {"retire": "yes"})
    assert client.get(one).status_code == 404
    assert client.get(reverse("moderation:site_reasons")).status_code == 403
    people.sign_in(client, people.site_moderator())
    assert client.get(reverse("moderation:site_reasons")).status_code == 200


def test_notes_are_for_moderators_of_this_community_alone(client, place):
    url = reverse("moderation:record", args=[place.here.slug, place.author.pk])
    people.sign_in(client, people.moderator())
    assert client.post(url, {"text": ""}).status_code == 422
    assert client.post(url, {"text": "Wrote to her."}).status_code == 302
    assert "Wrote to her." in client.get(url).content.decode()
    people.sign_in(client, people.site_moderator())
    page = client.get(url)
    assert page.status_code == 200
    assert "Wrote to her." not in page.content.decode()
    assert client.post(url, {"text": "Mine"}).status_code == 403
    for who in (people.facilitator(), people.community_member()):
        people.sign_in(client, who)
        assert client.get(url).status_code == 403
        with pytest.raises(PermissionDenied):
            actions.write_note(viewer=people.viewer(who), membership=place.author, text="x")
    people.sign_in(client, people.community_member())
    mine = client.get(reverse("moderation:mine")).content.decode()
    assert "Moderators keep notes about you in" in mine
    assert "Wrote to her." not in mine
    people.sign_in(client, people.moderator())
    note = ModNote.objects.get()
    client.post(reverse("moderation:remove_note", args=[place.here.slug, place.author.pk, note.pk]))
    assert not ModNote.objects.exists()


def test_the_workload_stands_in_charts_and_a_table(client, place):
    post = place.held()
    moderator = people.viewer(people.moderator())
    Hold.objects.update(since=timezone.now() - timedelta(hours=5))
    actions.settle(viewer=moderator, case=find(moderator, "held", post.pk), verb="approve")
    load = Workload(place.here)
    assert sum(week.decided for week in load.weeks) == 1
    assert [round(week.wait) for week in load.weeks if week.wait] == [5]
    url = reverse("moderation:workload", args=[place.here.slug])
    for who, status in ((people.moderator(), 200), (people.facilitator(), 403), (people.member(), 403)):
        people.sign_in(client, who)
        assert client.get(url).status_code == status
    people.sign_in(client, people.moderator())
    page = client.get(url).content.decode()
    assert "<svg" in page
    assert "Mateus Ferreira" in page


def test_every_kind_of_case_counts(place):
    """What waits in the queue is what the workload says waits."""
    place.held()
    actions.report(viewer=people.viewer(people.facilitator()), post=place.say(), reason="spam")
    old = people.person("old-name")
    belongs(old, place.here)
    post = place.say(by=old)
    Post.objects.filter(pk=post.pk).update(origin=Origin.IMPORT)
    Claim.objects.create(community=place.here, author=old, by=people.member(), post=post, words="Mine.")
    mail = IncomingMail.objects.create(
        digest="1", recipient="x", desk=desk_of(place.room), ids={"forum": place.room.pk}, state="waiting"
    )
    assert Workload(place.here).waits == len(waiting_for(people.viewer(people.moderator()), place.here)) == 4
    working.settle(mail, Verdict(IncomingState.ASKED, IncomingReason.WRONG_SENDER))
    assert Workload(place.here).waits == 3
    working.settle(mail, Verdict(IncomingState.IGNORED, IncomingReason.DISCARDED))
    assert (Workload(place.here).waits, Workload(place.here).weeks[-1].decided) == (3, 1)


def test_moderators_are_told_of_the_week(place):
    place.held()
    assert tell_of_week() == 1
    told = Notification.objects.filter(kind="moderation.week")
    assert set(told.values_list("recipient", flat=True)) == {
        people.moderator().pk,
        people.person("second").pk,
    }
    [line] = lines(list(told.filter(recipient=people.moderator()).lines()), people.viewer(people.moderator()))
    assert "1 wait" in str(line)


def test_what_is_held_about_a_person_goes_with_her(place):
    moderator = people.viewer(people.moderator())
    actions.write_note(viewer=moderator, membership=place.author, text="Wrote to her.")
    post = place.held()
    actions.settle(
        viewer=moderator, case=find(moderator, "held", post.pk), verb="turn_down", reason="Her ad."
    )
    told = str(personal.export(people.community_member()))
    assert "Wrote to her." in told
    assert "Her ad." in str(personal.export(people.person("newcomer")))
    for who in (people.community_member(), people.person("newcomer"), people.moderator()):
        personal.erase(who, False)
    for model in (ModNote, Move, Standing, Appeal, ModerationReason):
        assert not model.objects.exists(), model
