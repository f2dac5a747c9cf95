"""Drafts on the server, two devices at once, and what stood in a profile before."""

import pytest
from django.test import Client

from network.experts.enums import Visibility
from network.experts.models import ExpertProfile, Revision, SectionDraft
from network.foundations.richtext import watchers
from tests import people
from tests.experts.factories import write_profile
from tests.experts.test_editing import form_of, save

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client: Client) -> Client:
    return people.sign_in(client, people.member())


def keep(client: Client, section: str, script: bool = True, **changes):
    headers = {"X-Requested-With": "fetch"} if script else {}
    return client.post(f"/experts/me/{section}/draft/", form_of(client, section) | changes, headers=headers)


def test_what_is_typed_waits_on_every_device_and_nobody_sees_it(member: Client) -> None:
    answer = keep(member, "story", biography="Half a sen")
    assert answer.status_code == 200
    assert "Draft kept" in answer.json()["text"]
    assert not ExpertProfile.objects.exists()
    other = people.sign_in(Client(), people.member())
    page = other.get("/experts/me/story/")
    assert "Half a sen" in page.content.decode()
    assert "This is your draft" in page.content.decode()
    assert "Go on with your draft" in other.get("/experts/me/").content.decode()
    stranger = people.sign_in(Client(), people.expert())
    assert "Half a sen" not in stranger.get("/experts/me/story/").content.decode()
    save(other, "story", biography="A whole sentence.")
    assert not SectionDraft.objects.exists()


def test_the_button_keeps_a_draft_without_scripts_and_another_drops_it(member: Client) -> None:
    answer = keep(member, "about", script=False, name="", designation="Not yet sure")
    assert answer.status_code == 302
    assert "Not yet sure" in member.get("/experts/me/about/").content.decode()
    member.post("/experts/me/about/draft/drop/")
    assert "Not yet sure" not in member.get("/experts/me/about/").content.decode()


def test_a_draft_begun_before_a_saving_elsewhere_shows_both(member: Client) -> None:
    keep(member, "about", designation="Typed on the phone")
    write_profile(people.member(), name="Mo Member", designation="Saved on the desk")
    page = people.sign_in(Client(), people.member())
    SectionDraft.objects.get_or_create(
        user=people.member(),
        section="about",
        defaults={"fields": {"version": ["old"], "name": ["Mo"], "designation": ["Typed on the phone"]}},
    )
    text = page.get("/experts/me/about/").content.decode()
    assert "Typed on the phone" in text
    assert "Saved on the desk" in text


def test_a_draft_holds_neither_too_much_nor_what_is_watched(member: Client, monkeypatch) -> None:
    assert keep(member, "story", biography="x" * 250_000).status_code == 422
    monkeypatch.setitem(watchers._entries, "test", lambda text: "Not here." if "sealed" in text else "")
    answer = keep(member, "story", biography="a sealed word")
    assert (answer.status_code, answer.json()["text"]) == (422, "Not here.")
    without = keep(member, "story", script=False, biography="a sealed word")
    assert without.status_code == 422
    assert "a sealed word" in without.content.decode()
    assert not SectionDraft.objects.exists()


def test_history_tells_differences_and_brings_back(member: Client) -> None:
    save(member, "about", name="Mo Member", designation="Old post")
    save(member, "about", designation="New post", see_designation=3)
    page = member.get("/experts/me/history/").content.decode()
    assert "<del>Old</del>" in page
    assert "<ins>New</ins>" in page
    assert "instead of" in page
    newest = Revision.objects.order_by("-pk")[0]
    member.post(f"/experts/me/history/{newest.pk}/")
    profile = ExpertProfile.objects.get()
    assert profile.designation == "Old post"
    assert profile.level("designation") == Visibility.EVERYONE, "who sees it stays"
    member.post("/experts/me/history/forget/")
    assert not Revision.objects.exists()
    assert ExpertProfile.objects.get().designation == "Old post"


def test_history_is_for_its_person_alone(member: Client) -> None:
    save(member, "about", name="Mo Member", designation="Secret post")
    revision = Revision.objects.get()
    for who in (people.expert(), people.administrator()):
        other = people.sign_in(Client(), who)
        assert "Secret post" not in other.get("/experts/me/history/").content.decode()
        assert other.post(f"/experts/me/history/{revision.pk}/").status_code == 404


def test_only_the_last_hundred_changes_are_kept(member: Client, monkeypatch) -> None:
    monkeypatch.setattr("network.experts.actions.editing.MOST_REVISIONS", 3)
    for number in range(5):
        save(member, "about", name="Mo Member", designation=f"Post {number}")
    assert Revision.objects.count() == 3
