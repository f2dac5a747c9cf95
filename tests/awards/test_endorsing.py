"""Nominations that came by letter go on with the Party's own word only."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from network.awards import actions
from network.calls import actions as engine
from network.calls import replay
from network.calls.enums import StageKind
from network.calls.models import Case, EndorsementLink
from network.foundations.exceptions import Refused
from network.outbox.actions import work_off
from tests import people
from tests.awards import stage

pytestmark = pytest.mark.django_db


def at(nomination) -> str | None:
    run = Case.objects.get(pk=nomination.case_id).run
    return run and run.kind


def link_in_the_mail(nomination) -> str:
    engine.send_link(case=nomination.case, email="office@ministry.example", by=people.secretariat())
    while work_off():
        pass
    letter = next(one for one in mail.outbox if one.to == ["office@ministry.example"])
    return re.search(r"https?://\S+?(/\S*endorse/\S+/)", letter.body)[1]


def test_a_focal_point_who_hands_in_has_endorsed_by_it():
    assert at(stage.handed_in(stage.edition())) == StageKind.SCREEN


def test_a_letter_waits_for_the_focal_point_and_whoever_typed_it_does_not_screen(client):
    award = stage.edition()
    focal_point = stage.focal_point("KE")
    nomination = stage.by_letter(award)
    assert at(nomination) == StageKind.ENDORSE
    for who in (people.secretariat(), stage.focal_point("FR"), people.member(), people.administrator()):
        with pytest.raises(PermissionDenied):
            engine.endorse(case=nomination.case, by=who)
    people.sign_in(client, focal_point)
    address = f"{nomination.get_absolute_url()}endorse/"
    assert "I confirm it for my Party" in client.get(address).content.decode()
    assert at(nomination) == StageKind.ENDORSE
    assert client.post(address).status_code == 302
    assert at(nomination) == StageKind.SCREEN
    assert Case.objects.get(pk=nomination.case_id).nominator == focal_point
    with pytest.raises(PermissionDenied):
        engine.screen(case=nomination.case, outcome="eligible", by=people.secretariat())
    engine.screen(case=nomination.case, outcome="eligible", by=stage.executive())
    assert replay.disagreements(award.call) == []


def test_a_link_shows_and_does_nothing_until_the_button_then_works_once(client):
    award = stage.edition()
    nomination = stage.by_letter(award)
    address = link_in_the_mail(nomination)
    assert "Answer on content" in client.get(address).content.decode()
    assert at(nomination) == StageKind.ENDORSE
    assert client.post(address, {"name": " "}).status_code == 422
    assert client.post(address, {"name": "Wanjiku Kamau"}).status_code == 200
    assert at(nomination) == StageKind.SCREEN
    assert EndorsementLink.objects.get().signed_name == "Wanjiku Kamau"
    assert client.get(address).status_code == 410
    assert "Answer on content" not in client.get(address).content.decode()
    assert client.post(address, {"name": "Somebody else"}).status_code == 410
    assert client.get(nomination.get_absolute_url()).status_code == 302, "the link opens nothing else"
    assert replay.disagreements(award.call) == []


@pytest.mark.parametrize("token", ["1", "1:forged", "x" * 300, "٣:x"])
def test_a_forged_link_is_no_link(client, token):
    stage.by_letter(stage.edition())
    assert client.get(f"/awards/endorse/{token}/").status_code == 404


def test_a_link_ends_by_itself_and_with_the_focal_points_own_word(client, monkeypatch):
    award = stage.edition()
    stage.focal_point("KE")
    nomination = stage.by_letter(award)
    address = link_in_the_mail(nomination)
    late = timezone.now() + timedelta(days=14, seconds=1)
    with monkeypatch.context() as patch:
        patch.setattr(timezone, "now", lambda: late)
        assert client.get(address).status_code == 410
    engine.endorse(case=nomination.case, by=stage.focal_point("KE"))
    assert client.get(address).status_code == 410


def test_a_letter_is_typed_by_the_secretariat_and_not_of_tomorrow(client):
    award = stage.edition()
    tomorrow = (timezone.now() + timedelta(days=2)).date()
    with pytest.raises(Refused):
        actions.enter_letter(
            edition=award, party=stage.country("KE"), letter_of=tomorrow, by=people.secretariat()
        )
    with pytest.raises(PermissionDenied):
        actions.enter_letter(
            edition=award, party=stage.country("KE"), letter_of=timezone.now().date(), by=people.member()
        )
    people.sign_in(client, people.secretariat())
    form = {"party": stage.country("KE").pk, "letter_of": "2026-01-05"}
    begun = client.post("/awards/2026/letter/", form)
    assert begun.status_code == 302
    assert client.get(begun["Location"]).status_code == 200
    assert client.post("/awards/2026/letter/", form).status_code == 422


def test_a_nomination_begins_with_what_the_party_answered_last_time():
    stage.handed_in(stage.edition("2024"), "KE")
    stage.handed_in(stage.edition("2025"), "FR")
    award = stage.edition("2026")
    begun = actions.start_nomination(edition=award, party=stage.country("KE"), by=stage.focal_point("KE"))
    assert begun.content == stage.ANSWERS["content"]
    assert begun.based_on.edition.slug == "2024"
    assert begun.progress == ""
    with pytest.raises(engine.Incomplete):
        engine.submit(case=begun.case, by=stage.focal_point("KE"))
