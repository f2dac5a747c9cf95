"""Threads that are moved, split and merged: nobody reads more than before, and every old address leads on."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from communities.enums import MemberRole, Visibility
from communities.forums import actions, personal
from communities.forums.counters import differences
from communities.forums.enums import Audience, Told
from communities.forums.knowledge import Wish
from communities.forums.models import Forum, Post, ReadMark, Thread, ThreadEvent, Watch
from network.outbox.actions import work_off
from network.search.actions import build
from network.search.models import SearchDocument
from tests import people
from tests.communities.factories import belongs, community
from tests.consent import factories as knowledge
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(here):
    return forum(here, "Lagoons")


@pytest.fixture
def member():
    return people.community_member()


@pytest.fixture
def moderator(client):
    people.sign_in(client, people.moderator())
    return people.moderator()


def long_thread(room, title: str = "Crabs", replies: int = 4) -> Thread:
    found = thread(room, people.community_member(), title, f"<p>{title} 1</p>")
    for number in range(2, replies + 2):
        reply(found, people.community_member(), f"<p>{title} {number}</p>")
    return found


def follow(client, address: str) -> list[str]:
    """The way that an address leads."""
    return [address, *(url for url, _status in client.get(address, follow=True).redirect_chain)]


def words(of: Thread) -> list[tuple[int, str]]:
    return [(post.number, post.excerpt) for post in of.posts.numbered().order_by("number")]


def true() -> bool:
    told = [str(difference) for difference in differences()]
    assert told == []
    return True


# --- moving -------------------------------------------------------------------------------------------


def test_a_moved_thread_is_found_at_its_old_address(client, here, room, moderator):
    other, found = forum(here, "Deltas"), long_thread(room)
    old, post = found.get_absolute_url(), found.post_url(3)
    answer = client.post(f"{old}move/", {"forum": other.pk, "reason": "It is about deltas."}, follow=True)
    new = answer.request["PATH_INFO"]
    assert "/deltas/" in new
    assert "It is about deltas." in answer.content.decode()
    assert "Lagoons" in answer.content.decode()
    client.logout()
    gone = client.get(old)
    assert (gone.status_code, gone["Location"]) == (301, new)
    assert follow(client, post)[-1].startswith(f"{new}#post-3")
    assert client.get(f"{old}feed.atom")["Location"] == f"{new}feed.atom"
    assert true()
    assert Forum.objects.get(pk=room.pk).last_thread is None


def test_lists_that_were_kept_for_strangers_show_it_no_more(client, here, room, settings):
    settings.PAGE_CACHE_SECONDS = 300
    other, found = forum(here, "Deltas"), long_thread(room)
    lists = [room.get_absolute_url(), other.get_absolute_url()]
    seen = [found.title in client.get(address).content.decode() for address in lists]
    actions.move(viewer=people.viewer(people.moderator()), thread=found, forum=other, reason="r")
    assert seen == [True, False]
    assert [found.title in client.get(address).content.decode() for address in lists] == [False, True]


def test_what_was_written_for_members_stays_with_them_wherever_it_goes(client, here, room, moderator):
    closed = forum(here, "Closed")
    Forum.objects.filter(pk=closed.pk).update(audience=Audience.MEMBERS)
    found = long_thread(closed)
    client.post(f"{found.get_absolute_url()}move/", {"forum": room.pk, "reason": "r"})
    found.refresh_from_db()
    assert found.forum_id == room.pk
    assert Client().get(found.get_absolute_url()).status_code == 404
    assert client.get(found.get_absolute_url()).status_code == 200


def test_a_yes_that_was_given_for_a_forum_opens_nothing_that_came_later(here, room, member):
    closed, other = forum(here, "Closed"), forum(here, "Other")
    for one in (closed, other):
        one.audience = Audience.MEMBERS
        one.save()
    stays = long_thread(closed)
    viewer, keeper = people.viewer(member), people.viewer(people.moderator())
    widening = actions.propose(viewer=keeper, community=here, forum=closed, reason="r")
    actions.answer(viewer=viewer, widening=widening, agrees=True)
    came = actions.move(viewer=keeper, thread=long_thread(other, "Came"), forum=closed, reason="r")
    part = actions.split(viewer=keeper, thread=came, numbers=[3], title="Part", reason="r")
    actions.open_wider(viewer=keeper, widening=widening)
    actions.answer(viewer=viewer, widening=widening, agrees=True)
    assert Client().get(Thread.objects.get(pk=stays.pk).get_absolute_url()).status_code == 200
    for brought in (came, part):
        assert Client().get(Thread.objects.get(pk=brought.pk).get_absolute_url()).status_code == 404


def test_a_thread_is_merged_into_none_of_another_community(client, here, room, moderator):
    elsewhere = community("Peat", visibility=Visibility.PUBLIC)
    belongs(moderator, elsewhere, MemberRole.MODERATOR)
    found, other = long_thread(room), thread(forum(elsewhere), moderator)
    answer = client.post(
        f"{found.get_absolute_url()}merge/", {"address": other.get_absolute_url(), "reason": "kept words"}
    )
    assert answer.status_code == 422
    assert "kept words" in answer.content.decode()


# --- moving to another community ----------------------------------------------------------------------


def moved_out(client, found: Thread, to: Forum):
    sent = {"forum": to.pk, "reason": "It is about peat."}
    return client.post(f"{found.get_absolute_url()}move/", sent)


@pytest.fixture
def peat(moderator):
    elsewhere = community("Peat", visibility=Visibility.PUBLIC)
    belongs(moderator, elsewhere, MemberRole.MODERATOR)
    return forum(elsewhere, "Bogs")


def test_who_moderates_both_moves_a_thread_and_every_address_leads_on(client, here, room, moderator, peat):
    found = long_thread(room)
    actions.tag(viewer=people.viewer(moderator), thread=found, names=["Tides"])
    old, post = found.get_absolute_url(), found.post_url(3)
    assert moved_out(client, found, peat).status_code == 302
    assert "/communities/peat/forums/bogs/" in follow(Client(), old)[-1]
    assert follow(Client(), post)[-1].endswith("#post-3")
    page = Client().get(follow(Client(), old)[-1]).content.decode()
    assert "It is about peat." in page
    assert "from “Lagoons”" in page
    assert Thread.objects.get(pk=found.pk).tags.get().community == peat.community
    assert true()


def test_a_community_that_she_does_not_moderate_is_no_goal(client, room, moderator, peat):
    closed = forum(community("Closed", visibility=Visibility.PUBLIC))
    found = long_thread(room)
    assert moved_out(client, found, closed).status_code == 422
    people.sign_in(client, people.person("facilitates"))
    belongs(people.person("facilitates"), room.community, MemberRole.FACILITATOR)
    belongs(people.person("facilitates"), peat.community, MemberRole.MODERATOR)
    assert moved_out(client, found, peat).status_code == 422
    with pytest.raises(PermissionDenied):
        viewer = people.viewer(people.person("facilitates"))
        actions.move_out(viewer=viewer, thread=found, forum=peat, reason="r")


@pytest.mark.parametrize("case", ["members", "hidden post", "poll", "members only community"])
def test_what_not_everybody_could_read_stays(client, here, room, moderator, member, peat, case):
    found = long_thread(room)
    if case == "members":
        Forum.objects.filter(pk=room.pk).update(audience=Audience.MEMBERS)
    elif case == "hidden post":
        actions.hide(viewer=people.viewer(moderator), post=found.posts.get(number=2), reason="r")
    elif case == "poll":
        actions.ask(viewer=people.viewer(member), thread=found, question="How many?", options=["One", "Two"])
    else:
        type(here).objects.filter(pk=here.pk).update(visibility=Visibility.MEMBERS)
    answer = moved_out(client, found, peat)
    assert answer.status_code == 422
    assert "It is about peat." in answer.content.decode()
    assert Thread.objects.get(pk=found.pk).forum_id == room.pk


def test_who_may_not_read_it_there_is_told_nothing_more(client, room, moderator, member, peat):
    type(peat.community).objects.filter(pk=peat.community_id).update(visibility=Visibility.HIDDEN)
    found = long_thread(room)
    assert Watch.objects.filter(thread=found, user=member).exists()
    assert moved_out(client, found, peat).status_code == 302
    assert not Watch.objects.filter(thread=found, user=member).exists()
    assert Client().get(found.get_absolute_url()).status_code == 404
    assert true()


# --- splitting ----------------------------------------------------------------------------------------


def test_chosen_posts_become_a_thread_and_their_addresses_lead_there(client, here, room, moderator):
    found = long_thread(room)
    first, old = found.get_absolute_url(), found.post_url(3)
    page = client.get(f"{first}split/").content.decode()
    assert "Crabs 3" in page
    sent = {"numbers": ["3", "4"], "title": "Tides", "reason": "A subject of its own."}
    made = client.post(f"{first}split/", sent, follow=True).request["PATH_INFO"]
    assert [row[0] for row in words(found)] == [1, 2, 5]
    tides = Thread.objects.get(title="Tides")
    assert words(tides) == [(1, "Crabs 3"), (2, "Crabs 4")]
    assert client.get(old).status_code == 301
    assert follow(client, old)[-1].startswith(f"{made}#post-1")
    assert "Crabs 3" in client.get(f"{old}history/").content.decode()
    left = client.get(first).content.decode()
    assert "A subject of its own." in left
    assert made in left
    assert first in client.get(made).content.decode()
    reply(found, people.community_member(), "<p>Later</p>")
    assert [row[0] for row in words(found)] == [1, 2, 5, 6]
    assert true()


def test_all_that_follows_may_go_and_the_rest_counts_as_read(client, here, room, moderator, member):
    found = long_thread(room, replies=5)
    readers = [Client(), Client()]
    for reader, who in zip(readers, (member, people.person("halfway")), strict=True):
        people.sign_in(reader, who)
        reader.get(found.get_absolute_url())
    half = ReadMark.objects.get(thread=found, user=people.person("halfway"))
    ReadMark.objects.filter(pk=half.pk).update(last_number=4)
    sent = {"numbers": ["4"], "onward": "on", "title": "Tides", "reason": "r"}
    client.post(f"{found.get_absolute_url()}split/", sent)
    tides = Thread.objects.get(title="Tides")
    marks = ReadMark.objects.filter(thread=tides).order_by("last_number")
    assert [mark.last_number for mark in marks] == [1, 3]
    readers[1].get(found.get_absolute_url())
    lists = readers[1].get(room.get_absolute_url()).content.decode()
    assert lists.count(f'href="{found.get_absolute_url()}?new"') == 0
    assert lists.count(f'href="{tides.get_absolute_url()}?new"') == 1
    assert Watch.objects.filter(thread=tides, user=member).exists()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"numbers": []}, "Choose at least one post."),
        ({"numbers": ["1"]}, "is not one of the available choices"),
        ({"numbers": ["3"], "title": ""}, "This field is required"),
    ],
)
def test_a_split_that_cannot_be_done_keeps_what_was_typed(client, room, moderator, sent, said):
    found = long_thread(room)
    values = {"numbers": ["2"], "title": "Tides", "reason": "kept words"} | sent
    answer = client.post(f"{found.get_absolute_url()}split/", values)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "kept words" in answer.content.decode()
    assert Thread.objects.count() == 1


def test_a_page_whose_posts_were_all_moved_is_still_a_page(client, room, moderator):
    found = long_thread(room, replies=25)
    numbers = [str(number) for number in range(21, 27)]
    client.post(f"{found.get_absolute_url()}split/", {"numbers": numbers, "title": "Tides", "reason": "r"})
    last = client.get(f"{found.get_absolute_url()}?from=21")
    assert last.status_code == 200
    assert ReadMark.objects.get(thread=found, user=moderator).last_number == 26
    assert true()


# --- merging ------------------------------------------------------------------------------------------


def test_a_merged_thread_is_part_of_the_other_one(client, here, room, moderator, member):
    one, two = long_thread(room, "One", 1), long_thread(forum(here, "Deltas"), "Two", 2)
    held = people.person("newcomer")
    belongs(held, here)
    reply(one, held, '<p><a href="https://x.example">x</a></p>')
    addresses = [one.get_absolute_url(), one.post_url(2), f"{one.get_absolute_url()}participants/"]
    watcher = people.person("watcher")
    belongs(watcher, here)
    actions.watch(viewer=people.viewer(watcher), thread=one)
    sent = {"target": two.pk, "reason": "The same question."}
    page = client.post(f"{addresses[0]}merge/", sent, follow=True)
    assert page.request["PATH_INFO"] == two.get_absolute_url()
    assert "The same question." in page.content.decode()
    assert words(two) == [(1, "Two 1"), (2, "Two 2"), (3, "Two 3"), (4, "One 1"), (5, "One 2")]
    assert two.posts.filter(number=None, author=held).exists()
    client.logout()
    assert client.get(addresses[0])["Location"] == two.get_absolute_url()
    assert follow(client, addresses[1])[-1] == f"{two.get_absolute_url()}#post-5"
    assert client.get(addresses[2]).status_code == 200
    assert "One" not in client.get(room.get_absolute_url()).content.decode().split("<main")[1]
    assert Watch.objects.filter(thread=two, user=watcher).exists()
    assert true()


def test_a_chain_of_merges_leads_to_the_last(client, room, moderator):
    viewer = people.viewer(moderator)
    one, two, three = (long_thread(room, title, 1) for title in ("One", "Two", "Three"))
    address, post = one.get_absolute_url(), one.post_url(2)
    actions.merge(viewer=viewer, thread=one, into=two, reason="r")
    actions.merge(viewer=viewer, thread=two, into=three, reason="r")
    again = actions.split(viewer=viewer, thread=three, numbers=[6], title="Again", reason="r")
    assert client.get(address)["Location"] == three.get_absolute_url()
    assert follow(client, post)[-1] == f"{again.get_absolute_url()}#post-1"
    assert true()


def test_what_was_written_for_members_is_not_merged_into_what_everybody_reads(client, here, room, moderator):
    wide, narrow = long_thread(room, "Wide"), long_thread(room, "Narrow")
    Thread.objects.filter(pk=narrow.pk).update(for_members=True)
    answer = client.post(f"{narrow.get_absolute_url()}merge/", {"target": wide.pk, "reason": "kept words"})
    assert answer.status_code == 422
    assert "kept words" in answer.content.decode()
    assert (
        client.post(
            f"{wide.get_absolute_url()}merge/", {"address": narrow.get_absolute_url(), "reason": "r"}
        ).status_code
        == 302
    )
    assert Client().get(wide.get_absolute_url()).status_code == 404
    assert Client().get(wide.post_url(1)).status_code == 404


def test_marks_never_pass_over_what_was_not_read(room, member):
    viewer = people.viewer(people.moderator())
    one, two = long_thread(room, "One", 3), long_thread(room, "Two", 3)
    both, neither, only = (people.person(name) for name in ("both", "neither", "only"))
    for who, read_one, read_two in ((both, 3, 4), (neither, 4, 2), (only, 4, None)):
        ReadMark.objects.create(thread=one, user=who, last_number=read_one)
        if read_two:
            ReadMark.objects.create(thread=two, user=who, last_number=read_two)
    actions.merge(viewer=viewer, thread=one, into=two, reason="r")
    read = dict(ReadMark.objects.filter(thread=two).values_list("user", "last_number"))
    assert [read[who.pk] for who in (both, neither, only)] == [7, 2, 0]
    assert not ReadMark.objects.filter(thread=one).exists()


def test_a_search_finds_posts_at_their_new_place(room):
    viewer = people.viewer(people.moderator())
    one, two = long_thread(room, "One", 1), long_thread(room, "Two", 1)
    post = one.posts.get(number=2)
    build("posts", post.pk)
    build("threads", one.pk)
    actions.merge(viewer=viewer, thread=one, into=two, reason="r")
    work_off()
    work_off()
    assert SearchDocument.objects.get(kind="posts", object_id=post.pk).url == two.post_url(4)
    assert not SearchDocument.objects.filter(kind="threads", object_id=one.pk).exists()


# --- while somebody writes ----------------------------------------------------------------------------


def test_a_reply_that_was_begun_before_a_move_goes_along(client, here, room, member):
    people.sign_in(client, member)
    found = long_thread(room, replies=1)
    address = f"{found.get_absolute_url()}reply/"
    actions.move(
        viewer=people.viewer(people.moderator()), thread=found, forum=forum(here, "Deltas"), reason="r"
    )
    answer = client.post(address, {"html": "<p>Begun before.</p>", "submission_key": "k"}, follow=True)
    assert "was moved to “Deltas” while you were writing" in answer.content.decode()
    assert words(found)[-1] == (3, "Begun before.")


def test_a_reply_that_was_begun_before_a_merge_comes_back_with_its_text(client, room, member):
    people.sign_in(client, member)
    one, two = long_thread(room, "One", 1), long_thread(room, "Two", 1)
    address = f"{one.get_absolute_url()}reply/"
    client.post(address, {"html": "<p>Sent once.</p>", "submission_key": "once"})
    actions.merge(viewer=people.viewer(people.moderator()), thread=one, into=two, reason="r")
    answer = client.post(address, {"html": "<p>Begun before.</p>", "submission_key": "k"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "was merged into this one while you were writing" in page
    assert "Begun before." in page
    assert f'action="{two.get_absolute_url()}reply/"' in page
    # What had gone out before is not sent again.
    again = client.post(address, {"html": "<p>Sent once.</p>", "submission_key": "once"})
    assert again["Location"] == f"{two.get_absolute_url()}#post-5"
    client.post(f"{two.get_absolute_url()}reply/", {"html": "<p>Begun before.</p>", "submission_key": "k"})
    assert words(two)[-1] == (6, "Begun before.")


def test_an_edit_that_was_begun_before_reaches_the_post(client, room, member):
    people.sign_in(client, member)
    one, two = long_thread(room, "One", 1), long_thread(room, "Two", 1)
    address, post = f"{one.post_url(2)}edit/", one.posts.get(number=2)
    actions.merge(viewer=people.viewer(people.moderator()), thread=one, into=two, reason="r")
    answer = client.post(address, {"html": "<p>Mended.</p>", "version": "1"}, follow=True)
    assert answer.request["PATH_INFO"] == two.get_absolute_url()
    assert Post.objects.get(pk=post.pk).excerpt == "Mended."


def test_nobody_locks_the_other_thread_by_mistake(client, room, moderator):
    one, two = long_thread(room, "One", 1), long_thread(room, "Two", 1)
    address = f"{one.get_absolute_url()}lock/"
    actions.merge(viewer=people.viewer(moderator), thread=one, into=two, reason="r")
    answer = client.post(address, {"reason": "r"}, follow=True)
    assert "was merged into this one in the meantime" in answer.content.decode()
    assert not Thread.objects.get(pk=two.pk).is_locked


def test_a_forum_for_members_is_named_to_members_alone(here, room, member):
    found = long_thread(room, "Crabs", 1)
    actions.move(viewer=people.viewer(people.moderator()), thread=found, forum=forum(here, "D"), reason="r")
    found.refresh_from_db()
    address = found.get_absolute_url()
    assert "from “Lagoons”" in Client().get(address).content.decode()
    Forum.objects.filter(pk=room.pk).update(audience=Audience.MEMBERS)
    assert "from “Lagoons”" not in Client().get(address).content.decode()
    assert "from “Lagoons”" in people.sign_in(Client(), member).get(address).content.decode()


def test_a_number_in_the_name_of_a_forum_names_no_thread(here, moderator, client):
    wrong = long_thread(forum(here, "First"), "Wrong", 1)
    room = forum(here, f"{wrong.pk}-meeting")
    one, two = long_thread(room, "One", 1), long_thread(room, "Two", 1)
    sent = {"address": f"https://net.example{two.get_absolute_url()}?from=1", "reason": "r"}
    client.post(f"{one.get_absolute_url()}merge/", sent)
    assert Thread.objects.get(pk=one.pk).merged_into == two


def test_the_title_of_a_merged_thread_is_erased_with_its_author(here, room, moderator):
    belongs(people.person("leaver"), here)
    source = thread(room, people.person("leaver"), "All about Lea")
    target = long_thread(room, "Two", 1)
    actions.merge(viewer=people.viewer(moderator), thread=source, into=target, reason="r")
    assert "All about Lea" in Client().get(target.get_absolute_url()).content.decode()
    personal.erase(people.person("leaver"), keep_contributions=False)
    assert "All about Lea" not in Client().get(target.get_absolute_url()).content.decode()


def test_ones_own_copy_names_no_thread_that_went_where_one_does_not_read(here, room):
    stranger = people.person("stranger")
    found = long_thread(room, "Crabs", 1)
    actions.set_level(viewer=people.viewer(stranger), of=found, level="everything")
    people.sign_in(Client(), stranger).get(found.get_absolute_url())
    closed = forum(here, "Deltas")
    Forum.objects.filter(pk=closed.pk).update(audience=Audience.MEMBERS)
    secret = long_thread(Forum.objects.get(pk=closed.pk), "Zq-secret", 1)
    assert "Crabs" in str(personal.export(stranger))
    actions.merge(viewer=people.viewer(people.moderator()), thread=found, into=secret, reason="r")
    copied = str(personal.export(stranger))
    assert "Zq-secret" not in copied
    assert "No longer open to you" in copied


# --- in this thread only ------------------------------------------------------------------------------


def test_what_was_told_in_one_thread_only_opens_in_no_other(here, room):
    told = "The noddies come home before noon when the great wind is two days away, and fly low."
    of = knowledge.holder()
    keeper = knowledge.with_standing(of)
    belongs(keeper, here)
    found, other = long_thread(room, "One", 1), long_thread(room, "Two", 1)
    actions.reply(
        viewer=people.viewer(keeper),
        thread=found,
        html=f"<p>{told}</p>",
        wish=Wish(Told.OWN, of),
    )
    reader = Client()
    people.sign_in(reader, people.community_member())

    def shown(where: Thread) -> bool:
        return "noddies" in reader.get(where.get_absolute_url(), follow=True).content.decode()

    viewer = people.viewer(people.moderator())
    assert shown(found)
    actions.move(viewer=viewer, thread=found, forum=forum(here, "Deltas"), reason="r")
    found.refresh_from_db()
    assert shown(found)
    page = Client()
    people.sign_in(page, people.moderator())
    assert "noddies" not in page.get(f"{found.get_absolute_url()}split/").content.decode()
    made = actions.split(viewer=viewer, thread=found, numbers=[3], title="Birds", reason="r")
    assert not shown(made)
    actions.merge(viewer=viewer, thread=made, into=other, reason="r")
    assert not shown(other)
    assert not shown(made)
    actions.merge(viewer=viewer, thread=other, into=found, reason="r")
    # Back at the place that was agreed to.
    assert shown(found)


# --- on paper -----------------------------------------------------------------------------------------


def test_a_thread_is_printed_whole_for_what_a_page_costs(
    client, room, settings, django_assert_max_num_queries
):
    found = long_thread(room, replies=24)
    actions.hide(viewer=people.viewer(people.moderator()), post=found.posts.get(number=3), reason="r")
    url = f"{found.get_absolute_url()}sheet/"
    with django_assert_max_num_queries(6):
        page = client.get(url).content.decode()
    assert "Crabs 25" in page
    assert "Crabs 3<" not in page
    assert client.get(f"{url}?from=999").status_code == 404
    settings.PAGE_CACHE_SECONDS = 300
    client.get(url)
    reply(found, people.moderator(), "<p>Afterwards</p>")
    assert "Afterwards" in client.get(url).content.decode()


def test_no_reason_repeats_what_is_sealed(client, here, room, moderator):
    told = "The noddies come home before noon when the great wind is two days away, and fly low."
    knowledge.item(knowledge.holder(), title="On birds", text=told)
    found, other = long_thread(room, "One", 1), long_thread(room, "Two", 1)
    sent = {
        "move": {"forum": forum(here, "Deltas").pk},
        "split": {"numbers": 2, "title": "Birds"},
        "merge": {"target": other.pk},
        "lock": {},
    }
    for deed, values in sent.items():
        answer = client.post(f"{found.get_absolute_url()}{deed}/", values | {"reason": told})
        assert answer.status_code == 422, deed
        assert "fly low" in answer.content.decode()
    assert not ThreadEvent.objects.exists()
