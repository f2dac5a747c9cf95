"""Two organizations that are one: everything follows, the old address leads on, and it can be undone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from communities.models import Mandate
from home.events.models import KnowledgeFairPage, Stall
from network.experts.enums import Facet
from network.experts.models import Endorsement, ProfileFacet
from network.foundations.exceptions import Refused
from network.organizations import actions, merging
from network.organizations.models import Affiliation, Belonging, Organization, OrganizationMerge
from network.outbox.actions import work_off
from tests import people
from tests.communities.factories import community
from tests.experts.factories import published
from tests.experts.trust import belongs_to, endorsed
from tests.home.test_events import event
from tests.organizations.factories import SECRETARIAT, organization

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair() -> tuple[Organization, Organization]:
    return organization("Lake Observ.", "KE"), organization("Lake Observatory", "KE")


def merged(pair) -> OrganizationMerge:
    made = actions.merge_organizations(viewer=SECRETARIAT, gone=pair[0], kept=pair[1])
    while work_off():
        pass
    return made


def undone(made: OrganizationMerge) -> None:
    actions.undo_merge(viewer=SECRETARIAT, merge=made)
    while work_off():
        pass


def facet(person) -> int:
    return ProfileFacet.objects.get(profile__user=person, facet=Facet.ORGANIZATION).value


def everything() -> dict[str, list]:
    """Every column of every room that points to an organization."""
    return {
        f"{model._meta.label}.{column}": list(model._default_manager.order_by("pk").values_list("pk", column))
        for model, column in merging.merging.columns()
    }


def test_all_follow_and_all_go_back(client: Client, pair) -> None:
    gone, kept = pair
    published(people.expert(), affiliation="Lake Observ.")
    belongs_to(people.expert(), gone, officer=True)
    endorsed(people.quiet_expert(), people.expert())
    stall = Stall.objects.create(
        fair=event("Fair", model=KnowledgeFairPage), title="Table", organization=gone
    )
    mandate = Mandate.objects.create(
        community=community("Corals"), user=people.expert(), capacity="organization", organization=gone,
        until=timezone.localdate() + timedelta(days=9),
    )  # fmt: skip
    network = organization("Reef network")
    belonging = actions.ask_belonging(viewer=SECRETARIAT, member=gone, network=network)
    before = everything()
    assert facet(people.expert()) == gone.pk
    made = merged(pair)
    for row in (stall, mandate):
        row.refresh_from_db()
        assert row.organization == kept
    belonging.refresh_from_db()
    assert belonging.member == kept
    assert Affiliation.objects.officers().get().organization == kept
    assert Endorsement.objects.get().organization == kept
    assert facet(people.expert()) == kept.pk
    answer = client.get(gone.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (302, kept.get_absolute_url())
    assert gone.name not in client.get("/organizations/").content.decode()
    assert Organization.objects.named("Lake Observ.") == kept
    undone(made)
    assert everything() == before
    assert facet(people.expert()) == gone.pk
    assert client.get(gone.get_absolute_url()).status_code == 200


def test_who_belonged_to_both_keeps_what_she_was_in_either(pair) -> None:
    gone, kept = pair
    row = belongs_to(people.expert(), gone, officer=True)
    there = Affiliation.objects.create(person=people.expert(), organization=kept)
    made = merged(pair)
    there.refresh_from_db()
    assert there.officer_since
    assert there.confirmed_at
    undone(made)
    there.refresh_from_db()
    row.refresh_from_db()
    assert (there.officer_since, there.confirmed_at) == (None, None)
    assert (row.until, bool(row.officer_since)) == (None, True)


def test_what_was_changed_since_stays(pair) -> None:
    row = belongs_to(people.expert(), pair[0])
    made = merged(pair)
    third = organization("Third")
    Affiliation.objects.filter(pk=row.pk).update(organization=third)
    undone(made)
    row.refresh_from_db()
    assert row.organization == third
    with pytest.raises(Refused):
        undone(made)


def test_both_vouched_for_her_and_both_belonged_there(pair) -> None:
    gone, kept = pair
    first, second = people.person("first"), people.person("second")
    belongs_to(first, gone, officer=True)
    belongs_to(second, kept, officer=True)
    for by in (first, second):
        endorsed(people.expert(), by)
    network = organization("Reef network")
    for side in pair:
        actions.ask_belonging(viewer=SECRETARIAT, member=side, network=network)
    before = everything()
    made = merged(pair)
    assert Endorsement.objects.standing().get().organization == kept
    assert Belonging.objects.open().get().member == kept
    undone(made)
    assert everything() == before
    assert Endorsement.objects.standing().count() == 2
    assert Belonging.objects.open().count() == 2


def test_none_is_merged_with_itself_its_network_or_twice(pair) -> None:
    gone, kept = pair
    with pytest.raises(Refused):
        merged((gone, gone))
    row = actions.ask_belonging(viewer=SECRETARIAT, member=gone, network=kept)
    with pytest.raises(Refused):
        merged(pair)
    actions.end_belonging(viewer=SECRETARIAT, belonging=row)
    merged(pair)
    with pytest.raises(Refused):
        merged(pair)
    with pytest.raises(Refused):
        merged((kept, gone))


def test_on_pages(client: Client, pair) -> None:
    gone, kept = pair
    path = f"/organizations/{gone.slug}/merge/"
    people.sign_in(client, people.administrator())
    assert client.post(path, {"name": "Nobody"}).status_code == 422
    assert client.post(path, {"name": gone.slug}).status_code == 422
    look = client.post(path, {"name": kept.name})
    assert look.status_code == 200
    assert not OrganizationMerge.objects.exists(), "looking merges nothing"
    assert client.post(path, {"name": kept.slug, "confirmed": "yes"}).status_code == 302
    made = OrganizationMerge.objects.get()
    assert client.post(f"/organizations/{kept.slug}/merge/{made.pk}/undo/").status_code == 302
    assert Organization.objects.filter(merged_into=None).count() == 2


@pytest.mark.parametrize("who", ["member", "moderator", "editor", "stranger"])
def test_nobody_else_merges(client: Client, pair, who: str) -> None:
    gone, kept = pair
    made = merged(pair)
    with pytest.raises(PermissionDenied):
        actions.undo_merge(viewer=people.viewer(getattr(people, who)()), merge=made)
    with pytest.raises(PermissionDenied):
        actions.merge_organizations(viewer=people.viewer(getattr(people, who)()), gone=kept, kept=gone)
    people.sign_in(client, getattr(people, who)())
    denied = 302 if who == "stranger" else 403
    assert client.get(f"/organizations/{kept.slug}/merge/").status_code == denied
