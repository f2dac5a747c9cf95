"""Alternates of focal points: who names, accepts and ends, what they may do, and what nobody learns."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from network.accounts.personal_data import personal_data
from network.foundations.exceptions import Refused
from network.notifications.kinds import render_each
from network.notifications.models import Notification
from network.organizations import actions
from network.organizations.models import Alternate
from network.organizations.tasks import forget_invitations
from network.outbox.actions import work_off
from tests import people
from tests.organizations.factories import SECRETARIAT, alternate, focal_point

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SOON = TODAY + timedelta(days=60)
#: Everybody of the cast, without an office of a Party.
OTHERS = (
    "member",
    "expert",
    "quiet_expert",
    "facilitator",
    "moderator",
    "community_member",
    "outsider",
    "suspended_member",
    "barred",
    "steward",
    "holder",
    "editor",
    "juror",
    "nominator",
    "secretariat",
    "site_moderator",
    "administrator",
    "stranger",
)


@pytest.fixture
def point():
    return focal_point(people.person("focal-point"), "KE")


@pytest.fixture
def stand_in():
    return people.person("stand-in")


def browser(client: Client, who) -> Client:
    return people.sign_in(client, who)


def naming(point) -> str:
    return reverse("countries:name-alternate", args=["KE", point.pk])


def typed(point, **said) -> dict:
    values = {"email": "stand-in@cast.example", "until": SOON.isoformat()} | said
    return {f"p{point.pk}-{field}": value for field, value in values.items()}


def told(who) -> list[str]:
    while work_off():
        pass
    rows = Notification.objects.filter(recipient=who).order_by("pk")
    words = render_each([(row.kind, row.ids) for row in rows], people.viewer(who))
    return [one.subject for one in words if one]


@pytest.mark.parametrize("who", [*OTHERS, "other focal point"])
@pytest.mark.parametrize("deed", ["name", "accept", "end"])
def test_nobody_else_does_any_of_it(client: Client, point, stand_in, who: str, deed: str) -> None:
    standing = alternate(point, stand_in, accepted=False)
    other = who == "other focal point"
    someone = focal_point(people.person("other"), "UG").user if other else getattr(people, who)()
    viewer = people.viewer(someone)
    if deed == "name":
        with pytest.raises(PermissionDenied):
            actions.name_alternate(viewer=viewer, focal_point=point, email="a@b.example", until=SOON)
        address = naming(point)
    else:
        act = actions.accept_alternate if deed == "accept" else actions.end_alternate
        with pytest.raises(PermissionDenied):
            act(viewer=viewer, alternate=standing)
        address = reverse(f"countries:{deed}-alternate", args=[standing.pk])
    signed_in = someone.is_authenticated and someone.is_active
    assert browser(client, someone).post(address).status_code == (404 if signed_in else 302)
    assert Alternate.objects.filter(ended_at=None).count() == 1


def test_an_alternate_names_nobody(client: Client, point, stand_in) -> None:
    alternate(point, stand_in)
    with pytest.raises(PermissionDenied):
        actions.name_alternate(
            viewer=people.viewer(stand_in), focal_point=point, email="a@b.example", until=SOON
        )
    assert browser(client, stand_in).post(naming(point), typed(point)).status_code == 404
    assert client.get("/countries/ke/focal-points/").status_code == 403


def test_the_focal_point_does_not_accept_for_her(point, stand_in) -> None:
    asked = alternate(point, stand_in, accepted=False)
    with pytest.raises(PermissionDenied):
        actions.accept_alternate(viewer=people.viewer(point.user), alternate=asked)


def test_named_accepted_shown_and_resigned_on_pages(client: Client, point, stand_in) -> None:
    browser(client, point.user)
    page = reverse("countries:alternates")
    assert page in client.get("/").content.decode()
    answer = client.post(naming(point), typed(point), follow=True)
    assert "has not answered yet" in answer.content.decode()
    assert "Stand In" not in client.get("/countries/ke/").content.decode()
    assert told(stand_in) == ["Focal Point asks you to be the alternate for Kenya"]
    browser(client, stand_in)
    standing = Alternate.objects.get()
    accept = reverse("countries:accept-alternate", args=[standing.pk])
    assert accept in client.get(page).content.decode()
    assert client.post(accept).url == page
    assert told(point.user)[-1] == "Stand In is your alternate for Kenya"
    assert people.viewer(stand_in).has(f"alternate:{point.country_id}")
    assert not people.viewer(stand_in).ids("focal_point")
    shown = client.get("/countries/ke/").content.decode()
    assert "Stand In" in shown
    assert "alternate until" in shown
    assert "Resign" in client.get(page).content.decode()
    client.post(reverse("countries:end-alternate", args=[standing.pk]))
    assert not people.viewer(stand_in).ids("alternate")
    assert "Stand In" not in Client().get("/countries/ke/").content.decode()
    assert told(point.user)[-1] == "Stand In is no longer your alternate for Kenya"


def test_an_unknown_address_gets_the_same_answer(client: Client, point, stand_in) -> None:
    browser(client, point.user)
    pages = []
    for address in (stand_in.email, "who-is-that@post.example", people.barred().email):
        Alternate.objects.all().delete()
        answer = client.post(naming(point), typed(point, email=address), follow=True)
        assert answer.redirect_chain
        pages.append(
            [line for line in answer.content.decode().replace(address, "").splitlines() if "csrf" not in line]
        )
    assert pages[0] == pages[1] == pages[2]
    copies = []
    for address in (stand_in.email, "who-is-that@post.example"):
        Alternate.objects.all().delete()
        actions.name_alternate(viewer=people.viewer(point.user), focal_point=point, email=address, until=SOON)
        copy = personal_data.get("organizations").export(point.user)["Alternates"][0]
        assert copy["Alternate"] == address
        copies.append(copy.keys())
    assert copies[0] == copies[1]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", ""),
        ("email", "not an address"),
        ("email", "nul\x00@cast.example"),
        ("email", "x" * 100_000 + "@cast.example"),
        ("email", "FOCAL-POINT@cast.example"),
        ("until", ""),
        ("until", "99999-01-01"),
        ("until", (TODAY - timedelta(days=1)).isoformat()),
        ("until", (TODAY + timedelta(days=367)).isoformat()),
    ],
)
def test_bad_input_is_shown_beside_its_field(client: Client, point, field: str, value: str) -> None:
    answer = browser(client, point.user).post(naming(point), typed(point, **{field: value}))
    assert answer.status_code == 422
    assert answer.context["posts"][0]["form"].errors[field]
    assert not Alternate.objects.exists()


def test_huge_numbers_and_missing_fields(client: Client, point) -> None:
    browser(client, point.user)
    for address in (
        f"/countries/ke/focal-points/{10**30}/alternate/",
        f"/countries/alternates/{10**30}/accept/",
        f"/countries/alternates/{10**30}/end/",
    ):
        assert client.post(address).status_code == 404
    assert client.post(naming(point)).status_code == 422


def test_one_at_a_time_and_a_new_one_after_the_end(point, stand_in) -> None:
    standing = alternate(point, stand_in)
    with pytest.raises(Refused):
        alternate(point, people.member())
    actions.end_alternate(viewer=people.viewer(point.user), alternate=standing)
    assert told(stand_in)[-1] == "You are no longer the alternate for Kenya"
    with pytest.raises(Refused):
        actions.accept_alternate(viewer=people.viewer(stand_in), alternate=standing)
    with pytest.raises(Refused):
        actions.end_alternate(viewer=people.viewer(stand_in), alternate=standing)
    assert alternate(point, people.member()).accepted_at


def test_it_is_over_after_the_last_day_and_with_the_focal_point(point, stand_in) -> None:
    standing = alternate(point, stand_in, days=0)
    assert people.viewer(stand_in).ids("alternate")
    Alternate.objects.update(until=TODAY - timedelta(days=1))
    assert not people.viewer(stand_in).ids("alternate")
    assert alternate(point, stand_in).pk != standing.pk
    actions.end_focal_point(viewer=SECRETARIAT, focal_point=point)
    assert not people.viewer(stand_in).ids("alternate")
    with pytest.raises(PermissionDenied):
        alternate(point, people.member())


def test_a_closed_account_has_no_alternate(point, stand_in) -> None:
    alternate(point, stand_in)
    type(point.user).objects.filter(pk=point.user_id).update(is_active=False)
    assert not people.viewer(stand_in).ids("alternate")


def test_unanswered_invitations_are_forgotten(point, stand_in) -> None:
    asked = alternate(point, stand_in, accepted=False)
    Alternate.objects.update(named_at=timezone.now() - timedelta(days=31))
    with pytest.raises(Refused):
        actions.accept_alternate(viewer=people.viewer(stand_in), alternate=asked)
    forget_invitations()
    assert not Alternate.objects.exists()


def test_declined_and_taken_back(point, stand_in) -> None:
    actions.end_alternate(
        viewer=people.viewer(stand_in), alternate=alternate(point, stand_in, accepted=False)
    )
    assert told(point.user)[-1] == "Stand In does not want to be your alternate for Kenya"
    asked = alternate(point, stand_in, accepted=False)
    actions.end_alternate(viewer=people.viewer(point.user), alternate=asked)
    assert told(stand_in) == []
    assert set(Alternate.objects.values_list("email", flat=True)) == {""}


@pytest.mark.parametrize("who", ["focal point", "alternate"])
def test_copied_and_erased(point, stand_in, who: str) -> None:
    alternate(point, stand_in)
    someone = point.user if who == "focal point" else stand_in
    holding = personal_data.get("organizations")
    (row,) = holding.export(someone)["Alternates"]
    assert ("Stand In" if who == "focal point" else "Focal Point") in row.values()
    holding.erase(someone, False)
    assert not Alternate.objects.exists()


def test_the_page_asks_a_constant_number_of_questions(client: Client, point, stand_in) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as questions:
            assert client.get("/countries/alternates/").status_code == 200
        return len(questions)

    browser(client, stand_in)
    alternate(point, stand_in)
    asked()
    first = asked()
    for number in range(4):
        alternate(focal_point(people.person(f"another-{number}"), "UG"), stand_in, accepted=number % 2 == 0)
    assert asked() == first
