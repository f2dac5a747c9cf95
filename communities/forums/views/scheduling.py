"""Threads that have a time: those of a forum, and what may be done about one before it appears."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from communities.forms import ReasonForm
from communities.forums import actions, policies, previewing
from communities.forums.forms.writing import RescheduleForm
from communities.forums.models import Thread
from communities.forums.previewing import preview_of
from communities.forums.views.common import find_forum, find_thread, forum_shell, thread_shell, typed
from communities.views.common import page, refuse
from network.experts.disclosure import cards_for
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.forms import posted


@never_cache
@login_required
@require_safe
def scheduled(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    """Threads of a forum that have not appeared: her own, and all of them for those who keep it."""
    here = find_forum(request, community, slug)
    viewer = request.viewer
    if not policies.can_schedule(viewer, here) and not policies.can_manage_forums(viewer, here):
        raise PermissionDenied(_("Those who look after the community give threads a time."))
    found = Thread.objects.visible_to(viewer).scheduled().filter(forum=here).order_by("appears_at", "pk")
    threads = list(found[:MOST_SHOWN])
    cards = cards_for(viewer, [thread.author_id for thread in threads])
    for thread in threads:
        thread.forum = here
        thread.person = cards.get(thread.author_id)
    return render(request, "forums/scheduled/index.html", forum_shell(request, here, threads=threads))


#: No forum is planned further ahead.
MOST_SHOWN = 200


@typed
def schedule(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    """Change a thread that has not appeared, let it appear now, delete it or take it off."""
    here = find_thread(request, pk)
    viewer = request.viewer
    if not here.is_scheduled:
        return redirect(here)
    if not policies.can_reschedule(viewer, here):
        raise PermissionDenied(_("Its author and those who look after the community change this thread."))
    may_rewrite = policies.can_rewrite(viewer, here)
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    form = RescheduleForm(None if deed else posted(request), thread=here, may_rewrite=may_rewrite)
    reason = None if may_rewrite else ReasonForm(request.POST if deed == "take_off" else None)
    stale, more = None, {}
    if previewing.is_wanted(request):
        more = preview_of(viewer, here.forum.community, form)
    elif request.method == "POST":
        try:
            if answer := _done(request, here, deed, form, reason):
                return answer
        except StaleEdit as refused:
            stale = refused.current
            form.renew_version(stale)
            refuse(form, refused)
        except Refused as refused:
            if deed:
                messages.error(request, refused.sentence)
                return redirect(here if Thread.objects.filter(pk=here.pk).exists() else here.forum)
            refuse(form, refused)
    context = thread_shell(
        request, here, beyond=True, form=form, reason=reason, stale=stale, may_rewrite=may_rewrite, **more
    )
    return page(request, "forums/schedule/index.html", context, form, reason)


def _done(
    request: HttpRequest, here: Thread, deed: str, form: RescheduleForm, reason: ReasonForm | None
) -> HttpResponse | None:
    """What the pressed button asks for; None where its form was refused."""
    viewer = request.viewer
    if deed == "appear":
        return redirect(actions.appear_now(viewer=viewer, thread=here))
    if deed == "delete":
        actions.delete_scheduled(viewer=viewer, thread=here)
        messages.success(request, _("The thread is deleted. Nobody has read it."))
        return redirect(here.forum)
    if deed == "take_off" and reason is not None:
        if not reason.is_valid():
            return None
        actions.take_off(viewer=viewer, thread=here, reason=reason.cleaned_data["reason"])
        return redirect(here.forum)
    if deed or not form.is_valid():
        return None
    return redirect(actions.reschedule(viewer=viewer, thread=here, **form.cleaned_data))
