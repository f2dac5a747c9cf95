"""Starting threads, replying, editing: what a member does and what a reader sees."""

import pytest
from django.urls import reverse

from communities.enums import MemberRole
from communities.forums import actions
from communities.forums.models import Post, ReadMark, Thread, Watch
from communities.models import Community
from network.outbox.models import Entry
from tests import people
from tests.communities.factories import belongs, community
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db


@pytest.fixture
def room():
    """A public community with a forum, a member and those who look after it."""
    here = community()
    belongs(people.community_member(), here)
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    belongs(people.facilitator(), here, MemberRole.FACILITATOR)
    return forum(here)


def at(name: str, of: Thread, *more) -> str:
    place = [of.forum.community.slug, of.forum.slug, of.pk, of.slug]
    return reverse(f"forums:{name}", args=[*place, *more])


def key_in(response) -> str:
    return response.context["form"]["submission_key"].value()


def test_a_member_starts_a_thread_and_others_reply(client, room):
    people.sign_in(client, people.community_member())
    url = reverse("forums:start", args=[room.community.slug, room.slug])
    form = {"title": "How to count crabs", "html": "<p>By night?</p>", "language": "en"}
    answer = client.post(url, form | {"submission_key": key_in(client.get(url))})
    started = Thread.objects.get()
    assert answer.url == started.get_absolute_url()
    assert (
        started.get_absolute_url()
        == f"/communities/mangroves/forums/general/{started.pk}-how-to-count-crabs/"
    )

    people.sign_in(client, people.moderator())
    client.post(at("reply", started), {"html": "Yes.\n\nWith a lamp."})
    post = Post.objects.get(number=2)
    assert post.html == "<p>Yes.</p><p>With a lamp.</p>"
    page = client.get(started.get_absolute_url()).content.decode()
    assert "By night?" in page
    assert "With a lamp." in page
    assert "1 reply" in page


def test_counts_are_kept_in_the_writing_transaction(room):
    started = thread(room, people.community_member())
    reply(started, people.moderator())
    started.refresh_from_db()
    room.refresh_from_db()
    here = Community.objects.get()
    assert (started.reply_count, started.last_number) == (1, 2)
    assert (room.thread_count, room.post_count, here.thread_count, here.post_count) == (1, 2, 1, 2)
    assert room.last_thread == started
    assert started.last_author == people.moderator()


def test_a_deed_announces_ids_only(room):
    post = reply(thread(room, people.community_member()), people.moderator())
    entry = Entry.objects.filter(stream=f"thread:{post.thread_id}").last()
    assert (entry.kind, entry.ids) == ("posted", {"post": post.pk})


def test_a_form_sent_twice_leads_to_the_first_post(client, room):
    started = thread(room, people.community_member())
    people.sign_in(client, people.moderator())
    form = {"html": "Once.", "submission_key": key_in(client.get(at("reply", started)))}
    first, second = client.post(at("reply", started), form), client.post(at("reply", started), form)
    assert first.url == second.url
    assert Post.objects.filter(number__gt=1).count() == 1


def test_a_thread_sent_twice_is_started_once(client, room):
    people.sign_in(client, people.community_member())
    url = reverse("forums:start", args=[room.community.slug, room.slug])
    form = {"title": "T", "html": "x", "language": "en", "submission_key": key_in(client.get(url))}
    assert client.post(url, form).url == client.post(url, form).url
    assert Thread.objects.count() == 1


def test_somebody_elses_key_leads_nowhere(room):
    started = thread(room, people.community_member())
    for who in (people.community_member(), people.moderator()):
        actions.reply(viewer=people.viewer(who), thread=started, html="<p>x</p>", submission_key="same")
    assert Post.objects.filter(number__gt=1).count() == 2


def test_an_empty_reply_is_asked_again_and_loses_nothing(client, room):
    started = thread(room, people.community_member())
    people.sign_in(client, people.moderator())
    assert client.post(at("reply", started), {"html": "<p> </p>"}).status_code == 422
    url = reverse("forums:start", args=[room.community.slug, room.slug])
    answer = client.post(url, {"title": "x" * 161, "html": "Kept words", "language": "en"})
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()


def test_a_reply_to_a_just_locked_thread_keeps_the_text(client, room):
    started = thread(room, people.community_member())
    people.sign_in(client, people.community_member())
    client.get(at("reply", started))
    actions.lock(viewer=people.viewer(people.moderator()), thread=started, reason="Decided.")
    answer = client.post(at("reply", started), {"html": "A long and careful answer."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "was locked while you were writing" in page
    assert "A long and careful answer." in page
    assert Post.objects.count() == 1
    assert "Decided." in client.get(started.get_absolute_url()).content.decode()


def test_an_edit_keeps_the_earlier_text(client, room):
    started = thread(room, people.community_member(), html="<p>Ten crabs.</p>")
    people.sign_in(client, people.community_member())
    form = {"html": "<p>Twelve crabs.</p>", "version": "1"}
    assert client.post(at("edit", started, 1), form).status_code == 302
    post = Post.objects.get()
    assert (post.version, post.html) == (2, "<p>Twelve crabs.</p>")
    history = client.get(at("history", started, 1)).content.decode()
    assert "<del>Ten</del>" in history
    assert "<ins>Twelve</ins>" in history


def test_a_stale_edit_shows_both_texts(client, room):
    started = thread(room, people.community_member())
    people.sign_in(client, people.community_member())
    client.post(at("edit", started, 1), {"html": "From the first tab", "version": "1"})
    answer = client.post(at("edit", started, 1), {"html": "From the second tab", "version": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "From the first tab" in page
    assert "From the second tab" in page
    version = answer.context["form"]["version"].value()
    assert client.post(at("edit", started, 1), {"html": "Both", "version": version}).status_code == 302
    assert Post.objects.get().html == "<p>Both</p>"


def test_permalinks_lead_to_the_right_page(client, room):
    started = thread(room, people.community_member())
    for _ in range(24):
        reply(started, people.moderator())
    assert client.get(at("post", started, 3)).url == f"{started.get_absolute_url()}#post-3"
    assert client.get(at("post", started, 23)).url == f"{started.get_absolute_url()}?from=21#post-23"
    assert client.get(at("post", started, 26)).status_code == 404
    page = client.get(f"{started.get_absolute_url()}?from=23")
    assert [entry.post.number for entry in page.context["page"].entries] == [21, 22, 23, 24, 25]
    assert client.get(f"{started.get_absolute_url()}?from=26").status_code == 200
    assert client.get(f"{started.get_absolute_url()}?from=999").status_code == 404
    assert client.get(f"{started.get_absolute_url()}?from=%00").status_code == 200
    mistyped = started.get_absolute_url().replace("how-to", "what-to")
    assert client.get(mistyped).url == started.get_absolute_url()
    assert (
        client.get(at("post", started, 3).replace(f"/{started.pk}-", "/999999999999999999-")).status_code
        == 404
    )


def test_reading_marks_what_was_read_and_a_rule_shows_what_is_new(client, room):
    started = thread(room, people.community_member())
    people.sign_in(client, people.facilitator())
    assert "New since" not in client.get(started.get_absolute_url()).content.decode()
    reply(started, people.moderator())
    listed = client.get(room.get_absolute_url()).content.decode()
    assert "1 new" in listed
    answer = client.get(f"{started.get_absolute_url()}?new")
    assert answer.url == f"{started.get_absolute_url()}#post-2"
    page = client.get(started.get_absolute_url()).content.decode()
    assert page.index("New since your last visit") < page.index('id="post-2"')
    assert ReadMark.objects.get(user=people.facilitator()).last_number == 2
    assert "New since" not in client.get(started.get_absolute_url()).content.decode()


def test_watching(client, room):
    started = thread(room, people.community_member())
    assert Watch.objects.get().user == people.community_member()
    people.sign_in(client, people.member())
    client.post(at("watch", started), {"level": "everything"})
    client.post(at("watch", started), {"level": "everything"})
    assert Watch.objects.filter(user=people.member()).count() == 1
    client.post(at("watch", started), {"level": ""})
    assert not Watch.objects.filter(user=people.member()).exists()


def test_quoting_without_a_script_prefills_the_form(client, room):
    started = thread(room, people.community_member(), html="<p>One &lt;b&gt; two</p>")
    people.sign_in(client, people.moderator())
    form = client.get(at("reply", started) + "?quote=1").context["form"]
    assert "<blockquote><p>One &lt;b&gt; two</p></blockquote>" in form["html"].value()
    for odd in ("x", "99", "%00", "1" * 30):
        assert client.get(at("reply", started) + f"?quote={odd}").status_code == 200


def test_pinned_threads_stand_on_top_of_the_first_page_only(client, room):
    old = thread(room, people.community_member(), "Read this first")
    for number in range(25):
        thread(room, people.community_member(), f"Thread {number}")
    actions.pin(viewer=people.viewer(people.moderator()), thread=old)
    first = client.get(room.get_absolute_url())
    assert first.context["rows"][0]["thread"] == old
    second = client.get(f"{room.get_absolute_url()}?cursor={first.context['page'].next}")
    titles = [row["thread"].title for row in second.context["rows"]]
    assert "Read this first" not in titles
    assert len(titles) == 5


def test_an_erased_author_leaves_her_words(client, room):
    started = thread(room, people.community_member(), html="<p>Words that stay</p>")
    Post.objects.update(author=None)
    page = client.get(started.get_absolute_url()).content.decode()
    assert "A former member" in page
    assert "Words that stay" in page
