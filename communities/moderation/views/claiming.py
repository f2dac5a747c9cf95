"""Saying that posts which were brought in from elsewhere are one's own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.forums.enums import IMPORTED
from communities.forums.models import Post
from communities.forums.views.common import find_post, thread_shell
from communities.moderation import actions, policies
from communities.moderation.forms import ClaimForm
from communities.views.common import page, refuse
from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.foundations.ratelimit import limit, who_is


@login_required
def claim(request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int) -> HttpResponse:
    """Ask the moderators to give one the posts of this author."""
    post = find_post(request, pk, number)
    if not policies.can_claim(request.viewer, post):
        raise PermissionDenied(_("Only posts that were brought in from elsewhere can be claimed."))
    form = ClaimForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            limit("claim", who_is(request), times=10, seconds=24 * 60 * 60)
            actions.claim(viewer=request.viewer, post=post, words=form.cleaned_data["words"])
        except Refused as refused:
            refuse(form, refused)
        else:
            messages.success(request, _("The moderators look at it. You will hear what they decide."))
            return redirect(post)
    here = post.thread.forum.community
    seen = Post.objects.visible_to(request.viewer).filter(author=post.author_id, origin__in=IMPORTED)
    context = thread_shell(
        request,
        post.thread,
        beyond=True,
        post=post,
        form=form,
        number=seen.filter(thread__forum__community=here).count(),
    )
    return page(request, "moderation/claim/index.html", context, form)
