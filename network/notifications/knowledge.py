"""What holders of knowledge, and those who ask them, are told of.

The room ``consent`` stands below this one and announces ids; here they become notices, in neutral words: at
most the title that the holders approved. A refusal that they keep to themselves is announced to nobody.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.accounts.enums import Role
from network.accounts.models import RoleGrant
from network.consent import policies
from network.consent.models import (
    Authority,
    ConsentRequest,
    Flag,
    KnowledgeItem,
    Message,
    Proposal,
    Standing,
)
from network.foundations.viewer import Viewer, anonymous
from network.notifications.actions import notify
from network.notifications.enums import Family
from network.notifications.kinds import Ids, Kind, Rendered, kinds
from network.outbox.handlers import on
from network.outbox.models import Entry


def register() -> None:
    for name, label, render, urgent in (
        ("request", gettext_lazy("Requests for our knowledge"), _render_request, False),
        ("message", gettext_lazy("Messages in requests"), _render_message, False),
        ("answer", gettext_lazy("Answers of holders"), _render_answer, False),
        ("proposal", gettext_lazy("Proposals that wait for us"), _render_proposal, False),
        ("flag", gettext_lazy("Warnings about our knowledge"), _render_flag, True),
    ):
        kinds.register(f"consent.{name}", Kind(label, render, family=Family.CONSENT, urgent=urgent))
    on("notifications.consent_asked", "consent.asked", run=tell_of_request)
    on("notifications.consent_message", "consent.message", run=tell_of_message)
    on("notifications.consent_answered", "consent.answered", run=tell_of_answer)
    on("notifications.consent_proposed", "consent.proposed", run=tell_of_proposal)
    on("notifications.consent_flagged", "consent.flagged", run=tell_of_flag)


def _holders_people(item: KnowledgeItem) -> set[int]:
    belonging = Standing.objects.in_force().filter(holder__in=item.holders.all())
    return set(belonging.values_list("user_id", flat=True))


def _stewards(item: KnowledgeItem) -> set[int]:
    """Nobody but its holders hears of a hidden item."""
    if not KnowledgeItem.objects.discoverable_by(anonymous()).filter(pk=item.pk).exists():
        return set()
    return set(RoleGrant.objects.held().filter(role=Role.STEWARD).values_list("person_id", flat=True))


def tell_of_request(entry: Entry) -> None:
    wish = ConsentRequest.objects.filter(pk=entry.ids["request"]).select_related("item").first()
    if wish is not None:
        notify(
            kind="consent.request",
            recipients=_holders_people(wish.item) | _stewards(wish.item),
            actor=wish.requester_id,
            group=f"consent-request:{wish.pk}",
            ids={"request": str(wish.pk)},
        )


def tell_of_message(entry: Entry) -> None:
    """To the other side; stewards do not read what is said."""
    said = Message.objects.filter(pk=entry.ids["message"]).select_related("request__item").first()
    if said is not None:
        wish = said.request
        notify(
            kind="consent.message",
            recipients={wish.requester_id} if said.from_holders else _holders_people(wish.item),
            actor=said.by_id,
            group=f"consent-request:{wish.pk}",
            ids={"request": str(wish.pk)},
        )


def tell_of_answer(entry: Entry) -> None:
    wish = ConsentRequest.objects.filter(pk=entry.ids["request"]).first()
    if wish is not None:
        notify(kind="consent.answer", recipients=[wish.requester_id], ids={"request": str(wish.pk)})


def tell_of_proposal(entry: Entry) -> None:
    """To those who decide and have not agreed yet, and to stewards who may write down that they do."""
    proposal = Proposal.objects.open().filter(pk=entry.ids["proposal"]).select_related("item").first()
    if proposal is not None:
        deciding = Authority.objects.in_force().filter(holder=proposal.holder_id)
        waited_for = deciding.exclude(pk__in=proposal.signatures.values("authority"))
        notify(
            kind="consent.proposal",
            recipients={*waited_for.values_list("user_id", flat=True), *_stewards(proposal.item)},
            ids={"proposal": proposal.pk},
        )


def tell_of_flag(entry: Entry) -> None:
    flag = Flag.objects.filter(pk=entry.ids["flag"]).select_related("item").first()
    if flag is not None:
        notify(
            kind="consent.flag",
            recipients=_holders_people(flag.item) | _stewards(flag.item),
            actor=flag.raised_by_id,
            ids={"flag": flag.pk},
        )


def _request(ids: Ids, viewer: Viewer) -> ConsentRequest | None:
    found = ConsentRequest.objects.visible_to(viewer).filter(pk=ids["request"])
    return found.select_related("item").first()


def _render_request(ids: Ids, viewer: Viewer) -> Rendered | None:
    wish = _request(ids, viewer)
    if wish is None or not policies.serves(viewer, wish.item):
        return None
    return Rendered(
        subject=_("Somebody asks for %(title)s") % {"title": wish.item.title},
        text=_("Answer when you want to, or not at all: silence is a no."),
        url=wish.get_absolute_url(),
    )


def _render_message(ids: Ids, viewer: Viewer) -> Rendered | None:
    wish = _request(ids, viewer)
    return wish and Rendered(
        subject=_("Something was said about %(title)s") % {"title": wish.item.title},
        text=_("It stands sealed on the page of the request."),
        url=wish.get_absolute_url(),
    )


def _render_answer(ids: Ids, viewer: Viewer) -> Rendered | None:
    wish = _request(ids, viewer)
    if wish is None or wish.requester_id != viewer.user_id:
        return None
    return Rendered(
        subject=_("The holders answered you on %(title)s") % {"title": wish.item.title},
        text=_("Their answer stands on the page of your request."),
        url=wish.get_absolute_url(),
    )


def _render_proposal(ids: Ids, viewer: Viewer) -> Rendered | None:
    proposal = Proposal.objects.filter(pk=ids["proposal"]).select_related("item").first()
    if proposal is None or not policies.serves(viewer, proposal.item):
        return None
    return Rendered(
        subject=_("A proposal waits for more voices: %(title)s") % {"title": proposal.item.title},
        text=_("Nothing is shared until enough of those who decide agree."),
        url=proposal.get_absolute_url(),
    )


def _render_flag(ids: Ids, viewer: Viewer) -> Rendered | None:
    flag = Flag.objects.filter(pk=ids["flag"]).select_related("item").first()
    if flag is None or not policies.serves(viewer, flag.item):
        return None
    return Rendered(
        subject=_("Somebody warns the holders of %(title)s") % {"title": flag.item.title},
        text=_("It stops nothing by itself. What was said stands on the item’s page."),
        url=flag.item.get_absolute_url(),
    )
