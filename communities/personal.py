"""What this room holds about a person: her copy, and erasing it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import depart, locked
from communities.models import Invitation, JoinRequest, Membership
from network.accounts.models import User


def export(person: User) -> dict[str, Any]:
    """Memberships with their suspensions, requests, and invitations that she took up."""
    memberships = Membership.objects.filter(user=person).select_related("community")
    requests = JoinRequest.objects.filter(user=person).select_related("community")
    return {
        _("Memberships"): [_membership(row) for row in memberships.prefetch_related("suspensions")],
        _("Requests to join"): [
            {
                _("Community"): row.community.name,
                _("Asked"): row.asked_at,
                _("In your words"): row.message,
                _("Answer"): row.get_decision_display(),
                _("Reason"): row.reason,
            }
            for row in requests
        ],
        _("Invitations"): [
            {_("Community"): row.community.name, _("Sent to"): row.email, _("Taken up"): row.accepted_at}
            for row in _invitations(person).select_related("community")
        ],
    }


def _membership(row: Membership) -> dict[str, Any]:
    return {
        _("Community"): row.community.name,
        _("Role"): row.get_role_display(),
        _("Tell me of"): row.get_involvement_display(),
        _("Since"): row.since,
        _("Ended"): row.ended_at,
        _("Suspensions"): [
            {
                _("Since"): one.since,
                _("Until"): one.until,
                _("Reason"): one.reason,
                _("Lifted"): one.lifted_at,
            }
            for one in row.suspensions.all()
        ],
    }


def _invitations(person: User) -> QuerySet:
    return Invitation.objects.filter(Q(accepted_by=person) | Q(email__iexact=person.email))


def erase(person: User, keep_contributions: bool) -> None:
    """She leaves every community as if by herself, so that all counts stay true; then no row names her.

    A community may be left without a moderator: nobody can be made to stay.
    """
    for membership in Membership.objects.current().filter(user=person).select_related("community"):
        membership.community = locked(membership.community)
        depart(membership, by=person, at=timezone.now())
    Membership.objects.filter(user=person).delete()
    JoinRequest.objects.filter(user=person).delete()
    _invitations(person).delete()
