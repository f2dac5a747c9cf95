"""Codes on paper, from outside: given once, used by anybody who holds one, and good for nothing else."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from network.consent import actions, codes
from network.consent.egress import bind_for
from network.consent.enums import Exposure, Method, RecordKind
from network.consent.models import RecoveryCode
from network.foundations.exceptions import Refused
from network.foundations.viewer import EVERYONE, anonymous
from tests import people
from tests.consent.factories import CANARY, authority, clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db
STOP = "/knowledge/stop/"


@pytest.fixture
def of():
    return holder()


@pytest.fixture
def speaker(of):
    user = with_standing(of)
    authority(of, user)
    return user


@pytest.fixture
def shared(of, speaker):
    return [shared_item(of, f"A practice of the reef {number}") for number in (1, 2)]


@pytest.fixture
def given(of, speaker):
    """The code's row, and what stands on the paper."""
    return actions.give_code(holder=of, keeper="Old Mele", by=people.viewer(speaker))


def shared_item(of, title):
    made = item(of, title=title)
    consent(made, of, clause(EVERYONE))
    return made


def shown(made):
    return CANARY in bind_for(anonymous(), str(made.token("body")), exit="page")


def enter(client, code, method=Method.HERE):
    return client.post(STOP, {"code": code, "method": method.value})


def proof(page):
    return re.search(r'name="entered" value="([^"]+)"', page.content.decode())[1]


def choose(client, page, **fields):
    sent = {"entered": proof(page), "kind": "withdrawn", "reach": "all"} | fields
    return client.post(STOP, sent, follow=True)


class TestGiving:
    def address(self, of):
        return reverse("consent:give_code", args=[of.pk])

    def give(self, client, of, **fields):
        return client.post(self.address(of), {"keeper": "Old Mele", "language": "en"} | fields)

    def on_the_sheet(self, page):
        return "-".join(re.findall(r'sheet__group">(\w{4})<', page.content.decode()))

    @pytest.mark.parametrize("who", ["speaker", "steward"])
    def test_the_sheet_is_shown_once_and_only_a_digest_is_kept(self, client, of, speaker, who):
        people.sign_in(client, speaker if who == "speaker" else people.steward())
        page = self.give(client, of)
        plain = self.on_the_sheet(page)
        assert re.fullmatch(r"(\w{4}-){5}\w{4}", plain)
        assert "no-store" in page["Cache-Control"]
        kept = RecoveryCode.objects.get()
        assert (kept.keeper, kept.digest) == ("Old Mele", codes.digest(plain))
        assert plain not in str(RecoveryCode.objects.values().get())
        assert plain not in client.get(of.get_absolute_url()).content.decode()
        assert "Old Mele" in client.get(of.get_absolute_url()).content.decode()

    def test_sent_twice_there_is_one_code_and_no_second_sheet(self, client, of, speaker):
        people.sign_in(client, speaker)
        first = self.give(client, of, submission_key="one")
        again = self.give(client, of, submission_key="one")
        assert self.on_the_sheet(first)
        assert again["Location"] == of.get_absolute_url()
        assert RecoveryCode.objects.count() == 1

    def test_the_sheet_is_in_the_language_of_its_keeper(self, client, of, speaker):
        people.sign_in(client, speaker)
        page = self.give(client, of, language="fr")
        assert page.status_code == 200
        assert 'lang="fr"' in page.content.decode()

    @pytest.mark.parametrize("wrong", [{"keeper": ""}, {"keeper": "x" * 201}, {"language": "zzq"}])
    def test_bad_input_makes_no_code(self, client, of, speaker, wrong):
        people.sign_in(client, speaker)
        page = self.give(client, of, **wrong)
        assert page.status_code == 422
        assert not RecoveryCode.objects.exists()

    def test_only_those_who_decide_and_stewards_give_and_take_back(self, client, of, speaker, given):
        belongs = with_standing(of, people.expert())
        code, _plain = given
        taken = reverse("consent:revoke_code", args=[of.pk, code.pk])
        for who, status in ((belongs, 403), (people.member(), 404), (people.administrator(), 404)):
            people.sign_in(client, who)
            assert self.give(client, of).status_code == status
            assert client.post(taken).status_code == status
        people.sign_in(client, belongs)
        assert "Old Mele" not in client.get(of.get_absolute_url()).content.decode()
        with pytest.raises(PermissionDenied):
            actions.give_code(holder=of, keeper="She", by=people.viewer(belongs))
        with pytest.raises(PermissionDenied):
            actions.revoke_code(code=code, by=people.viewer(belongs))

    def test_taken_back_it_stops_nothing(self, client, of, speaker, given, shared):
        code, plain = given
        people.sign_in(client, speaker)
        client.post(reverse("consent:revoke_code", args=[of.pk, code.pk]))
        client.logout()
        assert enter(client, plain).status_code == 422
        assert all(shown(made) for made in shared)

    def test_a_code_of_others_is_not_there(self, client, of, speaker, given):
        others = holder("Others")
        with_standing(others, people.expert())
        authority(others, people.expert())
        people.sign_in(client, people.expert())
        code, _plain = given
        assert client.post(reverse("consent:revoke_code", args=[others.pk, code.pk])).status_code == 404


class TestUsing:
    """By somebody without an account."""

    def test_everything_stops_at_once(self, client, shared, of, given):
        code, plain = given
        asked = enter(client, plain)
        assert asked.status_code == 200
        assert all(shown(made) for made in shared)
        done = choose(client, asked)
        assert done.status_code == 200
        assert not any(shown(made) for made in shared)
        record = shared[0].records.in_order().last()
        assert (record.kind, record.recorded_by) == (RecordKind.WITHDRAWN, code.actor)
        assert "Old Mele" not in done.content.decode()
        assert all(made.title in done.content.decode() for made in shared)

    def test_one_of_them_is_paused(self, client, shared, given):
        choose(client, enter(client, given[1]), kind="suspended", reach="some", items=[str(shared[0].pk)])
        assert [shown(made) for made in shared] == [False, True]
        assert shared[0].records.in_order().last().kind == RecordKind.SUSPENDED

    @pytest.mark.parametrize(
        "typed",
        [str.lower, lambda code: code.replace("-", " "), lambda code: code.replace("-", ""),
         lambda code: f"  {code} "],
    )  # fmt: skip
    def test_however_it_is_written(self, client, given, typed):
        assert enter(client, typed(given[1])).status_code == 200

    def test_read_over_the_telephone_to_a_steward(self, client, shared, given):
        people.sign_in(client, people.steward())
        choose(client, enter(client, given[1], Method.VOICE))
        assert shared[0].records.in_order().last().method == Method.VOICE
        assert not shown(shared[0])

    def test_what_is_hidden_stops_with_everything_and_is_named_nowhere(
        self, client, of, speaker, given, settings
    ):
        settings.CONSENT_HIDDEN_ITEMS = True
        hidden = item(of, title="Of the inner reef", exposure=Exposure.HIDDEN, by=people.viewer(speaker))
        asked = enter(client, given[1])
        done = choose(client, asked)
        assert hidden.records.in_order().last().kind == RecordKind.WITHDRAWN
        assert "Of the inner reef" not in asked.content.decode() + done.content.decode()

    def test_what_belongs_to_others_is_not_offered_and_not_stopped(self, client, shared, given):
        others = holder("Others")
        theirs = shared_item(others, "Of others")
        asked = enter(client, given[1])
        assert "Of others" not in asked.content.decode()
        answer = choose(client, asked, reach="some", items=[str(theirs.pk)])
        assert answer.status_code == 422
        choose(client, asked)
        assert shown(theirs)

    def test_it_is_no_way_to_read_or_to_sign_in(self, client, shared, given):
        asked = enter(client, given[1])
        done = choose(client, asked)
        assert CANARY not in asked.content.decode() + done.content.decode()
        assert client.get(shared[0].get_absolute_url()).status_code == 302

    def test_it_cannot_widen(self, shared, of, given):
        code, _plain = given
        for kind in (RecordKind.GIVEN, RecordKind.REFUSED):
            with pytest.raises(ValueError, match="less"):
                actions.close_by_code(code=code, items=shared, kind=kind, method=Method.HERE)

    @pytest.mark.parametrize(
        "wrong", [{"kind": "given"}, {"kind": ""}, {"reach": "some"}, {"reach": "more"}, {"items": ["x"]}]
    )
    def test_bad_choices_are_asked_again(self, client, shared, given, wrong):
        answer = choose(client, enter(client, given[1]), **wrong)
        assert answer.status_code == 422
        assert proof(answer)
        assert all(shown(made) for made in shared)


class TestNoOracle:
    def test_a_wrong_code_and_one_taken_back_have_one_answer(self, client, of, speaker, given):
        actions.revoke_code(code=given[0], by=people.viewer(speaker))
        answers = [enter(client, code) for code in (given[1], codes.new())]
        assert {answer.status_code for answer in answers} == {422}
        first, second = (
            re.sub(r"[A-Z0-9]{4}(-[A-Z0-9]{4}){5}|nonce=\"[^\"]*\"|value=\"[^\"]*\"", "", a.content.decode())
            for a in answers
        )
        assert first == second
        assert str(of) not in first

    @pytest.mark.parametrize("nonsense", ["", "x" * 5000, "\x00", "---- ----", "²²²²"])
    def test_nonsense_is_no_code(self, client, nonsense):
        assert enter(client, nonsense).status_code == 422

    def test_tries_are_counted(self, client, given):
        assert {enter(client, codes.new()).status_code for _turn in range(10)} == {422}
        assert enter(client, given[1]).status_code == 429

    def test_the_proof_lasts_an_hour(self, client, shared, given, monkeypatch):
        asked = enter(client, given[1])
        now = timezone.now().timestamp()
        monkeypatch.setattr("django.core.signing.time.time", lambda: now + 3601)
        assert choose(client, asked).status_code == 422
        assert all(shown(made) for made in shared)

    def test_taken_back_meanwhile(self, client, shared, speaker, given):
        asked = enter(client, given[1])
        actions.revoke_code(code=given[0], by=people.viewer(speaker))
        assert choose(client, asked).status_code == 422
        assert all(shown(made) for made in shared)
        with pytest.raises(Refused):
            actions.close_by_code(code=given[0], items=shared, kind=RecordKind.WITHDRAWN, method=Method.HERE)

    def test_what_stands_in_the_address_of_the_result_stops_nothing(self, client, shared, given):
        done = choose(client, enter(client, given[1]), reach="some", items=[str(shared[0].pk)])
        receipt = done.request["QUERY_STRING"].partition("=")[2]
        answer = client.post(STOP, {"entered": receipt, "kind": "withdrawn", "reach": "all"})
        assert answer.status_code == 422
        assert shown(shared[1])

    def test_a_made_up_result_leads_back(self, client):
        assert client.get("/knowledge/stop/done/?done=x")["Location"] == STOP
