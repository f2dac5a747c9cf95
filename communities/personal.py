"""What this room holds about a person: her copy, and erasing it."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from communities.actions.common import depart, locked
from communities.models import Invitation, JoinRequest, Mandate, Membership
from communities.models.belonging import Restriction
from network.accounts.models import User


def export(person: User) -> dict[str, Any]:
    """Memberships with their suspensions, requests, and invitations that she took up."""
    memberships = Membership.objects.filter(user=person).select_related("community")
    requests = JoinRequest.objects.filter(user=person).select_related("community")
    mandates = Mandate.objects.filter(user=person).whole().select_related("community")
    return {
        _("Mandates"): [_mandate(row) for row in mandates],
        _("Memberships"): [
            _membership(row) for row in memberships.prefetch_related("suspensions", "silences")
        ],
        _("Requests to join"): [
            {
                _("Community"): row.community.name,
                _("Asked"): row.asked_at,
                _("In your words"): row.message,
                _("Answers"): [f"{one['question']} {one['answer']}" for one in row.answers],
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
        _("Code of conduct agreed to"): row.conduct_accepted_at,
        _("Tell me of"): row.get_involvement_display(),
        _("Since"): row.since,
        _("Ended"): row.ended_at,
        _("Suspensions"): [_restriction(one) for one in row.suspensions.all()],
        _("Silences"): [_restriction(one) for one in row.silences.all()],
    }


def _restriction(row: Restriction) -> dict[str, Any]:
    return {
        _("Since"): row.since,
        _("Until"): row.until,
        _("Reason"): row.reason,
        _("Lifted"): row.lifted_at,
    }


def _mandate(row: Mandate) -> dict[str, Any]:
    return {
        _("Community"): row.community.name,
        _("Capacity"): row.line,
        _("Asked"): row.asked_at,
        _("State"): row.current_state.label,
        _("First day"): row.since,
        _("Last day"): row.until,
        _("Reason"): row.withdrawn_reason or row.reason,
    }


def _invitations(person: User) -> QuerySet:
    hers = Q(accepted_by=person) | Q(person=person) | Q(email__iexact=person.email)
    return Invitation.objects.filter(hers)


def erase(person: User, keep_contributions: bool) -> None:
    """She leaves every community as if by herself, so that all counts stay true; then no row names her.

    A community may be left without a moderator: nobody can be made to stay.
    """
    for membership in Membership.objects.current().filter(user=person).select_related("community"):
        membership.community = locked(membership.community)
        depart(membership, by=person, at=timezone.now())
    Membership.objects.filter(user=person).delete()
    JoinRequest.objects.filter(user=person).delete()
    _erase_mandates(person, keep_contributions)
    _invitations(person).delete()


def _erase_mandates(person: User, keep_contributions: bool) -> None:
    """What she said for others stays theirs where her words stay: the mandate beside it, without her name."""
    mine = Mandate.objects.filter(user=person)
    if keep_contributions:
        beside_words = mine.filter(posts__isnull=False).values("pk")
        Mandate.objects.filter(pk__in=list(beside_words.values_list("pk", flat=True))).update(
            user=None, reason="", withdrawn_reason="", ended_at=timezone.now()
        )
    Mandate.objects.filter(user=person).delete()
