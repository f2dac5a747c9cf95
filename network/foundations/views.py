"""Doorways for machines: is it alive, is it ready, how is it, and what can be asked of it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from ninja import NinjaAPI
from prometheus_client import CONTENT_TYPE_LATEST

from network.foundations import health, metrics


@require_safe
@never_cache
def alive(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return JsonResponse({"alive": True})


@require_safe
@never_cache
def ready(request: HttpRequest) -> HttpResponse:
    """200 where every part can do its work, else 503 with the names of those that cannot."""
    parts = health.parts()
    failing = [part.name for part in parts if not part.ready]
    answer: dict[str, Any] = {"ready": not failing, "failing": failing}
    if health.may_look_inside(request):
        answer["parts"] = {part.name: part.detail for part in parts}
    return JsonResponse(answer, status=503 if failing else 200)


@require_safe
@never_cache
def numbers(request: HttpRequest) -> HttpResponse:
    """For Prometheus. To strangers there is no such address."""
    if not health.may_look_inside(request):
        raise Http404
    return HttpResponse(metrics.written(), content_type=CONTENT_TYPE_LATEST)


def api_page(api: NinjaAPI) -> Any:
    """The view that describes ``api`` to people, from its own description for programs."""

    @require_safe
    def page(request: HttpRequest) -> HttpResponse:
        schema = api.get_openapi_schema(path_prefix="/api/v1/")
        calls = [
            {
                "method": method.upper(),
                "path": path,
                "summary": call.get("summary", ""),
                "description": call.get("description", ""),
                "parameters": call.get("parameters", []),
                "group": (call.get("tags") or [""])[0],
            }
            for path, methods in schema["paths"].items()
            for method, call in methods.items()
        ]
        return render(request, "foundations/api/index.html", {"calls": calls})

    return page
