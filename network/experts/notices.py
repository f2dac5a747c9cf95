"""What people are told of messages."""

from django.urls import reverse
from django.utils.html import format_html, linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.experts import letterbox, policies
from network.experts.actions.messaging import MESSAGE, REPORTED
from network.experts.models import Message, MessageReport
from network.foundations.viewer import Viewer
from network.notifications.enums import Family, Timing
from network.notifications.kinds import Ids, Kind, Rendered, kinds


def register() -> None:
    kinds.register(
        MESSAGE,
        Kind(
            gettext_lazy("Messages to me"),
            _render_message,
            help_text=gettext_lazy("From people who found your profile."),
            family=Family.SYSTEM,
            mail=Timing.AT_ONCE,
        ),
    )
    kinds.register(
        REPORTED,
        Kind(
            gettext_lazy("Reported messages"), _render_reported, family=Family.MODERATION, mail=Timing.AT_ONCE
        ),
    )


def _render_message(ids: Ids, viewer: Viewer) -> Rendered | None:
    message = Message.objects.whole().filter(pk=ids["message"], recipient=viewer.user_id).first()
    if message is None or not viewer.is_member:
        return None
    who = message.sender.get_full_name()
    url = reverse("experts:message", args=[message.pk])
    how = (
        _("An answer goes to the address of %(name)s, who asked for it that way.")
        if message.shows_address
        else _("%(name)s does not see your address, nor do you see hers.")
    ) % {"name": who}
    return Rendered(
        subject=_("%(name)s writes: %(subject)s") % {"name": who, "subject": message.subject},
        text=f"{message.text}\n\n{how}",
        html=format_html("{}<p>{}</p>", linebreaks(message.text, autoescape=True), how),
        url=url,
        reply_to=letterbox.reply_address(message, viewer),
        reply_url=url,
    )


def _render_reported(ids: Ids, viewer: Viewer) -> Rendered | None:
    if not policies.can_decide_reports(viewer):
        return None
    if not MessageReport.objects.filter(pk=ids["report"], decided_at=None).exists():
        return None
    return Rendered(
        subject=_("Somebody reported a message"),
        text=_("It was sent through the network. Read it and decide."),
        url=reverse("experts:reports"),
    )
