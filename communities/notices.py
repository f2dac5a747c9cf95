"""What people are told of communities: requests to join, answers, suspensions."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from communities.enums import Decision
from communities.models import Community, JoinRequest, Membership, Suspension
from communities.policies import can_facilitate
from network.foundations.viewer import Viewer
from network.notifications.actions import notify
from network.notifications.kinds import Ids, Kind, Rendered, kinds
from network.outbox.models import Entry


def register() -> None:
    kinds.register("communities.join_request", Kind(gettext_lazy("Requests to join"), _render_request))
    kinds.register("communities.join_answer", Kind(gettext_lazy("Answers to my requests"), _render_answer))
    kinds.register("communities.suspended", Kind(gettext_lazy("A suspension of mine"), _render_suspended))


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
            ids={"request": request.pk},
        )


def tell_of_answer(entry: Entry) -> None:
    request = JoinRequest.objects.filter(pk=entry.ids["request"]).first()
    if request is not None and request.decision in (Decision.ACCEPTED, Decision.DECLINED):
        notify(
            kind="communities.join_answer",
            recipients=[request.user_id],
            actor=request.decided_by_id,
            ids={"request": request.pk},
        )


def tell_of_suspension(entry: Entry) -> None:
    suspension = Suspension.objects.running().filter(
        membership__user=entry.ids["user"], membership__community=entry.stream_id.partition(":")[2]
    )
    for row in suspension[:1]:
        notify(kind="communities.suspended", recipients=[entry.ids["user"]], ids={"suspension": row.pk})


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
