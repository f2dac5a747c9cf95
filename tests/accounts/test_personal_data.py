"""Taking one's data out, and leaving."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core import mail
from django.utils import timezone

from network.accounts import actions, policies
from network.accounts.enums import Leaving, Role
from network.accounts.models import Departure, PersonalExport, ProcessingConsent, RoleGrant, User
from network.accounts.personal_data import Holding, personal_data
from network.accounts.tasks import tidy
from network.foundations.exceptions import Refused
from network.outbox.actions import work_off
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    person = people.member()
    client.post("/accounts/login/", {"login": person.email, "password": people.PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": people.PASSWORD})
    return person


@pytest.fixture
def erased(monkeypatch):
    """A room that notes what it was asked to erase."""
    asked = []
    holding = Holding("Herbarium", lambda user: [{"Leaf": user.name}], lambda user, keep: asked.append(keep))
    monkeypatch.setitem(personal_data._entries, "herbarium", holding)
    return asked


def copy_of(client, member):
    client.post("/accounts/data/copy/")
    work_off()
    return PersonalExport.objects.get(person=member)


def test_a_copy_is_made_by_the_worker_and_holds_every_room(client, member, erased):
    assert client.post("/accounts/data/copy/").status_code == 302
    assert "being made" in client.get("/accounts/data/").content.decode()
    work_off()
    copy = PersonalExport.objects.get(person=member)
    assert f"/accounts/data/copy/{copy.pk}/" in client.get("/accounts/data/").content.decode()

    response = client.get(f"/accounts/data/copy/{copy.pk}/")
    assert response["Content-Type"] == "application/zip"
    assert "attachment" in response["Content-Disposition"]
    archive = zipfile.ZipFile(io.BytesIO(response.content))
    told = json.loads(archive.read("data.json"))
    assert told["rooms"]["herbarium"]["data"] == [{"Leaf": "Chen Wei"}]
    assert told["rooms"]["accounts"]["data"]["E-mail address"] == member.email
    assert set(told["rooms"]) == set(personal_data.names())
    page = archive.read("rooms/accounts.html").decode()
    assert "Herbarium" in archive.read("index.html").decode()
    assert member.email in page


def test_secrets_are_not_in_it(client):
    steward = people.steward()
    archive = zipfile.ZipFile(io.BytesIO(actions.exports.archive_of(steward)))
    told = archive.read("data.json").decode()
    assert people.TOTP_SECRET not in told
    assert steward.password not in told


def test_markup_in_what_she_wrote_is_text_in_the_page(member):
    User.objects.filter(pk=member.pk).update(name="<script>alert(1)</script>")
    member.refresh_from_db()
    page = (
        zipfile.ZipFile(io.BytesIO(actions.exports.archive_of(member))).read("rooms/accounts.html").decode()
    )
    assert "<script>" not in page


@pytest.mark.parametrize("handle", ["expert", "administrator", "secretariat", "site_moderator"])
def test_nobody_else_can_fetch_it(client, member, handle):
    copy = copy_of(client, member)
    other = client.__class__()
    person = getattr(people, handle)()
    Authenticator.objects.filter(user=person).delete()
    other.post("/accounts/login/", {"login": person.email, "password": people.PASSWORD})
    other.post("/accounts/reauthenticate/", {"password": people.PASSWORD})
    assert other.get(f"/accounts/data/copy/{copy.pk}/").status_code == 404


def test_it_asks_once_more_who_is_there(client, member):
    copy = copy_of(client, member)
    fresh = client.__class__()
    fresh.post("/accounts/login/", {"login": member.email, "password": people.PASSWORD})
    assert "/accounts/reauthenticate/" in fresh.get(f"/accounts/data/copy/{copy.pk}/").url


def test_it_expires_and_goes(client, member):
    copy = copy_of(client, member)
    PersonalExport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.get(f"/accounts/data/copy/{copy.pk}/").status_code == 404
    tidy()
    assert not PersonalExport.objects.exists()


def test_pressing_twice_makes_one(client, member):
    client.post("/accounts/data/copy/")
    client.post("/accounts/data/copy/")
    assert PersonalExport.objects.count() == 1
    work_off()
    client.post("/accounts/data/copy/")
    assert PersonalExport.objects.count() == 1


def test_a_link_does_not_make_one(client, member):
    assert client.get("/accounts/data/copy/").status_code == 405


@pytest.mark.parametrize("choice", list(Leaving))
def test_leaving_erases_what_names_her_and_asks_every_room(client, member, erased, choice):
    pseudonym = member.actor_id
    response = client.post("/accounts/leave/", {"choice": choice, "sure": "on"})
    assert response.status_code == 302
    assert "_auth_user_id" not in client.session
    left = User.objects.get(pk=member.pk)
    assert left.has_left
    assert (left.name, left.is_active, left.last_login) == ("", False, None)
    assert str(left) == "Former member"
    assert left.actor_id != pseudonym
    assert not left.has_usable_password()
    for model in (EmailAddress, Authenticator, ProcessingConsent, RoleGrant, PersonalExport):
        field = "person" if hasattr(model, "person") else "user"
        assert not model.objects.filter(**{field: left}).exists()
    assert Departure.objects.get(person=left).choice == choice
    assert erased == [choice is Leaving.KEEP]


def test_the_last_mail_goes_to_the_address_that_is_erased(client, member, django_capture_on_commit_callbacks):
    address = member.email
    with django_capture_on_commit_callbacks(execute=True):
        actions.leave(person=member, choice=Leaving.KEEP)
    assert [message.to for message in mail.outbox if "left" in message.subject] == [[address]]


def test_whoever_has_left_can_come_back_as_a_new_person(client, member):
    address = member.email
    client.post("/accounts/leave/", {"choice": "erase", "sure": "on"})
    again = User.objects.create_user(address)
    assert again.pk != member.pk


def test_it_is_all_or_nothing(client, member, monkeypatch):
    def fail(user, keep):
        raise RuntimeError("the room is on fire")

    monkeypatch.setitem(personal_data._entries, "on-fire", Holding("Fire", lambda user: {}, fail))
    with pytest.raises(RuntimeError):
        actions.leave(person=member, choice=Leaving.ERASE)
    assert User.objects.get(pk=member.pk).email == "member@cast.example"


def test_it_has_to_be_meant(client, member):
    assert client.post("/accounts/leave/", {"choice": "erase"}).status_code == 422
    assert client.post("/accounts/leave/", {"choice": "burn", "sure": "on"}).status_code == 422
    assert not User.objects.get(pk=member.pk).has_left


def test_the_last_administrator_cannot_leave():
    administrator = people.administrator()
    with pytest.raises(Refused):
        actions.leave(person=administrator, choice=Leaving.KEEP)
    other = people.person("another-administrator", role=Role.ADMINISTRATOR)
    actions.leave(person=administrator, choice=Leaving.KEEP)
    assert people.viewer(other).has("role:administrator")


def test_who_granted_a_role_and_left_is_not_named_any_more():
    granter = people.administrator()
    people.person("another-administrator", role=Role.ADMINISTRATOR)
    actions.grant_role(person=people.member(), role=Role.EDITOR, by=people.viewer(granter))
    actions.leave(person=granter, choice=Leaving.ERASE)
    assert str(RoleGrant.objects.get(role="editor").granted_by) == "Former member"


def test_the_installation_is_nobody():
    assert policies.INSTALLATION.user_id is None
