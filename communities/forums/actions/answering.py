"""Questions: which post answers one, and who has it too."""

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import demand
from communities.forums import policies
from communities.forums.actions.counting import locked, locked_post, tell
from communities.forums.enums import PostState, ThreadEventKind
from communities.forums.models import Post, Thread, ThreadEvent, Wanted
from network.accounts.models import User
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer


@deed
def accept_answer(*, viewer: Viewer, post: Post) -> None:
    """This post answers the question; it takes the place of the one accepted before."""
    current = locked_post(post)
    thread = current.thread
    demand(
        policies.can_accept(viewer, current),
        _("Who asked accepts the answer, or a moderator, who never accepts an answer of her own."),
    )
    if current.state != PostState.PUBLISHED:
        raise Refused(_("This post cannot be read at the moment."))
    if thread.answer_id != current.pk:
        _set(viewer, thread, current, ThreadEventKind.ANSWERED)


@deed
def take_back_answer(*, viewer: Viewer, thread: Thread) -> None:
    current = locked(thread)
    demand(policies.can_answer_for(viewer, current), _("Who asked takes it back, or a moderator."))
    if current.answer_id is not None:
        _set(viewer, current, None, ThreadEventKind.UNANSWERED)


def forget_answer(viewer: Viewer, thread: Thread, post: Post) -> None:
    """``post`` goes out of sight: it answers nothing any more. The caller has locked ``thread``."""
    if thread.answer_id == post.pk:
        _set(viewer, thread, None, ThreadEventKind.UNANSWERED)


def _set(viewer: Viewer, thread: Thread, answer: Post | None, kind: ThreadEventKind) -> None:
    thread.answer = answer
    thread.save(update_fields=["answer"])
    ThreadEvent.objects.create(
        thread=thread, kind=kind, actor=viewer.user, at=timezone.now(), after_number=thread.last_number
    )
    tell(thread, kind.value)


@deed
def want(*, viewer: Viewer, thread: Thread) -> None:
    """*I have this question too*: once for each person."""
    current = locked(thread)
    demand(policies.can_want(viewer, current), _("Other members say here that they have the question too."))
    _made, is_new = Wanted.objects.get_or_create(thread=current, user=viewer.user)
    if is_new:
        _count(current, 1)


@deed
def want_no_more(*, viewer: Viewer, thread: Thread) -> None:
    current = locked(thread)
    gone, _rows = Wanted.objects.filter(thread=current, user=viewer.user_id).delete()
    if gone:
        _count(current, -1)


def let_answer_go(thread: Thread) -> None:
    """After posts were moved out of ``thread`` (locked): what stands elsewhere does not answer here."""
    if thread.answer_id and not thread.posts.filter(pk=thread.answer_id).exists():
        thread.answer = None
        thread.save(update_fields=["answer"])


def want_elsewhere(source: Thread, target: Thread) -> None:
    """Whoever has the question of ``source`` has it where that goes on; both are locked."""
    here = Wanted.objects.filter(thread=source)
    others = here.exclude(user=target.author_id).values_list("user_id", flat=True)
    Wanted.objects.bulk_create(
        [Wanted(thread=target, user_id=user) for user in others], ignore_conflicts=True
    )
    here.delete()
    for thread in (source, target):
        thread.wanted_count = thread.wanted.count()
        thread.save(update_fields=["wanted_count"])


@deed
def stop_wanting(person: User) -> None:
    """Somebody leaves: she has no question any more, and every count stays true."""
    wanted = Thread.objects.filter(wanted__user=person).order_by("pk")
    for thread in wanted:
        current = locked(thread)
        if Wanted.objects.filter(thread=current, user=person).delete()[0]:
            _count(current, -1)


def _count(thread: Thread, change: int) -> None:
    thread.wanted_count += change
    thread.save(update_fields=["wanted_count"])
    tell(thread, "wanted")
