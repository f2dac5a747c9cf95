"""A community taken out whole: JSON Lines for programs, an mbox for each forum, the files of posts.

Tokens of knowledge stay tokens: what they stand for is no part of a community. An mbox holds what can be
read; what is hidden or waits stands in the JSON Lines alone, so that bringing mails in again publishes
nothing anew. ``import_community`` reads the JSON Lines.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models.fields.files import FieldFile

from communities.forums.exporting import rows
from communities.forums.exporting.copy import Copy, message_id, path_of, place_of_resource
from communities.forums.exporting.mails import as_mbox, mbox

__all__ = ["Copy", "as_mbox", "mbox", "message_id", "parts"]


def parts(copy: Copy) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each file of the copy with its content, piece by piece: nothing is ever held as a whole."""
    yield "community.json", iter([_line(rows.community(copy))])
    for name, told in rows.TOLD.items():
        yield f"{name}.jsonl", _lines(told(copy))
    for name, told in rows.TOLD_WHOLE.items() if copy.is_whole else ():
        yield f"{name}.jsonl", _lines(told(copy))
    for forum in copy.community.forums.order_by("pk"):
        yield f"{forum.slug}.mbox", mbox(copy, forum)
    for file in copy.files().iterator():
        yield path_of(file), _content(file.file)
    for resource in copy.resources().exclude(file=""):
        yield place_of_resource(resource), _content(resource.file)


def _lines(told: Iterator[dict[str, Any]]) -> Iterator[bytes]:
    return (_line(row) for row in told)


def _line(row: dict[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, default=_plain).encode() + b"\n"


def _plain(value: Any) -> str:
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _content(file: FieldFile) -> Iterator[bytes]:
    try:
        with file.open("rb") as opened:
            yield from opened.chunks()
    except FileNotFoundError:
        return
