"""Shortlists: alone and with colleagues, with notes and balance; who stands on one is told nothing."""

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from network.experts import actions, gauges, listpersonal
from network.experts.enums import Facet
from network.experts.models import ExpertProfile, ProfileFacet, Shortlist, ShortlistEntry, ShortlistShare
from network.foundations.viewer import viewer_for
from network.notifications.models import Notification
from network.outbox.actions import work_off
from tests import people
from tests.experts.factories import full_values, person, published, term

pytestmark = pytest.mark.django_db


@pytest.fixture
def listed() -> Shortlist:
    """A member's list with Amina, who shares everything, and Bo, who shows herself to members only."""
    published(people.expert(), seen_by=3, **full_values())
    published(person(1, "Bo Reef"), seen_by={"name": 2})
    viewer = people.viewer(people.member())
    made = actions.make_shortlist(viewer=viewer, name="Panel on wetlands", purpose="Review of 2027")
    slugs = ExpertProfile.objects.values_list("slug", flat=True)
    assert actions.put_on_shortlist(viewer=viewer, shortlist=made, slugs=slugs) == 2
    return made


def entry(name: str) -> ShortlistEntry:
    return ShortlistEntry.objects.get(profile__user__name=name)


def share(listed: Shortlist, who, role: str = "view") -> ShortlistShare:
    return actions.share_shortlist(
        viewer=people.viewer(people.member()), shortlist=listed, email=who.email, role=role
    )


def test_from_the_directory_onto_a_list(client: Client) -> None:
    amina = published(people.expert(), seen_by=3, **full_values())
    people.sign_in(client, people.member())
    asked = {"country": "KE", "people": [amina.slug, "nobody"], "shortlist": ""}
    assert client.post("/experts/shortlists/put/", asked).status_code == 302
    made = Shortlist.objects.get()
    again = client.post("/experts/shortlists/put/", asked | {"shortlist": made.key})
    assert again["Location"] == f"/experts/?country=KE&for={made.key}"
    assert made.entries.count() == 1
    page = client.get(again["Location"])
    assert "On the list" in page.content.decode()
    assert "Amina Wanjiru" in client.get(made.get_absolute_url()).content.decode()
    assert client.post("/experts/shortlists/put/", {"shortlist": made.key}).status_code == 302
    assert client.post("/experts/shortlists/put/", asked | {"shortlist": "nothing"}).status_code == 404


def test_a_list_is_its_owners(client: Client, listed: Shortlist) -> None:
    note = f"{listed.get_absolute_url()}people/{entry('Bo Reef').pk}/note/"
    for who in (people.outsider(), people.expert(), people.administrator()):
        people.sign_in(client, who)
        for address in ("", "edit/", "delete/"):
            assert client.get(f"{listed.get_absolute_url()}{address}").status_code == 404
        assert client.post(note, {"note": "x", "version": 1}).status_code == 404
        assert "Panel" not in client.get("/experts/shortlists/").content.decode()
    client.logout()
    assert client.get(listed.get_absolute_url()).status_code == 302


def test_colleagues_see_or_work(client: Client, listed: Shortlist) -> None:
    people.sign_in(client, people.member())
    answers = [
        client.post(f"{listed.get_absolute_url()}share/", {"email": email, "role": "view"}, follow=True)
        for email in (people.outsider().email, "nobody@example.org")
    ]
    told = [[str(message) for message in answer.context["messages"]] for answer in answers]
    assert told[0] == told[1]
    work_off()
    assert Notification.objects.get().recipient == people.outsider()

    people.sign_in(client, people.outsider())
    page = client.get(listed.get_absolute_url()).content.decode()
    assert "Panel on wetlands" in page
    assert "Save the note" not in page
    note = f"{listed.get_absolute_url()}people/{entry('Bo Reef').pk}/note/"
    assert client.post(note, {"note": "x", "version": 1}).status_code == 403
    assert client.get(f"{listed.get_absolute_url()}edit/").status_code == 403
    assert client.post(f"{listed.get_absolute_url()}share/", {"email": "a@b.example"}).status_code == 403

    share(listed, people.outsider(), "edit")
    assert client.post(note, {"note": "Good on reefs", "version": 1}).status_code == 302
    assert entry("Bo Reef").note == "Good on reefs"
    held = ShortlistShare.objects.get(person=people.outsider())
    client.post(f"{listed.get_absolute_url()}shares/{held.pk}/end/")
    assert client.get(listed.get_absolute_url()).status_code == 404


def test_two_who_note_at_once_both_see_it(client: Client, listed: Shortlist) -> None:
    people.sign_in(client, people.member())
    note = f"{listed.get_absolute_url()}people/{entry('Bo Reef').pk}/note/"
    client.post(note, {"note": "First", "version": 1})
    late = client.post(note, {"note": "Second", "version": 1})
    assert late.status_code == 422
    text = late.content.decode()
    assert "Second" in text
    assert "It says now: First" in text
    assert entry("Bo Reef").note == "First"
    client.post(note, {"note": "First and second", "version": 2})
    assert entry("Bo Reef").note == "First and second"
    assert client.post(note, {"note": "x" * 2001, "version": 3}).status_code == 422
    assert client.post(note, {"note": "x", "version": "y"}).status_code == 422


def test_renaming_a_stale_list(client: Client, listed: Shortlist) -> None:
    people.sign_in(client, people.member())
    edit = f"{listed.get_absolute_url()}edit/"
    assert client.post(edit, {"name": "Panel", "purpose": "", "version": 1}).status_code == 302
    late = client.post(edit, {"name": "Other", "purpose": "", "version": 1})
    assert late.status_code == 422
    assert "Panel" in late.content.decode()
    assert "Other" in late.content.decode()
    assert client.post(edit, {"name": "", "version": 2}).status_code == 422
    assert client.post(f"{listed.get_absolute_url()}delete/").status_code == 302
    assert not ShortlistEntry.objects.exists()


def test_who_hides_herself_is_seen_no_more(client: Client, listed: Shortlist) -> None:
    actions.hide(viewer=viewer_for(people.expert()))
    people.sign_in(client, people.member())
    page = client.get(listed.get_absolute_url()).content.decode()
    assert "Amina" not in page
    assert "1 person of this list does not show herself" in page
    hidden = entry("Amina Wanjiru")
    assert client.post(f"{listed.get_absolute_url()}people/{hidden.pk}/off/").status_code == 404


def test_nobody_is_told_but_who_asks_for_her_data(client: Client, listed: Shortlist) -> None:
    work_off()
    assert not Notification.objects.exists()
    assert not mail.outbox
    actions.note_on_shortlist(
        viewer=people.viewer(people.member()), entry=entry("Amina Wanjiru"), note="Chair?", version=1
    )
    people.sign_in(client, people.expert())
    for address in ("/experts/me/", "/experts/shortlists/", "/inbox/"):
        assert "Panel" not in client.get(address).content.decode()
    (row,) = listpersonal.export(people.expert())["Lists on which I stand"]
    assert row["Note about me"] == "Chair?"
    listpersonal.erase(people.expert(), False)
    assert not ShortlistEntry.objects.filter(profile__user=people.expert()).exists()
    listpersonal.erase(people.member(), True)
    assert not Shortlist.objects.exists()


def _readings(number: int, seen_by: int = 3, **values) -> dict[str, gauges.Reading]:
    for place in range(number):
        published(person(100 + place), seen_by=seen_by, country=term("country", "KE"), **values)
    profiles = list(ExpertProfile.objects.values_list("pk", flat=True))
    return {reading.label: reading for reading in gauges.read(people.viewer(people.member()), profiles)}


@pytest.mark.parametrize(("number", "seen_by"), [(4, 3), (6, 0)])
def test_gauges_are_silent_below_five(number: int, seen_by: int) -> None:
    assert _readings(number, seen_by=seen_by)["UN region"].is_silent


def test_gauges_count_what_is_shown() -> None:
    reading = _readings(6, languages=[term("language", "fr")])["UN region"]
    assert [(part.label, part.number) for part in reading.parts] == [("Africa", 6)]


def test_gauges_over_hidden_fields_say_nothing() -> None:
    for seen_by in (0, 1):
        published(person(seen_by), seen_by=seen_by, country=term("country", "KE"))
    published(person(9), seen_by=3)
    reading = _readings(5)["UN region"]
    assert (reading.people, reading.shown, reading.unsaid) == (8, 5, 3)


def test_small_parts_of_what_people_say_of_themselves_are_not_told(monkeypatch) -> None:
    ways = {1: "One way", 2: "Another way"}
    gauge = gauges.Gauge("Said", Facet.TAG, lambda values: ways, sensitive=True)
    monkeypatch.setitem(gauges.gauges._entries, "said", gauge)
    _readings(7)
    for place, profile in enumerate(ExpertProfile.objects.order_by("pk")):
        ProfileFacet.objects.create(profile=profile, facet=Facet.TAG, value=1 + (place > 4), visibility=3)
    profiles = list(ExpertProfile.objects.values_list("pk", flat=True))
    said = gauges.read(people.viewer(people.member()), profiles)[-1]
    assert [(part.label, part.number) for part in said.parts] == [("One way", 5), ("Another way", None)]


def _more(listed: Shortlist, start: int, number: int) -> None:
    for place in range(start, start + number):
        published(person(place), seen_by=3, **full_values() | {"name": f"Person {place}"})
    slugs = list(ExpertProfile.objects.values_list("slug", flat=True))
    actions.put_on_shortlist(viewer=people.viewer(people.member()), shortlist=listed, slugs=slugs)


def test_a_list_of_thirty_costs_as_much_as_one_of_eight(client: Client, listed: Shortlist) -> None:
    people.sign_in(client, people.member())
    _more(listed, 50, 6)
    client.get(listed.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        client.get(listed.get_absolute_url())
    _more(listed, 60, 22)
    with CaptureQueriesContext(connection) as many:
        page = client.get(listed.get_absolute_url())
    assert len(page.context["people"]) == 30
    assert len(many) == len(few)


def test_people_like_one(client: Client) -> None:
    reef, forest = term("subject", "marine-coastal"), term("subject", "forests")
    amina = published(people.expert(), seen_by=3, subjects=[reef, forest])
    published(person(1, "Both"), seen_by=3, subjects=[reef, forest])
    published(person(2, "One"), seen_by=3, subjects=[reef])
    published(person(3, "Hidden"), seen_by={"subjects": 0}, subjects=[reef, forest])
    published(person(4, "None"), seen_by=3, subjects=[term("subject", "islands")])
    alike = client.get(amina.get_absolute_url()).context["alike"]
    assert [row.card.name for row in alike] == ["Both", "One"]
