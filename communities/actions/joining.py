"""Ways into a community: joining, asking, taking up an invitation."""

from django.utils import timezone
from django.utils.translation import gettext as _

from communities import policies
from communities.actions.common import demand, depart, enter, locked, record
from communities.actions.conduct import demand_current
from communities.enums import Act, Decision, MemberRole
from communities.models import Community, Invitation, JoinRequest, Membership, Suspension
from network.accounts.actions import open_account
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer, viewer_for
from network.notifications.actions import choose_place
from network.notifications.inbound import addresses
from network.notifications.special import How
from network.outbox.actions import announce


@deed
def join(*, viewer: Viewer, community: Community, conduct: int | None = None) -> Membership:
    """Join an open community. Joining twice leads to the membership that is there.

    ``conduct`` is the version of the code of conduct to which she agrees.
    """
    community = locked(community)
    present = _present(community, viewer.user_id)
    if present:
        return present
    demand(policies.can_join(viewer, community), _("One cannot join this community just so."))
    demand_current(community, conduct)
    return enter(community, viewer.user, conduct=conduct)


def _present(community: Community, user_id: int | None) -> Membership | None:
    """The membership she has, if any. Refuses somebody who is suspended here, even after leaving."""
    running = Suspension.objects.running().filter(membership__community=community, membership__user=user_id)
    if running.exists():
        raise Refused(_("Your membership in this community is suspended for now."))
    return Membership.objects.current().filter(community=community, user=user_id).first()


@deed
def request_to_join(
    *,
    viewer: Viewer,
    community: Community,
    message: str,
    answers: list[dict[str, str]] | None = None,
    conduct: int | None = None,
) -> JoinRequest:
    """Ask to join; asking again while the first request waits changes nothing.

    ``answers`` are what she says to the community's questions: each with the ``question`` as it was put.
    """
    community = locked(community)
    demand(policies.can_request(viewer, community), _("This community does not take requests to join."))
    _present(community, viewer.user_id)
    demand_current(community, conduct)
    given = {"message": message, "answers": answers or [], "conduct_version": conduct or 0}
    request, is_new = JoinRequest.objects.waiting().get_or_create(
        community=community, user=viewer.user, defaults=given
    )
    if is_new:
        announce(f"community:{community.pk}", "community.join_requested", request=request.pk)
    return request


@deed
def withdraw_request(*, viewer: Viewer, request: JoinRequest) -> None:
    demand(request.user_id == viewer.user_id, _("Only the person who asked can take a request back."))
    _decide(_waiting(request), Decision.WITHDRAWN, viewer, "")


@deed
def answer_request(*, viewer: Viewer, request: JoinRequest, accept: bool, reason: str = "") -> JoinRequest:
    """Accept or decline; nobody answers her own request."""
    community = locked(request.community)
    demand(policies.can_decide_on(viewer, community, request.user_id))
    if accept and community.is_closed:
        raise Refused(_("This community is closed. Reopen it to let somebody in."))
    current = _waiting(request)
    _decide(current, Decision.ACCEPTED if accept else Decision.DECLINED, viewer, reason)
    if accept and not _present(community, current.user_id):
        enter(community, current.user, conduct=current.conduct_version)
    act = Act.REQUEST_ACCEPTED if accept else Act.REQUEST_DECLINED
    record(act, community, viewer, ("request", current.pk), concerns=current.user_id, reason=reason)
    announce(f"community:{community.pk}", "community.join_answered", request=current.pk)
    return current


@deed
def take_back_answer(*, viewer: Viewer, request: JoinRequest) -> None:
    """The answer was a slip: the request waits again, and whoever was let in by it is out."""
    community = locked(request.community)
    demand(policies.can_decide_on(viewer, community, request.user_id))
    current = JoinRequest.objects.select_for_update().get(pk=request.pk)
    again = JoinRequest.objects.waiting().filter(community=community, user=current.user_id)
    if current.decision not in (Decision.ACCEPTED, Decision.DECLINED) or again.exists():
        raise Refused(_("This answer cannot be taken back any more."))
    if current.decision == Decision.ACCEPTED and (member := _present(community, current.user_id)):
        member.community = community
        depart(member, by=viewer.user, at=timezone.now())
    current.decision, current.reason, current.decided_at, current.decided_by = "", "", None, None
    current.save(update_fields=["decision", "reason", "decided_at", "decided_by"])
    record(Act.DECISION_UNDONE, community, viewer, ("request", current.pk), concerns=current.user_id)


def _waiting(request: JoinRequest) -> JoinRequest:
    current = JoinRequest.objects.select_for_update().waiting().filter(pk=request.pk).first()
    if current is None:
        raise Refused(_("Somebody has answered this request in the meantime."))
    return current


def _decide(request: JoinRequest, decision: Decision, viewer: Viewer, reason: str) -> None:
    request.decision, request.reason = decision, reason
    request.decided_at, request.decided_by = timezone.now(), viewer.user
    request.save(update_fields=["decision", "reason", "decided_at", "decided_by"])


@deed
def accept_invitation(*, viewer: Viewer, invitation: Invitation, conduct: int | None = None) -> Membership:
    """Take up an invitation: whoever holds the letter may, once."""
    demand(viewer.is_member, _("Sign in to accept an invitation."))
    community = locked(invitation.community)
    current = Invitation.objects.select_for_update().open().filter(pk=invitation.pk).first()
    if current is None or community.is_closed:
        raise Refused(_("This invitation has been used, was withdrawn or has run out."))
    present = _present(community, viewer.user_id)
    demand_current(community, conduct)
    current.accepted_at, current.accepted_by = timezone.now(), viewer.user
    current.save(update_fields=["accepted_at", "accepted_by"])
    return present or enter(community, viewer.user, current.role, conduct)


@deed
def come_by_mail(
    *, invitation: Invitation, name: str, language: str, conduct: int | None = None
) -> Membership:
    """Take up an invitation without signing up: from now on she reads and answers by mail.

    The letter has proven her address. She gets an account without a password, which she enters with a code
    if she ever wants to; every post reaches her as a mail of its own until she says otherwise.
    """
    if not may_come_by_mail(invitation):
        raise Refused(_("Sign in to accept this invitation."))
    person = open_account(email=invitation.email, name=name, language=language)
    membership = accept_invitation(
        viewer=viewer_for(person, language), invitation=invitation, conduct=conduct
    )
    # Only now do her keys say that she belongs.
    choose_place(
        viewer=viewer_for(person, language), place=f"community:{membership.community_id}", how=How.LIST
    )
    return membership


def may_come_by_mail(invitation: Invitation) -> bool:
    """Where mails are taken, and for those who read and write; who looks after a community signs in."""
    return addresses.is_on() and invitation.role in (MemberRole.MEMBER, MemberRole.OBSERVER)
