"""Keeping what somebody has begun to write, on every device of hers and nowhere else.

What repeats sealed knowledge is not kept, nor what its author says is knowledge: a draft is a copy as well,
and it would stand outside the vault. See ``docs/decisions/drafts-hold-no-knowledge.md``.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import demand
from communities.forums import knowledge, policies
from communities.forums.models import Draft, Forum, Post, Thread, Watch
from network.accounts.models import User
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.richtext import to_text
from network.foundations.viewer import Viewer

#: A draft that nobody touched for so long is deleted.
KEPT_FOR = timedelta(days=90)

Place = Thread | Forum


def keep_draft(
    *,
    viewer: Viewer,
    place: Place,
    html: str,
    title: str = "",
    version: int = 0,
    submission_key: str = "",
    is_knowledge: bool = False,
) -> Draft | None:
    """Keep a reply to a thread or a thread for a forum (``html`` is clean); an empty one is deleted.

    ``version`` is the one that she had before her. What arrives after the form was sent is not kept; what
    she says is knowledge is not kept either, and what was kept of it goes.
    """
    demand(_may_write(viewer, place), _("Members of the community write here."))
    if is_knowledge:
        drop_draft(viewer=viewer, place=place)
        raise Refused(_("Traditional knowledge is not kept as a draft. It is sealed when you send it."))
    knowledge.refuse_copies(viewer, title, "title")
    knowledge.refuse_copies(viewer, to_text(html), "html")
    return _keep(viewer, place, html, title, version, submission_key)


@deed
def _keep(
    viewer: Viewer, place: Place, html: str, title: str, version: int, submission_key: str
) -> Draft | None:
    # Her drafts are kept one after the other, so that two devices never make two of one.
    User.objects.select_for_update().get(pk=viewer.user_id)
    current = draft_of(viewer, place)
    if _was_sent(viewer, submission_key):
        return None
    if current and current.version != version and (current.html, current.title) != (html, title):
        raise StaleEdit(_stale(), current=current, field="html")
    if html or title:
        return _save(viewer, place, current, html, title, version)
    drop_draft(viewer=viewer, place=place)
    return None


def _save(viewer: Viewer, place: Place, current: Draft | None, html: str, title: str, version: int) -> Draft:
    if current is None:
        return Draft.objects.create(
            user=viewer.user, **_at(place), html=html, title=title, version=version + 1
        )
    if (current.html, current.title) != (html, title):
        current.html, current.title, current.version = html, title, current.version + 1
    current.updated_at = timezone.now()
    current.save(update_fields=["html", "title", "version", "updated_at"])
    return current


def _stale() -> str:
    return _("A newer draft was kept on another page or device. Press “Keep as draft” to see both texts.")


def _may_write(viewer: Viewer, place: Place) -> bool:
    if isinstance(place, Thread):
        return policies.can_write_in(viewer, place)
    return policies.can_start(viewer, place)


def _at(place: Place) -> dict[str, Any]:
    return {"thread": place} if isinstance(place, Thread) else {"forum": place}


def _was_sent(viewer: Viewer, submission_key: str) -> bool:
    if not submission_key:
        return False
    key = f"{viewer.user_id}:{submission_key}"[:64]
    return Post.objects.filter(submission_key=key, author=viewer.user_id).exists()


def draft_of(viewer: Viewer, place: Place) -> Draft | None:
    return Draft.objects.filter(user=viewer.user_id, **_at(place)).first()


def with_hers(viewer: Viewer) -> QuerySet[Thread]:
    """Threads, each with whether she has begun a reply to it (``has_draft``) and has said how much she wants
    to be told of it (``has_level``): who has neither needs no question about them."""
    here = {"thread": OuterRef("pk"), "user": viewer.user_id}
    return Thread.objects.annotate(
        has_draft=Exists(Draft.objects.filter(**here)), has_level=Exists(Watch.objects.filter(**here))
    )


def drop_draft(*, viewer: Viewer, place: Place) -> None:
    """It was sent, or is not wanted any more."""
    Draft.objects.filter(user=viewer.user_id, **_at(place)).delete()


def carry_drafts(source: Thread, target: Thread) -> None:
    """What was begun for ``source`` goes on where that was merged; a draft that is there already stays."""
    there = Draft.objects.filter(thread=target).values("user")
    Draft.objects.filter(thread=source).exclude(user__in=there).update(thread=target)


@deed
def sweep_drafts() -> int:
    deleted, _each = Draft.objects.filter(updated_at__lt=timezone.now() - KEPT_FOR).delete()
    return deleted
