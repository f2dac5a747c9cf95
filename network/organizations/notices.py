"""What people are told of alternates of focal points."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.foundations.viewer import Viewer
from network.notifications.actions import notify
from network.notifications.enums import Family, Timing
from network.notifications.kinds import Ids, Kind, Rendered, kinds
from network.organizations.models import Alternate
from network.outbox.models import Entry


def register() -> None:
    for name, label, render in (
        ("alternate_named", gettext_lazy("Who asks me to be an alternate"), _render_named),
        ("alternate_answered", gettext_lazy("Whether my alternate accepts"), _render_answered),
        ("alternate_ended", gettext_lazy("When an alternate ends"), _render_ended),
    ):
        kinds.register(
            f"organizations.{name}", Kind(label, render, family=Family.JOINING, mail=Timing.AT_ONCE)
        )


def tell_of_naming(entry: Entry) -> None:
    """Whoever was asked; nobody where the address has no account."""
    for row in Alternate.objects.invited().whole().filter(pk=entry.ids["alternate"]).exclude(person=None):
        _tell("alternate_named", row, [row.person_id], actor=row.focal_point.user_id)


def tell_of_answer(entry: Entry) -> None:
    for row in Alternate.objects.current().whole().filter(pk=entry.ids["alternate"]):
        _tell("alternate_answered", row, [row.focal_point.user_id], actor=row.person_id)


def tell_of_end(entry: Entry) -> None:
    """The other of the two; of an invitation taken back nobody is told."""
    for row in Alternate.objects.whole().filter(pk=entry.ids["alternate"]).exclude(person=None):
        if row.accepted_at or row.ended_by_id == row.person_id:
            _tell("alternate_ended", row, [row.focal_point.user_id, row.person_id], actor=row.ended_by_id)


def _tell(kind: str, row: Alternate, recipients: list[int], actor: int | None) -> None:
    notify(kind=f"organizations.{kind}", recipients=recipients, actor=actor, ids={"alternate": row.pk})


def _render_named(ids: Ids, viewer: Viewer) -> Rendered | None:
    row = Alternate.objects.invited().whole().filter(pk=ids["alternate"], person=viewer.user_id).first()
    if row is None or not viewer.is_member:
        return None
    return _rendered(
        _("%(name)s asks you to be the alternate for %(country)s")
        % {"name": row.focal_point.user.get_full_name(), "country": row.focal_point.country.name},
        _("Until %(day)s you would answer in her place whoever would speak for the Government.")
        % {"day": date_format(row.until)},
    )


def _render_answered(ids: Ids, viewer: Viewer) -> Rendered | None:
    row = Alternate.objects.current().whole().filter(pk=ids["alternate"]).first()
    if row is None or not viewer.is_member or row.focal_point.user_id != viewer.user_id:
        return None
    return _rendered(
        _("%(name)s is your alternate for %(country)s")
        % {"name": row.person.get_full_name(), "country": row.focal_point.country.name},
        _("Until %(day)s, or until one of you ends it.") % {"day": date_format(row.until)},
    )


def _render_ended(ids: Ids, viewer: Viewer) -> Rendered | None:
    found = Alternate.objects.whole().exclude(ended_at=None).exclude(person=None)
    row = found.filter(pk=ids["alternate"]).first()
    if row is None or not viewer.is_member:
        return None
    country = row.focal_point.country.name
    if row.person_id == viewer.user_id:
        return _rendered(_("You are no longer the alternate for %(country)s") % {"country": country})
    if row.focal_point.user_id != viewer.user_id:
        return None
    words = _("%(name)s is no longer your alternate for %(country)s")
    if row.accepted_at is None:
        words = _("%(name)s does not want to be your alternate for %(country)s")
    return _rendered(words % {"name": row.person.get_full_name(), "country": country})


def _rendered(subject: str, text: str = "") -> Rendered:
    return Rendered(subject=subject, text=text, url=reverse("countries:alternates"))
