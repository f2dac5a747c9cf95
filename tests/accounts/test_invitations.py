"""Invitations to the network: by whom, for whom, once."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from network.accounts import actions
from network.accounts.enums import Leaving, Role
from network.accounts.models import Invitation, ProcessingConsent, User
from network.accounts.tasks import tidy
from network.organizations.models import FocalPoint
from network.outbox.actions import work_off
from network.thesaurus.models import Term
from tests import people
from tests.accounts.helpers import is_signed_in

pytestmark = pytest.mark.django_db
HOME = "/accounts/invitations/"
GUEST = "guest@ministry.example"
JOIN = {"name": "Guest Of Honour", "language": "es", "agree": "on"}


@pytest.fixture
def administrator(client):
    return people.sign_in(client, people.administrator())


@pytest.fixture
def country():
    term = Term.objects.get(domain="country", code="KE")
    FocalPoint.objects.create(
        user=people.nominator(), country=term, role="cbd", since=timezone.localdate() - timedelta(1)
    )
    return f"focal_point:{term.pk}"


def invite(client, **more):
    answer = client.post(HOME, {"email": GUEST, "language": "en", **more})
    work_off()
    return answer


def link(address=GUEST):
    letter = [message for message in mail.outbox if message.to == [address]][-1]
    return re.search(r"http://testserver(/\S*accounts/invitation/\S+)", letter.body).group(1)


def test_an_administrator_invites_and_a_guest_joins_without_a_further_code(client, administrator):
    assert invite(administrator).status_code == 302
    guest = client.__class__()
    page = guest.get(link())
    assert "Ines Castillo" in page.content.decode()
    assert not User.objects.filter(email=GUEST).exists(), "opening the page does nothing"
    refused = guest.post(link(), {**JOIN, "agree": ""})
    assert refused.status_code == 422
    assert JOIN["name"] in refused.content.decode()
    guest.post(link(), JOIN)
    assert is_signed_in(guest)
    person = User.objects.get(email=GUEST)
    assert (person.name, person.language) == (JOIN["name"], "es")
    assert EmailAddress.objects.get(user=person).verified, "the link came to the address"
    assert ProcessingConsent.objects.filter(person=person).exists()
    assert "Accepted" in administrator.get(HOME).content.decode()


def test_it_is_good_once(client, administrator):
    invite(administrator)
    client.__class__().post(link(), JOIN)
    second = client.__class__()
    assert second.get(link()).status_code == second.post(link(), JOIN).status_code == 410
    assert not is_signed_in(second)


@pytest.mark.parametrize("how", ["expired", "withdrawn", "replaced"])
def test_what_is_over_opens_nothing(client, administrator, how):
    invite(administrator)
    first = link()
    if how == "expired":
        Invitation.objects.update(expires_at=timezone.now())
    elif how == "withdrawn":
        administrator.post(f"{HOME}{Invitation.objects.get().pk}/withdraw/")
    else:
        invite(administrator)
    assert client.__class__().post(first, JOIN).status_code == 410
    assert not User.objects.filter(email=GUEST).exists()


@pytest.mark.parametrize("token", ["forged", "1:x:y", "é" * 200])
def test_a_forged_link_is_nothing(client, token):
    assert client.get(f"/accounts/invitation/{token}/").status_code == 404


def test_a_role_goes_along_and_waits_for_its_second_factor(client, administrator):
    invite(administrator, role="secretariat")
    guest = client.__class__()
    assert "Secretariat" in guest.get(link()).content.decode()
    guest.post(link(), JOIN)
    person = User.objects.get(email=GUEST)
    assert person.role_grants.get().role == "secretariat"
    assert not people.viewer(person).has("role:secretariat")


def test_but_not_if_whoever_promised_it_may_not_give_it_any_more(client, administrator):
    people.person("another-administrator", role=Role.ADMINISTRATOR)
    invite(administrator, role="secretariat")
    other = people.viewer(people.person("another-administrator"))
    from network.accounts import policies

    actions.revoke_role(person=people.administrator(), role="administrator", by=policies.INSTALLATION)
    assert other is not None
    client.__class__().post(link(), JOIN)
    assert not User.objects.get(email=GUEST).role_grants.exists()


def test_a_focal_point_invites_in_the_name_of_her_country_and_no_further(client, country):
    hers = people.sign_in(client, people.nominator())
    assert invite(hers, behalf=country).status_code == 302
    assert "focal point of Kenya" in mail.outbox[-1].body
    assert Invitation.objects.get().behalf == country
    assert "Kenya" in hers.get(HOME).content.decode()
    for forged in ({"behalf": "focal_point:999999"}, {"behalf": ""}, {"behalf": "role:administrator"}):
        assert invite(hers, **forged).status_code == 422
    assert invite(hers, behalf=country, role="administrator").status_code == 302
    assert not Invitation.objects.exclude(role="").exists(), "she has no roles to give"


def test_fifty_open_letters_are_enough(client, country, monkeypatch):
    monkeypatch.setattr("network.accounts.actions.inviting.MOST_OPEN", 2)
    hers = people.sign_in(client, people.nominator())
    for number in range(2):
        assert invite(hers, behalf=country, email=f"{number}@x.example").status_code == 302
    assert invite(hers, behalf=country).status_code == 422


@pytest.mark.parametrize(
    "handle", ["member", "expert", "editor", "steward", "secretariat", "site_moderator", "moderator", "juror"]
)
def test_nobody_else_invites(client, handle):
    assert people.sign_in(client, getattr(people, handle)()).get(HOME).status_code == 403
    assert client.post(HOME, {"email": GUEST, "language": "en"}).status_code == 403
    assert mail.outbox == []


def test_who_has_an_account_is_not_told_to_whoever_invites(client, administrator):
    member = people.member()
    known, unknown = invite(administrator, email=member.email), invite(administrator)
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert {message.to[0] for message in mail.outbox} == {member.email, GUEST}


def test_somebody_with_an_account_accepts_as_herself_alone(client, administrator):
    member = people.member()
    invite(administrator, email=member.email, role="editor")
    stranger = client.__class__()
    assert "Sign in" in stranger.get(link(member.email)).content.decode()
    assert stranger.post(link(member.email)).status_code == 403
    other = people.sign_in(client.__class__(), people.outsider())
    assert other.post(link(member.email)).status_code == 403
    hers = people.sign_in(client.__class__(), member)
    hers.post(link(member.email))
    assert member.role_grants.get().role == "editor"
    assert hers.get(link(member.email)).status_code == 410


@pytest.mark.parametrize("email", ["", "nobody", "a" * 250 + "@x.example", "a@x.example\r\nBcc: b@x.example"])
def test_bad_addresses_are_told_beside_the_field(administrator, email):
    refused = invite(administrator, email=email)
    assert refused.status_code == 422
    assert "email" in refused.context["form"].errors


def test_invitations_are_forgotten(administrator):
    invite(administrator)
    invite(administrator, email="later@x.example")
    Invitation.objects.filter(email=GUEST).update(expires_at=timezone.now() - timedelta(31))
    tidy()
    assert Invitation.objects.get().email == "later@x.example"
    people.person("another-administrator", role=Role.ADMINISTRATOR)
    actions.leave(person=people.administrator(), choice=Leaving.KEEP)
    assert not Invitation.objects.exists()
