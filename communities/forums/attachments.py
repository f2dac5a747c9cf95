"""Files that came with a mail or a form: looked into like every upload, kept with the post."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from communities.forums.models import Post, PostFile
from network.foundations.richtext import to_text
from network.foundations.uploads import KINDS, clean_document, clean_image
from network.notifications.inbound import charsets
from network.notifications.inbound.letters import Letter

#: Of a text file that comes by mail.
_LONGEST_TEXT = 512 * 1024
CleanFile = ContentFile | UploadedFile


def looked_into(letter: Letter) -> tuple[list[CleanFile], list[str]]:
    """The attachments that can be kept, made harmless, and the names of the others."""
    kept: list[CleanFile] = []
    left_out = list(letter.left_out)
    for attachment in letter.attachments:
        clean = cleaned(SimpleUploadedFile(attachment.name, attachment.content))
        if clean is None:
            left_out.append(attachment.name)
        else:
            kept.append(clean)
    return kept, left_out


def cleaned(file: SimpleUploadedFile) -> CleanFile | None:
    """``file`` made harmless, or None where it is nothing that can be kept."""
    for cleaner in (clean_document, clean_image):
        try:
            return cleaner(file)
        except ValidationError:
            continue
    return None


def demanded(file: UploadedFile) -> CleanFile:
    """``file`` made harmless; raises ``ValidationError`` with what to do about it."""
    is_document = PurePath(file.name or "").suffix.lower() in {kind.suffix for kind in KINDS}
    return clean_document(file) if is_document else clean_image(file)


def words_in(file: CleanFile) -> str | None:
    """What can be read in a file of plain text; empty for other kinds, None where it is too long for that."""
    if not is_text(file.name or ""):
        return ""
    if (file.size or 0) > _LONGEST_TEXT:
        return None
    file.seek(0)
    words = charsets.to_text(file.read())
    file.seek(0)
    return words


def without_long_texts(letter: Letter) -> Letter:
    """A text that is longer than can be compared with what is sealed is named, and not kept."""
    long = [one for one in letter.attachments if is_text(one.name) and len(one.content) > _LONGEST_TEXT]
    kept = [one for one in letter.attachments if one not in long]
    return replace(letter, attachments=kept, left_out=[*letter.left_out, *(one.name for one in long)])


def is_text(name: str) -> bool:
    """What is kept as plain text; other kinds are no words before somebody opens them."""
    return name.lower().endswith((".txt", ".csv"))


def words_of(letter: Letter) -> str:
    """Everything that can be read in a letter, its files of plain text included."""
    texts = [letter.head.subject, *letter.head.tags]
    texts += [to_text(letter.wording.html), to_text(letter.wording.folded)]
    texts += [one.content.decode(errors="ignore") for one in letter.attachments if is_text(one.name)]
    return "\n".join(texts)


def keep(post: Post, files: Iterable[CleanFile], left_out: Iterable[str], stored: list[PostFile]) -> None:
    """Keep files with ``post``; those on disk are added to ``stored``, for ``let_go`` if it fails."""
    for file in files:
        row = PostFile(post=post, name=file.name, size=file.size)
        row.file.save(file.name, file, save=True)
        stored.append(row)
    PostFile.objects.bulk_create(PostFile(post=post, name=name[:200], size=0) for name in left_out)


def let_go(stored: Iterable[PostFile]) -> None:
    """The transaction failed: no file stays behind either."""
    for row in stored:
        row.file.storage.delete(row.file.name)
