"""Topics as Discourse gives them out (``/t/ID.json?print=true``): who wrote what when, post by post.

A topic may be spread over several files (its pages); what they say of it is put together.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import ValidationError

from communities.forums.discourse import cooked
from communities.forums.discourse.files import TopicFiles
from communities.forums.discourse.people import Liked, stand_in
from communities.forums.enums import Origin
from communities.forums.likes import Like
from communities.forums.tags import LONGEST, MOST_TAGS, names_in
from network.foundations import richtext
from network.foundations.richtext.parsing import TooMuch
from network.notifications.inbound.letters import Head, Letter, Unreadable, is_plausible
from network.notifications.inbound.wording import Wording

#: The others are moderators' notes, notes of the system ("closed this topic") and whispers among staff.
_ORDINARY = 1
#: Of what may be done to a post (flags, bookmarks, ...), this is the like.
_LIKE = 2


@dataclass
class _Topic:
    """What its files say of a topic; ``reason``: why it stays out as a whole."""

    title: str = ""
    tags: tuple[str, ...] = ()
    reason: str = ""
    answer: int = 0
    announced: dict[int, None] = field(default_factory=dict)
    places: dict[int, tuple[str, int]] = field(default_factory=dict)
    heads: list[tuple[int, Head]] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)


class Topics:
    """Every ordinary post of the topics once; what stays out is counted, what cannot be read is told."""

    origin = Origin.FORUM

    def __init__(
        self,
        files: TopicFiles,
        *,
        host: str,
        addresses: Mapping[str, str],
        likes: Mapping[int, list[Liked]] | None = None,
    ) -> None:
        self.rejected: list[str] = []
        self.passed_over: Counter[str] = Counter()
        self.repeated = 0
        self.heads: list[Head] = []
        self.stand_ins = {stand_in(username, host): address for username, address in addresses.items()}
        self._files = files
        self._host = host
        self._addresses = addresses
        self._likes = likes or {}
        self._liked: dict[str, int] = {}
        self._names: dict[str, str] = {}
        self._places: dict[str, tuple[str, int]] = {}
        self._last: tuple[str, list[Any]] = ("", [])
        self._collect()

    def letter(self, head: Head) -> Letter:
        name, index = self._places[head.message_id]
        if self._last[0] != name:
            self._last = name, _posts(self._parsed(name))
        text = self._last[1][index].get("cooked")
        if not isinstance(text, str):
            raise Unreadable("it holds no text")
        try:
            html = cooked.clean(text, host=self._host, names=self._names)
        except TooMuch:
            raise Unreadable("its text is too long or nested too deeply") from None
        except ValidationError as error:
            raise Unreadable(f"its text cannot be taken in ({error.messages[0]})") from None
        if richtext.is_empty(html):
            raise Unreadable("it holds no text")
        return Letter(head=head, wording=Wording(html))

    def likes(self, head: Head) -> list[Like]:
        """Who liked a post, as far as a table names them."""
        found = self._likes.get(self._liked.get(head.message_id, 0), [])
        at = [(one, self._addresses.get(one.username) or stand_in(one.username, self._host)) for one in found]
        return [
            Like(address, self._names.get(one.username, one.username)[:150], one.at or head.sent_at)
            for one, address in at
            if len(address) <= 254
        ]

    def _collect(self) -> None:
        topics: dict[int, _Topic] = {}
        for name in self._files.names:
            try:
                self._take(name, topics)
            except Unreadable as reason:
                self.rejected.append(f"{name}: {reason}")
        for number, topic in topics.items():
            self._finish(number, topic)

    def _take(self, name: str, topics: dict[int, _Topic]) -> None:
        told = self._parsed(name)
        topic = topics.setdefault(told["id"], _Topic())
        topic.title = topic.title or _text(told.get("title"))
        topic.tags = topic.tags or _tags(told.get("tags"))
        topic.reason = topic.reason or _why_out(told)
        accepted = told.get("accepted_answer")
        if isinstance(accepted, dict) and _is_number(accepted.get("post_number")):
            topic.answer = topic.answer or accepted["post_number"]
        stream = told["post_stream"].get("stream")
        if isinstance(stream, list):
            topic.announced |= dict.fromkeys(one for one in stream if _is_number(one))
        for index, post in enumerate(_posts(told)):
            try:
                self._note(topic, post, (name, index))
            except Unreadable as reason:
                self.rejected.append(f"{name}, post {index + 1}: {reason}")

    def _parsed(self, name: str) -> dict[str, Any]:
        raw = self._files[name]
        if raw is None:
            raise Unreadable("it is too large or cannot be read")
        try:
            told = json.loads(raw)
        except (ValueError, RecursionError):
            raise Unreadable("it is no JSON, or cut off") from None
        stream = told.get("post_stream") if isinstance(told, dict) else None
        if not isinstance(stream, dict) or not _is_number(told.get("id")):
            raise Unreadable("it is no topic of Discourse")
        return told

    def _note(self, topic: _Topic, post: Any, place: tuple[str, int]) -> None:
        number = post.get("id") if isinstance(post, dict) else None
        if not _is_number(number):
            raise Unreadable("it has no number")
        if number in topic.places:
            self.repeated += 1
            return
        topic.places[number] = place
        if kind := _kind_left_out(post):
            topic.passed_over[kind] += 1
            return
        username = _text(post.get("username"))
        if not username:
            raise Unreadable("it has no author")
        sender = self._addresses.get(username.lower()) or stand_in(username, self._host)
        if len(sender) > 254:
            raise Unreadable("the name of its author is too long")
        name = _text(post.get("name")) or _text(post.get("display_username")) or username
        self._names[username.lower()] = name
        head = Head(
            message_id=self._id("post", number),
            refers_to=(),
            subject="",
            is_reply=False,
            sent_at=_date(post.get("created_at")),
            sender=sender,
            name=name[:150],
        )
        self._liked[head.message_id] = int(number)
        if unnamed := max(_likes(post) - len(self._likes.get(number, [])), 0):
            topic.passed_over["likes without the names of those who gave them"] += unnamed
        order = post.get("post_number")
        topic.heads.append((order if _is_number(order) else number, head))

    def _finish(self, number: int, topic: _Topic) -> None:
        if topic.reason:
            self.passed_over[topic.reason] += 1
            return
        self.passed_over += topic.passed_over
        if missing := len(topic.announced.keys() - topic.places.keys()):
            self.rejected.append(f"topic {number}, “{topic.title}”: {missing} of its posts are in no file")
        # A later page finds the thread by any post of the topic that came in before.
        others = tuple(self._id("post", one) for one in topic.announced)
        for order, head in sorted(topic.heads, key=lambda pair: pair[0]):
            whole = replace(
                head,
                refers_to=others,
                subject=topic.title,
                conversation=self._id("topic", number),
                tags=topic.tags,
                is_answer=order == topic.answer,
            )
            others = ()
            self.heads.append(whole)
        self._places |= {self._id("post", one): place for one, place in topic.places.items()}

    def _id(self, kind: str, number: int) -> str:
        return f"discourse-{self._host}-{kind}-{number}"


def _posts(told: dict[str, Any]) -> list[Any]:
    posts = told["post_stream"].get("posts")
    return posts if isinstance(posts, list) else []


def _why_out(told: dict[str, Any]) -> str:
    if told.get("archetype") == "private_message":
        return "private conversations"
    if told.get("deleted_at"):
        return "deleted topics"
    return "unlisted topics" if told.get("visible") is False else ""


def _kind_left_out(post: dict[str, Any]) -> str:
    user = post.get("user_id")
    is_machine = isinstance(user, int) and user < 0
    if is_machine or post.get("post_type", _ORDINARY) != _ORDINARY:
        return "notes of the system and its staff"
    if post.get("deleted_at") or post.get("user_deleted"):
        return "deleted posts"
    return "hidden posts" if post.get("hidden") or post.get("cooked_hidden") else ""


def _likes(post: dict[str, Any]) -> int:
    """How often it was liked; who did stands in no topic."""
    summary = post.get("actions_summary")
    counts = [
        one.get("count")
        for one in (summary if isinstance(summary, list) else [])
        if isinstance(one, dict) and one.get("id") == _LIKE
    ]
    return next((int(count) for count in counts if count and _is_number(count)), 0)


def _tags(told: Any) -> tuple[str, ...]:
    """Names of tags; newer versions tell more of each than its name."""
    told = told if isinstance(told, list) else []
    names = names_in(",".join(_text(tag.get("name") if isinstance(tag, dict) else tag) for tag in told))
    return tuple(name for name in names if len(name) <= LONGEST)[:MOST_TAGS]


def _date(told: Any) -> datetime:
    try:
        date = datetime.fromisoformat(told)
        date = date if date.tzinfo else date.replace(tzinfo=UTC)
        if is_plausible(date):
            return date
    except (TypeError, ValueError, OverflowError):
        pass
    raise Unreadable("it has no readable date")


def _text(told: Any) -> str:
    """In one line, without what no database takes."""
    if not isinstance(told, str):
        return ""
    return " ".join(told.encode("utf-8", "ignore").decode().replace("\x00", "").split())


def _is_number(told: Any) -> bool:
    """As rows are numbered; whatever is longer is none."""
    return isinstance(told, int) and not isinstance(told, bool) and 0 < told < 2**63
