"""Items: the list, one item, sealing."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from network.consent import actions, policies, standing
from network.consent.enums import PartName, State
from network.consent.exits import exits
from network.consent.forms import ItemForm, PartForm
from network.consent.models import KnowledgeItem, Release
from network.consent.presets import presets
from network.consent.views.doorway import asked, item_of, posted, workspace
from network.foundations.pager import paginate

_TONES = {State.GIVEN: "good", State.UNKNOWN: "quiet", State.SCHEDULED: "info", State.OUT_OF_SEASON: "info"}


@workspace("GET")
def index(request: HttpRequest) -> HttpResponse:
    found = KnowledgeItem.objects.visible_to(request.viewer).prefetch_related("holders")
    page = paginate(found, ["-created_at", "id"], request.GET.get("cursor", ""))
    states = standing.states_of(page.rows, timezone.now())
    rows = [(item, states[item.pk], _TONES.get(states[item.pk], "withheld")) for item in page]
    return render(request, "consent/index/index.html", {"page": page, "rows": rows})


@workspace("GET", "POST")
def create(request: HttpRequest) -> HttpResponse:
    form = ItemForm(posted(request), viewer=request.viewer)

    def deed() -> str:
        typed = form.cleaned_data
        return actions.create_item(
            title=typed["title"],
            holders=typed["holders"],
            exposure=typed["exposure"],
            archive_url=typed["archive_url"],
            parts=form.parts,
            language=typed["language"],
            by=request.viewer,
        ).get_absolute_url()

    return asked(request, form, "consent/create/index.html", deed)


@workspace("GET")
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    item = item_of(request, pk)
    now = timezone.now()
    state = standing.states_of([item], now)[item.pk]
    key = standing.key_of(item)
    records = list(item.records.in_order().reverse().select_related("holder", "authority"))
    parts = list(item.parts.order_by("id"))
    notes = {part.name: part for part in parts if part.holder_id}
    holders = list(item.holders.order_by("id"))
    may_destroy = policies.can_destroy(request.viewer, item)
    return render(
        request,
        "consent/detail/index.html",
        {
            "item": item,
            "state": state,
            "tone": _TONES.get(state, "withheld"),
            "key": key,
            "holders": [(holder, policies.can_withdraw(request.viewer, holder.pk)) for holder in holders],
            "parts": [part for part in parts if not part.holder_id],
            "records": [(record, notes.get(f"note{record.number}")) for record in records],
            "own": request.viewer.ids("holder"),
            "presets": [(name, p) for name, p in presets.items() if item.exposure in p.exposures],
            "releases": _releases(item),
            "broken_at": actions.first_break(item),
            "may_destroy": key and key.closed_at and not key.destroyed_at and may_destroy,
        },
    )


def _releases(item: KnowledgeItem) -> list[dict[str, Any]]:
    """Who has seen it: by exit, the public apart from people who were signed in."""
    rows = (
        Release.objects.filter(item_id=item.pk)
        .values("exit")
        .annotate(
            times=Count("id"),
            people=Count("actor", distinct=True),
            unnamed=Count("id", filter=Q(actor=None)),
            last=Max("at"),
        )
        .order_by("-last")
    )
    return [{**row, "label": exits.get(row["exit"]).label} for row in rows if row["exit"] in exits]


@workspace("GET", "POST")
def seal(request: HttpRequest, pk: UUID) -> HttpResponse:
    item = item_of(request, pk)
    form = PartForm(posted(request), initial={"language": request.viewer.language})

    def deed() -> str:
        typed = form.cleaned_data
        actions.seal_part(
            item=item,
            name=PartName(typed["name"]),
            language=typed["language"],
            text=typed["text"],
            by=request.viewer,
        )
        return item.get_absolute_url()

    return asked(request, form, "consent/seal/index.html", deed, item=item)
