"""Bringing in what stands elsewhere: works from BibTeX, DOIs and ORCID, a person from a card, and out."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.experts import actions, cards, disclosure, found, values
from network.experts.bibliography import bibtex, records
from network.experts.bibliography.works import marks
from network.experts.bringing_forms import BibtexForm, CardForm, DoiForm, OrcidLeaveForm
from network.experts.enums import Field, Visibility
from network.experts.lines import publication
from network.experts.models import ExpertProfile
from network.experts.summaries import in_words, label_of
from network.experts.views.editing import own, trail_of_own
from network.foundations.exceptions import Refused
from network.foundations.ratelimit import limit, who_is

_FORMS: dict[str, type[forms.Form]] = {"bibtex": BibtexForm, "doi": DoiForm, "orcid": OrcidLeaveForm}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def publications(request: HttpRequest) -> HttpResponse:
    """Where to read works from; what is found stands on the next page, to be chosen from."""
    profile = own(request)
    asked = request.POST.get("from", "") if request.method == "POST" else ""
    if request.method == "POST" and asked not in _FORMS:
        return redirect("experts:bring_publications")
    shown = {
        name: kind(request.POST, request.FILES) if name == asked else kind() for name, kind in _FORMS.items()
    }
    if asked and shown[asked].is_valid():
        try:
            works, posts = _look_up(request, asked, shown[asked], profile)
        except Refused as refusal:
            shown[asked].add_error(None, refusal.sentence)
        else:
            return _choose(request, works, posts, profile)
    context = {"forms": shown, "orcid": profile.orcid, "trail": trail_of_own()}
    return render(request, "experts/bringing/publications.html", context, status=422 if asked else 200)


def _look_up(
    request: HttpRequest, asked: str, form: Any, profile: ExpertProfile
) -> tuple[list[dict[str, Any]], list[dict[str, str]]]:
    """Works, and where the person is employed."""
    if asked == "bibtex":
        return form.works, []
    limit("experts.lookup", who_is(request), times=20, seconds=60 * 60)
    if asked == "doi":
        held = [records.work_behind(one) for one in form.cleaned_data["dois"]]
        return [work for work in held if work], []
    if not profile.orcid:
        raise Refused(_("Write your ORCID iD under “Your story” first."))
    return records.works_of(profile.orcid), records.affiliations_of(profile.orcid)


def _choose(
    request: HttpRequest, works: list[dict[str, Any]], posts: list[dict[str, str]], profile: ExpertProfile
) -> HttpResponse:
    held = {mark for row in values.value_of(profile, Field.PUBLICATIONS) for mark in marks(row)}
    user = request.viewer.user_id
    context = {
        "works": [
            {"line": publication(work), "packed": found.pack(user, work), "held": bool(held & marks(work))}
            for work in works
        ],
        "posts": [
            {"line": ", ".join(filter(None, post.values())), "packed": found.pack(user, post)}
            for post in posts
        ],
        "trail": [*trail_of_own(), (_("Bring in publications"), reverse("experts:bring_publications"))],
    }
    return render(request, "experts/bringing/choose.html", context)


@login_required
@require_POST
def keep_publications(request: HttpRequest) -> HttpResponse:
    """What was ticked becomes part of the profile."""
    user = request.viewer.user_id
    try:
        works = [found.unpack(user, packed) for packed in request.POST.getlist("work")]
        post = found.unpack(user, packed) if (packed := request.POST.get("post", "")) else {}
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("experts:bring_publications")
    number = actions.add_publications(viewer=request.viewer, works=works)
    if post:
        actions.fill_in(viewer=request.viewer, values={name: text for name, text in post.items() if text})
    told = ngettext("%(number)d publication added.", "%(number)d publications added.", number)
    messages.success(request, told % {"number": number})
    return redirect(f"{reverse('experts:me')}#publications")


@login_required
@require_safe
def own_bibtex(request: HttpRequest) -> HttpResponse:
    return _as_bibtex(values.value_of(own(request), Field.PUBLICATIONS))


@require_safe
def bibtex_of(request: HttpRequest, slug: str) -> HttpResponse:
    """The publications of somebody who shows them to this viewer."""
    visible = ExpertProfile.objects.visible_to(request.viewer).for_cards()
    profile = get_object_or_404(visible, slug=slug)
    level = disclosure.levels_for(request.viewer, [profile])[profile.pk]
    rows = values.value_of(profile, Field.PUBLICATIONS)
    if not rows or not disclosure.opens(profile, Field.PUBLICATIONS, level):
        raise Http404
    return _as_bibtex(rows)


def _as_bibtex(rows: list[dict[str, Any]]) -> HttpResponse:
    response = HttpResponse(bibtex.write(rows), content_type="application/x-bibtex; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="publications.bib"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


# --- cards ------------------------------------------------------------------------------------------------


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest) -> HttpResponse:
    """A file that is read; what it says stands beside what the profile says, to be chosen."""
    form = CardForm(request.POST, request.FILES) if request.method == "POST" else CardForm()
    if request.method == "POST" and form.is_valid():
        try:
            told = cards.read(form.cleaned_data["file"])
        except Refused as refusal:
            form.add_error(refusal.field, refusal.sentence)
        else:
            return _compare(request, told)
    context = {"form": form, "trail": trail_of_own()}
    return render(request, "experts/bringing/card.html", context, status=422 if form.errors else 200)


def _compare(request: HttpRequest, told: dict[str, Any]) -> HttpResponse:
    profile = own(request)
    rows = []
    for name, value in told.items():
        now = values.value_of(profile, name)
        if value != now:
            row = {
                "label": label_of(name),
                "now": "; ".join(in_words(name, now)),
                "new": "; ".join(in_words(name, value)),
            }
            packed = found.pack(request.viewer.user_id, [name, value])
            rows.append(row | {"packed": packed, "name": name, "is_empty": not now})
    return render(request, "experts/bringing/compare.html", {"rows": rows, "trail": trail_of_own()})


@login_required
@require_POST
def keep_card(request: HttpRequest) -> HttpResponse:
    try:
        chosen = dict(
            found.unpack(request.viewer.user_id, packed) for packed in request.POST.getlist("field")
        )
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return redirect("experts:bring_card")
    actions.fill_in(viewer=request.viewer, values=chosen)
    messages.success(request, _("Saved."))
    return redirect("experts:me")


@login_required
@require_safe
def own_card(request: HttpRequest) -> HttpResponse:
    """Her own card: what everyone sees of her, and her address only where she asks for it here."""
    profile = own(request)
    if profile.pk is None or "get" not in request.GET:
        return render(request, "experts/bringing/own_card.html", {"trail": trail_of_own()})
    level = Visibility.NOBODY if request.GET.get("all") else Visibility.EVERYONE
    page = disclosure.build_page(profile, level, preview=True)
    text = cards.write(page, email=request.user.email if request.GET.get("email") else "")
    response = HttpResponse(text, content_type="text/vcard; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="card.vcf"'
    response["Cache-Control"] = "private, no-store"
    return response
