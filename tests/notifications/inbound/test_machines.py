"""What machines write is never posted; what they tell of our mails has consequences."""

from datetime import timedelta

import pytest
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone

from communities.forums.models import Post
from network.notifications import sending
from network.notifications.enums import BounceKind, IncomingReason, IncomingState, MailState
from network.notifications.inbound import bounces, suspended, working
from network.notifications.kinds import kinds
from network.notifications.models import Bounce, IncomingMail, MailSuspension, Notification, OutgoingMail
from tests import people
from tests.notifications.inbound.letters import CORPUS, arrives, corpus, mail
from tests.notifications.inbound.test_bad_input import started, there, unhurried  # noqa: F401

pytestmark = pytest.mark.django_db
MACHINES = sorted(path.stem for path in (CORPUS / "machines").glob("*.eml"))


@pytest.fixture
def owed():
    """A mail of ours to the member."""
    return OutgoingMail.objects.create(
        recipient=people.member(), message_id="<own@testserver>", state=MailState.SENT, sent_at=timezone.now()
    )


def reports(name: str, about: OutgoingMail) -> IncomingMail:
    address = bounces.return_address(about)
    content = corpus(f"machines/{name}.eml", people.member().email, address)
    content = content.replace(f"<{name}@".encode(), f"<{name}{IncomingMail.objects.count()}@".encode())
    return arrives(content, address, envelope_from="")


@pytest.mark.parametrize("name", MACHINES)
def test_no_machine_writes_in_a_thread_or_is_answered(name, there, work_off):  # noqa: F811
    kept = arrives(corpus(f"machines/{name}.eml", people.community_member().email, there), there)
    work_off()
    assert kept.state == IncomingState.IGNORED
    expected = {"automatic": "automatic", "list": "list", "loop": "loop", "bounce": "bounce"}
    if name != "bounce-old":
        assert kept.reason == expected[name.partition("-")[0]]
    assert not Post.objects.filter(number=2).exists()
    assert outbox.outbox == []


def test_an_empty_sender_is_a_machine(there):  # noqa: F811
    kept = arrives(mail(people.community_member().email, "x"), there, envelope_from="")
    assert kept.reason == IncomingReason.AUTOMATIC


def test_our_own_mail_that_comes_back_is_not_posted(there, owed):  # noqa: F811
    kept = arrives(mail(people.community_member().email, "x", Message_ID=owed.message_id), there)
    assert kept.reason == IncomingReason.LOOP


@pytest.mark.parametrize("subject", ["Out of office hours sampling", "Re: automatic reply counters", "Auto"])
def test_a_person_may_write_about_machines(there, subject):  # noqa: F811
    kept = arrives(mail(people.community_member().email, "x", Subject=subject), there)
    assert kept.state == IncomingState.DONE


class TestBounces:
    def test_an_address_that_does_not_work_is_suspended_at_once(self, owed, work_off):
        reports("bounce-hard", owed)
        found = MailSuspension.objects.in_force().get()
        assert (found.person, found.kind, found.status) == (people.member(), BounceKind.HARD, "5.1.1")
        client = people.sign_in(Client(), people.member())
        assert "no more notices by e-mail" in client.get("/inbox/").content.decode()
        seen = people.sign_in(Client(), people.administrator()).get("/inbox/incoming/suspended/")
        assert "5.1.1" in seen.content.decode()
        reports("bounce-hard", owed)
        assert MailSuspension.objects.count() == 1
        assert Notification.objects.filter(kind=bounces.SUSPENDED).count() == 1

    def test_it_gets_no_mail_until_its_owner_asks_for_it(self, owed, tell, smtp_server, work_off):
        kinds.register(bounces.SUSPENDED, suspended.TELLS)  # the room of these tests knows its own alone
        reports("bounce-hard", owed)
        for expected in (0, 1):
            tell(people.member())
            work_off()
            OutgoingMail.objects.filter(state=MailState.QUEUED).update(next_try_at=timezone.now())
            sending.send_due()
            assert len(smtp_server.delivered) == expected
            client = people.sign_in(Client(), people.member())
            assert "came back" in client.get("/inbox/mail/").content.decode() or expected
            assert client.post("/inbox/mail/").status_code == 302
        assert "arrive" in client.get("/inbox/mail/").content.decode()

    def test_who_asks_on_the_telephone_gets_none_either(self, owed, tell, smtp_server, work_off):
        kinds.register(bounces.SUSPENDED, suspended.TELLS)
        url, address = "/inbox/incoming/suspended/", people.member().email
        administrator = people.sign_in(Client(), people.administrator())
        for wrong in ("", "no address", "nobody@nowhere.example"):
            answer = administrator.post(url, {"address": wrong})
            assert (answer.status_code, "address" in answer.context["form"].errors) == (422, True), wrong
        assert administrator.post(url, {"address": address.upper()}).status_code == 302
        assert administrator.post(url, {"address": address}).status_code == 422
        member = people.sign_in(Client(), people.member())
        assert "asked us to send nothing more" in member.get("/inbox/").content.decode()
        tell(people.member())
        work_off()
        sending.send_due()
        assert not smtp_server.delivered
        for who in (people.member(), people.site_moderator(), people.editor()):
            client = people.sign_in(Client(), who)
            assert client.post(url, {"address": address}).status_code == 403
        [row] = MailSuspension.objects.in_force()
        for junk in ("x", "9" * 30, "\x00", str(row.pk + 1)):
            assert administrator.post(url, {"again": junk}).status_code == 404, junk
        assert administrator.post(url, {"again": row.pk}).status_code == 302
        assert not MailSuspension.objects.in_force().exists()

    @pytest.mark.parametrize("name", ["bounce-soft", "bounce-full", "bounce-old"])
    def test_what_may_mend_suspends_after_some_on_several_days(self, name, owed, settings):
        settings.MAIL_SOFT_BOUNCES = 3
        for number in range(3):
            assert not MailSuspension.objects.exists()
            reports(name, owed)
            if number == 0:
                Bounce.objects.update(at=timezone.now() - timedelta(days=2))
        assert MailSuspension.objects.get().kind == BounceKind.SOFT

    def test_of_long_ago_or_of_one_day_alone_they_do_not(self, owed, settings):
        settings.MAIL_SOFT_BOUNCES = 2
        reports("bounce-soft", owed)
        Bounce.objects.update(at=timezone.now() - timedelta(days=30))
        for _ in range(2):
            reports("bounce-soft", owed)
        assert not MailSuspension.objects.exists()

    def test_what_is_only_late_counts_for_nothing(self, owed):
        reports("bounce-delayed", owed)
        assert not Bounce.objects.exists()

    def test_whoever_is_away_is_not_gone(self, owed):
        reports("automatic-rfc3834", owed)
        assert not Bounce.objects.exists()

    def test_nobody_reports_a_mail_that_she_has_not_seen(self, owed):
        content = corpus("machines/bounce-hard.eml", people.member().email, "x")
        arrives(content, f"bounce+aaaaaaaaaaaaaaaaaa@{'mail.testserver'}", envelope_from="")
        assert not Bounce.objects.exists()

    def test_a_report_about_a_forgotten_mail_is_left_aside(self, owed):
        address = bounces.return_address(owed)
        owed.delete()
        kept = arrives(corpus("machines/bounce-hard.eml", "a@b.example", address), address, envelope_from="")
        assert kept.state == IncomingState.IGNORED


class TestAdministrators:
    def test_see_what_became_of_mails_and_not_what_they_say(self, there):  # noqa: F811
        arrives(mail(people.community_member().email, "x", "Secret words."), there)
        client = people.sign_in(Client(), people.administrator())
        page = client.get("/inbox/incoming/").content.decode()
        assert people.community_member().email in page
        assert "Posted" in page
        assert "Secret words." not in page
        assert "Nothing here" in client.get("/inbox/incoming/?state=failed").content.decode()
        assert people.sign_in(Client(), people.member()).get("/inbox/incoming/").status_code == 403

    def test_what_is_settled_is_let_go(self, there, settings):  # noqa: F811
        kept = arrives(mail(people.community_member().email, "x"), there)
        lies = settings.CONSENT_VAULT_DIR / kept.path
        assert lies.exists()
        IncomingMail.objects.update(settled_at=timezone.now() - timedelta(days=20))
        working.forget()
        kept.refresh_from_db()
        assert (kept.path, lies.exists()) == ("", False)
        IncomingMail.objects.update(settled_at=timezone.now() - timedelta(days=100))
        assert working.forget() == 1

    def test_the_vault_is_not_swept_of_mails(self, there, settings):  # noqa: F811
        from network.consent import vault
        from network.consent.actions.sweeping import sweep_files

        kept = arrives(mail(people.community_member().email, "x"), there)
        vault._GRACE, grace = timedelta(seconds=-5), vault._GRACE
        try:
            sweep_files()
        finally:
            vault._GRACE = grace
        assert (settings.CONSENT_VAULT_DIR / kept.path).exists()

    def test_a_person_is_given_and_erased_what_came_from_her(self, there, settings):  # noqa: F811
        from network.accounts.personal_data import personal_data

        kept = arrives(mail(people.community_member().email, "x"), there)
        holding = personal_data.get("notifications")
        [told] = holding.export(people.community_member())["mails_received"]
        assert told["from"] == people.community_member().email
        holding.erase(people.community_member(), True)
        assert not IncomingMail.objects.exists()
        assert not (settings.CONSENT_VAULT_DIR / kept.path).exists()
