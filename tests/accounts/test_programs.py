"""Keys for programs: made by a person, good for reading below /api/v1/, ended at once."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network.accounts import actions, policies
from network.accounts.actions.exports import archive_of
from network.accounts.actions.programs import MOST, TERMS
from network.accounts.enums import Leaving
from network.accounts.models import ProgramKey
from network.accounts.programs.middleware import viewer_of_program
from network.accounts.tasks import tidy
from network.foundations.viewer import PROGRAM
from tests import people
from tests.communities.factories import belongs, community

pytestmark = pytest.mark.django_db

PAGE = "/accounts/programs/"
NEW = "/accounts/programs/new/"
READ = "/api/v1/experts/"
ASKED = {"name": "Map of the reef", "days": "90", "promise": "on"}


@pytest.fixture
def member(client):
    person = people.member()
    client.post("/accounts/login/", {"login": person.email, "password": people.PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": people.PASSWORD})
    mail.outbox.clear()
    return person


def key_of(person=None, days=90):
    return actions.make_key(person=person or people.member(), name="A program", days=days)


def call(key, path=READ, method="get", **more):
    return getattr(Client(raise_request_exception=False), method)(
        path, headers={"Authorization": f"Bearer {key}"}, **more
    )


def test_a_person_makes_a_key_and_sees_it_once(client, member):
    assert "No program reads" in client.get(PAGE).content.decode()
    made = client.post(NEW, ASKED)
    assert made.status_code == 201
    assert "no-store" in made["Cache-Control"]
    key = re.search(r"bpn_[\w-]{43}", made.content.decode())[0]
    page = client.get(PAGE).content.decode()
    assert "Map of the reef" in page
    assert key not in page
    assert key not in str(list(ProgramKey.objects.values()))
    assert mail.outbox[0].to == [member.email]
    assert "Map of the reef" in mail.outbox[0].body
    assert key not in mail.outbox[0].body
    assert call(key).status_code == 200
    assert "last used on" in client.get(PAGE).content.decode()


def test_making_one_asks_who_it_is(client):
    people.sign_in(client, people.member())
    for answer in (client.get(NEW), client.post(NEW, ASKED)):
        assert answer.status_code == 302
        assert "reauthenticate" in answer["Location"]
    assert not ProgramKey.objects.exists()


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": "a" * 81}, "at most 80"),
        ({"name": "a\u202eb"}, "Use plain text"),
        ({"days": "3650"}, "valid choice"),
        ({"days": "soon"}, "valid choice"),
        ({"promise": ""}, "Without this promise"),
    ],
)
def test_what_is_not_right_is_said_beside_the_field(client, member, sent, words):
    answer = client.post(NEW, ASKED | sent)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ProgramKey.objects.exists()


def test_there_are_not_more_than_one_keeps_an_eye_on(client, member):
    for _ in range(MOST):
        key_of(member)
    answer = client.post(NEW, ASKED)
    assert answer.status_code == 422
    assert "End one" in answer.content.decode()


def test_ended_it_opens_nothing_from_the_next_call_on(client, member):
    made, key = key_of(member)
    assert call(key).status_code == 200
    assert client.post(reverse("accounts:revoke_program", args=[made.pk])).status_code == 302
    first = ProgramKey.objects.get().revoked_at
    assert call(key).status_code == 401
    client.post(reverse("accounts:revoke_program", args=[made.pk]))
    assert ProgramKey.objects.get().revoked_at == first


def test_nobody_ends_the_key_of_another(client):
    made, key = key_of(people.member())
    for who in (people.expert(), people.administrator(), people.stranger()):
        people.sign_in(client, who)
        client.post(reverse("accounts:revoke_program", args=[made.pk]))
        assert call(key).status_code == 200
        assert "A program" not in client.get(PAGE).content.decode()


@pytest.mark.parametrize("how", ["over", "suspended", "left"])
def test_its_time_and_its_person_s_end_it(how):
    person = people.member()
    made, key = key_of(person)
    if how == "over":
        ProgramKey.objects.filter(pk=made.pk).update(ends_at=timezone.now() - timedelta(seconds=1))
    elif how == "suspended":
        actions.suspend(person=person, reason="Spam", by=policies.INSTALLATION)
    else:
        actions.leave(person=person, choice=Leaving.KEEP)
        assert not ProgramKey.objects.exists()
    answer = call(key)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["error"]["code"] == "unknown_key"


@pytest.mark.parametrize("key", ["", "bpn_", "bpn_" + "x" * 43, "bpn_" + "x" * 9000, "other", "bpn_\x00é"])
def test_a_wrong_key_is_refused_and_never_a_stranger(key):
    assert call(key).status_code == 401


def test_a_session_does_not_help_a_wrong_key(client, member):
    assert client.get(READ, headers={"Authorization": "Bearer bpn_no"}).status_code == 401


def test_whoever_tries_keys_is_slowed_down():
    answers = [call("bpn_no") for _ in range(62)]
    assert answers[0].status_code == 401
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) > 0


def test_the_password_of_a_proxy_is_no_key(client):
    assert client.get(READ, headers={"Authorization": "Basic dXNlcjpwYXNz"}).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_writes_nothing(method):
    _made, key = key_of()
    assert call(key, method=method).status_code == 403


@pytest.mark.parametrize(
    "path", ["/accounts/", "/inbox/", "/cms/", PAGE, "/knowledge/", "/live/?follow=inbox:1"]
)
def test_it_opens_no_page(client, path):
    _made, key = key_of()
    with_it, without = call(key, path), client.get(path)
    assert with_it.status_code == without.status_code
    assert "_auth_user_id" not in client.session


def test_its_answers_are_kept_by_nobody():
    _made, key = key_of()
    answer = call(key)
    assert answer["Cache-Control"] == "private, no-store"
    assert "Authorization" in answer["Vary"]
    assert not answer.cookies


def test_it_sees_what_its_person_is_and_not_what_she_sees_by_a_role():
    person = people.administrator()
    here = community()
    belongs(person, here)
    program, herself = viewer_of_program(person), people.viewer(person)
    assert any(key.startswith("role:") for key in herself.keys)
    assert herself.keys - program.keys == {key for key in herself.keys if key.startswith("role:")}
    assert program.keys - herself.keys == {PROGRAM}
    assert f"community:{here.pk}" in program.keys


def test_what_there_was_is_forgotten_in_time():
    made, _key = key_of()
    recent, _key = key_of()
    actions.revoke_key(key=recent, by=people.member())
    ProgramKey.objects.filter(pk=made.pk).update(ends_at=timezone.now() - timedelta(days=91))
    tidy()
    assert list(ProgramKey.objects.values_list("pk", flat=True)) == [recent.pk]


def test_her_copy_tells_of_it_and_not_the_key():
    person = people.member()
    made, key = key_of(person, TERMS[0])
    archive = zipfile.ZipFile(io.BytesIO(archive_of(person)))
    told = json.loads(archive.read("data.json"))
    assert "A program" in json.dumps(told)
    assert key not in json.dumps(told)
    assert made.digest not in json.dumps(told)
