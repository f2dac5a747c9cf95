"""Organizations, countries and focal points: who sees what and who may do what."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from network.accounts.models import User
from network.foundations.exceptions import Refused, StaleEdit
from network.organizations import actions
from network.organizations.models import Affiliation, FocalPoint, Organization
from network.outbox.actions import work_off
from tests import people
from tests.experts.factories import published
from tests.organizations.factories import SECRETARIAT, country, focal_point, organization

pytestmark = pytest.mark.django_db

#: Everybody but the secretariat, of whom there is a test of her own.
OTHERS = ["member", "expert", "editor", "steward", "site_moderator", "administrator", "nominator"]


def sent(**changes) -> dict:
    return {
        "name": "Lake Observatory",
        "kind": "research",
        "country": "",
        "acronym": "",
        "website": "",
    } | changes


def browser(client: Client, who: str) -> Client:
    return people.sign_in(client, getattr(people, who)())


@pytest.mark.parametrize("who", OTHERS)
def test_only_the_secretariat_manages(client: Client, who: str) -> None:
    held = organization(code="KE")
    point = focal_point(people.nominator())
    browser(client, who)
    for address in (
        "/organizations/add/",
        f"/organizations/{held.slug}/edit/",
        "/countries/ke/focal-points/",
    ):
        assert client.get(address).status_code == 403
        assert client.post(address, sent()).status_code == 403
    assert client.get(f"/organizations/{held.slug}/people/").status_code == 403
    assert client.post(f"/countries/ke/focal-points/{point.pk}/end/").status_code == 403
    viewer = people.viewer(getattr(people, who)())
    with pytest.raises(PermissionDenied):
        actions.save_organization(viewer=viewer, values=sent())
    with pytest.raises(PermissionDenied):
        actions.name_focal_point(viewer=viewer, person=people.member(), country=country("KE"), role="cbd")
    with pytest.raises(PermissionDenied):
        actions.end_focal_point(viewer=viewer, focal_point=point)


def test_strangers_are_asked_to_sign_in_and_read_the_rest(client: Client) -> None:
    held = organization(code="KE")
    for address in (
        "/organizations/add/",
        f"/organizations/{held.slug}/edit/",
        "/countries/ke/focal-points/",
    ):
        assert client.get(address).status_code == 302
    for address in (
        "/organizations/",
        held.get_absolute_url(),
        "/countries/",
        "/countries/ke/",
        "/countries/KE/",
    ):
        assert client.get(address).status_code == 200
    for address in ("/organizations/none/", "/countries/xx/", "/organizations/%00/"):
        assert client.get(address).status_code == 404


def test_the_secretariat_adds_and_changes(client: Client) -> None:
    browser(client, "secretariat")
    kenya = country("KE")
    answer = client.post(
        "/organizations/add/",
        sent(country=kenya.pk, website="lake.example", description="<p>Measures <b>water</b>.</p>"),
    )
    held = Organization.objects.get()
    assert answer.url == held.get_absolute_url()
    assert held.website == "https://lake.example"
    assert "<strong>water</strong>" in client.get(held.get_absolute_url()).content.decode()
    assert "Lake Observatory" in client.get("/organizations/?country=KE&kind=research").content.decode()
    assert held.get_absolute_url() not in client.get("/organizations/?kind=youth").content.decode()
    assert held.get_absolute_url() not in client.get("/organizations/?kind=nonsense").content.decode()
    assert held.get_absolute_url() in client.get("/countries/ke/").content.decode()
    work_off()
    assert client.get("/api/v1/search/", {"q": "肯尼亚"}).json()["groups"][0]["kind"] == "organizations"


def test_bad_input_is_shown_again(client: Client) -> None:
    browser(client, "secretariat")
    organization(code="KE")
    cases = [
        ("name", ""),
        ("name", "x" * 201),
        ("kind", "castle"),
        ("website", "javascript:alert(1)"),
        ("country", "9999999"),
    ]
    for field, typed in cases:
        answer = client.post("/organizations/add/", sent(**{"acronym": "KEPT", field: typed}))
        assert answer.status_code == 422, field
        assert answer.context["form"].errors[field]
        assert 'value="KEPT"' in answer.content.decode()
    again = client.post("/organizations/add/", sent(country=country("KE").pk, name="LAKE observatory"))
    assert again.status_code == 422
    assert "already" in " ".join(again.context["form"].errors["name"])
    assert Organization.objects.count() == 1


def test_a_stale_edit_shows_both(client: Client) -> None:
    held = organization()
    browser(client, "secretariat")
    actions.save_organization(
        viewer=SECRETARIAT, values={"name": "Saved meanwhile"}, organization=held, version=held.version
    )
    answer = client.post(f"/organizations/{held.slug}/edit/", sent(name="Typed now", version=held.version))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Saved meanwhile" in page
    assert "Typed now" in page
    version = answer.context["form"]["version"].value()
    assert (
        client.post(f"/organizations/{held.slug}/edit/", sent(name="Typed now", version=version)).status_code
        == 302
    )
    with pytest.raises(StaleEdit):
        actions.save_organization(viewer=SECRETARIAT, values={}, organization=held, version=1)


def test_a_focal_point_holds_her_countrys_key_while_it_lasts(client: Client) -> None:
    key = f"focal_point:{country('KE').pk}"
    assert key not in people.viewer(people.nominator()).keys
    browser(client, "secretariat")
    told = {"email": "NOMINATOR@cast.example", "role": "clearing-house", "since": "2024-01-01"}
    assert client.post("/countries/ke/focal-points/", told).status_code == 302
    assert people.viewer(people.nominator()).has(key)
    page = client.get("/countries/ke/").content.decode()
    assert "Nguyễn Thị Lan" in page
    assert "Clearing-house focal point" in page
    assert "nominator@cast.example" not in page
    again = client.post("/countries/ke/focal-points/", told)
    assert again.status_code == 422
    point = FocalPoint.objects.get()
    assert client.post(f"/countries/ke/focal-points/{point.pk}/end/").status_code == 302
    assert not people.viewer(people.nominator()).has(key)
    today, _former, before = client.get("/countries/ke/").content.decode().partition("Former focal points")
    assert "Nguyễn" not in today
    assert "Nguyễn" in before
    assert FocalPoint.objects.count() == 1, "that it was so stays on record"


def test_a_term_that_has_not_begun_gives_no_key() -> None:
    focal_point(people.nominator(), since=timezone.localdate() + timedelta(days=2))
    assert not people.viewer(people.nominator()).ids("focal_point")


def test_a_suspended_focal_point_acts_for_nobody(client: Client) -> None:
    acting = User.objects.create_user("acting@x.example", name="Acting Person")
    focal_point(acting)
    User.objects.filter(pk=acting.pk).update(is_active=False)
    assert "Acting Person" not in client.get("/countries/ke/").content.decode()
    with pytest.raises(Refused):
        acting.refresh_from_db()
        focal_point(acting, "TZ")


@pytest.mark.parametrize(
    ("field", "typed"),
    [("email", "nobody@x.example"), ("email", "no address"), ("role", "king"), ("since", "soon")],
)
def test_a_focal_point_is_asked_for_again(client: Client, field: str, typed: str) -> None:
    browser(client, "secretariat")
    told = {"email": "member@cast.example", "role": "cbd", "since": "2024-01-01"} | {field: typed}
    answer = client.post("/countries/ke/focal-points/", told)
    assert answer.status_code == 422
    assert answer.context["form"].errors[field]
    assert answer.context["form"]["email"].value() == told["email"]


def test_the_organization_confirms_its_people(client: Client) -> None:
    held = organization("Lake Observatory")
    officer = published(people.facilitator(), affiliation="Lake Observatory")
    expert = published(people.expert(), affiliation="lake observatory")
    address = f"/organizations/{held.slug}/people/"
    claim = Affiliation.objects.get(person=expert.user)
    assert browser(client, "facilitator").get(address).status_code == 403
    hers = Affiliation.objects.get(person=officer.user)
    browser(client, "secretariat").post(f"/organizations/people/{hers.pk}/officer/")
    assert browser(client, "facilitator").get(address).status_code == 200
    assert client.post(f"/organizations/people/{claim.pk}/confirm/").status_code == 302
    claim.refresh_from_db()
    assert (claim.confirmed_by, claim.officer_since) == (people.facilitator(), None)
    assert "Confirmed by the organization" in Client().get(expert.get_absolute_url()).content.decode()
    assert "Confirmed by the organization" not in Client().get("/experts/").content.decode()
    for wrong in ("999999", "9" * 30):
        assert client.post(f"/organizations/people/{wrong}/confirm/").status_code == 404


def test_programs_read_the_same(client: Client) -> None:
    held = organization(code="KE")
    focal_point(people.nominator())
    listed = client.get("/api/v1/organizations/", {"country": "ke", "kind": "research"}).json()
    assert [item["name"] for item in listed["items"]] == [held.name]
    assert client.get(f"/api/v1/organizations/{held.slug}").json()["country_code"] == "KE"
    assert client.get("/api/v1/organizations/none").status_code == 404
    points = client.get("/api/v1/organizations/focal-points", {"country": "ke"}).json()
    assert [(point["name"], point["role"]) for point in points] == [("Nguyễn Thị Lan", "cbd")]


@pytest.mark.parametrize("address", ["/organizations/", "/countries/", "/countries/ke/"])
def test_lists_ask_the_same_number_of_queries(
    client: Client, address: str, django_assert_max_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    organization("Number 0", code="KE")
    focal_point(people.nominator())
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(address)
    for number in range(1, 30):
        organization(f"Number {number}", code="KE")
    for number in range(4):
        focal_point(User.objects.create_user(f"{number}@x.example", name=f"Point {number}"))
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few)
    assert len(many) <= 12
