"""The demo: each room writes a chapter, through its own actions and safe to repeat."""

from collections.abc import Callable

from django.conf import settings

from network.foundations.registry import Registry

#: Name of the room to ``seed()``; rooms register in ``AppConfig.ready()``, lower floors run first.
chapters: Registry[Callable[[], None]] = Registry("demo chapters")

#: The order of the floors; a chapter may lean on those before it.
FLOORS = [
    "thesaurus", "accounts", "consent", "search", "organizations", "experts", "calls", "awards",
    "communities", "forums", "moderation", "events", "pages", "notifications",
]  # fmt: skip


def in_order() -> list[tuple[str, Callable[[], None]]]:
    """The registered chapters, lowest floor first; an unknown name is a programming error."""
    return sorted(chapters.items(), key=lambda chapter: FLOORS.index(chapter[0]))


#: What ``manage.py up`` prints for a newcomer: ``() -> lines``, one entry for each room that has doors.
sign_ins: Registry[Callable[[], list[str]]] = Registry("demo sign-ins")


def told() -> list[str]:
    """How to sign in to the demo; nothing where its public passwords must not work."""
    if not (settings.DEBUG or settings.DEMO_SIGN_INS):
        return []
    return [line for lines in sign_ins for line in lines()]
