"""Where things leave the network. What is not registered here is not an exit: nothing passes it."""

from collections.abc import Set
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.consent.decision import WORKSPACE
from network.consent.enums import Action
from network.foundations.registry import Registry
from network.foundations.viewer import PROGRAM


@dataclass(frozen=True)
class Exit:
    """``action`` is what consent must grant; ``format`` is how a text is written down there.

    ``asks``: a reader can be asked there before something with a warning is shown. Elsewhere it is withheld.
    ``programs``: somebody's program may read there with its own key. Nothing else opens for a program.
    """

    label: str | Promise
    action: Action
    format: str
    asks: bool = False
    programs: bool = False

    def opens_for(self, keys: Set[str]) -> bool:
        return self.programs or PROGRAM not in keys


exits: Registry[Exit] = Registry("exits")

#: The whole of an item on its way back to its holders.
RETURN = "return"
#: Files of knowledge, as pages show them.
MEDIA = "media"


def register_own() -> None:
    """The exits that the middleware, the mail backend and the socket pass through."""
    exits.register(WORKSPACE, Exit(_("The holders’ workspace"), Action.KEEP, "html", asks=True))
    exits.register(RETURN, Exit(_("Returned to the holders"), Action.KEEP, "text", asks=True))
    exits.register(MEDIA, Exit(_("Recordings and pictures"), Action.DISPLAY, "text", asks=True))
    exits.register("page", Exit(_("Pages"), Action.DISPLAY, "html", asks=True))
    exits.register("preview", Exit(_("Previews for editors"), Action.DISPLAY, "html", asks=True))
    exits.register("socket", Exit(_("Live pages"), Action.DISPLAY, "html", asks=True))
    exits.register("mail", Exit(_("E-mail"), Action.NOTIFY, "text"))
    exits.register("feed", Exit(_("Feeds"), Action.DISTRIBUTE, "xml"))
    exits.register("calendar", Exit(_("Calendars"), Action.DISTRIBUTE, "ics"))
    exits.register("api", Exit(_("Data for programs"), Action.EXPORT, "json", programs=True))
    exits.register("table", Exit(_("Tables"), Action.EXPORT, "csv"))
    exits.register("text", Exit(_("Plain text"), Action.EXPORT, "text"))
    exits.register("document", Exit(_("Documents (DOCX, PDF)"), Action.EXPORT, "text"))
