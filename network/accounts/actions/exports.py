"""A person's copy of what is held about her: asked for, made by the worker, gone after some days."""

import io
import json
import re
import zipfile
from datetime import timedelta
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network.accounts.models import PersonalExport, User
from network.accounts.personal_data import Holding, personal_data
from network.foundations.exceptions import Refused
from network.outbox.actions import announce
from network.outbox.models import Entry

#: How long a copy can be fetched, and how long one waits before asking for the next.
KEPT = timedelta(days=7)
PAUSE = timedelta(minutes=10)
#: Bytes of pictures and documents in one copy: it lies in the database until it is fetched.
MAX_FILES = 50 * 1024 * 1024


@transaction.atomic
def request_export(*, person: User) -> PersonalExport:
    """Have the worker make a copy. The person is locked, so that two clicks make one copy."""
    User.objects.select_for_update().get(pk=person.pk)
    copies = PersonalExport.objects.filter(person=person)
    if copies.pending().exists():
        raise Refused(_("Your copy is being made."))
    if copies.filter(requested_at__gt=timezone.now() - PAUSE).exists():
        raise Refused(_("You have a copy of a few minutes ago. Wait ten minutes before you ask for another."))
    export = PersonalExport.objects.create(person=person)
    announce(f"person:{person.pk}", "accounts.export_requested", export=export.pk)
    return export


def build_export(entry: Entry) -> None:
    """The worker's part. Called twice it makes one copy."""
    export = PersonalExport.objects.pending().select_related("person").filter(pk=entry.ids["export"]).first()
    if export is None:
        return
    export.archive = archive_of(export.person)
    export.ready_at = timezone.now()
    export.expires_at = export.ready_at + KEPT
    export.save(update_fields=["archive", "ready_at", "expires_at"])
    announce(f"person:{export.person_id}", "accounts.export_ready", export=export.pk)


def archive_of(person: User) -> bytes:
    """A zip, in the person's own language: ``index.html`` with a page for each room to read, ``data.json``
    for programs, and her files below ``files/``."""
    with translation.override(person.language):
        rooms = {name: _room(name, holding, person) for name, holding in personal_data.items()}
        language = {"language_code": translation.get_language(), "rtl": translation.get_language_bidi()}
        made_at = timezone.now()
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            _pack_files(archive, rooms, person)
            told = {"made_at": made_at, "rooms": rooms}
            archive.writestr(
                "data.json", json.dumps(told, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
            )
            pages = {"made_at": made_at, "rooms": rooms, "person": person, **language}
            archive.writestr("index.html", render_to_string("accounts/export/index.html", pages))
            for name, room in rooms.items():
                page = render_to_string("accounts/export/room.html", {**pages, "room": room})
                archive.writestr(f"rooms/{name}.html", page)
    return packed.getvalue()


def _room(name: str, holding: Holding, person: User) -> dict[str, Any]:
    return {"label": str(holding.label), "data": holding.export(person), "files": [], "left_out": []}


def _pack_files(archive: zipfile.ZipFile, rooms: dict[str, dict[str, Any]], person: User) -> None:
    """Her files, as long as there is room; the others are named, so that she can fetch them one by one."""
    room_left = MAX_FILES
    for name, holding in personal_data.items():
        for number, file in enumerate(holding.files(person), start=1):
            content = file.read() if file.size <= room_left else None
            if content is None or len(content) > room_left:
                rooms[name]["left_out"].append(file.name)
                continue
            room_left -= len(content)
            path = f"files/{name}/{number}-{_file_name(file.name)}"
            archive.writestr(path, content)
            rooms[name]["files"].append({"path": path, "name": file.name})


def _file_name(name: str) -> str:
    """Letters, digits and single dots: nothing that leads out of the folder it is unpacked into."""
    return ".".join(part for part in re.sub(r"[^\w.-]+", "_", name).split(".") if part)[-100:] or "file"


def drop_expired_exports() -> int:
    """Delete copies whose time is over; how many."""
    deleted, _by_model = PersonalExport.objects.expired().delete()
    return deleted
