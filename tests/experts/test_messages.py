"""Writing to a person without knowing her address, and stopping who should not."""

import pytest
from django.core import mail
from django.test import Client

from network.experts import actions, letterbox, policies
from network.experts.enums import Visibility
from network.experts.models import Block, ExpertProfile, Message, MessageReport
from network.foundations.exceptions import Refused
from network.foundations.viewer import viewer_for
from network.notifications.kinds import kinds
from network.notifications.models import Notification
from tests import people
from tests.experts.factories import published

pytestmark = pytest.mark.django_db
WORDS = {"subject": "Papyrus", "text": "Could you help?"}


@pytest.fixture
def expert() -> ExpertProfile:
    return published(people.expert(), name="Amina Wanjiru")


@pytest.fixture
def member(client: Client) -> Client:
    return people.sign_in(client, people.member())


def sent(expert: ExpertProfile, **more) -> Message:
    return actions.write_to(viewer=viewer_for(people.member()), profile=expert, **WORDS | more)


def test_a_message_reaches_her_and_no_address_is_shown(member: Client, expert: ExpertProfile) -> None:
    page = member.get(expert.get_absolute_url()).content.decode()
    assert f"{expert.get_absolute_url()}write/" in page
    answer = member.post(f"{expert.get_absolute_url()}write/", WORDS)
    assert answer.status_code == 302
    member.post(f"{expert.get_absolute_url()}write/", WORDS)
    message = Message.objects.get()
    notice = Notification.objects.get(kind="experts.message")
    assert notice.recipient_id == expert.user_id
    told = kinds.get("experts.message").render(notice.ids, viewer_for(people.expert()))
    assert "Could you help?" in told.text
    assert people.member().email not in f"{told}"
    assert kinds.get("experts.message").render(notice.ids, viewer_for(people.outsider())) is None
    hers = people.sign_in(Client(), people.expert())
    page = hers.get(f"/experts/me/messages/{message.pk}/").content.decode()
    assert "Could you help?" in page
    assert people.member().email not in page
    assert hers.post(f"/experts/me/messages/{message.pk}/", {"text": "Gladly."}).status_code == 302
    assert Message.objects.get(sender=people.expert()).recipient == people.member()
    assert mail.outbox == [] or people.member().email not in mail.outbox[0].body


def test_strangers_and_third_people_have_no_part_in_it(expert: ExpertProfile) -> None:
    message = sent(expert)
    assert Client().get(f"{expert.get_absolute_url()}write/").status_code == 302
    for who in (people.outsider(), people.administrator()):
        other = people.sign_in(Client(), who)
        assert other.get(f"/experts/me/messages/{message.pk}/").status_code == 404
        assert other.post(f"/experts/me/messages/{message.pk}/block/").status_code == 404
    own = people.sign_in(Client(), people.expert())
    assert own.get(f"{expert.get_absolute_url()}write/").status_code == 403


@pytest.mark.parametrize(("level", "status"), [(Visibility.NOBODY, 403), (1, 403), (2, 200)])
def test_she_decides_who_writes_to_her(member: Client, level: int, status: int) -> None:
    profile = published(people.expert(), name="Amina", contact=int(level))
    assert member.get(f"{profile.get_absolute_url()}write/").status_code == status
    assert ("write/" in member.get(profile.get_absolute_url()).content.decode()) == (status == 200)


def test_nothing_typed_is_lost(member: Client, expert: ExpertProfile) -> None:
    answer = member.post(f"{expert.get_absolute_url()}write/", {"subject": "", "text": "All my words"})
    assert answer.status_code == 422
    assert "All my words" in answer.content.decode()


def test_there_is_a_limit(expert: ExpertProfile) -> None:
    for number in range(5):
        sent(expert, text=f"Hello {number}")
    with pytest.raises(Refused, match="a lot"):
        sent(expert, text="Hello again")


def test_the_answer_goes_by_our_address_or_straight_to_the_sender(settings, expert: ExpertProfile) -> None:
    settings.MAIL_IN_DOMAIN = "in.example.org"
    reader = viewer_for(people.expert())
    message = sent(expert)
    address = letterbox.reply_address(message, reader)
    assert address.startswith("message+")
    place = letterbox._find(address.split("@")[0])
    assert place.message == message
    assert letterbox._find("message+abc") is None
    assert (
        letterbox.reply_address(sent(expert, text="B", shows_address=True), reader) == people.member().email
    )


def test_a_block_stops_her_silently_and_can_be_taken_back(member: Client, expert: ExpertProfile) -> None:
    message = sent(expert)
    hers = people.sign_in(Client(), people.expert())
    hers.post(f"/experts/me/messages/{message.pk}/block/")
    assert member.get(f"{expert.get_absolute_url()}write/").status_code == 403
    assert not Notification.objects.filter(recipient=people.member()).exists()
    hers.post(f"/experts/me/blocks/{Block.objects.get().pk}/")
    assert member.get(f"{expert.get_absolute_url()}write/").status_code == 200


def test_a_reported_message_is_read_and_its_sender_stopped(member: Client, expert: ExpertProfile) -> None:
    message, other = sent(expert), sent(expert, text="Between us")
    hers = people.sign_in(Client(), people.expert())
    hers.post(f"/experts/me/messages/{message.pk}/report/", {"reason": "Rude"})
    desk = people.sign_in(Client(), people.secretariat())
    page = desk.get("/experts/reports/").content.decode()
    assert "Could you help?" in page
    assert "Rude" in page
    assert other.text not in page
    assert people.sign_in(Client(), people.moderator()).get("/experts/reports/").status_code == 403
    report = MessageReport.objects.get()
    desk.post(f"/experts/reports/{report.pk}/", {"stop": "yes"})
    assert policies.is_stopped(people.member().pk)
    assert member.get(f"{expert.get_absolute_url()}write/").status_code == 403
    desk.post(f"/experts/reports/{report.pk}/", {"stop": "no"})
    assert policies.is_stopped(people.member().pk), "decided once"


def test_who_is_away_says_so_to_those_who_write(member: Client) -> None:
    told = {"away_until": "2999-01-01", "away_note": "In the reeds."}
    profile = published(people.expert(), name="Amina", **told)
    assert "In the reeds." in member.get(f"{profile.get_absolute_url()}write/").content.decode()
    past = published(people.quiet_expert(), name="Quiet", **told | {"away_until": "2001-01-01"})
    assert "In the reeds." not in member.get(f"{past.get_absolute_url()}write/").content.decode()
