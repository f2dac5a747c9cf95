"""The engine's ground: one record that cannot be rewritten, one clock, changes in the open only."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from network.calls import actions as engine
from network.calls import chronicle, replay
from network.calls.models import Amendment, Call, Case, Decision, Event, Grant, Review
from network.foundations.exceptions import Refused
from network.notifications.models import Notification
from network.outbox.actions import work_off
from tests import people
from tests.awards import stage

pytestmark = pytest.mark.django_db


def told(kind: str) -> set[int]:
    while work_off():
        pass
    return set(Notification.objects.filter(kind=kind).values_list("recipient_id", flat=True))


def through(slug: str = "2026"):
    """An edition with something in every table that only grows."""
    award = stage.edition(slug, quorum=1)
    stage.juror(award)
    nomination = stage.decided(award)
    secretariat = people.secretariat()
    engine.extend(
        call=award.call, closes_at=timezone.now() + timedelta(days=9), reason="A flood", by=secretariat
    )
    engine.grant_late_entry(
        call=award.call, party=stage.country("FR"), until=timezone.now() + timedelta(days=12),
        reason="A strike", by=secretariat,
    )  # fmt: skip
    award.call.refresh_from_db()
    return award, nomination


@pytest.mark.parametrize("model", [Event, Review, Decision, Amendment, Grant])
@pytest.mark.parametrize("act", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_no_sql_rewrites_what_happened(model, act):
    through()
    assert model.objects.exists()
    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act.format(connection.ops.quote_name(model._meta.db_table)))


def test_the_record_told_from_its_beginning_gives_what_stands():
    award, nomination = through()
    assert replay.disagreements(award.call) == []
    stage.close(award)
    Event.objects.filter(call=award.call_id)  # the clock was set by hand; the record does not know of it
    assert replay.disagreements(award.call) == ["closes_at"]
    Case.objects.filter(pk=nomination.case_id).update(digest="0" * 64)
    assert f"case {nomination.case_id}" in replay.disagreements(award.call)
    assert chronicle.first_break(award.call) is None


def test_who_could_nominate_hears_of_an_extension_whether_she_has_begun_or_not():
    award = stage.edition()
    stage.draft(award, "KE")
    juror, idle = stage.juror(award), stage.focal_point("FR")
    before = award.call.closes_at
    amendment = engine.extend(
        call=award.call, closes_at=before + timedelta(days=5), reason="A flood", by=people.secretariat()
    )
    assert told("awards.amended") >= {juror.pk, idle.pk, stage.focal_point("KE").pk, people.secretariat().pk}
    assert (amendment.before, amendment.after) == (
        before.isoformat(), (before + timedelta(days=5)).isoformat()
    )  # fmt: skip


def test_an_extension_lengthens_says_why_and_comes_before_the_end():
    award = stage.edition()
    later = award.call.closes_at + timedelta(days=1)
    secretariat = people.secretariat()
    for closes_at, reason in (
        (award.call.closes_at, "Why"),
        (later - timedelta(days=2), "Why"),
        (later, " "),
    ):
        with pytest.raises(Refused):
            engine.extend(call=award.call, closes_at=closes_at, reason=reason, by=secretariat)
    with pytest.raises(PermissionDenied):
        engine.extend(call=award.call, closes_at=later, reason="Why", by=people.administrator())
    stage.close(award)
    with pytest.raises(Refused, match="closed"):
        engine.extend(call=award.call, closes_at=later, reason="Why", by=secretariat)
    assert not Amendment.objects.exists()


def test_late_entry_is_for_one_party_until_one_instant(monkeypatch):
    award = stage.edition()
    late, other = stage.draft(award, "KE"), stage.draft(award, "FR")
    stage.close(award)
    until = timezone.now() + timedelta(days=2)
    engine.grant_late_entry(
        call=award.call, party=stage.country("KE"), until=until, reason="A strike", by=people.secretariat()
    )
    with pytest.raises(Refused, match="over"):
        engine.submit(case=other.case, by=stage.focal_point("FR"))
    monkeypatch.setattr(timezone, "now", lambda: until)
    with pytest.raises(Refused, match="over"):
        engine.submit(case=late.case, by=stage.focal_point("KE"))
    monkeypatch.setattr(timezone, "now", lambda: until - timedelta(microseconds=1))
    engine.submit(case=late.case, by=stage.focal_point("KE"))
    monkeypatch.undo()
    assert told("awards.granted") == {stage.focal_point("KE").pk}


@pytest.mark.parametrize("zone", ["America/Toronto", "Africa/Nairobi", "Pacific/Chatham"])
@pytest.mark.parametrize("wall", [(2026, 3, 8, 2, 30), (2026, 11, 1, 1, 30)])
@pytest.mark.parametrize("fold", [0, 1])
def test_a_call_closes_at_an_instant_whatever_the_clocks_do(zone, wall, fold):
    """The hours at which Toronto's clocks jump: skipped in March, twice in November."""
    closes_at = datetime(*wall, tzinfo=ZoneInfo(zone), fold=fold)
    instant = closes_at.astimezone(ZoneInfo("UTC"))
    call = Call(opened_at=instant, opens_at=instant - timedelta(days=1), closes_at=closes_at, zone=zone)
    call._at = instant - timedelta(microseconds=1)
    assert call.is_open()
    call._at = instant
    assert not call.is_open()
    assert call.is_over()


def test_the_rules_change_in_the_open_or_not_at_all():
    award = stage.edition(quorum=1)
    secretariat = people.secretariat()
    rules = {**award.call.rules, "quorum": 3}
    amendment = engine.amend_rules(call=award.call, rules=rules, reason="A bigger jury", by=secretariat)
    award.call.refresh_from_db()
    assert (amendment.before["quorum"], amendment.after["quorum"], award.call.rules_version) == (1, 3, 2)
    broken = [
        {**rules, "scale": [5, 0]}, {**rules, "quorum": 0, "stages": []}, {**rules, "criteria": []},
        {**rules, "stages": [{"kind": "review"}]},
        {**rules, "stages": [{"kind": "submit"}, {"kind": "vote"}]},
    ]  # fmt: skip
    for faulty in broken:
        with pytest.raises(Refused):
            engine.amend_rules(call=award.call, rules=faulty, reason="Why", by=secretariat)
    assert replay.disagreements(award.call) == []


def test_what_scores_are_given_on_stays_once_there_is_one():
    award = stage.edition(quorum=2)
    juror = stage.juror(award)
    stage.score(stage.with_jury(award), juror)
    rules = {**award.call.rules, "scale": [0, 10]}
    with pytest.raises(Refused, match="given on"):
        engine.amend_rules(call=award.call, rules=rules, reason="Finer", by=people.secretariat())
    engine.amend_rules(
        call=award.call, rules={**award.call.rules, "quorum": 3}, reason="More", by=people.secretariat()
    )


def test_rules_changed_behind_its_back_show_in_the_record():
    award = stage.edition()
    Call.objects.filter(pk=award.call_id).update(rules={**award.call.rules, "quorum": 1})
    assert replay.disagreements(award.call) == ["rules"]
