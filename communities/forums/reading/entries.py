"""Posts as they stand in a page, each with what this viewer may do about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from communities.forums import policies
from communities.forums.acts import post_acts
from communities.forums.enums import PostState, ReactionKind
from communities.forums.hanging import said
from communities.forums.models import Hiding, Post, Thread, ThreadEvent
from communities.forums.polls import Shown
from communities.policies import can_moderate
from network.experts.disclosure import PersonCard
from network.foundations.viewer import Viewer

#: Stands for the number of a post that has not arrived yet; no thread grows so long.
PLACEHOLDER = 999_999_999_999


#: What the line beside a name says of the capacity in which somebody wrote.
SPOKEN = ("mandate__country", "mandate__organization", "mandate__holder")


@dataclass
class Entry:
    """One post as it stands in the page, with what this viewer may do about it."""

    post: Post
    person: PersonCard | None
    is_new_from_here: bool = False
    is_changed: bool = False
    shows_words: bool = True
    is_own: bool = False
    can_quote: bool = False
    can_react: bool = False
    can_bookmark: bool = False
    is_bookmarked: bool = False
    reactions: list[tuple[ReactionKind, bool]] = field(default_factory=list)
    can_edit: bool = False
    can_moderate: bool = False
    can_accept: bool = False
    can_see_author: bool = False
    acts: list[dict] = field(default_factory=list)
    hiding: Hiding | None = None
    events: list[ThreadEvent] = field(default_factory=list)
    poll: Shown | None = None

    @property
    def has_menu(self) -> bool:
        return bool(self.can_edit or self.can_moderate or self.can_see_author or self.acts)

    @property
    def is_answer(self) -> bool:
        """It was accepted as the answer to the question above."""
        thread = self.post.thread
        return self.post.pk is not None and thread.forum.is_questions and self.post.pk == thread.answer_id

    @property
    def has_reacted(self) -> bool:
        return any(own for _kind, own in self.reactions)


def entries(
    viewer: Viewer, thread: Thread, posts: Iterable[Post], cards: dict[int, PersonCard]
) -> list[Entry]:
    """Each post with its person and what may be done about it; one query where something is hidden."""
    posts = list(posts)
    hidings = _hidings(viewer, thread, posts)
    return [_entry(viewer, post, cards.get(post.author_id), hidings.get(post.pk)) for post in posts]


def _entry(viewer: Viewer, post: Post, person: PersonCard | None, hiding: Hiding | None) -> Entry:
    published = post.state == PostState.PUBLISHED
    own = viewer.user_id is not None and post.author_id == viewer.user_id
    moderates = policies.can_moderate_post(viewer, post)
    return Entry(
        post=post,
        person=person,
        shows_words=published or own or moderates or post.state == PostState.SCHEDULED,
        is_own=own,
        can_quote=published and policies.can_reply(viewer, post.thread),
        can_react=policies.can_react(viewer, post),
        can_bookmark=policies.can_bookmark(viewer, post),
        is_bookmarked=getattr(post, "is_bookmarked", False),
        reactions=said(post),
        can_edit=policies.can_edit(viewer, post),
        can_moderate=moderates,
        can_accept=published and policies.can_accept(viewer, post),
        can_see_author=policies.can_see_author(viewer, post),
        acts=[
            {"label": act.label, "icon": act.icon, "url": act.url(post)}
            for act in post_acts
            if act.shown(viewer, post)
        ],
        hiding=hiding,
    )


def samples(viewer: Viewer, thread: Thread) -> list[Entry]:
    """What the viewer may do about posts that arrive while she reads: somebody else's, and her own."""
    if not viewer.is_member:
        return []
    return [
        _entry(viewer, Post(thread=thread, number=PLACEHOLDER, author_id=author), None, None)
        for author in (None, viewer.user_id)
    ]


def _hidings(viewer: Viewer, thread: Thread, posts: list[Post]) -> dict[int, Hiding]:
    """Why posts are hidden: for their authors and for moderators."""
    hidden = [post for post in posts if post.state == PostState.HIDDEN]
    if not can_moderate(viewer, thread.forum.community):
        hidden = [post for post in hidden if post.author_id == viewer.user_id]
    if not hidden or not viewer.is_member:
        return {}
    return {hiding.post_id: hiding for hiding in Hiding.objects.filter(post__in=hidden, ended_at=None)}
