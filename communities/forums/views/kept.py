"""What a reader does with a post: reacting to it, and keeping it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from communities.forums import actions, policies, reading
from communities.forums.enums import ReactionKind
from communities.forums.forms.keeping import BookmarkForm
from communities.forums.hanging import hang
from communities.forums.models import Bookmark, Post
from communities.forums.views.common import find_post, thread_shell
from communities.forums.views.threads import place_of
from communities.views.common import page, refuse
from network.experts.disclosure import cards_for
from network.foundations.exceptions import Refused
from network.foundations.pager import paginate

REACTIONS_A_PAGE = 50


@login_required
def reactions(
    request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int
) -> HttpResponse:
    """Who said what to a post; sent with a kind it says or takes back one's own."""
    here = find_post(request, pk, number)
    if request.method == "POST":
        return _react(request, here)
    rows = here.reaction_rows.all()
    found = paginate(rows, ["-id"], request.GET.get("cursor", ""), REACTIONS_A_PAGE)
    cards = cards_for(request.viewer, [row.user_id for row in found])
    said = [(cards.get(row.user_id), row) for row in found]
    context = thread_shell(request, here.thread, beyond=True, post=here, page=found, said=said)
    return render(request, "forums/reactions/index.html", context)


def _react(request: HttpRequest, here: Post) -> HttpResponse:
    """As the pressed button says; a script takes the changed parts of the post into its page."""
    taken_back = request.POST.get("remove", "")
    kind = taken_back or request.POST.get("add", "")
    if not policies.can_react(request.viewer, here):
        raise PermissionDenied(_("Members of the community react to the posts of others."))
    if kind not in ReactionKind.values:
        return HttpResponse(status=422)
    act = actions.take_reaction_back if taken_back else actions.react
    act(viewer=request.viewer, post=here, kind=ReactionKind(kind))
    if request.headers.get("X-Requested-With") != "fetch":
        return redirect(place_of(here.thread, here.number))
    found = Post.objects.select_related("thread__forum__community", *reading.SPOKEN)
    post = found.get(pk=here.pk)
    hang(request.viewer, [post])
    [entry] = reading.entries(request.viewer, here.thread, [post], {})
    return render(request, "forums/thread/_reacted.html", {"entry": entry, "post": post})


@never_cache
@login_required
def bookmark(
    request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int
) -> HttpResponse:
    """Keep a post with a note and a day, change them, or keep it no longer."""
    here = find_post(request, pk, number)
    kept = Bookmark.objects.filter(post=here, user=request.viewer.user_id).first()
    if request.method == "POST" and "remove" in request.POST:
        actions.drop_bookmark(viewer=request.viewer, post=here)
        messages.success(request, _("The bookmark is removed."))
        return redirect(place_of(here.thread, number))
    initial = {"note": kept.note, "remind_on": kept.remind_on} if kept else {}
    form = BookmarkForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            actions.bookmark(viewer=request.viewer, post=here, **form.cleaned_data)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The post is among your bookmarks."))
            return redirect(place_of(here.thread, number))
    context = thread_shell(request, here.thread, beyond=True, post=here, form=form, kept=kept)
    return page(request, "forums/bookmark/index.html", context, form)


@never_cache
@login_required
@require_safe
def bookmarks(request: HttpRequest) -> HttpResponse:
    """The posts that she keeps, the newest first; of one that she may read no more nothing is told."""
    viewer = request.viewer
    own = Bookmark.objects.filter(user=viewer.user_id)
    found = paginate(own, ["-created_at", "-id"], request.GET.get("cursor", ""))
    readable = Post.objects.visible_to(viewer).select_related("thread__forum__community", *reading.SPOKEN)
    posts = readable.in_bulk([row.post_id for row in found])
    cards = cards_for(viewer, [post.author_id for post in posts.values()])
    rows = []
    for row in found:
        post = posts.get(row.post_id)
        rows.append({"kept": row, "post": post, "person": cards.get(post.author_id) if post else None})
    return render(request, "forums/bookmarks/index.html", {"page": found, "rows": rows})


@login_required
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Bookmark.objects.select_related("post"), pk=pk, user=request.viewer.user_id)
    actions.drop_bookmark(viewer=request.viewer, post=row.post)
    messages.success(request, _("The bookmark is removed."))
    return redirect("kept:bookmarks")
