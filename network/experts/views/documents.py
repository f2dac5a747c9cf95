"""Papers made from one's own profile: checked on a page, then handed out; none of them is kept."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from network.experts.documents import PAPERS, docx, outline, pdf
from network.experts.paper_forms import PaperForm, paper_named
from network.experts.views.editing import own, trail_of_own
from network.foundations.exceptions import Refused
from network.foundations.forms import posted
from network.foundations.ratelimit import limit, who_is

_KINDS = {
    "docx": (docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (pdf, "application/pdf"),
}


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Which papers there are."""
    context = {"papers": PAPERS.values(), "trail": trail_of_own()}
    return render(request, "experts/documents/index.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper(request: HttpRequest, name: str) -> HttpResponse:
    """The paper as it will be, each answer to be mended; the button makes the file of it."""
    asked = paper_named(name)
    if asked is None:
        raise Http404
    form = PaperForm(posted(request), paper=asked, profile=own(request))
    if form.is_valid():
        try:
            limit("experts.papers", who_is(request), times=60, seconds=60 * 60)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            suffix = "docx" if request.POST.get("as") == "docx" else "pdf"
            write, content_type = _KINDS[suffix]
            made = write(outline(asked, form.cleaned_data, request.viewer))
            response = HttpResponse(made, content_type=content_type)
            stem = slugify(form.cleaned_data["name"]) or "profile"
            response["Content-Disposition"] = f'attachment; filename="{asked.name}-{stem}.{suffix}"'
            response["Cache-Control"] = "private, no-store"
            response["X-Content-Type-Options"] = "nosniff"
            return response
    trail = [*trail_of_own(), (_("Papers from your profile"), reverse("experts:documents"))]
    context = {"paper": asked, "form": form, "trail": trail}
    return render(request, "experts/documents/paper.html", context, status=422 if form.errors else 200)
