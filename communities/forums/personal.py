"""What forums hold about a person: her copy of what she wrote and read, and erasing it."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from communities.forums.actions.answering import stop_wanting
from communities.forums.actions.reacting import forget_reactions
from communities.forums.actions.scheduling import forget_scheduled
from communities.forums.actions.uploading import forget_uploads
from communities.forums.models import (
    Ballot,
    Bookmark,
    Correction,
    Draft,
    Forum,
    Mention,
    Poll,
    Post,
    PostEdit,
    PostFile,
    Reaction,
    ReadMark,
    Thread,
    Unnamed,
    Upload,
    Wanted,
    Watch,
    WideningAnswer,
)
from communities.forums.reading import SPOKEN
from network.accounts.models import User
from network.accounts.personal_data import File
from network.consent.actions.copying import let_go
from network.consent.tokens import find
from network.foundations.richtext import to_text
from network.foundations.viewer import viewer_for
from network.outbox.actions import announce


class _Titles:
    """Threads and forums by their titles, where she may read them: what she read once may have been moved to
    where she does not belong, and have become part of something else."""

    def __init__(self, person: User) -> None:
        viewer = viewer_for(person)
        hers = Q()
        for model in (Watch, Wanted, ReadMark, Draft):
            hers |= Q(pk__in=model.objects.filter(user=person).values("thread"))
        threads = Thread.objects.visible_to(viewer).filter(hers)
        self._threads = set(threads.values_list("pk", flat=True))
        self._forums = set(Forum.objects.visible_to(viewer).values_list("pk", flat=True))

    def of(self, place: Thread | Forum) -> str:
        known = self._threads if isinstance(place, Thread) else self._forums
        return place.title if place.pk in known else _("No longer open to you")


def export(person: User) -> dict[str, Any]:
    """Every post with its earlier texts, the threads that she watches and how far she read."""
    titles = _Titles(person)
    watches = Watch.objects.filter(user=person).select_related("thread", "forum", "tag").order_by("id")
    posts = Post.objects.filter(_hers(person)).select_related("thread", *SPOKEN)
    posts = posts.prefetch_related("edits", "files")
    return {
        _("Posts"): [_post(post) for post in posts.order_by("id")],
        _("Watched threads, tags and forums"): [
            {
                **_watched(watch, titles),
                _("Tell me of"): watch.get_level_display(),
                _("Since"): watch.since,
            }
            for watch in watches
        ],
        _("Questions that I have too"): [
            {_("Thread"): titles.of(one.thread), _("Since"): one.at}
            for one in Wanted.objects.filter(user=person).select_related("thread")
        ],
        _("Answers about more readers"): [
            {_("Community"): one.widening.community.name, _("Agreed"): one.agrees, _("When"): one.at}
            for one in WideningAnswer.objects.filter(user=person).select_related("widening__community")
        ],
        _("Files chosen and not sent"): [
            {_("File"): one.name, _("When"): one.at} for one in Upload.objects.filter(user=person)
        ],
        **_about_posts(person, titles),
        _("Polls that I asked"): [
            {_("Question"): poll.question, _("Answers"): poll.options, _("When"): poll.created_at}
            for poll in Poll.objects.filter(created_by=person).order_by("pk")
        ],
        _("Votes"): [
            {
                _("Question"): ballot.poll.question,
                _("Chosen"): [ballot.poll.options[number] for number in ballot.choices],
                _("When"): ballot.cast_at,
            }
            for ballot in Ballot.objects.filter(user=person).select_related("poll").order_by("pk")
        ],
        _("Threads read"): [
            {_("Thread"): titles.of(mark.thread), _("Up to post"): mark.last_number, _("Read"): mark.read_at}
            for mark in ReadMark.objects.filter(user=person).select_related("thread")
        ],
    }


def _hers(person: User) -> Q:
    """What she wrote, with her name or without."""
    return Q(author=person) | Q(unnamed__user=person)


def _watched(watch: Watch, titles: _Titles) -> dict[str, str]:
    if watch.tag:
        return {_("Tag"): watch.tag.name}
    return {_("Thread") if watch.thread else _("Forum"): titles.of(watch.thread or watch.forum)}


def _about_posts(person: User, titles: _Titles) -> dict[str, Any]:
    """What she reacted to, where she was named, what she keeps and what she has begun to write."""
    own = {"user": person}
    return {
        _("Reactions"): [
            {_("Post"): str(row.post), _("Reaction"): row.get_kind_display(), _("When"): row.at}
            for row in Reaction.objects.filter(**own).select_related("post").order_by("id")
        ],
        _("Mentions of you"): [
            {_("Post"): str(row.post), _("Told"): row.told_at}
            for row in Mention.objects.filter(**own).select_related("post").order_by("id")
        ],
        _("Corrections of summaries"): [
            {
                _("Forum"): titles.of(row.summary.forum),
                _("It read"): row.said,
                _("It should read"): row.proposed,
                _("Reason"): row.reason,
                _("Answer"): row.answer,
                _("When"): row.at,
            }
            for row in Correction.objects.filter(**own).select_related("summary__forum").order_by("id")
        ],
        _("Bookmarks"): [
            {_("Post"): str(row.post), _("Note"): row.note, _("Reminder"): row.remind_on}
            for row in Bookmark.objects.filter(**own).select_related("post").order_by("id")
        ],
        _("Drafts"): [
            {
                _("Place"): titles.of(row.thread or row.forum),
                _("Title"): row.title,
                _("Text"): to_text(row.html),
                _("Last changed"): row.updated_at,
            }
            for row in Draft.objects.filter(**own).select_related("thread", "forum").order_by("id")
        ],
    }


def _post(post: Post) -> dict[str, Any]:
    return {
        _("Thread"): post.thread.title,
        _("Written"): post.written_at,
        _("Capacity"): post.spoken,
        _("Without your name"): post.as_participant,
        _("State"): post.get_state_display(),
        _("Text"): to_text(post.html),
        _("Earlier texts"): [to_text(edit.html) for edit in post.edits.all()],
        _("Files"): [file.name for file in post.files.all()],
    }


def files(person: User) -> Iterator[File]:
    """What she attached to her posts, and has chosen for the next ones."""
    attached = PostFile.objects.exclude(file="").filter(
        Q(post__author=person) | Q(post__unnamed__user=person)
    )
    for row in attached.order_by("id").iterator(chunk_size=200):
        yield File(row.name, row.size, partial(_read, row))
    for upload in Upload.objects.filter(user=person):
        yield File(upload.name, upload.size, partial(_read, upload))


def _read(row: PostFile | Upload) -> bytes | None:
    try:
        with row.file.open("rb") as opened:
            return opened.read()
    except OSError:
        return None


def erase(person: User, keep_contributions: bool) -> None:
    """What she followed and read goes. What she wrote stays, or gives way to a sentence in its place: the
    others' answers keep their numbers, and every count stays true."""
    forget_scheduled(person)
    forget_uploads(person.pk)
    Watch.objects.filter(user=person).delete()
    ReadMark.objects.filter(user=person).delete()
    WideningAnswer.objects.filter(user=person).delete()
    stop_wanting(person)
    for model in (Mention, Bookmark, Draft):
        model.objects.filter(user=person).delete()
    forget_reactions(person.pk)
    Ballot.objects.filter(user=person).update(user=None)
    corrections = Correction.objects.filter(user=person)
    if keep_contributions:
        Unnamed.objects.filter(user=person).delete()
        corrections.update(user=None)
        return
    corrections.update(user=None, said="", proposed="", reason="")
    PostEdit.objects.filter(post__author=person).delete()
    for file in PostFile.objects.filter(post__author=person):
        file.file.delete(save=False)
        file.delete()
    for post in (
        Post.objects.filter(_hers(person)).exclude(html="").select_related("thread").iterator(chunk_size=500)
    ):
        _blank(post)
    Unnamed.objects.filter(user=person).delete()
    for poll in Poll.objects.filter(created_by=person).select_related("post__thread"):
        poll.question = _erased_words(poll.post.thread)
        poll.options = [str(number) for number, _option in enumerate(poll.options, start=1)]
        poll.save(update_fields=["question", "options"])
        announce(f"thread:{poll.post.thread_id}", "asked", poll=poll.pk)
    _blank_merged(person)


def _blank(post: Post) -> None:
    for token in find(post.html):
        let_go(token)
    words = _erased_words(post.thread)
    post.html, post.excerpt, post.folded, post.moderator_note = f"<p>{words}</p>", words, "", ""
    post.version += 1
    post.save(update_fields=["html", "excerpt", "folded", "moderator_note", "version"])
    if post.thread.author_id == post.author_id and post.number in (None, 1):
        Thread.objects.filter(pk=post.thread_id).update(title=words, slug="erased")
    Thread.objects.filter(answer=post).update(answer=None)
    announce(f"thread:{post.thread_id}", "edited", post=post.pk)


def _blank_merged(person: User) -> None:
    """The titles of her threads that were merged into others: those name them still."""
    for thread in Thread.objects.filter(author=person).exclude(merged_into=None):
        thread.title, thread.slug = _erased_words(thread), "erased"
        thread.save(update_fields=["title", "slug"])
        announce(f"thread:{thread.merged_into_id}", "merged", thread=thread.merged_into_id)


def _erased_words(thread: Thread) -> str:
    with translation.override(thread.language):
        return _("Erased by its author.")
