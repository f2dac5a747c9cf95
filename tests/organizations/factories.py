"""Organizations and focal points for tests, made through the room's own actions."""

from datetime import date

from network.accounts.models import User
from network.foundations.viewer import Viewer
from network.organizations import actions
from network.organizations.models import FocalPoint, Organization
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
