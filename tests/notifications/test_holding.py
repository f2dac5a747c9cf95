"""What the room hands out about a person, and what is left when she leaves."""

import json

import pytest

from network.accounts.personal_data import personal_data
from network.notifications import actions
from network.notifications.enums import Channel, Timing
from network.notifications.models import Habit, Notification, OutgoingMail, PlaceChoice, Preference
from network.notifications.preferences import Habits
from network.notifications.special import How
from tests import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def lived(tell, work_off):
    """The member was told something, chose something, is owed a mail, and did something herself."""
    tell(people.member(), note=1)
    tell(people.expert(), note=2, actor=people.member())
    chosen = {("desk.note", Channel.MAIL): Timing.NEVER}
    actions.choose(person_id=people.member().pk, choices=chosen)
    actions.save_preferences(viewer=people.viewer(people.member()), choices={}, habits=Habits(digest_hour=9))
    actions.choose_place(viewer=people.viewer(people.member()), place="desk:1", how=How.WEEKLY)
    work_off()
    return personal_data.get("notifications")


def test_she_gets_what_is_held_about_her_and_nothing_of_others(lived):
    copy = lived.export(people.member())
    assert [row["about"] for row in copy["notifications"]] == [{"note": 1}]
    assert copy["choices"] == [{"of": "A note", "where": "E-mail", "when": "Never"}]
    assert copy["hours"][0]["digest_hour"] == 9
    assert (copy["places"][0]["of"], copy["places"][0]["how"]) == ("desk:1", "In the weekly digest")
    assert len(copy["mails"]) == 1
    json.dumps(copy)


@pytest.mark.parametrize("keep_contributions", [True, False])
def test_nothing_about_her_is_left_and_others_keep_theirs(lived, keep_contributions):
    lived.erase(people.member(), keep_contributions)
    row = Notification.objects.get()
    assert (row.recipient, row.actor) == (people.expert(), None)
    for model in (Preference, Habit, PlaceChoice):
        assert not model.objects.exists()
    assert OutgoingMail.objects.get().recipient == people.expert()
