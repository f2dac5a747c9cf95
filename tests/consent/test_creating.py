"""The form that seals an item, from outside: who must agree, what it was made from, how far it may go."""

import pytest
from django.urls import reverse

from network.consent.enums import Exposure, PartName, ReleaseRule
from network.consent.models import KnowledgeItem, Lineage, Part
from tests import people
from tests.consent.factories import CANARY, authority, holder, item, with_standing

pytestmark = pytest.mark.django_db
NEW = "/knowledge/new/"


@pytest.fixture
def of():
    return holder()


@pytest.fixture
def speaker(of):
    user = with_standing(of)
    authority(of, user)
    return user


def sent(*holders, **fields):
    return {
        "title": "Ways of the river",
        "holders": [each.pk for each in holders],
        "exposure": "open",
        "rule": "all",
        "language": "en",
        "body": f"text {CANARY}",
    } | fields


def made():
    return KnowledgeItem.objects.get(title="Ways of the river")


class TestWhoMustAgree:
    def test_all_of_them_unless_said_otherwise(self, client, of):
        people.sign_in(client, people.steward())
        assert client.post(NEW, sent(of)).status_code == 302
        assert (made().rule, made().needed, made().decider) == (ReleaseRule.ALL, None, None)

    def test_a_number(self, client, of):
        people.sign_in(client, people.steward())
        client.post(NEW, sent(of, holder("Others"), rule="quorum", needed="1"))
        assert (made().rule, made().needed) == (ReleaseRule.QUORUM, 1)

    def test_a_named_authority(self, client, of):
        keeper = authority(of)
        people.sign_in(client, people.steward())
        client.post(NEW, sent(of, holder("Others"), rule="named", decider=keeper.pk))
        assert (made().rule, made().decider) == (ReleaseRule.NAMED, keeper)

    def test_what_was_chosen_beside_another_rule_does_not_count(self, client, of):
        keeper = authority(of)
        people.sign_in(client, people.steward())
        client.post(NEW, sent(of, rule="all", needed="1", decider=keeper.pk))
        assert (made().needed, made().decider) == (None, None)

    def test_the_women(self, client, of):
        people.sign_in(client, people.steward())
        client.post(NEW, sent(of, of_women="on"))
        assert made().of_women

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"rule": "quorum"}, "needed"),
            ({"rule": "quorum", "needed": "2"}, "needed"),
            ({"rule": "quorum", "needed": "0"}, "needed"),
            ({"rule": "named"}, "decider"),
            ({"rule": "named", "decider": "999999"}, "decider"),
            ({"rule": "dice"}, "rule"),
            ({"derived_from": ["x"]}, "derived_from"),
        ],
    )
    def test_bad_input_keeps_all_that_was_typed(self, client, of, wrong, field):
        people.sign_in(client, people.steward())
        answer = client.post(NEW, sent(of, place="at the bend", **wrong))
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
        page = answer.content.decode()
        assert f"text {CANARY}" in page
        assert "at the bend" in page
        assert "<details" in page.partition("Who must agree")[0]
        assert answer.context["form"].deciding_wrong
        assert not KnowledgeItem.objects.exists()

    def test_an_authority_of_holders_who_do_not_hold_it_cannot_be_named(self, client, of):
        stranger = authority(holder("Others"))
        people.sign_in(client, people.steward())
        answer = client.post(NEW, sent(of, rule="named", decider=stranger.pk))
        assert answer.status_code == 422
        assert "decider" in answer.context["form"].errors

    def test_authorities_of_others_are_not_even_offered(self, client, of, speaker):
        stranger = authority(holder("Others"), people.expert())
        people.sign_in(client, speaker)
        assert f'value="{stranger.pk}"' not in str(client.get(NEW).context["form"]["decider"])


class TestMadeFrom:
    def test_it_goes_no_farther_than_what_it_was_made_from(self, client, of):
        near = item(of, title="First telling", derived_from=[far := item(of, title="Oldest telling")])
        people.sign_in(client, people.steward())
        client.post(NEW, sent(of, derived_from=[str(near.pk)]))
        sources = set(Lineage.objects.filter(item=made()).values_list("source", flat=True))
        assert sources == {made().pk, near.pk, far.pk}

    def test_of_what_is_hidden_from_her_she_does_not_hear(self, client, of, speaker, settings):
        settings.CONSENT_HIDDEN_ITEMS = True
        hidden = item(of, title="Of the inner reef", exposure=Exposure.HIDDEN, by=people.viewer(speaker))
        people.sign_in(client, people.steward())
        assert "Of the inner reef" not in client.get(NEW).content.decode()
        assert client.post(NEW, sent(of, derived_from=[str(hidden.pk)])).status_code == 422
        people.sign_in(client, speaker)
        assert "Of the inner reef" in client.get(NEW).content.decode()


class TestHowFar:
    def test_a_reference_is_what_the_form_proposes(self, client, of):
        people.sign_in(client, people.steward())
        form = client.get(NEW).context["form"]
        assert form["exposure"].value() == Exposure.REFERENCE
        client.post(NEW, sent(of, exposure="reference", body=""))
        assert not Part.objects.filter(item=made()).exists()

    def test_a_reference_keeps_no_text(self, client, of):
        people.sign_in(client, people.steward())
        answer = client.post(NEW, sent(of, exposure="reference"))
        assert answer.status_code == 422
        assert "exposure" in answer.context["form"].errors
        assert f"text {CANARY}" in answer.content.decode()

    @pytest.mark.parametrize(
        ("allowed", "own", "offered"), [(True, True, True), (True, False, False), (False, True, False)]
    )
    def test_hidden_is_for_the_holders_where_the_network_keeps_such(
        self, client, of, speaker, settings, allowed, own, offered
    ):
        settings.CONSENT_HIDDEN_ITEMS = allowed
        people.sign_in(client, speaker if own else people.steward())
        choices = dict(client.get(NEW).context["form"].fields["exposure"].choices)
        assert (Exposure.HIDDEN in choices) == offered
        assert client.post(NEW, sent(of, exposure="hidden")).status_code == (302 if offered else 422)

    def test_every_kind_of_text_is_sealed(self, client, of):
        people.sign_in(client, people.steward())
        texts = {"name": "A", "summary": "B", "body": "C", "place": "D", "people": "E"}
        client.post(NEW, sent(of, **texts, language="Tzotzil"))
        parts = Part.objects.filter(item=made())
        assert set(parts.values_list("name", "language")) == {
            (name.value, "tzo") for name in PartName if name not in PartName.of_media()
        }

    def test_somebody_of_the_holders_seals_what_is_theirs_alone(self, client, of, speaker):
        people.sign_in(client, speaker)
        assert client.post(NEW, sent(of)).status_code == 302
        assert client.post(NEW, sent(holder("Others"))).status_code == 422
        assert client.get(reverse("consent:create")).status_code == 200
