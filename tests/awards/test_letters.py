"""Who is told what: once the deed is done, and never the outcome before its time."""

import pytest
from django.core import mail

from network.calls import actions as engine
from network.notifications.kinds import render_each
from network.notifications.models import Notification
from tests import people
from tests.awards import stage

pytestmark = pytest.mark.django_db


def told(who) -> set[str]:
    return set(Notification.objects.filter(recipient=who).values_list("kind", flat=True))


def test_each_is_told_what_concerns_her(work_off):
    award = stage.edition(quorum=1)
    juror = stage.juror(award)
    nomination = stage.with_jury(award)
    stage.score(nomination, juror)
    work_off()
    assert told(juror) == {"awards.seated"}
    assert told(stage.focal_point("KE")) == {"awards.screened"}
    assert told(people.secretariat()) == {"awards.answered", "awards.submitted", "awards.panel_closed"}


def test_nobody_hears_of_a_decision_before_the_release_and_then_all_hear_the_same(work_off):
    award = stage.edition(quorum=1)
    stage.juror(award)
    stage.decided(award, "KE", "gold")
    stage.decided(award, "FR", "none")
    work_off()
    for code in ("KE", "FR"):
        assert told(stage.focal_point(code)) == {"awards.screened"}
    mail.outbox.clear()
    stage.close(award)
    engine.release(call=award.call, by=people.secretariat())
    work_off()
    assert all("awards.released" in told(stage.focal_point(code)) for code in ("KE", "FR"))


def test_the_nominator_reads_the_sentence_that_the_secretariat_wrote(work_off):
    award = stage.edition()
    nomination = stage.handed_in(award)
    engine.screen(
        case=nomination.case, outcome="ineligible", reason="The site is not a clearing-house.",
        by=people.secretariat(),
    )  # fmt: skip
    work_off()
    nominator = stage.focal_point("KE")
    notification = Notification.objects.get(recipient=nominator)
    [words] = render_each([(notification.kind, notification.ids)], people.viewer(nominator))
    assert words.subject.startswith("Not eligible")
    assert words.text == "The site is not a clearing-house."
    [nothing] = render_each([(notification.kind, notification.ids)], people.viewer(people.member()))
    assert nothing is None, "whoever may not open the file has no words for it"
