"""Inviting people: one by address or by name, many at once, and reminding those who have not answered."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from communities import policies
from communities.actions.common import demand, locked, record
from communities.addresses import MOST, sorted_out
from communities.enums import Act, MemberRole
from communities.models import INVITATION_DAYS, REMINDED_EVERY, Community, Invitation
from network.accounts.models import User
from network.experts.models import ExpertProfile
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.outbox.actions import announce, announce_each
from network.thesaurus.models import Term


@deed
def invite(
    *,
    viewer: Viewer,
    community: Community,
    email: str = "",
    person: User | None = None,
    role: str = MemberRole.MEMBER,
    language: str,
) -> Invitation:
    """Invite an address, or somebody of the directory by her name: then the letter goes to her address
    without anybody being shown it. A new letter replaces an older one that nobody has answered."""
    community = locked(community)
    demand(policies.can_invite(viewer, community, role))
    if person is not None:
        known = ExpertProfile.objects.visible_to(viewer).filter(user=person).exists()
        demand(known, _("This person is not in the directory."))
        email = person.email
    return _send(viewer, community, email, person=person, role=role, language=language)


@deed
def nominate(*, viewer: Viewer, community: Community, email: str, country: Term, language: str) -> Invitation:
    """A national focal point sends somebody for her country: the letter of nomination is an invitation."""
    community = locked(community)
    allowed = policies.can_nominate(viewer, community) and viewer.has(f"focal_point:{country.pk}")
    demand(allowed, _("The national focal point of a country nominates for it."))
    return _send(viewer, community, email, language=language, nominated_for=country)


def _send(viewer: Viewer, community: Community, email: str, **fields: Any) -> Invitation:
    # By her name it is no secret that she belongs. Whose an address is, nobody learns by typing it: a member
    # gets no letter (``receivers.send_invitation``), and the list says nothing else than of anybody.
    person = fields.get("person")
    if person is not None and community.memberships.current().filter(user=person).exists():
        raise Refused(_("This person is a member already."), field="email")
    _unanswered(community).filter(email__iexact=email).update(withdrawn_at=timezone.now())
    invitation = Invitation.objects.create(community=community, email=email, invited_by=viewer.user, **fields)
    record(Act.MEMBER_INVITED, community, viewer, ("invitation", invitation.pk))
    announce(f"community:{community.pk}", "community.invited", invitation=invitation.pk)
    return invitation


def _unanswered(community: Community) -> Any:
    return community.invitations.filter(accepted_at=None, withdrawn_at=None)


@deed
def invite_many(
    *, viewer: Viewer, community: Community, addresses: list[str], role: str, language: str
) -> list[Invitation]:
    """Invite all of these that have no letter that they may still answer.

    A few questions for any number; each letter is a delivery of its own, so that one that fails keeps no
    other waiting and none goes out twice.
    """
    community = locked(community)
    demand(policies.can_invite(viewer, community, role))
    if len(addresses) > MOST:
        raise Refused(_("Invite 500 people at most at a time."), field="addresses")
    once = list({address.lower(): address for address in addresses}.values())
    valid, _invited = sorted_out(community, once)
    if not valid:
        raise Refused(_("There is nobody here to whom a letter could go."), field="addresses")
    gone = _unanswered(community).annotate(low=Lower("email"))
    gone.filter(low__in=[one.lower() for one in valid]).update(withdrawn_at=timezone.now())
    invitations = Invitation.objects.bulk_create(
        Invitation(community=community, email=email, role=role, language=language, invited_by=viewer.user)
        for email in valid
    )
    how_many = ngettext("%(n)d person at once", "%(n)d people at once", len(valid)) % {"n": len(valid)}
    record(Act.MEMBER_INVITED, community, viewer, ("community", community.pk), reason=how_many)
    announce_each(
        "community.invited", {f"invitation:{row.pk}": {"invitation": row.pk} for row in invitations}
    )
    return invitations


@deed
def remind(*, viewer: Viewer, invitation: Invitation) -> None:
    """Send the letter again, once a week at most; from then on it is good for another thirty days."""
    community = invitation.community
    own = invitation.nominated_for_id and invitation.invited_by_id == viewer.user_id
    may = policies.can_nominate(viewer, community) if own else False
    demand(may or policies.can_invite(viewer, community, invitation.role))
    now = timezone.now()
    lately = now - REMINDED_EVERY
    due = Invitation.objects.open().filter(Q(reminded_at=None) | Q(reminded_at__lte=lately))
    due = due.filter(pk=invitation.pk, invited_at__lte=lately)
    if not due.update(reminded_at=now, expires_at=now + timedelta(days=INVITATION_DAYS)):
        raise Refused(_("A letter went there less than a week ago, or it has been answered."))
    announce(f"community:{community.pk}", "community.invited", invitation=invitation.pk)


@deed
def withdraw_invitation(*, viewer: Viewer, invitation: Invitation) -> None:
    community = invitation.community
    own = invitation.nominated_for_id and invitation.invited_by_id == viewer.user_id
    caring = invitation.role in (MemberRole.MODERATOR, MemberRole.FACILITATOR)
    may = policies.can_moderate if caring else policies.can_facilitate
    demand(bool(own) or may(viewer, community))
    done = Invitation.objects.open().filter(pk=invitation.pk).update(withdrawn_at=timezone.now())
    if not done:
        raise Refused(_("This invitation has been answered or has run out."))
    record(Act.INVITATION_WITHDRAWN, community, viewer, ("invitation", invitation.pk))
