"""A consultation for its readers: its questions, the contributions, the draft, the proceedings."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from communities.forums import actions, policies
from communities.forums.consultations import documents
from communities.forums.consultations.contributors import (
    ALL_GROUPS,
    contributions,
    has_contributed,
    tally,
)
from communities.forums.consultations.print import pdf
from communities.forums.consultations.proceedings import gather, is_public, reader_of_documents
from communities.forums.consultations.summaries import questions_of, read
from communities.forums.consultations.word import docx
from communities.forums.forms.consultations import (
    AssignForm,
    ChangedQuestionForm,
    ClarificationForm,
    ContributionFilter,
    CorrectionForm,
    GuidingQuestionForm,
)
from communities.forums.models import Forum, GuidingQuestion, Sentence, Summary
from communities.forums.reading import SPOKEN
from communities.forums.views.common import (
    find_forum,
    find_thread,
    forum_shell,
    merged_meanwhile,
    thread_shell,
)
from communities.views.common import page, refuse
from network.experts.disclosure import cards_for
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.forms import posted
from network.foundations.pager import paginate

_KINDS = {
    "docx": (docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (pdf, "application/pdf"),
}


def find_consultation(request: HttpRequest, community: str, slug: str) -> Forum:
    found = find_forum(request, community, slug)
    if not found.is_consultation:
        raise Http404
    return found


def kept(request: HttpRequest, community: str, slug: str) -> Forum:
    """The consultation, for those who ask in it and sum it up."""
    found = find_consultation(request, community, slug)
    if not policies.can_consult(request.viewer, found):
        raise PermissionDenied(_("This is for those who look after the community."))
    return found


def consultation_shell(request: HttpRequest, here: Forum, **more: Any) -> dict:
    """What pages of a consultation share; the forum is a step of the way here."""
    context = forum_shell(request, here, can_consult=policies.can_consult(request.viewer, here), **more)
    context["trail"].append((here.title, here.get_absolute_url()))
    return context


# --- guiding questions --------------------------------------------------------------------------------


@login_required
def questions(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    """The guiding questions, and adding one."""
    here = kept(request, community, slug)
    form = GuidingQuestionForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_question(viewer=request.viewer, forum=here, **form.cleaned_data)
            return redirect("forums:questions", here.community.slug, here.slug)
        except Refused as refused:
            refuse(form, refused)
    context = consultation_shell(request, here, form=form, questions=questions_of(here))
    return page(request, "forums/questions/index.html", context, form)


@login_required
def question(request: HttpRequest, community: str, slug: str, pk: int) -> HttpResponse:
    """Change a question before the opening; afterwards, clarify it."""
    here = kept(request, community, slug)
    asked = get_object_or_404(here.guiding_questions, pk=pk)
    if here.has_begun:
        return _clarify(request, here, asked)
    form = ChangedQuestionForm(posted(request), question=asked)
    stale = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_question(viewer=request.viewer, question=asked, **form.cleaned_data)
            return redirect("forums:questions", here.community.slug, here.slug)
        except StaleEdit as refused:
            stale = refused.current
            form.take_version(stale.version)
            refuse(form, refused)
        except Refused as refused:
            refuse(form, refused)
    context = consultation_shell(request, here, form=form, question=asked, stale=stale)
    return page(request, "forums/question/index.html", context, form)


def _clarify(request: HttpRequest, here: Forum, asked: GuidingQuestion) -> HttpResponse:
    form = ClarificationForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.clarify_question(viewer=request.viewer, question=asked, **form.cleaned_data)
            return redirect("forums:questions", here.community.slug, here.slug)
        except Refused as refused:
            refuse(form, refused)
    context = consultation_shell(request, here, form=form, question=asked, clarifies=True)
    return page(request, "forums/question/index.html", context, form)


@login_required
@require_POST
def arrange_question(request: HttpRequest, community: str, slug: str, pk: int) -> HttpResponse:
    """Further up, further down, or away, as the pressed button says."""
    here = kept(request, community, slug)
    asked = get_object_or_404(here.guiding_questions, pk=pk)
    form = GuidingQuestionForm()
    try:
        if request.POST.get("act") == "remove":
            actions.remove_question(viewer=request.viewer, question=asked)
        else:
            order = _moved(
                [one.pk for one in here.guiding_questions.all()], pk, request.POST.get("act") == "up"
            )
            actions.order_questions(viewer=request.viewer, forum=here, order=order)
    except Refused as refused:
        form = GuidingQuestionForm({})
        form.errors.clear()
        form.add_error(None, refused.sentence)
        context = consultation_shell(request, here, form=form, questions=questions_of(here))
        return page(request, "forums/questions/index.html", context, form)
    return redirect("forums:questions", here.community.slug, here.slug)


def _moved(order: list[int], pk: int, is_up: bool) -> list[int]:
    place = order.index(pk)
    other = max(place - 1, 0) if is_up else min(place + 1, len(order) - 1)
    order[place], order[other] = order[other], order[place]
    return order


@login_required
def assign(request: HttpRequest, community: str, forum: str, pk: int, slug: str) -> HttpResponse:
    """Say which question a thread is about."""
    here = find_thread(request, pk)
    if not here.forum.is_consultation:
        raise Http404
    if not policies.can_consult(request.viewer, here.forum):
        raise PermissionDenied(_("This is for those who look after the community."))
    if elsewhere := merged_meanwhile(request, here, pk):
        return elsewhere
    form = AssignForm(posted(request), forum=here.forum, initial={"question": here.question_id})
    if request.method == "POST" and form.is_valid():
        try:
            actions.assign_thread(viewer=request.viewer, thread=here, **form.cleaned_data)
            return redirect(here)
        except Refused as refused:
            refuse(form, refused)
    context = thread_shell(request, here, beyond=True, form=form)
    return page(request, "forums/assign/index.html", context, form)


# --- contributions ------------------------------------------------------------------------------------


def contribution_list(request: HttpRequest, here: Forum) -> dict[str, Any]:
    """Contributions narrowed by the filter, the newest first, each with its person."""
    viewer = request.viewer
    asked = questions_of(here)
    form = ContributionFilter(request.GET or None, questions=asked)
    posts = contributions(viewer, here).filter(form.narrowing())
    found = posts.select_related("thread__forum__community", "thread__question", *SPOKEN)
    rows = paginate(found, ["-written_at", "-id"], request.GET.get("cursor", ""))
    cards = cards_for(viewer, [post.author_id for post in rows])
    return {
        "filter": form,
        "questions": asked,
        "page": rows,
        "rows": [{"post": post, "person": cards.get(post.author_id)} for post in rows],
    }


@never_cache
@require_safe
def contributions_page(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    """Who has contributed what: by question, by capacity, by Party."""
    here = find_consultation(request, community, slug)
    tallies = tally(contributions(request.viewer, here))
    listed = contribution_list(request, here)
    context = consultation_shell(
        request,
        here,
        tallies=tallies,
        by_question=[(one, tallies.posts_to(one.pk)) for one in listed["questions"]],
        spoken_for=[(label, tallies.speakers(name)) for name, label in ALL_GROUPS.items()],
        **listed,
    )
    return render(request, "forums/contributions/index.html", context)


# --- the draft and its corrections --------------------------------------------------------------------


def _draft(request: HttpRequest, here: Forum) -> Summary:
    """The draft, for those who keep the forum and those who contributed; for others there is none."""
    summary = get_object_or_404(Summary, forum=here)
    reads = summary.is_drafted and has_contributed(request.viewer, here)
    if not reads and not policies.can_consult(request.viewer, here):
        raise Http404
    summary.forum = here
    return summary


@never_cache
@login_required
@require_safe
def draft(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    """What is to be said, with what rests on one's own words marked."""
    here = find_consultation(request, community, slug)
    summary = _draft(request, here)
    if summary.is_published:
        return redirect("forums:proceedings", here.community.slug, here.slug)
    context = consultation_shell(
        request,
        here,
        summary=summary,
        text=read(request.viewer, here, questions_of(here), summary),
        own=list(summary.corrections.filter(user=request.viewer.user_id)),
    )
    return render(request, "forums/draft/index.html", context)


@login_required
def correct(request: HttpRequest, community: str, slug: str, pk: int) -> HttpResponse:
    """Propose how a sentence should read that rests on one's own words."""
    here = find_consultation(request, community, slug)
    summary = _draft(request, here)
    sentence = get_object_or_404(Sentence, pk=pk, section__summary=summary)
    if not actions.rests_on(request.viewer, sentence):
        raise PermissionDenied(_("Corrections are for those on whose posts a sentence rests."))
    form = CorrectionForm(posted(request), initial={"proposed": sentence.text})
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose_correction(viewer=request.viewer, sentence=sentence, **form.cleaned_data)
            return redirect("forums:draft", here.community.slug, here.slug)
        except Refused as refused:
            refuse(form, refused)
    context = consultation_shell(request, here, summary=summary, sentence=sentence, form=form)
    return page(request, "forums/correct/index.html", context, form)


# --- proceedings --------------------------------------------------------------------------------------


def _published(request: HttpRequest, here: Forum) -> Summary:
    """Published proceedings; before that they exist for those who keep the forum alone."""
    summary = get_object_or_404(Summary, forum=here)
    if not summary.is_published and not policies.can_consult(request.viewer, here):
        raise Http404
    summary.forum = here
    return summary


@require_safe
def proceedings(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    here = find_consultation(request, community, slug)
    summary = _published(request, here)
    found = gather(request.viewer, here, summary)
    context = consultation_shell(
        request,
        here,
        summary=summary,
        proceedings=found,
        corrections=documents.corrections_line(found),
        text=found.text,
    )
    return render(request, "forums/proceedings/index.html", context)


@require_safe
def document(request: HttpRequest, community: str, slug: str, kind: str) -> HttpResponse:
    """The proceedings as a file: bound for its reader before it is written."""
    here = find_consultation(request, community, slug)
    summary = _published(request, here)
    reader = reader_of_documents(request.viewer, here)
    made = documents.document(gather(reader, here, summary), reader)
    write, content_type = _KINDS[kind]
    response = HttpResponse(write(made.data), content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="proceedings-{here.pk}.{kind}"'
    if made.holds_knowledge or not is_public(here) or not summary.is_published:
        response["Cache-Control"] = "private, no-store"
    return response
