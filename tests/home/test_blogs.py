"""Blogs: who writes, who reads, and what readers say in a thread of the forum behind an entry."""

import json

import pytest
from defusedxml import ElementTree
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.rich_text import RichText

from communities.enums import MemberRole, Visibility
from communities.forums import actions as moderation
from communities.forums.models import Post
from home.pages import actions
from home.pages.models import BlogEntryPage, BlogPage, Conversation
from home.pages.personal import erase, export
from tests import people
from tests.communities.factories import belongs, community
from tests.experts.factories import published
from tests.forums import factories as forums
from tests.home.test_pages import home

pytestmark = pytest.mark.django_db


def shared(role=MemberRole.MEMBER):
    """A community that everybody reads; the expert and a facilitator are in it."""
    here = community("Tides")
    belongs(people.expert(), here, role)
    belongs(people.facilitator(), here, MemberRole.FACILITATOR)
    return here


def blog(title="Margin notes", **fields):
    page = BlogPage(title=title, introduction="Notes of a planter.", **fields)
    home().add_child(instance=page)
    page.save_revision().publish()
    return page


def own(**fields):
    return blog(keeper=published(people.expert()), **fields)


def entry(of, by=None, title="What the tables do not say", html="<p>The wind.</p>"):
    by = by or people.expert()
    return actions.write_entry(
        viewer=people.viewer(by), blog=of, title=title, introduction="In short.", html=html
    )


def test_who_keeps_a_blog_writes_in_it_and_others_do_not(client):
    here = own(forum=forums.forum(shared()))
    address = reverse("blogs:write", args=[here.slug])
    for who in (people.member(), people.facilitator()):
        people.sign_in(client, who)
        assert client.get(address).status_code == 403
        assert address not in client.get(here.url).content.decode()
    people.sign_in(client, people.expert())
    assert address in client.get(here.url).content.decode()
    said = {"title": "Low water", "introduction": "At six.", "html": "<p>Not quite <script>x</script>.</p>"}
    answer = client.post(address, said, follow=True)
    assert "Low water" in answer.content.decode()
    assert "<script>x" not in answer.content.decode()
    client.logout()
    for place in (here.url, reverse("blogs:list"), reverse("blogs:author", args=[here.keeper.slug])):
        assert "Low water" in client.get(place).content.decode()
    assert "/low-water/" in client.get("/search/?q=water").content.decode()


def test_what_is_refused_keeps_what_was_typed(client):
    here = own()
    people.sign_in(client, people.expert())
    answer = client.post(reverse("blogs:write", args=[here.slug]), {"title": "", "html": "<p>Kept</p>"})
    assert answer.status_code == 422
    assert "Kept" in answer.content.decode()
    assert not BlogEntryPage.objects.exists()


def test_a_form_that_is_sent_twice_makes_one_entry():
    here = own()
    assert entry(here) == entry(here)
    assert BlogEntryPage.objects.count() == 1


def test_facilitators_write_in_the_blog_of_a_community_and_its_front_page_shows_it(client):
    published(people.facilitator())
    tides = shared()
    here = blog("From the flats", community=tides)
    entry(here, people.facilitator(), "How we choose")
    people.sign_in(client, people.expert())
    assert client.get(reverse("blogs:write", args=[here.slug])).status_code == 403
    client.logout()
    assert "How we choose" in client.get(tides.get_absolute_url()).content.decode()


def test_answers_stand_below_the_entry_and_go_when_a_moderator_hides_them(client):
    tides = shared(MemberRole.FACILITATOR)
    belongs(people.member(), tides)
    written = entry(own(forum=forums.forum(tides)))
    thread = Conversation.objects.get(entry=written.translation_key).thread
    post = forums.reply(thread, people.member(), "<p>So it is here.</p>")
    assert "So it is here" in client.get(written.url).content.decode()
    assert f'data-live="thread:{thread.pk}"' in client.get(written.url).content.decode()
    moderation.hide(viewer=people.viewer(people.site_moderator()), post=post, reason="Elsewhere.")
    assert "So it is here" not in client.get(written.url).content.decode()


def test_a_thread_that_one_may_not_read_is_not_below_the_entry(client):
    tides = shared(MemberRole.FACILITATOR)
    written = entry(own(forum=forums.forum(tides)))
    thread = Conversation.objects.get(entry=written.translation_key).thread
    forums.reply(thread, people.expert(), "<p>Between us.</p>")
    tides.visibility = Visibility.HIDDEN
    tides.save()
    told = client.get(written.url).content.decode()
    assert "Between us" not in told
    assert tides.name not in told


def test_a_reader_begins_the_thread_where_the_author_does_not_write(client):
    tides = community("Tides")
    belongs(people.member(), tides)
    written = entry(own(forum=forums.forum(tides)))
    assert not Conversation.objects.exists()
    address = reverse("blogs:discuss", args=[written.blog.slug, written.slug])
    people.sign_in(client, people.outsider())
    assert client.post(address).status_code == 403
    people.sign_in(client, people.member())
    assert address in client.get(written.url).content.decode()
    for _twice in range(2):
        assert client.post(address).status_code == 302
    assert Post.objects.filter(thread=Conversation.objects.get().thread).count() == 1


def test_an_entry_is_changed_by_its_author_and_nothing_is_lost_to_another(client):
    written = entry(own())
    address = reverse("blogs:edit", args=[written.blog.slug, written.slug])
    people.sign_in(client, people.member())
    assert client.get(address).status_code == 403
    people.sign_in(client, people.expert())
    version = written.latest_revision_id
    said = {"title": "Better", "introduction": "Short.", "html": "<p>New.</p>", "version": version}
    assert client.post(address, said).status_code == 302
    late = client.post(address, said | {"title": "Too late"})
    assert late.status_code == 422
    assert "Too late" in late.content.decode()
    written.refresh_from_db()
    assert written.title == "Better"


def test_what_an_editor_has_built_of_blocks_is_not_flattened(client):
    written = entry(own())
    written.body = [("text", RichText("<p>A</p>")), ("text", RichText("<p>B</p>"))]
    written.save_revision().publish()
    people.sign_in(client, people.expert())
    assert client.get(reverse("blogs:edit", args=[written.blog.slug, written.slug])).status_code == 403


def test_an_entry_is_taken_back(client):
    written = entry(own())
    address = reverse("blogs:take_back", args=[written.blog.slug, written.slug])
    people.sign_in(client, people.member())
    assert client.post(address).status_code == 403
    people.sign_in(client, people.expert())
    assert client.post(address).status_code == 302
    client.logout()
    assert client.get(written.url).status_code == 404
    assert written.title not in client.get(reverse("blogs:atom")).content.decode()


@pytest.mark.parametrize("place", ["", "blog_", "author_"])
def test_feeds_hold_the_entries_with_their_author(client, place):
    written = entry(own())
    of = {"": [], "blog_": [written.blog.slug], "author_": [written.author.slug]}[place]
    atom = ElementTree.fromstring(client.get(reverse(f"blogs:{place}atom", args=of)).content)
    namespace = {"a": "http://www.w3.org/2005/Atom"}
    assert [one.text for one in atom.findall("a:entry/a:title", namespace)] == [written.title]
    told = json.loads(client.get(reverse(f"blogs:{place}json", args=of)).content)
    assert told["items"][0]["content_html"].count("The wind.") == 1
    assert told["items"][0]["authors"][0]["name"] == people.expert().get_full_name()


def test_an_editor_says_whose_a_blog_is(client):
    people.sign_in(client, people.editor())
    hidden = forums.forum(community("Reefs", visibility=Visibility.HIDDEN))
    address = f"/cms/pages/add/pages/blogpage/{home().pk}/"
    form = client.get(address).content.decode()
    assert f'value="{hidden.pk}">Reefs' not in form
    comments = {"comments-TOTAL_FORMS": 0, "comments-INITIAL_FORMS": 0}
    said = {"title": "Notes", "slug": "notes", "introduction": "x", "action-publish": "1"}
    answer = client.post(address, said | comments)
    assert "one of the two" in answer.content.decode()


def test_whoever_leaves_takes_her_entries_or_leaves_them_without_her_name(client):
    written = entry(own())
    assert written.title in str(export(people.expert()))
    erase(people.expert(), keep_contributions=True)
    told = client.get(written.url).content.decode()
    assert "The wind." in told
    assert people.expert().get_full_name() not in told
    other = entry(blog("Other notes", keeper=published(people.quiet_expert())), people.quiet_expert())
    erase(people.quiet_expert(), keep_contributions=False)
    assert client.get(other.url).status_code == 404


def test_lists_ask_the_same_however_much_was_written(client):
    here = own()
    counts = []
    for number in (1, 10):
        for n in range(number):
            entry(here, title=f"Note {number} {n}")
        for place in (here.url, reverse("blogs:list"), reverse("blogs:json")):
            with CaptureQueriesContext(connection) as questions:
                client.get(place)
            counts.append(len(questions))
    assert counts[:3] == counts[3:]
