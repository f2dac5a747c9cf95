"""One post: editing it, its history, and what moderators do about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from communities.forms import ReasonForm
from communities.forums import actions, policies, previewing
from communities.forums.actions.writing import shut
from communities.forums.enums import PostState
from communities.forums.forms.writing import AmendForm, EditForm
from communities.forums.models import Post
from communities.forums.previewing import preview_of
from communities.forums.views.common import (
    find_post,
    find_thread,
    merged_meanwhile,
    naming,
    thread_shell,
    typed,
)
from communities.views.common import page, refuse
from network.experts.disclosure import cards_for
from network.foundations.differences import differences
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.forms import posted


@typed
def edit(request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int) -> HttpResponse:
    here = find_post(request, pk, number)
    if not policies.may_edit(request.viewer, here):
        raise PermissionDenied(_("Authors edit their own posts, as long as the thread is open."))
    if request.method != "POST" and (sentence := shut(request.viewer, here.thread.forum)):
        raise PermissionDenied(sentence)
    initial = {"html": here.html, "version": here.version}
    form = naming(EditForm(posted(request), viewer=request.viewer, initial=initial), here.thread)
    stale, more = None, {}
    if previewing.is_wanted(request):
        more = preview_of(request.viewer, here.thread.forum.community, form)
    elif request.method == "POST" and form.is_valid():
        try:
            return redirect(actions.edit(viewer=request.viewer, post=here, **form.written))
        except StaleEdit as refused:
            stale = refused.current
            refuse(form, refused)
            form.take_version(stale.version)
        except Refused as refused:
            refuse(form, refused)
    more["files"] = here.files.exclude(file="")
    context = thread_shell(request, here.thread, beyond=True, post=here, form=form, stale=stale, **more)
    return page(request, "forums/edit/index.html", context, form)


@typed
def mend(request: HttpRequest, community: str, forum: str, pk: int, slug: str, waiting: int) -> HttpResponse:
    """A post that a moderator has returned: its author mends it and sends it again."""
    posts = Post.objects.visible_to(request.viewer).select_related("thread__forum__community")
    here = get_object_or_404(posts, thread=pk, pk=waiting)
    hold = here.holds.open().exclude(returned_at=None).first()
    if hold is None or not policies.can_mend(request.viewer, here):
        raise PermissionDenied(_("Authors mend what was returned to them."))
    initial = {"html": here.html, "version": here.version}
    form = EditForm(posted(request), viewer=request.viewer, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.mend(viewer=request.viewer, post=here, **form.written)
        except StaleEdit as refused:
            refuse(form, refused)
            form.take_version(refused.current.version)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Sent again. A moderator reads it before others see it."))
            return redirect(here.thread)
    context = thread_shell(request, here.thread, beyond=True, post=here, form=form, hold=hold)
    return page(request, "forums/mend/index.html", context, form)


@typed
def amend(request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int) -> HttpResponse:
    """A moderator edits somebody else's words and says so below them."""
    here = find_post(request, pk, number)
    if not policies.can_amend(request.viewer, here):
        raise PermissionDenied(_("Moderators decide about posts, and never about their own."))
    initial = {"html": here.html, "version": here.version, "note": here.moderator_note}
    form = AmendForm(posted(request), initial=initial)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(actions.amend(viewer=request.viewer, post=here, **form.cleaned_data))
        except StaleEdit as refused:
            stale = refused.current
            refuse(form, refused)
            form.take_version(stale.version)
        except Refused as refused:
            refuse(form, refused)
    context = thread_shell(request, here.thread, beyond=True, post=here, form=form, stale=stale)
    return page(request, "forums/amend/index.html", context, form)


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
def delete(request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int) -> HttpResponse:
    """Its author deletes a post, or takes that back."""
    here = find_post(request, pk, number)
    is_deleted = here.state == PostState.DELETED
    may = policies.can_undelete if is_deleted else policies.can_delete
    if not may(request.viewer, here):
        raise PermissionDenied(_("Authors delete their own posts, as long as the thread is open."))
    if request.method == "POST":
        act = actions.undelete if is_deleted else actions.delete
        act(viewer=request.viewer, post=here)
        return redirect(here)
    context = thread_shell(request, here.thread, beyond=True, post=here, is_deleted=is_deleted)
    context["days"] = policies.UNDELETE_DAYS
    return render(request, "forums/delete/index.html", context)


@login_required
def hide(request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int) -> HttpResponse:
    """Hide a post with a reason, or show a hidden one again."""
    here = find_post(request, pk, number)
    if not policies.can_moderate_post(request.viewer, here):
        raise PermissionDenied(_("Moderators decide about posts, and never about their own."))
    form = ReasonForm(posted(request))
    hidden = here.state == PostState.HIDDEN
    if request.method == "POST" and form.is_valid():
        act = actions.show_again if hidden else actions.hide
        try:
            act(viewer=request.viewer, post=here, reason=form.cleaned_data["reason"])
        except Refused as refused:
            messages.error(request, refused.sentence)
        return redirect(here)
    context = thread_shell(request, here.thread, beyond=True, post=here, form=form, hidden=hidden)
    return page(request, "forums/hide/index.html", context, form)


@never_cache
@login_required
def author(request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int) -> HttpResponse:
    """Look up who wrote without a name; nothing is shown before it is asked for, and asking is logged."""
    here = find_post(request, pk, number)
    if not policies.can_see_author(request.viewer, here):
        raise PermissionDenied(_("Moderators can look up who wrote without a name."))
    person = None
    if request.method == "POST":
        person = actions.see_author(viewer=request.viewer, post=here)
    context = thread_shell(request, here.thread, beyond=True, post=here, asked=request.method == "POST")
    context["person"] = cards_for(request.viewer, [person.pk]).get(person.pk) if person else None
    return render(request, "forums/author/index.html", context)


@login_required
def lock(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    """Lock with a reason that stands in the thread, or unlock."""
    here = find_thread(request, pk)
    if not policies.can_lock(request.viewer, here):
        raise PermissionDenied(_("Those who look after the community lock threads."))
    if elsewhere := merged_meanwhile(request, here, pk):
        return elsewhere
    form = ReasonForm(posted(request))
    if request.method == "POST" and form.is_valid():
        act = actions.unlock if here.is_locked else actions.lock
        try:
            act(viewer=request.viewer, thread=here, reason=form.cleaned_data["reason"])
            return redirect(here)
        except Refused as refused:
            refuse(form, refused)
    context = thread_shell(request, here, beyond=True, form=form)
    return page(request, "forums/lock/index.html", context, form)


@require_safe
def mail(request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int) -> HttpResponse:
    """What a mail held besides its author's words: for her and for moderators."""
    here = find_post(request, pk, number)
    if not policies.can_see_mail(request.viewer, here):
        raise PermissionDenied(_("Its author and moderators read what a mail quoted."))
    return render(
        request, "forums/letter/index.html", thread_shell(request, here.thread, beyond=True, post=here)
    )


@login_required
def pin(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    """Pin or unpin, as the pressed button says."""
    here = find_thread(request, pk)
    if not policies.can_pin(request.viewer, here):
        raise PermissionDenied(_("Those who look after the community pin threads."))
    if elsewhere := merged_meanwhile(request, here, pk):
        return elsewhere
    if request.method == "POST":
        act = actions.unpin if request.POST.get("pin") == "no" else actions.pin
        act(viewer=request.viewer, thread=here)
    return redirect(here)
