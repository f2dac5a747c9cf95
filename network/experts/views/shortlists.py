"""Shortlists: all of them, one with its people and its balance, and what one does with them."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from network.experts import actions, disclosure, gauges, policies
from network.experts.asking import asked_of
from network.experts.directory import rows_of
from network.experts.listforms import NoteForm, ShareForm, ShortlistForm
from network.experts.models import ExpertProfile, Shortlist, ShortlistEntry, ShortlistShare
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.forms import posted


def _crumbs(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (_("People"), reverse("experts:directory")),
        (_("Shortlists"), reverse("experts:shortlists")),
        *more,
    ]


def _list(request: HttpRequest, key: str) -> Shortlist:
    lists = Shortlist.objects.visible_to(request.viewer).select_related("owner")
    return get_object_or_404(lists, key=key.replace("\x00", ""))


@login_required
@require_safe
def shortlists(request: HttpRequest) -> HttpResponse:
    """One's own, and those that colleagues share."""
    found = (
        Shortlist.objects.visible_to(request.viewer).order_by("-changed_at", "-pk").select_related("owner")
    )
    seen = ExpertProfile.objects.visible_to(request.viewer).values("pk")
    sized = found.annotate(number=Count("entries", filter=Q(entries__profile__in=seen)))
    rows = [{"list": one, "own": policies.owns(request.viewer, one), "number": one.number} for one in sized]
    return render(request, "experts/shortlists/index.html", {"rows": rows, "trail": _crumbs()[:1]})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    form = ShortlistForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.make_shortlist(
                viewer=request.viewer, name=form.cleaned_data["name"], purpose=form.cleaned_data["purpose"]
            )
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            return redirect(made)
    return _form_page(request, form, title=_("New shortlist"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Its name and purpose, whom it is shared with."""
    here = _list(request, key)
    policies.demand_owner(request.viewer, here)
    initial = {"name": here.name, "purpose": here.purpose, "version": here.version}
    form = ShortlistForm(posted(request), initial=initial)
    more: dict[str, Any] = {"shortlist": here, "shares": here.shares.order_by("since"), "share": ShareForm()}
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_shortlist(
                viewer=request.viewer,
                shortlist=here,
                name=form.cleaned_data["name"],
                purpose=form.cleaned_data["purpose"],
                version=form.cleaned_data["version"] or 0,
            )
        except StaleEdit as stale:
            form.add_error(None, stale.sentence)
            form.renew_version(stale.current.version)
            more["standing"] = stale.current
        else:
            messages.success(request, _("Saved."))
            return redirect(here)
    return _form_page(request, form, title=here.name, **more)


def _form_page(request: HttpRequest, form: ShortlistForm, **more: Any) -> HttpResponse:
    status = 422 if form.errors else 200
    context = {"form": form, "trail": _crumbs(), **more}
    return render(request, "experts/shortlist_form/index.html", context, status=status)


@login_required
@require_safe
def shortlist(request: HttpRequest, key: str) -> HttpResponse:
    """The people on it whom the viewer may see, notes, and how balanced they are."""
    return _page(request, _list(request, key))


def _page(request: HttpRequest, here: Shortlist, bound: dict[int, NoteForm] | None = None) -> HttpResponse:
    entries = list(here.entries.order_by("added_at", "pk").select_related("added_by"))
    visible = ExpertProfile.objects.visible_to(request.viewer).for_cards()
    profiles = visible.in_bulk([entry.profile_id for entry in entries])
    shown = [entry for entry in entries if entry.profile_id in profiles]
    rows = rows_of(request.viewer, [profiles[entry.profile_id] for entry in shown])
    works = policies.can_work_on(request.viewer, here)
    people = [
        {
            "entry": entry,
            "row": row,
            "form": (bound or {}).get(entry.pk) or _note_form(entry) if works else None,
        }
        for entry, row in zip(shown, rows, strict=True)
    ]
    share = (
        None
        if policies.owns(request.viewer, here)
        else here.shares.filter(person=request.viewer.user_id).first()
    )
    context = {
        "shortlist": here,
        "people": people,
        "unseen": len(entries) - len(shown),
        "readings": gauges.read(request.viewer, list(profiles)) if profiles else [],
        "works": works,
        "owns": share is None,
        "share": share,
        "owner": disclosure.plain_card(here.owner),
        "find": f"{reverse('experts:directory')}?{urlencode({'for': here.key})}",
        "trail": _crumbs(),
    }
    return render(request, "experts/shortlist/index.html", context, status=422 if bound else 200)


def _note_form(entry: ShortlistEntry) -> NoteForm:
    return NoteForm(initial={"note": entry.note, "version": entry.version}, auto_id=f"note_{entry.pk}_%s")


def _entry(request: HttpRequest, key: str, pk: int) -> ShortlistEntry:
    entries = _list(request, key).entries.select_related("shortlist")
    seen = ExpertProfile.objects.visible_to(request.viewer)
    return get_object_or_404(entries.filter(profile__in=seen), pk=pk)


@login_required
@require_POST
def note(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """What is noted of one of them. Whoever wrote meanwhile is seen, and not overwritten."""
    entry = _entry(request, key, pk)
    policies.demand_work(request.viewer, entry.shortlist)
    form = NoteForm(request.POST, auto_id=f"note_{entry.pk}_%s")
    if form.is_valid():
        try:
            actions.note_on_shortlist(
                viewer=request.viewer,
                entry=entry,
                note=form.cleaned_data["note"],
                version=form.cleaned_data["version"],
            )
        except StaleEdit as stale:
            form.add_error("note", stale.sentence)
            form.add_error("note", _("It says now: %(note)s") % {"note": stale.current.note or "–"})
            form.renew_version(stale.current.version)
        except Refused as refused:
            messages.info(request, refused.sentence)
            return redirect(entry.shortlist)
        else:
            return redirect(f"{entry.shortlist.get_absolute_url()}#person-{entry.pk}")
    return _page(request, entry.shortlist, {entry.pk: form})


@login_required
@require_POST
def take_off(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    entry = _entry(request, key, pk)
    actions.take_off_shortlist(viewer=request.viewer, entry=entry)
    messages.success(request, _("Taken off the list."))
    return redirect(entry.shortlist)


@login_required
@require_POST
def put(request: HttpRequest) -> HttpResponse:
    """People of the directory onto a list, or onto a new one; then back to where one was looking."""
    key = request.POST.get("shortlist", "")
    slugs = request.POST.getlist("people")
    back = f"{reverse('experts:directory')}?{_back(request)}"
    if not slugs:
        messages.info(request, _("Tick the people whom you want on the list first."))
        return redirect(back)
    try:
        here = (
            _list(request, key)
            if key
            else actions.make_shortlist(viewer=request.viewer, name=_("New shortlist"))
        )
        number = actions.put_on_shortlist(viewer=request.viewer, shortlist=here, slugs=slugs)
    except Refused as refused:
        messages.error(request, refused.sentence)
        return redirect(back)
    done = ngettext("%(n)d person is new on “%(name)s”.", "%(n)d people are new on “%(name)s”.", number)
    messages.success(request, done % {"n": number, "name": here.name})
    return redirect(back if key else here)


def _back(request: HttpRequest) -> str:
    """What was looked for, read anew: nothing else comes back from a form."""
    pairs = asked_of(request.POST).pairs()
    key = request.POST.get("shortlist", "")
    return urlencode([*pairs, *([("for", key)] if key else [])])


@login_required
@require_POST
def share(request: HttpRequest, key: str) -> HttpResponse:
    here = _list(request, key)
    policies.demand_owner(request.viewer, here)
    form = ShareForm(request.POST)
    if form.is_valid():
        try:
            actions.share_shortlist(viewer=request.viewer, shortlist=here, **form.cleaned_data)
        except Refused as refused:
            form.add_error(refused.field, refused.sentence)
        else:
            messages.success(
                request, _("If the address has an account, the list stands among its shortlists now.")
            )
            return redirect("experts:shortlist_edit", here.key)
    initial = {"name": here.name, "purpose": here.purpose, "version": here.version}
    more = {"shortlist": here, "shares": here.shares.order_by("since"), "share": form}
    response = _form_page(request, ShortlistForm(initial=initial), title=here.name, **more)
    response.status_code = 422
    return response


@login_required
@require_POST
def unshare(request: HttpRequest, key: str, pk: int) -> HttpResponse:
    """The owner takes a share back, or a colleague puts the list away."""
    here = _list(request, key)
    held = get_object_or_404(ShortlistShare.objects.select_related("shortlist"), shortlist=here, pk=pk)
    actions.end_share(viewer=request.viewer, share=held)
    if policies.owns(request.viewer, here):
        return redirect("experts:shortlist_edit", here.key)
    messages.success(request, _("The list is not among yours any more."))
    return redirect("experts:shortlists")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, key: str) -> HttpResponse:
    """Asked once: notes go with it."""
    here = _list(request, key)
    policies.demand_owner(request.viewer, here)
    if request.method == "POST":
        actions.delete_shortlist(viewer=request.viewer, shortlist=here)
        messages.success(request, _("The shortlist is deleted."))
        return redirect("experts:shortlists")
    return render(request, "experts/shortlist_form/delete.html", {"shortlist": here, "trail": _crumbs()})
