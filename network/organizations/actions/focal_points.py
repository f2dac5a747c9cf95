"""Recording whom a Party has named."""

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.organizations import policies
from network.organizations.models import FocalPoint
from network.outbox.actions import announce
from network.thesaurus.models import Term


@transaction.atomic
def name_focal_point(
    *, viewer: Viewer, person: User, country: Term, role: str, since: date | None = None
) -> FocalPoint:
    """Record that ``country`` has named ``person``; she holds its key from ``since`` on."""
    if not policies.can_name_focal_points(viewer):
        raise PermissionDenied(_("Only the secretariat records focal points."))
    if country.domain_id != "country":
        raise Refused(_("Choose a country."), "country")
    if not person.is_active:
        raise Refused(_("This account is closed. Only people with an open account act for a Party."), "email")
    standing = FocalPoint.objects.filter(user=person, country=country, role=role, until=None)
    if standing.exists():
        raise Refused(_("This person already holds this role for this country."), "email")
    made = FocalPoint.objects.create(
        user=person,
        country=country,
        role=role,
        since=since or timezone.localdate(),
        recorded_by_id=viewer.user_id,
    )
    announce(f"person:{person.pk}", "organizations.focal_point_named", focal_point=made.pk)
    return made


@transaction.atomic
def end_focal_point(*, viewer: Viewer, focal_point: FocalPoint, until: date | None = None) -> None:
    """Record that the Party has ended it; from that day the key is gone."""
    if not policies.can_name_focal_points(viewer):
        raise PermissionDenied(_("Only the secretariat records focal points."))
    held = FocalPoint.objects.select_for_update().get(pk=focal_point.pk)
    if held.until is not None:
        raise Refused(_("This has ended already."))
    day = until or timezone.localdate()
    if day < held.since:
        raise Refused(_("The last day cannot lie before the first."), "until")
    held.until = day
    held.save(update_fields=["until"])
    announce(f"person:{held.user_id}", "organizations.focal_point_ended", focal_point=held.pk)
