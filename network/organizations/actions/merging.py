"""Two rows were one organization: everything follows to the one that is kept, and can go back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.merging import Change, back, written
from network.foundations.viewer import Viewer
from network.organizations import policies
from network.organizations.merging import merging
from network.organizations.models import Affiliation, Belonging, Organization, OrganizationMerge
from network.organizations.searching import KIND
from network.outbox.actions import announce
from network.pagecache.actions import bump
from network.pagecache.rules import PEOPLE
from network.search import actions as search


@deed
def merge_organizations(*, viewer: Viewer, gone: Organization, kept: Organization) -> OrganizationMerge:
    """Profiles, affiliations, endorsements, stalls, mandates and whatever else names ``gone`` name ``kept``.

    The page of ``gone`` leads to that of ``kept``.
    """
    if not policies.can_merge_organizations(viewer):
        raise PermissionDenied(_("Only the secretariat and administrators merge organizations."))
    if gone.pk == kept.pk:
        raise Refused(_("Choose another organization."), "name")
    rows = {
        row.pk: row
        for row in Organization.objects.select_for_update(of=("self",))
        .filter(pk__in=[gone.pk, kept.pk])
        .order_by("pk")
    }
    held, into = rows[gone.pk], rows[kept.pk]
    if held.merged_into_id or into.merged_into_id:
        raise Refused(_("One of the two has been merged already."), "name")
    _part(held, into)
    made = OrganizationMerge.objects.create(gone=held, kept=into, by_id=viewer.user_id)
    made.changes = merging.follow(held, into)
    made.save(update_fields=["changes"])
    held.merged_into = into
    held.save(update_fields=["merged_into", "updated_at"])
    _announce(made, "organizations.merged")
    return made


def _part(gone: Organization, kept: Organization) -> None:
    """None belongs to itself."""
    both = [gone.pk, kept.pk]
    if Belonging.objects.filter(member__in=both, network__in=both, ended_at=None).exists():
        raise Refused(_("One of the two belongs to the other. End that first."), "name")


@deed
def undo_merge(*, viewer: Viewer, merge: OrganizationMerge) -> None:
    """Whatever still stands as the merge left it goes back; what was changed since stays."""
    if not policies.can_merge_organizations(viewer):
        raise PermissionDenied(_("Only the secretariat and administrators merge organizations."))
    held = OrganizationMerge.objects.select_for_update(of=("self",)).get(pk=merge.pk)
    if held.undone_at is not None:
        raise Refused(_("This has been undone already."))
    Organization.objects.select_for_update().get(pk=held.gone_id)
    back(held.changes)
    Organization.objects.filter(pk=held.gone_id, merged_into=held.kept_id).update(merged_into=None)
    held.undone_at, held.undone_by_id = timezone.now(), viewer.user_id
    held.save(update_fields=["undone_at", "undone_by"])
    _announce(held, "organizations.unmerged")


def _announce(merge: OrganizationMerge, kind: str) -> None:
    for pk in (merge.gone_id, merge.kept_id):
        search.index(KIND, pk)
    bump(PEOPLE)
    announce(f"organization:{merge.kept_id}", kind, gone=merge.gone_id, kept=merge.kept_id)


def close_affiliation(row: Any, kept: Organization) -> list[Change]:
    """She belonged to both: the one to what is kept stays, and is confirmed or an office where either was."""
    return _one_affiliation(row, Affiliation.objects.current().get(person=row.person_id, organization=kept))


def close_affiliation_of_person(row: Any, kept: User) -> list[Change]:
    """Both accounts of hers belonged to it."""
    return _one_affiliation(
        row, Affiliation.objects.current().get(person=kept, organization=row.organization_id)
    )


def close_focal_point(row: Any, kept: User) -> list[Change]:
    """Both were named the same focal point: one of the two is enough."""
    row.until = max(timezone.localdate(), row.since)
    return written([row])


def _one_affiliation(row: Affiliation, there: Affiliation) -> list[Change]:
    if row.confirmed_at and not there.confirmed_at:
        there.confirmed_at, there.confirmed_by_id = row.confirmed_at, row.confirmed_by_id
    there.officer_since = there.officer_since or row.officer_since
    row.until, row.officer_since = timezone.now(), None
    return written([there, row])


def close_belonging(row: Any, kept: Organization) -> list[Change]:
    """Both belonged to the same network, or had the same member: one of the two is enough."""
    row.ended_at, row.until = timezone.now(), max(timezone.localdate(), row.since)
    return written([row])
