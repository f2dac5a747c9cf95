"""What speakers are told, and those who keep an event of speakers."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.events.enums import ClaimState
from home.events.live import standing
from home.events.models import LiveRoom, Session, Speaker
from home.events.notices import keepers_of
from home.events.rooms import Standing
from network.foundations.viewer import Viewer
from network.notifications.actions import notify
from network.notifications.enums import Family
from network.notifications.kinds import Ids, Kind, Rendered, kinds
from network.outbox.models import Entry


def register() -> None:
    for name, label, render in (
        ("speaker_claimed", gettext_lazy("People who say that they speak at our events"), _render_claimed),
        ("claim_answered", gettext_lazy("Answers to whether I speak somewhere"), _render_answered),
        ("review_asked", gettext_lazy("Recordings of sessions in which I spoke"), _render_review),
    ):
        kinds.register(f"events.{name}", Kind(label, render, family=Family.EVENT))


def tell_of_claim(entry: Entry) -> None:
    row = Speaker.objects.filter(pk=entry.ids["speaker"], state=ClaimState.ASKED).first()
    if row is not None:
        notify(
            kind="events.speaker_claimed", recipients=keepers_of(row.event), actor=row.person_id,
            group=f"speaker:{row.pk}", ids={"speaker": row.pk},
        )  # fmt: skip


def tell_claimant(entry: Entry) -> None:
    row = Speaker.objects.filter(pk=entry.ids["speaker"], state=entry.ids["state"]).first()
    if row is not None:
        ids = {"speaker": row.pk, "state": row.state}
        notify(kind="events.claim_answered", recipients=[row.person_id], group=f"speaker:{row.pk}", ids=ids)


def tell_speakers(entry: Entry) -> None:
    """What was recorded waits for each of them."""
    room = LiveRoom.objects.filter(pk=entry.stream_id.partition(":")[2]).first()
    sessions = Session.objects.filter(key=room.session, event__translation_key=room.event) if room else ()
    people = {session.speaker.user_id for session in sessions if session.speaker}
    if room is not None:
        claimed = Speaker.objects.of_session(room.event, room.session).confirmed()
        people |= set(claimed.values_list("person_id", flat=True))
        ids = {"room": room.pk, "version": room.materials_version}
        notify(kind="events.review_asked", recipients=people, group=f"session:{room.pk}", ids=ids)


def _address(here: Standing, name: str) -> str:
    return reverse(f"events:{name}", args=[here.event.slug, here.session.key])


def _claimed(pk: int, viewer: Viewer) -> tuple[Speaker, Standing] | None:
    row = Speaker.objects.select_related("person").filter(pk=pk).first()
    here = standing(viewer, LiveRoom(event=row.event, session=row.session)) if row else None
    return (row, here) if row and here else None


def _render_claimed(ids: Ids, viewer: Viewer) -> Rendered | None:
    found = _claimed(ids["speaker"], viewer)
    if found is None or found[0].state != ClaimState.ASKED or not found[1].keeps:
        return None
    row, here = found
    told = {"name": row.person.get_full_name(), "as": row.name, "session": here.session.title}
    return Rendered(
        subject=_("%(name)s says: I am the speaker “%(as)s” of “%(session)s”") % told,
        text="",
        url=_address(here, "claim_session"),
    )


def _render_answered(ids: Ids, viewer: Viewer) -> Rendered | None:
    found = _claimed(ids["speaker"], viewer)
    if found is None or found[0].person_id != viewer.user_id or found[0].state != ids["state"]:
        return None
    row, here = found
    confirmed = row.state == ClaimState.CONFIRMED
    subject = _("You are a speaker of “%(session)s”") if confirmed else _("Not confirmed: “%(session)s”")
    return Rendered(
        subject=subject % {"session": here.session.title}, text="", url=_address(here, "claim_session")
    )


def _render_review(ids: Ids, viewer: Viewer) -> Rendered | None:
    room = LiveRoom.objects.filter(pk=ids["room"], materials_version=ids["version"]).first()
    here = standing(viewer, room) if room else None
    if here is None or not here.awaits_review:
        return None
    return Rendered(
        subject=_("What was recorded waits for you: “%(session)s”") % {"session": here.session.title},
        text=_("It is shown to others only when everybody who spoke agrees."),
        url=_address(here, "review_session"),
    )
