"""What was decided about the person who looks, and asking for another look at it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities.enums import Act
from communities.forums.models import Post
from communities.models import Community
from communities.moderation import actions, policies
from communities.moderation.canned import translated
from communities.moderation.forms import AppealForm
from communities.moderation.models import Appeal, ModerationLogEntry, ModerationReason, ModNote
from communities.views.common import page
from network.foundations.pager import KeysetPage, paginate
from network.foundations.viewer import Viewer

#: What moderators write to one another says nothing of a decision.
_AMONG_MODERATORS = [Act.NOTE_WRITTEN, Act.NOTE_REMOVED]


def _about(viewer: Viewer):
    return ModerationLogEntry.objects.about(viewer).exclude(act__in=_AMONG_MODERATORS)


@login_required
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Every decision about me and my posts, the newest first, with its reason and what came of an appeal."""
    viewer = request.viewer
    rows = paginate(_about(viewer), ["-id"], request.GET.get("cursor", ""), size=30)
    _dress(viewer, rows)
    noted = Community.objects.visible_to(viewer).filter(
        pk__in=ModNote.objects.filter(about=viewer.user_id).values("community")
    )
    return render(request, "moderation/mine/index.html", {"page": rows, "noted": noted.order_by("name")})


def _dress(viewer: Viewer, rows: KeysetPage) -> None:
    """Reasons in her language, places and appeals; a number of questions that does not grow."""
    said = ModerationReason.objects.filter(entry_id__in=[row.pk for row in rows])
    reasons = dict(said.values_list("entry_id", "text"))
    words = translated(viewer, reasons.values())
    places = Community.objects.visible_to(viewer).in_bulk({row.community_id for row in rows})
    readable = Q(pk__in=Post.objects.visible_to(viewer)) | Q(unnamed__user=viewer.user_id)
    posts = Post.objects.filter(readable).select_related("thread__forum__community")
    known = posts.in_bulk({row.target_id for row in rows if row.target_kind == "post"})
    appeals = {
        appeal.entry_id: appeal for appeal in Appeal.objects.filter(entry_id__in=[row.pk for row in rows])
    }
    for row in rows:
        row.by_rule = row.actor.int == 0
        reason = reasons.get(row.pk, "")
        row.reason = words.get(reason, reason)
        row.place = places.get(row.community_id)
        row.post = known.get(row.target_id) if row.target_kind == "post" else None
        row.appeal = appeals.get(row.pk)
        row.may_appeal = row.appeal is None and row.act in policies.APPEALABLE


@login_required
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask another moderator to look again, once."""
    entry = get_object_or_404(_about(request.viewer), pk=pk)
    if not policies.can_appeal(request.viewer, entry):
        raise PermissionDenied(_("You cannot appeal against this."))
    if Appeal.objects.filter(entry_id=entry.pk).exists():
        messages.info(request, _("You have appealed against this already."))
        return redirect("moderation:mine")
    form = AppealForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.appeal(viewer=request.viewer, entry=entry, words=form.cleaned_data["words"])
        messages.success(request, _("Another moderator looks at it. You will hear what she decides."))
        return redirect("moderation:mine")
    _dress(request.viewer, KeysetPage([entry]))
    return page(request, "moderation/appeal/index.html", {"entry": entry, "form": form}, form)
