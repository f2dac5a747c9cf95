"""A list asks the database as much for thirty rows as for one, and public pages ask little."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from communities import actions as communities
from communities.enums import Involvement, Joining, MemberRole
from communities.forums import actions as forums
from communities.forums.models import Forum, Thread
from communities.moderation import actions as moderation
from communities.moderation.enums import ReportReason
from home.events.models import Desk, EventPage
from home.pages.models import NewsIndexPage, NewsPage
from network.experts.enums import Visibility
from network.outbox import actions as outbox
from network.thesaurus.models import Term
from tests import people
from tests.awards import stage
from tests.communities.factories import belongs, community
from tests.consent import factories as knowledge
from tests.events import factories as desks
from tests.experts.factories import published, term
from tests.forums.factories import forum, reply, thread
from tests.home.test_events import event
from tests.organizations.factories import focal_point, organization

pytestmark = pytest.mark.django_db

ROWS = 30
#: What a page may ask that a stranger opens.
MOST_FOR_A_STRANGER = 13


@dataclass(frozen=True)
class List:
    """Where it stands, who looks, and how its ``number``-th row is made."""

    path: str
    add: Callable[[int], object]
    who: Callable[[], object] = people.stranger
    rows: int = ROWS


def room() -> Forum:
    """The forum that lists of talk are about, with those who look after it."""
    found = Forum.objects.filter(slug="reefs").first()
    if found:
        return found
    here = community("Corals", joining=Joining.REQUEST)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    belongs(people.community_member(), here)
    here.memberships.update(involvement=Involvement.EVERYTHING)
    return forum(here, "Reefs")


def somebody(number: int) -> people.User:
    """A newcomer in the community; nobody knows her there yet."""
    who = people.person(f"somebody-{number}", f"Person {number}")
    if not who.community_memberships.exists():
        belongs(who, room().community)
    return who


def expert(number: int) -> None:
    published(
        people.person(f"expert-{number}", f"Expert {number}"),
        seen_by=Visibility.EVERYONE,
        biography="<p>Counts corals.</p>",
        country=term("country", "KE"),
        languages=[term("language", "sw")],
        tags=["corals"],
    )


def said(number: int) -> None:
    reply(first_thread(), somebody(number), "<p>Corals.</p>")


def first_thread() -> Thread:
    here = room()
    return here.threads.first() or thread(here, people.community_member())


def waiting(number: int) -> None:
    """A held post, a report and a request."""
    post = reply(first_thread(), people.community_member())
    reply(first_thread(), somebody(number), '<p><a href="https://x.example/">x</a></p>')
    moderation.report(viewer=people.viewer(somebody(number)), post=post, reason=ReportReason.OTHER, note="")
    asks = people.viewer(people.person(f"asks-{number}"))
    communities.request_to_join(viewer=asks, community=room().community, message="May I?")


def hidden(number: int) -> None:
    post = reply(first_thread(), somebody(number))
    forums.hide(viewer=people.viewer(people.moderator()), post=post, reason=f"Reason {number}")


def told(number: int) -> None:
    thread(room(), somebody(number), f"Thread {number}")
    while outbox.work_off():
        pass


def news(number: int) -> None:
    page = NewsPage(title=f"News {number}", introduction="In short")
    NewsIndexPage.objects.get().add_child(instance=page)
    page.save_revision().publish()


def registered(number: int) -> None:
    page = EventPage.objects.filter(slug="lagoon-day").first() or desks.event("Lagoon day")
    here = Desk.objects.filter(event=page.translation_key).first() or desks.desk(page, capacity=500)
    desks.ask(page, here, people.person(f"guest-{number}"), is_listed=True)


def taken(number: int) -> None:
    page = desks.event(f"Lagoon day {number}")
    desks.ask(page, desks.desk(page), people.member())


def nomination(number: int) -> None:
    award = stage.Edition.objects.filter(slug="2026").first() or stage.edition()
    codes = Term.objects.filter(domain="country").order_by("code").values_list("code", flat=True)
    stage.handed_in(award, codes[number])


def sealed(number: int) -> None:
    of = knowledge.Holder.objects.first() or knowledge.holder()
    knowledge.item(of)


LISTS = {
    "experts": List("/experts/", expert),
    "experts for programs": List("/api/v1/experts/", expert),
    "results of a search": List("/search/?q=corals", expert),
    "results for programs": List("/api/v1/search/?q=corals&kind=experts", expert),
    "organizations": List("/organizations/", lambda number: organization(f"Office {number}", "KE")),
    "organizations for programs": List(
        "/api/v1/organizations/", lambda number: organization(f"Office {number}", "KE")
    ),
    "focal points": List(
        "/countries/KE/", lambda number: focal_point(people.person(f"speaks-{number}"), "KE"), rows=10
    ),
    "communities": List("/communities/", lambda number: community(f"Community {number}")),
    "members": List("/communities/corals/members/", somebody, people.member),
    "forums": List("/communities/corals/", lambda number: forum(room().community, f"Forum {number}")),
    "threads": List(
        "/communities/corals/forums/reefs/",
        lambda number: thread(room(), somebody(number), f"Thread {number}"),
    ),
    "posts": List("", said, rows=18),
    "posts for a member": List("", said, people.community_member, rows=18),
    "inbox": List("/inbox/", told, people.community_member, rows=12),
    "moderation": List("/communities/corals/moderation/", waiting, people.moderator, rows=12),
    "log": List("/communities/corals/moderation/log/", hidden, people.moderator, rows=12),
    "events": List("/events/", lambda number: event(f"Event {number}", days=3 + number)),
    "registrations": List("/events/lagoon-day/desk/", registered, people.editor, rows=12),
    "who takes part": List("/events/lagoon-day/participants/", registered, people.editor, rows=12),
    "my places": List("/events/my-places/", taken, people.member, rows=12),
    "news": List("/news/", news),
    "desk of the award": List("/awards/2026/desk/", nomination, people.secretariat, rows=12),
    "knowledge": List("/knowledge/", sealed, people.steward, rows=12),
}


def cost(client: Client, path: str) -> tuple[int, int]:
    """Queries of the second visit (the first one warms what is kept for everybody), and the page's length."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    assert answer.status_code == 200
    return len(asked), len(answer.content)


@pytest.mark.parametrize("name", LISTS)
def test_many_rows_cost_what_one_does(client: Client, name: str):
    of = LISTS[name]
    of.add(0)
    of.add(1)
    path = of.path or first_thread().get_absolute_url()
    people.sign_in(client, of.who())
    few, short = cost(client, path)
    for number in range(2, of.rows):
        of.add(number)
    many, long = cost(client, path)
    assert long > short + 20 * (of.rows - 2), "the rows do not show"
    assert many == few


def test_a_stranger_costs_little(client: Client):
    expert(1)
    said(1)
    page = event()
    news(1)
    paths = [
        "/",
        "/experts/",
        "/communities/",
        "/communities/corals/",
        "/communities/corals/forums/reefs/",
        first_thread().get_absolute_url(),
        page.get_url(),
        "/events/",
        "/news/",
        "/organizations/",
        "/awards/",
    ]
    costs = {path: cost(client, path)[0] for path in paths}
    assert {path: asked for path, asked in costs.items() if asked > MOST_FOR_A_STRANGER} == {}
