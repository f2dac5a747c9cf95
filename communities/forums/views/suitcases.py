"""A forum to take along, as a text or as a mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from communities.forums import actions, suitcase
from communities.forums.forms.suitcases import SuitcaseForm
from communities.forums.suitcase import LARGEST, Mark, Wish
from communities.forums.views.common import find_forum, forum_shell
from communities.views.common import refuse
from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.notifications.inbound import addresses


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    """Says what is in it; a download, or a mail to herself."""
    here = find_forum(request, community, slug)
    form = SuitcaseForm(posted(request))
    if request.method == "POST" and form.is_valid():
        since = form.cleaned_data["since"]
        if request.POST.get("act") != "mail":
            return redirect(Wish(here, since).path())
        try:
            actions.send_suitcase(viewer=request.viewer, forum=here, since=since)
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The mail is on its way to you."))
            return redirect(here)
    context = forum_shell(
        request, here, form=form, kilobytes=LARGEST // 1000,
        number=suitcase.wanted(request.viewer, Wish(here)).count(), answers=addresses.is_on(),
    )  # fmt: skip
    return render(request, "forums/suitcase/index.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def text(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    """The text itself, from a day on and behind a mark."""
    here = find_forum(request, community, slug)
    form = SuitcaseForm(request.GET)
    after = Mark.read(request.GET.get("after") or "0.0")
    if not form.is_valid() or after is None:
        raise Http404("This is no address of ours.")
    packed = suitcase.pack(request.viewer, Wish(here, form.cleaned_data["since"], after), exit="text")
    response = HttpResponse(packed.text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="forum-{here.pk}.txt"'
    response["Cache-Control"] = "private, no-store"
    return response
