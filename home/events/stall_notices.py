"""What people of a stall and its visitors are told."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.notices import carers
from home.events import policies
from home.events.actions.stalls import BOOKED
from home.events.models import EventPage, Stall, StallHour, VisitorQuestion
from network.foundations.clock import official, reader
from network.foundations.viewer import Viewer
from network.notifications.actions import notify
from network.notifications.enums import Family
from network.notifications.kinds import Ids, Kind, Rendered, kinds
from network.organizations.models import Affiliation
from network.outbox.models import Entry


def register() -> None:
    for name, label, render in (
        ("stall_asked", gettext_lazy("Questions at our stalls"), _render_asked),
        ("stall_answered", gettext_lazy("Answers at stalls"), _render_answered),
        ("talk_booked", gettext_lazy("Talks at our stalls"), _render_booked),
    ):
        kinds.register(f"events.{name}", Kind(label, render, family=Family.EVENT))


def _people_of(stall: Stall) -> set[int]:
    officers = Affiliation.objects.officers().filter(organization=stall.organization_id)
    of_organization = officers.values_list("person_id", flat=True) if stall.organization_id else ()
    return {*of_organization, *(carers(stall.community_id) if stall.community_id else ())}


def tell_stall(entry: Entry) -> None:
    """Its people hear of a question, and of a talk that a visitor wants."""
    stall = Stall.objects.filter(pk=entry.stream_id.partition(":")[2]).first()
    if stall is None:
        return
    if entry.kind == BOOKED:
        hours = StallHour.objects.filter(pk=entry.ids["hour"])
        kind, people = "events.talk_booked", list(hours.values_list("visitor_id", flat=True))
    else:
        asked = VisitorQuestion.objects.filter(pk=entry.ids["question"])
        kind, people = "events.stall_asked", list(asked.values_list("asked_by_id", flat=True))
    for person in people:
        notify(
            kind=kind, recipients=_people_of(stall), actor=person, group=f"stall:{stall.pk}",
            ids=dict(entry.ids),
        )  # fmt: skip


def tell_visitor(entry: Entry) -> None:
    asked = VisitorQuestion.objects.filter(pk=entry.ids["question"]).first()
    if asked is not None and asked.asked_by_id is not None:
        notify(
            kind="events.stall_answered",
            recipients=[asked.asked_by_id],
            actor=asked.answered_by_id,
            group=f"stall:{asked.stall_id}",
            ids=dict(entry.ids),
        )


def _address(stall: Stall) -> str | None:
    """Where the stall is, as long as its fair is published."""
    page = EventPage.objects.visible().filter(pk=stall.fair_id).first()
    return reverse("events:stall", args=[page.slug, stall.pk]) if page else None


def _question(ids: Ids) -> tuple[VisitorQuestion, str] | None:
    asked = VisitorQuestion.objects.shown().select_related("stall").filter(pk=ids["question"]).first()
    address = _address(asked.stall) if asked else None
    return (asked, address) if asked and address else None


def _render_asked(ids: Ids, viewer: Viewer) -> Rendered | None:
    found = _question(ids)
    if found is None or not policies.can_keep_stall(viewer, found[0].stall):
        return None
    asked, address = found
    return Rendered(
        subject=_("A question at your stall “%(stall)s”") % {"stall": asked.stall.title},
        text=asked.text,
        url=address,
    )


def _render_answered(ids: Ids, viewer: Viewer) -> Rendered | None:
    found = _question(ids)
    if found is None or found[0].asked_by_id != viewer.user_id:
        return None
    asked, address = found
    return Rendered(
        subject=_("The stall “%(stall)s” has answered") % {"stall": asked.stall.title},
        text=asked.answer,
        url=address,
    )


def _render_booked(ids: Ids, viewer: Viewer) -> Rendered | None:
    hour = StallHour.objects.select_related("stall__fair", "visitor").filter(pk=ids["hour"]).first()
    if hour is None or hour.visitor is None or not policies.can_keep_stall(viewer, hour.stall):
        return None
    address = _address(hour.stall)
    if address is None:
        return None
    there = official(hour.starts_at, hour.stall.fair.zone)
    hers = reader(hour.starts_at, hour.stall.fair.zone, viewer.zone)
    return Rendered(
        subject=_("%(name)s wants to talk at your stall “%(stall)s”")
        % {"name": hour.visitor.get_full_name(), "stall": hour.stall.title},
        text=f"{hers} – {there}" if hers else there,
        url=address,
    )
