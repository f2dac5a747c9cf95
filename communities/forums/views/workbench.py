"""The workbench: picking passages, writing the summary, answering corrections, publishing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from communities.forums import actions
from communities.forums.consultations import marks
from communities.forums.consultations.contributors import contributions
from communities.forums.consultations.paragraphs import paragraphs
from communities.forums.consultations.passages import Quoted, quoted
from communities.forums.consultations.summaries import Part, questions_of, read
from communities.forums.forms.consultations import (
    CorrectionAnswerForm,
    DraftLanguageForm,
    OwnWordsForm,
    PickForm,
    RegroupForm,
    SectionForm,
)
from communities.forums.knowledge import place_of
from communities.forums.models import Correction, Forum, GuidingQuestion, Passage, Sentence, Summary
from communities.forums.views.consultations import consultation_shell, contribution_list, kept
from communities.views.common import page, refuse
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.forms import posted


@never_cache
@login_required
@require_safe
def workbench(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    """Contributions to pick from, and what was picked so far, by question."""
    here = kept(request, community, slug)
    listed = contribution_list(request, here)
    passages = list(here.passages.all())
    picked: dict[int, int] = {}
    for one in passages:
        picked[one.post_id] = picked.get(one.post_id, 0) + 1
    for row in listed["rows"]:
        row["picked"] = picked.get(row["post"].pk, 0)
    groups = _grouped(request, here, passages, listed["questions"])
    context = consultation_shell(request, here, groups=groups, **listed)
    return render(request, "forums/workbench/index.html", context)


def _grouped(
    request: HttpRequest, here: Forum, passages: list[Passage], asked: list[GuidingQuestion]
) -> list[tuple[GuidingQuestion | None, list[Quoted]]]:
    """Passages under their questions, those without one at the end."""
    shown = quoted(request.viewer, passages)
    groups: list[tuple[GuidingQuestion | None, list[Quoted]]] = []
    for question in (*asked, None):
        mine = [shown[one.pk] for one in passages if one.question_id == (question and question.pk)]
        if mine:
            groups.append((question, mine))
    return groups


@never_cache
@login_required
def pick(request: HttpRequest, community: str, slug: str, thread: int, number: int) -> HttpResponse:
    """Tick paragraphs of a post."""
    here = kept(request, community, slug)
    posts = contributions(request.viewer, here).select_related("thread__forum__community")
    post = get_object_or_404(posts, thread=thread, number=number)
    request.consent_place = place_of(post.thread)
    blocks = paragraphs(post.html)
    initial = {"version": post.version, "question": post.thread.question_id}
    form = PickForm(posted(request), forum=here, blocks=blocks, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        try:
            actions.pick(
                viewer=request.viewer,
                forum=here,
                post=post,
                numbers=chosen["paragraphs"],
                version=chosen["version"],
                question=chosen["question"],
            )
            return redirect("forums:workbench", here.community.slug, here.slug)
        except Refused as refused:
            refuse(form, refused)
            if isinstance(refused, StaleEdit):
                form.data = form.data.copy()
                form.data["version"] = str(post.version)
    kept_digests = set(here.passages.filter(post=post).values_list("digest", flat=True))
    ticked = set(request.POST.getlist("paragraphs"))
    choices = [
        {
            "block": block,
            "is_picked": block.digest in kept_digests,
            "is_ticked": str(block.number) in ticked,
        }
        for block in blocks
    ]
    context = consultation_shell(request, here, post=post, form=form, choices=choices)
    return page(request, "forums/pick/index.html", context, form)


@never_cache
@login_required
def passage(request: HttpRequest, community: str, slug: str, number: int) -> HttpResponse:
    """Put a passage under another question, or let it go."""
    here = kept(request, community, slug)
    found = get_object_or_404(here.passages, number=number)
    form = RegroupForm(posted(request), forum=here, initial={"question": found.question_id})
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("act") == "drop":
                actions.drop_passage(viewer=request.viewer, passage=found)
            else:
                actions.regroup(viewer=request.viewer, passage=found, **form.cleaned_data)
            return redirect("forums:workbench", here.community.slug, here.slug)
        except Refused as refused:
            refuse(form, refused)
    shown = quoted(request.viewer, [found])[found.pk]
    context = consultation_shell(request, here, form=form, shown=shown)
    return page(request, "forums/passage/index.html", context, form)


# --- the summary --------------------------------------------------------------------------------------


@never_cache
@login_required
@require_safe
def summary(request: HttpRequest, community: str, slug: str) -> HttpResponse:
    """The summary as it stands, its corrections, and the next step."""
    here = kept(request, community, slug)
    return _summary_page(request, here)


def _summary_page(request: HttpRequest, here: Forum, refused: str = "") -> HttpResponse:
    found = Summary.objects.filter(forum=here).first()
    language = found.language if found else request.viewer.language
    context = consultation_shell(
        request,
        here,
        summary=found,
        text=read(request.viewer, here, questions_of(here), found),
        corrections=list(found.corrections.select_related("sentence")) if found else [],
        language_form=DraftLanguageForm(initial={"language": language}),
        refused=refused,
    )
    status = 422 if refused else 200
    return render(request, "forums/summary_text/index.html", context, status=status)


@never_cache
@login_required
def section(request: HttpRequest, community: str, slug: str, pk: int) -> HttpResponse:
    """Write what the summary says to a question; 0 stands for what it says before them all."""
    here = kept(request, community, slug)
    asked = get_object_or_404(here.guiding_questions, pk=pk) if pk else None
    part = _part(request, here, asked)
    initial = {"text": _written(part), "version": part.version}
    form = SectionForm(posted(request), initial=initial)
    stale = ""
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_section(viewer=request.viewer, forum=here, question=asked, **form.cleaned_data)
            return redirect("forums:section", here.community.slug, here.slug, pk)
        except StaleEdit as refused:
            part = _part(request, here, asked)
            stale = _written(part)
            form.take_version(part.version)
            refuse(form, refused)
        except Refused as refused:
            refuse(form, refused)
    return _section_page(request, here, part, form, stale)


def _section_page(
    request: HttpRequest, here: Forum, part: Part, form: SectionForm, stale: str = "", refused: str = ""
) -> HttpResponse:
    bare = [said.sentence for said in part.sentences if not said.sources]
    context = consultation_shell(
        request,
        here,
        part=part,
        form=form,
        stale=stale,
        refused=refused,
        own_form=OwnWordsForm(rows=bare, version=part.version) if bare else None,
        groups=_grouped(request, here, list(here.passages.all()), questions_of(here)),
    )
    response = page(request, "forums/section/index.html", context, form)
    if refused:
        response.status_code = 422
    return response


def _part(request: HttpRequest, here: Forum, asked: GuidingQuestion | None) -> Part:
    found = Summary.objects.filter(forum=here).first()
    parts = read(request.viewer, here, questions_of(here), found).parts
    return next(part for part in parts if (part.question and part.question.pk) == (asked and asked.pk))


def _written(part: Part) -> str:
    return marks.written(_line(said.sentence) for said in part.sentences)


def _line(row: Sentence) -> marks.Line:
    return marks.Line(row.paragraph, row.text, tuple(source.number for source in row.sources.all()))


@never_cache
@login_required
@require_POST
def own_words(request: HttpRequest, community: str, slug: str, pk: int) -> HttpResponse:
    """Say which sentences without a passage are the moderator's own words."""
    here = kept(request, community, slug)
    asked = get_object_or_404(here.guiding_questions, pk=pk) if pk else None
    part = _part(request, here, asked)
    bare = [said.sentence for said in part.sentences if not said.sources]
    form = OwnWordsForm(request.POST, rows=bare, version=part.version)
    sentence = _("Somebody else saved this text meanwhile. Look at it again.")
    if form.is_valid():
        try:
            actions.own_words(viewer=request.viewer, forum=here, question=asked, **form.cleaned_data)
            return redirect("forums:section", here.community.slug, here.slug, pk)
        except Refused as refused:
            sentence = refused.sentence
    fresh = SectionForm(initial={"text": _written(part), "version": part.version})
    return _section_page(request, here, part, fresh, refused=sentence)


def _step(act: Callable[..., Any], where: str) -> Callable[..., HttpResponse]:
    """A step on the way to the proceedings: refused, the page says why."""

    @never_cache
    @login_required
    @require_POST
    def view(request: HttpRequest, community: str, slug: str) -> HttpResponse:
        here = kept(request, community, slug)
        more: dict[str, Any] = {}
        if act is actions.show_draft:
            form = DraftLanguageForm(request.POST)
            more["language"] = form.cleaned_data["language"] if form.is_valid() else None
        try:
            act(viewer=request.viewer, forum=here, **more)
        except Refused as refused:
            return _summary_page(request, here, refused.sentence)
        return redirect(where, here.community.slug, here.slug)

    return view


show_draft = _step(actions.show_draft, "forums:summary_text")
take_draft_back = _step(actions.take_draft_back, "forums:summary_text")
publish = _step(actions.publish_proceedings, "forums:proceedings")


@never_cache
@login_required
def correction(request: HttpRequest, community: str, slug: str, pk: int) -> HttpResponse:
    """Accept or decline a correction, with a reason."""
    here = kept(request, community, slug)
    found = get_object_or_404(Correction.objects.select_related("summary", "sentence"), pk=pk)
    if found.summary.forum_id != here.pk:
        raise Http404
    found.summary.forum = here
    form = CorrectionAnswerForm(posted(request), correction=found)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_correction(viewer=request.viewer, correction=found, **form.cleaned_data)
            messages.success(request, _("Whoever proposed it is told."))
            return redirect("forums:summary_text", here.community.slug, here.slug)
        except Refused as refused:
            refuse(form, refused)
    context = consultation_shell(request, here, correction=found, form=form)
    return page(request, "forums/correction/index.html", context, form)
