"""Speaking for others: who may be asked, who may answer, what a post says, and when it is over."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from communities import actions
from communities.enums import Capacity, MandateState, MemberRole, Visibility
from communities.forums import actions as forums
from communities.models import Mandate
from network.accounts.personal_data import personal_data
from network.foundations.exceptions import Refused
from network.organizations.actions import end_alternate
from network.organizations.models import Affiliation, Alternate
from network.outbox import actions as outbox
from tests import people
from tests.communities.factories import belongs, community
from tests.consent import factories as knowledge
from tests.forums.factories import forum, reply, thread
from tests.organizations.factories import alternate, country, focal_point, organization

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
UNTIL = TODAY + timedelta(days=200)
OFFICES = (
    "focal point",
    "other focal point",
    "alternate",
    "other alternate",
    "officer",
    "authority",
    "moderator",
    "administrator",
    "herself",
)
MAY_ANSWER = {
    "government": {"focal point", "alternate"},
    "organization": {"officer"},
    "peoples of a holder": {"authority"},
    "peoples of an organization": {"officer"},
    "peoples only named": set(),
}


@pytest.fixture
def here():
    found = community("Estuaries")
    belongs(people.community_member(), found)
    belongs(people.moderator(), found, MemberRole.MODERATOR)
    alternate(focal_point(people.person("focal-point"), "KE"), people.person("alternate"))
    alternate(focal_point(people.person("other-focal-point"), "UG"), people.person("other-alternate"))
    people.administrator()
    found.office = organization("Council of herders", kind="iplc")
    officer(people.person("officer"), found.office)
    found.people = knowledge.holder("People of the reef")
    knowledge.with_standing(found.people, people.community_member())
    knowledge.authority(found.people, people.person("authority"))
    return found


def officer(who, of):
    now = timezone.now()
    Affiliation.objects.create(person=who, organization=of, confirmed_at=now, officer_since=now)


def office(name: str):
    who = {"moderator": people.moderator, "administrator": people.administrator,
           "herself": people.community_member}.get(name)  # fmt: skip
    return people.viewer(who() if who else people.person(name.replace(" ", "-")))


def ask(here, kind: str = "government", **more) -> Mandate:
    whom = {
        "government": {"country": country("KE")},
        "organization": {"organization": here.office},
        "peoples of a holder": {"holder": here.people},
        "peoples of an organization": {"organization": here.office},
        "peoples only named": {"named": "The people of the long river"},
    }[kind]
    return actions.ask_mandate(
        viewer=people.viewer(people.community_member()),
        community=here,
        capacity=kind.split()[0],
        **{"until": UNTIL} | whom | more,
    )


def age(mandate: Mandate, days: int) -> Mandate:
    Mandate.objects.filter(pk=mandate.pk).update(asked_at=timezone.now() - timedelta(days=days))
    mandate.refresh_from_db()
    return mandate


@pytest.mark.parametrize("who", OFFICES)
@pytest.mark.parametrize("kind", MAY_ANSWER)
def test_only_those_for_whom_she_would_speak_answer(here, kind, who):
    mandate = ask(here, kind)
    deeds = (
        lambda: actions.decline_mandate(viewer=office(who), mandate=ask_again(mandate), reason="No"),
        lambda: actions.grant_mandate(viewer=office(who), mandate=ask_again(mandate)),
        lambda: actions.withdraw_mandate(viewer=office(who), mandate=mandate, reason="No longer"),
    )
    for deed in deeds:
        if who in MAY_ANSWER[kind]:
            deed()
        else:
            with pytest.raises(PermissionDenied):
                deed()


def ask_again(mandate: Mandate) -> Mandate:
    Mandate.objects.filter(pk=mandate.pk).update(declined_at=None)
    return mandate


def test_no_focal_point_has_a_voice_for_a_people_even_as_officer_or_authority(here):
    """Not as an officer of its organization, not as its authority: she is the State's."""
    state = people.person("focal-point")
    officer(state, here.office)
    knowledge.authority(here.people, state)
    for kind in ("peoples of a holder", "peoples of an organization", "peoples only named"):
        mandate = ask(here, kind)
        for deed in (actions.grant_mandate, actions.decline_mandate):
            more = {"reason": "No"} if deed is actions.decline_mandate else {}
            with pytest.raises(PermissionDenied):
                deed(viewer=people.viewer(state), mandate=mandate, **more)
    outbox.work_off()
    assert not Mandate.objects.answerable_by(people.viewer(state)).exists()


def test_an_alternate_has_no_voice_for_a_people_either(here):
    stand_in = people.person("alternate")
    officer(stand_in, here.office)
    knowledge.authority(here.people, stand_in)
    for kind in ("peoples of a holder", "peoples of an organization"):
        with pytest.raises(PermissionDenied):
            actions.grant_mandate(viewer=people.viewer(stand_in), mandate=ask(here, kind))


def test_an_alternate_is_told_and_answers_in_the_place_of_the_focal_point(client, here):
    mandate = ask(here)
    outbox.work_off()
    people.sign_in(client, people.person("alternate"))
    assert "would like to speak for the Government of Kenya" in client.get("/inbox/").content.decode()
    page = client.get(reverse("communities:mandates_waiting")).content.decode()
    assert "for the Government of Kenya" in page
    answer = reverse("communities:answer_mandate", args=[mandate.pk])
    assert client.post(answer, {f"m{mandate.pk}-decision": "grant"}).status_code == 302
    mandate.refresh_from_db()
    assert mandate.answered_as == "alternate"
    assert mandate.answered_by == people.person("alternate")
    assert mandate.answered_for == people.person("focal-point")
    line = "Answered by Alternate as the alternate of Focal Point"
    people.sign_in(client, people.community_member())
    for place in ("communities:mandates", "communities:membership"):
        assert line in client.get(reverse(place, args=[here.slug])).content.decode()
    actions.withdraw_mandate(viewer=office("alternate"), mandate=mandate, reason="Over")
    mandate.refresh_from_db()
    assert mandate.withdrawn_for == people.person("focal-point")
    people.person("focal-point").focal_points.all().delete()
    assert mandate.stood_in == line


def test_the_focal_point_answers_by_her_own_office(here):
    mandate = actions.grant_mandate(viewer=office("focal point"), mandate=ask(here))
    assert (mandate.answered_as, mandate.answered_for, mandate.stood_in) == ("focal_point", None, "")


def test_an_alternate_does_not_answer_herself(here):
    who = people.person("alternate")
    belongs(who, here)
    mandate = actions.ask_mandate(
        viewer=people.viewer(who), community=here, capacity="government", country=country("KE"), until=UNTIL
    )
    assert mandate.state() == MandateState.WAITING
    with pytest.raises(PermissionDenied):
        actions.grant_mandate(viewer=people.viewer(who), mandate=mandate)
    actions.grant_mandate(viewer=office("focal point"), mandate=mandate)


def test_who_was_revoked_a_moment_ago_no_longer_answers(here):
    viewer, mandate = office("alternate"), ask(here)
    standing = Alternate.objects.get(person=people.person("alternate"))
    end_alternate(viewer=office("focal point"), alternate=standing)
    with pytest.raises(PermissionDenied):
        actions.grant_mandate(viewer=viewer, mandate=mandate)
    assert not Mandate.objects.answerable_by(office("alternate")).exists()


def test_one_names_only_a_people_that_knows_her_and_only_its_own_organizations(here):
    with pytest.raises(Refused):
        ask(here, "peoples of a holder", holder=knowledge.holder("Another people"))
    with pytest.raises(Refused):
        ask(here, "peoples of an organization", organization=organization("A university"))
    with pytest.raises(Refused):
        ask(here, "peoples only named", named="")
    with pytest.raises(Refused):
        ask(here, until=TODAY - timedelta(days=1))
    with pytest.raises(Refused):
        ask(here, until=TODAY + timedelta(days=2000))
    ask(here)
    with pytest.raises(Refused):
        ask(here)


def test_after_ten_days_it_shows_as_self_declared_without_any_job(here):
    mandate = ask(here)
    assert mandate.state() == MandateState.WAITING
    assert not mandate.may_speak
    assert age(mandate, 9).state() == MandateState.WAITING
    assert age(mandate, 10).state() == MandateState.DECLARED
    assert mandate.may_speak
    assert mandate.state(timezone.now() + timedelta(days=400)) == MandateState.OVER


def test_who_holds_the_office_holds_the_mandate_by_asking(here):
    who = people.person("focal-point")
    belongs(who, here)
    mandate = actions.ask_mandate(
        viewer=people.viewer(who), community=here, capacity=Capacity.GOVERNMENT, country=country("KE"),
        until=UNTIL,
    )  # fmt: skip
    mandate.refresh_from_db()
    assert mandate.state() == MandateState.GRANTED
    assert mandate.answered_as == "focal_point"


def test_asking_and_answering_through_the_pages(client, here):
    people.sign_in(client, people.community_member())
    address = reverse("communities:mandates", args=[here.slug])
    form = client.get(address).context["form"]
    sent = {"capacity": "government", "country": country("KE").pk, "since": form["since"].value(),
            "until": UNTIL.isoformat()}  # fmt: skip
    for wrong in ({"country": ""}, {"country": 10**30}, {"capacity": "king"}, {"until": "soon"}):
        assert client.post(address, sent | wrong).status_code == 422
    assert client.post(address, sent).status_code == 302
    [mandate] = Mandate.objects.all()
    outbox.work_off()

    people.sign_in(client, people.person("focal-point"))
    assert "would like to speak for the Government of Kenya" in client.get("/inbox/").content.decode()
    waiting = reverse("communities:mandates_waiting")
    assert "for the Government of Kenya" in client.get(waiting).content.decode()
    answer = reverse("communities:answer_mandate", args=[mandate.pk])
    prefix = f"m{mandate.pk}"
    assert client.post(answer, {f"{prefix}-decision": "decline"}).status_code == 422
    assert client.post(answer, {f"{prefix}-decision": "grant"}).status_code == 302
    outbox.work_off()
    people.sign_in(client, people.community_member())
    assert "You may speak for the Government of Kenya" in client.get("/inbox/").content.decode()
    people.sign_in(client, people.person("other-focal-point"))
    assert client.post(answer, {f"{prefix}-decision": "withdraw"}).status_code == 404
    people.sign_in(client, people.person("focal-point"))
    sent = {f"{prefix}-decision": "withdraw", f"{prefix}-reason": "Her term is over."}
    assert client.post(answer, sent).status_code == 302
    mandate.refresh_from_db()
    assert mandate.state() == MandateState.WITHDRAWN


def test_a_post_keeps_the_capacity_in_which_it_was_written(client, here):
    mandate = age(ask(here), 11)
    started = thread(forum(here), people.moderator())
    people.sign_in(client, people.community_member())
    address = f"{started.get_absolute_url()}reply/"
    assert "for the Government of Kenya" in client.get(started.get_absolute_url()).content.decode()
    client.post(address, {"html": "We have no objection.", "mandate": mandate.pk})
    actions.grant_mandate(viewer=office("focal point"), mandate=mandate)
    client.post(address, {"html": "We agree.", "mandate": mandate.pk})
    actions.withdraw_mandate(viewer=office("focal point"), mandate=mandate, reason="Over")
    refused = client.post(address, {"html": "One more thing.", "mandate": mandate.pk})
    assert refused.status_code == 422
    assert "One more thing." in refused.content.decode()
    client.post(address, {"html": "For myself."})
    declared, granted, personal = started.posts.filter(number__gt=1).order_by("number")
    assert declared.spoken == "for the Government of Kenya (Self-declared, awaiting)"
    assert granted.spoken == "for the Government of Kenya"
    assert personal.spoken == ""
    page = client.get(started.get_absolute_url()).content.decode()
    assert "for the Government of Kenya (Self-declared, awaiting)" in page


def test_nobody_writes_in_the_mandate_of_another_or_of_another_community(here):
    mandate = age(ask(here), 11)
    started = thread(forum(here), people.moderator())
    with pytest.raises(Refused):
        forums.reply(
            viewer=people.viewer(people.moderator()), thread=started, html="<p>x</p>", mandate=mandate
        )
    there = community("Deserts")
    belongs(people.community_member(), there)
    belongs(people.moderator(), there)
    elsewhere = thread(forum(there), people.moderator())
    with pytest.raises(Refused):
        forums.reply(
            viewer=people.viewer(people.community_member()), thread=elsewhere, html="<p>x</p>",
            mandate=mandate,
        )  # fmt: skip


def test_participants_stand_by_capacity(client, here):
    by_capacity = {
        "Parties": ("KE", people.person("delegate")),
        "Non-Parties": ("US", people.person("observer-state")),
    }
    started = thread(forum(here), people.moderator())
    for code, who in by_capacity.values():
        belongs(who, here)
        focal_point(who, code)
        mandate = actions.ask_mandate(
            viewer=people.viewer(who), community=here, capacity="government", country=country(code),
            until=UNTIL,
        )  # fmt: skip
        forums.reply(viewer=people.viewer(who), thread=started, html="<p>Yes.</p>", mandate=mandate)
    people_mandate = age(ask(here, "peoples only named"), 11)
    forums.reply(
        viewer=people.viewer(people.community_member()), thread=started, html="<p>No.</p>",
        mandate=people_mandate,
    )  # fmt: skip
    address = reverse("forums:participants", args=[here.slug, started.forum.slug, started.pk, started.slug])
    found = client.get(address)
    names = [group.name for group in found.context["groups"]]
    assert names == ["parties", "non-parties", "peoples", "individuals"]
    assert "Self-declared, awaiting" in found.content.decode()
    people.sign_in(client, people.moderator())
    page = client.get(reverse("communities:speakers", args=[here.slug]))
    assert [group.name for group in page.context["groups"]] == ["parties", "non-parties", "peoples"]


def test_a_hidden_community_is_not_told_to_those_who_do_not_know_of_it(here):
    type(here).objects.filter(pk=here.pk).update(visibility=Visibility.HIDDEN)
    here.refresh_from_db()
    mandate = ask(here)
    outbox.work_off()
    assert not Mandate.objects.answerable_by(office("focal point")).exists()
    with pytest.raises(PermissionDenied):
        actions.grant_mandate(viewer=office("focal point"), mandate=mandate)


def test_her_copy_tells_her_mandates_and_leaving_takes_her_name_away(here):
    mandate = age(ask(here), 11)
    unused = ask(here, "peoples only named")
    who = people.community_member()
    started = thread(forum(here), people.moderator())
    post = forums.reply(viewer=people.viewer(who), thread=started, html="<p>Yes.</p>", mandate=mandate)
    room = personal_data.get("communities")
    assert "for the Government of Kenya" in str(room.export(who))
    room.erase(who, True)
    post.refresh_from_db()
    assert post.spoken.startswith("for the Government of Kenya")
    mandate.refresh_from_db()
    assert mandate.user is None
    assert not Mandate.objects.filter(pk=unused.pk).exists()


def test_members_are_found_by_role_country_and_capacity_at_constant_cost(client, here):
    age(ask(here), 11)
    people.sign_in(client, people.moderator())
    address = reverse("communities:members", args=[here.slug])

    def shown(query: str) -> list[str]:
        page = client.get(f"{address}?{query}")
        assert page.status_code == 200
        return [one["person"].name for one in page.context["people"]]

    assert shown("role=moderator") == [people.moderator().name]
    assert shown("capacity=parties") == [people.community_member().name]
    assert people.community_member().name not in shown("capacity=individuals")
    assert len(shown("country=XX&role=junk")) == 2

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    before = cost()
    for number in range(20):
        belongs(people.person(f"many-{number}"), here)
    assert cost() <= before


def test_a_thread_with_many_capacities_asks_no_more_questions(client, here):
    mandate = age(ask(here), 11)
    started = thread(forum(here), people.moderator())

    def cost() -> int:
        client.get(started.get_absolute_url())
        with CaptureQueriesContext(connection) as asked:
            client.get(started.get_absolute_url())
        return len(asked)

    reply(started, people.community_member())
    before = cost()
    for _ in range(6):
        forums.reply(
            viewer=people.viewer(people.community_member()), thread=started, html="<p>x</p>", mandate=mandate
        )
    assert cost() <= before
