"""The code of conduct of a community: its own text, or the one that every community begins with."""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from communities.models import Community


def code_of(community: Community) -> str:
    """The text in force, as clean HTML."""
    if not community.conduct_version:
        return beginning()
    return community.conducts.get(version=community.conduct_version).html


def beginning() -> str:
    """What holds in a community as long as nobody there has written a code of its own."""
    habits = (
        _("Speak to people as you would across a table, and of people as if they were in the room."),
        _("Say in what capacity you speak. Nobody speaks for others without their mandate."),
        _("Say what you know, how you know it, and what you do not know."),
        _(
            "Knowledge of Indigenous peoples and local communities is theirs: "
            "share it only with their consent."
        ),
        _("Keep to yourself what was said for members only."),
        _("If something goes wrong, report it and let the moderators answer."),
    )
    return format_html("<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((habit,) for habit in habits)))
