"""Who may do what with profiles: pure, default no."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from network.accounts.enums import Role
from network.experts.enums import Capacity, Visibility
from network.experts.models import (
    Block,
    Endorsement,
    ExpertProfile,
    Message,
    MessageReport,
    Roster,
    RosterEntry,
    Shortlist,
)
from network.experts.values import contact_level
from network.experts.voices import Voice, holds
from network.foundations.viewer import Viewer


def can_have_profile(viewer: Viewer) -> bool:
    return viewer.is_member


def can_edit(viewer: Viewer, profile: ExpertProfile) -> bool:
    """A profile is its person's own; nobody writes it for her, no role and no administrator."""
    return viewer.is_member and viewer.user_id == profile.user_id


def can_enter_people(viewer: Viewer) -> bool:
    """Those who run the network bring in lists; what people have claimed is spared all the same."""
    return viewer.has_any(f"role:{Role.SECRETARIAT}", f"role:{Role.ADMINISTRATOR}")


def can_endorse(viewer: Viewer, person_id: int, voice: Voice) -> bool:
    """Whoever acts for a Party or an organization, and nobody herself."""
    return holds(viewer, voice) and viewer.user_id != person_id


def can_answer_endorsement(viewer: Viewer, endorsement: Endorsement) -> bool:
    """Only the person whom it is about."""
    return viewer.is_member and viewer.user_id == endorsement.person_id


def can_withdraw_endorsement(viewer: Viewer, endorsement: Endorsement) -> bool:
    """Whoever acts for the same Party or organization today, but the person herself, who declines."""
    if not viewer.is_member or viewer.user_id == endorsement.person_id:
        return False
    return _acts_for(viewer, endorsement.country_id, endorsement.organization_id)


def _acts_for(viewer: Viewer, country: int | None, organization: int | None) -> bool:
    if country:
        return viewer.has_any(f"focal_point:{country}", f"alternate:{country}")
    return bool(organization) and viewer.has(f"officer:{organization}")


def can_run_rosters(viewer: Viewer) -> bool:
    """The secretariat opens and closes rosters and names their keepers."""
    return viewer.has(f"role:{Role.SECRETARIAT}")


def can_keep(viewer: Viewer, roster: Roster) -> bool:
    """Its keepers approve, renew and take off, and write down what people were asked to do."""
    return viewer.is_member and viewer.has(f"roster:{roster.pk}:keeper")


def can_decide_entry(viewer: Viewer, entry: RosterEntry) -> bool:
    """Keepers, but nobody about herself."""
    return can_keep(viewer, entry.roster) and viewer.user_id != entry.person_id


def can_nominate(viewer: Viewer, roster: Roster, person_id: int, voice: Voice | None) -> bool:
    """Whoever acts for a Party or an organization; oneself in one's own name, where the roster says so."""
    if not viewer.is_member:
        return False
    if voice is None:
        return roster.self_nomination and viewer.user_id == person_id
    nominates = voice.capacity != Capacity.ALTERNATE  # who stands in for a focal point nominates nobody
    return nominates and holds(viewer, voice) and viewer.user_id != person_id


def can_renominate(viewer: Viewer, entry: RosterEntry) -> bool:
    """Those who act for whom nominated her; the person herself where the roster says so."""
    if not viewer.is_member:
        return False
    if viewer.user_id == entry.person_id:
        return entry.roster.self_nomination
    if entry.country_id:
        return viewer.has(f"focal_point:{entry.country_id}")
    return _acts_for(viewer, None, entry.organization_id)


def can_speak_for(viewer: Viewer, offices: set[int]) -> bool:
    """An officer says that it is still true for her organization's people; ``offices`` are the person's."""
    return viewer.is_member and any(viewer.has(f"officer:{pk}") for pk in offices)


def can_keep_shortlists(viewer: Viewer) -> bool:
    return viewer.is_member


def owns(viewer: Viewer, shortlist: Shortlist) -> bool:
    """Sharing, renaming and deleting are its owner's."""
    return viewer.is_member and viewer.user_id == shortlist.owner_id


def can_work_on(viewer: Viewer, shortlist: Shortlist) -> bool:
    """Putting people on it, taking them off, noting: the owner, and colleagues whom she asked to."""
    return Shortlist.objects.editable_by(viewer).filter(pk=shortlist.pk).exists()


def can_export(viewer: Viewer) -> bool:
    """Members take out what they see; strangers read it here."""
    return viewer.is_member


def demand_owner(viewer: Viewer, shortlist: Shortlist) -> None:
    """What she sees and may not do is answered with a sentence."""
    if not owns(viewer, shortlist):
        raise PermissionDenied(_("Only whoever made a shortlist shares, renames or deletes it."))


def demand_work(viewer: Viewer, shortlist: Shortlist) -> None:
    if not can_work_on(viewer, shortlist):
        raise PermissionDenied(_("You may see this shortlist, but not change it."))


def can_write_to(viewer: Viewer, profile: ExpertProfile, nearness: Visibility) -> bool:
    """Members as near as the person wants them, whom she has not blocked and nobody has stopped."""
    if not viewer.is_member or viewer.user_id == profile.user_id or contact_level(profile) < nearness:
        return False
    return contact_level(profile) != Visibility.NOBODY and _is_free_to_write(viewer, profile.user_id)


def can_answer(viewer: Viewer, message: Message) -> bool:
    """Whoever was written to answers, whatever profile the other one has."""
    if not viewer.is_member or viewer.user_id != message.recipient_id or not message.sender.is_active:
        return False
    return _is_free_to_write(viewer, message.sender_id)


def _is_free_to_write(viewer: Viewer, to: int) -> bool:
    if Block.objects.filter(person=to, blocked=viewer.user_id).exists():
        return False
    return not is_stopped(viewer.user_id)


def is_stopped(user_id: int | None) -> bool:
    """Whether those who run the network have stopped her messages for now."""
    return MessageReport.objects.filter(message__sender=user_id, stopped_until__gt=timezone.now()).exists()


def can_report(viewer: Viewer, message: Message) -> bool:
    return viewer.is_member and viewer.user_id == message.recipient_id


def can_decide_reports(viewer: Viewer) -> bool:
    return viewer.has_any(f"role:{Role.SECRETARIAT}", f"role:{Role.ADMINISTRATOR}")
