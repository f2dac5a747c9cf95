"""The four answers that people meet first. Each opens into its details, where it can be made narrower."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from network.consent.decision import ANY_LANGUAGE, HOLDERS, Clause
from network.consent.enums import Action, Exposure
from network.foundations.registry import Registry
from network.foundations.viewer import EVERYONE, MEMBER


@dataclass(frozen=True)
class Preset:
    """``audience`` is empty where the holders name it themselves (a community)."""

    label: str | Promise
    description: str | Promise
    audience: str
    actions: frozenset[Action]
    exits: tuple[str, ...]
    exposures: frozenset[Exposure]

    def clause(self, audience: str = "", **narrower: Any) -> Clause:
        """What the preset allows, or less: exits, languages, time and season may be narrowed."""
        everything: dict[str, Any] = {
            "audience": self.audience or audience,
            "actions": frozenset(action.value for action in self.actions),
            "exits": frozenset(self.exits),
            "languages": frozenset({ANY_LANGUAGE}),
        }
        return Clause(**everything | narrower)


presets: Registry[Preset] = Registry("consent presets")

_ON_PAGES = ("page", "preview", "socket", "media")

presets.register(
    "holders",
    Preset(
        label=_("Holders only"),
        description=_("Only people of the holders, when they are signed in."),
        audience=HOLDERS,
        actions=frozenset({Action.KEEP, Action.DISPLAY}),
        exits=("workspace", *_ON_PAGES),
        exposures=frozenset({Exposure.KNOWN, Exposure.SHARED, Exposure.OPEN}),
    ),
)
presets.register(
    "community",
    Preset(
        label=_("One community"),
        description=_("Members of one community of this network, when they are signed in."),
        audience="",
        actions=frozenset({Action.DISPLAY}),
        exits=_ON_PAGES,
        exposures=frozenset({Exposure.SHARED, Exposure.OPEN}),
    ),
)
presets.register(
    "members",
    Preset(
        label=_("Members may quote"),
        description=_("Every signed-in member may read it, get it by e-mail and quote it in discussions."),
        audience=MEMBER,
        actions=frozenset({Action.DISPLAY, Action.QUOTE, Action.NOTIFY}),
        exits=(*_ON_PAGES, "mail"),
        exposures=frozenset({Exposure.SHARED, Exposure.OPEN}),
    ),
)
presets.register(
    "public",
    Preset(
        label=_("Public with attribution, no artificial intelligence"),
        description=_(
            "Everybody on the internet may read it and pass it on with your attribution. It also leaves the "
            "network: in e-mails, feeds, calendars, tables and documents (DOCX, PDF), and programs fetch it. "
            "Training artificial intelligence and machine translation are not allowed."
        ),
        audience=EVERYONE,
        actions=frozenset({Action.DISPLAY, Action.QUOTE, Action.NOTIFY, Action.DISTRIBUTE, Action.EXPORT}),
        exits=(*_ON_PAGES, "mail", "feed", "calendar", "api", "table", "text", "document"),
        exposures=frozenset({Exposure.OPEN}),
    ),
)

#: What one person asks for herself: the answer to a request only, so it is not in the registry.
ALONE = "alone"


def asked_for(name: str, person: int | None) -> Preset | None:
    """The preset of that name, or what ``person`` alone would read."""
    if name != ALONE:
        return presets.get(name)
    return Preset(
        label=_("One person alone"),
        description=_("Only the person who asked, when she is signed in. Nobody else."),
        audience=f"user:{person}",
        actions=frozenset({Action.DISPLAY}),
        exits=_ON_PAGES,
        exposures=frozenset({Exposure.SHARED, Exposure.OPEN}),
    )
