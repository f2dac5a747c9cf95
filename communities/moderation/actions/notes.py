"""What moderators of a community write down about a member."""

from communities.actions.common import demand, record
from communities.enums import Act
from communities.models import Membership
from communities.moderation import policies
from communities.moderation.models import ModNote
from network.foundations.deeds import deed
from network.foundations.viewer import Viewer


@deed
def write_note(*, viewer: Viewer, membership: Membership, text: str) -> ModNote:
    demand(policies.can_note(viewer, membership))
    about = membership.user_id
    note = ModNote.objects.create(community=membership.community, about_id=about, by=viewer.user, text=text)
    record(Act.NOTE_WRITTEN, membership.community, viewer, ("note", note.pk), concerns=about)
    return note


@deed
def remove_note(*, viewer: Viewer, membership: Membership, note: ModNote) -> None:
    """The words go for good; that there was a note stays in the log."""
    demand(policies.can_note(viewer, membership))
    number, about = note.pk, membership.user_id
    notes = ModNote.objects.filter(pk=number, community=membership.community_id, about=about)
    if notes.delete()[0]:
        record(Act.NOTE_REMOVED, membership.community, viewer, ("note", number), concerns=about)
