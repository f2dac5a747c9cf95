"""Who belongs to which organization and network: both sides say so, offices are handed over."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from network.accounts.personal_data import personal_data
from network.foundations.exceptions import Refused
from network.notifications.kinds import render_each
from network.notifications.models import Notification
from network.organizations import actions
from network.organizations.models import Affiliation, AffiliationInvitation, Belonging
from network.outbox.actions import work_off
from tests import people
from tests.organizations.factories import SECRETARIAT, focal_point, organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return organization("Lake Observatory")


def affiliated(person, office, *, officer: bool = False) -> Affiliation:
    row = Affiliation.objects.create(person=person, organization=office)
    deed = actions.make_officer if officer else actions.confirm_affiliation
    deed(viewer=SECRETARIAT, affiliation=row)
    row.refresh_from_db()
    return row


@pytest.fixture
def officer(office):
    who = people.person("officer")
    affiliated(who, office, officer=True)
    return who


def told(who) -> list[str]:
    while work_off():
        pass
    rows = Notification.objects.filter(recipient=who).order_by("pk")
    words = render_each([(row.kind, row.ids) for row in rows], people.viewer(who))
    return [one.subject for one in words if one]


def act(client: Client, row: Affiliation, verb: str) -> int:
    return client.post(reverse("organizations:act", args=[row.pk, verb])).status_code


class TestPeople:
    def test_invited_accepted_and_shown(self, client: Client, office, officer) -> None:
        people.sign_in(client, officer)
        path = f"/organizations/{office.slug}/people/"
        answer = client.post(path, {"email": people.member().email, "role": "Hydrologist"}, follow=True)
        nobody = client.post(path, {"email": "nobody@post.example"}, follow=True)
        said = "If this address has an account, its owner is asked now."
        assert said in answer.content.decode()
        assert said in nobody.content.decode(), "nobody learns here who has an account"
        assert "Lake Observatory says that you belong to it" in told(people.member())
        row = AffiliationInvitation.objects.get(person=people.member())
        people.sign_in(client, people.member())
        assert "Lake Observatory" in client.get("/organizations/mine/").content.decode()
        client.post(reverse("organizations:answer", args=[row.pk, "accept"]))
        held = Affiliation.objects.get(person=people.member())
        assert held.confirmed_by == officer
        assert not held.from_profile
        row.refresh_from_db()
        assert row.email == ""
        actions.claim_affiliation(person=people.member(), organization=None)
        held.refresh_from_db()
        assert held.until is None, "what her profile says does not end it"

    def test_only_whoever_was_asked_answers(self, client: Client, office, officer) -> None:
        actions.invite(viewer=people.viewer(officer), organization=office, email=people.member().email)
        row = AffiliationInvitation.objects.get()
        with pytest.raises(PermissionDenied):
            actions.answer_invitation(viewer=people.viewer(people.expert()), invitation=row, accept=True)
        people.sign_in(client, people.expert())
        assert client.post(reverse("organizations:answer", args=[row.pk, "accept"])).status_code == 404

    @pytest.mark.parametrize("who", ["member", "moderator", "administrator", "barred", "stranger"])
    def test_others_do_none_of_it(self, client: Client, office, officer, who: str) -> None:
        someone = getattr(people, who)()
        row = affiliated(people.expert(), office)
        viewer = people.viewer(someone)
        for deed in (
            actions.confirm_affiliation, actions.make_officer, actions.hand_over, actions.end_affiliation
        ):  # fmt: skip
            with pytest.raises(PermissionDenied):
                deed(viewer=viewer, affiliation=row)
        with pytest.raises(PermissionDenied):
            actions.invite(viewer=viewer, organization=office, email="a@b.example")
        people.sign_in(client, someone)
        inside = someone.is_authenticated and someone.is_active
        for verb in ("confirm", "officer", "hand-over", "resign", "end"):
            assert act(client, row, verb) == (404 if inside else 302)

    def test_an_officer_of_another_office_does_not_either(self, client: Client, office, officer) -> None:
        other = people.person("other")
        affiliated(other, organization("Sea"), officer=True)
        assert act(people.sign_in(client, other), affiliated(people.expert(), office), "officer") == 404

    def test_the_last_officer_hands_over(self, client: Client, office, officer) -> None:
        mine = Affiliation.objects.get(person=officer)
        people.sign_in(client, officer)
        for verb in ("resign", "end"):
            act(client, mine, verb)
            mine.refresh_from_db()
            assert mine.officer_since, "never the last one"
        next_one = affiliated(people.expert(), office)
        act(client, next_one, "hand-over")
        assert [row.person for row in Affiliation.objects.officers()] == [people.expert()]
        assert "You are an officer of Lake Observatory" in told(people.expert())
        assert client.get(f"/organizations/{office.slug}/people/").status_code == 403

    def test_an_office_that_loses_its_last_officer_unheard_is_told_of(self, office, officer) -> None:
        secretariat = people.secretariat()
        Affiliation.objects.filter(person=officer).update(from_profile=True)
        actions.claim_affiliation(person=officer, organization=None)
        assert "Lake Observatory has no officer any more" in told(secretariat)

    def test_so_is_one_whose_officer_leaves_the_network(self, office, officer) -> None:
        secretariat = people.secretariat()
        personal_data.get("organizations").erase(officer, True)
        assert "Lake Observatory has no officer any more" in told(secretariat)

    def test_strangers_are_not_told_who_the_officers_are(self, client: Client, office, officer) -> None:
        assert officer.name not in client.get(office.get_absolute_url()).content.decode()
        people.sign_in(client, people.member())
        assert officer.name in client.get(office.get_absolute_url()).content.decode()


class TestNetworks:
    def test_it_stands_there_once_both_sides_have_said_so(self, client: Client, office, officer) -> None:
        network, other = organization("Reef network", kind="network"), people.person("other")
        affiliated(other, network, officer=True)
        people.sign_in(client, officer)
        said = {"name": "reef NETWORK", "side": "network", "since": "2024-05-01"}
        path = f"/organizations/{office.slug}/networks/"
        assert client.post(path, said).status_code == 302
        assert client.post(path, said).status_code == 422
        row = Belonging.objects.get()
        assert "Reef network" not in client.get(office.get_absolute_url()).content.decode()
        assert "Does Lake Observatory belong to Reef network?" in told(other)
        confirm = reverse("organizations:belonging", args=[row.pk, "confirm"])
        with pytest.raises(PermissionDenied):
            actions.confirm_belonging(viewer=people.viewer(officer), belonging=row)
        assert people.sign_in(client, people.member()).post(confirm).status_code == 404
        assert people.sign_in(client, other).post(confirm).status_code == 302
        people.sign_in(client, people.stranger())
        assert "Reef network" in client.get(office.get_absolute_url()).content.decode()
        assert "Lake Observatory" in client.get(network.get_absolute_url()).content.decode()
        people.sign_in(client, officer).post(reverse("organizations:belonging", args=[row.pk, "end"]))
        assert "Reef network" not in client.get(office.get_absolute_url()).content.decode()

    def test_the_secretariat_speaks_only_for_who_has_no_officer(self, office, officer) -> None:
        row = actions.ask_belonging(viewer=SECRETARIAT, member=office, network=organization("Reef network"))
        assert row.network_confirmed_at
        assert not row.member_confirmed_at
        with pytest.raises(PermissionDenied):
            actions.confirm_belonging(viewer=SECRETARIAT, belonging=row)

    @pytest.mark.parametrize(
        "said", [{"name": "Nobody knows it"}, {"name": "Lake Observatory"}, {"since": "x"}, {"side": "x"}]
    )
    def test_bad_input(self, client: Client, office, officer, said: dict) -> None:
        organization("Reef network")
        people.sign_in(client, officer)
        typed = {"name": "Reef network", "side": "member", "since": "2024-05-01"} | said
        assert client.post(f"/organizations/{office.slug}/networks/", typed).status_code == 422
        assert not Belonging.objects.exists()

    def test_nothing_belongs_to_itself(self, office) -> None:
        with pytest.raises(Refused):
            actions.ask_belonging(viewer=SECRETARIAT, member=office, network=office)


def test_who_spoke_for_a_country_before(client: Client) -> None:
    point = focal_point(people.person("former", "Wairimu Former"), "KE")
    actions.end_focal_point(viewer=SECRETARIAT, focal_point=point)
    assert "Wairimu Former" in client.get("/countries/KE/").content.decode()
