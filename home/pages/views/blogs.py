"""Blogs: what is new in all of them, by whom, and writing."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communities.views.common import page, refuse
from home.languages import address_of
from home.pages import actions, finding, policies, telling
from home.pages.forms import EntryForm
from home.pages.models import BlogEntryPage, BlogPage
from network.experts.disclosure import cards_for
from network.experts.models import ExpertProfile
from network.foundations import feeds
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.forms import posted
from network.foundations.pager import paginate
from network.foundations.viewer import anonymous
from network.pagecache.rules import PAGES, PEOPLE, cached

ORDER = ["-first_published_at", "-id"]
_SHOWN = 15


def _clean(slug: str) -> str:
    if "\x00" in slug:  # PostgreSQL looks for no such text
        raise Http404
    return slug


def _find_blog(slug: str) -> BlogPage:
    found = BlogPage.objects.visible().for_readers_of().select_related("keeper", "community", "forum")
    return get_object_or_404(found, slug=_clean(slug))


def _find_entry(blog: BlogPage, slug: str) -> BlogEntryPage:
    return get_object_or_404(BlogEntryPage.objects.visible().child_of(blog), slug=_clean(slug))


def _find_author(slug: str) -> ExpertProfile:
    return get_object_or_404(ExpertProfile.objects.published(), slug=_clean(slug))


@cached(lambda: [PAGES, PEOPLE], query=["cursor"])
@require_safe
def listing(request: HttpRequest) -> HttpResponse:
    """What is new in all blogs, and which there are."""
    entries = paginate(finding.entries(), ORDER, request.GET.get("cursor", ""), _SHOWN)
    blogs = BlogPage.objects.visible().for_readers_of().order_by("title")
    context = {"entries": entries, "blogs": blogs, "cards": telling.authors_of(request.viewer, entries)}
    return render(request, "pages/blogs/index.html", context)


@cached(lambda slug: [PAGES, PEOPLE], query=["cursor"])
@require_safe
def author(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that one person has written, whichever blog it stands in."""
    profile = _find_author(slug)
    card = cards_for(request.viewer, [profile.user_id])[profile.user_id]
    entries = paginate(finding.by(profile), ORDER, request.GET.get("cursor", ""), _SHOWN)
    context = {"person": card, "profile": profile, "entries": entries, "cards": {profile.pk: card}}
    return render(request, "pages/author/index.html", context)


@cached(lambda kind: [PAGES, PEOPLE])
@require_safe
def feed(request: HttpRequest, kind: str) -> HttpResponse:
    return _feed(request, kind, "blogs", _("Blogs"), reverse("blogs:list"), finding.entries())


@cached(lambda slug, kind: [PAGES, PEOPLE])
@require_safe
def blog_feed(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    blog = _find_blog(slug)
    key = f"blog/{blog.translation_key}"
    return _feed(request, kind, key, blog.title, address_of(blog), finding.in_blog(blog), blog.introduction)


@cached(lambda slug, kind: [PAGES, PEOPLE])
@require_safe
def author_feed(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    profile = _find_author(slug)
    name = cards_for(anonymous(), [profile.user_id])[profile.user_id].name
    path = reverse("blogs:author", args=[slug])
    return _feed(request, kind, f"author/{profile.pk}", name, path, finding.by(profile))


def _feed(
    request: HttpRequest, kind: str, key: str, title: str, path: str, found: Any, description: str = ""
) -> HttpResponse:
    request.viewer = anonymous()  # also the gate takes the reader of a feed for a stranger
    entries = finding.for_a_feed(found)
    feed = feeds.Feed(key, title, description, path, request.path, get_language(), entries)
    return feeds.answer(feed, kind)


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponse:
    blog = _find_blog(slug)
    if not policies.can_write(request.viewer, blog):
        raise PermissionDenied(_("You do not write in this blog."))
    form = EntryForm(posted(request))
    if form.is_valid():
        try:
            entry = actions.write_entry(viewer=request.viewer, blog=blog, **_said(form))
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("Published."))
            return redirect(address_of(entry))
    return _form(request, blog, form, submit=_("Publish"))


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, slug: str, entry: str) -> HttpResponse:
    blog = _find_blog(slug)
    here = _find_entry(blog, entry)
    if not policies.can_change(request.viewer, here, blog) or actions.own_words(here) is None:
        raise PermissionDenied(_("This entry is changed by editors alone."))
    form, stale = EntryForm(posted(request), entry=here), None
    if form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.change_entry(viewer=request.viewer, entry=here, version=version, **_said(form))
        except StaleEdit as newer:
            stale = newer.current
            form.renew_version(stale)
            form.add_error(None, newer.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect(address_of(here))
    return _form(request, blog, form, submit=_("Save"), entry=here, stale=stale)


def _said(form: EntryForm) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in ("title", "introduction", "html")}


def _form(request: HttpRequest, blog: BlogPage, form: EntryForm, **more: Any) -> HttpResponse:
    context = {"blog": blog, "form": form, "trail": [(blog.title, address_of(blog))], **more}
    return page(request, "pages/write/index.html", context, form)


@login_required
@require_POST
def take_back(request: HttpRequest, slug: str, entry: str) -> HttpResponse:
    blog = _find_blog(slug)
    actions.take_back(viewer=request.viewer, entry=_find_entry(blog, entry))
    messages.success(request, _("The entry is no longer shown."))
    return redirect(address_of(blog))


@login_required
@require_POST
def discuss(request: HttpRequest, slug: str, entry: str) -> HttpResponse:
    """Begin the thread about an entry, and lead to the form in which one answers."""
    blog = _find_blog(slug)
    here = _find_entry(blog, entry)
    try:
        thread = actions.open_conversation(viewer=request.viewer, entry=here, blog=blog)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(address_of(here))
    if thread.published_at is None:
        return redirect(thread)  # it waits for a moderator, who has her own rules for newcomers
    place = [thread.forum.community.slug, thread.forum.slug, thread.pk, thread.slug]
    return redirect("forums:reply", *place)
