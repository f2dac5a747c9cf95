"""The inbox as its owner sees it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from network.notifications import actions, live
from network.notifications.enums import Family, Timing
from network.notifications.kinds import kinds
from network.notifications.models import Notification
from network.notifications.places import Named, Place, places
from network.outbox.models import Entry
from tests import people
from tests.notifications.factories import kind

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    people.sign_in(client, people.member())
    return people.member()


def asked(**changed):
    """The page of preferences as it is sent back, with some of it changed."""
    usual = {
        "family_system-inbox": "on",
        "family_system-mail": "at_once",
        "digest_hour": "7",
        "digest_weekday": "0",
        "version": "0",
    }
    return {name: value for name, value in (usual | changed).items() if value is not None}


def read(client, **query):
    return client.get("/inbox/", query_params=query).content.decode()


def test_strangers_are_asked_to_sign_in(client):
    for address in ("/inbox/", "/inbox/1/", "/inbox/preferences/", "/inbox/undelivered/"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer.url.startswith("/accounts/login/")
    assert client.post("/inbox/read/").status_code == 302


def test_an_empty_inbox_says_what_belongs_there(client, desk, member):
    assert "Nothing here yet" in read(client)
    assert "Nothing unread" in read(client, show="unread")


def test_a_group_is_one_line_with_its_number_of_unread(client, tell, member):
    tell(member, note=1, group="thread:7")
    tell(member, note=2, group="thread:7")
    tell(member, note=3)
    page = read(client)
    assert "Corals in en" in page
    assert "2 unread" in page
    assert "Peatlands in en" in page
    assert "Mangroves" not in page
    assert "2 conversations with something new" in page


def test_it_speaks_the_language_of_the_page(client, tell, member):
    tell(member)
    assert "Mangroves in fr" in client.get("/fr/inbox/").content.decode()


def test_nobody_sees_or_opens_anothers(client, tell, member):
    row = tell(people.expert())[0]
    assert "Mangroves" not in read(client)
    assert client.get(f"/inbox/{row.pk}/").status_code == 404
    row.refresh_from_db()
    assert row.read_at is None


def test_opening_leads_there_and_reads_the_whole_line(client, tell, member):
    tell(member, note=1, group="thread:7")
    row = tell(member, note=2, group="thread:7")[0]
    other = tell(member, note=3)[0]
    answer = client.get(f"/inbox/{row.pk}/")
    assert (answer.status_code, answer.url) == (302, "/notes/2/")
    unread = Notification.objects.filter(recipient=member).unread()
    assert list(unread) == [other]


def test_marking_all_as_read_spares_what_came_since(client, tell, member):
    first = tell(member)[0]
    later = tell(member, note=2)[0]
    answer = client.post("/inbox/read/", {"until": first.pk})
    assert answer.status_code == 302
    assert list(Notification.objects.filter(recipient=member).unread()) == [later]
    client.post("/inbox/read/")
    assert "You have read everything." in read(client)
    assert "Nothing unread" in read(client, show="unread")


def test_marking_as_read_touches_nobody_elses(client, tell, member):
    row = tell(people.expert(), group="thread:7")[0]
    client.post("/inbox/read/")
    client.post("/inbox/read/", {"until": row.pk})
    row.refresh_from_db()
    assert row.read_at is None


@pytest.mark.parametrize("until", ["x", "-1", "9" * 30, "\x00", "1.5"])
def test_a_mark_that_makes_no_sense_reads_nothing(client, tell, member, until):
    tell(member)
    assert client.post("/inbox/read/", {"until": until}).status_code == 302
    assert Notification.objects.unread().count() == 1


def test_what_may_no_longer_be_seen_is_not_there_and_not_counted(client, tell, desk, member):
    row = tell(member)[0]
    del desk.notes[1]
    page = read(client)
    assert "Mangroves" not in page
    assert "Nothing here yet" in page
    assert "You have read everything." in page
    assert client.get(f"/inbox/{row.pk}/").status_code == 404


def test_where_the_newest_of_a_line_has_gone_an_earlier_one_speaks(client, tell, desk, member):
    tell(member, note=1, group="thread:7")
    tell(member, note=2, group="thread:7")
    del desk.notes[2]
    assert "Mangroves in en" in read(client)


def test_pages_follow_one_another_without_a_gap(client, tell, desk, member):
    desk.notes = {n: f"Note{n:02}" for n in range(45)}
    for n in range(45):
        tell(member, note=n)
    seen, address = [], "/inbox/"
    while address:
        answer = client.get(address)
        seen += [line.words.subject.split()[0] for line in answer.context["lines"]]
        following = answer.context["page"].next
        address = f"/inbox/?cursor={following}" if following else ""
    assert seen == [f"Note{n:02}" for n in reversed(range(45))]
    assert client.get("/inbox/?cursor=nonsense").status_code == 404


def test_the_same_queries_for_one_line_and_for_twenty(client, tell, desk, member):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            read(client)
        return len(captured)

    tell(member)
    read(client)
    one = queries()
    for n in range(20):
        tell(member, note=1 + n % 3)
        tell(member, note=99, group=f"gone:{n}")
    read(client)
    desk.asked = 0
    assert queries() <= one + 1  # what has gone is looked for once, for all lines together
    assert desk.asked <= 2


def test_the_bell_counts_lines_with_one_query_and_only_for_the_signed_in(client, tell, member):
    for note in (1, 2):
        tell(member, note=note, group="thread:7")
    tell(member, note=3)
    page = read(client)
    assert f'data-live="inbox:{member.pk}" data-live-after="3"' in page
    assert "data-inbox-count>2<" in page
    client.logout()
    assert 'data-live="inbox' not in client.get("/accounts/login/").content.decode()


def test_a_bell_that_never_rang_is_silent(client, desk, member):
    assert f'data-live="inbox:{member.pk}" data-live-after="0"' in read(client)
    assert "data-inbox-count hidden>0<" in read(client)


def test_preferences_are_shown_as_they_stand_and_kept(client, tell, member):
    page = client.get("/inbox/preferences/").content.decode()
    form = page[page.index("<table") : page.index("</table")]
    assert form.count("checked") == 2  # in the inbox, and by mail at once
    answer = client.post(
        "/inbox/preferences/", asked(**{"desk_quiet-mail": "at_once", "desk_note-mail": "never"})
    )
    assert answer.status_code == 302
    tell(member)
    tell(member, kind="desk.quiet")
    rows = Notification.objects.filter(recipient=member).order_by("pk").values_list("in_inbox", "mail")
    assert list(rows) == [(True, Timing.NEVER), (True, Timing.AT_ONCE)]


# --- who and how many, narrowing, muting --------------------------------------------------------------


@pytest.fixture
def families(desk):
    """A mention beside the notes, so that there are two headings."""
    kinds.register(
        "desk.mention",
        kind(desk, family=Family.MENTION, counted=lambda n: f"{n} mention" if n == 1 else f"{n} mentions"),
    )


def test_a_line_says_how_many_of_what_and_from_whom(client, tell, families, member):
    tell(member, group="thread:7", actor=people.expert())
    tell(member, group="thread:7", actor=people.moderator())
    tell(member, group="thread:7", kind="desk.mention", actor=people.moderator())
    page = read(client)
    assert "1 mention, 2 notices · Mateus Ferreira and Amina Wanjiru" in page


def test_a_line_of_one_says_no_number(client, tell, member):
    tell(member, group="thread:7", actor=people.expert())
    page = read(client)
    assert "notice ·" not in page
    assert "Amina Wanjiru" not in page


def test_many_people_are_counted(client, tell, member):
    for n in range(5):
        tell(member, group="thread:7", actor=people.person(f"writer-{n}"))
    assert "Writer 4, Writer 3, Writer 2 and 2 others" in read(client)


def test_it_is_narrowed_by_heading_and_place(client, tell, families, member, monkeypatch):
    monkeypatch.setattr(places, "_entries", {})
    named = {12: Named("Mangroves of the coast", "/communities/mangroves/")}
    places.register("community", Place("Community", lambda viewer, ids: named))
    tell(member, note=1, kind="desk.mention", group="thread:7")
    tell(member, note=2, group="thread:7")
    tell(member, note=3, place="community:12")
    tell(member, note=2, place="community:13")
    assert "Corals in en" in read(client)
    mentions = read(client, family="mention")
    assert "Mangroves in en" in mentions  # an older one of the line is what fits
    assert "Corals in en" not in mentions
    assert "Peatlands in en" not in mentions
    there = read(client, place="community:12")
    assert "Peatlands in en" in there
    assert "Corals in en" not in there
    assert "Mangroves of the coast" in there
    assert 'value="community:12"' in read(client)
    assert "community:13" not in read(client)  # what has no name for her is offered nowhere
    assert "Nothing of that" in read(client, place="community:12", family="mention")
    client.post("/inbox/read/", {"family": "mention"})
    unread = Notification.objects.filter(recipient=member).unread()
    assert set(unread.values_list("kind", flat=True)) == {"desk.note"}
    assert unread.count() == 3


@pytest.mark.parametrize("junk", ["x", "\x00", "9" * 400, "community:999999999999999999999999"])
def test_a_filter_that_makes_no_sense_narrows_nothing(client, tell, families, member, junk):
    tell(member)
    assert "Mangroves in en" in read(client, family=junk, place=junk, show=junk)
    assert client.post("/inbox/read/", {"family": junk, "place": junk}).status_code == 302


def test_the_same_queries_for_many_people_and_places(client, tell, families, member):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            read(client, family="system")
        return len(captured)

    for n in range(2):
        tell(member, group="thread:1", place="community:1", actor=people.person(f"writer-{n}"))
    read(client)
    few = queries()
    for n in range(15):
        for m in range(2):
            tell(member, group=f"thread:{n}", place=f"community:{n}", actor=people.person(f"writer-{m}"))
    assert queries() <= few


def test_what_was_read_elsewhere_is_told_to_open_pages(tell, member):
    tell(member, group="thread:7")
    tell(member, group="thread:8")
    viewer = people.viewer(member)
    actions.read(viewer=viewer, groups=["thread:7"])
    entry = Entry.objects.filter(kind=actions.READ).latest("pk")
    assert live.render(entry, viewer).data == {"unread": 1, "groups": ["thread:8"]}
