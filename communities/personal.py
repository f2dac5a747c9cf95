"""What this room holds about a person: where she belongs, and what she asked or was asked."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import depart, locked
from communities.models import Invitation, JoinRequest, Membership


def export(user: Any) -> dict:
    memberships = Membership.objects.filter(user=user).select_related("community")
    requests = JoinRequest.objects.filter(user=user).select_related("community")
    return {
        _("Memberships"): [
            {
                _("Community"): row.community.name,
                _("Role"): row.get_role_display(),
                _("Since"): row.since,
                _("Until"): row.ended_at,
            }
            for row in memberships
        ],
        _("Requests to join"): [
            {_("Community"): row.community.name, _("Message"): row.message, _("Asked"): row.asked_at}
            for row in requests
        ],
        _("Invitations"): [
            {_("Community"): row.community.name, _("Invited"): row.invited_at}
            for row in _invitations(user).select_related("community")
        ],
    }


def erase(user: Any, keep_contributions: bool) -> None:
    """She leaves every community as if by herself, so that all counts stay true; then no row names her.

    A community may be left without a moderator: nobody can be made to stay.
    """
    for membership in Membership.objects.current().filter(user=user).select_related("community"):
        membership.community = locked(membership.community)
        depart(membership, by=user, at=timezone.now())
    Membership.objects.filter(user=user).delete()
    JoinRequest.objects.filter(user=user).delete()
    _invitations(user).delete()


def _invitations(user: Any) -> Any:
    return Invitation.objects.filter(Q(accepted_by=user) | Q(email__iexact=user.email))
