"""What an event begins with that is made from a template: its length, and headings to write below."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from home.events.enums import Attendance, Beginning, Kind


@dataclass(frozen=True)
class Model:
    """``headings`` stand in the body, each with a question to the editor below it."""

    kind: str
    attendance: str
    lasts: timedelta
    headings: tuple[tuple[str | Promise, str | Promise], ...]


MODELS = {
    Beginning.WEBINAR: Model(
        Kind.WEBINAR,
        Attendance.ONLINE,
        timedelta(minutes=90),
        (
            (_("What you will hear"), _("Three sentences: the question, who answers it, what stays.")),
            (_("Who speaks"), _("Names, and what each has done.")),
            (_("How to take part"), _("Languages, captions, how questions are asked.")),
        ),
    ),
    Beginning.WORKSHOP: Model(
        Kind.WORKSHOP,
        Attendance.ON_SITE,
        timedelta(days=1, hours=8),
        (
            (_("What we will do"), _("The task of the two days, and what is there at their end.")),
            (_("First day"), _("Hours, rooms, breaks.")),
            (_("Second day"), _("Hours, rooms, breaks.")),
            (
                _("Coming and staying"),
                _("The way, beds, meals, what to bring, ways without stairs."),
            ),
        ),
    ),
    Beginning.FAIR: Model(
        Kind.FAIR,
        Attendance.HYBRID,
        timedelta(days=2, hours=8),
        (
            (_("What one finds here"), _("Halls, stalls, who shows what.")),
            (_("Visiting from afar"), _("Questions at the stalls are answered within a day.")),
            (_("Showing something"), _("Who may have a stall, and until when one asks for it.")),
        ),
    ),
}
