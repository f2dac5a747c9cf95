"""What people are told of shortlists that are shared with them, and of files that they asked for."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.experts.actions.exporting import READY
from network.experts.actions.shortlisting import SHARED
from network.experts.models import DirectoryExport, ShortlistShare
from network.foundations.viewer import Viewer
from network.notifications.actions import notify
from network.notifications.enums import Family, Timing
from network.notifications.kinds import Ids, Kind, Rendered, kinds
from network.outbox.models import Entry


def register() -> None:
    kinds.register(
        SHARED,
        Kind(gettext_lazy("A shortlist that is shared with me"), _render_share, mail=Timing.AT_ONCE),
    )
    kinds.register(
        READY,
        Kind(
            gettext_lazy("A list of people that I asked for"),
            _render_ready,
            family=Family.SYSTEM,
            mail=Timing.NEVER,
        ),
    )


def tell_of_share(entry: Entry) -> None:
    share = ShortlistShare.objects.filter(pk=entry.ids["share"]).select_related("shortlist").first()
    if share is not None and share.person_id:
        notify(
            kind=SHARED,
            recipients=[share.person_id],
            actor=share.shortlist.owner_id,
            ids={"share": share.pk},
        )


def tell_of_export(entry: Entry) -> None:
    export = DirectoryExport.objects.defer("file").filter(pk=entry.ids["export"]).first()
    if export is not None and export.by_id:
        notify(kind=READY, recipients=[export.by_id], ids={"export": export.pk})


def _render_share(ids: Ids, viewer: Viewer) -> Rendered | None:
    held = ShortlistShare.objects.filter(pk=ids["share"], person=viewer.user_id)
    share = held.select_related("shortlist__owner").first() if viewer.is_member else None
    if share is None:
        return None
    told = {"who": share.shortlist.owner.get_full_name(), "name": share.shortlist.name}
    return Rendered(
        subject=_("%(who)s shares the shortlist “%(name)s” with you") % told,
        text=share.shortlist.purpose,
        url=share.shortlist.get_absolute_url(),
    )


def _render_ready(ids: Ids, viewer: Viewer) -> Rendered | None:
    ready = DirectoryExport.objects.visible_to(viewer).downloadable().filter(pk=ids["export"]).exists()
    if not ready:
        return None
    return Rendered(
        subject=_("The list of people that you asked for is there"),
        text=_("It can be fetched for a day."),
        url=reverse("experts:exports"),
    )
