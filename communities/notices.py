"""What people are told of communities: requests to join, answers, suspensions."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.enums import Decision, MandateState
from communities.models import Community, JoinRequest, Mandate, Membership, Silence, Suspension
from communities.policies import can_facilitate
from network.consent.models import Authority
from network.foundations.richtext import to_text
from network.foundations.viewer import Viewer
from network.notifications.actions import notify
from network.notifications.enums import Family, Timing
from network.notifications.kinds import Ids, Kind, Rendered, kinds
from network.organizations.models import Affiliation, Alternate, FocalPoint
from network.outbox.models import Entry


def register() -> None:
    for name, label, render, rules in (
        ("join_request", gettext_lazy("Requests to join"), _render_request, {"family": Family.JOINING}),
        ("join_answer", gettext_lazy("Answers to my requests"), _render_answer, _ANSWER),
        ("mandate_asked", gettext_lazy("Who would speak for us"), _render_asked, {"family": Family.JOINING}),
        ("mandate_answered", gettext_lazy("Answers about my mandates"), _render_mandate, _ANSWER),
        ("welcome", gettext_lazy("Words of welcome"), _render_welcome, _WELCOME),
        (
            "suspended",
            gettext_lazy("A suspension of mine"),
            _render_suspended,
            {"family": Family.MODERATION},
        ),
        ("silenced", gettext_lazy("A silence of mine"), _render_silenced, {"family": Family.MODERATION}),
    ):
        kinds.register(f"communities.{name}", Kind(label, render, **rules))


#: What somebody waits for comes at once, whatever else of its heading can wait for a digest.
_ANSWER = {"family": Family.JOINING, "mail": Timing.AT_ONCE}
_WELCOME = {"family": Family.NEWS, "mail": Timing.AT_ONCE}


def carers(community_id: int, *, only_moderators: bool = False) -> list[int]:
    """Ids of those who look after a community."""
    caring = Membership.objects.active().caring().filter(community=community_id)
    if only_moderators:
        caring = caring.filter(role="moderator")
    return list(caring.values_list("user_id", flat=True))


def tell_of_request(entry: Entry) -> None:
    request = JoinRequest.objects.waiting().filter(pk=entry.ids["request"]).first()
    if request is not None:
        notify(
            kind="communities.join_request",
            recipients=carers(request.community_id),
            actor=request.user_id,
            group=f"requests:{request.community_id}",
            place=f"community:{request.community_id}",
            ids={"request": request.pk},
        )


def tell_of_answer(entry: Entry) -> None:
    request = JoinRequest.objects.filter(pk=entry.ids["request"]).first()
    if request is not None and request.decision in (Decision.ACCEPTED, Decision.DECLINED):
        notify(
            kind="communities.join_answer",
            recipients=[request.user_id],
            actor=request.decided_by_id,
            place=f"community:{request.community_id}",
            ids={"request": request.pk},
        )


def welcome(entry: Entry) -> None:
    """Somebody came in: the words with which the community receives her."""
    community = Community.objects.filter(pk=entry.stream_id.partition(":")[2]).exclude(welcome="").first()
    if community is not None:
        person = [entry.ids["user"]]
        where = {"recipients": person, "place": f"community:{community.pk}"}
        notify(kind="communities.welcome", **where, ids={"community": community.pk})


def tell_of_mandate(entry: Entry) -> None:
    """Those who can answer are told that somebody would speak for them."""
    mandate = Mandate.objects.unanswered().filter(pk=entry.ids["mandate"]).first()
    if mandate is not None:
        notify(
            kind="communities.mandate_asked",
            recipients=answering(mandate),
            actor=mandate.user_id,
            place=f"community:{mandate.community_id}",
            ids={"mandate": mandate.pk},
        )


def answering(mandate: Mandate) -> set[int]:
    """Ids of those who hold the office that answers it; each is asked again when the words are made."""
    if mandate.country_id:
        offices = FocalPoint.objects.current().filter(country=mandate.country_id)
        alternates = Alternate.objects.current().filter(focal_point__country=mandate.country_id)
        return {*offices.values_list("user_id", flat=True), *alternates.values_list("person_id", flat=True)}
    if mandate.organization_id:
        officers = Affiliation.objects.current().filter(officer_since__isnull=False)
        return set(officers.filter(organization=mandate.organization_id).values_list("person_id", flat=True))
    deciding = Authority.objects.in_force().filter(holder=mandate.holder_id)
    return set(deciding.values_list("user_id", flat=True))


def tell_of_mandate_answer(entry: Entry) -> None:
    mandate = Mandate.objects.filter(pk=entry.ids["mandate"]).exclude(user=None).first()
    if mandate is not None and mandate.user_id is not None:
        by = mandate.withdrawn_by_id or mandate.answered_by_id
        notify(
            kind="communities.mandate_answered",
            recipients=[mandate.user_id],
            actor=by,
            place=f"community:{mandate.community_id}",
            ids={"mandate": mandate.pk},
        )


def tell_of_suspension(entry: Entry) -> None:
    suspension = Suspension.objects.running().filter(
        membership__user=entry.ids["user"], membership__community=entry.stream_id.partition(":")[2]
    )
    for row in suspension[:1]:
        notify(kind="communities.suspended", recipients=[entry.ids["user"]], ids={"suspension": row.pk})


def tell_of_silence(entry: Entry) -> None:
    for row in Silence.objects.running().select_related("membership").filter(pk=entry.ids["silence"]):
        notify(kind="communities.silenced", recipients=[row.membership.user_id], ids={"silence": row.pk})


def _render_request(ids: Ids, viewer: Viewer) -> Rendered | None:
    request = JoinRequest.objects.select_related("community", "user").filter(pk=ids["request"]).first()
    if request is None or not can_facilitate(viewer, request.community):
        return None
    name = request.user.get_full_name()
    return Rendered(
        subject=_("%(name)s would like to join %(community)s")
        % {"name": name, "community": request.community.name},
        text=request.message,
        url=request.community.get_absolute_url(),
    )


def _render_answer(ids: Ids, viewer: Viewer) -> Rendered | None:
    request = JoinRequest.objects.select_related("community").filter(pk=ids["request"]).first()
    if request is None or request.user_id != viewer.user_id:
        return None
    community: Community = request.community
    if request.decision == Decision.ACCEPTED:
        subject = _("Welcome to %(community)s")
    else:
        subject = _("Your request to join %(community)s was declined")
    return Rendered(
        subject=subject % {"community": community.name},
        text=request.reason,
        url=community.get_absolute_url(),
    )


def _render_suspended(ids: Ids, viewer: Viewer) -> Rendered | None:
    found = Suspension.objects.select_related("membership__community").filter(pk=ids["suspension"]).first()
    if found is None or found.membership.user_id != viewer.user_id:
        return None
    return Rendered(
        subject=_("Your membership in %(community)s is suspended")
        % {"community": found.membership.community.name},
        text=found.reason,
        url="/",
    )


def _render_silenced(ids: Ids, viewer: Viewer) -> Rendered | None:
    found = Silence.objects.select_related("membership__community").filter(pk=ids["silence"]).first()
    if found is None or found.membership.user_id != viewer.user_id:
        return None
    community = found.membership.community
    return Rendered(
        subject=_("You read in %(community)s and do not write for now") % {"community": community.name},
        text=found.reason,
        url=reverse("communities:membership", args=[community.slug]),
    )


def _render_welcome(ids: Ids, viewer: Viewer) -> Rendered | None:
    community = Community.objects.readable_by(viewer).filter(pk=ids["community"]).first()
    if community is None:
        return None
    return Rendered(
        subject=_("A word of welcome from %(community)s") % {"community": community.name},
        text=to_text(community.welcome),
        html=community.welcome,
        url=reverse("communities:membership", args=[community.slug]),
    )


def _render_asked(ids: Ids, viewer: Viewer) -> Rendered | None:
    asked = Mandate.objects.answerable_by(viewer).unanswered().whole().select_related("user", "community")
    mandate = asked.filter(pk=ids["mandate"]).exclude(user=None).first()
    if mandate is None:
        return None
    name = mandate.user.get_full_name()
    return Rendered(
        subject=_("%(name)s would like to speak %(capacity)s") % {"name": name, "capacity": mandate.line},
        text=_("In the community “%(community)s”, until %(day)s.")
        % {"community": mandate.community.name, "day": date_format(mandate.until)},
        url=reverse("communities:mandates_waiting"),
    )


def _render_mandate(ids: Ids, viewer: Viewer) -> Rendered | None:
    found = Mandate.objects.whole().select_related("community").filter(pk=ids["mandate"])
    mandate = found.filter(user=viewer.user_id).first() if viewer.is_member else None
    if mandate is None:
        return None
    state = mandate.state()
    if state == MandateState.WITHDRAWN:
        subject, reason = _("You no longer speak %(capacity)s"), mandate.withdrawn_reason
    elif state == MandateState.DECLINED:
        subject, reason = _("You were not given the mandate to speak %(capacity)s"), mandate.reason
    else:
        subject, reason = _("You may speak %(capacity)s"), ""
    place = _("In the community “%(community)s”.") % {"community": mandate.community.name}
    return Rendered(
        subject=subject % {"capacity": mandate.line},
        text=f"{place} {reason}".strip(),
        url=reverse("communities:mandates", args=[mandate.community.slug]),
    )
