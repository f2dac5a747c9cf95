"""Telling moderators of a post."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from communities.forums.views.common import find_post, thread_shell
from communities.moderation import actions, policies
from communities.moderation.forms import ReportForm
from communities.views.common import page, refuse
from network.foundations.ratelimit import TooOften, limit, who_is

#: More reports than this in a day are no help.
A_DAY = 30


@login_required
def report(request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int) -> HttpResponse:
    """Tell the moderators what is wrong with a post."""
    post = find_post(request, pk, number)
    if not policies.can_report(request.viewer, post):
        raise PermissionDenied(_("This post cannot be reported."))
    form = ReportForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            limit("report", who_is(request), times=A_DAY, seconds=24 * 60 * 60)
            actions.report(viewer=request.viewer, post=post, **form.cleaned_data)
        except TooOften as refused:
            refuse(form, refused)
            status = 429
        else:
            messages.success(request, _("The moderators will look at it. You will hear what they decide."))
            return redirect(post)
    context = thread_shell(request, post.thread, beyond=True, post=post, form=form)
    answer = page(request, "moderation/report/index.html", context, form)
    answer.status_code = max(status, answer.status_code)
    return answer
