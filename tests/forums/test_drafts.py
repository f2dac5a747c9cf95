"""What somebody has begun to write: kept on every device of hers, never written over, sealed nowhere."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from communities.enums import MemberRole
from communities.forums import actions
from communities.forums.models import Draft, Post
from network.accounts import actions as accounts
from network.accounts.enums import Leaving
from tests import people
from tests.communities.factories import belongs, community
from tests.consent import factories as knowledge
from tests.forums.factories import forum, thread

pytestmark = pytest.mark.django_db
SCRIPT = {"X-Requested-With": "fetch"}
SEALED = "The eels of the outer lagoon come in with the third moon, and nobody sets a trap before the fourth."


@pytest.fixture
def started(client):
    here = community()
    belongs(people.community_member(), here)
    belongs(people.person("observer"), here, MemberRole.OBSERVER)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    people.sign_in(client, people.community_member())
    return thread(forum(here), people.moderator())


def keep(client, started, html="Half a thought", version=0, script=True, **more):
    url = f"{started.get_absolute_url()}reply/draft/"
    data = {"html": html, "version": version, **more}
    return client.post(url, data, headers=SCRIPT if script else {})


def test_a_draft_is_found_again_wherever_the_form_is_opened(client, started):
    told = keep(client, started).json()
    assert told["version"] == 1
    assert told["text"].startswith("Draft kept at")
    assert keep(client, started, "Half a thought, and more", version=1).json()["version"] == 2
    for url in (started.get_absolute_url(), f"{started.get_absolute_url()}reply/", "/drafts/"):
        assert "Half a thought, and more" in client.get(url).content.decode()
    people.sign_in(client, people.moderator())
    for url in (started.get_absolute_url(), "/drafts/"):
        assert "Half a thought" not in client.get(url).content.decode()


def test_sending_deletes_it_and_a_late_save_does_not_bring_it_back(client, started):
    keep(client, started, submission_key="k1")
    sent = {"html": "A whole thought", "submission_key": "k1", "version": 1}
    assert client.post(f"{started.get_absolute_url()}reply/", sent).status_code == 302
    assert Post.objects.count() == 2
    assert not Draft.objects.exists()
    assert keep(client, started, "A whole th", version=1, submission_key="k1").status_code == 200
    assert not Draft.objects.exists()


def test_a_second_device_writes_over_nothing_and_sees_both_texts(client, started):
    keep(client, started, "From the desk")
    stale = keep(client, started, "From the boat")
    assert stale.status_code == 409
    assert "version" not in stale.json()
    both = keep(client, started, "From the boat", script=False)
    page = both.content.decode()
    assert both.status_code == 409
    assert "From the desk" in page
    assert "From the boat" in page
    assert both.context["form"]["version"].value() == "1"
    assert Draft.objects.get().html == "<p>From the desk</p>"
    assert keep(client, started, "From both", version=1, script=False).status_code == 302
    assert Draft.objects.get().html == "<p>From both</p>"


def test_a_thread_is_begun_in_the_same_way(client, started):
    url = f"{started.forum.get_absolute_url()}start/"
    kept = client.post(f"{url}draft/", {"title": "On crabs", "html": "", "version": 0})
    assert kept.url == url
    assert "On crabs" in client.get(url).content.decode()
    assert "On crabs" in client.get("/drafts/").content.decode()
    client.post(url, {"title": "On crabs", "html": "Now.", "language": "en", "submission_key": "k"})
    assert not Draft.objects.exists()


def test_an_empty_draft_is_none(client, started):
    keep(client, started)
    assert keep(client, started, "", version=1).json()["version"] == 0
    assert not Draft.objects.exists()
    assert "No drafts" in client.get("/drafts/").content.decode()


def test_what_is_sealed_is_not_kept_nor_what_is_said_to_be_knowledge(client, started):
    of = knowledge.holder("Lagoon people")
    knowledge.item(of, title="On eels", text=SEALED)
    for script in (True, False):
        refused = keep(client, started, SEALED, script=script)
        assert refused.status_code == 422
        assert "knowledge" in refused.content.decode()
    assert "third moon" in keep(client, started, SEALED, script=False).content.decode()
    assert not Draft.objects.exists()
    keep(client, started, "A song of ours")
    assert keep(client, started, "A song of ours", version=1, knowledge="others").status_code == 422
    assert not Draft.objects.exists()


def test_a_refused_draft_is_shown_whatever_else_was_sent(client, started):
    keep(client, started)
    odd = dict.fromkeys(("request", "here", "data", "initial", "form", "viewer"), "x")
    answer = keep(client, started, "Another thought", script=False, **odd)
    assert answer.status_code == 409
    assert "Another thought" in answer.content.decode()
    room = started.forum.get_absolute_url()
    too_long = {"title": "x" * 161, "html": "A third thought", "version": 0} | odd
    answer = client.post(f"{room}start/draft/", too_long)
    assert answer.status_code == 422
    assert "A third thought" in answer.content.decode()


def test_who_keeps_knowledge_of_a_people_is_kept_nothing_unasked(client, started):
    of = knowledge.holder("Lagoon people")
    page = client.get(started.get_absolute_url()).content.decode()
    assert "data-autosave=" in page
    knowledge.with_standing(of, people.community_member())
    page = client.get(started.get_absolute_url()).content.decode()
    assert "data-autosave=" not in page
    assert "Keep as draft" in page


def test_only_writers_keep_drafts(client, started):
    people.sign_in(client, people.person("observer"))
    assert keep(client, started).status_code == 403
    people.sign_in(client, people.outsider())
    assert keep(client, started).status_code == 403


@pytest.mark.parametrize("sent", [{"html": "x" * 30_000}, {"html": "x", "version": "many"}])
def test_bad_input_is_told(client, started, sent):
    for script in (True, False):
        assert keep(client, started, script=script, **sent).status_code == 422


def test_drafts_are_deleted_by_hand_by_age_and_on_leaving(client, started):
    keep(client, started)
    draft = Draft.objects.get()
    people.sign_in(client, people.moderator())
    url = reverse("kept:delete_draft", args=[draft.pk])
    assert client.post(url).status_code == 404
    people.sign_in(client, people.community_member())
    assert client.post(url).status_code == 302
    assert not Draft.objects.exists()
    keep(client, started)
    assert actions.sweep_drafts() == 0
    Draft.objects.update(updated_at=timezone.now() - timedelta(days=91))
    assert actions.sweep_drafts() == 1
    keep(client, started)
    accounts.leave(person=people.community_member(), choice=Leaving.KEEP)
    assert not Draft.objects.exists()


def test_the_list_names_no_place_that_is_closed_to_her_now(client, started):
    keep(client, started)
    here = started.forum.community
    here.visibility = "hidden"
    here.save()
    here.memberships.update(ended_at=timezone.now())
    page = client.get("/drafts/").content.decode()
    assert started.title not in page
    assert "Half a thought" in page
