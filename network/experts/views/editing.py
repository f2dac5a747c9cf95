"""Making and keeping one's own profile, in place: a section opens among the others."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.accounts.models import ListSuggestion
from network.experts import actions, disclosure, sections
from network.experts.completeness import meter
from network.experts.enums import State, Visibility
from network.experts.forms import SectionForm
from network.experts.models import ExpertProfile, SectionDraft
from network.experts.section_forms import form_of, language_name
from network.experts.sections import SECTIONS, Section
from network.experts.summaries import summarize
from network.foundations.exceptions import Refused, StaleEdit

_NOT_KEPT = {"csrfmiddlewaretoken"}


def own(request: HttpRequest) -> ExpertProfile:
    """Her profile, or an empty one that has not been saved."""
    found = (
        ExpertProfile.objects.for_cards()
        .filter(user=request.viewer.user_id)
        .prefetch_related("terms__term", "tags", "engagements", "publications", "translations")
        .first()
    )
    return found or ExpertProfile(user=request.user)


def trail_of_own() -> list[tuple[str, str]]:
    return [(_("People"), reverse("experts:directory")), (_("Your profile"), reverse("experts:me"))]


def _section(name: str) -> Section:
    section = sections.find(name)
    if section is None:
        raise Http404
    return section


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All sections with what stands in them and who sees it; from here one edits, looks and publishes."""
    return _page(request, own(request))


def _page(
    request: HttpRequest,
    profile: ExpertProfile,
    form: SectionForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    drafts = set(SectionDraft.objects.filter(user=request.viewer.user_id).values_list("section", flat=True))
    translated = {entry.language for entry in profile.translations.all()} if profile.pk else set()
    context = {
        "profile": profile,
        "begun": profile.pk is not None,
        "published": profile.state == State.PUBLISHED,
        "hidden": profile.state == State.HIDDEN,
        "sections": [
            (section, summarize(profile, section), section.name in drafts) for section in SECTIONS.values()
        ],
        "languages": [
            (section, language_name(code), code in translated, section.name in drafts)
            for section in sections.translations()
            for code in [sections.language_of(section)]
            if code != profile.language
        ],
        "can_publish": bool(request.user.name),
        "suggested": ListSuggestion.objects.filter(person=request.user).exclude(values={}).exists(),
        "meter": meter(profile),
        "trail": [(_("People"), reverse("experts:directory"))],
        **more,
    }
    if form is not None:
        code = sections.language_of(form.section)
        context |= {
            "form": form,
            "section": form.section,
            "in_language": language_name(code) if code else "",
            "written_in": language_name(profile.language) if profile.language else "",
            "card": disclosure.build_card(profile, Visibility.NOBODY, preview=True),
            "trail": trail_of_own(),
        }
    return render(request, "experts/overview/index.html", context, status=status)


# --- a section --------------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, section: str) -> HttpResponse:
    """One section: asked, checked, saved; what was typed comes back with what is wrong beside it."""
    asked = _section(section)
    profile = own(request)
    if request.method != "POST":
        draft = SectionDraft.objects.filter(user=request.viewer.user_id, section=section).first()
        return (
            _from_draft(request, profile, asked, draft)
            if draft
            else _page(request, profile, form_of(asked, profile=profile))
        )
    form = form_of(asked, request.POST, request.FILES, profile=profile)
    if form.is_valid():
        try:
            _save(request, form)
        except StaleEdit as stale:
            return _stale_page(request, asked, request.POST, stale.sentence)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('experts:me')}#{section}")
    return _page(request, profile, form, status=422)


@transaction.atomic
def _save(request: HttpRequest, form: SectionForm) -> None:
    actions.save_section(
        viewer=request.viewer,
        section=form.section,
        values=form.values,
        visibility=form.visibility,
        version=form.cleaned_data["version"],
    )
    if image := form.cleaned_data.get("photo"):
        actions.set_photo(viewer=request.viewer, image=image, crop=form.crop)
    elif form.cleaned_data.get("remove"):
        actions.remove_photo(viewer=request.viewer)


def _stale_page(
    request: HttpRequest, section: Section, typed: QueryDict, sentence: str, status: int = 422, **more: Any
) -> HttpResponse:
    """What was typed in the fields, what was saved in between beside them; saving again is then meant."""
    profile = own(request)
    form = form_of(section, typed, profile=profile)
    is_whole = form.is_valid()
    form.renew_version()
    form.add_error(None, sentence)
    if request.FILES:
        form.add_error("photo", _("Choose a photo again."))
    meant, chosen = (form.values, form.visibility) if is_whole else ({}, {})
    changed = [
        summary
        for summary in summarize(profile, section)
        if sections.language_of(section)
        or meant.get(summary.field) != form.standing["values"].get(summary.field)
        or chosen.get(summary.field) != form.standing["visibility"].get(summary.field)
    ]
    return _page(request, profile, form, status=status, stale=changed, **more)


# --- drafts -----------------------------------------------------------------------------------------------


def _from_draft(
    request: HttpRequest, profile: ExpertProfile, section: Section, draft: SectionDraft
) -> HttpResponse:
    """The form as she left it; if the section was saved elsewhere since, that stands beside it."""
    typed = QueryDict(mutable=True)
    for name, parts in draft.fields.items():
        typed.setlist(name, parts)
    form = form_of(section, typed, profile=profile)
    if typed.get("version") != form.initial["version"]:
        sentence = _("You saved this part after you had begun this draft. Both texts are shown here.")
        return _stale_page(request, section, typed, sentence, status=200, draft=draft)
    return _page(request, profile, form, draft=draft)


@login_required
@require_POST
def keep_draft(request: HttpRequest, section: str) -> HttpResponse:
    """Keep what was sent as it is. A script hears a sentence, the button leads back to the form."""
    asked = _section(section)
    # No database keeps a NUL in JSON, and no form of ours takes one.
    fields = {
        name.replace("\x00", ""): [part.replace("\x00", "") for part in request.POST.getlist(name)]
        for name in request.POST
        if name not in _NOT_KEPT
    }
    by_script = request.headers.get("X-Requested-With") == "fetch"
    try:
        draft = actions.keep_draft(viewer=request.viewer, section=asked, fields=fields)
    except Refused as refusal:
        if by_script:
            return JsonResponse({"text": refusal.sentence}, status=422)
        profile = own(request)
        form = form_of(asked, request.POST, profile=profile)
        form.add_error(None, refusal.sentence)
        return _page(request, profile, form, status=422)
    clock = time_format(timezone.localtime(draft.updated_at), "TIME_FORMAT")
    told = _("Draft kept at %(time)s") % {"time": clock}
    if by_script:
        return JsonResponse({"text": told})
    messages.success(request, told)
    return redirect(f"{reverse('experts:edit', args=[section])}#{section}")


@login_required
@require_POST
def drop_draft(request: HttpRequest, section: str) -> HttpResponse:
    actions.throw_draft_away(viewer=request.viewer, section=_section(section))
    messages.success(request, _("The draft is deleted."))
    return redirect(f"{reverse('experts:me')}#{section}")


# --- showing it -------------------------------------------------------------------------------------------


@login_required
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    try:
        profile = actions.publish(viewer=request.viewer)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("experts:edit", section="about")
    messages.success(request, _("Your profile is published. This is your page."))
    return redirect(profile)


@login_required
@require_POST
def hide(request: HttpRequest) -> HttpResponse:
    actions.hide(viewer=request.viewer)
    messages.success(request, _("Your profile is hidden. Nobody finds it until you publish it again."))
    return redirect("experts:me")
