"""Searches that somebody keeps: the list, keeping one, changing it, stopping what it tells."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.forms import posted
from network.search import actions, signing
from network.search.forms import SavedSearchForm
from network.search.models import SavedSearch
from network.search.searchables import Searchable, searchables


@login_required
@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """All that she keeps."""
    rows = [
        {
            "search": search,
            "words": entry.words(search.query),
            "where": entry.label,
            "url": entry.url(search.query),
        }
        for search in SavedSearch.objects.visible_to(request.viewer).order_by("name", "pk")
        if (entry := searchables.get(search.searchable))
    ]
    return render(request, "search/saved/index.html", {"rows": rows})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Keep what the address asks for: ``of`` says where, the rest is what was looked for there."""
    name = request.GET.get("of", "")
    entry = searchables.get(name)
    if entry is None:
        raise Http404
    query = entry.read(request.GET)
    words = entry.words(query)
    form = SavedSearchForm(posted(request), initial={"name": words[:120]})
    if request.method == "POST" and form.is_valid():
        try:
            actions.save(
                viewer=request.viewer,
                searchable=name,
                query=query,
                name=form.cleaned_data["name"],
                rhythm=form.cleaned_data["rhythm"],
            )
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("The search is kept."))
            return redirect("search:saved")
    return _form_page(request, form, entry, query, title=_("Keep this search"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int) -> HttpResponse:
    search = get_object_or_404(SavedSearch.objects.visible_to(request.viewer), pk=pk)
    entry = searchables.get(search.searchable)
    if entry is None:
        raise Http404
    initial = {"name": search.name, "rhythm": search.rhythm, "version": search.version}
    form = SavedSearchForm(posted(request), initial=initial)
    standing = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(
                viewer=request.viewer,
                search=search,
                name=form.cleaned_data["name"],
                rhythm=form.cleaned_data["rhythm"],
                version=form.cleaned_data["version"] or 0,
            )
        except StaleEdit as stale:
            form.add_error(None, stale.sentence)
            form.renew_version(stale.current.version)
            standing = stale.current
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("Saved."))
            return redirect("search:saved")
    more = {"search": search, "standing": standing}
    return _form_page(request, form, entry, search.query, title=search.name, **more)


def _form_page(
    request: HttpRequest, form: SavedSearchForm, entry: Searchable, query: str, **more: Any
) -> HttpResponse:
    context = {
        "form": form,
        "words": entry.words(query),
        "where": entry.label,
        "back": entry.url(query),
        "trail": [(_("Saved searches"), reverse("search:saved"))],
    }
    return render(request, "search/save/index.html", context | more, status=422 if form.errors else 200)


@login_required
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    search = get_object_or_404(SavedSearch.objects.visible_to(request.viewer), pk=pk)
    actions.delete(viewer=request.viewer, search=search)
    messages.success(request, _("The search is forgotten."))
    return redirect("search:saved")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, signed: str) -> HttpResponse:
    """Where the link in a mail leads: one button, no signing in. Programs that follow links stop nothing."""
    number = signing.read(signed)
    if request.method == "POST":
        actions.stop(search=number)
    return render(request, "search/stop/index.html", {"stopped": request.method == "POST"})
