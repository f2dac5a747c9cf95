"""Moving a thread to another community: only what everybody could read, so nobody reads more than before.

See ``docs/decisions/threads-between-communities.md``.
"""

from django.db.models import F
from django.utils.translation import gettext as _

from communities.actions.common import demand, record
from communities.enums import Act
from communities.forums import knowledge, policies
from communities.forums.actions.counting import count_again, locked, tell_each
from communities.forums.actions.tagging import named, set_tags
from communities.forums.enums import PostState, ThreadEventKind
from communities.forums.models import Forum, Poll, Thread, ThreadEvent, Watch
from communities.models import Community, Membership
from communities.paging import community_tag, forum_tag
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.pagecache.actions import bump


@deed
def move_out(*, viewer: Viewer, thread: Thread, forum: Forum, reason: str) -> Thread:
    """Put a thread into a forum of another community; whoever moderates both does it."""
    current = locked(thread)
    if current.merged_into_id:
        raise Refused(_("This thread was merged into another one in the meantime."))
    here = current.forum
    there = _held(here, forum)
    demand(policies.can_move_out(viewer, current, there), _("Whoever moderates both communities does this."))
    knowledge.refuse_copies(viewer, reason, "reason")
    _demand_open_to_all(current)
    current.forum, current.pinned_at = there, None
    current.save(update_fields=["forum", "pinned_at"])
    set_tags(current, named(there.community, [name for _slug, name in current.tag_line]))
    ThreadEvent.objects.create(
        thread=current,
        kind=ThreadEventKind.MOVED,
        actor=viewer.user,
        after_number=current.last_number,
        reason=reason,
        from_forum=here,
    )
    _count(current, here, there)
    _let_watchers_go(current)
    for community in (here.community, there.community):
        record(Act.THREAD_MOVED, community, viewer, ("thread", current.pk), reason=reason)
    tell_each([current], "moved")
    bump(forum_tag(here.community.slug, here.slug), community_tag(here.community.slug))
    return current


def _held(here: Forum, there: Forum) -> Forum:
    """Both forums and communities, locked in the order of their numbers; what they say is what holds now."""
    forums = Forum.objects.select_for_update(of=("self",)).filter(pk__in=[here.pk, there.pk]).order_by("pk")
    rows = {row.pk: row for row in forums}
    wanted = {row.community_id for row in rows.values()}
    held = Community.objects.select_for_update().filter(pk__in=wanted).order_by("pk")
    communities = {row.pk: row for row in held}
    for row in rows.values():
        row.community = communities[row.community_id]
    here.audience, here.community = rows[here.pk].audience, rows[here.pk].community
    return rows[there.pk]


def _demand_open_to_all(thread: Thread) -> None:
    """Everything in it, and about it, could be read by everybody."""
    if not (thread.is_wide and thread.forum.community.is_public):
        raise Refused(_("What was written for members of a community stays with them."), "forum")
    if thread.posts.exclude(state=PostState.PUBLISHED).exists():
        raise Refused(
            _("Posts in this thread are hidden, wait or were turned down. They stay with its moderators."),
            "forum",
        )
    if Poll.objects.filter(post__thread=thread).exists():
        raise Refused(_("Who has voted in its poll is known to members of this community alone."), "forum")


def _count(thread: Thread, here: Forum, there: Forum) -> None:
    posts = thread.posts.published().count()
    count_again({here.pk: (-1, -posts), there.pk: (1, posts)})
    for community, sign in sorted([(here.community_id, -1), (there.community_id, 1)]):
        Community.objects.filter(pk=community).update(
            thread_count=F("thread_count") + sign, post_count=F("post_count") + sign * posts
        )
    Community.objects.filter(pk=there.community_id, last_active_at__lt=thread.last_posted_at).update(
        last_active_at=thread.last_posted_at
    )


def _let_watchers_go(thread: Thread) -> None:
    """Whoever may not read it where it stands now is told nothing of it."""
    if thread.is_wide and thread.forum.community.is_public:
        return
    members = Membership.objects.active().filter(community=thread.forum.community_id)
    Watch.objects.filter(thread=thread).exclude(user__in=members.values("user")).delete()
