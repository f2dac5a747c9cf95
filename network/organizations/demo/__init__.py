"""The demonstration's organizations, and the Party that its nominator speaks for."""

from datetime import date, timedelta
from pathlib import Path

import yaml
from django.db import transaction
from django.utils import timezone

from network.accounts.models import User
from network.foundations import richtext
from network.foundations.viewer import Viewer, viewer_for
from network.organizations import actions
from network.organizations.enums import FocalPointRole
from network.organizations.models import FocalPoint, Organization
from network.search.analyser import fold
from network.thesaurus.models import Term

_FILE = Path(__file__).parent / "organizations.yaml"


@transaction.atomic
def seed() -> None:
    secretariat = viewer_for(User.objects.get(email="secretariat@demo.example"))
    for entry in yaml.safe_load(_FILE.read_text(encoding="utf-8")):
        if not Organization.objects.filter(sort_name=fold(entry["name"])).exists():
            actions.save_organization(viewer=secretariat, values=_values(entry))
    name_focal_point(secretariat, "nominator@demo.example", "VN", FocalPointRole.CBD, date(2022, 5, 9))


def _values(entry: dict) -> dict:
    code = entry.get("country")
    return {
        "name": entry["name"],
        "acronym": entry.get("acronym", ""),
        "names": entry.get("names", {}),
        "kind": entry["kind"],
        "country": Term.objects.get(domain="country", code=code) if code else None,
        "website": entry["website"],
        "description": richtext.clean(entry["description"]),
    }


def name_alternate(focal_point: str, email: str) -> None:
    """As the focal point would, and as whoever is asked accepts; once."""
    point = FocalPoint.objects.current().get(user__email=focal_point)
    if not point.alternates.standing().exists():
        until = timezone.localdate() + timedelta(days=300)
        asked = actions.name_alternate(
            viewer=viewer_for(point.user), focal_point=point, email=email, until=until
        )
        actions.accept_alternate(viewer=viewer_for(User.objects.get(email=email)), alternate=asked)


def name_focal_point(secretariat: Viewer, email: str, country: str, role: str, since: date) -> None:
    """As the secretariat would; once."""
    person = User.objects.get(email=email)
    term = Term.objects.get(domain="country", code=country)
    if not FocalPoint.objects.filter(user=person, country=term, role=role).exists():
        actions.name_focal_point(viewer=secretariat, person=person, country=term, role=role, since=since)
