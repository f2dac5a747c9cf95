"""Shortlists: making, filling, noting, sharing. Those who stand on one are told nothing."""

from collections.abc import Iterable
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.experts import policies
from network.experts.enums import ShareRole
from network.experts.models import ExpertProfile, Shortlist, ShortlistEntry, ShortlistShare
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused, StaleEdit
from network.foundations.viewer import Viewer
from network.outbox.actions import announce

SHARED = "experts.shortlist_shared"
MOST_LISTS = 50
MOST_PEOPLE = 300
MOST_SHARES = 30
#: How long an address that has no account is kept.
UNANSWERED = timedelta(days=30)


@deed
def make_shortlist(*, viewer: Viewer, name: str, purpose: str = "") -> Shortlist:
    if not policies.can_keep_shortlists(viewer):
        raise PermissionDenied(_("Sign in to keep a shortlist."))
    User.objects.select_for_update().get(pk=viewer.user_id)
    if Shortlist.objects.filter(owner=viewer.user_id).count() >= MOST_LISTS:
        raise Refused(_("You keep fifty shortlists. Delete one that you do not need any more."))
    return Shortlist.objects.create(owner_id=viewer.user_id, name=name, purpose=purpose)


def _locked(viewer: Viewer, shortlist: Shortlist) -> Shortlist:
    """The list, for somebody who works on it."""
    held = Shortlist.objects.select_for_update().get(pk=shortlist.pk)
    policies.demand_work(viewer, held)
    return held


def _locked_own(viewer: Viewer, shortlist: Shortlist) -> Shortlist:
    held = Shortlist.objects.select_for_update().get(pk=shortlist.pk)
    policies.demand_owner(viewer, held)
    return held


@deed
def rename_shortlist(
    *, viewer: Viewer, shortlist: Shortlist, name: str, purpose: str, version: int
) -> Shortlist:
    held = _locked_own(viewer, shortlist)
    if held.version != version:
        raise StaleEdit(_("This list was changed elsewhere in the meantime."), held)
    held.name, held.purpose = name, purpose
    held.version += 1
    _changed(held)
    return held


def _changed(held: Shortlist) -> None:
    held.changed_at = timezone.now()
    held.save()


@deed
def delete_shortlist(*, viewer: Viewer, shortlist: Shortlist) -> None:
    _locked_own(viewer, shortlist).delete()


@deed
def put_on_shortlist(*, viewer: Viewer, shortlist: Shortlist, slugs: Iterable[str]) -> int:
    """Put on it those of these people whom she sees; returns how many were not there yet."""
    held = _locked(viewer, shortlist)
    wanted = ExpertProfile.objects.visible_to(viewer).filter(slug__in=list(slugs)[:MOST_PEOPLE])
    there = set(held.entries.values_list("profile_id", flat=True))
    new = [pk for pk in wanted.order_by("sort_name", "pk").values_list("pk", flat=True) if pk not in there]
    if len(there) + len(new) > MOST_PEOPLE:
        raise Refused(_("A shortlist holds 300 people at most. Make a second one."))
    ShortlistEntry.objects.bulk_create(
        ShortlistEntry(shortlist=held, profile_id=pk, added_by_id=viewer.user_id) for pk in new
    )
    _changed(held)
    return len(new)


@deed
def take_off_shortlist(*, viewer: Viewer, entry: ShortlistEntry) -> None:
    held = _locked(viewer, entry.shortlist)
    held.entries.filter(pk=entry.pk).delete()
    _changed(held)


@deed
def note_on_shortlist(*, viewer: Viewer, entry: ShortlistEntry, note: str, version: int) -> ShortlistEntry:
    """``version`` is what stood there when she began; whoever wrote meanwhile is not overwritten."""
    held = _locked(viewer, entry.shortlist)
    row = held.entries.select_for_update().filter(pk=entry.pk).first()
    if row is None:
        raise Refused(_("This person was taken off the list in the meantime."))
    if row.version != version and row.note != note:
        raise StaleEdit(_("Somebody else wrote this note in the meantime."), row)
    if row.note != note:
        row.note = note
        row.version += 1
        row.save(update_fields=["note", "version"])
        _changed(held)
    return row


@deed
def share_shortlist(*, viewer: Viewer, shortlist: Shortlist, email: str, role: str) -> ShortlistShare:
    """Let a colleague see it or work on it. Whether the address has an account is not told."""
    held = _locked_own(viewer, shortlist)
    address = email.lower()
    if held.shares.exclude(email=address).count() >= MOST_SHARES:
        raise Refused(_("A shortlist is shared with thirty people at most."), "email")
    known = EmailAddress.objects.filter(email__iexact=address, verified=True, user__is_active=True)
    person = known.exclude(user=viewer.user_id).values_list("user_id", flat=True).first()
    share, new = ShortlistShare.objects.update_or_create(
        shortlist=held, email=address, defaults={"role": ShareRole(role), "person_id": person}
    )
    if new and person:
        announce(f"shortlist:{held.pk}", SHARED, share=share.pk)
    return share


@deed
def end_share(*, viewer: Viewer, share: ShortlistShare) -> None:
    """The owner takes it back, or the colleague puts it away."""
    if viewer.user_id is None or viewer.user_id != share.person_id:
        policies.demand_owner(viewer, share.shortlist)
    ShortlistShare.objects.filter(pk=share.pk).delete()


def forget_unanswered_shares() -> int:
    """Addresses without an account are not kept; how many went."""
    old = ShortlistShare.objects.filter(person=None, since__lt=timezone.now() - UNANSWERED)
    return old.delete()[0]
