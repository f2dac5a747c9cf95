"""Labels and warnings, from outside: the holders' own people put them on, and they count at once."""

import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from network.consent import actions
from network.consent.egress import bind_for
from network.consent.enums import Voice, Warning
from network.consent.models import Label
from network.foundations.exceptions import Refused
from network.foundations.viewer import EVERYONE, anonymous
from network.outbox.models import Entry
from tests import people
from tests.consent.factories import CANARY, authority, clause, consent, holder, item, with_standing

pytestmark = pytest.mark.django_db


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
    made = item(of)
    consent(made, of, clause(EVERYONE))
    return made


@pytest.fixture
def cousin(of):
    """Belongs to the holders and does not decide."""
    return with_standing(of, people.expert())


def shown(made, exit="page"):
    return CANARY in bind_for(anonymous(), str(made.token("body")), exit=exit)


def address(name, *args):
    return reverse(f"consent:{name}", args=args)


class TestLabels:
    def put(self, client, made, of, label="tk:tkco", **fields):
        return client.post(address("put_label", made.pk, of.pk), {"label": label} | fields)

    def test_it_counts_at_once_and_stands_on_the_page(self, client, shared, of, speaker):
        people.sign_in(client, speaker)
        assert client.get(address("put_label", shared.pk, of.pk)).status_code == 200
        assert self.put(client, shared, of)["Location"] == shared.get_absolute_url()
        assert not shown(shared)
        assert "TK Community Use Only" in client.get(shared.get_absolute_url()).content.decode()
        assert Entry.objects.filter(stream=f"knowledge:{shared.pk}", kind="withdrawn").exists()

    def test_its_place_in_the_hub_is_kept(self, client, shared, of, speaker):
        project = uuid.uuid4()
        people.sign_in(client, speaker)
        self.put(client, shared, of, hub_project=str(project))
        assert Label.objects.get().hub_project == project

    def test_one_that_limits_nothing_disturbs_nobody(self, client, shared, of, speaker):
        people.sign_in(client, speaker)
        self.put(client, shared, of, "tk:tka")
        assert shown(shared)
        assert not Entry.objects.filter(stream=f"knowledge:{shared.pk}").exists()

    def test_one_that_means_a_permission_opens_nothing(self, client, of, speaker):
        closed = item(of)
        people.sign_in(client, speaker)
        self.put(client, closed, of, "tk:tkoc")
        assert not shown(closed)

    @pytest.mark.parametrize(
        "wrong", [{"label": ""}, {"label": "tk:nothing"}, {"label": "tkco"}, {"hub_project": "x"}]
    )
    def test_bad_input(self, client, shared, of, speaker, wrong):
        people.sign_in(client, speaker)
        answer = self.put(client, shared, of, **wrong)
        assert answer.status_code == 422
        assert not Label.objects.exists()

    def test_twice_the_same_is_said(self, client, shared, of, speaker):
        people.sign_in(client, speaker)
        self.put(client, shared, of, submission_key="1")
        answer = self.put(client, shared, of, submission_key="2")
        assert answer.status_code == 422
        assert "on it already" in answer.content.decode()

    def test_nobody_puts_one_on_for_the_holders(self, client, shared, of, cousin):
        others = [
            (cousin, 403), (people.steward(), 403), (people.editor(), 404), (people.administrator(), 404),
        ]  # fmt: skip
        for who, status in others:
            people.sign_in(client, who)
            assert client.get(address("put_label", shared.pk, of.pk)).status_code == status
            assert self.put(client, shared, of).status_code == status
            with pytest.raises(PermissionDenied):
                actions.put_label(item=shared, holder=of, family="tk", code="tka", by=people.viewer(who))
        assert not Label.objects.exists()

    def test_not_on_what_others_hold(self, client, of, speaker):
        theirs = item(holder("Others"))
        people.sign_in(client, speaker)
        assert self.put(client, theirs, of).status_code == 404
        with pytest.raises(Refused):
            actions.put_label(item=theirs, holder=of, family="tk", code="tka", by=people.viewer(speaker))

    def test_taken_off_it_is_shown_again_and_stays_on_record(self, client, shared, of, speaker):
        label = actions.put_label(item=shared, holder=of, family="tk", code="tkco", by=people.viewer(speaker))
        people.sign_in(client, speaker)
        taken = address("take_label", shared.pk, label.pk)
        assert client.get(taken).status_code == 200
        client.post(taken)
        assert shown(shared)
        label.refresh_from_db()
        assert label.until
        assert client.post(taken).status_code == 404

    def test_only_who_decides_takes_it_off(self, client, shared, of, speaker, cousin):
        label = actions.put_label(item=shared, holder=of, family="tk", code="tkco", by=people.viewer(speaker))
        for who, status in ((cousin, 403), (people.steward(), 403), (people.member(), 404)):
            people.sign_in(client, who)
            assert client.post(address("take_label", shared.pk, label.pk)).status_code == status
        assert not shown(shared)

    def test_on_womens_knowledge_their_own_voice_takes_it_off(self, client, of, speaker, cousin):
        made = item(of, of_women=True)
        actions.attest_authority(
            holder=of, user=cousin, office="Eldest", voice=Voice.WOMEN, by=people.viewer(people.steward())
        )
        label = actions.put_label(item=made, holder=of, family="tk", code="tkco", by=people.viewer(speaker))
        taken = address("take_label", made.pk, label.pk)
        people.sign_in(client, speaker)
        assert client.post(taken).status_code == 403
        people.sign_in(client, cousin)
        assert client.post(taken).status_code == 302

    def test_a_label_of_another_item_is_not_here(self, client, shared, of, speaker):
        by = people.viewer(speaker)
        label = actions.put_label(item=item(of), holder=of, family="tk", code="tkco", by=by)
        people.sign_in(client, speaker)
        assert client.post(address("take_label", shared.pk, label.pk)).status_code == 404


class TestWarnings:
    def put(self, client, made, of, warning="deceased"):
        return client.post(address("put_warning", made.pk, of.pk), {"warning": warning})

    def test_any_person_of_the_holders_asks_that_others_are_asked_first(self, client, shared, of, cousin):
        people.sign_in(client, cousin)
        assert client.get(address("put_warning", shared.pk, of.pk)).status_code == 200
        self.put(client, shared, of)
        assert shared.holdings.get().warnings == ["deceased"]
        assert not shown(shared, exit="mail")
        page = bind_for(anonymous(), f"<p>{shared.token('body')}</p>", exit="page")
        assert "somebody who has died" in page
        assert "somebody who has died" in client.get(shared.get_absolute_url()).content.decode()

    def test_twice_is_once(self, client, shared, of, cousin):
        people.sign_in(client, cousin)
        for _turn in range(2):
            assert self.put(client, shared, of).status_code == 302
        assert shared.holdings.get().warnings == ["deceased"]

    @pytest.mark.parametrize("warning", ["", "everything", "\x00"])
    def test_bad_input(self, client, shared, of, cousin, warning):
        people.sign_in(client, cousin)
        assert self.put(client, shared, of, warning).status_code == 422
        assert shared.holdings.get().warnings == []

    @pytest.mark.parametrize(("who", "status"), [(people.steward, 403), (people.editor, 404)])
    def test_nobody_puts_one_on_for_them(self, client, shared, of, who, status):
        people.sign_in(client, who())
        assert self.put(client, shared, of).status_code == status
        with pytest.raises(PermissionDenied):
            actions.put_warning(item=shared, holder=of, warning=Warning.SEASON, by=people.viewer(who()))

    def test_only_who_decides_takes_it_off(self, client, shared, of, speaker, cousin):
        actions.put_warning(item=shared, holder=of, warning=Warning.SEASON, by=people.viewer(cousin))
        taken = address("take_warning", shared.pk, of.pk, "season")
        for who, status in ((cousin, 403), (people.steward(), 403), (people.member(), 404)):
            people.sign_in(client, who)
            assert client.post(taken).status_code == status
        people.sign_in(client, speaker)
        assert client.get(taken).status_code == 200
        assert client.post(taken).status_code == 302
        assert shared.holdings.get().warnings == []
        assert shown(shared, exit="mail")

    def test_one_that_does_not_exist(self, client, shared, of, speaker):
        people.sign_in(client, speaker)
        assert client.post(address("take_warning", shared.pk, of.pk, "nothing")).status_code == 404
