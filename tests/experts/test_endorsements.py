"""Endorsements: who vouches, who answers, what others see and until when."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from network.accounts.personal_data import personal_data
from network.experts import actions
from network.experts.actions.endorsements import follow_days
from network.experts.enums import Facet
from network.experts.models import Endorsement, ExpertProfile, ProfileFacet
from network.foundations.exceptions import Refused
from network.notifications.kinds import render_each
from network.notifications.models import Notification
from network.outbox.actions import work_off
from tests import people
from tests.experts.factories import published, term
from tests.experts.trust import TODAY, belongs_to, endorsed, speaker, voice
from tests.organizations.factories import alternate, focal_point, organization

pytestmark = pytest.mark.django_db
WORDS = "Adviser on wetlands"


@pytest.fixture
def expert():
    who = people.expert()
    published(who)
    return who


def page(client: Client, who=None) -> str:
    people.sign_in(client, who or people.stranger())
    return client.get(ExpertProfile.objects.get(user=people.expert()).get_absolute_url()).content.decode()


def told(who) -> list[str]:
    while work_off():
        pass
    rows = Notification.objects.filter(recipient=who).order_by("pk")
    words = render_each([(row.kind, row.ids) for row in rows], people.viewer(who))
    return [one.subject for one in words if one]


def typed(by, **said) -> dict:
    values = {
        "voice": voice(by).key,
        "role": WORDS,
        "since": TODAY().isoformat(),
        "until": (TODAY() + timedelta(days=300)).isoformat(),
    }
    return values | said


def test_on_pages_from_the_word_to_the_badge_and_back(client: Client, expert) -> None:
    by = speaker()
    people.sign_in(client, by)
    slug = expert.expert_profile.slug
    assert f"/endorsements/of/{slug}/" in client.get(f"/experts/{slug}/").content.decode()
    answer = client.post(
        f"/endorsements/of/{slug}/", typed(by, scope=[term("subject", "inland-waters")]), follow=True
    )
    assert answer.status_code == 200
    [row] = Endorsement.objects.all()
    assert WORDS not in page(client), "nobody sees it before she accepts"
    assert told(expert) == ["Kenya wants to endorse you"]
    people.sign_in(client, expert)
    assert WORDS in client.get("/endorsements/").content.decode()
    client.post(reverse("endorsements:accept", args=[row.pk]))
    shown = page(client)
    assert WORDS in shown
    assert "Endorsed by Kenya until" in shown
    assert "national focal point" in shown
    directory = client.get("/experts/?verified=yes").content.decode()
    assert "Endorsed by Kenya until" in directory
    people.sign_in(client, by)
    without = client.post(reverse("endorsements:withdraw", args=[row.pk]), {f"e{row.pk}-reason": ""})
    assert without.status_code == 422
    client.post(reverse("endorsements:withdraw", args=[row.pk]), {f"e{row.pk}-reason": "She has moved."})
    assert WORDS not in page(client)
    assert expert.name not in client.get("/experts/?verified=yes").content.decode()
    assert told(expert)[-1] == "Kenya no longer endorses you"


def test_nobody_endorses_herself(client: Client) -> None:
    by = speaker()
    profile = published(by)
    with pytest.raises(PermissionDenied):
        endorsed(by, by, accepted=False)
    assert people.sign_in(client, by).get(f"/endorsements/of/{profile.slug}/").status_code == 403
    with pytest.raises(IntegrityError), transaction.atomic():
        Endorsement.objects.create(
            person=by, by=by, capacity="focal_point", country=voice(by).country, role="x", until=TODAY()
        )


@pytest.mark.parametrize("who", ["member", "moderator", "secretariat", "administrator", "barred", "stranger"])
def test_who_acts_for_nobody_vouches_for_nobody(client: Client, expert, who: str) -> None:
    someone = getattr(people, who)()
    with pytest.raises(PermissionDenied):
        actions.endorse(
            viewer=people.viewer(someone), person=expert, voice=voice(speaker()), role="x", since=TODAY(),
            until=TODAY(),
        )  # fmt: skip
    row = endorsed(expert)
    for deed in (actions.accept_endorsement, actions.decline_endorsement):
        with pytest.raises(PermissionDenied):
            deed(viewer=people.viewer(someone), endorsement=row)
    with pytest.raises(PermissionDenied):
        actions.withdraw_endorsement(viewer=people.viewer(someone), endorsement=row, reason="No")
    client = people.sign_in(client, someone)
    inside = someone.is_authenticated and someone.is_active
    for verb in ("accept", "decline", "withdraw"):
        path = reverse(f"endorsements:{verb}", args=[row.pk])
        assert client.post(path).status_code == (404 if inside else 302)
    assert Endorsement.objects.standing().count() == 1


def test_officers_and_alternates_vouch_and_the_office_can_take_back(expert) -> None:
    office = organization("Lake Observatory")
    first, second = people.person("officer"), people.person("second-officer")
    belongs_to(first, office, officer=True)
    belongs_to(second, office, officer=True)
    row = endorsed(expert, first)
    assert row.in_name_of == "Lake Observatory"
    actions.withdraw_endorsement(viewer=people.viewer(second), endorsement=row, reason="Ended")
    stand_in = people.person("stand-in")
    alternate(focal_point(people.person("named"), "UG"), stand_in)
    assert endorsed(expert, stand_in).capacity == "alternate"


def test_she_declines_before_and_after_and_whoever_vouched_hears_of_it(client: Client, expert) -> None:
    by = speaker()
    actions.decline_endorsement(
        viewer=people.viewer(expert), endorsement=endorsed(expert, by, accepted=False)
    )
    row = endorsed(expert, by)
    actions.decline_endorsement(viewer=people.viewer(expert), endorsement=row)
    assert WORDS not in page(client)
    assert [words for words in told(by) if "declined" in words] == [
        "Amina Wanjiru has declined the endorsement of Kenya"
    ] * 2
    with pytest.raises(Refused):
        actions.decline_endorsement(viewer=people.viewer(expert), endorsement=row)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"until": "2000-01-01"}, "until"),
        ({"until": "2999-01-01"}, "until"),
        ({"since": "not a day"}, "since"),
        ({"role": ""}, "role"),
        ({"role": "x" * 151}, "role"),
        ({"voice": "focal_point:999"}, "voice"),
        ({"voice": "officer:1"}, "voice"),
        ({"scope": ["999999"]}, "scope"),
    ],
)
def test_bad_input_is_told_beside_the_field(client: Client, expert, said: dict, field: str) -> None:
    people.sign_in(client, by := speaker())
    answer = client.post(f"/endorsements/of/{expert.expert_profile.slug}/", typed(by, **said))
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Endorsement.objects.exists()


def test_a_hidden_person_is_endorsed_by_nobody_who_does_not_see_her(client: Client) -> None:
    profile = published(people.quiet_expert())
    actions.hide(viewer=people.viewer(people.quiet_expert()))
    people.sign_in(client, speaker())
    assert client.get(f"/endorsements/of/{profile.slug}/").status_code == 404


def test_it_begins_and_ends_by_the_calendar(client: Client, expert, monkeypatch) -> None:
    later = TODAY() + timedelta(days=10)
    endorsed(expert, since=later, until=later + timedelta(days=5))
    assert follow_days() == 0
    assert WORDS not in page(client)
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=11))
    assert (follow_days(), follow_days()) == (1, 0)
    assert ProfileFacet.objects.filter(facet=Facet.VERIFIED).count() == 1
    assert WORDS in page(client)
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=16))
    assert "Endorsed by" not in page(client, people.member()), "not even before the clock has come round"
    assert (follow_days(), follow_days()) == (1, 0)
    assert not ProfileFacet.objects.filter(facet=Facet.VERIFIED).exists()


def test_the_filter_tells_nobody_of_a_name_that_is_hidden_from_her(client: Client, expert) -> None:
    ExpertProfile.objects.filter(user=expert).update(name_visibility=2)
    endorsed(expert)
    assert ProfileFacet.objects.get(facet=Facet.VERIFIED).visibility == 2
    assert 'name="verified"' not in client.get("/experts/").content.decode()
    assert 'name="verified"' in people.sign_in(client, people.member()).get("/experts/").content.decode()


def test_another_one_in_the_same_name_follows_the_former(expert) -> None:
    first, second = endorsed(expert), endorsed(expert, accepted=False, role="Hydrologist")
    first.refresh_from_db()
    assert first.ending == "replaced"
    assert Endorsement.objects.filter(ended_at=None).get() == second


def test_her_copy_and_what_is_left_when_people_leave(expert) -> None:
    by = speaker()
    row = endorsed(expert, by)
    holding = personal_data.get("rosters")
    assert WORDS in str(holding.export(expert))
    assert WORDS in str(holding.export(by))
    holding.erase(by, True)
    row.refresh_from_db()
    assert (row.by, row.in_name_of) == (None, "Kenya")
    holding.erase(expert, True)
    assert not Endorsement.objects.exists()
