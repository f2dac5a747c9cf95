"""Traditional knowledge in what people write: who reads what, and that nothing of it stands in the forum."""

import pytest
from django.apps import apps
from django.db import models
from django.test import Client
from django.utils.html import escape

from communities.enums import MemberRole, Visibility
from communities.forums import actions, live
from communities.forums.enums import PostState, Told
from communities.forums.knowledge import Wish
from communities.forums.models import Post, PostEdit, Thread
from network.consent import actions as consent
from network.consent.egress import bind_for
from network.consent.models import KnowledgeItem, Part
from network.foundations.exceptions import Refused
from network.foundations.viewer import MEMBER
from network.live.messages import bound
from network.outbox.models import Entry
from tests import people
from tests.communities.factories import belongs, community
from tests.consent import factories as knowledge
from tests.consent.factories import CANARY
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db

#: What members type; long enough to be recognised.
WORDS = (
    f"When the noddies of {CANARY} come home before noon and fly low, the canoes go above the second line."
)


@pytest.fixture
def here():
    return community("Mangroves", visibility=Visibility.PUBLIC)


@pytest.fixture
def room(here):
    return forum(here)


@pytest.fixture
def writer(here):
    belongs(people.community_member(), here)
    return people.community_member()


@pytest.fixture
def of():
    return knowledge.holder()


@pytest.fixture
def keeper(here, of):
    """One of the holder's own people, who belongs to the community and has no office."""
    found = knowledge.with_standing(of)
    belongs(found, here)
    return found


@pytest.fixture
def moderator(here):
    belongs(people.moderator(), here, MemberRole.MODERATOR)
    return people.moderator()


@pytest.fixture
def sealed(of):
    return knowledge.item(of, text=WORDS)


def page(who, address: str) -> str:
    return people.sign_in(Client(), who).get(address).content.decode()


def nowhere() -> None:
    """No column of the forum, nor of anything that follows from it, holds a word of it."""
    labels = ("forums", "moderation", "communities", "notifications", "search", "outbox", "sessions", "live")
    for model in apps.get_models():
        if model._meta.app_label not in labels:
            continue
        texts = [
            field.attname
            for field in model._meta.fields
            if isinstance(field, models.CharField | models.TextField | models.JSONField)
        ]
        for row in model.objects.values_list(*texts) if texts else []:
            assert CANARY not in str(row), model


def reads(viewer_or_user, thread: Thread) -> bool:
    return CANARY in page(viewer_or_user, thread.get_absolute_url())


class TestThisThreadOnly:
    @pytest.fixture
    def told(self, room, keeper, writer, of):
        made = thread(room, writer)
        own = Wish(Told.OWN, of)
        return actions.reply(viewer=people.viewer(keeper), thread=made, html=f"<p>{WORDS}</p>", wish=own)

    def test_the_post_holds_a_token_and_the_community_reads_it_there(self, told, keeper, writer, moderator):
        item = KnowledgeItem.objects.get()
        assert told.html == f"<p>{item.token('body')}</p>"
        assert told.state == PostState.PUBLISHED
        assert told.excerpt == ""
        for who in (keeper, writer, moderator):
            assert reads(who, told.thread)
        nowhere()

    def test_nobody_else_reads_it(self, told):
        for who in (
            people.stranger(),
            people.member(),
            people.outsider(),
            people.steward(),
            people.administrator(),
            people.site_moderator(),
        ):
            text = page(who, told.thread.get_absolute_url())
            assert CANARY not in text
            assert "keep it to themselves" in text

    def test_pasted_elsewhere_it_releases_nothing(self, told, room, keeper, writer):
        elsewhere = thread(room, writer, "Another thread", told.html)
        assert elsewhere.posts.get().html == told.html
        for who in (keeper, writer):
            assert not reads(who, elsewhere)
        assert CANARY not in page(writer, room.get_absolute_url())
        assert CANARY not in page(writer, elsewhere.forum.community.get_absolute_url())
        writers = people.viewer(writer)
        for exit in ("page", "mail", "feed", "api", "text", "table", "calendar", "socket"):
            assert CANARY not in bind_for(writers, told.html, exit=exit)
        assert CANARY not in bind_for(writers, told.html, exit="mail", place=f"thread:{told.thread_id}")

    def test_quoting_copies_the_token_within_the_thread(self, told, writer):
        address = f"{told.thread.get_absolute_url()}reply/?quote={told.number}"
        text = page(writer, address)
        assert CANARY not in text
        assert escape(told.html) in text
        quoted = reply(told.thread, writer, f"<blockquote>{told.html}</blockquote><p>Yes.</p>")
        address = quoted.thread.get_absolute_url()
        assert page(writer, address).count(CANARY) == 2
        assert CANARY not in page(people.member(), address)

    def test_the_live_page_shows_it_to_those_who_may(self, told, writer):
        entry = Entry.objects.filter(stream_id=f"thread:{told.thread_id}", kind="posted").last()
        shown = live.render(entry, people.viewer(writer))
        assert CANARY not in shown.html
        message = {"stream": entry.stream_id, "html": shown.html}
        assert CANARY in bound(message, people.viewer(writer))["html"]
        assert CANARY not in bound(message, people.viewer(people.member()))["html"]
        assert CANARY not in bound(message | {"stream": "thread:999"}, people.viewer(writer))["html"]

    def test_its_lease_is_asked_for_at_its_place(self, told, writer):
        text = page(writer, told.thread.get_absolute_url())
        item = KnowledgeItem.objects.get()
        key = f"{item.pk}:body@thread:{told.thread_id}"
        assert f'data-tk="{key}"' in text
        client = people.sign_in(Client(), writer)
        ask = lambda k: client.get("/knowledge/lease/", {"t": k}).json()["withheld"]  # noqa: E731
        assert ask(key) == []
        assert ask(f"{item.pk}:body") == [f"{item.pk}:body"]
        assert ask(f"{item.pk}:body@thread:1{told.thread_id}") != []
        assert ask("nonsense@thread:x") == ["nonsense@thread:x"]

    def test_any_of_her_people_stops_it(self, told, keeper, of, writer):
        consent.withdraw(item=KnowledgeItem.objects.get(), holder=of, by=people.viewer(keeper))
        assert not reads(writer, told.thread)
        assert not reads(keeper, told.thread)

    def test_who_does_not_belong_to_the_holder_cannot_say_it(self, room, writer, of):
        made = thread(room, writer)
        client = people.sign_in(Client(), writer)
        address = f"{made.get_absolute_url()}reply/"
        assert "my own people" not in client.get(address).content.decode()
        answer = client.post(address, {"html": WORDS, "knowledge": "own", "holder": of.pk})
        assert answer.status_code == 422
        with pytest.raises(Exception, match="Only people of these holders"):
            actions.reply(
                viewer=people.viewer(writer), thread=made, html=f"<p>{WORDS}</p>", wish=Wish(Told.OWN, of)
            )
        assert not KnowledgeItem.objects.exists()

    def test_her_peoples_protocol_comes_first(self, room, keeper, writer, of):
        consent.record_protocol(
            holder=of, title="Our rules", language="en", ceiling="known", by=people.viewer(people.steward())
        )
        made = thread(room, writer)
        with pytest.raises(Refused, match="own protocol"):
            actions.reply(
                viewer=people.viewer(keeper), thread=made, html=f"<p>{WORDS}</p>", wish=Wish(Told.OWN, of)
            )
        assert made.posts.count() == 1

    def test_with_the_form_it_is_one_tap(self, room, keeper, of):
        client = people.sign_in(Client(), keeper)
        address = f"{room.get_absolute_url()}start/"
        text = client.get(address).content.decode()
        assert "share it in this thread only" in text
        typed = {"title": "On birds", "html": WORDS, "language": "en", "knowledge": "own", "holder": of.pk}
        answer = client.post(address, typed)
        assert answer.status_code == 302
        assert "no-store" in answer["Cache-Control"]
        made = Thread.objects.get()
        assert made.published_at
        assert reads(keeper, made)
        nowhere()

    def test_a_second_text_puts_the_first_away(self, told, keeper, writer, of):
        second = f"<p>Another text about {CANARY} altogether</p>"
        actions.edit(viewer=people.viewer(keeper), post=told, html=second, version=1, wish=Wish(Told.OWN, of))
        edit = PostEdit.objects.get()
        item = KnowledgeItem.objects.get()
        assert edit.html == f"<p>{item.token('earlier1')}</p>"
        told.refresh_from_db()
        history = f"{told.get_absolute_url()}history/"
        for who, earlier in ((keeper, True), (writer, False)):
            text = page(who, history)
            assert ("noddies" in text) is earlier
            assert CANARY in page(who, told.thread.get_absolute_url())
        nowhere()

    def test_a_plain_text_in_its_place_puts_it_away_too(self, told, keeper, writer):
        actions.edit(viewer=people.viewer(keeper), post=told, html="<p>Never mind.</p>", version=1)
        assert CANARY not in page(writer, f"{told.get_absolute_url()}history/")
        assert CANARY in page(keeper, f"{told.get_absolute_url()}history/")

    def test_what_stood_in_the_open_is_sealed_with_its_history(self, room, keeper, writer, of):
        made = thread(room, writer)
        first = reply(made, keeper, f"<p>one {CANARY}</p>")
        actions.edit(viewer=people.viewer(keeper), post=first, html=f"<p>two {CANARY}</p>", version=1)
        actions.edit(
            viewer=people.viewer(keeper),
            post=first,
            html=f"<p>three {CANARY}</p>",
            version=2,
            wish=Wish(Told.OWN, of),
        )
        nowhere()
        assert "one" in page(keeper, f"{first.get_absolute_url()}history/")


class TestHeldFromOthers:
    @pytest.fixture
    def told(self, room, writer):
        made = thread(room, writer)
        wish = Wish(Told.OTHERS, whose=f"My host family at {CANARY}")
        return actions.reply(viewer=people.viewer(writer), thread=made, html=f"<p>{WORDS}</p>", wish=wish)

    def test_only_its_author_reads_it_until_they_spoke(self, told, writer, keeper, moderator):
        assert told.state == PostState.PUBLISHED
        assert reads(writer, told.thread)
        for who in (keeper, moderator, people.steward(), people.administrator(), people.stranger()):
            text = page(who, told.thread.get_absolute_url())
            assert CANARY not in text
            assert "waits for the word of its holders" in text
        nowhere()

    def test_a_steward_finds_the_holders_and_they_decide(self, told, writer, of, keeper):
        client = people.sign_in(Client(), people.steward())
        item = KnowledgeItem.objects.get()
        waiting = client.get("/knowledge/held/").content.decode()
        assert "My host family" in waiting
        assert "noddies" not in waiting
        assert client.post(f"/knowledge/held/{item.pk}/holders/", {}).status_code == 422
        answer = client.post(f"/knowledge/held/{item.pk}/holders/", {"holders": [of.pk]})
        assert answer.status_code == 302
        assert CANARY in page(keeper, f"/knowledge/{item.pk}/")
        assert not reads(people.member(), told.thread)
        knowledge.consent(item, of, knowledge.clause(MEMBER))
        assert reads(people.member(), told.thread)
        assert reads(writer, told.thread)

    def test_others_name_nobody(self, told, writer, of):
        item = KnowledgeItem.objects.get()
        for who, status in ((writer, 404), (people.holder(), 404)):
            client = people.sign_in(Client(), who)
            answer = client.post(f"/knowledge/held/{item.pk}/holders/", {"holders": [of.pk]})
            assert answer.status_code == status

    def test_it_goes_with_her_unless_its_holders_were_found(self, told, writer, of):
        from network.consent import personal

        item = KnowledgeItem.objects.get()
        consent.name_holders(item=item, holders=[of], by=people.viewer(people.steward()))
        personal.erase(writer, keep_contributions=True)
        assert item.parts.filter(name="body").exists()
        item.holdings.all().delete()
        personal.erase(writer, keep_contributions=True)
        assert not item.parts.exists()

    def test_without_a_word_about_whose_it_is_the_form_asks(self, room, writer):
        made = thread(room, writer)
        client = people.sign_in(Client(), writer)
        answer = client.post(f"{made.get_absolute_url()}reply/", {"html": WORDS, "knowledge": "others"})
        assert answer.status_code == 422
        text = answer.content.decode()
        assert "Say whose knowledge this is." in text
        assert CANARY in text  # what she typed is kept in her form
        assert "no-store" in answer["Cache-Control"]
        assert not KnowledgeItem.objects.exists()


class TestCopies:
    @pytest.fixture
    def made(self, room, writer):
        return thread(room, writer)

    @pytest.fixture
    def copied(self, made, writer, sealed):
        return reply(made, writer, f"<p>They told me: {WORDS} That is all.</p>")

    def test_it_waits_and_its_words_are_sealed(self, copied, sealed, writer, keeper, moderator):
        assert copied.state == PostState.HELD
        assert copied.html == f"<p>{sealed.token('held1')}</p>"
        assert copied.holds.get().rules == ["knowledge"]
        nowhere()
        address = copied.thread.get_absolute_url()
        own = page(writer, address)
        assert CANARY in own
        assert "They decide whether it stands as a reference" in own
        for who in (moderator, people.stranger(), people.member(), people.administrator()):
            assert CANARY not in page(who, address)
        queue = page(moderator, "/moderation/")
        assert CANARY not in queue
        assert "its holders decide" in queue

    def test_a_moderator_cannot_let_it_out(self, copied, moderator):
        with pytest.raises(Refused, match="Its holders decide"):
            actions.approve(viewer=people.viewer(moderator), post=copied)

    def test_holders_and_stewards_see_it_in_the_workspace(self, copied, keeper, writer):
        text = page(keeper, "/knowledge/held/")
        assert CANARY in text
        assert copied.thread.title in text
        assert writer.get_full_name() in text
        text = page(people.steward(), "/knowledge/held/")
        assert CANARY not in text
        assert copied.thread.title in text
        assert people.sign_in(Client(), writer).get("/knowledge/held/").status_code == 404

    def test_a_secret_discussion_is_not_named(self, copied, here, keeper):
        here.visibility = Visibility.HIDDEN
        here.save()
        assert copied.thread.title not in page(people.steward(), "/knowledge/held/")

    def test_it_may_stay_as_a_reference(self, copied, sealed, of, keeper, writer):
        part = Part.objects.get(name="held1")
        client = people.sign_in(Client(), keeper)
        assert client.post(f"/knowledge/held/{part.pk}/", {"decision": "stay"}).status_code == 302
        copied.refresh_from_db()
        assert (copied.state, copied.number) == (PostState.PUBLISHED, 2)
        assert copied.html == f"<p>{sealed.token('body')}</p>"
        assert not Part.objects.filter(name="held1").exists()
        assert not reads(writer, copied.thread)
        knowledge.consent(sealed, of, knowledge.clause(MEMBER))
        assert reads(writer, copied.thread)

    def test_it_may_go_back_and_the_author_is_told(self, copied, keeper, writer):
        part = Part.objects.get(name="held1")
        client = people.sign_in(Client(), keeper)
        assert client.post(f"/knowledge/held/{part.pk}/", {"decision": "back"}).status_code == 422
        answer = client.post(f"/knowledge/held/{part.pk}/", {"decision": "back", "reason": "Not yours."})
        assert answer.status_code == 302
        copied.refresh_from_db()
        assert copied.state == PostState.REJECTED
        assert "Not yours." in page(writer, copied.thread.get_absolute_url())
        assert Entry.objects.filter(kind="moderation.turned_down").exists()

    def test_others_decide_nothing(self, copied, writer):
        part = Part.objects.get(name="held1")
        other = knowledge.with_standing(knowledge.holder("Others"), people.member())
        for who in (writer, other, people.administrator()):
            answer = people.sign_in(Client(), who).post(f"/knowledge/held/{part.pk}/", {"decision": "stay"})
            assert answer.status_code == 404
        copied.refresh_from_db()
        assert copied.state == PostState.HELD

    def test_her_own_peoples_words_are_offered_to_be_shared(self, made, keeper, sealed):
        client = people.sign_in(Client(), keeper)
        address = f"{made.get_absolute_url()}reply/"
        answer = client.post(address, {"html": WORDS})
        assert answer.status_code == 422
        text = answer.content.decode()
        assert "words of your own people" in text
        assert "share it in this thread only" in text
        assert made.posts.count() == 1
        holder = sealed.holders.get()
        answer = client.post(address, {"html": WORDS, "knowledge": "own", "holder": holder.pk})
        assert answer.status_code == 302
        assert reads(keeper, made)

    def test_saying_it_is_ones_own_does_not_make_it_so(self, made, sealed, here):
        other = knowledge.holder("Others")
        claims = knowledge.with_standing(other, people.member())
        belongs(claims, here)
        post = actions.reply(
            viewer=people.viewer(claims), thread=made, html=f"<p>{WORDS}</p>", wish=Wish(Told.OWN, other)
        )
        assert post.state == PostState.HELD
        assert KnowledgeItem.objects.count() == 1

    def test_what_is_held_from_others_goes_no_farther_than_what_it_copies(self, made, writer, sealed):
        actions.reply(
            viewer=people.viewer(writer),
            thread=made,
            html=f"<p>{WORDS}</p>",
            wish=Wish(Told.OTHERS, whose="From the reef"),
        )
        item = KnowledgeItem.objects.exclude(pk=sealed.pk).get()
        assert set(item.lineage.values_list("source", flat=True)) == {item.pk, sealed.pk}

    @pytest.mark.parametrize("typed", ["title", "edit"])
    def test_where_nothing_can_wait_it_is_refused(self, typed, room, made, writer, sealed):
        client = people.sign_in(Client(), writer)
        if typed == "title":
            address = f"{room.get_absolute_url()}start/"
            fields = {"title": WORDS[:150], "html": "Look", "language": "en"}
        else:
            address, fields = f"{made.posts.get().get_absolute_url()}edit/", {"html": WORDS, "version": 1}
        answer = client.post(address, fields)
        assert answer.status_code == 422
        assert "word for word" in answer.content.decode()
        nowhere()

    def test_an_opening_post_waits_with_its_thread(self, room, writer, sealed):
        client = people.sign_in(Client(), writer)
        fields = {"title": "Birds", "html": WORDS, "language": "en"}
        answer = client.post(f"{room.get_absolute_url()}start/", fields, follow=True)
        assert "They decide whether it stands as a reference." in answer.content.decode()
        made = Thread.objects.get(title="Birds")
        assert made.published_at is None
        nowhere()

    def test_without_a_copy_a_reply_asks_at_most_one_question_more(
        self, made, writer, sealed, django_assert_max_num_queries
    ):
        text = "<p>" + "Something long that nobody has sealed, about counting crabs by night. " * 20 + "</p>"
        Post.objects.all()
        with django_assert_max_num_queries(40):
            reply(made, writer, text)

    def test_erasing_oneself_erases_the_copy(self, copied, writer):
        from communities.forums import personal

        personal.erase(writer, keep_contributions=False)
        assert not Part.objects.filter(name="held1").exists()


class TestInserting:
    def test_a_member_finds_what_she_may_quote(self, sealed, of, writer):
        other = knowledge.item(of, title="Another practice", text="kept")
        knowledge.consent(other, of, knowledge.clause(MEMBER, actions={"display"}))
        knowledge.consent(sealed, of, knowledge.clause(MEMBER, actions={"display", "quote"}))
        text = page(writer, "/knowledge/quotable/?q=practice")
        assert f'data-insert="{sealed.token("body")}"' in text
        assert CANARY not in text
        assert str(other.pk) not in text
        assert str(sealed.pk) not in page(writer, "/knowledge/quotable/?q=nothing")
        assert people.sign_in(Client(), people.stranger()).get("/knowledge/quotable/").status_code == 302

    def test_what_is_hidden_or_stopped_is_not_offered(self, sealed, of, writer):
        knowledge.consent(sealed, of, knowledge.clause(MEMBER))
        assert str(sealed.pk) in page(writer, "/knowledge/quotable/")
        consent.withdraw(item=sealed, holder=of, by=people.viewer(people.steward()))
        assert str(sealed.pk) not in page(writer, "/knowledge/quotable/")

    def test_each_reader_sees_what_she_may(self, sealed, of, room, writer):
        knowledge.consent(sealed, of, knowledge.clause(MEMBER))
        made = thread(room, writer, html=f"<p>Look:</p><p>{sealed.token('body')}</p>")
        assert reads(people.member(), made)
        assert not reads(people.stranger(), made)

    def test_the_form_leads_to_it_without_scripts(self, room, writer):
        text = page(writer, f"{room.get_absolute_url()}start/")
        assert 'href="/knowledge/quotable/"' in text
        assert 'data-insert-from="/knowledge/quotable/"' in text
        assert 'autocomplete="off"' in text
