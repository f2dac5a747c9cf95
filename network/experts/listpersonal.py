"""What is held about a person in shortlists and exports: her copy, and erasing it.

Whoever stands on somebody's list learns of it here and only here: by asking for her data.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from network.accounts.models import User
from network.accounts.personal_data import Seen
from network.experts.models import DirectoryExport, ExportedPerson, Shortlist, ShortlistEntry, ShortlistShare

_SHOWN = 200


def export(person: User) -> dict[str, Any]:
    return {
        _("My shortlists"): [
            _shortlist(one) for one in Shortlist.objects.filter(owner=person).order_by("pk")
        ],
        _("Shared with me"): [
            {
                _("Name"): share.shortlist.name,
                _("May"): share.get_role_display(),
                _("Since"): share.since,
            }
            for share in ShortlistShare.objects.filter(person=person).select_related("shortlist")
        ],
        _("Lists on which I stand"): [
            {_("Since"): entry.added_at, _("Note about me"): entry.note}
            for entry in ShortlistEntry.objects.filter(profile__user=person).order_by("pk")
        ],
        _("Lists that I took out"): [
            {
                _("When"): one.asked_at,
                _("Format"): one.get_format_display(),
                _("Purpose"): one.purpose,
                _("People"): one.number,
            }
            for one in DirectoryExport.objects.filter(by=person).defer("file").order_by("pk")
        ],
        _("I was part of an export"): [
            {
                _("When"): row.export.asked_at,
                _("By"): row.export.by.get_full_name() if row.export.by else "",
                _("Format"): row.export.get_format_display(),
                _("Purpose"): row.export.purpose,
            }
            for row in exported(person)
        ],
    }


def exported(person: User) -> Any:
    """The exports of which she was part, the newest first."""
    rows = ExportedPerson.objects.filter(person=person).select_related("export", "export__by")
    return rows.defer("export__file").order_by("-export__asked_at", "-pk")


def looks(person: User) -> Iterable[Seen]:
    """That she was part of an export, for the page that tells who has seen what of her."""
    for row in exported(person)[:_SHOWN]:
        yield Seen(
            row.export.asked_at,
            row.export.by,
            _("was part of an export: %(format)s") % {"format": row.export.get_format_display()},
            row.export.purpose,
        )


def _shortlist(one: Shortlist) -> dict[str, Any]:
    return {
        _("Name"): one.name,
        _("Purpose"): one.purpose,
        _("Made"): one.created_at,
        _("People"): [
            {_("Name"): entry.profile.user.get_full_name(), _("Note"): entry.note}
            for entry in one.entries.select_related("profile__user").order_by("added_at", "pk")
        ],
        _("Shared with"): list(one.shares.values_list("email", flat=True)),
    }


def erase(person: User, keep_contributions: bool) -> None:
    """Her lists go with their notes, and what others hold of her on theirs.

    The log of what she took out stays without her name, for those who stand in it.
    """
    Shortlist.objects.filter(owner=person).delete()
    ShortlistShare.objects.filter(person=person).delete()
    ShortlistEntry.objects.filter(profile__user=person).delete()
    ShortlistEntry.objects.filter(added_by=person).update(added_by=None)
    DirectoryExport.objects.filter(by=person).update(by=None, file=None)
    ExportedPerson.objects.filter(person=person).delete()
