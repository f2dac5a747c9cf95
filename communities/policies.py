"""Who may do what in a community: by the viewer's keys and the row; only a mandate asks for offices."""

from communities.enums import Joining, MemberRole, Visibility
from communities.models import Community, Mandate, Membership
from network.accounts.enums import Role
from network.foundations.viewer import Viewer


def can_open_community(viewer: Viewer) -> bool:
    """The secretariat, those who moderate the whole site, and whoever moderates a community already."""
    if viewer.has_any(f"role:{Role.MODERATOR}", f"role:{Role.SECRETARIAT}"):
        return True
    return bool(viewer.ids("community", MemberRole.MODERATOR))


def is_member(viewer: Viewer, community: Community) -> bool:
    return viewer.has(f"community:{community.pk}")


def can_read(viewer: Viewer, community: Community) -> bool:
    """May read what is said in it and see who belongs to it."""
    return community.visibility == Visibility.PUBLIC or is_member(viewer, community)


def can_see_members(viewer: Viewer, community: Community) -> bool:
    """Who belongs to it is for people who are signed in; strangers see only who looks after it."""
    return viewer.is_member and can_read(viewer, community)


def can_moderate(viewer: Viewer, community: Community) -> bool:
    """Its moderators; in public communities also those who moderate the whole site.

    What members-only and hidden communities say stays with their own people.
    """
    if viewer.has(f"community:{community.pk}:{MemberRole.MODERATOR}"):
        return True
    return community.visibility == Visibility.PUBLIC and viewer.has(f"role:{Role.MODERATOR}")


def can_facilitate(viewer: Viewer, community: Community) -> bool:
    """Open forums, pin, invite, answer requests to join."""
    return viewer.has(f"community:{community.pk}:{MemberRole.FACILITATOR}") or can_moderate(viewer, community)


def can_change(viewer: Viewer, community: Community) -> bool:
    return can_moderate(viewer, community)


def can_write(viewer: Viewer, community: Community) -> bool:
    """Members write, observers and who is silenced read; nobody writes where a community is closed."""
    if community.is_closed or not is_member(viewer, community) or is_silenced(viewer, community):
        return False
    return not viewer.has(f"community:{community.pk}:{MemberRole.OBSERVER}")


def is_silenced(viewer: Viewer, community: Community) -> bool:
    """Whether a moderator has taken her the word here for a time."""
    return viewer.has(f"silenced:{community.pk}")


def must_agree(viewer: Viewer, community: Community) -> bool:
    """Whether she has yet to agree to the code of conduct in force before she writes again."""
    return viewer.has(f"conduct:{community.pk}")


def can_join(viewer: Viewer, community: Community) -> bool:
    """Whether the way in is open for her; a running suspension still stops her in the action.

    Where focal points nominate, they come in themselves.
    """
    is_open = community.joining == Joining.OPEN or _nominates(viewer, community)
    return is_open and _may_come(viewer, community)


def can_nominate(viewer: Viewer, community: Community) -> bool:
    """National focal points send people to a community that is joined by their nomination."""
    if community.visibility == Visibility.HIDDEN and not is_member(viewer, community):
        return False
    return not community.is_closed and _nominates(viewer, community)


def _nominates(viewer: Viewer, community: Community) -> bool:
    return community.joining == Joining.NOMINATION and bool(viewer.ids("focal_point"))


def can_request(viewer: Viewer, community: Community) -> bool:
    return _may_come(viewer, community) and community.joining == Joining.REQUEST


def _may_come(viewer: Viewer, community: Community) -> bool:
    return (
        viewer.is_member
        and not community.is_closed
        and community.visibility != Visibility.HIDDEN
        and not is_member(viewer, community)
    )


def can_keep(viewer: Viewer, community: Community) -> bool:
    """What is asked of those who come, the code of conduct, links and documents: those who facilitate."""
    return not community.is_closed and can_facilitate(viewer, community)


def can_answer_mandate(viewer: Viewer, mandate: Mandate) -> bool:
    """Grant, decline or withdraw: those for whom she would speak, by their own office."""
    return Mandate.objects.answerable_by(viewer).filter(pk=mandate.pk).exists()


def may_be_asked(viewer: Viewer) -> bool:
    """Whether she could hold an office that gives mandates: for the menu, which asks no more questions."""
    return any(viewer.ids(office) for office in ("focal_point", "alternate", "holder"))


def can_leave(viewer: Viewer, community: Community) -> bool:
    return is_member(viewer, community)


def can_decide_on(viewer: Viewer, community: Community, user_id: int) -> bool:
    """Decide about somebody's request or membership: never about one's own."""
    return can_facilitate(viewer, community) and viewer.user_id != user_id


def can_invite(viewer: Viewer, community: Community, role: str = MemberRole.MEMBER) -> bool:
    """Facilitators invite; only moderators invite people to look after the community.

    Where members come by nomination, nobody else brings them in.
    """
    if community.is_closed:
        return False
    if role == MemberRole.MEMBER and community.joining == Joining.NOMINATION:
        return False
    if role in (MemberRole.MODERATOR, MemberRole.FACILITATOR):
        return can_moderate(viewer, community)
    return can_facilitate(viewer, community)


def can_change_member(viewer: Viewer, membership: Membership) -> bool:
    """Change the role of, suspend or remove a member: moderators, never themselves."""
    return can_moderate(viewer, membership.community) and viewer.user_id != membership.user_id
