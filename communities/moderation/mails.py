"""Mails that wait for moderators: nothing proves who wrote them."""

from collections.abc import Sequence

from django.db.models import BigIntegerField, Case, QuerySet, When
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext_lazy as _

from communities.enums import MemberRole, Visibility
from communities.forums import actions as forums
from communities.forums.models import Forum, Thread
from communities.models import Community
from communities.moderation.cases import CaseKind, Verb
from network.accounts.enums import Role
from network.consent.actions import copying
from network.foundations.exceptions import Refused
from network.foundations.viewer import Viewer
from network.notifications.enums import IncomingState
from network.notifications.inbound import raw
from network.notifications.inbound.letters import Unreadable
from network.notifications.inbound.parcels import Parcel
from network.notifications.models import IncomingMail

_DESK = "community:"


def community_of(mail: IncomingMail) -> int | None:
    kind, _colon, number = mail.desk.partition(":")
    return int(number) if f"{kind}:" == _DESK and number.isdigit() else None


def _mails(viewer: Viewer) -> QuerySet:
    """Mails to the communities that she moderates; nobody decides about one in her own name."""
    ids = viewer.ids("community", MemberRole.MODERATOR)
    if viewer.has(f"role:{Role.MODERATOR}"):
        ids |= set(Community.objects.filter(visibility=Visibility.PUBLIC).values_list("pk", flat=True))
    mails = IncomingMail.objects.filter(desk__in=[f"{_DESK}{pk}" for pk in sorted(ids)])
    number = Cast(Substr("desk", len(_DESK) + 1), BigIntegerField())
    mails = mails.annotate(desk_number=Case(When(desk__startswith=_DESK, then=number)))
    return mails.exclude(person=viewer.user_id) if viewer.user_id else mails.none()


def _waiting(viewer: Viewer) -> QuerySet:
    return _mails(viewer).filter(state=IncomingState.WAITING)


def _prepare(viewer: Viewer, mails: Sequence[IncomingMail]) -> None:
    """Add where each would be posted and what its sender wrote herself."""
    forums_of = Forum.objects.select_related("community").in_bulk({mail.ids.get("forum") for mail in mails})
    readable = Thread.objects.visible_to(viewer).select_related("forum__community")
    threads = readable.in_bulk({mail.ids.get("thread") for mail in mails} - {None})
    for mail in mails:
        mail.forum = forums_of.get(mail.ids.get("forum"))
        mail.community = mail.forum.community if mail.forum else None
        mail.place = threads.get(mail.ids.get("thread")) or mail.forum
        mail.words = _words(viewer, mail)


def _words(viewer: Viewer, mail: IncomingMail) -> str:
    """What its sender wrote herself; nothing where it repeats what is sealed."""
    try:
        words = Parcel.open(mail).own_words
    except (raw.Gone, Unreadable):
        return ""
    return "" if copying.find(words, viewer) else words[:5000]


def _community(mail: IncomingMail) -> Community:
    if getattr(mail, "community", None) is None:
        mail.community = Community.objects.get(pk=community_of(mail))
    return mail.community


def _forum(mail: IncomingMail) -> Forum:
    forum = Forum.objects.filter(pk=mail.ids.get("forum")).first()
    if forum is None:
        raise Refused(_("The forum that this mail was for is not there any more."))
    return forum


MAILS = CaseKind(
    label=_("Mails that wait"),
    template="moderation/cases/_mail.html",
    rows=_waiting,
    decided=_mails,
    place="desk_number",
    since="arrived_at",
    language="person__language",
    community=_community,
    people=lambda mail: [mail.person_id],
    prepare=_prepare,
    verbs=(
        Verb(
            "ask",
            _("Ask whether it is hers"),
            _("The person whose address was used is asked. It is posted in her name once she says yes."),
            "a",
            lambda viewer, mail, reason: forums.ask_author(viewer=viewer, mail=mail, forum=_forum(mail)),
            shown=lambda mail: mail.person_id is not None,
            spoken="ask",
        ),
        Verb(
            "invite",
            _("Invite whoever wrote it"),
            _("A letter with which one joins goes there. The mail is posted nowhere until it is sent again."),
            "a",
            lambda viewer, mail, reason: forums.invite_sender(viewer=viewer, mail=mail, forum=_forum(mail)),
            shown=lambda mail: mail.person_id is None and bool(mail.sender),
            spoken="invite",
        ),
        Verb(
            "throw",
            _("Throw it away"),
            _("It is posted nowhere, and its sender hears nothing."),
            "h",
            lambda viewer, mail, reason: forums.discard(viewer=viewer, mail=mail, forum=_forum(mail)),
            spoken="throw",
        ),
    ),
    number=6,
    order=28,
)
