"""Writing to a person whose address nobody sees, and what one does about those who should not."""

from datetime import timedelta

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from network.accounts.enums import Role
from network.accounts.models import User
from network.experts import policies
from network.experts.disclosure import levels_for
from network.experts.models import Block, ExpertProfile, Message, MessageReport
from network.foundations import richtext
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.foundations.ratelimit import limit
from network.foundations.viewer import Viewer
from network.notifications.actions import notify

MESSAGE, REPORTED = "experts.message", "experts.message_reported"
LONGEST = 5000
#: A button that is pressed twice sends one message.
_SAME = timedelta(minutes=10)
_DAY = 24 * 60 * 60
#: How long messages are kept, and how long somebody whose messages were reported may be stopped.
KEPT_FOR = timedelta(days=730)
STOPPED_FOR = timedelta(days=90)


@deed
def write_to(
    *, viewer: Viewer, profile: ExpertProfile, subject: str, text: str, shows_address: bool = False
) -> Message:
    """Send a message to the person of a profile that is visible to the viewer."""
    if not policies.can_write_to(viewer, profile, levels_for(viewer, [profile])[profile.pk]):
        raise PermissionDenied(_("This person takes no messages from you through the network."))
    return _send(viewer, profile.user_id, subject, text, shows_address)


@deed
def answer(*, viewer: Viewer, message: Message, text: str, shows_address: bool = False) -> Message:
    """Write back; neither of them learns an address by it, unless she wants it so."""
    if not policies.can_answer(viewer, message):
        raise PermissionDenied(_("This person takes no messages from you through the network."))
    return _send(viewer, message.sender_id, message.subject, text, shows_address, answers=message)


def _send(
    viewer: Viewer, to: int, subject: str, text: str, shows_address: bool, answers: Message | None = None
) -> Message:
    if len(text) > LONGEST:
        raise Refused(_("At most %(most)d characters.") % {"most": LONGEST}, "text")
    if objection := richtext.objection(f"{subject}\n{text}"):
        raise Refused(objection, "text")
    told = {"sender_id": viewer.user_id, "recipient_id": to, "subject": subject, "text": text}
    if sent := Message.objects.filter(**told, sent_at__gte=timezone.now() - _SAME).first():
        return sent
    limit("experts.messages", f"user:{viewer.user_id}", times=20, seconds=_DAY)
    limit("experts.messages_to", f"user:{viewer.user_id}:{to}", times=5, seconds=_DAY)
    made = Message.objects.create(**told, answers=answers, shows_address=shows_address)
    notify(
        kind=MESSAGE,
        recipients=[to],
        actor=viewer.user_id,
        group=f"experts.message:{made.pk}",
        ids={"message": made.pk},
    )
    return made


@deed
def block(*, viewer: Viewer, message: Message) -> None:
    """Take nothing more from whoever sent this; she is not told."""
    if not policies.can_report(viewer, message):
        raise PermissionDenied(_("Only who was written to does this."))
    Block.objects.get_or_create(person_id=viewer.user_id, blocked_id=message.sender_id)


@deed
def unblock(*, viewer: Viewer, blocked: User) -> None:
    Block.objects.filter(person=viewer.user_id, blocked=blocked).delete()


@deed
def report(*, viewer: Viewer, message: Message, reason: str) -> MessageReport:
    """Show this one message to those who run the network."""
    if not policies.can_report(viewer, message):
        raise PermissionDenied(_("Only who was written to does this."))
    made, is_new = MessageReport.objects.get_or_create(message=message, defaults={"reason": reason})
    if is_new:
        notify(kind=REPORTED, recipients=_desk(), actor=viewer.user_id, ids={"report": made.pk})
    return made


def _desk() -> list[int]:
    people = get_user_model().objects.filter(is_active=True)
    return list(
        people.filter(Q(groups__name=Role.SECRETARIAT) | Q(is_superuser=True))
        .distinct()
        .values_list("pk", flat=True)
    )


@deed
def decide(*, viewer: Viewer, report: MessageReport, stop: bool) -> MessageReport:
    """Leave it, or let its sender write to nobody for a time."""
    if not policies.can_decide_reports(viewer):
        raise PermissionDenied(_("Those who run the network decide this."))
    held = MessageReport.objects.select_for_update().get(pk=report.pk)
    if held.decided_at:
        raise Refused(_("Somebody has decided this already."))
    held.decided_at, held.decided_by_id = timezone.now(), viewer.user_id
    held.stopped_until = held.decided_at + STOPPED_FOR if stop else None
    held.save()
    return held


def drop_old_messages() -> int:
    """What was written two years ago has done its work; run by the clock."""
    return Message.objects.filter(sent_at__lt=timezone.now() - KEPT_FOR).delete()[0]
