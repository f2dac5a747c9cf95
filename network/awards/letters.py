"""What nominators, jurors and the secretariat are told, and when: the worker asks here, after the deed."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.accounts.enums import Role
from network.accounts.models import User
from network.awards.actions import early_token
from network.awards.models import EarlyNotice, Edition, Nomination
from network.calls.actions import token_for
from network.calls.enums import Change
from network.calls.models import Amendment, Case, EndorsementLink, Grant, PanelMember, StageRun
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
    """Who nominated; the Party's focal points where it came by letter."""
    case = Case.objects.get(pk=entry.ids["case"])
    return [case.nominator_id] if case.nominator_id else _focal_points(case.party_id)


def _focal_points(party: int) -> list[int]:
    posts = FocalPoint.objects.current().filter(user__is_active=True, country=party)
    return sorted(set(posts.values_list("user_id", flat=True)))


def _endorsers(entry: Entry) -> list[int]:
    return _focal_points(Case.objects.values_list("party_id", flat=True).get(pk=entry.ids["case"]))


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
    return _focal_points(Grant.objects.values_list("party_id", flat=True).get(pk=entry.ids["grant"]))


AUDIENCES: dict[str, Callable[[Entry], list[int]]] = {
    "calls.amended": _everybody_concerned,
    "calls.granted": _granted_party,
    "calls.seated": _juror,
    "calls.answered": _secretariat,
    "calls.entrusted": _juror,
    "calls.to_endorse": _endorsers,
    "calls.submitted": _secretariat,
    "calls.screened": _nominator,
    "calls.panel_closed": _secretariat,
    "calls.released": _nominators,
    "calls.facts_asked": _nominator,
    "calls.appealed": _secretariat,
    "calls.appeal_decided": _nominator,
}


def send_link(entry: Entry) -> None:
    """Write to the office that a letter came from."""
    link = EndorsementLink.objects.select_related("run__case").filter(pk=entry.ids["link"]).first()
    if link is None or not link.is_usable() or not link.email:
        return
    nomination = Nomination.objects.select_related("edition", "case__party").get(case=link.run.case_id)
    way = reverse("awards:endorse-by-link", args=[token_for(link)])
    _post(nomination, link.email, gettext_lazy("Confirm the nomination of %(party)s"), "endorsement", way)


def send_early(entry: Entry) -> None:
    """A notice under embargo: the mail says that there is one, and nothing of what it says."""
    notices = EarlyNotice.objects.select_related("nomination__edition__call", "nomination__case__party")
    notice = notices.filter(pk=entry.ids["notice"], revoked_at=None).first()
    if notice is None or not notice.email or notice.nomination.edition.call.released_at:
        return
    way = reverse("awards:early", args=[early_token(notice)])
    _post(notice.nomination, notice.email, gettext_lazy("Under embargo: %(edition)s"), "early", way)


def _post(nomination: Nomination, to: str, subject: Any, template: str, way: str) -> None:
    """A mail to somebody who need not have an account, in the language of the nomination."""
    with translation.override(nomination.language):
        party, edition = nomination.case.party, nomination.edition
        context = {
            "edition": edition,
            "party": party,
            "link": settings.NETWORK_BASE_URL + way,
            "network_name": settings.NETWORK_NAME,
        }
        letter = EmailMultiAlternatives(
            subject=str(subject) % {"party": party, "edition": edition},
            body=render_to_string(f"emails/awards/{template}.txt", context),
            to=[to],
        )
        html = render_to_string(f"emails/awards/{template}.html", context)
        letter.attach_alternative(html, "text/html")
    letter.send()


def _about(ids: Ids, viewer: Viewer) -> Nomination | None:
    nominations = Nomination.objects.visible_to(viewer).select_related("case__party", "edition")
    return nominations.filter(case=ids["case"]).first()


def _seated(ids: Ids, viewer: Viewer) -> Rendered | None:
    edition = Edition.objects.filter(call__panel=ids["member"], call__panel__person=viewer.user_id).first()
    if edition is None:
        return None
    text = _(
        "You are invited to the jury of %(edition)s. Say whether you accept; then disclose your "
        "interests, and the files open."
    )
    return Rendered(
        subject=_("An invitation to the jury of %(edition)s") % {"edition": edition},
        text=text % {"edition": edition},
        url=f"{edition.get_absolute_url()}jury/",
    )


def _answered(ids: Ids, viewer: Viewer) -> Rendered | None:
    seat = PanelMember.objects.filter(pk=ids["member"]).select_related("person").first()
    edition = seat and Edition.objects.visible_to(viewer).filter(call=seat.call_id).first()
    return edition and Rendered(
        subject=_("%(name)s: %(answer)s") % {"name": seat.person, "answer": seat.get_state_display()},
        text=seat.declined_because or _("The invitation to the jury is answered."),
        url=f"{edition.get_absolute_url()}desk/",
    )


def _entrusted(ids: Ids, viewer: Viewer) -> Rendered | None:
    nomination = _about(ids, viewer)
    return nomination and Rendered(
        subject=_("A nomination to score: %(nomination)s") % {"nomination": nomination},
        text=_("It waits for your scores. Nobody sees them before the panel closes."),
        url=f"{nomination.edition.get_absolute_url()}jury/",
    )


def _to_endorse(ids: Ids, viewer: Viewer) -> Rendered | None:
    nomination = _about(ids, viewer)
    return nomination and Rendered(
        subject=_("Confirm the nomination of %(party)s") % {"party": nomination.case.party},
        text=_("It came by letter and was typed in for you. It goes on once you have confirmed it."),
        url=f"{nomination.get_absolute_url()}endorse/",
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
        text=_("The results are public. Beside your nomination stands what the jury saw. Thank you for it."),
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


def _facts_asked(ids: Ids, viewer: Viewer) -> Rendered | None:
    nomination = _about(ids, viewer)
    return nomination and Rendered(
        subject=_("Facts to check: %(nomination)s") % {"nomination": nomination},
        text=_("Before the decision you may set facts right. One answer is asked for."),
        url=f"{nomination.get_absolute_url()}facts/",
    )


def _appealed(ids: Ids, viewer: Viewer) -> Rendered | None:
    nomination = _about(ids, viewer)
    return nomination and Rendered(
        subject=_("An appeal: %(nomination)s") % {"nomination": nomination},
        text=_("It waits for somebody who had no part in the result."),
        url=f"{nomination.get_absolute_url()}appeal/",
    )


def _appeal_decided(ids: Ids, viewer: Viewer) -> Rendered | None:
    nomination = _about(ids, viewer)
    return nomination and Rendered(
        subject=_("Your appeal is answered: %(nomination)s") % {"nomination": nomination},
        text=_("The answer stands beside your appeal."),
        url=f"{nomination.get_absolute_url()}appeal/",
    )


def take_up() -> None:
    """Register the kinds and ask the outbox to tell us; called once, from ``ready()``."""
    for name, label, render in (
        ("amended", gettext_lazy("More time, or other rules"), _amended),
        ("granted", gettext_lazy("Late entry for my Party"), _granted),
        ("seated", gettext_lazy("An invitation to a jury"), _seated),
        ("answered", gettext_lazy("Answers to invitations to a jury"), _answered),
        ("entrusted", gettext_lazy("Nominations to score"), _entrusted),
        ("to_endorse", gettext_lazy("Nominations to confirm for my Party"), _to_endorse),
        ("submitted", gettext_lazy("Nominations handed in"), _submitted),
        ("screened", gettext_lazy("The screening of my nomination"), _screened),
        ("panel_closed", gettext_lazy("Juries that have finished"), _panel_closed),
        ("facts_asked", gettext_lazy("Facts to check"), _facts_asked),
        ("appealed", gettext_lazy("Appeals against results"), _appealed),
        ("appeal_decided", gettext_lazy("Answers to my appeals"), _appeal_decided),
        ("released", gettext_lazy("Results of an award"), _released),
    ):
        register(f"awards.{name}", Kind(label, render, family=Family.AWARD))
    on("awards.letters", *AUDIENCES, run=tell)
    on("awards.send_link", "calls.link_made", run=send_link)
    on("awards.send_early", "calls.told_early", run=send_early)
