"""Error pages that say what happened and what to do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403 with the sentence that the policy gave, if it gave one."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's key is missing or old: what was typed is shown again so that nothing is lost."""
    typed = [
        (name, value) for name, value in request.POST.items() if len(value) > 20 and "password" not in name
    ]
    return render(request, "403_csrf.html", {"typed": typed}, status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500 without context processors, for they may be what broke; even its style sheet may be missing."""
    try:
        style_url = static("css/network.css")
    except ValueError:
        style_url = ""
    return HttpResponse(render_to_string("500.html", {"style_url": style_url}), status=500)
