"""What happens to a membership after its first day."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from communities import policies
from communities.actions.common import demand, depart, locked, record
from communities.enums import Act, MemberRole
from communities.models import Community, Membership, Silence, Suspension
from network.experts.actions import circles_changed
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.outbox.actions import announce


@deed
def leave(*, viewer: Viewer, community: Community) -> None:
    """Leave. The last moderator first names another, so that nobody is left without one."""
    community = locked(community)
    membership = Membership.objects.current().filter(community=community, user=viewer.user_id).first()
    if membership is None:
        return
    _keep_a_moderator(membership)
    membership.community = community
    depart(membership, by=viewer.user, at=timezone.now())


def _keep_a_moderator(membership: Membership) -> None:
    if membership.role != MemberRole.MODERATOR or membership.community.is_closed:
        return
    others = Membership.objects.active().filter(community=membership.community_id, role=MemberRole.MODERATOR)
    if not others.exclude(pk=membership.pk).exists():
        raise Refused(_("This community has no other moderator. Name one first."))


def _current(membership: Membership) -> Membership:
    locked(membership.community)
    current = (
        Membership.objects.current().select_related("community", "user").filter(pk=membership.pk).first()
    )
    if current is None:
        raise Refused(_("This person has left the community."))
    return current


@deed
def set_involvement(*, viewer: Viewer, membership: Membership, involvement: str) -> None:
    demand(membership.user_id == viewer.user_id, _("Each member sets this for herself."))
    Membership.objects.filter(pk=membership.pk).update(involvement=involvement)


@deed
def change_role(*, viewer: Viewer, membership: Membership, role: str) -> Membership:
    demand(policies.can_change_member(viewer, membership))
    current = _current(membership)
    if current.role == role:
        return current
    _keep_a_moderator(current)
    current.role = role
    current.save(update_fields=["role"])
    record(Act.ROLE_CHANGED, current.community, viewer, ("membership", current.pk), concerns=current.user_id)
    announce(f"community:{current.community_id}", "community.role_changed", user=current.user_id)
    return current


@deed
def remove_member(*, viewer: Viewer, membership: Membership, reason: str) -> None:
    demand(policies.can_change_member(viewer, membership))
    current = _current(membership)
    _keep_a_moderator(current)
    depart(current, by=viewer.user, at=timezone.now())
    _record(Act.MEMBER_REMOVED, viewer, current, reason)


@deed
def suspend(
    *, viewer: Viewer, membership: Membership, reason: str, until: datetime | None = None
) -> Suspension:
    """For a time, or until somebody lifts it, the member may neither write nor read what is for members."""
    demand(policies.can_change_member(viewer, membership))
    current = _current(membership)
    if current.suspensions.running().exists():
        raise Refused(_("This membership is suspended already."))
    if until is not None and until <= timezone.now():
        raise Refused(_("Choose a day that is still to come."), field="until")
    _keep_a_moderator(current)
    suspension = Suspension.objects.create(membership=current, by=viewer.user, reason=reason, until=until)
    _record(Act.MEMBER_SUSPENDED, viewer, current, reason)
    announce(f"community:{current.community_id}", "community.suspended", user=current.user_id)
    circles_changed(user=current.user)
    return suspension


@deed
def lift_suspension(*, viewer: Viewer, membership: Membership, reason: str = "") -> None:
    demand(policies.can_change_member(viewer, membership))
    let_back(viewer, membership, reason)


def let_back(viewer: Viewer, membership: Membership, reason: str) -> None:
    """End the suspension; the caller has asked whether ``viewer`` may."""
    current = _current(membership)
    lifted = current.suspensions.running().update(lifted_at=timezone.now(), lifted_by=viewer.user)
    if not lifted:
        raise Refused(_("This membership is not suspended."))
    _record(Act.SUSPENSION_LIFTED, viewer, current, reason)
    announce(f"community:{current.community_id}", "community.reinstated", user=current.user_id)
    circles_changed(user=current.user)


@deed
def silence(*, viewer: Viewer, membership: Membership, reason: str, until: datetime | None = None) -> Silence:
    """For a time, or until somebody lifts it, the member reads and does not write."""
    demand(policies.can_change_member(viewer, membership))
    current = _current(membership)
    if current.silences.running().exists():
        raise Refused(_("This member is silenced already."))
    if until is not None and until <= timezone.now():
        raise Refused(_("Choose a day that is still to come."), field="until")
    silence = Silence.objects.create(membership=current, by=viewer.user, reason=reason, until=until)
    _record(Act.MEMBER_SILENCED, viewer, current, reason)
    announce(f"community:{current.community_id}", "community.silenced", silence=silence.pk)
    return silence


@deed
def lift_silence(*, viewer: Viewer, membership: Membership, reason: str = "") -> None:
    demand(policies.can_change_member(viewer, membership))
    let_speak(viewer, membership, reason)


def let_speak(viewer: Viewer, membership: Membership, reason: str) -> None:
    """End the silence; the caller has asked whether ``viewer`` may."""
    current = _current(membership)
    if not current.silences.running().update(lifted_at=timezone.now(), lifted_by=viewer.user):
        raise Refused(_("This member is not silenced."))
    _record(Act.SILENCE_LIFTED, viewer, current, reason)


@deed
def warn(*, viewer: Viewer, membership: Membership, reason: str) -> None:
    """A word of the moderators to a member, kept in the log; it takes nothing from her."""
    demand(policies.can_change_member(viewer, membership))
    _record(Act.MEMBER_WARNED, viewer, _current(membership), reason)


def _record(act: Act, viewer: Viewer, current: Membership, reason: str) -> None:
    target = ("membership", current.pk)
    record(act, current.community, viewer, target, concerns=current.user_id, reason=reason)
