"""Two moderators change the settings of one community at the same time."""

import pytest
from django.urls import reverse

from communities.enums import MemberRole
from tests import people
from tests.communities.factories import belongs, community

pytestmark = pytest.mark.django_db


def test_a_stale_edit_is_told_and_loses_nothing(client):
    here = community("Estuaries")
    belongs(people.member(), here, MemberRole.MODERATOR)
    people.sign_in(client, people.member())
    address = reverse("communities:settings", args=[here.slug])
    form = client.get(address).context["form"]
    typed = {
        "name": here.name, "purpose": here.purpose, "welcome": "",
        "visibility": here.visibility, "joining": here.joining, "version": form["version"].value(),
    }  # fmt: skip
    assert client.post(address, {**typed, "summary": "Hers"}).status_code == 302

    answer = client.post(address, {**typed, "summary": "Mine, later"})

    assert answer.status_code == 422
    assert "Saved in the meantime" in answer.content.decode()
    assert "Mine, later" in answer.content.decode()
    assert answer.context["stale"].summary == "Hers"
    again = {**typed, "summary": "Mine, later", "version": answer.context["form"]["version"].value()}
    assert client.post(address, again).status_code == 302
    here.refresh_from_db()
    assert here.summary == "Mine, later"
