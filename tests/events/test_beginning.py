"""An editor's first event: from a template to a published page."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from home.events.models import EventPage, KnowledgeFairPage
from tests import people

pytestmark = pytest.mark.django_db
SAID = {"title": "Seagrass at noon", "starts_at": "2031-06-02T12:00", "zone": "Africa/Nairobi"}


@pytest.mark.parametrize(
    ("template", "model", "hours"),
    [("webinar", EventPage, 1.5), ("workshop", EventPage, 32), ("fair", KnowledgeFairPage, 56)],
)
def test_a_template_becomes_a_draft_that_is_ready_to_publish(client, template, model, hours):
    people.sign_in(client, people.editor())
    answer = client.post(reverse("events:begin"), SAID | {"template": template})
    page = model.objects.get(title="Seagrass at noon")
    assert answer.url == f"/cms/pages/{page.pk}/edit/"
    assert client.get(answer.url).status_code == 200
    assert page.starts_at == datetime(2031, 6, 2, 9, tzinfo=UTC)
    assert (page.ends_at - page.starts_at).total_seconds() == hours * 3600
    assert not page.live
    assert "Seagrass at noon" not in client.get("/events/").content.decode()
    page.get_latest_revision().publish()
    told = client.get(page.get_url())
    assert told.status_code == 200
    assert "<h2" in told.content.decode()


@pytest.mark.parametrize(
    "wrong",
    [{"title": ""}, {"template": "party"}, {"starts_at": "soon"}, {"zone": "Mars/Olympus"}, {"zone": ""}],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(client, wrong):
    people.sign_in(client, people.editor())
    answer = client.post(reverse("events:begin"), SAID | {"template": "webinar"} | wrong)
    assert answer.status_code == 422
    assert ("Seagrass at noon" in answer.content.decode()) is ("title" not in wrong)
    assert not EventPage.objects.exists()


def test_two_of_one_name_have_two_addresses_and_members_begin_none(client):
    people.sign_in(client, people.editor())
    for _twice in range(2):
        assert client.post(reverse("events:begin"), SAID | {"template": "webinar"}).status_code == 302
    assert EventPage.objects.values("slug").distinct().count() == 2
    assert reverse("events:begin") in client.get("/events/").content.decode()
    people.sign_in(client, people.member())
    assert client.post(reverse("events:begin"), SAID | {"template": "webinar"}).status_code == 403
    assert reverse("events:begin") not in client.get("/events/").content.decode()
