"""Who is heard, how a community is doing, and inviting many."""

import csv
import io
from datetime import timedelta
from time import perf_counter

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from communities import actions
from communities.addresses import read
from communities.enums import Capacity, Joining, MemberRole
from communities.forums.models import Post, Thread
from communities.forums.pulse import Pulse
from communities.models import Invitation, Mandate
from network.experts.models import ExpertProfile, ProfileFacet
from network.outbox.actions import work_off
from network.thesaurus.models import Term
from tests import people
from tests.communities.factories import belongs, community, crowd
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    here = community()
    belongs(people.community_member(), here)
    belongs(people.facilitator(), here, MemberRole.FACILITATOR)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    return forum(here)


def at(room, path: str) -> str:
    return f"/communities/{room.community.slug}/{path}"


def term(domain: str, code: str, **fields) -> Term:
    return Term.objects.get_or_create(
        domain_id=domain, code=code, defaults={"names": {"en": code}, **fields}
    )[0]


def shows(who, country: Term, **fields) -> ExpertProfile:
    values = {"country": country, "state": "published", "name_visibility": 3, **fields}
    return ExpertProfile.objects.update_or_create(user=who, defaults=values)[0]


def country(code: str, region: str) -> Term:
    found = term("country", code)
    found.parent = term("un-region", region)
    found.save()
    return found


def table(client, room, name: str, query: str = "") -> dict[str, tuple[int, int, int, int]]:
    tables = client.get(at(room, f"forums/voices/{query}")).context["tables"]
    rows = next(table.rows for table in tables if table.name == name)
    return {str(row.label): (row.invited, row.members, row.heard, row.posts) for row in rows}


# --- who is heard ---------------------------------------------------------------------------------------


def test_regions_count_members_voices_and_invitations(client, room):
    kenya, peru = country("KE", "africa"), country("PE", "grulac")
    shows(people.community_member(), kenya)
    shows(people.facilitator(), peru)
    started = thread(room, people.community_member())
    reply(started, people.community_member())
    Invitation.objects.create(community=room.community, email="a@b.example", nominated_for=peru)
    people.sign_in(client, people.facilitator())
    regions = table(client, room, "regions")
    assert regions[kenya.parent.name] == (0, 1, 1, 2)
    assert regions[peru.parent.name] == (1, 1, 0, 0)
    assert regions["Not said, or not shown to you"] == (0, 1, 0, 0)
    Post.objects.update(written_at=timezone.now() - timedelta(days=100))
    assert table(client, room, "regions", "?days=90")[kenya.parent.name] == (0, 1, 0, 0)
    assert client.get(at(room, "forums/voices/?days=x")).status_code == 200


def test_a_country_that_is_kept_back_is_counted_nowhere(client, room):
    kenya = country("KE", "africa")
    shows(people.community_member(), kenya, visibility={"country": 0})
    people.sign_in(client, people.facilitator())
    assert table(client, room, "regions")[kenya.parent.name] == (0, 0, 0, 0)


def test_capacities_and_languages(client, room):
    mandate = Mandate.objects.create(
        community=room.community,
        user=people.community_member(),
        capacity=Capacity.PEOPLES,
        named="Ogiek",
        until=timezone.localdate() + timedelta(days=9),
        granted_at=timezone.now(),
    )
    term("language", "en")
    started = thread(room, people.community_member())
    Post.objects.filter(thread=started).update(mandate=mandate, mandate_state="granted")
    reply(started, people.moderator())
    people.sign_in(client, people.facilitator())
    capacities = table(client, room, "capacities")
    assert capacities["Indigenous peoples and local communities"] == (0, 1, 1, 1)
    assert capacities["Parties"] == (0, 0, 0, 0)
    assert capacities["Individuals"] == (0, 2, 1, 1)
    assert table(client, room, "languages")[term("language", "en").name][3] == 2


def test_the_silent_and_experts_are_suggested_from_regions_that_are_heard_least(client, room):
    kenya, peru = country("KE", "africa"), country("PE", "grulac")
    theme = term("subject", "mangroves")
    room.community.themes.add(theme)
    shows(people.community_member(), kenya)
    thread(room, people.community_member())
    for handle, where in (("a-heard", kenya), ("z-unheard", peru)):
        profile = shows(people.person(handle), where)
        ProfileFacet.objects.create(profile=profile, facet="subject", value=theme.pk, visibility=3)
    shows(people.person("no-theme"), peru)
    hidden = shows(people.quiet_expert(), peru, name_visibility=0)
    ProfileFacet.objects.create(profile=hidden, facet="subject", value=theme.pk, visibility=3)
    people.sign_in(client, people.facilitator())
    context = client.get(at(room, "forums/voices/")).context
    assert [one.person.name for one in context["experts"]] == ["Z Unheard", "A Heard"]
    assert [one.person.name for one in context["silent"]] == ["Mateus Ferreira"]


def test_an_expert_is_invited_by_name_and_nobody_reads_her_address(client, room):
    profile = shows(people.expert(), country("KE", "africa"))
    people.sign_in(client, people.facilitator())
    form = at(room, f"invitations/?person={profile.slug}")
    assert "Invite Amina Wanjiru" in client.get(form).content.decode()
    assert client.post(form, {"role": "member", "language": "en"}).status_code == 302
    page = client.get(at(room, "invitations/")).content.decode()
    assert "Amina Wanjiru" in page
    assert people.expert().email not in page
    work_off()
    assert mail.outbox[-1].to == [people.expert().email]
    quiet = shows(people.quiet_expert(), country("KE", "africa"), name_visibility=0)
    assert client.get(at(room, f"invitations/?person={quiet.slug}")).status_code == 404


def test_looking_costs_the_same_for_many(client, room):
    people.sign_in(client, people.moderator())
    thread(room, people.community_member())
    for who in (people.expert(), people.community_member()):
        shows(who, country("KE", "africa"))

    def cost(path: str) -> int:
        client.get(at(room, path))
        with CaptureQueriesContext(connection) as asked:
            assert client.get(at(room, path)).status_code == 200
        return len(asked)

    few = [cost("forums/voices/"), cost("forums/health/")]
    for who in crowd(room.community, 15):
        shows(who, country("KE", "africa"))
        thread(room, who)
    many = [cost("forums/voices/"), cost("forums/health/")]
    assert all(after <= before + 1 for before, after in zip(few, many, strict=True)), (few, many)


# --- how it is doing ------------------------------------------------------------------------------------


def test_weeks_answers_and_trends(client, room):
    started = thread(room, people.community_member(), "Answered")
    reply(started, people.community_member())
    reply(started, people.moderator())
    alone = thread(room, people.community_member(), "Alone")
    reply(alone, people.community_member())
    monday = Pulse(room.community).begins
    begun = timezone.now() - timedelta(days=14)
    Thread.objects.update(published_at=begun)
    Post.objects.update(written_at=begun)
    Post.objects.filter(author=people.moderator()).update(written_at=begun + timedelta(hours=5))
    people.sign_in(client, people.moderator())
    answer = client.get(at(room, "forums/health/"))
    assert [thread.title for thread in answer.context["page"]] == ["Alone"]
    figures = [(figure.now, figure.before) for figure in answer.context["figures"]]
    assert figures == [("2", "0"), ("2", "0"), ("5", "0"), ("1", "0"), ("5 hours", "–")]
    weeks = answer.context["weeks"]
    assert (len(weeks), weeks[0].monday) == (12, monday)
    assert sum(week.posts for week in weeks) == 5
    assert max(week.active for week in weeks) in (1, 2)
    rows = list(
        csv.reader(io.StringIO(client.get(at(room, "forums/health/table.csv")).content.decode("utf-8-sig")))
    )
    assert len(rows) == 13
    assert sum(int(row[3]) for row in rows[1:]) == 5
    assert "5.0" in [row[4] for row in rows]


def test_only_those_who_look_after_it_see_it(client, room):
    for who, voices, health in (
        (people.community_member(), 403, 403),
        (people.facilitator(), 200, 403),
        (people.moderator(), 200, 200),
    ):
        people.sign_in(client, who)
        assert client.get(at(room, "forums/voices/")).status_code == voices
        assert client.get(at(room, "forums/health/")).status_code == health
        assert client.get(at(room, "forums/health/table.csv")).status_code == health


# --- inviting many --------------------------------------------------------------------------------------

MANY = """name,e-mail
Ada Okafor <ada@new.example>
ADA@new.example
"Bo, Li";bo@new.example
community-member@cast.example
waits@new.example
old@new.example
nobody
x@y
"""


def test_many_are_checked_and_only_then_invited(client, room):
    here = room.community
    Invitation.objects.create(community=here, email="waits@new.example")
    Invitation.objects.create(community=here, email="OLD@new.example", expires_at=timezone.now())
    people.sign_in(client, people.facilitator())
    values = {"role": "member", "language": "fr"}
    file = SimpleUploadedFile("list.csv", MANY.encode())
    answer = client.post(at(room, "invitations/many/"), values | {"file": file})
    checked = answer.context["checked"]
    member = "community-member@cast.example"  # whose an address is, nobody learns by typing it
    assert checked.valid == ["ada@new.example", "bo@new.example", member, "old@new.example"]
    assert checked.doubled == ["ADA@new.example"]
    assert checked.invited == ["waits@new.example"]
    assert checked.refused == ["nobody", "x@y"]
    assert not Invitation.objects.filter(email="ada@new.example").exists()
    kept = answer.context["form"]["addresses"].value()
    sent = client.post(at(room, "invitations/many/"), values | {"addresses": kept, "send": "yes"})
    assert sent.status_code == 302
    page = client.get(at(room, "invitations/")).content.decode()
    assert "0 of 5" in page
    work_off()
    assert {letter.to[0] for letter in mail.outbox} == {
        "ada@new.example",
        "bo@new.example",
        "old@new.example",
    }
    assert here.invitations.open().filter(email__iexact="old@new.example").count() == 1
    assert here.invitations.filter(sent_at=None, email="waits@new.example").exists()
    assert "4 of 5" in client.get(at(room, "invitations/")).content.decode()


def test_whose_an_address_is_nobody_learns_by_inviting_it(client, room):
    people.sign_in(client, people.facilitator())
    pages = []
    for address in ("community-member@cast.example", "nobody-there-at-all@x.example"):
        sent = client.post(
            at(room, "invitations/"), {"email": address, "role": "member", "language": "en"}, follow=True
        )
        work_off()
        page = sent.content.decode() + client.get(at(room, "invitations/")).content.decode()
        assert sent.status_code == 200
        pages.append("is a member already" in page)
        assert room.community.invitations.open().filter(email=address).exclude(sent_at=None).exists()
    assert pages == [False, False]
    assert [letter.to for letter in mail.outbox] == [["nobody-there-at-all@x.example"]]


def test_a_long_line_without_an_address_costs_no_time():
    began = perf_counter()
    assert read("a" * 200_000).found == 0
    assert perf_counter() - began < 2
    assert read("Ada <ada@x.example>, bo@x.example.; @c d@").valid == ["ada@x.example", "bo@x.example"]


def test_what_was_typed_stays_where_a_list_is_refused(client, room):
    people.sign_in(client, people.facilitator())
    values = {"role": "member", "language": "en"}
    url = at(room, "invitations/many/")
    too_many = "\n".join(f"p{number}@new.example" for number in range(501))
    for sent in (
        {"addresses": ""},
        {"addresses": too_many},
        {"addresses": "a@new.example", "file": SimpleUploadedFile("x.xlsx", b"PK\x03\x04\x00\x00")},
        {"addresses": "a@new.example", "file": SimpleUploadedFile("x.csv", b"a" * 200_001)},
        {"addresses": "a@new.example", "role": "moderator"},
        {"addresses": "nobody", "send": "yes"},
    ):
        answer = client.post(url, values | sent)
        assert answer.status_code == 422, sent
        assert answer.context["form"]["addresses"].value() == sent["addresses"]
    assert not Invitation.objects.exists()


def test_five_hundred_cost_few_questions(room):
    viewer = people.viewer(people.facilitator())
    with CaptureQueriesContext(connection) as asked:
        sent = actions.invite_many(
            viewer=viewer,
            community=room.community,
            addresses=[f"p{number}@new.example" for number in range(500)],
            role="member",
            language="en",
        )
    assert len(sent) == 500
    assert len(asked) < 40


def test_a_reminder_goes_out_once_a_week(client, room):
    people.sign_in(client, people.facilitator())
    invitation = Invitation.objects.create(
        community=room.community, email="waits@new.example", invited_at=timezone.now() - timedelta(days=8)
    )
    url = at(room, f"invitations/{invitation.pk}/remind/")
    assert "Remind" in client.get(at(room, "invitations/")).content.decode()
    client.post(url)
    client.post(url)
    work_off()
    assert [letter.subject for letter in mail.outbox] == ["A reminder: the invitation to Mangroves"]
    assert "Remind<" not in client.get(at(room, "invitations/")).content.decode()


def test_where_people_come_by_nomination_nobody_else_invites_many(client, room):
    room.community.joining = Joining.NOMINATION
    room.community.save()
    people.sign_in(client, people.facilitator())
    answer = client.post(
        at(room, "invitations/many/"),
        {"addresses": "a@new.example", "role": "member", "language": "en", "send": "yes"},
    )
    assert answer.status_code == 422
