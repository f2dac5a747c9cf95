"""A thread: reading it, starting one, replying."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from communities.conduct import code_of
from communities.forums import actions, policies, previewing, reading
from communities.forums.actions.drafts import draft_of
from communities.forums.actions.writing import ThreadMerged, shut, who_starts
from communities.forums.contents import contents as contents_of
from communities.forums.enums import PostState
from communities.forums.forms.writing import ReplyForm, ThreadForm
from communities.forums.gatekeepers import forewarned
from communities.forums.levels import Choice, thread_choice
from communities.forums.models import Forum, MovedPost, Post, Thread, page_start
from communities.forums.previewing import preview_of
from communities.forums.quoting import quotation
from communities.forums.sharing import card_of
from communities.forums.views.common import (
    find_forum,
    find_thread,
    forum_shell,
    level_url,
    naming,
    thread_shell,
    typed,
)
from communities.forums.views.files import say_refused, waiting_files, with_files
from communities.forums.views.polls import expire_with
from communities.forums.windows import told
from communities.paging import community_tag, forum_tag
from communities.policies import must_agree
from communities.views.common import page, refuse
from communities.voices import Voice, voice_of
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.pagecache.rules import PEOPLE, cached


def thread_tags(community: str, forum: str, pk: int, slug: str) -> list[str]:
    """The stream of the thread is its tag: whatever is announced in it changes the page."""
    return [f"thread:{pk}", forum_tag(community, forum), community_tag(community), PEOPLE]


@cached(thread_tags, query=["from"])
@require_safe
def thread(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    """One page of a thread; an old or mistyped address leads to the true one."""
    threads = Thread.objects.select_related("question")
    viewer = request.viewer
    here = find_thread(request, pk, reading.with_marks(viewer, threads))
    if (here.forum.community.slug, here.forum.slug, here.pk, here.slug) != (community, forum, pk, slug):
        return redirect(here, permanent=True)
    if "new" in request.GET and viewer.is_member:
        return redirect(place_of(here, reading.first_new(here)))
    shown = reading.read(viewer, here, _wanted(request))
    first = viewer.is_member and here.read_to is None
    if shown.read_through > shown.read_to or shown.changed:
        actions.mark_read(viewer=viewer, thread=here, number=shown.read_through, is_first=first)
    expire_with(request, shown.polls)
    can_reply = policies.can_reply(viewer, here)
    context = thread_shell(
        request,
        here,
        page=shown,
        can_write=policies.can_write_in(viewer, here),
        can_reply=can_reply,
        can_pin=policies.can_pin(viewer, here),
        can_lock=policies.can_lock(viewer, here),
        can_want=policies.can_want(viewer, here),
        form=_reply_form(request, here) if can_reply and shown.is_last else None,
        forewarned=forewarned(viewer, here.forum.community) if can_reply and shown.is_last else [],
        can_tag=policies.can_tag(viewer, here),
        can_ask=policies.can_ask(viewer, here) and shown.start == 1 and not shown.polls,
        can_reschedule=policies.can_reschedule(viewer, here),
        appears=appears_words(here, viewer) if here.is_scheduled else "",
        can_rearrange=policies.can_rearrange(viewer, here),
        can_consult=policies.can_consult(viewer, here.forum),
        # Where the page has its mark to write and events to ask for, it has asked enough.
        related=reading.related(viewer, here) if shown.is_last and not (first and here.has_events) else [],
        samples=reading.samples(viewer, here),
        placeholder=reading.PLACEHOLDER,
        shut=shut(viewer, here.forum),
        conduct_due=must_agree(viewer, here.forum.community),
        watching=_watching(request, here),
        last_url=place_of(here, max(here.last_number, 1)),
        **drafting(viewer, here),
    )
    return render(request, "forums/thread/index.html", context)


def _reply_form(request: HttpRequest, here: Thread) -> ReplyForm:
    """The form below a thread, with what she has begun to write in it."""
    begun = {"html": here.draft_html or "", "version": here.draft_version or 0}
    voice = _voice(request, here.forum)
    waiting = waiting_files(request.viewer, here) if here.has_uploads else ()
    form = ReplyForm(viewer=request.viewer, voice=voice, forum=here.forum, uploads=waiting, initial=begun)
    return naming(form, here)


def _watching(request: HttpRequest, here: Thread) -> Choice | None:
    """How much she wants to be told of the thread, for the menu on it."""
    return thread_choice(here, level_url(here)) if request.viewer.is_member else None


def _wanted(request: HttpRequest) -> int:
    """The number after ``?from=``; whatever is no number begins at the beginning."""
    wanted = request.GET.get("from", "1")
    return int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 10 else 1


@require_safe
def post(request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int) -> HttpResponse:
    """The stable address of a post: leads to its place on the page that holds it."""
    moved = MovedPost.objects.select_related("post").filter(thread=pk, number=number).first()
    if moved is not None:
        there = find_thread(request, moved.post.thread_id)
        return redirect(there.post_url(moved.post.number), permanent=True)
    here = find_thread(request, pk)
    if here.pk != pk or number > here.last_number:
        raise Http404
    return redirect(place_of(here, number))


def place_of(here: Thread, number: int) -> str:
    start = page_start(number)
    query = f"?from={start}" if start > 1 else ""
    return f"{here.get_absolute_url()}{query}#post-{number}"


@cached(thread_tags, query=["from"])
@require_safe
def sheet(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    """A thread on one page, to be printed and filed."""
    here = find_thread(request, pk)
    if (here.forum.community.slug, here.forum.slug, here.pk, here.slug) != (community, forum, pk, slug):
        return redirect(f"{here.get_absolute_url()}sheet/", permanent=True)
    found = reading.sheet(request.viewer, here, _wanted(request))
    expire_with(request, found.polls)
    context = thread_shell(request, here, beyond=True, sheet=found)
    return render(request, "forums/sheet/index.html", context)


@cached(thread_tags, query=["from"])
@require_safe
def contents(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    """What is said where in a long thread: a line for each post."""
    here = find_thread(request, pk)
    if (here.forum.community.slug, here.forum.slug, here.pk, here.slug) != (community, forum, pk, slug):
        return redirect(f"{here.get_absolute_url()}contents/", permanent=True)
    found = contents_of(request.viewer, here, _wanted(request))
    context = thread_shell(request, here, beyond=True, contents=found)
    return render(request, "forums/contents/index.html", context)


@cached(thread_tags)
@require_safe
def share(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    """Title and address of a thread, to be handed on: no word of it and no picture goes along."""
    here = find_thread(request, pk)
    if (here.forum.community.slug, here.forum.slug, here.pk, here.slug) != (community, forum, pk, slug):
        return redirect(f"{here.get_absolute_url()}share/", permanent=True)
    context = thread_shell(request, here, beyond=True, card=card_of(here))
    return render(request, "forums/share/index.html", context)


@require_safe
def participants(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    """Who has spoken in a thread, by the capacity in which they spoke."""
    here = find_thread(request, pk)
    groups = reading.participants(request.viewer, here)
    context = thread_shell(request, here, beyond=True, groups=groups)
    return render(request, "forums/participants/index.html", context)


@typed
def start(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    here = find_forum(request, community, slug)
    if not policies.may_start(request.viewer, here):
        raise PermissionDenied(who_starts(here))
    _demand_open(request, here)
    viewer = request.viewer
    data, refused_files = with_files(request, here)
    form = start_form(request, here, data)
    say_refused(form, refused_files)
    if previewing.is_wanted(request):
        context = start_context(request, here, form, **preview_of(viewer, here.community, form))
        return page(request, "forums/start/index.html", context, form)
    if request.method == "POST" and form.is_valid():
        try:
            written = dict(form.written)
            asks = written.pop("asks") and not written["mask"]
            started = actions.start_thread(viewer=viewer, forum=here, **written)
        except Refused as refused:
            refuse(form, refused)
        else:
            if started.is_scheduled:
                messages.info(request, appears_words(started, viewer))
            elif started.published_at is None:
                messages.info(request, _why_it_waits(started.posts.get()))
            return redirect(f"{started.get_absolute_url()}poll/") if asks else redirect(started)
    return page(request, "forums/start/index.html", start_context(request, here, form), form)


def start_form(request: HttpRequest, here: Forum, data: Any = None, /, **initial: Any) -> ThreadForm:
    """``initial`` is for what was typed before; without it the form begins with her draft."""
    viewer = request.viewer
    if data is None and not initial and (draft := draft_of(viewer, here)):
        initial = {"title": draft.title, "html": draft.html, "version": draft.version}
    voice = _voice(request, here)
    begun = {"language": viewer.language, "question": request.GET.get("question", ""), **initial}
    form = ThreadForm(
        data,
        viewer=viewer,
        voice=voice,
        forum=here,
        zone=_zone(viewer, here),
        uploads=waiting_files(viewer, here, data),
        initial=begun,
    )
    return naming(form, here)


def _zone(viewer: Viewer, here: Forum) -> str | None:
    """By whose clock a thread is given a time: that of the forum's window, or her own; None where she gives
    none."""
    if not policies.can_schedule(viewer, here):
        return None
    return here.zone if here.window else viewer.zone


def appears_words(here: Thread, viewer: Viewer) -> str:
    """When a scheduled thread appears, for a heading and a message."""
    when = told(here.appears_at, here.appears_zone, viewer.zone) if here.appears_at else ""
    return _("This thread appears on %(time)s.") % {"time": when}


def start_context(request: HttpRequest, here: Forum, form: ThreadForm, **more: Any) -> dict:
    """What the page shows on which a thread is begun."""
    more = {"conduct": _conduct(here, _voice(request, here)), **drafting(request.viewer, here), **more}
    more["forewarned"] = forewarned(request.viewer, here.community)
    return forum_shell(request, here, form=form, **more)


def _demand_open(request: HttpRequest, forum: Forum) -> None:
    """Nobody begins to write while the forum is shut; who has written already is told by the action."""
    if request.method != "POST" and (sentence := shut(request.viewer, forum)):
        raise PermissionDenied(sentence)


def drafting(viewer: Viewer, place: Thread | Forum) -> dict[str, str]:
    """Where a form is kept as a draft: while she types, and by a button.

    For those who keep a people's knowledge by the button alone: nothing of it lies anywhere unasked.
    """
    forum = place.forum if isinstance(place, Thread) else place
    address: list[str | int] = [forum.community.slug, forum.slug]
    if isinstance(place, Thread):
        address += [place.pk, place.slug]
    sort = "reply" if isinstance(place, Thread) else "start"
    url = reverse(f"forums:{sort}_draft", args=address)
    files_url = reverse(f"forums:{sort}_files", args=address)
    return {"draft_url": url, "autosave": "" if viewer.ids("holder") else url, "files_url": files_url}


def _voice(request: HttpRequest, forum: Forum) -> Voice:
    return voice_of(request.viewer, forum.community)


def _conduct(forum: Forum, voice: Voice) -> str:
    """The code of conduct, where she is asked to agree to it."""
    return "" if voice.conduct is None else code_of(forum.community)


def _why_it_waits(post: Post) -> str:
    if post.repeats_knowledge:
        return _(
            "Your post repeats, word for word, knowledge that its holders keep here. They decide whether it "
            "stands as a reference. You will be told."
        )
    return _("A moderator reads your first posts before others see them. You will be told.")


@typed
def reply(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    """The reply form on a page of its own; ``?quote=`` puts words of a post into it.

    Where the thread was moved meanwhile the reply goes along; where it was merged into another one, the form
    comes back with what was typed and says so.
    """
    here = find_thread(request, pk)
    viewer = request.viewer
    if not policies.can_write_in(viewer, here):
        raise PermissionDenied(_("Members of the community reply here."))
    _demand_open(request, here.forum)
    if request.method != "POST" and here.forum.is_one_way:
        raise PermissionDenied(_("Announcements are read here; nobody replies to them."))
    data, refused_files = with_files(request, here)
    form = reply_form(request, here, data)
    say_refused(form, refused_files)
    if previewing.is_wanted(request):
        context = reply_context(request, here, form, **preview_of(viewer, here.forum.community, form))
        return page(request, "forums/reply/index.html", context, form)
    if request.method == "POST" and form.is_valid():
        try:
            written = actions.reply(viewer=viewer, thread=here, addressed_to=pk, **form.written)
        except ThreadMerged as refused:
            here = find_thread(request, pk)
            refuse(form, refused)
        except Refused as refused:
            refuse(form, refused)
        else:
            if here.forum.slug != forum:
                messages.info(request, _moved_words(here))
            return _to(request, here, written)
    return page(request, "forums/reply/index.html", reply_context(request, here, form), form)


def reply_form(request: HttpRequest, here: Thread, data: Any = None, /, **initial: Any) -> ReplyForm:
    """``initial`` is for what was typed before; without it the form begins with her draft, and behind it
    what she quotes."""
    viewer = request.viewer
    if data is None and not initial:
        draft = draft_of(viewer, here)
        begun, version = (draft.html, draft.version) if draft else ("", 0)
        initial = {"html": begun + _quoted(request, here), "version": version}
    voice = _voice(request, here.forum)
    waiting = waiting_files(viewer, here, data)
    form = ReplyForm(data, viewer=viewer, voice=voice, forum=here.forum, uploads=waiting, initial=initial)
    return naming(form, here)


def reply_context(request: HttpRequest, here: Thread, form: ReplyForm, **more: Any) -> dict:
    """What the page shows on which a reply is written."""
    conduct = _conduct(here.forum, _voice(request, here.forum))
    more = {"conduct": conduct, **drafting(request.viewer, here), **more}
    more["forewarned"] = forewarned(request.viewer, here.forum.community)
    return thread_shell(request, here, beyond=True, form=form, **more)


def _moved_words(here: Thread) -> str:
    where = {"forum": here.forum.title}
    return _("This thread was moved to “%(forum)s” while you were writing. Your reply stands there.") % where


def _quoted(request: HttpRequest, here: Thread) -> str:
    number = request.GET.get("quote", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return ""
    quoted = Post.objects.visible_to(request.viewer).filter(thread=here, number=int(number)).first()
    return quotation(quoted) if quoted else ""


def _to(request: HttpRequest, here: Thread, written: Post) -> HttpResponse:
    if written.state == PostState.HELD:
        messages.info(request, _why_it_waits(written))
        return redirect(f"{here.get_absolute_url()}?from={max(here.last_number, 1)}#waiting")
    return redirect(place_of(here, written.number))
