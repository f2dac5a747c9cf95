"""Deciding together: nothing is shared until as many agree as the holders ask for."""

import json

import pytest
from django.urls import reverse

from network.consent import actions
from network.consent.egress import bind_for
from network.consent.enums import Exposure, RecordKind, Voice
from network.consent.models import ConsentRecord, Part, Proposal
from network.foundations.viewer import EVERYONE, anonymous
from network.notifications.models import Notification
from tests import people
from tests.consent.factories import CANARY, authority, clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db


def deciding(of, who, office="Keeper", voice=Voice.GENERAL):
    with_standing(of, who)
    return actions.attest_authority(
        holder=of, user=who, office=office, voice=voice, by=people.viewer(people.steward())
    )


@pytest.fixture
def of():
    return holder(quorum=2)


@pytest.fixture
def first(of):
    return deciding(of, people.holder(), "Keeper of the reef")


@pytest.fixture
def second(of, first):
    return deciding(of, people.expert(), "Keeper of the river")


@pytest.fixture
def kept(of, second):
    return item(of)


def answer(client, made, *authorities, who=people.holder, preset="public", **fields):
    people.sign_in(client, who())
    return client.post(
        reverse("consent:answer", args=[made.pk, preset]),
        {
            "authorities": [authority.pk for authority in authorities],
            "basis": "fpic",
            "method": "meeting",
            "exits": ["page"],
            "note": "zqnote",
            "note_language": "tzo",
            "detail_assembly": "zqassembly",
            "read_assembly": "public",
            "duty_report": "on",
            "duty_report_words": "zqduty",
            "duty_report_due": "2099-01-01",
            "permit": "ABSCH-IRCC-XX-1",
            "understood": "on",
        }
        | fields,
    )


def agree(client, proposal, *authorities, who=people.expert, **fields):
    people.sign_in(client, who())
    return client.post(
        proposal.get_absolute_url(), {"authorities": [a.pk for a in authorities], "understood": "on"} | fields
    )


def shown(made):
    return CANARY in bind_for(anonymous(), str(made.token("body")), exit="page")


def page(client, who, path):
    people.sign_in(client, who)
    return client.get(path).content.decode()


class TestProposing:
    def test_one_of_two_proposes_and_nothing_is_shared(self, client, kept, first):
        response = answer(client, kept, first)
        proposal = Proposal.objects.get()
        assert response["Location"] == proposal.get_absolute_url()
        assert not ConsentRecord.objects.exists()
        assert not shown(kept)

    def test_no_word_stands_in_the_open(self, client, kept, first):
        answer(client, kept, first)
        assert "zq" not in json.dumps(Proposal.objects.get().terms)
        assert Part.objects.notes().count() == 3

    def test_a_steward_who_writes_down_a_meeting_names_all_at_once(self, client, kept, first, second):
        assert answer(client, kept, first, second, who=people.steward).status_code == 302
        record = ConsentRecord.objects.get()
        assert record.signers == sorted([first.pk, second.pk])
        assert shown(kept)

    def test_to_say_less_than_before_one_is_enough(self, client, kept, first, second):
        answer(client, kept, first, second, who=people.steward)
        assert answer(client, kept, first, exits=["page"], months=["1"]).status_code == 302
        assert ConsentRecord.objects.count() == 2

    def test_two_proposals_do_not_stand_beside_one_another(self, client, kept, first, second):
        answer(client, kept, first)
        response = answer(client, kept, second, who=people.expert)
        assert response.status_code == 422
        assert Proposal.objects.count() == 1

    def test_it_stands_on_the_items_page_for_those_who_decide(self, client, kept, first):
        answer(client, kept, first)
        path = Proposal.objects.get().get_absolute_url()
        for who in (people.expert(), people.steward()):
            assert path in page(client, who, kept.get_absolute_url())
        people.sign_in(client, people.member())
        assert client.get(path).status_code == 404

    def test_it_is_read_in_plain_words_before_anybody_agrees(self, client, kept, first):
        answer(client, kept, first)
        html = page(client, people.expert(), Proposal.objects.get().get_absolute_url())
        for words in ("Everybody on the internet", "Pages", "Report how it was used", "Keeper of the reef"):
            assert words in html
        for words in ("zqnote", "zqassembly", "zqduty"):
            assert words in html
        assert html.index("What cannot be undone") < html.index('<form class="form')
        assert "zqnote" not in page(client, people.steward(), Proposal.objects.get().get_absolute_url())

    def test_those_whose_voice_is_missing_are_told(self, client, kept, first, work_off):
        answer(client, kept, first)
        work_off()
        told = Notification.objects.filter(kind="consent.proposal").values_list("recipient", flat=True)
        assert people.expert().pk in told
        assert people.holder().pk not in told


class TestAgreeing:
    @pytest.fixture
    def proposal(self, client, kept, first):
        answer(client, kept, first)
        return Proposal.objects.get()

    def test_with_the_last_voice_it_is_recorded_with_all_that_was_said(
        self, client, kept, proposal, first, second
    ):
        assert agree(client, proposal, second)["Location"] == kept.get_absolute_url()
        record = ConsentRecord.objects.get()
        assert record.signers == sorted([first.pk, second.pk])
        assert (record.permit, record.visibility) == ("ABSCH-IRCC-XX-1", {"assembly": "public"})
        assert record.duties.get().due_on.year == 2099
        assert shown(kept)
        names = set(Part.objects.notes().values_list("name", flat=True))
        assert names == {"note1", "assembly1", record.duties.get().part}
        assert "zqassembly" in bind_for(anonymous(), str(kept.token("assembly1")), exit="page")
        assert "zqnote" not in bind_for(anonymous(), str(kept.token("note1")), exit="page")
        html = page(client, people.expert(), kept.get_absolute_url())
        assert "zqnote" in html
        assert "A proposal of" not in html
        kept.refresh_from_db()
        assert actions.first_break(kept) is None
        proposal.refresh_from_db()
        assert proposal.record == record

    def test_whoever_agreed_does_not_agree_twice(self, client, proposal, first):
        assert agree(client, proposal, first, who=people.holder).status_code == 403
        assert not ConsentRecord.objects.exists()

    @pytest.mark.parametrize("wrong", [{"understood": ""}, {"authorities": []}, {"authorities": ["999999"]}])
    def test_what_is_wrong_stands_beside_its_field(self, client, proposal, second, wrong):
        response = agree(client, proposal, second, **wrong)
        assert response.status_code == 422
        assert response.context["form"].errors[next(iter(wrong))]
        assert not ConsentRecord.objects.exists()

    def test_whoever_only_belongs_does_not_agree(self, client, proposal, of, second):
        with_standing(of, people.member())
        assert agree(client, proposal, second, who=people.member).status_code == 403

    def test_an_authority_that_ended_does_not_count_any_more(self, client, proposal, first, second):
        actions.end_attestation(attestation=first, by=people.viewer(people.steward()))
        agree(client, proposal, second)
        assert not ConsentRecord.objects.exists()

    def test_terms_that_are_not_allowed_any_more_are_refused_with_the_reason(
        self, client, proposal, of, second
    ):
        actions.record_protocol(
            holder=of, title="New rules", language="tzo", ceiling=Exposure.SHARED,
            by=people.viewer(people.steward()),
        )  # fmt: skip
        response = agree(client, proposal, second)
        assert response.status_code == 422
        assert "New rules" in response.content.decode()
        assert not ConsentRecord.objects.exists()

    @pytest.mark.parametrize("by_whom", ["stop", "suspended", "refused", "given"])
    def test_a_newer_word_overtakes_it(self, client, kept, of, proposal, first, second, by_whom):
        if by_whom == "stop":
            actions.withdraw(item=kept, holder=of, by=people.viewer(people.holder()))
        elif by_whom == "given":
            consent(kept, of, clause(EVERYONE), authorities=[first, second])
        else:
            consent(kept, of, kind=RecordKind(by_whom), authorities=[first])
        before = ConsentRecord.objects.count()
        assert agree(client, proposal, second).status_code == 403
        assert ConsentRecord.objects.count() == before
        assert not Part.objects.filter(name__startswith="proposed").exists()
        assert "is closed" in page(client, people.expert(), proposal.get_absolute_url())

    def test_one_no_closes_it(self, client, kept, proposal, second):
        people.sign_in(client, people.expert())
        decline = reverse("consent:decline", args=[kept.pk, proposal.pk])
        assert client.post(decline).status_code == 302
        assert agree(client, proposal, second).status_code == 403
        assert client.post(decline).status_code == 404
        assert not Part.objects.filter(name__startswith="proposed").exists()

    def test_whoever_only_belongs_does_not_say_no(self, client, kept, of, proposal):
        people.sign_in(client, with_standing(of, people.member()))
        assert client.post(reverse("consent:decline", args=[kept.pk, proposal.pk])).status_code == 403

    def test_another_holders_stop_closes_it_too(self, client, of, first, second):
        other = holder("People of the river")
        made = item(of, other)
        answer(client, made, first)
        actions.withdraw(item=made, holder=other, by=people.viewer(people.steward()))
        assert not Proposal.objects.open().exists()


class TestWomen:
    @pytest.fixture
    def hers(self, of, first):
        return deciding(of, people.expert(), "Women’s council", Voice.WOMEN)

    @pytest.fixture
    def song(self, of, hers):
        return item(of, of_women=True)

    def test_others_propose_nothing(self, client, song, first):
        response = answer(client, song, first)
        assert response.status_code == 422
        assert "The women decide" in response.content.decode()
        assert not Proposal.objects.exists()

    def test_where_there_is_one_of_them_her_word_is_enough(self, client, song, hers):
        assert answer(client, song, hers, who=people.expert).status_code == 302
        assert ConsentRecord.objects.get().voice == Voice.WOMEN
        assert shown(song)

    def test_two_of_them_decide_together_and_nobody_else_is_asked(self, client, of, song, first, hers):
        other = deciding(of, people.quiet_expert(), "Midwives", Voice.WOMEN)
        answer(client, song, hers, who=people.expert)
        proposal = Proposal.objects.get()
        assert agree(client, proposal, first, who=people.holder).status_code == 403
        assert agree(client, proposal, other, who=people.quiet_expert).status_code == 302
        assert ConsentRecord.objects.get().voice == Voice.WOMEN
        assert shown(song)

    def test_at_a_meeting_the_women_who_were_there_sign(self, client, of, song, first, hers):
        assert answer(client, song, first, hers, who=people.steward).status_code == 302
        record = ConsentRecord.objects.get()
        assert record.signers == [hers.pk]
        assert shown(song)


def test_an_authority_of_another_people_does_not_sign(client, kept, first):
    other = holder("Others")
    stranger = authority(other, people.member())
    with_standing(other, people.member())
    answer(client, kept, first)
    assert agree(client, Proposal.objects.get(), stranger, who=people.member).status_code == 404
