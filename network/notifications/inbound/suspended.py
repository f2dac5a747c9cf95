"""Telling somebody, in her inbox, that her address does not work: a mail would not reach her."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from network.foundations.viewer import Viewer
from network.notifications.enums import Timing, WhyNoMail
from network.notifications.kinds import Ids, Kind, Rendered
from network.notifications.models import MailSuspension


def _render(ids: Ids, viewer: Viewer) -> Rendered | None:
    found = MailSuspension.objects.in_force().filter(pk=ids["suspension"], person=viewer.user_id).first()
    if found is None:
        return None
    if found.kind == WhyNoMail.ASKED:
        words = _("Somebody asked us to send nothing more to %(address)s. You can ask for mail again.")
    else:
        words = _(
            "Mails to %(address)s come back. Mend that or choose another address, then ask for mail again."
        )
    return Rendered(
        subject=_("We send you no more notices by e-mail"),
        text=words % {"address": found.address},
        url=reverse("notifications:mail"),
    )


TELLS = Kind(gettext_lazy("Mails to me that come back"), _render, mail=Timing.NEVER)
