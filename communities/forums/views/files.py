"""Files of posts: chosen while somebody writes, handed out, taken out again."""

from collections.abc import Sequence

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.forums import actions, policies
from communities.forums.models import Forum, Post, PostFile, Thread, Upload
from communities.forums.views.common import find_forum, find_thread, typed
from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.foundations.viewer import Viewer


def with_files(request: HttpRequest, place: Thread | Forum) -> tuple[QueryDict | None, list[str]]:
    """What was sent, with the files that came along kept and chosen; and what speaks against the others.

    They are kept before anything else is looked at: a form that is refused loses none.
    """
    data, refused = posted(request), []
    if data is None or not request.FILES:
        return data, refused
    data = data.copy()
    for file in request.FILES.getlist("files"):
        try:
            upload = actions.keep_upload(viewer=request.viewer, place=place, file=file)
        except Refused as why:
            refused.append(f"{file.name}: {why.sentence}")
        else:
            data.appendlist("kept", upload.key)
            data["offered"] = "yes"
    return data, refused


def say_refused(form: forms.Form, refused: list[str]) -> None:
    for sentence in refused if form.is_bound else ():
        form.errors.setdefault("files", form.error_class()).append(sentence)


def waiting_files(viewer: Viewer, place: Thread | Forum, data: QueryDict | None = None) -> Sequence[Upload]:
    """What she has chosen there before; asked for where she was shown it, or is to be shown it."""
    if data is not None and not data.get("offered"):
        return ()
    return list(actions.uploads_of(viewer, place))


@typed
@require_POST
def of_reply(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    """A script sends a file as soon as it is chosen, and shows how far it has come."""
    return _kept(request, find_thread(request, pk))


@typed
@require_POST
def of_start(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    return _kept(request, find_forum(request, community, slug))


def _kept(request: HttpRequest, place: Thread | Forum) -> HttpResponse:
    actions.demand_may_choose(viewer=request.viewer, place=place)
    file = request.FILES.get("files")
    if file is None:
        return JsonResponse({"text": _("Choose a file.")}, status=422)
    try:
        upload = actions.keep_upload(viewer=request.viewer, place=place, file=file)
    except Refused as refused:
        return JsonResponse({"text": refused.sentence}, status=422)
    return JsonResponse({"key": upload.key, "text": f"{upload.name} ({filesizeformat(upload.size)})"})


@require_safe
def file(request: HttpRequest, community: str, forum: str, pk: int, slug: str, file: int) -> HttpResponse:
    """A file that came with a post, for those who may read the post; always a download."""
    found = _found(request, file)
    if found.post.thread_id != pk:
        there = found.post.thread
        place = [there.forum.community.slug, there.forum.slug, there.pk, there.slug, found.pk]
        return redirect("forums:file", *place, permanent=True)
    try:
        opened = found.file.open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(opened, as_attachment=True, filename=found.name)


@typed
@require_POST
def remove(request: HttpRequest, community: str, forum: str, pk: int, slug: str, file: int) -> HttpResponse:
    """Its author takes it out of her post; from the page on which she edits that."""
    found = _found(request, file)
    if not policies.can_edit(request.viewer, found.post):
        raise PermissionDenied(_("Authors take their own files out, as long as they may edit."))
    post = actions.remove_file(viewer=request.viewer, file=found)
    return redirect(f"{post.get_absolute_url()}edit/")


def _found(request: HttpRequest, pk: int) -> PostFile:
    files = PostFile.objects.exclude(file="").filter(post__in=Post.objects.visible_to(request.viewer))
    return get_object_or_404(files.select_related("post__thread__forum__community"), pk=pk)
