"""The search page."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from network.search.query import parse
from network.search.results import FIRST, Findings, Group, number
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
    findings = Findings(request.viewer, query)
    groups = findings.groups(0 if kind else FIRST) if query else []
    context = {
        "query": query,
        "typed": typed.strip(),
        "groups": groups,
        "kind": kind,
        "tabs": _tabs(typed, kind, groups),
    }
    if kind and query:
        context["is_cut"] = any(group.has_more for group in groups if group.kind == kind)
        context["page"] = findings.page(kind, request.GET.get("cursor", ""))
    return render(request, "search/results/index.html", context)


def _tabs(typed: str, kind: str, groups: list[Group]) -> list[dict]:
    def tab(name: str, label: str, count: str) -> dict:
        query = QueryDict(mutable=True)
        query["q"] = typed
        if name:
            query["kind"] = name
        return {"label": label, "url": f"?{query.urlencode()}", "current": name == kind, "count": count}

    total = number(sum(group.count for group in groups), any(group.has_more for group in groups))
    return [tab("", _("All"), total), *(tab(group.kind, group.label, group.number) for group in groups)]
