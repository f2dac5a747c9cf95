"""A thread: reading it, starting one, replying."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from communities.forums import actions, policies, reading
from communities.forums.enums import PostState
from communities.forums.forms import ReplyForm, ThreadForm
from communities.forums.models import Post, Thread, page_start
from communities.forums.quoting import quotation
from communities.forums.views.common import find_forum, find_thread, forum_shell, thread_shell
from communities.views.common import page, refuse
from network.foundations.exceptions import Refused


@require_safe
def thread(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    """One page of a thread; an old or mistyped address leads to the true one."""
    here = find_thread(request, pk, reading.with_marks(request.viewer, Thread.objects.all()))
    if (here.forum.community.slug, here.forum.slug, here.slug) != (community, forum, slug):
        return redirect(here, permanent=True)
    viewer = request.viewer
    if "new" in request.GET and viewer.is_member:
        return redirect(place_of(here, reading.first_new(here)))
    shown = reading.read(viewer, here, _wanted(request))
    if shown.last_shown > shown.read_to:
        actions.mark_read(viewer=viewer, thread=here, number=shown.last_shown)
    can_reply = policies.can_reply(viewer, here)
    context = thread_shell(
        request,
        here,
        page=shown,
        can_write=policies.can_write_in(viewer, here),
        can_reply=can_reply,
        can_pin=policies.can_pin(viewer, here),
        can_lock=policies.can_lock(viewer, here),
        form=ReplyForm() if can_reply and shown.is_last else None,
        samples=reading.samples(viewer, here),
        placeholder=reading.PLACEHOLDER,
        last_url=place_of(here, max(here.last_number, 1)),
    )
    return render(request, "forums/thread/index.html", context)


def _wanted(request: HttpRequest) -> int:
    """The number after ``?from=``; whatever is no number begins at the beginning."""
    wanted = request.GET.get("from", "1")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 1


@require_safe
def post(request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int) -> HttpResponse:
    """The stable address of a post: leads to its place on the page that holds it."""
    here = find_thread(request, pk)
    if number > here.last_number:
        raise Http404
    return redirect(place_of(here, number))


def place_of(here: Thread, number: int) -> str:
    start = page_start(number)
    query = f"?from={start}" if start > 1 else ""
    return f"{here.get_absolute_url()}{query}#post-{number}"


@login_required
def start(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    here = find_forum(request, community, slug)
    if not policies.can_start(request.viewer, here):
        raise PermissionDenied(_("Members of the community start threads here."))
    form = ThreadForm(request.POST or None, initial={"language": request.viewer.language})
    if request.method == "POST" and form.is_valid():
        started = actions.start_thread(viewer=request.viewer, forum=here, **form.cleaned_data)
        if started.published_at is None:
            messages.info(request, _WAITS)
        return redirect(started)
    return page(request, "forums/start/index.html", forum_shell(request, here, form=form), form)


_WAITS = gettext_lazy("A moderator reads your first posts before others see them. You will be told.")


@login_required
def reply(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    """The reply form on a page of its own; ``?quote=`` puts words of a post into it."""
    here = find_thread(request, pk)
    viewer = request.viewer
    if not policies.can_write_in(viewer, here):
        raise PermissionDenied(_("Members of the community reply here."))
    form = ReplyForm(request.POST or None, initial={"html": _quoted(request, here)})
    if request.method == "POST" and form.is_valid():
        try:
            written = actions.reply(viewer=viewer, thread=here, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            return _to(request, here, written)
    context = thread_shell(request, here, beyond=True, form=form)
    return page(request, "forums/reply/index.html", context, form)


def _quoted(request: HttpRequest, here: Thread) -> str:
    number = request.GET.get("quote", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return ""
    quoted = Post.objects.visible_to(request.viewer).filter(thread=here, number=int(number)).first()
    return quotation(quoted) if quoted else ""


def _to(request: HttpRequest, here: Thread, written: Post) -> HttpResponse:
    if written.state == PostState.HELD:
        messages.info(request, _WAITS)
        return redirect(f"{here.get_absolute_url()}?from={max(here.last_number, 1)}#waiting")
    return redirect(place_of(here, written.number))


@login_required
@require_POST
def watch(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    """Watch or stop watching, as the pressed button says."""
    here = find_thread(request, pk)
    if request.POST.get("watch") == "no":
        actions.unwatch(viewer=request.viewer, thread=here)
    else:
        actions.watch(viewer=request.viewer, thread=here)
    return redirect(here)
