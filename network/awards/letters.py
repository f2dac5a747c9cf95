"""What nominators, jurors and the secretariat are told, and when: the worker asks here, after the deed."""

from collections.abc import Callable

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.accounts.enums import Role
from network.accounts.models import User
from network.awards.models import Edition, Nomination
from network.calls.enums import Change
from network.calls.models import Amendment, Case, Grant, PanelMember, StageRun
from network.foundations import clock
from network.foundations.viewer import Viewer
from network.notifications.actions import notify
from network.notifications.enums import Family
from network.notifications.kinds import Ids, Kind, Rendered, register
from network.organizations.models import FocalPoint
from network.outbox.handlers import on
from network.outbox.models import Entry


def tell(entry: Entry) -> None:
    """Turn one entry of a call's stream into notifications, inside the worker's transaction."""
    audience = AUDIENCES[entry.kind]
    recipients = audience(entry)
    if recipients:
        notify(kind=entry.kind.replace("calls.", "awards."), recipients=recipients, ids=entry.ids)


def _nominator(entry: Entry) -> list[int]:
    return [
        pk for pk in Case.objects.filter(pk=entry.ids["case"]).values_list("nominator_id", flat=True) if pk
    ]


def _nominators(entry: Entry) -> list[int]:
    cases = Case.objects.filter(call=entry.ids["call"], submitted_at__isnull=False)
    return [pk for pk in cases.values_list("nominator_id", flat=True) if pk]


def _juror(entry: Entry) -> list[int]:
    seats = PanelMember.objects.filter(pk=entry.ids["member"])
    return [pk for pk in seats.values_list("person_id", flat=True) if pk]


def _secretariat(entry: Entry) -> list[int]:
    return list(
        User.objects.filter(groups__name=Role.SECRETARIAT, is_active=True).values_list("pk", flat=True)
    )


def _everybody_concerned(entry: Entry) -> list[int]:
    """Everybody alike: all who could nominate, whether they have begun or not, the jury, the secretariat."""
    posts = FocalPoint.objects.current().filter(user__is_active=True)
    jury = PanelMember.objects.filter(call=entry.ids["call"], person__is_active=True)
    return sorted(
        {*posts.values_list("user_id", flat=True), *jury.values_list("person_id", flat=True)}
        | set(_secretariat(entry))
    )


def _granted_party(entry: Entry) -> list[int]:
    party = Grant.objects.values_list("party_id", flat=True).get(pk=entry.ids["grant"])
    posts = FocalPoint.objects.current().filter(user__is_active=True, country=party)
    return sorted(set(posts.values_list("user_id", flat=True)))


AUDIENCES: dict[str, Callable[[Entry], list[int]]] = {
    "calls.amended": _everybody_concerned,
    "calls.granted": _granted_party,
    "calls.seated": _juror,
    "calls.submitted": _secretariat,
    "calls.screened": _nominator,
    "calls.panel_closed": _secretariat,
    "calls.released": _nominators,
}


def _about(ids: Ids, viewer: Viewer) -> Nomination | None:
    nominations = Nomination.objects.visible_to(viewer).select_related("case__party", "edition")
    return nominations.filter(case=ids["case"]).first()


def _seated(ids: Ids, viewer: Viewer) -> Rendered | None:
    edition = Edition.objects.filter(call__panel=ids["member"], call__panel__person=viewer.user_id).first()
    if edition is None:
        return None
    text = _(
        "You have a seat on the jury of %(edition)s. Disclose your interests first; then the files open."
    )
    return Rendered(
        subject=_("A seat on the jury of %(edition)s") % {"edition": edition},
        text=text % {"edition": edition},
        url=f"{edition.get_absolute_url()}jury/",
    )


def _submitted(ids: Ids, viewer: Viewer) -> Rendered | None:
    nomination = _about(ids, viewer)
    return nomination and Rendered(
        subject=_("Handed in: %(nomination)s") % {"nomination": nomination},
        text=_("The nomination waits for its screening."),
        url=nomination.get_absolute_url(),
    )


def _screened(ids: Ids, viewer: Viewer) -> Rendered | None:
    nomination = _about(ids, viewer)
    run = StageRun.objects.filter(pk=ids["run"], case=ids["case"]).first()
    if nomination is None or run is None:
        return None
    return Rendered(
        subject=f"{run.get_outcome_display()}: {nomination}",
        text=run.reason or _("Your nomination is complete and goes to the jury."),
        url=nomination.get_absolute_url(),
    )


def _panel_closed(ids: Ids, viewer: Viewer) -> Rendered | None:
    nomination = _about(ids, viewer)
    return nomination and Rendered(
        subject=_("All scores are in: %(nomination)s") % {"nomination": nomination},
        text=_("The nomination waits for a decision."),
        url=nomination.get_absolute_url(),
    )


def _released(ids: Ids, viewer: Viewer) -> Rendered | None:
    """The same words for everybody: who won stands on the page."""
    edition = Edition.objects.visible_to(viewer).filter(call=ids["call"]).first()
    return edition and Rendered(
        subject=_("Results of %(edition)s") % {"edition": edition},
        text=_("The results are public. Thank you for your nomination."),
        url=edition.get_absolute_url(),
    )


def _amended(ids: Ids, viewer: Viewer) -> Rendered | None:
    edition = Edition.objects.visible_to(viewer).filter(call=ids["call"]).first()
    amendment = Amendment.objects.filter(pk=ids["amendment"], call=ids["call"]).first()
    if edition is None or amendment is None:
        return None
    if amendment.change == Change.CLOSING:
        until = clock.official(parse_datetime(amendment.after), edition.call.zone)
        subject = _("%(edition)s: more time, until %(instant)s") % {"edition": edition, "instant": until}
    else:
        subject = _("%(edition)s: the rules have changed") % {"edition": edition}
    return Rendered(subject=subject, text=amendment.reason, url=f"{edition.get_absolute_url()}#changes")


def _granted(ids: Ids, viewer: Viewer) -> Rendered | None:
    grant = Grant.objects.filter(pk=ids["grant"], call=ids["call"]).select_related("party").first()
    edition = Edition.objects.visible_to(viewer).filter(call=ids["call"]).first()
    if grant is None or edition is None or not viewer.has(f"focal_point:{grant.party_id}"):
        return None
    until = clock.official(grant.until, edition.call.zone)
    return Rendered(
        subject=_("%(edition)s: late entry for %(party)s") % {"edition": edition, "party": grant.party},
        text=_("You may hand in until %(instant)s. %(reason)s") % {"instant": until, "reason": grant.reason},
        url=edition.get_absolute_url(),
    )


def take_up() -> None:
    """Register the kinds and ask the outbox to tell us; called once, from ``ready()``."""
    for name, label, render in (
        ("amended", gettext_lazy("More time, or other rules"), _amended),
        ("granted", gettext_lazy("Late entry for my Party"), _granted),
        ("seated", gettext_lazy("A seat on a jury"), _seated),
        ("submitted", gettext_lazy("Nominations handed in"), _submitted),
        ("screened", gettext_lazy("The screening of my nomination"), _screened),
        ("panel_closed", gettext_lazy("Juries that have finished"), _panel_closed),
        ("released", gettext_lazy("Results of an award"), _released),
    ):
        register(f"awards.{name}", Kind(label, render, family=Family.AWARD))
    on("awards.letters", *AUDIENCES, run=tell)
