"""Organizations and focal points for tests, made through the room's own actions."""

from datetime import date, timedelta

from django.utils import timezone

from network.accounts.models import User
from network.foundations.viewer import Viewer, viewer_for
from network.organizations import actions
from network.organizations.models import Alternate, FocalPoint, Organization
from network.thesaurus.models import Term

SECRETARIAT = Viewer(keys=frozenset({"role:secretariat"}))


def country(code: str) -> Term:
    return Term.objects.get(domain="country", code=code)


def organization(name: str = "Lake Observatory", code: str = "", **values) -> Organization:
    told = {"name": name, "kind": "research", "country": country(code) if code else None} | values
    return actions.save_organization(viewer=SECRETARIAT, values=told)


def focal_point(
    person: User, code: str = "KE", role: str = "cbd", since: date = date(2024, 1, 1)
) -> FocalPoint:
    return actions.name_focal_point(
        viewer=SECRETARIAT, person=person, country=country(code), role=role, since=since
    )


def alternate(point: FocalPoint, person: User, days: int = 100, accepted: bool = True) -> Alternate:
    """Named by the focal point, and accepted unless said otherwise."""
    asked = actions.name_alternate(
        viewer=viewer_for(point.user),
        focal_point=point,
        email=person.email,
        until=timezone.localdate() + timedelta(days=days),
    )
    if accepted:
        actions.accept_alternate(viewer=viewer_for(person), alternate=asked)
        asked.refresh_from_db()
    return asked
