"""Ways into a community: joining, asking, being invited."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from communities import policies
from communities.actions.common import demand, enter, locked, record
from communities.enums import Act, Decision, MemberRole
from communities.models import Community, Invitation, JoinRequest, Membership, Suspension
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.outbox.actions import announce


@transaction.atomic
def join(*, viewer: Viewer, community: Community) -> Membership:
    """Join an open community. Joining twice leads to the membership that is there."""
    community = locked(community)
    present = _present(community, viewer.user_id)
    if present:
        return present
    demand(policies.can_join(viewer, community), _("One cannot join this community just so."))
    return enter(community, viewer.user)


def _present(community: Community, user_id: int | None) -> Membership | None:
    """The membership she has, if any. Refuses somebody who is suspended here, even after leaving."""
    running = Suspension.objects.running().filter(membership__community=community, membership__user=user_id)
    if running.exists():
        raise Refused(_("Your membership in this community is suspended for now."))
    return Membership.objects.current().filter(community=community, user=user_id).first()


@transaction.atomic
def request_to_join(*, viewer: Viewer, community: Community, message: str) -> JoinRequest:
    """Ask to join; asking again while the first request waits changes nothing."""
    community = locked(community)
    demand(policies.can_request(viewer, community), _("This community does not take requests to join."))
    _present(community, viewer.user_id)
    request, is_new = JoinRequest.objects.waiting().get_or_create(
        community=community, user=viewer.user, defaults={"message": message}
    )
    if is_new:
        announce(f"community:{community.pk}", "community.join_requested", request=request.pk)
    return request


@transaction.atomic
def withdraw_request(*, viewer: Viewer, request: JoinRequest) -> None:
    demand(request.user_id == viewer.user_id, _("Only the person who asked can take a request back."))
    _decide(_waiting(request), Decision.WITHDRAWN, viewer, "")


@transaction.atomic
def answer_request(*, viewer: Viewer, request: JoinRequest, accept: bool, reason: str = "") -> JoinRequest:
    """Accept or decline; nobody answers her own request."""
    community = locked(request.community)
    demand(policies.can_decide_on(viewer, community, request.user_id))
    current = _waiting(request)
    _decide(current, Decision.ACCEPTED if accept else Decision.DECLINED, viewer, reason)
    if accept and not _present(community, current.user_id):
        enter(community, current.user)
    act = Act.REQUEST_ACCEPTED if accept else Act.REQUEST_DECLINED
    record(act, community, viewer, ("request", current.pk), concerns=current.user_id, reason=reason)
    announce(f"community:{community.pk}", "community.join_answered", request=current.pk)
    return current


def _waiting(request: JoinRequest) -> JoinRequest:
    current = JoinRequest.objects.select_for_update().waiting().filter(pk=request.pk).first()
    if current is None:
        raise Refused(_("Somebody has answered this request in the meantime."))
    return current


def _decide(request: JoinRequest, decision: Decision, viewer: Viewer, reason: str) -> None:
    request.decision, request.reason = decision, reason
    request.decided_at, request.decided_by = timezone.now(), viewer.user
    request.save(update_fields=["decision", "reason", "decided_at", "decided_by"])


@transaction.atomic
def invite(
    *, viewer: Viewer, community: Community, email: str, role: str = MemberRole.MEMBER, language: str
) -> Invitation:
    """Invite an address. A new letter replaces an older one that nobody has answered."""
    community = locked(community)
    demand(policies.can_invite(viewer, community, role))
    if community.memberships.current().filter(user__email__iexact=email).exists():
        raise Refused(_("This person is a member already."), field="email")
    unanswered = community.invitations.filter(email__iexact=email, accepted_at=None, withdrawn_at=None)
    unanswered.update(withdrawn_at=timezone.now())
    invitation = Invitation.objects.create(
        community=community, email=email, role=role, language=language, invited_by=viewer.user
    )
    record(Act.MEMBER_INVITED, community, viewer, ("invitation", invitation.pk))
    announce(f"community:{community.pk}", "community.invited", invitation=invitation.pk)
    return invitation


@transaction.atomic
def withdraw_invitation(*, viewer: Viewer, invitation: Invitation) -> None:
    community = invitation.community
    demand(policies.can_invite(viewer, community, invitation.role))
    done = Invitation.objects.open().filter(pk=invitation.pk).update(withdrawn_at=timezone.now())
    if not done:
        raise Refused(_("This invitation has been answered or has run out."))
    record(Act.INVITATION_WITHDRAWN, community, viewer, ("invitation", invitation.pk))


@transaction.atomic
def accept_invitation(*, viewer: Viewer, invitation: Invitation) -> Membership:
    """Take up an invitation: whoever holds the letter may, once."""
    demand(viewer.is_member, _("Sign in to accept an invitation."))
    community = locked(invitation.community)
    current = Invitation.objects.select_for_update().open().filter(pk=invitation.pk).first()
    if current is None or community.is_closed:
        raise Refused(_("This invitation has been used, was withdrawn or has run out."))
    present = _present(community, viewer.user_id)
    current.accepted_at, current.accepted_by = timezone.now(), viewer.user
    current.save(update_fields=["accepted_at", "accepted_by"])
    return present or enter(community, viewer.user, current.role)
