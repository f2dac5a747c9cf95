"""The demonstration's discussions, in several languages, written over the last weeks."""

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from communities.demo import html, person, viewer
from communities.forums import actions
from communities.forums.demo import consultations
from communities.forums.demo.sketches import sketch
from communities.forums.enums import Attribution, ForumKind, ReactionKind, Results
from communities.forums.models import Forum, Post, ReadMark, Summary, Thread, Watch, Widening
from communities.models import Community, Mandate

_FILE = Path(__file__).parent / "forums.yaml"


def seed() -> None:
    """Write those forums and threads that are not there yet."""
    for entry in yaml.safe_load(_FILE.read_text(encoding="utf-8")):
        community = Community.objects.get(name=entry["community"])
        for forum in entry["forums"]:
            _forum(community, entry["by"], forum)
        for told in entry.get("readers", []):
            _reader(community, told)
        if "widening" in entry and not Widening.objects.filter(community=community).exists():
            _propose(community, entry["by"], entry["widening"])


def _propose(community: Community, by: str, told: dict[str, Any]) -> None:
    widening = actions.propose(viewer=viewer(by), community=community, reason=told["reason"])
    for handle in told["agreed"]:
        actions.answer(viewer=viewer(handle), widening=widening, agrees=True)


def _reader(community: Community, told: dict[str, Any]) -> None:
    """What somebody has set to be told, and how far she has read."""
    me = viewer(told["by"])
    for title, level in told["levels"].items():
        forum = Forum.objects.get(community=community, title=title)
        if not Watch.objects.filter(forum=forum, user=me.user_id).exists():
            actions.set_level(viewer=me, of=forum, level=level)
    for title, number in told["read"].items():
        thread = Thread.objects.filter(forum__community=community, title=title).first()
        if thread and not ReadMark.objects.filter(thread=thread, user=me.user_id).exists():
            read_to = min(number, thread.last_number)
            actions.mark_read(viewer=me, thread=thread, number=read_to, is_first=True)


@transaction.atomic
def _forum(community: Community, by: str, entry: dict[str, Any]) -> None:
    forum = Forum.objects.filter(community=community, title=entry["title"]).first()
    if forum is None:
        forum = actions.open_forum(
            viewer=viewer(by),
            community=community,
            title=entry["title"],
            description=entry["description"],
            kind=entry.get("kind", ForumKind.DISCUSSION),
            takes_replies=entry.get("takes_replies", True),
            takes_unnamed=entry.get("takes_unnamed", False),
            attribution=entry.get("attribution", Attribution.CAPACITY),
        )
        for question in entry.get("questions", []):
            actions.add_question(viewer=viewer(by), forum=forum, **question)
        if "window" in entry:
            _window(forum, by, entry["window"])
    for thread in sorted(entry["threads"], key=lambda thread: -thread["days_ago"]):
        if not Thread.objects.filter(forum__community=community, title=thread["title"]).exists():
            _thread(forum, thread)
    if "summary" in entry and not Summary.objects.filter(forum=forum).exists():
        consultations.sum_up(forum, entry["summary"])


def _window(forum: Forum, by: str, told: dict[str, Any]) -> None:
    """Set before it opened, extended when that was done."""
    opens_at = _hour(told["zone"], told["opens"])
    forum.refresh_from_db()
    actions.set_window(
        viewer=viewer(by),
        forum=forum,
        opens_at=opens_at,
        closes_at=_hour(told["zone"], told["closes"]),
        zone=told["zone"],
        final_call_days=told.get("final_call_days", 0),
        at=opens_at - timedelta(days=5),
    )
    if "extended" in told:
        actions.extend(
            viewer=viewer(by),
            forum=forum,
            closes_at=_hour(told["zone"], told["extended"]["to"]),
            reason=told["extended"]["reason"],
            at=_hour(told["zone"], told["extended"]["at"]),
        )
    forum.refresh_from_db()


def _hour(zone: str, days: int) -> datetime:
    """Five in the afternoon by that clock, so many days from now."""
    day = timezone.now().astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    return datetime.combine(day, time(17), tzinfo=ZoneInfo(zone))


def _appears(entry: dict[str, Any]) -> dict[str, Any]:
    """In how many days by whose clock it appears, if it has a time."""
    told = entry.get("appears")
    return {"appears_at": _hour(told["zone"], told["days"]), "appears_zone": told["zone"]} if told else {}


def _thread(forum: Forum, entry: dict[str, Any]) -> None:
    """``days_ago`` is when it began, ``days`` over how many it went on."""
    begun = timezone.now() - timedelta(days=entry["days_ago"])
    texts = entry["posts"]
    pace = timedelta(days=entry.get("days", len(texts))) / max(len(texts), 1)
    first = texts[0]
    thread = actions.start_thread(
        viewer=viewer(first["by"]),
        forum=forum,
        title=entry["title"],
        html=html(first["text"]),
        language=entry.get("language", settings.LANGUAGE_CODE),
        written_at=begun,
        mandate=_mandate(forum.community, first),
        question=forum.guiding_questions.all()[entry["question"] - 1] if "question" in entry else None,
        **_appears(entry),
    )
    for place, text in enumerate(texts[1:], start=1):
        _reply(thread, text, begun + pace * place)
    _tag_and_ask(thread, first["by"], entry)
    _look_after(thread, entry)


def _mandate(community: Community, text: dict[str, Any]) -> Mandate | None:
    """The mandate of those who speak for others in this text."""
    if not text.get("speaks"):
        return None
    return Mandate.objects.speaking().filter(community=community, user=person(text["by"])).first()


def _reply(thread: Thread, text: dict[str, Any], at: datetime) -> None:
    sheets = [SimpleUploadedFile(name, words.encode()) for name, words in text.get("files", {}).items()]
    drawn = [sketch(name, bars) for name, bars in text.get("pictures", {}).items()]
    files = [
        actions.keep_upload(viewer=viewer(text["by"]), place=thread, file=file).key
        for file in [*drawn, *sheets]
    ]
    post = actions.reply(
        viewer=viewer(text["by"]),
        thread=thread,
        html=html(text["text"]),
        written_at=at,
        mandate=_mandate(thread.forum.community, text),
        mask=actions.Mask() if text.get("unnamed") else None,
        files=files or None,
    )
    for kind, handles in text.get("reactions", {}).items():
        for handle in handles:
            actions.react(viewer=viewer(handle), post=post, kind=ReactionKind(kind))
    for kept in text.get("bookmarks", []):
        day = timezone.localdate() + timedelta(days=kept["in_days"]) if "in_days" in kept else None
        actions.bookmark(viewer=viewer(kept["by"]), post=post, note=kept["note"], remind_on=day)
    if "edited" in text:
        actions.edit(viewer=viewer(text["by"]), post=post, html=html(text["edited"]), version=1)
    if text.get("deleted"):
        actions.delete(viewer=viewer(text["by"]), post=post)


def _tag_and_ask(thread: Thread, by: str, entry: dict[str, Any]) -> None:
    if "tags" in entry:
        actions.tag(viewer=viewer(by), thread=thread, names=entry["tags"])
    if "poll" in entry:
        _poll(thread, by, entry["poll"])


def _poll(thread: Thread, by: str, told: dict[str, Any]) -> None:
    days = told.get("closes_in_days")
    poll = actions.ask(
        viewer=viewer(by),
        thread=thread,
        question=told["question"],
        options=told["options"],
        most=told.get("most", 1),
        is_secret=told.get("secret", False),
        results=told.get("results", Results.ALWAYS),
        closes_at=timezone.now() + timedelta(days=days) if days else None,
        zone=told.get("zone", "UTC"),
    )
    for handle, choices in told["votes"].items():
        actions.vote(viewer=viewer(handle), poll=poll, choices=choices)
    if "closed_by" in told:
        actions.close_poll(viewer=viewer(told["closed_by"]), poll=poll)


def _look_after(thread: Thread, entry: dict[str, Any]) -> None:
    """What moderators did to it, and who has begun to write in it."""
    for draft in entry.get("drafts", []):
        actions.keep_draft(viewer=viewer(draft["by"]), place=thread, html=html(draft["text"]))
    if "pinned_by" in entry:
        actions.pin(viewer=viewer(entry["pinned_by"]), thread=thread)
    for hidden in entry.get("hidden", []):
        post = Post.objects.get(thread=thread, number=hidden["number"])
        actions.hide(viewer=viewer(hidden["by"]), post=post, reason=hidden["reason"])
    for handle in entry.get("wanted", []):
        actions.want(viewer=viewer(handle), thread=thread)
    if "answer" in entry:
        answer = Post.objects.get(thread=thread, number=entry["answer"]["number"])
        actions.accept_answer(viewer=viewer(entry["answer"]["by"]), post=answer)
    if "split" in entry:
        told = entry["split"]
        keeper = viewer(told["by"])
        made = actions.split(
            viewer=keeper, thread=thread, numbers=told["numbers"], title=told["title"], reason=told["reason"]
        )
        actions.tag(viewer=keeper, thread=made, names=told["tags"])
    if "moved" in entry:
        told = entry["moved"]
        there = Forum.objects.get(community=thread.forum.community, title=told["to"])
        actions.move(viewer=viewer(told["by"]), thread=thread, forum=there, reason=told["reason"])
    if "locked" in entry:
        actions.lock(viewer=viewer(entry["locked"]["by"]), thread=thread, reason=entry["locked"]["reason"])
