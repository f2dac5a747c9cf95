"""Searches that are kept: told once of what is new and visible, stopped by a click."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from network.experts import actions as experts
from network.experts.models import ExpertProfile
from network.foundations.viewer import viewer_for
from network.notifications.kinds import kinds
from network.notifications.models import Notification
from network.search import actions, personal
from network.search.actions import alerting
from network.search.models import FoundThing, SavedSearch
from network.search.searchables import searchables
from network.search.signing import sign
from tests import people
from tests.experts.factories import person, published, term

pytestmark = pytest.mark.django_db


def keep(client: Client, query: str, rhythm: str = "daily", of: str = "people") -> SavedSearch:
    people.sign_in(client, people.member())
    answer = client.post(f"/search/saved/new/?of={of}&{query}", {"name": "Kenyans", "rhythm": rhythm})
    assert answer.status_code == 302, answer.content.decode()
    return SavedSearch.objects.latest("pk")


def kenyan(number: int, **values) -> ExpertProfile:
    return published(
        person(number, f"Person {number}"), **{"seen_by": 3, "country": term("country", "KE")} | values
    )


def later() -> None:
    """The hours until the next time have gone by."""
    SavedSearch.objects.exclude(next_run_at=None).update(next_run_at=timezone.now() - timedelta(minutes=1))
    actions.run_due()


def told() -> list[str]:
    viewer = people.viewer(people.member())
    rows = Notification.objects.filter(kind="search.found").order_by("pk")
    words = [kinds.get("search.found").render(row.ids, viewer) for row in rows]
    return [word.subject + "\n" + word.text if word else "" for word in words]


def test_told_of_what_is_new_and_only_once(client: Client) -> None:
    kenyan(1)
    keep(client, "country=KE")
    later()
    assert told() == []
    kenyan(2)
    published(person(3, "Elsewhere"), seen_by=3, country=term("country", "FJ"))
    later()
    later()
    (words,) = told()
    assert words.startswith("1 new in “Kenyans”\nPerson 2")
    assert "Person 1" not in words


def test_before_its_time_nothing_is_done(client: Client) -> None:
    keep(client, "country=KE")
    kenyan(1)
    assert actions.run_due() == 0
    assert told() == []


def test_who_comes_to_match_by_a_change_is_new(client: Client) -> None:
    profile = kenyan(1, seen_by={"country": 0})
    keep(client, "country=KE")
    later()
    assert told() == []
    profile.visibility = {"country": 2}
    experts.refresh(profile)
    ExpertProfile.objects.filter(pk=profile.pk).update(visibility={"country": 2})
    later()
    assert len(told()) == 1


def test_what_is_hidden_again_is_not_told(client: Client) -> None:
    keep(client, "country=KE")
    profile = kenyan(1)
    later()
    assert len(told()) == 1
    experts.hide(viewer=viewer_for(profile.user))
    assert told() == [""]


def test_a_crash_tells_nothing_and_the_next_run_once(client: Client, monkeypatch) -> None:
    keep(client, "country=KE")
    kenyan(1)

    def dies(**_):
        raise RuntimeError("gone")

    with monkeypatch.context() as broken:
        broken.setattr(alerting, "notify", dies)
        later()
    assert not FoundThing.objects.exists()
    assert SavedSearch.objects.get().next_run_at > timezone.now()
    later()
    later()
    assert len(told()) == 1


def test_whoever_is_suspended_is_told_nothing(client: Client) -> None:
    keep(client, "country=KE")
    kenyan(1)
    member = people.member()
    member.is_active = False
    member.save()
    later()
    assert not Notification.objects.exists()


def test_the_general_search(client: Client) -> None:
    keep(client, "q=heron", of="everything")
    kenyan(1, tags=["heron"])
    from network.outbox.actions import work_off

    work_off()
    later()
    (words,) = told()
    assert "Person 1" in words


def test_one_click_from_the_mail(client: Client) -> None:
    search = keep(client, "country=KE")
    kenyan(1)
    later()
    (words,) = told()
    address = f"/search/saved/stop/{sign(search.pk)}/"
    assert address in words
    client.logout()
    assert client.get(address).status_code == 200
    assert SavedSearch.objects.get().rhythm == "daily"
    assert client.post(address).status_code == 200
    assert SavedSearch.objects.get().rhythm == "never"
    kenyan(2)
    later()
    assert len(told()) == 1
    assert client.get("/search/saved/stop/forged/").status_code == 404


def test_pages_of_kept_searches(client: Client) -> None:
    search = keep(client, "country=KE&subject=forests")
    page = client.get("/search/saved/").content.decode()
    assert "Forests, Kenya" in page or "Kenya, Forests" in page
    edit = f"/search/saved/{search.pk}/"
    assert client.get(edit).status_code == 200
    assert client.post(edit, {"name": "K", "rhythm": "weekly", "version": 1}).status_code == 302
    stale = client.post(edit, {"name": "L", "rhythm": "daily", "version": 1})
    assert stale.status_code == 422
    assert "Once a week" in stale.content.decode()
    assert client.post(edit, {"name": "", "rhythm": "x", "version": 2}).status_code == 422
    people.sign_in(client, people.outsider())
    assert client.get(edit).status_code == 404
    assert client.post(f"{edit}delete/").status_code == 404
    assert "Kenya" not in client.get("/search/saved/").content.decode()
    people.sign_in(client, people.member())
    assert client.post(f"{edit}delete/").status_code == 302
    assert not SavedSearch.objects.exists()


def test_what_cannot_be_kept(client: Client) -> None:
    keep(client, "country=KE")
    again = client.post("/search/saved/new/?of=people&country=KE", {"name": "K", "rhythm": "daily"})
    assert again.status_code == 422
    nothing = client.post("/search/saved/new/?of=people", {"name": "K", "rhythm": "daily"})
    assert nothing.status_code == 422
    assert client.get("/search/saved/new/?of=nonsense").status_code == 404
    client.logout()
    assert client.get("/search/saved/new/?of=people&country=KE").status_code == 302


def test_too_much_to_watch(client: Client, monkeypatch) -> None:
    kenyan(1)
    kenyan(2)
    monkeypatch.setattr("network.search.actions.saving.MOST", 1)
    people.sign_in(client, people.member())
    sent = {"name": "K", "rhythm": "daily"}
    assert client.post("/search/saved/new/?of=people&country=KE", sent).status_code == 422
    assert (
        client.post("/search/saved/new/?of=people&country=KE", sent | {"rhythm": "never"}).status_code == 302
    )


def test_her_copy_and_her_leaving(client: Client) -> None:
    keep(client, "country=KE")
    (row,) = personal.export(people.member())
    assert row["Searched for"] == "Kenya"
    personal.erase(people.member(), True)
    assert not SavedSearch.objects.exists()


def test_every_searchable_reads_and_shows() -> None:
    assert set(searchables.names()) >= {"people", "everything"}
