"""A consultation: what is asked, what is picked, what is said, who may correct it, what comes out."""

import zipfile
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from communities.enums import Act, Capacity, MemberRole, Visibility
from communities.forums import actions
from communities.forums.consultations import marks
from communities.forums.consultations.contributors import contributions, tally
from communities.forums.consultations.deadlines import after_working_days
from communities.forums.consultations.documents import direction, document
from communities.forums.consultations.paragraphs import paragraphs
from communities.forums.consultations.passages import quoted
from communities.forums.consultations.print import pdf
from communities.forums.consultations.proceedings import gather, reader_of_documents
from communities.forums.consultations.word import docx
from communities.forums.enums import Attribution, ForumKind, Phase
from communities.forums.models import Correction, Forum, Passage, Post, Sentence, Summary, Thread
from communities.models import Mandate
from communities.moderation.models import ModerationLogEntry
from network.consent.tokens import MARK
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.viewer import EVERYONE, Viewer, anonymous
from network.notifications.models import Notification
from network.outbox.actions import work_off
from network.thesaurus.models import Domain, Term
from tests import people
from tests.communities.factories import belongs, community
from tests.consent import factories as knowledge
from tests.consent.factories import CANARY
from tests.forums.factories import forum, reply

pytestmark = pytest.mark.django_db

TWO = "<p>First things first.</p><p>Then the second.</p>"


@pytest.fixture
def here():
    made = community("Mangroves", visibility=Visibility.PUBLIC)
    belongs(people.facilitator(), made, MemberRole.FACILITATOR)
    belongs(people.moderator(), made, MemberRole.MODERATOR)
    for who in (people.community_member(), people.expert()):
        belongs(who, made)
    return made


@pytest.fixture
def room(here) -> Forum:
    made = forum(here, "Consultation")
    made.kind = ForumKind.CONSULTATION
    made.save()
    return made


@pytest.fixture
def keeper() -> Viewer:
    return people.viewer(people.facilitator())


def ask(room: Forum, title: str = "What works?") -> object:
    return actions.add_question(viewer=people.viewer(people.facilitator()), forum=room, title=title)


def told(room: Forum, question=None, by=None, html: str = TWO) -> Thread:
    return actions.start_thread(
        viewer=people.viewer(by or people.community_member()),
        forum=room,
        title="What we did",
        html=html,
        language="en",
        question=question,
    )


def closed(room: Forum) -> None:
    """Its window is over."""
    now = timezone.now()
    Forum.objects.filter(pk=room.pk).update(
        opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1)
    )
    room.refresh_from_db()


def picked(room: Forum, post: Post, *numbers: int) -> list[Passage]:
    viewer = people.viewer(people.facilitator())
    return actions.pick(viewer=viewer, forum=room, post=post, numbers=numbers or (1,), version=post.version)


def page(name: str, room: Forum, *more) -> str:
    return reverse(f"forums:{name}", args=[room.community.slug, room.slug, *more])


# --- the pure parts -----------------------------------------------------------------------------------


def test_a_text_falls_into_its_blocks_and_each_is_found_again():
    html = (
        "<p>One <b>bold</b></p><ul><li><p>a</p></li><li>b</li></ul>"
        "<blockquote><p>his</p></blockquote>tail<p>x<br>y</p>"
    )
    found = paragraphs(html)
    assert [one.html for one in found] == [
        "<p>One <b>bold</b></p>",
        "<ul><li><p>a</p></li><li>b</li></ul>",
        "<blockquote><p>his</p></blockquote>",
        "tail",
        "<p>x<br>y</p>",
    ]
    assert [one.is_quotation for one in found] == [False, False, True, False, False]


def test_sentences_are_lines_with_their_passages():
    text = "One thing. [3] [7]\nAnother [not a number] [1, 2]\n\nA new paragraph.\n[9]\n"
    assert [(line.paragraph, line.text, line.numbers) for line in marks.read(text)] == [
        (1, "One thing.", (3, 7)),
        (1, "Another [not a number]", (1, 2)),
        (2, "A new paragraph.", ()),
    ]


@given(st.text(max_size=200))
def test_what_is_written_back_reads_the_same(text):
    lines = marks.read(text)
    again = marks.read(marks.written(lines))
    assert [(one.text, one.numbers) for one in again] == [(one.text, one.numbers) for one in lines]


@pytest.mark.parametrize(
    ("begun", "until"),
    [
        (datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 9, 9, tzinfo=UTC)),  # Monday to Monday
        (datetime(2026, 3, 6, 9, tzinfo=UTC), datetime(2026, 3, 13, 9, tzinfo=UTC)),  # Friday to Friday
        (datetime(2026, 3, 7, 9, tzinfo=UTC), datetime(2026, 3, 13, 9, tzinfo=UTC)),  # from a Saturday
    ],
)
def test_corrections_have_five_working_days(begun, until):
    assert after_working_days(begun, 5, "UTC") == until


def test_working_days_are_those_of_the_official_clock():
    # Friday evening in New York is Saturday in UTC; the clocks go forward in between.
    begun = datetime(2026, 3, 7, 2, tzinfo=UTC)
    assert after_working_days(begun, 1, "America/New_York") == datetime(2026, 3, 10, 1, tzinfo=UTC)


def test_the_first_letter_says_which_way_a_text_runs():
    assert [direction(text) for text in ("1. أهلا", "(x) أ", "", "中文")] == ["rtl", "ltr", "ltr", "ltr"]


# --- guiding questions --------------------------------------------------------------------------------


def test_questions_change_until_it_opens_and_are_clarified_afterwards(room, keeper):
    first, second = ask(room), ask(room, "What fails?")
    actions.order_questions(viewer=keeper, forum=room, order=[second.pk, first.pk])
    assert list(room.guiding_questions.all()) == [second, first]
    changed = actions.change_question(viewer=keeper, question=first, title="What holds?", text="", version=1)
    with pytest.raises(StaleEdit):
        actions.change_question(viewer=keeper, question=first, title="Other", text="", version=1)
    with pytest.raises(Refused):
        actions.clarify_question(viewer=keeper, question=first, text="Not yet.")
    told(room, changed)
    with pytest.raises(Refused):
        actions.change_question(viewer=keeper, question=first, title="Other", text="", version=2)
    with pytest.raises(Refused):
        actions.remove_question(viewer=keeper, question=first)
    actions.clarify_question(viewer=keeper, question=first, text="On soft mud.")
    ask(room, "One more")
    acts = set(ModerationLogEntry.objects.values_list("act", flat=True))
    assert {Act.QUESTION_ADDED, Act.QUESTION_CHANGED, Act.QUESTION_CLARIFIED} <= acts
    body = Client().get(room.get_absolute_url()).content.decode()
    assert "On soft mud." in body
    assert "What holds?" in body
    assert "One more" in body


def test_members_do_not_ask(room):
    with pytest.raises(PermissionDenied):
        actions.add_question(viewer=people.viewer(people.community_member()), forum=room, title="Mine")
    client = people.sign_in(Client(), people.community_member())
    assert client.get(page("questions", room)).status_code == 403
    assert client.get(page("workbench", room)).status_code == 403
    assert Client().get(page("questions", room)).status_code == 302


def test_a_forum_of_another_kind_has_none_of_this(here, keeper):
    plain = forum(here, "Plain")
    client = people.sign_in(Client(), people.facilitator())
    for name in ("questions", "workbench", "contributions", "draft", "proceedings", "summary_text"):
        assert client.get(page(name, plain)).status_code == 404, name


def test_questions_are_kept_from_a_page(room):
    client = people.sign_in(Client(), people.facilitator())
    client.post(page("questions", room), {"title": "What works?", "text": "Say where."})
    client.post(page("questions", room), {"title": "What fails?"})
    first, second = room.guiding_questions.all()
    client.post(page("arrange_question", room, second.pk), {"act": "up"})
    assert [one.title for one in room.guiding_questions.all()] == ["What fails?", "What works?"]
    stale = {"title": "Mine", "text": "", "version": 1}
    assert client.post(page("question", room, first.pk), stale | {"title": "Theirs"}).status_code == 302
    answer = client.post(page("question", room, first.pk), stale)
    assert answer.status_code == 422
    assert "Theirs" in answer.content.decode()
    assert client.post(page("questions", room), {"title": "\u200b"}).status_code == 422
    client.post(page("arrange_question", room, second.pk), {"act": "remove"})
    assert room.guiding_questions.count() == 1
    told(room)
    room.refresh_from_db()
    assert client.post(page("arrange_question", room, first.pk), {"act": "remove"}).status_code == 422
    client.post(page("question", room, first.pk), {"text": "On soft mud."})
    assert first.clarifications.get().text == "On soft mud."


def test_a_thread_belongs_to_one_question(room, keeper):
    first, second = ask(room), ask(room, "What fails?")
    client = people.sign_in(Client(), people.community_member())
    start = page("start", room)
    assert 'name="question"' in client.get(start).content.decode()
    typed = {"title": "Ours", "html": "<p>Here.</p>", "language": "en"}
    assert client.post(start, typed).status_code == 422
    assert client.post(start, typed | {"question": first.pk}).status_code == 302
    made = Thread.objects.get()
    assert made.question == first
    other = forum(room.community, "Other")
    other.kind = ForumKind.CONSULTATION
    other.save()
    with pytest.raises(Refused):
        told(other, first)
    keeping = people.sign_in(Client(), people.facilitator())
    there = reverse("forums:assign", args=[room.community.slug, room.slug, made.pk, made.slug])
    assert client.get(there).status_code == 403
    keeping.post(there, {"question": second.pk})
    made.refresh_from_db()
    assert made.question == second
    actions.move(viewer=keeper, thread=made, forum=other, reason="There")
    made.refresh_from_db()
    assert made.question is None


def test_its_kind_and_its_terms_stay(room, keeper):
    ask(room)
    settings = {"title": room.title, "description": "", "position": 0}
    with pytest.raises(Refused):
        actions.change_forum(viewer=keeper, forum=room, kind=ForumKind.DISCUSSION, **settings)
    actions.change_forum(viewer=keeper, forum=room, attribution=Attribution.NAMES, **settings)
    told(room)
    with pytest.raises(Refused):
        actions.change_forum(viewer=keeper, forum=room, attribution=Attribution.NOTHING, **settings)


# --- contributions ------------------------------------------------------------------------------------


def speaks(who, here, code: str, party: bool) -> Mandate:
    Domain.objects.get_or_create(pk="country")
    facts = {"cbd_party": party}
    term, _new = Term.objects.get_or_create(domain_id="country", code=code, defaults={"facts": facts})
    Term.objects.filter(pk=term.pk).update(facts=facts)
    return Mandate.objects.create(
        community=here,
        user=who,
        capacity=Capacity.GOVERNMENT,
        country=term,
        until=timezone.localdate() + timedelta(days=9),
        granted_at=timezone.now(),
    )


def test_contributions_are_counted_by_capacity_and_by_party(room, here, django_assert_num_queries):
    question = ask(room)
    kenya = speaks(people.community_member(), here, "KE", party=True)
    actions.start_thread(
        viewer=people.viewer(people.community_member()),
        forum=room, title="For us", html="<p>x</p>", language="en", question=question, mandate=kenya,
    )  # fmt: skip
    other = told(room, by=people.expert())
    reply(other, people.expert(), "<p>More</p>")
    found = tally(contributions(anonymous(), room))
    assert {name: (one.number, one.posts) for name, one in found.groups.items()} == {
        "parties": (1, 1),
        "individuals": (1, 2),
    }
    assert [one.posts for one in found.parties] == [1]
    assert found.posts_to(question.pk) == 1
    assert found.posts == 3
    answer = Client().get(page("contributions", room), {"group": "parties"})
    body = answer.content.decode()
    assert "For us" in body
    assert "What we did" not in body
    assert (
        "What we did" in Client().get(page("contributions", room), {"group": "individuals"}).content.decode()
    )
    assert Client().get(page("contributions", room), {"group": "x", "question": "y\x00"}).status_code == 200


def test_the_front_asks_the_same_number_of_questions_for_any_number(room):
    def asked() -> list[str]:
        with CaptureQueriesContext(connection) as found:
            client.get(room.get_absolute_url())
            client.get(page("contributions", room))
        return [query["sql"] for query in found.captured_queries]

    client = people.sign_in(Client(), people.community_member())
    told(room, ask(room))
    asked()
    few = asked()
    for number in range(6):
        told(room, ask(room, f"Question {number}"), html=f"<p>{number}</p>")
    many = asked()
    assert len(many) == len(few), [sql for sql in many if sql not in few]


# --- passages -----------------------------------------------------------------------------------------


def test_a_passage_follows_its_post(room, keeper):
    post = told(room).posts.get()
    [second] = picked(room, post, 2)
    assert picked(room, post, 2) == []
    assert quoted(keeper, [second])[second.pk].html == "<p>Then the second.</p>"
    author = people.viewer(people.community_member())
    actions.edit(viewer=author, post=post, html=f"<p>New.</p>{TWO}", version=1)
    assert quoted(keeper, [second])[second.pk].html == "<p>Then the second.</p>"
    actions.edit(viewer=author, post=post, html="<p>All other.</p>", version=2)
    assert quoted(keeper, [second])[second.pk].is_changed
    with pytest.raises(StaleEdit):
        actions.pick(viewer=keeper, forum=room, post=post, numbers=[1], version=1)
    actions.hide(viewer=people.viewer(people.moderator()), post=post, reason="No")
    assert quoted(people.viewer(people.expert()), [second])[second.pk].is_gone


def test_knowledge_stays_a_token_in_a_passage(room, keeper, here):
    of = knowledge.holder()
    item = knowledge.item(of)
    post = told(room, html="<p>Words.</p>").posts.get()
    Post.objects.filter(pk=post.pk).update(html=f"<p>Words.</p><p>{item.token('body')}</p>")
    post.refresh_from_db()
    [passage] = picked(room, post, 2)
    assert MARK in quoted(keeper, [passage])[passage.pk].html
    client = people.sign_in(Client(), people.facilitator())
    for name, more in (("workbench", ()), ("section", (0,)), ("passage", (passage.number,))):
        body = client.get(page(name, room, *more)).content.decode()
        assert CANARY not in body, name
        assert MARK not in body, name
    assert CANARY not in client.get(page("pick", room, post.thread_id, 1)).content.decode()


def test_passages_are_picked_by_ticking(room):
    question = ask(room)
    post = told(room, question).posts.get()
    client = people.sign_in(Client(), people.facilitator())
    where = page("pick", room, post.thread_id, post.number)
    assert "Paragraph 2" in client.get(where).content.decode()
    assert client.post(where, {"version": 1}).status_code == 422
    assert client.post(where, {"version": 9, "paragraphs": ["1"]}).status_code == 422
    assert client.post(where, {"version": 1, "paragraphs": ["9" * 400]}).status_code == 422
    assert client.post(where, {"version": 1, "paragraphs": ["1", "2"], "question": ""}).status_code == 302
    assert [one.question for one in room.passages.all()] == [question, question]
    assert client.post(page("passage", room, 1), {"question": ""}).status_code == 302
    assert room.passages.get(number=1).question is None
    assert client.post(page("passage", room, 1), {"act": "drop"}).status_code == 302
    assert room.passages.count() == 1
    assert client.get(page("passage", room, 7)).status_code == 404


# --- writing ------------------------------------------------------------------------------------------


def test_two_people_never_overwrite_one_another(room, keeper):
    post = told(room).posts.get()
    picked(room, post)
    client = people.sign_in(Client(), people.facilitator())
    where = page("section", room, 0)
    assert client.post(where, {"text": "Hers. [1]", "version": 0}).status_code == 302
    answer = client.post(where, {"text": "Mine. [1]", "version": 0})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert "Hers." in body
    assert "Mine." in body
    assert Sentence.objects.get().text == "Hers."
    assert client.post(where, {"text": "Mine. [1]", "version": 1}).status_code == 302
    assert client.post(where, {"text": "None. [4]", "version": 2}).status_code == 422
    assert client.post(where, {"version": "x"}).status_code == 422


def test_a_sentence_without_a_source_is_said_to_be_ones_own(room, keeper):
    picked(room, told(room).posts.get())
    closed(room)
    actions.write_section(viewer=keeper, forum=room, question=None, text="Sure. [1]\nAlso.", version=0)
    with pytest.raises(Refused):
        actions.show_draft(viewer=keeper, forum=room)
    client = people.sign_in(Client(), people.facilitator())
    body = client.get(page("section", room, 0)).content.decode()
    assert "without a source" in body
    also = Sentence.objects.get(text="Also.")
    stale = {"version": 0, "sentences": [also.pk]}
    assert client.post(page("own_words", room, 0), stale).status_code == 422
    assert client.post(page("own_words", room, 0), stale | {"version": 1}).status_code == 302
    # What is written anew keeps the tick where its words stay.
    actions.write_section(viewer=keeper, forum=room, question=None, text="Also.\nSure. [1]", version=2)
    assert Sentence.objects.get(text="Also.").pk == also.pk
    assert Sentence.objects.get(text="Also.").is_own
    assert actions.show_draft(viewer=keeper, forum=room).is_drafted


def test_a_hidden_post_takes_its_source_away(room, keeper):
    post = told(room).posts.get()
    picked(room, post)
    closed(room)
    actions.write_section(viewer=keeper, forum=room, question=None, text="Sure. [1]", version=0)
    actions.hide(viewer=people.viewer(people.moderator()), post=post, reason="No")
    with pytest.raises(Refused):
        actions.show_draft(viewer=keeper, forum=room)


# --- corrections --------------------------------------------------------------------------------------


@pytest.fixture
def drafted(room, keeper) -> Summary:
    picked(room, told(room).posts.get(), 1, 2)
    told(room, by=people.expert())
    closed(room)
    actions.write_section(viewer=keeper, forum=room, question=None, text="First. [1]\nSecond. [2]", version=0)
    return actions.show_draft(viewer=keeper, forum=room)


def test_those_who_are_quoted_are_told_and_correct_it(room, keeper, drafted):
    work_off()
    [notice] = Notification.objects.filter(kind="forums.draft_summary")
    assert notice.recipient == people.community_member()
    sentence = Sentence.objects.get(text="First.")
    hers = people.sign_in(Client(), people.community_member())
    body = hers.get(page("draft", room)).content.decode()
    assert "rests on your words" in body
    assert "Correct this" in body
    other = people.sign_in(Client(), people.expert())
    assert "rests on your words" not in other.get(page("draft", room)).content.decode()
    assert other.get(page("correct", room, sentence.pk)).status_code == 403
    assert people.sign_in(Client(), people.member()).get(page("draft", room)).status_code == 404
    where = page("correct", room, sentence.pk)
    assert hers.post(where, {"proposed": "", "reason": "x"}).status_code == 422
    assert hers.post(where, {"proposed": "Firstly.", "reason": "Clearer"}).status_code == 302
    assert hers.post(where, {"proposed": "Again.", "reason": "x"}).status_code == 422
    work_off()
    assert Notification.objects.filter(kind="forums.correction", recipient=people.moderator()).exists()
    made = Correction.objects.get()
    keeping = people.sign_in(Client(), people.facilitator())
    body = keeping.get(page("summary_text", room)).content.decode()
    assert "Firstly." in body
    assert people.community_member().name not in body
    answer = {"accepts": "yes", "text": "Firstly!", "reason": "Yes"}
    assert keeping.post(page("correction", room, made.pk), answer).status_code == 302
    sentence.refresh_from_db()
    assert sentence.text == "Firstly!"
    assert keeping.post(page("correction", room, made.pk), answer).status_code == 422
    work_off()
    assert Notification.objects.filter(
        kind="forums.correction_answered", recipient=people.community_member()
    ).exists()
    assert "Yes" in hers.get(page("draft", room)).content.decode()


def test_a_draft_changes_by_corrections_alone(room, keeper, drafted):
    with pytest.raises(Refused):
        actions.write_section(viewer=keeper, forum=room, question=None, text="x", version=1)
    with pytest.raises(Refused):
        actions.publish_proceedings(viewer=keeper, forum=room)
    actions.take_draft_back(viewer=keeper, forum=room)
    actions.write_section(viewer=keeper, forum=room, question=None, text="First. [1]", version=1)
    client = people.sign_in(Client(), people.community_member())
    assert client.get(page("draft", room)).status_code == 404


def test_too_late_is_too_late_and_nothing_typed_is_lost(room, keeper, drafted):
    later = timezone.now() - timedelta(minutes=1)
    Summary.objects.filter(pk=drafted.pk).update(corrections_until=later, drafted_at=later)
    client = people.sign_in(Client(), people.community_member())
    answer = client.post(
        page("correct", room, Sentence.objects.get(text="First.").pk), {"proposed": "Mine.", "reason": "x"}
    )
    assert answer.status_code == 422
    assert "Mine." in answer.content.decode()
    keeping = people.sign_in(Client(), people.facilitator())
    assert keeping.post(page("publish", room)).status_code == 302
    room.refresh_from_db()
    assert room.phase == Phase.SUMMARISED
    assert room.summary_url.endswith("/proceedings/")
    work_off()
    assert Notification.objects.filter(kind="forums.proceedings").count() == 1
    with pytest.raises(Refused):
        actions.take_draft_back(viewer=keeper, forum=room)


def test_steps_that_are_refused_say_why(room, keeper):
    client = people.sign_in(Client(), people.facilitator())
    for name in ("show_draft", "take_draft_back", "publish"):
        assert client.post(page(name, room), {"language": "en"}).status_code == 422, name
        assert client.get(page(name, room)).status_code == 405


# --- proceedings --------------------------------------------------------------------------------------


def published(room: Forum, summary: Summary) -> None:
    past = timezone.now() - timedelta(minutes=1)
    Summary.objects.filter(pk=summary.pk).update(corrections_until=past)
    actions.publish_proceedings(viewer=people.viewer(people.facilitator()), forum=room)
    room.refresh_from_db()


def test_proceedings_are_for_the_audience_of_the_forum(room, drafted):
    for name in ("proceedings", "proceedings_docx", "proceedings_pdf"):
        assert Client().get(page(name, room)).status_code == 404
        assert people.sign_in(Client(), people.facilitator()).get(page(name, room)).status_code == 200
    published(room, drafted)
    body = Client().get(page("proceedings", room)).content.decode()
    post = room.passages.first().post
    assert "First." in body
    assert post.get_absolute_url() in body
    assert "Read the summary" in Client().get(room.get_absolute_url()).content.decode()


def test_documents_hold_the_summary_with_whole_addresses(room, drafted, settings):
    published(room, drafted)
    address = settings.NETWORK_BASE_URL + room.passages.first().post.get_absolute_url()
    answer = Client().get(page("proceedings_docx", room))
    assert answer["Content-Disposition"] == f'attachment; filename="proceedings-{room.pk}.docx"'
    with zipfile.ZipFile(BytesIO(answer.content)) as file:
        body = file.read("word/document.xml").decode()
        links = file.read("word/_rels/document.xml.rels").decode()
    assert "First." in body
    assert address in links
    assert address in body
    printed = Client().get(page("proceedings_pdf", room))
    assert printed.content.startswith(b"%PDF")
    assert printed["Content-Type"] == "application/pdf"
    assert b"/MarkInfo" in printed.content
    assert b"/StructTreeRoot" in printed.content
    assert b"/Lang" in printed.content


def test_nothing_that_people_write_is_markup(room, keeper):
    evil = 'x #import "a": * $y$ `z` <w:p> & \x08\u202e*b* @r #pagebreak() #sys.inputs'
    Forum.objects.filter(pk=room.pk).update(
        title=evil.replace("\x08", ""), description=evil.replace("\x08", "")
    )
    picked(room, told(room).posts.get())
    closed(room)
    actions.write_section(viewer=keeper, forum=room, question=None, text=f"{evil} [1]", version=0)
    drafted = actions.show_draft(viewer=keeper, forum=room)
    published(room, drafted)
    reader = anonymous()
    data = document(gather(reader, room, Summary.objects.get()), reader).data
    assert "#import" in data["title"]["text"]
    assert "\u202e" not in str(data)
    assert "\x08" not in str(data)
    assert docx(data)
    assert pdf(data).startswith(b"%PDF")


@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
def test_documents_in_other_languages(room, drafted, language):
    published(room, drafted)
    where = page("proceedings_pdf", room)
    where = where if language == "en" else f"/{language}{where}"
    assert Client().get(where).status_code == 200
    answer = Client().get(where.replace(".pdf", ".docx"))
    with zipfile.ZipFile(BytesIO(answer.content)) as file:
        body = file.read("word/document.xml").decode()
    assert ("<w:bidi/>" in body) == (language == "ar")


def test_proceedings_name_people_only_as_promised(room, keeper, drafted, here):
    kenya = speaks(people.expert(), here, "KE", party=True)
    Post.objects.filter(author=people.expert()).update(mandate=kenya, mandate_state="granted")
    published(room, drafted)
    name = people.expert().name
    for promise, says_name, says_whom in (
        (Attribution.NAMES, True, True),
        (Attribution.CAPACITY, False, True),
        (Attribution.NOTHING, False, False),
    ):
        Forum.objects.filter(pk=room.pk).update(attribution=promise)
        room.refresh_from_db()
        found = gather(anonymous(), room, Summary.objects.get())
        lines = [line for group in found.contributors for line in group.lines]
        assert any(name in line for line in lines) == says_name
        assert any(kenya.whom in line for line in lines) == says_whom
        assert (name in Client().get(page("proceedings", room)).content.decode()) == says_name


def test_a_public_document_holds_what_anybody_may_read(room, keeper):
    """Also where the member who fetches it may read more: it is handed on."""
    of = knowledge.holder()
    item = knowledge.item(of)
    knowledge.consent(item, of, knowledge.clause(f"community:{room.community_id}"))
    post = told(room).posts.get()
    Post.objects.filter(pk=post.pk).update(html=f"<p>{item.token('body')}</p>")
    post.refresh_from_db()
    picked(room, post)
    closed(room)
    actions.write_section(viewer=keeper, forum=room, question=None, text="Sure. [1]", version=0)
    drafted = actions.show_draft(viewer=keeper, forum=room)
    published(room, drafted)
    member = people.sign_in(Client(), people.community_member())
    for client in (member, Client()):
        answer = client.get(page("proceedings_docx", room))
        with zipfile.ZipFile(BytesIO(answer.content)) as file:
            body = file.read("word/document.xml").decode()
        assert CANARY not in body
        assert MARK not in body
        assert answer["Cache-Control"] == "private, no-store"
    # What the holders open to everybody and let out in documents stands in it.
    knowledge.consent(item, of, knowledge.clause(EVERYONE))
    reader = reader_of_documents(people.viewer(people.community_member()), room)
    assert not reader.is_member
    made = document(gather(reader, room, Summary.objects.get()), reader)
    assert CANARY in str(made.data)
    assert made.holds_knowledge


def test_hidden_posts_leave_a_neutral_place(room, drafted):
    published(room, drafted)
    post = room.passages.first().post
    actions.hide(viewer=people.viewer(people.moderator()), post=post, reason="No")
    body = Client().get(page("proceedings", room)).content.decode()
    assert "This passage is not shown any more." in body
    assert "First things first." not in body
    reader = anonymous()
    made = document(gather(reader, room, Summary.objects.get()), reader)
    assert "First things first." not in str(made.data)
