"""What was done: the log, the record of one member, the workload."""

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communities.models import Community, Membership
from communities.moderation import actions, policies, trust
from communities.moderation.canned import translated
from communities.moderation.forms import NoteForm
from communities.moderation.models import ModerationLogEntry, ModerationReason, ModNote
from communities.moderation.rules import book_of
from communities.moderation.views.common import moderated, pages
from communities.moderation.workload import Workload
from communities.policies import can_moderate
from communities.views.common import crumbs, find_community, page, shell
from network.accounts.merging import pseudonyms
from network.experts.disclosure import cards_for
from network.foundations.forms import posted
from network.foundations.pager import KeysetPage, paginate
from network.foundations.viewer import Viewer


@login_required
@require_safe
def log(request: HttpRequest, slug: str) -> HttpResponse:
    """What was done, newest first: moderators read by whom, to whom and why, members read what."""
    here = find_community(request, slug)
    viewer = request.viewer
    if not policies.can_read_log(viewer, here):
        raise PermissionDenied(_("The log is for members of the community."))
    entries = ModerationLogEntry.objects.filter(community_id=here.pk)
    rows = paginate(entries, ["-id"], request.GET.get("cursor", ""), size=50)
    full = can_moderate(viewer, here)
    _add_details(viewer, rows, full=full)
    context = shell(request, here, "moderation", trail=crumbs(here), page=rows, full=full)
    return render(request, "moderation/log/index.html", context | {"pages": pages(request, here, "log")})


def _add_details(viewer: Viewer, rows: KeysetPage, *, full: bool) -> None:
    """Names behind pseudonyms, as far as these people are still here, and reasons that were not erased."""
    for row in rows:
        row.by_rule = row.actor.int == 0
    if not full:
        return
    pseudonyms = {pseudonym for row in rows for pseudonym in (row.actor, row.concerns) if pseudonym}
    known = get_user_model().objects.filter(actor_id__in=pseudonyms).values_list("actor_id", "pk")
    ids = dict(known)
    cards = cards_for(viewer, ids.values())
    said = ModerationReason.objects.filter(entry_id__in=[row.pk for row in rows])
    reasons = dict(said.values_list("entry_id", "text"))
    words = translated(viewer, reasons.values())
    for row in rows:
        row.actor_card = cards.get(ids.get(row.actor))
        row.concerns_card = cards.get(ids.get(row.concerns))
        reason = reasons.get(row.pk, "")
        row.reason = words.get(reason, reason)


def _member(request: HttpRequest, slug: str, pk: int) -> tuple[Community, Membership]:
    here = moderated(request, slug)
    members = Membership.objects.current().select_related("community", "user")
    return here, get_object_or_404(members, community=here, pk=pk)


@login_required
def record(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One member as moderators know her: what was decided, how far she is trusted, notes."""
    here, member = _member(request, slug, pk)
    viewer = request.viewer
    notes_open = policies.can_note(viewer, member)
    form = NoteForm(posted(request)) if notes_open else None
    if request.method == "POST":
        if form is None:
            raise PermissionDenied(_("Notes are for the moderators of the community."))
        if form.is_valid():
            actions.write_note(viewer=viewer, membership=member, text=form.cleaned_data["text"])
            return redirect("moderation:record", slug, pk)
    entries = ModerationLogEntry.objects.filter(community_id=here.pk, concerns__in=pseudonyms(member.user_id))
    rows = paginate(entries, ["-id"], request.GET.get("cursor", ""), size=30)
    _add_details(viewer, rows, full=True)
    notes = (
        list(ModNote.objects.filter(community=here, about=member.user_id).order_by("-pk"))
        if notes_open
        else []
    )
    cards = cards_for(viewer, [member.user_id, *(note.by_id for note in notes)])
    for note in notes:
        note.person = cards.get(note.by_id)
    standing = trust.of(member.user_id, here.pk, keep=False)
    members_at = reverse("communities:members", args=[here.slug])
    context = shell(request, here, "members", trail=crumbs(here, (_("Members"), members_at)))
    context |= {
        "membership": member,
        "person": cards.get(member.user_id),
        "page": rows,
        "notes": notes,
        "form": form,
        "standing": standing,
        "trusted": trust.is_trusted(standing, book_of(here)),
        "full": True,
    }
    return page(request, "moderation/record/index.html", context, form)


@login_required
@require_POST
def remove_note(request: HttpRequest, slug: str, pk: int, note: int) -> HttpResponse:
    here, member = _member(request, slug, pk)
    if not policies.can_note(request.viewer, member):
        raise PermissionDenied(_("Notes are for the moderators of the community."))
    found = get_object_or_404(ModNote, pk=note, community=here, about=member.user_id)
    actions.remove_note(viewer=request.viewer, membership=member, note=found)
    return redirect("moderation:record", slug, pk)


@login_required
@require_safe
def workload(request: HttpRequest, slug: str) -> HttpResponse:
    """How much came, how long it took, and who did how much."""
    here = moderated(request, slug)
    load = Workload(here)
    context = shell(request, here, "moderation", trail=crumbs(here), pages=pages(request, here, "workload"))
    context |= {
        "load": load,
        "charts": load.charts(),
        "weeks": load.weeks,
        "shares": load.shares(request.viewer),
    }
    return render(request, "moderation/workload/index.html", context)
