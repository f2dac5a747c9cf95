"""Drafts: keeping a form while somebody writes in it, and the list of what she has begun."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from communities.forums import actions, policies
from communities.forums.forms.writing import DraftForm
from communities.forums.models import Draft, Forum, Thread
from communities.forums.views.common import find_forum, find_thread, typed
from communities.forums.views.threads import reply_context, reply_form, start_context, start_form
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.pager import paginate
from network.foundations.richtext import excerpt

EXCERPT_LENGTH = 280


@typed
@require_POST
def of_reply(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    here = find_thread(request, pk)
    if not policies.can_write_in(request.viewer, here):
        raise PermissionDenied(_("Members of the community reply here."))
    return _keep(request, here)


@typed
@require_POST
def of_thread(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    here = find_forum(request, community, slug)
    if not policies.can_start(request.viewer, here):
        raise PermissionDenied(_("Members of the community start threads here."))
    return _keep(request, here)


def _keep(request: HttpRequest, place: Thread | Forum) -> HttpResponse:
    """Keep what was sent. A script hears a sentence; the button leads back to the form, where both texts
    stand if another page or device has kept a newer one."""
    form = DraftForm(request.POST)
    if not form.is_valid():
        return _refused(request, place, " ".join(sentence for _name, [sentence, *_] in form.errors.items()))
    try:
        draft = actions.keep_draft(viewer=request.viewer, place=place, **form.kept)
    except StaleEdit as refused:
        return _refused(request, place, refused.sentence, refused.current)
    except Refused as refused:
        return _refused(request, place, refused.sentence)
    if _by_script(request):
        return JsonResponse(_told(draft))
    if draft is not None:
        messages.success(request, _("Your draft is kept. You find it again here and among your drafts."))
    return redirect(_form_of(place))


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _told(draft: Draft | None) -> dict[str, Any]:
    if draft is None:
        return {"text": "", "version": 0}
    clock = time_format(timezone.localtime(draft.updated_at), "TIME_FORMAT")
    return {"text": _("Draft kept at %(time)s") % {"time": clock}, "version": draft.version}


def _refused(
    request: HttpRequest, place: Thread | Forum, sentence: str, current: Draft | None = None
) -> HttpResponse:
    """Nothing typed is lost: the form stands there again. Keeping it once more replaces the newer draft."""
    status = 422 if current is None else 409
    if _by_script(request):
        return JsonResponse({"text": sentence}, status=status)
    typed_before = request.POST.dict()
    if current is not None:
        typed_before["version"] = str(current.version)
    more = {"draft_refused": sentence, "stale": current}
    if isinstance(place, Thread):
        context = reply_context(request, place, reply_form(request, place, **typed_before), **more)
        return render(request, "forums/reply/index.html", context, status=status)
    context = start_context(request, place, start_form(request, place, **typed_before), **more)
    return render(request, "forums/start/index.html", context, status=status)


def _form_of(place: Thread | Forum) -> str:
    return f"{place.get_absolute_url()}{'reply' if isinstance(place, Thread) else 'start'}/"


@never_cache
@login_required
@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    """What she has begun to write, the newest first."""
    viewer = request.viewer
    own = Draft.objects.filter(user=viewer.user_id)
    own = own.select_related("thread__forum__community", "forum__community")
    found = paginate(own, ["-updated_at", "-id"], request.GET.get("cursor", ""))
    threads = [draft.thread_id for draft in found if draft.thread_id]
    forums = [draft.forum_id for draft in found if draft.forum_id]
    open_threads = set(Thread.objects.visible_to(viewer).filter(pk__in=threads).values_list("pk", flat=True))
    open_forums = set(Forum.objects.visible_to(viewer).filter(pk__in=forums).values_list("pk", flat=True))
    rows = []
    for draft in found:
        place = draft.thread or draft.forum
        is_open = draft.thread_id in open_threads or draft.forum_id in open_forums
        words = excerpt(draft.html, EXCERPT_LENGTH)
        rows.append({"draft": draft, "place": place if is_open else None, "words": words})
        if is_open:
            rows[-1]["url"] = _form_of(place)
    return render(request, "forums/drafts/index.html", {"page": found, "rows": rows})


@login_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(Draft, pk=pk, user=request.viewer.user_id)
    actions.drop_draft(viewer=request.viewer, place=draft.thread or draft.forum)
    messages.success(request, _("The draft is deleted."))
    return redirect("kept:drafts")
