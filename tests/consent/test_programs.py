"""A program with a key, at every door: it is given what its person may have as data, and nothing more."""

import pytest
from django.test import Client
from django.urls import reverse

from network.accounts import actions as accounts
from network.consent import actions, gate
from network.consent.exits import exits
from network.consent.models import Release
from network.consent.presets import presets
from network.foundations.viewer import PROGRAM, Viewer
from tests import people
from tests.communities.factories import belongs, community
from tests.consent.factories import CANARY, authority, clause, consent, holder, item, with_standing
from tests.forums.factories import forum, thread

pytestmark = pytest.mark.django_db


def program_of(person):
    _made, key = accounts.make_key(person=person, name="A program", days=30)
    return Client(raise_request_exception=False, headers={"Authorization": f"Bearer {key}"})


def asked(program, made):
    return program.get(f"/api/v1/knowledge/{made.pk}/")


def test_holders_who_share_with_programs_share_with_hers():
    of = holder()
    made = item(of)
    here = community()
    person = people.community_member()
    belongs(person, here)
    consent(made, of, clause(f"community:{here.pk}"))
    answer = asked(program_of(person), made)
    assert CANARY in answer.content.decode()
    assert answer["Cache-Control"] == "private, no-store"
    assert Release.objects.get().actor == person.actor_id
    assert Release.objects.get().exit == "api"
    for other in (people.outsider(), people.administrator(), people.moderator()):
        assert asked(program_of(other), made).status_code == 404
    assert asked(Client(), made).status_code == 404


@pytest.mark.parametrize("preset", ["holders", "members", "community"])
def test_what_she_reads_on_pages_only_her_program_does_not_get(preset):
    of = holder()
    made = item(of)
    here = community()
    person = with_standing(of)
    belongs(person, here)
    consent(made, of, presets.get(preset).clause(f"community:{here.pk}"))
    started = thread(forum(here), person, "About", f"<p>{made.token('body')}</p>")
    on_page = people.sign_in(Client(), person).get(started.get_absolute_url()).content.decode()
    assert CANARY in on_page
    program = program_of(person)
    for path in (
        f"/api/v1/knowledge/{made.pk}/",
        f"/api/v1/search/?q={CANARY}",
        "/api/v1/consent/changes",
        "/api/v1/",
        started.get_absolute_url(),
        reverse("consent:item", args=[made.pk]),
        f"/knowledge/lease/?t={made.pk}:body",
    ):
        assert CANARY not in program.get(path).content.decode().replace(f'"query": "{CANARY}"', ""), path


def test_the_gate_itself_opens_one_door_for_programs():
    of = holder()
    made = item(of)
    consent(made, of, clause("everyone"))
    person = with_standing(of)
    viewer = people.viewer(person)
    program = Viewer(viewer.user, viewer.keys | {PROGRAM})
    token = made.token("body")
    seen = {exit for exit in exits.names() if gate.release([token], program, exit)[token].released}
    assert seen == {"api"}
    assert {exit for exit in exits.names() if gate.allowed([token], program, exit)} == {"api"}
    part = made.parts.get()
    part.path = "aa/file"
    assert not gate.media_allowed(part, program, "media")


def test_what_is_withdrawn_is_gone_for_its_program_and_told_in_the_feed():
    of = holder()
    made = item(of)
    speaker = with_standing(of)
    authority(of, speaker)
    consent(made, of, clause("member"))
    person = people.member()
    program = program_of(person)
    assert CANARY in asked(program, made).content.decode()
    actions.withdraw(item=made, holder=of, by=people.viewer(speaker))
    assert asked(program, made).status_code == 410
    told = program.get("/api/v1/consent/changes").json()["changes"]
    assert (told[-1]["item"], told[-1]["act"]) == (str(made.pk), "delete")
    assert asked(program_of(people.expert()), made).status_code == 404


def test_ended_its_key_gets_nothing_not_even_a_tombstone():
    of = holder()
    made = item(of)
    consent(made, of, clause("everyone"))
    person = people.member()
    key, words = accounts.make_key(person=person, name="A program", days=30)
    program = Client(headers={"Authorization": f"Bearer {words}"})
    assert CANARY in asked(program, made).content.decode()
    accounts.revoke_key(key=key, by=person)
    answer = asked(program, made)
    assert answer.status_code == 401
    assert CANARY not in answer.content.decode()
