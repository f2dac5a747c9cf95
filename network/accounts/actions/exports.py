"""A person's copy of what is held about her: asked for, made by the worker, gone after some days."""

import io
import json
import zipfile
from datetime import timedelta

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from network.accounts.models import PersonalExport, User
from network.accounts.personal_data import personal_data
from network.foundations.exceptions import Refused
from network.outbox.actions import announce
from network.outbox.models import Entry

#: How long a copy can be fetched, and how long one waits before asking for the next.
KEPT = timedelta(days=7)
PAUSE = timedelta(minutes=10)


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
    """A zip of ``data.json`` for programs and ``data.html`` for people, in the person's own language."""
    with translation.override(person.language):
        rooms = {
            name: {"label": str(holding.label), "data": holding.export(person)}
            for name, holding in personal_data.items()
        }
        whole = {"made_at": timezone.now(), "rooms": rooms}
        page = render_to_string(
            "accounts/export/index.html", {**whole, "language_code": translation.get_language()}
        )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", json.dumps(whole, cls=DjangoJSONEncoder, ensure_ascii=False, indent=2))
        archive.writestr("data.html", page)
    return packed.getvalue()


def drop_expired_exports() -> int:
    """Delete copies whose time is over; how many."""
    deleted, _by_model = PersonalExport.objects.expired().delete()
    return deleted
