"""Questions: accepting an answer, having the question too; as the pressed button says."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from communities.forums import actions
from communities.forums.views.common import find_post, find_thread
from communities.forums.views.threads import place_of
from network.foundations.exceptions import Refused


@login_required
@require_POST
def accept(request: HttpRequest, community: str, forum: str, pk: int, slug: str, number: int) -> HttpResponse:
    here = find_post(request, pk, number)
    try:
        if request.POST.get("accept") == "no":
            actions.take_back_answer(viewer=request.viewer, thread=here.thread)
        else:
            actions.accept_answer(viewer=request.viewer, post=here)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(place_of(here.thread, number))


@login_required
@require_POST
def want(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    here = find_thread(request, pk)
    if request.POST.get("want") == "no":
        actions.want_no_more(viewer=request.viewer, thread=here)
    else:
        actions.want(viewer=request.viewer, thread=here)
    return redirect(here)
