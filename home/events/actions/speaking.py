"""Deeds of those who speak: claiming a name in the programme, agreeing to what was recorded."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from home.events.actions.line import demand
from home.events.actions.rooms import CHANGED
from home.events.enums import ClaimState
from home.events.models import LiveRoom, Speaker, SpeakerReview
from home.events.rooms import Standing
from network.foundations.deeds import deed
from network.foundations.exceptions import Refused
from network.outbox.actions import announce

#: Kinds of entry in ``speaker:<id>``.
CLAIMED = "events.speaker_claimed"
CLAIM_ANSWERED = "events.claim_answered"


@deed
def claim(*, here: Standing, name: str) -> Speaker:
    """Say that one is the speaker who stands there by name only; those who keep the event confirm it."""
    demand(here.viewer.is_member, _("Sign in first."))
    if name not in here.session.names:
        raise Refused(_("This name does not stand in the programme."), "name")
    taken = Speaker.objects.of_session(here.event.translation_key, here.session.key).confirmed()
    if taken.filter(name=name).exclude(person=here.viewer.user).exists():
        raise Refused(_("Somebody else has been confirmed as this speaker."), "name")
    try:
        with transaction.atomic():
            row = Speaker.objects.create(
                event=here.event.translation_key, session=here.session.key, person=here.viewer.user, name=name
            )
    except IntegrityError:
        raise Refused(_("You have said so already; those who keep the event answer."), "name") from None
    announce(f"speaker:{row.pk}", CLAIMED, speaker=row.pk)
    return row


@deed
def answer_claim(*, here: Standing, claimed: Speaker, confirm: bool) -> Speaker:
    """Confirm a speaker, or decline; a decision can be changed."""
    demand(here.keeps, _("This is for those who keep the event."))
    row = Speaker.objects.select_for_update().get(pk=claimed.pk)
    others = Speaker.objects.of_session(row.event, row.session).confirmed().exclude(pk=row.pk)
    if confirm and others.filter(name=row.name).exists():
        raise Refused(_("Somebody else has been confirmed as this speaker."))
    row.state = ClaimState.CONFIRMED if confirm else ClaimState.DECLINED
    row.decided_by = here.viewer.user
    row.save(update_fields=["state", "decided_by"])
    announce(f"speaker:{row.pk}", CLAIM_ANSWERED, speaker=row.pk, state=row.state)
    return row


@deed
def review(*, here: Standing, version: int, agrees: bool) -> SpeakerReview:
    """A speaker agrees to what was recorded, or does not; she can change her mind at any time."""
    demand(here.speaks, _("Those who spoke decide about what was recorded."))
    room = LiveRoom.objects.select_for_update().get(pk=here.room.pk)
    if version != room.materials_version:
        raise Refused(_("What was recorded has been changed. Look at it again."))
    row, _made = SpeakerReview.objects.update_or_create(
        room=room, person=here.viewer.user, defaults={"version": version, "agrees": agrees}
    )
    announce(room.stream, CHANGED)
    return row
