"""Asking holders: who may, what each side sees, and that silence and a refusal in silence look alike."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from network.consent import actions
from network.consent.enums import DutyKind, Exposure, PartName
from network.consent.models import ConsentRecord, ConsentRequest, Message, Part
from network.notifications.models import Notification
from tests import people
from tests.consent import recordings
from tests.consent.factories import CANARY, authority, clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db

PURPOSE = "zqpurpose for a school book"


@pytest.fixture
def of():
    return holder()


@pytest.fixture
def speaker(of):
    user = with_standing(of)
    authority(of, user)
    return user


@pytest.fixture
def kept(of, speaker):
    return item(of)


def typed(**fields):
    return {"purpose": PURPOSE, "language": "es", "preset": "alone"} | fields


def ask_url(made):
    return reverse("consent:ask", args=[made.pk])


def asked(made, who=people.member, **fields):
    return actions.ask(
        **{"item": made, "preset": "alone", "purpose": PURPOSE, "language": "es", "by": people.viewer(who())}
        | fields
    )


def seen_by(client, who, path):
    people.sign_in(client, who)
    response = client.get(path)
    return response.content.decode() if response.status_code == 200 else response.status_code


class TestAsking:
    def test_a_stranger_is_asked_to_sign_in(self, client, kept):
        assert client.get(ask_url(kept)).status_code == 302

    def test_what_it_means_is_said_before_it_is_sent(self, client, kept):
        html = seen_by(client, people.member(), ask_url(kept))
        assert html.index("Silence is a no") < html.index('<form class="form')
        assert "cannot be called back" in html

    def test_it_is_sealed_for_the_holders_and_herself(self, client, kept, speaker):
        people.sign_in(client, people.member())
        response = client.post(ask_url(kept), typed())
        wish = ConsentRequest.objects.get()
        assert response["Location"] == wish.get_absolute_url()
        assert (wish.preset, wish.audience) == ("alone", f"user:{people.member().pk}")
        part = Part.objects.notes().get()
        assert PURPOSE.encode() not in bytes(part.ciphertext)
        assert PURPOSE in seen_by(client, people.member(), wish.get_absolute_url())
        html = seen_by(client, speaker, wish.get_absolute_url())
        assert PURPOSE in html
        assert "Chen Wei" in html
        assert PURPOSE not in seen_by(client, people.steward(), wish.get_absolute_url())

    @pytest.mark.parametrize("who", [people.expert, people.editor, people.administrator, people.secretariat])
    def test_for_everybody_else_it_is_not_there(self, client, kept, who):
        wish = asked(kept)
        for name in ("request", "refuse", "deliberate", "take_back"):
            assert seen_by(client, who(), reverse(f"consent:{name}", args=[wish.pk])) == 404

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"purpose": " "}, "purpose"),
            ({"purpose": "[[tk:00000000-0000-4000-8000-000000000000:body]]"}, "purpose"),
            ({"purpose": "x" * 50_001}, "purpose"),
            ({"language": "zzq"}, "language"),
            ({"preset": "everything"}, "preset"),
            ({"preset": "community"}, "preset"),
            ({"until": "2001-01-01"}, "until"),
            ({"until": "soon"}, "until"),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field(self, client, kept, wrong, field):
        people.sign_in(client, people.member())
        response = client.post(ask_url(kept), typed(**wrong))
        assert response.status_code == 422
        assert response.context["form"].errors[field]
        assert not ConsentRequest.objects.exists()
        assert not Message.objects.exists()

    def test_only_what_the_ceiling_allows_can_be_asked_for(self, client, of, speaker):
        made = item(of, exposure=Exposure.KNOWN)
        html = seen_by(client, people.member(), ask_url(made))
        assert 'value="alone"' in html
        assert 'value="public"' not in html
        assert client.post(ask_url(made), typed(preset="public")).status_code == 422

    def test_one_at_a_time(self, client, kept):
        asked(kept)
        people.sign_in(client, people.member())
        assert client.post(ask_url(kept), typed()).status_code == 422
        assert ConsentRequest.objects.count() == 1
        people.sign_in(client, people.expert())
        assert client.post(ask_url(kept), typed()).status_code == 302

    def test_sent_twice_it_is_asked_once(self, client, kept):
        people.sign_in(client, people.member())
        for _turn in range(2):
            assert client.post(ask_url(kept), typed(submission_key="one")).status_code == 302
        assert ConsentRequest.objects.count() == 1

    def test_many_in_one_day_are_too_many(self, client, of, speaker):
        people.sign_in(client, people.member())
        answers = [client.post(ask_url(item(of, parts={})), typed()).status_code for _turn in range(11)]
        assert answers == [302] * 10 + [422]


class TestTalking:
    def say(self, client, who, wish, **fields):
        people.sign_in(client, who)
        return client.post(wish.get_absolute_url(), {"text": "zqanswer", "language": "tzo"} | fields)

    def test_both_sides_talk_in_any_language(self, client, kept, speaker):
        wish = asked(kept)
        assert self.say(client, speaker, wish).status_code == 302
        assert self.say(client, people.member(), wish, text="zqthanks", language="sw").status_code == 302
        for who in (speaker, people.member()):
            html = seen_by(client, who, wish.get_absolute_url())
            assert html.index("zqpurpose") < html.index("zqanswer") < html.index("zqthanks")
        people.sign_in(client, people.member())
        assert "Lesieli Taufa" not in client.get(wish.get_absolute_url()).content.decode()
        assert list(wish.messages.values_list("from_holders", "language")) == [
            (False, "es"),
            (True, "tzo"),
            (False, "sw"),
        ]

    def test_a_steward_says_nothing_in_the_holders_place(self, client, kept):
        assert self.say(client, people.steward(), asked(kept)).status_code == 403

    def test_a_message_may_be_spoken(self, client, kept, speaker):
        wish = asked(kept)
        response = self.say(client, speaker, wish, text="", file=recordings.upload(recordings.wav(), "a.wav"))
        assert response.status_code == 302
        message = wish.messages.get(spoken=True)
        part = Part.objects.get(name=message.part)
        address = reverse("knowledge_media", args=[part.handle])
        assert address in seen_by(client, people.member(), wish.get_absolute_url())
        assert client.get(address).status_code == 200
        people.sign_in(client, people.expert())
        assert client.get(address).status_code == 404

    def test_what_is_no_recording_is_refused_beside_its_field(self, client, kept, speaker):
        response = self.say(client, speaker, asked(kept), file=recordings.upload(b"no sound", "a.wav"))
        assert response.status_code == 422
        assert response.context["form"].errors["file"]
        assert "zqanswer" in response.content.decode()

    @pytest.mark.parametrize(("wrong", "field"), [({"text": ""}, "text"), ({"language": "zzq"}, "language")])
    def test_what_is_wrong_stands_beside_its_field(self, client, kept, speaker, wrong, field):
        response = self.say(client, speaker, asked(kept), **wrong)
        assert response.status_code == 422
        assert response.context["form"].errors[field]

    def test_nothing_is_said_after_it_was_taken_back(self, client, kept, speaker):
        wish = asked(kept)
        people.sign_in(client, people.member())
        assert client.post(reverse("consent:take_back", args=[wish.pk])).status_code == 302
        assert self.say(client, speaker, wish).status_code == 403
        assert self.say(client, people.member(), wish).status_code == 403
        assert client.post(ask_url(kept), typed()).status_code == 302

    def test_only_whoever_asked_takes_it_back(self, client, kept, speaker):
        wish = asked(kept)
        people.sign_in(client, speaker)
        assert client.post(reverse("consent:take_back", args=[wish.pk])).status_code == 403


class TestRefusing:
    def refuse(self, client, who, wish, tell=""):
        people.sign_in(client, who)
        return client.post(reverse("consent:refuse", args=[wish.pk]), {"tell": tell})

    def bare(self, html, wish):
        import re

        html = html.replace(str(wish.pk), "").replace(str(wish.item_id), "")
        html = re.sub(r'(csrfmiddlewaretoken|submission_key)"[^>]*', "", html)
        return re.sub(r"said\d+|message\d+|<time.*?</time>", "", html, flags=re.DOTALL)

    def test_in_silence_it_looks_to_whoever_asked_like_no_answer(self, client, of, speaker, work_off):
        waiting, refused = (asked(item(of, title="Same")) for _turn in range(2))
        assert self.refuse(client, speaker, refused).status_code == 302
        work_off()
        pages = [
            self.bare(seen_by(client, people.member(), wish.get_absolute_url()), wish)
            for wish in (waiting, refused)
        ]
        assert pages[0] == pages[1]
        rows = client.get(reverse("consent:requests")).content.decode()
        assert rows.count("Waiting") == 2
        assert "Refused" not in rows
        for wish in (waiting, refused):
            about = client.get(reverse("consent:about", args=[wish.item_id]))
            assert wish.get_absolute_url() in about.content.decode()
            assert client.post(ask_url(wish.item), typed()).status_code == 422
            message = client.post(wish.get_absolute_url(), {"text": "still there?", "language": "en"})
            assert message.status_code == 302
        assert not Notification.objects.filter(recipient=people.member()).exists()

    def test_her_copy_of_her_data_does_not_tell_either(self, client, kept, speaker):
        from network.consent import personal

        wish = asked(kept)
        before = str(personal.export(people.member()))
        assert self.refuse(client, speaker, wish).status_code == 302
        assert str(personal.export(people.member())) == before

    def test_the_holders_see_it_and_may_still_change_their_mind(self, client, kept, speaker):
        wish = asked(kept)
        self.refuse(client, speaker, wish)
        html = seen_by(client, speaker, wish.get_absolute_url())
        assert "Refused" in html
        assert "was not told" in html
        people.sign_in(client, speaker)
        assert client.post(reverse("consent:deliberate", args=[wish.pk])).status_code == 302
        assert "talking about it" in seen_by(client, speaker, wish.get_absolute_url())

    def test_others_who_asked_learn_nothing(self, client, kept, speaker):
        self.refuse(client, speaker, asked(kept), "yes")
        other = asked(kept, people.expert)
        html = seen_by(client, people.expert(), other.get_absolute_url())
        assert "Refused" not in html
        assert "Chen Wei" not in html

    def test_told_she_reads_it_and_is_told(self, client, kept, speaker, work_off):
        wish = asked(kept)
        self.refuse(client, speaker, wish, "yes")
        assert "Refused" in seen_by(client, people.member(), wish.get_absolute_url())
        work_off()
        assert Notification.objects.filter(recipient=people.member(), kind="consent.answer").exists()

    def test_that_they_are_talking_about_it_is_for_the_holders_alone(self, client, kept, speaker):
        wish = asked(kept)
        before = self.bare(seen_by(client, people.member(), wish.get_absolute_url()), wish)
        people.sign_in(client, speaker)
        client.post(reverse("consent:deliberate", args=[wish.pk]))
        assert self.bare(seen_by(client, people.member(), wish.get_absolute_url()), wish) == before

    def test_whoever_only_belongs_does_not_answer_for_the_holders(self, client, kept, of):
        wish = asked(kept)
        assert self.refuse(client, with_standing(of, people.expert()), wish).status_code == 403
        assert self.refuse(client, people.member(), wish).status_code == 404


class TestGranting:
    def answer(self, client, who, made, wish, preset="alone", **fields):
        people.sign_in(client, who)
        return client.post(
            reverse("consent:answer", args=[made.pk, preset]) + f"?request={wish.pk}",
            {
                "authorities": [made.holders.first().authority_set.first().pk],
                "basis": "fpic",
                "method": "here",
                "exits": ["page"],
                "note_language": "en",
                "understood": "on",
            }
            | fields,
        )

    def test_the_consent_is_prefilled_and_shows_what_is_asked(self, client, kept, speaker):
        until = timezone.localdate() + timedelta(days=30)
        wish = asked(kept, until=until)
        path = reverse("consent:answer", args=[kept.pk, "alone"]) + f"?request={wish.pk}"
        html = seen_by(client, speaker, path)
        assert PURPOSE in html
        assert until.isoformat() in html
        assert html.index("cannot be undone") < html.index('<form class="form')

    def test_she_alone_reads_it(self, client, kept, speaker, work_off):
        wish = asked(kept)
        response = self.answer(client, speaker, kept, wish)
        assert response.status_code == 302, response.context["form"].errors
        record = ConsentRecord.objects.get()
        member = f"user:{people.member().pk}"
        assert (record.request, record.recipients) == (wish.pk, [member])
        assert record.scopes.get().audience == member
        about = reverse("consent:about", args=[kept.pk])
        assert CANARY in seen_by(client, people.member(), about)
        assert CANARY not in seen_by(client, people.expert(), about)
        assert "Granted" in seen_by(client, people.member(), wish.get_absolute_url())
        work_off()
        assert Notification.objects.filter(recipient=people.member(), kind="consent.answer").exists()

    def test_it_takes_nothing_from_others(self, client, of, kept, speaker):
        ends = datetime(2090, 1, 1, tzinfo=UTC)
        due = actions.DutyTerm(DutyKind.REPORT, ends.date())
        told = actions.Particulars(valid_until=ends, duties=(due,))
        quiet = f"user:{people.quiet_expert().pk}"
        consent(kept, of, clause(quiet, exits_={"page"}), particulars=told)
        for who in (people.member, people.expert):
            wish = asked(kept, who)
            assert self.answer(client, speaker, kept, wish).status_code == 302
        about = reverse("consent:about", args=[kept.pk])
        for who in (people.quiet_expert, people.member, people.expert):
            assert CANARY in seen_by(client, who(), about)
        assert CANARY not in seen_by(client, people.editor(), about)
        record = kept.records.get(number=3)
        assert record.scopes.get(audience=quiet).ends == ends
        assert record.scopes.exclude(audience=quiet).filter(ends=None).count() == 2
        assert record.duties.get().kind == DutyKind.REPORT

    def test_it_is_granted_once_all_holders_agree(self, client, of, speaker):
        other = holder("People of the river")
        theirs = with_standing(other, people.expert())
        authority(other, theirs)
        made = item(of, other)
        wish = asked(made)
        assert self.answer(client, speaker, made, wish).status_code == 302
        assert "Waiting" in seen_by(client, people.member(), wish.get_absolute_url())
        pk = other.authority_set.get().pk
        assert self.answer(client, theirs, made, wish, authorities=[pk]).status_code == 302
        assert "Granted" in seen_by(client, people.member(), wish.get_absolute_url())

    def test_a_request_that_was_taken_back_is_not_granted(self, client, kept, speaker):
        wish = asked(kept)
        actions.take_back(request=wish, by=people.viewer(people.member()))
        assert self.answer(client, speaker, kept, wish).status_code == 404
        assert not ConsentRecord.objects.exists()

    @pytest.mark.parametrize("named", ["", "nonsense", "00000000-0000-4000-8000-000000000000"])
    def test_one_person_alone_needs_a_request(self, client, kept, speaker, named):
        people.sign_in(client, speaker)
        path = reverse("consent:answer", args=[kept.pk, "alone"])
        assert client.get(f"{path}?request={named}").status_code == 404

    def test_a_request_about_something_else_is_no_request(self, client, of, kept, speaker):
        wish = asked(item(of, title="Another"))
        assert self.answer(client, speaker, kept, wish).status_code == 404

    def test_a_community_that_only_she_knows_can_be_granted(self, client, kept, speaker):
        from network.consent.audiences import audiences

        def known(viewer):
            return [("community:7", "Reef keepers")] if viewer.user_id == people.member().pk else []

        audiences._entries["test"] = known
        try:
            wish = asked(kept, preset="community", audience="community:7")
            assert "Reef keepers" in seen_by(client, speaker, wish.get_absolute_url())
            response = self.answer(client, speaker, kept, wish, "community", audience="community:7")
            assert response.status_code == 302
        finally:
            del audiences._entries["test"]
        assert ConsentRecord.objects.get().scopes.get().audience == "community:7"


class TestTelling:
    def told(self, who):
        return set(Notification.objects.filter(recipient=who).values_list("kind", flat=True))

    def test_the_holders_and_their_stewards_learn_of_it(self, client, kept, speaker, work_off):
        people.steward()
        asked(kept)
        work_off()
        assert self.told(speaker) == {"consent.request"}
        assert self.told(people.steward()) == {"consent.request"}
        assert self.told(people.member()) == set()
        html = seen_by(client, speaker, reverse("notifications:inbox"))
        assert kept.title in html
        assert "zqpurpose" not in html

    def test_a_message_is_told_to_the_other_side(self, kept, speaker, work_off):
        wish = asked(kept)
        actions.write(request=wish, text="a", language="en", by=people.viewer(speaker))
        work_off()
        assert "consent.message" in self.told(people.member())
        assert "consent.message" not in self.told(speaker)


def test_lists_ask_the_same_at_one_and_at_twenty(client, of, speaker):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def queries(who, path):
        people.sign_in(client, who)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    mine, ours = reverse("consent:requests"), reverse("consent:requests") + "?to=us"
    asked(item(of, parts={PartName.BODY: ""}))
    few = queries(people.member(), mine), queries(speaker, ours)
    for _number in range(18):
        asked(item(of, parts={}))
    assert (queries(people.member(), mine), queries(speaker, ours)) == few


def test_leaving_takes_her_requests_with_everything_said_in_them(kept, speaker):
    from network.consent import personal

    wish = asked(kept)
    actions.write(request=wish, text="a", language="en", by=people.viewer(speaker))
    consent(kept, kept.holders.get(), clause())
    personal.erase(people.member(), keep_contributions=True)
    assert not ConsentRequest.objects.exists()
    assert not Part.objects.filter(name__startswith="message").exists()
