"""Taking people out of the directory: for what, as what, and the file."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from network.experts import actions, exporting
from network.experts.asking import asked_of
from network.experts.choosing import words_of
from network.experts.directory import Directory
from network.experts.enums import ExportFormat
from network.experts.listforms import ExportForm
from network.experts.models import DirectoryExport, ExpertProfile, Shortlist
from network.foundations.exceptions import Refused
from network.foundations.forms import posted


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: HttpRequest) -> HttpResponse:
    """What the address asks for, or with ``list`` a shortlist; the purpose is asked and logged."""
    shortlist = None
    directory = Directory(request.viewer, asked_of(request.GET))
    if key := request.GET.get("list", "").replace("\x00", ""):
        shortlist = get_object_or_404(Shortlist.objects.visible_to(request.viewer), key=key)
    form = ExportForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_for_export(
                viewer=request.viewer, asked=directory.asked.address, shortlist=shortlist, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(request, _("Your list is here, or will be in a moment."))
            return redirect("experts:exports")
    context = {
        "form": form,
        "shortlist": shortlist,
        "number": _number(request, shortlist, directory),
        "words": "" if shortlist else ", ".join(words_of(directory)),
        "action": f"?{urlencode({'list': shortlist.key}) if shortlist else directory.asked.address}",
        "back": shortlist.get_absolute_url()
        if shortlist
        else f"{reverse('experts:directory')}?{directory.asked.address}",
        "trail": [(_("People"), reverse("experts:directory"))],
    }
    return render(request, "experts/export/index.html", context, status=422 if form.errors else 200)


def _number(request: HttpRequest, shortlist: Shortlist | None, directory: Directory) -> int:
    if shortlist is None:
        return directory.count()
    return ExpertProfile.objects.visible_to(request.viewer).filter(shortlisted__shortlist=shortlist).count()


@never_cache
@login_required
@require_safe
def exports(request: HttpRequest) -> HttpResponse:
    """What she has taken out, and what can still be fetched."""
    mine = DirectoryExport.objects.visible_to(request.viewer).defer("file").order_by("-asked_at", "-pk")[:50]
    ready = set(
        DirectoryExport.objects.visible_to(request.viewer).downloadable().values_list("pk", flat=True)
    )
    context = {
        "rows": [{"export": one, "ready": one.pk in ready} for one in mine],
        "trail": [(_("People"), reverse("experts:directory"))],
    }
    return render(request, "experts/exports/index.html", context)


@never_cache
@login_required
@require_safe
def download(request: HttpRequest, pk: int) -> HttpResponse:
    """The file, to nobody but whoever asked for it."""
    held = get_object_or_404(DirectoryExport.objects.visible_to(request.viewer).downloadable(), pk=pk)
    kind = ExportFormat(held.format)
    response = HttpResponse(bytes(held.file), content_type=exporting.CONTENT_TYPES[kind])
    name = f"people-{held.asked_at:%Y-%m-%d}-{held.pk}.{exporting.SUFFIXES[kind]}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
