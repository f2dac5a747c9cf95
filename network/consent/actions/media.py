"""Sealing recordings, pictures and documents: cleaned first, and from here on nowhere but in the vault."""

import uuid
from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from network.consent import gate, ingest, policies, vault
from network.consent.actions.sealing import check_text, check_words, seal_note, write_part
from network.consent.enums import PartName
from network.consent.models import Holder, KnowledgeItem, Part
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer

_KINDS = {PartName.AUDIO: ingest.AUDIO, PartName.IMAGE: ingest.IMAGE}


def seal_media(
    *, item: KnowledgeItem, name: PartName, language: str, file: UploadedFile, text: str, by: Viewer
) -> Part:
    """Seal a recording or a picture with the words for what is heard or seen in it.

    The file is cleaned first (``network.consent.ingest``); what stood there before is gone.
    """
    if not policies.can_seal(by, set(item.holders.values_list("pk", flat=True))):
        raise PermissionDenied(_("Only the holders or a steward can seal this."))
    check_words(text, language, "text")
    check_text(item, name, language, text)
    if name not in _KINDS:
        raise Refused(_("Choose “Recording” or “Picture”, or leave the file out."), "name")
    cleaned = ingest.clean_file(file, _KINDS[name])
    return _write(item, name, language, cleaned, text)


def seal_media_note(
    *,
    item: KnowledgeItem,
    name: str,
    language: str,
    file: UploadedFile,
    text: str,
    readers: Iterable[str],
    holder: Holder | None = None,
) -> Part:
    """A recording, a picture or a PDF that says something about an item: for these keys alone, erasable.

    ``text`` tells what is heard or seen in it. Raises ``Refused`` for ``file`` where that cannot be cleaned.
    """
    check_words(text, language, "text")
    cleaned = ingest.clean_file(file, ingest.AUDIO, ingest.IMAGE, ingest.DOCUMENT)
    return _write(item, name, language, cleaned, text, readers=sorted(set(readers)), holder=holder)


def seal_said(
    *,
    item: KnowledgeItem,
    name: str,
    language: str,
    text: str,
    file: UploadedFile | None,
    readers: Iterable[str],
    holder: Holder,
) -> Part:
    """Something said about an item, with its file if there is one."""
    place = {"item": item, "name": name, "language": language, "text": text, "holder": holder}
    if file is None:
        return seal_note(**place, readers=readers)
    return seal_media_note(**place, readers=readers, file=file)


def moved_note(part: Part, name: str, readers: list[str]) -> None:
    """The same words, and the same file, under another name; nobody sees what they say."""
    old = part.path
    ciphertext = gate.moved(part, name)
    if old:
        new = Part(item_id=part.item_id, name=name, language=part.language, path=vault.new_path())
        vault.write(new.path, gate.moved_file(part, new))
        vault.delete_after_commit(old)
        part.path = new.path
    part.ciphertext, part.name, part.readers = ciphertext, name, readers
    part.save(update_fields=["ciphertext", "name", "readers", "path"])


def _write(
    item: KnowledgeItem,
    name: str,
    language: str,
    file: ingest.Clean,
    text: str,
    *,
    readers: list[str] | None = None,
    holder: Holder | None = None,
) -> Part:
    """Seal a cleaned file with its words; the file that lay there before goes with the commit."""
    new = Part(item=item, name=name, language=language, path=vault.new_path())
    vault.write(new.path, gate.seal_file(new, file.content))
    with transaction.atomic():
        KnowledgeItem.objects.select_for_update().get(pk=item.pk)
        part = write_part(item, name, language, text, readers=readers, holder=holder)
        vault.delete_after_commit(part.path)
        part.path, part.handle = new.path, uuid.uuid4()
        part.media_type, part.size = file.media_type, len(file.content)
        part.save(update_fields=["path", "handle", "media_type", "size"])
    return part
