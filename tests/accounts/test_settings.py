"""A person's own settings: one home, details that do not overwrite one another."""

import pytest

from network.accounts import zones
from network.accounts.actions import details_mark
from network.accounts.models import User
from tests import people

pytestmark = pytest.mark.django_db

PAGES = [
    "",
    "details/",
    "data/",
    "leave/",
    "second-factor/",
    "email/",
    "password/change/",
    "2fa/",
    "sessions/",
]


@pytest.fixture
def member(client):
    person = people.member()
    client.force_login(person)
    return person


def typed(person, **changes):
    present = {name: getattr(person, name) for name in ("name", "language", "zone")}
    return {**present, "seen": details_mark(person), **changes}


@pytest.mark.parametrize("page", PAGES)
def test_strangers_are_asked_to_sign_in(client, page):
    response = client.get(f"/accounts/{page}")
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/?next=")


def test_one_home_leads_everywhere(client, member):
    page = client.get("/accounts/").content.decode()
    for section in ["details/", "email/", "password/change/", "2fa/", "sessions/", "data/"]:
        assert f'href="/accounts/{section}"' in page


def test_there_is_no_link_to_sign_in_by_others(client):
    for page in ["login/", "signup/"]:
        text = client.get(f"/accounts/{page}").content.decode()
        assert "3rdparty" not in text
        assert "orcid" not in text.lower()


def test_saving_name_language_and_zone(client, member):
    response = client.post(
        "/accounts/details/", typed(member, name="Chen Weī", language="zh-hans", zone="Asia/Shanghai")
    )
    assert response.url == "/zh-hans/accounts/details/"
    member.refresh_from_db()
    assert (member.name, member.language, member.zone) == ("Chen Weī", "zh-hans", "Asia/Shanghai")
    assert people.viewer(member).zone == "Asia/Shanghai"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "x" * 151),
        ("language", "tlh"),
        ("zone", "Mars/Olympus_Mons"),
        ("zone", "../../etc/passwd"),
        ("zone", ""),
    ],
)
def test_bad_input_is_told_beside_its_field(client, member, field, value):
    response = client.post("/accounts/details/", typed(member, **{field: value}))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    before = (member.name, member.language, member.zone)
    member.refresh_from_db()
    assert (member.name, member.language, member.zone) == before


def test_a_stale_edit_shows_both_and_is_taken_when_meant(client, member):
    old = typed(member, name="From the old tab")
    client.post("/accounts/details/", typed(member, name="From the new tab"))

    response = client.post("/accounts/details/", old)
    assert response.status_code == 422
    page = response.content.decode()
    assert "From the old tab" in page
    assert "From the new tab" in page
    assert User.objects.get(pk=member.pk).name == "From the new tab"

    meant = {**old, "seen": response.context["form"]["seen"].value()}
    assert client.post("/accounts/details/", meant).status_code == 302
    assert User.objects.get(pk=member.pk).name == "From the old tab"


def test_every_zone_offered_is_one():
    offered = [zone for _, group in zones.choices()[1:] for zone, _ in group]
    assert len(offered) > 300
    assert all(zones.is_zone(zone) for zone in offered)


def test_the_zone_of_every_region_is_offered_under_its_city():
    assert ("Africa/Nairobi", "Nairobi") in dict(zones.choices())["Africa"]
    assert ("America/Argentina/Salta", "Argentina – Salta") in dict(zones.choices())["America"]


def test_sessions_are_listed_and_the_others_can_be_ended(client):
    member = people.member()
    other = client.__class__()
    for browser, agent in ((client, "Firefox on a desk"), (other, "Chrome on a telephone")):
        browser.post(
            "/accounts/login/",
            {"login": member.email, "password": people.PASSWORD},
            headers={"user-agent": agent},
        )
    page = client.get("/accounts/sessions/").content.decode()
    assert "Firefox on a desk" in page
    assert "Chrome on a telephone" in page
    client.post("/accounts/sessions/")
    assert client.get("/accounts/").status_code == 200
    assert other.get("/accounts/").status_code == 302


def test_the_page_reads_from_right_to_left_in_arabic(client, member):
    assert 'dir="rtl"' in client.get("/ar/accounts/").content.decode()
