"""What consent would mean, in plain words: who reads it, where, until when."""

from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import formats
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from network.accounts.models import User
from network.consent import audiences
from network.consent.decision import ANY_LANGUAGE, HOLDERS, Clause
from network.consent.enums import Action, Circle
from network.consent.exits import exits
from network.foundations import tongues
from network.foundations.viewer import EVERYONE, MEMBER, Viewer

Facts = list[tuple[str, str]]


def audience_name(key: str, viewer: Viewer, *others: Viewer) -> str:
    """Who an audience is, as ``viewer`` (or one of the others who chose it) knows it."""
    named = {HOLDERS: _("The holders’ own people"), MEMBER: _("Every signed-in member")}
    named[EVERYONE] = _("Everybody on the internet")
    if key in named:
        return named[key]
    kind, _colon, rest = key.partition(":")
    if kind == "user":
        person = User.objects.filter(pk=rest).first()
        return person.get_full_name() if person else _("One person alone")
    if kind == "holder":
        circle = rest.partition(":")[2]
        return str(Circle(circle).label) if circle else _("The holders’ own people")
    for each in (viewer, *others):
        if name := dict(audiences.choices(each)).get(key):
            return str(name)
    return _("One community")


def in_plain_words(clauses: Iterable[Clause], viewer: Viewer) -> list[Facts]:
    """Each clause as facts that a person can read aloud."""
    return [_facts(clause, viewer) for clause in clauses]


def places(names: Iterable[str]) -> str:
    """Where it would appear: the exits by their names."""
    return _listed(exits.get(name).label for name in names if name in exits)


def _facts(clause: Clause, viewer: Viewer) -> Facts:
    return [
        (_("Who would read it"), audience_name(clause.audience, viewer)),
        (_("It may"), _listed(a.label for a in Action if a in clause.actions and a != Action.KEEP)),
        (_("Where"), places(clause.exits)),
        (_("Languages"), _languages(clause)),
        (_("From"), day(clause.starts, viewer)),
        (_("Until"), day(clause.ends, viewer) or _("The holders end it")),
        (_("Only in these months"), _listed(str(MONTHS[month]) for month in sorted(clause.months))),
        (_("Passing it on"), _("Allowed under these same terms") if clause.onward else _("Not allowed")),
    ]


def _languages(clause: Clause) -> str:
    if ANY_LANGUAGE in clause.languages:
        return _("Every language in which it was sealed")
    return _listed(tongues.name_of(tag) for tag in clause.languages)


def _listed(labels: Iterable[object]) -> str:
    return _(", ").join(sorted(str(label) for label in labels))


def day(at: datetime | None, viewer: Viewer) -> str:
    return formats.date_format(at.astimezone(ZoneInfo(viewer.zone))) if at else ""
