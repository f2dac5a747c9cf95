"""What participants are told: where they stand, that the event is near, moved or cancelled."""

from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.notices import carers
from home.events import calendars, policies
from home.events.enums import Occasion, PlaceState
from home.events.finding import page_of
from home.events.models import EventPage, Registration
from network.foundations.clock import official, reader
from network.foundations.viewer import Viewer
from network.notifications.actions import notify
from network.notifications.enums import Family, Timing
from network.notifications.kinds import Ids, Kind, Rendered, kinds
from network.outbox.models import Entry


def register() -> None:
    for name, label, render, rules in (
        ("place", gettext_lazy("My place at an event"), _render_place, {}),
        ("reminder", gettext_lazy("Events in which I take part begin"), _render_reminder, {}),
        (
            "changed",
            gettext_lazy("An event of mine is moved or cancelled"),
            _render_changed,
            {"urgent": True},
        ),
        ("asked", gettext_lazy("Who asks for a place at our events"), _render_asked, {"mail": Timing.DAILY}),
    ):
        kinds.register(f"events.{name}", Kind(label, render, family=Family.EVENT, **rules))


def tell_of_place(entry: Entry) -> None:
    """She is told where she stands, unless she has just said so herself; keepers of who asks for approval."""
    row = Registration.objects.select_related("desk").filter(pk=entry.ids["registration"]).first()
    if row is None or row.state != entry.ids["state"]:
        return
    ids = {"registration": row.pk, "state": row.state}
    if row.state != PlaceState.CANCELLED:
        notify(kind="events.place", recipients=[row.person_id], group=f"event:{row.desk_id}", ids=ids)
    if row.state == PlaceState.ASKED:
        notify(
            kind="events.asked", recipients=keepers_of(row.desk.event), actor=row.person_id,
            group=f"desk:{row.desk_id}", ids=ids,
        )  # fmt: skip


def keepers_of(event: UUID) -> set[int]:
    """Whoever made the page, and those who look after the communities that host the event."""
    pages = EventPage.objects.live().filter(translation_key=event)
    owners = {page.owner_id for page in pages if page.owner_id}
    hosts = {pk for page in pages for pk in page.hosts.values_list("pk", flat=True)}
    return owners | {person for host in hosts for person in carers(host)}


def tell_of_reminder(entry: Entry) -> None:
    row = Registration.objects.confirmed().filter(pk=entry.ids["registration"]).first()
    if row is not None:
        ids = {"registration": row.pk, "occasion": entry.ids["occasion"]}
        notify(kind="events.reminder", recipients=[row.person_id], group=f"event:{row.desk_id}", ids=ids)


def tell_of_change(entry: Entry) -> None:
    """Everybody who takes part or still may."""
    people = Registration.objects.live().filter(desk=entry.ids["desk"]).values_list("person_id", flat=True)
    desk = entry.ids["desk"]
    notify(kind="events.changed", recipients=people, group=f"event:{desk}", ids={"desk": desk})


def _hers(pk: int, viewer: Viewer) -> tuple[Registration, EventPage] | None:
    """Her registration and its page, as long as both are there for her."""
    row = Registration.objects.of(viewer).select_related("desk").filter(pk=pk).first()
    page = page_of(row.desk, viewer) if row else None
    return (row, page) if row and page else None


def when_and_where(page: EventPage, viewer: Viewer) -> str:
    """The hour, hers first where it is another one, each named; then the place."""
    there = official(page.starts_at, page.zone)
    hers = reader(page.starts_at, page.zone, viewer.zone)
    told = f"{hers} – {there}" if hers else there
    return f"{told}\n{page.place}" if page.place else told


def _render_place(ids: Ids, viewer: Viewer) -> Rendered | None:
    found = _hers(ids["registration"], viewer)
    if found is None or found[0].state != ids["state"]:
        return None
    row, page = found
    subject, said = _told_of(row, page, viewer)
    confirmed = row.state == PlaceState.CONFIRMED
    return Rendered(
        subject=subject % {"event": page.title},
        text=f"{said}\n\n{when_and_where(page, viewer)}".strip(),
        url=reverse("events:place", args=[page.slug]),
        enclosed=(lambda: calendars.enclosure(page)) if confirmed else None,
    )


def _told_of(row: Registration, page: EventPage, viewer: Viewer) -> tuple[str, str]:
    if row.state == PlaceState.CONFIRMED:
        said = _("If you cannot come, give the place back: somebody may be waiting for it.")
        return _("You have a place: %(event)s"), said
    if row.state == PlaceState.OFFERED:
        until = official(row.offer_until, page.zone)
        hers = reader(row.offer_until, page.zone, viewer.zone)
        said = _("Take it until %(until)s. Then it is offered to the next in line.")
        return _("A place is free for you: %(event)s"), said % {"until": f"{until} {hers}".strip()}
    if row.state == PlaceState.WAITING:
        return _("You are on the waiting list: %(event)s"), _("Your number in the order is kept.")
    if row.state == PlaceState.ASKED:
        return _("Your registration has arrived: %(event)s"), _("A person looks at it; you hear of it.")
    if row.state == PlaceState.LAPSED:
        return _("The offer of a place has run out: %(event)s"), _(
            "You can register again, at the end of the line."
        )
    return _("You were given no place: %(event)s"), row.reason


def _render_reminder(ids: Ids, viewer: Viewer) -> Rendered | None:
    found = _hers(ids["registration"], viewer)
    if found is None or found[0].state != PlaceState.CONFIRMED or found[1].cancelled_at:
        return None
    _row, page = found
    near = ids["occasion"] == Occasion.HOUR_BEFORE
    subject = _("In an hour: %(event)s") if near else _("Tomorrow: %(event)s")
    return Rendered(
        subject=subject % {"event": page.title},
        text=when_and_where(page, viewer),
        url=reverse("events:place", args=[page.slug]),
    )


def _render_changed(ids: Ids, viewer: Viewer) -> Rendered | None:
    mine = Registration.objects.live().of(viewer).filter(desk=ids["desk"])
    row = mine.select_related("desk").first()
    page = page_of(row.desk, viewer) if row else None
    if page is None:
        return None
    subject = _("Cancelled: %(event)s") if page.cancelled_at else _("Changed: %(event)s")
    return Rendered(
        subject=subject % {"event": page.title},
        text=when_and_where(page, viewer),
        url=reverse("events:place", args=[page.slug]),
        enclosed=lambda: calendars.enclosure(page),
    )


def _render_asked(ids: Ids, viewer: Viewer) -> Rendered | None:
    row = Registration.objects.select_related("desk", "person").filter(pk=ids["registration"]).first()
    page = page_of(row.desk, viewer) if row else None
    if page is None or row.state != PlaceState.ASKED or not policies.can_keep(viewer, page):
        return None
    return Rendered(
        subject=_("%(name)s asks for a place: %(event)s")
        % {"name": row.person.get_full_name(), "event": page.title},
        text="",
        url=f"{reverse('events:desk', args=[page.slug])}?state={PlaceState.ASKED}",
    )
