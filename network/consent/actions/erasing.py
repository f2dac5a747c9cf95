"""What cannot be undone: erasing a note, destroying a key."""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from network.consent import opened, policies, vault
from network.consent.models import ItemKey, KnowledgeItem, Part
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer


def destroy_key(*, item: KnowledgeItem, by: Viewer) -> None:
    """Destroy the key of an item whose sharing has been stopped: its texts are noise, its files go.

    Backups of the main database are noise with it. The records stay: they hold no knowledge.
    """
    if not policies.can_destroy(by, item):
        raise PermissionDenied(_("Only somebody who decides for the holders can erase their knowledge."))
    key = ItemKey.objects.filter(pk=item.pk).first()
    if key is None or key.destroyed_at:
        raise Refused(_("There is nothing left to erase."))
    if key.closed_at is None:
        raise Refused(_("Stop sharing first. Erasing cannot be undone."))
    # What nobody can read any more is not recognised any more either. The marks of the words go first:
    # killed in between, there are only fewer of them.
    item.fingerprints.all().delete()
    key.destroy()
    opened.clear(item.pk)
    for path in item.parts.exclude(path="").values_list("path", flat=True):
        vault.delete_after_commit(path)


def erase_note(*, note: Part, by: Viewer) -> None:
    """Erase how a consent came about; the record stands without it."""
    if note.holder_id is None or not policies.belongs_to(by, note.holder_id):
        raise PermissionDenied(_("Only the holders can erase their own notes."))
    note.delete()
