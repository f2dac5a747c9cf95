"""What the worker does for organizations by the clock."""

from network.organizations.models import AffiliationInvitation, Alternate


def forget_invitations() -> None:
    """Invitations that nobody accepted in time go, with the addresses in them."""
    Alternate.objects.unanswered_for_long().delete()
    AffiliationInvitation.objects.unanswered_for_long().delete()
