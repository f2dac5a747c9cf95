"""What this room holds about a person: her copy, and erasing it."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.organizations.actions.affiliations import end_for_good
from network.organizations.models import (
    Affiliation,
    AffiliationInvitation,
    Alternate,
    Belonging,
    FocalPoint,
    OrganizationMerge,
)
from network.organizations.querysets import AlternateQuerySet


def export(person: User) -> dict[str, Any]:
    return {
        _("Affiliations"): [
            {
                _("Organization"): row.organization.name,
                _("Role"): row.role,
                _("Since"): row.since,
                _("Until"): row.until,
                _("Confirmed"): row.confirmed_at,
            }
            for row in Affiliation.objects.filter(person=person).select_related("organization")
        ],
        _("Focal point"): [
            {
                _("Country"): row.country.name,
                _("Role"): row.get_role_display(),
                _("Since"): row.since,
                _("Until"): row.until,
            }
            for row in FocalPoint.objects.filter(user=person).select_related("country")
        ],
        _("Invitations into organizations"): [
            {
                _("Organization"): row.organization.name,
                _("Role"): row.role,
                _("Asked"): row.invited_at,
                _("Answered"): row.answered_at,
            }
            for row in AffiliationInvitation.objects.filter(
                Q(person=person) | Q(invited_by=person)
            ).select_related("organization")
        ],
        _("Alternates"): [_alternate(row, person) for row in _alternates(person).whole()],
    }


def _alternates(person: User) -> AlternateQuerySet:
    """Those that she named, and those that she is or was asked to be."""
    return Alternate.objects.filter(Q(person=person) | Q(focal_point__user=person)).order_by("pk")


def _alternate(row: Alternate, person: User) -> dict[str, Any]:
    """What she typed as she typed it: the copy tells no more of an account than the page does."""
    told = {
        _("Country"): row.focal_point.country.name,
        _("Asked"): row.named_at,
        _("Accepted"): row.accepted_at,
        _("Until"): row.until,
        _("Ended"): row.ended_at,
    }
    if row.person_id == person.pk:
        return {_("In the place of"): row.focal_point.user.get_full_name(), **told}
    accepted = row.person is not None and row.accepted_at
    return {_("Alternate"): row.person.get_full_name() if accepted else row.email, **told}


def erase(person: User, keep_contributions: bool) -> None:
    AffiliationInvitation.objects.filter(person=person).delete()
    for rows, names in (
        (AffiliationInvitation.objects, ("invited_by",)),
        (Belonging.objects, ("asked_by", "confirmed_by", "ended_by")),
        (OrganizationMerge.objects, ("by", "undone_by")),
    ):
        for name in names:
            rows.filter(**{name: person}).update(**{name: None})
    for row in Affiliation.objects.officers().filter(person=person):
        end_for_good(row)
    Affiliation.objects.filter(person=person).delete()
    _alternates(person).delete()
    FocalPoint.objects.filter(user=person).delete()
