"""Questions whose words are found once: they answer as if they were asked anew each time."""

from datetime import timedelta

import pytest
from django.db.models import Exists, OuterRef
from django.utils import timezone

from communities.models import Membership, Suspension
from network.accounts.models import User
from network.foundations.prepared import NOW, WHO, Prepared
from network.foundations.viewer import viewer_for
from tests import people
from tests.communities.factories import belongs, community

pytestmark = pytest.mark.django_db

mine = Prepared(lambda: User.objects.filter(pk=WHO).values_list("email", "is_active", "date_joined"))
suspended = Prepared(
    lambda: Membership.objects.filter(
        Exists(Suspension.objects.running(NOW).filter(membership=OuterRef("pk"))), user=WHO
    ).values_list("pk")
)


def test_each_asks_for_herself_and_values_are_as_a_queryset_gives_them():
    for person in (people.community_member(), people.moderator()):
        [(email, is_active, joined)] = mine.rows(who=person.pk)
        assert (email, is_active, joined) == (person.email, True, person.date_joined)
    assert mine.rows(who=0) == []


def test_the_hour_is_that_of_the_question():
    here = community()
    member = people.community_member()
    stay = belongs(member, here)
    assert suspended.rows(who=member.pk) == []
    until = timezone.now() + timedelta(hours=1)
    row = Suspension.objects.create(membership=stay, reason="r", until=until)
    assert suspended.rows(who=member.pk) == [(stay.pk,)]
    Suspension.objects.filter(pk=row.pk).update(until=timezone.now() - timedelta(seconds=1))
    assert suspended.rows(who=member.pk) == []


def test_keys_change_with_the_next_question():
    """Nothing of what a person holds is kept."""
    here = community()
    member = people.community_member()
    stay = belongs(member, here)
    assert viewer_for(member).has(f"community:{here.pk}")
    Suspension.objects.create(membership=stay, reason="r")
    assert not viewer_for(member).has(f"community:{here.pk}")
    Suspension.objects.all().delete()
    assert viewer_for(member).has(f"community:{here.pk}")
    Membership.objects.filter(pk=stay.pk).update(ended_at=timezone.now())
    assert not viewer_for(member).has(f"community:{here.pk}")
