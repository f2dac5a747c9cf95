"""Posts without a name: nobody finds out by any way who wrote them, but moderators, whose look is logged."""

import json
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from communities.enums import Act, Involvement, MemberRole, Visibility
from communities.forums import actions, counters, exporting, live, personal
from communities.forums import policies as forum_policies
from communities.forums.actions import Mask
from communities.forums.consultations.contributors import contributions, has_contributed, tally
from communities.forums.enums import ForumKind, Told
from communities.forums.heard import Hearing
from communities.forums.knowledge import Wish
from communities.forums.models import Forum, Post, Thread, Unnamed
from communities.forums.quoting import quotation
from communities.moderation import policies as moderation_policies
from communities.moderation.actions import report
from communities.moderation.models import ModerationLogEntry
from communities.moderation.queue import waiting_for
from network.consent.models import KnowledgeItem
from network.foundations.exceptions import Refused
from network.foundations.viewer import anonymous
from network.notifications import actions as notifications
from network.notifications.enums import Channel, Timing
from network.notifications.models import Notification, OutgoingMail
from network.notifications.sending import send_due
from network.outbox import actions as outbox
from network.outbox.models import Entry
from tests import people
from tests.communities.factories import belongs, community
from tests.consent import factories as knowledge
from tests.consent.factories import CANARY
from tests.forums.factories import forum, reply, thread

pytestmark = pytest.mark.django_db

#: Nobody else in the tests is called so, and nothing else says these words.
NAME, WORDS = "Zebedee Quillfeather", "The reef was sold to the harbor company."


def work_off() -> None:
    while outbox.work_off():
        pass


@pytest.fixture
def author():
    return people.person("zebedee-quillfeather", NAME)


@pytest.fixture
def here(author):
    made = community("Mangroves", visibility=Visibility.PUBLIC)
    belongs(people.facilitator(), made, MemberRole.FACILITATOR)
    belongs(people.moderator(), made, MemberRole.MODERATOR)
    for who in (author, people.community_member(), people.expert()):
        belongs(who, made)
    return made


@pytest.fixture
def room(here) -> Forum:
    made = forum(here, "Under the rule")
    made.takes_unnamed = True
    made.kind = ForumKind.CONSULTATION
    made.save()
    return made


@pytest.fixture
def talk(room) -> Thread:
    return thread(room, people.community_member(), "What happened")


@pytest.fixture
def planted(talk, author) -> Post:
    """Somebody watches, so that mails go out; the author is named nowhere in this thread."""
    actions.set_level(viewer=people.viewer(people.expert()), of=talk, level=Involvement.EVERYTHING)
    at_once = {("forums.watched", Channel.MAIL): Timing.AT_ONCE}
    notifications.choose(person_id=people.expert().pk, choices=at_once)
    post = actions.reply(
        viewer=people.viewer(author), thread=talk, html=f"<p>{WORDS}</p>", submission_key="k1", mask=Mask()
    )
    work_off()
    return post


def at(name: str, thread: Thread, *more) -> str:
    forum = thread.forum
    return reverse(f"forums:{name}", args=[forum.community.slug, forum.slug, thread.pk, thread.slug, *more])


def names(text: str, author) -> bool:
    """Whether something tells who it was: her name, address, handle or number."""
    signs = (NAME, "Quillfeather", "quillfeather", f'data-author="{author.pk}"', f"person-{author.pk}@")
    return any(sign in text for sign in signs)


READERS = [AnonymousUser, people.member, people.community_member, people.facilitator, people.site_moderator]


# --- the alarm: every exit ----------------------------------------------------------------------------


@pytest.mark.parametrize("who", READERS)
def test_no_page_and_no_feed_tells_who_it_was(planted, talk, author, here, who):
    client = people.sign_in(Client(), who())
    room = [here.slug, talk.forum.slug]
    pages = [
        talk.get_absolute_url(),
        at("sheet", talk),
        at("contents", talk),
        at("participants", talk),
        at("amend", talk, planted.number),
        at("history", talk, planted.number),
        at("reactions", talk, planted.number),
        at("author", talk, planted.number),
        at("hide", talk, planted.number),
        at("split", talk),
        f"{at('reply', talk)}?quote={planted.number}",
        at("thread_atom", talk),
        at("thread_json", talk),
        at("bookmark", talk, planted.number),
        talk.forum.get_absolute_url(),
        *(reverse(f"forums:{name}", args=room) for name in ("forum_atom", "forum_json", "contributions")),
        *(reverse(f"forums:{name}", args=room) for name in ("workbench", "summary_text", "suitcase_text")),
        *(reverse(f"forums:{name}", args=[here.slug]) for name in ("community_atom", "community_json")),
        f"{reverse('search:search')}?q=harbor",
        "/catch-up/",
        "/inbox/",
        "/moderation/",
        "/moderation/mine/",
        reverse("moderation:queue", args=[here.slug]),
        reverse("moderation:log", args=[here.slug]),
        reverse("moderation:workload", args=[here.slug]),
    ]
    seen = 0
    for address in pages:
        answer = client.get(address)
        body = answer.content.decode()
        seen += WORDS in body
        assert not names(body, author), address
    assert seen >= 4


@pytest.mark.parametrize("who", READERS)
def test_her_own_pages_do_not_know_of_it(talk, author, here, who):
    """What names her reads the same before and after."""
    client = people.sign_in(Client(), who())
    addresses = [
        reverse("communities:speakers", args=[here.slug]),
        reverse("forums:voices", args=[here.slug]),
        f"{reverse('search:search')}?q=Quillfeather",
        f"{reverse('experts:directory')}?q=Quillfeather",
    ]

    def read() -> list[str]:
        return [_without_marks(client.get(address).content.decode()) for address in addresses]

    def named() -> int:
        return client.get(here.get_absolute_url()).content.decode().count(NAME)

    read()
    before, known = read(), named()
    actions.reply(viewer=people.viewer(author), thread=talk, html=f"<p>{WORDS}</p>", mask=Mask())
    work_off()
    for address, earlier, later in zip(addresses, before, read(), strict=True):
        assert WORDS not in later
        if "voices" in address:
            # Posts of the community are counted; among those who were heard she is not.
            continue
        assert earlier == later, address
    assert named() == known


def _without_marks(body: str) -> str:
    """Without what differs from one time to the next, and the bell of whoever is told of the post."""
    marks = ("csrf", "nonce", "data-live-after", "inbox-count")
    return "\n".join(line for line in body.splitlines() if not any(mark in line for mark in marks))


def test_voices_still_count_her_among_the_silent(planted, author, here):
    hearing = Hearing(people.viewer(people.facilitator()), here)
    assert author.pk in {one.person.user_id for one in hearing.silent()}
    assert author.pk not in {who for who, *_more in hearing._said}


def test_mails_and_notices_do_not_name_her(planted, author):
    told = Notification.objects.filter(ids__post=planted.pk)
    assert told.exists()
    assert not told.exclude(actor=None).exists()
    assert not told.filter(recipient=author).exists()
    OutgoingMail.objects.update(next_try_at=F("next_try_at") - timedelta(seconds=60))
    assert send_due()
    for one in (letter for letter in mail.outbox if author.email not in letter.to):
        assert not names(str(one.message()), author)
    assert any("Participant 1" in str(one.body) for one in mail.outbox)


def test_live_fragments_do_not_name_her(planted, author, talk):
    entry = Entry.objects.filter(kind="posted", ids__post=planted.pk).get()
    for who in READERS[:3]:
        message = live.render(entry, people.viewer(who()))
        assert WORDS in message.html
        assert "Participant 1" in message.html
        assert not names(message.html, author)
        assert message.data["author"] is None


def test_exports_do_not_name_her(planted, author, here):
    for copy in (exporting.Copy(here, people.viewer(people.facilitator())), exporting.Copy(here)):
        files = {name: b"".join(pieces).decode() for name, pieces in exporting.parts(copy)}
        [row] = [json.loads(line) for line in files["posts.jsonl"].splitlines() if WORDS in line]
        assert row["author_id"] is None
        assert row["participant"] == 1
        assert row["mandate_state"] == ""
        mbox = next(text for name, text in files.items() if name.endswith(".mbox"))
        assert "Participant 1" in mbox
        assert not names(mbox, author)
        assert f'"author": {author.pk}' not in files["threads.jsonl"]


def test_no_column_but_one_knows_her(planted, author):
    """Whatever is added later, the post and its thread hold nothing of her."""
    planted.refresh_from_db()
    assert planted.author is None
    assert planted.mandate is None
    assert ":" not in planted.submission_key
    thread = planted.thread
    thread.refresh_from_db()
    assert thread.last_author is None
    assert Unnamed.objects.get(post=planted).user == author


def test_quotations_and_other_peoples_data_do_not_name_her(planted, author):
    assert not names(quotation(planted), author)
    assert "Participant 1" in quotation(planted)
    for who in (people.community_member(), people.expert(), people.moderator()):
        assert not names(json.dumps(personal.export(who), default=str), author)
    assert WORDS in json.dumps(personal.export(author), default=str)


def test_mentions_do_not_name_her(talk, author):
    reply(talk, author, "<p>Known here.</p>")  # whose first post holds a link has to wait
    post = actions.reply(
        viewer=people.viewer(author), thread=talk, html="<p>See @moderators.</p>", mask=Mask()
    )
    work_off()
    notice = Notification.objects.filter(kind="forums.mention", recipient=people.moderator()).get()
    assert notice.actor is None
    assert notice.ids["post"] == post.pk


def test_counters_stay_true(planted):
    assert list(counters.of_threads(Thread.objects.all())) == []


# --- writing ------------------------------------------------------------------------------------------


def test_numbers_are_stable_in_a_thread(talk, author):
    first = actions.reply(viewer=people.viewer(author), thread=talk, html="<p>1</p>", mask=Mask())
    other = actions.reply(viewer=people.viewer(people.expert()), thread=talk, html="<p>2</p>", mask=Mask())
    again = actions.reply(viewer=people.viewer(author), thread=talk, html="<p>3</p>", mask=Mask())
    assert [post.participant for post in (first, other, again)] == [1, 2, 1]
    assert again.as_participant == "Participant 1"


def test_numbers_never_fall_together_when_threads_are_joined(room, author, here):
    one, two = thread(room, people.expert(), "One"), thread(room, people.expert(), "Two")
    actions.reply(viewer=people.viewer(author), thread=one, html="<p>hers</p>", mask=Mask())
    actions.reply(viewer=people.viewer(people.community_member()), thread=two, html="<p>his</p>", mask=Mask())
    actions.reply(viewer=people.viewer(author), thread=two, html="<p>hers too</p>", mask=Mask())
    actions.merge(viewer=people.viewer(people.facilitator()), thread=two, into=one, reason="Same")
    found = {post.excerpt: post.participant for post in one.posts.exclude(participant=None)}
    assert found == {"hers": 1, "his": 2, "hers too": 1}


def test_the_form_says_who_will_know(talk, author):
    client = people.sign_in(Client(), author)
    body = client.get(at("reply", talk)).content.decode()
    assert "Without my name" in body
    assert "moderators of this community can look up" in body
    typed = {"html": f"<p>{WORDS}</p>", "unnamed": "on"}
    assert client.post(at("reply", talk), typed).status_code == 302
    assert Post.objects.latest("pk").author is None
    start = reverse("forums:start", args=[talk.forum.community.slug, talk.forum.slug])
    typed = {"title": "Mine", "html": "<p>x</p>", "language": "en", "unnamed": "on", "asks": "on"}
    answer = client.post(start, typed)
    made = Thread.objects.latest("pk")
    assert made.author is None
    assert answer["Location"] == made.get_absolute_url()
    assert made.posts.get().participant == 1


def test_a_form_sent_twice_leads_to_the_first(talk, author):
    viewer = people.viewer(author)
    first = actions.reply(viewer=viewer, thread=talk, html="<p>x</p>", submission_key="same", mask=Mask())
    again = actions.reply(viewer=viewer, thread=talk, html="<p>x</p>", submission_key="same", mask=Mask())
    assert first.pk == again.pk


def test_other_forums_take_names_alone(here, author):
    plain = thread(forum(here, "Plain"), people.expert())
    with pytest.raises(Refused):
        actions.reply(viewer=people.viewer(author), thread=plain, html="<p>x</p>", mask=Mask())
    client = people.sign_in(Client(), author)
    assert "Without my name" not in client.get(at("reply", plain)).content.decode()
    answer = client.post(at("reply", plain), {"html": "<p>x</p>", "unnamed": "on"})
    assert answer.status_code == 422
    assert plain.posts.count() == 1


def test_knowledge_is_told_under_ones_name(talk, author):
    words = f"When the noddies of {CANARY} come home before noon and fly low, the canoes go above the line."
    knowledge.item(knowledge.holder(), text=words)
    with pytest.raises(Refused):
        actions.reply(
            viewer=people.viewer(author), thread=talk, html="<p>x</p>", mask=Mask(),
            wish=Wish(Told.OTHERS, None, "them"),
        )  # fmt: skip
    with pytest.raises(Refused):
        actions.reply(viewer=people.viewer(author), thread=talk, html=f"<p>{words}</p>", mask=Mask())
    assert KnowledgeItem.objects.count() == 1


def test_what_was_allowed_once_is_not_taken_back(room, planted):
    viewer = people.viewer(people.facilitator())
    said = {"title": room.title, "description": "", "position": 0}
    with pytest.raises(Refused):
        actions.change_forum(viewer=viewer, forum=room, takes_unnamed=False, **said)


def test_it_is_not_edited(planted, author, talk):
    with pytest.raises(PermissionDenied):
        actions.edit(viewer=people.viewer(author), post=planted, html="<p>New.</p>", version=1)
    assert people.sign_in(Client(), author).get(at("edit", talk, planted.number)).status_code == 403


def test_she_hears_what_moderators_did(planted, author):
    actions.hide(viewer=people.viewer(people.moderator()), post=planted, reason="Too much")
    work_off()
    notice = Notification.objects.get(kind="forums.hidden")
    assert notice.recipient == author


# --- looking up ---------------------------------------------------------------------------------------


def test_moderators_look_it_up_and_that_is_logged(planted, author, talk):
    client = people.sign_in(Client(), people.moderator())
    where = at("author", talk, planted.number)
    assert not names(client.get(where).content.decode(), author)
    assert not ModerationLogEntry.objects.filter(act=Act.AUTHOR_SEEN).exists()
    answer = client.post(where)
    assert NAME in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    entry = ModerationLogEntry.objects.get(act=Act.AUTHOR_SEEN)
    assert entry.target_id == planted.pk
    assert entry.concerns is None


@pytest.mark.parametrize("who", [people.facilitator, people.community_member, people.member])
def test_nobody_else_looks_it_up(planted, author, talk, who):
    client = people.sign_in(Client(), who())
    answer = client.post(at("author", talk, planted.number))
    assert answer.status_code == 403
    assert not names(answer.content.decode(), author)
    assert not ModerationLogEntry.objects.filter(act=Act.AUTHOR_SEEN).exists()


# --- in consultations, and leaving --------------------------------------------------------------------


def test_she_counts_as_one_voice_and_may_correct(planted, author, room):
    found = tally(contributions(anonymous(), room))
    assert found.groups["unnamed"].number == 1
    assert has_contributed(people.viewer(author), room)
    [passage] = actions.pick(
        viewer=people.viewer(people.facilitator()), forum=room, post=planted, numbers=[1], version=1
    )
    keeper = people.viewer(people.facilitator())
    actions.write_section(viewer=keeper, forum=room, question=None, text="Sold. [1]", version=0)
    actions.show_draft(viewer=keeper, forum=room)
    work_off()
    assert Notification.objects.get(kind="forums.draft_summary").recipient == author
    sentence = passage.sentences.get()
    actions.propose_correction(
        viewer=people.viewer(author), sentence=sentence, proposed="Leased.", reason="It was."
    )
    work_off()
    keeping = people.sign_in(Client(), people.facilitator())
    for name in ("summary_text", "proceedings", "draft"):
        address = reverse(f"forums:{name}", args=[room.community.slug, room.slug])
        assert not names(keeping.get(address).content.decode(), author), name
    assert not Notification.objects.filter(kind="forums.correction").exclude(actor=None).exists()


@pytest.mark.parametrize("keep", [True, False])
def test_after_she_has_left_nobody_knows(planted, author, keep):
    personal.erase(author, keep)
    planted.refresh_from_db()
    assert not Unnamed.objects.exists()
    assert (WORDS in planted.html) == keep
    assert actions.see_author(viewer=people.viewer(people.moderator()), post=planted) is None


# --- nobody decides about her own words ------------------------------------------------------------------


def test_nobody_moderates_reports_or_reacts_to_what_she_wrote_without_her_name(planted, talk, author, here):
    """Her own moderator role does not help her, and the queue does not show her what others reported."""
    here.memberships.filter(user=author).update(role=MemberRole.MODERATOR)
    hers, other = people.viewer(author), people.viewer(people.moderator())
    assert not forum_policies.can_moderate_post(hers, planted)
    assert not forum_policies.can_react(hers, planted)
    assert not moderation_policies.can_report(hers, planted)
    assert forum_policies.can_moderate_post(other, planted)
    with pytest.raises(PermissionDenied):
        actions.hide(viewer=hers, post=planted, reason="Mine")
    report(viewer=people.viewer(people.expert()), post=planted, reason="other", note="Look")
    assert [case.name for case in waiting_for(other).cases] == ["report"]
    assert waiting_for(hers).cases == []
    work_off()
    told = Notification.objects.filter(kind="moderation.report").values_list("recipient", flat=True)
    assert author.pk not in told


def test_a_page_of_posts_without_a_name_asks_once_whose_they_are(talk, author, client):
    """A moderator's page costs the same with one such post as with ten."""
    client.force_login(people.moderator())
    costs = []
    for number in range(10):
        actions.reply(
            viewer=people.viewer(author), thread=talk, html="<p>More</p>", submission_key=f"n{number}",
            mask=Mask(),
        )  # fmt: skip
        if number in (1, 9):
            client.get(talk.get_absolute_url())
            with CaptureQueriesContext(connection) as asked:
                client.get(talk.get_absolute_url())
            costs.append(len(asked))
    assert costs[0] == costs[1]


def test_a_thread_with_a_time_of_its_own_has_a_name(room):
    later = timezone.now() + timedelta(days=1)
    with pytest.raises(Refused) as refused:
        actions.start_thread(
            viewer=people.viewer(people.facilitator()), forum=room, title="Later", html="<p>Words</p>",
            language="en", submission_key="t1", mask=Mask(), appears_at=later,
        )  # fmt: skip
    assert refused.value.field == "unnamed"
