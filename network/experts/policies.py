"""Who may do what with profiles: pure, default no."""

from django.utils import timezone

from network.accounts.enums import Role
from network.experts.enums import Visibility
from network.experts.models import Block, ExpertProfile, Message, MessageReport
from network.experts.values import contact_level
from network.foundations.viewer import Viewer


def can_have_profile(viewer: Viewer) -> bool:
    return viewer.is_member


def can_edit(viewer: Viewer, profile: ExpertProfile) -> bool:
    """A profile is its person's own; nobody writes it for her, no role and no administrator."""
    return viewer.is_member and viewer.user_id == profile.user_id


def can_enter_people(viewer: Viewer) -> bool:
    """Those who run the network bring in lists; what people have claimed is spared all the same."""
    return viewer.has_any(f"role:{Role.SECRETARIAT}", f"role:{Role.ADMINISTRATOR}")


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
