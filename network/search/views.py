"""The search page."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.search import results
from network.search.query import parse
from network.search.sources import sources

_MAX_TYPED = 2000


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """All kinds, or one of them in pages; every number counts only what the viewer may see."""
    typed = request.GET.get("q", "")[:_MAX_TYPED]
    kind = request.GET.get("kind", "")
    if kind and kind not in sources:
        raise Http404
    query = parse(typed)
    groups = results.grouped(request.viewer, query) if query else []
    context = {
        "query": query,
        "typed": typed.strip(),
        "groups": groups,
        "total": sum(group.count for group in groups),
        "kind": kind,
        "tabs": _tabs(typed, kind, groups),
    }
    if kind and query:
        context["page"] = results.of_kind(request.viewer, query, kind, request.GET.get("cursor", ""))
    return render(request, "search/results/index.html", context)


def _tabs(typed: str, kind: str, groups: list[results.Group]) -> list[dict]:
    def tab(name: str, label: str, count: int) -> dict:
        query = QueryDict(mutable=True)
        query["q"] = typed
        if name:
            query["kind"] = name
        return {"label": label, "url": f"?{query.urlencode()}", "current": name == kind, "count": count}

    total = sum(group.count for group in groups)
    return [tab("", _("All"), total), *(tab(group.kind, group.label, group.count) for group in groups)]
