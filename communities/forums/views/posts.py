"""One post: editing it, its history, and what moderators do about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities.forms import ReasonForm
from communities.forums import actions, policies
from communities.forums.differences import differences
from communities.forums.enums import PostState
from communities.forums.forms import EditForm
from communities.forums.models import Post, PostFile
from communities.forums.views.common import find_post, find_thread, thread_shell
from communities.forums.views.threads import place_of
from communities.views.common import page, refuse
from network.experts.disclosure import cards_for
from network.foundations.exceptions import Refused, StaleEdit


@login_required
def edit(request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int) -> HttpResponse:
    here = find_post(request, pk, number)
    if not policies.can_edit(request.viewer, here):
        raise PermissionDenied(_("Authors edit their own posts, as long as the thread is open."))
    form = EditForm(request.POST or None, initial={"html": here.html, "version": here.version})
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit(viewer=request.viewer, post=here, **form.cleaned_data)
            return redirect(place_of(here.thread, number))
        except StaleEdit as refused:
            stale = refused.current
            refuse(form, refused)
            form.take_version(stale.version)
        except Refused as refused:
            refuse(form, refused)
    context = thread_shell(request, here.thread, beyond=True, post=here, form=form, stale=stale)
    return page(request, "forums/edit/index.html", context, form)


@require_safe
def history(
    request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int
) -> HttpResponse:
    """Every text that a post had, the newest first, with what changed each time."""
    here = find_post(request, pk, number)
    texts = [(edit.version, edit.html, edit.written_at) for edit in here.edits.order_by("version")]
    texts.append((here.version, here.html, here.edited_at or here.written_at))
    versions = [
        {"version": version, "at": at, "pieces": differences(before, html) if before else None, "html": html}
        for (version, html, at), before in zip(
            texts, [None, *(html for _v, html, _at in texts[:-1])], strict=True
        )
    ]
    context = thread_shell(request, here.thread, beyond=True, post=here, versions=versions[::-1])
    context["person"] = cards_for(request.viewer, [here.author_id]).get(here.author_id)
    return render(request, "forums/history/index.html", context)


@login_required
def hide(request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int) -> HttpResponse:
    """Hide a post with a reason, or show a hidden one again."""
    here = find_post(request, pk, number)
    if not policies.can_moderate_post(request.viewer, here):
        raise PermissionDenied(_("Moderators decide about posts, and never about their own."))
    form = ReasonForm(request.POST or None)
    hidden = here.state == PostState.HIDDEN
    if request.method == "POST" and form.is_valid():
        act = actions.show_again if hidden else actions.hide
        try:
            act(viewer=request.viewer, post=here, reason=form.cleaned_data["reason"])
        except Refused as refused:
            messages.error(request, refused.sentence)
        return redirect(place_of(here.thread, number))
    context = thread_shell(request, here.thread, beyond=True, post=here, form=form, hidden=hidden)
    return page(request, "forums/hide/index.html", context, form)


@login_required
def lock(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    """Lock with a reason that stands in the thread, or unlock."""
    here = find_thread(request, pk)
    if not policies.can_lock(request.viewer, here):
        raise PermissionDenied(_("Those who look after the community lock threads."))
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        act = actions.unlock if here.is_locked else actions.lock
        act(viewer=request.viewer, thread=here, reason=form.cleaned_data["reason"])
        return redirect(here)
    context = thread_shell(request, here, beyond=True, form=form)
    return page(request, "forums/lock/index.html", context, form)


@login_required
def pin(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    """Pin or unpin, as the pressed button says."""
    here = find_thread(request, pk)
    if not policies.can_pin(request.viewer, here):
        raise PermissionDenied(_("Those who look after the community pin threads."))
    if request.method == "POST":
        act = actions.unpin if request.POST.get("pin") == "no" else actions.pin
        act(viewer=request.viewer, thread=here)
    return redirect(here)


@require_safe
def file(request: HttpRequest, community: str, forum: str, pk: int, slug: str, file: int) -> HttpResponse:
    """A file that came with a post, for those who may read the post; always a download."""
    posts = Post.objects.visible_to(request.viewer).filter(thread=pk)
    found = get_object_or_404(PostFile.objects.exclude(file=""), pk=file, post__in=posts)
    try:
        opened = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(opened, as_attachment=True, filename=found.name)
