"""Items: the list, one item, sealing."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from network.consent import actions, ingest, policies, terms
from network.consent.enums import Detail, PartName, State
from network.consent.exits import exits
from network.consent.forms import ItemForm, ItemsFilterForm, PartForm
from network.consent.models import ItemKey, KnowledgeItem, Part, Release
from network.consent.presets import presets
from network.consent.querysets import ItemQuerySet
from network.consent.views.doorway import asked, item_of, uploaded, workspace
from network.consent.views.kept import asleep_of, kept_by
from network.consent.views.telling import waiting_for, waiting_on
from network.foundations.forms import posted
from network.foundations.memory_uploads import kept_in_memory
from network.foundations.pager import paginate

TONES = {State.GIVEN: "good", State.UNKNOWN: "quiet", State.SCHEDULED: "info", State.OUT_OF_SEASON: "info"}


@workspace("GET")
def index(request: HttpRequest) -> HttpResponse:
    """What waits for her first, then the items, of one holder or in one state if she asks for it."""
    now = timezone.now()
    visible = KnowledgeItem.objects.visible_to(request.viewer)
    form = ItemsFilterForm(request.GET or None, viewer=request.viewer)
    found = _filtered(visible, form, now).prefetch_related("holders")
    page = paginate(found, ["-created_at", "id"], request.GET.get("cursor", ""))
    states = terms.states_of(page.rows, now)
    rows = [(item, states[item.pk], TONES.get(states[item.pk], "withheld")) for item in page]
    context = {
        "page": page,
        "rows": rows,
        "form": form,
        "active": sum(bool(value) for value in getattr(form, "cleaned_data", {}).values()),
        "waiting": waiting_for(request.viewer),
        "asleep": asleep_of(request.viewer, now),
    }
    return render(request, "consent/index/index.html", context)


def _filtered(items: ItemQuerySet, form: ItemsFilterForm, now: datetime) -> ItemQuerySet:
    """A state stands in no column: it is told by the clock, for all of them in one query."""
    if not form.is_valid():
        return items
    holder, state = form.cleaned_data["holder"], form.cleaned_data["state"]
    if holder:
        items = items.filter(holdings__holder=holder)
    if state:
        states = terms.states_of(items.only("pk"), now)
        items = items.filter(pk__in=[pk for pk, told in states.items() if told == state])
    return items


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
            rule=typed["rule"],
            needed=typed["needed"],
            decider=typed["decider"],
            of_women=typed["of_women"],
            derived_from=typed["derived_from"],
            parts=form.parts,
            language=typed["language"],
            by=request.viewer,
        ).get_absolute_url()

    return asked(request, form, "consent/create/index.html", deed)


@workspace("GET")
def detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    item = item_of(request, pk)
    now = timezone.now()
    state = terms.states_of([item], now)[item.pk]
    key = ItemKey.objects.filter(pk=item.pk).first()
    records = list(item.records.in_order().reverse().select_related("holder", "authority"))
    parts = list(item.parts.order_by("id"))
    notes = _notes_by_record(parts)
    holders = list(item.holders.order_by("id"))
    may_destroy = policies.can_destroy(request.viewer, item)
    return render(
        request,
        "consent/detail/index.html",
        {
            "item": item,
            "waiting": waiting_on(item),
            "state": state,
            "tone": TONES.get(state, "withheld"),
            "key": key,
            "holders": [(holder, policies.can_withdraw(request.viewer, holder.pk)) for holder in holders],
            "parts": [part for part in parts if part.is_knowledge or part.name in PartName.values],
            "records": [(record, notes.get(record.number, [])) for record in records],
            "own": request.viewer.ids("holder"),
            **kept_by(request.viewer, item, holders, now),
            "presets": [(name, p) for name, p in presets.items() if item.exposure in p.exposures],
            "releases": _releases(item),
            "broken_at": actions.first_break(item),
            "may_destroy": key and key.closed_at and not key.destroyed_at and may_destroy,
        },
    )


def _notes_by_record(parts: list[Part]) -> dict[int, list[Part]]:
    """What is told of how each record came about, by its number."""
    found: dict[int, list[Part]] = {}
    for part in parts:
        about = part.name.rstrip("0123456789")
        if not part.is_knowledge and about in Detail.values:
            found.setdefault(int(part.name[len(about) :]), []).append(part)
    return found


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
@kept_in_memory(ingest.MOST)
def seal(request: HttpRequest, pk: UUID) -> HttpResponse:
    item = item_of(request, pk)
    form = PartForm(posted(request), uploaded(request), initial={"language": request.viewer.language})

    def deed() -> str:
        typed = form.cleaned_data
        place = {"item": item, "name": PartName(typed["name"]), "language": typed["language"]}
        if typed["file"]:
            actions.seal_media(**place, file=typed["file"], text=typed["text"], by=request.viewer)
        else:
            actions.seal_part(**place, text=typed["text"], by=request.viewer)
        return item.get_absolute_url()

    return asked(request, form, "consent/seal/index.html", deed, item=item)
