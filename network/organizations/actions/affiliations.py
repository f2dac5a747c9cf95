"""Who belongs to which organization: said by the person, confirmed by the organization."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.foundations.viewer import Viewer
from network.organizations import policies
from network.organizations.models import Affiliation, Organization
from network.pagecache.actions import bump
from network.pagecache.rules import PEOPLE


@transaction.atomic
def claim_affiliation(*, person: User, organization: Organization | None, role: str = "") -> None:
    """The person says that she belongs to ``organization``, and no longer to any other.

    Saying it again changes nothing but her role there, so that a confirmation stands.
    """
    now = timezone.now()
    open_ones = Affiliation.objects.current().filter(person=person)
    open_ones.exclude(organization=organization).update(until=now, officer_since=None)
    if organization is None:
        return
    held, new = Affiliation.objects.get_or_create(
        person=person, organization=organization, until=None, defaults={"role": role}
    )
    if not new and held.role != role:
        held.role = role
        held.save(update_fields=["role"])


@transaction.atomic
def confirm_affiliation(*, viewer: Viewer, affiliation: Affiliation) -> None:
    if not policies.can_confirm_people(viewer, affiliation.organization):
        raise PermissionDenied(_("Only officers of the organization and the secretariat confirm its people."))
    Affiliation.objects.waiting().filter(pk=affiliation.pk).update(
        confirmed_at=timezone.now(), confirmed_by_id=viewer.user_id
    )
    bump(PEOPLE)


@transaction.atomic
def make_officer(*, viewer: Viewer, affiliation: Affiliation) -> None:
    """Let a confirmed person confirm others for her organization."""
    if not policies.can_make_officers(viewer):
        raise PermissionDenied(_("Only the secretariat names officers of an organization."))
    confirm_affiliation(viewer=viewer, affiliation=affiliation)
    Affiliation.objects.current().filter(pk=affiliation.pk, officer_since=None).update(
        officer_since=timezone.now()
    )
