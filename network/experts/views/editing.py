"""Making and keeping one's own profile."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.accounts.models import ListSuggestion
from network.experts import actions, disclosure
from network.experts.enums import State, Visibility
from network.experts.forms import FORMS, SectionForm
from network.experts.models import ExpertProfile
from network.experts.sections import SECTIONS, Section
from network.experts.summaries import FieldSummary, summarize
from network.foundations.exceptions import Refused, StaleEdit

#: As whom a person may look at her own page.
_EYES = {
    "stranger": (Visibility.EVERYONE, gettext_lazy("Anybody on the internet")),
    "member": (Visibility.MEMBERS, gettext_lazy("A member of the network")),
    "fellow": (Visibility.CIRCLES, gettext_lazy("A member of one of your communities")),
}


def _own(request: HttpRequest) -> ExpertProfile:
    """Her profile, or an empty one that has not been saved."""
    found = ExpertProfile.objects.for_cards().filter(user=request.viewer.user_id).first()
    return found or ExpertProfile(user=request.user)


@login_required
@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """All sections with what stands in them and who sees it; from here one edits, looks and publishes."""
    profile = _own(request)
    sections: list[tuple[Section, list[FieldSummary]]] = [
        (section, summarize(profile, section)) for section in SECTIONS.values()
    ]
    context = {
        "profile": profile,
        "begun": profile.pk is not None,
        "published": profile.state == State.PUBLISHED,
        "hidden": profile.state == State.HIDDEN,
        "sections": sections,
        "can_publish": bool(request.user.name),
        "suggested": ListSuggestion.objects.filter(person=request.user).exclude(values={}).exists(),
        "trail": [(_("People"), reverse("experts:directory"))],
    }
    return render(request, "experts/overview/index.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, section: str) -> HttpResponse:
    """One section: asked, checked, saved; what was typed comes back with what is wrong beside it."""
    if section not in FORMS:
        raise Http404
    profile = _own(request)
    if request.method != "POST":
        return _form_page(request, FORMS[section](profile=profile))
    form = FORMS[section](request.POST, request.FILES, profile=profile)
    if form.is_valid():
        try:
            _save(request, form)
        except StaleEdit as stale:
            return _stale_page(request, section, stale)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect(f"{reverse('experts:me')}#{section}")
    return _form_page(request, form, status=422)


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
        actions.set_photo(viewer=request.viewer, image=image)
    elif form.cleaned_data.get("remove"):
        actions.remove_photo(viewer=request.viewer)


def _stale_page(request: HttpRequest, section: str, stale: StaleEdit) -> HttpResponse:
    """What was typed in the fields, what was saved in between beside them; saving again is then meant."""
    profile = _own(request)
    form = FORMS[section](request.POST, profile=profile)
    form.is_valid()
    form.renew_version()
    form.add_error(None, stale.sentence)
    if request.FILES:
        form.add_error("photo", _("Choose a photo again."))
    changed = [
        summary
        for summary in summarize(profile, form.section)
        if form.cleaned_data.get(summary.field) != form.standing["values"][summary.field]
        or form.cleaned_data.get(f"see_{summary.field}") != form.standing["visibility"][summary.field]
    ]
    return _form_page(request, form, status=422, stale=changed)


def _form_page(request: HttpRequest, form: SectionForm, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "form": form,
        "section": form.section,
        "card": disclosure.build_card(form.profile, Visibility.NOBODY, preview=True),
        "trail": [
            (_("People"), reverse("experts:directory")),
            (_("Your profile"), reverse("experts:me")),
        ],
        **more,
    }
    return render(request, "experts/edit/index.html", context, status=status)


@login_required
@require_safe
def preview(request: HttpRequest, eyes: str) -> HttpResponse:
    """Her own page with other eyes."""
    if eyes not in _EYES:
        raise Http404
    profile = _own(request)
    level, who = _EYES[eyes]
    tabs = [
        {"label": label, "url": reverse("experts:preview", args=[name]), "current": name == eyes}
        for name, (_level, label) in _EYES.items()
    ]
    if profile.pk is None:
        return redirect("experts:me")
    context = {
        "profile": disclosure.build_page(profile, level, preview=True),
        "who": who,
        "tabs": tabs,
        "published": disclosure.has_page(profile),
        "trail": [
            (_("People"), reverse("experts:directory")),
            (_("Your profile"), reverse("experts:me")),
        ],
    }
    return render(request, "experts/preview/index.html", context)


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
